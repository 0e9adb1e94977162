//! Two long vectors on more and more threads: `cargo course speed ch00`.

use std::env::args;
use std::hint::black_box;

use probes::speed::{Contender, compare, table};
use tasks::ch00_machine::{Piece, reference};

const NUMBERS: usize = 1 << 21;
const ROUNDS: usize = 21;

type Dot = fn(&[Piece]) -> i64;

fn main() {
    let threads = args().skip(1).map(|word| word.parse().expect("numbers of threads, such as 1 2 4"));
    let cuts: Vec<Vec<Piece>> = threads.map(cut).collect();
    let named = |whose: &str| -> Vec<String> { cuts.iter().map(|cut| format!("{whose} on {}", cut.len())).collect() };
    let (yours, solution, whole) = (named("yours"), named("solution"), cut(1));

    let mut contenders = vec![contender("the plain loop", reference, &whole)];
    contenders.extend(yours.iter().zip(&cuts).map(|(name, cut)| contender(name, ch00::multicore, cut)));
    contenders
        .extend(solution.iter().zip(&cuts).map(|(name, cut)| contender(name, solutions::ch00_machine::multicore, cut)));

    println!("One dot product of {NUMBERS} numbers, cut into n pieces for n threads:\n");
    println!("{}", table(&compare(ROUNDS, contenders)));
    println!("Expect less than n times: the cores share the way to the memory.");
}

fn contender<'a>(name: &'a str, dot: Dot, cut: &'a [Piece]) -> Contender<'a> {
    let due = reference(cut);
    (name, Box::new(move || assert_eq!(black_box(dot(black_box(cut))), due)))
}

/// Two long vectors, cut into equal pieces.
fn cut(pieces: usize) -> Vec<Piece> {
    let numbers: Vec<i64> = (0..NUMBERS as i64).map(|number| number % 1000).collect();
    numbers.chunks(NUMBERS.div_ceil(pieces)).map(|part| Piece::new(part.to_vec(), part.to_vec())).collect()
}
