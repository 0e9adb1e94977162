//! The runs that the figures show, made by Rust, so that the book's own simulator can be held to them.
//!
//! `runs` prints them in the text form of `probes::run`, `charts` draws each with `probes::chart`. Both are kept in
//! `book/figures/golden/`, and `book/tests/agreement.test.mjs` demands them of the figures, byte for byte.
//!
//! Time is tokio's paused clock, so a run takes exactly as long as its design says. A thread is a permit of a
//! fair semaphore: whoever waits longest runs next.

mod files;
mod polls;
mod stage;

use probes::{Run, chart};
use stage::{Stage, all, record};
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

fn main() {
    for run in runs() {
        match std::env::args().nth(1).as_deref() {
            Some("charts") => print!("{}\n{}", run.name, chart::draw(&run)),
            _ => print!("{run}"),
        }
    }
}

fn runs() -> Vec<Run> {
    let mut runs = Vec::new();
    runs.extend([("in-turn", 1), ("by-turns", 1), ("by-turns", 2)].map(|(how, cooks)| pots(how, cooks)));
    runs.extend([1, 2, 4].map(boards));
    for set in [&TWO[..], &FOUR[..], &NINE[..]] {
        runs.extend(["one-by-one", "all", "window", "batches"].map(|how| stations(set, how)));
    }
    runs.extend(["one-by-one", "all", "window", "batches"].map(files::five));
    for rolls in [false, true] {
        for hands in [1, 2, 4] {
            let designs = [("solo", 1), ("two", 2), ("doubled", 2), ("line", 4), ("line", 1)];
            runs.extend(designs.map(|(design, carts)| yard(design, carts, hands, rolls)));
        }
    }
    runs.extend([(1, 100), (1, 20), (1, 10), (1, 5), (2, 100), (2, 20)].map(|(crew, slice)| frames(crew, slice)));
    runs.extend([(1, 3000), (1, 500), (1, 100), (2, 3000)].map(|(crew, slice)| typing(crew, slice)));
    runs.extend([polls::parked(), polls::spun(), polls::by_hand()]);
    runs
}

/// The cover: two pots, four stirs each.
fn pots(how: &str, cooks: usize) -> Run {
    let one_at_a_time = Arc::new(Semaphore::new(if how == "in-turn" { 1 } else { 2 }));
    record(&format!("pots how={how} cooks={cooks}"), cooks, &["soup", "rice"], async |stage: Stage| {
        all((0..2).map(|pot| {
            let (stage, kitchen) = (stage.clone(), one_at_a_time.clone());
            async move {
                let _mine = kitchen.acquire_owned().await.unwrap();
                for _ in 0..4 {
                    stage.work(pot, 1).await;
                }
            }
        }))
        .await;
    })
}

/// Two sortings: eight boards, three moves each, some of them quick.
fn boards(masters: usize) -> Run {
    const MOVES: [[u64; 3]; 8] =
        [[1, 2, 1], [2, 1, 2], [1, 1, 2], [2, 2, 1], [1, 2, 1], [2, 1, 1], [1, 2, 2], [1, 1, 2]];
    record(&format!("boards masters={masters}"), masters, &["a", "b", "c", "d", "e", "f", "g", "h"], async |stage| {
        all(MOVES.into_iter().enumerate().map(|(board, moves)| {
            let stage = stage.clone();
            async move {
                for ms in moves {
                    stage.work(board, ms).await;
                }
            }
        }))
        .await;
    })
}

