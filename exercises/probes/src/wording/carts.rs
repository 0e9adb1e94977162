//! How did it run: as carts that are handed on.

use super::{Words, charted};
use crate::beliefs::belief;
use crate::run::Run;
use crate::verdict::Verdict;

/// One crab was asked for two things in one moment.
pub fn two_steps_at_once(words: &Words, run: &Run, crab: &str, asked: &str, at: &str) -> Verdict {
    let headline = match asked == at {
        true => format!("crab {crab} was asked to {asked} a cart while it was at work on another"),
        false => format!("crab {crab} was asked to {asked} one cart and to {at} another in one moment"),
    };
    charted(Verdict::new(headline), run)
        .note("a crab at work is no answer on its way: it does one thing, and then the next")
        .belief(belief(8))
        .help("whatever is to overlap needs a crab of its own")
        .read(words.page, "one-crab")
}

/// The cart is not where this step begins.
pub fn wrong_turn(words: &Words, run: &Run, crab: &str, asked: &str, (state, place): (&str, &str)) -> Verdict {
    charted(Verdict::new(format!("crab {crab} was to {asked} a cart that stood {state} {place}")), run)
        .note("a cart is loaded, hauled, tipped and brought back, in this order, again and again")
        .help("follow one cart through your code, from hand to hand")
        .read(words.page, "one-crab")
}

/// Another number of crabs than the design has.
pub fn crabs_at_work(words: &Words, run: &Run, got: usize, due: usize) -> Verdict {
    let (crabs, design) =
        (if got == 1 { "crab" } else { "crabs" }, if due == 1 { "one".into() } else { due.to_string() });
    let verdict = charted(Verdict::new(format!("{got} {crabs} went to work, and this design has {design}")), run);
    let verdict = match got > due {
        true => verdict.note("no column has more digits than there are carts").belief(belief(4)),
        false => verdict.note("whoever is not there leaves the work to the others"),
    };
    verdict.help("give the work to as many crabs as the design has").read(words.page, "one-crab")
}

/// The second crab had nothing to do before the first was done.
pub fn one_crab_after_another(words: &Words, run: &Run, first: &str, second: &str, spawned: bool) -> Verdict {
    charted(Verdict::new(format!("crab {second} did not begin until crab {first} was done")), run)
        .note("the rows do not overlap, so a second hand has nothing to move")
        .belief(belief(if spawned { 12 } else { 10 }))
        .help("let both begin before you wait for either")
        .read(words.page, "two")
}

/// Two crabs stand in line at one pile.
pub fn one_pile(words: &Words, run: &Run, took: u64, due: u64) -> Verdict {
    charted(Verdict::new("both crabs went to one pile and one fire, and the other yard stayed empty"), run)
        .note(format!("it took {took} ms, and {due} with two piles: one stands in line behind the other"))
        .belief(belief(4))
        .help("double what they have to share, too")
        .read(words.page, "two")
}

/// All carts wait for somebody who has not begun.
pub fn nobody_began(
    words: &Words,
    run: &Run,
    carts: usize,
    (state, place): (&str, &str),
    verb: &str,
    spawned: bool,
) -> Verdict {
    let (carts, stand) = if carts == 1 { ("1".into(), "cart stands") } else { (carts.to_string(), "carts stand") };
    charted(Verdict::new(format!("{carts} {state} {stand} {place}, and nobody has begun to {verb}")), run)
        .note("whoever has begun waits for a cart that never comes, or for room to send one")
        .belief(belief(if spawned { 12 } else { 10 }))
        .help("let all four begin before you wait for anything")
        .read(words.page, "start")
}

/// Everything is done, and somebody still waits for more.
pub fn line_never_ends(words: &Words, run: &Run, loads: u32, crab: &str) -> Verdict {
    charted(Verdict::new(format!("all {loads} loads are burnt, all carts are back, and crab {crab} still waits")), run)
        .note("a channel ends when its last sender is dropped, and one is still there")
        .belief(belief(32))
        .help("find the sender that nobody uses any more, and who holds it")
        .read(words.page, "end")
}

/// The report is there, and somebody still waits.
pub fn still_there(words: &Words, run: &Run, crab: Option<&str>) -> Verdict {
    let headline = match crab {
        Some(crab) => format!("the report was made, and crab {crab} had not gone home"),
        None => "the report was made, and a task had not ended".into(),
    };
    charted(Verdict::new(headline), run)
        .note("whoever waits for a cart that never comes stays, and nobody hears of it")
        .belief(belief(32))
        .help("let its channel end, and report when everybody has gone")
        .read(words.page, "end")
}

