//! The given half of every chapter: the task, a plain reference, and the checks that judge an answer.
//!
//! A check is a plain function from an implementation to a verdict. The exercise, the solution and every
//! wrong answer call the same one, so nothing is copied.

pub mod ch00_machine;
pub mod ch01_chess;
pub mod ch02_weather;
pub mod ch03_search;
pub mod ch04_twins;
pub mod ch05_executor;
pub mod ch06_carts;
#[doc(hidden)]
pub mod ready;

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
    Chapter { name: "ch04-twins", title: "Twins on disk", functions: &["interleaved", "multicore"] },
    Chapter { name: "ch05-executor", title: "The machine under the floor", functions: &["interleaved", "multicore"] },
    Chapter {
        name: "ch06-carts",
        title: "Carts and hands",
        functions: &["solo", "doubled", "interleaved", "multicore"],
    },
];
