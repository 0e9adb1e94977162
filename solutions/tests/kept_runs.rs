//! `RUNS=write` keeps every run of a check as a file, and what is kept is what the check saw.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use probes::{Run, runs};

/// The checks whose runs are looked at below; each is started by itself, with `RUNS` set.
mod kept {
    use probes::{Judged, alone};
    use tasks::{ch00_machine, ch01_chess};

    #[test]
    #[ignore = "started by the tests below"]
    fn machine() -> Judged {
        alone(|| ch00_machine::check::multicore(solutions::ch00_machine::multicore))
    }

    #[test]
    #[ignore = "started by the tests below"]
    fn unwanted() -> Judged {
        alone(|| ch00_machine::check::multicore(solutions::ch00_machine::multicore))
    }

    #[test]
    #[ignore = "started by the tests below"]
    fn chess() -> Judged {
        alone(|| ch01_chess::check::multicore(solutions::ch01_chess::multicore))
    }
}

/// What was kept of one of the checks above.
fn kept(package: &str, check: &str, wanted: &str) -> Option<Vec<Run>> {
    let test = format!("kept::{check}");
    let started = Command::new(std::env::current_exe().unwrap())
        .args([&test, "--exact", "--include-ignored"])
        .env("RUNS", wanted)
        .output();
    assert!(started.unwrap().status.success(), "{test}");
    Some(runs::read(&fs::read_to_string(file(package, check)).ok()?).unwrap())
}

fn file(package: &str, check: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let target = program.ancestors().find(|folder| folder.ends_with("debug") || folder.ends_with("release"));
    target.and_then(Path::parent).unwrap().join(format!("runs/{package}-kept-{check}.run"))
}

/// Four pieces at once, then one, then none: each is dealt with from the start of its step to its end.
#[test]
fn pieces_that_are_together_share_a_column() {
    // A second time, because the first run of a check starts its file anew.
    kept("ch00", "machine", "write");
    let runs = kept("ch00", "machine", "write").unwrap();
    let named = |scene: usize| format!("ch00-machine function=kept::machine scene={scene}");
    assert_eq!(runs.iter().map(|run| run.name.clone()).collect::<Vec<_>>(), [1, 2, 3].map(named));
    assert_eq!(runs.iter().map(|run| (run.dealing(), run.doing())).collect::<Vec<_>>(), [(4, 4), (1, 1), (0, 0)]);
    let ends = runs.iter().flat_map(|run| &run.tasks).map(|task| (task.first, task.last));
    assert_eq!(ends.collect::<Vec<_>>(), [(Some(0), Some(1)); 5]);
}

/// One master goes round: every game ends in the chart when it is over.
#[test]
fn one_master_of_the_multicore_check_goes_round() {
    let runs = kept("ch01", "chess", "write").unwrap();
    assert_eq!(runs.len(), 6);
    let lines: Vec<_> = runs[2].tasks.iter().map(|task| task.to_string()).collect();
    assert_eq!(
        lines,
        [
            "task a 0..12 1@0+1 1@4+1 1@8+1 1@11+1",
            "task b 1..6 1@1+1 1@5+1",
            "task c 2..10 1@2+1 1@6+1 1@9+1",
            "task d 3..11 1@3+1 1@7+1 1@10+1",
        ]
    );
}

#[test]
fn nothing_is_kept_that_was_not_asked_for() {
    let _ = fs::remove_file(file("ch00", "unwanted"));
    assert_eq!(kept("ch00", "unwanted", "no"), None);
}