/// A ring of crabs with full claws.
pub fn no_room(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("every crab holds a cart, and waits for the next crab to take it"), run)
        .note("a send without room waits for somebody to receive, and they are all sending")
        .belief(belief(38))
        .help("let carts stand somewhere between two crabs")
        .read(words.page, "end")
}

/// Nobody can move any more, and neither the end nor a missing crab explains it.
pub fn standstill(words: &Words, run: &Run, burnt: u32, loads: u32, carts: &[(usize, (&str, &str))]) -> Verdict {
    let stand = carts.iter().filter(|(count, _)| *count > 0);
    let stand: Vec<_> = stand.map(|(count, (state, place))| format!("{count} {state} {place}")).collect();
    charted(Verdict::new(format!("nothing could move any more, with {burnt} of {loads} loads in the fire")), run)
        .note(format!("where the carts are: {}", if stand.is_empty() { "nowhere".into() } else { stand.join(", ") }))
        .help("who should take these carts next, and what does that crab wait for?")
        .read(words.page, "start")
}

/// Full carts that nobody has any more. `all_loaded`: every load was on its way when the crab went home.
pub fn lost_loads(
    words: &Words,
    run: &Run,
    count: usize,
    place: &str,
    crab: Option<&str>,
    all_loaded: bool,
) -> Verdict {
    let loads = if count == 1 { "1 load was lost".into() } else { format!("{count} loads were lost") };
    let gone = crab.map_or(String::new(), |crab| format!(": crab {crab} had gone home"));
    let verdict = charted(Verdict::new(format!("{loads} {place}{gone}")), run);
    let verdict = match all_loaded {
        true => verdict.note("the news that all was loaded overtook carts still on their way").belief(belief(33)),
        false => verdict.note("no cart was there for a moment, and that was taken for the end").belief(belief(35)),
    };
    verdict.help("let a crab go home only when the one before it has gone").read(words.page, "end")
}

/// Empty carts that nobody has any more. `sent`: there are several crabs, so they were on their way to another.
pub fn lost_carts(words: &Words, run: &Run, count: usize, place: &str, crab: Option<&str>, sent: bool) -> Verdict {
    let carts = if count == 1 { "1 empty cart was lost".into() } else { format!("{count} empty carts were lost") };
    let gone = crab.map_or(String::new(), |crab| format!(": crab {crab} had gone home"));
    let verdict = charted(Verdict::new(format!("{carts} {place}{gone}")), run);
    let verdict = match sent {
        true => verdict
            .note("a send to somebody who has gone gives the cart back, and it was dropped")
            .belief(belief(38))
            .help("let somebody stay who takes the last carts in"),
        false => verdict.note("it was dropped, so it is in no report").help("put every cart into the tally"),
    };
    verdict.read(words.page, "end")
}

/// More carts than there are.
pub fn too_many_carts(words: &Words, run: &Run, given: usize) -> Verdict {
    let there = if given == 1 { "there is one".into() } else { format!("there are {given}") };
    charted(Verdict::new(format!("cart number {} was asked for, and {there}", given + 1)), run)
        .note("the carts are what holds the loader back; no channel does that for them")
        .belief(belief(31))
        .help("wait for a cart that comes back")
        .read(words.page, "carts")
}

/// Carts were left where they stood, and it took its time.
pub fn carts_unused(words: &Words, run: &Run, used: usize, given: usize, took: u64) -> Verdict {
    carts_never_used(words, run, used, given)
        .note(format!("it took {took} ms: whoever has no cart waits, however many hands there are"))
}

/// Carts were left where they stood.
pub fn carts_never_used(words: &Words, run: &Run, used: usize, given: usize) -> Verdict {
    charted(Verdict::new(format!("only {used} of {given} carts went on their way")), run)
        .note("whoever has no cart waits, however many hands there are")
        .belief(belief(36))
        .help("send out every cart that you are given")
        .read(words.page, "carts")
}

/// Whoever does everything is no part of a line.
pub fn no_line(words: &Words, run: &Run, crab: &str) -> Verdict {
    charted(Verdict::new(format!("crab {crab} takes a cart all the way, and this design is a line")), run)
        .note("in a line, a cart goes from crab to crab, and each crab does one thing with it")
        .help("give each crab one thing to do, and let it hand the cart on")
        .read(words.page, "four")
}

