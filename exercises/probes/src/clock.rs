//! A paused clock: virtual time, exact to the millisecond, and "stuck" as an immediate verdict.
//!
//! On tokio's paused clock, time moves only when every task waits for it, and then straight to the next
//! timer. So a run takes exactly as long as its design says, whatever the machine does meanwhile. A timer
//! one day ahead is reached only if nothing else is left to wait for: that is how a run that
//! can never end is found out within milliseconds.
//!
//! ```
//! use std::time::Duration;
//! use tokio::time::sleep;
//!
//! let oven = || sleep(Duration::from_millis(30));
//! let (_, one_by_one) = probes::clock::paused(async { (oven().await, oven().await) }).unwrap();
//! let (_, both) = probes::clock::paused(async { tokio::join!(oven(), oven()) }).unwrap();
//! assert_eq!((one_by_one, both), (60, 30));
//! assert!(probes::clock::paused(std::future::pending::<()>()).is_err());
//! ```
//!
//! Limits: a real socket or file never meets this clock, and code that blocks its thread stops the clock, too; that is
//! what [`mod@crate::watch`] is for. A `std` thread that is awaited is overtaken, and the run counts as stuck; for
//! `spawn_blocking` the clock waits, and the work takes no virtual time.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::{Instant, timeout};

use crate::still::{self, Patience};

/// Every task of the run waits for something that can never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stuck;

/// No exercise takes a virtual day.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs `future` on one thread and a paused clock; returns its output and the virtual milliseconds it took.
///
/// # Errors
///
/// [`Stuck`], if it has not ended after a virtual day.
///
/// # Panics
///
/// Inside another runtime. In the future, a socket of tokio's panics: there is no input and output here.
pub fn paused<T>(future: impl Future<Output = T>) -> Result<(T, u64), Stuck> {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime on this thread").block_on(async {
        let start = Instant::now();
        let output = timeout(NEVER, future).await.map_err(|_| {
            // A thread that was started meanwhile knows no virtual time; what it does is to be seen.
            still::wait(Patience::Short);
            Stuck
        })?;
        Ok((output, start.elapsed().as_millis() as u64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::sleep;

    /// An hour is a long wait for a fake, and no reason to call the run stuck.
    #[test]
    fn hours_are_over_at_once() {
        assert_eq!(paused(async { sleep(Duration::from_secs(3600)).await }), Ok(((), 3_600_000)));
    }
}
