//! Wrong on purpose: change a line or two until `cargo run --example ch01-broken` passes.

use std::collections::VecDeque;

use probes::{Reported, program};
use tasks::ch01_chess::{Board, Score, Step, check};

/// Keeps the boards in a queue, and takes the one at its front. Or so it seems.
fn interleaved(boards: &mut [Board]) -> Vec<Score> {
    let mut scores = vec![Score::Draw; boards.len()];
    let mut queue: VecDeque<usize> = (0..boards.len()).collect();
    while let Some(at) = queue.pop_front() {
        match boards[at].step() {
            Step::Moved => queue.push_back(at),
            Step::Waiting => queue.push_front(at),
            Step::Over(score) => scores[at] = score,
        }
    }
    scores
}

fn main() -> Reported {
    Reported(program("ch01-broken", || check::interleaved(interleaved)))
}
