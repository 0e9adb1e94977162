// node book/figures/tools/embed.mjs: writes embed/NAME.md, the markup of each figure that a page includes.
// Its words come from words/NAME.html, its controls from the figure's plan, its still from stills.mjs. Written
// ahead, because then nothing is added to a page when the scripts come, and nothing moves. CI asks git whether
// anything changed.
import { writeFileSync } from 'node:fs';
import { F, figures, read } from './load.mjs';
import { controls } from './controls.mjs';
import { stills } from './stills.mjs';

const attributes = (n, label) => n ? ` ${label}` : '';
const part = (words, name) => new RegExp(`<p class="${name}">(.*)</p>`).exec(words)?.[1];

const slider = ({ name, label, steps, unit }, start) => `<fieldset class="slide" name="${name}"><legend>${label}: <output>${start[name]}${unit}</output></legend>`
  + `<span class="track"><input type="range" min="0" max="${steps.length - 1}" value="${steps.indexOf(start[name])}" autocomplete="off" aria-label="${label}" aria-valuetext="${start[name]}${unit}"></span></fieldset>`;
const knob = ({ name, label, options, many }, start, figure) => `<fieldset class="${many ? 'chips' : 'seg'}" name="${name}"><legend>${label}</legend>` + options.map(([value, text = value]) =>
  `<label><input type="${many ? 'checkbox' : 'radio'}" name="${figure}-${name}" value="${value}" autocomplete="off"${attributes(start[name] === value || start[name]?.includes?.(value), 'checked')}><span>${text}</span></label>`).join('') + '</fieldset>';

const guess = ({ label, max, step = 1 }) => `<label class="guess"><span>${label}</span><span class="track"><input type="range" min="0" max="${max}" step="${step}" value="${Math.floor(max / 2 / step) * step}" autocomplete="off" aria-valuetext="no guess yet"></span><b aria-hidden="true">?</b></label>`;

export function embed(name) {
  const plan = F.plans[name], { knobs, own, under } = controls[name], words = read(`words/${name}.html`), shut = ' inert';
  const { start } = plan, begin = plan.run(start), state = F.at(begin, start.t), { scale, zone } = F.shape(plan, start), picture = plan.picture && `<div class="live picture">${plan.picture(plan.run(start), { ...start, t: -1 })}</div>`;
  const lines = [];
  lines.push(`<${name} class="fig">`, `<p class="fig-title">${part(words, 'fig-title')}</p>`,
    `<div class="live head"><p class="numbers">dealing with <b class="hollow">?</b> · doing <b class="solid">?</b><span class="where">guess first</span></p>${plan.side ? `<p class="side">${plan.side(begin, state, start)}</p>` : ''}</div>`);
  lines.push(`<div class="live knobs"${shut}>${knobs.map(k => (k.steps ? slider : knob)(k, start, name)).join('')}${plan.speed ? `<button type="button" class="play">Play</button>` : ''}</div>`);
  if (own) lines.push(`<div class="live own"${shut}>${own()}</div>`);
  if (picture && !plan.inPlot) lines.push(picture);
  lines.push(`<div class="well"><div class="live stage"${shut}><div class="plot">${picture && plan.inPlot ? picture : ''}<div class="chart"><svg class="lanes" width="100%" height="${F.height(zone)}"></svg></div>`
    + `<input class="needle" type="range" min="0" max="${scale - 1}" value="${start.t}" autocomplete="off" aria-label="needle, in ${plan.columns ? 'columns' : 'virtual ms'}"></div><p class="says">${F.safe(plan.says(begin, state, start, {}))}</p></div>`);
  lines.push(`<form class="gate"><p class="ask">${part(words, 'ask')}</p><div class="live">${plan.guesses.map(guess).join('')}<p><button class="main check" disabled>Check my guess</button> <button type="button" class="skip">Skip</button></p></div></form>`);
  lines.push('</div>');
  if (under) lines.push(`<div class="live under"${shut}>${under}</div>`);
  lines.push(`<div class="still">${stills[name]()}</div>`);
  lines.push('<div class="gap" tabindex="-1"><p class="live"><button type="button" class="gap-toggle" aria-expanded="false">Your guess</button></p><div class="live compare" hidden><div class="bars"></div>'
    + '<p><label>Why? One line, for yourself: <input autocomplete="off"></label> <button type="button" class="ours">Compare</button> <button type="button" class="again">Guess again</button></p></div>'
    + `<p class="why">${part(words, 'why')}</p></div>`);
  lines.push(`<p class="goal"><i class="live"></i><span class="try">${part(words, 'try')}</span><span class="sr"></span></p>`,
    '<details class="live as-text"><summary>This chart as text</summary><pre tabindex="0"></pre></details><p class="live sr" role="status"></p>', `</${name}>`);
  return lines.filter(Boolean).join('\n') + '\n';
}

// The cover has no controls but its needle, so that what it shows live is also its still.
export function cover() {
  const words = read('words/the-idea.html');
  const rows = F.idea.runs.map(([how, what, run]) => `<div class="case"><p class="how"><strong>${how}</strong> ${what}</p><p class="numbers">dealing with <b>${run.dealing}</b> · doing <b>${run.doing}</b></p>`
    + `<div class="plot">${F.lanes(run, { ...F.idea, t: 3, label: `${how}: dealing with ${run.dealing}, doing ${run.doing}, ends at ${run.ends}` })}</div></div>`).join('\n');
  return `<the-idea class="fig">\n<p class="fig-title">${part(words, 'fig-title')}</p>\n<div class="cases">\n${rows}\n<div class="over live"><input class="needle" type="range" min="0" max="${F.idea.scale - 1}" value="3" autocomplete="off" aria-label="needle"></div>\n</div>\n<p class="try">${part(words, 'try')}</p>\n</the-idea>\n`;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const name in F.plans) writeFileSync(new URL(`embed/${name}.md`, figures), embed(name));
  writeFileSync(new URL('embed/the-idea.md', figures), cover());
  console.log(Object.keys(F.plans).join(' '));
}
