//! Wrong ways to answer keys while a search is under way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TryRecvError, never, select, unbounded};
use tasks::ch03_search::{Dict, Key, Screen, Word, reference, search};
use tokio::sync::mpsc;
use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

// ANCHOR: async_block
/// 21: what stands in an async block pauses when a key comes.
pub async fn async_block(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    while let Some(key) = keys.recv().await {
        key.edit(&mut text);
        screen.echo(&text);
        let hits = async { search(dict, &text) }.await;
        screen.show(&hits);
    }
}
// ANCHOR_END: async_block

// ANCHOR: spawned_search
/// 19: a spawned search has a thread of its own.
pub async fn spawned_search(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut next = keys.recv().await;
    while let Some(key) = next {
        key.edit(&mut text);
        screen.echo(&text);
        let (dict, text) = (dict.clone(), text.clone());
        let searching = tokio::spawn(async move { search(&dict, &text) });
        next = tokio::select! {
            biased;
            Some(key) = keys.recv() => Some(key),
            hits = searching => {
                screen.show(&hits.unwrap());
                keys.recv().await
            }
        };
    }
}
// ANCHOR_END: spawned_search

// ANCHOR: task_per_chunk
/// 3: a task for every chunk scans them all side by side.
pub async fn task_per_chunk(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut next = keys.recv().await;
    while let Some(key) = next {
        key.edit(&mut text);
        screen.echo(&text);
        let mut chunks = JoinSet::new();
        for chunk in 0..dict.chunks() {
            let (dict, text) = (dict.clone(), text.clone());
            chunks.spawn(async move { dict.scan(chunk, &text) });
        }
        next = tokio::select! {
            biased;
            Some(key) = keys.recv() => Some(key),
            hits = chunks.join_all() => {
                screen.show(&hits.concat());
                keys.recv().await
            }
        };
    }
}
// ANCHOR_END: task_per_chunk

// ANCHOR: thread_joined
/// 20: what runs on another thread does not keep this one.
pub async fn thread_joined(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    while let Some(key) = keys.recv().await {
        key.edit(&mut text);
        screen.echo(&text);
        let (dict, text) = (dict.clone(), text.clone());
        let searching = thread::spawn(move || search(&dict, &text));
        screen.show(&searching.join().unwrap());
    }
}
// ANCHOR_END: thread_joined

// ANCHOR: blocking_wait
/// 18: while this thread waits in `recv`, it can take keys.
pub async fn blocking_wait(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    while let Some(key) = keys.recv().await {
        key.edit(&mut text);
        screen.echo(&text);
        let (dict, text, (found, hits)) = (dict.clone(), text.clone(), std::sync::mpsc::channel());
        tokio::task::spawn_blocking(move || found.send(search(&dict, &text)));
        screen.show(&hits.recv().unwrap());
    }
}
// ANCHOR_END: blocking_wait

// ANCHOR: timeout_around
/// 27: a timeout stops a search that takes too long.
pub async fn timeout_around(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    while let Some(key) = keys.recv().await {
        key.edit(&mut text);
        screen.echo(&text);
        let searching = async { search(dict, &text) };
        if let Ok(hits) = timeout(Duration::from_millis(20), searching).await {
            screen.show(&hits);
        }
    }
}
// ANCHOR_END: timeout_around

// ANCHOR: search_comes_first
/// 34: a select gives a key its turn, even behind a branch that is always ready.
pub async fn search_comes_first(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let (mut text, mut hits, mut chunk) = (String::new(), Vec::new(), dict.chunks());
    loop {
        tokio::select! {
            biased;
            found = async { dict.scan(chunk, &text) }, if chunk < dict.chunks() => {
                hits.extend(found);
                chunk += 1;
                if chunk == dict.chunks() {
                    screen.show(&hits);
                }
                yield_now().await;
            }
            key = keys.recv() => {
                let Some(key) = key else { break };
                key.edit(&mut text);
                screen.echo(&text);
                (hits, chunk) = (Vec::new(), 0);
            }
        }
    }
}
// ANCHOR_END: search_comes_first

