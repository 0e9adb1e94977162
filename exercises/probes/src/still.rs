//! Waiting until nothing else in this process can move.
//!
//! A rendezvous has to know when to give up, and time alone is a bad judge: on a busy machine a thread
//! may get its turn late. So a wait ends when every other thread of the process is *asleep*, and nobody is left who
//! could wake one. Linux tells, under `/proc`, who sleeps and in which system call. Two looks are enough when every
//! other thread is found twice in the same sleep, and that sleep is one that only another thread can end: then
//! there was a moment at which nobody could move, and from it nothing follows. A thread that sleeps until a time
//! has come, or until the outside has news, may wake by itself: it is watched for longer, as [`Patience`] says.
//!
//! Where the system does not tell, a wait is a number of short naps. A nap ends only when this thread gets a turn,
//! so the count stretches with the load of the machine, as a limit in seconds would not.
//!
//! Limit: a wait for another thread that has a time limit as well, such as `recv_timeout` or `park_timeout`, counts as
//! asleep, and a child process is not seen at all: code that comes to its work only after a quarter of a second of
//! those is not waited for.
//!
//! Several threads may wait for stillness at once. Each counts the others as asleep once they have asked their own
//! question again, in vain; but one with less [`Patience`] will go on first, so it is awake for those with more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a wait goes on while it is not certain that nobody can move; from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Patience {
    /// Four looks in a row that find everyone asleep, or as many as 50 ms hold if one of them sleeps until a time has
    /// come. For waits that right code takes, too.
    Short,
    /// Fifty looks between which nobody woke; and if somebody sleeps until a time has come, the wait ends with
    /// [`End::Napping`]. For waits that right code takes, too, and that ask whether it *sleeps* until it is woken.
    Calm,
    /// A quarter of a second in which nobody woke, and nobody slept until a time had come. For waits that only wrong
    /// code takes to the end.
    Long,
    /// The same for a second, and with fewer looks. For the watchdog, which knows nothing of what it watches, and
    /// whom nobody waits for while all goes well.
    Longest,
}

impl Patience {
    /// Between two looks. The first are short, because what right code waits for comes at once.
    fn nap(self, nth: u32) -> Duration {
        let longest = match self {
            Patience::Short => Duration::from_micros(200),
            Patience::Calm | Patience::Long => Duration::from_millis(1),
            Patience::Longest => return Duration::from_millis(4),
        };
        longest.min(Duration::from_micros(25 << nth.min(6)))
    }

    /// The first naps after which the other threads are not looked at, only at what the wait is for. A look costs more
    /// than such a nap.
    fn blind_naps(self) -> u32 {
        match self {
            Patience::Short | Patience::Calm => 0,
            Patience::Long => 3,
            Patience::Longest => 1,
        }
    }

    /// How many pairs of looks in a row must find the process as quiet as this.
    fn looks(self, quiet: Quiet) -> u32 {
        match (self, quiet) {
            (_, Quiet::Still) => 1,
            (_, Quiet::No | Quiet::Unasked) | (Patience::Long | Patience::Longest, Quiet::Naps) => u32::MAX,
            (Patience::Short, Quiet::Asleep) => 4,
            (Patience::Short, Quiet::Naps) => 250,
            (Patience::Calm, _) => 50,
            (Patience::Long, Quiet::Asleep) => 250,
            (Patience::Longest, Quiet::Asleep) => 250,
        }
    }

    /// Where the system does not tell who sleeps: this many naps, and no more.
    fn naps(self) -> u32 {
        match self {
            Patience::Short => 200,
            Patience::Calm => 100,
            Patience::Long => 1000,
            Patience::Longest => 875,
        }
    }

    /// Where the system tells, an endless loop elsewhere must not keep a wait for ever.
    fn most(self) -> u32 {
        match self {
            Patience::Short => 1000,
            Patience::Calm => 1000,
            Patience::Long => 1500,
            Patience::Longest => 875,
        }
    }
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// What it waited for has come.
    Done,
    /// Everyone else sleeps.
    Still,
    /// Somebody could still move, but the wait has been long enough.
    Tired,
    /// So it has, and somebody slept until a time had come, for a good part of it; or, for [`Patience::Calm`], somebody
    /// does.
    Napping,
}

/// So much slower does the watchdog count while another wait lasts.
const SLOWER: u32 = 8;

