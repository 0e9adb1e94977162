//! Wrong ways to run tasks.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use tasks::ch05_executor::{Task, block_on, reference};

// ANCHOR: asks_all_in_turn
/// 25: to wait for a task is to ask it again.
pub fn asks_all_in_turn<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    reference(tasks)
}
// ANCHOR_END: asks_all_in_turn

// ANCHOR: sleeps_without_a_bell
/// 26: whoever said pending will let the thread know.
pub fn sleeps_without_a_bell<T>(mut tasks: Vec<Task<T>>) -> Vec<T> {
    let mut outputs: Vec<Option<T>> = tasks.iter().map(|_| None).collect();
    let mut context = Context::from_waker(Waker::noop());
    while outputs.iter().any(Option::is_none) {
        for (task, output) in tasks.iter_mut().zip(&mut outputs).filter(|(_, output)| output.is_none()) {
            if let Poll::Ready(ready) = task.as_mut().poll(&mut context) {
                *output = Some(ready);
            }
        }
        // Sleeps until something has changed.
        thread::park();
    }
    outputs.into_iter().flatten().collect()
}
// ANCHOR_END: sleeps_without_a_bell

// ANCHOR: one_after_another
/// 7: the other tasks go on by themselves while one is waited for.
pub fn one_after_another<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    tasks.into_iter().map(block_on).collect()
}
// ANCHOR_END: one_after_another

// ANCHOR: lock_held_by_the_loop
/// 51: the queue is locked only while a number is taken from it.
pub fn lock_held_by_the_loop<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let mut unfinished = tasks.len();
    let floor = Floor::of(tasks);
    while unfinished > 0 {
        drop(floor.queue.sleep());
        while let Some(task) = floor.queue.state.lock().unwrap().numbers.pop_front() {
            floor.bells[task].queued.store(false, SeqCst);
            if floor.poll(task) {
                unfinished -= 1;
            }
        }
    }
    floor.outputs()
}
// ANCHOR_END: lock_held_by_the_loop

// ANCHOR: queued_for_every_wake
/// 65: a task that was woken twice has two polls to come.
pub fn queued_for_every_wake<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    while let Some(task) = floor.queue.take() {
        let waker = Waker::from(Arc::new(EveryRing(floor.bells[task].clone())));
        if floor.poll_with(task, &waker) {
            floor.queue.one_finished();
        }
    }
    floor.outputs()
}

struct EveryRing(Arc<Bell>);

impl Wake for EveryRing {
    fn wake(self: Arc<Self>) {
        self.0.queue.push(self.0.task);
    }
}
// ANCHOR_END: queued_for_every_wake

// ANCHOR: room_made_after_the_poll
/// 52: nobody rings for a task while it is being polled.
pub fn room_made_after_the_poll<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    while let Some(task) = floor.queue.take() {
        if floor.poll(task) {
            floor.queue.one_finished();
        }
        // From here on, the next ring queues it again.
        floor.bells[task].queued.store(false, SeqCst);
    }
    floor.outputs()
}
// ANCHOR_END: room_made_after_the_poll

// ANCHOR: stays_while_woken
/// 7: whoever can go on should go on, and the others will see to themselves.
pub fn stays_while_woken<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    while let Some(task) = floor.queue.take() {
        let bell = &floor.bells[task];
        loop {
            bell.queued.store(false, SeqCst);
            if floor.poll(task) {
                break floor.queue.one_finished();
            }
            if !bell.queued.load(SeqCst) {
                break;
            }
            // It was woken in its poll: on with it, before anybody else.
            floor.queue.state.lock().unwrap().numbers.retain(|&queued| queued != task);
        }
    }
    floor.outputs()
}
// ANCHOR_END: stays_while_woken

// ANCHOR: last_woken_first
/// 7: in whatever order the tasks are polled, everybody has a turn.
pub fn last_woken_first<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    while floor.queue.unfinished() > 0 {
        let Some(task) = floor.queue.sleep().numbers.pop_back() else { continue };
        floor.bells[task].queued.store(false, SeqCst);
        if floor.poll(task) {
            floor.queue.one_finished();
        }
    }
    floor.outputs()
}
// ANCHOR_END: last_woken_first

// ANCHOR: empty_means_finished
/// 35: when nobody is left in the queue, everybody is finished.
pub fn empty_means_finished<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    while let Some(task) = floor.queue.try_take() {
        floor.bells[task].queued.store(false, SeqCst);
        floor.poll(task);
    }
    floor.outputs()
}
// ANCHOR_END: empty_means_finished

