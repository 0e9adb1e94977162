//! `check`: runs a chapter's tests and shows what they say.

use std::process::ExitCode;

use super::chapter_or_in_hand;
use crate::book;
use crate::course::{Chapter, Course};
use crate::progress::{self, State};
use crate::screen::{bold, green, red, say};
use crate::trouble::{Done, Trouble};
use crate::verdicts::Test;

pub fn run(course: &Course, words: &[&str]) -> Done {
    let done = match words {
        ["all"] => check_all(course)?,
        _ => check(course, chapter_or_in_hand(course, words)?)?,
    };
    Ok(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(course: &Course, chapter: &Chapter) -> Result<bool, Trouble> {
    let state = progress::judge(course, chapter)?;
    say(report_and_next(course, chapter, &state));
    Ok(state.done(chapter))
}

fn check_all(course: &Course) -> Result<bool, Trouble> {
    let mut all = true;
    for chapter in course.chapters() {
        // A chapter that is not begun has nothing to run.
        let not_begun = progress::known(course, chapter).filter(|state| matches!(state, State::NotBegun));
        let state = not_begun.map_or_else(|| progress::judge(course, chapter), Ok)?;
        say(format!("{}\n", report(course, chapter, &state)));
        all &= state.done(chapter);
    }
    Ok(all)
}

/// The same, and what to type next, if the report has not said so.
pub fn report_and_next(course: &Course, chapter: &Chapter, state: &State) -> String {
    let report = report(course, chapter, state);
    let hint = format!("cargo course hint {}", chapter.package());
    match state.done(chapter) {
        true => format!("{report}\n\n{}", what_is_left(course, chapter)),
        false if report.contains(&hint) => report,
        false => format!("{report}\n\nOne step on: `{hint}`"),
    }
}

/// All that a run has to say: what rustc warns of, a line a function, and the messages.
pub fn report(course: &Course, chapter: &Chapter, state: &State) -> String {
    let head = bold(format!("{}  {}", chapter.package(), chapter.title));
    let body = match state {
        State::NotBegun => "  not begun".into(),
        State::Broken(rustc) => format!("{rustc}\n\nIt does not compile, so nothing was judged."),
        State::Judged { warnings, tests } => {
            let parts = [warnings.clone(), lines(tests), messages(course, tests)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
    };
    format!("{head}\n\n{body}")
}

/// A line a test. The names of a learner's own tests may be long.
fn lines(tests: &[Test]) -> String {
    let longest = tests.iter().map(|test| test.name.chars().count()).max();
    let width = longest.unwrap_or_default().max(12);
    tests.iter().map(|test| line(test, width)).collect::<Vec<_>>().join("\n")
}

fn line(test: &Test, width: usize) -> String {
    let how = match &test.said {
        None => green("passes"),
        Some(_) if is_unwritten(test) => "not written yet".into(),
        Some(_) => red("does not pass yet"),
    };
    format!("  {:<width$}  {how}", test.name)
}

pub fn is_unwritten(test: &Test) -> bool {
    // The last one: what stands before the verdict is what the code printed.
    let verdict = |said: &str| said.lines().rfind(|line| line.starts_with("Error: ")).map(String::from);
    test.said.as_deref().and_then(verdict).is_some_and(|line| line.starts_with("Error: not yet implemented"))
}

/// What is not written yet is only worth a message while nothing else needs one.
fn messages(course: &Course, tests: &[Test]) -> String {
    let failed: Vec<_> = tests.iter().filter(|test| test.said.is_some()).collect();
    let wrong: Vec<_> = failed.iter().copied().filter(|test| !is_unwritten(test)).collect();
    let shown = if wrong.is_empty() { failed.into_iter().take(1).collect() } else { wrong };
    shown.into_iter().map(|test| message(course, test)).collect::<Vec<_>>().join("\n\n")
}

/// As the test printed it, and the page in the form that a terminal makes clickable.
fn message(course: &Course, test: &Test) -> String {
    let said = test.said.as_deref().unwrap_or_default();
    let address = test.page().and_then(|page| book::address_of(course, page));
    let page = address.map_or(String::new(), |address| format!("\n  {address}"));
    format!("{}:\n\n{said}{page}", bold(&test.name))
}

/// For a chapter that is done.
fn what_is_left(course: &Course, chapter: &Chapter) -> String {
    let (package, has) = (chapter.package(), |program| course.exercise(chapter).join(program).is_file());
    let commands = [
        (true, "diff", "your answer beside the solution"),
        (true, "chart", "your run beside the solution's"),
        (true, "gallery", "the wrong answers of others"),
        (has("try.rs"), "try", "your functions in a small real program"),
        (has("speed.rs"), "speed", "your functions on more and more threads"),
    ];
    let commands = commands.iter().filter(|(is_there, ..)| *is_there);
    let lines = commands.map(|(_, name, does)| format!("  {:<25}  {does}\n", format!("cargo course {name} {package}")));
    let next = format!("  {:<25}  what comes next", "cargo course");
    format!("{package} is done. You can look at\n{}{next}", lines.collect::<String>())
}
