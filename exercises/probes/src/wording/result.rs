//! Is it right?

use std::fmt::Display;

use super::Words;
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// As many results as tasks are due.
pub fn wrong_count(words: &Words, run: &Run, got: usize, due: usize) -> Verdict {
    if got > due {
        return Verdict::new(format!("{got} {} came back for {due} {}", words.results, words.tasks))
            .chart(run)
            .note(format!("every {} has one result, and it counts once", words.task))
            .help(format!("take what each {} gives once, and leave it when it is done", words.task))
            .read(words.page, "in-order");
    }
    Verdict::new(format!("only {got} of {due} {} came back", words.results))
        .chart(run)
        .note(format!("every {} has one result, also one that had to wait for it", words.task))
        .belief(belief(35))
        .help(format!("keep each {} in hand until its result has come", words.task))
        .read(words.page, "in-order")
}

/// The results are all there, in another order than the tasks.
pub fn wrong_order(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the {} are right, but not in the order of the {}", words.results, words.tasks))
        .chart(run)
        .note(format!("what is finished first is not what stands first among the {}", words.tasks))
        .belief(belief(5))
        .help(format!("remember which {} each result belongs to", words.task))
        .read(words.page, "in-order")
}

/// One result is another than the reference has.
pub fn wrong_result(words: &Words, run: &Run, name: &str, got: &dyn Display, due: &dyn Display) -> Verdict {
    Verdict::new(format!("{} {name} came out as {got}, and it is {due}", words.task))
        .chart(run)
        .note(format!("the {} are compared with those of the plain loop in `tasks`", words.results))
        .help(format!("follow {} {name} through your code by hand, step by step", words.task))
        .read(words.page, "in-order")
}

/// The pieces were worked on, and no sum is in the total.
pub fn total_without_sums(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("every {} was worked on, and nothing of it is in the total", words.task))
        .chart(run)
        .note(format!(
            "a {} hands over what it found when it is waited for; asking whether it is done does not",
            words.worker
        ))
        .belief(belief(62))
        .help(format!("wait for each {}, and add up what it hands over", words.worker))
        .read(words.page, "join")
}

/// Each thread stored a total that knows only its own part.
pub fn lost_update(words: &Words, run: &Run) -> Verdict {
    Verdict::new(format!("the total holds one {}; the others were overwritten", words.task))
        .chart(run)
        .note("the last store stands: what it added to was read before the others stored theirs, or not at all")
        .belief(belief(46))
        .help("let every thread keep its own sum, and add them up in one place")
        .read(words.page, "join")
}

/// The total is wrong, and neither time nor overwriting explains it.
pub fn wrong_total(words: &Words, run: &Run, got: &dyn Display, due: &dyn Display) -> Verdict {
    Verdict::new(format!("the total was {got}, and it is {due}"))
        .chart(run)
        .note(format!("every {} counts once", words.task))
        .help(format!("add up what each {} found, and nothing else", words.worker))
        .read(words.page, "join")
}

/// A key has changed the text, and the box never showed it.
pub fn never_echoed(words: &Words, run: &Run, key: &dyn Display) -> Verdict {
    Verdict::new(format!("key {key} was never echoed"))
        .chart(run)
        .note("every key changes the text, and the box shows each of these texts once")
        .help("take the keys one by one, and echo the text after each")
        .read(words.page, "whole")
}

/// The box shows another text than was typed.
pub fn other_echo(words: &Words, run: &Run, echoed: &str, due: &str) -> Verdict {
    Verdict::new(format!("the box showed `{echoed}`, and `{due}` had been typed"))
        .chart(run)
        .note("every key changes the text, and the box shows each of these texts once")
        .help("take the keys one by one, and echo the text after each")
        .read(words.page, "whole")
}

/// The box shows a text for which no key was pressed.
pub fn one_echo_more(words: &Words, run: &Run, echoed: &str) -> Verdict {
    Verdict::new(format!("the box showed `{echoed}` when no key had been pressed"))
        .chart(run)
        .note("every key changes the text, and the box shows each of these texts once")
        .help("echo the text when a key has changed it, and only then")
        .read(words.page, "whole")
}

