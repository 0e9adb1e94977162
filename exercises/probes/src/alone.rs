//! A check in a process of its own, so that no learner's code can harm another test or the verdict.
//!
//! Code may loop, exit, overflow its stack, print without end or leave threads behind. So
//! [`alone`] starts this same program once more, asks it for this one check, and reads the verdict from
//! its output. What else the code printed is handed on, within bounds; the process is ended when it has
//! had more turns than any check needs.
//!
//! In a test, the closure must be written in the `#[test]` function itself, not in a helper, and no named function will
//! do: the name of the closure is how the second process finds the test. What stands before it in the test runs in both
//! processes. The standard test harness is needed.
//!
//! ```no_run
//! use probes::{Judged, alone};
//!
//! #[test]
//! fn interleaved() -> Judged {
//!     alone(|| Ok(()))
//! }
//! ```
//!
//! A program has its checks in `main`, which runs once more, with the same arguments, for every one of them:
//!
//! ```no_run
//! use probes::{Reported, program};
//!
//! fn main() -> Reported {
//!     Reported(program("interleaved", || Ok(())))
//! }
//! ```
//!
//! Only here is a panic seen that nobody joins or that was caught: the process of a check writes them all down. All of
//! them count, except those in files below `exercises/tasks/`, where a job may fail on purpose.
//!
//! Limits: a verdict has to come within a minute, and, where the system tells, with 256 MiB of memory and 1000 threads;
//! 40 lines of what the code prints are shown. Checks that share files or ports are not kept apart. The idea is that of
//! the death tests of GoogleTest.

use std::any::type_name;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write, stdout};
use std::panic::{self, Location};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::still;
use crate::verdict::{Judged, Verdict};
use crate::watch::{Panic, watched};
use crate::wording;

/// Names the check that the second process is asked for.
const ASKED: &str = "PROBES_ALONE";
/// And says where it stands: a test may have several.
const PLACE: &str = "PROBES_ALONE_AT";
/// Starts the line of the verdict; a control character that no ordinary output contains.
const MARK: &str = "\u{1}verdict:";
/// Starts the line of a verdict that counts if a panic ends the process before it can say its last word.
const IF_ABORTED: &str = "\u{1}if-aborted:";
const PASSED: &str = "passed";
/// Lines of the learner's own output that are shown; the rest is counted.
const SHOWN: usize = 40;
/// While it prints, its memory is looked at after so many lines.
const LINES_A_LOOK: usize = 1000;
/// A second process may not use more memory than this, where the system tells how much it uses.
const MEMORY: u64 = 256 << 20;
/// Nor more threads, or the whole machine stands still.
const THREADS: usize = 1000;
/// Naps for which a second process that has ended may still be heard.
const ECHO: u32 = 5;
/// Naps of 10 ms after which a second process without a verdict is ended. It has a watchdog of its own, which is
/// much faster; this is for the day on which that one is stuck, too.
const NAPS: u32 = 6000;

/// Runs a check of a test in a process of its own.
///
/// Of several in one test, the second process passes those that stand before the one that it is asked for. So a test
/// that wants a verdict of one and then has another needs two tests, or [`one_of_many`].
///
/// # Errors
///
/// The verdict of the check, or the one on a process that ended without a verdict.
#[track_caller]
pub fn alone<F: FnOnce() -> Judged>(check: F) -> Judged {
    let (test, place) = (test_name(type_name::<F>()), Location::caller().to_string());
    test_in_own_process(&test, &test, &place, &mut once(check))
}

/// Runs one of many checks of the same test, each in a process of its own; `name` tells them apart, and `test` is the
/// name of the test as `cargo test` prints it: `module::test`. A second process passes all but the one that it is
/// asked for.
///
/// # Errors
///
/// As [`alone`].
pub fn one_of_many(test: &str, name: &str, check: fn() -> Judged) -> Judged {
    test_in_own_process(test, name, "", &mut { check })
}

/// A check that is run at most once. Behind this type nothing is generic, so a learner's test does not compile
/// this module again after every save.
type Once<'a> = &'a mut dyn FnMut() -> Judged;

fn once<'a>(check: impl FnOnce() -> Judged + 'a) -> impl FnMut() -> Judged + 'a {
    let mut check = Some(check);
    move || check.take().map_or(Ok(()), |check| check())
}

fn test_in_own_process(test: &str, name: &str, place: &str, check: Once) -> Judged {
    let arguments = [test, "--exact", "--nocapture", "--include-ignored", "--test-threads=2"].map(String::from);
    in_own_process(name, place, &arguments, check)
}

/// The name of the check that this process was started for; `None` in a process that was started by a person.
pub fn asked() -> Option<String> {
    std::env::var(ASKED).ok()
}

