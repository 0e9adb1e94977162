//! Other right ways to run tasks.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tasks::ch05_executor::Task;

/// Interleaved: no queue, but a flag a task, and a look through all of them after every sleep.
pub fn flags_that_are_looked_through<T>(mut tasks: Vec<Task<T>>) -> Vec<T> {
    struct Flag(AtomicBool, Thread);

    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, SeqCst);
            self.1.unpark();
        }
    }

    let flags: Vec<_> = tasks.iter().map(|_| Arc::new(Flag(AtomicBool::new(true), thread::current()))).collect();
    let mut outputs: Vec<Option<T>> = tasks.iter().map(|_| None).collect();
    while outputs.iter().any(Option::is_none) {
        let mut polled = false;
        for (index, task) in tasks.iter_mut().enumerate() {
            // The flag comes down before the poll, so that a wake during the poll puts it up again.
            if outputs[index].is_some() || !flags[index].0.swap(false, SeqCst) {
                continue;
            }
            polled = true;
            let waker = Waker::from(flags[index].clone());
            if let Poll::Ready(output) = task.as_mut().poll(&mut Context::from_waker(&waker)) {
                outputs[index] = Some(output);
            }
        }
        if !polled {
            // Does not sleep if somebody unparked this thread since its last sleep.
            thread::park();
        }
    }
    outputs.into_iter().flatten().collect()
}

/// Interleaved: the queue is a channel, and to sleep is to receive.
pub fn numbers_in_a_channel<T>(mut tasks: Vec<Task<T>>) -> Vec<T> {
    let (send, numbers) = channel();
    let bells: Vec<_> =
        (0..tasks.len()).map(|task| Arc::new(Post { task, sent: false.into(), send: send.clone() })).collect();
    bells.iter().for_each(|bell| bell.clone().wake());
    let mut outputs: Vec<Option<T>> = tasks.iter().map(|_| None).collect();
    while outputs.iter().any(Option::is_none) {
        let task: usize = numbers.recv().unwrap();
        bells[task].sent.store(false, SeqCst);
        if outputs[task].is_some() {
            continue;
        }
        let waker = Waker::from(bells[task].clone());
        if let Poll::Ready(output) = tasks[task].as_mut().poll(&mut Context::from_waker(&waker)) {
            outputs[task] = Some(output);
        }
    }
    outputs.into_iter().flatten().collect()
}

struct Post {
    task: usize,
    sent: AtomicBool,
    send: Sender<usize>,
}

impl Wake for Post {
    fn wake(self: Arc<Self>) {
        if !self.sent.swap(true, SeqCst) {
            // An error says that nobody receives any more: then nobody needs this number.
            let _ = self.send.send(self.task);
        }
    }
}

/// Multicore: whoever takes a number that is still in its poll waits for that poll to end.
pub fn a_lock_on_every_task<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let (send, numbers) = channel();
    let bells: Vec<_> =
        (0..tasks.len()).map(|task| Arc::new(Post { task, sent: false.into(), send: send.clone() })).collect();
    bells.iter().for_each(|bell| bell.clone().wake());
    let (numbers, left) = (Mutex::new(numbers), AtomicUsize::new(tasks.len()));
    let slots: Vec<_> = tasks.into_iter().map(|task| Mutex::new((task, None))).collect();
    let end = slots.len();
    let work = || {
        while left.load(SeqCst) > 0 {
            // One worker waits for the channel, the others for this one.
            let task = numbers.lock().unwrap().recv().unwrap();
            if task == end {
                break;
            }
            let mut slot = slots[task].lock().unwrap();
            // Not before: a wake that comes while another worker polls is answered by this poll.
            bells[task].sent.store(false, SeqCst);
            if slot.1.is_some() {
                continue;
            }
            let waker = Waker::from(bells[task].clone());
            if let Poll::Ready(output) = slot.0.as_mut().poll(&mut Context::from_waker(&waker)) {
                slot.1 = Some(output);
                if left.fetch_sub(1, SeqCst) == 1 {
                    // A number that no task has, for each who sleeps.
                    (0..workers).for_each(|_| send.send(end).unwrap());
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    slots.into_iter().filter_map(|slot| slot.into_inner().unwrap().1).collect()
}

/// Multicore: one lock for the queue and for where every task is.
pub fn four_states<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let desk = Arc::new(Desk {
        papers: Mutex::new(Papers {
            places: vec![Place::Queued; tasks.len()],
            queue: (0..tasks.len()).collect(),
            left: tasks.len(),
        }),
        changed: Condvar::new(),
    });
    let slots: Vec<_> = tasks.into_iter().map(|task| Mutex::new((task, None))).collect();
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(task) = desk.take() {
                    let waker = Waker::from(Arc::new(Caller { task, desk: desk.clone() }));
                    let mut slot = slots[task].lock().unwrap();
                    let answer = slot.0.as_mut().poll(&mut Context::from_waker(&waker));
                    let finished = answer.is_ready();
                    if let Poll::Ready(output) = answer {
                        slot.1 = Some(output);
                    }
                    drop(slot);
                    desk.back(task, finished);
                }
            });
        }
    });
    slots.into_iter().filter_map(|slot| slot.into_inner().unwrap().1).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Asleep,
    Queued,
    InPoll,
    WokenInPoll,
    Finished,
}

