// What every figure has: two numbers, knobs, a needle, a sentence, a goal, the chart as text.
// One flow, one way: knobs -> run (computed once) -> what holds at t -> picture and words.
'use strict'; {
const F = globalThis.figures;
let count = 0;

// What a reader has answered stays in this browser, and nowhere else.
F.recall = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
F.remember = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a private window */ } };
F.say = (element, words) => { if (element && element.textContent !== `${words}`) element.textContent = words; };
F.calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

// A plan is { start, scale, zone, tick, knobs, guesses, run(now), says(run, state, now), reached(run, state, now) }
// and, where a figure has them, picture(run, now), side(run, state, now), listen(figure), drawn(figure, run, state).
F.plans = {};
F.figure = (name, plan) => {
  F.plans[name] = plan;
  globalThis.customElements?.define(name, class extends F.Figure { plan = plan; });
};

// Some plans change their measures with a knob.
F.shape = (plan, now) => {
  const of = value => typeof value === 'function' ? value(now) : value;
  return { scale: of(plan.scale), zone: of(plan.zone), tick: of(plan.tick), chars: of(plan.chars), sort: now.sort };
};

// The markup stands in the page already, written by tools/embed.mjs: nothing is added when a figure wakes, so
// nothing moves.
F.Figure = class extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (this.$) return;
    this.$ = selector => this.querySelector(selector);
    const id = `${this.localName}-${++count}`, { plan } = this;
    this.$('.fig-title').id = id;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-labelledby', id);
    for (const radio of this.querySelectorAll('[type=radio]')) {   // the same figure may stand on a page twice
      radio.name = `${id}-${radio.closest('fieldset').name}`;
      radio.checked = `${plan.start[radio.closest('fieldset').name]}` === radio.value;
    }
    this.needle = this.$('.needle');
    this.runs = {};
    this.now = { ...plan.start };
    this.listen();
    plan.listen?.(this);
    F.gate(this);
    this.classList.add('ready');
  }

  listen() {
    const { plan } = this;
    this.addEventListener('keydown', e => { if (e.key.startsWith('Arrow')) e.stopPropagation(); });   // else mdBook turns the page
    this.needle.addEventListener('input', () => { this.pause?.(); this.now.t = +this.needle.value; this.draw(true); });
    this.$('.knobs').addEventListener('change', ({ target }) => {
      const { name } = target.closest('fieldset'), { value, type } = target;
      if (type === 'range') this.now[name] = plan[name + 's'][value];
      if (type === 'radio') this.now[name] = /^\d+$/.test(value) ? +value : value;
      plan.changed?.(this, name, value, target.checked);
      this.pause?.();
      this.now.t = Math.min(this.now.t, this.shape.scale - 1);
      this.draw();
      this.tell(this.$('.says').textContent);
    });
    this.$('.play')?.addEventListener('click', () => this.pause ? this.pause() : F.play(this));
  }

  get run() { return this.runs[JSON.stringify({ ...this.now, t: 0, sort: 0 })] ??= this.plan.run(this.now); }
  get shape() { return { ...F.shape(this.plan, this.now), t: this.now.t }; }
  truth(i) { return this.plan.guesses[i].truth ?? this.plan.truth?.(this, i) ?? null; }

  // While the gate is shut, the picture shows the beginning.
  draw(onlyTime) {
    const { run, now, plan, open } = this, t = Math.floor(now.t), state = F.at(run, now.t);
    const when = plan.columns ? `in column ${t}` : `at ${t} ms`;
    if (!onlyTime) this.redraw(run);
    this.$('.now').innerHTML = F.now(run, { ...this.shape, t: now.t });
    if (plan.picture) this.$('.picture').innerHTML = plan.picture(run, open ? now : { ...now, t: -1 });
    this.needle.step = this.pause ? 'any' : 1;
    this.needle.value = now.t;
    F.say(this.$('.hollow'), open ? state.dealing : '?');
    F.say(this.$('.solid'), open ? state.doing : '?');
    F.say(this.$('.where'), open ? `${when}; the most in this run: ${run.dealing} and ${run.doing}` : 'guess first');
    if (!open) return;
    this.needle.setAttribute('aria-valuetext', `${when}: dealing with ${state.dealing}, doing ${state.doing}`);
    F.say(this.$('.says'), plan.says(run, state, now, this));
    if (plan.side) this.$('.side').innerHTML = plan.side(run, state, now);
    plan.drawn?.(this, run, state);
    if (plan.reached?.(run, state, now, this)) { this.$('.goal').classList.add('done'); F.say(this.$('.goal .sr'), ' Done.'); }
    if (!onlyTime) F.say(this.$('.as-text pre'), F.chart(run, { width: 150, rows: 99 }));
  }

  // The chart is written anew, and every bar then slides in from where it was.
  redraw(run) {
    const chart = this.$('.chart'), bars = () => [...chart.querySelectorAll('.bar > g')];
    const were = bars().map(bar => bar.getBoundingClientRect()), before = this.drawnRun;
    chart.innerHTML = F.lanes(run, { ...this.shape, t: undefined });
    this.style.setProperty('--cols', this.shape.scale);
    this.needle.max = this.shape.scale - 1;
    this.drawnRun = run;
    if (!before || before.tasks.length !== run.tasks.length || were.length !== run.steps.length || were.length > 200 || F.calm()) return;
    const timing = { duration: 500, easing: 'ease-in-out', fill: 'backwards' };
    bars().forEach((bar, i) => {
      const is = bar.getBoundingClientRect(), delay = 300 * run.steps[i].start / this.shape.scale;
      bar.animate([{ transform: `translate(${were[i].x - is.x}px, ${were[i].y - is.y}px)` }, { transform: 'none' }], { ...timing, delay });
    });
    this.$('.now').animate([{ opacity: 0 }, { opacity: 0 }, { opacity: 1 }], { ...timing, duration: 900 });
  }

  // Said to a screen reader, after the keys have come to rest.
  tell(words) { clearTimeout(this.telling); this.telling = setTimeout(() => F.say(this.$('.sr[role=status]'), words), 250); }
};

