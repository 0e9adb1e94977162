//! A recorder of steps: which task, on which thread, in which order.
//!
//! ```
//! let recorder = probes::Recorder::default();
//! let [soup, rice] = ["soup", "rice"].map(|pot| recorder.task(pot));
//! for pot in [&soup, &rice, &soup, &rice] {
//!     let _stirring = pot.step();
//! }
//! [soup, rice].iter().for_each(probes::Lane::finish);
//! let run = recorder.run("kitchen");
//! assert_eq!((run.dealing(), run.doing()), (2, 1));
//! ```
//!
//! The time of a recorded run is logical: a column ends when a step starts after another has ended. So
//! steps that share a column overlapped, and no clock was asked.
//!
//! Threads are numbered after the run, in order of (start, task) of their first step, so that a run has the same
//! names whoever was a moment faster within a column.
//!
//! Limits: what code does between two steps is not seen, nor how long a step took, nor on which core.

use std::fmt;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use crate::alone::if_aborted;
use crate::run::{Run, Step, Task};
use crate::verdict::Verdict;

/// Records the steps of one run. Clones share the record.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    lanes: Vec<String>,
    events: Vec<Event>,
    fault: Option<Verdict>,
    drawn: Option<Drawn>,
}

/// Draws the run in another way than step by step.
type Drawn = Arc<dyn Fn() -> Run + Send + Sync>;

#[derive(Clone, Copy)]
struct Event {
    lane: usize,
    what: What,
    thread: ThreadId,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    StepStarts,
    StepEnds,
    Finished,
}

/// What a stopped run is unwound with. It is no panic: nothing is printed.
#[derive(Debug)]
pub struct Stopped;

/// One task of a recorded run: a row of the chart sorted by task.
#[derive(Clone)]
pub struct Lane {
    recorder: Recorder,
    index: usize,
}

/// Proof that a step is running; it ends when this is dropped.
#[derive(Debug)]
#[must_use = "the step ends when this is dropped"]
pub struct Inside(Lane);

impl Recorder {
    /// Adds a task. It is in progress from its first step until [`Lane::finish`]. Its place in the record is the place
    /// of its result, and its name is best one short word: a chart has no room for more.
    pub fn task(&self, name: impl Into<String>) -> Lane {
        let mut log = self.log();
        log.lanes.push(name.into());
        Lane { recorder: self.clone(), index: log.lanes.len() - 1 }
    }

    /// The run so far, as data.
    pub fn run(&self, name: &str) -> Run {
        self.log().to_run(name)
    }

    /// For a task whose threads are not the machine's, such as [simulated cores](crate::cores): what is
    /// [kept](crate::runs) of this run is what `drawn` draws.
    pub fn drawn_by(&self, drawn: impl Fn() -> Run + Send + Sync + 'static) {
        self.log().drawn = Some(Arc::new(drawn));
    }

    /// The run as it is kept.
    pub(crate) fn to_keep(&self, name: &str) -> Run {
        let drawn = self.log().drawn.clone();
        drawn.map_or_else(|| self.run(name), |drawn| drawn())
    }

    /// The threads that ran steps, in order of their first step.
    pub fn threads(&self) -> Vec<ThreadId> {
        self.log().threads()
    }

    /// Ends the run here and now with a verdict, and unwinds the thread that asked, without a panic
    /// message. The first verdict stands; a step that starts afterwards unwinds as well.
    pub fn stop(&self, verdict: impl FnOnce(&Run) -> Verdict) -> ! {
        let mut log = self.log();
        if log.fault.is_none() {
            let fault = verdict(&log.to_run("stopped"));
            // Where nobody catches what unwinds, the process is aborted.
            if_aborted(&fault);
            log.fault = Some(fault);
        }
        drop(log);
        resume_unwind(Box::new(Stopped))
    }

    /// The verdict that stopped the run, if one did.
    pub fn fault(&self) -> Option<Verdict> {
        self.log().fault.clone()
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, lane: usize, what: What) {
        self.log().events.push(Event { lane, what, thread: thread::current().id() });
    }
}

