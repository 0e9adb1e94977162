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

// How did it run: with files.

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
        .note(format!("so many errors as there are places, and no {} is opened any more", words.task))
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

// How did it run: as polls of the learner's own executor.

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
        .belief(belief(30))
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

// How did it run: as carts that are handed on.

/// One crab was asked for two things in one moment.
pub fn two_steps_at_once(words: &Words, run: &Run, crab: &str, asked: &str, at: &str) -> Verdict {
    let headline = match asked == at {
        true => format!("crab {crab} was asked to {asked} a cart while it was at work on another"),
        false => format!("crab {crab} was asked to {asked} one cart and to {at} another in one moment"),
    };
    charted(Verdict::new(headline), run)
        .note("a crab at work is no answer on its way: it does one thing, and then the next")
        .belief(belief(8))
        .help("whatever is to overlap needs a crab of its own")
        .read(words.page, "one-crab")
}

/// The cart is not where this step begins.
pub fn wrong_turn(words: &Words, run: &Run, crab: &str, asked: &str, (state, place): (&str, &str)) -> Verdict {
    charted(Verdict::new(format!("crab {crab} was to {asked} a cart that stood {state} {place}")), run)
        .note("a cart is loaded, hauled, tipped and brought back, in this order, again and again")
        .help("follow one cart through your code, from hand to hand")
        .read(words.page, "one-crab")
}

/// Another number of crabs than the design has.
pub fn crabs_at_work(words: &Words, run: &Run, got: usize, due: usize) -> Verdict {
    let (crabs, design) =
        (if got == 1 { "crab" } else { "crabs" }, if due == 1 { "one".into() } else { due.to_string() });
    let verdict = charted(Verdict::new(format!("{got} {crabs} went to work, and this design has {design}")), run);
    let verdict = match got > due {
        true => verdict.note("no column has more digits than there are carts").belief(belief(4)),
        false => verdict.note("whoever is not there leaves the work to the others"),
    };
    verdict.help("give the work to as many crabs as the design has").read(words.page, "one-crab")
}

/// The second crab had nothing to do before the first was done.
pub fn one_crab_after_another(words: &Words, run: &Run, first: &str, second: &str, spawned: bool) -> Verdict {
    charted(Verdict::new(format!("crab {second} did not begin until crab {first} was done")), run)
        .note("the rows do not overlap, so a second hand has nothing to move")
        .belief(belief(if spawned { 12 } else { 10 }))
        .help("let both begin before you wait for either")
        .read(words.page, "two")
}

/// Two crabs stand in line at one pile.
pub fn one_pile(words: &Words, run: &Run, took: u64, due: u64) -> Verdict {
    charted(Verdict::new("both crabs went to one pile and one fire, and the other yard stayed empty"), run)
        .note(format!("it took {took} ms, and {due} with two piles: one stands in line behind the other"))
        .belief(belief(4))
        .help("double what they have to share, too")
        .read(words.page, "two")
}

/// All carts wait for somebody who has not begun.
pub fn nobody_began(
    words: &Words,
    run: &Run,
    carts: usize,
    (state, place): (&str, &str),
    verb: &str,
    spawned: bool,
) -> Verdict {
    let (carts, stand) = if carts == 1 { ("1".into(), "cart stands") } else { (carts.to_string(), "carts stand") };
    charted(Verdict::new(format!("{carts} {state} {stand} {place}, and nobody has begun to {verb}")), run)
        .note("whoever has begun waits for a cart that never comes, and nothing can move")
        .belief(belief(if spawned { 12 } else { 10 }))
        .help("let all four begin before you wait for one of them")
        .read(words.page, "start")
}

/// Everything is done, and somebody still waits for more.
pub fn line_never_ends(words: &Words, run: &Run, loads: u32, crab: &str) -> Verdict {
    charted(Verdict::new(format!("all {loads} loads are burnt, all carts are back, and crab {crab} still waits")), run)
        .note("a channel ends when its last sender is dropped, and one is still there")
        .belief(belief(32))
        .help("find the sender that nobody uses any more, and who holds it")
        .read(words.page, "end")
}

/// The report is there, and somebody still waits.
pub fn still_there(words: &Words, run: &Run, crab: Option<&str>) -> Verdict {
    let headline = match crab {
        Some(crab) => format!("the report was made, and crab {crab} had not gone home"),
        None => "the report was made, and a task had not ended".into(),
    };
    charted(Verdict::new(headline), run)
        .note("whoever waits for a cart that never comes stays, and nobody hears of it")
        .belief(belief(32))
        .help("let its channel end, and report when everybody has gone")
        .read(words.page, "end")
}

