//! The search box: keys that come in at any moment, and a dictionary that takes long to search.

use std::fmt;
use std::sync::Arc;

use probes::Words;

const WORDS: Words = Words {
    page: "ch03-search",
    task: "search",
    tasks: "searches",
    worker: "worker",
    workers: "workers",
    work: "a scan",
    results: "hits",
};

/// A key of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Letter(char),
    /// Takes the last letter away.
    Back,
}

impl Key {
    /// Does to the text what the key does.
    pub fn edit(self, text: &mut String) {
        match self {
            Key::Letter(letter) => text.push(letter),
            Key::Back => drop(text.pop()),
        }
    }
}

/// A word of the dictionary. A clone is the same word.
pub type Word = Arc<str>;

/// A big dictionary, cut into chunks (at least one). A clone is the same dictionary.
#[derive(Clone)]
pub struct Dict(Arc<dyn Pages>);

/// What a dictionary is made of.
pub trait Pages: Send + Sync + 'static {
    fn chunks(&self) -> usize;
    fn scan(&self, chunk: usize, text: &str) -> Vec<Word>;
}

impl Dict {
    pub fn new(pages: impl Pages) -> Dict {
        Dict(Arc::new(pages))
    }

    pub fn chunks(&self) -> usize {
        self.0.chunks()
    }

    /// Looks at every word of one chunk, and returns those that are hits for `text`.
    ///
    /// It computes, and keeps its thread until it is done.
    pub fn scan(&self, chunk: usize, text: &str) -> Vec<Word> {
        self.0.scan(chunk, text)
    }
}

/// The screen with the search box. A clone is the same screen.
#[derive(Clone)]
pub struct Screen(Arc<dyn Glass>);

/// What a screen is made of.
pub trait Glass: Send + Sync + 'static {
    fn echo(&self, text: &str);
    fn show(&self, hits: &[Word]);
}

impl Screen {
    pub fn new(glass: impl Glass) -> Screen {
        Screen(Arc::new(glass))
    }

    /// Draws the text in the box, after every key.
    pub fn echo(&self, text: &str) {
        self.0.echo(text);
    }

    /// Draws all hits for the text that is in the box, in the order of the dictionary.
    pub fn show(&self, hits: &[Word]) {
        self.0.show(hits);
    }
}

/// The plain loop: a key, its echo, its whole search, and only then the next key. The last hits are right, and the
/// box freezes.
pub fn reference(keys: impl IntoIterator<Item = Key>, dict: &Dict, screen: &Screen) {
    let mut text = String::new();
    for key in keys {
        key.edit(&mut text);
        screen.echo(&text);
        screen.show(&search(dict, &text));
    }
}

/// All hits for `text`, in the order of the dictionary.
pub fn search(dict: &Dict, text: &str) -> Vec<Word> {
    (0..dict.chunks()).flat_map(|chunk| dict.scan(chunk, text)).collect()
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Letter(letter) => write!(f, "`{letter}`"),
            Key::Back => f.write_str("Back"),
        }
    }
}

impl fmt::Debug for Dict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dict({} chunks)", self.chunks())
    }
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Screen")
    }
}

pub mod desk {
    //! A desk with a keyboard, a dictionary and a screen that write down what happens, and a script for the keys.

    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::thread::{self, ThreadId};

    use probes::{Lane, Recorder, wording};
    use tokio::task::{Id, try_id};

    use super::{Key, WORDS, Word};

    /// When something happens at the keyboard.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum When {
        /// Before anything else.
        First,
        /// While the nth chunk is scanned for this text.
        During(&'static str, usize),
        /// When everything has come to rest.
        AtRest,
    }

    /// What happens at the keyboard: a key is pressed, or nobody will press one any more (`None`).
    pub type Script = &'static [(When, Option<Key>)];

    /// What happened at the desk.
    #[derive(Clone, Debug)]
    pub enum Event {
        /// A key is pressed. It waits in the keyboard until somebody lets it in.
        Pressed,
        /// It is in the channel, where the code can take it.
        Arrived(Key),
        Scan {
            text: String,
            /// The task of the runtime that scans.
            task: Option<Id>,
            /// How often the code had been polled.
            polls: usize,
        },
        Echo(String),
        Show {
            hits: Vec<Word>,
            task: Option<Id>,
        },
        /// Everything that could happen has happened.
        AtRest,
    }

    /// The chunks of the dictionary, each with its name.
    pub const CHUNKS: [(&str, [&str; 3]); 6] = [
        ("a", ["acorn", "arrow", "avocado"]),
        ("c", ["corn", "cowl", "crow"]),
        ("d", ["dolphin", "down", "drown"]),
        ("g", ["glow", "goat", "growl"]),
        ("h", ["hollow", "horn", "howl"]),
        ("s", ["scowl", "snow", "stork"]),
    ];

    /// The words of a chunk that hold the text. The first chunk is a thick one.
    pub fn hits(chunk: usize, text: &str) -> Vec<Word> {
        let more = (0..if chunk == 0 { 40 } else { 0 }).map(|number| format!("arrow-{number}"));
        let words = CHUNKS[chunk].1.iter().map(ToString::to_string).chain(more);
        words.filter(|word| word.contains(text)).map(Word::from).collect()
    }

