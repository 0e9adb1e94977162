//! A run in the Chrome trace format, so that it opens in Perfetto and in `chrome://tracing`.
//!
//! The run is there twice, as everywhere: a process "by thread" with a row for each thread and a slice for each step,
//! and a process "by task" with a row for each task, the time for which it was in progress, and its steps inside. A
//! unit of the run's time is shown as a millisecond.
//!
//! ```
//! let run: probes::Run = "run kitchen\ntask soup 0..3 1@0+1 1@2+1".parse()?;
//! assert!(probes::chrome::trace(&run).starts_with(r#"{"traceEvents":["#));
//! # Ok::<(), probes::run::NotARun>(())
//! ```

use crate::run::{Run, Task};

const BY_THREAD: usize = 1;
const BY_TASK: usize = 2;

/// The run as JSON.
pub fn trace(run: &Run) -> String {
    let mut events = vec![process(BY_THREAD, "by thread"), process(BY_TASK, "by task")];
    events.extend((1..=run.threads()).map(|thread| row(BY_THREAD, thread, &format!("thread {thread}"))));
    for (index, task) in run.tasks.iter().enumerate() {
        events.push(row(BY_TASK, index + 1, &task.name));
        events.extend(
            lifetime(task, run.ends()).map(|(start, len)| slice(BY_TASK, index + 1, "in progress", start, len)),
        );
        for step in &task.steps {
            let what = if step.thread == 0 { "elsewhere".into() } else { format!("on thread {}", step.thread) };
            events.push(slice(BY_TASK, index + 1, &what, step.start, step.len));
            if step.thread > 0 {
                events.push(slice(BY_THREAD, step.thread, &task.name, step.start, step.len));
            }
        }
    }
    format!("{{\"traceEvents\":[\n{}\n],\"otherData\":{{\"run\":{}}}}}\n", events.join(",\n"), text(&run.name))
}

/// When a task was in progress; one that never ended was to the end of the run.
fn lifetime(task: &Task, ends: u64) -> Option<(u64, u64)> {
    let first = task.first?;
    Some((first, task.last.unwrap_or(ends).saturating_sub(first)))
}

fn process(pid: usize, name: &str) -> String {
    format!(r#"{{"ph":"M","name":"process_name","pid":{pid},"tid":0,"args":{{"name":{}}}}}"#, text(name))
}

fn row(pid: usize, tid: usize, name: &str) -> String {
    format!(r#"{{"ph":"M","name":"thread_name","pid":{pid},"tid":{tid},"args":{{"name":{}}}}}"#, text(name))
}

/// Chrome counts in microseconds.
fn slice(pid: usize, tid: usize, name: &str, start: u64, len: u64) -> String {
    let (start, len) = (start * 1000, len * 1000);
    format!(r#"{{"ph":"X","name":{},"pid":{pid},"tid":{tid},"ts":{start},"dur":{len}}}"#, text(name))
}

/// A JSON string.
fn text(text: &str) -> String {
    let mut out = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            char if char.is_control() => out += &format!("\\u{:04x}", u32::from(char)),
            char => out.push(char),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_there_by_thread_and_by_task() {
        let run: Run = "run k\ntask soup 0..3 1@0+1 2@2+1\ntask let\"ter 0.. 0@0+3".parse().unwrap();
        let trace = trace(&run);
        let slices = |pid: usize| trace.matches(&format!("\"X\",\"name\":\"soup\",\"pid\":{pid}")).count();
        assert_eq!(slices(BY_THREAD), 2);
        assert!(trace.contains(r#""name":"in progress","pid":2,"tid":1,"ts":0,"dur":3000"#), "{trace}");
        assert!(trace.contains(r#""name":"in progress","pid":2,"tid":2,"ts":0,"dur":3000"#), "{trace}");
        assert!(trace.contains(r#"let\"ter"#), "{trace}");
    }

    #[test]
    fn a_slice_is_as_long_as_it_lasts_and_elsewhere_has_no_row() {
        let mut run: Run = "run k\ntask soup 1..3 2@1+2\ntask letter 2..5 0@2+3".parse().unwrap();
        run.tasks[1].name = "a\tletter".into();
        let trace = trace(&run);
        assert!(trace.contains(r#""name":"in progress","pid":2,"tid":1,"ts":1000,"dur":2000"#), "{trace}");
        assert!(trace.contains(r#""name":"elsewhere","pid":2,"tid":2,"ts":2000,"dur":3000"#), "{trace}");
        assert!(trace.contains(r#""name":"a\u0009letter""#), "{trace}");
        assert_eq!(trace.matches(r#""name":"thread_name","pid":1"#).count(), 2);
        // By thread there is the soup alone.
        let by_thread = trace.lines().filter(|line| line.contains(r#""ph":"X""#) && line.contains(r#""pid":1,"#));
        assert_eq!(by_thread.count(), 1, "{trace}");
    }
}
