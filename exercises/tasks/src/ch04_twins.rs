//! Twins on disk: files with equal content, on a disk that lets only so many of them be open.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::future::Future;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use probes::Words;

pub mod paused;
mod real;
pub mod tree;

const WORDS: Words = Words {
    page: "ch04-twins",
    task: "file",
    tasks: "files",
    worker: "worker",
    workers: "workers",
    work: "a read",
    results: "twins",
};

/// What was found among some files. The order of the lists means nothing.
///
/// `collect()` makes one of pairs: a path, and its hash or what went wrong. The pairs may come in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files with the same hash, two or more in each list.
    pub twins: Vec<Vec<PathBuf>>,
    /// Files that could not be read, and why.
    pub failed: Vec<(PathBuf, String)>,
}

impl FromIterator<(PathBuf, io::Result<u64>)> for Found {
    fn from_iter<I: IntoIterator<Item = (PathBuf, io::Result<u64>)>>(looked: I) -> Found {
        let mut alike: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
        let mut failed = Vec::new();
        for (path, hash) in looked {
            match hash {
                Ok(hash) => alike.entry(hash).or_default().push(path),
                Err(error) => failed.push((path, error.to_string())),
            }
        }
        let twins = alike.into_values().filter(|files| files.len() > 1).collect();
        Found { twins, failed }.in_order()
    }
}

impl Found {
    /// The same, sorted by path.
    pub fn in_order(mut self) -> Found {
        self.twins.iter_mut().for_each(|files| files.sort());
        self.twins.sort();
        self.failed.sort();
        self
    }
}

/// A way to files that leaves the thread free while it waits. A clone is the same disk.
#[derive(Clone)]
pub struct Disk(Arc<dyn Drive>);

/// What a disk is made of.
pub trait Drive: Send + Sync + 'static {
    /// Opens when it is first polled.
    fn open(self: Arc<Self>, path: PathBuf) -> Later<OpenFile>;
}

/// Something that a disk will have done.
pub type Later<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

impl Disk {
    pub fn new(drive: impl Drive) -> Disk {
        Disk(Arc::new(drive))
    }

    /// The files of this machine; `hash` reads a file to its end, on a thread of its own.
    pub fn real(hash: impl Fn(&mut File) -> io::Result<u64> + Send + Sync + 'static) -> Disk {
        Disk::new(real::Real(Arc::new(hash)))
    }

    /// Opens a file. The future owns all it needs, so that it can be spawned.
    pub fn open(&self, path: &Path) -> impl Future<Output = io::Result<OpenFile>> + Send + 'static {
        self.0.clone().open(path.to_path_buf())
    }
}

/// A file that is open until this is dropped.
pub struct OpenFile(Later<u64>);

impl OpenFile {
    /// A file that `hash` owns; it is open until that future is dropped.
    pub fn new(hash: impl Future<Output = io::Result<u64>> + Send + 'static) -> OpenFile {
        OpenFile(Box::pin(hash))
    }

    /// Reads the file to its end, piece by piece, and closes it.
    pub fn hash(self) -> impl Future<Output = io::Result<u64>> + Send + 'static {
        self.0
    }
}

/// Turns the content of a file into a number. Files with the same number count as twins.
#[derive(Clone)]
pub struct HashFn(Arc<Hashing>);

type Hashing = dyn Fn(&[u8]) -> u64 + Send + Sync;

impl HashFn {
    pub fn new(hash: impl Fn(&[u8]) -> u64 + Send + Sync + 'static) -> HashFn {
        HashFn(Arc::new(hash))
    }

    /// The hash of the whole content of a file.
    pub fn of(&self, content: &[u8]) -> u64 {
        (self.0)(content)
    }
}

/// The plain loop: one file after another.
pub fn reference(paths: &[PathBuf], hash: &HashFn) -> Found {
    paths.iter().map(|path| (path.clone(), std::fs::read(path).map(|content| hash.of(&content)))).collect()
}

/// The hash that real files get, here of a content in memory.
pub fn hash_bytes(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    hasher.finish()
}

/// The same hash of a file that is read piece by piece, so that a file of any size takes little memory.
pub fn hash_file(file: &mut File) -> io::Result<u64> {
    let (mut hasher, mut piece) = (DefaultHasher::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(length) => hasher.write(&piece[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk")
    }
}

impl fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenFile")
    }
}

