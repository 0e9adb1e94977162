//! Three boxes and the same keys: one that freezes, one that takes turns, one with a worker beside it.

use std::time::Duration;

use probes::{Recorder, chart, clock};
use solutions::ch03_search::{interleaved, multicore};
use solutions::wrong::ch03_search::async_block;
use tasks::ch03_search::desk::{Script, When};
use tasks::ch03_search::paused::PausedDesk;
use tasks::ch03_search::threads::ThreadDesk;
use tasks::ch03_search::{Dict, Key, Screen};
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::sleep;

/// The second key is pressed during the second chunk of the first search, and so on.
const KEYS: Script = &[
    (When::First, Some(Key::Letter('o'))),
    (When::During("o", 2), Some(Key::Letter('w'))),
    (When::During("ow", 2), Some(Key::Letter('l'))),
    (When::During("owl", 2), None),
];

fn main() {
    one_thread("A search, and then the next key", async_block);
    one_thread("A look for a key after every chunk", interleaved);
    a_worker_beside_it("A worker that scans, and a thread for the box");
    a_wait_for_two_things();
}

fn one_thread(title: &str, answer: impl AsyncFn(&mut Receiver<Key>, &Dict, &Screen)) {
    let recorder = Recorder::default();
    let desk = PausedDesk::new(&recorder, KEYS);
    let (dict, screen) = (desk.dict(), desk.screen());
    clock::paused(desk.serve(async |mut keys| answer(&mut keys, &dict, &screen).await)).expect("it comes to its end");
    println!("{title}:\n\n{}", chart::draw(&recorder.run("look")));
}

fn a_worker_beside_it(title: &str) {
    let recorder = Recorder::default();
    let desk = ThreadDesk::new(&recorder, KEYS);
    desk.serve(|keys| multicore(keys, &desk.dict(), &desk.screen(), 1));
    println!("{title}:\n\n{}", chart::draw(&recorder.run("look")));
}

fn a_wait_for_two_things() {
    let (door, mut bell) = channel(1);
    let rings = async {
        sleep(Duration::from_millis(20)).await;
        let _ = door.send("door").await;
    };
    let both = async { tokio::join!(first_of(&mut bell, Duration::from_millis(30)), rings).0 };
    println!("A nap of 30 ms, and a bell after 20: {}.", clock::paused(both).expect("one of them comes").0);
}

// ANCHOR: select
async fn first_of(bell: &mut Receiver<&str>, nap: Duration) -> String {
    tokio::select! {
        Some(who) = bell.recv() => format!("the {who} rings, and the nap is dropped"),
        () = sleep(nap) => "the nap is over, and nobody has rung".into(),
    }
}
// ANCHOR_END: select