/// Runs a check of a program's `main` in a process of its own; `name` tells its checks apart.
///
/// # Errors
///
/// As [`alone`].
pub fn program<F: FnOnce() -> Judged>(name: &str, check: F) -> Judged {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    in_own_process(name, "", &arguments, &mut once(check))
}

/// `krate::module::test::{{closure}}` is the closure of the test `module::test`.
fn test_name(closure: &str) -> String {
    let path = closure.trim_end_matches("::{{closure}}");
    path.split_once("::").map_or(path, |(_, test)| test).to_string()
}

fn in_own_process(name: &str, place: &str, arguments: &[String], check: Once) -> Judged {
    match asked() {
        Some(asked) if asked == name && std::env::var(PLACE).is_ok_and(|asked| asked == place) => answer(check),
        // The second process is on its way to another check of the same program.
        Some(_) => Ok(()),
        None => ask(name, place, arguments),
    }
}

/// In the second process: runs the check, says its verdict, and ends.
fn answer(check: Once) -> ! {
    // Code that asks for its own check would answer in the check's place.
    if watched() || ANSWERS.swap(true, SeqCst) {
        say(&wording::check_inside().pack());
    }
    LAST_WORD.get_or_init(own_stdout);
    still::main_looks_on();
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        let panic = Panic { place, ..Panic::of(info.payload()) };
        if !is_given(&panic) {
            if_aborted(&wording::panicked_and_aborted(&panic));
        }
        PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(panic);
    }));
    match check() {
        Ok(()) => say(PASSED),
        Err(verdict) => say(&verdict.pack()),
    }
}

/// Whether this process answers for a check.
static ANSWERS: AtomicBool = AtomicBool::new(false);

/// Whether this is the process of one check, which has begun.
pub(crate) fn answers() -> bool {
    ANSWERS.load(SeqCst)
}

/// The way out for a verdict: code may hold the lock of `stdout` for ever.
static LAST_WORD: OnceLock<Option<File>> = OnceLock::new();

#[cfg(unix)]
fn own_stdout() -> Option<File> {
    use std::os::fd::AsFd;
    stdout().as_fd().try_clone_to_owned().ok().map(File::from)
}

#[cfg(windows)]
fn own_stdout() -> Option<File> {
    use std::os::windows::io::AsHandle;
    stdout().as_handle().try_clone_to_owned().ok().map(File::from)
}

#[cfg(not(any(unix, windows)))]
fn own_stdout() -> Option<File> {
    None
}

/// One write, so that a thread that still prints cannot come between.
fn write_line(line: &str) -> io::Result<()> {
    let line = format!("\n{line}\n");
    match LAST_WORD.get().and_then(Option::as_ref) {
        Some(mut out) => out.write_all(line.as_bytes()),
        None => stdout().lock().write_all(line.as_bytes()),
    }
}

/// Says the last word of the second process.
fn say(said: &str) -> ! {
    flush_if_it_can();
    let _ = write_line(&format!("{MARK}{said}"));
    std::process::exit(0)
}

/// What the code has printed comes before the verdict, unless somebody keeps it.
fn flush_if_it_can() {
    let (tell, told) = channel();
    let flushes = thread::Builder::new().spawn(move || {
        let _ = stdout().flush();
        let _ = tell.send(());
    });
    if flushes.is_ok() {
        let _ = told.recv_timeout(Duration::from_millis(100));
    }
}

/// In the process of a check: the verdict, if code now aborts it. The first one stands.
pub(crate) fn if_aborted(verdict: &Verdict) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if answers() && !SAID.swap(true, SeqCst) {
        let _ = write_line(&format!("{IF_ABORTED}{}", verdict.pack()));
    }
}

/// The panics of this process, in order. A global, because a panic hook is one; only the process of a
/// single check has it set.
static PANICS: Mutex<Vec<Panic>> = Mutex::new(Vec::new());

/// The first panic of this check's code: the cause of those that follow from it. A panic in the given half
/// of a task is a part of that task, such as a job that fails on purpose.
pub(crate) fn first_panic() -> Option<Panic> {
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    panics.iter().find(|panic| !is_given(panic)).cloned()
}

fn is_given(panic: &Panic) -> bool {
    panic.place.as_ref().is_some_and(|place| place.replace('\\', "/").starts_with(GIVEN))
}

/// Where the given halves of the tasks lie, as the compiler names their files.
const GIVEN: &str = "exercises/tasks/";

