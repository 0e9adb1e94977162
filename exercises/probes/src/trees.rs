//! All merge trees: does a merge give the same, however the work was split?
//!
//! A parallel fold may put its brackets anywhere. Over six parts there are 42 ways, and a
//! merge that is safe to split has one result for all of them.
//!
//! ```
//! use probes::trees::every_way;
//!
//! let sums = every_way(&[1, 2, 3, 4, 5, 6], &|a, b| a + b);
//! assert_eq!(sums.len(), 42);
//! assert!(sums.iter().all(|&sum| sum == 21));
//!
//! let differences = every_way(&[1, 2, 3, 4, 5, 6], &|a, b| a - b);
//! assert!(differences.iter().any(|&difference| difference != differences[0]));
//! ```
//!
//! Only the brackets vary, never the order of the parts: a merge need not be commutative, only associative. That this
//! is what makes a fold safe to split is Guy Steele's argument (2009).
//!
//! Limit: it judges the parts that it was given. A dozen of them have 58 786 ways, so keep to fewer.

/// The result of every way to bracket `parts`: 1, 1, 2, 5, 14, 42, … ways for 1, 2, 3, … parts; none for no part.
pub fn every_way<T: Clone>(parts: &[T], merge: &dyn Fn(T, T) -> T) -> Vec<T> {
    if let [one] = parts {
        return vec![one.clone()];
    }
    let mut results = Vec::new();
    for split in 1..parts.len() {
        let (left, right) = (every_way(&parts[..split], merge), every_way(&parts[split..], merge));
        for left in &left {
            results.extend(right.iter().map(|right| merge(left.clone(), right.clone())));
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_are_counted_by_the_catalan_numbers() {
        let ways = |parts: usize| every_way(&vec![0; parts], &|a, b| a + b).len();
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(ways), [0, 1, 1, 2, 5, 14, 42]);
    }

    #[test]
    fn only_the_brackets_vary_and_never_the_order() {
        let parts = ["a", "b", "c", "d"].map(String::from);
        assert_eq!(every_way(&parts, &|left, right| left + &right), ["abcd"; 5]);
    }
}
