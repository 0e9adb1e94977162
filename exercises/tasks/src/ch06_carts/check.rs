//! Every design takes as long as it must on one hand, two and four; nothing is lost, and nobody stays behind.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use super::books::{CrabLine, Day, Evening};
use super::hands::{Hands, Scene, Seen};
use super::threads::Threads;
use super::{Step, Tally, WORDS, Yard};
use probes::still::{self, Patience};
pub use probes::{Judged, alone};
use probes::{Recorder, Run, Verdict, see, wording};

type Work = Pin<Box<dyn Future<Output = Tally>>>;
type Yours = Arc<dyn Fn([Yard; 2], Scene) -> Work + Send + Sync>;
type Multicore = fn(&Yard, u32, usize) -> Tally;

/// What is being checked, and so how many crabs there are.
#[derive(Clone, Copy, PartialEq)]
enum Design {
    Solo = 1,
    Doubled = 2,
    Line = 4,
}

/// When a design is finished with eight loads: on hands, and with carts that roll by themselves or do not.
type Row = (usize, bool, u64);

/// One crab needs 96 ms, whatever the hands and the carts.
pub fn solo<F>(yours: F) -> Judged
where
    F: AsyncFn(&Yard, u32) -> Tally + Copy + Send + Sync + 'static,
{
    let yours: Yours = Arc::new(move |[yard, _], day| Box::pin(async move { yours(&yard, day.loads).await }));
    all_days(Design::Solo, &yours)
}

/// Two crabs need half of it if there are two hands, and no less if there are four.
pub fn doubled<F>(yours: F) -> Judged
where
    F: AsyncFn(&Yard, &Yard, u32) -> Tally + Copy + Send + Sync + 'static,
{
    let yours: Yours =
        Arc::new(move |[left, right], day| Box::pin(async move { yours(&left, &right, day.loads).await }));
    all_days(Design::Doubled, &yours)
}

/// Four crabs with four carts need as many hands as they can get. With one cart, nothing helps.
pub fn interleaved<F>(yours: F) -> Judged
where
    F: AsyncFn(&Yard, u32, usize) -> Tally + Copy + Send + Sync + 'static,
{
    let yours: Yours =
        Arc::new(move |[yard, _], day| Box::pin(async move { yours(&yard, day.loads, day.carts).await }));
    all_days(Design::Line, &yours)
}

/// Not generic, so that a learner's test does not compile it again after every save.
fn all_days(design: Design, yours: &Yours) -> Judged {
    let pushed = |hands, due| (hands, false, due);
    let rolling = |hands, due| (hands, true, due);
    match design {
        Design::Solo => {
            let rows = [pushed(1, 96), pushed(2, 96), pushed(4, 96), rolling(1, 96), rolling(4, 96)];
            the_table(design, yours, 1, &rows)?;
            other_days(design, yours, &[(1, 1), (0, 1)])
        }
        Design::Doubled => {
            let rows = [pushed(2, 48), pushed(1, 96), pushed(4, 48), rolling(1, 51), rolling(2, 48), rolling(4, 48)];
            the_table(design, yours, 2, &rows)?;
            other_days(design, yours, &[(5, 2), (2, 2), (0, 2)])
        }
        Design::Line => {
            let rows = [pushed(4, 33), pushed(2, 51), pushed(1, 96), rolling(1, 51), rolling(2, 33), rolling(4, 33)];
            the_table(design, yours, 4, &rows)?;
            the_table(design, yours, 1, &rows.map(|(hands, rolls, _)| (hands, rolls, 96)))?;
            other_days(design, yours, &[(5, 2), (7, 3), (1, 4), (0, 4)])
        }
    }
}

fn the_table(design: Design, yours: &Yours, carts: usize, rows: &[Row]) -> Judged {
    let scene = |hands, rolls| Scene { loads: 8, carts, hands, rolls };
    rows.iter().try_for_each(|&(hands, rolls, due)| one_day(design, yours, scene(hands, rolls), Some(due)))
}

/// Other loads and carts, as `(loads, carts)`.
fn other_days(design: Design, yours: &Yours, days: &[(u32, usize)]) -> Judged {
    let scene = |loads, carts, hands| Scene { loads, carts, hands, rolls: false };
    let mut scenes = days.iter().flat_map(|&(loads, carts)| [4, 1].map(|hands| scene(loads, carts, hands)));
    scenes.try_for_each(|scene| one_day(design, yours, scene, None))
}

