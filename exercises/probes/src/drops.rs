//! Drop flags and live tasks: did what was given up really end?
//!
//! ```
//! use probes::{clock::paused, drops::{Drops, alive_tasks}};
//! use std::future::pending;
//!
//! let left_behind = |shut_down: bool| {
//!     let drops = Drops::default();
//!     let alive = paused(async {
//!         let mut losers = tokio::task::JoinSet::new();
//!         for flag in [drops.flag(), drops.flag()] {
//!             losers.spawn(async move { let _flag = flag; pending::<()>().await });
//!         }
//!         if shut_down { losers.shutdown().await } else { losers.detach_all() }
//!         alive_tasks()
//!     });
//!     (alive.unwrap().0, drops.pending())
//! };
//! assert_eq!(left_behind(true), (0, 0));
//! assert_eq!(left_behind(false).0, 2);
//! ```
//!
//! Dropping a `JoinHandle` does not stop its task: the task goes on without anybody to hear of it.
//!
//! Limit: what was handed on before, to a thread or to another process, holds no flag.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use tokio::runtime::Handle;

/// Counts the flags that are not dropped yet. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct Drops(Arc<AtomicUsize>);

/// Alive until it is dropped: put it into a future, a closure or a connection.
#[derive(Debug)]
#[must_use = "it counts as dropped when this is"]
pub struct DropFlag(Drops);

impl Drops {
    /// One more flag, which is alive until it is dropped.
    pub fn flag(&self) -> DropFlag {
        self.0.fetch_add(1, SeqCst);
        DropFlag(self.clone())
    }

    /// How many flags are alive.
    pub fn pending(&self) -> usize {
        self.0.load(SeqCst)
    }
}

impl Drop for DropFlag {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, SeqCst);
    }
}

/// How many tasks of this runtime have not ended; the future given to `block_on` is not one of them.
///
/// # Panics
///
/// Outside of a tokio runtime.
pub fn alive_tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}
