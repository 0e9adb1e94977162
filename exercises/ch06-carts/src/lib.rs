//! Crabs bring driftwood to a beacon: one, two side by side, four in a line, and the line on four threads.

use tasks::ch06_carts::{Tally, Yard};

/// One crab with one cart does everything: load, haul, tip, back, for every load.
pub async fn solo(yard: &Yard, loads: u32) -> Tally {
    // TODO: take a crab and a cart from the yard.
    todo!("one crab brings {loads} loads to the fire in {yard:?}")
}

/// Two crabs do that side by side, each in a yard of its own, and share the loads.
pub async fn doubled(left: &Yard, right: &Yard, loads: u32) -> Tally {
    todo!("two crabs share {loads} loads in {left:?} and {right:?}")
}

/// Four crabs in a line, on one thread: one loads, one hauls, one tends the fire, one brings carts back.
///
/// They hand `carts` carts on (at least one), and all of them are in the tally.
pub async fn interleaved(yard: &Yard, loads: u32, carts: usize) -> Tally {
    todo!("four crabs in {yard:?} hand {carts} carts on, for {loads} loads")
}

/// The same four crabs, each on a thread of its own.
///
/// They hand `carts` carts on (at least one), and all of them are in the tally.
pub fn multicore(yard: &Yard, loads: u32, carts: usize) -> Tally {
    todo!("four threads in {yard:?} hand {carts} carts on, for {loads} loads")
}
