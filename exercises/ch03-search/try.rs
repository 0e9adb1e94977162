//! Type into a frozen box, and then into your own two: `cargo run -p ch03 --example try --features try`.

use std::io::{IsTerminal, Read, Write, stdin, stdout};
use std::panic;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use tasks::ch03_search::{Dict, Glass, Key, Pages, Screen, Word, reference};

/// So long a whole search should take on this machine, and so long a chunk.
const SEARCH: Duration = Duration::from_millis(1200);
const CHUNK: Duration = Duration::from_millis(10);
/// The pace of somebody who types with two fingers.
const TYPING: Duration = Duration::from_millis(150);

fn main() {
    let (pages, stopped) = (Twins::measured(), Arc::new(AtomicBool::new(false)));
    println!("{pages}");
    match raw_keys() {
        Some((keys, _restored)) => {
            println!("Tab goes on to the next box, Esc ends.");
            by_hand(&keys, &pages, &stopped);
        }
        None => typed_for_you(&pages, &stopped),
    }
}

// The three boxes.

const BOXES: [&str; 3] = ["frozen", "interleaved", "multicore"];

/// A box on a thread of its own, and the way to its keys.
struct Running {
    press: Box<dyn Fn(Key)>,
    screen: Drawn,
    ended: JoinHandle<()>,
}

fn start(name: &'static str, pages: &Twins, stopped: &Arc<AtomicBool>) -> Running {
    stopped.store(false, SeqCst);
    let drawn = Drawn::new(name);
    let dict = Dict::new(Twins { stopped: stopped.clone(), ..pages.clone() });
    let screen = Screen::new(drawn.clone());
    if name == "interleaved" {
        let (press, mut keys) = tokio::sync::mpsc::channel(1024);
        let run = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
            runtime.expect("a runtime on this thread").block_on(ch03::interleaved(&mut keys, &dict, &screen));
        };
        return Running {
            press: Box::new(move |key| _ = press.try_send(key)),
            screen: drawn,
            ended: thread::spawn(run),
        };
    }
    let (press, keys) = crossbeam_channel::unbounded();
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let run = move || match name {
        "frozen" => reference(keys, &dict, &screen),
        _ => ch03::multicore(&keys, &dict, &screen, workers),
    };
    Running { press: Box::new(move |key| _ = press.send(key)), screen: drawn, ended: thread::spawn(run) }
}

impl Running {
    fn press(&self, key: Key) {
        self.screen.pressed();
        (self.press)(key);
    }

    /// No more keys. Waits for the last hits, or gives up on them.
    fn end(self, patience: Duration) {
        drop(self.press);
        let start = Instant::now();
        while !self.ended.is_finished() && start.elapsed() < patience {
            sleep(Duration::from_millis(10));
        }
        self.screen.sum_up(if self.ended.is_finished() {
            self.ended.join().err().map(|_| Stop::Panic)
        } else {
            Some(Stop::Never)
        });
    }
}

/// Why a box did not come to its end.
enum Stop {
    Panic,
    Never,
}

fn by_hand(keys: &Receiver<Press>, pages: &Twins, stopped: &Arc<AtomicBool>) {
    quiet_panics();
    for name in BOXES {
        let running = start(name, pages, stopped);
        let last = loop {
            match keys.recv_timeout(Duration::from_millis(50)) {
                Ok(Press::Key(key)) => running.press(key),
                Ok(Press::Next) => break Press::Next,
                Ok(Press::End) | Err(RecvTimeoutError::Disconnected) => break Press::End,
                Err(RecvTimeoutError::Timeout) if running.ended.is_finished() => break Press::Next,
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        running.screen.lines().over = true;
        stopped.store(true, SeqCst);
        running.end(Duration::from_secs(2));
        if last == Press::End {
            break;
        }
    }
}

fn typed_for_you(pages: &Twins, stopped: &Arc<AtomicBool>) {
    quiet_panics();
    println!("There are no single keys to be had here, so give me a line, and it is typed for you,");
    println!("a key every {} ms. An empty line ends.", TYPING.as_millis());
    for line in stdin().lines().map_while(Result::ok).take_while(|line| !line.trim().is_empty()) {
        for name in BOXES {
            let running = start(name, pages, stopped);
            for letter in line.trim().to_lowercase().chars() {
                if running.ended.is_finished() {
                    break;
                }
                running.press(Key::Letter(letter));
                sleep(TYPING);
            }
            running.end(Duration::from_secs(60));
        }
    }
}

/// What a box says when it panics is said in its last line.
fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let said = info.payload().downcast_ref::<&str>().map(ToString::to_string);
        let said = said.or_else(|| info.payload().downcast_ref().cloned()).unwrap_or_default();
        *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = said;
    }));
}

