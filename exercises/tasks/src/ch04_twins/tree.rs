//! A folder of real files for a while, gone when it is dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const NAME: &str = "concurrency-course-twins-";
/// A folder of ours that is older than this was left by a process that was ended.
const OLD: Duration = Duration::from_secs(60 * 60);

/// A folder that no other process uses.
#[derive(Debug)]
pub struct Tree(PathBuf);

impl Tree {
    /// An empty folder below the system's folder for temporary ones.
    ///
    /// # Errors
    ///
    /// If the system gives no folder for temporary files.
    pub fn new() -> io::Result<Tree> {
        Tree::below(&std::env::temp_dir())
    }

    /// An empty folder in memory, where the system has room for files there; else as [`new`](Tree::new). A check asks
    /// what is read when, not how fast a disk is.
    ///
    /// # Errors
    ///
    /// If the system gives no folder for temporary files.
    pub fn in_memory() -> io::Result<Tree> {
        match cfg!(target_os = "linux").then(|| Tree::below(Path::new("/dev/shm"))) {
            Some(Ok(tree)) => Ok(tree),
            _ => Tree::new(),
        }
    }

    fn below(parent: &Path) -> io::Result<Tree> {
        sweep(parent);
        for number in 0.. {
            let folder = parent.join(format!("{NAME}{}-{number}", std::process::id()));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Tree(folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Writes a file into it, and returns its path.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, as on a full disk.
    pub fn file(&self, name: &str, content: &[u8]) -> io::Result<PathBuf> {
        let path = self.0.join(name);
        fs::write(&path, content)?;
        Ok(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes what processes left behind that had no time to tidy up.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(NAME));
        if ours && age(&entry).is_some_and(|age| age > OLD) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn age(entry: &fs::DirEntry) -> Option<Duration> {
    SystemTime::now().duration_since(entry.metadata().ok()?.modified().ok()?).ok()
}
