//! An explorer: runs a small async program in *every* order that its await points allow.
//!
//! The program passes a [`Turnstile`] before each of its steps. When nobody can go on by themselves, one of those at
//! the turnstile is let through, and the explorer comes back for every other choice. So it needs no luck to find a
//! schedule that goes wrong, and "none found" means that there is none.
//!
//! Two sellers and one seat: each looks whether a seat is free, then takes it. No second core is needed to sell it
//! twice.
//!
//! ```
//! use probes::explore::{explore, Turnstile};
//! use std::{cell::Cell, rc::Rc};
//!
//! async fn sell(seats: Rc<Cell<i32>>, turnstile: Turnstile, seller: usize) {
//!     turnstile.pass(seller).await;
//!     if seats.get() > 0 {
//!         turnstile.pass(seller).await;
//!         seats.set(seats.get() - 1);
//!     }
//! }
//!
//! let schedules = explore(&["ann", "bob"], |turnstile| async move {
//!     let seats = Rc::new(Cell::new(1));
//!     let (ann, bob) = (sell(seats.clone(), turnstile.clone(), 0), sell(seats.clone(), turnstile, 1));
//!     tokio::join!(ann, bob);
//!     seats.get()
//! });
//! assert_eq!(schedules.len(), 6);
//! assert_eq!(schedules.iter().filter(|schedule| schedule.outcome == Some(-1)).count(), 4);
//! ```
//!
//! Limits: it sees the switches at a turnstile, and only those. The program must be the same every time but for the
//! schedule: no `select!` without `biased`, no random order, no thread of its own. It must not wait for a time: who
//! sleeps counts as stuck. It must not go round without an end, or the explorer never comes back. And the schedules are
//! many: two tasks of five steps have 252, three of three have 1680.
//!
//! To run a program in all its orders is called systematic testing; CHESS did it for threads. For threads in Rust, and
//! for the orders that weak memory adds, there is loom.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, LocalSet};

use crate::run::Run;
use crate::steps::one_core;

/// Where every step of the program waits until it is let through. Clones are the same turnstile.
#[derive(Clone, Debug, Default)]
pub struct Turnstile(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    arrivals: u64,
    /// Those who wait, by task and arrival, so that the order of choices never depends on luck.
    at_the_gate: BTreeMap<(usize, u64), oneshot::Sender<()>>,
}

/// One schedule: who was let through, in order, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule<T> {
    tasks: Vec<String>,
    /// The task of every step, from the first to the last.
    pub steps: Vec<usize>,
    /// What the program returned; `None` if it was stuck: it had not ended, and nobody could go on.
    pub outcome: Option<T>,
    /// At each step, which of those who waited was chosen: what [`replay`] follows.
    choices: Vec<usize>,
}

impl<T> Schedule<T> {
    /// The schedule as a run on one thread: a column a step. A task that is stuck stays in progress.
    pub fn run(&self, name: &str) -> Run {
        let names: Vec<&str> = self.tasks.iter().map(String::as_str).collect();
        let mut run = one_core(name, &names, &self.steps);
        if self.outcome.is_none() {
            run.tasks.iter_mut().for_each(|task| task.last = None);
        }
        run
    }
}

impl Turnstile {
    /// Waits until the task `who` is let through.
    ///
    /// `who` is its place in the list of names that [`explore`] was given. [`replay`] panics at a number beyond.
    pub async fn pass(&self, who: usize) {
        let (open, opened) = oneshot::channel();
        {
            let mut waiting = self.waiting();
            waiting.arrivals += 1;
            let place = (who, waiting.arrivals);
            waiting.at_the_gate.insert(place, open);
        }
        let _ = opened.await;
    }

    /// Lets one of those who wait through: which, of how many.
    fn open(&self, choice: usize) -> Option<usize> {
        let mut waiting = self.waiting();
        let place = *waiting.at_the_gate.keys().nth(choice)?;
        let open = waiting.at_the_gate.remove(&place)?;
        let _ = open.send(());
        Some(place.0)
    }

