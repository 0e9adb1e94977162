//! Code that is right but for one corner: what a check tries has a mistake that nothing else of it catches.

use std::collections::{BTreeMap, VecDeque};
use std::future::{Future, poll_fn, ready};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, never, select, unbounded};
use probes::{Judged, alone};
use tasks::ch00_machine::Piece;
use tasks::ch01_chess::{Board, Score, Step};
use tasks::ch02_weather::{Net, Reading, Station};
use tasks::ch03_search::{Dict, Glass, Key, Pages, Screen, Word};
use tasks::ch04_twins::{Disk, Found, HashFn};
use tasks::ch05_executor::Task;
use tasks::ch06_carts::{Cart, Crab, Tally, Yard};
use tasks::{ch00_machine, ch01_chess, ch02_weather, ch03_search, ch04_twins, ch05_executor, ch06_carts};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{JoinSet, yield_now};

/// The verdict has this in its headline, and this in the rest.
fn says(judged: Judged, headline: &str, rest: &str) {
    let verdict = judged.expect_err("this code passed");
    assert!(verdict.headline.contains(headline) && verdict.to_string().contains(rest), "Error: {verdict}");
}

// Look at your machine.

/// A total of nothing is no total that came too early.
#[test]
fn no_work() {
    let judged = alone(|| ch00_machine::check::multicore(|_| 0));
    says(judged, "the total was 0, and it is 1111", "every piece counts once");
}

/// One piece alone is no lost update.
#[test]
fn the_first_piece_alone() {
    let judged = alone(|| ch00_machine::check::multicore(|pieces| pieces.first().map_or(0, Piece::dot)));
    says(judged, "the total was 1, and it is 1111", "every piece counts once");
}

/// Three pieces of four were not worked on, so it is no total that came too early.
#[test]
fn the_first_piece_and_no_total() {
    let code = |pieces: &[Piece]| {
        pieces.first().map(Piece::dot);
        0
    };
    says(alone(|| ch00_machine::check::multicore(code)), "the total was 0, and it is 1111", "every piece counts once");
}

/// A nap before the work, longer than any wait of a check.
#[test]
fn a_nap_before_the_work_is_waited_for() -> Judged {
    alone(|| {
        ch00_machine::check::multicore(|pieces| {
            thread::sleep(Duration::from_millis(if pieces.len() == 4 { 1200 } else { 0 }));
            solutions::ch00_machine::multicore(pieces)
        })
    })
}

/// One piece: a pair is not to be had.
#[test]
fn pieces_in_pairs() {
    fn code(pieces: &[Piece]) -> i64 {
        thread::scope(|scope| {
            let pairs = pieces.chunks_exact(2).flat_map(|pair| [&pair[0], &pair[1]]);
            let threads: Vec<_> = pairs.map(|piece| scope.spawn(|| piece.dot())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        })
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the total was", "dealing with 0");
}

/// No piece: there is no last one.
#[test]
fn a_last_piece_is_taken_for_granted() {
    fn code(pieces: &[Piece]) -> i64 {
        let (last, others) = pieces.split_last().unwrap();
        thread::scope(|scope| {
            let threads: Vec<_> = others.iter().map(|piece| scope.spawn(|| piece.dot())).collect();
            let mine = last.dot();
            mine + threads.into_iter().map(|thread| thread.join().unwrap()).sum::<i64>()
        })
    }
    says(alone(|| ch00_machine::check::multicore(code)), "called `Option::unwrap()`", "corners.rs:");
}

/// As many threads as pieces, and all at once: only the total shows that they had one piece between them.
#[test]
fn every_thread_takes_the_first_piece() {
    fn code(pieces: &[Piece]) -> i64 {
        thread::scope(|scope| {
            let threads: Vec<_> = pieces.iter().map(|_| scope.spawn(|| pieces[0].dot())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        })
    }
    says(alone(|| ch00_machine::check::multicore(code)), "the total was 4, and it is 1111", "join");
}

// The simultaneous exhibition: one master.

/// Right: the caller goes round until the masters are done, while the check holds them.
#[test]
fn a_caller_who_asks_until_all_are_done() -> Judged {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        let play = |(index, board): (usize, &mut Board)| loop {
            if let Step::Over(score) = board.step() {
                return (index, score);
            }
        };
        let count = boards.len();
        let (pile, played) = (Mutex::new(boards.iter_mut().enumerate()), Mutex::new(Vec::new()));
        let next = || pile.lock().unwrap().next();
        thread::scope(|scope| {
            let work = || {
                while let Some(board) = next() {
                    let score = play(board);
                    played.lock().unwrap().push(score);
                }
            };
            let masters: Vec<_> = (0..masters).map(|_| scope.spawn(work)).collect();
            while !masters.iter().all(|master| master.is_finished()) {
                thread::yield_now();
            }
        });
        let mut played = played.into_inner().unwrap();
        played.sort_by_key(|&(index, _)| index);
        assert_eq!(played.len(), count);
        played.into_iter().map(|(_, score)| score).collect()
    }
    alone(|| ch01_chess::check::multicore(code))
}

/// Every opponent may think at once, and then nobody has moved.
#[test]
fn over_when_nobody_has_moved() {
    says(
        alone(|| ch01_chess::check::interleaved(until_nobody_moves)),
        "only 0 of 3 scores came back",
        "nothing yet meant nothing ever",
    );
}

/// The same, for masters of several boards or one.
#[test]
fn over_when_a_master_has_not_moved() {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        let share = boards.len().div_ceil(masters).max(1);
        thread::scope(|scope| {
            let masters: Vec<_> =
                boards.chunks_mut(share).map(|share| scope.spawn(|| until_nobody_moves(share))).collect();
            masters.into_iter().flat_map(|master| master.join().unwrap()).collect()
        })
    }
    says(
        alone(|| ch01_chess::check::multicore(code)),
        "only 0 of 4 scores came back",
        "nothing yet meant nothing ever",
    );
}

fn until_nobody_moves(boards: &mut [Board]) -> Vec<Score> {
    let (mut scores, mut moved) = (vec![None; boards.len()], true);
    while moved {
        moved = false;
        for (board, score) in boards.iter_mut().zip(&mut scores).filter(|(_, score)| score.is_none()) {
            match board.step() {
                Step::Over(end) => *score = Some(end),
                Step::Moved => moved = true,
                Step::Waiting => {}
            }
        }
    }
    scores.into_iter().flatten().collect()
}

/// Another share than was meant: as many boards as there are masters.
#[test]
fn shares_as_big_as_the_number_of_masters() {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        let play = |board: &mut Board| loop {
            if let Step::Over(score) = board.step() {
                return score;
            }
        };
        thread::scope(|scope| {
            let shares = boards.chunks_mut(masters.max(1));
            let masters: Vec<_> =
                shares.map(|share| scope.spawn(move || share.iter_mut().map(play).collect::<Vec<_>>())).collect();
            masters.into_iter().flat_map(|master| master.join().unwrap()).collect()
        })
    }
    says(
        alone(|| ch01_chess::check::multicore(code)),
        "one master did everything, and there was work for 4",
        "no share",
    );
}

