//! `reset`: puts the stub back, after saving what was there beside it.
//!
//! The stub is in git, but not always in the last commit, because a learner may have committed an answer. So it is
//! the newest version of the file in which every function is still a stub: that one fits the checks
//! that came with it, also after the course was updated, and nothing has to be kept twice.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::one_chapter;
use crate::course::{Chapter, Course};
use crate::screen::say;
use crate::source::is_stub;
use crate::trouble::{Done, Trouble, at, not_started};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let chapter = one_chapter(course, words)?;
    let file = course.answer(chapter);
    let stub = stub(course, chapter)?;
    if fs::read(&file).is_ok_and(|now| now == stub.as_bytes()) {
        say(format!("{} is the stub already.", course.shown(&file)));
        return Ok(ExitCode::SUCCESS);
    }
    if file.exists() {
        let saved = save(&file)?;
        say(format!("What you wrote is kept in\n  {}", course.shown(&saved)));
    }
    put(&file, &stub)?;
    say(format!("The stub is back in\n  {}", course.shown(&file)));
    Ok(ExitCode::SUCCESS)
}

fn stub(course: &Course, chapter: &Chapter) -> Result<String, Trouble> {
    let file = format!("exercises/{}/src/lib.rs", chapter.name);
    let commits = git(course, &["log", "--format=%H", "--", &file])?;
    let untouched = |text: &String| chapter.functions.iter().all(|function| is_stub(text, function));
    // A commit that removed the file has no version of it to show.
    let version = |commit: &str| git(course, &["show", &format!("{commit}:./{file}")]).ok().filter(untouched);
    commits.lines().find_map(version).ok_or_else(|| {
        Trouble::Word(format!(
            "The history of this clone has no version of {file} with its stubs; the course's own page has."
        ))
    })
}

fn git(course: &Course, words: &[&str]) -> Result<String, Trouble> {
    let output = Command::new("git").args(words).current_dir(course.root()).output();
    let output = output.map_err(|error| not_started("git", &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Trouble::Word(format!("The stub is taken from git's history, and git says:\n{}", said.trim_end())))
}

/// Copies `lib.rs` to the first of `lib.rs.saved-1`, `-2`, … that does not exist yet.
fn save(file: &Path) -> Result<PathBuf, Trouble> {
    let text = fs::read(file).map_err(at(file))?;
    for number in 1.. {
        let beside = file.with_extension(format!("rs.saved-{number}"));
        match File::create_new(&beside) {
            Ok(mut new) => {
                let copied = new.write_all(&text).and_then(|()| new.sync_all());
                // Half a copy would look like something that was kept.
                return copied.map(|()| beside.clone()).map_err(|error| given_up(&beside, error));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(at(&beside)(error)),
        }
    }
    unreachable!("there is always another number")
}

/// Written beside its place first, so that a full disk or a Ctrl-C never leaves half a file.
fn put(file: &Path, text: &str) -> Result<(), Trouble> {
    // A name of its own: whatever is there already is somebody's.
    let beside = file.with_extension(format!("rs.reset-{}", std::process::id()));
    let written = File::create_new(&beside).and_then(|mut new| new.write_all(text.as_bytes()));
    written.and_then(|()| fs::rename(&beside, file)).map_err(|error| {
        let _ = fs::remove_file(&beside);
        at(file)(error)
    })
}

fn given_up(beside: &Path, error: io::Error) -> Trouble {
    let _ = fs::remove_file(beside);
    at(beside)(error)
}
