//! Right answers, and under `wrong` the wrong ones that the checks must catch.
//!
//! A chapter's file here can be pasted over the `src/lib.rs` of its exercise.

pub mod answers;
pub mod ch00_machine;
pub mod ch01_chess;
pub mod ch02_weather;
pub mod ch03_search;
pub mod ch04_twins;
pub mod ch05_executor;
pub mod ch06_carts;
pub mod other;
pub mod wrong;
