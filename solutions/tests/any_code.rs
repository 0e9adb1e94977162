//! Code that no exercise asks for, and that somebody will write: each has a verdict of its own, and the
//! rest of the test run goes on.

use std::io::{Write, stdout};
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use probes::{Judged, alone};
use rayon::prelude::*;
use tasks::ch00_machine::Piece;
use tasks::ch01_chess::{Board, Score};
use tasks::ch02_weather::{Net, Reading, Station};
use tasks::ch06_carts::{Tally, Yard};
use tasks::{ch00_machine, ch01_chess, ch02_weather, ch06_carts};

/// The verdict has this in its headline, and this in the rest.
fn says(judged: Judged, headline: &str, rest: &str) {
    let verdict = judged.expect_err("this code passed");
    let message = verdict.to_string();
    assert!(verdict.headline.contains(headline) && message.contains(rest), "Error: {message}");
    assert!(message.lines().count() <= probes::verdict::LINES, "Error: {message}");
}

#[test]
fn two_locks_in_opposite_order() {
    fn code(_: &[Piece]) -> i64 {
        let (left, right, taken) = (Mutex::new(0), Mutex::new(0), Barrier::new(2));
        thread::scope(|scope| {
            scope.spawn(|| {
                let _left = left.lock().unwrap();
                taken.wait();
                let _right = right.lock();
            });
            let _right = right.lock().unwrap();
            taken.wait();
            let _left = left.lock();
        });
        0
    }
    says(alone(|| ch00_machine::check::multicore(code)), "nothing could move any more", "checks.md#stuck");
}

#[test]
fn the_same_lock_twice() {
    fn code(_: &[Piece]) -> i64 {
        let total = Mutex::new(1);
        *total.lock().unwrap() += *total.lock().unwrap();
        total.into_inner().unwrap()
    }
    says(alone(|| ch00_machine::check::multicore(code)), "nothing could move any more", "checks.md#stuck");
}

#[test]
fn a_forgotten_sender() {
    fn code(pieces: &[Piece]) -> i64 {
        let (found, sums) = channel();
        thread::scope(|scope| {
            for piece in pieces {
                let found = found.clone();
                scope.spawn(move || found.send(piece.dot()).unwrap());
            }
            sums.iter().sum()
        })
    }
    says(
        alone(|| ch00_machine::check::multicore(code)),
        "every piece was finished, and somebody still waited",
        "#stuck",
    );
}

#[test]
fn a_lost_wake_up() {
    async fn code(_: &Net, _: &[Station], _: usize) -> Vec<Reading> {
        let ready = tokio::sync::Notify::new();
        ready.notify_waiters();
        ready.notified().await;
        vec![]
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "nothing could move any more", "every future waits");
}

#[test]
fn an_endless_loop() {
    fn code(_: &mut [Board]) -> Vec<Score> {
        loop {
            std::hint::spin_loop();
        }
    }
    says(alone(|| ch01_chess::check::interleaved(code)), "still running", "checks.md#busy");
}

#[test]
fn an_endless_loop_with_an_await() {
    async fn code(_: &Net, _: &[Station], _: usize) -> Vec<Reading> {
        loop {
            tokio::task::yield_now().await;
        }
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "still running", "checks.md#busy");
}

#[test]
fn an_endless_loop_that_prints() {
    fn code(_: &mut [Board]) -> Vec<Score> {
        loop {
            println!("are we there yet?");
        }
    }
    says(alone(|| ch01_chess::check::interleaved(code)), "still running", "checks.md#busy");
}

#[test]
fn a_panic() {
    fn code(boards: &mut [Board]) -> Vec<Score> {
        panic!("no idea how to play {} boards", boards.len())
    }
    says(alone(|| ch01_chess::check::interleaved(code)), "no idea how to play 3 boards", "any_code.rs:");
}

#[test]
fn a_panic_in_a_thread_that_nobody_joins() {
    fn code(pieces: &[Piece]) -> i64 {
        thread::spawn(|| panic!("the thread fainted"));
        solutions::ch00_machine::multicore(pieces)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the thread fainted", "any_code.rs:");
}

#[test]
fn a_panic_in_a_scoped_thread() {
    fn code(pieces: &[Piece]) -> i64 {
        thread::scope(|scope| {
            pieces.iter().map(|_| scope.spawn(|| -> i64 { panic!("the thread fainted") }).join().unwrap()).sum()
        })
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the thread fainted", "any_code.rs:");
}

#[test]
fn a_panic_in_a_task_whose_error_is_dropped() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        let _ = tokio::spawn(async { panic!("the task fainted") }).await;
        solutions::ch02_weather::interleaved(net, stations, limit).await
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "the task fainted", "any_code.rs:");
}

