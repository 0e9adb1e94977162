//! A course in small, in a folder of its own: three chapters whose functions return a number, without a package
//! from elsewhere, so that a chapter is judged in a second and a learner's own answers change nothing here.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// `(name, functions)`, as in `tasks::CHAPTERS`.
const CHAPTERS: [(&str, &[&str]); 3] = [
    ("ch00-machine", &["multicore"]),
    ("ch01-chess", &["interleaved", "multicore"]),
    ("ch02-weather", &["interleaved", "multicore"]),
];

pub const STUB: &str = "todo!(\"count to two\")";
pub const RIGHT: &str = "2";
pub const WRONG: &str = "1";
pub const HALF_EDITED: &str = "2 } compile_error!(\"half-edited\"); fn rest() {";

pub struct Course {
    root: PathBuf,
}

impl Course {
    /// A course as it is cloned. Every test names its own folder.
    pub fn fresh(name: &str) -> Course {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("courses").join(name);
        let _ = fs::remove_dir_all(&root);
        let course = Course { root };
        course.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"exercises/*\"]\n[profile.dev]\ndebug = false\n",
        );
        course.write("Cargo.lock", &CHAPTERS.iter().fold(LOCK_HEAD.into(), locked));
        course.write(
            "book.toml",
            "[book]\ntitle = \"In small\"\nsrc = \"book/src\"\n[build]\nbuild-dir = \"target/book\"\ncreate-missing = false\n",
        );
        course.write("book/src/SUMMARY.md", "# Summary\n\n[In small](index.md)\n\n- [Chess](ch01-chess.md)\n");
        course.write("book/src/index.md", "# In small\n");
        course.write("book/src/ch01-chess.md", "# Chess\n\n## Your turn {#your-turn}\n");
        for (name, functions) in CHAPTERS {
            course.write_chapter(name, functions);
        }
        course
    }

    fn write_chapter(&self, name: &str, functions: &[&str]) {
        let package = &name[..4];
        let at = |file: &str| format!("exercises/{name}/{file}");
        let about = "version = \"0.1.0\"\nedition = \"2024\"\n[lib]\ntest = false\ndoctest = false\n";
        self.write(&at("Cargo.toml"), &format!("[package]\nname = \"{package}\"\n{about}"));
        self.write(&at("HINTS.md"), HINTS);
        let tests = functions.iter().map(|function| {
            format!("#[test]\nfn {function}() -> Result<(), Said> {{ judge({package}::{function}) }}\n")
        });
        self.write(&at("tests/check.rs"), &(CHECK.to_string() + &tests.collect::<String>()));
        self.answer(name, &vec![STUB; functions.len()]);
    }

    /// Writes an answer: the body of each function in turn.
    pub fn answer(&self, chapter: &str, bodies: &[&str]) {
        let (_, functions) = CHAPTERS.iter().find(|(name, _)| *name == chapter).expect("a chapter");
        let written = functions.iter().zip(bodies);
        let written = written.map(|(function, body)| format!("pub fn {function}() -> u32 {{\n    {body}\n}}\n"));
        self.write(&format!("exercises/{chapter}/src/lib.rs"), &written.collect::<String>());
    }

    /// Adds a program of a chapter, `try` or `speed`, behind its feature.
    pub fn program_of(&self, chapter: &str, name: &str, code: &str) {
        let manifest = format!("exercises/{chapter}/Cargo.toml");
        let example =
            format!("[[example]]\nname = \"{name}\"\npath = \"{name}.rs\"\nrequired-features = [\"{name}\"]\n");
        let with_it = format!("{}[features]\n{name} = []\n{example}", self.read(&manifest));
        self.write(&manifest, &with_it);
        self.write(&format!("exercises/{chapter}/{name}.rs"), code);
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a folder")).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// The real program, in this course.
    pub fn program(&self, words: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_companion"));
        // The tests of the course itself may run with a target folder elsewhere, and this course has its own.
        program
            .args(words)
            .current_dir(&self.root)
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("GIT_DIR")
            .stdin(Stdio::null());
        program
    }

    /// Runs the program and compares all that it says with what is kept in `tests/golden`.
    pub fn says(&self, golden: &str, words: &[&str]) {
        self.compare(golden, words, &self.program(words).output().unwrap());
    }

    /// The same, with `typed` on its standard input.
    pub fn answers(&self, golden: &str, words: &[&str], typed: &str) {
        let mut program = self.program(words);
        let piped = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        self.compare(golden, words, &child.wait_with_output().unwrap());
    }

    pub fn compare(&self, golden: &str, words: &[&str], output: &Output) {
        let [out, err] =
            [&output.stdout, &output.stderr].map(|text| self.without_place(&String::from_utf8_lossy(text)));
        let err = if err.is_empty() { err } else { format!("--- on standard error:\n{err}") };
        let code = output.status.code().unwrap_or(-1);
        let said =
            format!("$ {}\n{out}{err}--- exit code {code}\n", ["cargo course", &words.join(" ")].join(" ").trim_end());
        let wide = said.lines().find(|line| line.chars().count() > 80 && !line.contains("file://"));
        assert_eq!(wide, None, "wider than 80 columns");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{golden}.txt"));
        let kept = fs::read_to_string(&file).unwrap_or_default();
        if said != kept && std::env::var("MESSAGES").is_ok_and(|what| what == "write") {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, said).unwrap();
        } else {
            assert!(said == kept, "{} is another.\n\nkept:\n{kept}\nsaid:\n{said}", file.display());
        }
    }

    /// What does not depend on where the course lies, nor on how fast the machine is.
    fn without_place(&self, said: &str) -> String {
        let said = said.replace(&self.root.display().to_string(), "/course").replace('\\', "/");
        let without_time = |line: &str| match line.split_once(" s to build") {
            Some((_, rest)) => format!("… s to build{rest}\n"),
            None => format!("{line}\n"),
        };
        said.lines().map(without_time).collect()
    }
}

