//! A hostage: a piece of work that ends only if the event loop keeps beating meanwhile.
//!
//! Code that runs the work on the loop's own thread stops the very beats the work waits for, so it
//! never ends; code that hands the work to another thread goes on.
//!
//! ```
//! let (heart, job) = probes::hostage::take(3);
//! let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! let kept_beating = runtime.block_on(async {
//!     let beating = tokio::spawn(heart.beat());
//!     let done = tokio::task::spawn_blocking(move || job.work()).await?;
//!     beating.abort();
//!     Ok::<bool, tokio::task::JoinError>(done)
//! })?;
//! assert!(kept_beating);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Limits: it says nothing of how fast the loop turns. While the heart beats, the loop is never idle, so a
//! [paused clock](crate::clock) does not move. Where the system does not tell who sleeps, and in a test that is not
//! [`alone`](mod@crate::alone), a wait in vain takes longer.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::still::{self, Patience};

/// Beats once for every turn of the event loop.
#[derive(Debug)]
pub struct Heart(Sender<()>);

/// The work that waits for the beats.
#[derive(Debug)]
pub struct Hostage {
    heart: Receiver<()>,
    beats: usize,
}

/// A heart, and a job that ends after it has felt `beats` beats.
pub fn take(beats: usize) -> (Heart, Hostage) {
    let (beat, heart) = channel();
    (Heart(beat), Hostage { heart, beats })
}

impl Heart {
    /// Beats until the job has ended, or for ever.
    pub async fn beat(self) {
        while self.0.send(()).is_ok() {
            tokio::task::yield_now().await;
        }
    }
}

impl Hostage {
    /// Works until the beats were felt (`true`), or until no more can come (`false`). Those from before the work do not
    /// count.
    pub fn work(self) -> bool {
        self.heart.try_iter().for_each(drop);
        self.feels_all()
    }

    fn feels_all(&self) -> bool {
        (0..self.beats).all(|_| self.feel())
    }

    fn feel(&self) -> bool {
        let mut felt = Err(RecvTimeoutError::Timeout);
        still::wait_until(Patience::Long, || {
            felt = self.heart.recv_timeout(Duration::from_millis(1));
            felt != Err(RecvTimeoutError::Timeout)
        });
        felt.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::future::Future;
    use std::thread;

    /// Runs the job in the way given, on an event loop that beats beside it.
    fn held<F: Future<Output = bool>>(way: impl FnOnce(Hostage) -> F) -> bool {
        let (heart, job) = take(3);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let beating = tokio::spawn(heart.beat());
            let done = way(job).await;
            beating.abort();
            done
        })
    }

    #[test]
    fn work_on_the_thread_of_the_loop_stops_the_heart() -> Judged {
        alone(|| {
            assert!(!held(|job| async { job.work() }));
            assert!(!held(|job| async { tokio::spawn(async { job.work() }).await.unwrap() }));
            assert!(!held(|job| async { thread::spawn(|| job.work()).join().unwrap() }));
            Ok(())
        })
    }

    #[test]
    fn work_on_another_thread_lets_it_beat() -> Judged {
        alone(|| {
            assert!(held(|job| async { tokio::task::spawn_blocking(|| job.work()).await.unwrap() }));
            Ok(())
        })
    }

    #[test]
    fn as_many_beats_are_felt_as_were_asked_for() {
        for beats in [1, 2, 3] {
            let (heart, job) = take(2);
            (0..beats).for_each(|_| heart.0.send(()).unwrap());
            drop(heart);
            assert_eq!(job.feels_all(), beats >= 2, "{beats}");
        }
    }

    #[test]
    fn beats_from_before_the_work_do_not_count() -> Judged {
        alone(|| {
            let late = |job: Hostage| async {
                for _ in 0..10 {
                    tokio::task::yield_now().await;
                }
                job.work()
            };
            assert!(!held(late));
            Ok(())
        })
    }

    /// A slow heart beats all the same.
    #[test]
    fn a_heart_that_naps_between_beats_is_felt() -> Judged {
        alone(|| {
            let (heart, job) = take(3);
            thread::spawn(move || {
                while heart.0.send(()).is_ok() {
                    thread::sleep(Duration::from_millis(50));
                }
            });
            assert!(job.work());
            Ok(())
        })
    }
}
