//! Four boards, played three ways: one after another, in turn, and by two masters.

use std::sync::{Arc, Barrier};

use probes::{Lane, Recorder, chart};
use solutions::ch01_chess::{interleaved, multicore};
use tasks::ch01_chess::{Board, Score, Step, reference};

fn main() {
    show("One master, one game after another", 1, reference);
    show("One master who goes round", 1, interleaved);
    show("Two masters who go round two boards each", 2, |boards| multicore(boards, 2));
}

fn show(title: &str, masters: usize, play: impl Fn(&mut [Board]) -> Vec<Score>) {
    let (recorder, hall) = (Recorder::default(), Arc::new(Barrier::new(masters)));
    let mut boards = ["a", "b", "c", "d"].map(|name| board(recorder.task(name), masters, hall.clone()));
    play(&mut boards);
    println!("{title}:\n\n{}", chart::draw(&recorder.run("look")));
}

/// Two moves, and a third step that finds the game over.
fn board(lane: Lane, masters: usize, hall: Arc<Barrier>) -> Board {
    let (master, mut steps) = (lane.index() * masters / 4, 0);
    Board::new(move || {
        // The masters step up from left to right and step back together: the same chart every time.
        let wait = |_| _ = hall.wait();
        (0..master).for_each(wait);
        let step = lane.step();
        (master..masters).for_each(wait);
        drop(step);
        hall.wait();
        steps += 1;
        if steps < 3 {
            return Step::Moved;
        }
        lane.finish();
        Step::Over(Score::Win)
    })
}
