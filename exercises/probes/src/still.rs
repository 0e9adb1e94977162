//! Waiting until nothing else in this process can move.
//!
//! A rendezvous has to know when to give up, and time alone is a bad judge: on a busy machine a thread
//! may get its turn late. So a wait ends when every other thread of the process is *asleep and stays
//! asleep*: then nobody is left who could still come. Where the system does not tell (it does on Linux,
//! under `/proc`), the wait is a number of short naps. A nap ends only when this thread gets a turn, so
//! the count stretches with the load of the machine, as a limit in seconds would not.
//!
//! Limit: a thread that naps and looks again, in a loop, looks asleep to a short wait. That is why a wait
//! whose end is a verdict ([`Patience::Long`]) also asks that nobody *woke* in between.

use std::thread;
use std::time::Duration;

/// How sure a wait must be that nobody will come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Four looks in a row that find everyone asleep. For waits that right code takes, too.
    Short,
    /// Fifty looks between which nobody woke: so nobody naps and looks again, either. For waits that right code
    /// takes, too, and that ask whether it *sleeps*.
    Calm,
    /// A quarter of a second in which nobody woke. For waits that only wrong code takes to the end.
    Long,
    /// A second in which nobody woke. For the watchdog, which knows nothing of what it watches.
    Longest,
}

impl Patience {
    /// Between two looks. The first are short, because what right code waits for comes at once.
    fn nap(self, nth: u32) -> Duration {
        let longest = match self {
            Patience::Short => Duration::from_micros(200),
            Patience::Calm | Patience::Long | Patience::Longest => Duration::from_millis(1),
        };
        longest.min(Duration::from_micros(25 << nth.min(6)))
    }

    /// How many looks in a row must find that nobody can move.
    fn looks(self) -> u32 {
        match self {
            Patience::Short => 4,
            Patience::Calm => 50,
            Patience::Long => 250,
            Patience::Longest => 1000,
        }
    }

    /// Where the system does not tell who sleeps: this many naps, and no more.
    fn naps(self) -> u32 {
        match self {
            Patience::Short => 200,
            Patience::Calm => 100,
            Patience::Long => 1000,
            Patience::Longest => 3500,
        }
    }

    /// Where the system tells, an endless loop elsewhere must not keep a wait for ever.
    fn most(self) -> u32 {
        match self {
            Patience::Short => 4000,
            Patience::Calm => 1000,
            Patience::Long => 3000,
            Patience::Longest => 3500,
        }
    }
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// What it waited for has come.
    Done,
    /// Everyone else sleeps.
    Still,
    /// Somebody could still move, but the wait has been long enough.
    Tired,
}

/// Naps until `done` says so, or until nobody else can move any more.
pub fn wait_until(patience: Patience, mut done: impl FnMut() -> bool) -> End {
    let mut last = asleep();
    let (mut same, mut naps) = (0, 0);
    let limit = if last.is_some() { patience.most() } else { patience.naps() };
    loop {
        if done() {
            return End::Done;
        }
        if same >= patience.looks() {
            return End::Still;
        }
        if naps >= limit {
            return End::Tired;
        }
        thread::sleep(patience.nap(naps));
        naps += 1;
        let now = asleep();
        same = if still(patience, last.as_ref(), now.as_ref()) { same + 1 } else { 0 };
        last = now;
    }
}

/// Naps until nobody else can move.
pub fn wait(patience: Patience) {
    wait_until(patience, || false);
}

fn still(patience: Patience, before: Option<&Asleep>, now: Option<&Asleep>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) if patience == Patience::Short => before.all && now.all,
        (Some(before), Some(now)) => before.all && before == now,
        _ => false,
    }
}

/// Whether this system tells which threads sleep. Where it does not, a wait for stillness ends [`Tired`](End::Tired).
pub fn can_tell() -> bool {
    asleep().is_some()
}

/// How many other threads this process has, where the system tells; those that only look on do not count.
pub fn others() -> Option<usize> {
    asleep().map(|look| look.naps.len())
}

/// A thread of this name is no part of what is looked at: it only looks.
pub(crate) const LOOKS_ON: &str = "looks-on";

/// A look at the other threads of this process.
#[derive(PartialEq, Eq, Debug)]
struct Asleep {
    /// Whether every one of them was asleep.
    all: bool,
    /// How often each of them has gone to sleep so far: a thread that woke in between has a new number.
    naps: Vec<String>,
}

