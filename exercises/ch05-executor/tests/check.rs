// Is a task polled when it was woken, and only then, by one thread and by several? Start with `interleaved`.

use tasks::ch05_executor::check::{self, Judged, alone};

#[test]
fn interleaved() -> Judged {
    alone(|| check::interleaved(ch05::interleaved))
}

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch05::multicore))
}
