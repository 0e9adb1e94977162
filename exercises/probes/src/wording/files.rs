//! How did it run: with files.

use std::fmt::Display;

use super::{CHECKS, InTurn, Words, in_turn, list, there_are};
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// The second file was opened when the first was closed.
pub fn opened_in_turn(words: &Words, run: &Run, first: &str, second: &str, why: InTurn) -> Verdict {
    let because = in_turn(words, run, first, second, why);
    Verdict::new(format!("{second} was not opened until {first} was closed"))
        .chart(run)
        .note(because.note.clone())
        .belief(because.belief.clone())
        .help(because.help.clone())
        .read(words.page, "start-before-you-wait")
}

/// More files open than the limit allows.
pub fn too_many_open(words: &Words, run: &Run, most: usize, limit: usize) -> Verdict {
    Verdict::new(format!("{most} {} were open at once, and the limit is {limit}", words.tasks))
        .chart(run)
        .note(format!("a {} is open from its first step until it is closed, read or not", words.task))
        .belief(belief(28))
        .help("give a place back when its file is closed, and open none without a place")
        .read(words.page, "limit")
}

/// Fewer files open than the limit allows, though more were left.
pub fn too_few_open(words: &Words, run: &Run, most: usize, limit: usize) -> Verdict {
    Verdict::new(format!("never more than {most} {} were open at once, and the limit is {limit}", words.tasks))
        .chart(run)
        .note(format!("a {} that waits for the disk needs no core, so only the limit counts", words.task))
        .belief(belief(30))
        .help("go by the limit that was given")
        .read(words.page, "limit")
}

/// One more file could have been open. Times are virtual, so they are exact.
pub fn idle_handle(words: &Words, run: &Run, waits: &str, took: u64, needed: u64) -> Verdict {
    Verdict::new(format!("{waits} was not opened although a place was free"))
        .chart(run)
        .note(format!("it took {took} ms of virtual time; with every place in use it takes {needed}"))
        .belief(belief(29))
        .help("open the next one when any one is closed, not when all are")
        .read(words.page, "limit")
}

/// A file took a place for longer than it takes to open and read it.
pub fn open_and_not_read(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{name} was open, and for a while nobody read it"))
        .chart(run)
        .note("it took a place all that time, and something made it wait for its turn")
        .belief(belief(24))
        .help("find what it waited for between opening and reading, and take that later")
        .read(words.page, "limit")
}

/// More files in memory than workers, seen from versions that were no longer on the disk.
pub fn read_too_early(words: &Words, run: &Run, held: usize, workers: usize) -> Verdict {
    let held = format!("{held} {} were in memory at once", words.tasks);
    Verdict::new(format!("{held}, and {}", there_are(workers, words.worker, words.workers)))
        .chart(run)
        .note(format!("{} that changed on the disk meanwhile were hashed as they had been", words.tasks))
        .belief(belief(28))
        .help(format!("let a {} read a {} when it is about to hash it", words.worker, words.task))
        .read(words.page, "memory")
}

/// Something else than the content of a file came to the hash.
pub fn not_a_content(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("what came to the hash was not the whole content of a {}", words.task))
        .chart(run)
        .note(format!("a hash of a part, or of two {} in one, says nothing about twins", words.tasks))
        .help(format!("hand over all bytes of one {}, as they were read", words.task))
        .read(words.page, "memory")
}

/// Files that could be read are in no list, in a run in which others could not be read.
pub fn lost_with_another(words: &Words, run: &Run, failed: &[String], lost: &[String]) -> Verdict {
    Verdict::new(format!("{} could not be read, and {} were lost", list(failed), list(lost)))
        .chart(run)
        .note(format!("a {} is lost if it is neither with its twins nor among the failed", words.task))
        .belief(belief(42))
        .help(format!("let an error end with its own {}, and carry it to the result", words.task))
        .read(words.page, "failures")
}

/// A file that could not be read is in no list.
pub fn error_swallowed(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{name} could not be read, and the result does not say so"))
        .chart(run)
        .note(format!("nobody can tell a {} without a twin from one that was never compared", words.task))
        .belief(belief(42))
        .help("keep the error beside its path until the result is made")
        .read(words.page, "failures")
}

/// From the end of a file that could not be read, a place stayed empty.
pub fn place_lost(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{name} could not be read, and its place was never free again"))
        .chart(run)
        .note(format!("as many errors as there are places, and no {} would open any more", words.task))
        .belief(belief(42))
        .help(format!("give the place back on every way out of a {}", words.task))
        .read(words.page, "failures")
}

/// A readable file is among those that failed, and nobody tried it where it lies.
pub fn not_on_this_disk(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{name} can be read, and the result says that it failed"))
        .chart(run)
        .note(format!("the {} of this check lie on the disk that you were given, and only there", words.tasks))
        .help(format!("open every {} through what you were given", words.task))
        .read(words.page, "one-thread")
}

/// Files were begun, and are in no list.
pub fn found_too_early(words: &Words, run: &Run, kept: usize, due: usize) -> Verdict {
    Verdict::new(format!("the result was taken when {kept} of {due} {} were in it", words.tasks))
        .chart(run)
        .note("the others were begun, and what was found out about them came too late")
        .belief(belief(62))
        .help("find the line that waits for all you started: what stands before it?")
        .read(words.page, "join")
}

/// Files were not even begun.
pub fn never_looked_at(words: &Words, run: &Run, lost: &[String]) -> Verdict {
    Verdict::new(format!("nobody looked at {}", list(lost)))
        .chart(run)
        .note(format!("every {} on the list belongs to somebody, also the last ones", words.task))
        .help(format!("count how many {} each of your shares or turns takes", words.tasks))
        .read(words.page, "join")
}

/// Files stand in other company than their hashes say.
pub fn wrong_twins(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{name} is not where it belongs in the result"))
        .chart(run)
        .note(format!("{} with the same hash are one list, and one without a twin is in none", words.tasks))
        .help("follow its path and its hash through your code, side by side")
        .read(words.page, "twins")
}

/// The machine gives no folder for temporary files, or no room in it.
pub fn no_files(error: &dyn Display) -> Verdict {
    Verdict::new("the files of this check could not be made in the temporary folder")
        .note(format!("the system says: {error}"))
        .help("this is not about your code: see whether the disk is full or read-only")
        .read(CHECKS, "ended-early")
}
