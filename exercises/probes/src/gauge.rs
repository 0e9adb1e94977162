//! A gauge of how many are in flight: now, and at most so far.
//!
//! ```
//! let gauge = probes::Gauge::default();
//! let (one, two) = (gauge.enter(), gauge.enter());
//! drop(one);
//! assert_eq!((gauge.now(), gauge.most()), (1, 2));
//! # drop(two);
//! ```
//!
//! Limit: that a bound was kept is no proof that it was used. One at a time keeps every bound; whoever should be
//! together is for [`crate::Crew`] and [`crate::Meet`].

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Counts what has entered and not left. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct Gauge(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// One that is in flight, until this is dropped: also when its future is cancelled or its thread panics.
#[derive(Debug)]
#[must_use = "it leaves when this is dropped"]
pub struct InFlight(Gauge);

impl Gauge {
    /// One more is in flight, until the answer is dropped.
    pub fn enter(&self) -> InFlight {
        let now = self.0.now.fetch_add(1, SeqCst) + 1;
        self.0.most.fetch_max(now, SeqCst);
        InFlight(self.clone())
    }

    /// How many are in flight.
    pub fn now(&self) -> usize {
        self.0.now.load(SeqCst)
    }

    /// The most that were in flight at once, so far.
    pub fn most(&self) -> usize {
        self.0.most.load(SeqCst)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.now.fetch_sub(1, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_kept_when_fewer_enter_later() {
        let gauge = Gauge::default();
        drop((gauge.enter(), gauge.enter()));
        drop(gauge.enter());
        assert_eq!((gauge.now(), gauge.most()), (0, 2));
    }
}
