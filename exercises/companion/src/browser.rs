//! A browser: the one that the system opens pages with, if there is any.

use std::env::consts::OS;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::book;

/// Opens a page, and says where it is, whether or not a browser can be found.
pub fn open(page: &Path, head: &str) -> String {
    let said = format!("{head}\n  {}", book::url(page));
    match started(page) {
        true => said,
        false => format!("{said}\nNo browser could be started from here: open that address in one."),
    }
}

fn started(page: &Path) -> bool {
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
