//! `hint`: one step on from where you are stuck: a question, the tool's name, the shape. Never the code.

use std::process::ExitCode;

use super::{chapter_or_in_hand, unknown};
use crate::course::{Chapter, Course};
use crate::files;
use crate::screen::{bold, fold, say};
use crate::trouble::{Done, Trouble};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let (chapter, number) = match words {
        [word, number] => (course.chapter(word)?, number.parse().map_err(|_| unknown(&[number]))?),
        _ => (chapter_or_in_hand(course, words)?, 1),
    };
    say(hint(course, chapter, number)?);
    Ok(ExitCode::SUCCESS)
}

/// Hint `number` of a chapter, from 1, and how to get the one after it.
pub fn hint(course: &Course, chapter: &Chapter, number: usize) -> Result<String, Trouble> {
    let file = files::text(&course.exercise(chapter).join("HINTS.md"))?;
    let hints: Vec<_> = sections(&file).collect();
    let (package, count) = (chapter.package(), hints.len());
    let found = number.checked_sub(1).and_then(|index| hints.get(index));
    let hint =
        found.ok_or_else(|| Trouble::Usage(format!("{package} has {count} hints; there is no number {number}.")))?;
    let more = match number < count {
        true => format!("The next one: `cargo course hint {package} {}`", number + 1),
        false => format!("That was the last one. Your run says more: `cargo test -p {package}`"),
    };
    let (title, text) = hint.split_once('\n').unwrap_or((hint, ""));
    let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
    let head = bold(format!("{package}, hint {number} of {count}: {title}"));
    Ok(format!("{head}\n\n{}\n\n{more}", fold(text)))
}

fn sections(file: &str) -> impl Iterator<Item = &str> {
    // A file may begin with its first section.
    file.split("\n## ").enumerate().filter_map(|(index, part)| match index {
        0 => part.strip_prefix("## "),
        _ => Some(part),
    })
}
