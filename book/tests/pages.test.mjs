// Every page: accessible in light and dark, wide and narrow, quiet, and still readable when scripts are missing.
import test, { before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { browse, close, FIGURES, fromFile, open, pageOf, pages, serve, skipped } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const fixture = readFileSync(new URL('fixture.html', import.meta.url), 'utf8');
let browser, site, slow;
before(async () => { browser = await browse(); site = await serve({ fixture }); slow = await serve({ fixture, delay: 120 }); });
after(async () => { site.close(); slow.close(); await browser.close(); });

// What axe objects to in our part of the page. mdBook's menu bar is not ours.
const objections = page => page.evaluate(async source => {
  if (!window.axe) (0, eval)(source);
  const { violations } = await window.axe.run('main', { resultTypes: ['violations'], preload: false });
  return violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(node => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}, axe);
const faults = page => page.evaluate(() => ({
  wide: document.documentElement.scrollWidth > innerWidth || document.querySelector('.content').scrollWidth > document.querySelector('.content').clientWidth,
  twice: [...document.querySelectorAll('main [id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i),
  asleep: [...document.querySelectorAll('.fig:not(.ready)')].map(f => f.localName),
  small: [...document.querySelectorAll('main :is(button, summary, select, .needle, .seg label, .chips label, .checks label)')].filter(e => e.checkVisibility() && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)).map(e => e.outerHTML.slice(0, 60)),
}));
const FAULTLESS = { wide: false, twice: [], asleep: [], small: [] };

for (const name of [...pages, 'fixture.html']) {
  const hasFigures = FIGURES.some(figure => name === pageOf(figure));
  for (const [theme, width] of [['light', 1100], ['navy', 360]]) for (const kept of hasFigures ? [{}, skipped] : [{}]) {
    test(`${name}, ${theme}, ${width} px${kept === skipped ? ', gates open' : ''}`, async () => {
      const page = await open(browser, name === 'fixture.html' ? site.url(name) : fromFile(name), { theme, width, kept });
      await page.evaluate(() => document.querySelectorAll('main details').forEach(d => { d.open = true; }));
      assert.deepEqual(await objections(page), []);
      assert.deepEqual(await faults(page), FAULTLESS);
      assert.deepEqual([page.errors, page.left], [[], []]);
      await close(page);
    });
  }
}

test('the other themes', async () => {
  for (const theme of ['rust', 'coal', 'ayu']) {
    const page = await open(browser, fromFile(pageOf('carts-and-hands')), { theme, kept: skipped });
    assert.deepEqual(await objections(page), [], theme);
    await close(page);
  }
});

test('all pages on one, as mdBook prints them', async () => {
  const page = await open(browser, fromFile('print.html'), { kept: skipped });
  const { asleep, twice } = await faults(page);
  assert.deepEqual([asleep, twice, page.errors], [[], [], []]);
  await close(page);
});

// With late scripts, and without mdBook's web font, which moves lines by itself. A new reader and one who comes back.
for (const kept of [{}, { ...skipped, 'guess two-sortings': { guess: [5, 4], why: 'mine' }, 'quiz fixture.html 0': [0, 1], 'gallery fixture.html 0.0': 1 }]) for (const width of [1100, 360]) {
  test(`nothing moves when the scripts come: ${width} px${kept['guess two-sortings'] ? ', again' : ''}`, async () => {
    for (const name of [...new Set(FIGURES.map(pageOf)), 'fixture.html']) {
      // What our scripts move, they move every time. Once in many runs the browser itself moves a line.
      let moved;
      for (const _ of [1, 2]) {
        const page = await open(browser, slow.url(name), { width, height: 7000, kept, fonts: false });
        await page.evaluate(() => new Promise(frame => requestAnimationFrame(() => requestAnimationFrame(frame))));
        moved = await page.evaluate(() => window.moved);
        assert.deepEqual(page.errors, []);
        await close(page);
        if (!moved.length) break;
      }
      assert.deepEqual(moved, [], name);
    }
  });
}

// Ink of ours that a reader sees: height of the still, and whether any control is left.
const shown = page => page.evaluate(() => [...document.querySelectorAll('.fig')].map(figure => {
  const seen = e => e?.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 10, of = s => figure.querySelector(s);
  return { name: figure.localName, still: figure.localName === 'the-idea' ? seen(of('.cases')) : seen(of('.still')) && seen(of('.still svg.lanes')) && seen(of('.ask')) && seen(of('.why')) && seen(of('.try')),
    controls: [...figure.querySelectorAll('input, button, textarea, select')].filter(seen).length };
}));
const asPaper = all => { for (const { name, still, controls } of all) assert.deepEqual([name, still, controls], [name, true, 0]); return all.length; };

test('without JavaScript, a figure is a picture with its words', async () => {
  let seen = 0;
  for (const name of new Set(FIGURES.map(pageOf))) {
    const page = await open(browser, fromFile(name), { javaScriptEnabled: false, width: 360 });
    seen += asPaper(await shown(page));
    await close(page);
  }
  assert.equal(seen, FIGURES.length);
});

test('printed, too, with the gate shut and open, from a dark theme', async () => {
  for (const kept of [{}, skipped]) for (const name of new Set(FIGURES.map(pageOf))) {
    const page = await open(browser, fromFile(name), { kept, theme: 'navy' });
    await page.emulateMedia({ media: 'print' });
    asPaper(await shown(page));
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)');
    await close(page);
  }
});

test('when our scripts never come, the pictures do, after three seconds', async () => {
  const context = await browser.newContext(), page = await context.newPage();
  await page.route(/figures\/.*\.js/, route => route.abort());
  await page.goto(site.url(pageOf('two-sortings')));
  await page.waitForTimeout(3300);
  assert.deepEqual(await shown(page), [{ name: 'two-sortings', still: true, controls: 0 }]);
  await context.close();
});

test('a quiz marks, explains, and remembers', async () => {
  const page = await open(browser, site.url('fixture.html')), choice = i => page.locator('.choice').nth(i);
  await choice(0).locator('summary').click();
  await page.waitForSelector('.choice.picked');
  assert.equal(await choice(0).getAttribute('data-mark'), 'not so');
  assert.ok(await choice(0).locator('p').isVisible());
  assert.equal(await page.locator('.quiz [role=status]').first().textContent(), 'Not so.');
  await choice(1).locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.choice.right.picked');
  assert.equal(await choice(1).getAttribute('data-mark'), 'right');
  assert.ok(!await choice(0).locator('p').isVisible(), 'one choice is open');
  await page.reload();
  assert.deepEqual(await page.locator('.choice').evaluateAll(all => all.map(c => c.dataset.mark ?? '')), ['not so', 'right', '', '']);
  assert.deepEqual([page.errors, page.left], [[], []]);
  await close(page);
});

test('a gallery asks for the verdict before it shows it', async () => {
  const page = await open(browser, site.url('fixture.html')), suspect = page.locator('.suspect').first(), $ = s => suspect.locator(s);
  await $('summary').click();
  assert.ok(!await $('.verdict-text').isVisible());
  assert.deepEqual((await $('.checks label').allInnerTexts()).map(text => text.trim()),
    ['a second thread', 'board b was not begun until board a was over', 'the scores are in the order of their coming']);
  await $('.checks label').first().click();
  assert.equal(await $('.said').textContent(), 'Not that one.');
  assert.ok(await $('.verdict-text').isVisible());
  await page.keyboard.press('ArrowDown');
  assert.equal(await $('.said').textContent(), 'Yes, that one.');
  await page.reload();
  assert.equal(await $('.verdict').getAttribute('data-mark'), 'right');
  await close(page);
});

test('without JavaScript, quiz and gallery are plain details', async () => {
  const page = await open(browser, site.url('fixture.html'), { javaScriptEnabled: false });
  await page.locator('.choice summary').first().click();
  assert.ok(await page.locator('.choice p').first().isVisible());
  await page.locator('.verdict summary').first().click();
  assert.ok(await page.locator('.verdict-text').isVisible());
  await close(page);
});