    /// All words that hold the text, chunk by chunk.
    pub(super) fn all_hits(text: &str) -> Vec<Word> {
        (0..CHUNKS.len()).flat_map(|chunk| hits(chunk, text)).collect()
    }

    /// What the rows of the chart are, apart from the box on the screen.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(super) enum Rows {
        Searches,
        Chunks,
    }

    /// What both desks have in common. Clones are the same desk.
    #[derive(Clone, Debug)]
    pub(super) struct Desk(Arc<Inner>);

    #[derive(Debug)]
    struct Inner {
        recorder: Recorder,
        caller: ThreadId,
        screen: Lane,
        state: Mutex<State>,
    }

    #[derive(Debug)]
    pub(super) struct State {
        pub(super) events: Vec<Event>,
        /// How often the code was polled, in all and when something last happened.
        pub(super) polls: usize,
        pub(super) polls_then: usize,
        script: VecDeque<(When, Option<Key>)>,
        rows: Rows,
        lanes: Vec<(String, Lane)>,
    }

    impl Desk {
        /// A desk for the thread that asks for it: only that one may draw on the screen.
        pub(super) fn new(recorder: &Recorder, script: Script, rows: Rows) -> Desk {
            let screen = recorder.task("box");
            let chunks = CHUNKS.iter().filter(|_| rows == Rows::Chunks);
            let lanes = chunks.map(|(name, _)| (name.to_string(), recorder.task(*name))).collect();
            let script = script.iter().copied().collect();
            let state = State { events: vec![], polls: 0, polls_then: 0, script, rows, lanes };
            let caller = thread::current().id();
            Desk(Arc::new(Inner { recorder: recorder.clone(), caller, screen, state: Mutex::new(state) }))
        }

        pub(super) fn recorder(&self) -> &Recorder {
            &self.0.recorder
        }

        pub(super) fn state(&self) -> MutexGuard<'_, State> {
            self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
        }

        pub(super) fn on_the_callers_thread(&self) -> bool {
            thread::current().id() == self.0.caller
        }

        /// The row of a scan.
        pub(super) fn lane(&self, chunk: usize, text: &str) -> Lane {
            let mut state = self.state();
            match state.rows {
                Rows::Searches => state.search(&self.0.recorder, text, false),
                Rows::Chunks => state.lanes[chunk].1.clone(),
            }
        }

        pub(super) fn echo(&self, text: &str) {
            self.draw(Event::Echo(text.into()));
            let mut state = self.state();
            if state.rows == Rows::Searches {
                let last = state.lanes.last().filter(|(last, _)| last != text);
                last.iter().for_each(|(_, given_up)| given_up.finish());
                state.search(&self.0.recorder, text, true);
            }
        }

        pub(super) fn show(&self, hits: &[Word]) {
            self.draw(Event::Show { hits: hits.to_vec(), task: try_id() });
            // More often than hits can be shown bit by bit, with no key in between: that is for ever.
            if self.state().shown_in_a_row() > CHUNKS.len() {
                self.recorder().stop(|run| wording::shown_again(&WORDS, run));
            }
            self.state().lanes.iter().for_each(|(_, done)| done.finish());
        }

        fn draw(&self, drawn: Event) {
            let _step = self.0.screen.step();
            if !self.on_the_callers_thread() {
                self.recorder().stop(|run| wording::drawn_elsewhere(&WORDS, run));
            }
            self.state().push(drawn);
        }

        /// The code has returned, and nothing moves any more.
        pub(super) fn close(&self) {
            self.0.screen.finish();
            self.state().push(Event::AtRest);
        }
    }

    impl State {
        pub(super) fn push(&mut self, event: Event) {
            self.events.push(event);
            self.polls_then = self.polls;
        }

        /// What the script has next, if its moment has come.
        pub(super) fn due(&mut self, come: impl Fn(&State, When) -> bool) -> Option<Option<Key>> {
            let &(when, key) = self.script.front()?;
            if !come(self, when) {
                return None;
            }
            self.script.pop_front();
            if key.is_some() {
                self.push(Event::Pressed);
            }
            Some(key)
        }

        /// Whether the next key takes a letter away, and so brings a text back.
        pub(super) fn goes_back(&self) -> bool {
            matches!(self.script.front(), Some((_, Some(Key::Back))))
        }

        /// What is due while this text is scanned. Code may begin to scan before the text is in the box.
        pub(super) fn due_during(&mut self, text: &str) -> Option<Option<Key>> {
            self.due(|state, when| {
                matches!(when, When::During(due, nth) if due == text && state.echoed(text) && state.scans(text) >= nth)
            })
        }

        /// What was due during the search for the text in the box, and that search is over.
        pub(super) fn due_after_all(&mut self) -> Option<Option<Key>> {
            self.due(|state, when| matches!(when, When::During(due, _) if due == state.text()))
        }

        fn scans(&self, text: &str) -> usize {
            self.count(|event| matches!(event, Event::Scan { text: scanned, .. } if scanned == text))
        }

        /// Whether the latest scan is for the text in the box, and all its other chunks have been begun since it is
        /// there.
        pub(super) fn is_last_of_its_search(&self, text: &str) -> bool {
            let since = self.events.iter().rev().take_while(|event| !matches!(event, Event::Echo(_)));
            let scans = since.filter(|event| matches!(event, Event::Scan { text: scanned, .. } if scanned == text));
            self.text() == text && scans.count() == CHUNKS.len()
        }

        pub(super) fn echoed(&self, text: &str) -> bool {
            self.count(|event| matches!(event, Event::Echo(echoed) if echoed == text)) > 0
        }

        pub(super) fn count(&self, counts: impl Fn(&Event) -> bool) -> usize {
            self.events.iter().filter(|event| counts(event)).count()
        }

        pub(super) fn echoes(&self) -> usize {
            self.count(|event| matches!(event, Event::Echo(_)))
        }

        /// Whether every key that came in is in the box, with the hits for it.
        pub(super) fn all_shown(&self) -> bool {
            let drawn = |event: &&Event| matches!(event, Event::Echo(_) | Event::Show { .. });
            let shown = self.events.iter().rev().find(drawn).is_some_and(|last| matches!(last, Event::Show { .. }));
            shown && self.echoes() == self.count(|event| matches!(event, Event::Arrived(_)))
        }

        /// How often hits were shown since the last echo.
        fn shown_in_a_row(&self) -> usize {
            let since = self.events.iter().rev().take_while(|event| !matches!(event, Event::Echo(_)));
            since.filter(|event| matches!(event, Event::Show { .. })).count()
        }

        /// The text in the box.
        pub(super) fn text(&self) -> &str {
            let echoes = self.events.iter().rev();
            echoes
                .filter_map(|event| if let Event::Echo(text) = event { Some(text) } else { None })
                .next()
                .map_or("", |text| text)
        }

        /// The row of the search for this text: a new one if there is none, or if one more search has begun.
        fn search(&mut self, recorder: &Recorder, text: &str, anew: bool) -> Lane {
            let known = self.lanes.iter().rposition(|(known, _)| known == text);
            let known = known.filter(|&place| !anew || place + 1 == self.lanes.len());
            if let Some(place) = known {
                return self.lanes[place].1.clone();
            }
            self.lanes.push((text.into(), recorder.task(if text.is_empty() { "empty" } else { text })));
            self.lanes[self.lanes.len() - 1].1.clone()
        }
    }
}

