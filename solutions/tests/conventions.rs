//! The conventions of the course. Each is a test, and its doc comment is the reason for it.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use solutions::answers::{ANSWERS, Kind};
use support::{in_repository, words_of};
use tasks::CHAPTERS;

/// A learner who knows one name finds all five places; a contributor cannot forget one.
#[test]
fn one_name_in_five_places() {
    for chapter in CHAPTERS {
        let (name, module) = (chapter.name, chapter.module());
        for path in [
            format!("book/src/{name}.md"),
            format!("exercises/{name}/src/lib.rs"),
            format!("exercises/{name}/root.rs"),
            format!("exercises/{name}/tests/check.rs"),
            format!("exercises/{name}/look.rs"),
            format!("exercises/{name}/broken.rs"),
            format!("exercises/tasks/src/{module}.rs"),
            format!("solutions/src/{module}.rs"),
            format!("solutions/src/other/{module}.rs"),
            format!("solutions/src/wrong/{module}.rs"),
        ] {
            assert!(in_repository(&path).is_file(), "{path} is missing");
        }
        let manifest = read(&format!("exercises/{name}/Cargo.toml"));
        assert!(manifest.contains(&format!("name = \"{}\"", chapter.package())), "{name}: another package name");
        let summary = read("book/src/SUMMARY.md");
        assert!(summary.contains(&format!("[{}]({name}.md)", chapter.title)), "{name} is not in SUMMARY.md");
    }
}

/// A chapter needs its solution, at least two answers that are right in another way, and enough
/// plausible mistakes, or nobody knows what its checks are worth.
#[test]
fn enough_answers_of_every_kind() {
    for chapter in CHAPTERS {
        let count = |kind| ANSWERS.iter().filter(|a| a.chapter == chapter.module() && a.kind == kind).count();
        assert_eq!(count(Kind::Solution), chapter.functions.len(), "{}", chapter.name);
        assert!(count(Kind::Other) >= 2, "{}: {} other right answers", chapter.name, count(Kind::Other));
        assert!(count(Kind::Wrong) >= 6, "{}: {} wrong answers", chapter.name, count(Kind::Wrong));
    }
}

/// An answer that is written but not in the list would never be judged.
#[test]
fn every_answer_is_judged() {
    for chapter in CHAPTERS {
        for (folder, kind) in [("other", Kind::Other), ("wrong", Kind::Wrong)] {
            let source = read(&format!("solutions/src/{folder}/{}.rs", chapter.module()));
            let written: BTreeSet<_> = public_functions(&source).collect();
            let listed: BTreeSet<_> =
                ANSWERS.iter().filter(|a| a.chapter == chapter.module() && a.kind == kind).map(|a| a.name).collect();
            assert_eq!(written, listed, "{folder} answers of {}", chapter.name);
        }
    }
}

/// A message that no answer earns is not kept, or readers of the folder are misled.
#[test]
fn every_kept_message_has_its_answer() {
    let due: BTreeSet<_> = wrong_answers().map(|answer| in_repository(&message_path(&answer.message_file()))).collect();
    let kept: BTreeSet<_> = files_below("solutions/tests/messages", "txt").into_iter().collect();
    assert_eq!(kept, due);
}

/// The doc comment of a wrong answer is the belief under which it would be right, with its number, and
/// the message it earns quotes that very belief: so the check names the cause, not only the symptom.
#[test]
fn every_wrong_answer_names_the_belief_that_its_message_quotes() {
    for answer in wrong_answers() {
        let source = read(&format!("solutions/src/wrong/{}.rs", answer.chapter));
        let number = belief_of(&source, answer.name).unwrap_or_else(|| panic!("{} names no belief", answer.path()));
        let message = words_of(&read(&message_path(&answer.message_file()))).replace("\n          ", " ");
        let belief = probes::beliefs::belief(number);
        assert!(message.contains(&format!("belief: {belief}")), "{} does not say: {belief}\n{message}", answer.path());
    }
}

/// A message has to be read at one glance, in any terminal.
#[test]
fn every_message_fits_fourteen_lines_of_eighty_columns() {
    for answer in wrong_answers() {
        let message = read(&message_path(&answer.message_file()));
        assert!(message.lines().count() <= probes::verdict::LINES, "{} is too long\n{message}", answer.path());
        let widest = message.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= probes::verdict::COLUMNS, "{} is too wide\n{message}", answer.path());
    }
}

