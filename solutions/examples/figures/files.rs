//! Where you put the await, with files: the five of chapter 4, on its disk, and looked at by its solution.

use crate::stage;
use probes::run::Step;
use probes::{Recorder, Run, clock};
use solutions::ch04_twins::interleaved;
use std::path::PathBuf;
use tasks::ch04_twins::Disk;
use tasks::ch04_twins::paused::{self, Entry, OPENING, Opening, PausedDisk};
use tokio::time::Instant;

pub fn five(how: &str) -> Run {
    let (at_once, open_limit) = match how {
        "one-by-one" => (5, 1),
        "all" => (5, 5),
        "batches" => (2, 2),
        _ => (5, 2),
    };
    let files = paused::five();
    let steps = look(&files, at_once, open_limit);
    let tasks = files.iter().enumerate().map(|(at, file)| stage::task(&file.name, at, &steps)).collect();
    Run { name: format!("stations set=5 how={how} limit=2"), tasks }
}

fn look(files: &[Entry], at_once: usize, open_limit: usize) -> Vec<(usize, Step)> {
    let paths: Vec<PathBuf> = files.iter().map(Entry::path).collect();
    let drive = PausedDisk::new(&Recorder::default(), files.to_vec());
    let disk = Disk::new(drive.clone());
    let looked = clock::paused(async {
        let start = Instant::now();
        for some in paths.chunks(at_once) {
            interleaved(&disk, some, open_limit).await;
        }
        start
    });
    let (start, _) = looked.expect("every file is closed");
    drive.openings().into_iter().flat_map(|opening| steps(&opening, start)).collect()
}

/// A file is opened, then read.
fn steps(opening: &Opening, start: Instant) -> [(usize, Step); 2] {
    let ms = |moment: Option<Instant>| (moment.expect("every file was open") - start).as_millis() as u64;
    let (opened, closed) = (ms(opening.opened), ms(opening.closed));
    let reading = opened + OPENING;
    let step = |start, end| (opening.file, Step { thread: 0, start, len: end - start });
    [step(opened, reading), step(reading, closed)]
}
