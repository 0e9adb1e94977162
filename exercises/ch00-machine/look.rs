//! Your machine: its cores, the four combinations of two words, and a dot product on more and more threads.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use probes::{Lane, Recorder, chart, meter};
use solutions::ch00_machine::multicore;
use tasks::ch00_machine::Piece;

fn main() {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("Cores that this program may use: {cores}");
    println!("The two-core meter says: {}\n", meter::two_cores(Duration::from_millis(200)));

    show("Neither: a plain loop, one dish after the other", plain_loop);
    show("Concurrent only: an event loop on one thread", event_loop);
    show("Parallel only: one dot product, cut in two for two threads", dot_product);
    show("Both: two threads, each with an event loop of its own", two_event_loops);

    println!("One long dot product on more and more threads (median of {ROUNDS} runs each):");
    speed(cores.clamp(2, 8));
    println!("Expect nearly as many times as there are idle cores, less while others use them, 1.0 on one.");
    if cfg!(debug_assertions) {
        println!("This is a dev build. With --release every core is quicker, and may have to wait for memory.");
    }
}

fn show(title: &str, way: fn(&Recorder)) {
    let recorder = Recorder::default();
    way(&recorder);
    println!("{title}:\n\n{}", chart::draw(&recorder.run("look")));
}

fn plain_loop(recorder: &Recorder) {
    for dish in ["soup", "rice"].map(|dish| recorder.task(dish)) {
        go_round(&[dish], |dish| drop(dish.step()));
    }
}

fn event_loop(recorder: &Recorder) {
    let dishes = ["soup", "rice", "beans", "tea"].map(|dish| recorder.task(dish));
    go_round(&dishes, |dish| drop(dish.step()));
}

/// A stir at each dish, three times round: the whole of a very small event loop.
fn go_round(dishes: &[Lane], stir: impl Fn(&Lane)) {
    (0..3).for_each(|_| dishes.iter().for_each(&stir));
    dishes.iter().for_each(Lane::finish);
}

fn dot_product(recorder: &Recorder) {
    let (left, right) = ([[1, 2, 3], [4, 5, 6]], [[6, 5, 4], [3, 2, 1]]);
    let (halves, gate) = (["low", "high"].map(|half| recorder.task(half)), Barrier::new(2));
    let half = |worker: usize| -> i64 {
        let products = left[worker].iter().zip(right[worker]);
        let sum = products.map(|(left, right)| in_step(worker, &gate, &halves[worker], || left * right)).sum();
        halves[worker].finish();
        sum
    };
    let sum = thread::scope(|scope| {
        let high = scope.spawn(|| half(1));
        half(0) + high.join().unwrap()
    });
    assert_eq!(sum, 56);
}

fn two_event_loops(recorder: &Recorder) {
    let (dishes, gate) = (["soup", "rice", "beans", "tea"].map(|dish| recorder.task(dish)), &Barrier::new(2));
    thread::scope(|scope| {
        for (worker, dishes) in dishes.chunks(2).enumerate() {
            scope.spawn(move || go_round(dishes, |dish| in_step(worker, gate, dish, || ())));
        }
    });
}

/// Two workers step in from left to right and leave together, so that the chart is the same every time.
fn in_step<T>(worker: usize, gate: &Barrier, lane: &Lane, work: impl FnOnce() -> T) -> T {
    let wait = |_| _ = gate.wait();
    (0..worker).for_each(wait);
    let step = lane.step();
    (worker..2).for_each(wait);
    let done = work();
    drop(step);
    gate.wait();
    done
}

const ROUNDS: usize = 11;

/// The numbers of threads take turns, so that a busy moment of the machine is nobody's alone.
fn speed(most: usize) {
    let pieces: Vec<_> = (1..=most).map(cut).collect();
    let mut took = vec![Vec::new(); most];
    for _ in 0..ROUNDS {
        for (pieces, took) in pieces.iter().zip(&mut took) {
            let start = Instant::now();
            black_box(multicore(black_box(pieces)));
            took.push(start.elapsed().as_secs_f64());
        }
    }
    let median = |took: &mut Vec<f64>| *took.select_nth_unstable_by(ROUNDS / 2, f64::total_cmp).1;
    let medians: Vec<_> = took.iter_mut().map(median).collect();
    for (threads, took) in (1..).zip(&medians) {
        println!("  on {threads}: {:.1} times as quick as on 1", medians[0] / took);
    }
}

/// Two long vectors, cut into equal pieces.
fn cut(pieces: usize) -> Vec<Piece> {
    let numbers: Vec<i64> = (0..1 << 20).collect();
    numbers.chunks(numbers.len().div_ceil(pieces)).map(|part| Piece::new(part.to_vec(), part.to_vec())).collect()
}
