//! Compiled here once, and not after every save: what a learner's code most likely asks of a channel.
//!
//! Generic code is compiled by whoever uses it first with a type, and those who depend on that crate share it. Nothing
//! here is ever called.

use std::collections::BTreeMap;

use crossbeam_channel::{Receiver, Sender, bounded, never, unbounded};
use tokio::sync::mpsc;

use crate::ch03_search::{Key, Word};
use crate::ch06_carts::Cart;

/// The types that the chapters hand on: keys; carts; and a search by its number, one of its chunks, and what is
/// asked or found there.
pub fn all() -> [Box<dyn Future<Output = ()>>; 2] {
    on_threads::<Key>();
    on_threads::<(usize, usize, String)>();
    on_threads::<(usize, usize, Vec<Word>)>();
    on_threads::<Cart>();
    in_order();
    [Box::new(on_one_thread::<Key>()), Box::new(on_one_thread::<Cart>())]
}

fn on_threads<T>() {
    let channel: [(Sender<T>, Receiver<T>); 2] = [bounded(1), unbounded()];
    for (send, receive) in channel {
        if let Ok(value) = receive.clone().recv() {
            send.clone().send(value).unwrap();
        }
        if let Ok(value) = receive.try_recv() {
            send.try_send(value).unwrap();
        }
        crossbeam_channel::select! {
            recv(never::<T>()) -> value => drop(value),
            recv(receive) -> value => drop(value),
        }
        receive.iter().chain(receive.try_iter()).for_each(drop);
        receive.into_iter().for_each(drop);
    }
}

async fn on_one_thread<T>() {
    let (send, mut receive) = mpsc::channel::<T>(1);
    if let Some(value) = receive.recv().await {
        send.clone().send(value).await.unwrap();
    }
    if let Ok(value) = receive.try_recv() {
        send.try_send(value).unwrap();
    }
    receive.close();
}

fn in_order() {
    let mut hits: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
    hits.insert(0, vec![]);
    hits.values().flatten().cloned().collect::<Vec<_>>().sort();
    hits.clear();
}
