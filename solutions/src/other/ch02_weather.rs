//! Other ways to ask the stations.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use tasks::ch02_weather::{Net, Reading, Station};
use tokio::task::JoinSet;

/// Interleaved: a set of futures that is filled up whenever one of them is done.
pub async fn set_that_is_filled_up(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let mut asked = JoinSet::new();
    let mut readings = vec![None; stations.len()];
    let mut next = stations.iter().enumerate();
    loop {
        while asked.len() < limit {
            let Some((index, &station)) = next.next() else { break };
            let answer = net.get(station);
            asked.spawn(async move { (index, answer.await) });
        }
        let Some(done) = asked.join_next().await else { break };
        let (index, reading) = done.unwrap();
        readings[index] = Some(reading);
    }
    readings.into_iter().flatten().collect()
}

/// Interleaved: `limit` tasks, each of which takes the next station when its own has answered.
pub async fn tasks_that_take_the_next(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let next = Arc::new(AtomicUsize::new(0));
    let readings = Arc::new(Mutex::new(vec![None; stations.len()]));
    let mut tasks = JoinSet::new();
    for _ in 0..limit {
        let (net, stations) = (net.clone(), stations.to_vec());
        let (next, readings) = (next.clone(), readings.clone());
        tasks.spawn(async move {
            while let Some(&station) = stations.get(next.fetch_add(1, Ordering::Relaxed)) {
                let reading = net.get(station).await;
                readings.lock().unwrap()[station.id] = Some(reading);
            }
        });
    }
    tasks.join_all().await;
    let readings = readings.lock().unwrap().clone();
    readings.into_iter().flatten().collect()
}

/// Interleaved: the last station first. The order of asking is free, only the order of the readings is not.
pub async fn last_station_first(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let backwards: Vec<_> = stations.iter().copied().rev().collect();
    let mut readings = set_that_is_filled_up(net, &backwards, limit).await;
    readings.reverse();
    readings
}

/// Multicore: a list of stations from which each worker takes the next.
pub fn workers_that_take_the_next(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
    let next = AtomicUsize::new(0);
    let readings = Mutex::new(vec![None; stations.len()]);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&station) = stations.get(index) else { break };
                    let reading = net.get_blocking(station);
                    readings.lock().unwrap()[index] = Some(reading);
                }
            });
        }
    });
    readings.into_inner().unwrap().into_iter().flatten().collect()
}

/// Multicore: every so many stations belong to one worker, and the readings are put back in order.
pub fn dealt_like_cards(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
    let mut readings: Vec<(usize, Reading)> = thread::scope(|scope| {
        let asking: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let mine = stations.iter().enumerate().skip(worker).step_by(workers);
                    mine.map(|(index, &station)| (index, net.get_blocking(station))).collect::<Vec<_>>()
                })
            })
            .collect();
        asking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    readings.sort_by_key(|(index, _)| *index);
    readings.into_iter().map(|(_, reading)| reading).collect()
}
