//! Wrong on purpose: change a line or two until `cargo run --example ch04-broken` passes.

use std::path::PathBuf;
use std::sync::Arc;

use probes::{Reported, program};
use tasks::ch04_twins::{Disk, Found, check};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Lets out a task for a file only when there is a place for it. Or so it seems.
async fn interleaved(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let places = Arc::new(Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths {
        let place = places.clone().acquire_owned().await.unwrap();
        let (opening, path) = (disk.open(path), path.clone());
        looking.spawn(async move {
            let file = match opening.await {
                Ok(file) => file,
                Err(error) => return (path, Err(error)),
            };
            drop(place);
            let hash = file.hash().await;
            (path, hash)
        });
    }
    looking.join_all().await.into_iter().collect()
}

fn main() -> Reported {
    Reported(program("ch04-broken", || check::interleaved(interleaved)))
}
