//! What a page shows as the output of a program is what the program prints.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use support::in_repository;

/// A page marks such a block with `<!-- output: ch01-look -->`; the block is a contiguous part of the output.
#[test]
fn every_printed_block_is_printed() {
    let mut outputs = BTreeMap::new();
    for entry in fs::read_dir(in_repository("book/src")).unwrap() {
        let page = entry.unwrap().path();
        let text = fs::read_to_string(&page).unwrap();
        for (program, block) in printed_blocks(&text) {
            let output = outputs.entry(program.to_string()).or_insert_with(|| output_of(program));
            assert!(output.contains(&block), "{}: {program} does not print\n{block}\nbut\n{output}", page.display());
        }
    }
    assert!(!outputs.is_empty(), "no page shows an output");
}

/// The marked blocks of a page, each with the name of its program.
fn printed_blocks(page: &str) -> Vec<(&str, String)> {
    let marked = page.split("<!-- output: ").skip(1).filter_map(|rest| rest.split_once(" -->"));
    let blocks = marked.map(|(program, rest)| {
        let fenced = rest.trim_start().strip_prefix("```text\n").expect("a text block follows the mark");
        let (block, _) = fenced.split_once("```").expect("the block ends");
        (program, block.to_string())
    });
    blocks.collect()
}

fn output_of(program: &str) -> String {
    output_of_with(program, None)
}

fn output_of_with(program: &str, argument: Option<&str>) -> String {
    let mut run = Command::new(env!("CARGO"));
    run.args(["run", "--quiet", "--example", program, "--"]).args(argument).current_dir(in_repository(""));
    let output = run.output().expect("cargo runs");
    assert!(output.status.success(), "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a figure plays is what the simulated cores of `probes` say: the browser tests hold the figures to
/// these files. `MESSAGES=write cargo test -p solutions --test printed` writes them anew.
#[test]
fn the_figures_play_what_the_simulated_cores_say() {
    for (file, argument) in [("runs.txt", None), ("charts.txt", Some("charts"))] {
        let path = in_repository("book/figures/golden").join(file);
        let printed = output_of_with("figures", argument);
        if std::env::var("MESSAGES").is_ok_and(|what| what == "write") {
            fs::write(&path, &printed).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap() == printed, "{} is not what `figures` prints", path.display());
    }
}
