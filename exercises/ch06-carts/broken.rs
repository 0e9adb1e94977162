//! Wrong on purpose: change a line until `cargo run --example ch06-broken` passes.

use probes::{Reported, program};
use tasks::ch06_carts::{Tally, Yard, check};
use tokio::sync::mpsc::channel;

/// A line of four: what the loader sends comes back to the loader. Or so it seems.
async fn interleaved(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let loading = async move {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
        drop(to_haul);
        let mut home = Vec::new();
        while let Some(cart) = empty.recv().await {
            home.push(cart);
        }
        home
    };
    let hauling = async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    };
    let tending = async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    };
    let bringing_back = async {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    };
    // `join!` moves all four in turn, until each has ended.
    let (home, ..) = tokio::join!(loading, hauling, tending, bringing_back);
    Tally { loads, carts: home }
}

fn main() -> Reported {
    Reported(program("ch06-broken", || check::interleaved(interleaved)))
}
