//! Every check, on right and wrong answers, many times: none of its verdicts may ever change.
//!
//! `SOAK=1000 cargo test -p solutions --test soak` runs every right answer a thousand times and every wrong one
//! a hundred (a tenth). Run it pinned to one core, on all, and beside busy loops: a verdict that
//! depends on luck shows itself then. Without `SOAK`, two rounds. `SOAK_OF=ch05` leaves out all other chapters.

mod support;

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use probes::Judged;
use probes::alone::{asked, one_of_many};
use solutions::answers::{ANSWERS, Answer, Kind};
use support::{in_repository, words_of};

/// Right answers always pass.
#[test]
fn right_answers() {
    let rounds = rounds();
    soak(
        "right_answers",
        rounds,
        |answer| answer.kind != Kind::Wrong,
        |answer, judged| judged.err().map(|verdict| format!("{} was found wrong:\nError: {verdict}", answer.path())),
    );
}

/// Wrong answers always earn their own message.
#[test]
fn wrong_answers() {
    let rounds = (rounds() / 10).max(2);
    soak(
        "wrong_answers",
        rounds,
        |answer| answer.kind == Kind::Wrong,
        |answer, judged| {
            let Err(verdict) = judged else { return Some(format!("{} passed", answer.path())) };
            let file = in_repository(&format!("solutions/tests/messages/{}", answer.message_file()));
            let kept = words_of(&fs::read_to_string(file).unwrap_or_default());
            let said = words_of(&format!("Error: {verdict}\n"));
            (said != kept).then(|| format!("{} got another message:\nError: {verdict}", answer.path()))
        },
    );
}

fn rounds() -> usize {
    let rounds = std::env::var("SOAK").map_or(2, |rounds| rounds.parse().expect("SOAK is a number of rounds"));
    assert!(rounds > 0, "SOAK is a number of rounds, at least 1");
    rounds
}

/// Judges the chosen answers in `rounds` rounds, two at a time, and collects what was not as it should be.
fn soak(
    test: &'static str,
    rounds: usize,
    chosen: fn(&Answer) -> bool,
    fault: impl Fn(&Answer, Judged) -> Option<String> + Sync,
) {
    let of = std::env::var("SOAK_OF").unwrap_or_default();
    let answers: Vec<_> = ANSWERS.iter().filter(|answer| chosen(answer) && answer.path().starts_with(&of)).collect();
    assert!(!answers.is_empty(), "SOAK_OF is a chapter, such as ch05, and not {of}");
    // A second process judges the one answer that it was asked for, with no other thread beside it.
    if let Some(answer) = answers.iter().find(|answer| asked().as_deref() == Some(&answer.path())) {
        let _ends_here = one_of_many(test, &answer.path(), answer.check);
    }
    let (next, judged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut faults = Vec::new();
        while let Some(turn) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|turn| *turn < rounds * answers.len())
        {
            let answer = answers[turn % answers.len()];
            let verdict = one_of_many(test, &answer.path(), answer.check);
            judged.fetch_add(1, Ordering::Relaxed);
            faults.extend(fault(answer, verdict));
        }
        faults
    };
    let faults: Vec<_> = thread::scope(|scope| {
        let workers = [(); 2].map(|()| scope.spawn(work));
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    println!("{test}: {} verdicts, {} of them false", judged.load(Ordering::Relaxed), faults.len());
    assert!(faults.is_empty(), "{} false verdicts, the first:\n{}", faults.len(), faults[0]);
}
