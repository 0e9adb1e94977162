//! Wrong answers, one function a mistake. The doc comment is the belief under which it would be right, and
//! its number.

pub mod ch00_machine;
pub mod ch01_chess;
pub mod ch02_weather;
pub mod ch03_search;
pub mod ch04_twins;
pub mod ch05_executor;
pub mod ch06_carts;
