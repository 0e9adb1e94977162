// F14. Your own run: a file that a check wrote, or its text. Nothing leaves the page.
'use strict'; {
const F = globalThis.figures;
const nice = ends => {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(ends)) - 1);
  return [1, 2, 5, 10, 20, 50].map(n => n * power).find(n => ends / n <= 8);
};
const ends = ({ which }) => Math.max(1, runs[which].ends);
const label = run => `${run.name}: dealing with ${run.dealing}, doing ${run.doing}`;
let runs = [F.pots('by-turns', 1)];

// A good text becomes the run that is shown; a bad one changes nothing and names its line.
const load = (figure, text, from) => {
  const { $ } = figure, said = $('.said');
  try {
    runs = F.parse(text);
    figure.mine = true;
    figure.runs = {};
    $('.which').innerHTML = runs.map((run, i) => `<option value="${i}">${F.safe(label(run))}</option>`).join('');
    F.say(said, `${from}: ${runs.length === 1 ? 'one run' : runs.length + ' runs'}, ${runs[0].tasks.length} tasks in the first.`);
    said.classList.remove('bad');
    show(figure, 0);
  } catch (error) {
    F.say(said, `${from} holds no run. ${error.message[0].toUpperCase() + error.message.slice(1)}.`);
    said.classList.add('bad');
  }
};
const show = (figure, which) => {
  const longest = Math.max(...runs[which].tasks.map(k => k.name.length));
  Object.assign(figure.now, { which, t: 0 });
  figure.style.setProperty('--names', Math.max(34, 12 + 7.3 * Math.min(12, longest)) + 'px');
  figure.compare();
  figure.draw();
};

F.figure('your-own-run', {
  start: { sort: 'task', which: 0, t: 0 },
  scale: ends, tick: now => nice(ends(now)), chars: 12, columns: true,
  zone: ({ which }) => Math.max(F.rows(runs[which]).length, runs[which].crew + 1),
  guesses: [{ label: 'most in progress', max: 12 }, { label: 'most at one instant', max: 12 }],
  truth: ({ mine, now }, i) => mine ? [runs[now.which].dealing, runs[now.which].doing][i] : null,
  listen: figure => {
    const { $ } = figure, file = async chosen => { if (chosen) load(figure, await chosen.text(), chosen.name); };
    $('.file').addEventListener('change', e => file(e.target.files[0]));
    $('.load').addEventListener('click', () => load(figure, $('.paste').value, 'The text'));
    $('.which').addEventListener('change', e => show(figure, +e.target.value));
    // `cargo course chart --open` hands runs on behind the `#`.
    setTimeout(() => {
      const run = location.hash.split('#run=')[1];
      if (!run) return;
      load(figure, decodeURIComponent(run), 'The companion');
      if (!figure.open) $('.skip').click();
    });
    figure.addEventListener('dragover', e => e.preventDefault());
    figure.addEventListener('drop', e => {
      e.preventDefault();
      if (figure.open) file(e.dataTransfer.files[0]);
    });
  },
  run: ({ which }) => runs[which],
  reached: (run, { dealing, doing }, now, { mine }) => mine && dealing === run.dealing && doing === run.doing,
  says: (run, state, { t }) => `In column ${t} `
    + F.who(state.running, s => run.tasks[s.task].name, 'no thread runs a step') + F.waits(state) + '.',
});
}