/// One board: the second is not there.
#[test]
fn three_boards_by_number() {
    fn code(boards: &mut [Board]) -> Vec<Score> {
        let mut scores = vec![None; boards.len()];
        while scores.contains(&None) {
            for index in [0, 1, 2] {
                if let Step::Over(score) = boards[index].step() {
                    scores[index] = Some(score);
                }
            }
        }
        scores.into_iter().flatten().collect()
    }
    says(alone(|| ch01_chess::check::interleaved(code)), "the len is 1 but the index is 1", "corners.rs:");
}

/// No board: there is no round to go.
#[test]
fn a_round_is_taken_for_granted() {
    fn code(boards: &mut [Board]) -> Vec<Score> {
        let mut scores = vec![None; boards.len()];
        for turn in 0.. {
            let index = turn % boards.len();
            if let Step::Over(score) = boards[index].step() {
                scores[index] = Some(score);
            }
            if !scores.contains(&None) {
                break;
            }
        }
        scores.into_iter().flatten().collect()
    }
    says(alone(|| ch01_chess::check::interleaved(code)), "with a divisor of zero", "corners.rs:");
}

// The simultaneous exhibition: several masters.

/// One master: two are more.
#[test]
fn two_masters_or_more() {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        solutions::ch01_chess::multicore(boards, masters.max(2))
    }
    says(alone(|| ch01_chess::check::multicore(code)), "more than 1 master was at work at once", "at-once");
}

/// Four masters: two are fewer.
#[test]
fn two_masters_whatever_is_asked_for() {
    fn code(boards: &mut [Board], _masters: usize) -> Vec<Score> {
        solutions::ch01_chess::multicore(boards, 2)
    }
    says(alone(|| ch01_chess::check::multicore(code)), "only 2 of 4 masters were at work at once", "at-once");
}

/// More masters than boards: a share of none for all but the last.
#[test]
fn the_last_master_takes_what_is_left() {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        let (share, mut left) = (boards.len() / masters, boards);
        thread::scope(|scope| {
            let mut playing = Vec::new();
            for master in 1..=masters {
                let (mine, others) = left.split_at_mut(if master < masters { share } else { left.len() });
                left = others;
                playing.push(scope.spawn(|| solutions::ch01_chess::interleaved(mine)));
            }
            playing.into_iter().flat_map(|master| master.join().unwrap()).collect()
        })
    }
    says(alone(|| ch01_chess::check::multicore(code)), "one master did everything, and there was work for 2", "");
}

/// No board: a share of none.
#[test]
fn a_share_of_boards_is_taken_for_granted() {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        let share = boards.len().div_ceil(masters);
        thread::scope(|scope| {
            let shares = boards.chunks_mut(share);
            let playing: Vec<_> =
                shares.map(|share| scope.spawn(|| solutions::ch01_chess::interleaved(share))).collect();
            playing.into_iter().flat_map(|master| master.join().unwrap()).collect()
        })
    }
    says(alone(|| ch01_chess::check::multicore(code)), "chunk size must be non-zero", "corners.rs:");
}

/// The scores are written as they come, and those who should come later step back a thousand times. It needs
/// the gate at the first board to be wrong every time.
#[test]
fn an_order_of_scores_that_is_only_likely() {
    fn code(boards: &mut [Board], masters: usize) -> Vec<Score> {
        let share = boards.len().div_ceil(masters).max(1);
        let scores = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for (index, share) in boards.chunks_mut(share).enumerate() {
                let scores = &scores;
                scope.spawn(move || {
                    let mine = solutions::ch01_chess::interleaved(share);
                    (0..1000 * index).for_each(|_| thread::yield_now());
                    scores.lock().unwrap().extend(mine);
                });
            }
        });
        scores.into_inner().unwrap()
    }
    says(alone(|| ch01_chess::check::multicore(code)), "not in the order of the boards", "in-order");
}

/// One master, and the scores from back to front: a wrong result is told before how it came about.
#[test]
fn one_master_who_writes_backwards() {
    fn code(boards: &mut [Board], _masters: usize) -> Vec<Score> {
        let mut scores = solutions::ch01_chess::interleaved(boards);
        scores.reverse();
        scores
    }
    says(alone(|| ch01_chess::check::multicore(code)), "not in the order of the boards", "in-order");
}

// The weather stations: on one thread.

/// A limit of one: two are more.
#[test]
fn two_places_or_more() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        solutions::ch02_weather::interleaved(net, stations, limit.max(2)).await
    }
    says(
        alone(|| ch02_weather::check::interleaved(code)),
        "2 stations were asked at once, and the limit is 1",
        "limit",
    );
}

/// More places than stations: the fifth station is not there.
#[test]
fn a_station_for_every_place() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        let (mut asked, mut next) = (JoinSet::new(), 0);
        let mut readings = vec![None; stations.len()];
        while next < stations.len() {
            while asked.len() < limit {
                let (index, answer) = (next, net.get(stations[next]));
                asked.spawn(async move { (index, answer.await) });
                next += 1;
                if next == stations.len() && limit <= stations.len() {
                    break;
                }
            }
            let (index, reading) = asked.join_next().await.unwrap().unwrap();
            readings[index] = Some(reading);
        }
        for (index, reading) in asked.join_all().await {
            readings[index] = Some(reading);
        }
        readings.into_iter().flatten().collect()
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "the len is 4 but the index is 4", "corners.rs:");
}

