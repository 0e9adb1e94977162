//! The given half of every chapter: the task, a plain reference, and the checks that judge an answer.
//!
//! A check is a plain function from an implementation to a verdict. The exercise, the solution and every
//! wrong answer call the same one, so nothing is copied.

pub mod ch00_machine;
pub mod ch01_chess;
pub mod ch02_weather;
pub mod ch03_search;

/// One chapter: its name in all five places, and the functions that a learner writes.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// `ch01-chess`: the page, the folder of the exercise, and (with `_`) the task, the solution and the wrong answers.
    pub name: &'static str,
    pub title: &'static str,
    /// In the order in which they are written; also the names of the tests.
    pub functions: &'static [&'static str],
}

impl Chapter {
    /// The package of the exercise: `ch01`.
    pub fn package(&self) -> &'static str {
        self.name.split('-').next().unwrap_or(self.name)
    }

    /// The name as a Rust module: `ch01_chess`.
    pub fn module(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The chapters that can be worked, in order.
pub const CHAPTERS: &[Chapter] = &[
    Chapter { name: "ch00-machine", title: "Look at your machine", functions: &["multicore"] },
    Chapter { name: "ch01-chess", title: "The simultaneous exhibition", functions: &["interleaved", "multicore"] },
    Chapter { name: "ch02-weather", title: "Waiting is not working", functions: &["interleaved", "multicore"] },
    Chapter { name: "ch03-search", title: "The box that never freezes", functions: &["interleaved", "multicore"] },
];