// ANCHOR: forgotten_task
/// 15: a task whose handle is dropped has ended.
pub async fn forgotten_task(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let (mut text, mut searching) = (String::new(), None);
    while let Some(key) = keys.recv().await {
        drop(searching.take());
        key.edit(&mut text);
        screen.echo(&text);
        let (dict, screen, text) = (dict.clone(), screen.clone(), text.clone());
        searching = Some(tokio::spawn(async move {
            let hits = in_slices(&dict, &text).await;
            screen.show(&hits);
        }));
    }
    if let Some(last) = searching {
        last.await.unwrap();
    }
}

async fn in_slices(dict: &Dict, text: &str) -> Vec<Word> {
    let mut hits = Vec::new();
    for chunk in 0..dict.chunks() {
        hits.extend(dict.scan(chunk, text));
        yield_now().await;
    }
    hits
}
// ANCHOR_END: forgotten_task

// ANCHOR: search_that_nobody_stops
/// 41: the old search stops by itself when a newer one has begun.
pub async fn search_that_nobody_stops(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let (texts, mut to_search) = mpsc::unbounded_channel::<String>();
    let reader = async move {
        let mut text = String::new();
        while let Some(key) = keys.recv().await {
            key.edit(&mut text);
            screen.echo(&text);
            texts.send(text.clone()).unwrap();
        }
    };
    let searcher = async {
        while let Some(text) = to_search.recv().await {
            let hits = in_slices(dict, &text).await;
            if to_search.is_empty() {
                screen.show(&hits);
            }
        }
    };
    tokio::join!(reader, searcher);
}
// ANCHOR_END: search_that_nobody_stops

// ANCHOR: pause_per_hit
/// 22: the more pauses, the better, since a pause costs nothing.
pub async fn pause_per_hit(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut next = keys.recv().await;
    while let Some(key) = next {
        key.edit(&mut text);
        screen.echo(&text);
        let searching = async {
            let mut hits = Vec::new();
            for chunk in 0..dict.chunks() {
                for hit in dict.scan(chunk, &text) {
                    hits.push(hit);
                    yield_now().await;
                }
            }
            hits
        };
        next = tokio::select! {
            biased;
            Some(key) = keys.recv() => Some(key),
            hits = searching => {
                screen.show(&hits);
                keys.recv().await
            }
        };
    }
}
// ANCHOR_END: pause_per_hit

// ANCHOR: asks_for_keys
/// 25: waiting for a key means asking for it, politely.
pub async fn asks_for_keys(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let (mut text, mut hits, mut chunk) = (String::new(), Vec::new(), dict.chunks());
    loop {
        match keys.try_recv() {
            Ok(key) => {
                key.edit(&mut text);
                screen.echo(&text);
                (hits, chunk) = (Vec::new(), 0);
            }
            Err(_) if chunk < dict.chunks() => {
                hits.extend(dict.scan(chunk, &text));
                chunk += 1;
                if chunk == dict.chunks() {
                    screen.show(&hits);
                }
            }
            Err(mpsc::error::TryRecvError::Disconnected) => break,
            Err(mpsc::error::TryRecvError::Empty) => {}
        }
        yield_now().await;
    }
}
// ANCHOR_END: asks_for_keys

// ANCHOR: searches_all_the_while
/// 25: to wait for the next key, search until it comes.
pub async fn searches_all_the_while(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    loop {
        tokio::select! {
            biased;
            Some(key) = keys.recv() => {
                key.edit(&mut text);
                screen.echo(&text);
            }
            hits = in_slices(dict, &text) => screen.show(&hits),
        }
    }
}
// ANCHOR_END: searches_all_the_while

