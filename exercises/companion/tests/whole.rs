//! The companion in a copy of the whole course, with its own tests: minutes, so it is asked for by name:
//! `cargo test -p companion --test whole -- --ignored --nocapture`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Solutions in place of the stubs, a wrong answer in place of a solution, and the state of each.
#[test]
#[ignore = "builds a copy of the course"]
fn what_passes_is_done() {
    let (course, _mine) = fresh_clone();
    let answer = |name: &str| course.join(format!("exercises/{name}/src/lib.rs"));
    for chapter in tasks::CHAPTERS {
        copy(&course.join(format!("solutions/src/{}.rs", chapter.module())), &answer(chapter.name));
    }
    let check = companion(&course, &["check", "all"]);
    assert!(check.status.success(), "{check:?}");

    let status = companion(&course, &[]);
    assert!(String::from_utf8_lossy(&status.stdout).contains("Everything passes"), "{status:?}");
    let start = Instant::now();
    companion(&course, &[]);
    println!("status of an unchanged course: {} ms", start.elapsed().as_millis());

    let solution = fs::read_to_string(answer("ch01-chess")).unwrap();
    let plain =
        "pub fn interleaved(boards: &mut [Board]) -> Vec<Score> {\n    return tasks::ch01_chess::reference(boards);\n";
    let head = plain.lines().next().unwrap();
    fs::write(answer("ch01-chess"), solution.replace(head, plain)).unwrap();
    let check = companion(&course, &["check", "chess"]);
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(said.contains("Error: board b got nothing while board a was asked again and again"), "{said}");
    assert!(said.contains("warning: unreachable"), "rustc's own words are not shown\n{said}");
    assert_eq!(check.status.code(), Some(1));
}

/// From a fresh clone to two finished chapters, as `tests/golden/newcomer.txt` tells it. `MESSAGES=write` writes it
/// anew.
#[test]
#[ignore = "builds a copy of the course"]
fn a_newcomers_session() {
    let (course, _mine) = fresh_clone();
    let mut session = Session { course: &course, told: String::new() };
    session.types("");
    session.types("check");
    session.types("hint");
    session.writes(
        "the line that joins the threads and adds up what they found",
        "ch00-machine",
        &solution("ch00_machine"),
    );
    session.types("check ch00");
    session.types("");
    let both = solution("ch01_chess");
    let stub = fs::read_to_string(course.join("exercises/ch01-chess/src/lib.rs")).unwrap();
    let first_idea = with(&stub.replace("{Board, Score}", "{Board, Score, Step}"), "interleaved", IN_TURN);
    session.writes("`interleaved`: one game after another", "ch01-chess", &first_idea);
    session.types("check");
    session.types("hint");
    let half = with(&first_idea, "interleaved", body(&both, "interleaved"));
    session.writes(
        "`interleaved`: a place for every score, and rounds until every place is filled",
        "ch01-chess",
        &half,
    );
    session.types("check");
    session.types("chart ch01 interleaved");
    session.writes(
        "`multicore`: a thread for each share, joined as soon as it is started",
        "ch01-chess",
        &joined_at_once(&both),
    );
    session.types("check");
    session.writes("`multicore`: all masters start before the first is joined", "ch01-chess", &both);
    session.types("check");
    session.types("");
    compare(&session.told);
}

/// A first idea of many.
const IN_TURN: &str = "
    let mut scores = Vec::new();
    for board in boards {
        loop {
            if let Step::Over(score) = board.step() {
                scores.push(score);
                break;
            }
        }
    }
    scores";

/// The solution, with each master joined as soon as she is started.
fn joined_at_once(solution: &str) -> String {
    let body = body(solution, "multicore").replace("interleaved(share))", "interleaved(share)).join()");
    with(solution, "multicore", &body.replace("master.join()", "master"))
}

fn solution(module: &str) -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the course");
    fs::read_to_string(here.join(format!("solutions/src/{module}.rs"))).unwrap()
}

/// What stands between the braces of a function.
fn body<'a>(text: &'a str, function: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("pub fn {function}(")).expect("the function");
    let (_, rest) = rest.split_once(" {").expect("its body");
    rest.split_once("\n}").expect("its end").0
}

fn with(text: &str, function: &str, new: &str) -> String {
    text.replace(body(text, function), new)
}

struct Session<'a> {
    course: &'a Path,
    told: String,
}

impl Session<'_> {
    fn types(&mut self, words: &str) {
        let output = companion(self.course, &words.split_whitespace().collect::<Vec<_>>());
        let command = if words.is_empty() { "cargo run".into() } else { format!("cargo course {words}") };
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
        let said = said.replace(&self.course.display().to_string(), "/course").replace('\\', "/");
        // The course grows; this session ends with its second chapter.
        let later = |line: &&str| line.starts_with("  ch") && !["  ch00", "  ch01", "  ch02"].contains(&&line[..6]);
        let lines = said.lines().filter(|line| !later(line)).map(|line| format!("{line}\n"));
        self.told += &format!("$ {command}\n{}\n", lines.collect::<String>());
    }

    fn writes(&mut self, what: &str, chapter: &str, text: &str) {
        fs::write(self.course.join(format!("exercises/{chapter}/src/lib.rs")), text).unwrap();
        self.told += &format!("# writes {what}\n\n");
    }
}

fn compare(told: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/newcomer.txt");
    if std::env::var("MESSAGES").is_ok_and(|what| what == "write") {
        fs::write(file, told).unwrap();
    } else {
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(told == kept, "{} is another.\n\nkept:\n{kept}\ntold:\n{told}", file.display());
    }
}

/// A copy of the course as it is here; one test at a time has it, so that both share what was built.
fn fresh_clone() -> (PathBuf, MutexGuard<'static, ()>) {
    static COPY: Mutex<()> = Mutex::new(());
    let mine = COPY.lock().unwrap_or_else(PoisonError::into_inner);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the course");
    let course = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole");
    let _ = fs::remove_dir_all(course.join("target/companion"));
    for part in ["Cargo.toml", "Cargo.lock", "book.toml", "book", "exercises", "solutions"] {
        copy(&here.join(part), &course.join(part));
    }
    (course, mine)
}

fn companion(course: &Path, words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_companion"));
    program.args(words).current_dir(course).env_remove("CARGO_TARGET_DIR").output().unwrap()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        let entries = fs::read_dir(from).unwrap().flatten().filter(|entry| entry.file_name() != "node_modules");
        entries.for_each(|entry| copy(&entry.path(), &to.join(entry.file_name())));
    } else if from.is_file() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}
