//! The simultaneous exhibition: one master, several boards, and opponents who take their time.

use std::fmt;

use probes::Words;

const WORDS: Words = Words {
    page: "ch01-chess",
    task: "board",
    tasks: "boards",
    worker: "master",
    workers: "masters",
    work: "a move",
    results: "scores",
};

/// What happens when the master steps up to a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// She made her move; now it is the opponent's turn.
    Moved,
    /// The opponent is still thinking, and there is nothing to do here.
    Waiting,
    /// The game is over.
    Over(Score),
}

/// How a game ended, for the master.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    Win,
    Draw,
    Loss,
}

/// A game in the making: it keeps its own position, so she can leave and come back.
pub struct Board(Box<dyn FnMut() -> Step + Send>);

impl Board {
    /// A board at which `game` decides what a step does.
    pub fn new(game: impl FnMut() -> Step + Send + 'static) -> Board {
        Board(Box::new(game))
    }

    /// Steps up to the board, and makes a move if the opponent has made theirs.
    pub fn step(&mut self) -> Step {
        (self.0)()
    }
}

/// The plain loop: one game after another. Right where no opponent ever waits for another board.
pub fn reference(boards: &mut [Board]) -> Vec<Score> {
    boards.iter_mut().map(play_to_the_end).collect()
}

fn play_to_the_end(board: &mut Board) -> Score {
    loop {
        if let Step::Over(score) = board.step() {
            return score;
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Score::Win => "a win",
            Score::Draw => "a draw",
            Score::Loss => "a loss",
        })
    }
}

impl fmt::Debug for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Board")
    }
}

pub mod hall {
    //! A hall of boards whose games are recorded, step by step.

    use super::{Board, Score, Step};
    use probes::{Lane, Recorder, Run, Verdict};

    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread::{self, ThreadId};

    /// `(moves, score)` of a game. Its board is called `a`, `b`, … in order.
    pub type Game = (usize, Score);

    /// A hall whose opponents answer as far as the *other* boards allow it.
    #[derive(Clone, Debug)]
    pub struct Hall {
        recorder: Recorder,
        tables: Arc<Mutex<Tables>>,
    }

    #[derive(Debug)]
    struct Tables {
        games: Vec<Table>,
        /// The one thread that may play here.
        master: ThreadId,
        /// Looks in a row that found an opponent thinking.
        fruitless: usize,
        /// Looks for which all think at once, as soon as each has answered once.
        pause: usize,
    }

    #[derive(Debug)]
    struct Table {
        lane: Lane,
        moves: usize,
        score: Score,
        /// How many moves more than here the others must have before this opponent answers.
        slower: usize,
        made: usize,
    }

    /// What the hall says of a master who breaks its rules.
    #[derive(Clone, Copy, Debug)]
    pub struct Rules {
        pub second_master: fn(&Run) -> Verdict,
        pub kept_at_one: fn(&Run, at: &str, waiting: &str) -> Verdict,
        pub asked_again: fn(&Run, at: &str) -> Verdict,
    }

    impl Hall {
        /// Every opponent answers a move when all the other boards have had that move, too. The one at board
        /// `slow` takes until they have had one more.
        pub fn of(games: &[Game], slow: Option<usize>) -> Hall {
            let recorder = Recorder::default();
            let table = |(index, &(moves, score)): (usize, &Game)| Table {
                lane: recorder.task(name(index)),
                moves,
                score,
                slower: usize::from(slow == Some(index)),
                made: 0,
            };
            let games = games.iter().enumerate().map(table).collect();
            let tables = Tables { games, master: thread::current().id(), fruitless: 0, pause: 0 };
            Hall { recorder, tables: Arc::new(Mutex::new(tables)) }
        }

        /// The same hall; but when every board has had a move, all opponents think for one round.
        pub(super) fn with_a_pause(self) -> Hall {
            let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
            tables.pause = tables.games.len();
            drop(tables);
            self
        }

        pub fn recorder(&self) -> &Recorder {
            &self.recorder
        }

        /// The boards, for a master who plays on the thread that asks for them.
        pub fn boards(&self, rules: Rules) -> Vec<Board> {
            let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
            tables.master = thread::current().id();
            (0..tables.games.len()).map(|index| self.board(index, rules)).collect()
        }

        fn board(&self, index: usize, rules: Rules) -> Board {
            let hall = self.clone();
            Board::new(move || hall.step(index, rules))
        }

        fn step(&self, index: usize, rules: Rules) -> Step {
            let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
            let _step = tables.games[index].lane.step();
            if tables.master != thread::current().id() {
                self.recorder.stop(rules.second_master);
            }
            let step = tables.step(index);
            tables.fruitless = if step == Step::Waiting { tables.fruitless + 1 } else { 0 };
            if tables.fruitless > 2 * tables.games.len() {
                match tables.games.iter().position(|table| table.made == 0) {
                    Some(other) => self.recorder.stop(|run| (rules.kept_at_one)(run, &name(index), &name(other))),
                    None => self.recorder.stop(|run| (rules.asked_again)(run, &name(index))),
                }
            }
            step
        }
    }

    impl Tables {
        fn step(&mut self, index: usize) -> Step {
            if self.pause > 0 && self.games.iter().all(|table| table.made > 0) {
                self.pause -= 1;
                return Step::Waiting;
            }
            if self.thinking(index) {
                return Step::Waiting;
            }
            let table = &mut self.games[index];
            if table.made < table.moves {
                table.made += 1;
                return Step::Moved;
            }
            table.lane.finish();
            Step::Over(table.score)
        }