/// A station's name and how long it takes to answer; the limit belongs to the set.
type Stations = [(&'static str, u64)];
const TWO: [(&str, u64); 2] = [("nome", 30), ("suva", 30)];
const FOUR: [(&str, u64); 4] = [("oslo", 40), ("lima", 10), ("rome", 20), ("baku", 10)];
const NINE: [(&str, u64); 9] =
    [("a", 100), ("b", 10), ("c", 10), ("d", 10), ("e", 10), ("f", 10), ("g", 10), ("h", 10), ("i", 10)];

/// Where you put the await: the same requests, asked for in four ways.
fn stations(set: &Stations, how: &str) -> Run {
    let limit = if set.len() == 9 { 3 } else { 2 };
    let names: Vec<&str> = set.iter().map(|station| station.0).collect();
    record(&format!("stations set={} how={how} limit={limit}", set.len()), 1, &names, async |stage| {
        let ask = |id: usize| {
            let (stage, takes) = (stage.clone(), set[id].1);
            async move { stage.elsewhere(id, takes).await }
        };
        let ids = Vec::from_iter(0..set.len());
        match how {
            "one-by-one" => {
                for id in ids {
                    ask(id).await;
                }
            }
            "all" => all(ids.into_iter().map(ask)).await,
            "batches" => {
                for batch in ids.chunks(limit) {
                    all(batch.iter().map(|&id| ask(id))).await;
                }
            }
            _ => {
                let places = Arc::new(Semaphore::new(limit));
                all(ids.into_iter().map(|id| {
                    let (places, answer) = (places.clone(), ask(id));
                    async move {
                        let _place = places.acquire_owned().await.unwrap();
                        answer.await;
                    }
                }))
                .await;
            }
        }
    })
}

/// Carts and hands: eight loads; a pile and a fire have room for one; each of four steps takes 3 ms.
fn yard(design: &str, carts: usize, hands: usize, rolls: bool) -> Run {
    let name = format!("carts design={design} carts={carts} hands={hands} rolls={}", if rolls { "yes" } else { "no" });
    let room = if design == "doubled" { 2 } else { 1 };
    let (pile, fire) = (Arc::new(Semaphore::new(room)), Arc::new(Semaphore::new(room)));
    let crabs: &[&str] = match design {
        "solo" => &["solo"],
        "line" => &["load", "haul", "tend", "back"],
        _ => &["ann", "bob"],
    };
    record(&name, hands, crabs, async |stage| {
        let yard = Yard { stage, pile, fire, rolls };
        match design {
            "line" => yard.in_line(carts).await,
            "solo" => yard.alone(0, 8).await,
            _ => all((0..2).map(|crab| yard.clone().alone(crab, 4))).await,
        }
    })
}

#[derive(Clone)]
struct Yard {
    stage: Stage,
    pile: Arc<Semaphore>,
    fire: Arc<Semaphore>,
    rolls: bool,
}

impl Yard {
    async fn load(&self, crab: usize) {
        let _room = self.pile.acquire().await.unwrap();
        self.stage.work(crab, 3).await;
    }

    async fn tend(&self, crab: usize) {
        let _room = self.fire.acquire().await.unwrap();
        self.stage.work(crab, 3).await;
    }

    /// To the fire or back again.
    async fn way(&self, crab: usize) {
        match self.rolls {
            true => self.stage.elsewhere(crab, 3).await,
            false => self.stage.work(crab, 3).await,
        }
    }

    async fn alone(self, crab: usize, loads: usize) {
        for _ in 0..loads {
            self.load(crab).await;
            self.way(crab).await;
            self.tend(crab).await;
            self.way(crab).await;
        }
    }

    /// Four procedures, each waiting for a cart from the one before it.
    async fn in_line(self, carts: usize) {
        let (to_pile, mut empty) = mpsc::channel(16);
        let (to_road, mut full) = mpsc::channel(16);
        let (to_fire, mut there) = mpsc::channel(16);
        let (to_way_back, mut done) = mpsc::channel(16);
        for cart in 0..carts {
            to_pile.send(cart).await.unwrap();
        }
        let [loader, hauler, tender, bringer] = [(); 4].map(|()| self.clone());
        let load = tokio::spawn(async move {
            for _ in 0..8 {
                let cart = empty.recv().await.unwrap();
                loader.load(0).await;
                to_road.send(cart).await.unwrap();
            }
        });
        let haul = tokio::spawn(async move {
            while let Some(cart) = full.recv().await {
                hauler.way(1).await;
                to_fire.send(cart).await.unwrap();
            }
        });
        let tend = tokio::spawn(async move {
            while let Some(cart) = there.recv().await {
                tender.tend(2).await;
                to_way_back.send(cart).await.unwrap();
            }
        });
        let back = tokio::spawn(async move {
            while let Some(cart) = done.recv().await {
                bringer.way(3).await;
                let _nobody_loads_any_more = to_pile.send(cart).await;
            }
        });
        tokio::try_join!(load, haul, tend, back).unwrap();
    }
}

/// Deadline strip: a job of 100 ms, and a frame of 4 ms every 10 ms.
fn frames(crew: usize, slice: u64) -> Run {
    let asked = Vec::from_iter((0..12).map(|frame| 10 * frame));
    beside_a_job(&format!("frames crew={crew} slice={slice}"), crew, (100, slice), (&asked, 4, "f"))
}

/// Feel the freeze: a job of 3 s, and a key of 2 ms every 150 ms.
fn typing(crew: usize, slice: u64) -> Run {
    let keys = Vec::from_iter((0..10).map(|key| 150 * key));
    beside_a_job(&format!("typing crew={crew} slice={slice}"), crew, (3000, slice), (&keys, 2, "k"))
}

/// A job in slices, and short pieces of work that are asked for while it runs.
fn beside_a_job(name: &str, crew: usize, (job, slice): (u64, u64), (asked, ms, letter): (&[u64], u64, &str)) -> Run {
    let names = Vec::from_iter((0..asked.len()).map(|piece| format!("{letter}{piece}")));
    let tasks = Vec::from_iter(std::iter::once("job").chain(names.iter().map(String::as_str)));
    record(name, crew, &tasks, async |stage| {
        let slices = stage.clone();
        let job = tokio::spawn(async move {
            for _ in 0..job / slice {
                slices.work(0, slice).await;
            }
        });
        all(asked.iter().copied().enumerate().map(|(piece, at)| {
            let stage = stage.clone();
            async move {
                stage.until(at).await;
                stage.work(piece + 1, ms).await;
            }
        }))
        .await;
        job.await.unwrap();
    })
}