/// `help` is one act and stops short of the answer, so it holds no code beyond a name.
#[test]
fn no_help_gives_the_answer() {
    for answer in wrong_answers() {
        let message = read(&message_path(&answer.message_file()));
        let help = message.lines().find(|line| line.starts_with("  help: ")).unwrap_or_default();
        assert!(!help.is_empty() && !help.contains(['{', '(', '=']), "{}: {help}", answer.path());
    }
}

/// The same words are for every task, and a name is for the task; a headline must stand alone.
#[test]
fn messages_do_not_blame() {
    for answer in wrong_answers() {
        let message = read(&message_path(&answer.message_file())).to_lowercase();
        for word in ["you forgot", "illegal", "you should", "must not", "threadid"] {
            assert!(!message.contains(word), "{}: {word}", answer.path());
        }
    }
}

/// A message that leads nowhere is worse than none.
#[test]
fn every_path_of_a_message_leads_into_the_book() {
    let messages = files_below("solutions/tests/messages", "txt").into_iter().map(|file| read_file(&file));
    let wording = wording();
    let generic = wording.lines().filter_map(|line| {
        let anchor = line.trim().strip_prefix(".read(CHECKS, \"")?.split('"').next()?;
        Some(format!("read: book/src/checks.md#{anchor}"))
    });
    let turns = CHAPTERS.iter().map(|chapter| format!("read: book/src/{}.md#your-turn", chapter.name));
    for text in messages.chain(generic).chain(turns) {
        let path = text.lines().find_map(|line| line.trim().strip_prefix("read: ")).expect("every message has a path");
        let (page, anchor) = path.split_once('#').expect("every path has an anchor");
        assert!(read(page).contains(&format!("{{#{anchor}}}")), "{page} has no anchor {anchor}");
    }
}

/// Every chapter-page anchor that the wording can name exists on the page of every chapter whose check
/// can name it, also where no wrong answer is kept that earns it.
#[test]
fn every_chapter_explains_the_verdicts_of_its_functions() {
    for chapter in CHAPTERS {
        let page = read(&format!("book/src/{}.md", chapter.name));
        let task =
            files_below("exercises/tasks/src", "rs").into_iter().filter(|file| is_part_of(file, &chapter.module()));
        let task: String = task.map(|file| read_file(&file)).collect();
        for anchor in anchors_of(&task) {
            assert!(page.contains(&format!("{{#{anchor}}}")), "{} has no anchor {anchor}", chapter.name);
        }
    }
}

/// Three hints: a question, the tool's name, the shape. Never the code.
#[test]
fn every_chapter_has_three_hints_without_code() {
    for chapter in CHAPTERS {
        let hints = read(&format!("exercises/{}/HINTS.md", chapter.name));
        let heads: Vec<_> = hints.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(heads.len(), 3, "{}: {heads:?}", chapter.name);
        assert!(!hints.contains("```"), "{}: a hint holds code", chapter.name);
    }
}

/// What is typed into a page rots; what is included was compiled and tested.
#[test]
fn every_rust_block_on_a_page_is_included_or_says_why_not() {
    for page in pages() {
        let text = read_file(&page);
        let lines: Vec<_> = text.lines().collect();
        for (index, _) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("```rust")) {
            let included = lines.get(index + 1).is_some_and(|line| line.trim_start().starts_with("{{#"));
            let excused = index > 0 && lines[index - 1].trim_start().starts_with("<!-- typed: ");
            assert!(included || excused, "{}:{}: typed Rust", page.display(), index + 1);
        }
    }
}

/// What a learner writes is theirs: it must neither show on the page nor make the book stale.
#[test]
fn no_page_includes_a_learners_file() {
    for page in pages() {
        let text = read_file(&page);
        let included = text.lines().find(|line| line.contains("{{#include") && line.contains("/src/lib.rs"));
        assert_eq!(included, None, "{}", page.display());
    }
}

/// One word for one thing, and no word that belittles what is hard: the word list is law.
#[test]
fn no_page_uses_a_banned_word() {
    let banned = ["simultaneously", "at the same time", "simply", "just"];
    for page in pages().into_iter().filter(|page| !page.ends_with("words.md")) {
        for (number, line) in read_file(&page).lines().enumerate() {
            let line = line.to_lowercase();
            let words: String = line.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
            let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
            for word in banned {
                assert!(!words.contains(&format!(" {word} ")), "{}:{}: {word}", page.display(), number + 1);
            }
        }
    }
}