static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

// The keyboard.

#[derive(PartialEq)]
enum Press {
    Key(Key),
    Next,
    End,
}

/// Single keys, and what gives the terminal back as it was; `None` where there are none to be had.
fn raw_keys() -> Option<(Receiver<Press>, Restored)> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return None;
    }
    let restored = Restored(stty(&["-g"])?.trim().to_string());
    stty(&["-icanon", "-echo", "-isig", "min", "1", "time", "0"])?;
    let (press, presses) = channel();
    thread::spawn(move || {
        for byte in stdin().lock().bytes().map_while(Result::ok) {
            let pressed = match byte {
                b'\t' | b'\n' | b'\r' => Press::Next,
                // Escape, and what Ctrl-C and Ctrl-D send.
                27 | 3 | 4 => Press::End,
                8 | 127 => Press::Key(Key::Back),
                b'a'..=b'z' => Press::Key(Key::Letter(byte.into())),
                _ => continue,
            };
            if press.send(pressed).is_err() {
                break;
            }
        }
    });
    Some((presses, restored))
}

/// The settings of the terminal, which are put back at the end.
struct Restored(String);

impl Drop for Restored {
    fn drop(&mut self) {
        stty(&[&self.0]);
    }
}

fn stty(settings: &[&str]) -> Option<String> {
    let output = Command::new("stty").args(settings).stdin(Stdio::inherit()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

// The screen.

/// Two lines of the terminal. Clones are the same two lines.
#[derive(Clone)]
struct Drawn(Arc<Mutex<Lines>>);

struct Lines {
    name: &'static str,
    text: String,
    hits: String,
    /// When each key that has no echo yet was pressed.
    waiting: Vec<Instant>,
    keys: usize,
    longest: Duration,
    over: bool,
}

impl Drawn {
    fn new(name: &'static str) -> Drawn {
        println!();
        let lines = Lines {
            name,
            text: String::new(),
            hits: String::new(),
            waiting: vec![],
            keys: 0,
            longest: Duration::ZERO,
            over: false,
        };
        let drawn = Drawn(Arc::new(Mutex::new(lines)));
        drawn.lines().draw();
        drawn
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pressed(&self) {
        let mut lines = self.lines();
        lines.waiting.push(Instant::now());
        lines.keys += 1;
        lines.draw();
    }

    fn sum_up(&self, stop: Option<Stop>) {
        let mut lines = self.lines();
        lines.over = true;
        let waited = lines.waiting.first().map_or(lines.longest, |first| lines.longest.max(first.elapsed()));
        let panic = LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner);
        let mut said = match (stop, lines.keys) {
            (Some(Stop::Panic), _) if panic.starts_with("not yet implemented") => "it is not written yet".into(),
            (Some(Stop::Panic), _) => format!("it stopped: {panic}"),
            (Some(Stop::Never), _) => "it did not come to its end, and is left behind".into(),
            (None, 0) => "no key was pressed".into(),
            (None, keys) => format!("{keys} keys; the longest wait for an echo: {} ms", waited.as_millis()),
        };
        if !lines.waiting.is_empty() {
            said += &format!("; keys without an echo: {}", lines.waiting.len());
        }
        match stdout().is_terminal() {
            true => println!("\n\x1b[2K\n  {said}"),
            false => println!("  {said}"),
        }
    }
}

impl Glass for Drawn {
    fn echo(&self, text: &str) {
        let mut lines = self.lines();
        if !lines.waiting.is_empty() {
            let waited = lines.waiting.remove(0).elapsed();
            lines.longest = lines.longest.max(waited);
        }
        (lines.text, lines.hits) = (text.into(), "…".into());
        lines.draw();
    }

    fn show(&self, hits: &[Word]) {
        let first: Vec<&str> = hits.iter().take(6).map(|hit| &**hit).collect();
        let mut lines = self.lines();
        lines.hits = format!("hits: {}  {}", hits.len(), first.join(", "));
        lines.draw();
    }
}

impl Lines {
    fn draw(&self) {
        if self.over {
            return;
        }
        let waiting = match self.waiting.len() {
            0 => String::new(),
            1 => "   1 key waits".into(),
            keys => format!("   {keys} keys wait"),
        };
        let (first, second) =
            (format!("{:>11}  [{}_]{waiting}", self.name, self.text), format!("{:>11}  {}", "", self.hits));
        let drawn = match stdout().is_terminal() {
            true => format!("\r\x1b[2K{first}\n\x1b[2K{:.79}\x1b[1A\r", second),
            false => format!("{first}  {}\n", self.hits),
        };
        let mut out = stdout().lock();
        // A terminal that is gone needs no drawing.
        let _ = out.write_all(drawn.as_bytes()).and_then(|()| out.flush());
    }
}

// The dictionary.

/// Every two words put together, such as `sunflower`; a hit is a word that is at most two mistakes away, or one from a text of fewer than five letters.
#[derive(Clone)]
struct Twins {
    words: Arc<Vec<String>>,
    /// How many of them stand in front, and how many of those make a chunk.
    fronts: usize,
    chunk: usize,
    stopped: Arc<AtomicBool>,
}

impl Twins {
    /// As many words as this machine searches in `SEARCH`.
    fn measured() -> Twins {
        let words = Arc::new(words());
        let mut twins = Twins { fronts: words.len(), words, chunk: 1, stopped: Arc::default() };
        let start = Instant::now();
        let measured = 3;
        (0..measured).for_each(|front| drop(twins.scan(front, "flowr")));
        let one = start.elapsed() / measured as u32;
        let in_time = |time: Duration| (time.as_nanos() / one.as_nanos().max(1)) as usize;
        twins.fronts = in_time(SEARCH).clamp(12, twins.words.len());
        twins.chunk = in_time(CHUNK).clamp(1, twins.fronts);
        twins
    }
}

impl std::fmt::Display for Twins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = self.fronts * (self.words.len() + 1);
        writeln!(
            f,
            "A dictionary of {words} words, in {} chunks. A whole search takes a second or so.",
            self.chunks()
        )?;
        write!(f, "A hit is at most two mistakes away (one, if short). Type `sunflowr`, quickly.")
    }
}

