//! The exercises as they are shipped. A learner's own answers would change what these tests see, so they are
//! asked for by name: `cargo test -p solutions --test as_shipped -- --ignored`.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::in_repository;
use tasks::{CHAPTERS, Chapter};

/// The first thing a learner sees is red, and it says what to do: every stub fails at once, with its own
/// `not yet implemented`, and nothing else fails.
#[test]
#[ignore = "sees the exercises as shipped, not as a learner left them"]
fn every_stub_says_what_is_not_yet_implemented() {
    for chapter in CHAPTERS {
        let (passed, said) = cargo_test(&in_repository(""), chapter);
        assert!(!passed, "{} passes as shipped", chapter.name);
        let heads: Vec<_> = said.lines().filter(|line| line.starts_with("Error: ")).collect();
        assert_eq!(heads.len(), chapter.functions.len(), "{said}");
        assert!(heads.iter().all(|head| head.starts_with("Error: not yet implemented: ")), "{said}");
        assert!(!said.contains("warning"), "{} compiles with warnings\n{said}", chapter.name);
    }
}

/// The solution is the learner's file, filled in: pasted over the stub, it passes.
#[test]
#[ignore = "builds a copy of the course"]
fn every_solution_passes_where_the_learner_would_paste_it() {
    let copy = copy_of_the_course("pasted");
    for chapter in CHAPTERS {
        let from = copy.join(format!("solutions/src/{}.rs", chapter.module()));
        fs::copy(from, copy.join(format!("exercises/{}/src/lib.rs", chapter.name))).unwrap();
        let (passed, said) = cargo_test(&copy, chapter);
        assert!(passed, "{}\n{said}", chapter.name);
        assert!(!said.contains("warning"), "{} compiles with warnings\n{said}", chapter.name);
    }
}

/// A learner tells the stub from the solution at a glance: the same file up to the body of a function.
#[test]
#[ignore = "sees the exercises as shipped, not as a learner left them"]
fn a_solution_differs_from_its_stub_only_inside_functions() {
    for chapter in CHAPTERS {
        let stub = fs::read_to_string(in_repository(&format!("exercises/{}/src/lib.rs", chapter.name))).unwrap();
        let solution = fs::read_to_string(in_repository(&format!("solutions/src/{}.rs", chapter.module()))).unwrap();
        let outside = |text: &str| {
            let kept = text.lines().filter(|line| line.starts_with("//") || line.starts_with("pub "));
            kept.map(String::from).collect::<Vec<_>>()
        };
        assert_eq!(outside(&stub), outside(&solution), "{}", chapter.name);
    }
}

fn cargo_test(root: &Path, chapter: &Chapter) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--package", chapter.package()])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).join("\n");
    (output.status.success(), said)
}

/// A copy under `target`, which shares nothing with the learner's files.
fn copy_of_the_course(name: &str) -> std::path::PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&copy).unwrap();
    for part in ["Cargo.toml", "Cargo.lock", ".cargo", "exercises", "solutions"] {
        copy_all(&in_repository(part), &copy.join(part));
    }
    copy
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy_all(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.is_file() {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}
