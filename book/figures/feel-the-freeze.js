// F4. Feel the freeze: a real box, served by a loop on one simulated thread, beside a job of three seconds.
'use strict'; {
const F = globalThis.figures, SLICES = [10, 20, 50, 100, 200, 500, 1000, 3000], LENGTH = 4000, ENOUGH = 5;
// A job of three seconds, and 2 ms for every key.
F.typing = ({ crew, slice }, keys) => F.besideAJob('typing', crew, 3000, slice, keys, 2, 'k', 'keys');
const times = keys => keys.map(k => k.at), ms = value => `${value} ms`;
const waits = (run, keys) => keys.map(({ at }, i) => run.tasks[i + 1].last - at);

// What the loop has drawn by t: the text after the last key it has answered.
const echo = (run, { keys, t }) => keys.filter((_, i) => run.tasks[i + 1].last <= t).at(-1)?.text ?? '';

// The clock of the box runs from the first key for four seconds: what is typed is queued, and the loop answers.
const listen = figure => {
  const { now, $ } = figure, box = $('.box input');
  let start = null, timer;
  figure.felt = F.recall('felt') ?? {};
  const elapsed = () => Math.min(LENGTH - 1, Math.round(performance.now() - start));
  const stop = () => { cancelAnimationFrame(timer); start = null; figure.draw(); };
  const frame = () => {
    now.t = elapsed();
    figure.draw(true);
    if (now.t < LENGTH - 1) timer = requestAnimationFrame(frame); else { stop(); figure.tell($('.says').textContent); }
  };
  figure.reset = () => { cancelAnimationFrame(timer); start = null; now.keys = []; now.t = 0; box.value = ''; };
  box.addEventListener('input', () => {
    if (start === null) { now.keys = []; start = performance.now(); timer = requestAnimationFrame(frame); }
    figure.runs = {};
    now.t = elapsed();
    now.keys = [...now.keys, { at: now.t, text: box.value }];
    figure.draw();
  });
  $('.own').addEventListener('click', ({ target }) => {
    if (!target.matches('[data-felt]')) return;
    figure.felt[now.slice] = target.dataset.felt;
    F.remember('felt', figure.felt);
    figure.compare();
    figure.draw(true);
    figure.tell($('.verdicts').textContent);
  });
};

const noted = (felt, verdict) => SLICES.filter(slice => felt[slice] === verdict);
F.figure('feel-the-freeze', {
  start: { sort: 'task', crew: 1, slice: 500, keys: [], t: 0 },
  slices: SLICES, scale: LENGTH, zone: 3, tick: 1000,
  guesses: [{ label: 'largest unnoticed slice', max: SLICES.length - 1, words: SLICES.map(ms) }],
  truthIs: 'your fingers',
  truth: ({ felt }) => { const fine = noted(felt ?? {}, 'no'); return fine.length ? SLICES.indexOf(fine.at(-1)) : null; },
  listen,
  changed: (figure, name) => { if (name !== 'sort') figure.reset(); },
  run: now => F.typing(now, times(now.keys)),
  drawn: (figure, run) => {
    const { now, felt } = figure, say = v => noted(felt, v).join(', ');
    F.say(figure.$('.screen'), echo(run, now));
    F.say(figure.$('[name=slice] output'), ms(now.slice));
    figure.$('[name=slice] input').setAttribute('aria-valuetext', ms(now.slice));
    for (const button of figure.querySelectorAll('[data-felt]')) button.disabled = now.crew > 1 || now.keys.length < ENOUGH;
    F.say(figure.$('.verdicts'), [say('yes') && `froze at ${say('yes')} ms`, say('no') && `unnoticed at ${say('no')} ms`].filter(Boolean).join('; ') || (now.keys.length < ENOUGH ? 'Type first, then say what you felt.' : 'What did you feel?'));
  },
  side: (run, state, { keys }) => `longest wait for a key <b>${Math.max(0, ...waits(run, keys))}</b> ms · all work <b>${3000 + 2 * keys.length}</b> ms`,
  reached: (run, state, now, { felt }) => noted(felt, 'yes').length > 0 && noted(felt, 'no').length > 0,
  says: (run, { running }, { keys, t }) => keys.length ? `At ${t} ms ${running.map(s => `thread ${s.thread} runs ${s.task ? 'a key' : 'the job'}`).join(', ') || 'the loop sleeps'}; ${keys.filter(k => k.at <= t).length} keys typed, `
    + `${keys.filter((_, i) => run.tasks[i + 1].last <= t).length} shown.` : 'The job starts with your first key. The needle is free when four seconds are over.',
});
}