pub mod paused {
    //! A desk for one thread, in virtual time: whoever keeps the thread keeps the keys from coming in.

    use std::collections::VecDeque;
    use std::future::{Future, pending, poll_fn};
    use std::pin::pin;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::time::Duration;

    use probes::still::{self, End, Patience};
    use probes::{Recorder, wording};
    use tokio::runtime::Handle;
    use tokio::sync::Notify;
    use tokio::sync::mpsc::{Receiver, Sender, channel};
    use tokio::task::try_id;
    use tokio::time::{sleep, timeout};

    use super::desk::{CHUNKS, Desk, Event, Rows, Script, When, hits};
    use super::{Dict, Glass, Key, Pages, Screen, WORDS, Word};

    /// A desk whose keyboard is served by the same thread as the code. Clones are the same desk.
    #[derive(Clone, Debug)]
    pub struct PausedDesk {
        desk: Desk,
        /// What was pressed and is not in yet.
        pressed: Arc<Mutex<VecDeque<Option<Key>>>>,
        /// Rings when a key is pressed.
        bell: Arc<Notify>,
    }

    /// Long enough for everything that can happen to have happened.
    const ONE_HOUR: Duration = Duration::from_secs(60 * 60);
    /// Code that waits is polled a few times between two things that happen.
    const POLLS: usize = 200;

    impl PausedDesk {
        /// A desk for the thread that asks for it.
        pub fn new(recorder: &Recorder, script: Script) -> PausedDesk {
            let desk = Desk::new(recorder, script, Rows::Searches);
            let paused = PausedDesk { desk, pressed: Arc::default(), bell: Arc::default() };
            paused.press_all(|| paused.desk.state().due(|_, when| when == When::First));
            paused
        }

        pub fn dict(&self) -> Dict {
            Dict::new(self.clone())
        }

        pub fn screen(&self) -> Screen {
            Screen::new(self.clone())
        }

        /// Runs `code` beside the keyboard, and then waits until nothing moves any more. Returns what happened.
        pub async fn serve<F: Future<Output = ()>>(&self, code: impl FnOnce(Receiver<Key>) -> F) -> Vec<Event> {
            let (keys_in, keys) = channel(16);
            let mut keyboard = pin!(self.keyboard(keys_in));
            let mut code = pin!(code(keys));
            poll_fn(|cx| {
                // It never ends, and it comes first: what was pressed is in as soon as it can be.
                let _never = keyboard.as_mut().poll(cx);
                self.count_poll();
                code.as_mut().poll(cx)
            })
            .await;
            self.desk.close();
            // What was left behind has its turns.
            sleep(ONE_HOUR).await;
            self.desk.state().events.clone()
        }

        /// Lets in what is pressed. When nothing was for an hour, the script goes on.
        async fn keyboard(&self, keys: Sender<Key>) {
            loop {
                while let Some(pressed) = self.next_pressed() {
                    let Some(key) = pressed else {
                        drop(keys);
                        return pending().await;
                    };
                    self.desk.state().push(Event::Arrived(key));
                    // There is room for all keys of a script; and code that is over takes none.
                    let _ = keys.try_send(key);
                }
                if timeout(ONE_HOUR, self.bell.notified()).await.is_err() {
                    self.desk.state().push(Event::AtRest);
                    self.press(self.desk.state().due(|_, _| true));
                }
            }
        }

