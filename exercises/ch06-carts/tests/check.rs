// Does every design take as long as it must, and does the line on threads have four at work? Start with `solo`.

use tasks::ch06_carts::check::{self, Judged, alone};

#[test]
fn solo() -> Judged {
    alone(|| check::solo(ch06::solo))
}

#[test]
fn doubled() -> Judged {
    alone(|| check::doubled(ch06::doubled))
}

#[test]
fn interleaved() -> Judged {
    alone(|| check::interleaved(ch06::interleaved))
}

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch06::multicore))
}
