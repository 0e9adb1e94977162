//! The verdict: what a test says when the code did not do what the task asks.
//!
//! A test returns its verdict as a `Result`, so that no panic and no backtrace frames the message. All
//! sentences are in [`crate::wording`]; this module only lays them out, in [`COLUMNS`] columns. Nothing is cut off, so
//! whoever writes a note keeps it short: [`LINES`] lines is what the course allows itself.
//!
//! A check of one's own has verdicts of its own:
//!
//! ```
//! let run: probes::Run = "run kitchen\ntask soup 0..2 1@0+1 1@1+1".parse()?;
//! let burnt = probes::Verdict::new("the soup is burnt")
//!     .chart(&run)
//!     .note("nobody stirred between its first minute and its last")
//!     .belief("a pot that was stirred once is looked after")
//!     .help("come back to every pot that is still on the fire")
//!     .read("kitchen", "pots");
//! assert!(burnt.to_string().ends_with("  read: book/src/kitchen.md#pots"), "{burnt}");
//! # Ok::<(), probes::run::NotARun>(())
//! ```

use std::fmt;
use std::ops::Deref;
use std::process::{ExitCode, Termination};

use crate::chart;
use crate::run::Run;

/// What a check returns: nothing to say, or one verdict.
pub type Judged = Result<(), Verdict>;

/// No message of the course has more lines than this.
pub const LINES: usize = 14;
/// No line of a message is longer than this.
pub const COLUMNS: usize = 80;

/// One cause, one message. Boxed, because every check returns one or none.
#[derive(Clone, PartialEq, Eq)]
pub struct Verdict(Box<Parts>);

/// The parts of a message, from top to bottom.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Parts {
    /// What the code did, in the task's words.
    pub headline: String,
    /// The lane chart of the run, or empty where there is no run to show.
    pub chart: String,
    /// Why the chart means the headline.
    pub note: String,
    /// The belief under which this code would be right.
    pub belief: String,
    /// One act, never the answer.
    pub help: String,
    /// A path into the book that works offline.
    pub read: String,
}

impl Verdict {
    /// What the code did. The other parts are empty until they are given.
    pub fn new(headline: impl Into<String>) -> Verdict {
        Verdict(Box::new(Parts { headline: headline.into(), ..Parts::default() }))
    }

    /// Draws the run below the headline.
    pub fn chart(mut self, run: &Run) -> Verdict {
        self.0.chart = chart::draw(run);
        self
    }

    /// Why the chart means the headline.
    pub fn note(mut self, note: impl Into<String>) -> Verdict {
        self.0.note = note.into();
        self
    }

    /// The belief under which this code would be right.
    pub fn belief(mut self, belief: impl Into<String>) -> Verdict {
        self.0.belief = belief.into();
        self
    }

    /// One act, never the answer.
    pub fn help(mut self, help: impl Into<String>) -> Verdict {
        self.0.help = help.into();
        self
    }

    /// Where the book explains it: `book/src/PAGE.md#ANCHOR`.
    pub fn read(mut self, page: &str, anchor: &str) -> Verdict {
        self.0.read = format!("book/src/{page}.md#{anchor}");
        self
    }

    /// The parts as one line-safe text, for the way from one process to another.
    pub(crate) fn pack(&self) -> String {
        [&self.headline, &self.chart, &self.note, &self.belief, &self.help, &self.read]
            .map(|part| escape(part))
            .join("\t")
    }

    pub(crate) fn unpack(text: &str) -> Option<Verdict> {
        let mut parts = text.split('\t').map(unescape);
        let mut part = || parts.next();
        let [headline, chart, note] = [part()?, part()?, part()?];
        let [belief, help, read] = [part()?, part()?, part()?];
        Some(Verdict(Box::new(Parts { headline, chart, note, belief, help, read })))
    }
}

impl Deref for Verdict {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The text form of a message: what a failing test prints after `Error: `.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A test prints `Error: ` before the first line.
        f.write_str(&wrap("", &self.headline, COLUMNS - "Error: ".len()))?;
        if !self.chart.is_empty() {
            write!(f, "\n\n{}", self.chart.trim_end_matches('\n'))?;
        }
        writeln!(f)?;
        let parts = [("note", &self.note), ("belief", &self.belief), ("help", &self.help), ("read", &self.read)];
        for (label, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
            write!(f, "\n{}", wrap(&format!("  {label}: "), text, COLUMNS))?;
        }
        Ok(())
    }
}

/// The test harness prints errors with `{:?}`; a learner should read the message, not a struct.
impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Verdict {}

/// For a program whose `main` is a check: the verdict is its last word, and its exit code.
#[derive(Debug)]
pub struct Reported(pub Judged);

impl Termination for Reported {
    fn report(self) -> ExitCode {
        match self.0 {
            Ok(()) => {
                println!("passed: nothing to say against this run");
                ExitCode::SUCCESS
            }
            Err(verdict) => {
                eprintln!("Error: {verdict}");
                ExitCode::FAILURE
            }
        }
    }
}

/// Breaks `text` between words; later lines stand under the first word.
fn wrap(label: &str, text: &str, columns: usize) -> String {
    let indent = label.chars().count().max(2);
    let (mut out, mut used) = (label.to_string(), label.chars().count());
    for (index, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if index > 0 && used + 1 + length > columns {
            out += &format!("\n{}", " ".repeat(indent));
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

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
}

fn unescape(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars());
    while let Some(char) = chars.next() {
        match if char == '\\' { chars.next() } else { None } {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let verdict = Verdict::new("a\tb\\n").note("one\r\ntwo").read("ch00-machine", "x");
        assert_eq!(Verdict::unpack(&verdict.pack()), Some(verdict.clone()));
        assert!(!verdict.pack().contains('\n'));
    }

    #[test]
    fn a_long_line_is_broken_under_its_first_word() {
        let shown = Verdict::new("h").note("word ".repeat(30)).to_string();
        assert!(shown.lines().all(|line| line.chars().count() <= COLUMNS), "{shown}");
        assert!(shown.contains("\n        word"), "{shown}");
    }

    #[test]
    fn the_parts_stand_in_order() {
        let run = "run k\ntask soup 0..1 1@0+1".parse().unwrap();
        let shown = Verdict::new("the rice is cold").chart(&run).note("n").belief("b").help("h").read("p", "a");
        assert_eq!(
            format!("{shown:?}"),
            "the rice is cold

  by task      by thread
    soup  1      1  s
  dealing with 1 · doing 1

  note: n
  belief: b
  help: h
  read: book/src/p.md#a"
        );
    }

    /// A test prints `Error: ` before the headline, and that line has no more columns than the others.
    #[test]
    fn the_first_line_has_room_for_what_stands_before_it() {
        let shown = Verdict::new("five ".repeat(30)).to_string();
        assert!(shown.lines().next().unwrap().len() + "Error: ".len() <= COLUMNS, "{shown}");
    }

    /// A line may have exactly as many columns as it may have.
    #[test]
    fn a_line_is_as_long_as_it_may_be() {
        assert_eq!(wrap("", "abc def", 7), "abc def");
        assert_eq!(wrap("", "abc defg", 7), "abc\n  defg");
    }

    #[test]
    fn a_program_with_a_verdict_fails() {
        assert_eq!(Reported(Ok(())).report(), ExitCode::SUCCESS);
        assert_eq!(Reported(Err(Verdict::new("h"))).report(), ExitCode::FAILURE);
    }
}