        fn next_pressed(&self) -> Option<Option<Key>> {
            self.pressed.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
        }

        fn press(&self, due: Option<Option<Key>>) -> bool {
            self.pressed.lock().unwrap_or_else(PoisonError::into_inner).extend(due);
            due.is_some()
        }

        fn press_all(&self, due: impl Fn() -> Option<Option<Key>>) {
            while self.press(due()) {
                self.bell.notify_one();
            }
        }

        fn count_poll(&self) {
            let mut state = self.desk.state();
            state.polls += 1;
            if state.polls > state.polls_then + POLLS {
                drop(state);
                self.desk.recorder().stop(|run| wording::asked_for_keys(&WORDS, run));
            }
        }

        /// A scan on another thread: does the loop go round meanwhile, or does it wait for that thread?
        fn scan_elsewhere(&self) -> ! {
            let polls = || self.desk.state().polls;
            let before = polls();
            self.bell.notify_one();
            let end = still::wait_until(Patience::Long, || polls() > before);
            let in_the_runtime = Handle::try_current().is_ok();
            self.desk.recorder().stop(|run| match end {
                End::Done => wording::second_thread(&WORDS, run),
                _ => wording::stood_still(&WORDS, run, in_the_runtime),
            })
        }
    }

    impl Pages for PausedDesk {
        fn chunks(&self) -> usize {
            CHUNKS.len()
        }

        fn scan(&self, chunk: usize, text: &str) -> Vec<Word> {
            let _step = self.desk.lane(chunk, text).step();
            if !self.desk.on_the_callers_thread() {
                self.scan_elsewhere();
            }
            let mut state = self.desk.state();
            let polls = state.polls;
            state.push(Event::Scan { text: text.into(), task: try_id(), polls });
            drop(state);
            self.press_all(|| self.desk.state().due_during(text));
            hits(chunk, text)
        }
    }

    impl Glass for PausedDesk {
        fn echo(&self, text: &str) {
            self.desk.echo(text);
        }

        fn show(&self, hits: &[Word]) {
            self.desk.show(hits);
        }
    }
}

pub mod threads {
    //! A desk for several threads: a key that is pressed during a scan holds that scan until it is echoed.

    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::thread;

    use crossbeam_channel::{Receiver, Sender, unbounded};
    use probes::still::{self, End, Patience};
    use probes::{Crew, Recorder, wording};

    use super::desk::{CHUNKS, Desk, Event, Rows, Script, State, When, hits};
    use super::{Dict, Glass, Key, Pages, Screen, WORDS, Word};

    /// A desk whose keys are pressed by whoever sees their moment come. Clones are the same desk.
    #[derive(Clone, Debug)]
    pub struct ThreadDesk {
        desk: Desk,
        keyboard: Arc<Mutex<Option<Sender<Key>>>>,
        keys: Receiver<Key>,
        /// How many may scan at once, and how many do.
        workers: usize,
        scanning: Arc<AtomicUsize>,
        /// Whether a scan is held until its text is in the box again.
        away: Arc<AtomicBool>,
        /// The chunk of that scan.
        old_hits: Arc<AtomicUsize>,
        crew: Option<Arc<Crew>>,
    }

