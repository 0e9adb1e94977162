//! `one-core`: the same checks, with one core. What they say stays; only the speed may change.

use std::env::consts::OS;
use std::fs;
use std::process::{Command, ExitCode, Stdio};

use super::{check, one_chapter};
use crate::cargo;
use crate::course::{Chapter, Course};
use crate::progress::{self, State};
use crate::screen::{fold, say};
use crate::trouble::{Done, Trouble};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let chapter = one_chapter(course, words)?;
    let core = core()?;
    // Builds on all cores first, so that only the checks have to do with one.
    let on_all = progress::judge(course, chapter)?;
    let arguments = ["test", "--package", chapter.package(), "--no-fail-fast"];
    let ran = cargo::run(course, &["taskset", "-c", &core], &arguments)?;
    let on_one = progress::understood(chapter, &ran)?;
    say(check::report(course, chapter, &on_one));
    say(format!("\n{}", fold(comparison(chapter, &on_all, &on_one))));
    Ok(if on_one.done(chapter) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn comparison(chapter: &Chapter, on_all: &State, on_one: &State) -> &'static str {
    let same = chapter.functions.iter().all(|function| on_all.passes(function) == on_one.passes(function));
    match on_one {
        State::Judged { .. } if same => {
            "That was with one core, and with all of them the same functions pass: a check proves how the \
             code is built. Whether two threads run at one instant is up to the machine."
        }
        State::Judged { .. } => {
            "That was with one core, and with all of them it was another verdict. No check should depend on \
             it: please report this, with your code."
        }
        _ => "Nothing ran, so there is nothing to compare.",
    }
}

/// The first core that this program may use, where the system can keep a program on it.
fn core() -> Result<String, Trouble> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let core = allowed.and_then(|list| list.trim().split([',', '-']).next()).unwrap_or("0");
    let tried = Command::new("taskset").args(["-c", core, "true"]).stderr(Stdio::null()).stdout(Stdio::null()).status();
    if tried.is_ok_and(|status| status.success()) {
        return Ok(core.to_string());
    }
    let why = if OS == "linux" { "it belongs to util-linux" } else { "this system has no such command" };
    Err(Trouble::Word(format!(
        "To keep the checks on one core takes `taskset`, and it does not work here: {why}.\n\
         They would say the same: a check proves how the code is built, not how fast it is."
    )))
}
