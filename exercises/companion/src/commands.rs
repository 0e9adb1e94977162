//! The commands: one list, from which the usage is made and a command is found. Each is a file.

mod chart;
mod check;
mod diff;
mod gallery;
mod hint;
mod machine;
mod one_core;
mod read;
mod reset;
mod speed;
mod status;
mod try_it;
mod watch;

use std::process::ExitCode;

use crate::course::{Chapter, Course};
use crate::files;
use crate::progress;
use crate::screen::say;
use crate::source::is_stub;
use crate::trouble::{Done, Trouble};

struct Command {
    /// As it is typed, with what may follow.
    typed: &'static str,
    does: &'static str,
    run: fn(&Course, &[&str]) -> Done,
}

const COMMANDS: &[Command] = &[
    Command { typed: "[status]", does: "the book, what is done, what comes next", run: status::run },
    Command { typed: "watch [chNN]", does: "the verdicts after every save", run: watch::run },
    Command { typed: "check [chNN|all]", does: "the verdicts of a chapter, once", run: check::run },
    Command { typed: "hint [chNN [1|2|3]]", does: "one step on, never the code", run: hint::run },
    Command { typed: "read [chNN|page]", does: "opens the book, also at `checks#stuck`", run: read::run },
    Command { typed: "chart chNN [function]", does: "your own run; --open, --chrome, --scene N", run: chart::run },
    Command { typed: "gallery chNN", does: "wrong answers: guess what catches each", run: gallery::run },
    Command { typed: "diff chNN [--anyway]", does: "your answer beside the solution", run: diff::run },
    Command { typed: "try chNN [words]", does: "your functions in a small real program", run: try_it::run },
    Command { typed: "speed chNN", does: "your functions on more and more threads", run: speed::run },
    Command { typed: "one-core chNN", does: "the same checks, with one core", run: one_core::run },
    Command { typed: "machine", does: "how many cores you have, and if they show", run: machine::run },
    Command { typed: "reset chNN", does: "the stub again; what you wrote is kept", run: reset::run },
];

/// Runs the command that `words` ask for.
pub fn run(words: &[&str]) -> Done {
    match words {
        [] => status::run(&Course::find()?, &[]),
        ["help" | "--help" | "-h", ..] => {
            say(usage());
            Ok(ExitCode::SUCCESS)
        }
        [name, rest @ ..] => {
            let command = COMMANDS.iter().find(|command| command.name() == *name);
            let command = command.ok_or_else(|| Trouble::Usage(format!("There is no command `{name}`.")))?;
            (command.run)(&Course::find()?, rest)
        }
    }
}

pub fn usage() -> String {
    let lines = COMMANDS.iter().map(|command| format!("  cargo course {:<21}  {}", command.typed, command.does));
    format!(
        "The companion of the course. A chapter is named `ch01`, `1` or `chess`.\n\
         Without `[chNN]`: the one whose folder you are in, or else the one saved last.\n\n{}",
        lines.collect::<Vec<_>>().join("\n")
    )
}

/// The one chapter that a command is for.
fn one_chapter(course: &Course, words: &[&str]) -> Result<&'static Chapter, Trouble> {
    match words {
        [] => Err(Trouble::Usage("Which chapter?".into())),
        [word] => course.chapter(word),
        [_, rest @ ..] => Err(unknown(rest)),
    }
}

/// The same, where no word means the chapter in hand.
fn chapter_or_in_hand(course: &Course, words: &[&str]) -> Result<&'static Chapter, Trouble> {
    if words.is_empty() { progress::in_hand(course) } else { one_chapter(course, words) }
}

/// The functions of a chapter that still are stubs, as far as it can be seen without building them.
fn unwritten(course: &Course, chapter: &Chapter) -> Result<Vec<&'static str>, Trouble> {
    let source = files::text(&course.answer(chapter))?;
    Ok(chapter.functions.iter().copied().filter(|function| is_stub(&source, function)).collect())
}

/// For words that a command does not know.
fn unknown(words: &[&str]) -> Trouble {
    Trouble::Usage(format!("What does `{}` mean here?", words.join(" ")))
}

impl Command {
    fn name(&self) -> &str {
        self.typed.split(' ').next().unwrap_or_default().trim_matches(['[', ']'])
    }
}