/// No station: nobody will be back.
#[test]
fn an_answer_is_taken_for_granted() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        let (mut asked, mut next) = (JoinSet::new(), stations.iter().enumerate());
        let mut readings = vec![None; stations.len()];
        loop {
            for (index, &station) in next.by_ref().take(limit - asked.len()) {
                let answer = net.get(station);
                asked.spawn(async move { (index, answer.await) });
            }
            let (index, reading) = asked.join_next().await.unwrap().unwrap();
            readings[index] = Some(reading);
            if !readings.contains(&None) {
                return readings.into_iter().flatten().collect();
            }
        }
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "called `Option::unwrap()`", "corners.rs:");
}

/// Real sockets: an hour is over at once on a paused clock, and never here.
#[test]
fn an_hour_is_waited_for_answers() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        let places = Arc::new(tokio::sync::Semaphore::new(limit));
        let readings = Arc::new(Mutex::new(vec![None; stations.len()]));
        for &station in stations {
            let (answer, places, readings) = (net.get(station), places.clone(), readings.clone());
            tokio::spawn(async move {
                let _place = places.acquire().await.unwrap();
                let reading = answer.await;
                readings.lock().unwrap()[station.id] = Some(reading);
            });
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
        let readings = readings.lock().unwrap().clone();
        readings.into_iter().flatten().collect()
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "the code was still sleeping", "sleeps until a time comes");
}

/// Two idle places: the first of them is told, and how long it would have taken without either.
#[test]
fn two_at_once_then_one_by_one() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        let order: Vec<_> = [2, 1, 0, 3].iter().filter_map(|&index| stations.get(index).copied()).collect();
        let (first, others) = order.split_at(limit.min(2).min(order.len()));
        let mut readings = solutions::wrong::ch02_weather::all_at_once(net, first, limit).await;
        readings.extend(solutions::wrong::ch02_weather::await_in_a_loop(net, others, limit).await);
        readings.sort_by_key(|reading| reading.station.id);
        readings
    }
    says(
        alone(|| ch02_weather::check::interleaved(code)),
        "oslo had to wait although a place was free",
        "it took 70 ms of virtual time; with every place in use it takes 50",
    );
}

/// The first to be made is the last to be asked: the two that are named are named as they were asked.
#[test]
fn futures_made_first_and_awaited_backwards() {
    async fn code(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
        let asked: Vec<_> = stations.iter().map(|&station| net.get(station)).collect();
        let mut readings = Vec::new();
        for answer in asked.into_iter().rev() {
            readings.insert(0, answer.await);
        }
        readings
    }
    says(
        alone(|| ch02_weather::check::interleaved(code)),
        "rome was not asked until baku had answered",
        "made together",
    );
}

/// The second future of two is made while the first is on its way: it was made first, and not as the first came back.
#[test]
fn a_future_made_while_another_is_on_its_way() {
    async fn code(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
        let mut readings = Vec::new();
        for pair in stations.chunks(2) {
            let mut first = pin!(net.get(pair[0]));
            let early = poll_fn(|cx| Poll::Ready(first.as_mut().poll(cx))).await;
            assert!(early.is_pending());
            let second = net.get(pair[1]);
            readings.extend([first.await, second.await]);
        }
        readings
    }
    says(
        alone(|| ch02_weather::check::interleaved(code)),
        "lima was not asked until oslo had answered",
        "made together",
    );
}

/// Asked on the caller's thread, and answered on another: nobody but the record of all steps knows.
#[test]
fn a_future_that_moves_to_another_thread() {
    async fn code(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
        let mut readings = Vec::new();
        for &station in stations {
            let mut answer = Box::pin(net.get(station));
            let early = poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx))).await;
            assert!(early.is_pending());
            // When this hour is over, the answer is here, and whoever polls next has it.
            tokio::time::sleep(Duration::from_secs(3600)).await;
            let here = tokio::runtime::Handle::current();
            readings.push(thread::spawn(move || here.block_on(answer)).join().unwrap());
        }
        readings
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "made a request on another thread", "one-thread");
}

/// One after another, and the readings from back to front: a wrong result is told before how it came about.
#[test]
fn one_after_another_and_backwards() {
    async fn code(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
        let mut readings = solutions::wrong::ch02_weather::await_in_a_loop(net, stations, limit).await;
        readings.reverse();
        readings
    }
    says(alone(|| ch02_weather::check::interleaved(code)), "not in the order of the stations", "in-order");
}

// The weather stations: on several threads.

/// One worker: two are more.
#[test]
fn two_workers_or_more() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        solutions::ch02_weather::multicore(net, stations, workers.max(2))
    }
    says(alone(|| ch02_weather::check::multicore(code)), "more than 1 worker was at work at once", "at-once");
}

/// A worker more than given, and not one for every station.
#[test]
fn the_caller_works_as_well() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        solutions::other::ch02_weather::workers_that_take_the_next(net, stations, workers + 1)
    }
    says(alone(|| ch02_weather::check::multicore(code)), "more than 2 workers were at work at once", "at-once");
}

/// Stations that cannot be shared out evenly: the rest of the division gets a worker of its own.
#[test]
fn a_share_of_stations_is_rounded_down() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        let share = (stations.len() / workers).max(1);
        let ask = |mine: &[Station]| mine.iter().map(|&station| net.get_blocking(station)).collect::<Vec<_>>();
        thread::scope(|scope| {
            let asking: Vec<_> = stations.chunks(share).map(|mine| scope.spawn(move || ask(mine))).collect();
            asking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        })
    }
    says(alone(|| ch02_weather::check::multicore(code)), "more than 2 workers were at work at once", "at-once");
}

