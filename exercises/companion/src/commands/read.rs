//! `read`: opens the book in a browser, at the chapter in hand, or at what a message says to read.

use std::process::ExitCode;

use super::chapter_or_in_hand;
use crate::course::{Chapter, Course};
use crate::screen::{hanging, say};
use crate::trouble::{Done, Trouble};
use crate::{book, browser};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let said = match words {
        [word] => {
            let (page, section) = named(course, word)?;
            open(course, &page, section)
        }
        _ => read(course, chapter_or_in_hand(course, words)?),
    };
    say(said?);
    Ok(ExitCode::SUCCESS)
}

/// Opens the page of a chapter, and says where it is.
pub fn read(course: &Course, chapter: &Chapter) -> Result<String, Trouble> {
    open(course, chapter.name, "")
}

/// The page and the section that a word means: `book/src/ch00-machine.md#join`, an address of the built book, or no
/// more than `ch00#join`.
fn named<'a>(course: &Course, word: &'a str) -> Result<(String, &'a str), Trouble> {
    let (path, section) = word.split_once('#').unwrap_or((word, ""));
    let name = page_of(path);
    let name = course.chapter(name).map_or(name, |chapter| chapter.name);
    let pages = book::pages(course);
    let found = pages.iter().find(|page| page.eq_ignore_ascii_case(name));
    found.map(|page| (page.clone(), section)).ok_or_else(|| {
        let list = hanging("  ", &pages.join(" "));
        Trouble::Word(format!(
            "There is no page `{word}`. These are here:\n\n{list}\n\n\
             A section stands behind a `#`, as a message names it: `checks#stuck`."
        ))
    })
}

/// The name of a page without its folder and its ending.
fn page_of(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name)
}

fn open(course: &Course, name: &str, section: &str) -> Result<String, Trouble> {
    book::build_if_stale(course)?;
    let (page, title) = (book::page(course, name), title(course, name)?);
    if section.is_empty() {
        return Ok(browser::open(&page, &title));
    }
    if !book::has_section(&page, section)? {
        return Err(Trouble::Word(format!("`book/src/{name}.md` has no section `{section}`.")));
    }
    browser::open_section(&page, section, &title)
}

/// A chapter has its number before it.
fn title(course: &Course, name: &str) -> Result<String, Trouble> {
    let chapter = course.chapters().into_iter().find(|chapter| chapter.name == name);
    chapter.map_or_else(|| book::title(course, name), |it| Ok(format!("{}  {}", it.package(), it.title)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_many_names() {
        for path in ["checks", "checks.md", "book/src/checks.md", "..\\src\\checks.md", "file:///a%20b/checks.html"] {
            assert_eq!(page_of(path), "checks", "{path}");
        }
    }
}
