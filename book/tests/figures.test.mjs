// Every figure is driven through its task, once with the mouse and once with the keyboard, from files.
import test, { before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { browse, close, done, freeze, fromFile, numbers, open, pageOf, skipped, tabTo } from './support.mjs';

let browser;
before(async () => { browser = await browse(); });
after(() => browser.close());

// Opens the page of a figure; afterwards, nothing may have gone wrong on it.
const on = (name, title, options, play) => test(`${name}: ${title}`, async () => {
  const page = await open(browser, fromFile(pageOf(name)), options), figure = page.locator(name);
  await figure.scrollIntoViewIfNeeded();
  await play({ page, figure, $: selector => figure.locator(selector) });
  assert.deepEqual([page.errors, page.left], [[], []]);
  assert.equal(page.url(), fromFile(pageOf(name)), 'no key turned the page');
  await close(page);
});
const knob = (figure, name, value) => figure.locator(`fieldset[name="${name}"] label:has([value="${value}"])`).click();
const status = async (page, figure) => { await page.waitForTimeout(350); return figure.locator('.sr[role=status]').textContent(); };
const dragTo = async (page, figure, share, from = .5) => {
  const box = await figure.locator('.stage .plot').boundingBox(), y = box.y + box.height - 60;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * share, y, { steps: 4 });
  await page.mouse.up();
};

on('the-idea', 'the needle by mouse and by keys', {}, async ({ page, $ }) => {
  const said = async () => (await $('.case .numbers b').allTextContents()).join(' ');
  assert.equal(await said(), '1 1 2 1 2 2');
  await $('.needle').focus();
  await page.keyboard.press('End');
  assert.equal(await said(), '1 1 1 1 0 0');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await said(), '1 1 2 1 0 0');
  const box = await $('.over').boundingBox();
  await page.mouse.click(box.x + 5, box.y + 60);
  assert.equal(await said(), '1 1 1 1 2 2');
});

on('two-sortings', 'guess, gap, why and guess again, by mouse', {}, async ({ page, figure, $ }) => {
  assert.equal(await numbers(figure), '? ?');
  assert.ok(await $('.check').isDisabled());
  const track = await $('.gate .track').first().boundingBox();
  await page.mouse.click(track.x + track.width * 5 / 8, track.y + 14);
  assert.ok(await $('.check').isDisabled(), 'the other slider is untouched');
  const other = await $('.gate .track').nth(1).boundingBox();
  await page.mouse.click(other.x + other.width * 3 / 8, other.y + 14);
  await $('.check').click();
  assert.equal(await numbers(figure), '8 1');
  assert.deepEqual(await $('.bars .guess > span:last-child').allTextContents(), ['you 5, run 8', 'you 3, run 1']);
  await $('.gap input').fill('all have begun');
  await $('.ours').click();
  assert.match(await $('.why').innerText(), /one master makes one move/i);
  await page.reload();
  assert.equal(await numbers(figure), '8 1', 'the gate stays open');
  await $('.gap-toggle').click();
  assert.equal(await $('.gap input').inputValue(), 'all have begun');
  await $('.again').click();
  assert.equal(await numbers(figure), '? ?');
  assert.ok(await $('.gate').isVisible());
  await $('.skip').click();
  assert.equal(await numbers(figure), '8 1');
});

on('two-sortings', 'its task by mouse', { kept: skipped }, async ({ page, figure, $ }) => {
  await knob(figure, 'masters', 4);
  assert.ok(!await done(figure));
  await dragTo(page, figure, 5.5 / 36);
  assert.equal(await numbers(figure), '8 4');
  assert.ok(await done(figure));
  const bars = await $('.chart .bar').evaluateAll(all => all.map(bar => bar.getAttribute('x')));
  await knob(figure, 'sort', 'thread');
  assert.deepEqual(await $('.chart .bar').evaluateAll(all => all.map(bar => bar.getAttribute('x'))), bars, 'no bar moves along time');
  assert.equal(await $('.chart .now circle').count(), 4, 'four games lie in the tray');
});

