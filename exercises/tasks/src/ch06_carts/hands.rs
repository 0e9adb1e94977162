//! Yards in virtual time, where every step takes three milliseconds of somebody's hands.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use super::books::{Books, Evening};
use super::{Ground, Step, Tally, WORDS, Working, Yard};
use probes::cores::{CoreTask, Cores};
use probes::{Lane, Recorder, Run, Verdict, clock, drops, wording};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long a step takes, in virtual milliseconds.
pub const STEP: u64 = 3;
/// No day takes so long: whoever has not reported by now never will.
const NIGHT: Duration = Duration::from_secs(12 * 60 * 60);

/// What a day is like.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    pub loads: u32,
    pub carts: usize,
    pub hands: usize,
    /// Whether a cart needs no hand on its way.
    pub rolls: bool,
}

/// Two yards side by side, and the hands that move the crabs in both.
#[derive(Clone, Debug)]
pub struct Hands(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    scene: Scene,
    cores: Cores,
    books: Books,
    recorder: Recorder,
    caller: ThreadId,
    crabs: Mutex<Vec<(CoreTask, Lane)>>,
    /// A place at the pile and one at the fire, for each yard.
    places: [[Semaphore; 2]; 2],
}

struct Side {
    hands: Hands,
    yard: usize,
}

/// What became of a day.
#[derive(Clone, Debug)]
pub struct Seen {
    pub evening: Evening,
    /// Virtual milliseconds from the morning to the report.
    pub took: u64,
    /// Tasks that had not ended when the report was there, and the crabs with them.
    pub alive: usize,
    pub abroad: Option<String>,
}

impl Hands {
    /// Only the thread that makes it may move a crab.
    pub fn new(recorder: &Recorder, scene: Scene) -> Hands {
        let place = || [Semaphore::new(1), Semaphore::new(1)];
        Hands(Arc::new(Shared {
            scene,
            cores: Cores::new(scene.hands),
            books: Books::of(scene.carts),
            recorder: recorder.clone(),
            caller: thread::current().id(),
            crabs: Mutex::default(),
            places: [place(), place()],
        }))
    }

    pub fn yards(&self) -> [Yard; 2] {
        [0, 1].map(|yard| Yard::new(Side { hands: self.clone(), yard }))
    }

    /// The day so far, in virtual milliseconds. The threads of this chart are hands.
    pub fn run(&self) -> Run {
        let mut run = self.0.cores.run(WORDS.page);
        let day = self.0.books.now();
        for (task, crab) in run.tasks.iter_mut().zip(&day.crabs) {
            // Whoever has not gone home when nobody can move any more never will.
            task.last = task.last.filter(|_| !day.over || crab.left.is_some());
        }
        run
    }

    /// A whole day.
    pub fn day(&self, design: impl Future<Output = Tally>) -> Seen {
        let evening = clock::paused(async {
            let mut design = pin!(design);
            let tally = timeout(NIGHT, poll_fn(|cx| design.as_mut().poll(cx))).await.ok();
            (self.0.books.close(tally), self.stragglers().await)
        });
        match evening {
            Ok(((evening, (alive, abroad)), took)) => Seen { evening, took, alive, abroad },
            Err(clock::Stuck) => Seen { evening: self.0.books.close(None), took: 0, alive: 0, abroad: None },
        }
    }

    /// Who has not ended, after a moment for whatever is about to end.
    async fn stragglers(&self) -> (usize, Option<String>) {
        for _ in 0..16 {
            tokio::task::yield_now().await;
        }
        let day = self.0.books.over();
        let abroad = day.stays().map(|crab| crab.name.clone());
        (drops::alive_tasks(), abroad)
    }

    /// The same, for a chart in which a column is a step.
    pub fn run_in_steps(&self) -> Run {
        let mut run = self.run();
        for task in &mut run.tasks {
            task.first = task.first.map(|time| time / STEP);
            task.last = task.last.map(|time| time / STEP);
            for step in &mut task.steps {
                (step.start, step.len) = (step.start / STEP, step.len / STEP);
            }
        }
        run
    }

    fn stop(&self, verdict: impl FnOnce(&Run) -> Verdict) -> ! {
        self.0.recorder.stop(|_| verdict(&self.run_in_steps()))
    }

    fn crab_of(&self, number: usize) -> (CoreTask, Lane) {
        self.0.crabs.lock().unwrap_or_else(PoisonError::into_inner)[number].clone()
    }

    async fn step(&self, crab: usize, step: Step, cart: usize, yard: usize) {
        let (task, lane) = self.crab_of(crab);
        if thread::current().id() != self.0.caller {
            self.stop(|run| wording::moved_elsewhere(&WORDS, run));
        }
        let at_work = self.0.books.begin(crab, step, cart, yard).unwrap_or_else(|verdict| self.stop(verdict));
        drop(lane.step());
        let [pile, fire] = &self.0.places[yard];
        let rolls = self.0.scene.rolls;
        match step {
            Step::Load => self.at_a_place(pile, &task).await,
            Step::Tip => self.at_a_place(fire, &task).await,
            Step::Haul | Step::Back if rolls => task.elsewhere(STEP).await,
            Step::Haul | Step::Back => task.work(STEP).await,
        }
        drop(lane.step());
        at_work.done();
    }

    async fn at_a_place(&self, place: &Semaphore, task: &CoreTask) {
        let _place = place.acquire().await.expect("a place is never closed");
        task.work(STEP).await;
    }
}

impl Ground for Side {
    fn crab(&self, name: &str) -> usize {
        let shared = &self.hands.0;
        let mut crabs = shared.crabs.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, name) = shared.books.crab(name);
        crabs.push((shared.cores.task(&name), shared.recorder.task(name)));
        number
    }

    fn cart(&self) -> usize {
        let given = self.hands.0.scene.carts;
        let none = || self.hands.stop(|run| wording::too_many_carts(&WORDS, run, given));
        self.hands.0.books.cart().unwrap_or_else(none)
    }

    fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_> {
        Box::pin(self.hands.step(crab, step, cart, self.yard))
    }

    fn step_blocking(&self, crab: usize, _: Step, _: usize) {
        let name = self.hands.0.books.now().crabs[crab].name.clone();
        self.hands.stop(|run| wording::blocking_step(&WORDS, run, &name))
    }

    fn crab_left(&self, crab: usize) {
        self.hands.0.books.crab_left(crab);
        self.hands.crab_of(crab).1.finish();
    }

    fn cart_left(&self, cart: usize) {
        self.hands.0.books.cart_left(cart);
    }
}

/// Lets a design run for a day: when it was finished, and the run.
///
/// # Panics
///
/// If it never finishes.
pub fn simulate(scene: Scene, design: impl AsyncFnOnce([Yard; 2]) -> Tally) -> (u64, Run) {
    let hands = Hands::new(&Recorder::default(), scene);
    let seen = hands.day(design(hands.yards()));
    assert!(seen.evening.reported.is_some(), "this design never finishes");
    (seen.took, hands.run())
}