/// In the first process: asks for the check and reads the verdict.
fn ask(name: &str, place: &str, arguments: &[String]) -> Judged {
    let program = std::env::current_exe().map_err(|error| wording::no_process(&error))?;
    let mut child = Command::new(program)
        .args(arguments)
        .env(ASKED, name)
        .env(PLACE, place)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| wording::no_process(&error))?;
    let heard = listen(&mut child);
    heard.output.iter().for_each(|line| println!("{line}"));
    if heard.more > 0 {
        println!("… and {} more lines", heard.more);
    }
    match heard.said.as_deref() {
        Some(PASSED) => Ok(()),
        Some(packed) => Err(Verdict::unpack(packed).unwrap_or_else(|| wording::ended_early(None, &[]))),
        None if heard.first == "running 0 tests" => Err(wording::no_such_test(&arguments[0])),
        None => {
            // With this code, the harness ends a test that panicked: so it was the check itself.
            let ended_by_a_panic = heard.status.is_some_and(|status| status.code().is_none_or(|code| code == 101));
            let verdict = heard.if_aborted.as_deref().filter(|_| ended_by_a_panic).and_then(Verdict::unpack);
            Err(verdict.unwrap_or_else(|| wording::ended_early(heard.status, &heard.output)))
        }
    }
}

#[derive(Default)]
struct Heard {
    said: Option<String>,
    output: Vec<String>,
    more: usize,
    /// The verdict, if a panic ends it.
    if_aborted: Option<String>,
    /// It has had turns enough, and was ended.
    given_up: bool,
    /// The first line, which the test harness of the second process says.
    first: String,
    status: Option<ExitStatus>,
}

/// Reads the child's output until it says its verdict, ends, or has had turns enough.
fn listen(child: &mut Child) -> Heard {
    let (send, lines) = channel();
    let readers: [Option<Box<dyn Read + Send>>; 2] =
        [child.stdout.take().map(|out| Box::new(out) as _), child.stderr.take().map(|err| Box::new(err) as _)];
    for pipe in readers.into_iter().flatten() {
        let send = send.clone();
        thread::spawn(move || read_lines(pipe, |line| send.send(line).is_ok()));
    }
    drop(send);
    let mut heard = Heard::default();
    hear(&lines, &mut heard, child);
    // A child that has said its verdict has ended or is about to; one that has not may never.
    let _ = child.kill();
    let ended = child.wait().ok().filter(|_| !heard.given_up);
    heard.status = heard.status.or(ended);
    heard
}

fn hear(lines: &Receiver<String>, heard: &mut Heard, child: &mut Child) {
    const NAP: Duration = Duration::from_millis(10);
    let (mut naps, mut last, mut echo, mut until_look) = (0, Instant::now(), 0, LINES_A_LOOK);
    while naps < NAPS {
        let line = lines.recv_timeout(NAP);
        // Whoever prints without end takes turns, too.
        if line.is_err() || last.elapsed() > NAP {
            (naps, last) = (naps + 1, Instant::now());
        }
        match line {
            Ok(line) if line.starts_with(MARK) => {
                heard.said = Some(line[MARK.len()..].to_string());
                return;
            }
            Ok(line) if line.starts_with(IF_ABORTED) => heard.if_aborted = Some(line[IF_ABORTED.len()..].to_string()),
            Ok(line) => {
                keep(heard, line);
                until_look -= 1;
            }
            Err(RecvTimeoutError::Timeout) => {
                until_look = 0;
                // Its own children may keep the pipe open.
                if let Ok(Some(status)) = child.try_wait() {
                    echo += 1;
                    if echo > ECHO {
                        heard.status = Some(status);
                        return;
                    }
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                heard.status = child.wait().ok();
                return;
            }
        }
        if until_look == 0 {
            until_look = LINES_A_LOOK;
            if let Some(verdict) = outgrown(child) {
                heard.said = Some(verdict.pack());
                return;
            }
        }
    }
    heard.given_up = true;
}

/// The verdict on a child that has more than any answer needs.
fn outgrown(child: &Child) -> Option<Verdict> {
    if memory_of(child)? > MEMORY {
        return Some(wording::too_much_memory());
    }
    (threads_of(child)? > THREADS).then(wording::too_many_threads)
}

/// The threads that the child has, where the system tells.
fn threads_of(child: &Child) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("Threads:"))?.trim().parse().ok()
}

/// The memory that the child has in use, where the system tells.
fn memory_of(child: &Child) -> Option<u64> {
    let pages = std::fs::read_to_string(format!("/proc/{}/statm", child.id())).ok()?;
    // Pages of 4 KiB or more: the bound is a rough one.
    pages.split_whitespace().nth(1)?.parse::<u64>().ok().map(|resident| resident * 4096)
}

fn keep(heard: &mut Heard, line: String) {
    if heard.first.is_empty() {
        heard.first.clone_from(&line);
    }
    // What the test harness of the second process says is not the learner's output.
    let harness = line.is_empty() || (line.starts_with("running ") && line.ends_with(" test"));
    match heard.output.len() {
        _ if harness => {}
        ..SHOWN => heard.output.push(line),
        _ => heard.more += 1,
    }
}

