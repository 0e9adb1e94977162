//! Other ways to wait for threads and add up.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use tasks::ch00_machine::Piece;

/// One shared total, added to in one step.
pub fn atomic_total(pieces: &[Piece]) -> i64 {
    let total = AtomicI64::new(0);
    thread::scope(|scope| {
        for piece in pieces {
            scope.spawn(|| total.fetch_add(piece.dot(), Ordering::Relaxed));
        }
    });
    total.into_inner()
}

/// One shared total behind a lock that is held for the addition alone.
pub fn locked_total(pieces: &[Piece]) -> i64 {
    let total = Mutex::new(0);
    thread::scope(|scope| {
        for piece in pieces {
            scope.spawn(|| {
                let sum = piece.dot();
                *total.lock().unwrap() += sum;
            });
        }
    });
    total.into_inner().unwrap()
}

/// Sums that are sent, and a total that ends when every sender is gone.
pub fn sent_sums(pieces: &[Piece]) -> i64 {
    let (found, sums) = channel();
    thread::scope(|scope| {
        for piece in pieces {
            let found = found.clone();
            scope.spawn(move || found.send(piece.dot()).unwrap());
        }
    });
    drop(found);
    sums.iter().sum()
}

/// The caller takes the last piece itself, so there is one thread less to start.
pub fn caller_helps(pieces: &[Piece]) -> i64 {
    let Some((last, others)) = pieces.split_last() else { return 0 };
    thread::scope(|scope| {
        let threads: Vec<_> = others.iter().map(|piece| scope.spawn(|| piece.dot())).collect();
        let mine = last.dot();
        mine + threads.into_iter().map(|thread| thread.join().unwrap()).sum::<i64>()
    })
}
