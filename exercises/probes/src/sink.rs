//! A sink that shuts: how much is made when nothing is taken any more?
//!
//! Behind a queue with a limit, a source that can hand nothing on stops, a few items later. Behind
//! one without, it goes on for as long as there is memory. The sink takes `after` items, then shuts for
//! one virtual hour, and looks at the end of it how much has been made since the beginning.
//!
//! ```
//! use probes::{clock::paused, sink::Sink};
//! use tokio::sync::mpsc;
//!
//! let made_with = |queue: usize| {
//!     let sink = Sink::shut_after(1);
//!     let (sender, mut items) = mpsc::channel(queue);
//!     let source = async {
//!         for item in 0..1000 {
//!             sink.made();
//!             sender.send(item).await.unwrap();
//!         }
//!         drop(sender);
//!     };
//!     let taking = async { while items.recv().await.is_some() { sink.take().await } };
//!     paused(async { tokio::join!(source, taking) }).unwrap();
//!     sink.made_while_shut()
//! };
//! // One was taken, one is in the hands of the taker, four in the queue, one in the hands of the source.
//! assert_eq!((made_with(4), made_with(1000)), (7, 1000));
//! ```
//!
//! For threads, [`Sink::take_blocking`] shuts until nobody else can move.
//!
//! Limit: it tells a bound from none, and not a good bound from a bad one. Give the source many more items than any
//! queue of right code would hold.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use crate::still::{self, Patience};

/// A sink that takes some items and then shuts. Clones are the same sink.
#[derive(Clone, Debug)]
pub struct Sink(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    shut_after: usize,
    taken: AtomicUsize,
    made: AtomicUsize,
    made_while_shut: AtomicUsize,
}

/// Long enough for everything that can happen to have happened.
const ONE_HOUR: Duration = Duration::from_secs(60 * 60);

impl Sink {
    /// A sink that shuts when it has taken `after` items.
    pub fn shut_after(after: usize) -> Sink {
        let zero = || AtomicUsize::new(0);
        Sink(Arc::new(Counts { shut_after: after, taken: zero(), made: zero(), made_while_shut: zero() }))
    }

    /// To be called by the source for every item that it makes.
    pub fn made(&self) {
        self.0.made.fetch_add(1, SeqCst);
    }

    /// Takes an item. The first one after the sink has shut stays in the taker's hands for a virtual hour.
    pub async fn take(&self) {
        if self.shuts_now() {
            tokio::time::sleep(ONE_HOUR).await;
            self.look();
        }
    }

    /// Takes an item. The first one after the sink has shut stays in the taker's hands until nobody else can move.
    pub fn take_blocking(&self) {
        if self.shuts_now() {
            still::wait(Patience::Short);
            self.look();
        }
    }

    /// How many items had been made at the end of the time for which the sink was shut; 0 if it never shut.
    pub fn made_while_shut(&self) -> usize {
        self.0.made_while_shut.load(SeqCst)
    }

    fn shuts_now(&self) -> bool {
        self.0.taken.fetch_add(1, SeqCst) == self.0.shut_after
    }

    fn look(&self) {
        self.0.made_while_shut.store(self.0.made.load(SeqCst), SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::sync::mpsc;
    use std::thread;

    /// How much a thread makes for a shut sink behind a queue.
    fn made(send: impl Fn(usize) + Send, items: mpsc::Receiver<usize>) -> usize {
        let sink = Sink::shut_after(1);
        thread::scope(|scope| {
            scope.spawn(|| {
                let send = send;
                for item in 0..500 {
                    sink.made();
                    send(item);
                }
            });
            for _ in items {
                sink.take_blocking();
            }
        });
        sink.made_while_shut()
    }

    #[test]
    fn threads_stop_behind_a_queue_with_a_limit() -> Judged {
        alone(|| {
            let (sender, items) = mpsc::sync_channel(4);
            assert_eq!(made(move |item| sender.send(item).unwrap(), items), 7);
            Ok(())
        })
    }

    #[test]
    fn threads_go_on_behind_a_queue_without() -> Judged {
        alone(|| {
            let (sender, items) = mpsc::channel();
            assert_eq!(made(move |item| sender.send(item).unwrap(), items), 500);
            Ok(())
        })
    }
}
