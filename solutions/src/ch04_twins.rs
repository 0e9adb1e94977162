//! Find files that are alike: on one thread, then on several.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tasks::ch04_twins::{Disk, Found, HashFn};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Looks at all files on one thread, with at most `open_limit` of them open (at least one).
///
/// A file that cannot be opened or read is among the failed, and takes no other with it.
pub async fn interleaved(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    // A place for every file that may be open; it is in use until that file is closed.
    let places = Arc::new(Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        // Waits here until a place is free.
        let place = places.clone().acquire_owned().await.unwrap();
        let opening = disk.open(&path);
        looking.spawn(async move {
            let hash = async { opening.await?.hash().await }.await;
            drop(place);
            (path, hash)
        });
    }
    looking.join_all().await.into_iter().collect()
}

/// Looks at all files with `workers` threads (at least one), each with at most one file in memory.
///
/// A file that cannot be read is among the failed, and takes no other with it.
pub fn multicore(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    // Split: nothing to cut. `next` is the first file that nobody has taken.
    let next = AtomicUsize::new(0);
    // Do: take files until none is left; the content of one is gone before the next is read.
    let look = || {
        let mut looked = Vec::new();
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            looked.push((path.clone(), fs::read(path).map(|content| hash.of(&content))));
        }
        looked
    };
    thread::scope(|scope| {
        // Start: spawn every worker before you wait for one.
        let looking: Vec<_> = (0..workers).map(|_| scope.spawn(look)).collect();
        // Collect: join them all. The order does not matter here, since every hash has its path beside it.
        looking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}