/// More workers than stations: a share of none for all but the last.
#[test]
fn the_last_worker_takes_what_is_left() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        let share = stations.len() / workers;
        let ask = |mine: &[Station]| mine.iter().map(|&station| net.get_blocking(station)).collect::<Vec<_>>();
        thread::scope(|scope| {
            let mine = |worker| {
                if worker + 1 < workers { worker * share..(worker + 1) * share } else { worker * share..stations.len() }
            };
            let asking: Vec<_> = (0..workers).map(|worker| scope.spawn(move || ask(&stations[mine(worker)]))).collect();
            asking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        })
    }
    says(alone(|| ch02_weather::check::multicore(code)), "one worker did everything, and there was work for 2", "");
}

/// No station: a share of none.
#[test]
fn a_share_of_stations_is_taken_for_granted() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        let share = stations.len().div_ceil(workers);
        let ask = |mine: &[Station]| mine.iter().map(|&station| net.get_blocking(station)).collect::<Vec<_>>();
        thread::scope(|scope| {
            let asking: Vec<_> = stations.chunks(share).map(|mine| scope.spawn(move || ask(mine))).collect();
            asking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        })
    }
    says(alone(|| ch02_weather::check::multicore(code)), "chunk size must be non-zero", "corners.rs:");
}

/// The readings are written as they come, and those who should come later step back a thousand times.
#[test]
fn an_order_of_readings_that_is_only_likely() {
    fn code(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
        let share = stations.len().div_ceil(workers).max(1);
        let readings = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for (index, share) in stations.chunks(share).enumerate() {
                let readings = &readings;
                scope.spawn(move || {
                    let mine: Vec<_> = share.iter().map(|&station| net.get_blocking(station)).collect();
                    (0..1000 * index).for_each(|_| thread::yield_now());
                    readings.lock().unwrap().extend(mine);
                });
            }
        });
        readings.into_inner().unwrap()
    }
    says(alone(|| ch02_weather::check::multicore(code)), "not in the order of the stations", "in-order");
}

// The box that never freezes.

/// A search box on one thread, as the solution's, but for when it shows what, and where its hits are collected.
async fn search_box(
    keys: &mut mpsc::Receiver<Key>,
    dict: &Dict,
    screen: &Screen,
    begin: impl Fn(&mut Vec<Word>),
    worth_searching: impl Fn(&str) -> bool,
    worth_showing: impl Fn(&str, &[Word]) -> bool,
) {
    let (mut text, mut hits) = (String::new(), Vec::new());
    let mut next = keys.recv().await;
    while let Some(key) = next {
        key.edit(&mut text);
        screen.echo(&text);
        begin(&mut hits);
        if !worth_searching(&text) {
            screen.show(&hits);
            next = keys.recv().await;
            continue;
        }
        next = tokio::select! {
            biased;
            Some(key) = keys.recv() => Some(key),
            () = collect(dict, &text, &mut hits) => {
                if worth_showing(&text, &hits) {
                    screen.show(&hits);
                }
                keys.recv().await
            }
        };
    }
}

async fn collect(dict: &Dict, text: &str, hits: &mut Vec<Word>) {
    for chunk in 0..dict.chunks() {
        hits.extend(dict.scan(chunk, text));
        yield_now().await;
    }
}

/// The plain loop shows what is in the box, also when it freezes.
#[test]
fn the_plain_loop_is_right_in_the_end() {
    #[derive(Clone, Default)]
    struct Desk(Arc<Mutex<Vec<String>>>);
    impl Pages for Desk {
        fn chunks(&self) -> usize {
            2
        }
        fn scan(&self, chunk: usize, text: &str) -> Vec<Word> {
            vec![format!("{text}{chunk}").into()]
        }
    }
    impl Glass for Desk {
        fn echo(&self, text: &str) {
            self.0.lock().unwrap().push(text.into());
        }
        fn show(&self, hits: &[Word]) {
            self.0.lock().unwrap().push(hits.join(" "));
        }
    }
    let desk = Desk::default();
    let keys = [Key::Letter('o'), Key::Letter('w'), Key::Back];
    ch03_search::reference(keys, &Dict::new(desk.clone()), &Screen::new(desk.clone()));
    assert_eq!(*desk.0.lock().unwrap(), ["o", "o0 o1", "ow", "ow0 ow1", "o", "o0 o1"]);
}

#[test]
fn a_list_of_hits_that_is_not_emptied() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        search_box(keys, dict, screen, |_| (), |_| true, |_, _| true).await;
    }
    says(alone(|| ch03_search::check::interleaved(code)), "and is no hit for it", "with an empty list");
}

#[test]
fn an_empty_box_is_not_searched_for() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        search_box(keys, dict, screen, Vec::clear, |_| true, |text, _| !text.is_empty()).await;
    }
    says(
        alone(|| ch03_search::check::interleaved(code)),
        "the hits for the empty text were never shown",
        "be empty again",
    );
}

/// No key is left, the box is empty, and so is the screen: nobody has looked.
#[test]
fn an_empty_box_has_no_hits() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        search_box(keys, dict, screen, Vec::clear, |text| !text.is_empty(), |_, _| true).await;
    }
    let rest = "search for whatever is in the box";
    says(alone(|| ch03_search::check::interleaved(code)), "something was shown for the empty text", rest);
}

/// Everything is done, and a worker waits for a job that nobody sends.
#[test]
fn a_sender_of_jobs_that_nobody_drops() {
    fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
        let (_jobs, waiting) = unbounded::<usize>();
        thread::scope(|scope| {
            scope.spawn(|| waiting.recv());
            solutions::ch03_search::multicore(keys, dict, screen, workers);
        });
    }
    let headline = "the last hits were shown, and the workers still wait for work";
    says(alone(|| ch03_search::check::multicore(code)), headline, "the sender that nobody uses");
}

#[test]
fn no_hits_are_not_shown() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        search_box(keys, dict, screen, Vec::clear, |_| true, |_, hits| !hits.is_empty()).await;
    }
    says(alone(|| ch03_search::check::interleaved(code)), "has no hits", "also when that is nothing");
}

