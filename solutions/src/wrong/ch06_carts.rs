//! Wrong ways to bring driftwood to the fire.

use std::sync::{Arc, Mutex};
use std::thread;

use crossbeam_channel::{TryRecvError, bounded};
use tasks::ch06_carts::{Cart, Tally, Yard};
use tokio::sync::mpsc::{channel, unbounded_channel};
use tokio::sync::{Mutex as AsyncMutex, oneshot};

// ANCHOR: a_second_crab
/// 4: two crabs bring a load sooner than one.
pub async fn a_second_crab(yard: &Yard, loads: u32) -> Tally {
    let (lower, upper, mut cart) = (yard.crab("lower"), yard.crab("upper"), yard.cart());
    for _ in 0..loads {
        lower.load(&mut cart).await;
        lower.haul(&mut cart).await;
        upper.tip(&mut cart).await;
        upper.back(&mut cart).await;
    }
    Tally { loads, carts: vec![cart] }
}
// ANCHOR_END: a_second_crab

// ANCHOR: one_pile
/// 4: two crabs are twice as quick, wherever they load.
pub async fn one_pile(left: &Yard, _right: &Yard, loads: u32) -> Tally {
    crate::ch06_carts::doubled(left, left, loads).await
}
// ANCHOR_END: one_pile

// ANCHOR: one_crab_after_another
/// 10: the first crab works on in the background while the second begins.
pub async fn one_crab_after_another(left: &Yard, right: &Yard, loads: u32) -> Tally {
    let one = crate::ch06_carts::solo(left, loads.div_ceil(2)).await;
    let two = crate::ch06_carts::solo(right, loads / 2).await;
    Tally { loads: one.loads + two.loads, carts: one.carts.into_iter().chain(two.carts).collect() }
}
// ANCHOR_END: one_crab_after_another

// ANCHOR: one_crab_two_carts
/// 8: while a crab pushes one cart, it can push another; they overlap, like requests.
pub async fn one_crab_two_carts(left: &Yard, right: &Yard, loads: u32) -> Tally {
    let crab = left.crab("solo");
    let bring = async |mut cart: Cart, share: u32| {
        for _ in 0..share {
            crab.load(&mut cart).await;
            crab.haul(&mut cart).await;
            crab.tip(&mut cart).await;
            crab.back(&mut cart).await;
        }
        cart
    };
    let carts = tokio::join!(bring(left.cart(), loads.div_ceil(2)), bring(right.cart(), loads / 2));
    Tally { loads, carts: vec![carts.0, carts.1] }
}
// ANCHOR_END: one_crab_two_carts

// ANCHOR: sender_kept
/// 32: a channel that nothing more is sent to comes to its end.
pub async fn sender_kept(yard: &Yard, loads: u32, carts: usize) -> Tally {
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
        // Nothing more is sent to the hauler from here on.
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
    tokio::spawn(async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    Tally { loads, carts: loading.await.unwrap() }
}
// ANCHOR_END: sender_kept

// ANCHOR: one_cart
/// 36: four crabs are four times as quick, and one cart is less to care for.
pub async fn one_cart(yard: &Yard, loads: u32, _carts: usize) -> Tally {
    crate::ch06_carts::interleaved(yard, loads, 1).await
}
// ANCHOR_END: one_cart

// ANCHOR: loader_brings_back
/// 37: a crab less and a way more come to the same: the work is shared out all the same.
pub async fn loader_brings_back(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    let [load, haul, tend] = ["load", "haul", "tend"].map(|name| yard.crab(name));
    let mut stand: Vec<Cart> = (0..carts).map(|_| yard.cart()).collect();
    tokio::spawn(async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    for _ in 0..loads {
        if stand.is_empty() {
            let mut cart = tipped.recv().await.unwrap();
            load.back(&mut cart).await;
            stand.push(cart);
        }
        let mut cart = stand.pop().unwrap();
        load.load(&mut cart).await;
        to_haul.send(cart).await.unwrap();
    }
    drop(to_haul);
    while let Some(mut cart) = tipped.recv().await {
        load.back(&mut cart).await;
        stand.push(cart);
    }
    Tally { loads, carts: stand }
}
// ANCHOR_END: loader_brings_back

// ANCHOR: a_cart_for_every_load
/// 31: the queue before the hauler holds the loader back, so nobody has to wait for a cart.
pub async fn a_cart_for_every_load(yard: &Yard, loads: u32, _carts: usize) -> Tally {
    let (to_haul, mut full) = unbounded_channel();
    let (to_tip, mut arrived) = unbounded_channel();
    let (to_bring_back, mut tipped) = unbounded_channel();
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let loading = async move {
        for _ in 0..loads {
            let mut cart = yard.cart();
            load.load(&mut cart).await;
            to_haul.send(cart).unwrap();
        }
    };
    let hauling = async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).unwrap();
        }
    };
    let tending = async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).unwrap();
        }
    };
    let bringing_back = async move {
        let mut home = Vec::new();
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            home.push(cart);
        }
        home
    };
    Tally { loads, carts: tokio::join!(loading, hauling, tending, bringing_back).3 }
}
// ANCHOR_END: a_cart_for_every_load

