//! Kitchen timers on your own executor: `cargo run -p ch05 --example try --features try`.
//!
//! Nine tasks: one has the keyboard, eight are timers. Nothing lets your code sleep but your code; nothing wakes it but
//! the wakers it made. A number runs your `multicore` with so many workers, `plain` the plain loop of the page.

use std::future::poll_fn;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use tasks::ch05_executor::{Gate, Task, reference};

const TIMERS: usize = 8;
const MOST_WORKERS: usize = 64;
const LONGEST: u64 = 3600;
const PLAIN: &str = "the plain loop";
const HOW: &str = "Seconds and a name, please, like: 3 egg";

fn main() -> ExitCode {
    let (name, run): (String, Runs) = match std::env::args().nth(1).as_deref().map(|word| (word, word.parse())) {
        None => ("your `interleaved`".into(), Box::new(ch05::interleaved)),
        Some(("plain", _)) => (PLAIN.into(), Box::new(reference)),
        Some((_, Ok(workers @ 1..=MOST_WORKERS))) => {
            (format!("your `multicore` with {workers} workers"), Box::new(move |tasks| ch05::multicore(tasks, workers)))
        }
        Some(_) => {
            say(&format!("Nothing, a number of workers up to {MOST_WORKERS}, or `plain`: cargo course try ch05 2"));
            return ExitCode::from(2);
        }
    };
    let kitchen = Kitchen::default();
    let polls: [Arc<AtomicUsize>; TIMERS + 1] = Default::default();
    let keyboard: Task<()> = Box::pin(keyboard(kitchen.clone()));
    let timers = (0..TIMERS).map(|timer| -> Task<()> { Box::pin(timer_task(kitchen.clone(), timer)) });
    let tasks = [keyboard].into_iter().chain(timers).zip(&polls).map(|(task, polls)| counted(task, polls.clone()));
    say(&format!("A keyboard and {TIMERS} timers on {name}.\n{HOW}. An empty line ends it."));

    thread::spawn({
        let kitchen = kitchen.clone();
        move || read(&kitchen)
    });
    let (start, tasks) = (Instant::now(), tasks.collect());
    if catch_unwind(AssertUnwindSafe(|| run(tasks))).is_err() {
        say("This one has no answer yet.");
        return ExitCode::FAILURE;
    }
    let counts = polls.map(|polls| polls.load(Ordering::Relaxed));
    say(&format!("\nPolls by {name} in {:.1} s:\n  keyboard  {}", start.elapsed().as_secs_f64(), counts[0]));
    for (timer, polls) in counts[1..].iter().enumerate() {
        say(&format!("  timer {}   {polls}", timer + 1));
    }
    say(&format!("  together  {}", counts.iter().sum::<usize>()));
    if name != PLAIN {
        say("Between two of these polls, nobody asked anything.");
    }
    ExitCode::SUCCESS
}

type Runs = Box<dyn FnOnce(Vec<Task<()>>) -> Vec<()>>;

/// What the tasks share with the thread that reads.
#[derive(Clone, Default)]
struct Kitchen {
    table: Arc<Mutex<Table>>,
    /// Open when there is something to read.
    typed: Gate,
    /// Each open when its timer has something to do, or may go home.
    wanted: [Gate; TIMERS],
}

#[derive(Default)]
struct Table {
    lines: Vec<String>,
    /// What each timer is to wait for; a timer has it until it rang.
    orders: [Option<Order>; TIMERS],
    closed: bool,
}

#[derive(Clone)]
struct Order {
    name: String,
    seconds: u64,
}

impl Kitchen {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().expect("no panic at the table")
    }
}

/// Hands what is typed to the timers.
async fn keyboard(kitchen: Kitchen) {
    loop {
        kitchen.typed.pass().await;
        let (lines, closed) = {
            let mut table = kitchen.table();
            (std::mem::take(&mut table.lines), table.closed)
        };
        lines.iter().for_each(|line| take_order(&kitchen, line));
        if closed {
            return kitchen.wanted.iter().for_each(Gate::open);
        }
    }
}

fn take_order(kitchen: &Kitchen, line: &str) {
    let (seconds, name) = line.trim().split_once(' ').unwrap_or((line.trim(), "time"));
    let Some(seconds) = seconds.parse().ok().filter(|seconds| *seconds <= LONGEST) else { return say(HOW) };
    let mut table = kitchen.table();
    let Some(timer) = table.orders.iter().position(Option::is_none) else {
        return say(&format!("All {TIMERS} timers are running. Wait for one."));
    };
    table.orders[timer] = Some(Order { name: name.trim().into(), seconds });
    // Whoever is woken may come at once, so let go of the table first.
    drop(table);
    kitchen.wanted[timer].open();
}

async fn timer_task(kitchen: Kitchen, timer: usize) {
    loop {
        let (order, closed) = {
            let table = kitchen.table();
            (table.orders[timer].clone(), table.closed)
        };
        match order {
            Some(Order { name, seconds }) => {
                say(&format!("  timer {}: {name} in {seconds} s", timer + 1));
                ring_after(Duration::from_secs(seconds)).pass().await;
                say(&format!("  timer {}: {name}!", timer + 1));
                kitchen.table().orders[timer] = None;
            }
            None if closed => return,
            None => kitchen.wanted[timer].pass().await,
        }
    }
}

/// A gate that is opened after so long. A thread for each is a clock of the simplest kind; tokio has one clock for all.
fn ring_after(time: Duration) -> Gate {
    let gate = Gate::default();
    let opens = gate.clone();
    thread::spawn(move || {
        thread::sleep(time);
        opens.open();
    });
    gate
}

/// The only thread that waits for the keyboard: a task that did so would keep all the others waiting.
fn read(kitchen: &Kitchen) {
    for line in io::stdin().lock().lines().map_while(Result::ok).take_while(|line| !line.trim().is_empty()) {
        kitchen.table().lines.push(line);
        kitchen.typed.open();
    }
    kitchen.table().closed = true;
    kitchen.typed.open();
}

/// The same task, and how often it was polled.
fn counted(mut task: Task<()>, polls: Arc<AtomicUsize>) -> Task<()> {
    Box::pin(poll_fn(move |context| {
        polls.fetch_add(1, Ordering::Relaxed);
        task.as_mut().poll(context)
    }))
}

/// A line; nobody minds if the reader has gone.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
