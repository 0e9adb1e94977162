//! How did it run: on one thread.

use std::fmt::Display;

use super::Words;
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// A step of `interleaved` ran on another thread than the caller's.
pub fn second_thread(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("`interleaved` made {} on another thread than its caller's", words.work))
        .chart(run)
        .note(format!("one thread can have all {} in progress: it takes turns", words.tasks))
        .belief(belief(2))
        .help(format!("keep every {} in hand on one thread, and go round", words.task))
        .read(words.page, "one-thread")
}

/// One task was kept at until its end, which needs the others to go on.
pub fn kept_at_one(words: &Words, run: &Run, at: &str, waiting: &str) -> Verdict {
    let task = words.task;
    Verdict::new(format!("{task} {waiting} got nothing while {task} {at} was asked again and again"))
        .chart(run)
        .note(format!("{at} goes on only after {waiting} had its turn, so neither can go on"))
        .belief(belief(7))
        .help(format!("do one thing at a {task}, then go on to the next"))
        .read(words.page, "take-turns")
}

/// All tasks were started, but one that waits was asked again instead of leaving it for another.
pub fn asked_again(words: &Words, run: &Run, at: &str) -> Verdict {
    let task = words.task;
    Verdict::new(format!("{task} {at} was asked again and again while the others could go on"))
        .chart(run)
        .note("every look is a step, and these steps found nothing new")
        .belief(belief(25))
        .help(format!("when a {task} has to wait, leave it and look at the next"))
        .read(words.page, "waiting")
}

/// Why a key could not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Froze {
    /// Chunk after chunk, and no await between them that has to wait.
    WithoutAPause,
    /// The whole search in one spawned task.
    InATask,
    /// A spawned task for every chunk.
    TaskAChunk,
    /// A timeout around the search.
    UnderATimeout,
}

/// Between a key and the moment it could come in, the thread did not let go.
pub fn could_not_come_in(words: &Words, run: &Run, key: &dyn Display, chunks: usize, froze: Froze) -> Verdict {
    let (number, note) = match froze {
        Froze::WithoutAPause => (21, "from chunk to chunk there is no pause in which the loop could come round"),
        Froze::InATask => (19, "the task that scans has the one thread until it pauses, and it never does"),
        Froze::TaskAChunk => (3, "the tasks stood in line for one thread, all of them before the key"),
        Froze::UnderATimeout => (27, "a timeout looks at the clock when the search lets go, and it never does"),
    };
    Verdict::new(format!("key {key} could not come in while {chunks} more chunks were scanned"))
        .chart(run)
        .note(note)
        .belief(belief(number))
        .help("let go of the thread between two chunks")
        .read(words.page, "let-go")
}

/// The key was there for the taking, and chunks were scanned instead.
pub fn key_was_left(words: &Words, run: &Run, key: &dyn Display, chunks: usize) -> Verdict {
    Verdict::new(format!("key {key} had come in, and {chunks} more chunks were scanned before its echo"))
        .chart(run)
        .note("the loop came round, and every time the code took the next chunk")
        .belief(belief(34))
        .help("look for a key before you take the next chunk")
        .read(words.page, "keys-first")
}

/// Another thread scanned, and the only thread of the loop waited for it.
pub fn stood_still(words: &Words, run: &Run, in_the_runtime: bool) -> Verdict {
    let (number, note) = match in_the_runtime {
        true => (18, "the runtime lent it a thread, and its own thread was blocked until the hits came"),
        false => (20, "waiting for a thread without an await keeps the thread that waits"),
    };
    Verdict::new("`interleaved` stood still while another thread scanned")
        .chart(run)
        .note(note)
        .belief(belief(number))
        .help("scan on the thread you have, and let go of it between two chunks")
        .read(words.page, "one-thread")
}

/// Why a search went on for a text that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It is a task whose handle is gone.
    InATask,
    /// Nobody told it.
    Unnoticed,
}

/// Chunks were scanned for a text that is no longer in the box.
pub fn stale_search(words: &Words, run: &Run, old: &str, text: &str, why: Stale) -> Verdict {
    let (number, note) = match why {
        Stale::InATask => (15, "its task went on when nobody held it any more"),
        Stale::Unnoticed => (41, "nothing told it that its text was gone"),
    };
    Verdict::new(format!("the search for `{old}` went on when `{text}` was in the box"))
        .chart(run)
        .note(note)
        .belief(belief(number))
        .help("make sure that a search ends when its text is gone, one chunk later at most")
        .read(words.page, "stale")
}

/// Between two chunks, the code was polled again and again.
pub fn paused_too_often(words: &Words, run: &Run, polls: usize) -> Verdict {
    Verdict::new(format!("the search paused {polls} times between two chunks"))
        .chart(run)
        .note("every pause is a turn of the whole loop, and in these nothing was scanned")
        .belief(belief(22))
        .help("pause as often as a key has to be let in, and that is once a chunk")
        .read(words.page, "pause")
}

/// Nothing was there to do, and the code did not wait for a key, but kept asking.
pub fn asked_for_keys(words: &Words, run: &Run) -> Verdict {
    Verdict::new("the hits were shown, and the code asked again and again for more to do")
        .chart(run)
        .note("no key came and nothing was left to scan, and yet it kept waking up")
        .belief(belief(25))
        .help("wait for what comes next, and do not look for it again and again")
        .read(words.page, "pause")
}

/// Hits were shown, and shown again, and no key had come.
pub fn shown_again(words: &Words, run: &Run) -> Verdict {
    Verdict::new("the same hits were found and shown again and again")
        .chart(run)
        .note("no key came in between, so every search after the first found what was on the screen")
        .belief(belief(25))
        .help("when the hits are shown, wait for the next key with no search beside it")
        .read(words.page, "pause")
}
