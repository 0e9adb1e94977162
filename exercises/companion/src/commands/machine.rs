//! `machine`: how many cores this program may use, whether two were seen at work, and what it means.

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use probes::meter::{Cores, two_cores};

use super::unknown;
use crate::course::Course;
use crate::screen::{bold, fold, say};
use crate::trouble::Done;

/// The meter mostly knows within a millisecond; on a busy machine it needs a moment in which two cores are free.
const PATIENCE: Duration = Duration::from_secs(1);

pub fn run(_: &Course, words: &[&str]) -> Done {
    if !words.is_empty() {
        return Err(unknown(words));
    }
    let cores = thread::available_parallelism().map_or("not known here".into(), |cores| cores.to_string());
    let seen = two_cores(PATIENCE);
    say(format!("cores that this program may use: {}", bold(cores)));
    say(format!("the two-core meter: {}", bold(seen)));
    say(format!("\n{}", fold(meaning(seen))));
    Ok(ExitCode::SUCCESS)
}

fn meaning(cores: Cores) -> &'static str {
    match cores {
        Cores::Seen => {
            "Two threads can be parallel here: where the work needs a core, `multicore` may finish sooner than \
             `interleaved`. Where the work waits, it gains nothing."
        }
        Cores::NotSeen => {
            "There are several cores, and other programs may have had them. Ask again when less is running. \
             No check depends on it."
        }
        Cores::One => {
            "Threads take turns here, so nothing is parallel, and `multicore` is no faster than `interleaved`. \
             Every check can pass all the same: a check proves how the code is built, and not how fast it is."
        }
    }
}
