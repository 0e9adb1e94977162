//! What was seen of one run, and the questions a check asks of it.
//!
//! A check is value in, verdict out. It runs the learner's code once with [`see`] and then asks, in this
//! order: did it finish, is it right, how did it run. The first "no" is the verdict.

use std::fmt::{Debug, Display};
use std::thread::{self, ThreadId};

use crate::alone::first_panic;
use crate::clock::Stuck;
use crate::crew::{Apart, Crew, Outcome};
use crate::locks::Locks;
use crate::recorder::Recorder;
use crate::run::Run;
use crate::runs;
use crate::still::{self, Patience};
use crate::verdict::{Judged, Verdict};
use crate::watch::{Ended, watch, watched};
use crate::wording::{self, Words};

/// A run that came to its end: what it returned, and how it ran.
#[derive(Debug)]
pub struct Seen<T> {
    pub returned: T,
    pub run: Run,
    words: Words,
    caller: ThreadId,
    threads: Vec<ThreadId>,
}

/// Runs `code` under the watchdog, with its steps recorded by `recorder`.
///
/// # Errors
///
/// The verdict, if the code panicked anywhere, never ended, or was stopped by a probe.
pub fn see<T: Send + 'static>(
    words: &Words,
    recorder: &Recorder,
    code: impl FnOnce() -> T + Send + 'static,
) -> Result<Seen<T>, Verdict> {
    see_with_locks(words, recorder, &Locks::default(), code)
}

/// The same, for a task with [named locks](crate::locks): a deadlock says who holds what.
pub fn see_with_locks<T: Send + 'static>(
    words: &Words,
    recorder: &Recorder,
    locks: &Locks,
    code: impl FnOnce() -> T + Send + 'static,
) -> Result<Seen<T>, Verdict> {
    see_or(words, recorder, |run| locks.tangle().map(|tangle| wording::tangled(words, run, &tangle)), code)
}

/// The same, for a task that can tell why nobody moves: `why` is asked when every thread sleeps.
pub fn see_or<T: Send + 'static>(
    words: &Words,
    recorder: &Recorder,
    why: impl FnOnce(&Run) -> Option<Verdict>,
    code: impl FnOnce() -> T + Send + 'static,
) -> Result<Seen<T>, Verdict> {
    if watched() {
        return Err(wording::check_inside());
    }
    let ended = watch(move || (thread::current().id(), code()));
    let run = recorder.run(words.page);
    runs::keep(&run, words.package());
    if let Some(verdict) = recorder.fault() {
        return Err(verdict);
    }
    // A panic in a thread or a task of the learner's may go unnoticed by their code, but not here.
    if let Some(panic) = first_panic() {
        return Err(wording::panicked(words, &panic));
    }
    match ended {
        Ended::Returned((caller, returned)) => {
            Ok(Seen { returned, run, words: *words, caller, threads: recorder.threads() })
        }
        Ended::Panicked(panic) => Err(wording::panicked(words, &panic)),
        Ended::Asleep => Err(why(&run).unwrap_or_else(|| wording::asleep(words, &run))),
        Ended::NoEnd => Err(wording::no_end(words, &run)),
        Ended::Stopped | Ended::Busy => Err(wording::busy(words, &run)),
    }
}

impl<T> Seen<T> {
    /// Every step ran on the thread that called the code.
    pub fn on_one_thread(&self) -> Judged {
        match self.threads.iter().all(|&thread| thread == self.caller) {
            true => Ok(()),
            false => Err(wording::second_thread(&self.words, &self.run)),
        }
    }

    /// Nothing was still at work when the code returned.
    pub fn nothing_left_behind(&self, recorder: &Recorder) -> Judged {
        still::wait(Patience::Short);
        match recorder.run(&self.run.name) == self.run {
            true => Ok(()),
            false => Err(wording::left_behind(&self.words, &recorder.run(&self.run.name))),
        }
    }

    /// As many threads as given were inside the work at once, and never more.
    pub fn together(&self, crew: &Crew) -> Judged {
        let (words, run, given) = (&self.words, &self.run, crew.need());
        match crew.outcome() {
            Outcome::Together => Ok(()),
            Outcome::Crowded => Err(wording::too_many(words, run, given)),
            Outcome::Fewer { inside: 1, apart: Apart::KeptOut } => Err(wording::kept_out(words, run)),
            Outcome::Fewer { inside: 1, apart: Apart::StartedLater } => Err(wording::one_by_one(words, run)),
            Outcome::Nobody | Outcome::Fewer { inside: 0 | 1, .. } => Err(wording::one_worker(words, run, given)),
            Outcome::Fewer { inside, .. } => Err(wording::too_few(words, run, inside, given)),
        }
    }
}

impl<T> Seen<Result<(T, u64), Stuck>> {
    /// The run on the [paused clock](crate::clock) came to its end.
    pub fn finished_in_virtual_time(self) -> Result<Seen<T>, Verdict> {
        let Seen { returned, run, words, caller, threads } = self;
        match returned {
            Ok((returned, _)) => Ok(Seen { returned, run, words, caller, threads }),
            Err(Stuck) => Err(wording::stuck(&words, &run)),
        }
    }
}

impl<R: PartialEq + Display + Debug> Seen<Vec<R>> {
    /// One result for every task, in the order of the tasks, as `due` has them.
    pub fn returned(&self, due: &[R]) -> Judged {
        let (words, run, got) = (&self.words, &self.run, &self.returned);
        if got.len() != due.len() {
            return Err(wording::wrong_count(words, run, got.len(), due.len()));
        }
        match (0..due.len()).find(|&index| got[index] != due[index]) {
            None => Ok(()),
            Some(_) if same_in_some_order(got, due) => Err(wording::wrong_order(words, run)),
            Some(index) => {
                let name = run.tasks.get(index).map_or("?", |task| &task.name);
                Err(wording::wrong_result(words, run, name, &got[index], &due[index]))
            }
        }
    }
}

fn same_in_some_order<R: PartialEq>(got: &[R], due: &[R]) -> bool {
    let mut left: Vec<&R> = due.iter().collect();
    got.iter().all(|result| match left.iter().position(|due| *due == result) {
        Some(index) => {
            left.swap_remove(index);
            true
        }
        None => false,
    })
}
