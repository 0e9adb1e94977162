//! How much does a line cost, and when is it worth it? Ratios to one crab who does everything.
//!
//! `cargo run --release -p ch06 --example speed --features speed`

use std::hint::black_box;
use std::panic::{catch_unwind, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering};

use probes::speed::{Contender, compare, table};
use solutions::ch06_carts as solution;
use tasks::ch06_carts::{Ground, Step, Tally, Working, Yard, reference};

const CARTS: usize = 8;

fn main() {
    // A stub that is not written yet says so itself, below.
    set_hook(Box::new(|_| {}));
    show("A step is nothing, so this is what handing on costs", 2_000, 0);
    show("A step is some thousand instructions", 500, 10_000);
    show("A step is some hundred thousand instructions", 50, 300_000);
}

fn show(title: &str, loads: u32, work: u32) {
    let written = |name: &str, bring: &dyn Fn(&Yard) -> Tally| {
        let written = catch_unwind(std::panic::AssertUnwindSafe(|| bring(&yard(0)))).is_ok();
        if !written {
            println!("  your {name} is not written yet, so it does not run here");
        }
        written
    };
    println!("{title}: {loads} loads, {CARTS} carts");
    let mut contenders: Vec<Contender> =
        vec![("one crab, a plain loop", Box::new(move || drop(reference(&yard(work), loads))))];
    if written("interleaved", &|yard| on_tokio(ch06::interleaved(yard, 1, CARTS))) {
        let yours = move || drop(on_tokio(ch06::interleaved(&yard(work), loads, CARTS)));
        contenders.push(("your line, on tokio", Box::new(yours)));
    }
    if written("multicore", &|yard| ch06::multicore(yard, 1, CARTS)) {
        contenders.push(("your line, on threads", Box::new(move || drop(ch06::multicore(&yard(work), loads, CARTS)))));
    }
    let tokio = move || drop(on_tokio(solution::interleaved(&yard(work), loads, CARTS)));
    contenders.push(("the solution, on tokio", Box::new(tokio)));
    let threads = move || drop(solution::multicore(&yard(work), loads, CARTS));
    contenders.push(("the solution, on threads", Box::new(threads)));
    println!("{}", table(&compare(15, contenders)));
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
