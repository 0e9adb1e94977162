//! A search box that answers every key at once: with one thread, then with workers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use crossbeam_channel::{Receiver, Sender, never, unbounded};
use tasks::ch03_search::{Dict, Key, Screen, Word};
use tokio::sync::mpsc;
use tokio::task::yield_now;

/// Echoes every key within one chunk of scanning, and shows the hits when nobody types, all on one thread.
///
/// Returns when there are no more keys and the last hits are on the screen.
pub async fn interleaved(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut next = keys.recv().await;
    while let Some(key) = next {
        key.edit(&mut text);
        screen.echo(&text);
        // Whichever is ready first, and a key before a chunk; the other is dropped. After the last key, the search is left.
        next = tokio::select! {
            biased;
            Some(key) = keys.recv() => Some(key),
            hits = search(dict, &text) => {
                screen.show(&hits);
                keys.recv().await
            }
        };
    }
}

async fn search(dict: &Dict, text: &str) -> Vec<Word> {
    let mut hits = Vec::new();
    for chunk in 0..dict.chunks() {
        hits.extend(dict.scan(chunk, text));
        // Here a key can come in, and here the search ends if one does.
        yield_now().await;
    }
    hits
}

/// Echoes every key at once, while `workers` other threads (at least one) scan. Only the caller's thread draws.
///
/// Returns when there are no more keys and the last hits are on the screen.
pub fn multicore(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    // Split: a job is one chunk, for one search. Searches are numbered; the last one counts.
    let current = AtomicUsize::new(0);
    let (jobs, waiting_jobs) = unbounded();
    let (finds, waiting_finds) = unbounded();
    thread::scope(|scope| {
        // Start: workers who take jobs as long as there is somebody to send one.
        for _ in 0..workers {
            let (jobs, finds, current) = (waiting_jobs.clone(), finds.clone(), &current);
            scope.spawn(move || work(dict, current, &jobs, &finds));
        }
        let (mut text, mut found, mut keys) = (String::new(), BTreeMap::new(), keys.clone());
        let (mut open, mut searching) = (true, false);
        while open || searching {
            // Do: wait for a key and for hits in one place, whichever comes first.
            crossbeam_channel::select! {
                recv(keys) -> key => match key {
                    Ok(key) => {
                        key.edit(&mut text);
                        screen.echo(&text);
                        let search = current.fetch_add(1, SeqCst) + 1;
                        found.clear();
                        searching = true;
                        (0..dict.chunks()).for_each(|chunk| jobs.send((search, chunk, text.clone())).unwrap());
                    }
                    Err(_) => (keys, open) = (never(), false),
                },
                recv(waiting_finds) -> find => {
                    // Collect: by chunk, so that the hits are in the order of the dictionary.
                    let (search, chunk, hits) = find.unwrap();
                    if search == current.load(SeqCst) {
                        found.insert(chunk, hits);
                    }
                    if searching && found.len() == dict.chunks() {
                        searching = false;
                        screen.show(&found.values().flatten().cloned().collect::<Vec<_>>());
                    }
                }
            }
        }
        // Tidy up: without this sender the workers end, and the scope waits for them.
        drop(jobs);
    });
}

type Job = (usize, usize, String);
type Find = (usize, usize, Vec<Word>);

fn work(dict: &Dict, current: &AtomicUsize, jobs: &Receiver<Job>, finds: &Sender<Find>) {
    for (search, chunk, text) in jobs {
        if search == current.load(SeqCst) {
            finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
        }
    }
}
