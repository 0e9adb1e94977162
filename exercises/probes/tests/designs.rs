//! The designs that the book argues with, on simulated cores: their finishing times are exact.
//!
//! Crabs bring eight loads of driftwood to a beacon: load the cart at the pile, push it up, tip it into the
//! fire, bring it back. Each takes three virtual milliseconds of somebody's hands. And a player needs a
//! frame every ten, beside a job of a hundred.

use std::sync::Arc;

use probes::cores::{CoreTask, Cores};
use probes::{Run, clock::paused};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep_until};

const LOADS: usize = 8;
const STEP: u64 = 3;

/// A pile and a fire with so many places each; a cart that rolls by itself needs no hand on its way.
#[derive(Clone)]
struct Yard {
    pile: Arc<Semaphore>,
    fire: Arc<Semaphore>,
    rolls: bool,
}

impl Yard {
    async fn load(&self, crab: &CoreTask) {
        let _place = self.pile.acquire().await.unwrap();
        crab.work(STEP).await;
    }

    async fn tip(&self, crab: &CoreTask) {
        let _place = self.fire.acquire().await.unwrap();
        crab.work(STEP).await;
    }

    async fn on_the_way(&self, crab: &CoreTask) {
        if self.rolls { crab.elsewhere(STEP).await } else { crab.work(STEP).await }
    }
}

/// One crab does everything for `loads` loads.
async fn alone(yard: Yard, crab: CoreTask, loads: usize) {
    for _ in 0..loads {
        yard.load(&crab).await;
        yard.on_the_way(&crab).await;
        yard.tip(&crab).await;
        yard.on_the_way(&crab).await;
    }
}

/// Two crabs, each with a cart and half of the loads.
async fn two(yard: Yard, cores: Cores) {
    let mut crabs = JoinSet::new();
    for name in ["ann", "bob"] {
        crabs.spawn(alone(yard.clone(), cores.task(name), LOADS / 2));
    }
    crabs.join_all().await;
}

/// Four procedures: one loads, one hauls, one tends the fire, one brings carts back. Carts are what they hand on.
async fn line(yard: Yard, cores: Cores, carts: usize) {
    let [load, haul, tend, back] = ["load", "haul", "tend", "back"].map(|name| cores.task(name));
    let (give_empty, mut empty) = mpsc::channel(LOADS);
    let (give_full, mut full) = mpsc::channel(LOADS);
    let (give_there, mut there) = mpsc::channel(LOADS);
    let (give_tipped, mut tipped) = mpsc::channel(LOADS);
    for _ in 0..carts {
        give_empty.send(()).await.unwrap();
    }
    let (y1, y2, y3, y4) = (yard.clone(), yard.clone(), yard.clone(), yard);
    let mut procedures = JoinSet::new();
    procedures.spawn(async move {
        for _ in 0..LOADS {
            empty.recv().await.unwrap();
            y1.load(&load).await;
            give_full.send(()).await.unwrap();
        }
    });
    procedures.spawn(async move {
        while full.recv().await.is_some() {
            y2.on_the_way(&haul).await;
            give_there.send(()).await.unwrap();
        }
    });
    procedures.spawn(async move {
        while there.recv().await.is_some() {
            y3.tip(&tend).await;
            give_tipped.send(()).await.unwrap();
        }
    });
    procedures.spawn(async move {
        while tipped.recv().await.is_some() {
            y4.on_the_way(&back).await;
            // The loader may have gone home already.
            let _ = give_empty.send(()).await;
        }
    });
    procedures.join_all().await;
}

/// When a design is finished, on so many hands.
fn finished(design: &str, hands: usize, rolls: bool) -> u64 {
    let places = if design == "doubled" { 2 } else { 1 };
    let place = || Arc::new(Semaphore::new(places));
    let (yard, cores) = (Yard { pile: place(), fire: place(), rolls }, Cores::new(hands));
    let on = cores.clone();
    let (_, took) = paused(async move {
        match design {
            "alone" => alone(yard, on.task("solo"), LOADS).await,
            "two" | "doubled" => two(yard, on).await,
            "line of four, 4 carts" => line(yard, on, 4).await,
            "line of four, 1 cart" => line(yard, on, 1).await,
            other => panic!("no design is called {other}"),
        }
    })
    .unwrap();
    let run = cores.run(design);
    assert_eq!(run.ends(), took, "{design}");
    assert!(run.doing() <= hands, "{design}: more at work than there are hands");
    took
}

/// More hands help a design only as far as it can use them; a better design beats more hands; one cart ruins all.
#[test]
fn the_carts_table() {
    let table = [
        ("alone", [96, 96, 96], [96, 96, 96]),
        ("two", [96, 51, 51], [51, 51, 51]),
        ("doubled", [96, 48, 48], [51, 48, 48]),
        ("line of four, 4 carts", [96, 51, 33], [51, 33, 33]),
        ("line of four, 1 cart", [96, 96, 96], [96, 96, 96]),
    ];
    for (design, pushed, rolling) in table {
        assert_eq!([1, 2, 4].map(|hands| finished(design, hands, false)), pushed, "{design}");
        assert_eq!([1, 2, 4].map(|hands| finished(design, hands, true)), rolling, "{design}, rolling");
    }
}

/// Twelve frames, one every 10 ms, each 4 ms of work, due when the next is asked for; beside them a job of 100 ms
/// in slices. Returns how late the latest frame was, how many were late, and the run.
fn frames(cores: usize, slice: u64) -> (u64, usize, Run) {
    let cores = Cores::new(cores);
    let on = cores.clone();
    let (late, _) = paused(async move {
        let start = Instant::now();
        let job = on.task("job");
        let mut all = JoinSet::new();
        all.spawn(async move {
            for _ in 0..100 / slice {
                job.work(slice).await;
            }
            0
        });
        for number in 0..12 {
            let frame = on.task(format!("f{number}"));
            all.spawn(async move {
                sleep_until(start + Duration::from_millis(10 * number)).await;
                frame.work(4).await;
                (start.elapsed().as_millis() as u64).saturating_sub(10 * number + 10)
            });
        }
        all.join_all().await
    })
    .unwrap();
    (late.iter().copied().max().unwrap(), late.iter().filter(|&&late| late > 0).count(), cores.run("frames"))
}

/// One core in slices of 5 ms does what two cores do: nothing is late. The work is the same every time.
#[test]
fn the_deadline_numbers() {
    let numbers = [((1, 100), (94, 12)), ((1, 20), (24, 12)), ((1, 5), (0, 0)), ((2, 100), (0, 0))];
    for ((cores, slice), due) in numbers {
        let (worst, missed, run) = frames(cores, slice);
        assert_eq!((worst, missed), due, "{cores} cores, slices of {slice} ms");
        let work: u64 = run.tasks.iter().flat_map(|task| &task.steps).map(|step| step.len).sum();
        assert_eq!(work, 148);
    }
}
