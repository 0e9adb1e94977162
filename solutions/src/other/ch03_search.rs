//! Other ways to answer keys while a search is under way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Condvar, Mutex};
use std::thread;

use crossbeam_channel::{Receiver, select, unbounded};
use tasks::ch03_search::{Dict, Key, Screen, Word};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, yield_now};

/// Interleaved: every search is a task of its own, and a key ends it.
pub async fn task_that_is_aborted(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    let mut searching: Option<JoinHandle<()>> = None;
    while let Some(key) = keys.recv().await {
        searching.take().iter().for_each(JoinHandle::abort);
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

/// Interleaved: one loop that remembers how far the search is, and looks for a key before every chunk.
pub async fn chunk_by_chunk(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let (mut text, mut hits, mut chunk) = (String::new(), Vec::new(), dict.chunks());
    loop {
        let key = if chunk < dict.chunks() {
            yield_now().await;
            keys.try_recv().ok()
        } else {
            let Some(key) = keys.recv().await else { break };
            Some(key)
        };
        if let Some(key) = key {
            key.edit(&mut text);
            screen.echo(&text);
            (hits, chunk) = (Vec::new(), 0);
            continue;
        }
        hits.extend(dict.scan(chunk, &text));
        chunk += 1;
        if chunk == dict.chunks() {
            screen.show(&hits);
        }
    }
}

/// Interleaved: one future reads keys, the other searches for the text that it finds on a board.
pub async fn reader_and_searcher(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    let (board, mut texts) = watch::channel(String::new());
    let reader = async move {
        while let Some(key) = keys.recv().await {
            board.send_modify(|text| key.edit(text));
            screen.echo(&board.borrow());
        }
    };
    let searcher = async {
        while texts.changed().await.is_ok() {
            let text = texts.borrow_and_update().clone();
            let (mut hits, mut chunks) = (Vec::new(), 0..dict.chunks());
            while *texts.borrow() == text {
                let Some(chunk) = chunks.next() else {
                    screen.show(&hits);
                    break;
                };
                hits.extend(dict.scan(chunk, &text));
                yield_now().await;
            }
        }
    };
    tokio::join!(reader, searcher);
}

/// Multicore: a search that all workers share, behind a lock. They take its chunks one by one.
pub fn chunks_behind_a_lock(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    struct Search {
        text: String,
        next: usize,
        closed: bool,
    }
    let (search, changed) =
        (Mutex::new(Search { text: String::new(), next: dict.chunks(), closed: false }), Condvar::new());
    let (finds, found) = unbounded();
    let work = || {
        loop {
            let idle = |search: &mut Search| search.next == dict.chunks() && !search.closed;
            let mut search = changed.wait_while(search.lock().unwrap(), idle).unwrap();
            if search.next == dict.chunks() {
                break;
            }
            let (chunk, text) = (search.next, search.text.clone());
            search.next += 1;
            drop(search);
            let hits = dict.scan(chunk, &text);
            finds.send((text, chunk, hits)).unwrap();
        }
    };
    thread::scope(|scope| {
        (0..workers).for_each(|_| drop(scope.spawn(work)));
        let (mut text, mut hits) = (String::new(), BTreeMap::new());
        let (mut keys, mut open, mut missing) = (keys.clone(), true, false);
        while open || missing {
            select! {
                recv(keys) -> key => {
                    if let Ok(key) = key {
                        key.edit(&mut text);
                        (hits, missing) = (BTreeMap::new(), true);
                        *search.lock().unwrap() = Search { text: text.clone(), next: 0, closed: false };
                        changed.notify_all();
                        screen.echo(&text);
                    } else {
                        (keys, open) = (crossbeam_channel::never(), false);
                    }
                }
                recv(found) -> find => {
                    let (of, chunk, words) = find.unwrap();
                    if of == text {
                        hits.insert(chunk, words);
                    }
                    if missing && hits.len() == dict.chunks() {
                        missing = false;
                        screen.show(&hits.values().flatten().cloned().collect::<Vec<_>>());
                    }
                }
            }
        }
        search.lock().unwrap().closed = true;
        changed.notify_all();
    });
}

/// Multicore: keys and hits come in over one channel of the standard library, so that one plain `recv` is enough.
pub fn one_channel_for_both(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    enum News {
        Key(Key),
        NoMoreKeys,
        Hits(usize, usize, Vec<Word>),
    }
    let current = AtomicUsize::new(0);
    let (jobs, waiting) = unbounded::<(usize, usize, String)>();
    let (news_in, news) = std::sync::mpsc::channel();
    thread::scope(|scope| {
        let from_the_keyboard = news_in.clone();
        scope.spawn(move || {
            keys.iter().for_each(|key| from_the_keyboard.send(News::Key(key)).unwrap());
            from_the_keyboard.send(News::NoMoreKeys).unwrap();
        });
        for _ in 0..workers {
            let (waiting, news_in, current) = (waiting.clone(), news_in.clone(), &current);
            scope.spawn(move || {
                let fresh = waiting.iter().filter(|(search, ..)| *search == current.load(SeqCst));
                fresh.for_each(|(search, chunk, text)| {
                    news_in.send(News::Hits(search, chunk, dict.scan(chunk, &text))).unwrap();
                });
            });
        }
        let (mut text, mut open, mut missing, mut hits) = (String::new(), true, 0, vec![Vec::new(); dict.chunks()]);
        while open || missing > 0 {
            match news.recv().unwrap() {
                News::Key(key) => {
                    let search = current.fetch_add(1, SeqCst) + 1;
                    key.edit(&mut text);
                    screen.echo(&text);
                    missing = dict.chunks();
                    (0..missing).for_each(|chunk| jobs.send((search, chunk, text.clone())).unwrap());
                }
                News::NoMoreKeys => open = false,
                News::Hits(search, chunk, words) if search == current.load(SeqCst) => {
                    (hits[chunk], missing) = (words, missing - 1);
                    if missing == 0 {
                        screen.show(&hits.concat());
                    }
                }
                News::Hits(..) => {}
            }
        }
        drop(jobs);
    });
}

/// Multicore: every worker has a share of the dictionary that is always its own, and a channel of its own.
pub fn shares_of_the_dictionary(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    let current = AtomicUsize::new(0);
    let share = dict.chunks().div_ceil(workers);
    let (finds, found) = unbounded();
    thread::scope(|scope| {
        let shares = (0..dict.chunks()).step_by(share).map(|first| first..(first + share).min(dict.chunks()));
        let workers: Vec<_> = shares
            .map(|share| {
                let ((texts, mine), finds, current) = (unbounded::<(usize, String)>(), finds.clone(), &current);
                scope.spawn(move || {
                    for (search, text) in mine {
                        let fresh = share.clone().take_while(|_| search == current.load(SeqCst));
                        let hits: Vec<_> = fresh.flat_map(|chunk| dict.scan(chunk, &text)).collect();
                        finds.send((search, share.start, hits)).unwrap();
                    }
                });
                texts
            })
            .collect();
        let (mut text, mut hits, mut searching) = (String::new(), BTreeMap::new(), false);
        let show = |hits: &mut BTreeMap<_, Vec<Word>>, (search, share, words)| {
            if search == current.load(SeqCst) {
                hits.insert(share, words);
            }
            let done = hits.len() == workers.len();
            if done {
                screen.show(&std::mem::take(hits).into_values().flatten().collect::<Vec<_>>());
            }
            done
        };
        loop {
            select! {
                recv(keys) -> key => {
                    let Ok(key) = key else { break };
                    key.edit(&mut text);
                    screen.echo(&text);
                    let search = current.fetch_add(1, SeqCst) + 1;
                    workers.iter().for_each(|worker| worker.send((search, text.clone())).unwrap());
                    (hits, searching) = (BTreeMap::new(), true);
                }
                recv(found) -> find => searching = !show(&mut hits, find.unwrap()) && searching,
            }
        }
        while searching {
            searching = !show(&mut hits, found.recv().unwrap());
        }
    });
}
