//! The course on disk: where its parts lie, and which chapter a word means.

use std::env;
use std::path::{Path, PathBuf};

pub use tasks::Chapter;

use crate::trouble::Trouble;

#[derive(Debug)]
pub struct Course {
    root: PathBuf,
}

impl Course {
    /// The course that the working directory lies in; elsewhere, the one that this program was built from.
    pub fn find() -> Result<Course, Trouble> {
        let here = env::current_dir().unwrap_or_default();
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
        let is_course = |folder: &&Path| folder.join("book.toml").is_file() && folder.join("exercises").is_dir();
        let root = here.ancestors().chain(built_from.ancestors()).find(is_course);
        root.map(|root| Course { root: root.to_path_buf() }).ok_or_else(|| {
            Trouble::word("the course is not here: change into the folder that holds its `book.toml`, and try again")
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.root.join(below)
    }

    /// What the companion keeps, and could work out again.
    pub fn kept(&self, below: &str) -> PathBuf {
        self.root.join("target").join("companion").join(below)
    }

    /// Where cargo puts what it builds from here, and the checks the runs that they saw.
    pub fn target(&self) -> PathBuf {
        // This program lies there itself, in `debug`, unless it was built from another course.
        let built_here = Path::new(env!("CARGO_MANIFEST_DIR")).starts_with(&self.root);
        let own = env::current_exe().ok().filter(|_| built_here);
        let own = own.and_then(|program| Some(program.ancestors().nth(2)?.to_path_buf()));
        own.unwrap_or_else(|| self.root.join("target"))
    }

    /// The chapters whose exercises are here, in order.
    pub fn chapters(&self) -> Vec<&'static Chapter> {
        tasks::CHAPTERS.iter().filter(|chapter| self.exercise(chapter).is_dir()).collect()
    }

    pub fn exercise(&self, chapter: &Chapter) -> PathBuf {
        self.path("exercises").join(chapter.name)
    }

    /// The one file that a learner edits.
    pub fn answer(&self, chapter: &Chapter) -> PathBuf {
        self.exercise(chapter).join("src").join("lib.rs")
    }

    /// The chapter that a word means: `ch01`, `01`, `1`, `ch01-chess` or `chess`.
    pub fn chapter(&self, word: &str) -> Result<&'static Chapter, Trouble> {
        let chapters = self.chapters();
        let found = chapters.iter().copied().find(|chapter| means(word, chapter));
        found.ok_or_else(|| {
            let list: Vec<_> = chapters.iter().map(|it| format!("  {}  {}", it.name, it.title)).collect();
            Trouble::Usage(format!("There is no chapter `{word}`. These are here:\n\n{}", list.join("\n")))
        })
    }

    /// The chapter whose exercise the working directory lies in, if any.
    pub fn chapter_here(&self) -> Option<&'static Chapter> {
        let here = env::current_dir().ok()?;
        self.chapters().into_iter().find(|chapter| here.starts_with(self.exercise(chapter)))
    }

    /// A path as it can be opened from the working directory.
    pub fn shown(&self, path: &Path) -> String {
        let here = env::current_dir().unwrap_or_default();
        path.strip_prefix(here).unwrap_or(path).display().to_string()
    }
}

fn means(word: &str, chapter: &Chapter) -> bool {
    let word = word.to_ascii_lowercase();
    let number = |text: &str| text.trim_start_matches("ch").parse::<u32>().ok();
    let topic = chapter.name.split_once('-').map_or("", |(_, topic)| topic);
    [chapter.name, topic, &chapter.module()].contains(&word.as_str())
        || number(&word).is_some_and(|asked| number(chapter.package()) == Some(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_has_many_names() {
        let chess = tasks::CHAPTERS.iter().find(|chapter| chapter.name == "ch01-chess").unwrap();
        for word in ["ch01", "ch1", "01", "1", "CH01", "chess", "ch01-chess", "ch01_chess"] {
            assert!(means(word, chess), "{word}");
        }
        for word in ["", "ch", "0", "ch011", "11", "che", "ch02"] {
            assert!(!means(word, chess), "{word}");
        }
    }
}