// ANCHOR: closed_is_done
/// 35: without more keys there is nothing more to do.
pub async fn closed_is_done(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut next = keys.recv().await;
    while let Some(key) = next {
        key.edit(&mut text);
        screen.echo(&text);
        next = tokio::select! {
            biased;
            key = keys.recv() => key,
            hits = in_slices(dict, &text) => {
                screen.show(&hits);
                keys.recv().await
            }
        };
    }
}
// ANCHOR_END: closed_is_done

// ANCHOR: screen_thread_scans
/// 21: a scan pauses when a key comes.
pub fn screen_thread_scans(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, _workers: usize) {
    reference(keys.iter(), dict, screen);
}
// ANCHOR_END: screen_thread_scans

// ANCHOR: joined_before_the_next_key
/// 20: workers that scan leave the thread that waits for them free.
pub fn joined_before_the_next_key(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let mut text = String::new();
    for key in keys {
        key.edit(&mut text);
        screen.echo(&text);
        let share = dict.chunks().div_ceil(workers);
        let chunks: Vec<usize> = (0..dict.chunks()).collect();
        let hits: Vec<Word> = thread::scope(|scope| {
            let scan = |share: &[usize]| share.iter().flat_map(|&chunk| dict.scan(chunk, &text)).collect::<Vec<_>>();
            let scanning: Vec<_> = chunks.chunks(share).map(|share| scope.spawn(move || scan(share))).collect();
            scanning.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        screen.show(&hits);
    }
}
// ANCHOR_END: joined_before_the_next_key

type Job = (usize, usize, String);
type Find = (usize, usize, Vec<Word>);

/// The screen's half of a right answer: `start` begins a search, whose hits come in over `finds`.
fn serve(
    keys: &Receiver<Key>,
    finds: &Receiver<Find>,
    dict: &Dict,
    screen: &Screen,
    mut start: impl FnMut(usize, &str),
) {
    let (mut text, mut found, mut keys) = (String::new(), BTreeMap::new(), keys.clone());
    let (mut search, mut open, mut searching) = (0, true, false);
    while open || searching {
        select! {
            recv(keys) -> key => match key {
                Ok(key) => {
                    key.edit(&mut text);
                    screen.echo(&text);
                    (search, searching) = (search + 1, true);
                    found.clear();
                    start(search, &text);
                }
                Err(_) => (keys, open) = (never(), false),
            },
            recv(finds) -> find => {
                let (of, chunk, hits) = find.unwrap();
                if of == search {
                    found.insert(chunk, hits);
                }
                if searching && found.len() == dict.chunks() {
                    searching = false;
                    screen.show(&found.values().flatten().cloned().collect::<Vec<_>>());
                }
            }
        }
    }
}

fn jobs_of(dict: &Dict, search: usize, text: &str) -> Vec<Job> {
    (0..dict.chunks()).map(|chunk| (search, chunk, text.to_string())).collect()
}

// ANCHOR: jobs_that_nobody_stops
/// 41: jobs for a text that is gone go away by themselves.
pub fn jobs_that_nobody_stops(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let (jobs, waiting) = unbounded::<Job>();
    let (finds, found) = unbounded();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, finds) = (waiting.clone(), finds.clone());
            scope.spawn(move || {
                for (search, chunk, text) in waiting {
                    finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
                }
            });
        }
        serve(keys, &found, dict, screen, |search, text| {
            jobs_of(dict, search, text).into_iter().for_each(|job| jobs.send(job).unwrap());
        });
        drop(jobs);
    });
}
// ANCHOR_END: jobs_that_nobody_stops

// ANCHOR: one_searcher
/// 1: one thread beside the screen's makes all of it parallel.
pub fn one_searcher(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, _workers: usize) {
    crate::ch03_search::multicore(keys, dict, screen, 1);
}
// ANCHOR_END: one_searcher

