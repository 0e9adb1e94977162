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
//! Limits: a verdict has to come before a minute has passed in which the process says nothing, and within 256 MiB of memory
//! where the system tells how much is in use; 40 lines of what the code prints are shown. Checks that share files or
//! ports are not kept apart. The idea is that of the death tests of GoogleTest.

use std::any::type_name;
use std::io::{BufRead, BufReader, Read, Write, stdout};
use std::panic::{self, Location};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

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
const PASSED: &str = "passed";
/// Lines of the learner's own output that are shown; the rest is counted.
const SHOWN: usize = 40;
/// While it prints, its memory is looked at after so many lines.
const LINES_A_LOOK: usize = 1000;
/// A second process may not use more memory than this, where the system tells how much it uses.
const MEMORY: u64 = 256 << 20;
/// Naps of 10 ms after which a second process without a verdict is ended. It has a watchdog of its own, which is
/// much faster; this is for the day on which that one is stuck, too.
const NAPS: u32 = 6000;

/// Runs a check of a test in a process of its own.
///
/// Of several in one test, the second process passes those that stand before the one that it is asked for. So a test that
/// wants a verdict of one and then has another needs two tests, or [`one_of_many`].
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
    if watched() {
        say(&wording::check_inside().pack());
    }
    still::main_looks_on();
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        let panic = Panic { place, ..Panic::of(info.payload()) };
        PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(panic);
    }));
    match check() {
        Ok(()) => say(PASSED),
        Err(verdict) => say(&verdict.pack()),
    }
}

/// Says the last word of the second process.
fn say(said: &str) -> ! {
    // One write, so that a thread that still prints cannot come between.
    let _ = stdout().lock().write_all(format!("\n{MARK}{said}\n").as_bytes());
    let _ = stdout().flush();
    std::process::exit(0)
}

/// The panics of this process, in order. A global, because a panic hook is one; only the process of a
/// single check has it set.
static PANICS: Mutex<Vec<Panic>> = Mutex::new(Vec::new());

/// The first panic of this check's code: the cause of those that follow from it. A panic in the given half
/// of a task is a part of that task, such as a job that fails on purpose.
pub(crate) fn first_panic() -> Option<Panic> {
    let given = |panic: &&Panic| panic.place.as_ref().is_some_and(|place| place.replace('\\', "/").starts_with(GIVEN));
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    panics.iter().find(|panic| !given(panic)).cloned()
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
        None => Err(wording::ended_early(heard.status, &heard.output)),
    }
}

#[derive(Default)]
struct Heard {
    said: Option<String>,
    output: Vec<String>,
    more: usize,
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
    heard.status = heard.status.or(child.wait().ok());
    heard
}

fn hear(lines: &Receiver<String>, heard: &mut Heard, child: &mut Child) {
    let (mut naps, mut until_look) = (0, LINES_A_LOOK);
    while naps < NAPS {
        match lines.recv_timeout(Duration::from_millis(10)) {
            Ok(line) => match line.strip_prefix(MARK) {
                Some(said) => {
                    heard.said = Some(said.to_string());
                    return;
                }
                None => {
                    keep(heard, line);
                    until_look -= 1;
                }
            },
            Err(RecvTimeoutError::Timeout) => (naps, until_look) = (naps + 1, 0),
            Err(RecvTimeoutError::Disconnected) => {
                heard.status = child.wait().ok();
                return;
            }
        }
        if until_look == 0 {
            until_look = LINES_A_LOOK;
            if memory_of(child).is_none_or(|bytes| bytes <= MEMORY) {
                continue;
            }
            heard.said = Some(wording::too_much_memory().pack());
            return;
        }
    }
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
