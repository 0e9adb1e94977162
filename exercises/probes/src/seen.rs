//! What was seen of one run, and the questions a check asks of it.
//!
//! A check is value in, verdict out. It runs the learner's code once with [`see`] and then asks, in this
//! order: did it finish, is it right, how did it run. The first "no" is the verdict.
//!
//! Limits: call it inside [`alone`](mod@crate::alone). Stillness is a fact about all threads of a process, and the
//! other tests of a program are threads of it: beside them, right code may be called busy, and a panic in a thread that
//! nobody joins is not seen. Code that computes for more than three seconds is called busy as well, so give it little
//! to do.

use std::fmt::{Debug, Display};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread::{self, ThreadId};

use crate::alone::{answers, first_panic};
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
    /// What the code returned.
    pub returned: T,
    /// How it ran.
    pub run: Run,
    words: Words,
    caller: ThreadId,
    threads: Vec<ThreadId>,
}

/// Runs `code` under the watchdog, with its steps recorded by `recorder`.
///
/// # Errors
///
/// The verdict, if the code panicked anywhere, never ended, or was stopped by a probe. A panic counts even where it was
/// caught, except in files below `exercises/tasks/`.
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
    let tangled = |run: &Run| locks.tangle().map(|tangle| wording::tangled(words, run, &tangle));
    see_or(words, recorder, |hung, run| tangled(run).filter(|_| hung == Hung::Asleep), code)
}

/// How code did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hung {
    /// Every thread sleeps.
    Asleep,
    /// A thread still runs.
    Busy,
}

/// The same, for a task that can tell why the code did not come to its end.
pub fn see_or<T: Send + 'static>(
    words: &Words,
    recorder: &Recorder,
    why: impl FnOnce(Hung, &Run) -> Option<Verdict>,
    code: impl FnOnce() -> T + Send + 'static,
) -> Result<Seen<T>, Verdict> {
    let _seeing = Seeing::start().ok_or_else(wording::check_inside)?;
    let ended = watch(move || (thread::current().id(), code()));
    let run = recorder.run(words.page);
    runs::keep(|| recorder.to_keep(words.page), words.package());
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
        Ended::Asleep => Err(why(Hung::Asleep, &run).unwrap_or_else(|| wording::asleep(words, &run))),
        Ended::Napping => Err(wording::napping(&run)),
        Ended::NoEnd => Err(wording::no_end(words, &run)),
        Ended::Stopped | Ended::Busy => Err(why(Hung::Busy, &run).unwrap_or_else(|| wording::busy(words, &run))),
    }
}

/// While it is there, this process sees one run: the process of a check has no other at the same time, unless the code
/// calls a check.
struct Seeing;

static SEEING: AtomicBool = AtomicBool::new(false);

impl Seeing {
    fn start() -> Option<Seeing> {
        let inside = watched() || (answers() && SEEING.swap(true, SeqCst));
        (!inside).then_some(Seeing)
    }
}

impl Drop for Seeing {
    fn drop(&mut self) {
        SEEING.store(false, SeqCst);
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

    /// Nothing was still at work when the code returned, and nothing came to work until all others slept. `recorder` is
    /// the one that [`see`] was given. Limit: a thread that naps for more than 50 ms before its next step is not waited
    /// for.
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
            Outcome::Fewer { inside: 1, .. } if self.on_one_thread().is_err() => {
                Err(wording::one_started_worker(words, run, given))
            }
            Outcome::Nobody | Outcome::Fewer { inside: 0 | 1, .. } => Err(wording::one_worker(words, run, given)),
            Outcome::Fewer { inside, .. } => Err(wording::too_few(words, run, inside, given)),
        }
    }
}

impl<T> Seen<Result<(T, u64), Stuck>> {
    /// The run on the [paused clock](crate::clock) came to its end; for code that returns what
    /// [`paused`](crate::clock::paused) does.
    pub fn finished_in_virtual_time(self) -> Result<Seen<T>, Verdict> {
        let Seen { returned, run, words, caller, threads } = self;
        match returned {
            Ok((returned, _)) => Ok(Seen { returned, run, words, caller, threads }),
            // Virtual time passes while another thread works, so it was waited for in vain.
            Err(Stuck) if threads.iter().any(|&thread| thread != caller) => Err(wording::second_thread(&words, &run)),
            Err(Stuck) => Err(wording::stuck(&words, &run)),
        }
    }
}

