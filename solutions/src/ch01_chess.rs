//! One master and several boards, then several masters.

use std::thread;

use tasks::ch01_chess::{Board, Score, Step};

/// Plays all boards on one thread: a step here, a step there, until every game is over.
///
/// Returns one score a board, in the order of the boards.
pub fn interleaved(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![None; boards.len()];
    while scores.contains(&None) {
        for (board, score) in boards.iter_mut().zip(&mut scores).filter(|(_, score)| score.is_none()) {
            if let Step::Over(over) = board.step() {
                *score = Some(over);
            }
        }
    }
    scores.into_iter().flatten().collect()
}

/// Plays all boards with `masters` threads (at least one), each with a share of the boards.
///
/// Returns one score a board, in the order of the boards.
pub fn multicore(boards: &mut [Board], masters: usize) -> Vec<Score> {
    // Split: a share of the boards for each master, and never an empty one.
    let share = boards.len().div_ceil(masters).max(1);
    let shares = boards.chunks_mut(share);
    thread::scope(|scope| {
        // Start: spawn every master before you wait for one.
        // Do: each plays her own share, as one master would.
        let playing: Vec<_> = shares.map(|share| scope.spawn(|| interleaved(share))).collect();
        // Collect: join them in order, so that the scores are in the order of the boards.
        // Tidy up: nothing to do, because the scope ends only when every thread in it has ended.
        playing.into_iter().flat_map(|master| master.join().unwrap()).collect()
    })
}
