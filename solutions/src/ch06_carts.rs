//! Crabs bring driftwood to a beacon: one, two side by side, four in a line, and the line on four threads.

use std::thread;

use crossbeam_channel::bounded;
use tasks::ch06_carts::{Tally, Yard};
use tokio::sync::mpsc::channel;

/// One crab with one cart does everything: load, haul, tip, back, for every load.
pub async fn solo(yard: &Yard, loads: u32) -> Tally {
    let (crab, mut cart) = (yard.crab("solo"), yard.cart());
    for _ in 0..loads {
        crab.load(&mut cart).await;
        crab.haul(&mut cart).await;
        crab.tip(&mut cart).await;
        crab.back(&mut cart).await;
    }
    Tally { loads, carts: vec![cart] }
}

/// Two crabs do that side by side, each in a yard of its own, and share the loads.
pub async fn doubled(left: &Yard, right: &Yard, loads: u32) -> Tally {
    let (one, two) = tokio::join!(solo(left, loads.div_ceil(2)), solo(right, loads / 2));
    Tally { loads: one.loads + two.loads, carts: one.carts.into_iter().chain(two.carts).collect() }
}

/// Four crabs in a line, on one thread: one loads, one hauls, one tends the fire, one brings carts back.
///
/// They hand `carts` carts on (at least one), and all of them are in the tally.
pub async fn interleaved(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let loading = tokio::spawn(async move {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
        // In a ring, somebody has to begin with the end, and only the loader knows when.
        drop(to_haul);
        let mut home = Vec::new();
        while let Some(cart) = empty.recv().await {
            home.push(cart);
        }
        home
    });
    tokio::spawn(async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    let tending = tokio::spawn(async move {
        let mut burnt = 0;
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            burnt += 1;
            to_bring_back.send(cart).await.unwrap();
        }
        burnt
    });
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    // The loader ends last: the carts come home when all the others have gone.
    Tally { loads: tending.await.unwrap(), carts: loading.await.unwrap() }
}

/// The same four crabs, each on a thread of its own.
///
/// They hand `carts` carts on (at least one), and all of them are in the tally.
pub fn multicore(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(carts);
    let (to_haul, full) = bounded(carts);
    let (to_tip, arrived) = bounded(carts);
    let (to_bring_back, tipped) = bounded(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    thread::scope(|scope| {
        let loading = scope.spawn(move || {
            for _ in 0..loads {
                let mut cart = empty.recv().unwrap();
                load.load_blocking(&mut cart);
                to_haul.send(cart).unwrap();
            }
            // In a ring, somebody has to begin with the end, and only the loader knows when.
            drop(to_haul);
            empty.iter().collect()
        });
        scope.spawn(move || {
            for mut cart in full {
                haul.haul_blocking(&mut cart);
                to_tip.send(cart).unwrap();
            }
        });
        let tending = scope.spawn(move || {
            let mut burnt = 0;
            for mut cart in arrived {
                tend.tip_blocking(&mut cart);
                burnt += 1;
                to_bring_back.send(cart).unwrap();
            }
            burnt
        });
        scope.spawn(move || {
            for mut cart in tipped {
                back.back_blocking(&mut cart);
                to_load.send(cart).unwrap();
            }
        });
        Tally { loads: tending.join().unwrap(), carts: loading.join().unwrap() }
    })
}
