//! A queue of tasks that were woken, a bell for each task, and a loop that polls: on one thread, then on several.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use tasks::ch05_executor::Task;

/// Runs all `tasks` on the thread of the caller: polls each once, and again when it was woken, and sleeps while
/// there is nothing to poll.
///
/// Returns one output a task, in the order of the tasks.
pub fn interleaved<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let machine = Machine::of(tasks);
    machine.work();
    machine.outputs()
}

/// Runs all `tasks` with `workers` threads (at least one), which take the tasks to poll from one queue.
///
/// Returns one output a task, in the order of the tasks.
pub fn multicore<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let machine = Machine::of(tasks);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| machine.work());
        }
    });
    machine.outputs()
}

struct Machine<T> {
    queue: Arc<Queue>,
    bells: Vec<Arc<Bell>>,
    // Nobody ever waits for these locks: a number is in the queue or in one worker's hand, never twice.
    rooms: Vec<Mutex<Room<T>>>,
}

struct Room<T> {
    task: Task<T>,
    output: Option<T>,
}

impl<T> Machine<T> {
    fn of(tasks: Vec<Task<T>>) -> Machine<T> {
        let queue = Arc::new(Queue::of(tasks.len()));
        // As if everybody had rung once: the first poll is due to all.
        let bell = |task| Arc::new(Bell { task, rings: AtomicUsize::new(1), queue: queue.clone() });
        let bells = (0..tasks.len()).map(bell).collect();
        let rooms = tasks.into_iter().map(|task| Mutex::new(Room { task, output: None })).collect();
        Machine { queue, bells, rooms }
    }

    fn work(&self) {
        while let Some(task) = self.queue.take() {
            let bell = &self.bells[task];
            let answered = bell.rings.load(SeqCst);
            if self.poll(task) {
                self.queue.one_finished();
            } else if bell.rings.fetch_sub(answered, SeqCst) > answered {
                // It rang again during the poll, and nobody queued it then.
                self.queue.push(task);
            }
        }
    }

    fn poll(&self, task: usize) -> bool {
        let waker = Waker::from(self.bells[task].clone());
        let mut room = self.rooms[task].lock().unwrap();
        match room.task.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => room.output = Some(output),
            Poll::Pending => return false,
        }
        true
    }

    fn outputs(self) -> Vec<T> {
        self.rooms.into_iter().filter_map(|room| room.into_inner().unwrap().output).collect()
    }
}

struct Bell {
    task: usize,
    // Rings that no poll has answered yet. Those for a finished task never will be.
    rings: AtomicUsize,
    queue: Arc<Queue>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Only the first ring puts the number into the queue; the others find it on its way.
        if self.rings.fetch_add(1, SeqCst) == 0 {
            self.queue.push(self.task);
        }
    }
}

struct Queue {
    state: Mutex<State>,
    pushed: Condvar,
}

struct State {
    ready: VecDeque<usize>,
    unfinished: usize,
    asleep: usize,
}

impl Queue {
    fn of(tasks: usize) -> Queue {
        let state = State { ready: (0..tasks).collect(), unfinished: tasks, asleep: 0 };
        Queue { state: Mutex::new(state), pushed: Condvar::new() }
    }

    fn push(&self, task: usize) {
        let mut state = self.state.lock().unwrap();
        state.ready.push_back(task);
        if state.asleep > 0 {
            self.pushed.notify_one();
        }
    }

    // Sleeps until there is a number to take. `None`: every task is finished.
    fn take(&self) -> Option<usize> {
        let mut state = self.state.lock().unwrap();
        while state.ready.is_empty() && state.unfinished > 0 {
            state.asleep += 1;
            state = self.pushed.wait(state).unwrap();
            state.asleep -= 1;
        }
        state.ready.pop_front()
    }

    fn one_finished(&self) {
        let mut state = self.state.lock().unwrap();
        state.unfinished -= 1;
        if state.unfinished == 0 {
            self.pushed.notify_all();
        }
    }
}
