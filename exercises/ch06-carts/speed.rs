//! What does a line cost, and when is it worth it? Every ratio is to the first line of its table.
//!
//! `cargo run --release -p ch06 --example speed --features speed`

use std::hint::black_box;
use std::panic::{UnwindSafe, catch_unwind, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering};

use probes::speed::{Contender, compare, table};
use solutions::ch06_carts as solution;
use tasks::ch06_carts::{Ground, Step, Tally, Working, Yard, reference};

const CARTS: usize = 8;
const NUMBERS: [usize; 4] = [1, 2, 4, 8];

fn main() {
    // A stub that is not written yet says so below, and in fewer words.
    set_hook(Box::new(|_| {}));
    let yours = [
        written("interleaved", || on_tokio(ch06::interleaved(&yard(0), 1, CARTS))),
        written("multicore", || ch06::multicore(&yard(0), 1, CARTS)),
    ];
    show("A step is nothing at all, so this is what handing on costs", 2_000, 0, yours);
    show("A step is ten thousand turns of a loop", 500, 10_000, yours);
    show("A step is three hundred thousand turns of a loop", 50, 300_000, yours);
    more_carts(50, 300_000, yours[1]);
}

fn written(name: &str, bring: impl FnOnce() -> Tally + UnwindSafe) -> bool {
    let written = catch_unwind(bring).is_ok();
    if !written {
        println!("Your `{name}` is not written yet, so it does not run here.");
    }
    written
}

fn show(title: &str, loads: u32, work: u32, yours: [bool; 2]) {
    let tokio = move || drop(on_tokio(solution::interleaved(&yard(work), loads, CARTS)));
    let threads = move || drop(solution::multicore(&yard(work), loads, CARTS));
    let your_tokio = move || drop(on_tokio(ch06::interleaved(&yard(work), loads, CARTS)));
    let your_threads = move || drop(ch06::multicore(&yard(work), loads, CARTS));
    let plain = move || drop(reference(&yard(work), loads));
    let contenders: [(bool, Contender); 5] = [
        (work > 0, ("one crab, a plain loop", Box::new(plain))),
        (true, ("the line on tokio, one thread", Box::new(tokio))),
        (true, ("the line on four threads", Box::new(threads))),
        (yours[0], ("yours on tokio", Box::new(your_tokio))),
        (yours[1], ("yours on threads", Box::new(your_threads))),
    ];
    let contenders = contenders.into_iter().filter_map(|(runs, contender)| runs.then_some(contender));
    println!("\n{title}: {loads} loads, {CARTS} carts\n\n{}", table(&compare(15, contenders.collect())).trim_end());
}

/// The crabs are four, always; what can be added is carts. Names that end in a number are points of one line.
fn more_carts(loads: u32, work: u32, yours: bool) {
    let named = |whose: &str| NUMBERS.map(|carts| format!("{whose} threads, carts {carts}"));
    let (your_names, their_names) = (named("your"), named("their"));
    let mut contenders: Vec<Contender> =
        vec![("one crab, a plain loop", Box::new(move || drop(reference(&yard(work), loads))))];
    for (name, carts) in your_names.iter().zip(NUMBERS).filter(|_| yours) {
        contenders.push((name, Box::new(move || drop(ch06::multicore(&yard(work), loads, carts)))));
    }
    for (name, carts) in their_names.iter().zip(NUMBERS) {
        contenders.push((name, Box::new(move || drop(solution::multicore(&yard(work), loads, carts)))));
    }
    println!("\nThe same step, and more and more carts; theirs is the solution: {loads} loads\n");
    println!("{}", table(&compare(15, contenders)).trim_end());
    println!("\nWith one cart, one crab works at a time, on however many threads. With more, as many");
    println!("work as there are cores, and never more than four: so many crabs there are.");
}

/// One thread moves all the crabs.
fn on_tokio(line: impl Future<Output = Tally>) -> Tally {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime on this thread").block_on(line)
}

fn yard(work: u32) -> Yard {
    Yard::new(Field { work, crabs: AtomicUsize::new(0), carts: AtomicUsize::new(0) })
}

/// A yard without books, where a step is work for a processor.
struct Field {
    work: u32,
    crabs: AtomicUsize,
    carts: AtomicUsize,
}

impl Ground for Field {
    fn crab(&self, _: &str) -> usize {
        self.crabs.fetch_add(1, Ordering::Relaxed)
    }

    fn cart(&self) -> usize {
        self.carts.fetch_add(1, Ordering::Relaxed)
    }

    fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_> {
        Box::pin(async move { self.step_blocking(crab, step, cart) })
    }

    fn step_blocking(&self, _: usize, _: Step, _: usize) {
        for turn in 0..self.work {
            black_box(turn);
        }
    }
}