    /// How many wait. Those whose future was dropped meanwhile do not.
    fn choices(&self) -> usize {
        let mut waiting = self.waiting();
        waiting.at_the_gate.retain(|_, open| !open.is_closed());
        waiting.at_the_gate.len()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs `program` once for every schedule, and returns all of them, in a fixed order.
///
/// # Panics
///
/// If the program panics, in whichever schedule it does.
pub fn explore<T, F>(tasks: &[&str], program: impl Fn(Turnstile) -> F) -> Vec<Schedule<T>>
where
    T: 'static,
    F: Future<Output = T> + 'static,
{
    let (mut found, mut follow) = (Vec::new(), Vec::new());
    loop {
        let (schedule, widths) = run_once(tasks, &program, &follow, |_| ());
        let mut choices = schedule.choices.clone();
        found.push(schedule);
        // The next schedule takes the last choice that has another alternative, and goes on from there.
        loop {
            let Some(last) = choices.pop() else { return found };
            if last + 1 < widths[choices.len()] {
                choices.push(last + 1);
                break;
            }
        }
        follow = choices;
    }
}

/// Runs `program` in one schedule again, and returns its outcome; `at_step` is called before each step, when everyone
/// waits, with the number of the step (from 1) and its task. So a reader can go through it step by step.
///
/// # Panics
///
/// If the program panics, or passes the turnstile for a task that has no name.
pub fn replay<T, F>(
    schedule: &Schedule<T>,
    program: impl Fn(Turnstile) -> F,
    mut at_step: impl FnMut(usize, &str),
) -> Option<T>
where
    T: 'static,
    F: Future<Output = T> + 'static,
{
    let names: Vec<&str> = schedule.tasks.iter().map(String::as_str).collect();
    let before = |step: usize| at_step(step + 1, names[schedule.steps[step]]);
    run_once(&names, &program, &schedule.choices, before).0.outcome
}

/// Follows the choices given, then always takes the first; also returns how many choices there were at each step.
/// `before` is called before each step with its number, from 0.
fn run_once<T, F>(
    tasks: &[&str],
    program: &impl Fn(Turnstile) -> F,
    follow: &[usize],
    mut before: impl FnMut(usize),
) -> (Schedule<T>, Vec<usize>)
where
    T: 'static,
    F: Future<Output = T> + 'static,
{
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
    let turnstile = Turnstile::default();
    let tasks = tasks.iter().map(|task| task.to_string()).collect();
    let mut schedule = Schedule { tasks, steps: Vec::new(), outcome: None, choices: Vec::new() };
    let mut widths = Vec::new();
    LocalSet::new().block_on(&runtime.expect("a runtime on this thread"), async {
        let mut running = tokio::task::spawn_local(program(turnstile.clone()));
        loop {
            everyone_waits().await;
            if running.is_finished() {
                schedule.outcome = Some(ended(&mut running).await);
                return;
            }
            let choice = follow.get(schedule.steps.len()).copied().unwrap_or(0);
            let width = turnstile.choices();
            if choice < width {
                before(schedule.steps.len());
            }
            let Some(who) = turnstile.open(choice) else { return running.abort() };
            schedule.steps.push(who);
            schedule.choices.push(choice);
            widths.push(width);
        }
    });
    (schedule, widths)
}

/// On a paused clock a timer fires only when nobody can go on without it.
async fn everyone_waits() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

async fn ended<T>(running: &mut JoinHandle<T>) -> T {
    running.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;
    use tokio::task::JoinSet;

    /// Every seller looks, and takes the seat if it was free; returns how many seats were sold.
    fn sell_one_seat(sellers: usize, locked: bool) -> Vec<Schedule<u32>> {
        let names = ["ann", "bob", "cy"];
        explore(&names[..sellers], move |turnstile| async move {
            let (free, sold) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(0)));
            let till = Rc::new(tokio::sync::Mutex::new(()));
            let mut selling = JoinSet::new();
            for seller in 0..sellers {
                let (turnstile, till) = (turnstile.clone(), till.clone());
                let (free, sold) = (free.clone(), sold.clone());
                selling.spawn_local(async move {
                    let _till = if locked { Some(till.lock().await) } else { None };
                    turnstile.pass(seller).await;
                    if free.get() {
                        turnstile.pass(seller).await;
                        free.set(false);
                        sold.set(sold.get() + 1);
                    }
                });
            }
            while selling.join_next().await.is_some() {}
            sold.get()
        })
    }

    fn count<T: PartialEq>(schedules: &[Schedule<T>], bad: impl Fn(&Option<T>) -> bool) -> (usize, usize) {
        (schedules.len(), schedules.iter().filter(|schedule| bad(&schedule.outcome)).count())
    }

    #[test]
    fn two_sellers_sell_one_seat_twice_in_four_of_six_schedules() {
        assert_eq!(count(&sell_one_seat(2, false), |sold| *sold != Some(1)), (6, 4));
    }

    #[test]
    fn three_sellers_oversell_in_sixty_of_sixty_six() {
        assert_eq!(count(&sell_one_seat(3, false), |sold| *sold != Some(1)), (66, 60));
    }

