//! `read`: opens the book in a browser, at the chapter in hand.

use std::process::ExitCode;

use super::chapter_or_in_hand;
use crate::course::{Chapter, Course};
use crate::screen::say;
use crate::trouble::{Done, Trouble};
use crate::{book, browser};

pub fn run(course: &Course, words: &[&str]) -> Done {
    say(read(course, chapter_or_in_hand(course, words)?)?);
    Ok(ExitCode::SUCCESS)
}

/// Opens the page of a chapter, and says where it is.
pub fn read(course: &Course, chapter: &Chapter) -> Result<String, Trouble> {
    book::build_if_stale(course)?;
    let page = book::page(course, chapter.name);
    Ok(browser::open(&page, &format!("{}  {}", chapter.package(), chapter.title)))
}