/// Exactly what cargo writes, so that it leaves the file alone.
const LOCK_HEAD: &str = "\
# This file is automatically @generated by Cargo.
# It is not intended for manual editing.
version = 4
";

fn locked(lock: String, (name, _): &(&str, &[&str])) -> String {
    format!("{lock}\n[[package]]\nname = \"{}\"\nversion = \"0.1.0\"\n", &name[..4])
}

const HINTS: &str = "\
# Hints

## A question

How many steps are there before the first game is over?

## The tool

A `Vec` with a place for every game.

## The shape

A loop around a loop.
";

const CHECK: &str = "\
struct Said(String);

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Two scenes, as `probes::runs` keeps them.
fn keep() {
    let (program, thread) = (std::env::current_exe().unwrap(), std::thread::current());
    let runs = program.ancestors().nth(3).unwrap().join(\"runs\");
    let name = format!(\"{}-{}.run\", env!(\"CARGO_PKG_NAME\"), thread.name().unwrap());
    std::fs::create_dir_all(&runs).unwrap();
    std::fs::write(runs.join(name), \"run s scene=1\\ntask soup 0..3 1@0+1 1@2+1\\ntask rice 1..4 1@1+1 1@3+1\\n\\
        run s scene=2\\ntask soup 0..1 1@0+1\\n\").unwrap();
}

fn judge(count: fn() -> u32) -> Result<(), Said> {
    if std::env::var(\"RUNS\").is_ok_and(|what| what == \"write\") {
        keep();
    }
    std::panic::set_hook(Box::new(|_| {}));
    let headline = match std::panic::catch_unwind(count) {
        Ok(2) => return Ok(()),
        Ok(_) => \"it counted to another number\".to_string(),
        Err(_) => \"not yet implemented: count to two\".to_string(),
    };
    let chart = \"  by task      by thread\\n    soup  1      1  s\\n  dealing with 1 · doing 1\";
    Err(Said(format!(\"{headline}\\n\\n{chart}\\n\\n  read: book/src/ch01-chess.md#your-turn\")))
}

";
