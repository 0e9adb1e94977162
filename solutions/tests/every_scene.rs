//! Every scene of a check is judged: code that is right in all but one of them is found out, whichever one that is.
//!
//! A wrong answer fails in the first scene that shows its mistake, so it says nothing of those that follow. Here
//! the answers are right but at one call, and each scene of a check is one call.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use crossbeam_channel::Receiver;
use probes::Judged;
use probes::alone::{asked, one_of_many};
use solutions::{ch00_machine, ch01_chess, ch02_weather, ch03_search, ch04_twins, ch05_executor, ch06_carts};
use tasks::ch00_machine::{self as machine, Piece};
use tasks::ch01_chess::{self as chess, Board, Score};
use tasks::ch02_weather::{self as weather, Net, Reading, Station};
use tasks::ch03_search::{self as search, Dict, Key, Screen};
use tasks::ch04_twins::{self as twins, Disk, Found, HashFn};
use tasks::ch05_executor::{self as executor, Task};
use tasks::ch06_carts::{self as carts, Tally, Yard};
use tokio::sync::mpsc;

/// Whether this call is the one that goes wrong: the last word of the name that this process was started for.
fn this_one() -> bool {
    /// A check has a process of its own, so calls are counted from its start.
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let call = CALLS.fetch_add(1, SeqCst);
    asked().is_some_and(|name| name.rsplit(' ').next() == Some(&call.to_string()))
}

/// The check fails at those calls, of all it makes, and passes when it is never wrong.
fn fails_at(test: &str, calls: &[bool], check: fn() -> Judged) {
    if let Some(name) = asked() {
        let _ends_here = one_of_many(test, &name, check);
    }
    let found_out = (0..=calls.len()).map(|call| one_of_many(test, &format!("{test} {call}"), check).is_err());
    let due = calls.iter().copied().chain([false]);
    assert_eq!(found_out.collect::<Vec<_>>(), due.collect::<Vec<_>>());
}

mod one_result_too_many {
    use super::*;

    fn too_much<T: Clone>(mut results: Vec<T>, more: T) -> Vec<T> {
        results.extend(this_one().then_some(more));
        results
    }

    #[test]
    fn machine() {
        fn code(pieces: &[Piece]) -> i64 {
            ch00_machine::multicore(pieces) + i64::from(this_one())
        }
        fails_at("one_result_too_many::machine", &[true; 3], || machine::check::multicore(code));
    }

    #[test]
    fn chess_interleaved() {
        fn code(boards: &mut [Board]) -> Vec<Score> {
            too_much(ch01_chess::interleaved(boards), Score::Win)
        }
        fails_at("one_result_too_many::chess_interleaved", &[true; 5], || chess::check::interleaved(code));
    }

    #[test]
    fn chess_multicore() {
        fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
            too_much(ch01_chess::multicore(boards, masters), Score::Win)
        }
        fails_at("one_result_too_many::chess_multicore", &[true; 6], || chess::check::multicore(code));
    }

    #[test]
    fn weather_interleaved() {
        async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
            let readings = ch02_weather::interleaved(net, stations, limit).await;
            too_much(readings, weather::thermometer(weather::STATIONS[0]))
        }
        fails_at("one_result_too_many::weather_interleaved", &[true; 6], || weather::check::interleaved(code));
    }

    #[test]
    fn weather_multicore() {
        fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
            let readings = ch02_weather::multicore(net, stations, workers);
            too_much(readings, weather::thermometer(weather::STATIONS[0]))
        }
        fails_at("one_result_too_many::weather_multicore", &[true; 7], || weather::check::multicore(code));
    }

    fn echo_once_more(screen: &Screen) {
        if this_one() {
            screen.echo("more");
        }
    }

    #[test]
    fn search_interleaved() {
        async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
            ch03_search::interleaved(keys, dict, screen).await;
            echo_once_more(screen);
        }
        fails_at("one_result_too_many::search_interleaved", &[true; 20], || search::check::interleaved(code));
    }

    #[test]
    fn search_multicore() {
        fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
            ch03_search::multicore(keys, dict, screen, workers);
            echo_once_more(screen);
        }
        fails_at("one_result_too_many::search_multicore", &[true; 9], || search::check::multicore(code));
    }

    /// There is no file too many where there is no file.
    fn twice(mut found: Found) -> Found {
        if this_one() {
            found.twins.extend_from_within(..1.min(found.twins.len()));
        }
        found
    }

    #[test]
    fn twins_interleaved() {
        async fn code(disk: &Disk, paths: &[PathBuf], limit: usize) -> Found {
            twice(ch04_twins::interleaved(disk, paths, limit).await)
        }
        let calls = [true, true, true, true, true, true, true, false, true];
        fails_at("one_result_too_many::twins_interleaved", &calls, || twins::check::interleaved(code));
    }

    #[test]
    fn twins_multicore() {
        fn code(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
            twice(ch04_twins::multicore(paths, workers, hash))
        }
        let calls = [true, true, true, true, false, true, true];
        fails_at("one_result_too_many::twins_multicore", &calls, || twins::check::multicore(code));
    }

    #[test]
    fn executor_interleaved() {
        fn code(tasks: Vec<Task<char>>) -> Vec<char> {
            too_much(ch05_executor::interleaved(tasks), 'Z')
        }
        fails_at("one_result_too_many::executor_interleaved", &[true; 8], || executor::check::interleaved(code));
    }

    #[test]
    fn executor_multicore() {
        fn code(tasks: Vec<Task<char>>, workers: usize) -> Vec<char> {
            too_much(ch05_executor::multicore(tasks, workers), 'Z')
        }
        fails_at("one_result_too_many::executor_multicore", &[true; 21], || executor::check::multicore(code));
    }

    fn one_more(mut tally: Tally) -> Tally {
        tally.loads += u32::from(this_one());
        tally
    }

    #[test]
    fn carts_solo() {
        async fn code(yard: &Yard, loads: u32) -> Tally {
            one_more(ch06_carts::solo(yard, loads).await)
        }
        fails_at("one_result_too_many::carts_solo", &[true; 9], || carts::check::solo(code));
    }

    #[test]
    fn carts_doubled() {
        async fn code(left: &Yard, right: &Yard, loads: u32) -> Tally {
            one_more(ch06_carts::doubled(left, right, loads).await)
        }
        fails_at("one_result_too_many::carts_doubled", &[true; 12], || carts::check::doubled(code));
    }

    #[test]
    fn carts_interleaved() {
        async fn code(yard: &Yard, loads: u32, given: usize) -> Tally {
            one_more(ch06_carts::interleaved(yard, loads, given).await)
        }
        fails_at("one_result_too_many::carts_interleaved", &[true; 20], || carts::check::interleaved(code));
    }

    #[test]
    fn carts_multicore() {
        fn code(yard: &Yard, loads: u32, given: usize) -> Tally {
            one_more(ch06_carts::multicore(yard, loads, given))
        }
        fails_at("one_result_too_many::carts_multicore", &[true; 5], || carts::check::multicore(code));
    }
}

