//! Carts and hands: crabs bring driftwood to a beacon fire, in carts that they hand on.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use probes::Words;

const WORDS: Words = Words {
    page: "ch06-carts",
    task: "crab",
    tasks: "crabs",
    worker: "hand",
    workers: "hands",
    work: "a step",
    results: "tallies",
};

/// A pile of driftwood, a path, and a beacon fire. A clone is the same yard.
#[derive(Clone)]
pub struct Yard(Arc<dyn Ground>);

/// Somebody who works in the yard: does one thing at a time, and goes home when dropped.
pub struct Crab {
    yard: Yard,
    number: usize,
}

/// There are so many of them: a cart cannot be copied, only handed on.
pub struct Cart {
    yard: Yard,
    number: usize,
}

/// What is reported in the evening.
#[derive(Debug)]
pub struct Tally {
    /// How many loads went into the fire.
    pub loads: u32,
    /// All the carts, empty and back at the pile.
    pub carts: Vec<Cart>,
}

/// What a crab does with a cart; a cart goes through these four, round after round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Load,
    Haul,
    Tip,
    Back,
}

/// What a yard is made of: the two ways to do a step, for two ways to wait.
pub trait Ground: Send + Sync + 'static {
    /// A new crab comes to work.
    fn crab(&self, name: &str) -> usize;
    /// A cart is taken from where they stand in the morning, empty and at the pile.
    fn cart(&self) -> usize;
    fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_>;
    fn step_blocking(&self, crab: usize, step: Step, cart: usize);
    /// The crab went home.
    fn crab_left(&self, _crab: usize) {}
    /// Nobody has this cart any more.
    fn cart_left(&self, _cart: usize) {}
}

/// A step that may be under way.
pub type Working<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

impl Yard {
    pub fn new(ground: impl Ground) -> Yard {
        Yard(Arc::new(ground))
    }

    /// A crab for this yard. Its name is for the chart: `load`, `haul`.
    pub fn crab(&self, name: &str) -> Crab {
        Crab { yard: self.clone(), number: self.0.crab(name) }
    }

    /// An empty cart at the pile. There are only as many as were given.
    pub fn cart(&self) -> Cart {
        Cart { yard: self.clone(), number: self.0.cart() }
    }
}

impl Crab {
    /// Loads an empty cart at the pile.
    pub async fn load(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Load, cart.number).await;
    }

    /// Pushes a full cart up to the fire.
    pub async fn haul(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Haul, cart.number).await;
    }

    /// Tips a full cart into the fire.
    pub async fn tip(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Tip, cart.number).await;
    }

    /// Brings an empty cart back to the pile.
    pub async fn back(&self, cart: &mut Cart) {
        self.yard.0.step(self.number, Step::Back, cart.number).await;
    }

    /// Loads an empty cart at the pile; the thread is kept until it is done.
    pub fn load_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Load, cart.number);
    }

    /// Pushes a full cart up to the fire; the thread is kept until it is there.
    pub fn haul_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Haul, cart.number);
    }

    /// Tips a full cart into the fire; the thread is kept until it is empty.
    pub fn tip_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Tip, cart.number);
    }

    /// Brings an empty cart back to the pile; the thread is kept until it is there.
    pub fn back_blocking(&self, cart: &mut Cart) {
        self.yard.0.step_blocking(self.number, Step::Back, cart.number);
    }
}

/// The plain loop: one crab, one cart, one load after another.
pub fn reference(yard: &Yard, loads: u32) -> Tally {
    let (crab, mut cart) = (yard.crab("solo"), yard.cart());
    for _ in 0..loads {
        crab.load_blocking(&mut cart);
        crab.haul_blocking(&mut cart);
        crab.tip_blocking(&mut cart);
        crab.back_blocking(&mut cart);
    }
    Tally { loads, carts: vec![cart] }
}

impl Step {
    pub const ALL: [Step; 4] = [Step::Load, Step::Haul, Step::Tip, Step::Back];

    /// What comes next for the cart.
    pub fn next(self) -> Step {
        Step::ALL[(self as usize + 1) % 4]
    }

