//! The book: built when a page, or a file that a page includes, is newer than what was built.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use mdbook_driver::MDBook;

use crate::course::Course;
use crate::files;
use crate::screen::Passing;
use crate::trouble::{Trouble, at, way_out_of};

/// Builds the book if it is stale, and says whether it was.
pub fn build_if_stale(course: &Course) -> Result<bool, Trouble> {
    let stale = is_stale(course);
    if stale {
        build(course)?;
    }
    Ok(stale)
}

/// Where a page was built: `page(course, "index", "")`.
pub fn page(course: &Course, name: &str) -> PathBuf {
    output(course).join(format!("{name}.html"))
}

/// The address of what a verdict says to read, `book/src/words.md#parallel`, if that page has been built.
pub fn address_of(course: &Course, read: &str) -> Option<String> {
    let (source, anchor) = read.split_once('#').unwrap_or((read, ""));
    let name = source.strip_prefix("book/src/")?.strip_suffix(".md")?;
    let page = page(course, name);
    page.is_file().then(|| format!("{}#{anchor}", url(&page)))
}

/// The names of all pages, in order.
pub fn pages(course: &Course) -> Vec<String> {
    let files = files::below(&course.path("book/src"));
    let pages = files.iter().filter(|file| file.extension().is_some_and(|end| end == "md"));
    let names = pages.filter_map(|page| page.file_stem()).map(|name| name.to_string_lossy().into_owned());
    // mdBook's own list of the pages is none.
    names.filter(|name| name != "SUMMARY").collect()
}

/// What a page is called.
pub fn title(course: &Course, name: &str) -> Result<String, Trouble> {
    let text = files::text(&course.path(format!("book/src/{name}.md")))?;
    Ok(text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(name).to_string())
}

/// Whether a page, as it was built, has a section.
pub fn has_section(page: &Path, section: &str) -> Result<bool, Trouble> {
    Ok(files::text(page)?.contains(&format!("id=\"{section}\"")))
}

/// A path as an address that terminals make clickable.
pub fn url(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.into_owned() };
    format!("file://{}", percent_encoded(&path, b"/:"))
}

/// Text as a part of an address; what is in `keep` stays as it is.
pub fn percent_encoded(text: &str, keep: &[u8]) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"._-~".contains(&byte) || keep.contains(&byte);
    text.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn output(course: &Course) -> PathBuf {
    course.path("target").join("book")
}

/// Written last, so that a build that was interrupted counts as none.
fn stamp(course: &Course) -> PathBuf {
    output(course).join(".built")
}

fn is_stale(course: &Course) -> bool {
    let built = files::modified(&stamp(course));
    built.is_none() || files::newest(&sources(course)) >= built
}

fn build(course: &Course) -> Result<(), Trouble> {
    let passing = Passing;
    passing.show("building the book …");
    let started = SystemTime::now();
    let stamp = stamp(course);
    let _ = fs::remove_file(&stamp);
    MDBook::load(course.root())
        .and_then(|book| book.build())
        .map_err(|error| format!("{error:#}"))
        .map_err(|error| Trouble::Word(format!("the book could not be built: {error}{}", way_out_of(&error))))?;
    // A page saved during the build must count as newer than the book.
    File::create(&stamp).and_then(|file| file.set_modified(started)).map_err(at(&stamp))
}

fn sources(course: &Course) -> Vec<PathBuf> {
    let mut sources: Vec<_> = ["book.toml", "book/src", "book/theme", "book/figures"]
        .iter()
        .flat_map(|part| files::below(&course.path(part)))
        .collect();
    let pages = sources.clone().into_iter().filter(|path| path.extension().is_some_and(|end| end == "md"));
    sources.extend(pages.flat_map(|page| included_by(&page)));
    // Another version of this program may build the same pages in another way.
    sources.extend(env::current_exe());
    sources
}

/// The files that a page includes: `{{#include ../../solutions/src/ch01_chess.rs:interleaved}}`.
fn included_by(page: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(page).unwrap_or_default();
    let folder = page.parent().unwrap_or(page);
    let included = |directive: &str| directive.split([' ', ':', '}']).nth(1).map(|path| folder.join(path));
    text.split("{{#").skip(1).filter_map(included).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn an_address_has_no_blank() {
        assert_eq!(url(Path::new("/home/rené/my course/a-b.html")), "file:///home/ren%C3%A9/my%20course/a-b.html");
    }
}
