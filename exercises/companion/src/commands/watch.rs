//! `watch`: the verdict after every save, and a few keys beside it.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::{chapter_or_in_hand, chart, check, hint, read};
use crate::course::{Chapter, Course};
use crate::files;
use crate::progress::{self, State};
use crate::screen::{clear, dim, say};
use crate::trouble::{Done, Trouble};

/// A save is seen after two looks at most: one that sees it, one that sees that it is over.
const LOOK: Duration = Duration::from_millis(100);
const SETTLE: Duration = Duration::from_millis(30);

const KEYS: &str = "a key, then Enter: h hint · c chart · r read · n next chapter · q quit";

pub fn run(course: &Course, words: &[&str]) -> Done {
    let mut watch = Watch { course, chapter: chapter_or_in_hand(course, words)?, state: None, hints: 0 };
    let typed = typed();
    loop {
        // Whatever is saved while cargo runs differs from what was seen before it.
        let judged = watch.files();
        watch.judge();
        if watch.wait_for_a_save(&judged, &typed).is_break() {
            return Ok(ExitCode::SUCCESS);
        }
        watch.settle();
    }
}

/// Files and their times.
type Files = Vec<(PathBuf, Option<SystemTime>)>;

struct Watch<'a> {
    course: &'a Course,
    chapter: &'static Chapter,
    /// What was said last; nothing while there is trouble.
    state: Option<State>,
    /// Hints given so far.
    hints: usize,
}

impl Watch<'_> {
    fn judge(&mut self) {
        clear();
        say(dim(format!("judging {} …", self.chapter.package())));
        let start = Instant::now();
        let judged = progress::judge(self.course, self.chapter);
        clear();
        // Trouble may be over with the next save: a file that an editor is about to put back, a full disk.
        match &judged {
            Ok(state) => say(check::report_and_next(self.course, self.chapter, state)),
            Err(trouble) => say(trouble.text()),
        }
        say(dim(format!("\n{:.1} s to build and judge · watching {}", start.elapsed().as_secs_f32(), self.shown())));
        say(dim(KEYS));
        self.state = judged.ok();
    }

    /// Answers keys until there is something else to judge.
    fn wait_for_a_save(&mut self, judged: &Files, typed: &Receiver<String>) -> ControlFlow<()> {
        while self.files() == *judged {
            match typed.recv_timeout(LOOK) {
                Ok(key) if key == "q" => return ControlFlow::Break(()),
                Ok(key) => self.answer(&key),
                Err(RecvTimeoutError::Timeout) => {}
                // Nobody can type any more; saves are still seen.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(LOOK),
            }
        }
        ControlFlow::Continue(())
    }

    fn answer(&mut self, key: &str) {
        let said = match key {
            "h" => self.hint(),
            "c" => Ok(self.charts()),
            "r" => read::read(self.course, self.chapter),
            "n" => Ok(self.go_on()),
            _ => Ok(KEYS.into()),
        };
        say(format!("\n{}", said.unwrap_or_else(|trouble| trouble.text().into())));
    }

    /// The next hint, and after the last one the last one again.
    fn hint(&mut self) -> Result<String, Trouble> {
        let next = hint::hint(self.course, self.chapter, self.hints + 1);
        next.inspect(|_| self.hints += 1).or_else(|_| hint::hint(self.course, self.chapter, self.hints))
    }

    fn charts(&self) -> String {
        let last = self.state.as_ref().map(|state| chart::of_the_last_run(self.course, self.chapter, state));
        last.unwrap_or_else(|| "Nothing ran, so there is nothing to draw.".into())
    }

    /// The files of another chapter are others, so they are judged next.
    fn go_on(&mut self) -> String {
        let chapters = self.course.chapters();
        let here = chapters.iter().position(|chapter| chapter.name == self.chapter.name);
        match here.and_then(|here| chapters.get(here + 1)) {
            Some(next) => {
                (self.chapter, self.hints) = (next, 0);
                format!("{}  {}", next.package(), next.title)
            }
            None => "This is the last chapter.".into(),
        }
    }

    fn shown(&self) -> String {
        self.course.shown(&self.course.answer(self.chapter))
    }

    fn files(&self) -> Files {
        let files = ["src", "tests"].map(|part| self.course.exercise(self.chapter).join(part));
        let files = files.iter().flat_map(|folder| files::below(folder));
        files.map(|file| (file.clone(), files::modified(&file))).collect()
    }

    /// An editor may write a file in several goes: waits until nothing changes, but not for ever.
    fn settle(&self) {
        let mut before = self.files();
        for _ in 0..5 {
            thread::sleep(SETTLE);
            let now = self.files();
            if now == before {
                return;
            }
            before = now;
        }
    }
}

/// The lines that are typed, from a thread of their own: it would block whoever reads it.
fn typed() -> Receiver<String> {
    let (send, lines) = channel();
    thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if send.send(line.trim().to_lowercase()).is_err() {
                return;
            }
        }
    });
    lines
}