/// A key that has come in wins half of the time: luck saves it for a while, but not for all the keys of a check.
#[test]
fn a_key_or_a_chunk_whichever_is_drawn() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        let (mut text, mut hits, mut chunk) = (String::new(), Vec::new(), dict.chunks());
        let mut open = true;
        while open || chunk < dict.chunks() {
            tokio::select! {
                key = keys.recv(), if open => match key {
                    Some(key) => {
                        key.edit(&mut text);
                        screen.echo(&text);
                        (hits, chunk) = (Vec::new(), 0);
                    }
                    None => open = false,
                },
                () = ready(()), if chunk < dict.chunks() => {
                    hits.extend(dict.scan(chunk, &text));
                    chunk += 1;
                    if chunk == dict.chunks() {
                        screen.show(&hits);
                    }
                    yield_now().await;
                }
            }
        }
    }
    says(
        alone(|| ch03_search::check::interleaved(code)),
        "more chunks were scanned before its echo",
        "the loop came round",
    );
}

/// Another thread scans, and the box answers meanwhile; but it was to be one thread.
#[test]
fn a_scan_on_a_thread_that_is_awaited() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        let mut text = String::new();
        let mut next = keys.recv().await;
        while let Some(key) = next {
            key.edit(&mut text);
            screen.echo(&text);
            let (hits, found) = oneshot::channel();
            let (dict, of) = (dict.clone(), text.clone());
            thread::spawn(move || {
                hits.send((0..dict.chunks()).flat_map(|chunk| dict.scan(chunk, &of)).collect::<Vec<_>>())
            });
            let hits = found.await.unwrap();
            screen.show(&hits);
            next = keys.recv().await;
        }
    }
    says(alone(|| ch03_search::check::interleaved(code)), "`interleaved` made a scan on another thread", "one-thread");
}

/// Nobody has typed anything yet.
#[test]
fn an_echo_of_no_key() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        screen.echo("");
        solutions::ch03_search::interleaved(keys, dict, screen).await;
    }
    says(alone(|| ch03_search::check::interleaved(code)), "the box showed ``, and `o` had been typed", "one by one");
}

/// A search is known by its text, and the workers hear late of the next one: so one of them begins to scan for the text
/// that has just gone, and it has to go on before the text can come back.
#[test]
fn a_text_that_comes_back_and_workers_who_hear_of_it_late() {
    fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
        let current = Mutex::new(String::new());
        let (jobs, waiting) = unbounded::<(usize, String)>();
        let (finds, found) = unbounded();
        thread::scope(|scope| {
            for _ in 0..workers {
                let (waiting, finds, current) = (waiting.clone(), finds.clone(), &current);
                scope.spawn(move || {
                    for (chunk, text) in waiting.iter().filter(|(_, text)| *text == *current.lock().unwrap()) {
                        let _ = finds.send((chunk, dict.scan(chunk, &text), text));
                    }
                });
            }
            let (mut text, mut hits, mut missing) = (String::new(), Vec::new(), 0);
            let (jobs, mut keys, mut open) = (jobs, keys.clone(), true);
            while open || missing > 0 {
                select! {
                    recv(keys) -> key => match key {
                        Ok(key) => {
                            key.edit(&mut text);
                            screen.echo(&text);
                            thread::sleep(Duration::from_millis(5));
                            *current.lock().unwrap() = text.clone();
                            (hits, missing) = (Vec::new(), dict.chunks());
                            (0..dict.chunks()).for_each(|chunk| jobs.send((chunk, text.clone())).unwrap());
                        }
                        Err(_) => (keys, open) = (never(), false),
                    },
                    recv(found) -> find => {
                        let (chunk, words, of) = find.unwrap();
                        if of == text && missing > 0 {
                            hits.push((chunk, words));
                            missing -= 1;
                            if missing == 0 {
                                hits.sort();
                                screen.show(&hits.iter().flat_map(|(_, words)| words.clone()).collect::<Vec<_>>());
                            }
                        }
                    }
                }
            }
        });
    }
    for _ in 0..4 {
        says(
            alone(|| ch03_search::check::multicore(code)),
            "some hits for `o` were shown twice",
            "a number of its own",
        );
    }
}

/// Chunks have their number and searches have none: what an old search found is taken for the new one's.
#[test]
fn old_hits_in_the_place_of_new_ones() {
    fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
        let current = AtomicUsize::new(0);
        let (jobs, waiting) = unbounded::<(usize, usize, String)>();
        let (finds, found) = unbounded();
        thread::scope(|scope| {
            for _ in 0..workers {
                let (waiting, finds, current) = (waiting.clone(), finds.clone(), &current);
                scope.spawn(move || {
                    for (_, chunk, text) in waiting.iter().filter(|(search, ..)| *search == current.load(SeqCst)) {
                        let _ = finds.send((chunk, dict.scan(chunk, &text)));
                    }
                });
            }
            let (mut text, mut hits, mut searching) = (String::new(), BTreeMap::new(), false);
            let (jobs, mut keys, mut open) = (jobs, keys.clone(), true);
            while open || searching {
                select! {
                    recv(keys) -> key => match key {
                        Ok(key) => {
                            key.edit(&mut text);
                            screen.echo(&text);
                            let search = current.fetch_add(1, SeqCst) + 1;
                            (hits, searching) = (BTreeMap::new(), true);
                            (0..dict.chunks()).for_each(|chunk| jobs.send((search, chunk, text.clone())).unwrap());
                        }
                        Err(_) => (keys, open) = (never(), false),
                    },
                    recv(found) -> find => {
                        let (chunk, words): (usize, Vec<Word>) = find.unwrap();
                        hits.insert(chunk, words);
                        if hits.len() == dict.chunks() {
                            searching = false;
                            screen.show(&hits.values().flatten().cloned().collect::<Vec<_>>());
                        }
                    }
                }
            }
        });
    }
    for _ in 0..4 {
        says(alone(|| ch03_search::check::multicore(code)), "was shown under `owl`", "");
    }
}

/// One worker more than was asked for, in a run without a meeting of all.
#[test]
fn a_worker_too_many() {
    fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
        solutions::ch03_search::multicore(keys, dict, screen, workers + 1);
    }
    says(alone(|| ch03_search::check::multicore(code)), "more than 2 workers were at work at once", "#at-once");
}