        /// The opponent thinks until every other game has had as many moves, or has no more to come.
        fn thinking(&self, index: usize) -> bool {
            let here = &self.games[index];
            let behind = |other: &Table| other.made < other.moves.min(here.made + here.slower);
            here.made > 0 && self.games.iter().enumerate().any(|(other, table)| other != index && behind(table))
        }
    }

    pub(super) fn name(index: usize) -> String {
        char::from(b'a' + index as u8).to_string()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// Only looks in a row are fruitless: in a long game they add up, and a move came after every one.
        #[test]
        fn a_master_who_looks_once_too_often_at_every_board_may_do_so_for_ever() {
            let hall = Hall::of(&[(9, Score::Win), (9, Score::Loss)], None);
            let wrong = |_: &Run| Verdict::new("stopped");
            let rules = Rules {
                second_master: wrong,
                kept_at_one: |_, _, _| Verdict::new("stopped"),
                asked_again: |_, _| Verdict::new("stopped"),
            };
            let mut boards = hall.boards(rules);
            for _ in 0..9 {
                let looks = [boards[0].step(), boards[0].step(), boards[1].step()];
                assert_eq!(looks, [Step::Moved, Step::Waiting, Step::Moved]);
            }
            assert_eq!(boards[0].step(), Step::Over(Score::Win));
        }
    }
}

pub mod check {
    //! One master must go round; several must be at the boards at once.

    use std::sync::Arc;

    use super::hall::{Game, Hall, Rules, name};
    use super::{Board, Score, Step, WORDS};
    use probes::still::{self, Patience};
    use probes::{Crew, Lane, Recorder, see, wording};
    pub use probes::{Judged, alone};

    const RULES: Rules = Rules {
        second_master: |run| wording::second_thread(&WORDS, run),
        kept_at_one: |run, at, waiting| wording::kept_at_one(&WORDS, run, at, waiting),
        asked_again: |run, at| wording::asked_again(&WORDS, run, at),
    };

    const THREE: &[Game] = &[(3, Score::Win), (1, Score::Loss), (2, Score::Draw)];
    const FOUR: &[Game] = &[(3, Score::Win), (1, Score::Loss), (2, Score::Draw), (2, Score::Win)];

    /// Three boards whose opponents wait for each other, then a slow opponent among them, a round in which all of them
    /// think, one board, none.
    pub fn interleaved(yours: fn(&mut [Board]) -> Vec<Score>) -> Judged {
        one_master(yours, THREE, Hall::of(THREE, None))?;
        one_master(yours, THREE, Hall::of(THREE, Some(0)))?;
        one_master(yours, THREE, Hall::of(THREE, None).with_a_pause())?;
        one_master(yours, &THREE[..1], Hall::of(&THREE[..1], None))?;
        one_master(yours, &[], Hall::of(&[], None))
    }

    fn one_master(yours: fn(&mut [Board]) -> Vec<Score>, games: &[Game], hall: Hall) -> Judged {
        let playing = hall.clone();
        let seen = see(&WORDS, hall.recorder(), move || yours(&mut playing.boards(RULES)))?;
        // A second master has been stopped at the board.
        seen.returned(&scores(games))
    }

    /// Two masters, four, one; boards that cannot be shared out evenly; more masters than boards; no board.
    pub fn multicore(yours: fn(&mut [Board], usize) -> Vec<Score>) -> Judged {
        [2, 4, 1].iter().try_for_each(|&masters| several_masters(yours, FOUR, masters))?;
        several_masters(yours, THREE, 2)?;
        several_masters(yours, &FOUR[..2], 4)?;
        several_masters(yours, &[], 2)
    }

    fn several_masters(yours: fn(&mut [Board], usize) -> Vec<Score>, games: &'static [Game], masters: usize) -> Judged {
        let (recorder, crew) = (Recorder::default(), Arc::new(Crew::of(masters.min(games.len()))));
        let lanes: Vec<_> = (0..games.len()).map(|index| recorder.task(name(index))).collect();
        // Where there are as many boards as masters or fewer, every one of them is a master's only one.
        let thinks = games.len() <= masters;
        let deal = |(lane, &game)| eager_board(lane, game, crew.clone(), thinks);
        let mut boards: Vec<_> = lanes.into_iter().zip(games).map(deal).collect();
        let seen = see(&WORDS, &recorder, move || yours(&mut boards, masters))?;
        seen.returned(&scores(games))?;
        if games.is_empty() { Ok(()) } else { seen.together(&crew) }
    }

    /// An opponent who thinks for one look at most, after the first move. The first board is finished last, whoever
    /// plays where: its last move waits until nobody else can move, so scores in the order of finishing are in the
    /// wrong order.
    fn eager_board(lane: Lane, (moves, score): Game, crew: Arc<Crew>, thinks: bool) -> Board {
        let (mut made, mut thought) = (0, !thinks);
        Board::new(move || {
            let step = lane.step();
            crew.visit();
            if made == 1 && !thought {
                thought = true;
                return Step::Waiting;
            }
            if made < moves {
                made += 1;
                return Step::Moved;
            }
            drop(step);
            if lane.index() == 0 {
                still::wait(Patience::Short);
            }
            lane.finish();
            Step::Over(score)
        })
    }

    fn scores(games: &[Game]) -> Vec<Score> {
        games.iter().map(|&(_, score)| score).collect()
    }
}