// ANCHOR: looks_instead_of_sleeping
/// 25: to wait for a wake is to look whether there was one.
pub fn looks_instead_of_sleeping<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    while floor.queue.unfinished() > 0 {
        match floor.queue.try_take() {
            None => thread::yield_now(),
            Some(task) => {
                floor.bells[task].queued.store(false, SeqCst);
                if floor.poll(task) {
                    floor.queue.one_finished();
                }
            }
        }
    }
    floor.outputs()
}
// ANCHOR_END: looks_instead_of_sleeping

// ANCHOR: thread_per_task
/// 2: several tasks can only be in progress on several threads.
pub fn thread_per_task<T: Send>(tasks: Vec<Task<T>>) -> Vec<T> {
    thread::scope(|scope| {
        let running: Vec<_> = tasks.into_iter().map(|task| scope.spawn(|| block_on(task))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
// ANCHOR_END: thread_per_task

// ANCHOR: outputs_as_they_come
/// 5: the first task is the first to be finished.
pub fn outputs_as_they_come<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    let floor = Floor::of(tasks);
    let mut outputs = Vec::new();
    while let Some(task) = floor.queue.take() {
        floor.bells[task].queued.store(false, SeqCst);
        if floor.poll(task) {
            floor.queue.one_finished();
            outputs.extend(floor.rooms[task].lock().unwrap().output.take());
        }
    }
    outputs
}
// ANCHOR_END: outputs_as_they_come

// ANCHOR: one_worker
/// 1: tasks that are in progress at once run at once.
pub fn one_worker<T: Send>(tasks: Vec<Task<T>>, _workers: usize) -> Vec<T> {
    crate::ch05_executor::interleaved(tasks)
}
// ANCHOR_END: one_worker

// ANCHOR: joined_in_a_loop
/// 12: what is spawned overlaps, even if it is joined at once.
pub fn joined_in_a_loop<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| floor.work()).join().unwrap();
        }
    });
    floor.outputs()
}
// ANCHOR_END: joined_in_a_loop

// ANCHOR: thread_for_every_task
/// 4: a thread for every task is faster than a few that share a queue.
pub fn thread_for_every_task<T: Send>(tasks: Vec<Task<T>>, _workers: usize) -> Vec<T> {
    thread_per_task(tasks)
}
// ANCHOR_END: thread_for_every_task