impl fmt::Debug for HashFn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashFn")
    }
}

pub mod check {
    //! As many files open as the limit allows, and never more; every worker hashes, with one file in memory;
    //! and a file that cannot be read takes no other with it.

    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::io;
    use std::path::{Path, PathBuf};
    use std::pin::Pin;
    use std::sync::{Arc, Barrier, Mutex, PoisonError};
    use std::thread::{self, ThreadId};

    use super::paused::{Entry, Holds, Opening, PausedDisk, five};
    use super::tree::Tree;
    use super::{Disk, Found, HashFn, WORDS};
    use probes::clock;
    use probes::crew::Outcome;
    use probes::wording::InTurn;
    use probes::{Crew, Lane, Recorder, Run, Verdict, see, wording};
    pub use probes::{Judged, alone};
    use tokio::time::Instant;

    type Finding = Pin<Box<dyn Future<Output = Found>>>;
    type Interleaved = Arc<dyn Fn(Disk, Vec<PathBuf>, usize) -> Finding + Send + Sync>;
    type Multicore = fn(&[PathBuf], usize, &HashFn) -> Found;

    /// In virtual time with a limit of two, four and one, for more places than files, for many files and for
    /// none; with files that cannot be read; then once with real files.
    pub fn interleaved<F>(yours: F) -> Judged
    where
        F: AsyncFn(&Disk, &[PathBuf], usize) -> Found + Copy + Send + Sync + 'static,
    {
        let yours: Interleaved =
            Arc::new(move |disk, paths, limit| Box::pin(async move { yours(&disk, &paths, limit).await }));
        [2, 4, 1, 9].iter().try_for_each(|&limit| in_virtual_time(&yours, five(), limit))?;
        [2, 1].iter().try_for_each(|&limit| in_virtual_time(&yours, two_unreadable(), limit))?;
        in_virtual_time(&yours, many(), 32)?;
        in_virtual_time(&yours, vec![], 2)?;
        on_a_real_disk(&yours, 2)
    }

    /// `bee` cannot be opened, and `dog` breaks off in the middle.
    fn two_unreadable() -> Vec<Entry> {
        let mut entries = five();
        (entries[1].holds, entries[3].holds) = (Holds::Gone, Holds::Broken);
        entries
    }

    /// A hundred and fifty pairs of files, of seven sizes.
    fn many() -> Vec<Entry> {
        (0..300).map(|n| Entry::new(&format!("f{n:03}"), 5 + n % 7, Holds::Hash(n / 2))).collect()
    }

    fn in_virtual_time(yours: &Interleaved, entries: Vec<Entry>, limit: usize) -> Judged {
        let (recorder, yours) = (Recorder::default(), yours.clone());
        let disk: Arc<Mutex<Option<PausedDisk>>> = Arc::default();
        let (kept, lanes, files) = (disk.clone(), recorder.clone(), entries.clone());
        let seen = see(&WORDS, &recorder, move || {
            let paths = files.iter().map(Entry::path).collect();
            let disk = PausedDisk::new(&lanes, files);
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(disk.clone());
            clock::paused(yours(Disk::new(disk), paths, limit))
        })?;
        let seen = seen.finished_in_virtual_time()?;
        let due: Vec<Due> = entries.iter().map(Due::of).collect();
        complete(&seen.run, &seen.returned, &due)?;
        seen.on_one_thread()?;
        let disk = disk.lock().unwrap_or_else(PoisonError::into_inner).take();
        every_place_in_use(&seen.run, &entries, &disk.map_or(vec![], |disk| disk.openings()), limit)
    }

    /// What the result has to say about one file.
    struct Due {
        name: String,
        path: PathBuf,
        /// `None` if it cannot be read.
        hash: Option<u64>,
    }

    impl Due {
        fn of(entry: &Entry) -> Due {
            let hash = if let Holds::Hash(hash) = entry.holds { Some(hash) } else { None };
            Due { name: entry.name.clone(), path: entry.path(), hash }
        }
    }

