//! The machine under the floor: futures that somebody has to poll, and wakers that say when.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use probes::Words;

const WORDS: Words = Words {
    page: "ch05-executor",
    task: "task",
    tasks: "tasks",
    worker: "worker",
    workers: "workers",
    work: "a poll",
    results: "outputs",
};

// ANCHOR: task
/// A future in a box: it can be moved about, handed to another thread, and polled.
pub type Task<T> = Pin<Box<dyn Future<Output = T> + Send>>;
// ANCHOR_END: task

// ANCHOR: reference
/// The plain loop: asks every task again and again, until all are finished. Right, and never asleep.
pub fn reference<T>(mut tasks: Vec<Task<T>>) -> Vec<T> {
    let mut outputs: Vec<Option<T>> = tasks.iter().map(|_| None).collect();
    // A waker that wakes nobody.
    let mut context = Context::from_waker(Waker::noop());
    while outputs.iter().any(Option::is_none) {
        for (task, output) in tasks.iter_mut().zip(&mut outputs).filter(|(_, output)| output.is_none()) {
            if let Poll::Ready(ready) = task.as_mut().poll(&mut context) {
                *output = Some(ready);
            }
        }
    }
    outputs.into_iter().flatten().collect()
}
// ANCHOR_END: reference

// ANCHOR: block_on
/// An executor for one task: polls it, and sleeps until it was woken.
pub fn block_on<T>(mut task: Task<T>) -> T {
    let waker = Waker::from(Arc::new(Bell(thread::current())));
    loop {
        match task.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            // Sleeps until somebody unparks this thread; not at all if they did so since it last slept.
            Poll::Pending => thread::park(),
        }
    }
}

struct Bell(Thread);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
// ANCHOR_END: block_on

/// A gate that lets one task through each time it is opened. Clones are the same gate.
#[derive(Clone, Default)]
pub struct Gate(Arc<Mutex<Latch>>);

#[derive(Default)]
struct Latch {
    open: bool,
    waiting: Option<Waker>,
}

