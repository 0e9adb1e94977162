//! A watchdog: runs code that may never come back, and says how it ended.
//!
//! The code runs on a thread of its own. It has come to an end when it returns, panics, or is
//! [stopped](crate::Recorder::stop); it never will when every thread of the process sleeps and nobody is
//! left to wake another, or when it still runs after more turns than any answer needs.
//!
//! ```
//! use probes::watch::{Ended, watch};
//!
//! assert_eq!(watch(|| 6 * 7), Ended::Returned(42));
//! let Ended::Panicked(panic) = watch(|| panic!("no more {}", "tea")) else { unreachable!() };
//! assert_eq!(panic.message, "no more tea");
//! ```
//!
//! "More turns than any answer needs" are 875 looks, 4 ms apart: three and a half seconds, and more under load.
//!
//! Limit: a thread cannot be ended from outside, so one that is stuck stays until its process ends.
//! That is why a check has [a process of its own](mod@crate::alone).

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::thread;

use crate::recorder::Stopped;
use crate::still::{self, End, LooksOn, Patience};

/// How the code ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended<T> {
    /// With its answer.
    Returned(T),
    /// On the thread that was watched.
    Panicked(Panic),
    /// A probe stopped it; the recorder has the verdict.
    Stopped,
    /// Every thread waits, so nothing can happen any more.
    Asleep,
    /// It still runs, after more turns than any answer needs.
    Busy,
    /// It still sleeps until a time comes, after so many turns.
    Napping,
    /// It has not ended after more turns than any answer needs, and the system does not tell which of the two it is.
    NoEnd,
}

/// A panic: its message and, where it is known, its `file:line`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panic {
    /// What it said.
    pub message: String,
    /// Where, as `file:line`, if that is known.
    pub place: Option<String>,
}

impl Panic {
    pub(crate) fn of(payload: &(dyn Any + Send)) -> Panic {
        let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
        let message = text.or_else(|| payload.downcast_ref::<String>().cloned());
        Panic { message: message.unwrap_or_else(|| "a panic without words".into()), place: None }
    }
}

/// Runs `code` on a thread of its own and waits for its end, or until it cannot end any more.
pub fn watch<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Ended<T> {
    let (tell, told) = channel();
    let (code_tells, watchdog_tells) = (tell.clone(), tell);
    // The channel closes when this thread has heard enough; then nobody is left to hear either of them.
    let running = thread::Builder::new().name("yours".into()).spawn(move || {
        WATCHED.set(true);
        let ended = catch_unwind(AssertUnwindSafe(code));
        let _ = code_tells.send(ended.map_or_else(|payload| unwound(&*payload), Ended::Returned));
    });
    let running = running.expect("a thread for the code");
    let watchdog = thread::Builder::new().name("looks-on".into()).spawn(move || {
        let _looks_on = LooksOn::start();
        let ended = match still::wait_until(Patience::Longest, || running.is_finished()) {
            End::Done => return,
            End::Still => Ended::Asleep,
            End::Napping => Ended::Napping,
            End::Tired if still::can_tell() => Ended::Busy,
            End::Tired => Ended::NoEnd,
        };
        let _ = watchdog_tells.send(ended);
    });
    watchdog.expect("a thread for the watchdog");
    told.recv().expect("the code or the watchdog has a last word")
}

thread_local! {
    static WATCHED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs watched code: then a check has no business here.
pub(crate) fn watched() -> bool {
    WATCHED.get()
}

fn unwound<T>(payload: &(dyn Any + Send)) -> Ended<T> {
    if payload.is::<Stopped>() { Ended::Stopped } else { Ended::Panicked(Panic::of(payload)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::time::Duration;

    #[test]
    fn a_loop_without_end_is_busy() {
        // The flag ends the thread after the verdict, so that it does not spin beside other tests.
        use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
        static STOP: AtomicBool = AtomicBool::new(false);
        let ended = watch(|| {
            while !STOP.load(Relaxed) {
                std::hint::spin_loop();
            }
        });
        STOP.store(true, Relaxed);
        assert_eq!(ended, Ended::Busy);
    }

    /// A check may hold code for as long as its waits last, while another thread of it goes round.
    #[test]
    fn the_time_for_which_a_check_holds_code_hardly_counts() -> Judged {
        alone(|| {
            let ended = watch(|| {
                let over = std::sync::atomic::AtomicBool::new(false);
                thread::scope(|scope| {
                    scope.spawn(|| {
                        while !over.load(std::sync::atomic::Ordering::Relaxed) {
                            thread::yield_now();
                        }
                    });
                    (0..3).for_each(|_| still::wait(Patience::Long));
                    over.store(true, std::sync::atomic::Ordering::Relaxed);
                });
            });
            assert_eq!(ended, Ended::Returned(()));
            Ok(())
        })
    }

    /// A thread that naps waits for nobody, so it is not stuck; and one that sleeps on and on is told so.
    #[test]
    fn a_nap_is_no_deadlock() -> Judged {
        alone(|| {
            assert_eq!(watch(|| thread::sleep(Duration::from_millis(1500))), Ended::Returned(()));
            let (asleep, awake) = (watch(|| thread::sleep(Duration::from_secs(3600))), watch(|| ()));
            let due = if cfg!(target_os = "linux") { Ended::Napping } else { Ended::NoEnd };
            assert_eq!((asleep, awake), (due, Ended::Returned(())));
            Ok(())
        })
    }
}
