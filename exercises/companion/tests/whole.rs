//! The companion in a copy of the whole course, with its own tests: minutes, so it is asked for by name:
//! `cargo test -p companion --test whole -- --ignored --nocapture`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

/// Solutions in place of the stubs, a wrong answer in place of a solution, and the state of each.
#[test]
#[ignore = "builds a copy of the course"]
fn what_passes_is_done() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the course");
    let course = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole");
    for part in ["Cargo.toml", "Cargo.lock", "book.toml", "book", "exercises", "solutions"] {
        copy(&here.join(part), &course.join(part));
    }
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
