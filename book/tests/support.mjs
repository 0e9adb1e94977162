// A built book in a real browser: from its files, and from a server that can be slow.
import { chromium } from 'playwright-core';
import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const book = resolve(process.env.BOOK ?? fileURLToPath(new URL('../../target/book', import.meta.url)));
export const fromFile = name => pathToFileURL(`${book}/${name}`).href;
const html = name => readFileSync(`${book}/${name}`, 'utf8');
export const pages = readdirSync(book).filter(name => name.endsWith('.html') && !['404.html', 'toc.html', 'print.html'].includes(name));
export const FIGURES = ['the-idea', 'two-sortings', 'where-you-await', 'carts-and-hands', 'feel-the-freeze', 'poll-machine', 'deadline-strip', 'your-own-run'];
export const pageOf = figure => pages.find(name => html(name).includes(`<${figure} `)) ?? `no page shows ${figure}`;

// What the browser would fetch for itself is switched off: every request that is left is the page's.
const quiet = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const browse = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });

// Opens a page and notes what must not happen: errors, requests that leave, layout shifts.
export async function open(browser, url, { width = 1100, height = 900, theme = 'light', kept = {}, fonts = true, clock = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, ...options }), page = await context.newPage();
  page.setDefaultTimeout(30_000);   // only a limit: a busy machine is no fault of a page
  if (clock) await page.clock.install({ time: 0 });
  page.errors = [];
  page.left = [];
  page.on('pageerror', error => page.errors.push(error.message));
  page.on('console', message => message.type() === 'error' && !/ERR_FAILED/.test(message.text()) && page.errors.push(message.text()));
  page.on('request', request => { if (!/^(file:|data:|blob:|http:\/\/127\.0\.0\.1:)/.test(request.url())) page.left.push(request.url()); });
  if (!fonts) await page.route('**/*.woff2', route => route.abort());
  if (options.javaScriptEnabled !== false) await page.addInitScript(([theme, kept]) => {
    if (sessionStorage.getItem('begun')) return;
    sessionStorage.setItem('begun', 'yes');
    localStorage.setItem('mdbook-theme', theme);
    localStorage.setItem('mdbook-sidebar', 'hidden');
    for (const key in kept) localStorage.setItem(key, JSON.stringify(kept[key]));
  }, [theme, kept]);
  if (options.javaScriptEnabled !== false) await page.addInitScript(() => {
    // What moved, from where to where, for the message of a test.
    window.moved = [];
    const place = ({ x, y, width, height }) => [x, y, width, height].join();
    const words = ({ node, previousRect, currentRect }) =>
      `${node?.nodeName} ${(node?.textContent ?? '').trim().slice(0, 40)}: ${place(previousRect)} to ${place(currentRect)}`;
    const note = entry => { if (!entry.hadRecentInput) window.moved.push(...entry.sources.map(words), entry.value); };
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'load' });
  return page;
}
// Time stands still until `page.clock.runFor`: what a figure does in time does not depend on the machine.
export const freeze = page => page.clock.pauseAt(60_000);
export const close = page => page.context().close();

// All gates open, as for a reader who has skipped them.
export const skipped = Object.fromEntries(FIGURES.map(name => ['guess ' + name, { guess: [] }]));

// Serves the book; scripts come `delay` ms late. `fixture.html` is a page whose text is the test's.
export async function serve({ delay = 0, fixture = '' } = {}) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://book').pathname).slice(1), type = types[extname(name)] ?? 'application/octet-stream';
    const body = name === 'fixture.html' ? html('index.html').replace(/<main>[^]*<\/main>/, () => `<main>${fixture}</main>`) : existsSync(`${book}/${name}`) ? readFileSync(`${book}/${name}`) : null;
    // The figures wait three seconds for their scripts; where scripts are late on purpose, they wait longer.
    const sent = delay && type === 'text/css' ? `${body}`.replaceAll('0s 3s', '0s 90s') : body;
    const answer = () => { response.writeHead(body === null ? 404 : 200, { 'content-type': type }); response.end(sent ?? ''); };
    if (delay && type === 'text/javascript') setTimeout(answer, delay); else answer();
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return { url: name => `http://127.0.0.1:${server.address().port}/${name}`, close: () => server.close() };
}

// Presses Tab until the focus is on what is asked for.
export async function tabTo(page, selector, back = false) {
  for (let i = 0; i < 80; i++) {
    if (await page.evaluate(s => document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`no way by Tab to ${selector}`);
}
export const numbers = figure => figure.evaluate(f => [...f.querySelectorAll('.head .numbers b')].map(b => b.textContent).join(' '));
export const done = figure => figure.evaluate(f => f.querySelector('.goal').matches('.done'));
