//! A queue of tasks that were woken, a bell for each task, and a loop that polls: on one thread, then on several.

use tasks::ch05_executor::Task;

/// Runs all `tasks` on the thread of the caller: polls each once, and again when it was woken, and sleeps while
/// there is nothing to poll.
///
/// Returns one output a task, in the order of the tasks.
pub fn interleaved<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    // TODO: Queue: the numbers of the tasks to poll, where a waker can reach them; at first, all numbers.
    // Bell: a type of your own that implements `Wake`: it knows its number and the queue, and queues it once.
    // Poll: take a number, let its bell be rung again from now on, and poll that task with its bell as the waker.
    // Sleep: while the queue is empty and a task is unfinished, until a bell rings.
    // Collect: the outputs, in the order of the tasks.
    todo!("poll {} tasks on this thread, each when it was woken", tasks.len())
}

/// Runs all `tasks` with `workers` threads (at least one), which take the tasks to poll from one queue.
///
/// Returns one output a task, in the order of the tasks.
pub fn multicore<T: Send>(tasks: Vec<Task<T>>, workers: usize) -> Vec<T> {
    // TODO: Start: in a `thread::scope`, spawn every worker; each runs the loop above.
    // One hand: a task may be woken while it is polled. Who polls it again, and when?
    // Tidy up: whoever finishes the last task tells those who sleep at the queue.
    todo!("poll {} tasks with {workers} threads that share a queue", tasks.len())
}