/// A ring of crabs with full claws.
pub fn no_room(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("every crab holds a cart, and waits for the next crab to take it"), run)
        .note("a send without room waits for somebody to receive, and they are all sending")
        .belief(belief(38))
        .help("let carts stand somewhere between two crabs")
        .read(words.page, "end")
}

/// Nobody can move any more, and neither the end nor a missing crab explains it.
pub fn standstill(words: &Words, run: &Run, burnt: u32, loads: u32, carts: &[(usize, (&str, &str))]) -> Verdict {
    let stand = carts.iter().filter(|(count, _)| *count > 0);
    let stand: Vec<_> = stand.map(|(count, (state, place))| format!("{count} {state} {place}")).collect();
    charted(Verdict::new(format!("nothing could move any more, with {burnt} of {loads} loads in the fire")), run)
        .note(format!("where the carts are: {}", if stand.is_empty() { "nowhere".into() } else { stand.join(", ") }))
        .help("who should take these carts next, and what does that crab wait for?")
        .read(words.page, "start")
}

/// Full carts that nobody has any more. `all_loaded`: every load was on its way when the crab went home.
pub fn lost_loads(
    words: &Words,
    run: &Run,
    count: usize,
    place: &str,
    crab: Option<&str>,
    all_loaded: bool,
) -> Verdict {
    let loads = if count == 1 { "1 load was lost".into() } else { format!("{count} loads were lost") };
    let gone = crab.map_or(String::new(), |crab| format!(": crab {crab} had gone home"));
    let verdict = charted(Verdict::new(format!("{loads} {place}{gone}")), run);
    let verdict = match all_loaded {
        true => verdict.note("the news that all was loaded overtook carts still on their way").belief(belief(33)),
        false => verdict.note("no cart was there for a moment, and that was taken for the end").belief(belief(35)),
    };
    verdict.help("let a crab go home only when the one before it has gone").read(words.page, "end")
}

/// Empty carts that nobody has any more. `sent`: there are several crabs, so they were on their way to another.
pub fn lost_carts(words: &Words, run: &Run, count: usize, place: &str, crab: Option<&str>, sent: bool) -> Verdict {
    let carts = if count == 1 { "1 empty cart was lost".into() } else { format!("{count} empty carts were lost") };
    let gone = crab.map_or(String::new(), |crab| format!(": crab {crab} had gone home"));
    let verdict = charted(Verdict::new(format!("{carts} {place}{gone}")), run);
    let verdict = match sent {
        true => verdict
            .note("a send to somebody who has gone gives the cart back, and it was dropped")
            .belief(belief(38))
            .help("let somebody stay who takes the last carts in"),
        false => verdict.note("it was dropped, so it is in no report").help("put every cart into the tally"),
    };
    verdict.read(words.page, "end")
}

/// More carts than there are.
pub fn too_many_carts(words: &Words, run: &Run, given: usize) -> Verdict {
    let there = if given == 1 { "there is one".into() } else { format!("there are {given}") };
    charted(Verdict::new(format!("cart number {} was asked for, and {there}", given + 1)), run)
        .note("the carts are what holds the loader back; no channel does that for them")
        .belief(belief(31))
        .help("wait for a cart that comes back")
        .read(words.page, "carts")
}

/// Carts were left where they stood, and it took its time.
pub fn carts_unused(words: &Words, run: &Run, used: usize, given: usize, took: u64) -> Verdict {
    carts_never_used(words, run, used, given)
        .note(format!("it took {took} ms: whoever has no cart waits, however many hands there are"))
}

/// Carts were left where they stood.
pub fn carts_never_used(words: &Words, run: &Run, used: usize, given: usize) -> Verdict {
    charted(Verdict::new(format!("only {used} of {given} carts went on their way")), run)
        .note("whoever has no cart waits, however many hands there are")
        .belief(belief(36))
        .help("send out every cart that you are given")
        .read(words.page, "carts")
}

/// Whoever does everything is no part of a line.
pub fn no_line(words: &Words, run: &Run, crab: &str) -> Verdict {
    charted(Verdict::new(format!("crab {crab} takes a cart all the way, and this design is a line")), run)
        .note("in a line, a cart goes from crab to crab, and each crab does one thing with it")
        .help("give each crab one thing to do, and let it hand the cart on")
        .read(words.page, "four")
}

