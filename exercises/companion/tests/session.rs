//! A learner's sessions with the real program, in a course in small.
//!
//! What it says is kept under `tests/golden`. `MESSAGES=write cargo test -p companion` writes it anew; read the
//! difference before you keep it.

mod support;

use std::fs;
use std::time::{Duration, SystemTime};

use support::{Course, HALF_EDITED, RIGHT, STUB, WRONG};

/// Nothing is built but the book, so the first answer comes at once.
#[test]
fn fresh() {
    let course = Course::fresh("fresh");
    course.says("fresh/status", &[]);
    course.says("fresh/check-all", &["check", "all"]);
    course.says("fresh/hint", &["hint"]);
    assert!(!course.path("target/debug").exists(), "something was built");
    course.says("fresh/check", &["check", "ch00"]);
}

#[test]
fn half_done() {
    let course = Course::fresh("half-done");
    course.answer("ch00-machine", &[RIGHT]);
    course.answer("ch01-chess", &[RIGHT, STUB]);
    course.says("half-done/status", &[]);
    course.answer("ch01-chess", &[RIGHT, WRONG]);
    course.says("half-done/check", &["check"]);
    // What is known needs no cargo.
    let known = course.program(&[]).env("CARGO", "no-cargo").output().unwrap();
    course.compare("half-done/status-again", &[], &known);
    // The same in other words.
    course.compare("half-done/status-again", &[], &course.program(&["status"]).output().unwrap());
}

/// Of two chapters that are begun, the one that was saved last is in hand, whichever was judged; inside the folder of
/// a chapter it is that one.
#[test]
fn the_chapter_in_hand() {
    let course = Course::fresh("in-hand");
    let saved = |name: &str, seconds| {
        let file = fs::File::options().append(true).open(course.path(&format!("exercises/{name}/src/lib.rs"))).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    };
    let in_hand = |folder: &str, words: &[&str]| {
        let said = course.program(words).current_dir(course.path(folder)).output().unwrap();
        String::from_utf8(said.stdout).unwrap()
    };
    course.answer("ch00-machine", &[WRONG]);
    course.answer("ch01-chess", &[WRONG, STUB]);
    saved("ch00-machine", 60);
    for words in [["hint"], ["check"]] {
        assert!(in_hand("", &words).starts_with("ch01"), "{words:?}");
        assert!(in_hand("exercises", &words).starts_with("ch01"), "{words:?}");
    }
    // Without a browser, or the test would open one.
    let read = course.program(&["read"]).env("PATH", "").output().unwrap();
    assert!(read.stdout.starts_with(b"ch01"), "{read:?}");
    assert!(in_hand("exercises/ch02-weather", &["hint"]).starts_with("ch02"));
    assert!(in_hand("exercises/ch00-machine/src", &["check"]).starts_with("ch00"));
    assert!(in_hand("", &["status"]).contains("Next: ch01"));
    saved("ch01-chess", 120);
    assert!(in_hand("", &["check"]).starts_with("ch00"));
    assert!(in_hand("", &["status"]).contains("Next: ch00"));
}

#[test]
fn own_tests() {
    let course = Course::fresh("own-tests");
    course.answer("ch01-chess", &[RIGHT, RIGHT]);
    let test =
        "mod tests {\n    #[test]\n    fn counts_to_two() {\n        assert_eq!(ch01::multicore(), 2);\n    }\n}\n";
    course.write("exercises/ch01-chess/tests/own.rs", test);
    course.says("own-tests/check", &["check", "ch01"]);
}

/// What a message prints can be opened as it stands.
#[test]
fn read() {
    let course = Course::fresh("read");
    course.write("book/src/SUMMARY.md", "# Summary\n\n- [Chess](ch01-chess.md)\n- [Checks](checks.md)\n");
    course.write("book/src/checks.md", "# What a check sees\n\n## Stuck {#stuck}\n");
    let read = |word: &str| course.program(&["read", word]).env("PATH", "").output().unwrap();
    let opens = |word: &str, page: &str| {
        let said = String::from_utf8(read(word).stdout).unwrap();
        assert!(said.contains(&format!("/target/book/{page}\n")), "{word}: {said}");
    };
    for word in ["book/src/ch01-chess.md#your-turn", "ch01#your-turn", "1#your-turn", "../a/ch01-chess.html#your-turn"]
    {
        opens(word, "ch01-chess.html#your-turn");
        assert!(course.read("target/book/your-section.html").contains("'ch01-chess.html#your-turn'"), "{word}");
    }
    for word in ["book/src/checks.md#stuck", "checks#stuck"] {
        opens(word, "checks.html#stuck");
    }
    for word in ["book/src/checks.md", "checks"] {
        opens(word, "checks.html");
    }
    course.compare("read/section", &["read", "checks#stuck"], &read("checks#stuck"));
    course.compare("read/no-section", &["read", "checks#stcuk"], &read("checks#stcuk"));
    course.compare("read/no-page", &["read", "chekcs#stuck"], &read("chekcs#stuck"));
}

#[test]
fn broken_file() {
    let course = Course::fresh("broken-file");
    course.answer("ch01-chess", &[HALF_EDITED, STUB]);
    course.says("broken-file/check", &["check", "ch01"]);
    course.says("broken-file/status", &[]);
}

