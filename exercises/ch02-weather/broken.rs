//! Wrong on purpose: change a line or two until `cargo run --example ch02-broken` passes.

use std::sync::Arc;

use probes::{Reported, program};
use tasks::ch02_weather::{Net, Reading, Station, check};
use tokio::sync::Semaphore;

/// Spawns a task for every station; each waits for a place, and asks. Or so it seems.
async fn interleaved(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let places = Arc::new(Semaphore::new(limit));
    let ask = |&station: &Station| {
        let (net, places) = (net.clone(), places.clone());
        tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            net.get(station).await
        })
    };
    let mut readings = Vec::new();
    for task in stations.iter().map(ask) {
        readings.push(task.await.unwrap());
    }
    readings
}

fn main() -> Reported {
    Reported(program("ch02-broken", || check::interleaved(interleaved)))
}
