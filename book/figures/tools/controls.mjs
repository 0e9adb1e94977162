// The controls of each figure, which embed.mjs writes into the page; the scripts only make them live.
// `knobs` are rows of buttons (or a slider, with `steps`), `own` is what one figure has and no other, `under` stands
// below the chart.
import { F } from './load.mjs';

const sort = (task = 'by task', thread = 'by thread') => ({ name: 'sort', label: 'sort the bars', options: [['task', task], ['thread', thread]] });
const crew = { name: 'crew', label: 'threads, a core each', options: [[1], [2]] };

const DESIGNS = [['solo', 'alone', 1], ['two', 'two, shared', 2], ['doubled', 'doubled', 2], ['line', 'in line, 4 carts', 4], ['line', 'in line, 1 cart', 1]];
const COLUMNS = ['no', 'yes'].flatMap(rolls => [1, 2, 4].map(hands => ({ rolls, hands })));
export const table = () => '<table class="results"><caption>Done at, in virtual ms</caption><thead><tr><td></td><th colspan="3" scope="colgroup">a crab pushes</th><th colspan="3" scope="colgroup">the cart rolls</th></tr>'
  + `<tr><th scope="row">hands</th>${COLUMNS.map(k => `<th scope="col">${k.hands}</th>`).join('')}</tr></thead><tbody>`
  + DESIGNS.map(([design, name, carts]) => `<tr><th scope="row">${name}</th>${COLUMNS.map(k => ({ ...k, design, carts })).map(k => `<td data-is="${F.cell(k)}">${F.carts(k).ends}</td>`).join('')}</tr>`).join('') + '</tbody></table>';

const task = name => `<div class="task"><button type="button" data-poll="${name}">poll <b>${name}</b></button><p class="mood">in the queue, never polled</p><p>polls <b class="polls">0</b></p>`
  + `<button type="button" data-deliver="${name}" disabled>deliver ${name}’s letter</button></div>`;

const CAUSES = {
  never: 'The futures are made, and nobody polls them: nothing begins.',
  'never spawn': 'The tasks are spawned, and the function ends before its thread is free to run one: nothing begins.',
  'one-by-one': 'The loop stands still at each await, so the next wait begins when this one is over. There is nothing to limit.',
  'one-by-one spawn': 'Spawned, and awaited in the same breath: the loop stands still until this wait is over.',
  all: 'All begin before the first is finished, and nothing holds them back.',
  window: 'As soon as one is finished, the next one begins: no place stays empty.',
  batches: 'A batch ends with the slowest in it. Until then the places of the quick ones stay empty.',
};

export const controls = {
  'two-sortings': { knobs: [sort(), { name: 'masters', label: 'masters (threads)', options: [[1], [2], [4]] }] },
  'carts-and-hands': {
    knobs: [{ name: 'design', label: 'design', options: [['solo', 'alone'], ['two', 'two, shared'], ['doubled'], ['line', 'in line']] },
      { name: 'carts', label: 'carts', options: [[1], [2], [3], [4]] },
      { name: 'hands', label: 'hands (threads)', options: [[1], [2], [4]] },
      { name: 'rolls', label: 'cart rolls by itself', options: [['no'], ['yes']] }, sort('by crab', 'by hand')],
    under: `<details><summary>All thirty runs</summary>${table()}</details>`,
  },
  'deadline-strip': { knobs: [{ name: 'slice', label: 'slice of the job, in ms', options: [[100], [20], [10], [5]] }, crew, sort()] },
  'where-you-await': {
    knobs: [{ name: 'chips', label: 'chips in the loop', many: true, options: [['await now'], ['spawn'], ['join'], ['limit'], ['batch']] },
      { name: 'set', label: 'stations, or files', options: [[2], [4], [9], [5, '5 files']] }, sort()],
    own: () => `<div class="code" tabindex="0" role="region" aria-label="the loop, as the chips make it">${F.plans['where-you-await'].code(F.plans['where-you-await'].start)}</div><div class="causes">${Object.entries(CAUSES).map(([cause, text]) => `<p data-cause="${cause}"${cause === 'one-by-one' ? '' : ' hidden'}>${text}</p>`).join('')}</div>`,
  },
  'poll-machine': {
    knobs: [{ name: 'how', label: 'after a poll that finds nothing', options: [['park', 'park the task'], ['spin', 'queue it again']] }, sort()],
    own: () => `<p class="queue">queue, next first: <b><output>a b c</output></b></p><div class="machine">${['a', 'b', 'c'].map(name => task(name)).join('')}</div><p><button type="button" class="restart">Start again</button></p>`,
  },
  'feel-the-freeze': {
    knobs: [{ name: 'slice', label: 'slice of the job', steps: F.plans['feel-the-freeze'].slices, unit: ' ms' }, crew, sort()],
    own: () => `<p><label class="box">Type here, fast, for four seconds<span class="screen" aria-hidden="true"></span><input autocomplete="off" autocapitalize="off" spellcheck="false"></label></p>`
      + '<p class="felt"><button type="button" data-felt="yes" disabled>It froze</button> <button type="button" data-felt="no" disabled>I noticed nothing</button> <span class="verdicts">Type first, then say what you felt.</span></p>',
  },
  'your-own-run': {
    knobs: [sort()],
    own: () => `<div class="drop"><p><label>A file under <code>target/runs/</code>, dropped here or chosen: <input type="file" class="file"></label></p>`
      + `<p><label>Or its text: <textarea class="paste" rows="3" spellcheck="false" autocomplete="off"></textarea></label> <button type="button" class="load">Play this text</button></p>`
      + `<p class="said" role="status">A sample is shown until you bring a run.</p><p><label>Shown: <select class="which" autocomplete="off"><option value="0">a sample</option></select></label></p></div>`,
  },
};
