//! Ask stations that take long to answer: on one thread, then on several.

use std::sync::Arc;
use std::thread;

use tasks::ch02_weather::{Net, Reading, Station};
use tokio::sync::Semaphore;

/// Asks all stations on one thread, with at most `limit` requests in flight (at least one).
///
/// Returns one reading a station, in the order of the stations.
pub async fn interleaved(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let places = Arc::new(Semaphore::new(limit));
    let mut asked = Vec::new();
    for &station in stations {
        // Waits here until a place is free; the place is free again when its answer is back.
        let place = places.clone().acquire_owned().await.unwrap();
        let answer = net.get(station);
        asked.push(tokio::spawn(async move {
            let reading = answer.await;
            drop(place);
            reading
        }));
    }
    let mut readings = Vec::new();
    for answer in asked {
        readings.push(answer.await.unwrap());
    }
    readings
}

/// Asks all stations with `workers` threads (at least one), which sleep until their answer is here.
///
/// Returns one reading a station, in the order of the stations.
pub fn multicore(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
    let share = stations.len().div_ceil(workers).max(1);
    let ask_all = |share: &[Station]| share.iter().map(|&station| net.get_blocking(station)).collect::<Vec<_>>();
    thread::scope(|scope| {
        let asking: Vec<_> = stations.chunks(share).map(|share| scope.spawn(move || ask_all(share))).collect();
        asking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}
