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
//!    | [`still`] | nobody else can move any more |
//!    | [`mod@watch`] | the code comes to an end, or why not |
//!    | [`mod@alone`] | one check's code cannot harm another |
//!    | [`meter`] | two cores at the same instant: a measurement, never a condition |
//!
//! 3. [`see`] runs the code and asks the questions; the first "no" is the [`Verdict`], with its sentences from
//!    [`wording`].
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
