//! The book's figure that plays any run, and how runs are handed to it.
//!
//! They go along behind the `#` of its address, `figures.html#run=…`.

use std::fs;

use crate::course::Course;
use crate::trouble::{Trouble, at};
use crate::{book, browser};

const FIGURE: &str = "figures";
const LEADS_THERE: &str = "your-run.html";

/// Opens the figure with `runs`, in the text form of `probes::Run`, and says where it is.
pub fn open(course: &Course, runs: &str) -> Result<String, Trouble> {
    book::build_if_stale(course)?;
    let figure = book::page(course, FIGURE);
    if !figure.is_file() {
        return Ok("The book has no page of figures, so there is nothing to open.".into());
    }
    let page = figure.with_file_name(LEADS_THERE);
    fs::write(&page, leading_there(runs)).map_err(at(&page))?;
    Ok(browser::open(&page, "In the book, as a figure to play:"))
}

fn leading_there(runs: &str) -> String {
    let address = format!("{FIGURE}.html#run={}", book::percent_encoded(runs, b""));
    browser::leading_to(&address, "Your own run, as a figure")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_goes_along_in_an_address() {
        let page = leading_there("run a b=c\ntask 'x' 0..1 1@0+1\n");
        assert!(page.contains("figures.html#run=run%20a%20b%3Dc%0Atask%20%27x%27%200..1%201%400%2B1%0A'"), "{page}");
    }
}
