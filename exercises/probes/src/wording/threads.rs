//! How did it run: on several threads.

use std::fmt::Display;

use super::Words;
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// A step ran after the function had returned.
pub fn left_behind(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("a {} was still at work when the function had returned", words.worker))
        .chart(run)
        .note("the chart goes on after the result was handed over")
        .belief(belief(62))
        .help("return when all that you started has ended")
        .read(words.page, "at-once")
}

/// One thread did everything.
pub fn one_worker(words: &Words, run: &Run, given: usize) -> Verdict {
    Verdict::new(format!("one {} did everything, and there was work for {given}", words.worker))
        .chart(run)
        .note("no column has two digits, so at no moment were two at work")
        .belief(belief(1))
        .help(format!("start every {} before you wait for one", words.worker))
        .read(words.page, "at-once")
}

/// One thread did everything, and it was not the caller's.
pub fn one_started_worker(words: &Words, run: &Run, given: usize) -> Verdict {
    Verdict::new(format!("one {} did everything, and there was work for {given}", words.worker))
        .chart(run)
        .note("the others were not started, had no share, or a lock kept them out")
        .belief(belief(12))
        .help(format!("start every {}, give each a share, and hold no lock over the work", words.worker))
        .read(words.page, "at-once")
}

/// Two pieces or more were worked on at once, and not all of them, where each was to have a thread.
pub fn shared_out(words: &Words, run: &Run, inside: usize, due: usize) -> Verdict {
    Verdict::new(format!("only {inside} of {due} {} were worked on at once", words.tasks))
        .chart(run)
        .note(format!("those {inside} were held, and no other {} came to join them", words.worker))
        .help(format!("give every {} a {} of its own", words.task, words.worker))
        .read(words.page, "at-once")
}

/// Threads were started and joined one by one.
pub fn one_by_one(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("each {} started only when the one before was done", words.worker))
        .chart(run)
        .note("there are several threads, and never two of them at work at once")
        .belief(belief(12))
        .help("start all of them before you wait for the first")
        .read(words.page, "at-once")
}

/// Threads were there, and something let in one at a time.
pub fn kept_out(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("only one {} was let in to work at a time", words.worker))
        .chart(run)
        .note("the others were there all along, and came in only when it was done")
        .belief(belief(50))
        .help("hold a lock while you take or store something, not while you work")
        .read(words.page, "lock")
}

/// Some were at work at once, but fewer than given.
pub fn too_few(words: &Words, run: &Run, inside: usize, given: usize) -> Verdict {
    Verdict::new(format!("only {inside} of {given} {} were at work at once", words.workers))
        .chart(run)
        .note(format!("those {inside} were held, and nobody else came to join them"))
        .belief(belief(30))
        .help(format!("use as many {} as are given", words.workers))
        .read(words.page, "at-once")
}

/// More threads were at work than given.
pub fn too_many(words: &Words, run: &Run, given: usize) -> Verdict {
    let (workers, were) = if given == 1 { (words.worker, "was") } else { (words.workers, "were") };
    Verdict::new(format!("more than {given} {workers} {were} at work at once"))
        .chart(run)
        .note(format!("while {given} {were} held at work, one more came in"))
        .belief(belief(4))
        .help(format!("share the {} out among the {}", words.tasks, words.workers))
        .read(words.page, "at-once")
}

/// A chunk was scanned on the thread that has to answer the keys.
pub fn screen_scans(words: &Words, run: &Run) -> Verdict {
    Verdict::new("the thread of the screen scanned a chunk itself")
        .chart(run)
        .note("a thread that scans cannot take a key, however many others there are")
        .belief(belief(21))
        .help("leave every scan to the workers")
        .read(words.page, "screen-thread")
}

/// A key was not echoed while a worker was inside a scan.
pub fn screen_waits(words: &Words, run: &Run, key: &dyn Display) -> Verdict {
    Verdict::new(format!("key {key} got no echo while a worker was scanning"))
        .chart(run)
        .note("the worker was held until the echo, and the screen waited for the worker")
        .belief(belief(20))
        .help("wait for a key and for hits in one place, whichever comes first")
        .read(words.page, "screen-thread")
}

/// A thread other than the caller's drew on the screen.
pub fn drawn_elsewhere(words: &Words, run: &Run) -> Verdict {
    Verdict::new("a thread drew on the screen that is not the caller's")
        .chart(run)
        .note("between its last look at the text and its drawing, a key can come")
        .belief(belief(45))
        .help("hand the hits to the one thread that knows the text")
        .read(words.page, "screen-thread")
}

/// One thread beside the screen's scanned every chunk.
pub fn one_scanner(words: &Words, run: &Run, given: usize) -> Verdict {
    Verdict::new(format!("one {} scanned all of it, and there was work for {given}", words.worker))
        .chart(run)
        .note("in the rows of the chunks no column has two digits")
        .belief(belief(1))
        .help("let a job be one chunk, and not one search")
        .read(words.page, "at-once")
}

/// The keys were over, the last hits were on their way, and a thread did not sleep.
pub fn asked_the_closed(words: &Words, run: &Run) -> Verdict {
    Verdict::new("the code went round and round when no key could come any more")
        .chart(run)
        .note("a closed channel is always ready: a `select!` that has it never sleeps")
        .belief(belief(25))
        .help("when the keys are over, wait for the hits alone")
        .read(words.page, "screen-thread")
}

/// Everything is on the screen, and the workers wait for more to do.
pub fn nobody_sends(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the last hits were shown, and the {} still wait for work", words.workers))
        .chart(run)
        .note("a channel ends when its last sender is dropped, and one is still there")
        .belief(belief(32))
        .help("find the sender that nobody uses any more, and who holds it")
        .read(words.page, "at-once")
}

/// A key came in while all the workers scanned, and others began beside them.
pub fn new_workers(words: &Words, run: &Run, given: usize) -> Verdict {
    let (were, they) = if given == 1 { ("1 worker was", "it") } else { (&*format!("{given} workers were"), "they") };
    Verdict::new(format!("{were} given, and while {they} scanned, another began"))
        .chart(run)
        .note("a new key gave up the old search, and whoever was in it had to finish a chunk")
        .belief(belief(41))
        .help("let the workers you have go on to the next search")
        .read(words.page, "at-once")
}