    /// Whether somebody may still type.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum Keys {
        ToCome,
        Over,
    }

    impl ThreadDesk {
        /// A desk for the thread that asks for it; the rows of its chart are the searches.
        pub fn new(recorder: &Recorder, script: Script) -> ThreadDesk {
            ThreadDesk::with(Desk::new(recorder, script, Rows::Searches), None)
        }

        /// The same, and no more than these may scan at once.
        pub(super) fn for_workers(recorder: &Recorder, script: Script, workers: usize) -> ThreadDesk {
            ThreadDesk { workers, ..ThreadDesk::new(recorder, script) }
        }

        /// A desk that wants the whole crew inside the chunks; these are the rows of its chart.
        pub(super) fn with_crew(recorder: &Recorder, script: Script, crew: Arc<Crew>) -> ThreadDesk {
            ThreadDesk::with(Desk::new(recorder, script, Rows::Chunks), Some(crew))
        }

        fn with(desk: Desk, crew: Option<Arc<Crew>>) -> ThreadDesk {
            let (keyboard, keys) = unbounded();
            let keyboard = Arc::new(Mutex::new(Some(keyboard)));
            let desk = ThreadDesk {
                desk,
                keyboard,
                keys,
                workers: usize::MAX,
                scanning: Arc::default(),
                away: Arc::default(),
                old_hits: Arc::new(AtomicUsize::new(usize::MAX)),
                crew,
            };
            while let Some(key) = desk.due(|state| state.due(|_, when| when == When::First)) {
                desk.send(&mut desk.keyboard(), key);
            }
            desk
        }

        pub fn dict(&self) -> Dict {
            Dict::new(self.clone())
        }

        pub fn screen(&self) -> Screen {
            Screen::new(self.clone())
        }

        /// Whether there are keys to come, when every one so far is in the box, and so are the hits for the last text.
        pub(super) fn at_rest(&self) -> Option<Keys> {
            // Whoever is stuck may hold the keyboard.
            let over = self.keyboard.try_lock().ok()?.is_none();
            self.desk.state().all_shown().then_some(if over { Keys::Over } else { Keys::ToCome })
        }

        /// Runs `code`, with somebody at the keyboard who types whenever everything has come to rest. Returns what
        /// happened.
        pub fn serve(&self, code: impl FnOnce(&Receiver<Key>)) -> Vec<Event> {
            let typist = self.clone();
            thread::spawn(move || typist.type_at_rest());
            code(&self.keys);
            self.desk.close();
            self.desk.state().events.clone()
        }

        fn type_at_rest(&self) {
            let mut patience = Patience::Calm;
            while let Some(key) = self.due(|state| state.due(|_, when| when == When::AtRest)) {
                if still::wait_until(Patience::Long, || self.desk.state().all_shown()) != End::Done {
                    // Nobody is left who could: what is missing is found in the events.
                    drop(self.keyboard().take());
                    return;
                }
                // What waits for a key sleeps until it comes, and does not wake up to look.
                if still::wait_until(patience, || false) != End::Still && still::can_tell() {
                    // Dropped when the verdict is there, and then the code comes to its end.
                    let _closes = self.keyboard().take();
                    self.desk.recorder().stop(|run| wording::asked_for_keys(&WORDS, run));
                }
                patience = Patience::Short;
                self.desk.state().push(Event::AtRest);
                self.send(&mut self.keyboard(), key);
            }
        }

        /// Not inline, so that nobody holds the state while a key is pressed.
        fn due(&self, due: impl Fn(&mut State) -> Option<Option<Key>>) -> Option<Option<Key>> {
            due(&mut self.desk.state())
        }

        fn keyboard(&self) -> MutexGuard<'_, Option<Sender<Key>>> {
            self.keyboard.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn send(&self, keyboard: &mut Option<Sender<Key>>, key: Option<Key>) {
            let Some(key) = key else { return drop(keyboard.take()) };
            self.desk.state().push(Event::Arrived(key));
            // Code that is over takes no key.
            let _ = keyboard.as_ref().map(|keys| keys.send(key));
        }

        /// Presses what is due during this scan, and holds the scan until each key is echoed. Returns whether it
        /// held.
        fn press_during(&self, chunk: usize, text: &str) -> bool {
            // Its old hits have come in already, so it is another chunk that has to be the last.
            if self.old_hits.load(SeqCst) == chunk {
                return false;
            }
            // One at a time, or the keys would come in the wrong order.
            let mut keyboard = self.keyboard();
            let mut held = false;
            while let Some(key) = self.due(|state| state.due_during(text)) {
                // What was found before the key has come in before the key.
                still::wait(Patience::Short);
                let echoes = self.desk.state().echoes();
                self.send(&mut keyboard, key);
                let Some(key) = key else { continue };
                let echoed = || self.desk.state().echoes() > echoes;
                if still::wait_until(Patience::Long, echoed) != End::Done {
                    self.desk.recorder().stop(|run| wording::screen_waits(&WORDS, run, &key));
                }
                held = true;
            }
            if held && self.desk.state().goes_back() {
                self.away.store(true, SeqCst);
                self.old_hits.store(chunk, SeqCst);
                drop(keyboard);
                still::wait_until(Patience::Long, || self.desk.state().text() == text);
                self.away.store(false, SeqCst);
                // The others wait until these hits have come in.
                return false;
            }
            held
        }

        /// Every worker has to come into a chunk; the first chunk is the last to be scanned.
        fn scan_with(&self, crew: &Crew, chunk: usize, text: &str) -> Vec<Word> {
            crew.visit();
            if chunk == 0 && still::wait_until(Patience::Short, || false) == End::Tired && still::can_tell() {
                // All the keys have been taken, and somebody still goes round.
                self.desk.recorder().stop(|run| wording::asked_the_closed(&WORDS, run));
            }
            self.desk.lane(chunk, text).finish();
            hits(chunk, text)
        }
    }

    impl Pages for ThreadDesk {
        fn chunks(&self) -> usize {
            CHUNKS.len()
        }

        fn scan(&self, chunk: usize, text: &str) -> Vec<Word> {
            let _step = self.desk.lane(chunk, text).step();
            if self.desk.on_the_callers_thread() {
                self.desk.recorder().stop(|run| wording::screen_scans(&WORDS, run));
            }
            let mut state = self.desk.state();
            let stale = state.text() != text && state.echoed(text);
            state.push(Event::Scan { text: text.into(), task: None, polls: 0 });
            let last = state.is_last_of_its_search(text);
            drop(state);
            if let Some(crew) = &self.crew {
                return self.scan_with(crew, chunk, text);
            }
            if self.scanning.fetch_add(1, SeqCst) >= self.workers {
                self.desk.recorder().stop(|run| wording::new_workers(&WORDS, run, self.workers));
            }
            // Whoever is to stop this search has all the time it takes. With less patience than the scan that waits for its
            // text: it may be this worker whom the text needs to come back.
            if self.press_during(chunk, text) || stale {
                still::wait_until(Patience::Calm, || !self.away.load(SeqCst));
                still::wait(Patience::Calm);
            } else if last && self.scanning.load(SeqCst) > 1 {
                // What an old search found comes in before the last hits of the new one, and not when all is over.
                still::wait_until(Patience::Long, || self.scanning.load(SeqCst) == 1);
                still::wait(Patience::Short);
            }
            self.scanning.fetch_sub(1, SeqCst);
            hits(chunk, text)
        }
    }

    impl Glass for ThreadDesk {
        fn echo(&self, text: &str) {
            self.desk.echo(text);
        }

        fn show(&self, hits: &[Word]) {
            self.desk.show(hits);
            // Whoever holds the keyboard is about to press what is due.
            let Ok(mut keyboard) = self.keyboard.try_lock() else { return };
            while let Some(key) = self.due(State::due_after_all) {
                self.send(&mut keyboard, key);
            }
        }
    }
}