/// The plain loop is right where there is one worker, one place or one task, or nothing to do.
mod one_after_another {
    use super::*;

    #[test]
    fn machine() {
        fn code(pieces: &[Piece]) -> i64 {
            if this_one() { machine::reference(pieces) } else { ch00_machine::multicore(pieces) }
        }
        fails_at("one_after_another::machine", &[true, false, false], || machine::check::multicore(code));
    }

    #[test]
    fn chess_interleaved() {
        fn code(boards: &mut [Board]) -> Vec<Score> {
            if this_one() { chess::reference(boards) } else { ch01_chess::interleaved(boards) }
        }
        fails_at("one_after_another::chess_interleaved", &[true, true, true, false, false], || {
            chess::check::interleaved(code)
        });
    }

    #[test]
    fn chess_multicore() {
        fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
            if this_one() { chess::reference(boards) } else { ch01_chess::multicore(boards, masters) }
        }
        let calls = [true, true, false, true, true, false];
        fails_at("one_after_another::chess_multicore", &calls, || chess::check::multicore(code));
    }

    #[test]
    fn weather_interleaved() {
        async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
            let places = if this_one() { 1 } else { limit };
            ch02_weather::interleaved(net, stations, places).await
        }
        let calls = [true, true, false, true, false, true];
        fails_at("one_after_another::weather_interleaved", &calls, || weather::check::interleaved(code));
    }

    #[test]
    fn weather_multicore() {
        fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
            if this_one() { weather::reference(net, stations) } else { ch02_weather::multicore(net, stations, workers) }
        }
        let calls = [true, true, false, true, true, false, true];
        fails_at("one_after_another::weather_multicore", &calls, || weather::check::multicore(code));
    }

    #[test]
    fn search_multicore() {
        fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
            ch03_search::multicore(keys, dict, screen, if this_one() { 1 } else { workers });
        }
        let calls = [false, true, true, false, true, false, false, false, false];
        fails_at("one_after_another::search_multicore", &calls, || search::check::multicore(code));
    }

    #[test]
    fn twins_interleaved() {
        async fn code(disk: &Disk, paths: &[PathBuf], limit: usize) -> Found {
            ch04_twins::interleaved(disk, paths, if this_one() { 1 } else { limit }).await
        }
        let calls = [true, true, false, true, true, false, true, false, false];
        fails_at("one_after_another::twins_interleaved", &calls, || twins::check::interleaved(code));
    }

    #[test]
    fn twins_multicore() {
        fn code(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
            ch04_twins::multicore(paths, if this_one() { 1 } else { workers }, hash)
        }
        let calls = [true, true, false, true, false, false, false];
        fails_at("one_after_another::twins_multicore", &calls, || twins::check::multicore(code));
    }

    #[test]
    fn executor_multicore() {
        fn code(tasks: Vec<Task<char>>, workers: usize) -> Vec<char> {
            ch05_executor::multicore(tasks, if this_one() { 1 } else { workers })
        }
        let calls = [false, true, true, false, true, false, true, false, false, false, false, false, false];
        // Then two tasks are woken together, again and again.
        let calls = [&calls[..], &[true; 8]].concat();
        fails_at("one_after_another::executor_multicore", &calls, || executor::check::multicore(code));
    }
}
