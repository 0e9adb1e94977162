//! `diff`: your answer beside the solution, once yours passes.

use std::process::ExitCode;

use super::one_chapter;
use crate::course::Course;
use crate::files;
use crate::progress;
use crate::screen::{bold, broken_code, dim, green, red, say};
use crate::trouble::{Done, Trouble};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let (flags, names): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| **word == "--anyway");
    let chapter = one_chapter(course, &names)?;
    let package = chapter.package();
    if flags.is_empty() && !progress::of(course, chapter)?.done(chapter) {
        return Err(Trouble::Word(format!(
            "{package} does not pass yet, and the solution would take the task away from you.\n\
             One step on:   cargo course hint {package}\n\
             All the same:  cargo course diff {package} --anyway"
        )));
    }
    let solution = course.path("solutions").join("src").join(format!("{}.rs", chapter.module()));
    let (yours, theirs) = (files::text(&course.answer(chapter))?, files::text(&solution)?);
    say(bold(format!("- {}\n+ {}\n", course.shown(&course.answer(chapter)), course.shown(&solution))));
    say(shown(&lines(&yours, &theirs)));
    Ok(ExitCode::SUCCESS)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'a> {
    Both(&'a str),
    Yours(&'a str),
    Theirs(&'a str),
}

/// The shortest way from one text to the other, line by line.
fn lines<'a>(yours: &'a str, theirs: &'a str) -> Vec<Line<'a>> {
    let (yours, theirs): (Vec<_>, Vec<_>) = (yours.lines().collect(), theirs.lines().collect());
    let common = common(&yours, &theirs);
    let (mut here, mut there, mut way) = (0, 0, Vec::new());
    while here < yours.len() || there < theirs.len() {
        let (mine, its) = (yours.get(here), theirs.get(there));
        if mine == its {
            way.extend(mine.map(|line| Line::Both(line)));
            (here, there) = (here + 1, there + 1);
        } else if let Some(line) = mine.filter(|_| its.is_none() || common[here + 1][there] >= common[here][there + 1])
        {
            way.push(Line::Yours(line));
            here += 1;
        } else if let Some(line) = its {
            way.push(Line::Theirs(line));
            there += 1;
        }
    }
    way
}

/// `common[i][j]`: how many lines, at most, the texts have in common from line `i` of one and `j` of the other on.
fn common(yours: &[&str], theirs: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; theirs.len() + 1]; yours.len() + 1];
    for here in (0..yours.len()).rev() {
        for there in (0..theirs.len()).rev() {
            common[here][there] = if yours[here] == theirs[there] {
                common[here + 1][there + 1] + 1
            } else {
                common[here + 1][there].max(common[here][there + 1])
            };
        }
    }
    common
}

/// Lines around a difference that are shown, so that it can be found in the file.
const AROUND: usize = 3;

fn shown(lines: &[Line]) -> String {
    let differs = |line: &Line| !matches!(line, Line::Both(_));
    if !lines.iter().any(differs) {
        return "They are the same.".into();
    }
    let near =
        |index: usize| lines[index.saturating_sub(AROUND)..lines.len().min(index + AROUND + 1)].iter().any(differs);
    let (mut out, mut gap) = (Vec::new(), false);
    for (index, line) in lines.iter().enumerate() {
        if near(index) {
            out.push(one(line));
        } else if !gap {
            out.push(dim("  …"));
        }
        gap = !near(index);
    }
    out.join("\n")
}

fn one(line: &Line) -> String {
    let marked = |mark: &str, line: &str| {
        let parts = format!("{} ", broken_code(line));
        parts.lines().map(|part| format!("{mark} {part}").trim_end().to_string()).collect::<Vec<_>>().join("\n")
    };
    match line {
        Line::Both(line) => marked(" ", line),
        Line::Yours(line) => red(marked("-", line)),
        Line::Theirs(line) => green(marked("+", line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_stays() {
        use Line::*;
        assert_eq!(lines("a\nb\nc", "a\nx\nc\nd"), [Both("a"), Yours("b"), Theirs("x"), Both("c"), Theirs("d")]);
        assert_eq!(lines("", "a"), [Theirs("a")]);
        assert_eq!(lines("a", ""), [Yours("a")]);
    }

    #[test]
    fn what_is_far_from_a_difference_is_left_out() {
        let same: String = (0..9).map(|line| format!("{line}\n")).collect();
        let shown = shown(&lines(&same, &format!("{same}new")));
        assert_eq!(shown, "  …\n  6\n  7\n  8\n+ new");
    }
}
