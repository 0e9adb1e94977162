// Are all the threads at work at once, and does the total hold what each of them found?

use tasks::ch00_machine::check::{self, Judged, alone};

#[test]
fn multicore() -> Judged {
    alone(|| check::multicore(ch00::multicore))
}