/// One worker, and at the second key another thread lends a hand: two at once, while the first is held.
#[test]
fn a_hand_for_the_second_key() {
    fn code(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
        let (pass_on, passed_on) = unbounded();
        thread::scope(|scope| {
            scope.spawn(move || {
                let mut text = String::new();
                for (nth, key) in keys.iter().enumerate() {
                    key.edit(&mut text);
                    pass_on.send(key).unwrap();
                    if (workers, nth) == (1, 1) {
                        dict.scan(0, &text);
                    }
                }
            });
            solutions::ch03_search::multicore(&passed_on, dict, screen, workers);
        });
    }
    says(
        alone(|| ch03_search::check::multicore(code)),
        "1 worker was given, and while it scanned, another began",
        "#at-once",
    );
}

/// One search, whose hits are shown chunk by chunk.
#[test]
fn hits_that_are_shown_before_they_are_whole() {
    async fn code(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
        let mut text = String::new();
        let mut next = keys.recv().await;
        while let Some(key) = next {
            key.edit(&mut text);
            screen.echo(&text);
            let search = async {
                let mut hits = Vec::new();
                for chunk in 0..dict.chunks() {
                    hits.extend(dict.scan(chunk, &text));
                    screen.show(&hits);
                    yield_now().await;
                }
            };
            next = tokio::select! {
                biased;
                Some(key) = keys.recv() => Some(key),
                () = search => keys.recv().await,
            };
        }
    }
    says(alone(|| ch03_search::check::interleaved(code)), "hits for `o`", "");
}

/// Still running, and not because of a key that it asks for again and again.
#[test]
fn a_search_that_never_comes_to_an_end() {
    fn code(keys: &Receiver<Key>, _: &Dict, screen: &Screen, _workers: usize) {
        let mut text = String::new();
        for key in keys {
            key.edit(&mut text);
            screen.echo(&text);
            if text == "o" {
                loop {
                    std::hint::spin_loop();
                }
            }
        }
    }
    says(alone(|| ch03_search::check::multicore(code)), "the code was still running", "#busy");
}

// Twins on disk.

/// Right: a file that fails is tried once more, in the same place.
#[test]
fn a_file_that_is_tried_again() -> Judged {
    async fn code(disk: &Disk, paths: &[PathBuf], limit: usize) -> Found {
        let places = Arc::new(Semaphore::new(limit));
        let mut looks = JoinSet::new();
        for path in paths {
            let (disk, path, places) = (disk.clone(), path.clone(), places.clone());
            looks.spawn(async move {
                let _place = places.acquire_owned().await.unwrap();
                let look = async || disk.open(&path).await?.hash().await;
                let hash = match look().await {
                    Err(_) => look().await,
                    hash => hash,
                };
                (path, hash)
            });
        }
        Found::from_iter(looks.join_all().await)
    }
    alone(|| ch04_twins::check::interleaved(code))
}

#[test]
fn a_task_for_every_file_awaited_at_once() {
    async fn code(disk: &Disk, paths: &[PathBuf], _limit: usize) -> Found {
        let mut looked = Vec::new();
        for path in paths {
            let (disk, of) = (disk.clone(), path.clone());
            let look = tokio::spawn(async move { disk.open(&of).await?.hash().await });
            looked.push((path.clone(), look.await.unwrap()));
        }
        looked.into_iter().collect()
    }
    says(
        alone(|| ch04_twins::check::interleaved(code)),
        "bee was not opened until ant was closed",
        "a task was spawned",
    );
}

/// Equal shares, and nobody has what is left.
#[test]
fn a_share_of_files_is_rounded_down() {
    fn code(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
        thread::scope(|scope| {
            let shares = paths.chunks_exact((paths.len() / workers).max(1)).take(workers);
            let look = |path: &PathBuf| (path.clone(), std::fs::read(path).map(|content| hash.of(&content)));
            let looking: Vec<_> =
                shares.map(|share| scope.spawn(move || share.iter().map(look).collect::<Vec<_>>())).collect();
            looking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        })
    }
    says(alone(|| ch04_twins::check::multicore(code)), "nobody looked at elk", "the last ones");
}

/// Some of those that are in no list were read, and some were not: the list came too early for the first.
#[test]
fn a_list_of_the_first_file_alone() {
    async fn code(disk: &Disk, paths: &[PathBuf], _limit: usize) -> Found {
        for path in paths.iter().take(3) {
            disk.open(path).await.unwrap().hash().await.unwrap();
        }
        Found { twins: vec![paths[..1].to_vec()], failed: vec![] }
    }
    says(
        alone(|| ch04_twins::check::interleaved(code)),
        "the result was taken when 1 of 5 files were in it",
        "the others were begun",
    );
}

/// Right: new threads for every few files, and as many at once as were asked for.
#[test]
fn a_batch_of_threads_after_another() -> Judged {
    fn code(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
        let look = |path: &PathBuf| (path.clone(), std::fs::read(path).map(|content| hash.of(&content)));
        let batch = |paths: &[PathBuf]| {
            thread::scope(|scope| {
                let looking: Vec<_> = paths.iter().map(|path| scope.spawn(move || look(path))).collect();
                looking.into_iter().map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
            })
        };
        paths.chunks(workers).flat_map(batch).collect()
    }
    alone(|| ch04_twins::check::multicore(code))
}

// The machine under the floor.