#[test]
fn a_panic_in_a_rayon_closure() {
    fn code(pieces: &[Piece]) -> i64 {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        pool.install(|| pieces.par_iter().map(|_| -> i64 { panic!("the closure fainted") }).sum())
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the closure fainted", "any_code.rs:");
}

#[test]
fn a_runtime_inside_a_runtime() {
    async fn code(_: &Net, _: &[Station], _: usize) -> Vec<Reading> {
        tokio::runtime::Handle::current().block_on(async { vec![] })
    }
    says(
        alone(|| ch02_weather::check::interleaved(code)),
        "Cannot start a runtime from within a runtime",
        "any_code.rs:",
    );
}

#[test]
fn a_thread_that_goes_on_after_the_return() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        let (readings, again) = (solutions::ch02_weather::multicore(net, stations, workers), net.clone());
        // One question might be over before anyone looks; this one is asked for as long as the process lasts, and
        // its thread never sleeps, or it would look like one that nobody can wake.
        if let Some(&station) = stations.get(1) {
            thread::spawn(move || {
                loop {
                    again.get_blocking(station);
                    (0..100_000).for_each(|_| std::hint::spin_loop());
                }
            });
        }
        readings
    }
    says(alone(|| ch02_weather::check::multicore(code)), "still at work when the function had returned", "at-once");
}

#[test]
fn the_end_of_the_process() {
    fn code(_: &[Piece]) -> i64 {
        std::process::exit(3)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "ended the whole process, with code 3", "ended-early");
}

#[test]
fn a_success_that_is_none() {
    fn code(_: &[Piece]) -> i64 {
        std::process::exit(0)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "ended the whole process, with code 0", "ended-early");
}

#[test]
fn a_process_that_is_given_up() {
    fn code(_: &[Piece]) -> i64 {
        std::process::abort()
    }
    says(
        alone(|| ch00_machine::check::multicore(code)),
        if cfg!(unix) { "the code aborted the whole process" } else { "ended the whole process" },
        "ended-early",
    );
}

