//! Five files on one thread: one by one, two open at every moment; and who reads when the files are real.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use probes::{Recorder, chart, clock};
use solutions::ch04_twins::interleaved;
use tasks::ch04_twins::paused::{Entry, OPENING, PausedDisk, five};
use tasks::ch04_twins::tree::Tree;
use tasks::ch04_twins::{Disk, Found, hash_file};

fn main() -> std::io::Result<()> {
    println!("Opening takes {OPENING} ms; reading takes");
    five().iter().for_each(|file| println!("  {} {} ms", file.name, file.takes));
    println!();
    in_virtual_time("One by one", 1);
    in_virtual_time("Two open at every moment", 2);
    on_a_real_disk()
}

/// Looks on a paused clock: the milliseconds are virtual, and the same every time.
fn in_virtual_time(title: &str, open_limit: usize) {
    let recorder = Recorder::default();
    let disk = Disk::new(PausedDisk::new(&recorder, five()));
    let paths: Vec<PathBuf> = five().iter().map(Entry::path).collect();
    let (found, took) = clock::paused(interleaved(&disk, &paths, open_limit)).expect("every file is closed");
    println!("{title}: {} in {took} ms\n\n{}", names(&found), chart::draw(&recorder.run("look")));
}

/// The same function, on real files: which threads read them?
fn on_a_real_disk() -> std::io::Result<()> {
    let folder = Tree::new()?;
    let paths: Vec<PathBuf> = five()
        .iter()
        .map(|file| folder.file(&file.name, format!("{:?}", file.holds).as_bytes()))
        .collect::<Result<_, _>>()?;
    let readers: Arc<Mutex<Vec<ThreadId>>> = Arc::default();
    let seen = readers.clone();
    let disk = Disk::real(move |file| {
        seen.lock().unwrap().push(thread::current().id());
        hash_file(file)
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let found = runtime.block_on(interleaved(&disk, &paths, 2));
    let (here, readers) = (thread::current().id(), readers.lock().unwrap());
    let on_the_loop = readers.iter().filter(|reader| **reader == here).count();
    println!("Real files, two open: {}", names(&found));
    println!("  read by the thread that awaits: {on_the_loop} of {}", readers.len());
    println!("  read by threads of tokio's pool: {} of {}", readers.len() - on_the_loop, readers.len());
    Ok(())
}

/// `ant = cat = elk, bee = dog`.
fn names(found: &Found) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let alike = found.twins.iter().map(|files| files.iter().map(name).collect::<Vec<_>>().join(" = "));
    alike.collect::<Vec<_>>().join(", ")
}
