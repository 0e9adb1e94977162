// F2. Crabs are procedures, hands are what moves them: the same design on one, two or four hands.
'use strict'; {
const F = globalThis.figures, { work, times, named, tag } = F;

// Eight loads; load, haul, tend the fire, bring the cart back, 3 ms each.
F.carts = ({ design, hands, carts, rolls }) => {
  const step = what => rolls === 'yes' && (what === 'haul' || what === 'back') ? ['pass', 3, what] : work(3, what);
  const at = (place, what) => [['get', place], step(what), ['put', place, 0]];
  const alone = (name, loads, cart, n = '') => ({ name, ops: [['get', 'cart' + cart],
    ...times(loads, [...at('pile' + n, 'load'), step('haul'), ...at('fire' + n, 'tend'), step('back')])] });
  const inLine = (name, from, to) => ({ name, ops: times(8, [['get', from], step(name), ['put', to]]) });
  const tasks = { solo: () => [alone('solo', 8, 1)], two: () => [alone('ann', 4, 1), alone('bob', 4, 2)],
    doubled: () => [alone('ann', 4, 1), alone('bob', 4, 2, 2)],
    line: () => [inLine('load', 'empty', 'full'), inLine('haul', 'full', 'there'),
      inLine('tend', 'there', 'done'), inLine('back', 'done', 'empty')] };
  const stores = { pile: [0], fire: [0], pile2: [0], fire2: [0], cart1: [1], cart2: [2],
    empty: [1, 2, 3, 4].slice(0, carts), full: [], there: [], done: [] };
  return named(`carts design=${design} carts=${carts} hands=${hands} rolls=${rolls}`, { threads: hands, stores, tasks: tasks[design]() });
};

// The yard: solid with a digit, a crab is moved by that hand; hollow with shut eyes, it is in progress and waits;
// faint, it is not in progress.
const round = x => +x.toFixed(1), clamp = x => Math.min(1, Math.max(0, x)), mix = (a, b, p) => a + (b - a) * clamp(p);
const each = (n, draw) => Array.from({ length: Math.max(0, n) }, (_, i) => draw(i));
const path = (name, d, transform = '') => tag('path', { class: name, d, transform });
const circle = (name, cx, cy, r) => tag('circle', { class: name, cx, cy, r: round(r) });
const move = (x, y, ...inner) => tag('g', { transform: `translate(${round(x)} ${round(y)})` }, ...inner);

const LEGS = 'M-9-4l-7 4M-12-7l-9 2M9-4l7 4M12-7l9 2M-4-15v-5M4-15v-5', SHELL = 'M-15-8q2-11 15-11t15 11q-3 9-15 9t-15-9z';
const CLAW = 'M-13-9c-6-1-10-5-8-13l5 5 3-6c5 3 5 11 2 15z', ASLEEP = 'M-7-21q3 3 6 0M1-21q3 3 6 0M-3-6h6';
const FLAME = 'M-14 0c-8-11 2-18 0-29 8 5 9 11 7 15 5-5 6-14 3-23 11 8 15 18 11 26 3 0 4-3 4-7 6 7 5 13 2 18z';

const crab = (hand, mood, t) => {
  const claw = side => path('body', CLAW, `scale(${side} 1) rotate(${hand ? round(14 * Math.sin(t * 2.6 + side)) : 24} -12 -9)`);
  const eye = x => circle('ink', x, -22, 3.2) + circle('pupil', x + .8, -22, 1.4);
  return tag('g', { class: 'crab ' + (hand ? 'c' + hand : mood) }, path('pen', LEGS), claw(1), claw(-1), path('body', SHELL),
    hand ? eye(-4) + eye(4) + tag('text', { y: -4.5 }, hand) : path('pen', ASLEEP));
};
const log = (x, y, r = 5.5) => circle('ink', x, y, r) + circle('ink', x, y, r / 2.6);
const pile = n => each(n, i => log([-12, 0, 12, -6, 6, 0, -18, 18][i], [-6, -6, -6, -16, -16, -26, -16, -16][i]));
const fire = (n, t) => {
  const size = `${round(.4 + n / 13)} ${(.42 + n * .07 + .03 * Math.sin(t * 1.7)).toFixed(2)}`;
  return [n ? path('ink', FLAME, `translate(0 -3) scale(${size})`) : '', path('pen', 'M-17 0l34-6M17 0l-34-6')];
};
const cart = (way, loaded, alone) => {
  const wheel = x => move(x, -3.5, tag('g', { transform: `rotate(${round(way * 900)})` }, circle('ink', 0, 0, 3.7), path('pen', 'M-3.5 0h7M0-3.5v7')));
  const speed = alone ? path('pen', `M${-20 * alone}-6h${-8 * alone}M${-20 * alone}-12h${-5 * alone}`) : '';
  return (loaded ? log(0, -17, 6.5) : '') + speed + path('ink', 'M-14-16h28l-4 11h-20z') + wheel(-7) + wheel(7);
};

// A place is a share of the way from pile (0) to fire (1).
const EDGE = 66, FRONT = 118, REAR = 68, SLOT = 31;
const place = (way, dx, y, ...inner) => tag('svg', { x: round(100 * way) + '%' }, tag('g', { class: 'zoom' }, move(dx, y, ...inner)));

// Where each cart is: in its last step, or waiting after it.
const NEXT = { load: 'haul', haul: 'tend', tend: 'back', back: 'load' };
const carts = (run, t) => [...new Set(run.steps.map(s => s.item))].sort().map(item => {
  const begun = run.steps.filter(s => s.item === item && s.start <= t).sort((a, b) => b.start - a.start);
  const step = begun[0] ?? { what: 'back', start: -9, end: -1, task: item - 1 };
  return { ...step, item, moving: t < step.end, p: clamp((t - step.start) / (step.end - step.start)) };
});

// How many carts stand before this one, where it waits or will wait. Whoever leaves, and whoever comes, does so
// by degrees, so that nobody hops.
const before = (cart, all) => {
  const first = other => cart.moving || other.end < cart.end || other.end === cart.end && other.item < cart.item;
  const counts = other => other.item === cart.item ? 0 : !other.moving ? other.what === cart.what && first(other)
    : other.what === NEXT[cart.what] && Math.max(0, 1 - 4 * other.p);
  return all.reduce((sum, other) => sum + counts(other), 0) * (cart.moving ? clamp(4 * cart.p - 3) : 1);
};

F.yard = (run, { design, rolls, t }) => {
  const line = design === 'line', own = design === 'doubled', slot = line ? SLOT : 58, now = F.at(run, t), all = carts(run, t);
  const who = task => crab(now.running.find(s => s.task === task)?.thread, now.open.some(k => k.at === task) ? 'waits' : 'off', t);
  const done = (what, item) => run.steps.filter(s => s.what === what && s.end <= t && (!item || s.item === item)).length;
  const wagon = c => {
    const { p } = c, lane = own && c.item === 2 ? REAR : FRONT, back = own ? lane : REAR, mate = c.moving ? 27 : -27;
    const dip = own ? slot : p < .5 ? mix(slot, 0, p * 4) : mix(0, slot, p * 4 - 3);   // in to the pile or the fire, and out again
    const [way, dx, y, loaded, beside] = {
      load: [0, dip, mix(back, lane, p * 4), p > .5, mate], haul: [p, mix(slot, -slot, p), lane, true, -27],
      tend: [1, -dip, mix(lane, back, p * 4 - 3), p <= .5, -mate], back: [1 - p, mix(-slot, slot, p), back, false, 27],
    }[c.what];
    const alone = c.moving && rolls === 'yes' ? { haul: 1, back: -1 }[c.what] : 0, drawn = cart(way, loaded, alone);
    const rider = line ? '' : move(alone ? 0 : beside, alone ? -15 : 0, who(c.task)), queue = (way < .5 ? slot : -slot) * before(c, all);
    return { y, svg: place(way, EDGE - 2 * EDGE * way + dx + queue, y, alone ? rider + drawn : drawn + rider) };
  };
  const stroke = (name, y, more) => tag('line', { class: name, x2: '100%', y1: y, y2: y, ...more });
  const road = (y, task, way) => {
    const step = now.running.find(s => s.task === task), cable = step ? round(way * (step.start - t) * 12) : 0;
    return stroke('road', y + 1) + (line && rolls === 'no' ? stroke('cable', y + 7, { 'stroke-dashoffset': cable }) : '');
  };
  const ends = (y, item) => place(0, 24, y, ...pile((own ? 4 : 8) - done('load', item))) + place(1, -26, y, ...fire(done('tend', item), t));
  const standing = [[0, 24, REAR - 4], [.5, 0, FRONT + 42], [1, -26, REAR - 4], [.5, 0, REAR - 36]];   // load, haul, tend, back
  const words = (way, name, said) => place(way, 0, FRONT + 24, tag('text', { class: name }, said));
  return tag('svg', { class: 'yard', width: '100%', height: 170, 'aria-hidden': true },
    tag('g', { class: 'zoom-y' }, road(REAR, 3, -1), road(FRONT, 1, 1)), ends(FRONT, own && 1), own ? ends(REAR, 2) : '',
    all.map(wagon).sort((a, b) => a.y - b.y).map(w => w.svg), line ? standing.map((at, task) => place(...at, who(task))) : '',
    words(0, 's', `${8 - done('load')} left`), words(1, 'e', `${done('tend')} on the fire`));
};

const spec = { design: 'line', carts: 4, hands: 1, rolls: 'no' };
// A cell of the table of all runs.
F.cell = ({ design, carts, hands, rolls }) => [design, design === 'line' ? carts : '', hands, rolls].join(' ');

F.figure('carts-and-hands', {
  start: { sort: 'task', ...spec, t: 31 },
  scale: 99, zone: 5, tick: 24, speed: 5, stride: 3,
  guesses: [{ carts: 4, hands: 1, label: '4 carts, 1 hand' }, { carts: 1, hands: 4, label: '1 cart, 4 hands' }]
    .map(({ label, ...change }) => ({ label, max: 120, step: 3, truth: F.carts({ ...spec, ...change }).ends })),
  run: F.carts,
  picture: F.yard,
  reached: run => run.ends === 33 && run.crew === 2,
  side: (run, { running }) => {
    const hand = i => tag('i', { class: `hand c${i + 1}${running.some(s => s.thread === i + 1) ? ' busy' : ''}` }, i + 1);
    return `hands ${each(run.crew, hand).join(' ')} done at <b>${run.ends}</b> ms`;
  },
  says: (run, state, { t }) => {
    if (t >= run.ends) return `All 8 logs are on the fire, since ${run.ends} ms.`;
    const who = s => run.tasks[s.task].name, what = s => s.what === who(s) ? '' : ` (${s.what})`;
    return `At ${t} ms ${state.running.map(s => `hand ${s.thread} moves ${who(s)}${what(s)}`).join(', ') || 'no hand is needed'}`
      + F.waits(state, 'the cart rolls for') + '.';
  },
  drawn: (figure, run) => {
    figure.$('[name=carts]').disabled = figure.now.design !== 'line';
    for (const td of figure.querySelectorAll('.under td[data-is]')) td.setAttribute('aria-current', td.dataset.is === F.cell(figure.now));
  },
});
}
