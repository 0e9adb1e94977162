//! Many boards, and masters who have to think: `cargo course speed ch01`.

use std::env::args;
use std::hint::black_box;

use probes::speed::{Contender, compare, table};
use solutions::ch01_chess as solution;
use tasks::ch01_chess::{Board, Score, Step, reference};

const BOARDS: usize = 24;
const MOVES: usize = 10;
/// Turns of a loop that stand for the thought behind a move.
const THOUGHT: u64 = 400_000;
const ROUNDS: usize = 15;

fn main() {
    let masters: Vec<usize> = args().skip(1).map(|word| word.parse().expect("numbers of masters")).collect();
    let named = |whose: &str| -> Vec<String> { masters.iter().map(|n| format!("{whose} {n}")).collect() };
    let (yours, theirs) = (named("yours on"), named("solution on"));

    let mut contenders = vec![contender("one by one", reference), contender("your interleaved", ch01::interleaved)];
    let several = |(name, &n)| contender(name, move |boards| ch01::multicore(boards, n));
    contenders.extend(yours.iter().map(String::as_str).zip(&masters).map(several));
    let several = |(name, &n)| contender(name, move |boards| solution::multicore(boards, n));
    contenders.extend(theirs.iter().map(String::as_str).zip(&masters).map(several));

    println!("{BOARDS} boards of {MOVES} moves, each with some thought; the opponents answer at once:\n");
    println!("{}", table(&compare(ROUNDS, contenders)));
    println!("Only more masters help here: there is no waiting to overlap, so `interleaved`");
    println!("is one thread that does all the thinking, in another order.");
}

fn contender<'a>(name: &'a str, play: impl Fn(&mut [Board]) -> Vec<Score> + 'a) -> Contender<'a> {
    (name, Box::new(move || assert_eq!(play(&mut hall()), [Score::Win; BOARDS])))
}

fn hall() -> Vec<Board> {
    (0..BOARDS).map(|_| board()).collect()
}

fn board() -> Board {
    let mut made = 0;
    Board::new(move || {
        if made == MOVES {
            return Step::Over(Score::Win);
        }
        made += 1;
        think();
        Step::Moved
    })
}

/// Work for a core, which no compiler can take away.
fn think() {
    (0..THOUGHT).for_each(|turn| _ = black_box(turn));
}
