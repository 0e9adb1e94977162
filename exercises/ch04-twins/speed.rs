//! How quick is it? `cargo run --release -p ch04 --example speed --features speed`.
//!
//! Some thousand small files in the temporary folder, read often, so that they lie in the system's memory and
//! not on the disk. A plain loop is the measure.

use std::env::args;
use std::fs::{self, File};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};

use probes::speed::{Contender, compare, table};
use tasks::ch04_twins::tree::Tree;
use tasks::ch04_twins::{Disk, Found, HashFn, hash_bytes, hash_file, reference};

const FILES: usize = 4000;
const OPEN_LIMIT: usize = 32;
const ROUNDS: usize = 15;

fn main() -> std::io::Result<()> {
    let folder = Tree::new()?;
    let paths = (0..FILES).map(|number| file(&folder, number)).collect::<Result<Vec<_>, _>>()?;
    let bytes: u64 = paths.iter().filter_map(|path| fs::metadata(path).ok()).map(|data| data.len()).sum();
    let (hash, most) = (HashFn::new(hash_bytes), available_parallelism().map_or(1, usize::from));
    println!("{FILES} files, {} MiB, {OPEN_LIMIT} open; the page cache is warm\n", bytes >> 20);

    let due = reference(&paths, &hash);
    // Names that end in a number are points of one line.
    let workers: Vec<usize> = args().skip(1).map(|word| word.parse().expect("numbers of workers")).collect();
    let workers = if workers.is_empty() { vec![most] } else { workers };
    let named = |whose: &str| -> Vec<String> { workers.iter().map(|n| format!("{whose} on {n}")).collect() };
    let (yours, theirs, tuned) = (named("yours"), named("solution"), format!("hand-tuned, {most} threads"));
    let interleaved = || on_one_thread(ch04::interleaved, &paths);
    let mut contenders: Vec<Contender> = vec![("plain loop", Box::new(|| is(&due, reference(&paths, &hash))))];
    if written("interleaved", interleaved) {
        contenders.push(("your interleaved", Box::new(|| is(&due, interleaved()))));
    }
    if written("multicore", || ch04::multicore(&paths, 1, &hash)) {
        for (name, &n) in yours.iter().zip(&workers) {
            let (due, paths, hash) = (&due, &paths, &hash);
            contenders.push((name, Box::new(move || is(due, ch04::multicore(paths, n, hash)))));
        }
    }
    contenders.push((
        "solution, interleaved",
        Box::new(|| is(&due, on_one_thread(solutions::ch04_twins::interleaved, &paths))),
    ));
    for (name, &n) in theirs.iter().zip(&workers) {
        let (due, paths, hash) = (&due, &paths, &hash);
        contenders.push((name, Box::new(move || is(due, solutions::ch04_twins::multicore(paths, n, hash)))));
    }
    contenders.push((&tuned, Box::new(|| is(&due, hand_tuned(&paths, most, &hash)))));
    println!("{}", table(&compare(ROUNDS, contenders)));
    println!("A ratio above 1 is quicker than the plain loop; in brackets, the middle half of {ROUNDS} rounds.");
    Ok(())
}

/// From 1 to 64 KiB; every third file is like the one before it.
fn file(folder: &Tree, number: usize) -> std::io::Result<PathBuf> {
    let kind = if number % 3 == 2 { number - 1 } else { number };
    let content: Vec<u8> = (0..1024 * (1 + kind * 7 % 64)).map(|at| (at * 31 + kind * 17) as u8).collect();
    folder.file(&format!("f{number:04}"), &[&content[..], &kind.to_le_bytes()].concat())
}

fn on_one_thread(look: impl AsyncFn(&Disk, &[PathBuf], usize) -> Found, paths: &[PathBuf]) -> Found {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime on this thread").block_on(look(&Disk::real(hash_file), paths, OPEN_LIMIT))
}

/// As quick as we could make it by hand: files are taken sixteen at a time, and a worker keeps its memory
/// from one file to the next.
fn hand_tuned(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    const TAKEN: usize = 16;
    let next = AtomicUsize::new(0);
    let look = || {
        let (mut looked, mut content) = (Vec::with_capacity(paths.len() / workers + TAKEN), Vec::new());
        loop {
            let from = next.fetch_add(TAKEN, Ordering::Relaxed);
            let Some(taken) = paths.get(from..paths.len().min(from + TAKEN)).filter(|taken| !taken.is_empty()) else {
                return looked;
            };
            for path in taken {
                content.clear();
                let read = File::open(path).and_then(|mut file| file.read_to_end(&mut content));
                looked.push((path.clone(), read.map(|_| hash.of(&content))));
            }
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(look)).collect();
        let mut looked = look();
        others.into_iter().for_each(|worker| looked.extend(worker.join().expect("a worker ends")));
        looked.into_iter().collect()
    })
}

/// Whether there is something to measure.
fn written(name: &str, look: impl FnOnce() -> Found) -> bool {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let ended = catch_unwind(AssertUnwindSafe(look));
    std::panic::set_hook(hook);
    if ended.is_err() {
        println!("your `{name}` is left out: it is not written yet, or panics\n");
    }
    ended.is_ok()
}

fn is(due: &Found, found: Found) {
    assert_eq!(*due, found.in_order(), "another result than the plain loop's");
}