#[test]
fn a_stack_that_overflows() {
    fn deeper(depth: i64) -> i64 {
        let room = std::hint::black_box([depth; 1000]);
        if depth < 0 { room[7] } else { deeper(depth + 1) + room[7] }
    }
    fn code(_: &[Piece]) -> i64 {
        deeper(0)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the stack overflowed", "ended-early");
}

#[test]
fn memory_without_end() {
    fn code(_: &[Piece]) -> i64 {
        let mut hoard = Vec::new();
        loop {
            hoard.push(vec![1_u8; 1 << 20]);
        }
    }
    says(alone(|| ch00_machine::check::multicore(code)), "more memory than any answer needs", "ended-early");
}

/// The lines come without a pause, and between them somebody has to look at the memory.
#[test]
fn memory_without_end_while_it_prints() {
    fn code(_: &[Piece]) -> i64 {
        let mut kept = Vec::new();
        for line in 0.. {
            println!("{line}");
            if line % 100 == 0 {
                kept.push(vec![1_u8; 1 << 20]);
            }
            // Nobody stopped it: an end of another kind, before the machine has no room left.
            if kept.len() == 1024 {
                std::process::exit(3);
            }
        }
        0
    }
    says(alone(|| ch00_machine::check::multicore(code)), "more memory than any answer needs", "ended-early");
}

#[test]
fn more_memory_than_there_is() {
    fn code(_: &[Piece]) -> i64 {
        Vec::<i64>::with_capacity(1 << 58).len() as i64
    }
    says(alone(|| ch00_machine::check::multicore(code)), "more memory than any answer needs", "ended-early");
}

/// A right answer that talks too much is right.
#[test]
fn a_lot_of_output() -> Judged {
    fn code(pieces: &[Piece]) -> i64 {
        (0..50_000).for_each(|line| println!("{line}"));
        solutions::ch00_machine::multicore(pieces)
    }
    alone(|| ch00_machine::check::multicore(code))
}

/// A check has no keyboard: whoever asks it for a line gets the end of the input, and does not hang.
#[test]
fn a_question_to_the_keyboard() -> Judged {
    fn code(pieces: &[Piece]) -> i64 {
        let mut line = String::new();
        assert_eq!(std::io::stdin().read_line(&mut line).unwrap(), 0);
        solutions::ch00_machine::multicore(pieces)
    }
    alone(|| ch00_machine::check::multicore(code))
}

#[test]
fn a_check_that_is_called_from_inside() {
    fn code(pieces: &[Piece]) -> i64 {
        if let Err(verdict) = ch00_machine::check::multicore(solutions::ch00_machine::multicore) {
            panic!("{}", verdict.headline);
        }
        solutions::ch00_machine::multicore(pieces)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the code called the check that judges it", "");
}

/// The line of the panic is not the learner's: `spawn_local` wants a set of local tasks around it.
#[test]
fn a_panic_in_a_library() {
    async fn code(_: &Net, _: &[Station], _: usize) -> Vec<Reading> {
        tokio::task::spawn_local(async {});
        Vec::new()
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "`spawn_local` called from outside", "in your own file");
}

#[test]
fn a_check_that_is_called_from_a_thread_of_the_code() {
    fn code(_: &[Piece]) -> i64 {
        let judged = thread::spawn(|| ch00_machine::check::multicore(solutions::ch00_machine::multicore)).join();
        panic!("{}", judged.unwrap().unwrap_err().headline)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the code called the check that judges it", "");
}

/// The caller keeps `stdout`, and waits for threads that want to print.
#[test]
fn a_lock_on_stdout_that_is_never_given_back() {
    fn code(pieces: &[Piece]) -> i64 {
        let _mine = stdout().lock();
        thread::scope(|scope| {
            for piece in pieces {
                scope.spawn(|| writeln!(stdout(), "{}", piece.dot()));
            }
        });
        0
    }
    says(
        alone(|| ch00_machine::check::multicore(code)),
        "every piece was finished, and somebody still waited",
        "#stuck",
    );
}

#[test]
fn a_flood_from_one_who_keeps_stdout() {
    fn code(_: &[Piece]) -> i64 {
        let mut mine = stdout().lock();
        loop {
            let _ = writeln!(mine, "still here");
        }
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the code was still running", "#busy");
}

/// Nobody can catch it, and the process is aborted; what it said is not lost.
#[test]
fn a_panic_in_a_job_of_rayon() {
    fn code(_: &[Piece]) -> i64 {
        rayon::spawn(|| panic!("the job fainted"));
        thread::sleep(std::time::Duration::from_secs(1));
        0
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the job fainted", "any_code.rs:");
}

/// A probe stops the run on a thread of rayon, which aborts the process: the verdict comes all the same.
#[test]
fn a_request_in_a_job_of_rayon() {
    async fn code(net: &Net, stations: &[Station], _: usize) -> Vec<Reading> {
        let mut readings = Vec::new();
        for &station in stations {
            let (tell, told) = tokio::sync::oneshot::channel();
            let net = net.clone();
            rayon::spawn(move || {
                let _ = tell.send(net.get_blocking(station));
            });
            readings.push(told.await.unwrap());
        }
        readings
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "made a request on another thread", "#one-thread");
}

#[cfg(target_os = "linux")]
#[test]
fn threads_without_end() {
    fn code(_: &[Piece]) -> i64 {
        loop {
            thread::spawn(thread::park);
        }
    }
    says(alone(|| ch00_machine::check::multicore(code)), "more threads than any answer needs", "#ended-early");
}

/// The process has ended, and a child of its own still holds what it printed to.
#[cfg(unix)]
#[test]
fn a_child_that_outlives_the_process() {
    fn code(_: &[Piece]) -> i64 {
        let _ = std::process::Command::new("sleep").arg("30").spawn();
        std::process::exit(0)
    }
    says(alone(|| ch00_machine::check::multicore(code)), "with code 0", "#ended-early");
}

#[test]
fn an_answer_in_place_of_the_check() {
    fn code(_: &[Piece]) -> i64 {
        let _ = ch00_machine::check::alone(|| Ok(()));
        0
    }
    says(alone(|| ch00_machine::check::multicore(code)), "", "");
}

#[test]
fn an_answer_in_place_of_the_check_from_a_thread() {
    fn code(_: &[Piece]) -> i64 {
        let _ = thread::spawn(|| ch00_machine::check::alone(|| Ok(()))).join();
        0
    }
    says(alone(|| ch00_machine::check::multicore(code)), "", "");
}

/// Shared by the tests above only through the processes: what one of them did, no other sees.
#[test]
fn the_rest_of_the_run_is_intact() -> Judged {
    let shared = Arc::new(7);
    assert_eq!(*shared, 7);
    alone(|| ch00_machine::check::multicore(solutions::ch00_machine::multicore))
}

#[test]
fn a_blocking_step_in_a_future() {
    async fn code(yard: &Yard, loads: u32) -> Tally {
        ch06_carts::reference(yard, loads)
    }
    says(alone(|| ch06_carts::check::solo(code)), "crab solo kept the only thread", "one-thread");
}

#[test]
fn a_cart_that_is_in_no_report() {
    async fn code(yard: &Yard, loads: u32) -> Tally {
        Tally { carts: vec![], ..solutions::ch06_carts::solo(yard, loads).await }
    }
    says(alone(|| ch06_carts::check::solo(code)), "1 empty cart was lost at the pile", "it is in no report");
}

#[test]
fn a_report_with_another_number() {
    async fn code(left: &Yard, right: &Yard, loads: u32) -> Tally {
        let tally = solutions::ch06_carts::doubled(left, right, loads).await;
        Tally { loads: loads + 1, ..tally }
    }
    says(alone(|| ch06_carts::check::doubled(code)), "8 loads went into the fire, and the report says 9", "#report");
}

#[test]
fn a_line_that_is_none() {
    fn code(yard: &Yard, loads: u32, carts: usize) -> Tally {
        let mut tally = ch06_carts::reference(yard, loads);
        tally.carts.extend((1..carts).map(|_| yard.cart()));
        tally
    }
    says(alone(|| ch06_carts::check::multicore(code)), "takes a cart all the way", "#four");
}

#[test]
fn a_task_that_is_left_behind() {
    async fn code(yard: &Yard, loads: u32, carts: usize) -> Tally {
        tokio::spawn(std::future::pending::<()>());
        solutions::ch06_carts::interleaved(yard, loads, carts).await
    }
    says(alone(|| ch06_carts::check::interleaved(code)), "a task had not ended", "#end");
}
