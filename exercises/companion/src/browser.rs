//! A browser: the one that the system opens pages with, if there is any.
//!
//! No program that opens a file in a browser hands on what stands behind a `#`. So what is opened then is a page that
//! lies in the book and leads there at once.

use std::env::consts::OS;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::book;
use crate::trouble::{Trouble, at};

const LEADS_THERE: &str = "your-section.html";

/// Opens a page, and says where it is, whether or not a browser can be found.
pub fn open(page: &Path, head: &str) -> String {
    said(&book::url(page), head, page)
}

/// The same for a section of a page.
pub fn open_section(page: &Path, section: &str, head: &str) -> Result<String, Trouble> {
    let name = page.file_name().unwrap_or_default().to_string_lossy();
    let behind = format!("#{}", book::percent_encoded(section, b""));
    let leads_there = page.with_file_name(LEADS_THERE);
    let text = leading_to(&format!("{}{behind}", book::percent_encoded(&name, b"")), head);
    fs::write(&leads_there, text).map_err(at(&leads_there))?;
    Ok(said(&format!("{}{behind}", book::url(page)), head, &leads_there))
}

/// A page that leads to `address`, which is safe to be written there.
pub fn leading_to(address: &str, title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <script>location.replace('{address}')</script>\n<p><a href=\"{address}\">{title}</a>\n"
    )
}

fn said(address: &str, head: &str, opened: &Path) -> String {
    let said = format!("{head}\n  {address}");
    match started(opened) {
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
