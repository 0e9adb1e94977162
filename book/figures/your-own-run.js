// F14. Your own run: drop or choose a file that a check wrote, or paste its text. Nothing leaves the page.
'use strict'; {
const F = globalThis.figures;
const SAMPLE = `run pots (a sample)
task soup 0..7 1@0+1 1@2+1 1@4+1 1@6+1
task rice 1..8 1@1+1 1@3+1 1@5+1 1@7+1
`;
const nice = ends => [1, 2, 5, 10, 20, 50].map(n => n * 10 ** Math.max(0, Math.floor(Math.log10(ends)) - 1)).find(n => ends / n <= 8) ?? ends;
const ends = ({ which }) => Math.max(1, runs[which].ends);
const label = run => `${run.name}: dealing with ${run.dealing}, doing ${run.doing}`;
let runs = F.parse(SAMPLE);

// A good text becomes the run that is shown; a bad one changes nothing and names its line.
const load = (figure, text, from) => {
  const { $, now } = figure, said = $('.said');
  try {
    runs = F.parse(text);
    figure.mine = true;
    figure.runs = {};
    Object.assign(now, { which: 0, t: 0 });
    $('.which').innerHTML = runs.map((run, i) => `<option value="${i}">${F.safe(label(run))}</option>`).join('');
    F.say(said, `${from}: ${runs.length === 1 ? 'one run' : runs.length + ' runs'}, ${runs[0].tasks.length} tasks in the first.`);
    said.classList.remove('bad');
    show(figure);
    figure.compare();
    figure.draw();
  } catch (error) {
    F.say(said, `${from} holds no run. ${error.message[0].toUpperCase() + error.message.slice(1)}.`);
    said.classList.add('bad');
  }
};
const show = figure => {
  const longest = Math.max(...runs[figure.now.which].tasks.map(k => k.name.length));
  figure.style.setProperty('--names', Math.max(34, 12 + 7.3 * Math.min(12, longest)) + 'px');
};

F.figure('your-own-run', {
  start: { sort: 'task', which: 0, t: 0 },
  scale: ends, zone: ({ which }) => Math.max(F.rows(runs[which]).length, runs[which].crew + 1), tick: now => nice(ends(now)), chars: 12, columns: true,
  guesses: [{ label: 'most in progress', max: 12 }, { label: 'most at one instant', max: 12 }],
  truth: ({ mine, now }, i) => mine ? [runs[now.which].dealing, runs[now.which].doing][i] : null,
  listen: figure => {
    const { $ } = figure, file = async chosen => { if (chosen) load(figure, await chosen.text(), chosen.name); };
    show(figure);
    $('.file').addEventListener('change', e => file(e.target.files[0]));
    $('.load').addEventListener('click', () => load(figure, $('.paste').value, 'The text'));
    $('.which').addEventListener('change', e => { figure.now.which = +e.target.value; figure.now.t = 0; show(figure); figure.compare(); figure.draw(); });
    figure.addEventListener('dragover', e => e.preventDefault());
    figure.addEventListener('drop', e => { if (e.dataTransfer.files.length) { e.preventDefault(); if (figure.open) file(e.dataTransfer.files[0]); } });
  },
  run: ({ which }) => runs[which],
  reached: (run, { dealing, doing }, now, { mine }) => mine && dealing === run.dealing && doing === run.doing,
  says: (run, { running, waiting, away }, { t }) => {
    const names = tasks => tasks.map(k => k.name).join(', ');
    return `In column ${t} ${running.map(s => `thread ${s.thread} runs ${run.tasks[s.task].name}`).join(', ') || 'no thread runs a step'}`
      + `${away.length ? `; elsewhere: ${names(away)}` : ''}${waiting.length ? `; in progress and waiting: ${names(waiting)}` : ''}.`;
  },
});
}
