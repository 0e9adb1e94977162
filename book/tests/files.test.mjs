// What is generated is up to date, what is sent is small, and words keep to the word list.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { F, figures, read, scripts } from '../figures/tools/load.mjs';
import { cover, embed } from '../figures/tools/embed.mjs';

test('embed/ is what tools/embed.mjs writes', () => {
  for (const name in F.plans) assert.equal(read(`embed/${name}.md`), embed(name), `run node book/figures/tools/embed.mjs (${name})`);
  assert.equal(read('embed/the-idea.md'), cover());
});

test('our scripts and styles are under 30 KB, compressed', () => {
  const ours = readdirSync(figures).filter(name => /\.(js|css)$/.test(name));
  assert.deepEqual(ours.filter(name => name.endsWith('.js')).sort(), scripts.map(name => name + '.js').sort());
  const bytes = ours.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, figures)), { level: 9 }).length, 0);
  assert.ok(bytes < 30000, `${bytes} bytes`);
});

test('no script asks for anything, or runs late or as a module', () => {
  for (const name of scripts) assert.doesNotMatch(read(name + '.js'), /\b(fetch\(|XMLHttpRequest|import |import\(|WebSocket|sendBeacon)/, name);
});

test('words keep to the word list', () => {
  for (const name of readdirSync(new URL('words/', figures))) assert.doesNotMatch(read('words/' + name), /\b(simply|just|simultaneous|at the same time)\b/i, name);
});
