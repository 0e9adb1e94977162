//! Your own two functions, on a folder of your choice: `cargo run -p ch04 --example try --features try -- FOLDER`.
//!
//! Nothing is written or changed. Links are not followed, and devices and pipes are not opened.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

use tasks::ch04_twins::{Disk, Found, HashFn, hash_bytes, hash_file};

/// How many files `interleaved` may have open.
const OPEN_LIMIT: usize = 32;
/// `multicore` has as many whole files in memory as there are workers, so very large ones stay out.
const LARGEST: u64 = 64 << 20;
/// The paths are kept in memory; a list has an end.
const MOST_FILES: usize = 200_000;
/// No list on the screen is longer than this.
const SHOWN: usize = 10;

fn main() -> ExitCode {
    let folder = match folder() {
        Ok(folder) => folder,
        Err(why) => {
            say(&why);
            return ExitCode::from(2);
        }
    };
    let listed = Listed::below(&folder);
    listed.report();
    if listed.paths.is_empty() {
        say("No two files here have the same size, so there is nothing to compare.");
        return ExitCode::SUCCESS;
    }
    let workers = available_parallelism().map_or(1, usize::from);
    let found = [
        run(&format!("interleaved, {OPEN_LIMIT} open"), || on_one_thread(&listed.paths)),
        run(&format!("multicore, {workers} at work"), || {
            ch04::multicore(&listed.paths, workers, &HashFn::new(hash_bytes))
        }),
    ];
    match found {
        [Some(one), Some(other)] if one != other => {
            say("\nYour two functions found different things. `cargo test -p ch04` can say why.");
            ExitCode::FAILURE
        }
        [one, other] => {
            if one.is_some() && other.is_some() {
                say("The first may have waited for the disk; the second found all in memory.");
            }
            one.or(other).iter().for_each(show);
            ExitCode::SUCCESS
        }
    }
}

/// The folder that was named, or asked for.
fn folder() -> Result<PathBuf, String> {
    let named = match std::env::args_os().nth(1) {
        Some(named) => PathBuf::from(named),
        None => asked()?,
    };
    match fs::metadata(&named) {
        Ok(is) if is.is_dir() => Ok(named),
        Ok(_) => Err(format!("{} is not a folder.", shown(&named))),
        Err(error) => Err(format!("{} cannot be opened: {error}.", shown(&named))),
    }
}

fn asked() -> Result<PathBuf, String> {
    const HOW: &str = "Name a folder: cargo course try ch04 FOLDER";
    if !io::stdin().is_terminal() {
        return Err(HOW.into());
    }
    let _ = write!(io::stdout(), "Which folder? ").and_then(|()| io::stdout().flush());
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(_) if !line.trim().is_empty() => Ok(PathBuf::from(line.trim())),
        _ => Err(HOW.into()),
    }
}

/// The files of a folder that may have a twin, and what was left out.
#[derive(Default)]
struct Listed {
    /// Files that are not the only ones of their size.
    paths: Vec<PathBuf>,
    by_size: BTreeMap<u64, Vec<PathBuf>>,
    /// Files of several names, by what the system knows them by.
    known: HashSet<(u64, u64)>,
    folders: Vec<PathBuf>,
    files: usize,
    empty: usize,
    large: usize,
    /// Links, devices, pipes, and further names of a file that is listed already.
    skipped: usize,
    unreadable: Vec<(PathBuf, String)>,
}

impl Listed {
    fn below(folder: &Path) -> Listed {
        let mut listed = Listed { folders: vec![folder.to_path_buf()], ..Listed::default() };
        while let Some(folder) = listed.folders.pop() {
            match fs::read_dir(&folder) {
                Ok(entries) => entries.for_each(|entry| match entry {
                    Ok(entry) => listed.look_at(&entry),
                    Err(error) => listed.unreadable.push((folder.clone(), error.to_string())),
                }),
                Err(error) => listed.unreadable.push((folder, error.to_string())),
            }
        }
        let by_size = std::mem::take(&mut listed.by_size);
        listed.paths = by_size.into_values().filter(|files| files.len() > 1).flatten().collect();
        listed
    }

    fn look_at(&mut self, entry: &DirEntry) {
        if self.is_full() {
            return self.folders.clear();
        }
        // Neither of these two follows a link.
        let kind = entry.file_type().and_then(|kind| Ok((kind, entry.metadata()?)));
        match kind {
            Err(error) => self.unreadable.push((entry.path(), error.to_string())),
            Ok((kind, _)) if kind.is_dir() => self.folders.push(entry.path()),
            Ok((kind, data)) if kind.is_file() => self.file(entry.path(), &data),
            Ok(_) => self.skipped += 1,
        }
    }