// ANCHOR: lock_around_the_scan
/// 50: workers that wait for the list of hits can scan meanwhile.
pub fn lock_around_the_scan(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let (current, list) = (AtomicUsize::new(0), Mutex::new(()));
    let (jobs, waiting) = unbounded::<Job>();
    let (finds, found) = unbounded();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, finds, current, list) = (waiting.clone(), finds.clone(), &current, &list);
            scope.spawn(move || {
                for (search, chunk, text) in waiting {
                    let _list = list.lock().unwrap();
                    if search == current.load(SeqCst) {
                        finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
                    }
                }
            });
        }
        serve(keys, &found, dict, screen, |search, text| {
            current.store(search, SeqCst);
            jobs_of(dict, search, text).into_iter().for_each(|job| jobs.send(job).unwrap());
        });
        drop(jobs);
    });
}
// ANCHOR_END: lock_around_the_scan

// ANCHOR: thread_per_chunk
/// 4: a thread for every chunk is faster than a few with many chunks each.
pub fn thread_per_chunk(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, _workers: usize) {
    let current = AtomicUsize::new(0);
    let (finds, found): (Sender<Find>, _) = unbounded();
    thread::scope(|scope| {
        serve(keys, &found, dict, screen, |search, text| {
            current.store(search, SeqCst);
            for (search, chunk, text) in jobs_of(dict, search, text) {
                let (finds, current) = (finds.clone(), &current);
                scope.spawn(move || {
                    if search == current.load(SeqCst) {
                        finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
                    }
                });
            }
        });
    });
}
// ANCHOR_END: thread_per_chunk

// ANCHOR: hits_without_a_number
/// 5: the hits that come in belong to the text that was typed last.
pub fn hits_without_a_number(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = Arc::new(AtomicUsize::new(0));
    let (jobs, waiting) = unbounded::<Job>();
    let (finds, found) = unbounded();
    for _ in 0..workers {
        let (waiting, finds, current, dict) = (waiting.clone(), finds.clone(), current.clone(), dict.clone());
        thread::spawn(move || {
            for (_, chunk, text) in waiting.iter().filter(|(search, ..)| *search == current.load(SeqCst)) {
                finds.send((chunk, dict.scan(chunk, &text))).unwrap();
            }
        });
    }
    let (mut text, mut hits, mut keys, mut open) = (String::new(), BTreeMap::new(), keys.clone(), true);
    let mut searching = false;
    while open || searching {
        select! {
            recv(keys) -> key => match key {
                Ok(key) => {
                    key.edit(&mut text);
                    screen.echo(&text);
                    let search = current.fetch_add(1, SeqCst) + 1;
                    (hits, searching) = (BTreeMap::new(), true);
                    jobs_of(dict, search, &text).into_iter().for_each(|job| jobs.send(job).unwrap());
                }
                Err(_) => (keys, open) = (never(), false),
            },
            recv(found) -> find => {
                let (chunk, words) = find.unwrap();
                hits.entry(chunk).or_insert(words);
                if searching && hits.len() == dict.chunks() {
                    searching = false;
                    screen.show(&hits.values().flatten().cloned().collect::<Vec<_>>());
                }
            }
        }
    }
}
// ANCHOR_END: hits_without_a_number

// ANCHOR: searches_named_by_text
/// 5: a search is known by its text.
pub fn searches_named_by_text(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = Arc::new(Mutex::new(String::new()));
    let (jobs, waiting) = unbounded::<(usize, String)>();
    let (finds, found) = unbounded();
    for _ in 0..workers {
        let (waiting, finds, current, dict) = (waiting.clone(), finds.clone(), current.clone(), dict.clone());
        thread::spawn(move || {
            for (chunk, text) in waiting.iter().filter(|(_, text)| *text == *current.lock().unwrap()) {
                let _ = finds.send((dict.scan(chunk, &text), chunk, text));
            }
        });
    }
    let (mut text, mut hits, mut keys, mut missing) = (String::new(), Vec::new(), keys.clone(), 0);
    let mut open = true;
    while open || missing > 0 {
        select! {
            recv(keys) -> key => match key {
                Ok(key) => {
                    key.edit(&mut text);
                    screen.echo(&text);
                    *current.lock().unwrap() = text.clone();
                    (hits, missing) = (Vec::new(), dict.chunks());
                    (0..dict.chunks()).for_each(|chunk| jobs.send((chunk, text.clone())).unwrap());
                }
                Err(_) => (keys, open) = (never(), false),
            },
            recv(found) -> find => {
                let (words, chunk, of) = find.unwrap();
                if of != text || missing == 0 {
                    continue;
                }
                hits.push((chunk, words));
                missing -= 1;
                if missing == 0 {
                    hits.sort();
                    screen.show(&hits.iter().flat_map(|(_, words)| words.clone()).collect::<Vec<_>>());
                }
            }
        }
    }
}
// ANCHOR_END: searches_named_by_text

