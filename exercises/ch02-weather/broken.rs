//! Wrong on purpose: change a line or two until `cargo run --example ch02-broken` passes.

use std::sync::Arc;

use probes::{Reported, program};
use tasks::ch02_weather::{Net, Reading, Station, check};
use tokio::sync::Semaphore;

/// Spawns a task for every station; each waits for a place and asks. Or so it seems.
async fn interleaved(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let places = Arc::new(Semaphore::new(limit));
    let mut readings = Vec::new();
    for &station in stations {
        let (net, places) = (net.clone(), places.clone());
        let task = tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            net.get(station).await
        });
        readings.push(task.await.unwrap());
    }
    readings
}

fn main() -> Reported {
    Reported(program("ch02-broken", || check::interleaved(interleaved)))
}
