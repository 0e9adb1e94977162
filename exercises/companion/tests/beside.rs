//! What the companion does beside judging: watching, drawing, comparing, showing wrong answers, starting a chapter's
//! programs, putting a stub back.

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

/// Yours, the solution's and a wrong one; a scene that failed is shown before one that did not.
#[test]
fn chart() {
    let course = Course::fresh("chart");
    course.says("chart/not-begun", &["chart", "ch01"]);
    course.write(
        "solutions/src/wrong/ch01_chess.rs",
        "// ANCHOR: one\npub fn one() -> u32 {\n    1\n}\n// ANCHOR_END: one\n",
    );
    let chart = "  by task      by thread\n    soup  1      1  s\n  dealing with 1 · doing 1";
    let message = format!("Error: it counted to one\n\n{chart}\n\n  belief: this would be right\n");
    course.write("solutions/tests/messages/ch01-chess/interleaved/one.txt", &message);
    course.answer("ch01-chess", &[RIGHT, STUB]);
    // What is known of the solution needs no cargo.
    let same =
        "run s scene=1\ntask soup 0..2 1@0+1 1@1+1\ntask rice 0..2 2@0+1 2@1+1\nrun s scene=2\ntask soup 0..1 1@0+1\n";
    course.write("target/runs/ch01-ch01_chess-interleaved-solution.run", same);
    course.says("chart/half-done", &["chart", "ch01"]);
    course.says("chart/scene", &["chart", "ch01", "interleaved", "--scene", "2"]);
    course.says("chart/no-scene", &["chart", "ch01", "interleaved", "--scene", "3"]);
    course.says("chart/no-function", &["chart", "ch01", "twice"]);
    course.says("chart/chrome", &["chart", "ch01", "interleaved", "--chrome"]);
    assert!(course.read("target/runs/ch01-interleaved.json").contains("\"traceEvents\""));
    course.answer("ch01-chess", &[WRONG, HALF_EDITED]);
    course.says("chart/broken", &["chart", "ch01"]);
    course.answer("ch01-chess", &[WRONG, RIGHT]);
    course.says("chart/wrong", &["chart", "ch01", "interleaved"]);
}

/// The runs go along to the page of figures, where the book has one.
#[test]
#[cfg(unix)]
fn chart_in_the_book() {
    use std::os::unix::fs::PermissionsExt;
    let course = Course::fresh("chart-open");
    course.answer("ch00-machine", &[RIGHT]);
    let browser = "#!/bin/sh\necho \"$1\" > opened\n";
    for name in ["bin/xdg-open", "bin/open"] {
        course.write(name, browser);
        fs::set_permissions(course.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", course.path("bin").display(), std::env::var("PATH").unwrap());
    let open = |golden: &str| {
        let words = ["chart", "ch00", "--open"];
        course.compare(golden, &words, &course.program(&words).env("PATH", &path).output().unwrap());
    };
    open("chart/no-figures");
    course.write("book/src/figures.md", "# Figures\n");
    course.write("book/src/SUMMARY.md", "# Summary\n\n- [Figures](figures.md)\n");
    open("chart/open");
    assert!(course.read("opened").trim().ends_with("target/book/your-run.html"));
    assert!(
        course.read("target/book/your-run.html").contains("figures.html#run=run%20your%20multicore%2C%20scene%201")
    );
}

/// A program has the terminal to itself, and what follows its chapter's name.
#[test]
fn try_it() {
    let course = Course::fresh("try");
    course.says("try/none", &["try", "ch01"]);
    let code = "use std::io::{Read, stdin};\nfn main() {\n    let mut typed = String::new();\n    \
        stdin().read_to_string(&mut typed).unwrap();\n    let words: Vec<_> = std::env::args().skip(1).collect();\n    \
        println!(\"{words:?} {typed} {}\", ch00::multicore());\n    std::process::exit(7);\n}\n";
    course.program_of("ch00-machine", "try", code);
    course.says("try/not-this-one", &["try", "ch01"]);
    course.says("try/not-begun", &["try", "ch00"]);
    course.answer("ch00-machine", &[RIGHT]);
    course.answers("try/runs", &["try", "ch00", "--fast", "x y"], "typed");
    course.answer("ch00-machine", &[HALF_EDITED]);
    let broken = course.program(&["try", "ch00"]).output().unwrap();
    assert!(String::from_utf8_lossy(&broken.stderr).contains("error: half-edited"), "{broken:?}");
}

/// The numbers are the machine's; that they become a table, a plot and a picture is not.
#[test]
fn speed() {
    let course = Course::fresh("speed");
    course.says("speed/none", &["speed", "ch01"]);
    let code = "fn main() {\n    for n in std::env::args().skip(1) {\n        \
        println!(\"  yours on {n}   {n}.00 x  ({n}.00 to {n}.50)  3.00ms  ####\");\n    }\n}\n";
    course.program_of("ch00-machine", "speed", code);
    course.says("speed/not-yet", &["speed", "ch00"]);
    course.answer("ch00-machine", &[RIGHT]);
    let said = course.program(&["speed", "ch00"]).output().unwrap();
    let out = String::from_utf8_lossy(&said.stdout).into_owned();
    for part in ["two-core meter: ", "  yours on 2   2.00 x", "2 x |", "o  yours on n", "target/speed/ch00.svg"] {
        assert!(out.contains(part), "{part}: {said:?}");
    }
    assert!(course.read("target/speed/ch00.svg").contains("<desc>yours on n: 1.00 at 1, 2.00 at 2"));
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
