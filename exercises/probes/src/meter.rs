//! A meter for the machine: were two cores seen at work at the same instant, just now?
//!
//! Two threads that never sleep hand a number to and fro. On two cores an exchange takes well under a
//! microsecond. On one core each exchange has to wait for the scheduler to switch threads, so a *streak* of quick
//! exchanges is something no scheduler can fake. That makes "seen" a proof. "Not seen" proves nothing: other
//! programs may have had the second core at that moment.
//!
//! ```
//! let said = probes::meter::two_cores(std::time::Duration::from_millis(100));
//! println!("{said}");
//! ```
//!
//! This is a measurement of the machine, never a condition of passing a test.

use std::fmt;
use std::hint::spin_loop;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::*};
use std::thread;
use std::time::{Duration, Instant};

/// What the meter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cores {
    /// Two threads were seen at work at the same instant.
    Seen,
    /// The machine has more than one core for this program, but two were not seen at work just now.
    NotSeen,
    /// The system gives this program one core.
    One,
}

impl fmt::Display for Cores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cores::Seen => "seen: two threads ran at the same instant",
            Cores::NotSeen => "not seen: other programs may have had the second core",
            Cores::One => "one core available: threads take turns on it",
        })
    }
}

/// An exchange counts as quick if it is over before this many looks at the number.
const QUICK: u32 = 20_000;
/// So many quick exchanges in a row take less than a millisecond.
const STREAK: u32 = 20;

/// Looks for at most `limit`, and for as long as the system lets one of its two threads wait; mostly it knows within a
/// millisecond.
pub fn two_cores(limit: Duration) -> Cores {
    if thread::available_parallelism().is_ok_and(|cores| cores.get() == 1) {
        return Cores::One;
    }
    let (ball, over) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| answer(&ball, &over));
        let seen = streak_of_quick_exchanges(&ball, limit);
        over.store(true, Release);
        if seen { Cores::Seen } else { Cores::NotSeen }
    })
}

/// Turns every odd number into the next even one.
fn answer(ball: &AtomicU64, over: &AtomicBool) {
    while !over.load(Acquire) {
        let now = ball.load(Acquire);
        if now % 2 == 1 {
            ball.store(now + 1, Release);
        }
        spin_loop();
    }
}

fn streak_of_quick_exchanges(ball: &AtomicU64, limit: Duration) -> bool {
    let (start, mut streak, mut served) = (Instant::now(), 0, 0);
    while streak < STREAK && start.elapsed() < limit {
        ball.store(served + 1, Release);
        let mut looks = 0;
        while ball.load(Acquire) != served + 2 {
            looks += 1;
            spin_loop();
        }
        served += 2;
        streak = if looks < QUICK { streak + 1 } else { 0 };
    }
    streak >= STREAK
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it says depends on the machine; that it says something does not.
    #[test]
    fn the_meter_comes_to_an_end() {
        let said = two_cores(Duration::from_millis(200));
        let one = thread::available_parallelism().is_ok_and(|cores| cores.get() == 1);
        assert_eq!(said == Cores::One, one);
    }
}