/// Hands on every line, however long and in whatever encoding, until nobody wants more.
fn read_lines(pipe: impl Read, mut hand_on: impl FnMut(String) -> bool) {
    const LONGEST: u64 = 64 * 1024;
    let mut pipe = BufReader::new(pipe);
    loop {
        let mut line = Vec::new();
        match pipe.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&line);
        if !hand_on(line.trim_end_matches(['\n', '\r']).to_string()) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_test_is_the_path_of_its_closure() {
        assert_eq!(test_name("check::interleaved::{{closure}}"), "interleaved");
        assert_eq!(test_name("wrong::ch01_chess::one::{{closure}}"), "ch01_chess::one");
    }

    #[test]
    fn a_check_that_passes_passes() -> Judged {
        alone(|| Ok(()))
    }

    #[test]
    fn a_verdict_comes_back_whole() {
        let said = alone(|| Err(Verdict::new("two\nlines").note("a\tb"))).unwrap_err();
        assert_eq!((said.headline.as_str(), said.note.as_str()), ("two\nlines", "a\tb"));
    }

    #[test]
    fn of_two_checks_in_one_test_each_is_judged() {
        let first = alone(|| Ok(()));
        let second = alone(|| Err(Verdict::new("the second one")));
        assert_eq!((first, second.unwrap_err().headline.as_str()), (Ok(()), "the second one"));
    }

    #[test]
    fn a_test_that_is_not_there_is_named() {
        let said = one_of_many("no::such_test", "one", || Ok(())).unwrap_err();
        assert_eq!(said.headline, "no test has the name `no::such_test`");
    }

    #[test]
    fn a_panic_of_the_check_itself_is_quoted() {
        let said = alone(|| panic!("no such pot")).unwrap_err();
        assert_eq!(said.headline, "no such pot");
    }

    #[test]
    fn a_process_that_exits_has_a_verdict() {
        let said = alone(|| std::process::exit(7)).unwrap_err();
        assert!(said.headline.contains("code 7"), "{said}");
    }

    #[test]
    fn a_flood_of_output_is_bounded() -> Judged {
        alone(|| {
            (0..100_000).for_each(|line| println!("{line}"));
            Ok(())
        })
    }

    #[test]
    fn a_verdict_after_an_unfinished_line_is_heard() -> Judged {
        alone(|| {
            print!("and then");
            Ok(())
        })
    }

    #[test]
    fn output_is_shown_within_bounds_and_the_rest_is_counted() {
        let mut heard = Heard::default();
        ["", "running 1 test"].into_iter().for_each(|line| keep(&mut heard, line.into()));
        (0..SHOWN + 7).for_each(|line| keep(&mut heard, line.to_string()));
        assert_eq!((heard.output.len(), heard.more), (SHOWN, 7));
        assert_eq!(heard.output[0], "0");
    }

    #[test]
    fn lines_are_handed_on_in_whatever_encoding_and_however_long() {
        let mut lines = Vec::new();
        let output = b"tea\r\nth\xe9\n".chain(std::io::repeat(b'x').take(1 << 20));
        read_lines(output, |line| {
            lines.push(line);
            true
        });
        assert_eq!(lines[..2], ["tea", "th\u{fffd}"]);
        assert!(lines.iter().all(|line| line.len() <= 1 << 16), "{}", lines.len());
    }

    /// A panic of the given half is a part of the task, and those that follow from one are not its cause.
    #[test]
    fn the_first_panic_of_the_learners_counts() -> Judged {
        alone(|| {
            let places = [
                "exercises/tasks/src/a.rs:1",
                "exercises\\tasks\\src\\a.rs:1",
                "exercises/ch01/src/lib.rs:1",
                "b.rs:1",
            ];
            let panics = places.map(|place| Panic { message: String::new(), place: Some(place.into()) });
            PANICS.lock().unwrap().extend(panics);
            assert_eq!(first_panic().unwrap().place.as_deref(), Some("exercises/ch01/src/lib.rs:1"));
            Ok(())
        })
    }

    /// Holds more memory than a check may have, and then does the rest.
    fn hoard_and(rest: impl FnOnce()) -> Judged {
        let hoard = vec![1_u8; MEMORY as usize + (64 << 20)];
        rest();
        assert_eq!(std::hint::black_box(hoard)[7], 1);
        Ok(())
    }

    #[test]
    fn memory_is_bounded_for_those_who_sleep() {
        let said = alone(|| hoard_and(|| thread::sleep(Duration::from_secs(3600)))).unwrap_err();
        assert!(said.headline.contains("more memory"), "{said}");
    }

    #[test]
    fn memory_is_bounded_for_those_who_print() {
        let said = alone(|| hoard_and(|| (0..500_000).for_each(|line| println!("{line}")))).unwrap_err();
        assert!(said.headline.contains("more memory"), "{said}");
    }
}