    /// `to haul`
    fn verb(self) -> &'static str {
        ["load", "haul", "tip", "bring back"][self as usize]
    }

    /// `crab x hauls carts`
    fn trade(self) -> &'static str {
        ["loads", "hauls", "tends the fire", "brings carts back"][self as usize]
    }

    /// Where a cart stands that waits for this step, and how.
    fn waits(self) -> (&'static str, &'static str) {
        [("empty", "at the pile"), ("full", "at the pile"), ("full", "at the fire"), ("empty", "at the fire")]
            [self as usize]
    }
}

impl Drop for Crab {
    fn drop(&mut self) {
        self.yard.0.crab_left(self.number);
    }
}

impl Drop for Cart {
    fn drop(&mut self) {
        self.yard.0.cart_left(self.number);
    }
}

impl fmt::Debug for Yard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Yard")
    }
}

impl fmt::Debug for Crab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crab({})", self.number)
    }
}

impl fmt::Debug for Cart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cart({})", self.number)
    }
}

pub mod books {
    //! The books of a yard: who did what, and where every cart is, at every moment.

    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::thread::{self, ThreadId};

    use super::{Step, Tally, WORDS};
    use probes::{Run, Verdict, wording};

    /// The books of one day. Clones are the same books.
    #[derive(Clone, Debug, Default)]
    pub struct Books(Arc<Mutex<Day>>);

    /// What the books hold; a copy of it is a moment.
    #[derive(Clone, Debug, Default)]
    pub struct Day {
        pub crabs: Vec<CrabLine>,
        pub carts: Vec<CartLine>,
        /// So many carts there are.
        pub given: usize,
        /// The report was made, or will never be: what is dropped afterwards says nothing.
        pub over: bool,
    }

    #[derive(Clone, Debug)]
    pub struct CrabLine {
        pub name: String,
        pub at: Option<Step>,
        /// How often it has begun each step, and how often it has done it.
        pub began: [u32; 4],
        pub did: [u32; 4],
        /// The yards that it worked in.
        pub yards: [bool; 2],
        pub threads: Vec<ThreadId>,
        /// Whether a task of its own moved it.
        pub spawned: bool,
        /// How many loads were on their way or burnt when it went home.
        pub left: Option<u32>,
    }

    #[derive(Clone, Copy, Debug)]
    pub struct CartLine {
        /// What has to be done with it next: that is where it is.
        pub next: Step,
        pub lost: bool,
        pub reported: bool,
    }

