//! A search box that answers every key at once: with one thread, then with workers.

use crossbeam_channel::Receiver;
use tasks::ch03_search::{Dict, Key, Screen};
use tokio::sync::mpsc;

/// Echoes every key within one chunk of scanning, and shows the hits when nobody types, all on one thread.
///
/// Returns when there are no more keys and the last hits are on the screen.
pub async fn interleaved(keys: &mut mpsc::Receiver<Key>, dict: &Dict, screen: &Screen) {
    // TODO: wait for a key and echo the text. Then wait for two things: the next key, and the end of the search.
    todo!("echo the keys ({} so far) on {screen:?} while you search {dict:?}", keys.len())
}

/// Echoes every key at once, while `workers` other threads (at least one) scan. Only the caller's thread draws.
///
/// Returns when there are no more keys and the last hits are on the screen.
pub fn multicore(keys: &Receiver<Key>, dict: &Dict, screen: &Screen, workers: usize) {
    // Split: a job is one chunk, for one search. Searches are numbered; the last one counts.
    // Start: in a `thread::scope`, workers who take jobs as long as there is somebody to send one.
    // TODO: Do: `crossbeam_channel::select!` waits for a key and for hits in one place, whichever comes first.
    // Collect: by chunk, so that the hits are in the order of the dictionary.
    // Tidy up: without a sender of jobs the workers end, and the scope waits for them.
    todo!("echo the keys ({} so far) on {screen:?} while workers ({workers}) search {dict:?}", keys.len())
}
