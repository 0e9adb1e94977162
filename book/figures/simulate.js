// The simulator: a design goes in, a run comes out; no chance, no clock.
// Every file here is a classic script, so that pages open from a file; in node it loads the same way.
'use strict'; {
const F = globalThis.figures ??= {};

// A design is { threads, stores: { name: [item, …] }, tasks: [{ name, row?, ops }] }. An op is one of
//   ['work', ms, what]     needs a thread            ['pass', ms, what]    takes time and no thread
//   ['get', store]         waits for an item         ['put', store, item?] gives one (else the one held)
//   ['until', ms]          sleeps
// First come, first served, everywhere: a freed thread goes to whoever has waited longest.
F.simulate = ({ threads, stores = {}, tasks }) => {
  const timers = [], queue = [], store = {};
  let free = threads, now = 0;
  for (const name in stores) store[name] = { items: [...stores[name]], waiting: [] };
  const later = (time, then) => timers.push({ time, then });
  const actors = tasks.map(({ name, row = name, ops }, at) =>
    ({ ops, next: 0, item: 0, task: { name, row, at, first: null, last: null, steps: [] } }));

  const begin = (actor, thread, [, ms, what]) => {
    free -= thread;
    actor.task.first ??= now;
    actor.task.steps.push({ thread, start: now, end: now + ms, what, item: actor.item });
    later(now + ms, () => {
      free += thread;
      const next = thread && queue.shift();
      if (next) begin(next, 1, next.ops[next.next - 1]);
      go(actor);
    });
  };

  const go = actor => {
    while (actor.next < actor.ops.length) {
      const op = actor.ops[actor.next++], [kind, arg, given = actor.item] = op, at = store[arg];
      if (kind === 'work') return free ? begin(actor, 1, op) : queue.push(actor);
      if (kind === 'pass') return begin(actor, 0, op);
      if (kind === 'until' && arg > now) return later(arg, () => go(actor));
      if (kind === 'get') {
        if (!at.items.length) return at.waiting.push(actor);
        actor.item = at.items.shift() || actor.item;
      }
      if (kind === 'put') {
        const next = at.waiting.shift();
        if (next) { next.item = given || next.item; later(now, () => go(next)); } else at.items.push(given);
      }
    }
    actor.task.last = actor.task.steps.at(-1)?.end ?? null;
  };

  actors.forEach(go);
  while (timers.length) {
    timers.sort((a, b) => a.time - b.time);   // stable: what was set first rings first
    const next = timers.shift();
    now = next.time;
    next.then();
  }
  // A task is over with its last step, even if it then waits for an item that never comes.
  for (const { task } of actors) task.last = task.steps.at(-1)?.end ?? null;
  return F.run({ name: 'run', crew: threads, tasks: numbered(actors.map(a => a.task)) });
};

// Threads are numbered after the run, lowest free first, in order of start and task: which thread a
// scheduler happened to hand over says nothing about the run, and Rust and this file must agree on names.
const numbered = tasks => {
  const busyUntil = [];
  const steps = tasks.flatMap(task => task.steps.map(step => ({ task, step }))).filter(({ step }) => step.thread);
  steps.sort((a, b) => a.step.start - b.step.start || a.task.at - b.task.at);
  for (const { step } of steps) {
    while (busyUntil[step.thread] > step.start) step.thread++;
    busyUntil[step.thread] = step.end;
  }
  return tasks;
};

// Who runs what, and who waits, as a figure says it.
F.who = (running, what, nobody) => running.map(s => `thread ${s.thread} runs ${what(s)}`).join(', ') || nobody;
F.waits = ({ away, waiting }, elsewhere = 'elsewhere') => [[elsewhere, away], ['in progress and waiting', waiting]]
  .map(([how, tasks]) => tasks.length ? `; ${how}: ${tasks.map(k => k.name).join(', ')}` : '').join('');

// What designs are written with; `golden/` holds what Rust says of the same designs.
F.work = (ms, what) => ['work', ms, what];
F.times = (n, ops) => Array(n).fill(ops).flat();
F.named = (name, design) => Object.assign(F.simulate(design), { name });

// A run: its tasks and their steps, what holds at a time, and its text forms.
const most = (list, f) => list.reduce((max, x) => Math.max(max, f(x)), 0);

// run { name, crew, tasks: [{ name, row, first, last, steps: [{ thread, start, end }] }] }. `crew` is how many
// threads there are to run on; `threads`, how many ran. No `first`: never started. No `last`: never ended.
F.run = run => {
  run.tasks.forEach((task, at) => {
    task.at = at;
    task.row ??= task.name;
    for (const step of task.steps) step.task = at;
  });
  run.steps = run.tasks.flatMap(task => task.steps);
  run.ends = most(run.steps, s => s.end);
  run.threads = most(run.steps, s => s.thread);
  run.crew ??= run.threads;
  const moments = [...new Set(run.steps.map(s => s.start))].map(t => F.at(run, t));
  run.dealing = most(moments, m => m.dealing);
  run.doing = most(moments, m => m.doing);
  return run;
};

const inProgress = (task, t) => task.first !== null && task.first <= t && (task.last === null || t < task.last);

// What holds in the column that begins at t; a step covers [start, end).
F.at = (run, t) => {
  const now = run.steps.filter(s => s.start <= t && t < s.end);
  const running = now.filter(s => s.thread).sort((a, b) => a.thread - b.thread);
  const busy = new Set(running.map(s => s.task)), away = new Set(now.filter(s => !s.thread).map(s => s.task));
  const open = run.tasks.filter(task => inProgress(task, t));
  const idle = open.filter(task => !busy.has(task.at));
  return { open, running, dealing: open.length, doing: busy.size,
    away: idle.filter(task => away.has(task.at)), waiting: idle.filter(task => !away.has(task.at)) };
};

// Reads one run, or several. What is no run is said with its line. More than a page can draw is refused, too.
const DERIVED = /^(threads|ends|dealing|doing)=/;
F.parse = text => {
  const runs = [];
  let size = 0;
  text.split(/\r?\n/).forEach((line, at) => {
    const expected = what => {
      throw new Error(`line ${at + 1}: expected ${what}, found \`${line.length > 60 ? line.slice(0, 60) + '…' : line}\``);
    };
    const [kind, ...words] = line.trim().split(/\s+/);
    if (!kind) return;
    if (kind === 'run' && words.length) return runs.push({ name: words.filter(w => !DERIVED.test(w)).join(' '), tasks: [] });
    if (!runs.length) expected('`run NAME …`');
    const [name, span, ...steps] = words, task = kind === 'task' && /^(\d*)\.\.(\d*)$/.exec(span);
    if (!task) expected('`task NAME FIRST..LAST THREAD@START+LENGTH …`');
    if ((size += words.length) > 6000) expected('fewer tasks and steps');
    const [first, last] = [task[1], task[2]].map(digits => digits === '' ? null : +digits);
    runs.at(-1).tasks.push({ name, first, last, steps: steps.map(word => {
      const [, thread, start, length] = /^(\d\d?)@(\d{1,12})\+(\d{1,12})$/.exec(word)
        ?? expected(`\`THREAD@START+LENGTH\` and not \`${word}\``);
      return { thread: +thread, start: +start, end: +start + +length };
    }) });
  });
  if (!runs.length) throw new Error('line 1: expected `run NAME …`, found nothing');
  return runs.map(F.run);
};

// The lane chart as text: what `probes::chart` draws, character for character.
const gcd = (a, b) => b ? gcd(b, a % b) : a;
const digit = thread => Math.min(thread, 35).toString(36);
const longest = words => Math.max(0, ...words.map(w => [...w].length));
const padded = (word, width) => word + ' '.repeat(Math.max(0, width - [...word].length));

// A letter a task: its initial, or the next one in its name that is still free.
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
F.letters = run => run.tasks.reduce((taken, { name }) =>
  [...taken, [...name + LETTERS + LETTERS.toUpperCase()].find(c => !taken.includes(c)) ?? '?'], []);

F.chart = (run, { width = 78, rows = 5 } = {}) => {
  const names = longest(run.tasks.map(k => k.name)), letters = F.letters(run);
  const columns = F.columns(run, Math.floor((width - names - 15) / 2)).map(t => t === null ? null : F.at(run, t));
  const row = mark => columns.map(now => now ? mark(now) : '…').join('');
  const few = lines => lines.length > rows ? [...lines.slice(0, rows - 1), `  … and ${lines.length - rows + 1} more`] : lines;
  const left = ['by task', ...few(run.tasks.map(task => `  ${padded(task.name, names)}  ${row(now => {
    const step = now.running.find(s => s.task === task.at);
    return step ? digit(step.thread) : now.open.includes(task) ? '-' : ' ';
  })}`))];
  const right = ['by thread', ...few([...Array(run.threads)].map((_, i) => `  ${digit(i + 1)}  ${row(now => {
    const step = now.running.find(s => s.thread === i + 1);
    return step ? letters[step.task] : ' ';
  })}`))];
  const wide = longest(left) + 4, both = left.length > right.length ? left : right;
  return both.map((_, i) => `  ${padded(left[i] ?? '', wide)}${right[i] ?? ''}`.trimEnd() + '\n').join('')
    + `  dealing with ${run.dealing} · doing ${run.doing}\n`;
};

// A column is one moment as long as all fit, then as wide as every step allows; a longer run loses its middle (null).
F.columns = (run, room) => {
  const edges = run.tasks.flatMap(k => [k.first ?? 0, k.last ?? 0, ...k.steps.flatMap(s => [s.start, s.end - s.start])]);
  const wide = run.ends <= room ? 1 : Math.max(1, edges.reduce(gcd, 0));
  const all = Math.ceil(run.ends / wide), head = Math.floor(room * 2 / 3), tail = room - head - 1;
  const from = (first, n) => Array.from({ length: n }, (_, i) => (first + i) * wide);
  return all <= room ? from(0, all) : [...from(0, head), null, ...from(all - tail, tail)];
};
}