    /// A step under way: the crab is at work until this is dropped, also when the step is given up.
    #[derive(Debug)]
    pub struct AtWork<'a> {
        books: &'a Books,
        crab: usize,
        cart: usize,
    }

    impl Books {
        pub fn of(given: usize) -> Books {
            Books(Arc::new(Mutex::new(Day { given, ..Day::default() })))
        }

        /// The books as they are now.
        pub fn now(&self) -> Day {
            self.day().clone()
        }

        /// Adds a crab; returns its number, and its name made short and different from all others.
        pub fn crab(&self, name: &str) -> (usize, String) {
            let mut day = self.day();
            let short: String = name.chars().filter(|char| char.is_alphanumeric()).take(5).collect();
            let same = day.crabs.iter().filter(|crab| crab.name.starts_with(&short)).count();
            let name = if same == 0 { short } else { format!("{short}{}", same + 1) };
            day.crabs.push(CrabLine {
                name: name.clone(),
                at: None,
                began: [0; 4],
                did: [0; 4],
                yards: [false; 2],
                threads: vec![],
                spawned: tokio::task::try_id().is_some(),
                left: None,
            });
            (day.crabs.len() - 1, name)
        }

        /// Takes a cart, if there is one.
        pub fn cart(&self) -> Option<usize> {
            let mut day = self.day();
            if day.carts.len() == day.given {
                return None;
            }
            day.carts.push(CartLine { next: Step::Load, lost: false, reported: false });
            Some(day.carts.len() - 1)
        }

        /// A crab begins a step. `Err` is what to say if it cannot.
        pub fn begin(
            &self,
            crab: usize,
            step: Step,
            cart: usize,
            yard: usize,
        ) -> Result<AtWork<'_>, impl FnOnce(&Run) -> Verdict + use<>> {
            let mut day = self.day();
            let next = day.carts[cart].next;
            let line = &mut day.crabs[crab];
            let (at, name) = (line.at, line.name.clone());
            if at.is_some() || next != step {
                return Err(move |run: &Run| match at {
                    Some(at) => wording::two_steps_at_once(&WORDS, run, &name, step.verb(), at.verb()),
                    None => wording::wrong_turn(&WORDS, run, &name, step.verb(), next.waits()),
                });
            }
            line.at = Some(step);
            line.began[step as usize] += 1;
            line.yards[yard] = true;
            line.spawned = tokio::task::try_id().is_some();
            if !line.threads.contains(&thread::current().id()) {
                line.threads.push(thread::current().id());
            }
            Ok(AtWork { books: self, crab, cart })
        }

        /// How often the crab has begun this step.
        pub fn times(&self, crab: usize, step: Step) -> u32 {
            self.day().crabs[crab].began[step as usize]
        }

        pub fn crab_left(&self, crab: usize) {
            let mut day = self.day();
            let loaded = day.began(Step::Load);
            if !day.over {
                day.crabs[crab].left = Some(loaded);
            }
        }

        pub fn cart_left(&self, cart: usize) {
            let mut day = self.day();
            let over = day.over;
            let cart = &mut day.carts[cart];
            cart.lost |= !over && !cart.reported;
        }

        /// Takes the report, or the news that there will be none. The books as they are then.
        pub fn close(&self, tally: Option<Tally>) -> Evening {
            let mut day = self.day();
            let carts = tally.iter().flat_map(|tally| &tally.carts).map(|cart| cart.number);
            carts.for_each(|cart| day.carts[cart].reported = true);
            day.over |= tally.is_none();
            let evening = Evening { reported: tally.as_ref().map(|tally| tally.loads), day: day.clone() };
            // The carts of the report are dropped after this: they open the books once more.
            drop(day);
            evening
        }

        /// From now on nothing counts any more.
        pub fn over(&self) -> Day {
            let mut day = self.day();
            day.over = true;
            day.clone()
        }

        fn day(&self) -> MutexGuard<'_, Day> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// The report, and the books at that moment.
    #[derive(Clone, Debug)]
    pub struct Evening {
        /// How many loads the report speaks of; `None` if nobody could move any more.
        pub reported: Option<u32>,
        pub day: Day,
    }

    impl Day {
        /// How often this step was begun, by whomever.
        pub fn began(&self, step: Step) -> u32 {
            self.crabs.iter().map(|crab| crab.began[step as usize]).sum()
        }

        /// How many loads went into the fire.
        pub fn burnt(&self) -> u32 {
            self.crabs.iter().map(|crab| crab.did[Step::Tip as usize]).sum()
        }
    }

    impl CrabLine {
        /// What it has done, each step once.
        pub fn trades(&self) -> Vec<Step> {
            Step::ALL.into_iter().filter(|&step| self.began[step as usize] > 0).collect()
        }
    }

    impl AtWork<'_> {
        /// The step is done: the cart is where the next step finds it.
        pub fn done(self) {
            let mut day = self.books.day();
            let step = day.carts[self.cart].next;
            day.crabs[self.crab].did[step as usize] += 1;
            day.carts[self.cart].next = step.next();
            // The guard of the books is given back before this one is dropped, which opens them again.
            drop(day);
        }
    }

    impl Drop for AtWork<'_> {
        fn drop(&mut self) {
            self.books.day().crabs[self.crab].at = None;
        }
    }
}

pub mod hands {
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
            let abroad = day.crabs.into_iter().find(|crab| crab.left.is_none()).map(|crab| crab.name);
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
}

pub mod threads {
    //! A yard for threads: a step ends at once, or when everybody has come that it waits for.

    use std::sync::{Arc, Mutex, PoisonError};

    use super::books::Books;
    use super::{Ground, Step, WORDS, Working, Yard};
    use probes::still::{self, End, Patience};
    use probes::{Crew, Lane, Recorder, wording};

    /// A yard in which four crabs can be at work at once. Clones are the same yard.
    #[derive(Clone, Debug)]
    pub struct Threads(Arc<Shared>);

    #[derive(Debug)]
    struct Shared {
        loads: u32,
        carts: usize,
        books: Books,
        crew: Crew,
        recorder: Recorder,
        lanes: Mutex<Vec<Lane>>,
        /// Whether this system tells who is asleep.
        tells: bool,
    }

