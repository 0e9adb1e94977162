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
  return named(`stations set=${set} how=${how} limit=${limit}`, { threads: 1, stores: { place: Array(width ?? 0).fill(1), ...gates }, tasks: answers.map(ask) });
};

const on = (now, chip) => now.chips.includes(chip), count = n => ['no', 'one', 'two', 'three'][n] ?? n;
const indent = (n, lines) => lines.map(line => ' '.repeat(4 * n) + line);

// How the chips make the requests go.
const how = now => on(now, 'await now') ? 'one-by-one' : !on(now, 'join') ? 'never' : on(now, 'batch') ? 'batches' : on(now, 'limit') ? 'window' : 'all';

// The loop, as the chips make it.
const code = now => {
  const limit = F.limit(now.set), batch = on(now, 'batch');
  const request = on(now, 'limit') ? ['let ask = async {', '    let _place = places.acquire().await;', '    net.get(station).await', '};'] : ['let ask = net.get(station);'];
  const body = [...request, ...(on(now, 'spawn') ? ['let ask = spawn(ask);'] : []), on(now, 'await now') ? 'ask.await;' : 'asks.push(ask);'];
  const loop = [`for station in ${batch ? 'batch' : 'stations'} {`, ...indent(1, body), '}', ...(on(now, 'join') && !on(now, 'await now') ? [`join_all(asks).await;`] : [])];
  return [...(on(now, 'limit') ? [`let places = Semaphore::new(${limit});`] : []), ...(batch ? [`for batch in stations.chunks(${limit}) {`, ...indent(1, loop), '}'] : loop)].join('\n');
};

const total = way => F.stations(4, way).ends;
F.figure('where-you-await', {
  start: { sort: 'task', set: 4, chips: ['await now'], t: 5 },
  scale: now => now.set === 9 ? 190 : 90, zone: now => Math.max(4, now.set), tick: now => now.set === 9 ? 30 : 10,
  guesses: [['one-by-one', 'await now, at each'], ['batches', 'batches of 2'], ['window', 'a limit of 2']].map(([way, label]) => ({ label, max: 120, step: 10, truth: total(way) })),
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
    F.say(figure.$('.code'), code(figure.now));
    const why = how(figure.now) + (['never', 'one-by-one'].includes(how(figure.now)) && on(figure.now, 'spawn') ? ' spawn' : '');
    for (const cause of figure.querySelectorAll('[data-cause]')) cause.hidden = cause.dataset.cause !== why;
  },
  side: run => run.ends ? `all answers after <b>${run.ends}</b> ms` : 'no answer',
  reached: (run, state, now) => now.set === 4 && run.ends === 40 && run.dealing === 2,
  says: (run, { away, waiting }, { t }) => run.ends === 0 ? 'Nothing is in flight.' : t >= run.ends ? `All answers are back, since ${run.ends} ms.`
    : `At ${t} ms ${count(away.length)} request${away.length === 1 ? ' is' : 's are'} in flight: ${away.map(k => k.name).join(', ')}. The thread has nothing to do.`,
});
}
