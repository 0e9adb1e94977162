//! Runs that are kept as files: what a check saw, for the companion and for the book's figures.
//!
//! `RUNS=write cargo test -p ch01` writes `target/runs/ch01-interleaved.run` and `ch01-multicore.run`: every
//! run that the check looked at, one after another, in the text form of [`Run`].
//! Runs that did not end well are kept, too; those are the ones to look at.
//!
//! Limits: only checks with [a process of their own](mod@crate::alone) are kept, and only those of tests and examples:
//! the target folder is found from where cargo puts their programs. A file is named by the package of
//! [`Words::page`](crate::Words::page) and by the test.

use std::fs::{File, OpenOptions, create_dir_all};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use crate::alone::asked;
use crate::run::{NotARun, Run};

/// Asks for the runs to be written.
const WANTED: &str = "RUNS";

/// The runs of one file, in order.
///
/// # Errors
///
/// The first line that is no part of a run.
pub fn read(text: &str) -> Result<Vec<Run>, NotARun> {
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match blocks.last_mut() {
            Some(block) if !line.starts_with("run ") => *block += &format!("{line}\n"),
            _ => blocks.push(format!("{line}\n")),
        }
    }
    blocks.iter().map(|block| block.parse()).collect()
}

/// Where the runs of a function are kept: `runs/ch01-interleaved.run` below the target folder.
pub fn file(target: &Path, package: &str, function: &str) -> PathBuf {
    target.join("runs").join(format!("{package}-{}.run", function.replace("::", "-")))
}

/// Keeps the run if it was asked for. Only the process of a check does: it knows whose run it is.
pub(crate) fn keep(run: impl FnOnce() -> Run, package: &str) {
    let Some(function) = asked().filter(|_| std::env::var(WANTED).is_ok_and(|what| what == "write")) else { return };
    if let Err(error) = append(&run(), package, &function) {
        eprintln!("the run could not be kept: {error}");
    }
}

fn append(run: &Run, package: &str, function: &str) -> io::Result<()> {
    // The process of a check sees one run after another; the first starts the file anew.
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    let program = std::env::current_exe()?;
    // A test's program lies in `target/debug/deps`.
    let target = program.ancestors().nth(3).ok_or_else(|| io::Error::other("no target folder"))?;
    let (file, scene) = (file(target, package, function), SEEN.fetch_add(1, SeqCst) + 1);
    create_dir_all(file.parent().unwrap_or(target))?;
    let mut file = if scene == 1 { File::create(&file)? } else { OpenOptions::new().append(true).open(&file)? };
    let name = format!("{} function={function} scene={scene}", run.name);
    write!(file, "{}", Run { name, ..run.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_in_one_file_are_told_apart() {
        let text = "run a threads=1 ends=1 dealing=1 doing=1\ntask x 0..1 1@0+1\n\nrun b c=d\ntask y ..\n";
        let runs = read(text).unwrap();
        assert_eq!(runs.iter().map(|run| run.name.as_str()).collect::<Vec<_>>(), ["a", "b c=d"]);
        assert_eq!(read(&runs.iter().map(Run::to_string).collect::<String>()).unwrap(), runs);
    }

    #[test]
    fn a_file_that_starts_with_a_task_is_refused() {
        assert!(read("task x 0..1 1@0+1\n").is_err());
    }

    #[test]
    fn a_function_in_a_module_has_a_file_that_every_system_takes() {
        assert_eq!(
            file(Path::new("target"), "ch01", "chess::multicore"),
            Path::new("target/runs/ch01-chess-multicore.run")
        );
    }
}