    impl Threads {
        pub fn new(recorder: &Recorder, loads: u32, carts: usize) -> Threads {
            Threads(Arc::new(Shared {
                loads,
                carts,
                books: Books::of(carts),
                crew: Crew::of(4),
                recorder: recorder.clone(),
                lanes: Mutex::default(),
                tells: still::wait_until(Patience::Short, || false) == End::Still,
            }))
        }

        pub fn yard(&self) -> Yard {
            Yard::new(self.clone())
        }

        pub fn books(&self) -> &Books {
            &self.0.books
        }

        /// Four crabs at work at once: there have to be as many carts, and a load for each.
        pub fn crew(&self) -> Option<&Crew> {
            Some(&self.0.crew).filter(|_| self.0.carts >= 4 && self.0.loads >= 4)
        }

        fn lane(&self, crab: usize) -> Lane {
            self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner)[crab].clone()
        }

        /// The step is under way.
        fn under_way(&self, step: Step, time: u32) {
            let Shared { loads, carts, .. } = *self.0;
            // While the first cart is brought back, the second is tipped, the third hauled, the fourth loaded.
            let full_line = time == 4 - step as u32;
            if let Some(crew) = self.crew().filter(|_| full_line) {
                crew.visit();
            }
            // One cart is one crab's work. The others wait, and whoever waits is asleep.
            if carts == 1 && step == Step::Tip && time == 2 && self.0.tells {
                if still::wait_until(Patience::Short, || false) != End::Still {
                    self.0.recorder.stop(|run| wording::never_asleep(&WORDS, run));
                }
            }
            // The last way back takes until nobody else can move: a report that does not wait for it is out by then.
            if step == Step::Back && time == loads {
                still::wait(Patience::Short);
            }
        }
    }

    impl Ground for Threads {
        fn crab(&self, name: &str) -> usize {
            let mut lanes = self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            let (number, name) = self.0.books.crab(name);
            lanes.push(self.0.recorder.task(name));
            number
        }

        fn cart(&self) -> usize {
            let given = self.0.carts;
            let none = || self.0.recorder.stop(|run| wording::too_many_carts(&WORDS, run, given));
            self.0.books.cart().unwrap_or_else(none)
        }

        fn step(&self, crab: usize, step: Step, cart: usize) -> Working<'_> {
            Box::pin(async move { self.step_blocking(crab, step, cart) })
        }

        fn step_blocking(&self, crab: usize, step: Step, cart: usize) {
            let begun = self.0.books.begin(crab, step, cart, 0);
            let at_work = begun.unwrap_or_else(|verdict| self.0.recorder.stop(verdict));
            let running = self.lane(crab).step();
            self.under_way(step, self.0.books.now().began(step));
            drop(running);
            at_work.done();
        }

        fn crab_left(&self, crab: usize) {
            self.0.books.crab_left(crab);
            self.lane(crab).finish();
        }

        fn cart_left(&self, cart: usize) {
            self.0.books.cart_left(cart);
        }
    }
}

