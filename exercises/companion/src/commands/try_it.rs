//! `try`: a chapter's small real program, on the learner's own two functions.

use super::unwritten;
use crate::cargo;
use crate::course::{Chapter, Course};
use crate::screen::say;
use crate::trouble::{Done, Trouble, way_out_of};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let [chapter, words @ ..] = words else { return Err(Trouble::Usage("Which chapter?".into())) };
    let chapter = course.chapter(chapter)?;
    has_one(course, chapter)?;
    let (package, unwritten) = (chapter.package(), unwritten(course, chapter)?);
    if unwritten.len() == chapter.functions.len() {
        return Err(Trouble::Word(format!(
            "{package} is not begun, and its program runs on what you write.\n\
             The first step: cargo course hint {package}"
        )));
    }
    // A program may make something of one half, too.
    unwritten.iter().for_each(|function| say(format!("`{function}` is not written yet.")));
    let program = ["--package", package, "--example", "try", "--features", "try"];
    let built = cargo::run(course, &[], &[&["build"], &program[..]].concat())?;
    if built.code != Some(0) {
        return Err(Trouble::Word(format!("{}{}", built.rustc, way_out_of(&built.rustc))));
    }
    // What follows is the program's, with or without the word that cargo asks for.
    let words = words.strip_prefix(&["--"]).unwrap_or(words);
    cargo::hand_over(course, &[&program[..], &["--"], words].concat())
}

fn has_one(course: &Course, chapter: &Chapter) -> Result<(), Trouble> {
    let has = |chapter: &Chapter| course.exercise(chapter).join("try.rs").is_file();
    if has(chapter) {
        return Ok(());
    }
    let others: Vec<_> = course.chapters().into_iter().filter(|chapter| has(chapter)).map(Chapter::package).collect();
    let others = if others.is_empty() { "none yet".into() } else { others.join(", ") };
    Err(Trouble::Word(format!("{} has no program to try. Chapters that have one: {others}.", chapter.package())))
}
