//! Cargo, asked for one chapter's tests or programs: its progress is shown in passing, and rustc's words are kept
//! as they are.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::process::{ChildStderr, Command, ExitCode, Stdio};
use std::thread;

use crate::course::{Chapter, Course};
use crate::screen::{self, Passing};
use crate::trouble::{Trouble, not_started};

/// What came of a run of cargo.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; nothing if the run was ended from outside.
    pub code: Option<i32>,
    /// What the tests printed.
    pub tests: String,
    /// What rustc and cargo had to say, without cargo's own progress.
    pub rustc: String,
}

/// Runs the real tests of a chapter, as `cargo test -p ch01` does.
pub fn test(course: &Course, chapter: &Chapter) -> Result<Ran, Trouble> {
    run(course, &[], &["test", "--package", chapter.package(), "--no-fail-fast"])
}

/// Runs cargo; `wrapper` is a program that starts another one, or nothing.
pub fn run(course: &Course, wrapper: &[&str], arguments: &[&str]) -> Result<Ran, Trouble> {
    let cargo = cargo();
    let line = [wrapper, &[&cargo], arguments].concat();
    let mut child = Command::new(line[0])
        .args(&line[1..])
        .current_dir(course.root())
        .env("CARGO_TERM_COLOR", if screen::colours() { "always" } else { "never" })
        // Asks the checks to keep what they see: `probes::runs`.
        .env("RUNS", "write")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(line[0], &error))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    // Both pipes are read at once: cargo would block at a full one while we wait for the other.
    let tests = thread::spawn(move || out.map(all_of).unwrap_or_default());
    let rustc = err.map(follow).unwrap_or_default();
    let status = child.wait().map_err(|error| not_started(line[0], &error))?;
    Ok(Ran { code: status.code(), tests: tests.join().unwrap_or_default(), rustc })
}

/// Runs a program of a chapter in the working directory, with the terminal handed over to it.
pub fn hand_over(course: &Course, arguments: &[&str]) -> Result<ExitCode, Trouble> {
    let cargo = cargo();
    let mut command = Command::new(&cargo);
    command.args(["run", "--quiet", "--manifest-path"]).arg(course.path("Cargo.toml")).args(arguments);
    let status = command.status().map_err(|error| not_started(&cargo, &error))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn cargo() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

fn all_of(mut pipe: impl Read) -> String {
    let mut all = Vec::new();
    let _ = pipe.read_to_end(&mut all);
    String::from_utf8_lossy(&all).replace("\r\n", "\n")
}

/// Shows cargo's progress while it lasts, and keeps all other lines.
fn follow(pipe: ChildStderr) -> String {
    let (passing, mut kept) = (Passing, String::new());
    passing.show("building …");
    for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        match progress(&line) {
            Some(progress) => passing.show(&progress),
            None => kept += &format!("{}\n", line.trim_end_matches('\r')),
        }
    }
    kept.trim_end().to_string()
}

/// `   Compiling tokio v1.54.0` as a passing line; nothing if rustc or a test says it.
fn progress(line: &str) -> Option<String> {
    let plain = screen::plain(line);
    let mut words = plain.split_whitespace();
    let verb = words.next().filter(|_| plain.starts_with("  "))?;
    let object = words.next().unwrap_or_default();
    match verb {
        "Compiling" | "Checking" => Some(format!("building {object} …")),
        "Downloading" | "Downloaded" | "Updating" | "Locking" | "Adding" => Some("fetching packages …".into()),
        "Running" if object.starts_with('`') => Some("running the program …".into()),
        "Running" | "Executable" => Some("running the checks …".into()),
        // An editor that checks in the background holds cargo's lock for as long as it builds.
        "Blocking" => Some("waiting for another cargo, perhaps your editor's …".into()),
        "Finished" | "Doc-tests" => Some(String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_from_what_rustc_says() {
        assert_eq!(progress("\x1b[1m\x1b[92m   Compiling\x1b[0m tokio v1.54.0").unwrap(), "building tokio …");
        assert_eq!(progress("    Blocking waiting for file lock").unwrap().split(',').count(), 2);
        for line in ["error[E0308]: mismatched types", "  --> src/lib.rs:7:5", "", "   |", "Compiling is hard"] {
            assert_eq!(progress(line), None, "{line}");
        }
    }
}
