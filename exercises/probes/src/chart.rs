//! The lane chart: one run, the same steps drawn twice, sorted by task and by thread.
//!
//! ```
//! let run: probes::Run = "run kitchen\ntask soup 0..7 1@0+1 1@2+1 1@4+1 1@6+1\ntask rice 1..8 1@1+1 1@3+1 1@5+1 1@7+1"
//!     .parse()?;
//! assert_eq!(probes::chart::draw(&run), "
//!   by task             by thread
//!     soup  1-1-1-1       1  srsrsrsr
//!     rice   1-1-1-1
//!   dealing with 2 · doing 1
//! "[1..]);
//! # Ok::<(), probes::run::NotARun>(())
//! ```
//!
//! A digit is a running step and names its thread; `-` is in progress and not running. Rows by task
//! that overlap: concurrent. A column with two digits: parallel.

use crate::run::{Run, Task};

/// No line of a chart is longer than this, so that it fits a terminal with an indent to spare.
pub const WIDTH: usize = 78;
/// No chart has more rows than this; those it leaves out are counted.
pub const ROWS: usize = 5;
/// Of a longer name, only the beginning is shown.
const NAME: usize = 24;

/// Draws `run`, each line ended by a newline; at most [`WIDTH`] wide and [`ROWS`] rows high.
pub fn draw(run: &Run) -> String {
    let shown: Vec<String> = run.tasks.iter().map(|task| short(&task.name)).collect();
    let names = shown.iter().map(|name| width(name)).max().unwrap_or(0);
    let columns = columns(run, (WIDTH - names - 15) / 2);
    let rows = shown.iter().zip(&run.tasks);
    let by_task = rows.map(|(name, task)| format!("  {name:<names$}  {}", task_row(task, &columns)));
    let letters = letters(run);
    let by_thread = (1..=run.threads()).map(|thread| thread_row(run, thread, &letters, &columns));
    let mut out = side_by_side("by task", &elide(by_task.collect()), "by thread", &elide(by_thread.collect()));
    out += &format!("  {}\n", two_numbers(run));
    out
}

/// `dealing with 2 · doing 1`, the two numbers that every run has.
pub fn two_numbers(run: &Run) -> String {
    format!("dealing with {} · doing {}", run.dealing(), run.doing())
}

/// A column of the chart begins at a time, or stands for the columns that had no room.
type Column = Option<u64>;

/// A column is one moment, as long as they all fit. Where they do not, it is as wide as every step allows
/// without being cut: 3 ms each where all steps take 3 or 6. A run too long even so loses its middle, never
/// a part of what it shows at its ends.
fn columns(run: &Run, room: usize) -> Vec<Column> {
    let wide = if run.ends() as usize <= room { 1 } else { widest(run) };
    let all: Vec<Column> = (0..run.ends().div_ceil(wide)).map(|column| Some(column * wide)).collect();
    if all.len() <= room {
        return all;
    }
    let (head, tail) = (room * 2 / 3, room - room * 2 / 3 - 1);
    [&all[..head], &[None], &all[all.len() - tail..]].concat()
}