// ANCHOR: gate
impl Gate {
    /// Waits until the gate is open, and shuts it behind itself.
    pub async fn pass(&self) {
        poll_fn(|context| {
            let mut latch = self.latch();
            if latch.open {
                latch.open = false;
                return Poll::Ready(());
            }
            latch.waiting = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Opens the gate, and wakes the task that waits there.
    pub fn open(&self) {
        let mut latch = self.latch();
        latch.open = true;
        let waiting = latch.waiting.take();
        // Whoever is woken may come at once, so let go of the latch first.
        drop(latch);
        waiting.into_iter().for_each(Waker::wake);
    }
}
// ANCHOR_END: gate

impl Gate {
    fn latch(&self) -> MutexGuard<'_, Latch> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gate({})", if self.latch().open { "open" } else { "shut" })
    }
}

/// Lets the others have a turn: wakes its own task, and is ready at the next poll.
pub async fn step_aside() {
    let mut aside = false;
    poll_fn(|context| {
        if aside {
            return Poll::Ready(());
        }
        aside = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

pub mod house {
    //! Tasks that are looked on: who polled them, who woke them, and when.

    use std::future::poll_fn;
    use std::pin::Pin;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, ThreadId};

    use probes::seen::{Hung, see_or};
    use probes::{Lane, Recorder, Run, Seen, Verdict, wording};

    use super::{Task, WORDS};

    /// Where tasks live. Clones are the same house.
    #[derive(Clone, Debug, Default)]
    pub struct House {
        recorder: Recorder,
        state: Arc<Mutex<State>>,
    }

    #[derive(Debug, Default)]
    struct State {
        names: Vec<&'static str>,
        facts: Vec<Facts>,
        log: Vec<Event>,
        /// The one thread that may poll here, if there is only one.
        caller: Option<ThreadId>,
        kept: Vec<Waker>,
        restless: bool,
        /// Whether polls are only written down.
        lets_all_in: bool,
        /// Whether a worker may be free while a waker is called.
        free_workers: bool,
    }

    /// What is known of one task.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Facts {
        pub polls: usize,
        pub in_poll: bool,
        pub finished: bool,
        /// Calls of its waker that have not come back yet.
        pub ringing: usize,
        /// Calls of its waker that have come back since its last poll began …
        pub rung: usize,
        /// … one of them, while that poll was running.
        pub rung_in_poll: bool,
        /// How many wakes its last poll was the answer to.
        pub answered: usize,
        /// Polls that wakes before the last one may still bring, because a worker may have noticed each by itself.
        pub spare: usize,
    }

    /// What a poll may be accused of before it begins.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Fault {
        TwoAtOnce,
        Finished,
        /// Nobody has woken the task since its last poll.
        NotWoken,
        /// Nobody has; but its last poll was the answer to several wakes.
        Answered,
    }

    /// One line of the log.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Event {
        Polled(usize),
        Said { task: usize, ready: bool },
        Woken(usize),
    }

    impl Facts {
        /// A poll begins. A wake justifies one poll if its call has not come back when the poll before
        /// begins: an executor cannot have noticed it sooner than it was called. Of several wakes one poll is the
        /// answer, unless `each`: a free worker may take the number between two of them, and poll later than both.
        ///
        /// # Errors
        ///
        /// The fault, if this poll should not be.
        pub fn begin(&mut self, each: bool) -> Result<(), Fault> {
            let woken = self.rung + self.ringing > 0;
            let due = self.polls == 0 || woken || self.spare > 0;
            let spare = match woken {
                true if each => self.spare + self.rung.saturating_sub(1),
                true => self.spare,
                false => self.spare.saturating_sub(1),
            };
            let fault = match self {
                _ if self.in_poll => Some(Fault::TwoAtOnce),
                _ if self.finished => Some(Fault::Finished),
                _ if !due && self.answered > 1 => Some(Fault::Answered),
                _ if !due => Some(Fault::NotWoken),
                _ => None,
            };
            let (polls, answered) = (self.polls + 1, self.rung);
            *self = Facts { polls, answered, spare, in_poll: true, rung: 0, rung_in_poll: false, ..*self };
            fault.map_or(Ok(()), Err)
        }

        pub fn end(&mut self, finished: bool) {
            (self.in_poll, self.finished) = (false, finished);
        }

        pub fn ring_begins(&mut self) {
            self.ringing += 1;
            self.rung_in_poll |= self.in_poll;
        }

        pub fn ring_ends(&mut self) {
            self.ringing -= 1;
            self.rung += 1;
        }
    }

    impl House {
        /// A house that stops nobody: to look at any run.
        pub fn that_lets_all_in() -> House {
            let house = House::default();
            house.state().lets_all_in = true;
            house
        }

        pub fn recorder(&self) -> &Recorder {
            &self.recorder
        }

        /// A task whose every poll and every wake is seen.
        pub fn task(&self, name: &'static str, future: impl Future<Output = char> + Send + 'static) -> Task<char> {
            let mut state = self.state();
            state.names.push(name);
            state.facts.push(Facts::default());
            let (lane, index) = (self.recorder.task(name), state.facts.len() - 1);
            Box::pin(SeenTask { house: self.clone(), lane, index, future: Box::pin(future) })
        }

        /// From now on, only this thread may poll.
        pub fn only_here(&self) {
            self.state().caller = Some(thread::current().id());
        }

        /// A worker may be free while a waker is called; `false`: from now on, every worker is in a poll then.
        pub(super) fn has_free_workers(&self, free: bool) {
            self.state().free_workers = free;
        }

        /// Keeps the waker of the task that awaits this.
        pub async fn keep_waker(&self) {
            poll_fn(|context| {
                self.state().kept.push(context.waker().clone());
                Poll::Ready(())
            })
            .await
        }

        /// Calls all wakers that were kept.
        pub fn ring_the_kept(&self) {
            let kept = self.state().kept.clone();
            kept.iter().for_each(Waker::wake_by_ref);
        }

        /// A thread did not sleep although there was nothing to poll: the next poll ends the run.
        pub(super) fn restless(&self) {
            self.state().restless = true;
        }

        pub fn facts(&self) -> Vec<Facts> {
            self.state().facts.clone()
        }

        /// Runs code that has tasks of this house; where it does not come to its end, the house tells why.
        pub(super) fn see<T: Send + 'static>(
            &self,
            code: impl FnOnce() -> T + Send + 'static,
        ) -> Result<Seen<T>, Verdict> {
            see_or(&WORDS, &self.recorder, |hung, run| self.why(hung, run), code)
        }

        /// Why nothing moves, when every thread sleeps.
        fn why(&self, hung: Hung, run: &Run) -> Option<Verdict> {
            if hung == Hung::Busy {
                return None;
            }
            let state = self.state();
            let find = |wanted: fn(&Facts) -> bool| state.facts.iter().position(wanted).map(|at| state.names[at]);
            if let Some(name) = find(|task| task.ringing > 0) {
                return Some(wording::wake_never_came_back(&WORDS, run, name));
            }
            if let Some(name) = find(|task| !task.finished && task.rung > 0 && task.rung_in_poll) {
                return Some(wording::lost_in_poll(&WORDS, run, name));
            }
            if let Some(name) = find(|task| !task.finished && task.rung > 0) {
                return Some(wording::woken_in_vain(&WORDS, run, name));
            }
            if state.facts.iter().all(|task| task.finished) {
                return Some(wording::nobody_told(&WORDS, run));
            }
            let (unpolled, waiting) = (find(|task| task.polls == 0)?, find(|task| task.polls > 0 && !task.finished)?);
            Some(wording::never_polled(&WORDS, run, unpolled, waiting))
        }

        /// The run poll by poll, as one thread sees it: the queue, the tasks, the wakers.
        pub fn loupe(&self) -> String {
            let state = self.state();
            let names = |of: &[usize]| of.iter().map(|&task| state.names[task]).collect::<Vec<_>>().join(" ");
            let (mut queue, mut woken): (Vec<usize>, Vec<usize>) = ((0..state.names.len()).collect(), vec![]);
            let mut out = format!("  {:<6}{:<9}{:<7}{:<9}{}\n", "poll", "says", "wakes", "queue", "asleep");
            let mut finished = vec![];
            for event in &state.log {
                match *event {
                    Event::Polled(task) => queue.retain(|&other| other != task),
                    Event::Woken(task) => {
                        woken.push(task);
                        if !queue.contains(&task) && !finished.contains(&task) {
                            queue.push(task);
                        }
                    }
                    Event::Said { task, ready } => {
                        if ready {
                            finished.push(task);
                        }
                        let elsewhere = |task: &usize| !queue.contains(task) && !finished.contains(task);
                        let asleep: Vec<_> = (0..state.names.len()).filter(elsewhere).collect();
                        let says = if ready { "ready" } else { "pending" };
                        let line = format!(
                            "  {:<6}{says:<9}{:<7}{:<9}{}",
                            state.names[task],
                            names(&woken),
                            names(&queue),
                            names(&asleep)
                        );
                        out += &format!("{}\n", line.trim_end());
                        woken.clear();
                    }
                }
            }
            out
        }

        fn begin(&self, index: usize, lane: &Lane) {
            let mut state = self.state();
            let name = state.names[index];
            let elsewhere = state.caller.is_some_and(|caller| caller != thread::current().id());
            let restless = state.restless;
            let each = state.free_workers;
            let begun =
                state.facts[index].begin(each).or_else(|fault| if state.lets_all_in { Ok(()) } else { Err(fault) });
            state.log.push(Event::Polled(index));
            // A verdict unwinds this thread, and others may still want to look.
            drop(state);
            let stop = |verdict: fn(&probes::Words, &Run, &str) -> Verdict| {
                lane.recorder().stop(|run| verdict(&WORDS, run, name))
            };
            match begun {
                _ if restless => lane.recorder().stop(|run| wording::never_slept(&WORDS, run)),
                _ if elsewhere => stop(|words, run, _| wording::polled_elsewhere(words, run)),
                Err(Fault::TwoAtOnce) => stop(wording::polled_by_two),
                Err(Fault::Finished) => stop(wording::polled_after_its_end),
                Err(Fault::NotWoken) => stop(wording::polled_unwoken),
                Err(Fault::Answered) => stop(wording::polled_once_more),
                Ok(()) => {}
            }
        }

        fn end(&self, index: usize, ready: bool) {
            let mut state = self.state();
            state.facts[index].end(ready);
            state.log.push(Event::Said { task: index, ready });
        }

        fn state(&self) -> MutexGuard<'_, State> {
            self.state.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// A task that is looked on.
    struct SeenTask {
        house: House,
        lane: Lane,
        index: usize,
        future: Task<char>,
    }

    impl Future for SeenTask {
        type Output = char;

        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<char> {
            let step = self.lane.step();
            self.house.begin(self.index, &self.lane);
            let ring = Ring { house: self.house.clone(), index: self.index, theirs: context.waker().clone() };
            let waker = Waker::from(Arc::new(ring));
            let answer = self.future.as_mut().poll(&mut Context::from_waker(&waker));
            self.house.end(self.index, answer.is_ready());
            drop(step);
            if answer.is_ready() {
                self.lane.finish();
            }
            answer
        }
    }

    /// The executor's own waker, and a note of every call.
    struct Ring {
        house: House,
        index: usize,
        theirs: Waker,
    }

    impl Wake for Ring {
        fn wake(self: Arc<Self>) {
            let mut state = self.house.state();
            state.facts[self.index].ring_begins();
            state.log.push(Event::Woken(self.index));
            drop(state);
            // What happens in here is the executor's business.
            self.theirs.wake_by_ref();
            self.house.state().facts[self.index].ring_ends();
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_poll_needs_a_wake_of_its_own() {
            let mut task = Facts::default();
            assert_eq!(task.begin(false), Ok(()));
            assert_eq!(task.begin(false), Err(Fault::TwoAtOnce));
            task.end(false);
            assert_eq!(task.begin(false), Err(Fault::NotWoken));
            task.end(false);
            (0..2).for_each(|_| (task.ring_begins(), task.ring_ends()).1);
            assert_eq!(task.begin(false), Ok(()));
            task.end(false);
            assert_eq!(task.begin(false), Err(Fault::Answered));
            task.end(false);
            // A poll that answers one wake is no answer to several.
            task.ring_begins();
            task.ring_ends();
            assert_eq!(task.begin(false), Ok(()));
            task.end(false);
            assert_eq!(task.begin(false), Err(Fault::NotWoken));
        }

        /// The number was taken after the first wake, and queued once more at the second; then the polls came.
        #[test]
        fn where_a_worker_is_free_each_wake_may_bring_a_poll() {
            let mut task = Facts { polls: 1, ..Facts::default() };
            (0..3).for_each(|_| (task.ring_begins(), task.ring_ends()).1);
            for due in [Ok(()), Ok(()), Ok(()), Err(Fault::NotWoken)] {
                assert_eq!(task.begin(true), due);
                task.end(false);
            }
        }

        /// The waker was called and has not come back: the executor may have been quicker.
        #[test]
        fn a_wake_counts_from_its_call() {
            let mut task = Facts { polls: 1, ..Facts::default() };
            task.ring_begins();
            assert_eq!(task.begin(false), Ok(()));
            task.ring_ends();
            task.end(true);
            assert_eq!(task.begin(false), Err(Fault::Finished));
        }
    }
}

pub mod check {
    //! Polled when woken, and not otherwise; asleep when there is nothing to poll; outputs in order.

    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread::{self, ThreadId};

    use super::house::House;
    use super::{Gate, Task, WORDS, step_aside};
    use probes::crew::{Apart, Outcome};
    use probes::still::{self, End, Patience};
    use probes::{Crew, Seen, Verdict, wording};
    pub use probes::{Judged, alone};

    type Tasks = Vec<Task<char>>;
    type Yours = Arc<dyn Fn(Tasks) -> Vec<char> + Send + Sync>;
    type Scene = fn(&House) -> Tasks;

    const NAMES: [&str; 4] = ["a", "b", "c", "d"];
    const OUTPUTS: [char; 4] = ['A', 'B', 'C', 'D'];

    /// Tasks that wait for each other, that are woken twice, in their own poll, from outside, and after their
    /// end; then one task, then none. All on one thread.
    pub fn interleaved(yours: fn(Vec<Task<char>>) -> Vec<char>) -> Judged {
        let yours: Yours = Arc::new(yours);
        let scenes = [relay, woken_twice, gives_way, woken_in_poll, woken_from_outside, woken_too_late, one, none];
        scenes.iter().try_for_each(|&scene| act(&yours, scene, true).map(drop))
    }

    fn act(yours: &Yours, scene: Scene, one_thread: bool) -> Result<Seen<Vec<char>>, Verdict> {
        let (house, yours) = (House::default(), yours.clone());
        let (tasks, living) = (scene(&house), house.clone());
        if !one_thread {
            house.has_free_workers(true);
        }
        let due = &OUTPUTS[..tasks.len()];
        let seen = house.see(move || {
            if one_thread {
                living.only_here();
            }
            let outputs = yours(tasks);
            // A waker may be called at any time: also when nobody is at home any more.
            living.ring_the_kept();
            outputs
        })?;
        seen.returned(due)?;
        Ok(seen)
    }

    /// a waits for b, and b for c: the last one is finished first.
    fn relay(house: &House) -> Tasks {
        let [to_a, to_b] = gates();
        let (opens_a, opens_b) = (to_a.clone(), to_b.clone());
        vec![
            house.task("a", async move {
                to_a.pass().await;
                'A'
            }),
            house.task("b", async move {
                to_b.pass().await;
                opens_a.open();
                'B'
            }),
            house.task("c", async move {
                opens_b.open();
                'C'
            }),
        ]
    }

    /// b wakes a twice, and a has to wait once more after that. Each waits for the other, so that this is the
    /// order in every executor.
    fn woken_twice(house: &House) -> Tasks {
        let [to_b, to_a, to_c, to_a_again] = gates();
        let (b, a, c, again) = (to_b.clone(), to_a.clone(), to_c.clone(), to_a_again.clone());
        let (keeps, rings) = (house.clone(), house.clone());
        vec![
            house.task("a", async move {
                keeps.keep_waker().await;
                to_b.open();
                a.pass().await;
                to_c.open();
                again.pass().await;
                'A'
            }),
            house.task("b", async move {
                b.pass().await;
                to_a.open();
                rings.ring_the_kept();
                'B'
            }),
            house.task("c", async move {
                c.pass().await;
                to_a_again.open();
                'C'
            }),
        ]
    }

    /// How often a task may be polled while another one that was woken gets nothing.
    const PATIENT: usize = 100;

    /// a wakes itself in its own poll, until b has had its turn.
    fn gives_way(house: &House) -> Tasks {
        let (to_b, had_its_turn) = (Gate::default(), Arc::new(AtomicBool::new(false)));
        let (b, b_had_its_turn, recorder) = (to_b.clone(), had_its_turn.clone(), house.recorder().clone());
        vec![
            house.task("a", async move {
                to_b.open();
                step_aside().await;
                for _ in 0..PATIENT {
                    if had_its_turn.load(SeqCst) {
                        return 'A';
                    }
                    step_aside().await;
                }
                recorder.stop(|run| wording::starved(&WORDS, run, "b", "a", PATIENT))
            }),
            house.task("b", async move {
                b.pass().await;
                b_had_its_turn.store(true, SeqCst);
                'B'
            }),
        ]
    }

    /// The only task is woken by another thread, in the middle of its poll.
    fn woken_in_poll(house: &House) -> Tasks {
        let (to_a, house_of_a) = (Gate::default(), house.clone());
        vec![house.task("a", async move {
            house_of_a.keep_waker().await;
            let (opens_a, house) = (to_a.clone(), house_of_a.clone());
            let elsewhere = thread::spawn(move || {
                house.ring_the_kept();
                opens_a.open();
            });
            let _ = elsewhere.join();
            step_aside_without_a_wake().await;
            to_a.pass().await;
            'A'
        })]
    }

    /// Pending once; it was woken already.
    async fn step_aside_without_a_wake() {
        let mut aside = false;
        std::future::poll_fn(|_| match std::mem::replace(&mut aside, true) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        })
        .await
    }

    /// Another thread opens both gates, the second one first, each when everybody sleeps.
    fn woken_from_outside(house: &House) -> Tasks {
        let [to_a, to_b] = gates();
        let (at_a, comes) = channel();
        let at_b = at_a.clone();
        open_when_all_sleep(house, comes, vec![(2, to_b.clone()), (1, to_a.clone())]);
        vec![
            house.task("a", async move {
                let _ = at_a.send(());
                to_a.pass().await;
                'A'
            }),
            house.task("b", async move {
                let _ = at_b.send(());
                to_b.pass().await;
                let _ = at_b.send(());
                'B'
            }),
        ]
    }

    /// For each gate: waits until so many have said that they come, and until everybody sleeps; then opens it. At
    /// the first, it also asks that nobody naps and looks again.
    fn open_when_all_sleep(house: &House, comes: Receiver<()>, gates: Vec<(usize, Gate)>) {
        let house = house.clone();
        thread::spawn(move || {
            for (index, (many, gate)) in gates.into_iter().enumerate() {
                if (0..many).any(|_| comes.recv().is_err()) {
                    return;
                }
                let patience = if index == 0 { Patience::Calm } else { Patience::Short };
                if still::wait_until(patience, || false) != End::Still && still::can_tell() {
                    house.restless();
                }
                gate.open();
            }
        });
    }

    /// c calls the waker of b twice when b is finished, or about to be.
    fn woken_too_late(house: &House) -> Tasks {
        let [to_a, to_c] = gates();
        let (opens_a, opens_c) = (to_a.clone(), to_c.clone());
        let (keeps, rings) = (house.clone(), house.clone());
        vec![
            house.task("a", async move {
                to_a.pass().await;
                'A'
            }),
            house.task("b", async move {
                keeps.keep_waker().await;
                opens_c.open();
                'B'
            }),
            house.task("c", async move {
                to_c.pass().await;
                rings.ring_the_kept();
                rings.ring_the_kept();
                opens_a.open();
                'C'
            }),
        ]
    }

    /// Both workers sleep, and another thread opens both gates in a row; then the poll of a ends only when b is
    /// finished.
    fn woken_together(house: &House) -> Tasks {
        let [to_a, to_b] = gates();
        let (opens_a, opens_b) = (to_a.clone(), to_b.clone());
        let (at_a, comes) = channel();
        let at_b = at_a.clone();
        thread::spawn(move || {
            if (0..2).any(|_| comes.recv().is_err()) {
                return;
            }
            still::wait(Patience::Short);
            opens_a.open();
            opens_b.open();
        });
        let others = house.clone();
        vec![
            house.task("a", async move {
                let _ = at_a.send(());
                to_a.pass().await;
                if still::wait_until(Patience::Long, || others.facts()[1].finished) != End::Done {
                    others.recorder().stop(|run| wording::stood_behind(&WORDS, run, "b", "a"));
                }
                'A'
            }),
            house.task("b", async move {
                let _ = at_b.send(());
                to_b.pass().await;
                'B'
            }),
        ]
    }

    fn one(house: &House) -> Tasks {
        vec![house.task("a", async { 'A' })]
    }

    fn none(_: &House) -> Tasks {
        vec![]
    }

    fn gates<const N: usize>() -> [Gate; N] {
        std::array::from_fn(|_| Gate::default())
    }

    /// Tasks that are woken from outside while two workers sleep; then two workers, four, one, and more than there
    /// are tasks; a long poll; wakes in the middle of a poll; then the scenes of `interleaved` that hold for
    /// several threads; and two tasks that are woken together.
    pub fn multicore(yours: fn(Vec<Task<char>>, usize) -> Vec<char>) -> Judged {
        let [one, two]: [Yours; 2] = [1, 2].map(|workers| -> Yours { Arc::new(move |tasks| yours(tasks, workers)) });
        act(&two, woken_from_outside, false)?;
        for (workers, tasks) in [(2, 4), (4, 4), (1, 4), (4, 2)] {
            together(yours, workers, tasks)?;
        }
        // With a second worker, the one who has b in hand may be slow, and a is rightly polled meanwhile.
        act(&one, gives_way, false)?;
        let scenes = [long_poll, in_one_hand, woken_while_all_are_busy, relay, woken_in_poll, woken_too_late, none];
        scenes.iter().try_for_each(|&scene| act(&two, scene, false).map(drop))?;
        // Who of the two comes first is for the system to say: often enough for both.
        (0..8).try_for_each(|_| act(&two, woken_together, false).map(drop))
    }

    /// As many workers inside polls at once as were given.
    fn together(yours: fn(Vec<Task<char>>, usize) -> Vec<char>, workers: usize, tasks: usize) -> Judged {
        let hands = Arc::new(Hands::of(workers.min(tasks)));
        let house = House::default();
        let all = (0..tasks).map(|index| house.task(NAMES[index], eager(index, hands.clone()))).collect();
        let seeing = hands.clone();
        let seen = house.see(move || {
            seeing.at_rest();
            yours(all, workers)
        })?;
        seen.returned(&OUTPUTS[..tasks])?;
        hands.together(&seen)?;
        seen.nothing_left_behind(house.recorder())
    }

    /// Finished at its first poll. The first task takes longest, whoever polls it: until nobody else can move.
    async fn eager(index: usize, hands: Arc<Hands>) -> char {
        hands.visit();
        if index == 0 {
            still::wait(Patience::Short);
        }
        OUTPUTS[index]
    }

    /// The crew, and what else tells why workers were not together.
    struct Hands {
        crew: Crew,
        caller: std::sync::OnceLock<ThreadId>,
        /// The threads beside this one before the code began, and the most beside one in a poll.
        before: AtomicUsize,
        beside: AtomicUsize,
    }

    impl Hands {
        fn of(need: usize) -> Hands {
            let (before, beside) = (AtomicUsize::new(0), AtomicUsize::new(0));
            Hands { crew: Crew::of(need), caller: std::sync::OnceLock::new(), before, beside }
        }

        fn at_rest(&self) {
            let _ = self.caller.set(thread::current().id());
            self.before.store(fewest_others(|_| false), SeqCst);
        }

        fn visit(&self) {
            self.crew.visit();
            // On another thread than the caller's, the caller's is one of the others.
            let mine = usize::from(self.caller.get() != Some(&thread::current().id()));
            if let Outcome::Fewer { inside: 1, .. } = self.crew.outcome() {
                // Who is kept out stays.
                let before = self.before.load(SeqCst);
                self.beside.fetch_max(fewest_others(|others| others <= before + mine).saturating_sub(mine), SeqCst);
            }
        }

        /// Where one thread did everything: whether others were there, which a lock kept out for good.
        fn together(&self, seen: &Seen<Vec<char>>) -> Judged {
            let alone = Outcome::Fewer { inside: 1, apart: Apart::NoOther };
            if self.crew.outcome() != alone || seen.on_one_thread().is_ok() {
                return seen.together(&self.crew);
            }
            match self.beside.load(SeqCst) > self.before.load(SeqCst) {
                true => Err(wording::kept_out(&WORDS, &seen.run)),
                false => Err(wording::one_started_worker(&WORDS, &seen.run, self.crew.need())),
            }
        }
    }

    /// How many other threads there are, until that is `enough` or nobody else can move. The least of all counts:
    /// who has been joined, or has only looked on, may take a moment to be gone.
    fn fewest_others(enough: impl Fn(usize) -> bool) -> usize {
        let mut fewest = usize::MAX;
        still::wait_until(Patience::Short, || {
            fewest = fewest.min(still::others().unwrap_or(0));
            enough(fewest)
        });
        fewest
    }

    /// The poll of a ends only when all the others are finished.
    fn long_poll(house: &House) -> Tasks {
        let others = house.clone();
        let mut tasks = vec![house.task("a", async move {
            let finished = || others.facts()[1..].iter().all(|task| task.finished);
            if still::wait_until(Patience::Long, finished) != End::Done {
                let left = others.facts()[1..].iter().position(|task| !task.finished).map_or("a", |at| NAMES[at + 1]);
                others.recorder().stop(|run| wording::stood_behind(&WORDS, run, left, "a"));
            }
            'A'
        })];
        tasks.extend((1..4).map(|index| house.task(NAMES[index], async move { OUTPUTS[index] })));
        tasks
    }

    /// b wakes a twice while both workers are in polls, b in one hand and c in the other: so nobody can take a in
    /// between, and one poll is the answer to both. After that poll, a has to wait once more.
    fn woken_while_all_are_busy(house: &House) -> Tasks {
        let [to_b, to_a] = gates();
        let (at_a, comes) = channel();
        open_when_all_sleep(house, comes, vec![(1, to_a.clone())]);
        let (keeps, rings, looks) = (house.clone(), house.clone(), house.clone());
        let opens_b = to_b.clone();
        vec![
            house.task("a", async move {
                keeps.keep_waker().await;
                opens_b.open();
                step_aside_without_a_wake().await;
                let _ = at_a.send(());
                to_a.pass().await;
                'A'
            }),
            house.task("b", async move {
                to_b.pass().await;
                let both_are_in_polls = || {
                    let [a, b, c] = rings.facts()[..] else { return false };
                    !a.in_poll && b.in_poll && c.in_poll
                };
                if still::wait_until(Patience::Long, both_are_in_polls) == End::Done {
                    rings.has_free_workers(false);
                }
                rings.ring_the_kept();
                rings.ring_the_kept();
                'B'
            }),
            house.task("c", async move {
                // Until a was woken, or nobody else can move: then another worker had both.
                still::wait_until(Patience::Long, || looks.facts()[0].rung >= 2);
                'C'
            }),
        ]
    }

    /// a is woken twice in the middle of its poll, which goes on until nobody else can move; it is pending then, and
    /// has to wait once more after that.
    fn in_one_hand(house: &House) -> Tasks {
        let [to_a, to_b] = gates();
        let (at_a, comes) = channel();
        let at_b = at_a.clone();
        open_when_all_sleep(house, comes, vec![(2, to_b.clone()), (1, to_a.clone())]);
        let wakers = house.clone();
        vec![
            house.task("a", async move {
                wakers.keep_waker().await;
                wakers.ring_the_kept();
                wakers.ring_the_kept();
                still::wait(Patience::Short);
                step_aside_without_a_wake().await;
                let _ = at_a.send(());
                to_a.pass().await;
                'A'
            }),
            house.task("b", async move {
                let _ = at_b.send(());
                to_b.pass().await;
                let _ = at_b.send(());
                'B'
            }),
        ]
    }
}