    /// Every file is with its twins, or among those that could not be read.
    fn complete(run: &Run, found: &Found, due: &[Due]) -> Judged {
        let company = company(found);
        let is_lost = |due: &&Due| !company.contains_key(due.path.as_path());
        no_file_lost(run, due, is_lost)?;
        let failed: BTreeSet<&PathBuf> = found.failed.iter().map(|(path, _)| path).collect();
        let missed = |due: &&Due| due.hash.is_some() && failed.contains(&due.path) && !begun(run, due);
        if let Some(missed) = due.iter().find(missed) {
            return Err(wording::not_on_this_disk(&WORDS, run, &missed.name));
        }
        if let Some(silent) = due.iter().find(is_lost) {
            return Err(wording::error_swallowed(&WORDS, run, &silent.name));
        }
        let due_company = company_of(due);
        match due.iter().find(|due| company.get(due.path.as_path()) != due_company.get(due.path.as_path())) {
            Some(astray) => Err(wording::wrong_twins(&WORDS, run, &astray.name)),
            None => Ok(()),
        }
    }

    /// Every readable file has a twin here, so one that is in no list was lost.
    fn no_file_lost(run: &Run, due: &[Due], is_lost: impl Fn(&&Due) -> bool) -> Judged {
        let (readable, unreadable): (Vec<&Due>, Vec<&Due>) = due.iter().partition(|due| due.hash.is_some());
        let lost: Vec<&Due> = readable.into_iter().filter(is_lost).collect();
        let names = |files: &[&Due]| files.iter().map(|due| due.name.clone()).collect::<Vec<_>>();
        match &lost[..] {
            [] => Ok(()),
            _ if !unreadable.is_empty() => {
                Err(wording::lost_with_another(&WORDS, run, &names(&unreadable), &names(&lost)))
            }
            _ if lost.iter().any(|due| begun(run, due)) => {
                Err(wording::found_too_early(&WORDS, run, due.len() - lost.len(), due.len()))
            }
            _ => Err(wording::never_looked_at(&WORDS, run, &names(&lost))),
        }
    }

    /// Whether anybody was at the file.
    fn begun(run: &Run, due: &Due) -> bool {
        run.tasks.iter().any(|task| task.name == due.name && task.first.is_some())
    }

    /// In which lists each file is: with whom among the twins, or with nobody among those that failed.
    type Company<'a> = BTreeMap<&'a Path, Vec<Vec<&'a Path>>>;

