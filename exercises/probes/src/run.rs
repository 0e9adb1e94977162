//! One run as data: tasks, the steps they ran in, and the threads that ran them.
//!
//! The text form is one line for the run and one for each task. Rust writes and reads it, and so
//! do the figures of the book:
//!
//! ```text
//! run kitchen threads=1 ends=4 dealing=2 doing=1
//! task soup 0..3 1@0+1 1@2+1
//! task rice 1..4 1@1+1 1@3+1
//! ```
//!
//! A step is `thread@start+length`. Time is logical (a column is a moment in which nothing new
//! started) or virtual (milliseconds of a paused clock). Thread 0 is no thread: the task makes
//! progress elsewhere, as a letter in the post does. A task that never ended is `0..`.

use std::fmt;
use std::str::FromStr;

/// One run: its name (with the knobs it was made with, `key=value`) and its tasks, in the order of the task list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// What was run, and the knobs that it was run with: `kitchen hobs=2`.
    pub name: String,
    /// In the order in which they were given.
    pub tasks: Vec<Task>,
}

/// One task of a run: in progress from the start of its first step to the end of its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// One word, or the text form has `_` between two.
    pub name: String,
    /// When the first step began; `None` for a task that was never started.
    pub first: Option<u64>,
    /// When the last step ended; `None` for a task that was never started or never ended.
    pub last: Option<u64>,
    /// In the order in which they began.
    pub steps: Vec<Step>,
}

/// One stretch of running. Times are columns in a recorded run, and virtual milliseconds on a paused clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// 1 or more; 0 where no thread is needed.
    pub thread: usize,
    /// When it began.
    pub start: u64,
    /// For how long it ran.
    pub len: u64,
}

impl Step {
    /// The time at which it no longer runs.
    pub fn end(&self) -> u64 {
        self.start + self.len
    }

    fn covers(&self, time: u64) -> bool {
        self.start <= time && time < self.end()
    }
}

impl Task {
    /// Whether the task was started and not finished in the column that begins at `time`.
    pub fn in_progress(&self, time: u64) -> bool {
        self.first.is_some_and(|first| first <= time) && self.last.is_none_or(|last| time < last)
    }

    /// The thread that runs this task in the column that begins at `time`.
    pub fn thread_at(&self, time: u64) -> Option<usize> {
        self.steps.iter().find(|step| step.thread > 0 && step.covers(time)).map(|step| step.thread)
    }
}

impl Run {
    /// The time at which the last step ended.
    pub fn ends(&self) -> u64 {
        self.tasks.iter().flat_map(|task| &task.steps).map(Step::end).max().unwrap_or(0)
    }

    /// How many threads ran a step.
    pub fn threads(&self) -> usize {
        self.tasks.iter().flat_map(|task| &task.steps).map(|step| step.thread).max().unwrap_or(0)
    }

    /// *Dealing with*: the most tasks that were in progress (started, not finished) at one moment.
    pub fn dealing(&self) -> usize {
        self.most(|task, time| task.in_progress(time))
    }

    /// *Doing*: the most tasks inside a running step at one moment. A thread runs one step at a time, so each has a
    /// thread of its own, as long as code drops a [step](crate::Lane::step) before it opens the next.
    pub fn doing(&self) -> usize {
        self.most(|task, time| task.thread_at(time).is_some())
    }

    /// The numbers can only rise where a step starts, so only those moments are looked at.
    fn most(&self, counts: impl Fn(&Task, u64) -> bool) -> usize {
        let starts = self.tasks.iter().flat_map(|task| &task.steps).map(|step| step.start);
        starts.map(|time| self.tasks.iter().filter(|task| counts(task, time)).count()).max().unwrap_or(0)
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (threads, ends) = (self.threads(), self.ends());
        let (dealing, doing) = (self.dealing(), self.doing());
        writeln!(f, "run {} threads={threads} ends={ends} dealing={dealing} doing={doing}", self.name)?;
        self.tasks.iter().try_for_each(|task| writeln!(f, "{task}"))
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_nothing = |time: Option<u64>| time.map_or(String::new(), |time| time.to_string());
        let name = self.name.replace(char::is_whitespace, "_");
        write!(f, "task {name} {}..{}", or_nothing(self.first), or_nothing(self.last))?;
        self.steps.iter().try_for_each(|Step { thread, start, len }| write!(f, " {thread}@{start}+{len}"))
    }
}

/// A line that is not part of a run: which one, and what it should have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARun {
    /// The line as it was found.
    pub line: String,
    /// What a line in its place looks like.
    pub expected: &'static str,
}

