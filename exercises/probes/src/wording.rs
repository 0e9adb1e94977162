//! Every sentence that a verdict says, in one place.
//!
//! The headline says what the code did, in the task's words; `note` says why the chart means that;
//! `belief` names the belief under which the code would be right; `help` asks for one act and stops short
//! of the answer; `read` leads into the book. Lower case, no full stop, no thread ids, no measured times, no
//! blame. Verdicts about *how it ran* lead to the chapter's page, the others to the page
//! "How the checks see you".

use std::fmt::Display;
use std::process::ExitStatus;

use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;
use crate::watch::Panic;

/// The words of a task: what it calls its tasks, its threads and its results.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The chapter's page, and the name of its folder: `ch01-chess`.
    pub page: &'static str,
    /// One task and several: `board`, `boards`.
    pub task: &'static str,
    pub tasks: &'static str,
    /// One thread at work and several: `master`, `masters`.
    pub worker: &'static str,
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

// Did it finish?

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
    verdict
        .note(format!("this is the panic at {place}"))
        .help("start at that line: what stands after it never ran")
        .read(CHECKS, "panic")
}

/// Every thread waits, and nobody is left to wake one.
pub fn asleep(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("nothing could move any more, and not every {} was finished", words.task))
        .chart(run)
        .note("every thread waits for another one to do something first")
        .help("take the first row that does not end: what does it wait for, and who brings it?")
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
    Verdict::new(format!("nothing could move any more, and not every {} was finished", words.task))
        .chart(run)
        .note("every future waits, and nothing is on its way that could wake one")
        .help("take the first row that does not end: what does it wait for, and who brings it?")
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
        .note(format!("a loop that never ends keeps its thread, and no {} gets it", words.task))
        .help("find the loop that goes on, and what should have ended it")
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
        Some(None) => "the process was ended from outside, before there was a verdict".into(),
        None => "the process said nothing for too long, and was ended".into(),
    };
    Verdict::new(how)
        .note("a check runs in a process of its own, and this one had no verdict yet")
        .help("return from the function, and leave the process to its owner")
        .read(CHECKS, "ended-early")
}

/// The second process could not be started.
pub(crate) fn no_process(error: &dyn Display) -> Verdict {
    Verdict::new("the check could not get a process of its own")
        .note(format!("the system says: {error}"))
        .help("this is not about your code: run the tests again")
        .read(CHECKS, "ended-early")
}

// Is it right?

/// As many results as tasks are due.
pub fn wrong_count(words: &Words, run: &Run, got: usize, due: usize) -> Verdict {
    let headline = match got < due {
        true => format!("only {got} of {due} {} came back", words.results),
        false => format!("{got} {} came back for {due} {}", words.results, words.tasks),
    };
    Verdict::new(headline)
        .chart(run)
        .note(format!("every {} has one result, also one that had to wait for it", words.task))
        .belief(belief(35))
        .help(format!("keep each {} in hand until its result has come", words.task))
        .read(words.page, "in-order")
}

/// The results are all there, in another order than the tasks.
pub fn wrong_order(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the {} are right, but not in the order of the {}", words.results, words.tasks))
        .chart(run)
        .note(format!("what is finished first is not what stands first among the {}", words.tasks))
        .belief(belief(5))
        .help(format!("remember which {} each result belongs to", words.task))
        .read(words.page, "in-order")
}

/// One result is another than the reference has.
pub fn wrong_result(words: &Words, run: &Run, name: &str, got: &dyn Display, due: &dyn Display) -> Verdict {
    Verdict::new(format!("{} {name} came out as {got}, and it is {due}", words.task))
        .chart(run)
        .note(format!("the {} are compared with those of the plain loop in `tasks`", words.results))
        .help(format!("follow {} {name} through your code by hand, step by step", words.task))
        .read(words.page, "in-order")
}

/// The total was taken before the threads were done.
pub fn total_too_early(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the total was taken while the {} were still at work", words.workers))
        .chart(run)
        .note("asking whether a thread is done does not wait for it")
        .belief(belief(62))
        .help("wait for each thread; what it found comes with the waiting")
        .read(words.page, "join")
}

/// Each thread stored a total that knows only its own part.
pub fn lost_update(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the total holds one {}; the others were overwritten", words.task))
        .chart(run)
        .note("each thread read the total before the others had stored theirs")
        .belief(belief(46))
        .help("let every thread keep its own sum, and add them up in one place")
        .read(words.page, "join")
}

/// The total is wrong, and neither time nor overwriting explains it.
pub fn wrong_total(words: &Words, run: &Run, got: &dyn Display, due: &dyn Display) -> Verdict {
    Verdict::new(format!("the total was {got}, and it is {due}"))
        .chart(run)
        .note(format!("every {} counts once", words.task))
        .help(format!("add up what each {} found, and nothing else", words.worker))
        .read(words.page, "join")
}

