//! How alike are your files? A dot product tells, worked out by your function:
//! `cargo run --release -p ch00 --example try --features try -- FILE FILE…`.
//!
//! A file becomes a vector: how often each of the 65,536 pairs of neighbouring bytes stands in it. The angle between two
//! such vectors is small for texts in one language, and for programs by one hand. Nothing is written or changed.

use std::fs::File;
use std::io::{Read, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

use tasks::ch00_machine::Piece;

/// Of a larger file, only the beginning is looked at.
const LONGEST: u64 = 64 << 20;
const PAIRS: usize = 1 << 16;

fn main() -> ExitCode {
    let mut named: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if named.is_empty() {
        say("No file is named, so these are the course's own.\nYours: cargo course try ch00 FILE FILE…\n");
        named = its_own();
    }
    let mut files = Vec::new();
    for path in &named {
        match pairs(path) {
            Ok(pairs) => files.push((path, pairs)),
            Err(error) => say(&format!("{} is left out: {error}.", shown(path))),
        }
    }
    let [(first, this), others @ ..] = &files[..] else { return too_few() };
    if others.is_empty() {
        return too_few();
    }
    let threads = available_parallelism().map_or(1, usize::from);
    let mut like: Vec<_> = others.iter().map(|(path, that)| (alike(this, that, threads), path)).collect();
    like.sort_by(|(one, _), (other, _)| other.total_cmp(one));

    say(&format!("Most like {}, each dot product on {threads} threads:\n", shown(first)));
    for (share, path) in like {
        // One is the same direction, zero is nothing in common.
        let bar = "#".repeat((share * 30.0).round() as usize);
        say(&format!("  {share:.3}  {bar:<30}  {}", shown(path)));
    }
    ExitCode::SUCCESS
}

/// The cosine of the angle between two vectors, from three dot products.
fn alike(one: &[i64], other: &[i64], threads: usize) -> f64 {
    let dot = |left: &[i64], right: &[i64]| {
        let share = PAIRS.div_ceil(threads);
        let both = left.chunks(share).zip(right.chunks(share));
        let pieces: Vec<Piece> = both.map(|(left, right)| Piece::new(left.into(), right.into())).collect();
        ch00::multicore(&pieces) as f64
    };
    let lengths = dot(one, one).sqrt() * dot(other, other).sqrt();
    if lengths == 0.0 { 0.0 } else { dot(one, other) / lengths }
}

/// How often each pair of neighbouring bytes stands in the file.
fn pairs(path: &Path) -> std::io::Result<Vec<i64>> {
    let mut content = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut content)?;
    let mut counts = vec![0; PAIRS];
    for pair in content.windows(2) {
        counts[usize::from(pair[0]) << 8 | usize::from(pair[1])] += 1;
    }
    Ok(counts)
}

/// Your file of this chapter, and beside it code and prose of the course.
fn its_own() -> Vec<PathBuf> {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = [
        "exercises/ch00-machine/src/lib.rs",
        "solutions/src/ch00_machine.rs",
        "solutions/src/ch06_carts.rs",
        "exercises/probes/src/still.rs",
        "book/src/ch00-machine.md",
        "book/src/index.md",
        "Cargo.lock",
    ];
    files.map(|file| course.join(file).canonicalize().unwrap_or_else(|_| course.join(file))).into()
}

fn too_few() -> ExitCode {
    say("Name two files or more, that can be read: cargo course try ch00 FILE FILE…");
    ExitCode::from(2)
}

/// A name may hold anything, also what a terminal would obey.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let short = path.strip_prefix(here).unwrap_or(path).display().to_string();
    short.chars().map(|char| if char.is_control() { '?' } else { char }).collect()
}

/// A line; nobody minds if the reader has gone.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
