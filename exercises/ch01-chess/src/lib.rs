//! One master and several boards, then several masters.

use tasks::ch01_chess::{Board, Score};

/// Plays all boards on one thread: a step here, a step there, until every game is over.
///
/// Returns one score a board, in the order of the boards.
pub fn interleaved(boards: &mut [Board]) -> Vec<Score> {
    // TODO: keep a place for every score, then go round the boards until every place is filled.
    todo!("play {} boards on one thread, a step at a time", boards.len())
}

/// Plays all boards with `masters` threads (at least one), each with a share of the boards.
///
/// Returns one score a board, in the order of the boards.
pub fn multicore(boards: &mut [Board], masters: usize) -> Vec<Score> {
    // Split: a share of the boards for each master, and never an empty one.
    let share = boards.len().div_ceil(masters).max(1);
    let shares = boards.chunks_mut(share);
    // TODO: Start: in a `thread::scope`, spawn every master before you wait for one.
    // Do: each plays her own share, as one master would.
    // Collect: join them in order, so that the scores are in the order of the boards.
    // Tidy up: nothing to do, because the scope ends only when every thread in it has ended.
    todo!("start {} masters, each with a share of {share} boards", shares.len())
}
