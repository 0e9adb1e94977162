//! Wrong on purpose: change a line or two until `cargo run --example ch05-broken` passes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use probes::{Reported, program};
use tasks::ch05_executor::{Task, check};

/// A number to poll for, once in the queue however often it rings, and a thread to wake.
struct Bell {
    task: usize,
    queue: Arc<Mutex<VecDeque<usize>>>,
    thread: Thread,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let mut queue = self.queue.lock().unwrap();
        if !queue.contains(&self.task) {
            queue.push_back(self.task);
        }
        self.thread.unpark();
    }
}

/// Polls whatever stands first in the queue, and sleeps while it is empty. Or so it seems.
fn interleaved(mut tasks: Vec<Task<char>>) -> Vec<char> {
    let mut outputs = vec![None; tasks.len()];
    let queue = Arc::new(Mutex::new((0..tasks.len()).collect::<VecDeque<_>>()));
    while outputs.contains(&None) {
        let first = queue.lock().unwrap().front().copied();
        let Some(task) = first else {
            thread::park();
            continue;
        };
        let bell = Bell { task, queue: queue.clone(), thread: thread::current() };
        let waker = Waker::from(Arc::new(bell));
        if outputs[task].is_none()
            && let Poll::Ready(output) = tasks[task].as_mut().poll(&mut Context::from_waker(&waker))
        {
            outputs[task] = Some(output);
        }
        queue.lock().unwrap().pop_front();
    }
    outputs.into_iter().flatten().collect()
}

fn main() -> Reported {
    Reported(program("ch05-broken", || check::interleaved(interleaved)))
}
