//! What several test files share.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::PathBuf;

/// A path below the top of the repository.
pub fn in_repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("solutions lies in the repository").join(path)
}

/// A message without its chart: what must be the same in every run.
pub fn words_of(message: &str) -> String {
    let mut in_chart = false;
    let words = message.lines().filter(|line| {
        in_chart |= line.starts_with("  by task");
        let keep = !in_chart;
        in_chart &= !line.starts_with("  dealing with ");
        keep
    });
    words.collect::<Vec<_>>().join("\n")
}