/// `None` where the system does not tell.
fn asleep() -> Option<Asleep> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let me = std::fs::read_link("/proc/thread-self").ok()?.file_name()?.to_owned();
    let mut look = Asleep { all: true, naps: Vec::new() };
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let task = task.ok()?;
        if task.file_name() == me {
            continue;
        }
        // A thread that ended since the folder was listed has no status any more: it cannot move.
        let Ok(status) = std::fs::read_to_string(task.path().join("status")) else { continue };
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").trim();
        if field("Name:") == LOOKS_ON {
            continue;
        }
        look.all &= field("State:").starts_with('S');
        look.naps.push(format!("{:?} {}", task.file_name(), field("voluntary_ctxt_switches:")));
    }
    Some(look)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
    use std::thread::Builder;

    #[test]
    fn a_wait_ends_at_once_when_its_reason_does() {
        assert_eq!(wait_until(Patience::Long, || true), End::Done);
    }

    /// Tests run beside each other, so that here the process may never be still: the wait ends all the same.
    #[test]
    fn a_wait_for_nothing_ends() {
        static STOP: AtomicBool = AtomicBool::new(false);
        let busy = thread::spawn(|| {
            while !STOP.load(SeqCst) {
                std::hint::spin_loop();
            }
        });
        wait(Patience::Short);
        STOP.store(true, SeqCst);
        busy.join().unwrap();
    }

    /// What a look finds: whether all are asleep, and how often each has gone to sleep.
    fn look(all: bool, naps: [u32; 2]) -> Asleep {
        Asleep { all, naps: naps.map(|naps| naps.to_string()).to_vec() }
    }

    #[test]
    fn asleep_is_enough_for_a_short_wait_and_a_long_one_asks_that_nobody_woke() {
        let still = |patience, before: &Asleep, now: &Asleep| still(patience, Some(before), Some(now));
        let (asleep, woke, awake) = (look(true, [1, 1]), look(true, [1, 2]), look(false, [1, 1]));
        assert!(still(Patience::Short, &asleep, &woke) && still(Patience::Long, &asleep, &asleep));
        assert!(!still(Patience::Short, &asleep, &awake) && !still(Patience::Short, &awake, &asleep));
        assert!(!still(Patience::Long, &asleep, &woke) && !still(Patience::Longest, &asleep, &woke));
        assert!(!still(Patience::Long, &awake, &awake));
    }

    #[test]
    fn a_short_wait_takes_its_looks_and_then_asks_once_more() -> Judged {
        alone(|| {
            let mut asked = 0;
            let end = wait_until(Patience::Short, || {
                asked += 1;
                asked > Patience::Short.looks()
            });
            assert_eq!((end, asked > 3), (End::Done, true));
            Ok(())
        })
    }

    /// Whoever wakes now and then is not gone, however long each nap is.
    #[test]
    fn a_long_wait_outlasts_naps() -> Judged {
        alone(|| {
            static AWAKE: AtomicBool = AtomicBool::new(false);
            thread::spawn(|| {
                (0..30).for_each(|_| thread::sleep(Duration::from_millis(20)));
                AWAKE.store(true, SeqCst);
            });
            assert_eq!(wait_until(Patience::Long, || AWAKE.load(SeqCst)), End::Done);
            Ok(())
        })
    }

    /// Work that is going on is waited for: so many looks, and more if the machine is busy.
    #[test]
    fn work_is_outlasted() -> Judged {
        alone(|| {
            for (patience, looks) in [(Patience::Short, 100), (Patience::Long, 400), (Patience::Longest, 1200)] {
                let (looked, done) = (AtomicU32::new(0), AtomicBool::new(false));
                thread::scope(|scope| {
                    scope.spawn(|| {
                        while looked.load(SeqCst) < looks {
                            std::hint::spin_loop();
                        }
                        done.store(true, SeqCst);
                    });
                    let end = wait_until(patience, || {
                        looked.fetch_add(1, SeqCst);
                        done.load(SeqCst)
                    });
                    looked.store(looks, SeqCst);
                    assert_eq!(end, End::Done, "{patience:?}");
                });
            }
            Ok(())
        })
    }

    /// A watchdog naps and looks, for as long as it is there; a wait beside it ends as if it were not.
    #[test]
    fn who_only_looks_on_keeps_nobody_waiting() -> Judged {
        alone(|| {
            let watchdog = Builder::new().name(LOOKS_ON.into()).spawn(|| {
                loop {
                    thread::sleep(Duration::from_millis(1));
                }
            });
            assert!(watchdog.is_ok());
            // Elsewhere the system does not tell, and every wait for nothing ends so.
            let due = if cfg!(target_os = "linux") { End::Still } else { End::Tired };
            assert_eq!(wait_until(Patience::Long, || false), due);
            Ok(())
        })
    }

    #[test]
    fn who_woke_in_between_has_a_new_number() -> Judged {
        alone(|| {
            static WOKE: AtomicU32 = AtomicU32::new(0);
            thread::spawn(|| {
                loop {
                    thread::sleep(Duration::from_millis(1));
                    WOKE.fetch_add(1, SeqCst);
                }
            });
            let nap = |times: u32| {
                let due = WOKE.load(SeqCst) + times;
                while WOKE.load(SeqCst) < due {
                    thread::yield_now();
                }
            };
            nap(1);
            let before = asleep();
            nap(2);
            let now = asleep();
            assert!(before.is_none() || before.map(|look| look.naps) != now.map(|look| look.naps));
            Ok(())
        })
    }
}
