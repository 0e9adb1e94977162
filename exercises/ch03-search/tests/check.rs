// Does every key have its echo while a search is under way, on one thread and on several?

use tasks::ch03_search::check::{self, Judged, alone};

#[test]
fn interleaved() -> Judged {
    alone(|| check::interleaved(ch03::interleaved))
}

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch03::multicore))
}
