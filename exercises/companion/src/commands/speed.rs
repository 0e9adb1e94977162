//! `speed`: the chapter's own measurement on more and more threads, as ratios, a plot and a picture.
//!
//! What is measured, and against what, is the chapter's business: its `speed.rs`, an example behind the feature of
//! the same name. It is given the numbers of threads to measure, as in `speed 1 2 4`, and prints
//! `probes::speed::table`, once or more often, among words of its own. That table is the format: contenders
//! whose names end in a number, `yours on 1` and `yours on 2`, are points of one line, `yours on n`.

use std::fs;
use std::iter::successors;
use std::num::NonZero;
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Duration;

use probes::meter::{Cores, two_cores};

use super::one_chapter;
use crate::cargo;
use crate::course::{Chapter, Course};
use crate::plot::{self, Line, Point};
use crate::progress;
use crate::screen::{bold, fold, say};
use crate::trouble::{Done, Trouble, at, way_out_of};

pub fn run(course: &Course, words: &[&str]) -> Done {
    let chapter = one_chapter(course, words)?;
    may_be_measured(course, chapter)?;
    let (cores, seen) = (available_parallelism().map_or(1, NonZero::get), two_cores(Duration::from_secs(1)));
    say(format!("{}\n", bold(format!("{}  {}", chapter.package(), chapter.title))));
    say(format!("cores that this program may use: {cores}\nthe two-core meter: {seen}\n"));
    let said = measure(course, chapter, &threads(cores))?;
    let lines = lines(&said);
    say(said.trim_end());
    if !lines.is_empty() {
        say(format!("\n{}", plot(course, chapter, &lines)?));
    }
    say(format!("\n{}", fold(&meaning(cores, seen, &lines))));
    Ok(ExitCode::SUCCESS)
}

/// A wrong answer may be as fast as it likes, and one that never ends would be measured for ever.
fn may_be_measured(course: &Course, chapter: &Chapter) -> Result<(), Trouble> {
    let package = chapter.package();
    if !course.exercise(chapter).join("speed.rs").is_file() {
        return Err(Trouble::Word(format!("{package} has no program that measures: its task is not about speed.")));
    }
    if progress::of(course, chapter)?.done(chapter) {
        return Ok(());
    }
    Err(Trouble::Word(format!(
        "{package} does not pass yet, and the speed of a wrong answer says nothing.\n\
         One step on: cargo course check {package}"
    )))
}

/// 1, 2, 4 and so on up to the number of cores; at least two, to see what one core makes of them.
fn threads(cores: usize) -> Vec<String> {
    let most = cores.max(2);
    let doubled = successors(Some(1), |threads| Some(threads * 2)).take_while(|threads| *threads < most);
    doubled.chain([most]).map(|threads| threads.to_string()).collect()
}

fn measure(course: &Course, chapter: &Chapter, threads: &[String]) -> Result<String, Trouble> {
    let program = ["--package", chapter.package(), "--example", "speed", "--features", "speed", "--"];
    let threads = threads.iter().map(String::as_str);
    let words: Vec<&str> = ["run", "--release"].into_iter().chain(program).chain(threads).collect();
    let ran = cargo::run(course, &[], &words)?;
    if ran.code == Some(0) {
        return Ok(ran.tests);
    }
    let said = format!("{}\n{}{}", ran.tests, ran.rustc, way_out_of(&ran.rustc));
    Err(Trouble::Word(format!("{}\n\nThe measurement broke off.", said.trim())))
}

/// The lines of the first table that has any; a line takes two points.
fn lines(said: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in said.lines().skip_while(|row| point(row).is_none()).take_while(|row| contender(row).is_some()) {
        // A contender without a number is something to compare with.
        let Some((name, point)) = point(row) else { continue };
        match lines.iter_mut().find(|line| line.name == name) {
            Some(line) => line.points.push(point),
            None => lines.push(Line { name, points: vec![point] }),
        }
    }
    lines.retain(|line| line.points.len() > 1);
    lines
}

/// `yours on 2` is a point of the line `yours on n`.
fn point(row: &str) -> Option<(String, Point)> {
    let (name, ratio, low, high) = contender(row)?;
    let (line, threads) = name.rsplit_once(' ')?;
    Some((format!("{line} n"), Point { threads: threads.parse().ok()?, ratio, low, high }))
}

