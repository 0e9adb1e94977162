//! Probes: how a run is recorded, proved and drawn.
//!
//! An ordinary test sees what a function returned. These probes see *how it ran*: whether tasks overlapped,
//! on how many threads, whether anything waited for a lock, or would have waited for ever. They stand
//! inside the work that a test hands to the code under test, so the code itself needs no change. They
//! are exact: none of their verdicts rests on elapsed time, and right code passes on one core, on many, and
//! under any load.
//!
//! Three steps lead from a run to a verdict:
//!
//! 1. [`Recorder`] writes down which task ran a step, on which thread, in which order. The result is a
//!    [`Run`]: plain data, with two numbers, `dealing with` and `doing`, and a [`chart`].
//! 2. Probes ask for what only a right run can give:
//!
//!    | probe | what it proves |
//!    |---|---|
//!    | [`Meet`] | `n` async tasks wait at once |
//!    | [`crew::Crew`] | `k` threads are inside the work at once, and never more |
//!    | [`Gauge`] | how many are in flight: now, and at most |
//!    | [`clock`] | exact virtual time; "stuck" at once |
//!    | [`polls`] | nothing waits by asking again and again |
//!    | [`hostage`] | the event loop beats while work is done |
//!    | [`pulse`] | how much is done between two beats |
//!    | [`cores`] | how long a design takes on 1, 2, 4, … cores |
//!    | [`sink`] | what is slow at the end holds back the beginning |
//!    | [`drops`] | what was given up has ended |
//!    | [`reversed`] | results do not rest on the order of answers |
//!    | [`explore`] | every order of a small async program |
//!    | [`steps`] | every order of loads and stores |
//!    | [`trees`] | a merge gives the same, however work is split |
//!    | [`lines`] | places do not share a cache line |
//!    | [`locks`] | who holds what, and who waits for what |
//!    | [`still`] | nobody else can move any more |
//!    | [`mod@watch`] | the code comes to an end, or why not |
//!    | [`mod@alone`] | one check's code cannot harm another |
//!    | [`meter`] | two cores at the same instant: a measurement, never a condition |
//!
//! 3. [`see`] runs the code and asks the questions; the first "no" is the [`Verdict`], with its sentences from
//!    [`wording`].
//!
//! Each has a page of its own that says what it proves, and its limits. [`runs`], [`chart`] and [`chrome`] are for
//! looking at a run afterwards, [`speed`] compares how long code takes; no verdict rests on that.
//!
//! # In a project of your own
//!
//! The course does not publish this crate; clone it, and name its folder:
//!
//! ```toml
//! [dev-dependencies]
//! probes = { path = "…/exercises/probes" }
//! ```
//!
//! Rust 1.88 or newer; for async code, tokio beside it. Who sleeps is told by Linux (x86-64, aarch64, riscv64,
//! loongarch64); elsewhere waits are naps, and longer: see [`still`].
//!
//! In a test, a check goes inside [`alone()`]: `alone(|| check(cook))`. Stillness is a fact about all threads of a
//! process, and the other tests of a program are threads of it. Without it, right code may be called busy beside them,
//! and a panic in a thread that nobody joins is not seen.
//!
//! # A whole check
//!
//! ```
//! use probes::{Judged, Recorder, see, wording::Words};
//!
//! const KITCHEN: Words = Words {
//!     page: "kitchen", task: "pot", tasks: "pots", worker: "cook", workers: "cooks",
//!     work: "a stir", results: "meals",
//! };
//!
//! /// Two pots, two stirs each; `cook` is the code under test.
//! fn check(cook: fn(&[&dyn Fn()]) -> Vec<String>) -> Judged {
//!     let recorder = Recorder::default();
//!     let pots = ["soup", "rice"].map(|pot| recorder.task(pot));
//!     let seen = see(&KITCHEN, &recorder, move || {
//!         let stirs = pots.clone().map(|pot| move || drop(pot.step()));
//!         let meals = cook(&[&stirs[0], &stirs[1]]);
//!         pots.iter().for_each(probes::Lane::finish);
//!         meals
//!     })?;
//!     seen.returned(&["soup".to_string(), "rice".to_string()])?;
//!     seen.on_one_thread()
//! }
//!
//! fn cook(stirs: &[&dyn Fn()]) -> Vec<String> {
//!     (0..2).for_each(|_| stirs.iter().for_each(|stir| stir()));
//!     vec!["soup".into(), "rice".into()]
//! }
//! assert_eq!(check(cook), Ok(()));
//! ```
//!
//! # A check for threads
//!
//! Every pot is a piece of work; `cook` is given three of them and two cooks.
//!
//! ```
//! # use probes::{Crew, Judged, Recorder, see, wording::Words};
//! # use std::sync::{Arc, Mutex};
//! # const KITCHEN: Words = Words {
//! #     page: "kitchen", task: "pot", tasks: "pots", worker: "cook", workers: "cooks",
//! #     work: "a stir", results: "meals",
//! # };
//! type Pot = Box<dyn FnOnce() + Send>;
//!
//! fn check(cook: fn(Vec<Pot>, usize)) -> Judged {
//!     let (recorder, crew) = (Recorder::default(), Arc::new(Crew::of(2)));
//!     let pots = ["soup", "rice", "tea"].map(|name| {
//!         let (pot, crew) = (recorder.task(name), crew.clone());
//!         Box::new(move || {
//!             let stirring = pot.step();
//!             crew.visit();
//!             drop(stirring);
//!             pot.finish();
//!         }) as Pot
//!     });
//!     let seen = see(&KITCHEN, &recorder, move || cook(pots.into(), 2))?;
//!     seen.together(&crew)?;
//!     seen.nothing_left_behind(&recorder)
//! }
//!
//! fn cook(pots: Vec<Pot>, cooks: usize) {
//!     let pots = Mutex::new(pots);
//!     let next = || pots.lock().unwrap().pop();
//!     let work = || while let Some(pot) = next() { pot() };
//!     std::thread::scope(|scope| (0..cooks).for_each(|_| drop(scope.spawn(work))));
//! }
//! assert_eq!(check(cook), Ok(()));
//!
//! let one_by_one = |pots: Vec<Pot>, _: usize| pots.into_iter().for_each(|pot| pot());
//! assert_eq!(check(one_by_one).unwrap_err().headline, "one cook did everything, and there was work for 2");
//! ```

#![warn(missing_docs)]

pub mod alone;
pub mod beliefs;
pub mod chart;
pub mod chrome;
pub mod clock;
pub mod cores;
pub mod crew;
pub mod drops;
pub mod explore;
pub mod gauge;
pub mod hostage;
pub mod lines;
pub mod locks;
pub mod meet;
pub mod meter;
pub mod polls;
pub mod pulse;
pub mod recorder;
pub mod reversed;
pub mod run;
pub mod runs;
pub mod seen;
pub mod sink;
pub mod speed;
pub mod steps;
pub mod still;
pub mod trees;
pub mod verdict;
pub mod watch;
pub mod wording;

pub use alone::{alone, program};
pub use crew::Crew;
pub use gauge::Gauge;
pub use meet::Meet;
pub use recorder::{Lane, Recorder};
pub use run::Run;
pub use seen::{Seen, see};
pub use verdict::{Judged, Reported, Verdict};
pub use watch::watch;
pub use wording::Words;
