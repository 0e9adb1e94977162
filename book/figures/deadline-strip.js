// F12. Twelve frames, each due when the next is asked for, beside one long job.
'use strict'; {
const F = globalThis.figures, { work, times, named } = F;

// A job in slices, and short pieces of work that are asked for while it runs.
F.besideAJob = (name, crew, job, slice, asked, ms, letter, row) => named(`${name} crew=${crew} slice=${slice}`, { threads: crew,
  tasks: [{ name: 'job', ops: times(job / slice, [work(slice, 'job')]) },
    ...asked.map((at, i) => ({ name: letter + i, row, ops: [['until', at], work(ms, row)] }))] });

// Twelve frames of 4 ms, one every 10 ms, due when the next one is asked for.
F.frames = ({ crew, slice }) => F.besideAJob('frames', crew, 100, slice, [...Array(12)].map((_, f) => 10 * f), 4, 'f', 'film');
F.lateness = run => run.tasks.slice(1).map((task, f) => Math.max(0, task.last - 10 * f - 10));
F.film = (run, t) => run.tasks.slice(1).map((task, f) => t < Math.min(10 * f + 10, task.last) ? 'due' : task.last > 10 * f + 10 ? 'missed' : 'shown');

const count = (state, run, t = run.ends) => F.film(run, t).filter(s => s === state).length;
const missed = slice => count('missed', F.frames({ crew: 1, slice }));

// The film: a shown frame has a crab in it, a missed one is hatched and crossed, one not due yet is dashed.
const CRAB = '<path class="hop" d="M-6-2c0-4 2-5 6-5s6 1 6 5-3 3-6 3-6 1-6-3zM-6-4l-3-4M6-4l3-4M-2-7v-3M2-7v-3"/>';
const CROSS = '<path class="cross" d="M-5-5L5 5M5-5L-5 5"/>';
const put = (y, inner) => `<svg x="50%" y="${y.toFixed(1)}">${inner}</svg>`;

F.strip = (run, scale, t) => {
  const x = ms => Math.round(1e4 * ms / scale) / 100 + '%';
  const inside = { due: () => '', missed: () => `<line class="hatching" x1="6%" x2="94%" y1="32" y2="32"/>${put(32, CROSS)}`,
    shown: f => put(46 - 14 * Math.sin(Math.PI * (f + .5) / 6) ** 2, CRAB) };
  const cells = F.film(run, t).map((state, f) =>
    `<svg class="${state}" x="${x(10 * f)}" width="${x(10)}"><rect class="cell" x="4%" y="14" width="92%" height="36" rx="2"/>${inside[state](f)}</svg>`);
  return `<svg class="strip" width="100%" height="64" aria-hidden="true"><rect class="reel" y="4" width="${x(120)}" height="56" rx="4"/>${cells.join('')}</svg>`;
};

F.figure('deadline-strip', {
  start: { sort: 'task', crew: 1, slice: 100, t: 64 },
  scale: 150, zone: 3, tick: 30, speed: 15, stride: 10, inPlot: true,
  guesses: [20, 5].map(slice => ({ label: `slices of ${slice} ms`, max: 12, truth: missed(slice) })),
  run: F.frames,
  picture: (run, { t }) => F.strip(run, 150, t),
  reached: run => run.crew === 1 && !count('missed', run),
  side: run => `missed <b>${count('missed', run)}</b> of 12 · worst <b>${Math.max(...F.lateness(run))}</b> ms late`,
  says: (run, { running }, { t }) => `At ${t} ms ${running.map(s => `thread ${s.thread} runs ${s.task ? 'frame ' + s.task : 'the job'}`).join(', ') || 'no thread has work'}; `
    + `frames shown: ${count('shown', run, t)}, missed: ${count('missed', run, t)}.`,
});
}