pub mod check {
    //! Every key in the box within one chunk, no search that goes on for a text that is gone, and the right hits.

    use std::pin::Pin;
    use std::sync::{Arc, Mutex, PoisonError};

    use super::desk::{CHUNKS, Event, Script, When, all_hits};
    use super::paused::PausedDesk;
    use super::threads::{Keys, ThreadDesk};
    use super::{Dict, Key, Screen, WORDS, Word};
    use probes::crew::{Apart, Outcome};
    use probes::seen::{Hung, see_or};
    use probes::watch::{Ended, watch};
    use probes::wording::{Froze, Stale, StaleHits};
    use probes::{Crew, Recorder, Run, Seen, Words, clock, see, wording};
    pub use probes::{Judged, alone};
    use tokio::sync::mpsc;
    use tokio::task::Id;

    use Key::{Back, Letter};
    use When::{AtRest, During, First};

    type Interleaved =
        Arc<dyn Fn(mpsc::Receiver<Key>, Dict, Screen) -> Pin<Box<dyn Future<Output = ()>>> + Send + Sync>;
    type Multicore = fn(&crossbeam_channel::Receiver<Key>, &Dict, &Screen, usize);

    const IN_A_ROW: Script = &[
        (First, Some(Letter('o'))),
        (During("o", 2), Some(Letter('w'))),
        (During("ow", 2), Some(Letter('l'))),
        (During("owl", 2), None),
    ];
    const AT_ONCE: Script = &[
        (First, Some(Letter('o'))),
        (During("o", 1), Some(Letter('w'))),
        (During("o", 1), Some(Letter('l'))),
        (During("owl", 3), Some(Letter('s'))),
        (During("owls", 1), None),
    ];
    const WITH_RESTS: Script = &[
        (First, Some(Letter('o'))),
        (AtRest, Some(Letter('w'))),
        (AtRest, Some(Back)),
        (AtRest, Some(Back)),
        (AtRest, None),
    ];
    const NO_KEY: Script = &[(First, None)];
    const ONE_KEY: Script = &[(First, Some(Letter('o'))), (First, None)];
    /// A `select!` takes whichever branch is first in a random order. Code that takes the next chunk as often as a
    /// waiting key leaves a key for two chunks once in four: more than fifty keys in a row do not escape it.
    const AGAIN: usize = 16;
    /// Both keys are pressed during one scan, which holds until it sees their echoes.
    const HOSTAGE: Script = &[
        (First, Some(Letter('o'))),
        (During("o", 2), Some(Letter('w'))),
        (During("o", 2), Some(Letter('l'))),
        (During("owl", 1), None),
    ];

    /// The text of the held scan goes, another worker goes on with the next one, and the text comes back before the
    /// held scan ends.
    const GONE_AND_BACK: Script = &[
        (First, Some(Letter('o'))),
        (During("o", 2), Some(Letter('w'))),
        (During("ow", 1), Some(Back)),
        (During("o", 3), None),
    ];

    /// The words of a chart whose rows are the chunks.
    const BY_CHUNK: Words = Words { task: "chunk", tasks: "chunks", ..WORDS };

    /// Keys in a row, two at once, keys with an hour between them, and no key.
    pub fn interleaved<F>(yours: F) -> Judged
    where
        F: AsyncFn(&mut mpsc::Receiver<Key>, &Dict, &Screen) + Copy + Send + Sync + 'static,
    {
        let yours: Interleaved =
            Arc::new(move |mut keys, dict, screen| Box::pin(async move { yours(&mut keys, &dict, &screen).await }));
        interleaved_boxed(&yours)
    }

    /// Not generic, so that a learner's test does not compile it again after every save.
    fn interleaved_boxed(yours: &Interleaved) -> Judged {
        [IN_A_ROW, AT_ONCE, WITH_RESTS, NO_KEY].iter().try_for_each(|&script| one_thread(yours, script))?;
        (0..AGAIN).try_for_each(|_| one_thread(yours, IN_A_ROW))
    }

    fn one_thread(yours: &Interleaved, script: Script) -> Judged {
        let (recorder, serve) = (Recorder::default(), yours.clone());
        let recorded = recorder.clone();
        let seen = see(&WORDS, &recorder, move || {
            let desk = PausedDesk::new(&recorded, script);
            clock::paused(desk.serve(|keys| serve(keys, desk.dict(), desk.screen())))
        })?;
        let seen = seen.finished_in_virtual_time()?;
        let (run, events) = (&seen.run, &seen.returned);
        right(run, events, script)?;
        seen.on_one_thread()?;
        keys_come_in(run, events, script, yours)?;
        keys_are_taken(run, events, script)?;
        stale_searches_stop(run, events, 1)?;
        one_pause_a_chunk(run, events)
    }

