//! Real files for futures: every call blocks a thread of the runtime's pool, and the future waits for it.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::{Drive, Later, OpenFile};

pub(super) struct Real(pub(super) Arc<Hashing>);

type Hashing = dyn Fn(&mut File) -> io::Result<u64> + Send + Sync;

// ANCHOR: real
impl Drive for Real {
    fn open(self: Arc<Self>, path: PathBuf) -> Later<OpenFile> {
        Box::pin(async move {
            let mut file = spawn_blocking(move || File::open(path)).await??;
            Ok(OpenFile::new(async move { spawn_blocking(move || (self.0)(&mut file)).await? }))
        })
    }
}
// ANCHOR_END: real