// ANCHOR: workers_for_every_key
/// 41: workers whose search is over are gone.
pub fn workers_for_every_key(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = Arc::new(AtomicUsize::new(0));
    let (finds, found) = unbounded();
    let (mut text, mut hits, mut keys, mut open) = (String::new(), BTreeMap::new(), keys.clone(), true);
    let mut searching = false;
    while open || searching {
        select! {
            recv(keys) -> key => match key {
                Ok(key) => {
                    key.edit(&mut text);
                    screen.echo(&text);
                    let search = current.fetch_add(1, SeqCst) + 1;
                    (hits, searching) = (BTreeMap::new(), true);
                    for worker in 0..workers {
                        let (finds, current, dict, text) = (finds.clone(), current.clone(), dict.clone(), text.clone());
                        let share = (worker..dict.chunks()).step_by(workers);
                        thread::spawn(move || {
                            for chunk in share.take_while(|_| current.load(SeqCst) == search) {
                                finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
                            }
                        });
                    }
                }
                Err(_) => (keys, open) = (never(), false),
            },
            recv(found) -> find => {
                let (search, chunk, words) = find.unwrap();
                if search == current.load(SeqCst) {
                    hits.insert(chunk, words);
                }
                if searching && hits.len() == dict.chunks() {
                    searching = false;
                    screen.show(&hits.values().flatten().cloned().collect::<Vec<_>>());
                }
            }
        }
    }
}
// ANCHOR_END: workers_for_every_key

// ANCHOR: selects_what_is_closed
/// 25: a `select!` sleeps, whatever stands in it.
pub fn selects_what_is_closed(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = Arc::new(AtomicUsize::new(0));
    let (jobs, waiting) = unbounded::<Job>();
    let (finds, found) = unbounded();
    for _ in 0..workers {
        let (waiting, finds, current, dict) = (waiting.clone(), finds.clone(), current.clone(), dict.clone());
        thread::spawn(move || {
            for (search, chunk, text) in waiting.iter().filter(|(search, ..)| *search == current.load(SeqCst)) {
                finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
            }
        });
    }
    let (mut text, mut hits, mut open, mut searching) = (String::new(), BTreeMap::new(), true, false);
    while open || searching {
        select! {
            recv(keys) -> key => match key {
                Ok(key) => {
                    key.edit(&mut text);
                    screen.echo(&text);
                    let search = current.fetch_add(1, SeqCst) + 1;
                    (hits, searching) = (BTreeMap::new(), true);
                    jobs_of(dict, search, &text).into_iter().for_each(|job| jobs.send(job).unwrap());
                }
                Err(_) => open = false,
            },
            recv(found) -> find => {
                let (search, chunk, words) = find.unwrap();
                if search == current.load(SeqCst) {
                    hits.insert(chunk, words);
                }
                if searching && hits.len() == dict.chunks() {
                    searching = false;
                    screen.show(&hits.values().flatten().cloned().collect::<Vec<_>>());
                }
            }
        }
    }
}
// ANCHOR_END: selects_what_is_closed

