//! `read`: opens the book in a browser, at the chapter in hand.

use std::env::consts::OS;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use super::chapter_or_in_hand;
use crate::book;
use crate::course::{Chapter, Course};
use crate::screen::say;
use crate::trouble::{Done, Trouble};

pub fn run(course: &Course, words: &[&str]) -> Done {
    say(read(course, chapter_or_in_hand(course, words)?)?);
    Ok(ExitCode::SUCCESS)
}

/// Opens the page of a chapter, and says where it is, whether or not a browser can be found.
pub fn read(course: &Course, chapter: &Chapter) -> Result<String, Trouble> {
    book::build_if_stale(course)?;
    let page = book::page(course, chapter.name);
    let said = format!("{}  {}\n  {}", chapter.package(), chapter.title, book::url(&page));
    let without = "No browser could be started from here: open that address in one.";
    Ok(if open(&page) { said } else { format!("{said}\n{without}") })
}

fn open(page: &Path) -> bool {
    let (program, before): (_, &[&str]) = match OS {
        "macos" => ("open", &[]),
        // The empty word is the title of the window; without it, `start` would take the page for one.
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let quiet = Stdio::null;
    let child = Command::new(program).args(before).arg(page).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    child.is_ok_and(works)
}

/// Some openers stay as long as the browser does, so one that still runs after a while is taken at its word.
fn works(mut child: Child) -> bool {
    for _ in 0..20 {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(_) => return false,
        }
    }
    true
}