impl<R: PartialEq + Display + Debug> Seen<Vec<R>> {
    /// One result for every task, in the order in which the tasks were added to the recorder, as `due` has them.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alone;
    use crate::recorder::Lane;
    use std::sync::{Arc, Barrier};

    const WORDS: Words = Words {
        page: "kitchen",
        task: "pot",
        tasks: "pots",
        worker: "cook",
        workers: "cooks",
        work: "a stir",
        results: "meals",
    };

    /// What is seen of code for two pots.
    fn seen<T: Send + 'static>(code: impl FnOnce([Lane; 2]) -> T + Send + 'static) -> Result<Seen<T>, Verdict> {
        let recorder = Recorder::default();
        let pots = ["soup", "rice"].map(|pot| recorder.task(pot));
        see(&WORDS, &recorder, move || code(pots))
    }

    /// A thread for those pots.
    fn stir_elsewhere<const POTS: usize>(pots: [Lane; POTS]) {
        thread::spawn(move || pots.iter().for_each(|pot| drop(pot.step()))).join().unwrap();
    }

    #[test]
    fn one_thread_is_the_callers_and_no_other() {
        let judged = [
            seen(|pots| pots.iter().for_each(|pot| drop(pot.step()))).unwrap().on_one_thread(),
            seen(|[soup, rice]| (drop(soup.step()), stir_elsewhere([rice])).1).unwrap().on_one_thread(),
            seen(stir_elsewhere).unwrap().on_one_thread(),
        ];
        let said = judged.map(|judged| judged.map_err(|verdict| verdict.headline.clone()));
        let second = Err("`interleaved` made a stir on another thread than its caller's".to_string());
        assert_eq!(said, [Ok(()), second.clone(), second]);
    }

    /// What is said of the code, which has three cooks to bring together.
    fn of_three(code: impl FnOnce(&Crew) + Send + 'static) -> String {
        let crew = Arc::new(Crew::of(3));
        let visited = crew.clone();
        seen(move |_| code(&visited)).unwrap().together(&crew).unwrap_err().headline.clone()
    }

    /// Two were there: that is what counts, and not what became of the third.
    #[test]
    fn two_of_three_are_too_few() -> Judged {
        alone(|| {
            let two = |crew: &Crew| thread::scope(|scope| [(); 2].map(|()| drop(scope.spawn(|| crew.visit()))));
            let later = of_three(move |crew| (two(crew), thread::scope(|scope| drop(scope.spawn(|| crew.visit())))).1);
            let kept_out = of_three(move |crew| {
                let go = Barrier::new(2);
                thread::scope(|scope| {
                    scope.spawn(|| (go.wait(), crew.visit()));
                    two(crew);
                    go.wait();
                });
            });
            assert_eq!([later, kept_out], ["only 2 of 3 cooks were at work at once"; 2]);
            Ok(())
        })
    }

    #[test]
    fn nobody_is_not_enough() {
        assert_eq!(of_three(|_| ()), "one cook did everything, and there was work for 3");
    }

    #[test]
    fn results_are_counted_then_compared_then_put_in_order() {
        let said = |got: &[i32], due: &[i32]| {
            let got = got.to_vec();
            seen(|_| got).unwrap().returned(due).unwrap_err().headline.clone()
        };
        assert_eq!(said(&[1, 2, 3], &[1, 2]), "3 meals came back for 2 pots");
        assert_eq!(said(&[1], &[1, 2]), "only 1 of 2 meals came back");
        assert_eq!(said(&[2, 1], &[1, 2]), "the meals are right, but not in the order of the pots");
        // The same meal twice is not the other order of two meals.
        assert_eq!(said(&[1, 1], &[1, 2]), "pot rice came out as 1, and it is 2");
    }

    /// Without the hook of a check's process, as in a test of this crate, the watchdog tells of the panic.
    #[test]
    fn a_panic_is_told_in_its_own_words() {
        assert_eq!(seen(|_| -> () { panic!("no more tea") }).unwrap_err().headline, "no more tea");
    }

    #[test]
    fn a_deadlock_of_named_locks_says_who_holds_what() -> Judged {
        alone(|| {
            let locks = Locks::default();
            let till = locks.lock("the till", ());
            let twice = move || drop((till.lock("ann"), till.lock("ann")));
            let said = see_with_locks(&WORDS, &Recorder::default(), &locks, twice).unwrap_err();
            assert_eq!(said.note, "ann holds the till and waits for the till");
            Ok(())
        })
    }
}
