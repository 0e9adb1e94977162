//! Wrong on purpose: change a line or two until `cargo run --example ch03-broken` passes.

use probes::{Reported, program};
use tasks::ch03_search::{Dict, Key, Screen, check};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, yield_now};

/// Every search is a task of its own, and a new key gives up the old one. Or so it seems.
async fn interleaved(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut searching: Option<JoinHandle<()>> = None;
    while let Some(key) = keys.recv().await {
        if let Some(old) = searching.take() {
            drop(old);
        }
        key.edit(&mut text);
        screen.echo(&text);
        searching = Some(tokio::spawn(search_and_show(dict.clone(), screen.clone(), text.clone())));
    }
    if let Some(last) = searching {
        last.await.unwrap();
    }
}

async fn search_and_show(dict: Dict, screen: Screen, text: String) {
    let mut hits = Vec::new();
    for chunk in 0..dict.chunks() {
        hits.extend(dict.scan(chunk, &text));
        yield_now().await;
    }
    screen.show(&hits);
}

fn main() -> Reported {
    Reported(program("ch03-broken", || check::interleaved(interleaved)))
}