fn one_day(design: Design, yours: &Yours, scene: Scene, due: Option<u64>) -> Judged {
    let (recorder, yours) = (Recorder::default(), yours.clone());
    let hands: Arc<Mutex<Option<Hands>>> = Arc::default();
    let (kept, lanes) = (hands.clone(), recorder.clone());
    let ended = see(&WORDS, &recorder, move || {
        let hands = Hands::new(&lanes, scene);
        let drawing = hands.clone();
        lanes.drawn_by(move || drawing.run_in_steps());
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(hands.clone());
        hands.day(yours(hands.yards(), scene))
    });
    let hands = hands.lock().unwrap_or_else(PoisonError::into_inner).take();
    let run = hands.map_or(Run::default(), |hands| hands.run_in_steps());
    let seen = ended.map_err(|verdict| clock_stood_still(verdict, &run))?.returned;
    if seen.evening.reported.is_none() {
        return Err(standstill(&seen.evening.day, &run, scene.loads, false));
    }
    the_books_balance(&seen.evening, &run, scene.loads)?;
    everybody_is_home(&seen, &run)?;
    the_right_crabs(design, &seen.evening.day, &run)?;
    match due {
        Some(due) if seen.took != due => Err(slow(design, &seen, &run, scene, due)),
        _ => Ok(()),
    }
}

/// Virtual time passes only while everybody waits: a loop that asks again and again stops the clock.
fn clock_stood_still(verdict: Verdict, run: &Run) -> Verdict {
    let no_end = [wording::busy(&WORDS, run), wording::no_end(&WORDS, run)];
    if no_end.iter().any(|other| verdict.headline == other.headline) && run.ends() > 0 {
        wording::never_waits(&WORDS, run)
    } else {
        verdict
    }
}

/// Nobody could move any more: why not?
fn standstill(day: &Day, run: &Run, loads: u32, threads: bool) -> Verdict {
    let waiting = |step: Step| day.carts.iter().filter(|cart| cart.next == step && !cart.lost).count();
    let unbegun = Step::ALL.into_iter().find(|&step| day.began(step) == 0 && waiting(step) > 0);
    let stays = day.stays().map_or("?", |crab| &crab.name);
    let spawned = threads || day.crabs.iter().any(|crab| crab.spawned);
    match unbegun {
        _ if day.carts.iter().any(|cart| cart.lost) => lost(day, run, loads),
        _ if day.burnt() == loads && waiting(Step::Load) == day.carts.len() => {
            wording::line_never_ends(&WORDS, run, loads, stays)
        }
        Some(step) if loads > 0 => {
            wording::nobody_began(&WORDS, run, waiting(step), step.waits(), step.verb(), spawned)
        }
        _ if Step::ALL.iter().all(|&step| waiting(step) > 0) => wording::no_room(&WORDS, run),
        _ => wording::standstill(&WORDS, run, day.burnt(), loads, &Step::ALL.map(|step| (waiting(step), step.waits()))),
    }
}

/// As many loads as were asked for, on the books and in the fire; and all the carts.
fn the_books_balance(evening: &Evening, run: &Run, loads: u32) -> Judged {
    let (day, reported) = (&evening.day, evening.reported.unwrap_or_default());
    let away = |cart: &&super::books::CartLine| !cart.lost && (!cart.reported || cart.next != Step::Load);
    let burnt = day.burnt();
    match day.carts.iter().filter(away).count() {
        _ if day.carts.iter().any(|cart| cart.lost && cart.next != Step::Load) => Err(lost(day, run, loads)),
        1.. => {
            let still_at_work = day.crabs.iter().any(|crab| crab.left.is_none());
            Err(wording::report_too_early(&WORDS, run, day.carts.len(), still_at_work))
        }
        _ if day.carts.iter().any(|cart| cart.lost) => Err(lost(day, run, loads)),
        _ if burnt != loads || reported != loads => Err(wording::wrong_books(&WORDS, run, burnt, reported, loads)),
        _ => Ok(()),
    }
}

/// Carts that nobody has any more. Full ones first: a load went with each.
fn lost(day: &Day, run: &Run, loads: u32) -> Verdict {
    let full = |step: Step| matches!(step, Step::Haul | Step::Tip);
    let mut gone: Vec<Step> = day.carts.iter().filter(|cart| cart.lost).map(|cart| cart.next).collect();
    gone.sort_by_key(|&step| !full(step));
    let next = gone.first().copied().unwrap_or(Step::Load);
    let count = gone.iter().filter(|&&step| step == next).count();
    let went = day.crabs.iter().find(|crab| crab.left.is_some() && crab.began[next as usize] > 0);
    let name = went.map(|crab| crab.name.as_str());
    let all_loaded = went.and_then(|crab| crab.left).is_some_and(|loaded| loaded == loads);
    match full(next) {
        true => wording::lost_loads(&WORDS, run, count, next.waits().1, name, all_loaded),
        false => wording::lost_carts(&WORDS, run, count, next.waits().1, name, day.crabs.len() > 1),
    }
}

fn everybody_is_home(seen: &Seen, run: &Run) -> Judged {
    match &seen.abroad {
        None if seen.alive == 0 => Ok(()),
        abroad => Err(wording::still_there(&WORDS, run, abroad.as_deref())),
    }
}