/// A crab in the line does more than one thing.
pub fn several_trades(words: &Words, run: &Run, crab: &str, trades: &[&str]) -> Verdict {
    let takes = 3 * trades.len();
    charted(Verdict::new(format!("crab {crab} does {} things: it {}", trades.len(), trades.join(" and "))), run)
        .note(format!("a line is as quick as its busiest crab: {takes} ms a load here, 3 for the others"))
        .belief(belief(37))
        .help("give each crab one thing to do, and let it hand the cart on")
        .read(words.page, "four")
}

/// Hands, crabs and carts for more, and one step at a time.
pub fn one_at_a_time(words: &Words, run: &Run, hands: usize, carts: usize) -> Verdict {
    charted(Verdict::new(format!("one crab moved at a time, with {hands} hands and {carts} carts for more")), run)
        .note("the rows overlap and the digits do not: something lets in one step at a time")
        .belief(belief(24))
        .help("hold nothing while a crab works that another one needs")
        .read(words.page, "lock")
}

/// The time is another than the design needs, for a reason of its own.
pub fn another_time(words: &Words, run: &Run, took: u64, due: u64, hands: usize) -> Verdict {
    let hands = if hands == 1 { "one hand".into() } else { format!("{hands} hands") };
    charted(Verdict::new(format!("it took {took} ms, and with {hands} this design takes {due}")), run)
        .note("somewhere a hand, a crab and a cart were ready, and nothing moved")
        .help("look for the first column with fewer digits than there could be")
        .read(words.page, "table")
}

/// The report does not wait for the last carts.
pub fn report_too_early(words: &Words, run: &Run, carts: usize, still_at_work: bool) -> Verdict {
    let carts = if carts == 1 { "the cart was" } else { "all carts were" };
    let verdict = charted(Verdict::new(format!("the report was made before {carts} back")), run)
        .note("the fire is not the end of the way: a cart is home when it is back at the pile");
    let verdict = if still_at_work { verdict.belief(belief(62)) } else { verdict };
    verdict.help("report when everybody who has a cart has brought it").read(words.page, "report")
}

/// The report says another number than the fire.
pub fn wrong_books(words: &Words, run: &Run, burnt: u32, reported: u32, loads: u32) -> Verdict {
    let headline = match burnt == loads {
        true => format!("{loads} loads went into the fire, and the report says {reported}"),
        false => format!("{burnt} loads went into the fire, and {loads} were asked for"),
    };
    charted(Verdict::new(headline), run)
        .note("the yard counts every load that is loaded, and every load that is tipped")
        .help(match burnt == loads {
            true => "count where the loads are tipped",
            false => "the shares of all who load have to add up to what was asked for",
        })
        .read(words.page, "report")
}

/// A blocking step on the thread that moves all the crabs.
pub fn blocking_step(words: &Words, run: &Run, crab: &str) -> Verdict {
    charted(Verdict::new(format!("crab {crab} kept the only thread while it worked")), run)
        .note("while the thread is kept, no other crab can be moved")
        .belief(belief(18))
        .help("await the step")
        .read(words.page, "one-thread")
}

/// A step on another thread than the caller's.
pub fn moved_elsewhere(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("a crab was moved by another thread than the caller's"), run)
        .note("here the hands are simulated, and one thread moves all crabs in turn")
        .belief(belief(2))
        .help("keep all crabs on the thread that called you")
        .read(words.page, "one-thread")
}

/// The paused clock never moved on: somebody asks again and again.
pub fn never_waits(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("no step ever came to its end, because somebody never stopped asking"), run)
        .note("virtual time passes while all wait, and one of them keeps the thread")
        .belief(belief(25))
        .help("let whoever needs a cart sleep until one comes")
        .read(words.page, "wait")
}

/// One crab is at work, and of the others not all sleep.
pub fn never_asleep(words: &Words, run: &Run) -> Verdict {
    charted(Verdict::new("the only cart was at the fire, and not everybody else slept"), run)
        .note("a thread that asks again and again keeps a core that others could use")
        .belief(belief(25))
        .help("let whoever needs a cart sleep until one comes")
        .read(words.page, "wait")
}

/// Two procedures on one thread.
pub fn one_thread_for_two(words: &Words, run: &Run, crab: &str, other: &str) -> Verdict {
    charted(Verdict::new(format!("one thread moved crab {crab} and crab {other}")), run)
        .note("a thread is one pair of hands: it cannot be at two crabs in one moment")
        .help("give every crab a thread of its own")
        .read(words.page, "at-once")
}
