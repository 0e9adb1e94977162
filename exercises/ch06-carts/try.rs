//! Your line, on a real file: `cargo run --release -p ch06 --example try --features try -- FILE 4`.
//!
//! A cart is a buffer. `load` reads the next piece of the file into it and sums it up, `haul` turns it into hexadecimal
//! text, `tip` sums the text up and writes it, `back` wipes the buffer. The number is how many carts there are. Without a
//! file, the program reads itself. Your file is only read, and what was written is deleted in the end.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tasks::ch06_carts::{Ground, Step, Tally, Working, Yard, reference};

/// Bytes in a cart.
const PIECE: u64 = 64 << 10;
/// More than this of a file is not read.
const MOST: u64 = 64 << 20;
const MOST_CARTS: usize = 64;
const DIGITS: &[u8; 16] = b"0123456789abcdef";
/// A run that takes less than this is mostly beginning and end.
const SHORT: Duration = Duration::from_millis(50);
/// The widest bar.
const WIDTH: f64 = 40.0;

fn main() -> ExitCode {
    match asked().and_then(|(file, carts)| dump(&file, carts)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            say(&why);
            ExitCode::from(2)
        }
    }
}

/// Which file, and how many carts.
fn asked() -> Result<(PathBuf, usize), String> {
    let mut words = std::env::args_os().skip(1);
    let file = match words.next() {
        Some(file) => PathBuf::from(file),
        None => std::env::current_exe().map_err(|error| format!("Name a file, please; this program: {error}."))?,
    };
    let carts = match words.next() {
        None => Some(4),
        Some(word) => word.to_str().and_then(|word| word.parse().ok()).filter(|carts| (1..=MOST_CARTS).contains(carts)),
    };
    let carts = carts.ok_or(format!("A file and 1 to {MOST_CARTS} carts, please: cargo course try ch06 FILE 4"))?;
    Ok((file, carts))
}

/// Whether all dumps are the same.
fn dump(file: &Path, carts: usize) -> Result<bool, String> {
    // Read once for nothing, so that the first run does not pay for the disk alone.
    let cannot = |error| format!("{} cannot be read: {error}.", file.display());
    let length = File::open(file).and_then(|file| io::copy(&mut file.take(MOST), &mut io::sink())).map_err(cannot)?;
    if length == 0 {
        return Err(format!("{} is empty.", file.display()));
    }
    let loads = u32::try_from(length.div_ceil(PIECE)).expect("not more than a thousand");
    say(&format!("{}: {length} bytes, {loads} loads, {carts} carts", file.display()));

    let plain = Written::by(file, "plain", |yard| reference(yard, loads))?.expect("the plain loop is written");
    say("\nOne crab, a plain loop:");
    plain.show(&plain);
    let ways: [(&str, &str, Brings); 3] = [
        ("Your solo", "solo", Box::new(|yard| on_tokio(ch06::solo(yard, loads)))),
        ("Your interleaved, one thread", "line", Box::new(|yard| on_tokio(ch06::interleaved(yard, loads, carts)))),
        ("Your multicore, four threads", "threads", Box::new(|yard| ch06::multicore(yard, loads, carts))),
    ];
    let mut same = true;
    for (title, name, bring) in ways {
        say(&format!("\n{title}:"));
        let Some(written) = Written::by(file, name, bring)? else {
            say("  This one has no answer yet.");
            continue;
        };
        written.show(&plain);
        if written.sums != plain.sums {
            same = false;
            say("  This is another text than the plain loop wrote. Can one cart overtake another?");
        }
    }
    let busiest = plain.at_work.iter().max().expect("four steps").as_secs_f64();
    let most = plain.at_work.iter().sum::<Duration>().as_secs_f64() / busiest;
    say(&format!("\nA line is as quick as its busiest crab: {most:.1} times the plain loop at most,"));
    say("if every crab has a core.");
    if plain.took < SHORT {
        say("So small a file says little about time. Take one of some megabytes.");
    }
    Ok(same)
}

type Brings<'a> = Box<dyn FnOnce(&Yard) -> Tally + 'a>;

/// One thread moves all the crabs.
fn on_tokio(line: impl Future<Output = Tally>) -> Tally {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime on this thread").block_on(line)
}

/// What a run has written, and how long it and its four steps took.
struct Written {
    bytes: u64,
    sums: [Sum; 2],
    took: Duration,
    at_work: [Duration; 4],
}