/// As many crabs as the design has; in a line, each with one thing to do.
fn the_right_crabs(design: Design, day: &Day, run: &Run) -> Judged {
    let crabs: Vec<&CrabLine> = day.crabs.iter().filter(|crab| !crab.trades().is_empty()).collect();
    let several = crabs.iter().find(|crab| design == Design::Line && crab.trades().len() > 1);
    if let Some(crab) = several {
        if crab.trades().len() == Step::ALL.len() {
            return Err(wording::no_line(&WORDS, run, &crab.name));
        }
        let trades: Vec<_> = crab.trades().into_iter().map(Step::trade).collect();
        return Err(wording::several_trades(&WORDS, run, &crab.name, &trades));
    }
    let (got, due) = (crabs.len(), design as usize);
    let idle = design == Design::Doubled && day.began(Step::Load) < 2;
    if got == 0 || got == due || (idle && got == 1) {
        return Ok(());
    }
    Err(wording::crabs_at_work(&WORDS, run, got, due))
}

/// It took longer than the design has to: why?
fn slow(design: Design, seen: &Seen, run: &Run, scene: Scene, due: u64) -> Verdict {
    let (day, took) = (&seen.evening.day, seen.took);
    let crabs: Vec<&CrabLine> = day.crabs.iter().filter(|crab| !crab.trades().is_empty()).collect();
    let one_yard = crabs.iter().all(|crab| crab.yards[0]) || crabs.iter().all(|crab| crab.yards[1]);
    match (design, &crabs[..]) {
        (Design::Doubled, [first, second]) if run.dealing() == 1 => {
            let spawned = first.spawned || second.spawned;
            wording::one_crab_after_another(&WORDS, run, &first.name, &second.name, spawned)
        }
        (Design::Doubled, [_, _]) if one_yard => wording::one_pile(&WORDS, run, took, due),
        (Design::Line, _) if day.carts.len() < scene.carts => {
            wording::carts_unused(&WORDS, run, day.carts.len(), scene.carts, took)
        }
        (Design::Line, _) if run.doing() == 1 && scene.hands.min(scene.carts) > 1 => {
            wording::one_at_a_time(&WORDS, run, scene.hands, scene.carts)
        }
        _ => wording::another_time(&WORDS, run, took, due, scene.hands),
    }
}

/// Four crabs with four carts, and all four at work at once; then one cart, two, none to load.
pub fn multicore(yours: Multicore) -> Judged {
    [(8, 4), (3, 1), (5, 2), (1, 4), (0, 4)].iter().try_for_each(|&(loads, carts)| with_threads(yours, loads, carts))
}

fn with_threads(yours: Multicore, loads: u32, carts: usize) -> Judged {
    let recorder = Recorder::default();
    let ground = Threads::new(&recorder, loads, carts);
    let (yard, books) = (ground.yard(), ground.books().clone());
    let ended = see(&WORDS, &recorder, move || {
        let tally = yours(&yard, loads, carts);
        books.close(Some(tally))
    });
    let seen = ended.map_err(|verdict| no_end(verdict, &ground, &recorder, loads))?;
    let (run, evening) = (&seen.run, &seen.returned);
    the_books_balance(evening, run, loads)?;
    still::wait(Patience::Short);
    let later = ground.books().over();
    if Step::ALL.iter().any(|&step| later.began(step) != evening.day.began(step)) {
        return Err(wording::left_behind(&WORDS, &recorder.run(WORDS.page)));
    }
    if let Some(crab) = later.stays() {
        return Err(wording::still_there(&WORDS, run, Some(&crab.name)));
    }
    the_right_crabs(Design::Line, &later, run)?;
    if let Some(crew) = ground.crew() {
        if later.carts.len() < carts {
            return Err(wording::carts_never_used(&WORDS, run, later.carts.len(), carts));
        }
        seen.together(crew)?;
    }
    assert!(run.doing() <= carts, "a cart is in one pair of claws");
    a_thread_each(&later, run)
}

/// It did not end: what do the books say?
fn no_end(verdict: Verdict, ground: &Threads, recorder: &Recorder, loads: u32) -> Verdict {
    let run = recorder.run(WORDS.page);
    let day = ground.books().close(None).day;
    let is = |other: Verdict| verdict.headline == other.headline;
    // On a busy machine, the watchdog may be tired of a thread that never sleeps before the yard is.
    if is(wording::busy(&WORDS, &run)) && ground.looks_for_sleepers() {
        return wording::never_asleep(&WORDS, &run);
    }
    // Some systems do not tell whether threads sleep; the books tell what they would be waiting for.
    match is(wording::asleep(&WORDS, &run)) || is(wording::no_end(&WORDS, &run)) {
        true => standstill(&day, &run, loads, true),
        false => verdict,
    }
}

/// Every crab is moved by one thread, and no thread moves two.
fn a_thread_each(day: &Day, run: &Run) -> Judged {
    let mut crabs: Vec<&CrabLine> = day.crabs.iter().filter(|crab| !crab.trades().is_empty()).collect();
    crabs.sort_by_key(|crab| crab.place_in_line());
    for (index, crab) in crabs.iter().enumerate() {
        let also = crabs[..index].iter().find(|other| other.threads.iter().any(|id| crab.threads.contains(id)));
        if let Some(also) = also {
            return Err(wording::one_thread_for_two(&WORDS, run, &also.name, &crab.name));
        }
    }
    Ok(())
}
