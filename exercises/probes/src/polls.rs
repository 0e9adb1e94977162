//! A poll counter: how often a future was asked whether it is done.
//!
//! A future that waits is woken once and polled twice. One that keeps asking is polled as often as the
//! thread comes round.
//!
//! ```
//! use probes::{clock::paused, polls::counted};
//!
//! let (nap, polls) = counted(async { tokio::time::sleep(std::time::Duration::from_millis(5)).await });
//! paused(nap).unwrap();
//! assert_eq!(polls.get(), 2);
//! ```
//!
//! Limits: a loop inside one poll is one poll; and a future inside a `select!` or a `join!` may be polled when another
//! one was woken, so leave room.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// How many polls there were so far.
#[derive(Clone, Debug, Default)]
pub struct Polls(Arc<AtomicUsize>);

impl Polls {
    /// The count.
    pub fn get(&self) -> usize {
        self.0.load(SeqCst)
    }
}

/// The same future, and the count of its polls.
pub fn counted<F: Future>(future: F) -> (impl Future<Output = F::Output>, Polls) {
    let polls = Polls::default();
    let count = polls.clone();
    let counted = async move {
        let mut future = pin!(future);
        poll_fn(|cx| {
            count.0.fetch_add(1, SeqCst);
            future.as_mut().poll(cx)
        })
        .await
    };
    (counted, polls)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::paused;
    use std::cell::Cell;
    use tokio::task::yield_now;

    #[test]
    fn asking_again_and_again_is_counted() {
        let ready = Cell::new(false);
        let (asks, polls) = counted(async {
            while !ready.get() {
                yield_now().await;
            }
        });
        let sets = async {
            for _ in 0..200 {
                yield_now().await;
            }
            ready.set(true);
        };
        paused(async { tokio::join!(asks, sets) }).unwrap();
        assert!(polls.get() > 100, "{}", polls.get());
    }

    #[test]
    fn a_future_that_waits_is_polled_twice() {
        let (nap, polls) = counted(async { tokio::time::sleep(std::time::Duration::from_millis(5)).await });
        paused(nap).unwrap();
        assert_eq!(polls.get(), 2);
    }
}
