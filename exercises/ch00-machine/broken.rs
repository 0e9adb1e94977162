//! Wrong on purpose: change a line or two until `cargo run --example ch00-broken` passes.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::thread;

use probes::{Reported, program};
use tasks::ch00_machine::{Piece, check};

/// Starts a thread for every piece, and waits for all of them. Or so it seems.
fn multicore(pieces: &[Piece]) -> i64 {
    let total = AtomicI64::new(0);
    thread::scope(|scope| {
        let threads = pieces.iter().map(|piece| scope.spawn(|| total.fetch_add(piece.dot(), Relaxed)));
        for thread in threads {
            thread.join().unwrap();
        }
    });
    total.into_inner()
}

fn main() -> Reported {
    Reported(program("ch00-broken", || check::multicore(multicore)))
}