/// `  yours on 2  1.93 x  (1.88 to 1.96)  12.31ms  ######`: a name, a ratio and its quartiles.
fn contender(row: &str) -> Option<(&str, f64, f64, f64)> {
    let (left, right) = row.split_once(" x  (")?;
    let (name, ratio) = left.trim().rsplit_once(' ')?;
    let (low, high) = right.split_once(')')?.0.split_once(" to ")?;
    Some((name.trim(), ratio.parse().ok()?, low.parse().ok()?, high.parse().ok()?))
}

fn plot(course: &Course, chapter: &Chapter, lines: &[Line]) -> Result<String, Trouble> {
    let file = course.path("target").join("speed").join(format!("{}.svg", chapter.package()));
    fs::create_dir_all(file.parent().unwrap_or(&file)).map_err(at(&file))?;
    let title = format!("{}: how many times as fast with n", chapter.title);
    fs::write(&file, plot::svg(&title, lines)).map_err(at(&file))?;
    Ok(format!("{}\n\nThe same as a picture, with its spread:\n  {}", plot::text(lines), course.shown(&file)))
}

/// What more threads can gain on this machine. What they can gain in this task, its own program says.
fn meaning(cores: usize, seen: Cores, lines: &[Line]) -> String {
    let most = lines.iter().filter_map(Line::gain).max_by(f64::total_cmp);
    match (seen, most) {
        (Cores::One, _) => "There is one core, and threads take turns on it. Work that needs a core gains nothing \
             here, however many threads share it. Only waiting can be overlapped."
            .into(),
        _ if lines.is_empty() => format!("Work that needs a core can gain up to {cores} times here. Waiting can more."),
        (_, Some(most)) => format!(
            "The steepest line gains {most:.1} times on its way. Work that needs a core cannot gain more than {cores} \
             times here, because so many there are. Waiting can."
        ),
        (Cores::NotSeen, None) => "Nothing was gained this time, and the meter did not see two cores at work: other \
             programs have them. Ask again when less is running."
            .into(),
        (Cores::Seen, None) => format!(
            "Nothing was gained this time that is more than the spread, on {cores} cores. Either other programs use \
             them, or a thread costs more than its share of this work takes. Ask again when less is running."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probes::speed::{Measured, table};

    fn measured((name, ratio): (&str, f64)) -> Measured {
        let (name, quartiles) = (name.into(), (ratio - 0.1, ratio + 0.1));
        Measured { name, ratio, quartiles, time: Duration::from_millis(3) }
    }

    #[test]
    fn the_table_is_the_format() {
        let rows = [("the loop, twice", 1.0), ("yours on 1", 0.9), ("yours on 12", 10.5), ("solution on 1", 1.0)];
        let table = table(&rows.map(measured));
        let lines = lines(&format!("A title of 3:\n\n{table}\nThe end of 1.\n{table}"));
        assert_eq!(lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["yours on n"]);
        let last = lines[0].points[1];
        assert_eq!((last.threads, last.ratio, last.low, last.high), (12, 10.5, 10.4, 10.6));
    }

    #[test]
    fn threads_are_doubled_up_to_the_cores() {
        assert_eq!(threads(1), ["1", "2"]);
        assert_eq!(threads(8), ["1", "2", "4", "8"]);
        assert_eq!(threads(12), ["1", "2", "4", "8", "12"]);
    }

    #[test]
    fn where_nothing_is_gained_it_says_why() {
        let said = |cores, seen, ratio| {
            let point = |(threads, ratio)| Point { threads, ratio, low: ratio, high: ratio };
            meaning(cores, seen, &[Line { name: "n".into(), points: [(1, 1.0), (2, ratio)].map(point).into() }])
        };
        assert!(said(1, Cores::One, 1.0).contains("one core"));
        assert!(said(2, Cores::NotSeen, 1.0).contains("other programs have them"));
        assert!(said(2, Cores::Seen, 1.0).contains("costs more"));
        assert!(said(2, Cores::Seen, 1.9).contains("1.9 times"));
    }
}
