//! Files: what lies below a place, when it was last touched, and what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::trouble::{Trouble, at};

/// All that lies at or below `path`, in a fixed order; folders count, because their time tells of removed files.
pub fn below(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut inside: Vec<_> = entries.map(|entry| entry.path()).filter(|path| is_ours(path)).collect();
    inside.sort();
    [path.to_path_buf()].into_iter().chain(inside.iter().flat_map(|path| below(path))).collect()
}

/// Build output and other people's packages are not ours, and there may be many of them.
fn is_ours(path: &Path) -> bool {
    !path.file_name().is_some_and(|name| name == "target" || name == "node_modules")
}

/// When any of `paths` was last changed.
pub fn newest<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Option<SystemTime> {
    paths.into_iter().filter_map(|path| modified(path)).max()
}

pub fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}

pub fn text(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(at(path))
}