    fn company(found: &Found) -> Company<'_> {
        let mut company = Company::new();
        for twins in &found.twins {
            let mut with: Vec<&Path> = twins.iter().map(PathBuf::as_path).collect();
            with.sort();
            twins.iter().for_each(|path| company.entry(path).or_default().push(with.clone()));
        }
        found.failed.iter().for_each(|(path, _)| company.entry(path).or_default().push(vec![]));
        company
    }

    fn company_of(due: &[Due]) -> Company<'_> {
        let mut alike: BTreeMap<u64, Vec<&Path>> = BTreeMap::new();
        due.iter().for_each(|due| due.hash.iter().for_each(|hash| alike.entry(*hash).or_default().push(&due.path)));
        alike.values_mut().for_each(|files| files.sort());
        let with = |due: &Due| due.hash.map_or(vec![], |hash| alike[&hash].clone());
        due.iter().map(|due| (due.path.as_path(), vec![with(due)])).collect()
    }

    /// At every moment, as many files are open as the limit and what is left allow, and each of them is read.
    fn every_place_in_use(run: &Run, entries: &[Entry], openings: &[Opening], limit: usize) -> Judged {
        let spans: Vec<Span> = openings.iter().filter_map(|opening| Span::of(entries, opening)).collect();
        let most = spans.iter().map(|span| open_at(&spans, span.opened)).max().unwrap_or(0);
        match most {
            _ if most > limit => Err(wording::too_many_open(&WORDS, run, most, limit)),
            1 if limit > 1 && spans.len() > 1 => Err(in_turn(run, entries, openings)),
            _ if most < limit.min(spans.len()) => Err(wording::too_few_open(&WORDS, run, most, limit)),
            _ => no_idle_place(run, &spans, limit),
        }
    }

    fn no_idle_place(run: &Run, spans: &[Span], limit: usize) -> Judged {
        let idle = |time: &Instant| open_at(spans, *time) < limit.min(left(spans, *time));
        if let Some(time) = spans.iter().map(|span| span.closed).filter(idle).min() {
            let failed = |span: &&Span| span.closed == time && !matches!(span.entry.holds, Holds::Hash(_));
            if let Some(span) = spans.iter().find(failed) {
                return Err(wording::place_lost(&WORDS, run, &span.entry.name));
            }
            let waits = spans.iter().filter(|span| span.opened > time).min_by_key(|span| span.opened);
            let name = waits.map_or("a file", |span| &span.entry.name);
            return Err(wording::idle_handle(&WORDS, run, name, took(spans), shortest(spans, limit)));
        }
        match spans.iter().find(|span| span.open_for() > span.entry.open_for()) {
            Some(span) => Err(wording::open_and_not_read(&WORDS, run, &span.entry.name)),
            None => Ok(()),
        }
    }

    /// A file while it was open.
    #[derive(Clone, Copy)]
    struct Span<'a> {
        entry: &'a Entry,
        opened: Instant,
        closed: Instant,
    }

    impl Span<'_> {
        fn of<'a>(entries: &'a [Entry], opening: &Opening) -> Option<Span<'a>> {
            Some(Span { entry: &entries[opening.file], opened: opening.opened?, closed: opening.closed? })
        }

        fn open_for(&self) -> u64 {
            (self.closed - self.opened).as_millis() as u64
        }
    }

    fn open_at(spans: &[Span], time: Instant) -> usize {
        spans.iter().filter(|span| span.opened <= time && time < span.closed).count()
    }

    /// How many could be open at this time. A file that is opened twice, because it failed, cannot be so at once.
    fn left(spans: &[Span], time: Instant) -> usize {
        let open = |span: &Span| span.opened <= time && time < span.closed;
        let again = |span: &Span| {
            span.opened > time && spans.iter().any(|first| open(first) && std::ptr::eq(first.entry, span.entry))
        };
        spans.iter().filter(|span| time < span.closed && !again(span)).count()
    }

    fn took(spans: &[Span]) -> u64 {
        let (first, last) = (spans.iter().map(|span| span.opened).min(), spans.iter().map(|span| span.closed).max());
        first.zip(last).map_or(0, |(first, last)| (last - first).as_millis() as u64)
    }

    /// How long the same files take, in the order in which they were opened, with every place in use.
    fn shortest(spans: &[Span], limit: usize) -> u64 {
        let mut spans = spans.to_vec();
        spans.sort_by_key(|span| span.opened);
        let mut free_at = vec![0; limit];
        for span in spans {
            if let Some(soonest) = free_at.iter_mut().min() {
                *soonest += span.entry.open_for();
            }
        }
        free_at.into_iter().max().unwrap_or(0)
    }

    fn in_turn(run: &Run, entries: &[Entry], openings: &[Opening]) -> Verdict {
        let why = match openings {
            _ if openings.iter().any(|opening| opening.spawned && opening.alive > 1) => InTurn::KeptOut,
            _ if openings.iter().any(|opening| opening.spawned) => InTurn::SpawnedAndAwaited,
            [_, second, ..] if second.made_after == 0 => InTurn::MadeFirst,
            _ => InTurn::Awaited,
        };
        let mut opened: Vec<_> = openings.iter().filter(|opening| opening.opened.is_some()).collect();
        opened.sort_by_key(|opening| opening.opened);
        let name = |index: usize| opened.get(index).map_or("a file", |opening| &entries[opening.file].name);
        wording::opened_in_turn(&WORDS, run, name(0), name(1), why)
    }

    /// Real files, read by threads of the runtime's pool, and awaited on one thread.
    fn on_a_real_disk(yours: &Interleaved, limit: usize) -> Judged {
        let (recorder, yours) = (Recorder::default(), yours.clone());
        let folder = Tree::in_memory().map_err(no_files)?;
        let mut due = on_disk(&folder, FIVE).map_err(no_files)?;
        due.push(gone(&folder));
        let paths: Vec<PathBuf> = due.iter().map(|due| due.path.clone()).collect();
        let seen = see(&WORDS, &recorder, move || {
            let disk = Disk::real(|file| Ok(group_of(&io::read_to_string(file)?).unwrap_or(0)));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime on this thread").block_on(yours(disk, paths, limit))
        })?;
        complete(&seen.run, &seen.returned, &due)
    }

    /// Two workers, four, one; files that cannot be shared out evenly; more workers than files; no file; files
    /// that cannot be read; a folder of five hundred files.
    pub fn multicore(yours: Multicore) -> Judged {
        several_workers(yours, FIVE, 2)?;
        several_workers(yours, &FIVE[..4], 4)?;
        several_workers(yours, FIVE, 1)?;
        several_workers(yours, TWO, 4)?;
        several_workers(yours, &[], 2)?;
        with_unreadable_files(yours, 2)?;
        in_a_large_folder(yours, 4)
    }

    /// The name of a real file, and the number that its hash is to be.
    const FIVE: &[(&str, u64)] = &[("ant", 1), ("bee", 2), ("cat", 1), ("dog", 2), ("elk", 1)];
    const TWO: &[(&str, u64)] = &[("ant", 1), ("cat", 1)];
    /// Enough to lose one, and few enough to be made in no time.
    const LARGE: u64 = 501;

    fn several_workers(yours: Multicore, files: &'static [(&str, u64)], workers: usize) -> Judged {
        let (recorder, folder) = (Recorder::default(), Tree::in_memory().map_err(no_files)?);
        let due = on_disk(&folder, files).map_err(no_files)?;
        let crew = Arc::new(Crew::of(workers.min(files.len())));
        let pages = Arc::new(Pages::new(&recorder, &due, Some(crew.clone())));
        let (paths, reading): (Vec<PathBuf>, _) = (pages.paths(), pages.clone());
        let hash = HashFn::new(move |content| reading.hash(content));
        let seen = see(&WORDS, &recorder, move || yours(&paths, workers, &hash))?;
        complete(&seen.run, &seen.returned, &due)?;
        if files.is_empty() {
            return Ok(());
        }
        seen.together(&crew)?;
        match pages.early() {
            0 => seen.nothing_left_behind(&recorder),
            early => Err(wording::read_too_early(&WORDS, &seen.run, crew.need() + early, crew.need())),
        }
    }

    /// `bee` is gone, and `dog` is a folder.
    fn with_unreadable_files(yours: Multicore, workers: usize) -> Judged {
        let (recorder, folder) = (Recorder::default(), Tree::in_memory().map_err(no_files)?);
        let mut due = on_disk(&folder, FIVE).map_err(no_files)?;
        for unreadable in [1, 3] {
            fs::remove_file(&due[unreadable].path).map_err(no_files)?;
            due[unreadable].hash = None;
        }
        fs::create_dir(&due[3].path).map_err(no_files)?;
        let pages = Pages::new(&recorder, &due, None);
        let paths = pages.paths();
        let hash = HashFn::new(move |content| pages.hash(content));
        let seen = see(&WORDS, &recorder, move || yours(&paths, workers, &hash))?;
        complete(&seen.run, &seen.returned, &due)
    }

    /// Three files of each kind, and no rendezvous: only that none is lost among so many.
    fn in_a_large_folder(yours: Multicore, workers: usize) -> Judged {
        let (recorder, folder) = (Recorder::default(), Tree::in_memory().map_err(no_files)?);
        let names: Vec<(String, u64)> = (0..LARGE).map(|number| (format!("f{number:03}"), number / 3)).collect();
        let named: Vec<(&str, u64)> = names.iter().map(|(name, group)| (&name[..], *group)).collect();
        let mut due = on_disk(&folder, &named).map_err(no_files)?;
        due.push(gone(&folder));
        let paths: Vec<PathBuf> = due.iter().map(|due| due.path.clone()).collect();
        let hash = HashFn::new(|content| group_of(&String::from_utf8_lossy(content)).unwrap_or(u64::MAX));
        let seen = see(&WORDS, &recorder, move || yours(&paths, workers, &hash))?;
        complete(&seen.run, &seen.returned, &due)
    }

    /// Files that say which one they are: `1 ant 7` is the first version of `ant`, and its hash is 7.
    fn on_disk(folder: &Tree, files: &[(&str, u64)]) -> io::Result<Vec<Due>> {
        let write = |&(name, group): &(&str, u64)| {
            let path = folder.file(name, content(1, name, group).as_bytes())?;
            Ok(Due { name: name.into(), path, hash: Some(group) })
        };
        files.iter().map(write).collect()
    }

    fn content(version: u32, name: &str, group: u64) -> String {
        format!("{version} {name} {group}")
    }

    fn group_of(content: &str) -> Option<u64> {
        content.split(' ').nth(2)?.parse().ok()
    }

    /// A file that was there when the folder was listed, and is no more.
    fn gone(folder: &Tree) -> Due {
        Due { name: "gone".into(), path: folder.path().join("gone"), hash: None }
    }

    fn no_files(error: io::Error) -> Verdict {
        wording::no_files(&error)
    }

    /// Stands inside the hash. While all workers are held there, each with its file, every other file is
    /// written anew; whoever still has an old version of one read it too early.
    struct Pages {
        files: Vec<(String, PathBuf, u64)>,
        lanes: Vec<Lane>,
        crew: Option<Arc<Crew>>,
        all_held: Barrier,
        state: Mutex<State>,
    }

    #[derive(Default)]
    struct State {
        visitors: Vec<ThreadId>,
        /// The files that were in the hash while the others were written anew.
        inside: Vec<usize>,
        rewritten: bool,
        early: BTreeSet<usize>,
    }

    impl Pages {
        fn new(recorder: &Recorder, due: &[Due], crew: Option<Arc<Crew>>) -> Pages {
            let file = |due: &Due| (due.name.clone(), due.path.clone(), due.hash.unwrap_or(0));
            let all_held = Barrier::new(crew.as_ref().map_or(0, |crew| crew.need()));
            let lanes = due.iter().map(|due| recorder.task(&due.name)).collect();
            Pages { files: due.iter().map(file).collect(), lanes, crew, all_held, state: Mutex::default() }
        }

        fn paths(&self) -> Vec<PathBuf> {
            self.files.iter().map(|(_, path, _)| path.clone()).collect()
        }

        /// How many files were in memory too early.
        fn early(&self) -> usize {
            self.state().early.len()
        }

        fn hash(&self, content: &[u8]) -> u64 {
            let Some((version, file)) = self.file_of(content) else {
                self.lanes[0].recorder().stop(|run| wording::not_a_content(&WORDS, run))
            };
            let step = self.lanes[file].step();
            if let Some(crew) = &self.crew {
                let newcomer = self.newcomer();
                crew.visit();
                if newcomer.is_some_and(|number| number < crew.need()) && crew.outcome() == Outcome::Together {
                    self.write_the_others_anew(file);
                }
                let mut state = self.state();
                if version == 1 && state.rewritten && !state.inside.contains(&file) {
                    state.early.insert(file);
                }
            }
            drop(step);
            self.lanes[file].finish();
            self.files[file].2
        }

        /// Which version of which file has this content.
        fn file_of(&self, content: &[u8]) -> Option<(u32, usize)> {
            let text = std::str::from_utf8(content).ok()?;
            let version = text.split(' ').next()?.parse().ok()?;
            let is = |(name, _, group): &(String, PathBuf, u64)| text == self::content(version, name, *group);
            Some((version, self.files.iter().position(is)?))
        }

        /// The number of this thread, in the order of coming, if this is its first visit.
        fn newcomer(&self) -> Option<usize> {
            let (mut state, me) = (self.state(), thread::current().id());
            if state.visitors.contains(&me) {
                return None;
            }
            state.visitors.push(me);
            Some(state.visitors.len() - 1)
        }

        /// Called by every one of the crew, and by nobody else.
        fn write_the_others_anew(&self, mine: usize) {
            self.state().inside.push(mine);
            if self.all_held.wait().is_leader() {
                let mut state = self.state();
                for (index, (name, path, group)) in self.files.iter().enumerate() {
                    if !state.inside.contains(&index) {
                        // A file that cannot be written keeps its version, and then nobody is accused.
                        let written = fs::write(path, content(2, name, *group));
                        if written.is_err() {
                            state.inside.push(index);
                        }
                    }
                }
                state.rewritten = true;
            }
            self.all_held.wait();
        }

        fn state(&self) -> std::sync::MutexGuard<'_, State> {
            self.state.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }
}
