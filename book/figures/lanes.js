// The lane chart: a run as bars, sorted by task or by thread. Only the rows differ between the two.
// x is in percent and y in pixels, and there is no viewBox: a chart fits any width, and its text never shrinks.
'use strict'; {
const F = globalThis.figures;
const HEAD = 26, PITCH = 24, BAR = 16, AXIS = 22;   // pixels; the head is the needle's
const group = (name, inner) => `<g class="${name}">${inner}</g>`;
const colour = thread => thread ? 'c' + ((thread - 1) % 4 + 1) : 'away';
const percent = (ms, scale) => Math.round(1e4 * ms / scale) / 100;
const short = (name, chars) => name.length > chars ? name.slice(0, chars - 1) + '…' : name;
const safe = text => `${text}`.replace(/[&<>"]/g, c => `&#${c.charCodeAt()};`);
F.safe = safe;

F.rows = run => [...new Set(run.tasks.map(k => k.row))];
F.height = zone => HEAD + zone * PITCH + AXIS;

// Where things stand. Rows are centred in the zone, so that both sortings have one height. Under the threads
// lies a tray: what is in progress and on no thread.
const places = (run, sort, zone) => {
  const rows = F.rows(run), n = sort === 'task' ? rows.length : run.crew + 1;
  const y = i => HEAD + ((zone - n) / 2 + i) * PITCH;
  const task = k => y(rows.indexOf(run.tasks[k].row)), thread = c => y(c - 1);
  return { rows, task, thread, tray: y(run.crew), step: s => sort === 'thread' && s.thread ? thread(s.thread) : task(s.task) };
};

F.lanes = (run, { sort = 'task', scale, zone, tick, t, chars = 4, label = `Lane chart by ${sort}. The same as text is below.` }) => {
  const at = places(run, sort, zone), bottom = HEAD + zone * PITCH, x = ms => percent(ms, scale) + '%';
  const letters = F.letters({ tasks: at.rows.map(name => ({ name })) }), letter = s => letters[at.rows.indexOf(run.tasks[s.task].row)];
  const rail = y => `<line class="rail" x2="100%" y1="${y + 12}" y2="${y + 12}"/>`, name = (y, text) => `<text class="name" x="-8" y="${y + 16}">${safe(short(text, chars))}</text>`;
  const ticks = Array.from({ length: Math.floor(scale / tick) + 1 }, (_, i) => i * tick).map(ms =>
    `<line x1="${x(ms)}" x2="${x(ms)}" y1="${HEAD}" y2="${bottom}"/><text x="${x(ms)}" y="${bottom + 16}">${ms}</text>`);
  const span = k => `<line class="span${k.last === null ? ' open' : ''}" x1="${x(k.first)}" x2="${x(k.last ?? run.until ?? scale)}" y1="${at.task(k.at) + 12}" y2="${at.task(k.at) + 12}"/>`;
  const spans = run.tasks.filter(k => k.first !== null).map(span);
  const byTask = at.rows.map((row, i) => { const y = at.task(run.tasks.findIndex(k => k.row === row)); return rail(y) + name(y, row); });
  const byThread = Array.from({ length: run.crew }, (_, i) => { const y = at.thread(i + 1);
    return rail(y) + `<svg class="chip ${colour(i + 1)}" x="-24" y="${y + 4}"><rect width="${BAR}" height="${BAR}" rx="3"/><text x="8" y="12">${i + 1}</text></svg>`; });
  const bar = s => { const wide = percent(s.end - s.start, scale), size = wide < 1.1 ? ' sliver' : wide < 2.6 ? ' thin' : wide < 3.2 ? ' narrow' : '';
    return `<svg class="bar ${colour(s.thread)}${size}" x="${x(s.start)}" y="${at.step(s) + 4}" width="${wide || .5}%" height="${BAR}"><g><rect width="100%" height="100%" rx="${size && size !== ' narrow' ? 1 : 3}"/>`
      + `${size === ' sliver' ? '' : `<text x="50%" y="12">${sort === 'thread' ? letter(s) : s.thread || ''}</text>`}</g></svg>`; };
  const flag = `<svg x="${x(run.ends)}"><path d="M0 ${bottom}V5h-34v14H0"/><text x="-17" y="16">${run.ends}</text></svg>`;
  return `<svg class="lanes by-${sort}" width="100%" height="${F.height(zone)}" role="img" aria-label="${label}">`
    + group('axis', ticks.join('')) + (sort === 'task' ? group('rows', byTask.join('') + spans.join('')) : group('rows', byThread.join('') + name(at.tray, 'wait')))
    + run.steps.map(bar).join('') + group('end', flag) + group('now', t === undefined ? '' : F.now(run, { sort, scale, zone, t })) + '</svg>';
};

// What the needle changes: an outline on what runs, a ring for what waits; dashed where something else has it.
F.now = (run, { sort = 'task', scale, zone, t }) => {
  const at = places(run, sort, zone), now = F.at(run, t), letters = F.letters({ tasks: at.rows.map(name => ({ name })) });
  const x = ms => percent(ms, scale) + '%', idle = [...now.waiting, ...now.away], ring = k => `ring${now.away.includes(k) ? ' away' : ''}`;
  const outlines = now.running.map(s => `<rect class="on" x="${x(s.start)}" width="${x(s.end - s.start)}" y="${at.step(s) + 4}" height="${BAR}" rx="3"/>`);
  const rings = sort === 'task' ? idle.map(k => `<circle class="${ring(k)}" r="4.5" cx="${x(t + .5)}" cy="${at.task(k.at) + 12}"/>`)
    : idle.map((k, i) => `<circle class="${ring(k)}" r="8.5" cx="${12 + 22 * i}" cy="${at.tray + 12}"/><text x="${12 + 22 * i}" y="${at.tray + 16}">${letters[at.rows.indexOf(k.row)]}</text>`);
  return outlines.join('') + rings.join('');
};
}