/// A crab in the line does more than one thing.
pub fn several_trades(words: &Words, run: &Run, crab: &str, trades: &[&str]) -> Verdict {
    let takes = 3 * trades.len();
    charted(Verdict::new(format!("crab {crab} does {} things: it {}", trades.len(), trades.join(" and "))), run)
        .note(format!("a line is as quick as its busiest crab: {takes} ms a load here, 3 for the others"))
        .belief(belief(37))
        .help("give each crab one thing to do, and let it hand the cart on")
        .read(words.page, "four")
}

/// Hands, crabs and carts for more, and one step at a time.
pub fn one_at_a_time(words: &Words, run: &Run, hands: usize, carts: usize) -> Verdict {
    charted(Verdict::new(format!("one crab moved at a time, with {hands} hands and {carts} carts for more")), run)
        .note("the rows overlap and the digits do not: something lets in one step at a time")
        .belief(belief(24))
        .help("hold nothing while a crab works that another one needs")
        .read(words.page, "lock")
}

/// The time is another than the design needs, for a reason of its own.
pub fn another_time(words: &Words, run: &Run, took: u64, due: u64, hands: usize) -> Verdict {
    let hands = if hands == 1 { "one hand".into() } else { format!("{hands} hands") };
    charted(Verdict::new(format!("it took {took} ms, and with {hands} this design takes {due}")), run)
        .note("somewhere a hand, a crab and a cart were ready, and nothing moved")
        .help("look for the first column with fewer digits than there could be")
        .read(words.page, "table")
}

/// The report does not wait for the last carts.
pub fn report_too_early(words: &Words, run: &Run, carts: usize, still_at_work: bool) -> Verdict {
    let carts = if carts == 1 { "the cart was" } else { "all carts were" };
    let verdict = charted(Verdict::new(format!("the report was made before {carts} back")), run)
        .note("the fire is not the end of the way: a cart is home when it is back at the pile");
    let verdict = if still_at_work { verdict.belief(belief(62)) } else { verdict };
    verdict.help("report when everybody who has a cart has brought it").read(words.page, "report")
}

/// The report says another number than the fire.
pub fn wrong_books(words: &Words, run: &Run, burnt: u32, reported: u32, loads: u32) -> Verdict {
    let headline = match burnt == loads {
        true => format!("{loads} loads went into the fire, and the report says {reported}"),
        false => format!("{burnt} loads went into the fire, and {loads} were asked for"),
    };
    charted(Verdict::new(headline), run)
        .note("the yard counts every load that is loaded, and every load that is tipped")
        .help("count where the loads are tipped, and stop where they are loaded")
        .read(words.page, "report")
}

/// A blocking step on the thread that moves all the crabs.
pub fn blocking_step(words: &Words, run: &Run, crab: &str) -> Verdict {
    charted(Verdict::new(format!("crab {crab} kept the only thread while it worked")), run)
        .note("while the thread is kept, no other crab can be moved")
        .belief(belief(18))
        .help("await the step")
        .read(words.page, "one-thread")
}

/// A step on another thread than the caller's.
pub fn moved_elsewhere(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("a crab was moved by another thread than the caller's"), run)
        .note("here the hands are simulated, and one thread moves all crabs in turn")
        .belief(belief(2))
        .help("keep all crabs on the thread that called you")
        .read(words.page, "one-thread")
}

/// The paused clock never moved on: somebody asks again and again.
pub fn never_waits(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("no step ever came to its end, because somebody never stopped asking"), run)
        .note("virtual time passes while all wait, and one of them keeps the thread")
        .belief(belief(25))
        .help("let whoever needs a cart sleep until one comes")
        .read(words.page, "wait")
}

/// One crab is at work, and of the others not all sleep.
pub fn never_asleep(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("the only cart was at the fire, and somebody kept asking for one"), run)
        .note("a thread that asks again and again keeps a core that others could use")
        .belief(belief(25))
        .help("let whoever needs a cart sleep until one comes")
        .read(words.page, "wait")
}

/// Two procedures on one thread.
pub fn one_thread_for_two(words: &Words, run: &Run, crab: &str, other: &str) -> Verdict {
    charted(Verdict::new(format!("one thread moved crab {crab} and crab {other}")), run)
        .note("a thread is one pair of hands: it cannot be at two crabs in one moment")
        .help("give every crab a thread of its own")
        .read(words.page, "at-once")
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
