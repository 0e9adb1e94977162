// F3. Where you put the await: five chips change one loop, and the requests move.
'use strict'; {
const F = globalThis.figures, { times, named } = F;

// Requests, and how they are asked for. A place in flight is an item; who is in a
// later batch waits for a sign from each of the batch before. `never`: futures that nobody polls.
F.sets = { 2: { nome: 30, suva: 30 }, 4: { oslo: 40, lima: 10, rome: 20, baku: 10 },
  9: Object.fromEntries([...'abcdefghi'].map(c => [c, c === 'a' ? 100 : 10])) };
F.limit = set => set === 9 ? 3 : 2;
F.stations = (set, how) => {
  const limit = F.limit(set), answers = Object.entries(F.sets[set]);
  const width = { 'one-by-one': 1, all: 9, window: limit, batches: limit }[how], batch = i => Math.floor(i / limit);
  const next = i => answers.map((_, k) => k).filter(k => batch(k) === batch(i) + 1).map(k => ['put', 'gate' + k, 1]);
  const ask = ([name, ms], i) => ({ name, ops: how === 'never' ? [] : how === 'batches'
    ? [...times(batch(i) && limit, [['get', 'gate' + i]]), ['pass', ms], ...next(i)]
    : [['get', 'place'], ['pass', ms], ['put', 'place']] });
  const gates = Object.fromEntries(answers.map((_, i) => ['gate' + i, []]));
  const stores = { place: Array(width ?? 0).fill(1), ...gates };
  return named(`stations set=${set} how=${how} limit=${limit}`, { threads: 1, stores, tasks: answers.map(ask) });
};

// How the chips make the requests go.
const how = ({ chips }) => chips.includes('await now') ? 'one-by-one' : !chips.includes('join') ? 'never'
  : chips.includes('batch') ? 'batches' : chips.includes('limit') ? 'window' : 'all';

// The loop, as the chips make it: whether a line is there, how deep, and its text.
const code = ({ chips, set }) => {
  const on = chip => chips.includes(chip), deep = on('batch') ? 1 : 0;
  return [
    [on('limit'), 0, `let places = Semaphore::new(${F.limit(set)});`],
    [on('batch'), 0, `for batch in stations.chunks(${F.limit(set)}) {`],
    [true, deep, `for station in ${on('batch') ? 'batch' : 'stations'} {`],
    [!on('limit'), deep + 1, 'let ask = net.get(station);'],
    [on('limit'), deep + 1, 'let ask = async {'],
    [on('limit'), deep + 2, 'let _place = places.acquire().await;'],
    [on('limit'), deep + 2, 'net.get(station).await'],
    [on('limit'), deep + 1, '};'],
    [on('spawn'), deep + 1, 'let ask = spawn(ask);'],
    [true, deep + 1, on('await now') ? 'ask.await;' : 'asks.push(ask);'],
    [true, deep, '}'],
    [on('join') && !on('await now'), deep, 'join_all(asks).await;'],
    [on('batch'), 0, '}'],
  ].filter(([there]) => there).map(([, depth, line]) => '    '.repeat(depth) + line).join('\n');
};

F.figure('where-you-await', {
  start: { sort: 'task', set: 4, chips: ['await now'], t: 5 },
  scale: now => now.set === 9 ? 190 : 90, zone: now => Math.max(4, now.set), tick: now => now.set === 9 ? 30 : 10,
  guesses: [['one-by-one', 'await now, at each'], ['batches', 'batches of 2'], ['window', 'a limit of 2']]
    .map(([way, label]) => ({ label, max: 120, step: 10, truth: F.stations(4, way).ends })),
  code,
  // `limit` and `batch` are two answers to one question.
  changed: ({ now, $ }, name, chip, checked) => {
    if (name !== 'chips') return;
    const not = { limit: 'batch', batch: 'limit' }[chip];
    now.chips = now.chips.filter(c => c !== chip && !(checked && c === not)).concat(checked ? chip : []);
    if (checked && not) $(`[value="${not}"]`).checked = false;
  },
  run: now => F.stations(now.set, how(now)),
  drawn: (figure, run) => {
    const why = how(figure.now) + (run.dealing < 2 && figure.now.chips.includes('spawn') ? ' spawn' : '');
    F.say(figure.$('.code'), code(figure.now));
    for (const cause of figure.querySelectorAll('[data-cause]')) cause.hidden = cause.dataset.cause !== why;
  },
  side: run => run.ends ? `all answers after <b>${run.ends}</b> ms` : 'no answer',
  reached: (run, state, now) => now.set === 4 && run.ends === 40 && run.dealing === 2,
  says: (run, { away }, { t }) => !run.ends ? 'Nothing is in flight.' : t >= run.ends ? `All answers are back, since ${run.ends} ms.`
    : `At ${t} ms in flight: ${away.map(k => k.name).join(', ')}. The thread has nothing to do.`,
});
}