/// Right, and slow between two rings: its flag comes down when the number is taken, so each of two wakes in a poll
/// that another worker has in hand may bring a poll of its own.
#[test]
fn a_flag_that_comes_down_early() -> Judged {
    #[derive(Default)]
    struct Queue {
        numbers: Mutex<VecDeque<usize>>,
        woken: Condvar,
    }

    struct Bell {
        number: usize,
        queued: AtomicBool,
        queue: Arc<Queue>,
    }

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            if !self.queued.swap(true, SeqCst) {
                self.queue.numbers.lock().unwrap().push_back(self.number);
                self.queue.woken.notify_one();
                thread::sleep(Duration::from_millis(3));
            }
        }
    }

    fn code(tasks: Vec<Task<char>>, workers: usize) -> Vec<char> {
        let queue = Arc::new(Queue { numbers: Mutex::new((0..tasks.len()).collect()), woken: Condvar::new() });
        let bell = |number| Arc::new(Bell { number, queued: true.into(), queue: queue.clone() });
        let bells: Vec<_> = (0..tasks.len()).map(bell).collect();
        let left = AtomicUsize::new(tasks.len());
        let rooms: Vec<_> = tasks.into_iter().map(|task| Mutex::new((task, None))).collect();
        let work = || {
            loop {
                let empty = |numbers: &mut VecDeque<usize>| numbers.is_empty() && left.load(SeqCst) > 0;
                let mut numbers = queue.woken.wait_while(queue.numbers.lock().unwrap(), empty).unwrap();
                let Some(number) = numbers.pop_front() else { return };
                drop(numbers);
                bells[number].queued.store(false, SeqCst);
                let (task, output) = &mut *rooms[number].lock().unwrap();
                if output.is_some() {
                    continue;
                }
                let waker = Waker::from(bells[number].clone());
                if let Poll::Ready(ready) = task.as_mut().poll(&mut Context::from_waker(&waker)) {
                    *output = Some(ready);
                    if left.fetch_sub(1, SeqCst) == 1 {
                        let _numbers = queue.numbers.lock().unwrap();
                        queue.woken.notify_all();
                    }
                }
            }
        };
        thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
        rooms.into_iter().filter_map(|room| room.into_inner().unwrap().1).collect()
    }
    alone(|| ch05_executor::check::multicore(code))
}

/// One thread, which sleeps for a while and looks again, however long it sleeps.
#[test]
fn a_sleep_until_it_is_time_to_look() {
    struct Flag(AtomicBool);
    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, SeqCst);
        }
    }
    fn code(tasks: Vec<Task<char>>) -> Vec<char> {
        let mut tasks: Vec<_> =
            tasks.into_iter().map(|task| (task, Arc::new(Flag(AtomicBool::new(true))), None)).collect();
        while tasks.iter().any(|(.., output)| output.is_none()) {
            let mut polled = false;
            for (task, woken, output) in &mut tasks {
                if output.is_none() && woken.0.swap(false, SeqCst) {
                    polled = true;
                    let waker = Waker::from(woken.clone());
                    if let Poll::Ready(ready) = task.as_mut().poll(&mut Context::from_waker(&waker)) {
                        *output = Some(ready);
                    }
                }
            }
            if !polled {
                thread::sleep(Duration::from_millis(150));
            }
        }
        tasks.into_iter().filter_map(|(.., output)| output).collect()
    }
    says(alone(|| ch05_executor::check::interleaved(code)), "kept looking instead of sleeping", "#sleep");
}

/// Two workers, until one finds nothing to do: it goes home.
#[test]
fn a_worker_who_leaves_when_nothing_is_ready() {
    struct Hall {
        /// The tasks that were woken, how many are unfinished, and how many workers are here.
        state: Mutex<(VecDeque<usize>, usize, usize)>,
        woken: Condvar,
    }
    struct Bell(usize, AtomicUsize, Arc<Hall>);
    impl Bell {
        fn queue(&self) {
            self.2.state.lock().unwrap().0.push_back(self.0);
            self.2.woken.notify_one();
        }
    }
    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            if self.1.fetch_add(1, SeqCst) == 0 {
                self.queue();
            }
        }
    }
    impl Hall {
        fn take(&self) -> Option<usize> {
            let mut state = self.state.lock().unwrap();
            while state.0.is_empty() && state.1 > 0 {
                if state.2 > 1 {
                    state.2 -= 1;
                    return None;
                }
                state = self.woken.wait(state).unwrap();
            }
            state.0.pop_front()
        }
    }
    fn code(tasks: Vec<Task<char>>, workers: usize) -> Vec<char> {
        let state = Mutex::new(((0..tasks.len()).collect(), tasks.len(), workers));
        let hall = Arc::new(Hall { state, woken: Condvar::new() });
        let bells: Vec<_> =
            (0..tasks.len()).map(|task| Arc::new(Bell(task, AtomicUsize::new(1), hall.clone()))).collect();
        let rooms: Vec<_> = tasks.into_iter().map(|task| Mutex::new((task, None))).collect();
        let work = || {
            while let Some(task) = hall.take() {
                let (bell, room) = (&bells[task], &mut *rooms[task].lock().unwrap());
                let answered = bell.1.load(SeqCst);
                let waker = Waker::from(bell.clone());
                if let Poll::Ready(output) = room.0.as_mut().poll(&mut Context::from_waker(&waker)) {
                    room.1 = Some(output);
                    hall.state.lock().unwrap().1 -= 1;
                    hall.woken.notify_all();
                } else if bell.1.fetch_sub(answered, SeqCst) > answered {
                    bell.queue();
                }
            }
        };
        thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
        rooms.into_iter().filter_map(|room| room.into_inner().unwrap().1).collect()
    }
    says(alone(|| ch05_executor::check::multicore(code)), "task b waited behind task a", "");
}

/// More workers than tasks, and everything is finished, and the caller goes round until all have had something to do.
#[test]
fn a_caller_who_goes_round_until_all_have_come() {
    fn code(tasks: Vec<Task<char>>, workers: usize) -> Vec<char> {
        let outputs = solutions::ch05_executor::multicore(tasks, workers);
        while workers > outputs.len() {
            std::hint::spin_loop();
        }
        outputs
    }
    says(alone(|| ch05_executor::check::multicore(code)), "the code was still running", "#busy");
}

// Carts and hands.

/// Everybody is home, and the last cart is not.
#[test]
fn the_last_cart_stays_at_the_fire() {
    async fn code(yard: &Yard, loads: u32) -> Tally {
        let (crab, mut cart) = (yard.crab("solo"), yard.cart());
        for load in 0..loads {
            crab.load(&mut cart).await;
            crab.haul(&mut cart).await;
            crab.tip(&mut cart).await;
            if load + 1 < loads {
                crab.back(&mut cart).await;
            }
        }
        Tally { loads, carts: vec![cart] }
    }
    let verdict = alone(|| ch06_carts::check::solo(code)).unwrap_err();
    assert_eq!(verdict.headline, "the report was made before the cart was back");
    // Nobody was at work any more, so nobody was believed to have finished.
    assert_eq!(verdict.belief, "");
}

