//! The books of a yard: who did what, and where every cart is, at every moment.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use super::{Step, Tally, WORDS};
use probes::{Run, Verdict, wording};

/// The books of one day. Clones are the same books.
#[derive(Clone, Debug, Default)]
pub struct Books(Arc<Mutex<Day>>);

/// What the books hold; a copy of it is a moment.
#[derive(Clone, Debug, Default)]
pub struct Day {
    pub crabs: Vec<CrabLine>,
    pub carts: Vec<CartLine>,
    /// So many carts there are.
    pub given: usize,
    /// The report was made, or will never be: what is dropped afterwards says nothing.
    pub over: bool,
}

#[derive(Clone, Debug)]
pub struct CrabLine {
    pub name: String,
    pub at: Option<Step>,
    /// How often it has begun each step, and how often it has done it.
    pub began: [u32; 4],
    pub did: [u32; 4],
    /// The yards that it worked in.
    pub yards: [bool; 2],
    pub threads: Vec<ThreadId>,
    /// Whether a task of its own moved it.
    pub spawned: bool,
    /// How many loads were on their way or burnt when it went home.
    pub left: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
pub struct CartLine {
    /// What has to be done with it next: that is where it is.
    pub next: Step,
    pub lost: bool,
    pub reported: bool,
}

/// A step under way: the crab is at work until this is dropped, also when the step is given up.
#[derive(Debug)]
pub struct AtWork<'a> {
    books: &'a Books,
    crab: usize,
    cart: usize,
}

impl Books {
    pub fn of(given: usize) -> Books {
        Books(Arc::new(Mutex::new(Day { given, ..Day::default() })))
    }

    /// The books as they are now.
    pub fn now(&self) -> Day {
        self.day().clone()
    }

    /// Adds a crab; returns its number, and its name made short and different from all others.
    pub fn crab(&self, name: &str) -> (usize, String) {
        let mut day = self.day();
        let short: String = name.chars().filter(|char| char.is_alphanumeric()).take(5).collect();
        let same = day.crabs.iter().filter(|crab| crab.name.starts_with(&short)).count();
        let name = if same == 0 { short } else { format!("{short}{}", same + 1) };
        day.crabs.push(CrabLine {
            name: name.clone(),
            at: None,
            began: [0; 4],
            did: [0; 4],
            yards: [false; 2],
            threads: vec![],
            spawned: tokio::task::try_id().is_some(),
            left: None,
        });
        (day.crabs.len() - 1, name)
    }

    /// Takes a cart, if there is one.
    pub fn cart(&self) -> Option<usize> {
        let mut day = self.day();
        if day.carts.len() == day.given {
            return None;
        }
        day.carts.push(CartLine { next: Step::Load, lost: false, reported: false });
        Some(day.carts.len() - 1)
    }

    /// A crab begins a step. `Err` is what to say if it cannot.
    pub fn begin(
        &self,
        crab: usize,
        step: Step,
        cart: usize,
        yard: usize,
    ) -> Result<AtWork<'_>, impl FnOnce(&Run) -> Verdict + use<>> {
        let mut day = self.day();
        let next = day.carts[cart].next;
        let line = &mut day.crabs[crab];
        let (at, name) = (line.at, line.name.clone());
        if at.is_some() || next != step {
            return Err(move |run: &Run| match at {
                Some(at) => wording::two_steps_at_once(&WORDS, run, &name, step.verb(), at.verb()),
                None => wording::wrong_turn(&WORDS, run, &name, step.verb(), next.waits()),
            });
        }
        line.at = Some(step);
        line.began[step as usize] += 1;
        line.yards[yard] = true;
        line.spawned = tokio::task::try_id().is_some();
        if !line.threads.contains(&thread::current().id()) {
            line.threads.push(thread::current().id());
        }
        Ok(AtWork { books: self, crab, cart })
    }

    /// How often the crab has begun this step.
    pub fn times(&self, crab: usize, step: Step) -> u32 {
        self.day().crabs[crab].began[step as usize]
    }

    pub fn crab_left(&self, crab: usize) {
        let mut day = self.day();
        let loaded = day.began(Step::Load);
        if !day.over {
            day.crabs[crab].left = Some(loaded);
        }
    }

    pub fn cart_left(&self, cart: usize) {
        let mut day = self.day();
        let over = day.over;
        let cart = &mut day.carts[cart];
        cart.lost |= !over && !cart.reported;
    }

    /// Takes the report, or the news that there will be none. The books as they are then.
    pub fn close(&self, tally: Option<Tally>) -> Evening {
        let mut day = self.day();
        let carts = tally.iter().flat_map(|tally| &tally.carts).map(|cart| cart.number);
        carts.for_each(|cart| day.carts[cart].reported = true);
        day.over |= tally.is_none();
        let evening = Evening { reported: tally.as_ref().map(|tally| tally.loads), day: day.clone() };
        // The carts of the report are dropped after this: they open the books once more.
        drop(day);
        evening
    }

    /// From now on nothing counts any more.
    pub fn over(&self) -> Day {
        let mut day = self.day();
        day.over = true;
        day.clone()
    }

    fn day(&self) -> MutexGuard<'_, Day> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The report, and the books at that moment.
#[derive(Clone, Debug)]
pub struct Evening {
    /// How many loads the report speaks of; `None` if nobody could move any more.
    pub reported: Option<u32>,
    pub day: Day,
}

impl Day {
    /// How often this step was begun, by whomever.
    pub fn began(&self, step: Step) -> u32 {
        self.crabs.iter().map(|crab| crab.began[step as usize]).sum()
    }

    /// Who has not gone home. If there are several, the first in the line: threads may have come in any order.
    pub fn stays(&self) -> Option<&CrabLine> {
        self.crabs.iter().filter(|crab| crab.left.is_none()).min_by_key(|crab| crab.place_in_line())
    }

    /// How many loads went into the fire.
    pub fn burnt(&self) -> u32 {
        self.crabs.iter().map(|crab| crab.did[Step::Tip as usize]).sum()
    }
}

impl CrabLine {
    /// The loader is 0; whoever has done nothing stands last.
    pub fn place_in_line(&self) -> usize {
        self.trades().first().map_or(4, |&step| step as usize)
    }

    /// What it has done, each step once.
    pub fn trades(&self) -> Vec<Step> {
        Step::ALL.into_iter().filter(|&step| self.began[step as usize] > 0).collect()
    }
}

impl AtWork<'_> {
    /// The step is done: the cart is where the next step finds it.
    pub fn done(self) {
        let mut day = self.books.day();
        let step = day.carts[self.cart].next;
        day.crabs[self.crab].did[step as usize] += 1;
        day.carts[self.cart].next = step.next();
        // The guard of the books is given back before this one is dropped, which opens them again.
        drop(day);
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.books.day().crabs[self.crab].at = None;
    }
}
