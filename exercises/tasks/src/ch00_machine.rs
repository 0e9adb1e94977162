//! Look at your machine: a dot product in pieces, one thread for each piece.

use probes::{Lane, Words};

const WORDS: Words = Words {
    page: "ch00-machine",
    task: "piece",
    tasks: "pieces",
    worker: "thread",
    workers: "threads",
    work: "a dot product",
    results: "sums",
};

/// A stretch of two long vectors.
#[derive(Debug)]
pub struct Piece {
    left: Vec<i64>,
    right: Vec<i64>,
    watched: Option<check::Watched>,
}

impl Piece {
    /// A piece of the product of `left` and `right`, which are equally long.
    pub fn new(left: Vec<i64>, right: Vec<i64>) -> Piece {
        assert_eq!(left.len(), right.len(), "a dot product takes two vectors of one length");
        Piece { left, right, watched: None }
    }

    /// The sum of the products, number by number. All the work of this chapter is in here.
    pub fn dot(&self) -> i64 {
        let _step = self.watched.as_ref().map(check::Watched::enter);
        self.left.iter().zip(&self.right).map(|(left, right)| left * right).sum()
    }

    /// The same piece, with every `dot` recorded as a step of `lane`.
    pub fn recorded(self, lane: Lane) -> Piece {
        Piece { watched: Some(check::Watched::by(lane)), ..self }
    }
}

/// The plain loop: what every answer must return.
pub fn reference(pieces: &[Piece]) -> i64 {
    pieces.iter().map(Piece::dot).sum()
}

pub mod check {
    //! Every piece on a thread of its own, all at once, and a total that holds them all.

    use std::sync::Arc;

    use probes::crew::Outcome;
    use probes::still::{self, Patience};
    use probes::{Crew, Lane, Recorder, recorder, see, wording};

    use super::{Piece, WORDS};
    pub use probes::{Judged, alone};

    /// Who looks on while a piece is worked on.
    #[derive(Debug)]
    pub struct Watched {
        lane: Lane,
        crew: Option<Arc<Crew>>,
    }

    impl Watched {
        pub(super) fn by(lane: Lane) -> Watched {
            Watched { lane, crew: None }
        }

        pub(super) fn enter(&self) -> recorder::Inside {
            let step = self.lane.step();
            self.crew.iter().for_each(|crew| crew.visit());
            self.lane.finish();
            step
        }
    }

    /// Four pieces, then one, then none.
    pub fn multicore(yours: fn(&[Piece]) -> i64) -> Judged {
        at_once(yours, &[("a", 1), ("b", 10), ("c", 100), ("d", 1000)])?;
        at_once(yours, &[("a", 7)])?;
        at_once(yours, &[])
    }

    fn at_once(yours: fn(&[Piece]) -> i64, parts: &'static [(&str, i64)]) -> Judged {
        let (recorder, crew) = (Recorder::default(), Arc::new(Crew::of(parts.len())));
        let pieces: Vec<_> = parts.iter().map(|&(name, sum)| piece(&recorder, &crew, name, sum)).collect();
        let seen = see(&WORDS, &recorder, move || yours(&pieces))?;
        let due: i64 = parts.iter().map(|(_, sum)| sum).sum();
        let worked_on = || {
            // Threads that nobody waited for may still be on their way.
            still::wait(Patience::Short);
            recorder.run(WORDS.page).tasks.iter().filter(|task| task.first.is_some()).count()
        };
        match seen.returned {
            got if got == due && parts.is_empty() => Ok(()),
            got if got == due => match crew.outcome() {
                Outcome::Fewer { inside, .. } if inside > 1 => {
                    Err(wording::shared_out(&WORDS, &seen.run, inside, parts.len()))
                }
                _ => seen.together(&crew),
            },
            0 if worked_on() == parts.len() => Err(wording::total_without_sums(&WORDS, &seen.run)),
            got if parts.iter().any(|(_, sum)| *sum == got) && worked_on() > 1 => {
                Err(wording::lost_update(&WORDS, &seen.run))
            }
            got => Err(wording::wrong_total(&WORDS, &seen.run, &got, &due)),
        }
    }

    /// A piece whose dot product is `sum`, so that a total shows which pieces it holds.
    fn piece(recorder: &Recorder, crew: &Arc<Crew>, name: &str, sum: i64) -> Piece {
        let watched = Watched { lane: recorder.task(name), crew: Some(crew.clone()) };
        Piece { left: vec![1, 1], right: vec![sum - 1, 1], watched: Some(watched) }
    }
}