/// The line of four, as the solution's, but for its end: `tends` tends the fire, and the loader takes `carts` carts back.
async fn line<F: Future<Output = u32> + Send + 'static>(
    yard: &Yard,
    loads: u32,
    carts: usize,
    tends: impl FnOnce(Crab, mpsc::Receiver<Cart>, mpsc::Sender<Cart>) -> F,
) -> Tally {
    let (to_load, mut empty) = mpsc::channel(carts);
    let (to_haul, mut full) = mpsc::channel(carts);
    let (to_tip, arrived) = mpsc::channel(carts);
    let (to_bring_back, mut tipped) = mpsc::channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let loading = tokio::spawn(async move {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
        drop(to_haul);
        let mut home = Vec::new();
        while home.len() < carts {
            home.extend(empty.recv().await);
        }
        home
    });
    tokio::spawn(async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    let tending = tokio::spawn(tends(tend, arrived, to_bring_back));
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    Tally { loads: tending.await.unwrap(), carts: loading.await.unwrap() }
}

async fn tend(crab: Crab, mut arrived: mpsc::Receiver<Cart>, to_bring_back: mpsc::Sender<Cart>) -> u32 {
    let mut burnt = 0;
    while let Some(mut cart) = arrived.recv().await {
        crab.tip(&mut cart).await;
        burnt += 1;
        to_bring_back.send(cart).await.unwrap();
    }
    burnt
}

/// Every cart is at home, and the crab that brought them waits for more.
#[test]
fn a_crab_that_nobody_sends_home() {
    async fn code(yard: &Yard, loads: u32, carts: usize) -> Tally {
        let forgetful = |crab, arrived, to_bring_back: mpsc::Sender<Cart>| {
            std::mem::forget(to_bring_back.clone());
            tend(crab, arrived, to_bring_back)
        };
        line(yard, loads, carts, forgetful).await
    }
    says(alone(|| ch06_carts::check::interleaved(code)), "the report was made, and crab back had not gone home", "");
}

/// The fire goes out, and the carts stand before it.
#[test]
fn a_fire_that_is_left() {
    async fn tired(crab: Crab, mut arrived: mpsc::Receiver<Cart>, to_bring_back: mpsc::Sender<Cart>) -> u32 {
        for _ in 0..3 {
            let mut cart = arrived.recv().await.unwrap();
            crab.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
        std::future::pending().await
    }
    async fn code(yard: &Yard, loads: u32, carts: usize) -> Tally {
        line(yard, loads, carts, tired).await
    }
    let judged = alone(|| ch06_carts::check::interleaved(code));
    says(
        judged,
        "nothing could move any more, with 3 of 8 loads in the fire",
        "where the carts are: 4 full at the fire\n",
    );
}

/// Still running, and no crab has begun: nobody is kept from sleep.
#[test]
fn a_yard_that_is_never_looked_at() {
    fn code(_: &Yard, _loads: u32, _carts: usize) -> Tally {
        loop {
            std::hint::spin_loop();
        }
    }
    says(alone(|| ch06_carts::check::multicore(code)), "the code was still running", "#busy");
}

/// One crab has nearly everything to do; it is at its own pile, so the pile is not what is wrong.
#[test]
fn two_shares_that_are_not_equal() {
    async fn code(left: &Yard, right: &Yard, loads: u32) -> Tally {
        let few = loads / 4;
        let solo = solutions::ch06_carts::solo;
        let (one, two) = tokio::join!(solo(left, loads - few), solo(right, few));
        Tally { loads: one.loads + two.loads, carts: one.carts.into_iter().chain(two.carts).collect() }
    }
    says(alone(|| ch06_carts::check::doubled(code)), "it took 72 ms, and with 2 hands this design takes 48", "#table");
}

/// The one who is spawned is awaited at once, and so the other begins too late.
#[test]
fn a_task_for_one_of_two() {
    async fn code(left: &Yard, right: &Yard, loads: u32) -> Tally {
        let (yard, share) = (left.clone(), loads.div_ceil(2));
        let one = tokio::spawn(async move { solutions::ch06_carts::solo(&yard, share).await }).await.unwrap();
        let two = solutions::ch06_carts::solo(right, loads / 2).await;
        Tally { loads: one.loads + two.loads, carts: one.carts.into_iter().chain(two.carts).collect() }
    }
    says(
        alone(|| ch06_carts::check::doubled(code)),
        "crab solo2 did not begin until crab solo was done",
        "if spawning alone made things overlap",
    );
}

/// One crab brings everything, and the other yard has nobody: with many loads, and with two.
#[test]
fn one_crab_for_two_yards() {
    async fn always(left: &Yard, _: &Yard, loads: u32) -> Tally {
        solutions::ch06_carts::solo(left, loads).await
    }
    says(alone(|| ch06_carts::check::doubled(always)), "1 crab went to work, and this design has 2", "#one-crab");
}

#[test]
fn one_crab_for_two_loads() {
    async fn code(left: &Yard, right: &Yard, loads: u32) -> Tally {
        match loads {
            2 => solutions::ch06_carts::solo(left, loads).await,
            _ => solutions::ch06_carts::doubled(left, right, loads).await,
        }
    }
    says(alone(|| ch06_carts::check::doubled(code)), "1 crab went to work, and this design has 2", "#one-crab");
}

/// The loader is a task, and nobody else begins before it ends.
#[test]
fn a_task_for_one_of_four() {
    async fn code(yard: &Yard, loads: u32, carts: usize) -> Tally {
        let (to_load, mut empty) = mpsc::unbounded_channel();
        let (to_haul, mut full) = mpsc::channel(carts);
        (0..carts).for_each(|_| to_load.send(yard.cart()).unwrap());
        let [load, haul] = ["load", "haul"].map(|name| yard.crab(name));
        let loading = tokio::spawn(async move {
            for _ in 0..loads {
                let mut cart = empty.recv().await.unwrap();
                load.load(&mut cart).await;
                to_haul.send(cart).await.unwrap();
            }
        });
        loading.await.unwrap();
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_load.send(cart).unwrap();
        }
        Tally { loads, carts: vec![] }
    }
    says(
        alone(|| ch06_carts::check::interleaved(code)),
        "4 full carts stand at the pile, and nobody has begun to haul",
        "if spawning alone made things overlap",
    );
}
