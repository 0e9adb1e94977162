//! The screen: colours and passing lines where there is a terminal, plain text everywhere else.

use std::env;
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process;

/// Writes `text` and a newline. A reader that has left, as in `cargo run | head`, ends the program in peace.
pub fn say(text: impl Display) {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => process::exit(0),
        Err(error) => {
            eprintln!("the output could not be written: {error}");
            process::exit(1);
        }
    }
}

/// Whether standard output shows colours: <https://no-color.org>.
pub fn colours() -> bool {
    overwrites(&io::stdout()) && !set("NO_COLOR")
}

/// Whether what is said there can be taken back: on a terminal that understands control sequences.
fn overwrites(stream: &impl IsTerminal) -> bool {
    // The old Windows console shows control sequences as letters; terminals that do not set one of these variables.
    let understands = !cfg!(windows) || set("WT_SESSION") || set("TERM_PROGRAM");
    stream.is_terminal() && understands && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

pub fn bold(text: impl Display) -> String {
    styled("1", text)
}

pub fn dim(text: impl Display) -> String {
    styled("2", text)
}

pub fn green(text: impl Display) -> String {
    styled("32", text)
}

pub fn red(text: impl Display) -> String {
    styled("31", text)
}

fn styled(code: &str, text: impl Display) -> String {
    if colours() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
}

/// No line of running text is longer than this.
const COLUMNS: usize = 80;

/// Fills paragraphs anew, so that a page written for wide lines fits a terminal. A list and an indented line stay.
pub fn fold(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for line in text.trim().lines() {
        if line.is_empty() || !mark(line).is_empty() || lines.last().is_some_and(String::is_empty) {
            lines.push(line.to_string());
        } else if let Some(last) = lines.last_mut() {
            *last += &format!(" {line}");
        }
    }
    let folded: Vec<_> = lines.iter().skip(1).map(|line| hanging(mark(line), &line[mark(line).len()..])).collect();
    emphasized(&folded.join("\n"))
}

/// What a line of a list or an indented line begins with.
fn mark(line: &str) -> &str {
    let indent = line.len() - line.trim_start().len();
    let list = ["- ", "* ", "| "].iter().any(|mark| line[indent..].starts_with(mark));
    &line[..indent + if list { 2 } else { 0 }]
}

/// `**words**` stand out where there are colours, and stand there without their stars.
fn emphasized(text: &str) -> String {
    let parts = text.split("**").enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { bold(part) } else { part.to_string() }).collect()
}

/// Breaks `text` between words; what follows stands under its first word, and `lead` before it.
pub fn hanging(lead: &str, text: &str) -> String {
    wrapped(lead, text, lead.chars().count(), COLUMNS)
}

/// Breaks a line of code between words; what follows stands further in than the line, or is a comment as well. Two
/// columns stay free for a mark.
pub fn broken_code(line: &str) -> String {
    let text = line.trim_start();
    let lead = &line[..line.len() - text.len()];
    if let Some((mark, comment)) = text.split_once(' ').filter(|(mark, _)| ["//", "///", "//!"].contains(mark)) {
        let lead = format!("{lead}{mark} ");
        return wrapped("", comment, 0, COLUMNS - 2 - lead.len())
            .lines()
            .map(|line| format!("{lead}{line}\n"))
            .collect::<String>()
            .trim_end()
            .into();
    }
    wrapped(lead, text, lead.len() + 8, COLUMNS - 2)
}

fn wrapped(lead: &str, text: &str, indent: usize, columns: usize) -> String {
    let (mut out, mut used) = (lead.to_string(), lead.chars().count());
    for (index, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && used + 1 + length > columns {
            out += &format!("\n{:indent$}", "");
            used = indent;
        } else if index > 0 {
            out.push(' ');
            used += 1;
        }
        out += word;
        used += length;
    }
    out
}

/// Empties the terminal, so that the newest verdict stands alone.
pub fn clear() {
    if overwrites(&io::stdout()) {
        print!("\x1b[2J\x1b[H");
    }
}

/// One line that says what is going on, until it is over. Without a terminal there is none.
#[derive(Debug)]
pub struct Passing;

impl Passing {
    pub fn show(&self, text: &str) {
        if overwrites(&io::stderr()) {
            let short: String = text.chars().take(79).collect();
            eprint!("\r\x1b[K{short}");
        }
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        self.show("");
    }
}

/// Text without its control sequences, as it would be read.
pub fn plain(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |so_far, part| {
        so_far + part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_filled_and_a_list_stays() {
        let text =
            format!("{}\n{}\n\n- {}\n- b", "one ".repeat(15).trim(), "two ".repeat(10).trim(), "item ".repeat(20));
        let folded = fold(&text);
        assert!(folded.lines().all(|line| line.chars().count() <= COLUMNS), "{folded}");
        assert!(folded.contains("one two"), "{folded}");
        assert!(folded.contains("\n\n- item item"), "{folded}");
        assert!(folded.contains("\n  item") && folded.ends_with("\n- b"), "{folded}");
        assert_eq!(fold("**One**: two\n`three`"), "One: two `three`");
    }

    #[test]
    fn code_keeps_its_place() {
        assert_eq!(broken_code("    let a = 1;"), "    let a = 1;");
        let long = broken_code(&format!("    let {} = 1;", "a ".repeat(50)));
        assert!(long.starts_with("    let a a") && long.contains("\n            a"), "{long}");
        let long = broken_code(&format!("  /// {}", "a ".repeat(50)));
        assert!(long.lines().count() == 2 && long.lines().all(|line| line.starts_with("  /// a")), "{long}");
    }

    #[test]
    fn control_sequences_are_not_read() {
        assert_eq!(plain("\x1b[1m\x1b[92m   Compiling\x1b[0m tokio"), "   Compiling tokio");
        assert_eq!(plain("no colour"), "no colour");
    }
}