/// Looks at a thread that naps, after which a wait that has been long enough was long because of it.
const A_GOOD_PART: u32 = 50;

/// Naps until `done` says so, or until nobody else can move any more.
pub fn wait_until(patience: Patience, mut done: impl FnMut() -> bool) -> End {
    let me = Waiting::start(patience);
    let mut last = None;
    let (mut same, mut quiet, mut naps, mut counted) = (0, Quiet::No, 0, 0);
    let mut held_by = None;
    let limit = if can_tell() { patience.most() } else { patience.naps() };
    loop {
        me.ask_once_more();
        if done() {
            return End::Done;
        }
        if same >= patience.looks(quiet) {
            let naps = patience == Patience::Calm && quiet == Quiet::Naps;
            return if naps { End::Napping } else { End::Still };
        }
        if counted >= limit {
            return if quiet == Quiet::Naps && same >= A_GOOD_PART { End::Napping } else { End::Tired };
        }
        if naps == patience.blind_naps() {
            last = look();
        }
        thread::sleep(patience.nap(naps));
        naps += 1;
        // While one wait of the given half holds the code, it is not the code that takes long.
        let before = std::mem::replace(&mut held_by, oldest_wait().filter(|_| patience == Patience::Longest));
        counted += u32::from(held_by.is_none() || held_by != before || naps % SLOWER == 0);
        if naps <= patience.blind_naps() {
            continue;
        }
        let now = look();
        let before = std::mem::replace(&mut quiet, between(patience, last.as_deref(), now.as_deref()));
        same = if quiet == before { same + 1 } else { 1 };
        // Who has not asked again is looked at once more, from where the first look was.
        if quiet != Quiet::Unasked {
            last = now;
        }
    }
}

/// Naps until nobody else can move.
pub fn wait(patience: Patience) {
    wait_until(patience, || false);
}

/// Whether this system tells which threads sleep. Where it does not, a wait for stillness ends [`Tired`](End::Tired).
pub fn can_tell() -> bool {
    id_of_this_thread().is_some()
}

/// How many other threads this process has, where the system tells; those that only look on do not count.
pub fn others() -> Option<usize> {
    look().map(|seen| seen.len())
}

/// The threads that only look, and are no part of what is looked at. A global, because the threads of a process are.
static LOOKERS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// While it is there, the thread that made it only looks on. It must wake nobody until its last word, or all would be
/// found still while it is about to.
pub(crate) struct LooksOn(Option<u32>);

impl LooksOn {
    pub(crate) fn start() -> LooksOn {
        let me = id_of_this_thread();
        locked(&LOOKERS).extend(me);
        LooksOn(me)
    }
}

impl Drop for LooksOn {
    fn drop(&mut self) {
        if let Some(me) = self.0 {
            locked(&LOOKERS).remove(&me);
        }
    }
}

/// Set when the main thread belongs to the test harness, which waits for its tests and does nothing else.
static MAIN_LOOKS_ON: AtomicBool = AtomicBool::new(false);

/// From now on, the main thread is no part of what is looked at, unless it is the one that says so.
pub(crate) fn main_looks_on() {
    if id_of_this_thread() != Some(std::process::id()) {
        MAIN_LOOKS_ON.store(true, Ordering::Relaxed);
    }
}

/// How quiet it was between two looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quiet {
    /// Somebody moved.
    No,
    /// All slept, but for one of them at least a time will come.
    Naps,
    /// All slept, and what could wake one is not known.
    Asleep,
    /// All but those who wait for stillness, too, and who have not asked their question again since the first look.
    Unasked,
    /// There was a moment in which all slept and only another thread could have woken one.
    Still,
}

/// One other thread, in one look.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Other {
    id: u32,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Awake,
    /// Asleep in a way, after so many sleeps before: a thread that woke in between has a higher number.
    Asleep(Sleep, u64),
    Waiting(Wait),
}

/// A wait for stillness of another thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wait {
    /// No other wait has the same.
    ticket: u64,
    patience: Patience,
    /// How often its question has been asked.
    asked: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sleep {
    /// Until another thread of this process wakes it.
    Waits,
    /// Until a time has come.
    Naps,
    /// In another system call, or the system does not tell in which.
    Unknown,
}

