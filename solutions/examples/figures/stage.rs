//! Where a run takes place: threads to run on, a clock, and a record of every step.

use probes::Run;
use probes::clock;
use probes::run::{Step, Task};
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

#[derive(Clone)]
pub struct Stage {
    threads: Arc<Semaphore>,
    start: Instant,
    steps: Arc<Mutex<Vec<(usize, Step)>>>,
}

impl Stage {
    /// Runs for `ms` on a thread, once it is this task's turn to have one.
    pub async fn work(&self, task: usize, ms: u64) {
        let _thread = self.threads.acquire().await.unwrap();
        self.step(task, 1, ms).await;
    }

    /// Takes `ms` and needs no thread.
    pub async fn elsewhere(&self, task: usize, ms: u64) {
        self.step(task, 0, ms).await;
    }

    pub async fn until(&self, ms: u64) {
        sleep_until(self.start + Duration::from_millis(ms)).await;
    }

    async fn step(&self, task: usize, thread: usize, len: u64) {
        let start = self.start.elapsed().as_millis() as u64;
        self.steps.lock().unwrap().push((task, Step { thread, start, len }));
        sleep(Duration::from_millis(len)).await;
    }
}

/// Starts all of them, in this order, and waits for all.
pub async fn all<T: Future<Output = ()> + Send + 'static>(tasks: impl Iterator<Item = T>) {
    tasks.collect::<JoinSet<()>>().join_all().await;
}

pub fn record(name: &str, threads: usize, tasks: &[&str], play: impl AsyncFnOnce(Stage)) -> Run {
    let steps = Arc::default();
    let played = clock::paused(async {
        let stage =
            Stage { threads: Arc::new(Semaphore::new(threads)), start: Instant::now(), steps: Arc::clone(&steps) };
        play(stage).await;
    });
    played.expect("every run of a figure ends");
    let steps = numbered(steps.lock().unwrap().clone());
    Run { name: name.into(), tasks: tasks.iter().enumerate().map(|(at, name)| task(name, at, &steps)).collect() }
}

/// Threads are numbered after the run, the lowest free one first, in order of start and task: which permit a
/// step got says nothing about the run.
fn numbered(mut steps: Vec<(usize, Step)>) -> Vec<(usize, Step)> {
    steps.sort_by_key(|(task, step)| (step.start, *task));
    let mut busy_until: Vec<u64> = Vec::new();
    for (_, step) in steps.iter_mut().filter(|(_, step)| step.thread > 0) {
        let free = busy_until.iter().position(|&end| end <= step.start).unwrap_or(busy_until.len());
        busy_until.resize(busy_until.len().max(free + 1), 0);
        busy_until[free] = step.end();
        step.thread = free + 1;
    }
    steps
}

/// The task at place `at`, in progress from its first step to its last.
pub fn task(name: &str, at: usize, steps: &[(usize, Step)]) -> Task {
    let steps: Vec<Step> = steps.iter().filter(|(task, _)| *task == at).map(|(_, step)| *step).collect();
    let (first, last) = (steps.first().map(|step| step.start), steps.last().map(Step::end));
    Task { name: name.into(), first, last, steps }
}
