//! Wrong ways to play an exhibition.

use std::sync::Mutex;
use std::thread;

use tasks::ch01_chess::{Board, Score, Step};

// ANCHOR: one_after_another
/// 7: somebody else keeps the other boards going meanwhile.
pub fn one_after_another(boards: &mut [Board]) -> Vec<Score> {
    boards.iter_mut().map(play_to_the_end).collect()
}

fn play_to_the_end(board: &mut Board) -> Score {
    loop {
        if let Step::Over(score) = board.step() {
            return score;
        }
    }
}
// ANCHOR_END: one_after_another

// ANCHOR: thread_per_board
/// 2: several games can only be in progress on several threads.
pub fn thread_per_board(boards: &mut [Board]) -> Vec<Score> {
    thread::scope(|scope| {
        let playing: Vec<_> = boards.iter_mut().map(|board| scope.spawn(|| play_to_the_end(board))).collect();
        playing.into_iter().map(|game| game.join().unwrap()).collect()
    })
}
// ANCHOR_END: thread_per_board

// ANCHOR: asks_until_answered
/// 25: to wait for an opponent is to ask again until there is an answer.
pub fn asks_until_answered(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![None; boards.len()];
    while scores.contains(&None) {
        for (board, score) in boards.iter_mut().zip(&mut scores).filter(|(_, score)| score.is_none()) {
            let mut step = board.step();
            while step == Step::Waiting {
                step = board.step();
            }
            if let Step::Over(over) = step {
                *score = Some(over);
            }
        }
    }
    scores.into_iter().flatten().collect()
}
// ANCHOR_END: asks_until_answered

// ANCHOR: waiting_means_over
/// 35: a board where nothing happens now is a board where nothing will happen.
pub fn waiting_means_over(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![None; boards.len()];
    let mut playing: Vec<_> = boards.iter_mut().zip(&mut scores).collect();
    while !playing.is_empty() {
        playing.retain_mut(|(board, score)| match board.step() {
            Step::Moved => true,
            Step::Waiting => false,
            Step::Over(over) => {
                **score = Some(over);
                false
            }
        });
    }
    scores.into_iter().flatten().collect()
}
// ANCHOR_END: waiting_means_over

// ANCHOR: scores_as_they_come
/// 5: the first game on the list is the first to be over.
pub fn scores_as_they_come(boards: &mut [Board]) -> Vec<Score> {
    let (mut scores, mut playing): (Vec<_>, Vec<_>) = (vec![], boards.iter_mut().collect());
    while !playing.is_empty() {
        playing.retain_mut(|board| match board.step() {
            Step::Over(score) => {
                scores.push(score);
                false
            }
            Step::Moved | Step::Waiting => true,
        });
    }
    scores
}
// ANCHOR_END: scores_as_they_come

// ANCHOR: one_master
/// 1: boards in progress at once are boards played at once.
pub fn one_master(boards: &mut [Board], _masters: usize) -> Vec<Score> {
    crate::ch01_chess::interleaved(boards)
}
// ANCHOR_END: one_master

// ANCHOR: joined_in_a_loop
/// 12: what is spawned overlaps, even if it is joined at once.
pub fn joined_in_a_loop(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let share = boards.len().div_ceil(masters).max(1);
    let mut scores = Vec::new();
    thread::scope(|scope| {
        for share in boards.chunks_mut(share) {
            let master = scope.spawn(|| crate::ch01_chess::interleaved(share));
            scores.extend(master.join().unwrap());
        }
    });
    scores
}
// ANCHOR_END: joined_in_a_loop

// ANCHOR: master_per_board
/// 4: one master for every board is faster than a few with many boards each.
pub fn master_per_board(boards: &mut [Board], _masters: usize) -> Vec<Score> {
    thread_per_board(boards)
}
// ANCHOR_END: master_per_board

// ANCHOR: shares_rounded_down
/// 4: one master more does no harm.
pub fn shares_rounded_down(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let share = (boards.len() / masters).max(1);
    thread::scope(|scope| {
        let shares = boards.chunks_mut(share);
        let playing: Vec<_> = shares.map(|share| scope.spawn(|| crate::ch01_chess::interleaved(share))).collect();
        playing.into_iter().flat_map(|master| master.join().unwrap()).collect()
    })
}
// ANCHOR_END: shares_rounded_down

// ANCHOR: one_key_to_the_hall
/// 50: masters who wait for the key to the hall can play meanwhile.
pub fn one_key_to_the_hall(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let share = boards.len().div_ceil(masters).max(1);
    let key = Mutex::new(());
    let play = |share| {
        let _key = key.lock().unwrap();
        crate::ch01_chess::interleaved(share)
    };
    thread::scope(|scope| {
        let playing: Vec<_> = boards.chunks_mut(share).map(|share| scope.spawn(|| play(share))).collect();
        playing.into_iter().flat_map(|master| master.join().unwrap()).collect()
    })
}
// ANCHOR_END: one_key_to_the_hall

// ANCHOR: first_done_first_written
/// 5: the master with the first boards is done first.
pub fn first_done_first_written(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let share = boards.len().div_ceil(masters).max(1);
    let scores = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for share in boards.chunks_mut(share) {
            let scores = &scores;
            scope.spawn(move || {
                let mine = crate::ch01_chess::interleaved(share);
                scores.lock().unwrap().extend(mine);
            });
        }
    });
    scores.into_inner().unwrap()
}
// ANCHOR_END: first_done_first_written
