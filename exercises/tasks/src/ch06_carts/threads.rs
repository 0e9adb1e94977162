//! A yard for threads: a step ends at once, or when everybody has come that it waits for.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};

use super::books::Books;
use super::{Ground, Step, WORDS, Working, Yard};
use probes::still::{self, End, Patience};
use probes::{Crew, Lane, Recorder, wording};

/// A yard in which four crabs can be at work at once. Clones are the same yard.
#[derive(Clone, Debug)]
pub struct Threads(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    loads: u32,
    carts: usize,
    books: Books,
    crew: Crew,
    recorder: Recorder,
    lanes: Mutex<Vec<Lane>>,
    /// Whether this system tells who is asleep.
    tells: bool,
    /// Whether a crab looks on until all the others sleep.
    looks: AtomicBool,
}

impl Threads {
    pub fn new(recorder: &Recorder, loads: u32, carts: usize) -> Threads {
        Threads(Arc::new(Shared {
            loads,
            carts,
            books: Books::of(carts),
            crew: Crew::of(4),
            recorder: recorder.clone(),
            lanes: Mutex::default(),
            tells: still::wait_until(Patience::Short, || false) == End::Still,
            looks: AtomicBool::new(false),
        }))
    }

    pub fn yard(&self) -> Yard {
        Yard::new(self.clone())
    }

    pub fn books(&self) -> &Books {
        &self.0.books
    }

    /// Four crabs at work at once: there have to be as many carts, and a load for each.
    pub fn crew(&self) -> Option<&Crew> {
        Some(&self.0.crew).filter(|_| self.0.carts >= 4 && self.0.loads >= 4)
    }

    /// Whether a crab looks on until all the others sleep.
    pub fn looks_for_sleepers(&self) -> bool {
        self.0.looks.load(SeqCst)
    }

    fn lane(&self, crab: usize) -> Lane {
        self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner)[crab].clone()
    }

    /// The step is under way.
    fn under_way(&self, step: Step, time: u32) {
        let Shared { loads, carts, .. } = *self.0;
        // While the first cart is brought back, the second is tipped, the third hauled, the fourth loaded.
        let full_line = time == 4 - step as u32;
        if let Some(crew) = self.crew().filter(|_| full_line) {
            crew.visit();
        }
        if carts == 1 && step == Step::Tip && time == 2 && self.0.tells {
            // One cart is one crab's work. The others wait, and whoever waits is asleep.
            self.0.looks.store(true, SeqCst);
            if still::wait_until(Patience::Short, || false) != End::Still {
                self.0.recorder.stop(|run| wording::never_asleep(&WORDS, run));
            }
            self.0.looks.store(false, SeqCst);
        }
        // The last way back takes until nobody else can move: a report that does not wait for it is out by then.
        if step == Step::Back && time == loads {
            still::wait(Patience::Short);
        }
    }
}

impl Ground for Threads {
    fn crab(&self, name: &str) -> usize {
        let mut lanes = self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, name) = self.0.books.crab(name);
        lanes.push(self.0.recorder.task(name));
        number
    }

    fn cart(&self) -> usize {
        let given = self.0.carts;
        let none = || self.0.recorder.stop(|run| wording::too_many_carts(&WORDS, run, given));
        self.0.books.cart().unwrap_or_else(none)
    }

    fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_> {
        Box::pin(async move { self.step_blocking(crab, step, cart) })
    }

    fn step_blocking(&self, crab: usize, step: Step, cart: usize) {
        let begun = self.0.books.begin(crab, step, cart, 0);
        let at_work = begun.unwrap_or_else(|verdict| self.0.recorder.stop(verdict));
        let running = self.lane(crab).step();
        self.under_way(step, self.0.books.now().began(step));
        drop(running);
        at_work.done();
    }

    fn crab_left(&self, crab: usize) {
        self.0.books.crab_left(crab);
        self.lane(crab).finish();
    }

    fn cart_left(&self, cart: usize) {
        self.0.books.cart_left(cart);
    }
}