struct Desk {
    papers: Mutex<Papers>,
    changed: Condvar,
}

struct Papers {
    places: Vec<Place>,
    queue: VecDeque<usize>,
    left: usize,
}

struct Caller {
    task: usize,
    desk: Arc<Desk>,
}

impl Wake for Caller {
    fn wake(self: Arc<Self>) {
        let mut papers = self.desk.papers.lock().unwrap();
        match papers.places[self.task] {
            Place::Asleep => self.desk.queue(&mut papers, self.task),
            Place::InPoll => papers.places[self.task] = Place::WokenInPoll,
            Place::Queued | Place::WokenInPoll | Place::Finished => {}
        }
    }
}

impl Desk {
    fn queue(&self, papers: &mut Papers, task: usize) {
        papers.places[task] = Place::Queued;
        papers.queue.push_back(task);
        self.changed.notify_one();
    }

    fn take(&self) -> Option<usize> {
        let papers = self.papers.lock().unwrap();
        let wait = |papers: &mut Papers| papers.queue.is_empty() && papers.left > 0;
        let mut papers = self.changed.wait_while(papers, wait).unwrap();
        let task = papers.queue.pop_front()?;
        papers.places[task] = Place::InPoll;
        Some(task)
    }

    fn back(&self, task: usize, finished: bool) {
        let mut papers = self.papers.lock().unwrap();
        if finished {
            papers.places[task] = Place::Finished;
            papers.left -= 1;
            self.changed.notify_all();
        } else if papers.places[task] == Place::WokenInPoll {
            self.queue(&mut papers, task);
        } else {
            papers.places[task] = Place::Asleep;
        }
    }
}

/// Multicore: tasks are handed about whole, and the thread of the caller is one of the workers.
pub fn caller_works_too<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    let count = tasks.len();
    let (hand, outputs) = (Arc::new(Hall::default()), Mutex::new((0..count).map(|_| None).collect::<Vec<Option<T>>>()));
    let rooms: Vec<_> = tasks.into_iter().map(|task| Mutex::new(Some(task))).collect();
    for task in 0..count {
        hand.push(task);
    }
    let work = || {
        while let Some(task) = hand.take(count) {
            let mut future = rooms[task].lock().unwrap().take().unwrap();
            let bell = Arc::new(Knock { task, hall: hand.clone(), state: Mutex::new(Knocked::No) });
            match future.as_mut().poll(&mut Context::from_waker(&Waker::from(bell.clone()))) {
                Poll::Ready(output) => {
                    outputs.lock().unwrap()[task] = Some(output);
                    *bell.state.lock().unwrap() = Knocked::Void;
                    hand.one_finished();
                }
                Poll::Pending => {
                    // First the task goes back into its room; only then may somebody else be sent there.
                    *rooms[task].lock().unwrap() = Some(future);
                    bell.task_is_back();
                }
            }
        }
    };
    thread::scope(|scope| {
        (1..workers).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    outputs.into_inner().unwrap().into_iter().flatten().collect()
}

#[derive(Default)]
struct Hall {
    state: Mutex<(VecDeque<usize>, usize)>,
    changed: Condvar,
}

impl Hall {
    fn push(&self, task: usize) {
        self.state.lock().unwrap().0.push_back(task);
        self.changed.notify_one();
    }

    fn take(&self, all: usize) -> Option<usize> {
        let state = self.state.lock().unwrap();
        let wait = |(queue, finished): &mut (VecDeque<usize>, usize)| queue.is_empty() && *finished < all;
        self.changed.wait_while(state, wait).unwrap().0.pop_front()
    }

    fn one_finished(&self) {
        self.state.lock().unwrap().1 += 1;
        self.changed.notify_all();
    }
}

/// A bell of one poll: it rings once, and only when the task is back in its room.
struct Knock {
    task: usize,
    hall: Arc<Hall>,
    state: Mutex<Knocked>,
}

#[derive(Clone, Copy, PartialEq)]
enum Knocked {
    No,
    During,
    Back,
    Void,
}

impl Knock {
    fn task_is_back(&self) {
        let mut state = self.state.lock().unwrap();
        if *state == Knocked::During {
            *state = Knocked::Void;
            self.hall.push(self.task);
        } else {
            *state = Knocked::Back;
        }
    }
}

impl Wake for Knock {
    fn wake(self: Arc<Self>) {
        let mut state = self.state.lock().unwrap();
        match *state {
            Knocked::No => *state = Knocked::During,
            Knocked::Back => {
                *state = Knocked::Void;
                self.hall.push(self.task);
            }
            Knocked::During | Knocked::Void => {}
        }
    }
}