impl Written {
    /// Nothing, if the function panics, as a stub does.
    fn by(file: &Path, name: &str, bring: impl FnOnce(&Yard) -> Tally) -> Result<Option<Written>, String> {
        let goal = Goal(std::env::temp_dir().join(format!("ch06-try-{}-{name}.txt", std::process::id())));
        let cannot = |error| format!("{} cannot be written: {error}.", goal.0.display());
        let field = Arc::new(Field {
            pile: Mutex::new(File::open(file).map_err(|error| format!("{}: {error}.", file.display()))?.take(MOST)),
            fire: Mutex::new(File::create(&goal.0).map_err(cannot)?),
            carts: Mutex::default(),
            read: Mutex::default(),
            written: Mutex::default(),
            crabs: AtomicUsize::new(0),
            at_work: Mutex::default(),
            failed: Mutex::default(),
        });
        let start = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| drop(bring(&Yard::new(Hexadecimal(field.clone()))))));
        let took = start.elapsed();
        if let Some(error) = lock(&field.failed).take() {
            return Err(format!("This run was not finished: {error}."));
        }
        let bytes = fs::metadata(&goal.0).map_err(cannot)?.len();
        let (sums, at_work) = ([*lock(&field.read), *lock(&field.written)], *lock(&field.at_work));
        Ok(done.is_ok().then_some(Written { bytes, sums, took, at_work }))
    }

    /// The time beside the plain loop's, and how much of it each step was under way.
    fn show(&self, plain: &Written) {
        for (name, time) in ["load", "haul", "tip", "back"].iter().zip(self.at_work) {
            let share = time.as_secs_f64() / self.took.as_secs_f64();
            let bar = "#".repeat((share * WIDTH) as usize);
            say(format!("  {name}  {:>3.0} %  {bar}", share * 100.0).trim_end());
        }
        let ratio = plain.took.as_secs_f64() / self.took.as_secs_f64();
        say(&format!("  {} bytes written in {:.2} s: {ratio:.2} x", self.bytes, self.took.as_secs_f64()));
    }
}

/// A file that is gone in the end.
struct Goal(PathBuf);

impl Drop for Goal {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A yard whose wood is a file, and whose fire is another.
struct Hexadecimal(Arc<Field>);

struct Field {
    pile: Mutex<io::Take<File>>,
    fire: Mutex<File>,
    read: Mutex<Sum>,
    written: Mutex<Sum>,
    carts: Mutex<Vec<Arc<Mutex<Load>>>>,
    crabs: AtomicUsize,
    at_work: Mutex<[Duration; 4]>,
    /// What went wrong first. After that nothing is done any more.
    failed: Mutex<Option<io::Error>>,
}

#[derive(Default)]
struct Load {
    bytes: Vec<u8>,
    text: Vec<u8>,
}

impl Ground for Hexadecimal {
    fn crab(&self, _: &str) -> usize {
        self.0.crabs.fetch_add(1, Ordering::Relaxed)
    }

    fn cart(&self) -> usize {
        let mut carts = lock(&self.0.carts);
        carts.push(Arc::default());
        carts.len() - 1
    }

    fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_> {
        Box::pin(async move { self.step_blocking(crab, step, cart) })
    }

    fn step_blocking(&self, _: usize, step: Step, cart: usize) {
        let (cart, start) = (lock(&self.0.carts)[cart].clone(), Instant::now());
        if lock(&self.0.failed).is_none()
            && let Err(error) = self.0.work(step, &mut lock(&cart))
        {
            lock(&self.0.failed).get_or_insert(error);
        }
        lock(&self.0.at_work)[step as usize] += start.elapsed();
    }
}

impl Field {
    fn work(&self, step: Step, cart: &mut Load) -> io::Result<()> {
        match step {
            Step::Load => {
                lock(&self.pile).by_ref().take(PIECE).read_to_end(&mut cart.bytes)?;
                lock(&self.read).add(&cart.bytes);
            }
            Step::Haul => {
                cart.text.resize(2 * cart.bytes.len(), 0);
                for (digits, byte) in cart.text.chunks_exact_mut(2).zip(&cart.bytes) {
                    digits[0] = DIGITS[usize::from(byte >> 4)];
                    digits[1] = DIGITS[usize::from(byte & 15)];
                }
            }
            Step::Tip => {
                lock(&self.written).add(&cart.text);
                lock(&self.fire).write_all(&cart.text)?;
            }
            Step::Back => {
                cart.bytes.clear();
                cart.text.clear();
            }
        }
        Ok(())
    }
}

/// A checksum that knows the order of the bytes: Fowler, Noll and Vo's, with 64 bits.
#[derive(Clone, Copy, PartialEq)]
struct Sum(u64);

impl Default for Sum {
    fn default() -> Sum {
        Sum(0xcbf2_9ce4_8422_2325)
    }
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line; nobody minds if the reader has gone.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
