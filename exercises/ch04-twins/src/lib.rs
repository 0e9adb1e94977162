//! Find files that are alike: on one thread, then on several.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use tasks::ch04_twins::{Disk, Found, HashFn};
use tokio::sync::Semaphore;

/// Looks at all files on one thread, with at most `open_limit` of them open (at least one).
///
/// A file that cannot be opened or read is among the failed, and takes no other with it.
pub async fn interleaved(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    // A place for every file that may be open; it is in use until that file is closed.
    let places = Arc::new(Semaphore::new(open_limit));
    // TODO: for each path, wait for a place and spawn a task: `disk.open(path)` is a future of a file, and
    // `file.hash()` one of its hash. Each may end with an error, and the place is free only after both.
    // Collect: pairs of a path and its hash or error, in any order; `collect()` makes a `Found` of them.
    todo!("look at {} files on {disk:?}, with {places:?}", paths.len())
}

/// Looks at all files with `workers` threads (at least one), each with at most one file in memory.
///
/// A file that cannot be read is among the failed, and takes no other with it.
pub fn multicore(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    // Split: nothing to cut. `next` is the first file that nobody has taken.
    let next = AtomicUsize::new(0);
    // TODO: Do: take files until none is left; `std::fs::read` a file, then `hash.of(&content)`.
    // Start: spawn every worker before you wait for one.
    // Collect: join them all. The order does not matter here, since every hash has its path beside it.
    todo!("look at {} files with {workers} workers and {hash:?}, from number {next:?}", paths.len())
}