// ANCHOR: lock_held_by_every_worker
/// 50: the others can take a number while this worker polls.
pub fn lock_held_by_every_worker<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    let work = || loop {
        let mut state = floor.queue.sleep();
        let Some(task) = state.numbers.pop_front() else { break };
        floor.bells[task].queued.store(false, SeqCst);
        if floor.poll(task) {
            state.unfinished -= 1;
            floor.queue.pushed.notify_all();
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    floor.outputs()
}
// ANCHOR_END: lock_held_by_every_worker

// ANCHOR: shares_of_the_tasks
/// 55: as many tasks for every worker is as much work for every worker.
pub fn shares_of_the_tasks<T: Send>(mut tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let share = tasks.len().div_ceil(workers).max(1);
    let mut shares = Vec::new();
    while !tasks.is_empty() {
        let rest = tasks.split_off(share.min(tasks.len()));
        shares.push(std::mem::replace(&mut tasks, rest));
    }
    thread::scope(|scope| {
        let run = |share| scope.spawn(|| crate::ch05_executor::interleaved(share));
        let running: Vec<_> = shares.into_iter().map(run).collect();
        running.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}
// ANCHOR_END: shares_of_the_tasks

// ANCHOR: passes_by_what_is_polled
/// 52: whoever polls a task now sees that it was woken again.
pub fn passes_by_what_is_polled<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    let work = || {
        while let Some(task) = floor.queue.take() {
            floor.bells[task].queued.store(false, SeqCst);
            // Somebody else is polling this one: nothing to do here.
            let Ok(mut room) = floor.rooms[task].try_lock() else { continue };
            if room.poll(&Waker::from(floor.bells[task].clone())) {
                floor.queue.one_finished();
            }
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    floor.outputs()
}
// ANCHOR_END: passes_by_what_is_polled

// ANCHOR: queued_twice
/// 65: a lock on every task is enough, however often it stands in the queue.
pub fn queued_twice<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    let work = || {
        while let Some(task) = floor.queue.take() {
            let bell = floor.bells[task].clone();
            if floor.poll_with(task, &Waker::from(Arc::new(EveryRing(bell)))) {
                floor.queue.one_finished();
            }
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    floor.outputs()
}
// ANCHOR_END: queued_twice

// ANCHOR: nobody_home_when_empty
/// 35: a worker that finds the queue empty is not needed any more.
pub fn nobody_home_when_empty<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    let work = || {
        while let Some(task) = floor.queue.try_take() {
            floor.bells[task].queued.store(false, SeqCst);
            floor.poll(task);
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    floor.outputs()
}
// ANCHOR_END: nobody_home_when_empty

// ANCHOR: workers_that_never_sleep
/// 25: a worker that waits is a worker that looks.
pub fn workers_that_never_sleep<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    let work = || {
        while floor.queue.unfinished() > 0 {
            let Some(task) = floor.queue.try_take() else {
                thread::yield_now();
                continue;
            };
            floor.bells[task].queued.store(false, SeqCst);
            if floor.poll(task) {
                floor.queue.one_finished();
            }
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    floor.outputs()
}
// ANCHOR_END: workers_that_never_sleep

// ANCHOR: sleepers_not_told
/// 32: whoever sleeps at the queue wakes up when no more can come.
pub fn sleepers_not_told<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let floor = Floor::of(tasks);
    let work = || {
        while let Some(task) = floor.queue.take() {
            floor.bells[task].queued.store(false, SeqCst);
            if floor.poll(task) {
                floor.queue.state.lock().unwrap().unfinished -= 1;
            }
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    floor.outputs()
}
// ANCHOR_END: sleepers_not_told

// ANCHOR: first_finished_first_written
/// 5: the first task is the first to be finished.
pub fn first_finished_first_written<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let (floor, outputs) = (Floor::of(tasks), Mutex::new(Vec::new()));
    let work = || {
        while let Some(task) = floor.queue.take() {
            floor.bells[task].queued.store(false, SeqCst);
            if floor.poll(task) {
                outputs.lock().unwrap().extend(floor.rooms[task].lock().unwrap().output.take());
                floor.queue.one_finished();
            }
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    outputs.into_inner().unwrap()
}
// ANCHOR_END: first_finished_first_written

// What these answers have in common, and have right: tasks in their rooms, a bell for each, one queue.

struct Floor<T> {
    queue: Arc<Queue>,
    bells: Vec<Arc<Bell>>,
    rooms: Vec<Mutex<Room<T>>>,
}

struct Room<T> {
    task: Task<T>,
    output: Option<T>,
}

impl<T> Floor<T> {
    fn of(tasks: Vec<Task<T>>) -> Floor<T> {
        let state = State { numbers: (0..tasks.len()).collect(), unfinished: tasks.len() };
        let queue = Arc::new(Queue { state: Mutex::new(state), pushed: Condvar::new() });
        let bell = |task| Arc::new(Bell { task, queued: AtomicBool::new(true), queue: queue.clone() });
        let bells = (0..tasks.len()).map(bell).collect();
        let rooms = tasks.into_iter().map(|task| Mutex::new(Room { task, output: None })).collect();
        Floor { queue, bells, rooms }
    }

    fn work(&self) {
        while let Some(task) = self.queue.take() {
            self.bells[task].queued.store(false, SeqCst);
            if self.poll(task) {
                self.queue.one_finished();
            }
        }
    }

    /// Whether it is finished.
    fn poll(&self, task: usize) -> bool {
        self.poll_with(task, &Waker::from(self.bells[task].clone()))
    }

    fn poll_with(&self, task: usize, waker: &Waker) -> bool {
        self.rooms[task].lock().unwrap().poll(waker)
    }

    fn outputs(self) -> Vec<T> {
        self.rooms.into_iter().filter_map(|room| room.into_inner().unwrap().output).collect()
    }
}

impl<T> Room<T> {
    fn poll(&mut self, waker: &Waker) -> bool {
        match self.task.as_mut().poll(&mut Context::from_waker(waker)) {
            Poll::Ready(output) => self.output = Some(output),
            Poll::Pending => return false,
        }
        true
    }
}

struct Bell {
    task: usize,
    queued: AtomicBool,
    queue: Arc<Queue>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, SeqCst) {
            self.queue.push(self.task);
        }
    }
}

struct Queue {
    state: Mutex<State>,
    pushed: Condvar,
}

struct State {
    numbers: VecDeque<usize>,
    unfinished: usize,
}

impl Queue {
    fn push(&self, task: usize) {
        self.state.lock().unwrap().numbers.push_back(task);
        self.pushed.notify_one();
    }

    /// Sleeps until there is a number; `None` when every task is finished.
    fn take(&self) -> Option<usize> {
        self.sleep().numbers.pop_front()
    }

    fn try_take(&self) -> Option<usize> {
        self.state.lock().unwrap().numbers.pop_front()
    }

    /// Sleeps until there is a number, or every task is finished; the queue is locked then.
    fn sleep(&self) -> MutexGuard<'_, State> {
        let state = self.state.lock().unwrap();
        self.pushed.wait_while(state, |state| state.numbers.is_empty() && state.unfinished > 0).unwrap()
    }

    fn unfinished(&self) -> usize {
        self.state.lock().unwrap().unfinished
    }

    fn one_finished(&self) {
        let mut state = self.state.lock().unwrap();
        state.unfinished -= 1;
        if state.unfinished == 0 {
            self.pushed.notify_all();
        }
    }
}