fn between(patience: Patience, before: Option<&[Other]>, now: Option<&[Other]>) -> Quiet {
    let (Some(before), Some(now)) = (before, now) else { return Quiet::No };
    let asleep = |look: &[Other]| {
        look.iter().all(|other| match other.state {
            State::Awake => false,
            State::Asleep(..) => true,
            State::Waiting(wait) => wait.patience >= patience,
        })
    };
    if !asleep(before) || !asleep(now) {
        return Quiet::No;
    }
    let same = before.len() == now.len() && before.iter().zip(now).all(|(before, now)| before.same_sleep(now));
    let all =
        |sleep: fn(Sleep) -> bool| now.iter().all(|other| !matches!(other.state, State::Asleep(how, _) if !sleep(how)));
    let asked_again = before.iter().zip(now).all(|(before, now)| before.asked_since(now));
    match same {
        true if !asked_again => Quiet::Unasked,
        true if all(|how| how == Sleep::Waits) => Quiet::Still,
        // A short wait does not ask whether somebody woke in between.
        false if patience != Patience::Short => Quiet::No,
        _ if all(|how| how != Sleep::Naps) => Quiet::Asleep,
        _ => Quiet::Naps,
    }
}

impl Other {
    /// Neither woke nor went on between the two looks.
    fn same_sleep(&self, now: &Other) -> bool {
        self.id == now.id
            && match (self.state, now.state) {
                (State::Waiting(wait), State::Waiting(later)) => wait.ticket == later.ticket,
                (state, later) => state == later,
            }
    }

    /// A thread that waits for stillness has asked its question since the first look, in vain: of two that it began
    /// since then, the first is over.
    fn asked_since(&self, now: &Other) -> bool {
        match (self.state, now.state) {
            (State::Waiting(wait), State::Waiting(later)) => later.asked >= wait.asked + 2,
            _ => true,
        }
    }
}

/// Which threads wait for stillness. A global, because the threads of a process are.
static WAITS: Mutex<BTreeMap<u32, Wait>> = Mutex::new(BTreeMap::new());

/// The ticket of the wait that has lasted longest.
fn oldest_wait() -> Option<u64> {
    locked(&WAITS).values().map(|wait| wait.ticket).min()
}

/// This thread's place among those who wait for stillness.
struct Waiting {
    me: Option<u32>,
}

impl Waiting {
    fn start(patience: Patience) -> Waiting {
        static TICKET: AtomicU64 = AtomicU64::new(0);
        // A thread that only looks on is not looked at.
        let me = id_of_this_thread().filter(|me| !locked(&LOOKERS).contains(me));
        if let Some(me) = me {
            let ticket = TICKET.fetch_add(1, Ordering::Relaxed);
            locked(&WAITS).insert(me, Wait { ticket, patience, asked: 0 });
        }
        Waiting { me }
    }

    fn ask_once_more(&self) {
        if let Some(me) = self.me {
            locked(&WAITS).entry(me).and_modify(|wait| wait.asked += 1);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(me) = self.me {
            locked(&WAITS).remove(&me);
        }
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number by which the system knows this thread; `None` where it does not tell.
fn id_of_this_thread() -> Option<u32> {
    thread_local! {
        static ID: Option<u32> = {
            let task = cfg!(target_os = "linux").then(|| std::fs::read_link("/proc/thread-self"));
            task.and_then(|task| task.ok()?.file_name()?.to_str()?.parse().ok())
        };
    }
    ID.with(|id| *id)
}

/// All other threads of this process, by their numbers; `None` where the system does not tell.
fn look() -> Option<Vec<Other>> {
    let me = id_of_this_thread()?;
    let main = MAIN_LOOKS_ON.load(Ordering::Relaxed).then(std::process::id);
    let (waits, lookers) = (locked(&WAITS).clone(), locked(&LOOKERS).clone());
    let mut others = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let task = task.ok()?;
        let id = task.file_name().to_str()?.parse().ok()?;
        if id == me || Some(id) == main || lookers.contains(&id) {
            continue;
        }
        let state = match waits.get(&id) {
            Some(&wait) => State::Waiting(wait),
            // A thread that ended since the folder was listed cannot move.
            None => match state_of(&task.path()) {
                Some(state) => state,
                None => continue,
            },
        };
        others.push(Other { id, state });
    }
    others.sort_by_key(|other| other.id);
    Some(others)
}

/// What the thread with this folder does; `None` if there is none any more.
fn state_of(task: &Path) -> Option<State> {
    let mut said = Vec::with_capacity(4096);
    // The call first, since it costs less: who is awake needs no second look.
    let Some(how) = sleep_in(read(&task.join("syscall"), &mut said).unwrap_or("")) else { return Some(State::Awake) };
    let status = read(&task.join("status"), &mut said)?;
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").trim();
    let slept = field("voluntary_ctxt_switches:").parse().unwrap_or(0);
    Some(if field("State:").starts_with('S') { State::Asleep(how, slept) } else { State::Awake })
}

/// What the system says in this file, which has no length to ask for before: right code waits for many such readings.
fn read<'a>(file: &Path, said: &'a mut Vec<u8>) -> Option<&'a str> {
    said.clear();
    File::open(file).ok()?.take(u64::MAX).read_to_end(said).ok()?;
    std::str::from_utf8(said).ok()
}