#[test]
fn all_done() {
    let course = Course::fresh("all-done");
    course.answer("ch00-machine", &[RIGHT]);
    course.answer("ch01-chess", &[RIGHT, RIGHT]);
    course.answer("ch02-weather", &[RIGHT, RIGHT]);
    course.says("all-done/check-all", &["check", "all"]);
    course.says("all-done/status", &[]);
}

/// What passed is asked again as soon as the file is another, and also if what was kept is thrown away.
#[test]
fn nothing_is_done_but_what_passes() {
    let course = Course::fresh("nothing-is-done");
    course.answer("ch00-machine", &[RIGHT]);
    let status = || String::from_utf8(course.program(&[]).output().unwrap().stdout).unwrap();
    assert!(status().contains("machine            done"), "{}", status());
    course.answer("ch00-machine", &[WRONG]);
    assert!(status().contains("machine            begun"), "{}", status());
    course.answer("ch00-machine", &[RIGHT]);
    fs::remove_dir_all(course.path("target/companion")).unwrap();
    assert!(status().contains("machine            done"), "{}", status());
}

#[test]
fn words_that_nobody_knows() {
    let course = Course::fresh("words");
    course.says("words/help", &["--help"]);
    course.says("words/command", &["chekc"]);
    course.says("words/chapter", &["check", "ch99"]);
    course.says("words/too-many", &["check", "ch01", "now"]);
    course.says("words/hint", &["hint", "chess", "4"]);
    course.says("words/last-hint", &["hint", "1", "3"]);
}

/// From a folder deep inside, the same course is found.
#[test]
fn any_folder() {
    let course = Course::fresh("any-folder");
    let mut program = course.program(&["check", "all"]);
    let output = program.current_dir(course.path("exercises/ch01-chess/src")).output().unwrap();
    course.compare("fresh/check-all", &["check", "all"], &output);
}

/// Without a browser, and without cargo.
#[test]
fn missing_tools() {
    let course = Course::fresh("missing-tools");
    let read = course.program(&["read", "chess"]).env("PATH", "").output().unwrap();
    course.compare("missing/browser", &["read", "chess"], &read);
    let check = course.program(&["check", "chess"]).env("PATH", "").env("CARGO", "no-cargo").output().unwrap();
    assert!(String::from_utf8_lossy(&check.stderr).starts_with("`no-cargo` could not be started"), "{check:?}");
    assert_eq!(check.status.code(), Some(1));
}

/// What is missing does not keep the learner from the rest.
#[test]
fn missing_files() {
    let course = Course::fresh("missing-files");
    fs::remove_file(course.path("exercises/ch01-chess/src/lib.rs")).unwrap();
    fs::remove_file(course.path("exercises/ch01-chess/HINTS.md")).unwrap();
    fs::remove_file(course.path("book/src/ch01-chess.md")).unwrap();
    let status = String::from_utf8(course.program(&[]).output().unwrap().stdout).unwrap();
    assert!(status.contains("the book could not be built") && status.contains("Next: ch01"), "{status}");
    let hint = course.program(&["hint", "ch01"]).output().unwrap();
    assert!(String::from_utf8_lossy(&hint.stderr).contains("HINTS.md: it is not there"), "{hint:?}");
}

/// A cargo that is ended, and one whose disk is full. `sh test …` takes the file `test` for its script.
#[test]
#[cfg(unix)]
fn a_build_that_breaks_off() {
    let course = Course::fresh("breaks-off");
    let check = |script: &str| {
        course.write("test", script);
        course.program(&["check", "ch00"]).env("CARGO", "sh").output().unwrap()
    };
    course.compare("missing/end-of-cargo", &["check", "ch00"], &check("kill -KILL $$"));
    let full = check("echo 'error: failed to write x: No space left on device (os error 28)' >&2; exit 101");
    course.compare("missing/room-on-the-disk", &["check", "ch00"], &full);
}

/// A page that is saved is in the book when the learner looks again.
#[test]
fn a_stale_book() {
    let course = Course::fresh("stale-book");
    let page = "target/book/index.html";
    course.program(&[]).output().unwrap();
    let before = fs::metadata(course.path(page)).unwrap().modified().unwrap();
    course.program(&[]).output().unwrap();
    assert_eq!(fs::metadata(course.path(page)).unwrap().modified().unwrap(), before, "built for nothing");
    course.write("book/src/index.md", "# In small\n\n{{#include ../../listing.rs:part}}\n");
    course.write("listing.rs", "// ANCHOR: part\nfirst\n// ANCHOR_END: part\n");
    course.program(&[]).output().unwrap();
    assert!(course.read(page).contains("first"));
    course.write("listing.rs", "// ANCHOR: part\nsecond\n// ANCHOR_END: part\n");
    course.program(&[]).output().unwrap();
    assert!(course.read(page).contains("second"));
}

/// A folder that may not be written to. Root may write everywhere, and Windows asks in another way.
#[test]
#[cfg(unix)]
fn an_unwritable_folder() {
    use std::os::unix::fs::PermissionsExt;
    let course = Course::fresh("unwritable");
    course.answer("ch00-machine", &[RIGHT]);
    fs::create_dir_all(course.path("target")).unwrap();
    let allow = |mode| fs::set_permissions(course.path("target"), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    let may_write = fs::write(course.path("target/x"), "").is_ok();
    let status = course.program(&[]).output().unwrap();
    allow(0o755);
    let err = String::from_utf8_lossy(&status.stderr).into_owned();
    assert!(may_write || err.contains("is the folder yours?"), "{err}");
}
