//! Did it finish?

use std::fmt::Display;
use std::process::ExitStatus;

use super::{CHECKS, Words, shorten};
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;
use crate::watch::Panic;

/// A stub that is not written yet, or any other panic: its own words are the headline.
pub fn panicked(words: &Words, panic: &Panic) -> Verdict {
    let place = panic.place.as_deref().unwrap_or("a place that is not known");
    let verdict = Verdict::new(shorten(&panic.message));
    if panic.message.starts_with("not yet implemented") {
        return verdict
            .note(format!("{place} still holds its `todo!`"))
            .help(format!("write it there; `cargo course hint {}` has a first hint", words.package()))
            .read(words.page, "your-turn");
    }
    verdict.note(format!("this is the panic at {place}")).help(start_at(place)).read(CHECKS, "panic")
}

/// A panic that nobody could catch, such as one in `rayon::spawn` or in a `drop` during another panic.
pub(crate) fn panicked_and_aborted(panic: &Panic) -> Verdict {
    let place = panic.place.as_deref().unwrap_or("a place that is not known");
    Verdict::new(shorten(&panic.message))
        .note(format!("this is the panic at {place}, and nobody was there to catch it: it ended the whole process"))
        .help(start_at(place))
        .read(CHECKS, "panic")
}

/// Where to look for the cause of a panic: a library is seldom to blame for its own.
fn start_at(place: &str) -> &'static str {
    match place.replace('\\', "/").contains("/registry/src/") || place.starts_with("/rustc/") {
        true => "find the call in your own file that leads there, and what it was given",
        false => "start at that line: what stands after it never ran",
    }
}

/// Everything is finished, and somebody waits for more.
fn waits_for_nothing(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("every {} was finished, and somebody still waited", words.task))
        .chart(run)
        .note("nobody is left who could send anything or come to an end")
        .belief(belief(32))
        .help("find what is waited for: a channel ends with its last sender, and one may still be held")
        .read(CHECKS, "stuck")
}

/// Whether every task was begun and finished.
fn all_finished(run: &Run) -> bool {
    run.ends() > 0 && run.tasks.iter().all(|task| task.last.is_some())
}

const FIRST_ROW: &str =
    "take the first row without an end, or without a beginning: what does it wait for, and who brings it?";

/// Every thread waits, and nobody is left to wake one.
pub fn asleep(words: &Words, run: &Run) -> Verdict {
    if all_finished(run) {
        return waits_for_nothing(words, run);
    }
    Verdict::new(format!("nothing could move any more, and not every {} was finished", words.task))
        .chart(run)
        .note("every thread waits for another one to do something first")
        .help(FIRST_ROW)
        .read(CHECKS, "stuck")
}

/// Every thread waits, and the named locks say for what.
pub fn tangled(words: &Words, run: &Run, tangle: &str) -> Verdict {
    Verdict::new(format!("nothing could move any more, and not every {} was finished", words.task))
        .chart(run)
        .note(tangle)
        .belief(belief(49))
        .help("give the locks one order, and take them in that order everywhere")
        .read(CHECKS, "stuck")
}

/// Every async task waits, and no timer or reply is left that could wake one.
pub fn stuck(words: &Words, run: &Run) -> Verdict {
    if all_finished(run) {
        return waits_for_nothing(words, run);
    }
    Verdict::new(format!("nothing could move any more, and not every {} was finished", words.task))
        .chart(run)
        .note("every future waits, and nothing is on its way that could wake one")
        .help(FIRST_ROW)
        .read(CHECKS, "stuck")
}

/// It had not ended, and this system does not tell whether its threads wait or run.
pub fn no_end(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the code did not come to its end, and not every {} was finished", words.task))
        .chart(run)
        .note("either a loop never ends, or every thread waits for another one")
        .help("take the first row that does not end: what does it wait for, or what goes round?")
        .read(CHECKS, "stuck")
}

/// It still ran after more turns than any answer needs.
pub fn busy(words: &Words, run: &Run) -> Verdict {
    Verdict::new("the code was still running, long after everything could have been finished")
        .chart(run)
        .note(format!(
            "a loop that never ends keeps its thread from every {}, and a paused clock from its time",
            words.task
        ))
        .help("find the loop that goes on, and what should have ended it")
        .read(CHECKS, "busy")
}

/// It still slept after more turns than any answer needs.
pub fn napping(run: &Run) -> Verdict {
    Verdict::new("the code was still sleeping, long after everything could have been finished")
        .chart(run)
        .note("a thread that sleeps until a time comes does nothing meanwhile, and nobody waits for that time here")
        .help("take the sleep out: wait for what must have happened instead")
        .read(CHECKS, "busy")
}

/// A check was called from within the code that it judges.
pub(crate) fn check_inside() -> Verdict {
    Verdict::new("the code called the check that judges it")
        .note("a check runs your function, and cannot be run by it")
        .help("call the check from `tests/check.rs` alone")
        .read(CHECKS, "ended-early")
}

/// More memory than any answer needs.
pub(crate) fn too_much_memory() -> Verdict {
    Verdict::new("the code asked for more memory than any answer needs")
        .note("its process was ended before the machine ran short of memory")
        .help("find what grows, and what should have stopped it")
        .read(CHECKS, "ended-early")
}

/// More threads than any answer needs.
pub(crate) fn too_many_threads() -> Verdict {
    Verdict::new("the code started more threads than any answer needs")
        .note("its process was ended before the whole machine stood still")
        .help("find what starts them, and what should have stopped it")
        .read(CHECKS, "ended-early")
}

/// The process of the check ended before it had a verdict.
pub(crate) fn ended_early(status: Option<ExitStatus>, output: &[String]) -> Verdict {
    let said = |words: &str| output.iter().any(|line| line.contains(words));
    if said("memory allocation of") {
        return too_much_memory();
    }
    if said("overflowed its stack") {
        return Verdict::new("the stack overflowed")
            .note("a function called itself more often than there was room for")
            .help("find the call that leads back to itself, and what should stop it")
            .read(CHECKS, "ended-early");
    }
    let how = match status.map(|status| status.code()) {
        Some(Some(code)) => format!("the code ended the whole process, with code {code}"),
        Some(None) => match status.map(|status| status.to_string()).filter(|status| status.contains("SIGABRT")) {
            Some(_) => "the code aborted the whole process".into(),
            None => "the process was ended from outside, before there was a verdict".into(),
        },
        None => "the process said nothing for too long, and was ended".into(),
    };
    Verdict::new(how)
        .note("a check runs in a process of its own, and this one had no verdict yet")
        .help("return from the function, and leave the process to its owner")
        .read(CHECKS, "ended-early")
}

/// The second process was asked for a test that it does not have.
pub(crate) fn no_such_test(name: &str) -> Verdict {
    Verdict::new(format!("no test has the name `{name}`"))
        .note("a check is found by the closure that is given to `alone`, or by the name that is given to `one_of_many`")
        .help("write the closure in the `#[test]` function itself, or give the name as `cargo test` prints it")
        .read(CHECKS, "process")
}

/// The second process could not be started.
pub(crate) fn no_process(error: &dyn Display) -> Verdict {
    Verdict::new("the check could not get a process of its own")
        .note(format!("the system says: {error}"))
        .help("this is not about your code: run the tests again")
        .read(CHECKS, "ended-early")
}