/// What a thread sleeps in, from the line of `/proc/…/syscall`: the number of the call and its arguments. `None` if
/// it has woken.
fn sleep_in(line: &str) -> Option<Sleep> {
    let mut words = line.split_whitespace();
    let call = match words.next() {
        Some("running") => return None,
        Some(call) => call.parse::<u32>().ok(),
        None => None,
    };
    let arguments: Vec<u64> = words.filter_map(|word| u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()).collect();
    let argument = |index: usize| arguments.get(index).copied();
    let Some(call) = call.and_then(Call::of) else { return Some(Sleep::Unknown) };
    // Of a futex wait (0) or one with a bit set (9), the fourth argument points to the time at which it ends. It may
    // wake before, so a wait until then is neither of the two for certain.
    const WAIT: [u64; 2] = [0, 9];
    Some(match call {
        Call::Futex if argument(1).is_some_and(|what| WAIT.contains(&(what & 0x7f))) && argument(3) == Some(0) => {
            Sleep::Waits
        }
        Call::Sleep => Sleep::Naps,
        // The fourth argument is the time in milliseconds; none is -1, as 32 bits.
        Call::Poll if argument(3).is_some_and(|time| time as u32 != u32::MAX) => Sleep::Naps,
        Call::Futex | Call::Poll => Sleep::Unknown,
    })
}

/// The system calls in which a thread may sleep, as far as they are known here.
enum Call {
    Futex,
    Sleep,
    Poll,
}