/// The packages are given: a learner waits for every one, and reads the source of none but these.
#[test]
fn only_the_given_packages_are_used() {
    let given = ["tokio", "rayon", "crossbeam-channel", "mdbook-driver", "probes", "tasks", "solutions"];
    for manifest in files_below("exercises", "toml").into_iter().chain(files_below("solutions", "toml")) {
        let companion = manifest.ends_with("companion/Cargo.toml");
        let text = read_file(&manifest);
        let mut depends = false;
        for line in text.lines() {
            if line.starts_with('[') {
                depends = line.contains("dependencies");
            } else if let Some((name, _)) = line.split_once(['.', '=']).filter(|_| depends && !line.starts_with('#')) {
                let name = name.trim();
                let chapter = name.len() == 4 && name.starts_with("ch");
                assert!(given.contains(&name) || chapter, "{}: {name}", manifest.display());
                assert!(name != "mdbook-driver" || companion, "{}: {name}", manifest.display());
            }
        }
    }
}

/// The top level is what a newcomer sees first, so it is closed.
#[test]
fn nothing_else_lies_at_the_top() {
    let known = ["book", "book.toml", "exercises", "solutions", "Cargo.toml", "Cargo.lock", "README.md", "target"];
    for entry in fs::read_dir(in_repository("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || known.contains(&name.as_str()), "{name} lies at the top level");
    }
}

/// Only one way to wait may be used in a check: for something that happens. A sleep that orders events, or a
/// limit on speed, makes a verdict a matter of luck.
#[test]
fn no_check_sleeps_or_reads_a_clock() {
    for file in files_below("exercises/tasks/src", "rs") {
        for (number, line) in read_file(&file).lines().enumerate() {
            let naps = line.contains("thread::sleep(") || line.contains(".elapsed()");
            assert!(!naps, "{}:{}: {line}", file.display(), number + 1);
        }
    }
}

fn wrong_answers() -> impl Iterator<Item = &'static solutions::answers::Answer> {
    ANSWERS.iter().filter(|answer| answer.kind == Kind::Wrong)
}

fn message_path(file: &str) -> String {
    format!("solutions/tests/messages/{file}")
}

fn public_functions(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub async fn ").or_else(|| line.strip_prefix("pub fn "))?;
        rest.split(['(', '<']).next()
    })
}

/// The number at the start of the doc comment of the function `name`.
fn belief_of(source: &str, name: &str) -> Option<u8> {
    let found = |ending| source.split_once(&format!("fn {name}{ending}"));
    let (before, _) = found('(').or_else(|| found('<'))?;
    let doc = before.rsplit("\n\n").next()?.lines().find_map(|line| line.strip_prefix("/// "))?;
    doc.split(':').next()?.parse().ok()
}

/// The source of all messages.
fn wording() -> String {
    let files = files_below("exercises/probes/src", "rs").into_iter().filter(|file| is_part_of(file, "wording"));
    files.map(|file| read_file(&file)).collect()
}

/// The anchors behind every `wording::…(` that a check calls, looked up in the wording itself.
fn anchors_of(task: &str) -> BTreeSet<String> {
    let wording = wording();
    let mut called: BTreeSet<&str> =
        task.split("wording::").skip(1).filter_map(|rest| rest.split('(').next()).collect();
    if task.contains(".together(") {
        called.extend(["one_worker", "one_by_one", "kept_out", "too_few", "too_many"]);
    }
    if task.contains(".returned(") {
        called.extend(["wrong_count", "wrong_order", "wrong_result"]);
    }
    called.iter().filter_map(|name| anchor_of(&wording, name)).collect()
}

/// A task is one file, or one file and a folder of the same name.
fn is_part_of(file: &Path, module: &str) -> bool {
    file.components().any(|part| Path::new(part.as_os_str()).file_stem().is_some_and(|stem| stem == module))
}

fn anchor_of(wording: &str, name: &str) -> Option<String> {
    let (_, body) = wording.split_once(&format!("fn {name}("))?;
    let (_, read) = body.split_once(".read(")?;
    let (page, anchor) = read.split_once(", \"")?;
    (page == "words.page").then(|| anchor.split('"').next().unwrap_or_default().to_string())
}

fn pages() -> Vec<PathBuf> {
    files_below("book/src", "md")
}

fn read(path: &str) -> String {
    read_file(&in_repository(path))
}

fn read_file(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files of one kind below a folder of the repository.
fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![in_repository(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|extension| extension == ending) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}
