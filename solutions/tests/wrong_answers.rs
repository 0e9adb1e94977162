//! Every wrong answer earns exactly its own message.
//!
//! The messages are kept under `tests/messages`. `MESSAGES=write cargo test -p solutions` writes them
//! anew; read the difference before you keep it. A chart of several threads is one of many that are
//! possible, so there only the words count; the chart that is kept is one that was seen.

mod support;

use std::fs;

use probes::{Judged, alone};
use support::{in_repository, words_of};

macro_rules! wrong {
    ($($chapter:ident { $($function:ident other [$($other:ident)*] wrong [$($wrong:ident)*])* })*) => {
        $(mod $chapter { $(mod $function {
            use super::super::*;

            $(#[test]
            fn $wrong() {
                let judged = alone(|| tasks::$chapter::check::$function(solutions::wrong::$chapter::$wrong));
                earns(judged, stringify!($chapter), stringify!($function), stringify!($wrong));
            })*
        })* })*
    };
}

solutions::answers!(wrong);

fn earns(judged: Judged, chapter: &str, function: &str, answer: &str) {
    let verdict = judged.expect_err("a wrong answer passed");
    let said = format!("Error: {verdict}\n");
    let file = format!("solutions/tests/messages/{}/{function}/{answer}.txt", chapter.replace('_', "-"));
    let kept = fs::read_to_string(in_repository(&file)).unwrap_or_default();
    let same = if verdict.chart.contains("\n    2  ") || function == "multicore" || kept.contains("another thread") {
        words_of(&said) == words_of(&kept)
    } else {
        said == kept
    };
    if !same && std::env::var("MESSAGES").is_ok_and(|what| what == "write") {
        fs::create_dir_all(in_repository(&file).parent().unwrap()).unwrap();
        fs::write(in_repository(&file), said).unwrap();
    } else {
        assert!(same, "{file} has another message.\n\nkept:\n{kept}\nsaid:\n{said}");
    }
}