    /// Keys with rests; every worker in a chunk; keys that hold a scan hostage; a text that comes back; no key.
    pub fn multicore(yours: Multicore) -> Judged {
        several_threads(yours, WITH_RESTS, 1)?;
        [2, 3, 1, 8].iter().try_for_each(|&workers| all_workers(yours, workers))?;
        [1, 2].iter().try_for_each(|&workers| several_threads(yours, HOSTAGE, workers))?;
        several_threads(yours, GONE_AND_BACK, 2)?;
        several_threads(yours, NO_KEY, 2)
    }

    fn several_threads(yours: Multicore, script: Script, workers: usize) -> Judged {
        // How many are at work in one search is looked at in a scene of its own, with a chart of its chunks.
        let one_search_at_a_time = script == WITH_RESTS;
        let desk = move |recorder: &Recorder| match one_search_at_a_time {
            true => ThreadDesk::new(recorder, script),
            false => ThreadDesk::for_workers(recorder, script, workers),
        };
        let recorder = Recorder::default();
        let recorded = recorder.clone();
        let seen = on_a_desk(&WORDS, &recorder, yours, workers, move || desk(&recorded))?;
        right(&seen.run, &seen.returned, script)?;
        stale_searches_stop(&seen.run, &seen.returned, workers)
    }

    fn all_workers(yours: Multicore, workers: usize) -> Judged {
        let (recorder, crew) = (Recorder::default(), Arc::new(Crew::of(workers.min(CHUNKS.len()))));
        let (recorded, inside) = (recorder.clone(), crew.clone());
        let desk = move || ThreadDesk::with_crew(&recorded, ONE_KEY, inside);
        let seen = on_a_desk(&BY_CHUNK, &recorder, yours, workers, desk)?;
        right(&seen.run, &seen.returned, ONE_KEY)?;
        if let Outcome::Fewer { inside: 1, apart: Apart::NoOther } = crew.outcome() {
            return Err(wording::one_scanner(&BY_CHUNK, &seen.run, crew.need()));
        }
        seen.together(&crew)?;
        seen.nothing_left_behind(&recorder)
    }

    fn on_a_desk(
        words: &Words,
        recorder: &Recorder,
        yours: Multicore,
        workers: usize,
        desk: impl FnOnce() -> ThreadDesk + Send + 'static,
    ) -> Result<Seen<Vec<Event>>, probes::Verdict> {
        let seen: Arc<Mutex<Option<ThreadDesk>>> = Arc::default();
        let here = seen.clone();
        let at_rest = move || {
            let desk = seen.lock().unwrap_or_else(PoisonError::into_inner);
            desk.as_ref().and_then(ThreadDesk::at_rest)
        };
        // Of those who go round, the watchdog may be the first to hear, or the one at the keyboard.
        let why = |hung, run: &Run| match (hung, at_rest()) {
            (Hung::Busy, _) if words.task == BY_CHUNK.task => Some(wording::asked_the_closed(words, run)),
            (Hung::Busy, Some(Keys::ToCome)) => Some(wording::asked_for_keys(words, run)),
            (Hung::Asleep, Some(Keys::Over)) => Some(wording::nobody_sends(words, run)),
            _ => None,
        };
        see_or(words, recorder, why, move || {
            let desk = desk();
            *here.lock().unwrap_or_else(PoisonError::into_inner) = Some(desk.clone());
            desk.serve(|keys| yours(keys, &desk.dict(), &desk.screen(), workers))
        })
    }

    /// The box and the hits are what they should be, at every moment.
    fn right(run: &Run, events: &[Event], script: Script) -> Judged {
        let keys: Vec<Key> = script.iter().filter_map(|&(_, key)| key).collect();
        let (mut text, mut taken, mut shown) = (String::new(), 0, true);
        let mut before = Vec::new();
        for (at, event) in events.iter().enumerate() {
            match event {
                Event::Echo(echoed) if taken > 0 && *echoed == text => {}
                Event::Echo(echoed) => {
                    let Some(key) = keys.get(taken) else { return Err(wording::one_echo_more(&WORDS, run, echoed)) };
                    before.push(text.clone());
                    key.edit(&mut text);
                    if *echoed != text {
                        return Err(wording::other_echo(&WORDS, run, echoed, &text));
                    }
                    (taken, shown) = (taken + 1, false);
                }
                Event::Show { hits, task } => {
                    if !scans(&events[..at]).any(|(scanned, ..)| scanned == text) {
                        return Err(wording::not_searched_for(&WORDS, run, &text));
                    }
                    right_hits(run, hits, &text, task.is_some(), before.contains(&text))?;
                    shown = true;
                }
                Event::AtRest if !shown => {
                    let none = all_hits(&text).is_empty();
                    return Err(wording::never_shown(&WORDS, run, &text, none));
                }
                _ => {}
            }
        }
        keys.get(taken).map_or(Ok(()), |key| Err(wording::never_echoed(&WORDS, run, key)))
    }