on('two-sortings', 'its task by keyboard alone', {}, async ({ page, figure, $ }) => {
  await tabTo(page, 'two-sortings .gate input');
  for (const key of ['ArrowRight', 'ArrowRight', 'Tab', 'ArrowLeft', 'Tab', 'Enter']) await page.keyboard.press(key);
  assert.match(await status(page, figure), /games in progress: you said 6, it is 8/);
  await tabTo(page, 'two-sortings .needle', true);
  for (const [key, said] of [['ArrowRight', 'at 18 ms'], ['End', 'at 35 ms'], ['Home', 'at 0 ms'], ['PageUp', 'at 4 ms'], ['ArrowUp', 'at 5 ms']]) {
    await page.keyboard.press(key);
    assert.match(await $('.needle').getAttribute('aria-valuetext'), new RegExp(`^${said}: dealing with`));
  }
  await tabTo(page, 'two-sortings fieldset[name=masters] input', true);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.match(await status(page, figure), /thread 4 runs a move on h/);
  assert.ok(await done(figure));
  await tabTo(page, 'two-sortings summary');
  await page.keyboard.press('Enter');
  assert.match(await $('.as-text pre').textContent(), /by thread[^]*dealing with 8 · doing 4/);
});

on('where-you-await', 'its task by mouse: chips, and every total', { kept: skipped }, async ({ figure, $ }) => {
  const chip = name => knob(figure, 'chips', name), total = () => $('.side').innerText();
  assert.equal(await total(), 'all answers are back after 80 ms');
  await chip('spawn');
  assert.equal(await total(), 'all answers are back after 80 ms');
  assert.match(await $('.causes').innerText(), /^Spawned, and awaited/);
  await chip('await now');
  assert.equal(await total(), 'nothing begins');
  await chip('join');
  assert.equal(await total(), 'all answers are back after 40 ms');
  await chip('batch');
  assert.equal(await total(), 'all answers are back after 60 ms');
  assert.ok(!await done(figure));
  await chip('limit');
  assert.equal(await total(), 'all answers are back after 40 ms');
  assert.match(await $('.code').innerText(), /Semaphore::new\(2\)/);
  assert.ok(!await $('[value=batch]').isChecked(), 'limit takes the place of batch');
  assert.ok(await done(figure));
  for (const [set, window, batches] of [[2, 30, 30], [9, 100, 120]]) {
    await knob(figure, 'set', set);
    assert.equal(await total(), `all answers are back after ${window} ms`);
    await chip('batch');
    assert.equal(await total(), `all answers are back after ${batches} ms`);
    await chip('limit');
  }
});