impl Pages for Twins {
    fn chunks(&self) -> usize {
        self.fronts.div_ceil(self.chunk)
    }

    fn scan(&self, chunk: usize, text: &str) -> Vec<Word> {
        let fronts = chunk * self.chunk..((chunk + 1) * self.chunk).min(self.fronts);
        let (mut hits, mut twin) = (Vec::new(), String::new());
        for front in &self.words[fronts] {
            if self.stopped.load(SeqCst) {
                break;
            }
            for back in [""].into_iter().chain(self.words.iter().map(String::as_str)) {
                twin.clear();
                twin.push_str(front);
                twin.push_str(back);
                let allowed = if text.len() < 5 { 1 } else { 2 };
                if mistakes(text.as_bytes(), twin.as_bytes()) <= allowed {
                    hits.push(Word::from(twin.as_str()));
                }
            }
        }
        hits
    }
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn mistakes(typed: &[u8], word: &[u8]) -> usize {
    const LONGEST: usize = 32;
    let typed = &typed[..typed.len().min(LONGEST)];
    let mut row = [0; LONGEST + 1];
    (0..=typed.len()).for_each(|place| row[place] = place);
    for (nth, letter) in word.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = nth + 1;
        for place in 0..typed.len() {
            let changed = diagonal + usize::from(typed[place] != *letter);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[typed.len()]
}

/// Some words that make twins, those of this machine if it has a list, and syllables to fill up.
fn words() -> Vec<String> {
    const SOME: &str = "sun flower moon light star fish sea shell book shelf house boat rain bow snow ball fire fly \
        water melon butter cup key board note hand bag foot path wind mill tooth brush";
    const WORDS: usize = 2000;
    let mut words: Vec<String> = SOME.split_whitespace().map(String::from).collect();
    let list = std::fs::read_to_string("/usr/share/dict/words").unwrap_or_default();
    let plain = |word: &&str| (3..=7).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_lowercase());
    let listed: Vec<&str> = list.lines().filter(plain).collect();
    let step = (listed.len() / WORDS).max(1);
    words.extend(listed.into_iter().step_by(step).map(String::from));
    let syllables = || "bcdfglmnprstvz".chars().flat_map(|first| "aeiou".chars().map(move |then| [first, then]));
    let two = syllables().flat_map(|one| syllables().map(move |two| [one, two].concat().iter().collect()));
    words.extend(two);
    words.truncate(WORDS);
    words
}
