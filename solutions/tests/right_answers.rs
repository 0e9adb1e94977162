//! Every right answer passes: the solutions, and the answers written differently.

use probes::{Judged, alone};

macro_rules! right {
    ($($chapter:ident { $($function:ident other [$($other:ident)*] wrong [$($wrong:ident)*])* })*) => {
        $(mod $chapter { $(mod $function {
            use super::super::*;

            #[test]
            fn solution() -> Judged {
                alone(|| tasks::$chapter::check::$function(solutions::$chapter::$function))
            }

            $(#[test]
            fn $other() -> Judged {
                alone(|| tasks::$chapter::check::$function(solutions::other::$chapter::$other))
            })*
        })* })*
    };
}

solutions::answers!(right);