fn widest(run: &Run) -> u64 {
    let edges = run
        .tasks
        .iter()
        .flat_map(|task| task.steps.iter().flat_map(|step| [step.start, step.len]).chain(task.first).chain(task.last));
    edges.fold(0, gcd).max(1)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn task_row(task: &Task, columns: &[Column]) -> String {
    columns.iter().map(|column| column.map_or('…', |time| mark(task, time))).collect()
}

fn mark(task: &Task, time: u64) -> char {
    match task.thread_at(time) {
        Some(thread) => digit(thread),
        None if task.in_progress(time) => '-',
        None => ' ',
    }
}

fn thread_row(run: &Run, thread: usize, letters: &[char], columns: &[Column]) -> String {
    let task_at = |time| run.tasks.iter().position(|task| task.thread_at(time) == Some(thread));
    let letter = |time| task_at(time).map_or(' ', |task| letters[task]);
    let row: String = columns.iter().map(|column| column.map_or('…', letter)).collect();
    format!("  {}  {row}", digit(thread))
}

/// A letter a task: its initial, or the next one in its name that is still free.
fn letters(run: &Run) -> Vec<char> {
    let mut taken: Vec<char> = Vec::new();
    for task in &run.tasks {
        let free = |letter: &char| !taken.contains(letter);
        let letter = task.name.chars().find(free).or_else(|| ('a'..='z').chain('A'..='Z').find(free));
        taken.push(letter.unwrap_or('?'));
    }
    taken
}

/// Threads beyond the ninth go on with letters.
fn digit(thread: usize) -> char {
    char::from_digit(thread.min(35) as u32, 36).unwrap_or('?')
}

fn elide(mut rows: Vec<String>) -> Vec<String> {
    if rows.len() > ROWS {
        let more = rows.len() - (ROWS - 1);
        rows.truncate(ROWS - 1);
        rows.push(format!("  … and {more} more"));
    }
    rows
}

fn side_by_side(left_head: &str, left: &[String], right_head: &str, right: &[String]) -> String {
    let wide = left.iter().map(|row| width(row)).max().unwrap_or(0).max(width(left_head)) + 4;
    let empty = String::new();
    let mut out = line(left_head, right_head, wide);
    for row in 0..left.len().max(right.len()) {
        out += &line(left.get(row).unwrap_or(&empty), right.get(row).unwrap_or(&empty), wide);
    }
    out
}

fn line(left: &str, right: &str, wide: usize) -> String {
    let gap = " ".repeat(wide - width(left));
    format!("{}\n", format!("  {left}{gap}{right}").trim_end())
}

fn short(name: &str) -> String {
    if width(name) <= NAME {
        return name.into();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> String {
        draw(&text.parse().unwrap())
    }

    #[test]
    fn two_threads_in_one_column_are_parallel() {
        let chart = drawn("run k\ntask soup 0..2 1@0+2\ntask rice 0..2 2@0+2");
        assert_eq!(
            chart,
            "  by task       by thread\n    soup  11      1  ss\n    rice  22      2  rr\n  dealing with 2 · doing 2\n"
        );
    }

    #[test]
    fn a_task_that_never_ends_stays_in_progress() {
        let chart = drawn("run k\ntask a 0.. 1@0+1\ntask b 0..4 1@1+3");
        assert!(chart.contains("    a  1---      1  abbb"), "{chart}");
    }

    #[test]
    fn tasks_with_one_initial_get_letters_of_their_own() {
        let chart = drawn("run k\ntask salt 0..1 1@0+1\ntask soup 1..2 1@1+1");
        assert!(chart.contains("1  so"), "{chart}");
    }

    #[test]
    fn of_a_long_name_the_beginning_is_shown() {
        let named = |letters: usize| drawn(&format!("run k\ntask {} 0..99 1@0+99", "x".repeat(letters)));
        assert!(named(24).contains(&format!("    {}  1", "x".repeat(24))), "{}", named(24));
        assert!(named(99).contains(&format!("    {}…  1", "x".repeat(23))), "{}", named(99));
        assert!(named(99).lines().all(|line| line.chars().count() <= WIDTH));
    }

    #[test]
    fn a_column_is_as_wide_as_all_steps_allow() {
        assert!(drawn("run k\ntask a 0..120 1@0+30 1@90+30").contains("    a  1--1"));
    }

    #[test]
    fn a_long_run_loses_its_middle_and_many_rows_are_counted() {
        let long = format!("run k\n{}", "task abcdefgh 0..997 1@0+1 1@2+995\n".repeat(12));
        let chart = drawn(&long);
        assert!(chart.lines().all(|line| line.chars().count() <= WIDTH), "{chart}");
        assert!(chart.contains("… and 8 more"), "{chart}");
        assert!(chart.contains('…'), "{chart}");
    }

    #[test]
    fn threads_beyond_the_ninth_have_letters() {
        assert!(drawn("run k\ntask a 0..1 12@0+1").contains("    a  c "), "{}", drawn("run k\ntask a 0..1 12@0+1"));
    }

    /// As many rows as there is room for are drawn, and one more is not.
    #[test]
    fn five_rows_are_drawn_and_of_six_four() {
        let tasks = |count: usize| format!("run k\n{}", "task a 0..1 1@0+1\n".repeat(count));
        assert!(!drawn(&tasks(ROWS)).contains('…'));
        assert!(drawn(&tasks(ROWS + 1)).contains("… and 2 more"));
    }

    /// A run of as many moments as there are columns is drawn as it is, and of a longer one both ends.
    #[test]
    fn a_run_that_fits_is_whole_and_a_longer_one_keeps_its_ends() {
        let run = |ends: u64, len: u64| drawn(&format!("run k\ntask abc 0..{ends} 1@0+{len} 1@{}+{len}", ends - len));
        let row = |chart: &str| chart.lines().nth(1).unwrap().trim().split("  ").nth(1).unwrap().to_string();
        assert_eq!(row(&run(30, 2)), format!("11{}11", "-".repeat(26)));
        let long = row(&run(31, 1));
        assert_eq!((long.chars().count(), long.starts_with("1--"), long.ends_with("--1")), (30, true, true));
    }

    /// A task may be in progress before its first step's edge and after its last one's: a column cuts neither.
    #[test]
    fn a_column_cuts_no_task_either() {
        let chart = drawn("run k\ntask a 0..95 1@0+30 1@60+30");
        assert!(chart.contains("11"), "{chart}");
    }
}
