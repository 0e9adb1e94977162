//! Simulated cores: the same design on 1, 2, 4, 8 or 16 of them, with exact finishing times.
//!
//! A step that needs a core waits until one is free and then takes it for some virtual milliseconds. So the
//! finishing time is a property of the design and of the number of cores, and not of this machine.
//!
//! ```
//! use probes::{clock::paused, cores::Cores};
//!
//! let eight_jobs_on = |cores: usize| {
//!     let cores = Cores::new(cores);
//!     let jobs = (0..8).map(|job| cores.task(format!("job{job}")));
//!     let all = jobs.map(|job| async move { job.work(10).await }).collect::<Vec<_>>();
//!     let run = async {
//!         let mut running = tokio::task::JoinSet::new();
//!         all.into_iter().for_each(|job| drop(running.spawn(job)));
//!         running.join_all().await;
//!     };
//!     paused(run).unwrap().1
//! };
//! assert_eq!([1, 2, 4, 8, 16].map(eight_jobs_on), [80, 40, 20, 10, 10]);
//! ```
//!
//! Cores are handed out in the order in which they were asked for. A simulated core has no name of its own, so in the
//! [`Run`] threads are numbered afterwards: lowest free first, in order of (start, task). That rule makes Rust and the
//! book's figures agree on names, not only on times. For a check whose threads are these, give the recorder `move ||
//! cores.run("yard")` with [`Recorder::drawn_by`](crate::Recorder::drawn_by), and the kept run shows them.
//!
//! Limits: inside [`clock::paused`](crate::clock::paused) only. What real cores do to each other, through caches and
//! memory, is not here. A step that is cancelled is drawn in full. Without a core, nobody ever works.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

use crate::run::{Run, Step, Task};

/// A machine with so many cores, on a paused clock. Clones are the same machine.
#[derive(Clone, Debug)]
pub struct Cores {
    free: Arc<Semaphore>,
    log: Arc<Mutex<Log>>,
}

#[derive(Debug, Default)]
struct Log {
    start: Option<Instant>,
    names: Vec<String>,
    /// `(task, needs a core, from, for so long)`, in order of starting.
    steps: Vec<(usize, bool, u64, u64)>,
}

/// One task on the machine: a row of the chart.
#[derive(Clone, Debug)]
pub struct CoreTask {
    cores: Cores,
    index: usize,
}

impl Cores {
    /// A machine with `cores` cores.
    pub fn new(cores: usize) -> Cores {
        Cores { free: Arc::new(Semaphore::new(cores)), log: Arc::default() }
    }

    /// Adds a task; it is in progress from its first step to its last.
    pub fn task(&self, name: impl Into<String>) -> CoreTask {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.names.push(name.into());
        CoreTask { cores: self.clone(), index: log.names.len() - 1 }
    }

    /// The run so far, in virtual milliseconds since its first step.
    pub fn run(&self, name: &str) -> Run {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).to_run(name)
    }
}

impl CoreTask {
    /// Works for `ms` virtual milliseconds, on a core. Waits until one is free.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn work(&self, ms: u64) {
        let core = self.cores.free.acquire().await.expect("the machine is never closed");
        self.step(true, ms).await;
        drop(core);
    }

    /// Takes `ms` virtual milliseconds and no core: something else does the work, as a slope does for a cart.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn elsewhere(&self, ms: u64) {
        self.step(false, ms).await;
    }

    async fn step(&self, needs_a_core: bool, ms: u64) {
        {
            let mut log = self.cores.log.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let start = now.duration_since(*log.start.get_or_insert(now)).as_millis() as u64;
            log.steps.push((self.index, needs_a_core, start, ms));
        }
        sleep(Duration::from_millis(ms)).await;
    }
}

impl Log {
    fn to_run(&self, name: &str) -> Run {
        let mut order: Vec<usize> = (0..self.steps.len()).collect();
        order.sort_by_key(|&step| (self.steps[step].2, self.steps[step].0));
        let mut tasks: Vec<Task> =
            self.names.iter().map(|name| Task { name: name.clone(), first: None, last: None, steps: vec![] }).collect();
        let mut busy_until: Vec<u64> = Vec::new();
        for step in order {
            let (task, needs_a_core, start, len) = self.steps[step];
            let thread = if needs_a_core { lowest_free(&mut busy_until, start, start + len) } else { 0 };
            let task = &mut tasks[task];
            task.first = task.first.or(Some(start));
            task.last = task.last.max(Some(start + len));
            task.steps.push(Step { thread, start, len });
        }
        Run { name: name.into(), tasks }
    }
}

/// Books the first thread that is free at `start`; threads count from 1.
fn lowest_free(busy_until: &mut Vec<u64>, start: u64, end: u64) -> usize {
    let free = busy_until.iter().position(|&until| until <= start).unwrap_or(busy_until.len());
    if free == busy_until.len() {
        busy_until.push(0);
    }
    busy_until[free] = end;
    free + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::paused;

    #[test]
    fn two_tasks_share_one_core_and_have_one_each_on_two() {
        let charts = [1, 2].map(|cores| {
            let cores = Cores::new(cores);
            let (soup, rice) = (cores.task("soup"), cores.task("rice"));
            let stir = |pot: CoreTask| async move {
                pot.work(1).await;
                pot.work(1).await;
            };
            paused(async { tokio::join!(stir(soup), stir(rice)) }).unwrap();
            cores.run("kitchen").to_string()
        });
        assert_eq!(
            charts,
            [
                "run kitchen threads=1 ends=4 dealing=2 doing=1\ntask soup 0..3 1@0+1 1@2+1\ntask rice 1..4 1@1+1 1@3+1\n",
                "run kitchen threads=2 ends=2 dealing=2 doing=2\ntask soup 0..2 1@0+1 1@1+1\ntask rice 0..2 2@0+1 2@1+1\n",
            ]
        );
    }

    #[test]
    fn what_happens_elsewhere_needs_no_core() {
        let cores = Cores::new(1);
        let (cart, crab) = (cores.task("cart"), cores.task("crab"));
        let (_, took) = paused(async { tokio::join!(cart.elsewhere(5), crab.work(5)) }).unwrap();
        assert_eq!((took, cores.run("yard").doing()), (5, 1));
    }

    /// A task may have two steps at once, as a cook has two hands: it ends with the one that ends last.
    #[test]
    fn a_task_ends_with_the_step_that_ends_last() {
        let cores = Cores::new(2);
        let cook = cores.task("cook");
        paused(async { tokio::join!(cook.work(5), cook.work(1)) }).unwrap();
        assert_eq!(cores.run("kitchen").tasks[0].to_string(), "task cook 0..5 1@0+5 2@0+1");
    }
}
