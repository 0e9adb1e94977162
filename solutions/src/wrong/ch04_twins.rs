//! Wrong ways to find twins.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use tasks::ch04_twins::{Disk, Found, HashFn};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

// ANCHOR: await_in_a_loop
/// 10: while one file is awaited, the next is opened in the background.
pub async fn await_in_a_loop(disk: &Disk, paths: &[PathBuf], _open_limit: usize) -> Found {
    let mut looked = Vec::new();
    for path in paths {
        let hash = match disk.open(path).await {
            Ok(file) => file.hash().await,
            Err(error) => Err(error),
        };
        looked.push((path.clone(), hash));
    }
    looked.into_iter().collect()
}
// ANCHOR_END: await_in_a_loop

// ANCHOR: all_open
/// 28: a process can have any number of files open.
pub async fn all_open(disk: &Disk, paths: &[PathBuf], _open_limit: usize) -> Found {
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        let opening = disk.open(&path);
        looking.spawn(async move {
            let hash = async { opening.await?.hash().await }.await;
            (path, hash)
        });
    }
    looking.join_all().await.into_iter().collect()
}
// ANCHOR_END: all_open

// ANCHOR: place_for_opening
/// 28: opening is what takes a place; an open file takes none.
pub async fn place_for_opening(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let places = Arc::new(Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        let place = places.clone().acquire_owned().await.unwrap();
        let opening = disk.open(&path);
        looking.spawn(async move {
            let file = opening.await;
            drop(place);
            let hash = async { file?.hash().await }.await;
            (path, hash)
        });
    }
    looking.join_all().await.into_iter().collect()
}
// ANCHOR_END: place_for_opening

// ANCHOR: in_batches
/// 29: batches of `open_limit` files are a limit of `open_limit` files.
pub async fn in_batches(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let mut found = Vec::new();
    for batch in paths.chunks(open_limit) {
        let mut looking = JoinSet::new();
        for path in batch.iter().cloned() {
            let opening = disk.open(&path);
            looking.spawn(async move {
                let hash = async { opening.await?.hash().await }.await;
                (path, hash)
            });
        }
        found.extend(looking.join_all().await);
    }
    found.into_iter().collect()
}
// ANCHOR_END: in_batches

// ANCHOR: one_file_a_core
/// 30: a machine with two cores can wait for two files.
pub async fn one_file_a_core(disk: &Disk, paths: &[PathBuf], _open_limit: usize) -> Found {
    let cores = 2;
    crate::ch04_twins::interleaved(disk, paths, cores).await
}
// ANCHOR_END: one_file_a_core

// ANCHOR: lock_over_the_hash
/// 24: the list of hashes can be locked while a hash is on its way.
pub async fn lock_over_the_hash(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let places = Arc::new(Semaphore::new(open_limit));
    let looked = Arc::new(tokio::sync::Mutex::new(Vec::new()));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        let place = places.clone().acquire_owned().await.unwrap();
        let (opening, looked) = (disk.open(&path), looked.clone());
        looking.spawn(async move {
            let file = opening.await;
            let mut looked = looked.lock().await;
            looked.push((path, async { file?.hash().await }.await));
            drop(place);
        });
    }
    looking.join_all().await;
    std::mem::take(&mut *looked.lock().await).into_iter().collect()
}
// ANCHOR_END: lock_over_the_hash

// ANCHOR: first_error_ends_all
/// 42: an error costs its own file, and the others are still collected.
pub async fn first_error_ends_all(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let places = Arc::new(Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        let place = places.clone().acquire_owned().await.unwrap();
        let opening = disk.open(&path);
        looking.spawn(async move {
            let hash = opening.await?.hash().await?;
            drop(place);
            Ok((path, Ok(hash)))
        });
    }
    let looked: io::Result<Vec<_>> = looking.join_all().await.into_iter().collect();
    looked.unwrap_or_default().into_iter().collect()
}
// ANCHOR_END: first_error_ends_all

// ANCHOR: only_what_could_be_read
/// 42: whoever needs to know of an error has heard of it already.
pub async fn only_what_could_be_read(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let places = Arc::new(Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        let place = places.clone().acquire_owned().await.unwrap();
        let opening = disk.open(&path);
        looking.spawn(async move {
            let hash = opening.await.ok()?.hash().await.ok()?;
            drop(place);
            Some((path, Ok(hash)))
        });
    }
    looking.join_all().await.into_iter().flatten().collect()
}
// ANCHOR_END: only_what_could_be_read

