//! Other ways to find twins.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use tasks::ch04_twins::{Disk, Found, HashFn};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Interleaved: a set of tasks that is filled up whenever one of them is done.
pub async fn set_that_is_filled_up(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let (mut looking, mut looked) = (JoinSet::new(), Vec::new());
    for path in paths {
        if looking.len() == open_limit {
            looked.extend(looking.join_next().await.map(Result::unwrap));
        }
        let (disk, path) = (disk.clone(), path.clone());
        looking.spawn(async move {
            let hash = look(&disk, &path).await;
            (path, hash)
        });
    }
    looked.extend(looking.join_all().await);
    looked.into_iter().collect()
}

async fn look(disk: &Disk, path: &std::path::Path) -> io::Result<u64> {
    let file = disk.open(path).await?;
    file.hash().await
}

/// Interleaved: `open_limit` tasks, each of which takes the next path, and a channel for what they find. The
/// files are taken from the end, since the order of looking is free.
pub async fn tasks_that_take_the_next(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let left = Arc::new(Mutex::new(paths.to_vec()));
    let (tell, mut told) = mpsc::channel(1);
    for _ in 0..open_limit {
        let (disk, left, tell) = (disk.clone(), left.clone(), tell.clone());
        tokio::spawn(async move {
            loop {
                let Some(path) = left.lock().unwrap().pop() else { break };
                let hash = look(&disk, &path).await;
                tell.send((path, hash)).await.unwrap();
            }
        });
    }
    drop(tell);
    let mut looked = Vec::new();
    while let Some(one) = told.recv().await {
        looked.push(one);
    }
    looked.into_iter().collect()
}

/// Interleaved: writes the result by itself, with the failures first, and in no order at all.
pub async fn result_by_hand(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let looked = tasks_that_look(disk, paths, open_limit).await;
    let (good, bad): (Vec<_>, Vec<_>) = looked.into_iter().partition(|(_, hash)| hash.is_ok());
    let failed = bad.into_iter().map(|(path, hash)| (path, format!("{:?}", hash.err()))).collect();
    let mut twins: Vec<(u64, Vec<PathBuf>)> = Vec::new();
    for (path, hash) in good.into_iter().rev().filter_map(|(path, hash)| Some((path, hash.ok()?))) {
        match twins.iter_mut().find(|(known, _)| *known == hash) {
            Some((_, files)) => files.push(path),
            None => twins.push((hash, vec![path])),
        }
    }
    Found { twins: twins.into_iter().map(|(_, files)| files).filter(|files| files.len() > 1).collect(), failed }
}

async fn tasks_that_look(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Vec<(PathBuf, io::Result<u64>)> {
    let places = Arc::new(tokio::sync::Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        let (disk, places) = (disk.clone(), places.clone());
        looking.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let hash = look(&disk, &path).await;
            (path, hash)
        });
    }
    looking.join_all().await
}

/// Multicore: a share of the paths for each worker.
pub fn a_share_each(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let share = paths.len().div_ceil(workers).max(1);
    let look = |path: &PathBuf| (path.clone(), fs::read(path).map(|content| hash.of(&content)));
    thread::scope(|scope| {
        let looking: Vec<_> =
            paths.chunks(share).map(|share| scope.spawn(move || share.iter().map(look).collect::<Vec<_>>())).collect();
        looking.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

/// Multicore: every so many files belong to one worker, and what is found goes through a channel.
pub fn dealt_like_cards(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let (tell, told) = channel();
    thread::scope(|scope| {
        for worker in 0..workers {
            let tell = tell.clone();
            scope.spawn(move || {
                for path in paths.iter().skip(worker).step_by(workers) {
                    let hash = fs::read(path).map(|content| hash.of(&content));
                    tell.send((path.clone(), hash)).unwrap();
                }
            });
        }
        drop(tell);
        told.iter().collect()
    })
}

/// Multicore: threads that outlive no one, though no scope holds them; the caller is one of the workers.
pub fn caller_helps(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let left = Arc::new(Mutex::new(paths.to_vec()));
    let look = {
        let (left, hash) = (left.clone(), hash.clone());
        move || {
            let mut looked = Vec::new();
            loop {
                // The lock is held for taking a path, not for reading the file.
                let Some(path) = left.lock().unwrap().pop() else { break looked };
                let hash = fs::read(&path).map(|content| hash.of(&content));
                looked.push((path, hash));
            }
        }
    };
    let others: Vec<_> = (1..workers).map(|_| thread::spawn(look.clone())).collect();
    let mut looked = look();
    looked.extend(others.into_iter().flat_map(|worker| worker.join().unwrap()));
    looked.into_iter().collect()
}
