//! Carts and hands: crabs bring driftwood to a beacon fire, in carts that they hand on.

pub mod books;
pub mod check;
pub mod hands;
pub mod threads;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use probes::Words;

const WORDS: Words = Words {
    page: "ch06-carts",
    task: "crab",
    tasks: "crabs",
    worker: "hand",
    workers: "hands",
    work: "a step",
    results: "tallies",
};

/// A pile of driftwood, a path, and a beacon fire. A clone is the same yard.
#[derive(Clone)]
pub struct Yard(Arc<dyn Ground>);

/// Somebody who works in the yard: does one thing at a time, and goes home when dropped.
pub struct Crab {
    yard: Yard,
    number: usize,
}

/// There are so many of them: a cart cannot be copied, only handed on.
pub struct Cart {
    yard: Yard,
    number: usize,
}

/// What is reported in the evening.
#[derive(Debug)]
pub struct Tally {
    /// How many loads went into the fire.
    pub loads: u32,
    /// All the carts, empty and back at the pile.
    pub carts: Vec<Cart>,
}

/// What a crab does with a cart; a cart goes through these four, round after round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Load,
    Haul,
    Tip,
    Back,
}

/// What a yard is made of: the two ways to do a step, for two ways to wait.
pub trait Ground: Send + Sync + 'static {
    /// A new crab comes to work.
    fn crab(&self, name: &str) -> usize;
    /// A cart is taken from where they stand in the morning, empty and at the pile.
    fn cart(&self) -> usize;
    fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_>;
    fn step_blocking(&self, crab: usize, step: Step, cart: usize);
    /// The crab went home.
    fn crab_left(&self, _crab: usize) {}
    /// Nobody has this cart any more.
    fn cart_left(&self, _cart: usize) {}
}

/// A step that may be under way.
pub type Working<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

impl Yard {
    pub fn new(ground: impl Ground) -> Yard {
        Yard(Arc::new(ground))
    }

    /// A crab for this yard. Its name is for the chart: `load`, `haul`.
    pub fn crab(&self, name: &str) -> Crab {
        Crab { yard: self.clone(), number: self.0.crab(name) }
    }

    /// An empty cart at the pile. There are only as many as were given.
    pub fn cart(&self) -> Cart {
        Cart { yard: self.clone(), number: self.0.cart() }
    }
}

impl Crab {
    /// Loads an empty cart at the pile.
    pub async fn load(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Load, cart.number).await;
    }

    /// Pushes a full cart up to the fire.
    pub async fn haul(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Haul, cart.number).await;
    }

    /// Tips a full cart into the fire.
    pub async fn tip(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Tip, cart.number).await;
    }

    /// Brings an empty cart back to the pile.
    pub async fn back(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Back, cart.number).await;
    }

    /// Loads an empty cart at the pile; the thread is kept until it is done.
    pub fn load_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Load, cart.number);
    }

    /// Pushes a full cart up to the fire; the thread is kept until it is there.
    pub fn haul_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Haul, cart.number);
    }

    /// Tips a full cart into the fire; the thread is kept until it is empty.
    pub fn tip_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Tip, cart.number);
    }

    /// Brings an empty cart back to the pile; the thread is kept until it is there.
    pub fn back_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Back, cart.number);
    }
}

/// The plain loop: one crab, one cart, one load after another.
pub fn reference(yard: &Yard, loads: u32) -> Tally {
    let (crab, mut cart) = (yard.crab("solo"), yard.cart());
    for _ in 0..loads {
        crab.load_blocking(&mut cart);
        crab.haul_blocking(&mut cart);
        crab.tip_blocking(&mut cart);
        crab.back_blocking(&mut cart);
    }
    Tally { loads, carts: vec![cart] }
}

impl Step {
    pub const ALL: [Step; 4] = [Step::Load, Step::Haul, Step::Tip, Step::Back];

    /// What comes next for the cart.
    pub fn next(self) -> Step {
        Step::ALL[(self as usize + 1) % 4]
    }

    /// `to haul`
    fn verb(self) -> &'static str {
        ["load", "haul", "tip", "bring back"][self as usize]
    }

    /// `crab x hauls carts`
    fn trade(self) -> &'static str {
        ["loads", "hauls", "tends the fire", "brings carts back"][self as usize]
    }

    /// Where a cart stands that waits for this step, and how.
    fn waits(self) -> (&'static str, &'static str) {
        [("empty", "at the pile"), ("full", "at the pile"), ("full", "at the fire"), ("empty", "at the fire")]
            [self as usize]
    }
}

impl Drop for Crab {
    fn drop(&mut self) {
        self.yard.0.crab_left(self.number);
    }
}

impl Drop for Cart {
    fn drop(&mut self) {
        self.yard.0.cart_left(self.number);
    }
}

impl fmt::Debug for Yard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Yard")
    }
}

impl fmt::Debug for Crab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crab({})", self.number)
    }
}

impl fmt::Debug for Cart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cart({})", self.number)
    }
}
