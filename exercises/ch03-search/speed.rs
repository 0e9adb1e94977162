//! How soon are the hits there? `cargo course speed ch03`.
//!
//! The echo is not measured: that it never waits is what the checks prove, and no ratio.

use std::env::args;
use std::hint::black_box;
use std::sync::{Arc, Mutex};

use probes::speed::{Contender, compare, table};
use solutions::ch03_search as solution;
use tasks::ch03_search::{Dict, Glass, Key, Pages, Screen, Word, reference, search};

/// What has been typed before anybody looks: seven keys.
const TYPED: &str = "beehive";
const CHUNKS: usize = 32;
/// Turns of a loop that stand for looking at the words of a chunk.
const LOOK: u32 = 1_600_000;
const ROUNDS: usize = 15;

fn main() {
    let workers: Vec<usize> = args().skip(1).map(|word| word.parse().expect("numbers of workers")).collect();
    let named = |whose: &str| -> Vec<String> { workers.iter().map(|n| format!("{whose} {n}")).collect() };
    let (yours, theirs) = (named("yours on"), named("solution on"));

    let mut contenders: Vec<Contender> = vec![
        ("one search, a plain loop", Box::new(|| assert_eq!(search(&dict(), TYPED), due()))),
        contender("a search for every key", |dict, screen| reference(keys(), dict, screen)),
        contender("your interleaved", on_one_thread),
    ];
    let several = |(name, &n)| contender(name, move |dict, screen| ch03::multicore(&typed(), dict, screen, n));
    contenders.extend(yours.iter().map(String::as_str).zip(&workers).map(several));
    let several = |(name, &n)| contender(name, move |dict, screen| solution::multicore(&typed(), dict, screen, n));
    contenders.extend(theirs.iter().map(String::as_str).zip(&workers).map(several));

    println!("{} keys typed before anybody looks, {CHUNKS} chunks, until the last hits are shown:\n", TYPED.len());
    println!("{}", table(&compare(ROUNDS, contenders)));
    println!("Giving up a stale search is what saves time on one core; more workers share the last one.");
    println!("Neither makes the echo sooner: it waits for no search at all.");
}

fn contender<'a>(name: &'a str, answer: impl Fn(&Dict, &Screen) + 'a) -> Contender<'a> {
    let run = move || {
        let last = Last::default();
        answer(&dict(), &Screen::new(last.clone()));
        assert_eq!(*last.0.lock().expect("no panic"), due(), "other hits than the plain loop's");
    };
    (name, Box::new(run))
}

fn on_one_thread(dict: &Dict, screen: &Screen) {
    let (press, mut keys_in) = tokio::sync::mpsc::channel(TYPED.len());
    keys().for_each(|key| press.try_send(key).expect("there is room for all"));
    drop(press);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime on this thread").block_on(ch03::interleaved(&mut keys_in, dict, screen));
}

fn typed() -> crossbeam_channel::Receiver<Key> {
    let (press, keys_in) = crossbeam_channel::unbounded();
    keys().for_each(|key| press.send(key).expect("somebody reads"));
    keys_in
}

fn keys() -> impl Iterator<Item = Key> {
    TYPED.chars().map(Key::Letter)
}

fn dict() -> Dict {
    Dict::new(Turns)
}

/// A dictionary in which every chunk has one hit.
struct Turns;

impl Pages for Turns {
    fn chunks(&self) -> usize {
        CHUNKS
    }

    fn scan(&self, chunk: usize, text: &str) -> Vec<Word> {
        (0..LOOK).for_each(|turn| _ = black_box(turn));
        vec![format!("{text} {chunk}").into()]
    }
}

fn due() -> Vec<Word> {
    (0..CHUNKS).map(|chunk| format!("{TYPED} {chunk}").into()).collect()
}

/// The hits that were shown last.
#[derive(Clone, Default)]
struct Last(Arc<Mutex<Vec<Word>>>);

impl Glass for Last {
    fn echo(&self, _: &str) {}

    fn show(&self, hits: &[Word]) {
        *self.0.lock().expect("no panic") = hits.to_vec();
    }
}
