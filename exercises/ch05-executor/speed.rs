//! Ten thousand tasks that wake each other: the plain loop, your executor, the one in `solutions`, and tokio's.
//!
//! `cargo run --release -p ch05 --example speed --features speed`

use std::env::args;
use std::hint::black_box;
use std::panic::{catch_unwind, set_hook, take_hook};
use std::thread;

use probes::speed::{Contender, compare, table};
use tasks::ch05_executor::{Gate, Task, reference, step_aside};
use tokio::runtime::Builder;

const TASKS: usize = 10_000;
/// So many of them are awake at a moment, one in each ring; the others wait for their neighbour.
const AWAKE: usize = 100;
const ROUNDS: usize = 9;

type OneThread = fn(Vec<Task<usize>>) -> Vec<usize>;
type SeveralThreads = fn(Vec<Task<usize>>, usize) -> Vec<usize>;

fn main() {
    let yours: OneThread = ch05::interleaved;
    let mut one_thread: Vec<(&str, OneThread)> = vec![("the plain loop", reference)];
    if written(|| yours(vec![])) {
        one_thread.push(("your interleaved", yours));
    }
    one_thread.push(("the solution", solutions::ch05_executor::interleaved));
    let mut contenders: Vec<Contender<'_>> = Vec::new();
    for (name, run) in one_thread {
        contenders.push((name, Box::new(move || drop(black_box(run(rings()))))));
    }
    contenders.push(("tokio, current thread", Box::new(|| drop(black_box(on_tokio())))));
    println!("{TASKS} tasks in {AWAKE} rings wake each other, one awake in each, on one thread:\n");
    println!("{}", table(&compare(ROUNDS, contenders)));

    let workers: Vec<usize> = args().skip(1).map(|word| word.parse().expect("numbers of workers")).collect();
    let most = thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
    let workers = if workers.is_empty() { vec![most] } else { workers };
    let yours: SeveralThreads = ch05::multicore;
    let mut several: Vec<(String, SeveralThreads, usize)> =
        vec![("interleaved, the solution".into(), |tasks, _| solutions::ch05_executor::interleaved(tasks), 1)];
    // Names that end in a number are points of one line.
    if written(|| yours(vec![], 1)) {
        several.extend(workers.iter().map(|&n| (format!("yours on {n}"), yours, n)));
    }
    let theirs: SeveralThreads = solutions::ch05_executor::multicore;
    several.extend(workers.iter().map(|&n| (format!("solution on {n}"), theirs, n)));
    let race = |title: &str, tasks: fn() -> Vec<Task<usize>>| {
        let contenders = several
            .iter()
            .map(|&(ref name, run, n)| -> Contender<'_> { (name, Box::new(move || drop(black_box(run(tasks(), n))))) });
        println!("{title}:\n\n{}", table(&compare(ROUNDS, contenders.collect())));
    };
    race("The same rings: polls that do next to nothing", rings);
    race("Polls that compute for some microseconds", computing);
}

/// Whether a function is more than a `todo!`.
fn written(call: impl FnOnce() -> Vec<usize> + std::panic::UnwindSafe) -> bool {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let written = catch_unwind(call).is_ok();
    set_hook(hook);
    if !written {
        println!("(yours is not written yet, or panics: it is left out)\n");
    }
    written
}

/// As many rings as tasks are awake at a moment. Every task waits for its neighbour, then wakes the next, ten
/// times.
fn rings() -> Vec<Task<usize>> {
    let gates = gates();
    let task =
        |index: usize| -> Task<usize> { Box::pin(neighbour(index, gates[index].clone(), gates[next(index)].clone())) };
    (0..TASKS).map(task).collect()
}

/// A gate for every task. The first of each ring is open.
fn gates() -> Vec<Gate> {
    let gates: Vec<_> = (0..TASKS).map(|_| Gate::default()).collect();
    gates[..AWAKE].iter().for_each(Gate::open);
    gates
}

/// The neighbour in the ring stands somewhere else in the list: no executor gains by the order.
fn next(index: usize) -> usize {
    let (place, ring, places) = (index / AWAKE, index % AWAKE, TASKS / AWAKE);
    (place + 37) % places * AWAKE + ring
}

async fn neighbour(index: usize, mine: Gate, next: Gate) -> usize {
    for _ in 0..10 {
        mine.pass().await;
        next.open();
    }
    index
}

/// The same tasks as tokio has them: spawned, each into a box of tokio's own.
fn on_tokio() -> Vec<usize> {
    let runtime = Builder::new_current_thread().build().expect("a runtime on this thread");
    runtime.block_on(async {
        let gates = gates();
        let spawn = |index: usize| tokio::spawn(neighbour(index, gates[index].clone(), gates[next(index)].clone()));
        let tasks: Vec<_> = (0..TASKS).map(spawn).collect();
        let mut outputs = Vec::with_capacity(TASKS);
        for task in tasks {
            outputs.push(task.await.expect("no task panics"));
        }
        outputs
    })
}

fn computing() -> Vec<Task<usize>> {
    let task = |index| -> Task<usize> {
        Box::pin(async move {
            let mut sum = index;
            for _ in 0..10 {
                sum = (0..10_000).fold(sum, |sum, number| black_box(sum ^ number));
                step_aside().await;
            }
            sum
        })
    };
    (0..TASKS / 10).map(task).collect()
}
