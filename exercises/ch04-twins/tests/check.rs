// Are as many files under way as the limit or the workers allow, and is none of them lost?

use tasks::ch04_twins::check::{self, Judged, alone};

#[test]
fn interleaved() -> Judged {
    alone(|| check::interleaved(ch04::interleaved))
}

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch04::multicore))
}