impl Lane {
    /// Starts a step of this task on this thread; it runs until the guard is dropped. Drop it on the same thread, and
    /// hold it over no `.await`: a step that ends elsewhere has no end, and two steps that are open on one thread count
    /// as two that run.
    pub fn step(&self) -> Inside {
        if self.recorder.log().fault.is_some() {
            resume_unwind(Box::new(Stopped));
        }
        self.recorder.push(self.index, What::StepStarts);
        Inside(self.clone())
    }

    /// The task is finished with its latest step; said more than once, it is still finished.
    pub fn finish(&self) {
        self.recorder.push(self.index, What::Finished);
    }

    /// This task's place in the run's list of tasks.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The record that this task belongs to.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.recorder.push(self.0.index, What::StepEnds);
    }
}

impl Log {
    fn threads(&self) -> Vec<ThreadId> {
        let mut threads = Vec::new();
        for event in self.events.iter().filter(|event| event.what == What::StepStarts) {
            if !threads.contains(&event.thread) {
                threads.push(event.thread);
            }
        }
        threads
    }

    fn to_run(&self, name: &str) -> Run {
        let times = self.times();
        let mut starts: Vec<(u64, usize, ThreadId)> = self.events.iter().zip(&times).filter_map(Log::start).collect();
        starts.sort_by_key(|&(time, lane, _)| (time, lane));
        let mut threads: Vec<ThreadId> = Vec::new();
        for (_, _, thread) in starts {
            if !threads.contains(&thread) {
                threads.push(thread);
            }
        }
        let number = |thread| threads.iter().position(|&known| known == thread).map_or(0, |index| index + 1);
        let tasks = (0..self.lanes.len()).map(|lane| self.to_task(lane, &times, number)).collect();
        Run { name: name.into(), tasks }
    }

    fn start((event, &time): (&Event, &u64)) -> Option<(u64, usize, ThreadId)> {
        (event.what == What::StepStarts).then_some((time, event.lane, event.thread))
    }

    /// The logical time of every event. The clock ticks when a step starts after one has ended.
    fn times(&self) -> Vec<u64> {
        let (mut now, mut ended) = (0, false);
        let mut tick = |event: &Event| {
            match event.what {
                What::StepStarts if ended => (now, ended) = (now + 1, false),
                What::StepEnds => ended = true,
                _ => {}
            }
            now
        };
        self.events.iter().map(&mut tick).collect()
    }