impl fmt::Display for NotARun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a run: expected {}, found `{}`", self.expected, self.line)
    }
}

impl std::error::Error for NotARun {}

impl FromStr for Run {
    type Err = NotARun;

    /// Reads the text form of one run; the four totals of its first line are derived, so they are not kept.
    fn from_str(text: &str) -> Result<Run, NotARun> {
        let mut lines = text.lines();
        let head = lines.next().unwrap_or("");
        let words = head.strip_prefix("run ").ok_or_else(|| wrong(head, "`run NAME …`"))?;
        let derived = ["threads=", "ends=", "dealing=", "doing="];
        let named = words.split_whitespace().filter(|word| !derived.iter().any(|d| word.starts_with(d)));
        let name = named.collect::<Vec<_>>().join(" ");
        let tasks = lines.map(str::parse).collect::<Result<_, _>>()?;
        Ok(Run { name, tasks })
    }
}

impl FromStr for Task {
    type Err = NotARun;

    fn from_str(line: &str) -> Result<Task, NotARun> {
        let bad = || wrong(line, "`task NAME FIRST..LAST THREAD@START+LENGTH …`");
        let mut words = line.split_whitespace();
        let ("task", name, span) =
            (words.next().ok_or_else(bad)?, words.next().ok_or_else(bad)?, words.next().ok_or_else(bad)?)
        else {
            return Err(bad());
        };
        let (first, last) = span.split_once("..").ok_or_else(bad)?;
        let time = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| bad()) };
        let steps = words.map(|word| step(word).ok_or_else(bad)).collect::<Result<_, _>>()?;
        Ok(Task { name: name.into(), first: time(first)?, last: time(last)?, steps })
    }
}

fn step(word: &str) -> Option<Step> {
    let (thread, span) = word.split_once('@')?;
    let (start, len) = span.split_once('+')?;
    Some(Step { thread: thread.parse().ok()?, start: start.parse().ok()?, len: len.parse().ok()? })
}

fn wrong(line: &str, expected: &'static str) -> NotARun {
    NotARun { line: line.into(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITCHEN: &str = "\
run kitchen hobs=2 threads=1 ends=5 dealing=2 doing=1
task soup 0..3 1@0+1 1@2+1
task rice 1.. 1@1+1 0@3+2
task tea ..
";

    #[test]
    fn what_is_written_is_what_is_read() {
        let run: Run = KITCHEN.parse().unwrap();
        assert_eq!(run.to_string(), KITCHEN);
        assert_eq!(run.name, "kitchen hobs=2");
    }

    #[test]
    fn a_task_without_a_thread_is_dealt_with_and_not_done() {
        let run: Run = "run post\ntask letter 0..9 0@0+9\ntask tea 0..2 1@0+2\n".parse().unwrap();
        assert_eq!((run.dealing(), run.doing()), (2, 1));
    }

    #[test]
    fn a_name_of_two_words_can_be_read_back() {
        let task = Task { name: "rye bread".into(), first: Some(0), last: Some(1), steps: vec![] };
        assert_eq!(task.to_string().parse::<Task>().unwrap().name, "rye_bread");
    }

    #[test]
    fn a_line_that_is_no_task_is_named() {
        let said = "run x\ntask soup 0-3".parse::<Run>().unwrap_err().to_string();
        assert!(said.contains("`task soup 0-3`"), "{said}");
        assert!("".parse::<Run>().is_err());
    }

    #[test]
    fn a_step_is_in_its_first_column_and_not_in_the_one_after_its_end() {
        let run: Run = "run k\ntask soup 1..3 1@1+2\ntask rice 3.. 2@3+1".parse().unwrap();
        let columns = |task: usize| (0..5).map(|time| run.tasks[task].thread_at(time)).collect::<Vec<_>>();
        assert_eq!(columns(0), [None, Some(1), Some(1), None, None]);
        let in_progress = |task: usize| (0..5).map(|time| run.tasks[task].in_progress(time)).collect::<Vec<_>>();
        assert_eq!(in_progress(0), [false, true, true, false, false]);
        assert_eq!(in_progress(1), [false, false, false, true, true]);
        assert_eq!((run.dealing(), run.doing()), (1, 1));
    }

    /// The totals are of the whole run, whatever the order of its tasks.
    #[test]
    fn the_totals_do_not_depend_on_the_order_of_the_tasks() {
        let run: Run = "run k\ntask a 0..9 3@0+9\ntask b 2..4 2@2+2\ntask c 5..6 1@5+1".parse().unwrap();
        assert_eq!((run.threads(), run.ends(), run.dealing(), run.doing()), (3, 9, 2, 2));
    }
}
