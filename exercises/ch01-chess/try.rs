//! Sit down at a board of your own exhibition: `cargo run -p ch01 --example try --features try`.
//!
//! The master is your code; the opponents at the other boards take their time, and so may you. The game is a small one:
//! from a heap of matches, each side takes one, two or three, and whoever takes the last has won.

use std::io::{BufRead, IsTerminal, Write, stdin, stdout};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tasks::ch01_chess::{Board, Score, Step, reference};

const HEAP: u32 = 12;
const MOST: u32 = 3;
/// An opponent who is no human thinks for so long.
const THINKS: Duration = Duration::from_millis(700);
/// A master who finds nothing to do at a board has walked to it all the same.
const A_WALK: Duration = Duration::from_millis(2);
const BOARDS: usize = 4;

fn main() -> ExitCode {
    let typed = Typed::start();
    let rounds: [(&str, Play); 3] = [
        ("One game after the other: who sits at board 4 waits for your game to end", |boards| reference(boards)),
        ("Your interleaved: one master, a step here and a step there", |boards| ch01::interleaved(boards)),
        ("Your multicore: two masters, each with half of the boards", |boards| ch01::multicore(boards, 2)),
    ];
    say("Take 1, 2 or 3 matches: type the number, then Enter. Who takes the last has won.");
    if !typed.by_hand {
        say("Nobody can type here, so board 1 plays by itself.");
    }
    for (name, play) in rounds {
        say(&format!("\n{name}.\n"));
        let start = Instant::now();
        let mut boards: Vec<Board> = (1..=BOARDS).map(|number| board(number, start, typed.clone())).collect();
        let Ok(scores) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play(&mut boards))) else {
            say("  That one is not to be played yet.");
            continue;
        };
        let scores: Vec<_> = scores.iter().map(Score::to_string).collect();
        say(&format!("\n  The master has {}, after {:.1} s.", scores.join(", "), start.elapsed().as_secs_f64()));
    }
    say(
        "\nWho sat at the other boards waited for you only in the first round. A second\nmaster brings much where the master's own moves take long; here it is the\nopponents' moves.",
    );
    ExitCode::SUCCESS
}

type Play = fn(&mut [Board]) -> Vec<Score>;

/// Board 1 is yours.
fn board(number: usize, start: Instant, typed: Typed) -> Board {
    let (mut left, mut thinking_until, mut asked) = (HEAP, start + THINKS, false);
    // Twelve is lost for whoever begins, if the other makes no mistake; and the master makes none. You get a chance.
    left += u32::from(number == 1);
    Board::new(move || {
        let yours = number == 1 && typed.by_hand;
        if yours && !asked {
            say(&format!("  Board 1: {left} matches. You take? "));
            typed.forget();
            asked = true;
        }
        let taken = match yours {
            true => typed.number(left),
            false => (Instant::now() >= thinking_until).then(|| 1 + (left + number as u32) % MOST.min(left)),
        };
        let Some(taken) = taken else {
            thread::sleep(A_WALK);
            return Step::Waiting;
        };
        let who = if yours { "you take" } else { "they take" };
        let clock = start.elapsed().as_secs_f64();
        left -= taken;
        if left == 0 {
            say(&format!("  {clock:4.1} s  board {number}: {who} {taken}, the last."));
            return Step::Over(Score::Loss);
        }
        // A heap of four, eight or twelve is lost for whoever has to take from it.
        let mine = if left % (MOST + 1) == 0 { 1 } else { left % (MOST + 1) };
        left -= mine;
        let and_then = if left == 0 { "the last".into() } else { format!("{left} are left") };
        say(&format!("  {clock:4.1} s  board {number}: {who} {taken}, the master takes {mine}, {and_then}."));
        (thinking_until, asked) = (Instant::now() + THINKS, false);
        if left == 0 { Step::Over(Score::Win) } else { Step::Moved }
    })
}

/// What is typed, line by line, without anybody waiting for it.
#[derive(Clone)]
struct Typed {
    lines: Arc<Mutex<Receiver<String>>>,
    by_hand: bool,
}

impl Typed {
    fn start() -> Typed {
        let (send, lines) = channel();
        thread::spawn(move || stdin().lock().lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Typed { lines: Arc::new(Mutex::new(lines)), by_hand: stdin().is_terminal() }
    }

    /// What was typed before the question is no answer to it.
    fn forget(&self) {
        let lines = self.lines.lock().expect("nobody panics here");
        while lines.try_recv().is_ok() {}
    }

    /// The next number that can be taken from so many, if one has been typed.
    fn number(&self, left: u32) -> Option<u32> {
        match self.lines.lock().expect("nobody panics here").try_recv() {
            Ok(line) => match line.trim().parse() {
                Ok(taken) if (1..=MOST.min(left)).contains(&taken) => Some(taken),
                _ => {
                    say(&format!("  A number from 1 to {}, please.", MOST.min(left)));
                    None
                }
            },
            Err(TryRecvError::Empty) => None,
            // The end of all input: what cannot be typed any more is chosen.
            Err(TryRecvError::Disconnected) => Some(1),
        }
    }
}

/// A line; nobody minds if the reader has gone.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
