// Are as many stations asked at once as the limit allows, on one thread and on several?

use tasks::ch02_weather::check::{self, Judged, alone};

#[test]
fn interleaved() -> Judged {
    alone(|| check::interleaved(ch02::interleaved))
}

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch02::multicore))
}