on('where-you-await', 'five files, in words of their own', { kept: skipped }, async ({ page, figure, $ }) => {
  const chip = name => knob(figure, 'chips', name), total = () => $('.side').innerText();
  await knob(figure, 'set', 5);
  assert.equal(await total(), 'all files are read after 130 ms');
  assert.equal(await $('.chart .bar').count(), 10, 'each is opened, and read');
  assert.match(await $('.code').innerText(), /^for path in paths \{\n +let future = async \{\n +disk\.open\(path\)\.await\?\.hash\(\)\.await\n/);
  assert.equal(await status(page, figure), 'Open at 5 ms: ant. The thread has nothing to do.');
  for (const name of ['await now', 'join', 'limit']) await chip(name);
  assert.equal(await total(), 'all files are read after 70 ms');
  await $('.needle').focus();
  await page.keyboard.press('End');
  assert.equal(await $('.says').innerText(), 'All files are read, since 70 ms.');
  await chip('batch');
  assert.equal(await total(), 'all files are read after 90 ms');
  for (const name of ['spawn', 'await now', 'join', 'batch', 'limit', 'batch', 'await now']) {
    await chip(name);
    const said = await figure.evaluate(f => [...f.querySelectorAll('.code, .causes, .says, .side, .knobs')].map(part => part.innerText).join());
    assert.doesNotMatch(said.replace('stations, or files', ''), /station|answer|request|flight/);
  }
  await chip('join');
});

on('where-you-await', 'its task by keyboard alone', {}, async ({ page, figure }) => {
  await tabTo(page, 'where-you-await .gate input');
  for (let i = 0; i < 3; i++) { await page.keyboard.press('ArrowRight'); await page.keyboard.press('Tab'); }
  await page.keyboard.press('Enter');
  assert.match(await status(page, figure), /batches of 2: you said 70, it is 60/);
  await tabTo(page, 'where-you-await [value="await now"]', true);
  for (const key of ['Space', 'Tab', 'Tab', 'Space', 'Tab', 'Space']) await page.keyboard.press(key);
  assert.ok(await done(figure));
  assert.equal(await numbers(figure), '2 0');
});

on('carts-and-hands', 'its task by mouse, play and pause, and all thirty runs', { kept: skipped, clock: true }, async ({ page, figure, $ }) => {
  await freeze(page);
  const still = await figure.innerHTML();
  await page.clock.runFor(1000);
  assert.equal(await figure.innerHTML(), still, 'nothing plays by itself');
  await $('.play').click();
  await page.clock.runFor(1000);
  await $('.play').click();
  const stopped = await $('.needle').inputValue();
  assert.ok(35 <= +stopped && +stopped <= 36, `5 ms a second from 31 ms, not to ${stopped}`);
  await page.clock.runFor(1000);
  assert.equal(await $('.needle').inputValue(), stopped);
  await knob(figure, 'hands', 2);
  assert.ok(!await done(figure));
  await knob(figure, 'rolls', 'yes');
  assert.ok(await done(figure));
  const agree = await figure.evaluate(f => [...f.querySelectorAll('.under [data-is]')].filter(td => {
    const [design, carts, hands, rolls] = td.dataset.is.split(' ');
    for (const [name, value] of Object.entries({ design, carts, hands, rolls })) if (value) f.querySelector(`[name=${name}] [value="${value}"]`).click();
    return td.textContent === `${f.run.ends}` && td.getAttribute('aria-current') === 'true' && f.querySelector('.side b').textContent === td.textContent;
  }).length);
  assert.equal(agree, 30);
});

on('carts-and-hands', 'its task by keyboard alone', {}, async ({ page, figure }) => {
  await tabTo(page, 'carts-and-hands .gate input');
  for (const key of ['End', 'Tab', 'Home', 'Tab', 'Enter']) await page.keyboard.press(key);
  assert.match(await status(page, figure), /4 carts, 1 hand: you said 120, it is 96\. 1 cart, 4 hands: you said 0, it is 96/);
  await tabTo(page, 'carts-and-hands [name=hands] input', true);
  await page.keyboard.press('ArrowRight');
  await tabTo(page, 'carts-and-hands [name=rolls] input');
  await page.keyboard.press('ArrowRight');
  assert.ok(await done(figure));
});

on('carts-and-hands', 'with reduced motion, play goes from step to step and bars do not slide', { kept: skipped, clock: true, reducedMotion: 'reduce' }, async ({ page, figure, $ }) => {
  await freeze(page);
  await $('.play').click();
  const seen = [];
  for (let i = 0; i < 8; i++) { await page.clock.runFor(400); seen.push(await $('.needle').inputValue()); }
  assert.deepEqual([...new Set(seen)], ['31', '33', '36', '39', '42']);
  await $('.play').click();
  await knob(figure, 'sort', 'thread');
  assert.equal(await figure.evaluate(f => f.getAnimations({ subtree: true }).length), 0);
});

on('deadline-strip', 'its task by mouse', { kept: skipped }, async ({ page, figure, $ }) => {
  const said = () => $('.side').innerText();
  assert.equal(await said(), 'missed 12 of 12 · worst 94 ms late');
  await knob(figure, 'slice', 20);
  assert.equal(await said(), 'missed 12 of 12 · worst 24 ms late');
  await dragTo(page, figure, .9);
  assert.equal(await $('.stage .missed').count(), 12);
  await knob(figure, 'slice', 100);
  await knob(figure, 'crew', 2);
  assert.equal(await said(), 'missed 0 of 12 · worst 0 ms late');
  assert.ok(!await done(figure), 'two threads are not the task');
  await knob(figure, 'crew', 1);
  await knob(figure, 'slice', 5);
  assert.equal(await said(), 'missed 0 of 12 · worst 0 ms late');
  assert.ok(await done(figure));
});

on('deadline-strip', 'its task by keyboard alone', {}, async ({ page, figure }) => {
  await tabTo(page, 'deadline-strip .gate input');
  for (const key of ['ArrowRight', 'Tab', 'ArrowRight', 'Tab', 'Enter']) await page.keyboard.press(key);
  assert.match(await status(page, figure), /slices of 20 ms: you said 7, it is 12\. slices of 5 ms: you said 7, it is 0/);
  await tabTo(page, 'deadline-strip [name=slice] input', true);
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  assert.ok(await done(figure));
});

on('poll-machine', 'its task by mouse, then a wrong click, then spinning', { kept: skipped }, async ({ page, figure, $ }) => {
  const poll = name => $(`[data-poll=${name}]`).click(), deliver = name => $(`[data-deliver=${name}]`).click(), queue = () => $('.queue output').textContent();
  assert.equal(await queue(), 'a b c');
  for (const name of ['a', 'b', 'c']) await poll(name);
  assert.match(await queue(), /^empty/);
  await deliver('b'); await deliver('a');
  assert.equal(await queue(), 'b a');
  await poll('b'); await poll('a');
  await deliver('c'); await poll('c');
  assert.ok(await done(figure));
  assert.equal(await $('.side').innerText(), 'polls so far 6');
  assert.equal(await $('.needle').inputValue(), '8');
  await $('.needle').fill('2');
  assert.match(await queue(), /^empty/, 'the needle goes back');
  await poll('b');
  assert.match(await $('.says').textContent(), /b is not in the queue/);
  await deliver('c');
  assert.equal(await queue(), 'c', 'a move in the past forgets what came after');
  await knob(figure, 'how', 'spin');
  for (const name of ['a', 'b', 'c', 'a', 'b', 'c']) await poll(name);
  assert.equal(await queue(), 'a b c');
  assert.equal(await $('.side').innerText(), 'polls so far 6');
  await poll('b');
  assert.match(await $('.says').textContent(), /behind a/);
});

on('poll-machine', 'its task by keyboard alone', {}, async ({ page, figure }) => {
  await tabTo(page, 'poll-machine .gate input');
  for (const key of ['Home', 'Tab', 'End', 'Tab', 'Enter']) await page.keyboard.press(key);
  assert.match(await status(page, figure), /if it parks: you said 0, it is 2\. polls, if it spins: you said 250, it is 200/);
  const press = async (selector, back) => { await tabTo(page, `poll-machine ${selector}`, back); await page.keyboard.press('Enter'); };
  await press('[data-poll=a]', true);
  await press('[data-poll=b]');
  await press('[data-poll=c]');
  for (const name of ['c', 'b', 'a']) { await press(`[data-deliver=${name}]`, true); await press(`[data-poll=${name}]`, true); }
  assert.ok(await done(figure));
  assert.match(await status(page, figure), /a is polled: ready/);
});

const type = async (page, text) => { for (const key of text) { await page.keyboard.press(key === ' ' ? 'Space' : key); await page.clock.runFor(100); } };
const typeInto = async (page, $, text) => { await $('.box input').focus(); await type(page, text); };
on('feel-the-freeze', 'its task by mouse: the box shows what the loop has drawn', { kept: skipped, clock: true }, async ({ page, figure, $ }) => {
  await freeze(page);
  const slice = await $('.slide .track').boundingBox();
  await page.mouse.click(slice.x + slice.width, slice.y + slice.height / 2);
  assert.equal(await $('.slide output').textContent(), '3000 ms');
  await typeInto(page, $, 'frozen');
  assert.equal(await $('.screen').textContent(), '', 'the job has the thread');
  await $('[data-felt=yes]').click();
  assert.ok(!await done(figure));
  await page.mouse.click(slice.x, slice.y + slice.height / 2);
  await typeInto(page, $, 'quick');
  assert.equal(await $('.screen').textContent(), 'quick');
  const [wait, work] = await $('.side b').allTextContents();
  assert.ok(+wait <= 16, `a key waits for a slice and what is queued before it, not ${wait}`);
  assert.equal(work, '3010');
  await $('[data-felt=no]').click();
  assert.ok(await done(figure));
  await $('.gap-toggle').click();
  assert.match(await $('.bars').innerText(), /your fingers 10 ms/);
  await knob(figure, 'crew', 2);
  await page.mouse.click(slice.x + slice.width, slice.y + slice.height / 2);
  await typeInto(page, $, 'two cores');
  assert.equal(await $('.screen').textContent(), 'two cores');
  assert.equal((await $('.side b').allTextContents())[1], '3018', 'the work stays');
});

on('feel-the-freeze', 'its task by keyboard alone, and the needle after it', { clock: true }, async ({ page, figure, $ }) => {
  await freeze(page);
  await tabTo(page, 'feel-the-freeze .gate input');
  for (const key of ['ArrowRight', 'Tab', 'Enter']) await page.keyboard.press(key);
  await tabTo(page, 'feel-the-freeze .slide input', true);
  await page.keyboard.press('End');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-valuetext')), '3000 ms');
  await tabTo(page, 'feel-the-freeze .box input');
  await type(page, 'frozen');
  await tabTo(page, 'feel-the-freeze [data-felt=yes]');
  await page.keyboard.press('Enter');
  await tabTo(page, 'feel-the-freeze .slide input', true);
  await page.keyboard.press('Home');
  await tabTo(page, 'feel-the-freeze .box input');
  await type(page, 'quick');
  await tabTo(page, 'feel-the-freeze [data-felt=no]');
  await page.keyboard.press('Enter');
  assert.ok(await done(figure));
  await page.clock.runFor(4000);
  assert.equal(await $('.needle').inputValue(), '3999');
  await tabTo(page, 'feel-the-freeze .needle');
  await page.keyboard.press('Home');
  assert.equal(await $('.screen').textContent(), '', 'the needle takes the box back, too');
  assert.match(await $('.says').textContent(), /^At 0 ms thread 1 runs the job; keys typed: 1, shown: 0/);
});

const OWN = 'run weather limit=2 threads=1 ends=40 dealing=2 doing=1\ntask oslo 0..40 1@0+1 0@1+38 1@39+1\ntask lima 1.. 1@1+1\ntask rome ..\n';
on('your-own-run', 'its task by mouse: a chosen file, a dropped one, bad text', { kept: skipped }, async ({ page, figure, $ }) => {
  const file = `${mkdtempSync(tmpdir() + '/run-')}/weather.txt`;
  writeFileSync(file, OWN);
  await $('.file').setInputFiles(file);
  await page.waitForFunction(() => document.querySelector('your-own-run .which').textContent === 'weather limit=2: dealing with 2, doing 1');
  assert.deepEqual(await $('.chart .name').allTextContents(), ['oslo', 'lima', 'rome']);
  await dragTo(page, figure, 1.5 / 40);
  assert.ok(await done(figure));
  await $('.gap-toggle').click();
  assert.match(await $('.bars').innerText(), /run 2[^]*run 1/);
  await $('.paste').fill('run x\ntask soup 0..3 1@0+1\ntask rice 0-3');
  await $('.load').click();
  assert.match(await $('.said').textContent(), /^The text holds no run\. Line 3: expected `task NAME FIRST\.\.LAST .*found `task rice 0-3`\.$/);
  assert.deepEqual(await $('.chart .name').allTextContents(), ['oslo', 'lima', 'rome'], 'bad text changes nothing');
  const data = await page.evaluateHandle(() => { const data = new DataTransfer(); data.items.add(new File(['run a\ntask one 0..1 1@0+1\n\nrun b\ntask two 0..2 2@0+2\n'], 'two.txt')); return data; });
  await figure.dispatchEvent('drop', { dataTransfer: data });
  await page.waitForFunction(() => document.querySelectorAll('your-own-run .which option').length === 2);
  await $('.which').selectOption('1');
  assert.deepEqual(await $('.chart .name').allTextContents(), ['two']);
});

on('your-own-run', 'its task by keyboard alone', {}, async ({ page, figure, $ }) => {
  await tabTo(page, 'your-own-run .gate input');
  for (const key of ['Home', 'Tab', 'Home', 'Tab', 'Enter']) await page.keyboard.press(key);
  await tabTo(page, 'your-own-run .paste', true);
  await page.keyboard.insertText(OWN);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.match(await $('.said').textContent(), /^The text: one run, 3 tasks/);
  await tabTo(page, 'your-own-run .needle');
  await page.keyboard.press('ArrowRight');
  assert.equal(await numbers(figure), '2 1');
  assert.ok(await done(figure));
});

test('a run in a name is text, not markup', async () => {
  const page = await open(browser, fromFile(pageOf('your-own-run')), { kept: skipped }), $ = s => page.locator('your-own-run ' + s);
  await $('.paste').fill('run <b>x</b>\ntask <img/src=x/onerror=alert(1)> 0..1 1@0+1');
  await $('.load').click();
  assert.equal(await page.locator('your-own-run :is(.which, .lanes) :is(b, img)').count(), 0);
  assert.deepEqual(page.errors, []);
  await close(page);
});
