//! `chart`: your own run, sorted both ways, with its two numbers; beside it the solution's and a wrong one.

use std::fs;
use std::process::ExitCode;

use probes::{Run, chart, chrome};

use super::gallery::{Wrong, wrong_answers};
use super::{check, unknown};
use crate::course::{Chapter, Course};
use crate::figure;
use crate::progress::{self, State};
use crate::runs;
use crate::screen::{bold, dim, hanging, say};
use crate::trouble::{Done, Trouble, at};
use crate::verdicts;

pub fn run(course: &Course, words: &[&str]) -> Done {
    let asked = asked(course, words)?;
    let (chapter, package) = (asked.chapter, asked.chapter.package());
    let none = |why: &str| Err(Trouble::Word(format!("{package} {why}, so there is no run of yours to draw.")));
    if let Some(State::NotBegun) = progress::known(course, chapter) {
        return none("is not begun");
    }
    let state = progress::judge(course, chapter)?;
    if let State::Broken(_) = state {
        return none("does not compile");
    }
    say(bold(format!("{package}  {}", chapter.title)));
    let scenes = asked.functions.iter().map(|function| Scene::of(course, chapter, &state, function, asked.number));
    let scenes: Vec<Result<Scene, String>> = scenes.collect();
    for scene in &scenes {
        let theirs = |scene: &Scene| runs::of_solution(course, chapter, scene.function).ok();
        say(format!("\n{}", scene.as_ref().map_or_else(String::clone, |scene| scene.beside(course, chapter, theirs))));
    }
    let scenes: Vec<Scene> = scenes.into_iter().flatten().collect();
    if asked.chrome {
        scenes.iter().try_for_each(|scene| scene.write_trace(course, chapter))?;
    }
    if asked.open && !scenes.is_empty() {
        say(format!("\n{}", figure::open(course, &runs_for_the_figure(course, chapter, &scenes))?));
    }
    Ok(if scenes.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What a verdict was about, once more and beside others, as far as it is known without building anything.
pub fn of_the_last_run(course: &Course, chapter: &Chapter, state: &State) -> String {
    let known = |scene: &Scene| Some(runs::known_of_solution(course, chapter, scene.function));
    let chart = |function: &&'static str| match Scene::of(course, chapter, state, function, None) {
        Ok(scene) => scene.beside(course, chapter, known),
        Err(why) => why,
    };
    chapter.functions.iter().map(chart).collect::<Vec<_>>().join("\n\n")
}

struct Asked {
    chapter: &'static Chapter,
    functions: Vec<&'static str>,
    /// Of the scene, from 1.
    number: Option<usize>,
    open: bool,
    chrome: bool,
}

fn asked(course: &Course, words: &[&str]) -> Result<Asked, Trouble> {
    let (mut names, mut number, mut open, mut chrome) = (vec![], None, false, false);
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "--open" => open = true,
            "--chrome" => chrome = true,
            "--scene" => {
                let typed = words.next().and_then(|word| word.parse().ok());
                number = Some(typed.ok_or_else(|| Trouble::Usage("`--scene` takes a number.".into()))?);
            }
            option if option.starts_with('-') => return Err(unknown(&[option])),
            _ => names.push(word),
        }
    }
    let (chapter, functions) = match names[..] {
        [] => return Err(Trouble::Usage("Which chapter?".into())),
        [chapter] => course.chapter(chapter).map(|chapter| (chapter, chapter.functions.to_vec()))?,
        [chapter, function] => function_of(course.chapter(chapter)?, function)?,
        [_, _, ref rest @ ..] => return Err(unknown(rest)),
    };
    Ok(Asked { chapter, functions, number, open, chrome })
}

fn function_of(chapter: &'static Chapter, word: &str) -> Result<(&'static Chapter, Vec<&'static str>), Trouble> {
    let found = chapter.functions.iter().find(|function| **function == word);
    found.map(|function| (chapter, vec![*function])).ok_or_else(|| {
        let (package, functions) = (chapter.package(), chapter.functions.join("` and `"));
        Trouble::Usage(format!("{package} has no function `{word}`; it has `{functions}`."))
    })
}

/// The number of the first scene in which most was done at once: it shows what the others show, and more.
fn richest(scenes: &[Run]) -> usize {
    let doing = |run: &Run| (run.doing(), run.dealing());
    let most = scenes.iter().map(doing).max();
    scenes.iter().position(|run| Some(doing(run)) == most).map_or(1, |place| place + 1)
}

/// One of the scenes in which a check saw a function.
struct Scene {
    function: &'static str,
    run: Run,
    /// Its place among all scenes, from 1.
    number: usize,
    of: usize,
    /// Whether the check ended with it, because of what it saw.
    stopped: bool,
}

