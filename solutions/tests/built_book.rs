//! The built book: every link and every anchor inside it holds, and nothing was left unresolved.
//!
//! It reads `target/book`, which `cargo run` builds, so it is asked for by name:
//! `cargo test -p solutions --test built_book -- --ignored`.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::in_repository;

/// A reader who follows a link arrives.
#[test]
#[ignore = "reads the built book"]
fn every_link_and_every_anchor_holds() {
    let pages = pages();
    let mut broken = Vec::new();
    for (page, html) in &pages {
        for link in values(html, "href").chain(values(html, "src")).filter(|link| is_inside(link)) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = file.split('?').next().unwrap_or_default();
            let target = if file.is_empty() { page.clone() } else { tidy(&page.with_file_name("").join(file)) };
            if !book().join(&target).exists() {
                broken.push(format!("{}: {link}: no such file", page.display()));
            } else if let Some(html) = pages.get(&target).filter(|_| !anchor.is_empty()) {
                let ids: BTreeSet<_> = values(html, "id").chain(values(html, "name")).collect();
                if !ids.contains(anchor) {
                    broken.push(format!("{}: {link}: no such anchor", page.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{} broken links\n{}", broken.len(), broken.join("\n"));
}

/// An include that finds nothing is only logged when the book is built, and leaves its mark on the page.
#[test]
#[ignore = "reads the built book"]
fn nothing_is_left_to_include() {
    for (page, html) in pages() {
        assert!(!html.contains("{{#"), "{} still holds an include", page.display());
        assert!(!html.contains("ANCHOR"), "{} shows an anchor comment", page.display());
    }
}

/// What is read offline must not ask the net for anything.
#[test]
#[ignore = "reads the built book"]
fn nothing_is_loaded_from_elsewhere() {
    for (page, html) in pages() {
        let loads = values(&html, "src").find(|src| src.contains("//"));
        assert_eq!(loads, None, "{}", page.display());
    }
}

fn book() -> PathBuf {
    in_repository("target/book")
}

/// Every page, by its path in the book.
fn pages() -> BTreeMap<PathBuf, String> {
    let entries = fs::read_dir(book()).expect("the book is built: `cargo run`");
    let files = entries.map(|entry| entry.unwrap().path());
    let pages = files.filter(|file| file.extension().is_some_and(|ending| ending == "html"));
    let page = |file: PathBuf| (file.strip_prefix(book()).unwrap().to_path_buf(), fs::read_to_string(&file).unwrap());
    pages.map(page).collect()
}

/// The values of all attributes of one name, wherever they stand in a tag.
fn values<'a>(html: &'a str, attribute: &str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {attribute}=\"");
    let starts: Vec<_> = html.match_indices(&start).map(|(at, found)| at + found.len()).collect();
    starts.into_iter().filter_map(|at| html[at..].split('"').next())
}

fn is_inside(link: &str) -> bool {
    !link.is_empty() && !["http:", "https:", "mailto:", "data:", "javascript:"].iter().any(|out| link.starts_with(out))
}

/// `a/../b` is `b`.
fn tidy(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(parts.pop()),
            std::path::Component::CurDir => {}
            other => parts.push(other),
        }
    }
    parts
}
