//! An adversary: whoever comes last is let go first.
//!
//! Code that takes the order of answers for the order of questions works as long as the answers are
//! polite. Here they never are.
//!
//! ```
//! use probes::{clock::paused, reversed::Reversed};
//!
//! let adversary = Reversed::default();
//! let mut answers = tokio::task::JoinSet::new();
//! let order = paused(async {
//!     for question in 0..3 {
//!         let adversary = adversary.clone();
//!         answers.spawn(async move { adversary.hold().await; question });
//!     }
//!     answers.join_all().await
//! });
//! assert_eq!(order.unwrap().0, [2, 1, 0]);
//! ```
//!
//! For threads, [`Reversed::hold_blocking`] lets one thread go when nobody else can move, the youngest first.
//!
//! Limits: between the first order and the last there are others. [`Reversed::hold`] is for a
//! [paused clock](crate::clock): on a real one, its hour is real.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::still::{self, Patience};

/// Holds everybody who comes, and lets them go youngest first. Clones are the same adversary.
#[derive(Clone, Debug, Default)]
pub struct Reversed(Arc<(Mutex<Held>, Condvar)>);

#[derive(Debug, Default)]
struct Held {
    came: u64,
    waiting: Vec<u64>,
    looked_after: bool,
}

/// So much later is everyone let go who came first; each one after them a millisecond sooner.
const LONG: u64 = 60 * 60 * 1000;

impl Reversed {
    /// In virtual time: waits an hour, less a millisecond for everyone who came before.
    pub async fn hold(&self) {
        let came = self.came();
        tokio::time::sleep(Duration::from_millis(LONG - came.min(LONG))).await;
    }

    /// On threads: waits until nobody else can move and nobody younger is held.
    pub fn hold_blocking(&self) {
        let me = self.came();
        let (held, changed) = &*self.0;
        let mut now = held.lock().unwrap_or_else(PoisonError::into_inner);
        now.waiting.push(me);
        while now.waiting.contains(&me) {
            if now.looked_after {
                now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            // One of those who wait looks on for all, or they would wake each other for ever.
            now.looked_after = true;
            drop(now);
            still::wait(Patience::Short);
            now = held.lock().unwrap_or_else(PoisonError::into_inner);
            now.looked_after = false;
            now.waiting.pop();
            changed.notify_all();
        }
    }

    fn came(&self) -> u64 {
        let mut held = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.came += 1;
        held.came - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::thread;

    #[test]
    fn the_thread_that_came_last_goes_first() -> Judged {
        alone(|| {
            let (adversary, order) = (Reversed::default(), Mutex::new(Vec::new()));
            thread::scope(|scope| {
                for id in 0..3 {
                    let (adversary, order) = (&adversary, &order);
                    scope.spawn(move || {
                        // Arrive in order: each waits until those before are held.
                        still::wait_until(Patience::Short, || adversary.0.0.lock().unwrap().came == id);
                        adversary.hold_blocking();
                        order.lock().unwrap().push(id);
                    });
                }
            });
            assert_eq!(order.into_inner().unwrap(), [2, 1, 0]);
            Ok(())
        })
    }
}