// ANCHOR: awaited_in_turn
/// 10: `.await` sets the loader to work, and the next line begins to haul.
pub async fn awaited_in_turn(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let loading = async {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
        drop(to_haul);
    };
    let hauling = async {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
        drop(to_tip);
    };
    let tending = async {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
        drop(to_bring_back);
    };
    let bringing_back = async {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
        drop(to_load);
    };
    loading.await;
    hauling.await;
    tending.await;
    bringing_back.await;
    let mut home = Vec::new();
    while let Some(cart) = empty.recv().await {
        home.push(cart);
    }
    Tally { loads, carts: home }
}
// ANCHOR_END: awaited_in_turn

// ANCHOR: yard_locked
/// 24: a lock that is held while a crab works costs nothing.
pub async fn yard_locked(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let burnt = Arc::new(AsyncMutex::new(0));
    let [yard1, yard2, yard3, yard4] = [(); 4].map(|()| burnt.clone());
    let loading = tokio::spawn(async move {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            let _yard = yard1.lock().await;
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
        drop(to_haul);
        let mut home = Vec::new();
        while let Some(cart) = empty.recv().await {
            home.push(cart);
        }
        home
    });
    tokio::spawn(async move {
        while let Some(mut cart) = full.recv().await {
            let _yard = yard2.lock().await;
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = arrived.recv().await {
            let mut burnt = yard3.lock().await;
            tend.tip(&mut cart).await;
            *burnt += 1;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            let _yard = yard4.lock().await;
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    let carts = loading.await.unwrap();
    Tally { loads: *burnt.lock().await, carts }
}
// ANCHOR_END: yard_locked

// ANCHOR: closing_bell
/// 33: the bell is rung after the last load, so the last load is there before the bell.
pub async fn closing_bell(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    let (ring, mut bell) = oneshot::channel();
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
        let _ = ring.send(());
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
            let _ = to_tip.send(cart).await;
        }
    });
    tokio::spawn(async move {
        loop {
            tokio::select! {
                biased;
                _ = &mut bell => break,
                Some(mut cart) = arrived.recv() => {
                    tend.tip(&mut cart).await;
                    to_bring_back.send(cart).await.unwrap();
                }
            }
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    Tally { loads, carts: loading.await.unwrap() }
}
// ANCHOR_END: closing_bell

// ANCHOR: empty_means_over
/// 35: a hauler who finds no full cart has hauled them all.
pub async fn empty_means_over(yard: &Yard, loads: u32, carts: usize) -> Tally {
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
            let Some(mut cart) = empty.recv().await else { break };
            load.load(&mut cart).await;
            let _ = to_haul.send(cart).await;
        }
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
            if full.is_empty() {
                break;
            }
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    Tally { loads, carts: loading.await.unwrap() }
}
// ANCHOR_END: empty_means_over

// ANCHOR: loader_goes_home
/// 38: a cart that is sent to the pile is at the pile, whoever is there.
pub async fn loader_goes_home(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    tokio::spawn(async move {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    let bringing_back = tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            // The loader may have gone home already.
            let _ = to_load.send(cart).await;
        }
    });
    bringing_back.await.unwrap();
    Tally { loads, carts: vec![] }
}
// ANCHOR_END: loader_goes_home

// ANCHOR: reported_at_the_fire
/// 62: when the last load burns, everybody is done.
pub async fn reported_at_the_fire(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = channel(carts);
    let (to_haul, mut full) = channel(carts);
    let (to_tip, mut arrived) = channel(carts);
    let (to_bring_back, mut tipped) = channel(carts);
    let (bring_home, mut home) = channel(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).await.unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    tokio::spawn(async move {
        for _ in 0..loads {
            let mut cart = empty.recv().await.unwrap();
            load.load(&mut cart).await;
            to_haul.send(cart).await.unwrap();
        }
        drop(to_haul);
        while let Some(cart) = empty.recv().await {
            bring_home.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = full.recv().await {
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    let tending = tokio::spawn(async move {
        while let Some(mut cart) = arrived.recv().await {
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    tokio::spawn(async move {
        while let Some(mut cart) = tipped.recv().await {
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    tending.await.unwrap();
    let carts = std::iter::from_fn(|| home.try_recv().ok()).collect();
    Tally { loads, carts }
}
// ANCHOR_END: reported_at_the_fire

// ANCHOR: asks_for_carts
/// 25: to wait for a cart is to ask for one until it is there.
pub async fn asks_for_carts(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let places: Arc<Mutex<[Vec<Cart>; 4]>> = Arc::default();
    places.lock().unwrap()[0].extend((0..carts).map(|_| yard.cart()));
    let mut line = tokio::task::JoinSet::new();
    for (at, name) in ["load", "haul", "tip", "back"].into_iter().enumerate() {
        let (crab, places) = (yard.crab(name), places.clone());
        line.spawn(async move {
            for _ in 0..loads {
                let mut cart = loop {
                    let found = places.lock().unwrap()[at].pop();
                    match found {
                        Some(cart) => break cart,
                        None => tokio::task::yield_now().await,
                    }
                };
                match at {
                    0 => crab.load(&mut cart).await,
                    1 => crab.haul(&mut cart).await,
                    2 => crab.tip(&mut cart).await,
                    _ => crab.back(&mut cart).await,
                }
                places.lock().unwrap()[(at + 1) % 4].push(cart);
            }
        });
    }
    line.join_all().await;
    let home = places.lock().unwrap()[0].drain(..).collect();
    Tally { loads, carts: home }
}
// ANCHOR_END: asks_for_carts

// ANCHOR: one_hand
/// 1: four crabs in a line are at work at once, whoever moves them.
pub fn one_hand(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(crate::ch06_carts::interleaved(yard, loads, carts))
}
// ANCHOR_END: one_hand

// ANCHOR: a_thread_after_another
/// 12: once a thread is spawned, it works on beside the next, wherever the join stands.
pub fn a_thread_after_another(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(carts);
    let (to_haul, full) = bounded(carts);
    let (to_tip, arrived) = bounded(carts);
    let (to_bring_back, tipped) = bounded(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let loading = thread::spawn(move || {
        for _ in 0..loads {
            let mut cart = empty.recv().unwrap();
            load.load_blocking(&mut cart);
            to_haul.send(cart).unwrap();
        }
        empty
    });
    let empty = loading.join().unwrap();
    let hauling = thread::spawn(move || {
        for mut cart in full {
            haul.haul_blocking(&mut cart);
            to_tip.send(cart).unwrap();
        }
    });
    hauling.join().unwrap();
    let tending = thread::spawn(move || {
        for mut cart in arrived {
            tend.tip_blocking(&mut cart);
            to_bring_back.send(cart).unwrap();
        }
    });
    tending.join().unwrap();
    let bringing_back = thread::spawn(move || {
        for mut cart in tipped {
            back.back_blocking(&mut cart);
            to_load.send(cart).unwrap();
        }
    });
    bringing_back.join().unwrap();
    Tally { loads, carts: empty.iter().collect() }
}
// ANCHOR_END: a_thread_after_another

// ANCHOR: one_key_to_the_yard
/// 50: crabs who wait for the key to the yard can work meanwhile.
pub fn one_key_to_the_yard(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(carts);
    let (to_haul, full) = bounded(carts);
    let (to_tip, arrived) = bounded(carts);
    let (to_bring_back, tipped) = bounded(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    let key = &Mutex::new(());
    thread::scope(|scope| {
        let loading = scope.spawn(move || {
            for _ in 0..loads {
                let mut cart = empty.recv().unwrap();
                let _key = key.lock().unwrap();
                load.load_blocking(&mut cart);
                to_haul.send(cart).unwrap();
            }
            drop(to_haul);
            empty.iter().collect()
        });
        scope.spawn(move || {
            for mut cart in full {
                let _key = key.lock().unwrap();
                haul.haul_blocking(&mut cart);
                to_tip.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            for mut cart in arrived {
                let _key = key.lock().unwrap();
                tend.tip_blocking(&mut cart);
                to_bring_back.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            for mut cart in tipped {
                let _key = key.lock().unwrap();
                back.back_blocking(&mut cart);
                to_load.send(cart).unwrap();
            }
        });
        Tally { loads, carts: loading.join().unwrap() }
    })
}
// ANCHOR_END: one_key_to_the_yard

// ANCHOR: senders_in_every_thread
/// 32: once all loads are burnt, the channels know that it is over.
pub fn senders_in_every_thread(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(carts);
    let (to_haul, full) = bounded(carts);
    let (to_tip, arrived) = bounded(carts);
    let (to_bring_back, tipped) = bounded(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).unwrap();
    }
    thread::scope(|scope| {
        let loading = scope.spawn(|| {
            let crab = yard.crab("load");
            for _ in 0..loads {
                let mut cart = empty.recv().unwrap();
                crab.load_blocking(&mut cart);
                to_haul.send(cart).unwrap();
            }
            empty.iter().collect()
        });
        scope.spawn(|| {
            let crab = yard.crab("haul");
            for mut cart in &full {
                crab.haul_blocking(&mut cart);
                to_tip.send(cart).unwrap();
            }
        });
        scope.spawn(|| {
            let crab = yard.crab("tend");
            for mut cart in &arrived {
                crab.tip_blocking(&mut cart);
                to_bring_back.send(cart).unwrap();
            }
        });
        scope.spawn(|| {
            let crab = yard.crab("back");
            for mut cart in &tipped {
                crab.back_blocking(&mut cart);
                to_load.send(cart).unwrap();
            }
        });
        Tally { loads, carts: loading.join().unwrap() }
    })
}
// ANCHOR_END: senders_in_every_thread

// ANCHOR: asks_without_sleep
/// 25: a thread that asks all the time has its cart sooner.
pub fn asks_without_sleep(yard: &Yard, loads: u32, carts: usize) -> Tally {
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
            drop(to_haul);
            empty.iter().collect()
        });
        scope.spawn(move || {
            loop {
                match full.try_recv() {
                    Ok(mut cart) => {
                        haul.haul_blocking(&mut cart);
                        to_tip.send(cart).unwrap();
                    }
                    Err(TryRecvError::Empty) => std::hint::spin_loop(),
                    Err(TryRecvError::Disconnected) => break,
                }
            }
        });
        scope.spawn(move || {
            for mut cart in arrived {
                tend.tip_blocking(&mut cart);
                to_bring_back.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            for mut cart in tipped {
                back.back_blocking(&mut cart);
                to_load.send(cart).unwrap();
            }
        });
        Tally { loads, carts: loading.join().unwrap() }
    })
}
// ANCHOR_END: asks_without_sleep

// ANCHOR: nobody_joined
/// 62: when the loader is done, the carts are as good as home.
pub fn nobody_joined(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(carts);
    let (to_haul, full) = bounded::<Cart>(carts);
    let (to_tip, arrived) = bounded::<Cart>(carts);
    let (to_bring_back, tipped) = bounded::<Cart>(carts);
    for _ in 0..carts {
        to_load.send(yard.cart()).unwrap();
    }
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    thread::spawn(move || {
        for mut cart in full {
            haul.haul_blocking(&mut cart);
            to_tip.send(cart).unwrap();
        }
    });
    thread::spawn(move || {
        for mut cart in arrived {
            tend.tip_blocking(&mut cart);
            to_bring_back.send(cart).unwrap();
        }
    });
    thread::spawn(move || {
        for mut cart in tipped {
            back.back_blocking(&mut cart);
            let _ = to_load.send(cart);
        }
    });
    for _ in 0..loads {
        let mut cart = empty.recv().unwrap();
        load.load_blocking(&mut cart);
        to_haul.send(cart).unwrap();
    }
    Tally { loads, carts: empty.try_iter().collect() }
}
// ANCHOR_END: nobody_joined

// ANCHOR: nowhere_to_stand
/// 38: whoever hands a cart on gets rid of it.
pub fn nowhere_to_stand(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(0);
    let (to_haul, full) = bounded(0);
    let (to_tip, arrived) = bounded(0);
    let (to_bring_back, tipped) = bounded(0);
    let mut stand: Vec<Cart> = (0..carts).map(|_| yard.cart()).collect();
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| yard.crab(name));
    thread::scope(|scope| {
        let loading = scope.spawn(move || {
            for _ in 0..loads {
                let mut cart = stand.pop().unwrap_or_else(|| empty.recv().unwrap());
                load.load_blocking(&mut cart);
                to_haul.send(cart).unwrap();
            }
            drop(to_haul);
            stand.extend(empty);
            stand
        });
        scope.spawn(move || {
            for mut cart in full {
                haul.haul_blocking(&mut cart);
                to_tip.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            for mut cart in arrived {
                tend.tip_blocking(&mut cart);
                to_bring_back.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            for mut cart in tipped {
                back.back_blocking(&mut cart);
                to_load.send(cart).unwrap();
            }
        });
        Tally { loads, carts: loading.join().unwrap() }
    })
}
// ANCHOR_END: nowhere_to_stand
