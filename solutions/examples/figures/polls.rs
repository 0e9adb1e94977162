//! Polls: futures polled by an executor of a few lines, which parks, or spins. A poll takes one column.

use crate::stage::task;
use probes::Run;
use probes::run::Step;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A letter that comes later: its future keeps the waker of whoever asked last.
#[derive(Default)]
struct Post {
    here: bool,
    waker: Option<Waker>,
}

struct Letter(Rc<RefCell<Post>>);

impl Future for Letter {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut post = self.0.borrow_mut();
        post.waker = Some(cx.waker().clone());
        if post.here { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// A waker puts its task at the back of the queue.
struct Bell {
    task: usize,
    queue: Arc<Mutex<VecDeque<usize>>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.queue.lock().unwrap().push_back(self.task);
    }
}

struct Executor {
    posts: Vec<Rc<RefCell<Post>>>,
    letters: Vec<Letter>,
    queue: Arc<Mutex<VecDeque<usize>>>,
    column: u64,
    polled: Vec<(usize, Step)>,
}

impl Executor {
    fn new(tasks: usize) -> Executor {
        let posts: Vec<Rc<RefCell<Post>>> = (0..tasks).map(|_| Rc::default()).collect();
        let letters = posts.iter().cloned().map(Letter).collect();
        let queue = Arc::new(Mutex::new((0..tasks).collect()));
        Executor { posts, letters, queue, column: 0, polled: Vec::new() }
    }

    fn deliver(&mut self, task: usize) {
        self.posts[task].borrow_mut().here = true;
        let waker = self.posts[task].borrow_mut().waker.take();
        waker.expect("polled once").wake();
    }

    fn poll(&mut self, task: usize) -> Poll<()> {
        self.polled.push((task, Step { thread: 1, start: self.column, len: 1 }));
        self.column += 1;
        let bell = Waker::from(Arc::new(Bell { task, queue: self.queue.clone() }));
        Pin::new(&mut self.letters[task]).poll(&mut Context::from_waker(&bell))
    }

    /// Polls whoever is in the queue, until nobody is.
    fn poll_the_queue(&mut self) {
        loop {
            let next = self.queue.lock().unwrap().pop_front();
            let Some(task) = next else { return };
            let _ready_or_pending = self.poll(task);
        }
    }

    fn run(self, name: &str, tasks: &[&str]) -> Run {
        let tasks = tasks.iter().enumerate().map(|(at, name)| task(name, at, &self.polled)).collect();
        Run { name: name.into(), tasks }
    }
}

/// When the letter comes, in columns.
const DUE: u64 = 199;

/// Sleeps until the waker rings: one poll to ask, one to fetch.
pub fn parked() -> Run {
    let mut executor = Executor::new(1);
    executor.poll_the_queue();
    executor.column = DUE;
    executor.deliver(0);
    executor.poll_the_queue();
    executor.run("polls how=park", &["letter"])
}

/// Asks again and again.
pub fn spun() -> Run {
    let mut executor = Executor::new(1);
    loop {
        executor.posts[0].borrow_mut().here = executor.column >= DUE;
        if executor.poll(0).is_ready() {
            return executor.run("polls how=spin", &["letter"]);
        }
    }
}

/// Three tasks, and letters that come for `b`, `a` and `c` while the executor sleeps; a delivery takes a column.
pub fn by_hand() -> Run {
    let mut executor = Executor::new(3);
    for task in [1, 0, 2] {
        executor.poll_the_queue();
        executor.column += 1;
        executor.deliver(task);
    }
    executor.poll_the_queue();
    executor.run("machine letters=bac", &["a", "b", "c"])
}
