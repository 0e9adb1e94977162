//! Wrong ways to let every piece have a thread.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::thread;

use tasks::ch00_machine::Piece;

// ANCHOR: no_threads
/// 1: a computer with four cores works on four things at once by itself.
pub fn no_threads(pieces: &[Piece]) -> i64 {
    pieces.iter().map(Piece::dot).sum()
}
// ANCHOR_END: no_threads

// ANCHOR: joined_in_the_chain
/// 12: once everything is spawned, it overlaps, wherever the join stands.
pub fn joined_in_the_chain(pieces: &[Piece]) -> i64 {
    thread::scope(|scope| {
        pieces.iter().map(|piece| scope.spawn(|| piece.dot())).map(|thread| thread.join().unwrap()).sum()
    })
}
// ANCHOR_END: joined_in_the_chain

// ANCHOR: work_before_the_spawn
/// 1: where there are threads, the work is done by threads.
pub fn work_before_the_spawn(pieces: &[Piece]) -> i64 {
    thread::scope(|scope| {
        let spawn = |piece: &Piece| {
            let sum = piece.dot();
            scope.spawn(move || sum)
        };
        let threads: Vec<_> = pieces.iter().map(spawn).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}
// ANCHOR_END: work_before_the_spawn

// ANCHOR: asked_too_early
/// 62: the threads are done before anyone asks for their sums.
pub fn asked_too_early(pieces: &[Piece]) -> i64 {
    thread::scope(|scope| {
        let threads: Vec<_> = pieces.iter().map(|piece| scope.spawn(|| piece.dot())).collect();
        threads.into_iter().filter(|thread| thread.is_finished()).map(|thread| thread.join().unwrap()).sum()
    })
}
// ANCHOR_END: asked_too_early

// ANCHOR: load_then_store
/// 46: loading the total, adding to it and storing it is one step.
pub fn load_then_store(pieces: &[Piece]) -> i64 {
    let total = AtomicI64::new(0);
    thread::scope(|scope| {
        for piece in pieces {
            scope.spawn(|| total.store(total.load(SeqCst) + piece.dot(), SeqCst));
        }
    });
    total.into_inner()
}
// ANCHOR_END: load_then_store

// ANCHOR: lock_around_the_work
/// 50: a thread that waits for a lock can work meanwhile.
pub fn lock_around_the_work(pieces: &[Piece]) -> i64 {
    let total = Mutex::new(0);
    thread::scope(|scope| {
        for piece in pieces {
            scope.spawn(|| {
                let mut total = total.lock().unwrap();
                *total += piece.dot();
            });
        }
    });
    total.into_inner().unwrap()
}
// ANCHOR_END: lock_around_the_work

// ANCHOR: two_threads_a_piece
/// 4: twice the threads finish in half the time.
pub fn two_threads_a_piece(pieces: &[Piece]) -> i64 {
    thread::scope(|scope| {
        let twice = pieces.iter().chain(pieces);
        let threads: Vec<_> = twice.map(|piece| scope.spawn(|| piece.dot())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<i64>() / 2
    })
}
// ANCHOR_END: two_threads_a_piece
