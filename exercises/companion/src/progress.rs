//! Progress: what is done is what passes, asked of the real tests, and only once for the same files.
//!
//! An answer is kept under `target/companion` with a key made of everything it depends on. Thrown away, it
//! is asked for again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::process;
use std::time::SystemTime;

use crate::cargo::{self, Ran};
use crate::course::{Chapter, Course};
use crate::files;
use crate::runs;
use crate::screen::plain;
use crate::source::is_stub;
use crate::trouble::{Trouble, way_out_of};
use crate::verdicts::{self, Test};

/// How far a chapter has come.
#[derive(Debug)]
pub enum State {
    /// Every function is still the stub it was shipped as.
    NotBegun,
    /// It does not compile; with what rustc said.
    Broken(String),
    /// With what rustc warns of, and the tests in the order in which their functions are written.
    Judged { warnings: String, tests: Vec<Test> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotBegun,
    Begun,
    Done,
}

impl State {
    pub fn standing(&self, chapter: &Chapter) -> Standing {
        match self {
            State::NotBegun => Standing::NotBegun,
            _ if self.done(chapter) => Standing::Done,
            _ => Standing::Begun,
        }
    }

    pub fn passes(&self, function: &str) -> bool {
        self.tests().iter().any(|test| test.name == function && test.said.is_none())
    }

    pub fn done(&self, chapter: &Chapter) -> bool {
        chapter.functions.iter().all(|function| self.passes(function))
            && self.tests().iter().all(|it| it.said.is_none())
    }

    pub fn tests(&self) -> &[Test] {
        match self {
            State::Judged { tests, .. } => tests,
            _ => &[],
        }
    }
}

/// The state of a chapter; runs its tests only if nobody knows what they would say.
pub fn of(course: &Course, chapter: &Chapter) -> Result<State, Trouble> {
    known(course, chapter).map_or_else(|| judge(course, chapter), Ok)
}

/// The state of a chapter as far as it is known without building anything.
pub fn known(course: &Course, chapter: &Chapter) -> Option<State> {
    let source = match files::text(&course.answer(chapter)) {
        Ok(source) => source,
        // A file that is missing or half saved is this chapter's trouble, and not that of the others.
        Err(trouble) => return Some(State::Broken(trouble.text().into())),
    };
    if chapter.functions.iter().all(|function| is_stub(&source, function)) {
        return Some(State::NotBegun);
    }
    kept(course, chapter)
}

/// The chapter in hand: the one in whose folder we are, or else the next one, as far as it is known without building
/// anything; the last one if all are done.
pub fn in_hand(course: &Course) -> Result<&'static Chapter, Trouble> {
    if let Some(chapter) = course.chapter_here() {
        return Ok(chapter);
    }
    // What has been edited since it was last judged is begun, whatever its tests would say.
    let standing = |chapter| known(course, chapter).map_or(Standing::Begun, |state| state.standing(chapter));
    let standings: Vec<_> = course.chapters().into_iter().map(|chapter| (chapter, standing(chapter))).collect();
    let last = standings.last().map(|(chapter, _)| *chapter);
    next(course, &standings)
        .or(last)
        .ok_or_else(|| Trouble::word("there are no exercises here; `git status` shows what is missing"))
}

/// Of the chapters that are begun and not done, the one that was saved last; or else the first that is not begun.
pub fn next(course: &Course, standings: &[(&'static Chapter, Standing)]) -> Option<&'static Chapter> {
    let all = |wanted| standings.iter().filter(move |(_, standing)| *standing == wanted).map(|(chapter, _)| *chapter);
    let begun = all(Standing::Begun).max_by_key(|chapter| saved(course, chapter));
    begun.or_else(|| all(Standing::NotBegun).next())
}

/// When a learner last saved a file of a chapter. What an editor leaves beside it is none.
fn saved(course: &Course, chapter: &Chapter) -> Option<SystemTime> {
    let files = files::below(&course.exercise(chapter).join("src"));
    files::newest(files.iter().filter(|file| file.extension().is_some_and(|end| end == "rs")))
}

/// Runs the real tests of a chapter, whatever is known.
pub fn judge(course: &Course, chapter: &Chapter) -> Result<State, Trouble> {
    let before = key(course, chapter);
    // A run of an older answer must not be taken for one of this.
    runs::forget(course, chapter);
    let ran = cargo::test(course, chapter)?;
    let state = understood(chapter, &ran)?;
    // Nobody knows which of two versions was judged if a file was saved meanwhile.
    if key(course, chapter) == before {
        // What cannot be kept is asked for again.
        let _ = keep(course, chapter, &before, &ran);
    }
    Ok(state)
}

/// What a run of cargo says about a chapter; trouble if it says nothing about it.
pub fn understood(chapter: &Chapter, ran: &Ran) -> Result<State, Trouble> {
    if let Some(mut tests) = verdicts::read(&ran.tests) {
        tests.sort_by_key(|test| chapter.functions.iter().position(|name| *name == test.name).unwrap_or(usize::MAX));
        return Ok(State::Judged { warnings: warnings(&ran.rustc), tests });
    }
    let way_out = way_out_of(&ran.rustc);
    if ran.rustc.contains("could not compile") && way_out.is_empty() {
        return Ok(State::Broken(ran.rustc.clone()));
    }
    match ran.code {
        Some(_) => {
            let said = format!("{}\n{}{way_out}", ran.tests, ran.rustc);
            Err(Trouble::word(said.trim()))
        }
        None => Err(Trouble::word("cargo was interrupted before there was a verdict: run the command again")),
    }
}

/// All that stands before cargo's own word that a test failed.
fn warnings(rustc: &str) -> String {
    let before = rustc.lines().take_while(|line| !plain(line).starts_with("error: "));
    before.collect::<Vec<_>>().join("\n").trim_end().into()
}

/// Stands between the parts of what is kept; no compiler and no test prints it.
const BETWEEN: &str = "\n\u{1}\n";

fn kept(course: &Course, chapter: &Chapter) -> Option<State> {
    let text = fs::read_to_string(course.kept(chapter.name)).ok()?;
    let mut parts = text.split(BETWEEN);
    let (kept_for, rustc, tests) = (parts.next()?, parts.next()?, parts.next()?);
    let ran = Ran { code: Some(0), rustc: rustc.into(), tests: tests.into() };
    understood(chapter, &ran).ok().filter(|_| kept_for == key(course, chapter))
}

/// Written beside its place first, so that a Ctrl-C leaves the old answer or the new one, and never half of one.
fn keep(course: &Course, chapter: &Chapter, key: &str, ran: &Ran) -> io::Result<()> {
    let beside = course.kept(&format!("{}.new-{}", chapter.name, process::id()));
    fs::create_dir_all(course.kept(""))?;
    fs::write(&beside, [key, &ran.rustc, &ran.tests].join(BETWEEN))?;
    fs::rename(&beside, course.kept(chapter.name))
}

/// A number for all that a verdict depends on: the learner's files, the checks, and the given packages.
fn key(course: &Course, chapter: &Chapter) -> String {
    let exercise = course.exercise(chapter);
    let own = ["src", "tests", "root.rs", "Cargo.toml"].map(|part| exercise.join(part));
    let shared = ["exercises/tasks", "exercises/probes", "Cargo.toml", "Cargo.lock"].map(|part| course.path(part));
    let mut hasher = DefaultHasher::new();
    for file in own.iter().chain(&shared).flat_map(|path| files::below(path)) {
        (&file, fs::read(&file).ok()).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
