//! Other ways to bring driftwood to the fire.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc as std_mpsc};
use std::thread;

use crossbeam_channel::bounded;
use tasks::ch06_carts::{Cart, Crab, Tally, Yard};
use tokio::sync::mpsc::{channel, unbounded_channel};
use tokio::sync::{Mutex as AsyncMutex, Notify};
use tokio::task::JoinSet;

/// Solo: as a task, which owns its yard.
pub async fn in_a_task(yard: &Yard, loads: u32) -> Tally {
    let yard = yard.clone();
    tokio::spawn(async move { crate::ch06_carts::solo(&yard, loads).await }).await.unwrap()
}

/// Solo: round after round, and the rounds are counted.
pub async fn counted_rounds(yard: &Yard, loads: u32) -> Tally {
    let (crab, mut cart, mut burnt) = (yard.crab("me"), yard.cart(), 0);
    while burnt < loads {
        crab.load(&mut cart).await;
        crab.haul(&mut cart).await;
        crab.tip(&mut cart).await;
        burnt += 1;
        crab.back(&mut cart).await;
    }
    Tally { loads: burnt, carts: vec![cart] }
}

/// Doubled: two tasks.
pub async fn two_tasks(left: &Yard, right: &Yard, loads: u32) -> Tally {
    let mut crabs = JoinSet::new();
    for (yard, share) in [(left.clone(), loads / 2), (right.clone(), loads - loads / 2)] {
        crabs.spawn(async move { crate::ch06_carts::solo(&yard, share).await });
    }
    let mut tally = Tally { loads: 0, carts: vec![] };
    while let Some(done) = crabs.join_next().await {
        let done = done.unwrap();
        tally.loads += done.loads;
        tally.carts.extend(done.carts);
    }
    tally
}

/// Doubled: no shares; whoever is free takes the next load.
pub async fn whoever_is_free(left: &Yard, right: &Yard, loads: u32) -> Tally {
    let taken = AtomicU32::new(0);
    let work = async |yard: &Yard| {
        let (crab, mut cart, mut burnt) = (yard.crab("crab"), yard.cart(), 0);
        while taken.fetch_add(1, Ordering::Relaxed) < loads {
            crab.load(&mut cart).await;
            crab.haul(&mut cart).await;
            crab.tip(&mut cart).await;
            crab.back(&mut cart).await;
            burnt += 1;
        }
        (burnt, cart)
    };
    let (one, two) = tokio::join!(work(left), work(right));
    Tally { loads: one.0 + two.0, carts: vec![one.1, two.1] }
}

/// Interleaved: no tasks at all, since `join!` moves four futures as well. The last crab comes first.
pub async fn joined_not_spawned(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, mut empty) = unbounded_channel();
    let (to_haul, mut full) = unbounded_channel();
    let (to_tip, mut arrived) = unbounded_channel();
    let (to_bring_back, mut tipped) = unbounded_channel();
    (0..carts).for_each(|_| to_load.send(yard.cart()).unwrap());
    let back = async {
        let (crab, to_load) = (yard.crab("back"), to_load);
        while let Some(mut cart) = tipped.recv().await {
            crab.back(&mut cart).await;
            to_load.send(cart).unwrap();
        }
    };
    let tend = async {
        let (crab, to_bring_back) = (yard.crab("tend"), to_bring_back);
        while let Some(mut cart) = arrived.recv().await {
            crab.tip(&mut cart).await;
            to_bring_back.send(cart).unwrap();
        }
    };
    let haul = async {
        let (crab, to_tip) = (yard.crab("haul"), to_tip);
        while let Some(mut cart) = full.recv().await {
            crab.haul(&mut cart).await;
            to_tip.send(cart).unwrap();
        }
    };
    let load = async {
        let (crab, to_haul) = (yard.crab("load"), to_haul);
        for _ in 0..loads {
            let mut cart: Cart = empty.recv().await.unwrap();
            crab.load(&mut cart).await;
            to_haul.send(cart).unwrap();
        }
    };
    tokio::join!(back, tend, haul, load);
    // Everybody has gone, so what is in the channel is all there will be.
    let mut home = Vec::new();
    while let Some(cart) = empty.recv().await {
        home.push(cart);
    }
    Tally { loads, carts: home }
}

/// Interleaved: every channel has one place, and all but the loader count.
pub async fn narrow_channels(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_haul, mut full) = channel(1);
    let (to_tip, mut arrived) = channel(1);
    let (to_bring_back, mut tipped) = channel(1);
    let (to_load, mut empty) = channel(1);
    let (load, haul) = (yard.crab("loader"), yard.crab("hauler"));
    let (tend, back) = (yard.crab("stoker"), yard.crab("runner"));
    let mut stand: Vec<Cart> = (0..carts).map(|_| yard.cart()).collect();
    let mut line = JoinSet::new();
    line.spawn(async move {
        for _ in 0..loads {
            let mut cart: Cart = full.recv().await.unwrap();
            haul.haul(&mut cart).await;
            to_tip.send(cart).await.unwrap();
        }
    });
    line.spawn(async move {
        for _ in 0..loads {
            let mut cart: Cart = arrived.recv().await.unwrap();
            tend.tip(&mut cart).await;
            to_bring_back.send(cart).await.unwrap();
        }
    });
    line.spawn(async move {
        for _ in 0..loads {
            let mut cart: Cart = tipped.recv().await.unwrap();
            back.back(&mut cart).await;
            to_load.send(cart).await.unwrap();
        }
    });
    for _ in 0..loads {
        while let Ok(cart) = empty.try_recv() {
            stand.push(cart);
        }
        let mut cart = match stand.pop() {
            Some(cart) => cart,
            None => empty.recv().await.unwrap(),
        };
        load.load(&mut cart).await;
        to_haul.send(cart).await.unwrap();
    }
    while let Some(cart) = empty.recv().await {
        stand.push(cart);
    }
    line.join_all().await;
    Tally { loads, carts: stand }
}

