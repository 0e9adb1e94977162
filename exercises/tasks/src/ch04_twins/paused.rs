//! A disk in virtual time: how long each file takes is given, and is exact.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use probes::{Lane, Recorder, wording};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::{Drive, Later, OpenFile, WORDS};

/// How many virtual milliseconds it takes to open a file.
pub const OPENING: u64 = 10;

/// A file on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// How many virtual milliseconds it takes to read it, once it is open.
    pub takes: u64,
    /// Its hash, or what goes wrong.
    pub holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Hash(u64),
    /// It cannot be opened.
    Gone,
    /// It can be opened, and not be read.
    Broken,
}

impl Entry {
    pub fn new(name: &str, takes: u64, holds: Holds) -> Entry {
        Entry { name: name.into(), takes, holds }
    }

    pub fn path(&self) -> PathBuf {
        PathBuf::from(&self.name)
    }

    /// How long it is open, if nobody keeps it open without reading.
    pub fn open_for(&self) -> u64 {
        if self.holds == Holds::Gone { OPENING } else { OPENING + self.takes }
    }
}

/// Five files: `ant`, `cat` and `elk` are alike, and so are `bee` and `dog`.
pub fn five() -> Vec<Entry> {
    [("ant", 30, 1), ("bee", 10, 2), ("cat", 10, 1), ("dog", 20, 2), ("elk", 10, 1)]
        .map(|(name, takes, hash)| Entry::new(name, takes, Holds::Hash(hash)))
        .to_vec()
}

/// A disk on a paused clock; it writes down when each file was open.
#[derive(Clone, Debug)]
pub struct PausedDisk {
    caller: ThreadId,
    entries: Arc<Vec<Entry>>,
    lanes: Vec<Lane>,
    log: Arc<Mutex<Vec<Opening>>>,
}

/// One file, from the call that was to open it until it was closed.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Its place among the entries.
    pub file: usize,
    /// How many files had been closed when the future was made.
    pub made_after: usize,
    /// When its future was first polled, and when it was closed.
    pub opened: Option<Instant>,
    pub closed: Option<Instant>,
    /// Whether a task of its own polled it, and how many tasks were alive at that moment.
    pub spawned: bool,
    pub alive: usize,
}

impl PausedDisk {
    /// A disk with `entries`; only the thread that makes it may use it.
    pub fn new(recorder: &Recorder, entries: Vec<Entry>) -> PausedDisk {
        let lanes = entries.iter().map(|entry| recorder.task(&entry.name)).collect();
        PausedDisk { caller: thread::current().id(), entries: Arc::new(entries), lanes, log: Arc::default() }
    }

    /// All openings, in the order in which they were asked for.
    pub fn openings(&self) -> Vec<Opening> {
        self.log().clone()
    }

    fn log(&self) -> MutexGuard<'_, Vec<Opening>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn made(&self, file: usize) -> usize {
        let mut log = self.log();
        let made_after = log.iter().filter(|opening| opening.closed.is_some()).count();
        log.push(Opening { file, made_after, opened: None, closed: None, spawned: false, alive: 0 });
        log.len() - 1
    }

    /// A step at a file; only the caller's thread may make one.
    fn step(&self, file: usize) {
        let lane = &self.lanes[file];
        let step = lane.step();
        if thread::current().id() != self.caller {
            lane.recorder().stop(|run| wording::second_thread(&WORDS, run));
        }
        drop(step);
    }

    fn opened(self: &Arc<Self>, file: usize, opening: usize) -> Open {
        self.step(file);
        let mut log = self.log();
        log[opening].opened = Some(Instant::now());
        log[opening].spawned = tokio::task::try_id().is_some();
        log[opening].alive = Handle::current().metrics().num_alive_tasks();
        Open { disk: self.clone(), file, opening }
    }

    fn find(&self, path: &Path) -> Option<usize> {
        self.entries.iter().position(|entry| path.as_os_str() == entry.name.as_str())
    }
}

/// A file that is open until this is dropped.
struct Open {
    disk: Arc<PausedDisk>,
    file: usize,
    opening: usize,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.disk.lanes[self.file].finish();
        // A run that was stopped may drop its futures when the clock is gone.
        if Handle::try_current().is_ok() {
            self.disk.log()[self.opening].closed = Some(Instant::now());
        }
    }
}

impl Drive for PausedDisk {
    fn open(self: Arc<Self>, path: PathBuf) -> Later<OpenFile> {
        let Some(file) = self.find(&path) else {
            return Box::pin(async { Err(io::ErrorKind::NotFound.into()) });
        };
        let opening = self.made(file);
        Box::pin(async move {
            let open = self.opened(file, opening);
            let entry = self.entries[file].clone();
            sleep(Duration::from_millis(OPENING)).await;
            self.step(file);
            if entry.holds == Holds::Gone {
                return Err(io::ErrorKind::NotFound.into());
            }
            Ok(OpenFile::new(async move {
                let open = open;
                sleep(Duration::from_millis(entry.takes)).await;
                open.disk.step(file);
                match entry.holds {
                    Holds::Hash(hash) => Ok(hash),
                    Holds::Gone | Holds::Broken => Err(io::ErrorKind::InvalidData.into()),
                }
            }))
        })
    }
}
