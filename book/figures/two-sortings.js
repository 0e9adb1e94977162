// F1, and the cover. One run, sorted by task or by thread; one needle; the two numbers.
'use strict'; {
const F = globalThis.figures, { work, times, named } = F;

// Two sortings: eight boards, three moves each.
const MOVES = ['121', '212', '112', '221', '121', '211', '122', '112'];
F.boards = masters => named(`boards masters=${masters}`, { threads: masters,
  tasks: MOVES.map((moves, i) => ({ name: 'abcdefgh'[i], ops: [...moves].map(ms => work(+ms)) })) });

const seen = F.at(F.boards(1), 17);

F.figure('two-sortings', {
  start: { sort: 'task', masters: 1, t: 17 },
  scale: 36, zone: 8, tick: 6,
  guesses: [{ label: 'games in progress', max: 8, truth: seen.dealing }, { label: 'moves being made', max: 8, truth: seen.doing }],
  run: ({ masters }) => F.boards(masters),
  reached: (run, { dealing, doing }) => dealing === 8 && doing === 4,
  says: (run, state, { t }) => state.open.length
    ? `At ${t} ms ${F.who(state.running, s => 'a move on ' + run.tasks[s.task].name)}${F.waits(state)}.`
    : `All eight games are over: the last move ended at ${run.ends} ms.`,
});

// The cover: two pots, four stirs each; three runs under one needle.
F.pots = (how, cooks) => named(`pots how=${how} cooks=${cooks}`, { threads: cooks, stores: { kitchen: how === 'in-turn' ? [1] : [1, 2] },
  tasks: ['soup', 'rice'].map(name => ({ name, ops: [['get', 'kitchen'], ...times(4, [work(1)]), ['put', 'kitchen']] })) });
F.idea = { scale: 8, zone: 2, tick: 9, sort: 'task' };
F.idea.runs = [F.pots('in-turn', 1), F.pots('by-turns', 1), F.pots('by-turns', 2)];

if (globalThis.customElements) customElements.define('the-idea', class extends HTMLElement {
  connectedCallback() {
    const needle = this.querySelector('.needle'), rows = [...this.querySelectorAll('.case')];
    this.style.setProperty('--cols', F.idea.scale);
    this.addEventListener('keydown', e => { if (e.key.startsWith('Arrow')) e.stopPropagation(); });
    needle.addEventListener('input', () => {
      const t = +needle.value, said = rows.map((row, i) => {
        const run = F.idea.runs[i], { dealing, doing } = F.at(run, t), [hollow, solid] = row.querySelectorAll('.numbers b');
        row.querySelector('.now').innerHTML = F.now(run, { ...F.idea, t });
        F.say(hollow, dealing); F.say(solid, doing);
        return `${row.querySelector('strong').textContent}: dealing with ${dealing}, doing ${doing}`;
      });
      needle.setAttribute('aria-valuetext', `${t}. ${said.join('. ')}`);
    });
    this.classList.add('ready', 'open');
  }
});
}
