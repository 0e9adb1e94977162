// node book/figures/tools/embed.mjs: writes embed/NAME.md, the markup of each figure that a page includes.
// Its words come from words/NAME.html, its controls from controls.mjs, its still from stills.mjs. Written ahead,
// because then nothing is added to a page when the scripts come, and nothing moves. A test demands that it is up to date.
import { writeFileSync } from 'node:fs';
import { F, figures, read } from './load.mjs';
import { controls } from './controls.mjs';
import { stills } from './stills.mjs';

// Markdown ends a block of HTML at an empty line, and an indent may become text: a part is one line.
const line = markup => markup.replace(/\n\s*/g, '');
const words = name => Object.fromEntries([...read(`words/${name}.html`).matchAll(/<p class="(.*?)">(.*)<\/p>/g)].map(([, part, text]) => [part, text]));

const slider = ({ name, label, steps, unit }, start) => {
  const now = start[name] + unit, at = `min="0" max="${steps.length - 1}" value="${steps.indexOf(start[name])}"`;
  return line(`<fieldset class="slide" name="${name}">
    <legend>${label}: <output>${now}</output></legend>
    <span class="track"><input type="range" ${at} autocomplete="off" aria-label="${label}" aria-valuetext="${now}"></span>
  </fieldset>`);
};

const knob = ({ name, label, options, many }, start, figure) => {
  const on = value => (many ? start[name].includes(value) : start[name] === value) ? ' checked' : '';
  const input = value => `<input type="${many ? 'checkbox' : 'radio'}" name="${figure}-${name}" value="${value}" autocomplete="off"${on(value)}>`;
  const option = ([value, text = value]) => `<label>${input(value)}<span>${text}</span></label>`;
  return `<fieldset class="${many ? 'chips' : 'seg'}" name="${name}"><legend>${label}</legend>${options.map(option).join('')}</fieldset>`;
};

const guess = ({ label, max, step = 1 }) => {
  const middle = Math.floor(max / 2 / step) * step;
  const range = `<input type="range" min="0" max="${max}" step="${step}" value="${middle}" autocomplete="off" aria-valuetext="no guess yet">`;
  return `<label class="guess"><span>${label}</span><span class="track">${range}</span><b aria-hidden="true">?</b></label>`;
};

// `live` is what needs scripts; `inert`, what waits behind the gate.
export function embed(name) {
  const plan = F.plans[name], { start } = plan, { knobs, own, under } = controls[name], said = words(name);
  const run = plan.run(start), state = F.at(run, start.t), { scale, zone } = F.shape(plan, start);
  const picture = plan.picture ? `<div class="live picture">${plan.picture(run, { ...start, t: -1 })}</div>` : '';
  return [
    `<${name} class="fig">`,
    `<p class="fig-title">${said['fig-title']}</p>`,
    line(`<div class="live head">
      <p class="numbers">dealing with <b class="hollow">?</b> · doing <b class="solid">?</b><span class="where">guess first</span></p>
      ${plan.side ? `<p class="side">${plan.side(run, state, start)}</p>` : ''}
    </div>`),
    line(`<div class="live knobs" inert>
      ${knobs.map(k => (k.steps ? slider : knob)(k, start, name)).join('')}
      ${plan.speed ? '<button type="button" class="play">Play</button>' : ''}
    </div>`),
    own && `<div class="live own" inert>${own()}</div>`,
    plan.inPlot ? '' : picture,
    '<div class="well">',
    line(`<div class="live stage" inert>
      <div class="plot">
        ${plan.inPlot ? picture : ''}
        <div class="chart"><svg class="lanes" width="100%" height="${F.height(zone)}"></svg></div>
        <input class="needle" type="range" min="0" max="${scale - 1}" value="${start.t}" autocomplete="off" aria-label="needle, in ${plan.columns ? 'columns' : 'virtual ms'}">
      </div>
      <p class="says">${F.safe(plan.says(run, state, start, {}))}</p>
    </div>`),
    line(`<form class="gate">
      <p class="ask">${said.ask}</p>
      <div class="live">
        ${plan.guesses.map(guess).join('')}
        <p><button class="main check" disabled>Check my guess</button> <button type="button" class="skip">Skip</button></p>
      </div>
    </form>`),
    '</div>',
    under && `<div class="live under" inert>${under}</div>`,
    `<div class="still">${stills[name]()}</div>`,
    line(`<div class="gap" tabindex="-1">
      <p class="live"><button type="button" class="gap-toggle" aria-expanded="false">Your guess</button></p>
      <div class="live compare" hidden>
        <div class="bars"></div>
        <p><label>Why? One line, for yourself: <input autocomplete="off"></label> <button type="button" class="ours">Compare</button> <button type="button" class="again">Guess again</button></p>
      </div>
      <p class="why">${said.why}</p>
    </div>`),
    `<p class="goal"><i class="live"></i><span class="try">${said.try}</span><span class="sr"></span></p>`,
    '<details class="live as-text"><summary>This chart as text</summary><pre tabindex="0"></pre></details><p class="live sr" role="status"></p>',
    `</${name}>`,
  ].filter(Boolean).join('\n') + '\n';
}

// The cover has no controls but its needle, so that what it shows live is also its still.
const WAYS = [['one after another', 'neither'], ['taking turns', 'concurrent'], ['side by side', 'concurrent, and parallel']];
export function cover() {
  const said = words('the-idea');
  const row = (run, i) => {
    const [how, what] = WAYS[i], numbers = `${how}: dealing with ${run.dealing}, doing ${run.doing}, ends at ${run.ends}`;
    return line(`<div class="case">
      <p class="how"><strong>${how}</strong> ${what}</p>
      <p class="numbers">dealing with <b>${run.dealing}</b> · doing <b>${run.doing}</b></p>
      <div class="plot">${F.lanes(run, { ...F.idea, t: 3, label: numbers })}</div>
    </div>`);
  };
  return [
    '<the-idea class="fig">', `<p class="fig-title">${said['fig-title']}</p>`,
    '<div class="cases">', ...F.idea.runs.map(row),
    `<div class="over live"><input class="needle" type="range" min="0" max="${F.idea.scale - 1}" value="3" autocomplete="off" aria-label="needle"></div>`,
    '</div>', `<p class="try">${said.try}</p>`, '</the-idea>',
  ].join('\n') + '\n';
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const name in F.plans) writeFileSync(new URL(`embed/${name}.md`, figures), embed(name));
  writeFileSync(new URL('embed/the-idea.md', figures), cover());
  console.log('the-idea', ...Object.keys(F.plans));
}