    #[test]
    fn a_lock_over_both_steps_leaves_no_bad_schedule() {
        for sellers in [2, 3] {
            let schedules = sell_one_seat(sellers, true);
            assert_eq!(count(&schedules, |sold| *sold != Some(1)).1, 0);
        }
    }

    /// Takes two locks, the second after the first, in the order given.
    async fn both(
        turnstile: Turnstile,
        who: usize,
        first: Rc<tokio::sync::Mutex<()>>,
        second: Rc<tokio::sync::Mutex<()>>,
    ) {
        turnstile.pass(who).await;
        let _first = first.lock().await;
        turnstile.pass(who).await;
        let _second = second.lock().await;
    }

    fn two_locks() -> Vec<Schedule<()>> {
        explore(&["ann", "bob"], two_locks_in_opposite_order)
    }

    async fn two_locks_in_opposite_order(turnstile: Turnstile) {
        let (a, b) = (Rc::new(tokio::sync::Mutex::new(())), Rc::new(tokio::sync::Mutex::new(())));
        tokio::join!(both(turnstile.clone(), 0, a.clone(), b.clone()), both(turnstile, 1, b, a));
    }

    #[test]
    fn two_locks_in_opposite_order_are_stuck_in_four_of_six_schedules() {
        assert_eq!(count(&two_locks(), Option::is_none), (6, 4));
    }

    #[test]
    fn a_schedule_can_be_drawn_and_replayed() {
        let schedules = two_locks();
        let stuck = schedules.iter().find(|schedule| schedule.outcome.is_none()).unwrap();
        let chart = crate::chart::draw(&stuck.run("locks"));
        assert!(chart.contains("dealing with 2 · doing 1"), "{chart}");
        let mut steps = Vec::new();
        let outcome = replay(stuck, two_locks_in_opposite_order, |step, who| steps.push(format!("{step} {who}")));
        assert_eq!((outcome, steps.len()), (None, stuck.steps.len()));
    }

    /// Whoever was dropped at the turnstile is let through no more: two schedules, and no step of a ghost.
    #[test]
    fn a_future_that_was_dropped_waits_no_more() {
        let schedules = explore(&["ann", "bob"], |turnstile| async move {
            tokio::select! {
                biased;
                () = turnstile.pass(0) => {}
                () = turnstile.pass(1) => {}
            }
            turnstile.pass(0).await;
        });
        assert_eq!(schedules.iter().map(|schedule| schedule.steps.clone()).collect::<Vec<_>>(), [[0, 0], [1, 0]]);
    }

    #[test]
    fn who_is_stuck_stays_in_progress() {
        let ended = |stuck: bool| two_locks().iter().find(|s| s.outcome.is_none() == stuck).unwrap().run("locks");
        assert!(ended(true).tasks.iter().all(|task| task.last.is_none()));
        assert!(ended(false).tasks.iter().all(|task| task.last.is_some()));
    }

    #[test]
    fn a_replay_tells_the_steps_from_the_first() {
        let told = Rc::new(std::cell::RefCell::new(Vec::new()));
        let goes = |turnstile: Turnstile, who: usize, told: Rc<std::cell::RefCell<Vec<String>>>| async move {
            for step in ["looks", "takes"] {
                turnstile.pass(who).await;
                told.borrow_mut().push(step.to_string());
            }
        };
        let program = |turnstile: Turnstile| {
            let (ann, bob) = (goes(turnstile.clone(), 0, told.clone()), goes(turnstile, 1, told.clone()));
            async {
                tokio::join!(ann, bob);
            }
        };
        let schedules = explore(&["ann", "bob"], program);
        told.borrow_mut().clear();
        replay(&schedules[1], program, |step, who| told.borrow_mut().push(format!("{step} {who}")));
        let due = ["1 ann", "looks", "2 bob", "looks", "3 ann", "takes", "4 bob", "takes"];
        assert_eq!(*told.borrow(), due);
    }

    #[test]
    #[should_panic(expected = "the till is empty")]
    fn a_program_that_panics_is_not_explored_further() {
        explore(&["ann"], |_| async { panic!("the till is empty") });
    }

    /// A program may take many turns from one step to the next, and nobody is stuck meanwhile.
    #[test]
    fn a_choice_is_made_when_everyone_waits() {
        let schedules = explore(&["ann"], |turnstile| async move {
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            turnstile.pass(0).await;
        });
        assert_eq!(schedules.iter().map(|schedule| schedule.outcome).collect::<Vec<_>>(), [Some(())]);
    }
}
