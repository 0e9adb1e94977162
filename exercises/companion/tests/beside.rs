//! What the companion does beside judging: watching, comparing, showing wrong answers, putting a stub back.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use support::{Course, HALF_EDITED, RIGHT, STUB, WRONG};

#[test]
fn watch() {
    let course = Course::fresh("watch");
    course.answer("ch00-machine", &[WRONG]);
    course.answers("watch/keys", &["watch"], "h\nH\nh\nh\nc\n?\nn\nc\nq\n");
}

/// A save is seen before cargo starts, and its verdict follows. How soon it was seen is shown with `--nocapture`.
#[test]
fn watch_sees_a_save() {
    let course = Course::fresh("watch-a-save");
    course.answer("ch00-machine", &[WRONG]);
    let mut program = course.program(&["watch", "ch00"]);
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut keys, said) = (child.stdin.take().unwrap(), lines(child.stdout.take().unwrap()));
    let wait_for = |text: &str| while !said.recv_timeout(LIMIT).expect("more to read").contains(text) {};
    for (answer, verdict) in [(RIGHT, "passes"), (HALF_EDITED, "error: half-edited"), (STUB, "not written yet")] {
        wait_for("a key, then Enter");
        course.answer("ch00-machine", &[answer]);
        let saved = Instant::now();
        wait_for("judging ch00");
        println!("seen {} ms after it was saved", saved.elapsed().as_millis());
        wait_for(verdict);
    }
    keys.write_all(b"q\n").unwrap();
    assert!(child.wait().unwrap().success());
}

/// Only a program that is stuck says nothing for so long.
const LIMIT: Duration = Duration::from_secs(120);

fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = channel();
    thread::spawn(move || BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    lines
}

#[test]
fn diff() {
    let course = Course::fresh("diff");
    course.write("solutions/src/ch01_chess.rs", "pub fn interleaved() -> u32 {\n    1 + 1\n}\n");
    course.says("diff/not-yet", &["diff", "chess"]);
    course.says("diff/anyway", &["diff", "chess", "--anyway"]);
    course.answer("ch01-chess", &[RIGHT, RIGHT]);
    course.says("diff/passes", &["diff", "chess"]);
    course.says("diff/no-chapter", &["diff"]);
}

#[test]
fn gallery() {
    let course = Course::fresh("gallery");
    let mut code = String::from("use std::thread;\n");
    for (name, headline) in [("one", "the first"), ("two", "the second"), ("three", "the third"), ("four", "the first")]
    {
        code += &format!(
            "\n// ANCHOR: {name}\n/// 7: a belief.\npub fn {name}() -> u32 {{\n    1\n}}\n// ANCHOR_END: {name}\n"
        );
        let message = format!("Error: {headline}\n\n  belief: this would be right\n");
        course.write(&format!("solutions/tests/messages/ch01-chess/multicore/{name}.txt"), &message);
    }
    course.write("solutions/src/wrong/ch01_chess.rs", &code);
    course.answers("gallery/some", &["gallery", "ch01"], "b\nb\n\nq\n");
    course.answers("gallery/end-of-input", &["gallery", "ch01"], "c\n");
}

#[test]
fn machine() {
    let course = Course::fresh("machine");
    let said = course.program(&["machine"]).output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let meter = said.lines().find_map(|line| line.strip_prefix("the two-core meter: ")).unwrap_or_default();
    assert!(["seen", "not seen", "one core"].iter().any(|answer| meter.starts_with(answer)), "{said}");
}

/// Where the system can keep a program on one core, it passes; where it cannot, a clear word says so.
#[test]
fn one_core() {
    let course = Course::fresh("one-core");
    course.answer("ch00-machine", &[RIGHT]);
    let without = course.program(&["one-core", "ch00"]).env("PATH", "").output().unwrap();
    assert!(String::from_utf8_lossy(&without.stderr).contains("`taskset`"), "{without:?}");
    if Command::new("taskset").arg("--version").output().is_ok() {
        course.says("one-core/passes", &["one-core", "ch00"]);
    }
}

/// A learner who has committed an answer gets the stub back all the same, and loses nothing.
#[test]
fn reset() {
    let course = Course::fresh("reset");
    let git = |words: &str| {
        let me = ["-c", "user.name=learner", "-c", "user.email=learner@example.org", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        // Inside a hook these would lead to the repository that the hook belongs to.
        git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
        git.args(me).args(words.split(' ')).current_dir(course.path("")).output().is_ok_and(|it| it.status.success())
    };
    let commit = |about: &str| git("add .") && git(&format!("commit --quiet --no-verify -m {about}"));
    if !git("init --quiet") || !course.path(".git").is_dir() {
        return; // Without git there is nothing to reset from, and nothing to look at.
    }
    let (file, stub) = ("exercises/ch01-chess/src/lib.rs", course.read("exercises/ch01-chess/src/lib.rs"));
    let early = course.program(&["reset", "ch02"]).output().unwrap();
    assert!(String::from_utf8_lossy(&early.stderr).contains("git's history"), "{early:?}");
    assert!(commit("cloned"));
    course.says("reset/already", &["reset", "ch01"]);
    course.answer("ch01-chess", &[RIGHT, STUB]);
    assert!(commit("half"));
    course.answer("ch01-chess", &[RIGHT, WRONG]);
    let answer = course.read(file);
    course.says("reset/first", &["reset", "ch01"]);
    assert_eq!((course.read(file), course.read(&format!("{file}.saved-1"))), (stub, answer));
    course.answer("ch01-chess", &[WRONG, WRONG]);
    course.says("reset/second", &["reset", "ch01"]);
    fs::remove_file(course.path(file)).unwrap();
    course.says("reset/removed", &["reset", "ch01"]);
}
