//! A rendezvous for threads: were `k` of them inside the work at once, and never more?
//!
//! The first visit of every thread waits until `k` different threads are inside, so none can finish
//! without the others. Then all are held until nobody else can move: a thread too many
//! would come in now. This proves structure, on one core as on many. It cannot see cores: whether two
//! threads ran at the same *instant* is a fact about the machine, which [`crate::meter`] measures.
//!
//! Counting thread ids proves nothing: `spawn(…).join()` in a loop has many ids and no overlap.
//!
//! ```
//! use probes::crew::{Crew, Outcome};
//!
//! let crew = Crew::of(2);
//! std::thread::scope(|scope| {
//!     scope.spawn(|| crew.visit());
//!     scope.spawn(|| crew.visit());
//! });
//! assert_eq!(crew.outcome(), Outcome::Together);
//! ```
//!
//! A right answer must hand out at least `k` pieces of work, so give it more than `k`. Visit while a step of the
//! [recorder](crate::recorder) is open, so that the chart shows who met.
//!
//! Limits: threads that come when the crew has been let go are not counted; and stillness is a fact about a process, so
//! in a test use [`alone`](mod@crate::alone).

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use crate::still::{self, Patience};

/// A rendezvous of `need` threads inside the work.
#[derive(Debug)]
pub struct Crew {
    need: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    visitors: Vec<ThreadId>,
    phase: Phase,
    apart: Apart,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Gathering,
    /// All have come; is there one too many?
    Held,
    Together,
    Crowded,
    /// `inside` were there and nobody else came. Threads with a number below `ticket` existed already.
    Missed {
        inside: usize,
        ticket: Option<u64>,
    },
}

/// What the visits showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As many threads as asked for were inside at once, and no more.
    Together,
    /// At least one thread more than asked for was inside.
    Crowded,
    /// There were never enough.
    Fewer {
        /// The most threads that were inside at once.
        inside: usize,
        /// What became of the others.
        apart: Apart,
    },
    /// Nobody came at all.
    Nobody,
}

/// Why threads were not inside together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// No other thread ever came.
    NoOther,
    /// Another thread came later, and it had not been started before.
    StartedLater,
    /// Another thread existed all the time, and came in only afterwards: something kept it out.
    KeptOut,
}

