// F3. Where you put the await: five chips change one loop, and the requests move.
'use strict'; {
const F = globalThis.figures, { times, named } = F;

// How long each station takes to answer; the five are files, opened and then read.
const sets = { 2: { nome: 30, suva: 30 }, 4: { oslo: 40, lima: 10, rome: 20, baku: 10 },
  5: { ant: [10, 30], bee: [10, 10], cat: [10, 10], dog: [10, 20], elk: [10, 10] },
  9: { a: 100, b: 10, c: 10, d: 10, e: 10, f: 10, g: 10, h: 10, i: 10 } };
const limitOf = set => set === 9 ? 3 : 2;

// The last store has the places. Who is in a later batch waits, at a store of its own, for a sign from each in the
// batches before. `never`: futures that nobody polls.
F.stations = (set, how) => {
  const limit = limitOf(set), all = Object.entries(sets[set]), place = all.length;
  const width = { 'one-by-one': 1, all: 9, window: limit, never: 0 }[how];
  const ask = ([name, ms], i) => {
    const first = i - i % limit, pass = [ms].flat().map(ms => ['pass', ms]);
    return { name, ops: how === 'batches'
      ? [...times(first, [['get', i]]), ...pass, ...all.map((_, k) => ['put', k, 1]).slice(first + limit)]
      : [['get', place], ...pass, ['put', place]] };
  };
  const stores = [...all.map(() => []), Array(width).fill(1)];
  return named(`stations set=${set} how=${how} limit=${limit}`, { threads: 1, stores, tasks: all.map(ask) });
};

// How the chips make the requests go.
const how = ({ chips }) => chips.includes('await now') ? 'one-by-one' : !chips.includes('join') ? 'never'
  : chips.includes('batch') ? 'batches' : chips.includes('limit') ? 'window' : 'all';

const words = ({ set }) => set === 5
  ? { one: 'path', call: 'disk.open(path).await?.hash()', open: 'Open', done: 'files are read' }
  : { one: 'station', call: 'net.get(station)', open: 'In flight', done: 'answers are back' };

// The loop, as the chips make it: whether a line is there, how deep, and its text.
const code = now => {
  const on = chip => now.chips.includes(chip), deep = on('batch') ? 1 : 0, { one, call } = words(now);
  const limit = limitOf(now.set), block = on('limit') || now.set === 5;
  return [
    [on('limit'), 0, `let places = Semaphore::new(${limit});`],
    [on('batch'), 0, `for batch in ${one}s.chunks(${limit}) {`],
    [true, deep, `for ${one} in ${on('batch') ? 'batch' : one + 's'} {`],
    [!block, deep + 1, `let future = ${call};`],
    [block, deep + 1, 'let future = async {'],
    [on('limit'), deep + 2, 'let _place = places.acquire().await;'],
    [block, deep + 2, `${call}.await`],
    [block, deep + 1, '};'],
    [on('spawn'), deep + 1, 'let future = spawn(future);'],
    [true, deep + 1, on('await now') ? 'future.await;' : 'futures.push(future);'],
    [true, deep, '}'],
    [on('join') && !on('await now'), deep, 'join_all(futures).await;'],
    [on('batch'), 0, '}'],
  ].filter(([there]) => there).map(([, depth, line]) => '    '.repeat(depth) + line).join('\n');
};

F.figure('where-you-await', {
  start: { sort: 'task', set: 4, chips: ['await now'], t: 5 },
  scale: ({ set }) => ({ 5: 135, 9: 190 })[set] ?? 90, zone: ({ set }) => Math.max(4, set), tick: ({ set }) => set > 4 ? 20 : 10,
  guesses: [['one-by-one', 'await now, at each'], ['batches', 'batches of 2'], ['window', 'a limit of 2']]
    .map(([way, label]) => ({ label, max: 120, step: 10, truth: F.stations(4, way).ends })),
  code,
  // `limit` and `batch` are two answers to one question.
  changed: (figure, name, chip, checked) => {
    const not = { limit: 'batch', batch: 'limit' }[chip];
    if (checked && not) figure.$(`[value=${not}]`).checked = false;
    figure.now.chips = [...figure.querySelectorAll('.chips :checked')].map(({ value }) => value);
  },
  run: now => F.stations(now.set, how(now)),
  drawn: (figure, run) => {
    const why = how(figure.now) + (run.dealing < 2 && figure.now.chips.includes('spawn') ? ' spawn' : '');
    F.say(figure.$('.code'), code(figure.now));
    for (const cause of figure.querySelectorAll('[data-cause]')) cause.hidden = cause.dataset.cause !== why;
  },
  side: ({ ends }, state, now) => ends ? `all ${words(now).done} after <b>${ends}</b> ms` : 'nothing begins',
  reached: ({ ends, dealing }, state, { set }) => set === 4 && ends === 40 && dealing === 2,
  says: ({ ends }, { away }, now) => {
    const { open, done } = words(now);
    return !ends ? 'Nothing begins.' : now.t >= ends ? `All ${done}, since ${ends} ms.`
      : `${open} at ${now.t} ms: ${away.map(k => k.name).join(', ')}. The thread has nothing to do.`;
  },
});
}