pub mod check {
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
        let rows = [(1, false, 96), (2, false, 96), (4, false, 96), (1, true, 96), (4, true, 96)];
        the_table(Design::Solo, &yours, 1, &rows)?;
        other_days(Design::Solo, &yours, &[(1, 1), (0, 1)])
    }

    /// Two crabs need half of it if there are two hands, and no less if there are four.
    pub fn doubled<F>(yours: F) -> Judged
    where
        F: AsyncFn(&Yard, &Yard, u32) -> Tally + Copy + Send + Sync + 'static,
    {
        let yours: Yours =
            Arc::new(move |[left, right], day| Box::pin(async move { yours(&left, &right, day.loads).await }));
        let rows = [(2, false, 48), (1, false, 96), (4, false, 48), (1, true, 51), (2, true, 48), (4, true, 48)];
        the_table(Design::Doubled, &yours, 2, &rows)?;
        other_days(Design::Doubled, &yours, &[(5, 2), (2, 2), (0, 2)])
    }

    /// Four crabs with four carts need as many hands as they can get. With one cart, nothing helps.
    pub fn interleaved<F>(yours: F) -> Judged
    where
        F: AsyncFn(&Yard, u32, usize) -> Tally + Copy + Send + Sync + 'static,
    {
        let yours: Yours =
            Arc::new(move |[yard, _], day| Box::pin(async move { yours(&yard, day.loads, day.carts).await }));
        let rows = [(4, false, 33), (2, false, 51), (1, false, 96), (1, true, 51), (2, true, 33), (4, true, 33)];
        the_table(Design::Line, &yours, 4, &rows)?;
        the_table(Design::Line, &yours, 1, &rows.map(|(hands, rolls, _)| (hands, rolls, 96)))?;
        other_days(Design::Line, &yours, &[(5, 2), (7, 3), (1, 4), (0, 4)])
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
        let busy = verdict.headline == wording::busy(&WORDS, run).headline;
        if busy && run.ends() > 0 { wording::never_waits(&WORDS, run) } else { verdict }
    }

    /// Nobody could move any more: why not?
    fn standstill(day: &Day, run: &Run, loads: u32, threads: bool) -> Verdict {
        let waiting = |step: Step| day.carts.iter().filter(|cart| cart.next == step && !cart.lost).count();
        let unbegun = Step::ALL.into_iter().find(|&step| day.began(step) == 0 && waiting(step) > 0);
        let stays = day.crabs.iter().find(|crab| crab.left.is_none()).map_or("?", |crab| &crab.name);
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
            _ => wording::standstill(
                &WORDS,
                run,
                day.burnt(),
                loads,
                &Step::ALL.map(|step| (waiting(step), step.waits())),
            ),
        }
    }

    /// As many loads as were asked for, on the books and in the fire; and all the carts.
    fn the_books_balance(evening: &Evening, run: &Run, loads: u32) -> Judged {
        let (day, reported) = (&evening.day, evening.reported.unwrap_or_default());
        let away = |cart: &&super::books::CartLine| !cart.lost && (!cart.reported || cart.next != Step::Load);
        let burnt = day.burnt();
        match day.carts.iter().filter(away).count() {
            _ if day.carts.iter().any(|cart| cart.lost && cart.next != Step::Load) => Err(lost(day, run, loads)),
            1.. => Err(wording::report_too_early(&WORDS, run, day.carts.len())),
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
            false => wording::lost_carts(&WORDS, run, count, next.waits().1, name),
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
        [(8, 4), (3, 1), (5, 2), (1, 4), (0, 4)]
            .iter()
            .try_for_each(|&(loads, carts)| with_threads(yours, loads, carts))
    }

    fn with_threads(yours: Multicore, loads: u32, carts: usize) -> Judged {
        let recorder = Recorder::default();
        let ground = Threads::new(&recorder, loads, carts);
        let (yard, books) = (ground.yard(), ground.books().clone());
        let ended = see(&WORDS, &recorder, move || {
            let tally = yours(&yard, loads, carts);
            books.close(Some(tally))
        });
        let seen = ended.map_err(|verdict| asleep(verdict, &ground, &recorder, loads))?;
        let (run, evening) = (&seen.run, &seen.returned);
        the_books_balance(evening, run, loads)?;
        still::wait(Patience::Short);
        let later = ground.books().over();
        if Step::ALL.iter().any(|&step| later.began(step) != evening.day.began(step)) {
            return Err(wording::left_behind(&WORDS, &recorder.run(WORDS.page)));
        }
        if let Some(crab) = later.crabs.iter().find(|crab| crab.left.is_none()) {
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

    fn asleep(verdict: Verdict, ground: &Threads, recorder: &Recorder, loads: u32) -> Verdict {
        let run = recorder.run(WORDS.page);
        if verdict.headline != wording::asleep(&WORDS, &run).headline {
            return verdict;
        }
        standstill(&ground.books().close(None).day, &run, loads, true)
    }

    /// Every crab is moved by one thread, and no thread moves two.
    fn a_thread_each(day: &Day, run: &Run) -> Judged {
        let crabs: Vec<&CrabLine> = day.crabs.iter().filter(|crab| !crab.trades().is_empty()).collect();
        for (index, crab) in crabs.iter().enumerate() {
            let also = crabs[..index].iter().find(|other| other.threads.iter().any(|id| crab.threads.contains(id)));
            if let Some(also) = also {
                return Err(wording::one_thread_for_two(&WORDS, run, &also.name, &crab.name));
            }
        }
        Ok(())
    }
}
