// Does one master keep all games going, and are several at the boards at once? Start with `interleaved`.

use tasks::ch01_chess::check::{self, Judged, alone};

#[test]
fn interleaved() -> Judged {
    alone(|| check::interleaved(ch01::interleaved))
}

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch01::multicore))
}
