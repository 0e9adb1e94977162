//! A rendezvous for async tasks: nobody goes on until `n` of them are waiting here at once.
//!
//! Code that finishes one task before it starts the next can never get past it, and on a
//! [paused clock](crate::clock) that is found out at once.
//!
//! ```
//! use probes::{Meet, clock};
//!
//! let meet = Meet::new(2);
//! let (a, b) = (meet.clone(), meet.clone());
//! assert!(clock::paused(async move { tokio::join!(a.arrive(), b.arrive()) }).is_ok());
//!
//! let meet = Meet::new(2);
//! let one_by_one = async move {
//!     meet.arrive().await;
//!     meet.arrive().await;
//! };
//! assert!(clock::paused(one_by_one).is_err());
//! ```
//!
//! Limits: once open, it stays open, so every run needs one of its own. It does not see in which order they came.

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// A rendezvous of `n` tasks. Clones are the same place.
#[derive(Clone, Debug)]
pub struct Meet(Arc<Mutex<Place>>);

#[derive(Debug)]
struct Place {
    missing: usize,
    waiting: Vec<Waker>,
}

impl Meet {
    /// A place that opens when `n` tasks are waiting in it.
    pub fn new(n: usize) -> Meet {
        Meet(Arc::new(Mutex::new(Place { missing: n, waiting: Vec::new() })))
    }

    /// Ends when `n` tasks have arrived. Nobody has arrived before the first poll, because a future does
    /// nothing until it is polled; and who gives up before the place opens is missing again.
    pub fn arrive(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut here = Here { place: self.0.clone(), counted: false };
        poll_fn(move |cx| here.poll(cx.waker()))
    }
}

/// One who arrives.
struct Here {
    place: Arc<Mutex<Place>>,
    counted: bool,
}

impl Here {
    fn poll(&mut self, waker: &Waker) -> Poll<()> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.counted {
            self.counted = true;
            place.missing = place.missing.saturating_sub(1);
        }
        if place.missing == 0 {
            place.waiting.drain(..).for_each(Waker::wake);
            return Poll::Ready(());
        }
        place.waiting.push(waker.clone());
        Poll::Pending
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if self.counted && place.missing > 0 {
            place.missing += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::paused;

    #[test]
    fn spawned_tasks_meet() {
        let meet = Meet::new(3);
        let all = async move {
            let tasks: Vec<_> = (0..3).map(|_| tokio::spawn(meet.arrive())).collect();
            for task in tasks {
                task.await.unwrap();
            }
        };
        assert!(paused(all).is_ok());
    }

    #[test]
    fn a_task_that_is_awaited_before_the_next_is_spawned_meets_nobody() {
        let meet = Meet::new(2);
        let one_by_one = async move {
            for _ in 0..2 {
                tokio::spawn(meet.arrive()).await.unwrap();
            }
        };
        assert!(paused(one_by_one).is_err());
    }

    #[test]
    fn a_lock_held_over_the_wait_keeps_the_others_out() {
        let (meet, lock) = (Meet::new(2), Arc::new(tokio::sync::Mutex::new(())));
        let visit = || {
            let (meet, lock) = (meet.clone(), lock.clone());
            async move {
                let _held = lock.lock().await;
                meet.arrive().await;
            }
        };
        let both = (visit(), visit());
        assert!(paused(async { tokio::join!(both.0, both.1) }).is_err());
    }

    #[test]
    fn who_comes_later_goes_on() {
        let meet = Meet::new(2);
        assert!(paused(async { tokio::join!(meet.arrive(), meet.arrive(), meet.arrive()) }).is_ok());
    }

    #[test]
    fn who_gives_up_is_missing_again() {
        let meet = Meet::new(2);
        let gives_up_then_comes = async {
            for _ in 0..2 {
                tokio::select! {
                    biased;
                    () = meet.arrive() => {}
                    () = async {} => {}
                }
            }
            meet.arrive().await;
        };
        assert!(paused(gives_up_then_comes).is_err());
    }

    #[test]
    fn nobody_has_arrived_before_the_first_poll() {
        let meet = Meet::new(2);
        let (_made, polled) = (meet.arrive(), meet.arrive());
        assert!(paused(polled).is_err());
    }

    #[test]
    fn who_is_polled_again_has_arrived_once() {
        let meet = Meet::new(3);
        let polls_all = async {
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
        };
        assert!(paused(async { tokio::join!(meet.arrive(), meet.arrive(), polls_all) }).is_err());
    }
}
