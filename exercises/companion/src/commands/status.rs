//! `status`, and no word at all: the book and where it is, the chapters and what is done, and the one next step.

use std::process::ExitCode;

use super::unknown;
use crate::book;
use crate::course::{Chapter, Course};
use crate::progress::{self, State};
use crate::screen::{bold, dim, green, red, say};
use crate::trouble::{Done, Trouble};

pub fn run(course: &Course, words: &[&str]) -> Done {
    if !words.is_empty() {
        return Err(unknown(words));
    }
    say(bold("Concurrency is not parallelism, in Rust"));
    // A book that cannot be built is no reason to keep the learner from the exercises.
    match book::build_if_stale(course) {
        Ok(_) => say(format!("\nThe book (`cargo course read` opens it):\n  {}", book_at(course, "index"))),
        Err(trouble) => {
            say(format!("\n{}", trouble.text()));
            if book::page(course, "index").is_file() {
                say(format!("\nThe book as it was before:\n  {}", book_at(course, "index")));
            }
        }
    }
    let map = course.chapters().into_iter().map(|chapter| Ok((chapter, progress::of(course, chapter)?)));
    let map: Vec<_> = map.collect::<Result<_, Trouble>>()?;
    say("");
    map.iter().for_each(|(chapter, state)| say(line(chapter, state)));
    say(format!("\n{}", next(course, &map)));
    Ok(ExitCode::SUCCESS)
}

fn book_at(course: &Course, page: &str) -> String {
    book::url(&book::page(course, page))
}

/// `  ch01  The simultaneous exhibition     interleaved passes`
fn line(chapter: &Chapter, state: &State) -> String {
    let how = match state {
        _ if state.done(chapter) => green("done"),
        State::NotBegun => dim("not begun"),
        State::Broken(_) => red("does not compile"),
        State::Judged { .. } => halves(chapter, state),
    };
    format!("  {}  {:<30}  {how}", chapter.package(), chapter.title)
}

fn halves(chapter: &Chapter, state: &State) -> String {
    let passing: Vec<_> = chapter.functions.iter().copied().filter(|function| state.passes(function)).collect();
    match passing[..] {
        [] => "begun".into(),
        _ => format!("{} passes", passing.join(", ")),
    }
}

fn next(course: &Course, map: &[(&'static Chapter, State)]) -> String {
    let standings: Vec<_> = map.iter().map(|(chapter, state)| (*chapter, state.standing(chapter))).collect();
    let in_hand = progress::next(course, &standings);
    match map.iter().find(|(chapter, _)| in_hand.is_some_and(|it| it.name == chapter.name)) {
        Some((chapter, state)) => step(course, chapter, state),
        None => "Everything passes. `cargo course help` has more to look at.".into(),
    }
}

fn step(course: &Course, chapter: &Chapter, state: &State) -> String {
    let package = chapter.package();
    let step = match state {
        State::NotBegun => format!("{package}, {}", chapter.title),
        State::Broken(_) => format!("{package} does not compile: what does rustc say?"),
        State::Judged { .. } => format!("{package}, {}", to_write(chapter, state)),
    };
    let mut lines = vec![format!("Next: {}", bold(step))];
    if matches!(state, State::NotBegun) {
        lines.push(format!("  read   {}", book_at(course, chapter.name)));
    }
    lines.push(format!("  write  {}", course.shown(&course.answer(chapter))));
    lines.push(format!("  type   cargo test -p {package}"));
    lines.push(dim(format!("  or     cargo course watch {package}, for a verdict after every save")));
    lines.push(dim(format!("  stuck? cargo course hint {package}")));
    lines.join("\n")
}

fn to_write(chapter: &Chapter, state: &State) -> String {
    let open = chapter.functions.iter().find(|function| !state.passes(function));
    open.map_or("a test of your own fails".into(), |function| format!("`{function}`"))
}