/// A key has changed the text, and the box never showed it.
pub fn never_echoed(words: &Words, run: &Run, key: &dyn Display) -> Verdict {
    Verdict::new(format!("key {key} was never echoed"))
        .chart(run)
        .note("every key changes the text, and the box shows each of these texts once")
        .help("take the keys one by one, and echo the text after each")
        .read(words.page, "whole")
}

/// The box shows another text than was typed.
pub fn other_echo(words: &Words, run: &Run, echoed: &str, due: &str) -> Verdict {
    Verdict::new(format!("the box showed `{echoed}`, and `{due}` had been typed"))
        .chart(run)
        .note("every key changes the text, and the box shows each of these texts once")
        .help("take the keys one by one, and echo the text after each")
        .read(words.page, "whole")
}

/// The box shows a text for which no key was pressed.
pub fn one_echo_more(words: &Words, run: &Run, echoed: &str) -> Verdict {
    Verdict::new(format!("the box showed `{echoed}` when no key had been pressed"))
        .chart(run)
        .note("every key changes the text, and the box shows each of these texts once")
        .help("echo the text when a key has changed it, and only then")
        .read(words.page, "whole")
}

/// Everything had come to rest, and there were no hits on the screen.
pub fn never_shown(words: &Words, run: &Run, text: &str) -> Verdict {
    Verdict::new(format!("the hits for `{text}` were never shown"))
        .chart(run)
        .note("no key came any more, so this text was the one to finish")
        .belief(belief(35))
        .help("no more keys is not yet no more work: finish the last search first")
        .read(words.page, "whole")
}

/// What is on the screen are hits, but not all of them, or some of them twice.
pub fn other_hits(words: &Words, run: &Run, text: &str, got: usize, due: usize) -> Verdict {
    Verdict::new(format!("the screen showed {got} hits for `{text}`, and there are {due}"))
        .chart(run)
        .note("hits are shown when every chunk has been scanned, each of them once")
        .help("count the chunks that are still missing before you show anything")
        .read(words.page, "whole")
}

/// The hits are all there, in another order than that of the dictionary.
pub fn hits_as_they_came(words: &Words, run: &Run, text: &str) -> Verdict {
    Verdict::new(format!("the hits for `{text}` are right, but not in the order of the dictionary"))
        .chart(run)
        .note("the chunk that is scanned first is not always the first chunk")
        .belief(belief(5))
        .help("remember which chunk each list of hits belongs to")
        .read(words.page, "whole")
}

/// A word is on the screen that is no hit for the text in the box.
pub fn stale_hits(words: &Words, run: &Run, word: &str, text: &str, by_a_task: bool) -> Verdict {
    let (note, number, help) = match by_a_task {
        true => {
            ("a task that nobody holds any more went on, and drew its hits", 15, "keep hold of the task, and end it")
        }
        false => (
            "hits that were found for the text before came in after the key",
            5,
            "remember which text a list of hits was found for",
        ),
    };
    Verdict::new(format!("`{word}` was shown under `{text}`, and is no hit for it"))
        .chart(run)
        .note(note)
        .belief(belief(number))
        .help(help)
        .read(words.page, "stale")
}

// How did it run: on one thread.

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
    Verdict::new("the code asked again and again whether a key had come")
        .chart(run)
        .note("the hits were shown and no key was pressed, and yet it kept waking up")
        .belief(belief(25))
        .help("when there is nothing to scan, wait for the next key")
        .read(words.page, "pause")
}

// How did it run: as futures on one thread.

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
        InTurn::SpawnedAndAwaited => {
            (12, "each task was spawned, and awaited before the next was spawned", "spawn first, and await afterwards")
        }
        InTurn::KeptOut => (
            24,
            "the tasks were all spawned, and a lock let out one at a time",
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

// How did it run: on several threads.

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
        .note("the others were there all along, and were kept out until it was done")
        .belief(belief(50))
        .help("hold a lock while you store a result, not while you work for it")
        .read(words.page, "lock")
}

/// Some were at work at once, but fewer than given.
pub fn too_few(words: &Words, run: &Run, inside: usize, given: usize) -> Verdict {
    Verdict::new(format!("only {inside} of {given} {} were at work at once", words.workers))
        .chart(run)
        .note(format!("those {inside} were held, and nobody else came to join them"))
        .help(format!("use as many {} as are given", words.workers))
        .read(words.page, "at-once")
}

/// More threads were at work than given.
pub fn too_many(words: &Words, run: &Run, given: usize) -> Verdict {
    Verdict::new(format!("more than {given} {} were at work at once", words.workers))
        .chart(run)
        .note(format!("while {given} were held at work, one more came in"))
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

/// A panic message can be a page; its first lines are enough to know it by.
fn shorten(message: &str) -> String {
    const LONGEST: usize = 140;
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 2).chain(" …".chars()).collect()
}
