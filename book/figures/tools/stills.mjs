// The picture each figure shows without JavaScript and on paper: how it ends, drawn by what draws it live.
import { F } from './load.mjs';
import { print } from './print.mjs';
import { table } from './controls.mjs';

const numbers = run => `<p class="numbers">dealing with <b class="hollow">${run.dealing}</b> · doing <b>${run.doing}</b></p>`;
const lanes = (run, shape, label) => `<div class="plot">${F.lanes(run, { ...shape, label })}</div>`;
const shape = (name, now) => F.shape(F.plans[name], { ...F.plans[name].start, ...now });

export const stills = {
  'two-sortings'() {
    const by = sort => shape('two-sortings', { sort }), [one, four] = [F.boards(1), F.boards(4)];
    return '<p>By task, one thread:</p>' + lanes(one, by('task'), 'Eight rows that overlap; no column has two digits.')
      + '<p>The same bars by thread:</p>' + lanes(one, { ...by('thread'), zone: 2, t: 17 }, 'One row, full from 0 to 35 ms; at 17 ms seven games wait.') + numbers(one)
      + '<p>By thread, four threads:</p>' + lanes(four, { ...by('thread'), zone: 5, t: 5 }, 'Four rows, full from 0 to 10 ms.') + numbers(four);
  },

  'carts-and-hands'() {
    const now = { ...F.plans['carts-and-hands'].start, hands: 2 }, run = F.carts(now);
    return `<p>Four crabs in line, 4 carts, 2 hands, at 31 ms:</p><div class="plot">${F.yard(run, now)}</div>`
      + lanes(run, { ...shape('carts-and-hands'), zone: 4, t: 31 }, 'Four rows that overlap, at most two digits in a column, done at 51 ms.') + numbers(run) + table();
  },
  'deadline-strip': () => [20, 5].map(slice => {
    const run = F.frames({ crew: 1, slice }), late = F.lateness(run);
    return `<p>One thread, slices of ${slice} ms: missed <strong>${late.filter(Boolean).length}</strong> of 12, worst <strong>${Math.max(...late)}</strong> ms late.</p><div class="plot">${F.strip(run, 150, run.ends)}</div>`
      + lanes(run, { ...shape('deadline-strip'), zone: 2 }, `The film and the job, slices of ${slice} ms.`) + numbers(run);
  }).join(''),
  'where-you-await'() {
    const ways = [['one-by-one', 'Await now, at each'], ['batches', 'Batches of two'], ['window', 'A limit of two']];
    return ways.map(([how, said]) => {
      const run = F.stations(4, how);
      return `<p>${said}: all answers are back after <strong>${run.ends}</strong> ms, at most <strong>${run.dealing}</strong> in flight.</p>` + lanes(run, shape('where-you-await'), `Four stations; the last answer is back at ${run.ends} ms.`);
    }).join('') + `<p>The five files of chapter 4, in the same three ways: ${ways.map(([how]) => `<strong>${F.stations(5, how).ends}</strong> ms`).join(', ')}.</p>`;
  },
  'poll-machine'() {
    const moves = 'poll a,poll b,poll c,deliver b,poll b,deliver a,poll a,deliver c,poll c'.split(',').map(move => move.split(' '));
    const run = F.machine(moves);
    return `<p>Three tasks, whose letters come in the columns without a digit: <strong>${run.steps.length}</strong> polls.</p>` + lanes(run, { ...shape('poll-machine'), scale: 12 }, 'Three rows with two digits each.') + numbers(run)
      + `<p>One task, one letter after 199 ms: <strong>${F.polls('park').steps.length}</strong> polls if the executor parks, <strong>${F.polls('spin').steps.length}</strong> if it spins.</p>`;
  },
  'feel-the-freeze': () => [500, 50].map(slice => {
    const run = F.typing({ crew: 1, slice }, [...Array(10)].map((_, key) => 150 * key)), waits = run.tasks.slice(1).map((task, key) => task.last - 150 * key);
    return `<p>Ten keys, 150 ms apart, slices of ${slice} ms: a key waits at most <strong>${Math.max(...waits)}</strong> ms.</p>` + lanes(run, { ...shape('feel-the-freeze'), zone: 2 }, `The job in slices of ${slice} ms, and the keys between them.`) + numbers(run);
  }).join(''),
  'your-own-run'() {
    const [run] = F.parse('run pots\ntask soup 0..7 1@0+1 1@2+1 1@4+1 1@6+1\ntask rice 1..8 1@1+1 1@3+1 1@5+1 1@7+1');
    return '<p>A run as a check writes it, and what the figure makes of it:</p>' + `<pre>${print(run)}</pre>` + lanes(run, { ...shape('your-own-run'), zone: 2 }, 'Two rows that overlap; no column has two digits.') + numbers(run);
  },
};
