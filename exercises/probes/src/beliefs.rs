//! The wrong beliefs behind wrong answers, by number: under each of them, the code would be right.
//!
//! A verdict quotes its belief, a wrong answer names it, and the book explains it. The
//! numbers are fixed; those that no check needs yet are left out.

/// `(number, "the code would be right if …")`, in order of number.
pub const BELIEFS: &[(u8, &str)] = &[
    (1, "this would be right if concurrent code ran in parallel by itself"),
    (2, "this would be right if overlap needed a thread for every task"),
    (3, "this would be right if async made computing overlap"),
    (4, "this would be right if more threads always meant more speed"),
    (5, "this would be right if answers came back in the order of the questions"),
    (7, "this would be right if somebody else played on meanwhile"),
    (8, "this would be right if overlap shortened work, as it shortens waiting"),
    (9, "this would be right if calling an async fn started it"),
    (10, "this would be right if `.await` started things in the background"),
    (11, "this would be right if a future ran from the moment it was made"),
    (12, "this would be right if spawning alone made things overlap"),
    (15, "this would be right if dropping a handle stopped its task"),
    (18, "this would be right if a blocked thread could do something else"),
    (19, "this would be right if a spawned task had a thread of its own"),
    (20, "this would be right if waiting for a thread left your own free"),
    (21, "this would be right if a long computation paused by itself"),
    (22, "this would be right if a pause cost nothing"),
    (24, "this would be right if a lock held over an await cost nothing"),
    (25, "this would be right if waiting meant asking again"),
    (26, "this would be right if a pending future came back by itself"),
    (27, "this would be right if a timeout could interrupt a computation"),
    (28, "this would be right if the other side could take any number at once"),
    (29, "this would be right if batches of k were the same as a limit of k"),
    (30, "this would be right if waiting needed a core"),
    (31, "this would be right if a queue alone held its sender back"),
    (32, "this would be right if a receiver knew that nothing more will come"),
    (33, "this would be right if what is sent first always arrived first"),
    (34, "this would be right if whatever is ready got its turn"),
    (35, "this would be right if nothing yet meant nothing ever"),
    (36, "this would be right if one more stage always meant more speed"),
    (37, "this would be right if a line went at the speed of its average stage"),
    (38, "this would be right if a send always found somebody to take it"),
    (41, "this would be right if what nobody wants any more stopped by itself"),
    (42, "this would be right if a failure were noticed by itself"),
    (45, "this would be right if nothing could come between two steps"),
    (46, "this would be right if a load and a store were one step"),
    (49, "this would be right if the order of locks did not matter"),
    (50, "this would be right if threads could work while they wait for a lock"),
    (51, "this would be right if the same lock could be taken twice"),
    (52, "this would be right if a wake that comes early were kept for later"),
    (55, "this would be right if equal shares meant equal work"),
    (62, "this would be right if threads were done before anyone asks"),
    (65, "this would be right if every wake needed a poll of its own"),
];

/// The sentence of a belief.
///
/// # Panics
///
/// If the table has no belief of this number: a mistake in a check, not in an answer.
pub fn belief(number: u8) -> &'static str {
    let known = BELIEFS.iter().find(|(known, _)| *known == number);
    known.unwrap_or_else(|| panic!("no belief has the number {number}")).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_belief_has_one_number_and_one_line() {
        assert!(BELIEFS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (number, text) in BELIEFS {
            assert!(text.starts_with("this would be right if "), "{number}");
            assert!(text.len() <= 70, "{number}: {text}");
        }
    }
}
