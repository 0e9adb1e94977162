// F5. The poll machine: you are the executor.
'use strict'; {
const F = globalThis.figures;

// What the reader did (`poll a`, `deliver b`), a column each. A task that finds no letter is parked
// until its waker rings, or, where the executor spins, goes straight back to the queue.
F.machine = (moves, how = 'park', names = ['a', 'b', 'c']) => {
  const tasks = names.map(name => ({ name, first: null, last: null, steps: [], letter: false, asleep: false }));
  const queue = [...tasks], of = name => tasks.find(task => task.name === name);
  moves.forEach(([act, name], column) => {
    const task = of(name);
    if (act === 'deliver') {
      task.letter = true;
      if (task.asleep) queue.push(task);
      return task.asleep = false;
    }
    queue.shift();
    task.first ??= column;
    task.steps.push({ thread: 1, start: column, end: column + 1 });
    if (task.letter) task.last = column + 1;
    else if (how === 'spin') queue.push(task);
    else task.asleep = true;
  });
  return Object.assign(F.run({ name: 'machine', crew: 1, until: moves.length, tasks }), { queue: queue.map(task => task.name) });
};

// One task waits for a letter that comes in column 199.
F.polls = how => {
  const asks = how === 'park' ? [0, 199] : [...Array(200).keys()];
  const steps = asks.map(start => ({ thread: 1, start, end: start + 1 }));
  return F.run({ name: `polls how=${how}`, tasks: [{ name: 'letter', first: 0, last: 200, steps }] });
};

const COLUMNS = 30;
const upTo = ({ moves, how, t }) => F.machine(moves.slice(0, t + 1), how);
const task = (run, name) => run.tasks.find(k => k.name === name);
const mood = ({ first, last, asleep, letter }) => last !== null ? 'done' : asleep ? 'asleep: its waker is with the post'
  : first === null ? 'in the queue, never polled' : letter ? 'in the queue; its letter is here' : 'in the queue again';

// Why a move cannot be made, if it cannot.
const refusal = ({ queue, tasks }, act, name, { t }) => {
  if (t >= COLUMNS - 1) return 'The strip is full: start again.';
  if (act === 'deliver' || queue[0] === name) return '';
  if (queue.includes(name)) return `${name} waits in the queue behind ${queue[0]}.`;
  if (task({ tasks }, name).last !== null) return `${name} is done: nobody polls it again.`;
  return `${name} is not in the queue: nobody has rung for it, so an executor that parks does not poll it.`;
};

// A move is made at the needle: what came after it is forgotten.
const move = (figure, act, name) => {
  const { now } = figure, no = refusal(upTo(now), act, name, now);
  figure.refused = no && { at: now.t, no };
  figure.wrong ||= no !== '';
  if (!no) {
    now.moves = [...now.moves.slice(0, now.t + 1), [act, name]];
    now.t = now.moves.length - 1;
  }
  figure.draw();
  figure.tell(figure.$('.says').textContent);
};
const restart = figure => { Object.assign(figure.now, { moves: [], t: 0 }); figure.wrong = false; figure.refused = ''; };

F.figure('poll-machine', {
  start: { sort: 'task', how: 'park', moves: [], t: 0 },
  scale: COLUMNS, zone: 3, tick: 5, columns: true,
  guesses: ['park', 'spin'].map(how => ({ label: `polls, if it ${how}s`, max: 250, truth: F.polls(how).steps.length })),
  listen: figure => figure.$('.own').addEventListener('click', ({ target }) => {
    const { poll, deliver } = target.closest('button')?.dataset ?? {};
    if (poll) move(figure, 'poll', poll);
    if (deliver) move(figure, 'deliver', deliver);
    if (target.matches('.restart')) { restart(figure); figure.draw(); figure.tell('Three tasks are in the queue.'); }
  }),
  changed: (figure, name) => { if (name === 'how') restart(figure); },
  run: ({ moves, how }) => F.machine(moves, how),
  drawn: (figure, run) => {
    const state = upTo(figure.now);
    F.say(figure.$('.queue output'), state.queue.join(' ') || 'empty, so the thread sleeps');
    figure.querySelectorAll('.task').forEach((card, i) => {
      const k = state.tasks[i];
      F.say(card.querySelector('.mood'), mood(k));
      F.say(card.querySelector('.polls'), k.steps.length);
      card.classList.toggle('next', state.queue[0] === k.name);
      card.querySelector('[data-deliver]').disabled = k.first === null || k.letter;
    });
  },
  // Six polls for three letters, and none refused.
  reached: (run, state, { how }, figure) => how === 'park' && !figure.wrong && run.tasks.every(k => k.last !== null),
  says: (run, state, { moves, how, t }, figure) => {
    if (figure.refused?.at === t) return figure.refused.no;
    if (!moves.length) return 'Three tasks are in the queue. Nothing runs until it is polled: poll the first.';
    if (t >= moves.length) return `Nothing has happened yet in column ${t}. A move you make now comes after column ${moves.length - 1}.`;
    const [act, name] = moves[t], parks = how === 'park', ready = task(upTo({ moves, how, t }), name).last !== null;
    const told = parks ? `Its waker rings: ${name} is queued, and nothing has run` : 'Nobody is told: the next poll will find it';
    const found = ready ? 'ready' : parks ? 'pending, and its waker stays with the post' : 'pending, and back to the queue';
    return `Column ${t}: ${name}${act === 'deliver' ? `’s letter comes. ${told}` : ` is polled: ${found}`}.`;
  },
  side: run => `polls so far <b>${run.steps.length}</b>`,
});
}