    fn right_hits(run: &Run, got: &[Word], text: &str, by_a_task: bool, came_back: bool) -> Judged {
        let due = all_hits(text);
        let sorted = |words: &[Word]| {
            let mut words = words.to_vec();
            words.sort();
            words
        };
        match got.iter().find(|word| !due.contains(word)) {
            _ if *got == due => Ok(()),
            Some(word) => {
                let why = match by_a_task {
                    true => StaleHits::DrawnByATask,
                    false if got.ends_with(&due) => StaleHits::StillInTheList,
                    false => StaleHits::CameLate,
                };
                Err(wording::stale_hits(&WORDS, run, word, text, why))
            }
            None if sorted(got) == sorted(&due) => Err(wording::hits_as_they_came(&WORDS, run, text)),
            None if came_back => Err(wording::hits_of_another_search(&WORDS, run, text)),
            None => Err(wording::other_hits(&WORDS, run, text, got.len(), due.len())),
        }
    }

    /// From the moment in which a key is pressed, the loop comes round after one more chunk at the latest.
    fn keys_come_in(run: &Run, events: &[Event], script: Script, yours: &Interleaved) -> Judged {
        let pressed = places(events, |event| matches!(event, Event::Pressed));
        let arrived = places(events, |event| matches!(event, Event::Arrived(_)));
        for ((from, to), key) in pressed.into_iter().zip(arrived).zip(keys_of(script)) {
            let tasks: Vec<Option<Id>> = scans(&events[from..to]).map(|(_, task, _)| task).collect();
            if tasks.len() > 1 {
                let froze = match tasks[0] {
                    Some(task) if tasks.iter().all(|&other| other == Some(task)) => Froze::InATask,
                    Some(_) => Froze::TaskAChunk,
                    None if wants_a_timer(yours) => Froze::UnderATimeout,
                    None => Froze::WithoutAPause,
                };
                return Err(wording::could_not_come_in(&WORDS, run, &key, tasks.len(), froze));
            }
        }
        Ok(())
    }

    /// Whether the code sets a timer: on a runtime without timers, that is a panic. Only asked of wrong code, to say
    /// why it is wrong.
    fn wants_a_timer(yours: &Interleaved) -> bool {
        let yours = yours.clone();
        let ended = watch(move || {
            let desk = PausedDesk::new(&Recorder::default(), NO_KEY);
            let (keyboard, keys) = mpsc::channel(1);
            let _ = keyboard.try_send(Letter('o'));
            drop(keyboard);
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            runtime.expect("a runtime on this thread").block_on(yours(keys, desk.dict(), desk.screen()));
        });
        matches!(ended, Ended::Panicked(panic) if panic.message.contains("timer"))
    }

    /// A key that has come in, and stands first among those, is in the box after one more chunk at the latest.
    fn keys_are_taken(run: &Run, events: &[Event], script: Script) -> Judged {
        let arrived = places(events, |event| matches!(event, Event::Arrived(_)));
        let echoed = places(events, |event| matches!(event, Event::Echo(_)));
        let mut last = 0;
        for ((from, to), key) in arrived.into_iter().zip(echoed).zip(keys_of(script)) {
            // Keys that came in together are echoed one after another.
            let chunks = scans(&events[from.max(last)..to]).count();
            last = to;
            if chunks > 1 {
                return Err(wording::key_was_left(&WORDS, run, &key, chunks));
            }
        }
        Ok(())
    }

    /// Once another text is in the box, no thread scans more than one chunk for a text before.
    fn stale_searches_stop(run: &Run, events: &[Event], threads: usize) -> Judged {
        let echoed = places(events, |event| matches!(event, Event::Echo(_)));
        for (nth, &from) in echoed.iter().enumerate() {
            let Event::Echo(text) = &events[from] else { continue };
            let until = echoed.get(nth + 1).copied().unwrap_or(events.len());
            // Code may begin to scan for a text before it is in the box.
            let before =
                |old: &str| events[..from].iter().any(|event| matches!(event, Event::Echo(text) if text == old));
            let stale = scans(&events[from..until]).filter(|(scanned, ..)| scanned != text && before(scanned));
            let stale: Vec<_> = stale.collect();
            if stale.len() > threads {
                let why = if stale[0].1.is_some() { Stale::InATask } else { Stale::Unnoticed };
                return Err(wording::stale_search(&WORDS, run, stale[0].0, text, why));
            }
        }
        Ok(())
    }

    /// Between two chunks of one search, code need not be polled more than a few times.
    fn one_pause_a_chunk(run: &Run, events: &[Event]) -> Judged {
        const A_FEW: usize = 10;
        for pair in events.windows(2) {
            if let [Event::Scan { polls: before, .. }, Event::Scan { polls: after, .. }] = pair
                && after - before > A_FEW
            {
                return Err(wording::paused_too_often(&WORDS, run, after - before));
            }
        }
        Ok(())
    }

    fn keys_of(script: Script) -> impl Iterator<Item = Key> {
        script.iter().filter_map(|&(_, key)| key)
    }

    fn places(events: &[Event], of: impl Fn(&Event) -> bool) -> Vec<usize> {
        (0..events.len()).filter(|&place| of(&events[place])).collect()
    }

    fn scans(events: &[Event]) -> impl Iterator<Item = (&str, Option<Id>, usize)> {
        events.iter().filter_map(|event| match event {
            Event::Scan { text, task, polls } => Some((text.as_str(), *task, *polls)),
            _ => None,
        })
    }
}
