//! Verdicts: what the tests of a chapter said, read from what `cargo test` printed.

/// One test: the name of the learner's function, and what it said if it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    pub name: String,
    /// As the test printed it; nothing to say means that it passed.
    pub said: Option<String>,
}

/// Reads all tests of a run, or nothing if it did not come to its end.
pub fn read(printed: &str) -> Option<Vec<Test>> {
    let programs: Option<Vec<_>> = programs(printed).iter().map(|program| read_program(program)).collect();
    programs.map(|programs| programs.concat()).filter(|tests| !tests.is_empty())
}

/// A file of tests is a program of its own, and a learner may have added one. What a learner prints may look like the
/// head of another, but it comes before the program has ended.
fn programs(printed: &str) -> Vec<String> {
    let mut programs: Vec<String> = Vec::new();
    for line in printed.lines() {
        match programs.last_mut() {
            Some(program) if !has_ended(program) || !is_start(line) => *program += &format!("{line}\n"),
            _ if is_start(line) => programs.push(format!("{line}\n")),
            _ => {}
        }
    }
    programs
}

/// `running 2 tests`
fn is_start(line: &str) -> bool {
    let count = line.strip_prefix("running ").and_then(|rest| rest.split_once(" test"));
    count.is_some_and(|(count, _)| count.parse::<usize>().is_ok())
}

/// `test result: FAILED. 1 passed; …`
fn has_ended(program: &str) -> bool {
    let is_result = |line: &str| line.strip_prefix("test result: ").is_some_and(|rest| rest.contains(" filtered out"));
    program.lines().any(is_result)
}

fn read_program(printed: &str) -> Option<Vec<Test>> {
    let ended = has_ended(printed);
    let (list, said) = printed.split_once("\nfailures:\n").unwrap_or((printed, ""));
    let test = |line: &str| {
        let (name, outcome) = line.strip_prefix("test ")?.split_once(" ... ")?;
        let said = (outcome == "FAILED").then(|| message(said, name));
        Some(Test { name: name.to_string(), said })
    };
    ended.then(|| list.lines().filter_map(test).collect())
}

/// What stands between the head of a failed test and the next head, or the list that ends the report.
fn message(said: &str, name: &str) -> String {
    let head = format!("---- {name} stdout ----");
    // The last of such lines is the harness's own.
    let report = said.rsplit_once("\nfailures:\n").map_or(said, |(report, _)| report);
    let lines = report.lines().skip_while(|line| *line != head).skip(1);
    let mine = lines.take_while(|line| !is_head(line));
    mine.collect::<Vec<_>>().join("\n").trim_matches('\n').to_string()
}

fn is_head(line: &str) -> bool {
    line.starts_with("---- ") && line.ends_with(" stdout ----")
}

impl Test {
    /// What the verdict says to read: `book/src/ch01-chess.md#take-turns`.
    pub fn page(&self) -> Option<&str> {
        self.said.as_deref()?.lines().find_map(|line| line.strip_prefix("  read: "))
    }
}

/// The lane chart in what a test said, if it has one.
pub fn chart(message: &str) -> Option<String> {
    let lines: Vec<_> = message.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("  by task"))?;
    let last = lines.iter().position(|line| line.starts_with("  dealing with "))?;
    lines.get(first..=last).map(|lines| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "
running 2 tests
test multicore ... ok
test interleaved ... FAILED

failures:

---- interleaved stdout ----
test fake ... ok
Error: the rice is cold

  by task      by thread
    soup  1      1  s
  dealing with 1 · doing 1

  read: book/src/ch09-kitchen.md#start


failures:
    interleaved

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
";

    #[test]
    fn a_verdict_is_kept_as_it_was_printed() {
        let tests = read(PRINTED).unwrap();
        assert_eq!(tests.iter().map(|test| test.name.as_str()).collect::<Vec<_>>(), ["multicore", "interleaved"]);
        assert_eq!(tests[0].said, None);
        let said = tests[1].said.as_deref().unwrap();
        assert!(said.starts_with("test fake ... ok\nError: the rice"), "{said}");
        assert!(said.ends_with("#start"), "{said}");
    }

    /// What a learner prints comes before the verdict, and may look like the report around it.
    #[test]
    fn words_of_the_harness_do_no_harm() {
        for said in
            ["running two pieces", "\nrunning 2 tests\n", "failures:", "\nfailures:\n", "test result: ok. 9 passed"]
        {
            let printed = PRINTED.replace("test fake ... ok", said);
            let tests = read(&printed).unwrap_or_else(|| panic!("{said}"));
            assert_eq!(tests.len(), 2, "{said}");
            assert!(tests[1].said.as_deref().is_some_and(|it| it.contains("the rice is cold")), "{said}: {tests:?}");
        }
    }

    #[test]
    fn a_verdict_knows_its_chart_and_its_page() {
        let test = &read(PRINTED).unwrap()[1];
        assert_eq!(test.page(), Some("book/src/ch09-kitchen.md#start"));
        assert_eq!(chart(test.said.as_deref().unwrap()).unwrap().lines().count(), 3);
    }

    #[test]
    fn tests_of_several_programs_are_all_read() {
        let mine = PRINTED.replace("interleaved", "mine").replace("multicore", "mine_too");
        let names: Vec<_> = read(&(PRINTED.to_string() + &mine)).unwrap().into_iter().map(|test| test.name).collect();
        assert_eq!(names, ["multicore", "interleaved", "mine_too", "mine"]);
    }

    #[test]
    fn a_run_that_broke_off_has_no_verdicts() {
        assert_eq!(read("\nrunning 2 tests\ntest interleaved ... ok\n"), None);
    }
}