impl Call {
    fn of(number: u32) -> Option<Call> {
        let [futex, nanosleep, clock_nanosleep, epoll_wait, epoll_pwait] = if cfg!(target_arch = "x86_64") {
            [202, 35, 230, 232, 281]
        } else if cfg!(any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "loongarch64")) {
            [98, 101, 115, 22, 22]
        } else {
            return None;
        };
        match number {
            _ if number == futex => Some(Call::Futex),
            _ if number == nanosleep || number == clock_nanosleep => Some(Call::Sleep),
            _ if number == epoll_wait || number == epoll_pwait => Some(Call::Poll),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Judged, alone};
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};

    #[test]
    fn a_wait_ends_at_once_when_its_reason_does() {
        assert_eq!(wait_until(Patience::Long, || true), End::Done);
    }

    /// Tests run beside each other, so that here the process may never be still: the wait ends all the same.
    #[test]
    fn a_wait_for_nothing_ends() {
        static STOP: AtomicBool = AtomicBool::new(false);
        let busy = thread::spawn(|| {
            while !STOP.load(SeqCst) {
                std::hint::spin_loop();
            }
        });
        wait(Patience::Short);
        STOP.store(true, SeqCst);
        busy.join().unwrap();
    }

    /// A look at two other threads.
    fn two(states: [State; 2]) -> Vec<Other> {
        states.into_iter().zip([7, 8]).map(|(state, id)| Other { id, state }).collect()
    }

    fn quiet(patience: Patience, before: [State; 2], now: [State; 2]) -> Quiet {
        between(patience, Some(&two(before)), Some(&two(now)))
    }

    #[test]
    fn two_looks_are_enough_when_only_another_thread_could_wake_one() {
        let waits = |slept| State::Asleep(Sleep::Waits, slept);
        for patience in [Patience::Short, Patience::Calm, Patience::Long, Patience::Longest] {
            assert_eq!(quiet(patience, [waits(1), waits(5)], [waits(1), waits(5)]), Quiet::Still);
            assert_eq!(quiet(patience, [waits(1), State::Awake], [waits(1), waits(5)]), Quiet::No);
            assert_eq!(quiet(patience, [waits(1), waits(5)], [waits(1), State::Awake]), Quiet::No);
            // Nobody can tell what happened before the last look began.
            assert_ne!(quiet(patience, [waits(1), waits(5)], [waits(1), waits(6)]), Quiet::Still);
            let one_more = [two([waits(1); 2]), vec![Other { id: 9, state: waits(1) }]].concat();
            assert_ne!(between(patience, Some(&two([waits(1); 2])), Some(&one_more)), Quiet::Still);
        }
    }

    #[test]
    fn who_may_wake_by_itself_is_watched_for_longer() {
        let asleep = |how, slept| State::Asleep(how, slept);
        let [waits, naps, unknown] = [Sleep::Waits, Sleep::Naps, Sleep::Unknown].map(|how| asleep(how, 1));
        for patience in [Patience::Short, Patience::Calm, Patience::Long, Patience::Longest] {
            assert_eq!(quiet(patience, [waits, naps], [waits, naps]), Quiet::Naps);
            assert_eq!(quiet(patience, [waits, unknown], [waits, unknown]), Quiet::Asleep);
            assert_eq!(quiet(patience, [naps, unknown], [naps, unknown]), Quiet::Naps);
            let woke = quiet(patience, [waits, unknown], [waits, asleep(Sleep::Unknown, 2)]);
            assert_eq!(woke, if patience == Patience::Short { Quiet::Asleep } else { Quiet::No });
        }
        assert_eq!(Patience::Longest.looks(Quiet::Naps), u32::MAX);
        assert_eq!(Patience::Long.looks(Quiet::Naps), u32::MAX);
    }

    #[test]
    fn who_waits_for_stillness_is_still_once_it_has_asked_again() {
        let waiting = |ticket, asked| State::Waiting(Wait { ticket, patience: Patience::Long, asked });
        let long = |before, now| quiet(Patience::Long, [before; 2], [now; 2]);
        assert_eq!(long(waiting(3, 10), waiting(3, 11)), Quiet::Unasked);
        assert_eq!(long(waiting(3, 10), waiting(3, 12)), Quiet::Still);
        assert_eq!(long(waiting(3, 10), waiting(4, 12)), Quiet::No);
        // It goes on before those who have more patience.
        let both = [waiting(3, 10); 2];
        assert_eq!(quiet(Patience::Longest, both, [waiting(3, 12); 2]), Quiet::No);
        assert_eq!(quiet(Patience::Short, both, [waiting(3, 12); 2]), Quiet::Still);
    }

    /// The numbers and arguments are those of x86-64.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    #[test]
    fn the_system_call_tells_how_a_thread_sleeps() {
        let call = |words: &str| sleep_in(&format!("{words} 0x7ffd0 0x7fc7f\n"));
        assert_eq!(sleep_in("running\n"), None);
        assert_eq!(call("202 0x7f01 0x189 0x0 0x0 0x0 0xffffffff"), Some(Sleep::Waits));
        assert_eq!(call("202 0x7f01 0x80 0x2 0x0 0x0 0x0"), Some(Sleep::Waits));
        // With a time; and not a wait at all.
        assert_eq!(call("202 0x7f01 0x189 0x0 0x7f02 0x0 0xffffffff"), Some(Sleep::Unknown));
        assert_eq!(call("202 0x7f01 0x6 0x0 0x0 0x0 0x0"), Some(Sleep::Unknown));
        assert_eq!(call("230 0x1 0x0 0x7f 0x7f 0x0 0x0"), Some(Sleep::Naps));
        assert_eq!(call("35 0x7f 0x7f 0x0 0x0 0x0 0x0"), Some(Sleep::Naps));
        assert_eq!(call("232 0x3 0x7f 0x400 0x7d0 0x0 0x0"), Some(Sleep::Naps));
        assert_eq!(call("232 0x3 0x7f 0x400 0xffffffffffffffff 0x0 0x0"), Some(Sleep::Unknown));
        assert_eq!(call("0 0x3 0x7f 0x400 0x0 0x0 0x0"), Some(Sleep::Unknown));
        assert_eq!(sleep_in(""), Some(Sleep::Unknown));
    }

    /// What other threads sleep in is found as it is.
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
    #[test]
    fn a_look_tells_a_nap_from_a_wait() -> Judged {
        alone(|| {
            let (_keep, never) = std::sync::mpsc::channel::<()>();
            let waits = thread::spawn(move || never.recv());
            assert_eq!(wait_until(Patience::Longest, || false), End::Still);
            let naps = thread::spawn(|| thread::sleep(Duration::from_millis(300)));
            let found = |how| {
                let state = |other: &Other| matches!(other.state, State::Asleep(found, _) if found == how);
                look().unwrap().iter().filter(|other| state(other)).count()
            };
            assert_eq!(wait_until(Patience::Long, || found(Sleep::Naps) == 1 && found(Sleep::Waits) >= 1), End::Done);
            assert_eq!((naps.is_finished(), waits.is_finished()), (false, false));
            Ok(())
        })
    }

    /// Two that wait for stillness beside each other find it; a third that they wait for keeps both waiting.
    #[test]
    fn several_wait_at_once() -> Judged {
        alone(|| {
            static AWAKE: AtomicBool = AtomicBool::new(false);
            let ends = thread::scope(|scope| {
                let waits = [0; 3].map(|_| scope.spawn(|| wait_until(Patience::Long, || AWAKE.load(SeqCst))));
                scope.spawn(|| {
                    thread::sleep(Duration::from_millis(300));
                    AWAKE.store(true, SeqCst);
                });
                waits.map(|wait| wait.join().unwrap())
            });
            assert_eq!(ends, [End::Done; 3]);
            let ends = thread::scope(|scope| {
                let waits = [0; 3].map(|_| scope.spawn(|| wait_until(Patience::Long, || false)));
                waits.map(|wait| wait.join().unwrap())
            });
            let due = if cfg!(target_os = "linux") { End::Still } else { End::Tired };
            assert_eq!(ends, [due; 3]);
            Ok(())
        })
    }

    /// Whoever wakes now and then is not gone, however long each nap is.
    #[test]
    fn a_long_wait_outlasts_naps() -> Judged {
        alone(|| {
            static AWAKE: AtomicBool = AtomicBool::new(false);
            thread::spawn(|| {
                (0..30).for_each(|_| thread::sleep(Duration::from_millis(20)));
                AWAKE.store(true, SeqCst);
            });
            assert_eq!(wait_until(Patience::Long, || AWAKE.load(SeqCst)), End::Done);
            Ok(())
        })
    }

    /// Work that is going on is waited for: so many looks, and more if the machine is busy.
    #[test]
    fn work_is_outlasted() -> Judged {
        alone(|| {
            for (patience, looks) in [(Patience::Short, 100), (Patience::Long, 400), (Patience::Longest, 300)] {
                let (looked, done) = (AtomicU32::new(0), AtomicBool::new(false));
                thread::scope(|scope| {
                    scope.spawn(|| {
                        while looked.load(SeqCst) < looks {
                            std::hint::spin_loop();
                        }
                        done.store(true, SeqCst);
                    });
                    let end = wait_until(patience, || {
                        looked.fetch_add(1, SeqCst);
                        done.load(SeqCst)
                    });
                    looked.store(looks, SeqCst);
                    assert_eq!(end, End::Done, "{patience:?}");
                });
            }
            Ok(())
        })
    }

    /// A watchdog naps and looks, for as long as it is there; a wait beside it ends as if it were not.
    #[test]
    fn who_only_looks_on_keeps_nobody_waiting() -> Judged {
        alone(|| {
            thread::spawn(|| {
                let _looks_on = LooksOn::start();
                loop {
                    thread::sleep(Duration::from_millis(1));
                }
            });
            // Elsewhere the system does not tell, and every wait for nothing ends so.
            let due = if cfg!(target_os = "linux") { End::Still } else { End::Tired };
            assert_eq!(wait_until(Patience::Long, || false), due);
            Ok(())
        })
    }

    #[test]
    fn who_woke_in_between_has_a_new_number() -> Judged {
        alone(|| {
            static WOKE: AtomicU32 = AtomicU32::new(0);
            thread::spawn(|| {
                loop {
                    thread::sleep(Duration::from_millis(1));
                    WOKE.fetch_add(1, SeqCst);
                }
            });
            let nap = |times: u32| {
                let due = WOKE.load(SeqCst) + times;
                while WOKE.load(SeqCst) < due {
                    thread::yield_now();
                }
            };
            nap(1);
            let before = look();
            nap(2);
            let now = look();
            assert!(before.is_none() || before != now);
            Ok(())
        })
    }
}
