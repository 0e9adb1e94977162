//! The runs that a check saw, as it left them under `target/runs`: the learner's, and the solution's.

use std::fs;
use std::path::{Path, PathBuf};

use probes::{Run, runs};

use crate::cargo;
use crate::course::{Chapter, Course};
use crate::files;
use crate::trouble::Trouble;

/// Where the runs of a learner's function are kept.
pub fn file(course: &Course, chapter: &Chapter, function: &str) -> PathBuf {
    runs::file(&course.target(), chapter.package(), function)
}

/// The scenes in which a learner's function was last seen, in order; none if it was never started.
pub fn of(course: &Course, chapter: &Chapter, function: &str) -> Vec<Run> {
    read(&file(course, chapter, function))
}

/// Takes the runs of all functions away.
pub fn forget(course: &Course, chapter: &Chapter) {
    for function in chapter.functions {
        let _ = fs::remove_file(file(course, chapter, function));
    }
}

/// The same scenes with the solution; runs its check only if nobody knows what it would see.
pub fn of_solution(course: &Course, chapter: &Chapter, function: &str) -> Result<Vec<Run>, Trouble> {
    let known = known_of_solution(course, chapter, function);
    if !known.is_empty() {
        return Ok(known);
    }
    let test = solution(chapter, function);
    let words = ["test", "--package", "solutions", "--test", "right_answers", "--", "--exact", &test];
    let ran = cargo::run(course, &[], &words)?;
    match read(&file(course, chapter, &test)) {
        scenes if scenes.is_empty() => Err(Trouble::Word(format!("The solution did not run.\n{}", ran.rustc))),
        scenes => Ok(scenes),
    }
}

/// The same, as far as it is known without building anything.
pub fn known_of_solution(course: &Course, chapter: &Chapter, function: &str) -> Vec<Run> {
    let kept = file(course, chapter, &solution(chapter, function));
    let given = ["solutions/src", "exercises/tasks", "exercises/probes"].map(|part| course.path(part));
    let newest = files::newest(&given.iter().flat_map(|part| files::below(part)).collect::<Vec<_>>());
    if files::modified(&kept) >= newest { read(&kept) } else { vec![] }
}

/// The name of the test that judges the solution.
fn solution(chapter: &Chapter, function: &str) -> String {
    format!("{}::{function}::solution", chapter.module())
}

/// What was half written when its check was ended is none.
fn read(file: &Path) -> Vec<Run> {
    fs::read_to_string(file).ok().and_then(|text| runs::read(&text).ok()).unwrap_or_default()
}
