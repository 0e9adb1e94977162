//! How did it run: as polls of the learner's own executor.

use super::Words;
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// A task was polled a second time although nothing had changed for it.
pub fn polled_unwoken(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{} {name} was polled again, and nobody had woken it", words.task))
        .chart(run)
        .note("it said pending, and its waker was not called since: this poll finds nothing new")
        .belief(belief(25))
        .help(format!("leave a {} that is pending alone until its waker is called", words.task))
        .read(words.page, "wakes")
}

/// A second poll for wakes that the one before had answered.
pub fn polled_once_more(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{} {name} was polled twice for wakes that one poll had answered", words.task))
        .chart(run)
        .note("it was woken twice before the first of these polls, and not since")
        .belief(belief(65))
        .help(format!("before you queue a {}, ask whether it stands there already", words.task))
        .read(words.page, "wakes")
}

/// A finished future was asked again.
pub fn polled_after_its_end(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{} {name} was polled after it was finished", words.task))
        .chart(run)
        .note("its waker was called late, as may happen; there is nothing left to poll")
        .help(format!("decide what a wake means for a {} that has its output", words.task))
        .read(words.page, "wakes")
}

/// Only unsafe code can bring this about: a poll borrows its task mutably.
pub fn polled_by_two(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{} {name} was polled by two {} in one moment", words.task, words.workers))
        .chart(run)
        .note("the second poll began before the first was over")
        .help("let a poll be over before the next one begins")
        .read(words.page, "during")
}

/// A poll of `interleaved` on another thread than the caller's.
pub fn polled_elsewhere(words: &Words, run: &Run) -> Verdict {
    Verdict::new("`interleaved` polled on another thread than its caller's")
        .chart(run)
        .note(format!("one thread can have all {} in progress: it polls whichever was woken", words.tasks))
        .belief(belief(2))
        .help("poll on the thread that called you; other threads only call wakers")
        .read(words.page, "one-thread")
}

/// Everybody sleeps, and one task was woken in vain.
pub fn woken_in_vain(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{} {name} was woken, and never polled again", words.task))
        .chart(run)
        .note("its waker was called, and afterwards every thread went to sleep")
        .belief(belief(26))
        .help("follow a call of your waker: what does it leave behind, and who looks there?")
        .read(words.page, "bell")
}

/// Everybody sleeps, and the wake came while the task was in its poll.
pub fn lost_in_poll(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("{} {name} was woken during its own poll, and never polled again", words.task))
        .chart(run)
        .note("the wake came before the poll said pending, and nobody remembered it")
        .belief(belief(52))
        .help("find the line that makes room for the next wake: when does it run?")
        .read(words.page, "during")
}

/// Everybody sleeps, and one task never had its first poll.
pub fn never_polled(words: &Words, run: &Run, name: &str, waiting: &str) -> Verdict {
    let task = words.task;
    Verdict::new(format!("{task} {name} was never polled while the thread waited for {task} {waiting}"))
        .chart(run)
        .note(format!("{waiting} waits for what {name} would do, and only a poll moves {name}"))
        .belief(belief(7))
        .help(format!("poll every {task} once before you sleep"))
        .read(words.page, "first-poll")
}

/// A task that wakes itself got every turn.
pub fn starved(words: &Words, run: &Run, name: &str, at: &str, polls: usize) -> Verdict {
    let task = words.task;
    Verdict::new(format!("{task} {name} got no poll while {task} {at} was polled {polls} times"))
        .chart(run)
        .note(format!("{name} was woken, and {at} wakes itself in every poll, so that others may have a turn"))
        .belief(belief(7))
        .help("let whoever was woken first be polled first")
        .read(words.page, "in-turn")
}

/// There was nothing to poll, and some thread kept on running.
pub fn never_slept(words: &Words, run: &Run) -> Verdict {
    Verdict::new("there was nothing to poll, and the code kept looking instead of sleeping")
        .chart(run)
        .note(format!("every {} was pending and nobody called a waker, but a thread went on", words.task))
        .belief(belief(25))
        .help("let the thread sleep, and let the waker end its sleep")
        .read(words.page, "sleep")
}

/// The executor's waker blocks whoever calls it.
pub fn wake_never_came_back(words: &Words, run: &Run, name: &str) -> Verdict {
    Verdict::new(format!("the waker of {} {name} was called, and the call never came back", words.task))
        .chart(run)
        .note(format!("it was called from inside a poll, as any {} may do", words.task))
        .belief(belief(51))
        .help("find out which lock you hold while you poll, and until when")
        .read(words.page, "lock")
}

/// All tasks are finished, and a worker still sleeps.
pub fn nobody_told(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("every {} was finished, and a {} still waited for the next", words.task, words.worker))
        .chart(run)
        .note("it sleeps until something is queued, and nothing ever will be")
        .belief(belief(32))
        .help(format!("whoever finishes the last {} has to tell those who sleep", words.task))
        .read(words.page, "end")
}

/// A task that was ready waited for one worker, while another had nothing to do.
pub fn stood_behind(words: &Words, run: &Run, name: &str, at: &str) -> Verdict {
    let task = words.task;
    Verdict::new(format!("{task} {name} waited behind {task} {at}, and another {} was free", words.worker))
        .chart(run)
        .note(format!("the poll of {at} ends when all the others are finished, and it keeps one {}", words.worker))
        .belief(belief(55))
        .help(format!("let a {} that is free take whatever is ready", words.worker))
        .read(words.page, "one-queue")
}