impl Crew {
    /// A rendezvous of `need` threads, for one run. Where 0 are needed, the first visit is one too many.
    pub fn of(need: usize) -> Crew {
        let state = State { visitors: Vec::new(), phase: Phase::Gathering, apart: Apart::NoOther };
        Crew { need, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// How many threads have to be inside at once.
    pub fn need(&self) -> usize {
        self.need
    }

    /// To be called from inside the work. Only the first visit of a thread can wait.
    pub fn visit(&self) {
        let mut state = self.state();
        let me = thread::current().id();
        if state.visitors.contains(&me) {
            return;
        }
        state.visitors.push(me);
        match state.phase {
            // The first one looks on for all; the others sleep until it has decided.
            Phase::Gathering if state.visitors.len() == 1 => {
                drop(state);
                self.gather();
            }
            Phase::Gathering => drop(self.changed.wait_while(state, |state| state.undecided())),
            Phase::Held => {
                state.phase = Phase::Crowded;
                self.changed.notify_all();
            }
            Phase::Missed { ticket, .. } => {
                let started_before = number(me).zip(ticket).is_some_and(|(me, ticket)| me < ticket);
                state.apart = if started_before { Apart::KeptOut } else { Apart::StartedLater };
            }
            Phase::Together | Phase::Crowded => {}
        }
    }

    /// What the visits have shown so far.
    pub fn outcome(&self) -> Outcome {
        let state = self.state();
        match state.phase {
            Phase::Together | Phase::Held => Outcome::Together,
            Phase::Crowded => Outcome::Crowded,
            Phase::Missed { inside, .. } => Outcome::Fewer { inside, apart: state.apart },
            Phase::Gathering => Outcome::Nobody,
        }
    }

    /// Waits for the others, holds all of them for a moment, and lets everyone go.
    fn gather(&self) {
        still::wait_until(Patience::Long, || self.state().visitors.len() >= self.need);
        // A thread made now has a higher number than every thread that exists already.
        let ticket = thread::spawn(|| thread::current().id()).join().ok().and_then(number);
        let inside = self.state().visitors.len();
        if inside < self.need {
            return self.decide(Phase::Missed { inside, ticket });
        }
        if inside > self.need {
            return self.decide(Phase::Crowded);
        }
        self.state().phase = Phase::Held;
        still::wait_until(Patience::Short, || self.state().phase == Phase::Crowded);
        self.decide(Phase::Together);
    }

    fn decide(&self, phase: Phase) {
        let mut state = self.state();
        if state.undecided() {
            state.phase = phase;
        }
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn undecided(&self) -> bool {
        matches!(self.phase, Phase::Gathering | Phase::Held)
    }
}

/// The standard library numbers threads as they are made, and shows the number only as text. It serves
/// to tell two wrong answers apart, never to find one.
fn number(id: ThreadId) -> Option<u64> {
    format!("{id:?}").strip_prefix("ThreadId(")?.strip_suffix(')')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::sync::Mutex;

    /// A crew of two sees `due` when four pieces of work are done in the way given.
    fn sees(due: Outcome, work: impl FnOnce(&(dyn Fn() + Sync))) -> Judged {
        let crew = Crew::of(2);
        work(&|| crew.visit());
        assert_eq!(crew.outcome(), due);
        Ok(())
    }

    #[test]
    fn two_threads_with_two_pieces_each_are_together() -> Judged {
        let two_each = |visit: &(dyn Fn() + Sync)| {
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| (visit(), visit()));
                }
            })
        };
        alone(|| sees(Outcome::Together, two_each))
    }

    #[test]
    fn one_thread_is_alone() -> Judged {
        let by_itself = |visit: &(dyn Fn() + Sync)| (0..4).for_each(|_| visit());
        alone(|| sees(Outcome::Fewer { inside: 1, apart: Apart::NoOther }, by_itself))
    }

    #[test]
    fn a_thread_joined_before_the_next_is_started_meets_nobody() -> Judged {
        let in_turn = |visit: &(dyn Fn() + Sync)| {
            thread::scope(|scope| (0..4).for_each(|_| scope.spawn(visit).join().unwrap()));
        };
        alone(|| sees(Outcome::Fewer { inside: 1, apart: Apart::StartedLater }, in_turn))
    }

    #[test]
    fn a_lock_around_the_work_keeps_the_others_out() -> Judged {
        let lock = Mutex::new(());
        let locked = |visit: &(dyn Fn() + Sync)| {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        let _held = lock.lock();
                        visit();
                    });
                }
            })
        };
        alone(|| sees(Outcome::Fewer { inside: 1, apart: Apart::KeptOut }, locked))
    }

    #[test]
    fn a_thread_for_every_piece_is_a_crowd() -> Judged {
        let four = |visit: &(dyn Fn() + Sync)| {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(visit);
                }
            })
        };
        alone(|| sees(Outcome::Crowded, four))
    }

    /// Two visit; a third thread that never sleeps goes to work when `its_turn` has come.
    fn a_third_comes(its_turn: impl Fn(&Crew) -> bool + Sync, then: impl Fn(&Crew) + Sync) -> Outcome {
        let crew = Crew::of(2);
        thread::scope(|scope| {
            scope.spawn(|| crew.visit());
            scope.spawn(|| crew.visit());
            scope.spawn(|| {
                while !its_turn(&crew) {
                    thread::yield_now();
                }
                then(&crew);
            });
        });
        crew.outcome()
    }

    #[test]
    fn who_comes_while_all_are_held_is_one_too_many() -> Judged {
        let gathered = |crew: &Crew| crew.state().phase != Phase::Gathering;
        alone(move || {
            assert_eq!(a_third_comes(gathered, Crew::visit), Outcome::Crowded);
            Ok(())
        })
    }

    /// As many as given at once, and then others in their place: a thread a task, and a limit on them.
    #[test]
    fn who_comes_when_all_were_let_go_is_not_one_too_many() -> Judged {
        let let_go = |crew: &Crew| !crew.state().undecided();
        alone(move || {
            assert_eq!(a_third_comes(let_go, Crew::visit), Outcome::Together);
            Ok(())
        })
    }

    /// Somebody may ask before everyone was let go: who is held together was together.
    #[test]
    fn to_be_held_is_to_be_together() -> Judged {
        let gathered = |crew: &Crew| crew.state().phase != Phase::Gathering;
        let asks = |crew: &Crew| assert_eq!(crew.outcome(), Outcome::Together);
        alone(move || {
            assert_eq!(a_third_comes(gathered, asks), Outcome::Together);
            Ok(())
        })
    }

    #[test]
    fn a_thread_that_naps_on_its_way_is_waited_for() -> Judged {
        let late = |visit: &(dyn Fn() + Sync)| {
            thread::scope(|scope| {
                scope.spawn(visit);
                scope.spawn(|| {
                    thread::sleep(std::time::Duration::from_millis(50));
                    visit();
                });
            })
        };
        alone(|| sees(Outcome::Together, late))
    }
}