/// Everything had come to rest, and there were no hits on the screen. `none`: there were none to be found.
pub fn never_shown(words: &Words, run: &Run, text: &str, none: bool) -> Verdict {
    let verdict = |headline: String| Verdict::new(headline).chart(run);
    let verdict = if text.is_empty() {
        verdict("the hits for the empty text were never shown".into())
            .note("the box can be empty again, and every word holds the empty text")
            .help("search for whatever is in the box, also when that is nothing")
    } else if none {
        verdict(format!("it was never shown that `{text}` has no hits"))
            .note("until then, the screen has the hits for a text before")
            .help("show what a search has found, also when that is nothing")
    } else {
        verdict(format!("the hits for `{text}` were never shown"))
            .note("no key came any more, so this text was the one to finish")
            .belief(belief(35))
            .help("no more keys is not yet no more work: finish the last search first")
    };
    verdict.read(words.page, "whole")
}

/// What is on the screen are hits, but not all of them, or some of them twice.
pub fn other_hits(words: &Words, run: &Run, text: &str, got: usize, due: usize) -> Verdict {
    Verdict::new(format!("the screen showed {got} hits for `{text}`, and there are {due}"))
        .chart(run)
        .note("hits are shown when every chunk has been scanned, each of them once")
        .help("count the chunks of this search alone, and wait until none is missing")
        .read(words.page, "whole")
}

/// The hits are all there, in another order than that of the dictionary.
pub fn hits_as_they_came(words: &Words, run: &Run, text: &str) -> Verdict {
    Verdict::new(format!("the hits for `{text}` are right, but not in the order of the dictionary"))
        .chart(run)
        .note("the chunk that is scanned first is not always the first chunk")
        .belief(belief(5))
        .help("remember which chunk each list of hits belongs to")
        .read(words.page, "whole")
}

/// Hits were shown, and nobody had looked for them.
pub fn not_searched_for(words: &Words, run: &Run, text: &str) -> Verdict {
    let text = if text.is_empty() { "the empty text".into() } else { format!("`{text}`") };
    Verdict::new(format!("something was shown for {text}, and no chunk had been scanned for it"))
        .chart(run)
        .note("the empty text is a text like any other, and every word holds it")
        .help("search for whatever is in the box, also when that is nothing")
        .read(words.page, "whole")
}

/// The text in the box had been there before, and its hits are those of two searches.
pub fn hits_of_another_search(words: &Words, run: &Run, text: &str) -> Verdict {
    Verdict::new(format!("some hits for `{text}` were shown twice, or not at all"))
        .chart(run)
        .note(format!("`{text}` had been in the box before, and hits of that search came in with the new ones"))
        .belief(belief(5))
        .help("give every search a number of its own: a text can come back")
        .read(words.page, "stale")
}

/// Why a word that is no hit could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaleHits {
    /// A task that nobody holds any more drew it.
    DrawnByATask,
    /// The list of hits was not emptied.
    StillInTheList,
    /// It was found for the text before.
    CameLate,
}

/// A word is on the screen that is no hit for the text in the box.
pub fn stale_hits(words: &Words, run: &Run, word: &str, text: &str, why: StaleHits) -> Verdict {
    let verdict = Verdict::new(format!("`{word}` was shown under `{text}`, and is no hit for it")).chart(run);
    let verdict = match why {
        StaleHits::DrawnByATask => verdict
            .note("a task that nobody holds any more went on, and drew its hits")
            .belief(belief(15))
            .help("keep hold of the task, and end it"),
        StaleHits::StillInTheList => verdict
            .note("before the right hits stand others, and these were found for a text before")
            .help("begin every search with an empty list"),
        StaleHits::CameLate => verdict
            .note("hits that were found for the text before came in after the key")
            .belief(belief(5))
            .help("remember which text a list of hits was found for"),
    };
    verdict.read(words.page, "stale")
}
