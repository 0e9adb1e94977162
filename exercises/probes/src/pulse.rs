//! A pulse: how much work is done between two turns of the event loop.
//!
//! Work that never lets go of the thread does all of its units between two beats of the loop, however short
//! each of them is. Polite work lets the loop beat after each unit, or after as many as the task allows.
//!
//! ```
//! use probes::pulse::Pulse;
//! use tokio::task::yield_now;
//!
//! let gap = |polite: bool| {
//!     let pulse = Pulse::default();
//!     let work = async {
//!         for _ in 0..100 {
//!             pulse.unit();
//!             if polite {
//!                 yield_now().await;
//!             }
//!         }
//!     };
//!     probes::clock::paused(pulse.beside(work)).unwrap();
//!     pulse.longest_gap()
//! };
//! assert!(gap(true) <= 2);
//! assert_eq!(gap(false), 100);
//! ```
//!
//! It counts units, not seconds, so the count is the same on every machine. Limit: the order in which a
//! runtime turns its tasks is its own affair, so allow polite work two units.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Counts the units of work since the loop last came round. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct Pulse(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    since: AtomicUsize,
    longest: AtomicUsize,
}

impl Pulse {
    /// One unit of work; to be called from inside the work.
    pub fn unit(&self) {
        let since = self.0.since.fetch_add(1, SeqCst) + 1;
        self.0.longest.fetch_max(since, SeqCst);
    }

    /// Runs `work`, with a heart that beats on the same loop.
    pub async fn beside<T>(&self, work: impl Future<Output = T>) -> T {
        tokio::select! {
            biased;
            done = work => done,
            never = self.beat() => never,
        }
    }

    async fn beat<T>(&self) -> T {
        loop {
            self.0.since.store(0, SeqCst);
            tokio::task::yield_now().await;
        }
    }

    /// The most units between two turns of the loop.
    pub fn longest_gap(&self) -> usize {
        self.0.longest.load(SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gap_is_kept_when_shorter_ones_follow() {
        let pulse = Pulse::default();
        let work = async {
            for units in [7, 1, 1] {
                (0..units).for_each(|_| pulse.unit());
                tokio::task::yield_now().await;
            }
        };
        crate::clock::paused(pulse.beside(work)).unwrap();
        assert!([7, 8].contains(&pulse.longest_gap()), "{}", pulse.longest_gap());
    }
}
