// Loads the figures in node, in the order of book.toml.
import { readFileSync } from 'node:fs';

export const figures = new URL('../', import.meta.url);
export const read = path => readFileSync(new URL(path, figures), 'utf8');
export const scripts = ['simulate', 'lanes', 'figure', 'two-sortings', 'carts-and-hands', 'where-you-await',
  'slices', 'poll-machine', 'your-own-run', 'page'];
for (const name of scripts) if (name !== 'page') await import(new URL(name + '.js', figures));
export const F = globalThis.figures;
