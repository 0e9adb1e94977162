//! Every sentence that a verdict says, in one place.
//!
//! The headline says what the code did, in the task's words; `note` says why the chart means that;
//! `belief` names the belief under which the code would be right; `help` asks for one act and stops short
//! of the answer; `read` leads into the book. Lower case, no full stop, no thread ids, no measured times, no
//! blame. Verdicts about *how it ran* lead to the chapter's page, the others to the page
//! "How the checks see you".
//!
//! For every task there are [`panicked`], [`asleep`], [`stuck`], [`busy`], [`second_thread`], [`one_worker`],
//! [`one_by_one`], [`kept_out`], [`too_few`], [`too_many`], [`left_behind`], [`wrong_count`], [`wrong_order`] and
//! [`wrong_result`]; the others belong to one chapter. They speak of this course: of its book (`read` is
//! `book/src/PAGE.md#ANCHOR`, with the anchors `at-once`, `in-order`, `lock`, `one-thread` and `your-turn` on a
//! chapter's page), of `interleaved` and `multicore`, and of its companion. A check for another book asks the
//! [`Outcome`](crate::crew::Outcome) of a crew or the numbers of a [`Run`], and writes a [`Verdict`] of its own.
//!
//! The order of a message is that of the Rust compiler's: what, where, why, and one help.

mod carts;
mod executor;
mod files;
mod finish;
mod futures;
mod one_thread;
mod result;
mod threads;

use crate::run::Run;
use crate::verdict::Verdict;

pub use carts::*;
pub use executor::*;
pub use files::*;
pub use finish::*;
pub use futures::*;
pub use one_thread::*;
pub use result::*;
pub use threads::*;

/// The words of a task: what it calls its tasks, its threads and its results.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The chapter's page, and the name of its folder: `ch01-chess`. What stands before the first `-` is the name of
    /// its package.
    pub page: &'static str,
    /// One task: `board`.
    pub task: &'static str,
    /// Several tasks: `boards`.
    pub tasks: &'static str,
    /// One thread at work: `master`.
    pub worker: &'static str,
    /// Several threads: `masters`.
    pub workers: &'static str,
    /// What a worker does at a task: `a move`.
    pub work: &'static str,
    /// What comes back: `scores`.
    pub results: &'static str,
}

impl Words {
    /// The package of the chapter: `ch01`.
    pub(crate) fn package(&self) -> &str {
        self.page.split('-').next().unwrap_or(self.page)
    }
}

const CHECKS: &str = "checks";

/// `ant`, `ant and bee`, `ant, bee and cat`, `ant, bee and 7 more`.
fn list(names: &[String]) -> String {
    match names {
        [] => "nothing".into(),
        [one] => one.clone(),
        [before @ .., last] if names.len() <= 3 => format!("{} and {last}", before.join(", ")),
        [first, second, ..] => format!("{first}, {second} and {} more", names.len() - 2),
    }
}

/// `there is 1 worker`, `there are 2 workers`.
fn there_are(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("there is 1 {one}") } else { format!("there are {count} {several}") }
}

/// The chart, if there is anything in it.
fn charted(verdict: Verdict, run: &Run) -> Verdict {
    if run.ends() > 0 { verdict.chart(run) } else { verdict }
}

/// A panic message can be a page; its first lines are enough to know it by.
fn shorten(message: &str) -> String {
    const LONGEST: usize = 140;
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 2).chain(" …".chars()).collect()
}
