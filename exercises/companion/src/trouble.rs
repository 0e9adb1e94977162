//! Trouble: what stands in the way, in clear words, and the exit code it ends with.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How a command ends: with a code, or with trouble.
pub type Done = Result<ExitCode, Trouble>;

#[derive(Debug)]
pub enum Trouble {
    /// The words typed are none that the companion knows: says so and shows the usage.
    Usage(String),
    /// Something else stands in the way: what it is, and what to do about it.
    Word(String),
}

impl Trouble {
    pub fn word(text: impl Into<String>) -> Trouble {
        Trouble::Word(text.into())
    }

    pub fn text(&self) -> &str {
        match self {
            Trouble::Usage(text) | Trouble::Word(text) => text,
        }
    }

    pub fn report(self) -> ExitCode {
        eprintln!("{}", self.text());
        match self {
            Trouble::Usage(_) => {
                eprintln!(
                    "
{}",
                    crate::commands::usage()
                );
                ExitCode::from(2)
            }
            Trouble::Word(_) => ExitCode::FAILURE,
        }
    }
}

/// What an error means for somebody who only wanted to go on: `map_err(at(path))`.
pub fn at(path: &Path) -> impl Fn(io::Error) -> Trouble {
    move |error| Trouble::Word(format!("{}: {}", path.display(), meaning(&error)))
}

/// The system's word, and the way out where there is one.
fn meaning(error: &io::Error) -> String {
    let way_out = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full; `cargo clean` frees what can be built again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "this file or folder cannot be used; is it yours, and may you write there?"
        }
        io::ErrorKind::NotFound => "it is not there; `git status` shows what is missing",
        io::ErrorKind::InvalidData => "it is no UTF-8 text; was it saved in another encoding?",
        _ => return error.to_string(),
    };
    format!("{way_out} ({error})")
}

/// Cargo and mdBook say what is wrong with a disk or a folder in their own words; these are added to them.
pub fn way_out_of(said: &str) -> &'static str {
    let knows = |word| said.contains(word);
    if knows("No space left") || knows("not enough space") {
        "\n\nThe disk is full: `cargo clean` frees what can be built again."
    } else if knows("Permission denied")
        || knows("Operation not permitted")
        || knows("Read-only file system")
        || knows("Access is denied")
    {
        "\n\nNothing can be written there: is the folder yours?"
    } else {
        ""
    }
}

/// `what` could not be started, because the system did not find it or would not run it.
pub fn not_started(what: &str, error: &dyn Display) -> Trouble {
    Trouble::Word(format!("`{what}` could not be started ({error}): is it installed, and on your PATH?"))
}
