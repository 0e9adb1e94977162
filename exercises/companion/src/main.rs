//! The companion: the program behind `cargo run`, and the friend beside the learner.
//!
//! It keeps no state of its own. What is done is what passes; what it keeps under `target/` only saves time.

mod book;
mod browser;
mod cargo;
mod commands;
mod course;
mod figure;
mod files;
mod plot;
mod progress;
mod runs;
mod screen;
mod source;
mod trouble;
mod verdicts;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    commands::run(&words).unwrap_or_else(|trouble| trouble.report())
}
