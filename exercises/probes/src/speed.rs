//! Speed, as ratios: how much faster is this than that, on this machine, just now?
//!
//! The contenders run in turns, round after round, so that whatever the machine does meanwhile is done to
//! all of them. Each round gives one ratio to the first contender; the middle one counts, and the quartiles
//! say how far to trust it.
//!
//! ```
//! use probes::speed::{compare, table};
//!
//! let sum = |n: u64| (0..n).map(std::hint::black_box).sum::<u64>();
//! let measured = compare(5, vec![
//!     ("a thousand", Box::new(|| drop(sum(1_000)))),
//!     ("ten thousand", Box::new(|| drop(sum(10_000)))),
//! ]);
//! assert!(measured[1].ratio < 1.0);
//! println!("{}", table(&measured));
//! ```
//!
//! This measures the machine as much as the code, and says nothing of another one. It is never a condition of passing a
//! test.

use std::time::{Duration, Instant};

/// A name, and one run of what is measured.
pub type Contender<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// What one contender did.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// As it was given.
    pub name: String,
    /// How many times as fast as the first contender: the middle one of all rounds.
    pub ratio: f64,
    /// A quarter of the rounds was below the first of these, a quarter above the second.
    pub quartiles: (f64, f64),
    /// The middle one of its times.
    pub time: Duration,
}

/// Runs the contenders in turns, `rounds` times (at least 1) after one that is not counted.
///
/// # Panics
///
/// Without a contender, or without a round.
pub fn compare(rounds: usize, mut contenders: Vec<Contender<'_>>) -> Vec<Measured> {
    assert!(rounds > 0 && !contenders.is_empty(), "nothing to compare");
    contenders.iter_mut().for_each(|(_, work)| work());
    let times: Vec<Vec<f64>> =
        (0..rounds).map(|_| contenders.iter_mut().map(|(_, work)| seconds(work)).collect()).collect();
    let measured = |(index, (name, _)): (usize, &Contender<'_>)| {
        let ratios = sorted(times.iter().map(|round| round[0] / round[index].max(f64::MIN_POSITIVE)));
        let own = sorted(times.iter().map(|round| round[index]));
        Measured {
            name: name.to_string(),
            ratio: at(&ratios, 0.5),
            quartiles: (at(&ratios, 0.25), at(&ratios, 0.75)),
            time: Duration::from_secs_f64(at(&own, 0.5)),
        }
    };
    contenders.iter().enumerate().map(measured).collect()
}

/// One line a contender: its name, its ratio with the quartiles, its time, and a bar.
pub fn table(measured: &[Measured]) -> String {
    let names = measured.iter().map(|one| one.name.chars().count()).max().unwrap_or(0);
    let most = measured.iter().map(|one| one.ratio).fold(1.0, f64::max);
    let line = |one: &Measured| {
        let bar = "#".repeat(((one.ratio / most * 24.0).round() as usize).max(1));
        let (low, high) = one.quartiles;
        format!("  {:<names$}  {:>5.2} x  ({low:.2} to {high:.2})  {:>9.2?}  {bar}\n", one.name, one.ratio, one.time)
    };
    measured.iter().map(line).collect()
}

fn seconds(work: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn at(sorted: &[f64], part: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_contender_is_the_measure() {
        let measured = compare(3, vec![("one", Box::new(|| {})), ("two", Box::new(|| {}))]);
        assert_eq!((measured[0].ratio, measured[0].quartiles), (1.0, (1.0, 1.0)));
        assert_eq!(table(&measured).lines().count(), 2);
    }
}