// ANCHOR: hits_as_they_come
/// 5: the first chunk is the first to be scanned.
pub fn hits_as_they_come(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = AtomicUsize::new(0);
    let (jobs, waiting) = unbounded::<Job>();
    let (finds, found) = unbounded::<Find>();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, finds, current) = (waiting.clone(), finds.clone(), &current);
            scope.spawn(move || {
                for (search, chunk, text) in waiting.iter().filter(|(search, ..)| *search == current.load(SeqCst)) {
                    finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
                }
            });
        }
        let (mut text, mut hits, mut missing, mut keys, mut open) = (String::new(), vec![], 0, keys.clone(), true);
        while open || missing > 0 {
            select! {
                recv(keys) -> key => match key {
                    Ok(key) => {
                        key.edit(&mut text);
                        screen.echo(&text);
                        let search = current.fetch_add(1, SeqCst) + 1;
                        (hits, missing) = (vec![], dict.chunks());
                        jobs_of(dict, search, &text).into_iter().for_each(|job| jobs.send(job).unwrap());
                    }
                    Err(_) => (keys, open) = (never(), false),
                },
                recv(found) -> find => {
                    let (search, _, words) = find.unwrap();
                    if search == current.load(SeqCst) {
                        hits.extend(words);
                        missing -= 1;
                        if missing == 0 {
                            screen.show(&hits);
                        }
                    }
                }
            }
        }
        drop(jobs);
    });
}
// ANCHOR_END: hits_as_they_come

// ANCHOR: worker_draws
/// 45: nothing comes between the last look at the text and the drawing.
pub fn worker_draws(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let text = Mutex::new(String::new());
    let (searches, waiting) = unbounded::<String>();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, text) = (waiting.clone(), &text);
            scope.spawn(move || {
                for mine in waiting {
                    let fresh = (0..dict.chunks()).take_while(|_| *text.lock().unwrap() == mine);
                    let hits: Vec<Word> = fresh.flat_map(|chunk| dict.scan(chunk, &mine)).collect();
                    if *text.lock().unwrap() == mine {
                        screen.show(&hits);
                    }
                }
            });
        }
        for key in keys {
            key.edit(&mut text.lock().unwrap());
            screen.echo(&text.lock().unwrap());
            searches.send(text.lock().unwrap().clone()).unwrap();
        }
        drop(searches);
    });
}
// ANCHOR_END: worker_draws

// ANCHOR: asks_both_in_turn
/// 25: to wait for two things, ask one and then the other.
pub fn asks_both_in_turn(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = AtomicUsize::new(0);
    let (jobs, waiting) = unbounded::<Job>();
    let (finds, found) = unbounded::<Find>();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, finds, current) = (waiting.clone(), finds.clone(), &current);
            scope.spawn(move || {
                for (search, chunk, text) in waiting.iter().filter(|(search, ..)| *search == current.load(SeqCst)) {
                    finds.send((search, chunk, dict.scan(chunk, &text))).unwrap();
                }
            });
        }
        let (mut text, mut hits, mut searching) = (String::new(), BTreeMap::new(), false);
        loop {
            match keys.try_recv() {
                Ok(key) => {
                    key.edit(&mut text);
                    screen.echo(&text);
                    let search = current.fetch_add(1, SeqCst) + 1;
                    (hits, searching) = (BTreeMap::new(), true);
                    jobs_of(dict, search, &text).into_iter().for_each(|job| jobs.send(job).unwrap());
                }
                Err(TryRecvError::Disconnected) if !searching => break,
                Err(_) => {}
            }
            let fresh = found.try_iter().filter(|(search, ..)| *search == current.load(SeqCst));
            hits.extend(fresh.map(|(_, chunk, words)| (chunk, words)));
            if searching && hits.len() == dict.chunks() {
                searching = false;
                screen.show(&hits.values().flatten().cloned().collect::<Vec<_>>());
            }
        }
        drop(jobs);
    });
}
// ANCHOR_END: asks_both_in_turn