/// Interleaved: no channels, but a place for carts and a bell between two crabs.
pub async fn places_and_bells(yard: &Yard, loads: u32, carts: usize) -> Tally {
    #[derive(Default)]
    struct Place(AsyncMutex<VecDeque<Cart>>, Notify);
    impl Place {
        async fn put(&self, cart: Cart) {
            self.0.lock().await.push_back(cart);
            self.1.notify_one();
        }
        async fn take(&self) -> Cart {
            loop {
                if let Some(cart) = self.0.lock().await.pop_front() {
                    return cart;
                }
                self.1.notified().await;
            }
        }
    }
    let places: [Arc<Place>; 4] = Default::default();
    for _ in 0..carts {
        places[0].put(yard.cart()).await;
    }
    let mut line = JoinSet::new();
    for (at, name) in ["load", "haul", "tip", "back"].into_iter().enumerate() {
        let (crab, from, to) = (yard.crab(name), places[at].clone(), places[(at + 1) % 4].clone());
        line.spawn(async move {
            for _ in 0..loads {
                let mut cart = from.take().await;
                match at {
                    0 => crab.load(&mut cart).await,
                    1 => crab.haul(&mut cart).await,
                    2 => crab.tip(&mut cart).await,
                    _ => crab.back(&mut cart).await,
                }
                to.put(cart).await;
            }
        });
    }
    line.join_all().await;
    let carts = places[0].0.lock().await.drain(..).collect();
    Tally { loads, carts }
}

/// Multicore: the channels and the threads of the standard library, and a loader that joins the others.
pub fn std_channels(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = std_mpsc::channel();
    let (to_haul, full) = std_mpsc::channel::<Cart>();
    let (to_tip, arrived) = std_mpsc::channel::<Cart>();
    let (to_bring_back, tipped) = std_mpsc::channel::<Cart>();
    (0..carts).for_each(|_| to_load.send(yard.cart()).unwrap());
    let hand_on =
        |crab: Crab, from: std_mpsc::Receiver<Cart>, to: std_mpsc::Sender<Cart>, step: fn(&Crab, &mut Cart)| {
            thread::spawn(move || {
                for mut cart in from {
                    step(&crab, &mut cart);
                    to.send(cart).unwrap();
                }
            })
        };
    let line = [
        hand_on(yard.crab("haul"), full, to_tip, Crab::haul_blocking),
        hand_on(yard.crab("tend"), arrived, to_bring_back, Crab::tip_blocking),
        hand_on(yard.crab("back"), tipped, to_load, Crab::back_blocking),
    ];
    let load = yard.crab("load");
    let loading = thread::spawn(move || {
        for _ in 0..loads {
            let mut cart = empty.recv().unwrap();
            load.load_blocking(&mut cart);
            to_haul.send(cart).unwrap();
        }
        drop(to_haul);
        line.into_iter().for_each(|crab| crab.join().unwrap());
        empty.iter().collect()
    });
    Tally { loads, carts: loading.join().unwrap() }
}

/// Multicore: carts go from claw to claw, and only at the pile is room for them; the caller loads.
pub fn from_claw_to_claw(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let (to_load, empty) = bounded(carts);
    let (to_haul, full) = bounded(0);
    let (to_tip, arrived) = bounded(0);
    let (to_bring_back, tipped) = bounded(0);
    let mut stand: Vec<Cart> = (0..carts).map(|_| yard.cart()).collect();
    thread::scope(|scope| {
        scope.spawn(move || {
            let crab = yard.crab("haul");
            for mut cart in full {
                crab.haul_blocking(&mut cart);
                to_tip.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            let crab = yard.crab("tend");
            for mut cart in arrived {
                crab.tip_blocking(&mut cart);
                to_bring_back.send(cart).unwrap();
            }
        });
        scope.spawn(move || {
            let crab = yard.crab("back");
            for mut cart in tipped {
                crab.back_blocking(&mut cart);
                to_load.send(cart).unwrap();
            }
        });
        let crab = yard.crab("load");
        for _ in 0..loads {
            let mut cart = stand.pop().unwrap_or_else(|| empty.recv().unwrap());
            crab.load_blocking(&mut cart);
            to_haul.send(cart).unwrap();
        }
        drop(to_haul);
        stand.extend(empty);
        Tally { loads, carts: stand }
    })
}

/// Multicore: no channels, but one board on which all carts stand, and a bell.
pub fn one_board(yard: &Yard, loads: u32, carts: usize) -> Tally {
    let board: Mutex<[Vec<Cart>; 4]> = Mutex::default();
    let changed = Condvar::new();
    board.lock().unwrap()[0].extend((0..carts).map(|_| yard.cart()));
    let work = |at: usize, crab: Crab, step: fn(&Crab, &mut Cart)| {
        for _ in 0..loads {
            let waiting = board.lock().unwrap();
            let mut cart = changed.wait_while(waiting, |board| board[at].is_empty()).unwrap()[at].pop().unwrap();
            // The board is free while the crab works.
            step(&crab, &mut cart);
            board.lock().unwrap()[(at + 1) % 4].push(cart);
            changed.notify_all();
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| work(0, yard.crab("load"), Crab::load_blocking));
        scope.spawn(|| work(1, yard.crab("haul"), Crab::haul_blocking));
        scope.spawn(|| work(2, yard.crab("tend"), Crab::tip_blocking));
        scope.spawn(|| work(3, yard.crab("back"), Crab::back_blocking));
    });
    let [home, ..] = board.into_inner().unwrap();
    Tally { loads, carts: home }
}