    fn file(&mut self, path: PathBuf, data: &Metadata) {
        self.files += 1;
        match data.len() {
            0 => self.empty += 1,
            LARGEST.. => self.large += 1,
            // Two names of one file are no twins: they take the room of one.
            _ if identity(data).is_some_and(|identity| !self.known.insert(identity)) => self.skipped += 1,
            size => self.by_size.entry(size).or_default().push(path),
        }
    }

    fn is_full(&self) -> bool {
        self.files == MOST_FILES
    }

    fn report(&self) {
        say(&format!("{} files, of which {} share their size with another.", self.files, self.paths.len()));
        let left_out = [
            (self.empty, "empty"),
            (self.large, "of 64 MiB or more"),
            (self.skipped, "links, devices or second names of a file"),
        ];
        for (count, what) in left_out.iter().filter(|(count, _)| *count > 0) {
            say(&format!("  left out: {count} {what}"));
        }
        if self.is_full() {
            say(&format!("  the list ends after {MOST_FILES} files; the rest of the folder was not looked at"));
        }
        list("could not be listed", &self.unreadable);
    }
}

/// What a file is known by, whatever it is called.
#[cfg(unix)]
fn identity(data: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    (data.nlink() > 1).then(|| (data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

fn on_one_thread(paths: &[PathBuf]) -> Found {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime on this thread").block_on(ch04::interleaved(&Disk::real(hash_file), paths, OPEN_LIMIT))
}

/// Runs one of the two; a `todo!` in it is no reason to give up the other.
fn run(name: &str, look: impl FnOnce() -> Found) -> Option<Found> {
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let start = std::time::Instant::now();
    let ended = catch_unwind(AssertUnwindSafe(look));
    let took = start.elapsed();
    std::panic::set_hook(quiet);
    match ended {
        Ok(found) => {
            say(&format!("{name}: {} groups with the same hash, in {took:.2?}", found.twins.len()));
            Some(found.in_order())
        }
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            say(&format!("{name}: {}", text.unwrap_or("a panic without words")));
            None
        }
    }
}

/// A hash is a number, and two contents may share one. So before a word is said, they are compared.
fn show(found: &Found) {
    let twins: Vec<&Vec<PathBuf>> = found.twins.iter().filter(|files| files.windows(2).all(same)).collect();
    say(&format!("\n{} groups of twins, compared byte by byte:", twins.len()));
    for files in twins.iter().take(SHOWN) {
        let size = fs::metadata(&files[0]).map_or(0, |data| data.len());
        say(&format!("  {} files of {size} bytes", files.len()));
        files.iter().take(SHOWN).for_each(|file| say(&format!("    {}", shown(file))));
        more(files.len());
    }
    more(twins.len());
    if twins.len() < found.twins.len() {
        say(&format!("  left out: {} groups with one hash and several contents", found.twins.len() - twins.len()));
    }
    list("could not be read", &found.failed);
}

fn same(pair: &[PathBuf]) -> bool {
    let equal = || -> io::Result<bool> {
        let (mut one, mut other) = (File::open(&pair[0])?, File::open(&pair[1])?);
        let (mut here, mut there) = (Vec::new(), Vec::new());
        loop {
            here.clear();
            there.clear();
            Read::by_ref(&mut one).take(64 * 1024).read_to_end(&mut here)?;
            Read::by_ref(&mut other).take(64 * 1024).read_to_end(&mut there)?;
            match here == there {
                true if here.is_empty() => return Ok(true),
                true => {}
                false => return Ok(false),
            }
        }
    };
    equal().unwrap_or(false)
}

fn list(what: &str, files: &[(PathBuf, String)]) {
    if !files.is_empty() {
        say(&format!("  {what}: {}", files.len()));
        files.iter().take(SHOWN).for_each(|(file, why)| say(&format!("    {}: {why}", shown(file))));
        more(files.len());
    }
}

fn more(count: usize) {
    if count > SHOWN {
        say(&format!("    … and {} more", count - SHOWN));
    }
}

/// A name may hold anything, also what a terminal would obey.
fn shown(path: &Path) -> String {
    let safe = |char: char| if char.is_control() { char.escape_default().to_string() } else { char.to_string() };
    path.display().to_string().chars().map(safe).collect()
}

/// A line; nobody minds if the reader has gone.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