// Only ever on request. With reduced motion it goes from step to step instead of gliding.
F.play = figure => {
  const { now, run, plan } = figure, button = figure.$('.play'), stride = plan.stride ?? 1;
  let before = performance.now(), timer;
  figure.pause = () => {
    (F.calm() ? clearTimeout : cancelAnimationFrame)(timer);
    figure.pause = null;
    now.t = Math.floor(now.t);
    F.say(button, 'Play');
    figure.draw(true);
  };
  const next = () => { timer = F.calm() ? setTimeout(frame, 800) : requestAnimationFrame(frame); };
  const frame = () => {
    const passed = performance.now() - before;
    before += passed;
    now.t = Math.min(figure.shape.scale - 1, F.calm() ? stride * Math.floor(now.t / stride + 1) : now.t + passed * plan.speed / 1000);
    figure.draw(true);
    if (now.t >= run.ends) figure.pause(); else next();
  };
  if (now.t >= run.ends) now.t = 0;
  F.say(button, 'Pause');
  next();
};

// The gate: a guess, the gap between it and the run, one line of why. It can be skipped, and a
// guess can be made again.
F.gate = figure => {
  const { plan, $ } = figure, key = 'guess ' + figure.localName;
  const gate = $('.gate'), inputs = [...gate.querySelectorAll('input')], toggle = $('.gap-toggle'), why = $('.gap input');
  const words = (i, value) => plan.guesses[i].words?.[value] ?? value;
  let kept = F.recall(key);

  // A slider counts once it is touched, so that its middle is nobody's guess.
  const touch = ({ target }) => {
    if (target.type !== 'range') return;
    const value = words(inputs.indexOf(target), target.value);
    target.className = 'set';
    target.setAttribute('aria-valuetext', value);
    target.parentNode.style.setProperty('--v', target.value / target.max);
    F.say(target.closest('label').lastChild, value);
    $('.check').disabled = inputs.some(input => !input.className);
  };

  const show = on => { toggle.setAttribute('aria-expanded', on); $('.compare').hidden = !on; };
  const open = on => {
    figure.open = on;
    figure.classList.toggle('open', on);
    for (const part of ['.gate', '.stage', '.knobs', '.own', '.under']) if ($(part)) $(part).inert = on === (part === '.gate');
    figure.draw();
    if (on) { why.value = kept.why ?? ''; figure.compare(); }
  };

  // A hollow bar is the guess, a solid one the run.
  figure.compare = () => {
    if (!kept) return;
    const pairs = plan.guesses.map((g, i) => ({ ...g, guess: kept.guess[i], truth: figure.truth(i) }));
    $('.bars').innerHTML = pairs.map(({ label, guess, truth }, i) =>
      `<p class="guess"><span>${label}</span><span class="track"><i></i>${truth === null ? '' : '<i></i>'}</span>`
      + `<span>${guess === undefined ? 'no guess' : `you ${words(i, guess)}`}, ${plan.truthIs ?? 'run'} `
      + `<b>${truth === null ? '?' : words(i, truth)}</b></span></p>`).join('');
    $('.bars').querySelectorAll('.track').forEach(({ children }, i) => [pairs[i].guess ?? 0, pairs[i].truth]
      .forEach((value, k) => children[k]?.style.setProperty('--v', value / pairs[i].max)));
  };

  const answer = guess => {
    kept = { ...kept, guess };
    F.remember(key, kept);
    open(true);
    show(guess.length > 0);
    (guess.length ? $('.gap') : figure.needle).focus({ preventScroll: true });
    const said = (g, i) => `${g.label}: you said ${words(i, guess[i])}, it is ${words(i, figure.truth(i)) ?? 'yours to find out'}`;
    figure.tell(guess.length ? plan.guesses.map(said).join('. ') : $('.says').textContent);
  };
  const again = () => {
    figure.pause?.();
    gate.reset();
    for (const input of inputs) {
      input.className = '';
      input.setAttribute('aria-valuetext', 'no guess yet');
      F.say(input.closest('label').lastChild, '?');
    }
    $('.check').disabled = true;
    $('.why').classList.remove('shown');
    show(false);
    open(false);
    inputs[0].focus({ preventScroll: true });
  };

  gate.addEventListener('input', touch);
  gate.addEventListener('click', touch);
  gate.addEventListener('submit', e => { e.preventDefault(); answer(inputs.map(input => +input.value)); });
  why.addEventListener('input', () => { kept.why = why.value; F.remember(key, kept); });
  $('.skip').addEventListener('click', () => answer([]));
  $('.again').addEventListener('click', again);
  toggle.addEventListener('click', () => show($('.compare').hidden));
  $('.ours').addEventListener('click', () => { $('.why').classList.add('shown'); figure.tell($('.why').textContent); });
  open(Boolean(kept));
};
}