    fn to_task(&self, lane: usize, times: &[u64], number: impl Fn(ThreadId) -> usize) -> Task {
        let now = times.last().map_or(0, |last| last + 1);
        let (mut steps, mut finished): (Vec<Step>, bool) = (Vec::new(), false);
        let mut running: Vec<(ThreadId, usize)> = Vec::new();
        for (event, &time) in self.events.iter().zip(times).filter(|(event, _)| event.lane == lane) {
            match event.what {
                What::StepStarts => {
                    running.push((event.thread, steps.len()));
                    // Until its end is seen, a step lasts as long as the record does.
                    steps.push(Step { thread: number(event.thread), start: time, len: now - time });
                }
                What::StepEnds => {
                    if let Some(last) = running.iter().rposition(|(thread, _)| *thread == event.thread) {
                        let step = &mut steps[running.remove(last).1];
                        step.len = time + 1 - step.start;
                    }
                }
                What::Finished => finished = true,
            }
        }
        let last = steps.iter().map(Step::end).max().filter(|_| finished);
        Task { name: self.lanes[lane].clone(), first: steps.first().map(|step| step.start), last, steps }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recorder({})", self.run("…"))
    }
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lane({})", self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn steps_in_turn_take_a_column_each() {
        let recorder = Recorder::default();
        let (a, b) = (recorder.task("a"), recorder.task("b"));
        for lane in [&a, &b, &a] {
            drop(lane.step());
        }
        a.finish();
        assert_eq!(
            recorder.run("x").to_string(),
            "run x threads=1 ends=3 dealing=2 doing=1\ntask a 0..3 1@0+1 1@2+1\ntask b 1.. 1@1+1\n"
        );
    }

    #[test]
    fn steps_that_overlap_share_a_column() {
        let recorder = Recorder::default();
        let inside = Barrier::new(2);
        thread::scope(|scope| {
            for name in ["a", "b"] {
                let lane = recorder.task(name);
                let inside = &inside;
                scope.spawn(move || {
                    let _step = lane.step();
                    inside.wait();
                });
            }
        });
        assert_eq!((recorder.run("x").doing(), recorder.run("x").ends()), (2, 1));
    }

    #[test]
    fn a_second_thread_alone_does_not_make_two_steps_overlap() {
        let recorder = Recorder::default();
        for name in ["a", "b"] {
            let lane = recorder.task(name);
            thread::spawn(move || drop(lane.step())).join().unwrap();
        }
        let run = recorder.run("x");
        assert_eq!((run.threads(), run.dealing(), run.doing()), (2, 2, 1));
    }

    /// A step within a step of the same task: the inner one ends first.
    #[test]
    fn steps_on_one_thread_end_inside_out() {
        let recorder = Recorder::default();
        let (pot, other) = (recorder.task("pot"), recorder.task("other"));
        let outer = pot.step();
        drop(pot.step());
        drop(other.step());
        drop(outer);
        let steps = recorder.run("x").tasks[0].steps.iter().map(|step| step.len).collect::<Vec<_>>();
        assert_eq!(steps, [2, 1]);
    }

    /// Two threads in one task: each ends its own step, and the task ends with the last.
    #[test]
    fn a_step_ends_on_its_own_thread() {
        let recorder = Recorder::default();
        let (pot, other) = (recorder.task("pot"), recorder.task("other"));
        let mine = pot.step();
        let (inside, leave) = (Barrier::new(2), Barrier::new(2));
        thread::scope(|scope| {
            scope.spawn(|| {
                let _theirs = pot.step();
                inside.wait();
                leave.wait();
            });
            inside.wait();
            drop(mine);
            drop(other.step());
            leave.wait();
        });
        pot.finish();
        assert_eq!(recorder.run("x").tasks[0].to_string(), "task pot 0..2 1@0+1 2@0+2");
    }

    #[test]
    fn a_step_without_an_end_lasts_as_long_as_the_record() {
        let recorder = Recorder::default();
        let (pot, other) = (recorder.task("pot"), recorder.task("other"));
        let _open = pot.step();
        drop(other.step());
        drop(other.step());
        assert_eq!(recorder.run("x").tasks[0].to_string(), "task pot 0.. 1@0+2");
    }

    /// Threads have numbers in the order of their first steps; to finish a task is no step.
    #[test]
    fn a_thread_that_runs_no_step_has_no_number() {
        let recorder = Recorder::default();
        let pot = recorder.task("pot");
        thread::scope(|scope| drop(scope.spawn(|| pot.finish())));
        drop(pot.step());
        assert_eq!((recorder.threads(), recorder.run("x").threads()), (vec![thread::current().id()], 1));
    }

    #[test]
    fn the_first_verdict_stands_and_no_step_starts_after_it() {
        let recorder = Recorder::default();
        let pot = recorder.task("pot");
        for headline in ["first", "second"] {
            let stopped = thread::scope(|scope| scope.spawn(|| recorder.stop(|_| Verdict::new(headline))).join());
            assert!(stopped.unwrap_err().is::<Stopped>());
        }
        assert_eq!(recorder.fault().unwrap().headline, "first");
        let late = thread::scope(|scope| scope.spawn(|| drop(pot.step())).join());
        assert!(late.unwrap_err().is::<Stopped>());
    }

    /// One tick for all that ended before: those who start together afterwards share a column.
    #[test]
    fn steps_that_start_after_an_end_may_overlap() {
        let recorder = Recorder::default();
        let [a, b, c] = ["a", "b", "c"].map(|name| recorder.task(name));
        drop(a.step());
        let _both = (b.step(), c.step());
        assert_eq!((recorder.run("x").doing(), recorder.run("x").ends()), (2, 2));
    }
}
