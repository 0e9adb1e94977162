//! Other ways to play an exhibition.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

use tasks::ch01_chess::{Board, Score, Step};

/// Interleaved: a queue of boards; the one just left goes to its end.
pub fn queue_of_boards(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![Score::Draw; boards.len()];
    let mut queue: VecDeque<_> = boards.iter_mut().enumerate().collect();
    while let Some((index, board)) = queue.pop_front() {
        match board.step() {
            Step::Over(score) => scores[index] = score,
            Step::Moved | Step::Waiting => queue.push_back((index, board)),
        }
    }
    scores
}

/// Interleaved: also steps up to boards that are over, which does no harm, and goes round the other way
/// every other time.
pub fn to_and_fro(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![None; boards.len()];
    for round in 0.. {
        for index in 0..boards.len() {
            let index = if round % 2 == 0 { index } else { boards.len() - 1 - index };
            if let Step::Over(score) = boards[index].step() {
                scores[index] = Some(score);
            }
        }
        if !scores.contains(&None) {
            break;
        }
    }
    scores.into_iter().flatten().collect()
}

/// Interleaved: plays a board as far as it goes, and leaves it when its opponent thinks.
pub fn until_it_waits(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![None; boards.len()];
    while scores.contains(&None) {
        for (board, score) in boards.iter_mut().zip(&mut scores).filter(|(_, score)| score.is_none()) {
            loop {
                match board.step() {
                    Step::Moved => {}
                    Step::Waiting => break,
                    Step::Over(over) => {
                        *score = Some(over);
                        break;
                    }
                }
            }
        }
    }
    scores.into_iter().flatten().collect()
}

/// Multicore: a pile of boards; a master takes the next one when hers is over.
pub fn pile_of_boards(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let scores = Mutex::new(vec![Score::Draw; boards.len()]);
    let pile = Mutex::new(boards.iter_mut().enumerate());
    thread::scope(|scope| {
        for _ in 0..masters {
            scope.spawn(|| {
                loop {
                    // The lock is held for taking a board, not for playing it.
                    let next = pile.lock().unwrap().next();
                    let Some((index, board)) = next else { break };
                    let score = crate::ch01_chess::interleaved(std::slice::from_mut(board))[0];
                    scores.lock().unwrap()[index] = score;
                }
            });
        }
    });
    scores.into_inner().unwrap()
}

/// Multicore: a master leaves a board after every step, and any master may go on with it.
pub fn any_master_any_board(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let scores = Mutex::new(vec![Score::Draw; boards.len()]);
    let waiting: Mutex<VecDeque<_>> = Mutex::new(boards.iter_mut().enumerate().collect());
    let next = || waiting.lock().unwrap().pop_front();
    thread::scope(|scope| {
        for _ in 0..masters {
            scope.spawn(|| {
                while let Some((index, board)) = next() {
                    match board.step() {
                        Step::Over(score) => scores.lock().unwrap()[index] = score,
                        Step::Moved | Step::Waiting => waiting.lock().unwrap().push_back((index, board)),
                    }
                }
            });
        }
    });
    scores.into_inner().unwrap()
}

/// Multicore: the caller is one of the masters.
pub fn caller_plays(boards: &mut [Board], masters: usize) -> Vec<Score> {
    let share = boards.len().div_ceil(masters).max(1);
    let (mine, others) = boards.split_at_mut(share.min(boards.len()));
    thread::scope(|scope| {
        let playing: Vec<_> =
            others.chunks_mut(share).map(|share| scope.spawn(|| crate::ch01_chess::interleaved(share))).collect();
        let mut scores = crate::ch01_chess::interleaved(mine);
        scores.extend(playing.into_iter().flat_map(|master| master.join().unwrap()));
        scores
    })
}
