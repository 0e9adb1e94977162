//! Cache lines: do two places that different threads write to share one?
//!
//! Cores hand memory to each other in lines. Two counters on one line are a single thing to the
//! machine: whoever writes one takes the line away from the other. Addresses show it without a clock.
//!
//! ```
//! use probes::lines::shared;
//! use std::sync::atomic::AtomicU64;
//!
//! #[repr(align(128))]
//! struct Apart(AtomicU64);
//!
//! let near = [const { AtomicU64::new(0) }; 4];
//! let apart = [const { Apart(AtomicU64::new(0)) }; 4];
//! assert!(!shared(near.iter()).is_empty());
//! assert!(shared(apart.iter()).is_empty());
//! ```
//!
//! Limit: neighbours in memory are a cost only where several threads write them often.

/// Bytes that are handed over together. 64 on most machines; 128 where lines are fetched in pairs or are that long, so
/// what is 128 apart is apart on x86-64 and on Arm. (The table of machines is crossbeam's, at its `CachePadded`.)
pub const LINE: usize = 128;

/// The pairs of places, by number, that share a [`LINE`].
pub fn shared<'a, T: 'a>(places: impl Iterator<Item = &'a T>) -> Vec<(usize, usize)> {
    let lines: Vec<(usize, usize)> = places.map(lines_of).collect();
    let pairs = (0..lines.len()).flat_map(|a| (a + 1..lines.len()).map(move |b| (a, b)));
    pairs.filter(|&(a, b)| lines[a].0 <= lines[b].1 && lines[b].0 <= lines[a].1).collect()
}

/// The first and the last line that a place lies on.
fn lines_of<T>(place: &T) -> (usize, usize) {
    let address = std::ptr::from_ref(place).addr();
    (address / LINE, (address + size_of::<T>().max(1) - 1) / LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins where a line begins.
    #[repr(align(128))]
    struct Aligned<T>(T);

    #[test]
    fn a_line_has_128_bytes() {
        let bytes = Aligned([0_u8; 512]);
        let at = |places: [usize; 3]| shared(places.map(|place| &bytes.0[place]).into_iter());
        assert_eq!(at([0, 127, 128]), [(0, 1)]);
        // The order of the places is free.
        assert_eq!(at([300, 127, 0]), [(1, 2)]);
    }

    #[test]
    fn a_place_may_lie_on_several_lines() {
        let places = Aligned([[0_u8; 100]; 4]);
        assert_eq!(shared(places.0.iter()), [(0, 1), (1, 2), (2, 3)]);
        let blocks = [0, 1].map(|byte| Aligned([byte; 128]));
        assert_eq!(shared(blocks.iter().map(|block| &block.0)), []);
    }
}
