//! How did it run: as futures on one thread.

use std::fmt::Display;

use super::{CHECKS, Words};
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// Why requests that could overlap did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InTurn {
    /// Each future was made when the one before was done.
    Awaited,
    /// Several futures were made, and none of them ran before it was awaited.
    MadeFirst,
    /// Each was spawned when the one before was done.
    SpawnedAndAwaited,
    /// All were spawned, and something let them out one by one.
    KeptOut,
}

/// The second request went out after the first had come back.
pub fn in_turn(words: &Words, run: &Run, first: &str, second: &str, why: InTurn) -> Verdict {
    let (number, note, help) = match why {
        InTurn::Awaited => (
            10,
            "the rows do not overlap: `.await` in a loop is one after another",
            "have as many under way as the limit allows before you await one",
        ),
        InTurn::MadeFirst => (
            11,
            "the futures were made together, and each ran only when awaited",
            "hand each future to something that drives it while you await another",
        ),
        InTurn::SpawnedAndAwaited => (
            12,
            "a task was spawned, and what it was to bring awaited before the next request",
            "spawn first, and await afterwards",
        ),
        InTurn::KeptOut => (
            24,
            "other tasks were there, and something let out one request at a time",
            "take the lock after the answer has come, not before you ask",
        ),
    };
    Verdict::new(format!("{second} was not asked until {first} had answered"))
        .chart(run)
        .note(note)
        .belief(belief(number))
        .help(help)
        .read(words.page, "start-before-you-wait")
}

/// More in flight than the other side takes.
pub fn over_limit(words: &Words, run: &Run, most: usize, limit: usize) -> Verdict {
    Verdict::new(format!("{most} {} were asked at once, and the limit is {limit}", words.tasks))
        .chart(run)
        .note("being many costs you little; it is the other side that has to take it")
        .belief(belief(28))
        .help("let a request out only when there is a free place for it")
        .read(words.page, "limit")
}

/// Fewer in flight than the limit allows, though more had something to do.
pub fn under_limit(words: &Words, run: &Run, most: usize, limit: usize) -> Verdict {
    Verdict::new(format!("never more than {most} {} were asked at once, and the limit is {limit}", words.tasks))
        .chart(run)
        .note("a request that waits needs no core, so only the limit counts")
        .belief(belief(30))
        .help("go by the limit that was given")
        .read(words.page, "limit")
}

/// A place was free, and the next one did not get it. Times are virtual, so they are exact.
pub fn idle_place(words: &Words, run: &Run, waits: &str, took: u64, needed: u64) -> Verdict {
    Verdict::new(format!("{waits} had to wait although a place was free"))
        .chart(run)
        .note(format!("it took {took} ms of virtual time; with every place in use it takes {needed}"))
        .belief(belief(29))
        .help("start the next one when any one is back, not when all are")
        .read(words.page, "limit")
}

/// A blocking call on the thread that drives all the futures.
pub fn blocked(words: &Words, run: &Run) -> Verdict {
    Verdict::new("`interleaved` blocked its only thread")
        .chart(run)
        .note("while the thread is blocked, no other future can be polled")
        .belief(belief(18))
        .help(format!("await {} instead of blocking for it", words.work))
        .read(words.page, "one-thread")
}

/// The server on the loopback address waited for more requests, and hung up.
pub fn hung_up(words: &Words, run: &Run, name: &str, open: usize) -> Verdict {
    Verdict::new(format!("the server hung up on {name}: it answers while {open} {} are asked at once", words.tasks))
        .chart(run)
        .note("it waited for the next request, and everybody was waiting for an answer")
        .belief(belief(29))
        .help("start the next one when any one is back, not when all are")
        .read(words.page, "limit")
}

/// The machine gives no port on its own loopback address.
pub fn no_loopback(error: &dyn Display) -> Verdict {
    Verdict::new("no server could be started on 127.0.0.1")
        .note(format!("the system says: {error}"))
        .help("this is not about your code: see what keeps programs here from listening")
        .read(CHECKS, "ended-early")
}