// ANCHOR: place_lost_with_the_file
/// 42: a place is free again when its file has failed.
pub async fn place_lost_with_the_file(disk: &Disk, paths: &[PathBuf], open_limit: usize) -> Found {
    let places = Arc::new(Semaphore::new(open_limit));
    let mut looking = JoinSet::new();
    for path in paths.iter().cloned() {
        // Forgotten here, so that it can be added below.
        places.acquire().await.unwrap().forget();
        let (opening, places) = (disk.open(&path), places.clone());
        looking.spawn(async move {
            let file = match opening.await {
                Ok(file) => file,
                Err(error) => return (path, Err(error)),
            };
            let hash = file.hash().await;
            places.add_permits(1);
            (path, hash)
        });
    }
    looking.join_all().await.into_iter().collect()
}
// ANCHOR_END: place_lost_with_the_file

// ANCHOR: thread_per_file
/// 4: a thread for every file is faster than a few with many files each.
pub fn thread_per_file(paths: &[PathBuf], _workers: usize, hash: &HashFn) -> Found {
    let look = |path: &PathBuf| (path.clone(), fs::read(path).map(|content| hash.of(&content)));
    thread::scope(|scope| {
        let looking: Vec<_> = paths.iter().map(|path| scope.spawn(move || look(path))).collect();
        looking.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
// ANCHOR_END: thread_per_file

// ANCHOR: joined_in_a_loop
/// 12: what is spawned overlaps, even if it is joined at once.
pub fn joined_in_a_loop(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let share = paths.len().div_ceil(workers).max(1);
    let look = |path: &PathBuf| (path.clone(), fs::read(path).map(|content| hash.of(&content)));
    let mut looked = Vec::new();
    for share in paths.chunks(share) {
        thread::scope(|scope| {
            let worker = scope.spawn(|| share.iter().map(look).collect::<Vec<_>>());
            looked.extend(worker.join().unwrap());
        });
    }
    looked.into_iter().collect()
}
// ANCHOR_END: joined_in_a_loop

// ANCHOR: lock_around_the_hash
/// 50: threads that wait for the list can hash meanwhile.
pub fn lock_around_the_hash(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let share = paths.len().div_ceil(workers).max(1);
    let looked = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for share in paths.chunks(share) {
            let looked = &looked;
            scope.spawn(move || {
                for path in share {
                    let content = fs::read(path);
                    let mut looked = looked.lock().unwrap();
                    looked.push((path.clone(), content.map(|content| hash.of(&content))));
                }
            });
        }
    });
    looked.into_inner().unwrap().into_iter().collect()
}
// ANCHOR_END: lock_around_the_hash

// ANCHOR: whole_tree_in_memory
/// 28: memory can take any number of files.
pub fn whole_tree_in_memory(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let read: Vec<_> = paths.iter().map(|path| (path.clone(), fs::read(path))).collect();
    let share = read.len().div_ceil(workers).max(1);
    let mut hashed = Vec::new();
    thread::scope(|scope| {
        let hash_all = |share: &[(PathBuf, io::Result<Vec<u8>>)]| {
            share.iter().map(|(_, content)| content.as_ref().ok().map(|content| hash.of(content))).collect::<Vec<_>>()
        };
        let hashing: Vec<_> = read.chunks(share).map(|share| scope.spawn(move || hash_all(share))).collect();
        hashed.extend(hashing.into_iter().flat_map(|worker| worker.join().unwrap()));
    });
    let looked = read.into_iter().zip(hashed);
    looked.map(|((path, content), hash)| (path, content.map(|_| hash.unwrap_or(0)))).collect()
}
// ANCHOR_END: whole_tree_in_memory

// ANCHOR: worker_ends_at_an_error
/// 42: a worker that ends with an error is noticed.
pub fn worker_ends_at_an_error(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let share = paths.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let look_at_all = |share: &[PathBuf]| -> io::Result<Vec<(PathBuf, io::Result<u64>)>> {
            let mut looked = Vec::new();
            for path in share {
                let content = fs::read(path)?;
                looked.push((path.clone(), Ok(hash.of(&content))));
            }
            Ok(looked)
        };
        let looking: Vec<_> = paths.chunks(share).map(|share| scope.spawn(move || look_at_all(share))).collect();
        looking.into_iter().flat_map(|worker| worker.join().unwrap().unwrap_or_default()).collect()
    })
}
// ANCHOR_END: worker_ends_at_an_error

// ANCHOR: taken_inside_the_scope
/// 62: the threads of a scope are done where its last line stands.
pub fn taken_inside_the_scope(paths: &[PathBuf], workers: usize, hash: &HashFn) -> Found {
    let share = paths.len().div_ceil(workers).max(1);
    let looked = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for share in paths.chunks(share) {
            let looked = &looked;
            scope.spawn(move || {
                for path in share {
                    let hash = fs::read(path).map(|content| hash.of(&content));
                    looked.lock().unwrap().push((path.clone(), hash));
                }
            });
        }
        looked.lock().unwrap().drain(..).collect()
    })
}
// ANCHOR_END: taken_inside_the_scope
