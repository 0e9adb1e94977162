// What the figures compute is what Rust computes: every run, byte for byte, and the tables of the course.
// `golden/` is written by Rust, on tokio's paused clock: `cargo run -q --example figures -- runs` and `… charts`.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { F } from '../figures/tools/load.mjs';
import { print } from '../figures/tools/print.mjs';

const golden = name => readFileSync(new URL(`../figures/golden/${name}`, import.meta.url), 'utf8');
const blocks = (text, start) => text.split(start).filter(Boolean);

const knobs = name => Object.fromEntries(name.split(' ').slice(1).map(word => word.split('=')).map(([k, v]) => [k, /^\d+$/.test(v) ? +v : v]));
const simulated = {
  pots: ({ how, cooks }) => F.pots(how, cooks),
  boards: ({ masters }) => F.boards(masters),
  stations: ({ set, how }) => F.stations(set, how),
  carts: F.carts,
  frames: F.frames,
  typing: spec => F.typing(spec, [...Array(10)].map((_, key) => 150 * key)),
  polls: ({ how }) => F.polls(how),
  machine: ({ letters }) => machineByHand(letters),
};

// Polls whoever is first in the queue; while nobody is, the next letter is delivered.
function machineByHand(letters) {
  const moves = [];
  for (const letter of [...letters, null]) {
    for (let next; (next = F.machine(moves).queue[0]);) moves.push(['poll', next]);
    if (letter) moves.push(['deliver', letter]);
  }
  return Object.assign(F.machine(moves), { name: `machine letters=${letters}` });
}

test('every run of Rust is the run of the simulator', async t => {
  const runs = blocks(golden('runs.txt'), /(?=^run )/m);
  assert.equal(runs.length, 65);
  for (const text of runs) {
    const [run] = F.parse(text), again = simulated[run.name.split(' ')[0]](knobs(run.name));
    await t.test(run.name, () => {
      assert.equal(print(again), text);
      assert.equal(print(run), text, 'what is read is what is written');
    });
  }
});

test('a chart is the chart that a failing test prints', () => {
  const runs = F.parse(golden('runs.txt')), charts = blocks(golden('charts.txt'), /^(?=\w)/m);
  assert.equal(charts.length, runs.length);
  charts.forEach((chart, i) => assert.equal(`${runs[i].name}\n${F.chart(runs[i])}`, chart));
});

test('chapter 6: the table of carts and hands', () => {
  const ends = (design, carts) => ['no', 'yes'].flatMap(rolls => [1, 2, 4].map(hands => F.carts({ design, carts, hands, rolls }).ends));
  assert.deepEqual(ends('solo', 1), [96, 96, 96, 96, 96, 96]);
  assert.deepEqual(ends('two', 2), [96, 51, 51, 51, 51, 51]);
  assert.deepEqual(ends('doubled', 2), [96, 48, 48, 51, 48, 48]);
  assert.deepEqual(ends('line', 4), [96, 51, 33, 51, 33, 33]);
  assert.deepEqual(ends('line', 1), [96, 96, 96, 96, 96, 96]);
});

test('chapter 14: worst lateness and missed frames', () => {
  const late = (crew, slice) => F.lateness(F.frames({ crew, slice })), said = all => [Math.max(...all), all.filter(ms => ms).length];
  assert.deepEqual(said(late(1, 100)), [94, 12]);
  assert.deepEqual(said(late(1, 20)), [24, 12]);
  assert.deepEqual(said(late(1, 5)), [0, 0]);
  assert.deepEqual(said(late(2, 100)), [0, 0]);
});

test('chapters 2 and 4: one by one, all at once, window, batches', () => {
  const ends = set => ['one-by-one', 'all', 'window', 'batches'].map(how => F.stations(set, how).ends);
  assert.deepEqual(ends(2), [60, 30, 30, 30]);
  assert.deepEqual(ends(4), [80, 40, 40, 60]);
  assert.deepEqual(ends(9), [180, 100, 100, 120]);
  assert.deepEqual(ends(5), [130, 40, 70, 90], 'chapter 4: the files');
});

test('chapter 5: two polls, or two hundred', () => {
  assert.deepEqual(['park', 'spin'].map(how => F.polls(how).steps.length), [2, 200]);
});

test('a line that is no run is named', () => {
  const said = text => { try { F.parse(text); return 'nothing'; } catch (error) { return error.message; } };
  assert.equal(said(''), 'line 1: expected `run NAME …`, found nothing');
  assert.equal(said('task a 0..1'), 'line 1: expected `run NAME …`, found `task a 0..1`');
  assert.equal(said('run x\n\ntask soup 0-3'), 'line 3: expected `task NAME FIRST..LAST THREAD@START+LENGTH …`, found `task soup 0-3`');
  assert.match(said('run x\ntask soup 0..3 1@0'), /^line 2: expected `THREAD@START\+LENGTH` and not `1@0`/);
  assert.match(said('{"traceEvents":[]}'), /^line 1/);
});

test('tasks that never ended or never started are kept', () => {
  const text = 'run kitchen hobs=2 threads=1 ends=5 dealing=2 doing=1\ntask soup 0..3 1@0+1 1@2+1\ntask rice 1.. 1@1+1 0@3+2\ntask tea ..\n';
  assert.equal(print(F.parse(text)[0]), text);
});
