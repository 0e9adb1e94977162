// F12 and F4. A job in slices: what else wants the thread, a frame or a key, waits until a slice ends.
'use strict'; {
const F = globalThis.figures, { work, times, named, tag } = F;

// A job in slices, and short pieces of work that are asked for while it runs.
const besideAJob = (name, crew, job, slice, asked, ms, letter, row) => named(`${name} crew=${crew} slice=${slice}`, { threads: crew,
  tasks: [{ name: 'job', ops: times(job / slice, [work(slice)]) },
    ...asked.map((at, i) => ({ name: letter + i, row, ops: [['until', at], work(ms)] }))] });

// Twelve frames of 4 ms, one every 10 ms, due when the next one is asked for.
F.frames = ({ crew, slice }) => besideAJob('frames', crew, 100, slice, [...Array(12)].map((_, f) => 10 * f), 4, 'f', 'film');
F.lateness = run => run.tasks.slice(1).map((task, f) => Math.max(0, task.last - 10 * f - 10));
F.film = (run, t) => run.tasks.slice(1).map(({ last }, f) => {
  const due = 10 * f + 10;
  return t < Math.min(due, last) ? 'due' : last > due ? 'missed' : 'shown';
});

const count = (state, run, t = run.ends) => F.film(run, t).filter(s => s === state).length;
const missed = slice => count('missed', F.frames({ crew: 1, slice }));

// The film: a frame is shown, missed (hatched and crossed), or not due yet (dashed).
const CRAB = 'M-6-2c0-4 2-5 6-5s6 1 6 5-3 3-6 3-6 1-6-3zM-6-4l-3-4M6-4l3-4M-2-7v-3M2-7v-3', CROSS = 'M-5-5L5 5M5-5L-5 5';

F.strip = (run, scale, t) => {
  const x = ms => F.percent(ms, scale), box = (name, at) => tag('rect', { class: name, ...at });
  const put = (name, d, y) => tag('svg', { x: '50%', y: y.toFixed(1) }, tag('path', { class: name, d }));
  const inside = { due: () => '', missed: () => tag('line', { class: 'hatching', x1: '6%', x2: '94%', y1: 32, y2: 32 }) + put('cross', CROSS, 32),
    shown: f => put('hop', CRAB, 46 - 14 * Math.sin(Math.PI * (f + .5) / 6) ** 2) };
  const cell = (state, f) => tag('svg', { class: state, x: x(10 * f), width: x(10) },
    box('cell', { x: '4%', y: 14, width: '92%', height: 36, rx: 2 }), inside[state](f));
  return tag('svg', { class: 'strip', width: '100%', height: 64, 'aria-hidden': true },
    box('reel', { y: 4, width: x(120), height: 56, rx: 4 }), F.film(run, t).map(cell));
};

F.figure('deadline-strip', {
  start: { sort: 'task', crew: 1, slice: 100, t: 64 },
  scale: 150, zone: 3, tick: 30, speed: 15, stride: 10, inPlot: true,
  guesses: [20, 5].map(slice => ({ label: `slices of ${slice} ms`, max: 12, truth: missed(slice) })),
  run: F.frames,
  picture: (run, { t }) => F.strip(run, 150, t),
  reached: run => run.crew === 1 && !count('missed', run),
  side: run => `missed <b>${count('missed', run)}</b> of 12 · worst <b>${Math.max(...F.lateness(run))}</b> ms late`,
  says: (run, { running }, { t }) => `At ${t} ms ${F.who(running, s => s.task ? 'frame ' + s.task : 'the job', 'no thread has work')}; `
    + `frames shown: ${count('shown', run, t)}, missed: ${count('missed', run, t)}.`,
});

// F4. Feel the freeze: a real box on one simulated thread, beside a job of three seconds.
const SLICES = [10, 20, 50, 100, 200, 500, 1000, 3000], LENGTH = 4000, ENOUGH = 5;
// A job of three seconds, and 2 ms for every key.
F.typing = ({ crew, slice }, keys) => besideAJob('typing', crew, 3000, slice, keys, 2, 'k', 'keys');
const ms = value => `${value} ms`;

// What the loop has drawn by t: the keys it has answered.
const shown = (run, { keys, t }) => keys.filter((_, i) => run.tasks[i + 1].last <= t);

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
  run: now => F.typing(now, now.keys.map(k => k.at)),
  drawn: (figure, run) => {
    const { now, felt } = figure, verdict = { yes: 'froze', no: 'unnoticed' };
    const said = SLICES.filter(slice => felt[slice]).map(slice => `${slice} ms ${verdict[felt[slice]]}`);
    F.say(figure.$('.screen'), shown(run, now).at(-1)?.text ?? '');
    F.say(figure.$('[name=slice] output'), ms(now.slice));
    figure.$('[name=slice] input').setAttribute('aria-valuetext', ms(now.slice));
    for (const button of figure.querySelectorAll('[data-felt]')) button.disabled = now.crew > 1 || now.keys.length < ENOUGH;
    if (said.length) F.say(figure.$('.verdicts'), said.join(', '));
  },
  side: (run, state, { keys }) => {
    const wait = Math.max(0, ...keys.map(({ at }, i) => run.tasks[i + 1].last - at));
    return `longest wait for a key <b>${wait}</b> ms · all work <b>${3000 + 2 * keys.length}</b> ms`;
  },
  reached: (run, state, now, { felt }) => noted(felt, 'yes').length > 0 && noted(felt, 'no').length > 0,
  says: (run, { running }, now) => now.keys.length
    ? `At ${now.t} ms ${F.who(running, s => s.task ? 'a key' : 'the job', 'the loop sleeps')}; `
      + `keys typed: ${now.keys.filter(k => k.at <= now.t).length}, shown: ${shown(run, now).length}.`
    : 'The job starts with your first key.',
});
}
