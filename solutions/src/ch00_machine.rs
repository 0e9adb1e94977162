//! One line to write: wait for the threads, and add up what they found.

use std::thread;

use tasks::ch00_machine::Piece;

/// The dot product of all `pieces`, each worked out on a thread of its own.
pub fn multicore(pieces: &[Piece]) -> i64 {
    thread::scope(|scope| {
        let threads: Vec<_> = pieces.iter().map(|piece| scope.spawn(|| piece.dot())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}
