//! Wrong ways to ask the stations.

use std::sync::{Arc, Mutex};
use std::thread;

use tasks::ch02_weather::{Net, Reading, Station};
use tokio::task::JoinSet;

// ANCHOR: await_in_a_loop
/// 10: `.await` starts the request and goes on in the background.
pub async fn await_in_a_loop(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let mut readings = Vec::new();
    for &station in stations {
        readings.push(net.get(station).await);
    }
    readings
}
// ANCHOR_END: await_in_a_loop

// ANCHOR: futures_made_first
/// 11: a future runs from the moment it is made.
pub async fn futures_made_first(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let asked: Vec<_> = stations.iter().map(|&station| net.get(station)).collect();
    let mut readings = Vec::new();
    for answer in asked {
        readings.push(answer.await);
    }
    readings
}
// ANCHOR_END: futures_made_first

// ANCHOR: spawned_and_awaited
/// 12: what is spawned overlaps, even if it is awaited at once.
pub async fn spawned_and_awaited(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let mut readings = Vec::new();
    for &station in stations {
        readings.push(tokio::spawn(net.get(station)).await.unwrap());
    }
    readings
}
// ANCHOR_END: spawned_and_awaited

// ANCHOR: lock_over_await
/// 24: a lock that is held while an answer is on its way costs nothing.
pub async fn lock_over_await(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let readings = Arc::new(tokio::sync::Mutex::new(vec![None; stations.len()]));
    let mut tasks = JoinSet::new();
    for &station in stations {
        let (net, readings) = (net.clone(), readings.clone());
        tasks.spawn(async move {
            let mut readings = readings.lock().await;
            readings[station.id] = Some(net.get(station).await);
        });
    }
    tasks.join_all().await;
    let readings = readings.lock().await.clone();
    readings.into_iter().flatten().collect()
}
// ANCHOR_END: lock_over_await

// ANCHOR: all_at_once
/// 28: the other side can take any number of requests.
pub async fn all_at_once(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let asked: Vec<_> = stations.iter().map(|&station| tokio::spawn(net.get(station))).collect();
    let mut readings = Vec::new();
    for answer in asked {
        readings.push(answer.await.unwrap());
    }
    readings
}
// ANCHOR_END: all_at_once

// ANCHOR: in_batches
/// 29: batches of `limit` requests are a limit of `limit` requests.
pub async fn in_batches(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let mut readings = Vec::new();
    for batch in stations.chunks(limit) {
        readings.extend(all_at_once(net, batch, limit).await);
    }
    readings
}
// ANCHOR_END: in_batches

// ANCHOR: one_place_a_core
/// 30: a machine with two cores can wait for two answers.
pub async fn one_place_a_core(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let cores = 2;
    crate::ch02_weather::interleaved(net, stations, cores).await
}
// ANCHOR_END: one_place_a_core

// ANCHOR: readings_as_they_come
/// 5: the first station that was asked is the first to answer.
pub async fn readings_as_they_come(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    let (mut asked, mut readings) = (JoinSet::new(), Vec::new());
    for &station in stations {
        if asked.len() == limit {
            readings.extend(asked.join_next().await.unwrap());
        }
        asked.spawn(net.get(station));
    }
    readings.extend(asked.join_all().await);
    readings
}
// ANCHOR_END: readings_as_they_come

// ANCHOR: thread_per_request
/// 2: several requests can only be in flight on several threads.
pub async fn thread_per_request(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    thread::scope(|scope| {
        let asking: Vec<_> = stations.iter().map(|&station| scope.spawn(move || net.get_blocking(station))).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
// ANCHOR_END: thread_per_request

// ANCHOR: blocking_call
/// 18: the thread can serve other futures while it is blocked.
pub async fn blocking_call(net: &Net, stations: &[Station], _limit: usize) -> Vec<Reading> {
    let mut asked = Vec::new();
    for &station in stations {
        let net = net.clone();
        asked.push(tokio::spawn(async move { net.get_blocking(station) }));
    }
    let mut readings = Vec::new();
    for answer in asked {
        readings.push(answer.await.unwrap());
    }
    readings
}
// ANCHOR_END: blocking_call

// ANCHOR: joined_in_a_loop
/// 12: what is spawned overlaps, even if it is joined at once.
pub fn joined_in_a_loop(net: &Net, stations: &[Station], _workers: usize) -> Vec<Reading> {
    let ask = |station| thread::scope(|scope| scope.spawn(move || net.get_blocking(station)).join().unwrap());
    stations.iter().map(|&station| ask(station)).collect()
}
// ANCHOR_END: joined_in_a_loop

// ANCHOR: thread_per_station
/// 4: a thread for every station is faster than a few with many stations each.
pub fn thread_per_station(net: &Net, stations: &[Station], _workers: usize) -> Vec<Reading> {
    thread::scope(|scope| {
        let asking: Vec<_> = stations.iter().map(|&station| scope.spawn(move || net.get_blocking(station))).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
// ANCHOR_END: thread_per_station

// ANCHOR: one_worker_a_core
/// 30: a machine with two cores can use two workers.
pub fn one_worker_a_core(net: &Net, stations: &[Station], _workers: usize) -> Vec<Reading> {
    let cores = 2;
    crate::ch02_weather::multicore(net, stations, cores)
}
// ANCHOR_END: one_worker_a_core

// ANCHOR: lock_while_asking
/// 50: threads that wait for the list can ask meanwhile.
pub fn lock_while_asking(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
    let share = stations.len().div_ceil(workers).max(1);
    let readings = Mutex::new(vec![None; stations.len()]);
    thread::scope(|scope| {
        for share in stations.chunks(share) {
            let readings = &readings;
            scope.spawn(move || {
                for &station in share {
                    let mut readings = readings.lock().unwrap();
                    readings[station.id] = Some(net.get_blocking(station));
                }
            });
        }
    });
    readings.into_inner().unwrap().into_iter().flatten().collect()
}
// ANCHOR_END: lock_while_asking

// ANCHOR: first_back_first_written
/// 5: the worker with the first stations is done first.
pub fn first_back_first_written(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
    let share = stations.len().div_ceil(workers).max(1);
    let readings = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for share in stations.chunks(share) {
            let readings = &readings;
            scope.spawn(move || {
                for &station in share {
                    let reading = net.get_blocking(station);
                    readings.lock().unwrap().push(reading);
                }
            });
        }
    });
    readings.into_inner().unwrap()
}
// ANCHOR_END: first_back_first_written
