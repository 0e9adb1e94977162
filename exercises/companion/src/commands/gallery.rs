//! `gallery`: wrong answers, one by one. Read the code, guess what its check will say, and see.

use std::fs;
use std::io::{self, BufRead};
use std::process::ExitCode;

use super::one_chapter;
use crate::course::{Chapter, Course};
use crate::files;
use crate::screen::{bold, broken_code, hanging, say};
use crate::trouble::{Done, Trouble};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let chapter = one_chapter(course, words)?;
    let wrong = wrong_answers(course, chapter)?;
    let (mut seen, mut foretold) = (0, 0);
    for (index, answer) in wrong.iter().enumerate() {
        let choices = choices(answer, &wrong);
        say(format!("{}\n\n{}", bold(format!("{} of {}", index + 1, wrong.len())), question(answer, &choices)));
        let Some(guess) = guess(choices.len()) else { break };
        let right = choices.get(place(&guess)).is_some_and(|choice| choice.name == answer.name);
        (seen, foretold) = (seen + 1, foretold + usize::from(right));
        say(revealed(answer, &guess, right));
    }
    say(format!("You saw {seen} of {} wrong answers, and foretold {foretold} of their verdicts.", wrong.len()));
    Ok(ExitCode::SUCCESS)
}

/// One wrong answer: its code, and the message that its check has for it.
pub struct Wrong {
    pub name: String,
    pub function: &'static str,
    code: String,
    pub message: String,
}

impl Wrong {
    /// What its check says first.
    pub fn headline(&self) -> String {
        let head = self.message.split("\n\n").next().unwrap_or_default();
        head.trim_start_matches("Error: ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// In the order of the file: what stands between `// ANCHOR: name` and `// ANCHOR_END: name`.
pub fn wrong_answers(course: &Course, chapter: &Chapter) -> Result<Vec<Wrong>, Trouble> {
    let file = course.path("solutions/src/wrong").join(format!("{}.rs", chapter.module()));
    let text = files::text(&file)?;
    let parts = text.split("// ANCHOR: ").skip(1).filter_map(|part| part.split_once('\n'));
    let wrong = parts.filter_map(|(name, rest)| {
        let code = rest.split("// ANCHOR_END: ").next()?;
        let (function, message) = message_of(course, chapter, name.trim())?;
        Some(Wrong { name: name.trim().into(), function, code: disguised(code, name.trim(), function), message })
    });
    Ok(wrong.collect())
}

/// The message is kept under the function whose check gave it.
fn message_of(course: &Course, chapter: &Chapter, name: &str) -> Option<(&'static str, String)> {
    let folder = course.path("solutions/tests/messages").join(chapter.name);
    let kept = |function: &str| fs::read_to_string(folder.join(function).join(format!("{name}.txt"))).ok();
    chapter.functions.iter().find_map(|function| Some((*function, kept(function)?)))
}

/// Its name and its doc comment would give the game away.
fn disguised(code: &str, name: &str, function: &str) -> String {
    let lines = code.trim_end().lines().filter(|line| !line.starts_with("///"));
    let code = lines.map(broken_code).collect::<Vec<_>>().join("\n");
    code.replace(&format!("fn {name}("), &format!("fn {function}("))
}

/// Its own message among three others, if possible of the same check; the order is the same in every run.
fn choices<'a>(answer: &'a Wrong, all: &'a [Wrong]) -> Vec<&'a Wrong> {
    let mut others: Vec<&Wrong> = Vec::new();
    let mut candidates: Vec<&Wrong> = all.iter().collect();
    candidates.sort_by_key(|it| (it.function != answer.function, shuffled(&[&answer.name, &it.name])));
    for candidate in candidates {
        let taken = others.iter().chain([&answer]).any(|it| it.headline() == candidate.headline());
        if !taken && others.len() < 3 {
            others.push(candidate);
        }
    }
    let mut choices = [others, vec![answer]].concat();
    choices.sort_by_key(|it| shuffled(&[&it.name, &answer.name, "place"]));
    choices
}

/// A number for some words: the same on every machine, and in no order that a reader could see (FNV-1a).
fn shuffled(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |so_far, byte| (so_far ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn question(answer: &Wrong, choices: &[&Wrong]) -> String {
    let lines = choices.iter().zip('a'..).map(|(it, letter)| hanging(&format!("  {letter}  "), &it.headline()));
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!("{}\n\nWhat does its check say? A letter; Enter to see it; q to leave.\n\n{lines}\n", answer.code)
}

/// `a` is the first choice. Anything else is none.
fn place(guess: &str) -> usize {
    let first = guess.bytes().next().unwrap_or_default();
    usize::from(first.wrapping_sub(b'a'))
}

fn revealed(answer: &Wrong, guess: &str, right: bool) -> String {
    let word = match guess {
        "" => "",
        _ if right => "Yes. ",
        _ => "No. ",
    };
    format!("{word}The check says of `{}`:\n\n{}\n", answer.name, answer.message.trim_end())
}

/// The next line that is a letter of a choice, or empty; nothing at the end of the input or of the reader's patience.
fn guess(choices: usize) -> Option<String> {
    loop {
        let mut line = Vec::new();
        if io::stdin().lock().read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let typed = String::from_utf8_lossy(&line).trim().to_lowercase();
        match typed.as_str() {
            "q" | "quit" => return None,
            "" => return Some(typed),
            letter if letter.len() == 1 && place(letter) < choices => return Some(typed),
            _ => say("A letter; Enter to see it; q to leave."),
        }
    }
}
