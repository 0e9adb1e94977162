// The lane chart: a run as bars, sorted by task or by thread. Only the rows differ between the two.
// x is in percent and y in pixels, and there is no viewBox: a chart fits any width, and its text never shrinks.
'use strict'; {
const F = globalThis.figures;
const HEAD = 26, PITCH = 24, BAR = 16, AXIS = 22, MIDDLE = PITCH / 2, BASE = 16;   // pixels; the head is the needle's

F.safe = text => `${text}`.replace(/[&<>"]/g, c => `&#${c.charCodeAt()};`);
const tag = F.tag = (name, attributes, ...inner) =>
  `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join('')}>${inner.flat().join('')}</${name}>`;
const text = (x, y, words, name = '') => tag('text', name ? { class: name, x, y } : { x, y }, F.safe(words));
const group = (name, ...inner) => tag('g', { class: name }, ...inner);
const across = (name, y, x1 = 0, x2 = '100%') => tag('line', { class: name, x1, x2, y1: y + MIDDLE, y2: y + MIDDLE });

F.percent = (ms, scale) => Math.round(1e4 * ms / scale) / 100 + '%';
F.rows = run => [...new Set(run.tasks.map(k => k.row))];
F.height = zone => HEAD + zone * PITCH + AXIS;
const colour = thread => thread ? 'c' + ((thread - 1) % 4 + 1) : 'away';

// Where things stand. Rows are centred in the zone, so that both sortings have one height. Under the threads
// lies a tray: what is in progress and on no thread.
const places = (run, { sort = 'task', scale, zone }) => {
  const rows = F.rows(run), n = sort === 'task' ? rows.length : run.crew + 1;
  const letters = F.letters({ tasks: rows.map(name => ({ name })) }), row = task => rows.indexOf(run.tasks[task].row);
  const y = i => HEAD + ((zone - n) / 2 + i) * PITCH, x = ms => F.percent(ms, scale);
  const bar = s => ({ x: x(s.start), y: y(sort === 'thread' && s.thread ? s.thread - 1 : row(s.task)) + 4, height: BAR });
  return { rows, sort, x, y, bar, task: k => y(row(k)), letter: task => letters[row(task)], tray: y(run.crew) };
};

F.lanes = (run, shape) => {
  const { scale, zone, tick, t, chars = 4 } = shape, at = places(run, shape), { sort, x, y } = at, bottom = HEAD + zone * PITCH;
  const short = name => name.length > chars ? name.slice(0, chars - 1) + '…' : name;
  const name = (y, words) => text(-8, y + BASE, short(words), 'name');
  const ticks = Array.from({ length: Math.floor(scale / tick) + 1 }, (_, i) => i * tick)
    .map(ms => tag('line', { x1: x(ms), x2: x(ms), y1: HEAD, y2: bottom }) + text(x(ms), bottom + BASE, ms));

  const byTask = () => [at.rows.map((row, i) => across('rail', y(i)) + name(y(i), row)), run.tasks.filter(k => k.first !== null)
    .map(k => across(k.last === null ? 'span open' : 'span', at.task(k.at), x(k.first), x(k.last ?? run.until ?? scale)))].flat();
  const chip = i => tag('svg', { class: 'chip ' + colour(i + 1), x: -24, y: y(i) + 4 },
    tag('rect', { width: BAR, height: BAR, rx: 3 }), text(8, 12, i + 1));
  const byThread = () => [...Array.from({ length: run.crew }, (_, i) => across('rail', y(i)) + chip(i)), name(at.tray, 'wait')];

  const bar = s => {
    const wide = 100 * (s.end - s.start) / scale, size = wide < 1.1 ? ' sliver' : wide < 2.6 ? ' thin' : wide < 3.2 ? ' narrow' : '';
    const digit = size === ' sliver' ? '' : text('50%', 12, sort === 'thread' ? at.letter(s.task) : s.thread || '');
    return tag('svg', { class: `bar ${colour(s.thread)}${size}`, ...at.bar(s), width: x(Math.max(s.end - s.start, scale / 200)) },
      tag('g', {}, tag('rect', { width: '100%', height: '100%', rx: wide < 2.6 ? 1 : 3 }), digit));
  };
  const flag = tag('svg', { x: x(run.ends) }, tag('path', { d: `M0 ${bottom}V5h-34v14H0` }), text(-17, BASE, run.ends));
  const label = shape.label ?? `Lane chart by ${sort}. The same as text is below.`;
  return tag('svg', { class: 'lanes by-' + sort, width: '100%', height: F.height(zone), role: 'img', 'aria-label': label },
    group('axis', ticks), group('rows', sort === 'task' ? byTask() : byThread()), run.steps.map(bar), group('end', flag),
    group('now', t === undefined ? '' : F.now(run, shape)));
};

// What the needle changes.
F.now = (run, shape) => {
  const at = places(run, shape), { running, waiting, away } = F.at(run, shape.t);
  const ring = (k, r, cx, y) => tag('circle', { class: away.includes(k) ? 'ring away' : 'ring', r, cx, cy: y + MIDDLE });
  const inTray = (k, i) => ring(k, 8.5, 12 + 22 * i, at.tray) + text(12 + 22 * i, at.tray + BASE, at.letter(k.at));
  return running.map(s => tag('rect', { class: 'on', ...at.bar(s), width: at.x(s.end - s.start), rx: 3 })).join('')
    + [...waiting, ...away].map((k, i) => at.sort === 'thread' ? inTray(k, i) : ring(k, 4.5, at.x(shape.t + .5), at.task(k.at))).join('');
};
}