impl Scene {
    /// The scene that was asked for. Where none was: the one that failed, or else the richest. Or why there is none.
    fn of(
        course: &Course,
        chapter: &Chapter,
        state: &State,
        function: &'static str,
        number: Option<usize>,
    ) -> Result<Scene, String> {
        if state.tests().iter().any(|test| test.name == function && check::is_unwritten(test)) {
            return Err(format!("{}: not written yet", bold(function)));
        }
        let (mut scenes, passes) = (runs::of(course, chapter, function), state.passes(function));
        let of = scenes.len();
        let number = number.unwrap_or(if passes { richest(&scenes) } else { of });
        match number {
            _ if of == 0 => Err(format!("{}: no run of it was seen", bold(function))),
            1.. if number <= of => {
                let (run, stopped) = (scenes.swap_remove(number - 1), !passes && number == of);
                Ok(Scene { function, run, number, of, stopped })
            }
            _ => {
                let scenes = if of == 1 { "one scene".into() } else { format!("{of} scenes") };
                Err(format!("{}: it was seen in {scenes}; there is no scene {number}", bold(function)))
            }
        }
    }

    fn chart(&self) -> String {
        chart::draw(&self.run).trim_end().to_string()
    }

    /// The chart, the solution's of the same scene, and a wrong answer's.
    fn beside(&self, course: &Course, chapter: &Chapter, solution: impl Fn(&Scene) -> Option<Vec<Run>>) -> String {
        let mut parts = vec![self.head(), self.chart()];
        match solution(self) {
            Some(runs) => parts.extend(runs.get(self.number - 1).map(|run| self.beside_solution(run))),
            None => parts.push("The solution did not run: `cargo test -p solutions` says why.".into()),
        }
        parts.extend(self.beside_wrong(wrong_answers(course, chapter).unwrap_or_default()));
        parts.extend(self.others(chapter));
        parts.join("\n\n")
    }

    fn head(&self) -> String {
        let Scene { number, of, .. } = self;
        let stopped = if self.stopped { ", where the check stopped" } else { "" };
        format!("{}: your run, scene {number} of {of}{stopped}", bold(self.function))
    }

    fn beside_solution(&self, run: &Run) -> String {
        match chart::draw(run).trim_end() {
            same if same == self.chart() => "The solution's run has the same chart.".into(),
            other => format!("The solution's run of that scene:\n\n{other}"),
        }
    }

    /// The first mistake whose chart is another one.
    fn beside_wrong(&self, wrong: Vec<Wrong>) -> Option<String> {
        let mine = wrong.into_iter().filter(|wrong| wrong.function == self.function);
        let (wrong, chart) = mine
            .filter_map(|wrong| verdicts::chart(&wrong.message).map(|chart| (wrong, chart)))
            .find(|(_, chart)| *chart != self.chart())?;
        let head = hanging("A wrong answer's run: ", &wrong.headline());
        Some(format!("{head}\n\n{chart}"))
    }

    fn others(&self, chapter: &Chapter) -> Option<String> {
        let other = if self.number < self.of { self.number + 1 } else { 1 };
        let line = format!("Another scene: cargo course chart {} {} --scene {other}", chapter.package(), self.function);
        (self.of > 1).then(|| dim(line))
    }

    /// For a program that knows nothing of this course.
    fn write_trace(&self, course: &Course, chapter: &Chapter) -> Result<(), Trouble> {
        let file = runs::file(course, chapter, self.function).with_extension("json");
        fs::write(&file, chrome::trace(&self.run)).map_err(at(&file))?;
        say(format!(
            "\n{}, scene {}, for Perfetto:\n  {}\n\
             Open https://ui.perfetto.dev and drop the file there. It is read in the browser,\nand sent nowhere.",
            self.function,
            self.number,
            course.shown(&file)
        ));
        Ok(())
    }
}

/// Yours of every function first, then the solution's.
fn runs_for_the_figure(course: &Course, chapter: &Chapter, scenes: &[Scene]) -> String {
    let named = |whose: &str, scene: &Scene, run: &Run| {
        let name = format!("{whose} {}, scene {}", scene.function, scene.number);
        Run { name, ..run.clone() }.to_string()
    };
    let yours = scenes.iter().map(|scene| named("your", scene, &scene.run));
    let solution = |scene: &Scene| runs::known_of_solution(course, chapter, scene.function);
    let theirs = scenes
        .iter()
        .filter_map(|scene| solution(scene).get(scene.number - 1).map(|run| named("the solution's", scene, run)));
    yours.chain(theirs).collect()
}
