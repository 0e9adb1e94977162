//! Locks with names: when nobody can move any more, they tell who holds what and who waits for what.
//!
//! A task hands these to the code that it asks for, in place of the standard library's. They lock like those,
//! for threads with [`Lock::lock`] and for futures with [`Lock::lock_async`], and they write down what they
//! see.
//!
//! ```
//! use probes::{clock::paused, locks::Locks};
//! use std::time::Duration;
//! use tokio::time::sleep;
//!
//! let locks = Locks::default();
//! let (till, seat) = (locks.lock("the till", ()), locks.lock("the seat", ()));
//! let tangle = paused(async {
//!     let ann = async { let _a = till.lock_async("ann").await; tokio::task::yield_now().await; seat.lock_async("ann").await; };
//!     let bob = async { let _b = seat.lock_async("bob").await; tokio::task::yield_now().await; till.lock_async("bob").await; };
//!     tokio::select! {
//!         _ = async { tokio::join!(ann, bob) } => None,
//!         // On a paused clock, this hour is over when nobody can go on.
//!         tangle = async { sleep(Duration::from_secs(3600)).await; locks.tangle() } => tangle,
//!     }
//! });
//! let due = "ann holds the till and waits for the seat; bob holds the seat and waits for the till";
//! assert_eq!(tangle.unwrap().0.as_deref(), Some(due));
//! ```
//!
//! On a paused clock, ask as this does, while it lasts: when the run is called stuck, its futures are dropped, and the
//! tangle with them. Where threads sleep, [`see_with_locks`](crate::seen::see_with_locks) asks.
//!
//! Limits: locks that code makes for itself are not seen. A [`Held`] stays on its thread, so a future that holds one
//! over an await is for `join!` or `spawn_local`, and not for `tokio::spawn`.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// What is known about a family of locks. Clones are the same family.
#[derive(Clone, Debug, Default)]
pub struct Locks(Arc<Mutex<Vec<State>>>);

#[derive(Debug, Default)]
struct State {
    name: &'static str,
    holder: Option<String>,
    waiting: Vec<String>,
}

/// A lock with a name.
#[derive(Debug)]
pub struct Lock<T> {
    family: Locks,
    index: usize,
    value: Mutex<T>,
    freed: Condvar,
    freed_async: Notify,
}

/// The lock is held; it is free again when this is dropped.
#[derive(Debug)]
#[must_use = "the lock is free again when this is dropped"]
pub struct Held<'lock, T> {
    lock: &'lock Lock<T>,
    value: Option<MutexGuard<'lock, T>>,
}

impl Locks {
    /// A new lock of this family, for `value`.
    pub fn lock<T>(&self, name: &'static str, value: T) -> Lock<T> {
        let mut states = self.states();
        states.push(State { name, ..State::default() });
        let index = states.len() - 1;
        Lock {
            family: self.clone(),
            index,
            value: Mutex::new(value),
            freed: Condvar::new(),
            freed_async: Notify::new(),
        }
    }

    /// Everybody who holds one lock and waits for another, or waits for one: `a holds x and waits for y; …`.
    /// `None` if nobody waits.
    pub fn tangle(&self) -> Option<String> {
        let states = self.states();
        let mut waits: Vec<(&String, &str)> =
            states.iter().flat_map(|state| state.waiting.iter().map(|who| (who, state.name))).collect();
        waits.sort();
        let told = waits.iter().map(|(who, wanted)| {
            let held: Vec<_> = states.iter().filter(|s| s.holder.as_ref() == Some(who)).map(|s| s.name).collect();
            match held.is_empty() {
                true => format!("{who} waits for {wanted}"),
                false => format!("{who} holds {} and waits for {wanted}", held.join(" and ")),
            }
        });
        Some(told.collect::<Vec<_>>().join("; ")).filter(|told| !told.is_empty())
    }

    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Lock<T> {
    /// Locks on behalf of `who`; the thread sleeps until the lock is free.
    pub fn lock(&self, who: &str) -> Held<'_, T> {
        let mut states = self.family.states();
        states[self.index].waiting.push(who.into());
        while states[self.index].holder.is_some() {
            states = self.freed.wait(states).unwrap_or_else(PoisonError::into_inner);
        }
        self.take(&mut states, who);
        drop(states);
        self.held()
    }

    /// Locks on behalf of `who`; the thread is free for other futures meanwhile.
    pub async fn lock_async(&self, who: &str) -> Held<'_, T> {
        self.family.states()[self.index].waiting.push(who.into());
        // Who gives up waiting is no part of a tangle any more.
        let mut waits = Waits { lock: self, who, over: false };
        loop {
            let freed = self.freed_async.notified();
            {
                let mut states = self.family.states();
                if states[self.index].holder.is_none() {
                    self.take(&mut states, who);
                    waits.over = true;
                    break;
                }
            }
            freed.await;
        }
        self.held()
    }

    fn take(&self, states: &mut [State], who: &str) {
        states[self.index].holder = Some(who.into());
        self.forget(states, who);
    }

    fn forget(&self, states: &mut [State], who: &str) {
        let state = &mut states[self.index];
        if let Some(place) = state.waiting.iter().position(|waits| waits == who) {
            state.waiting.remove(place);
        }
    }

    /// Only the holder comes here, so the lock inside is free.
    fn held(&self) -> Held<'_, T> {
        Held { lock: self, value: Some(self.value.lock().unwrap_or_else(PoisonError::into_inner)) }
    }
}

/// A future's place among those who wait for a lock.
struct Waits<'a, T> {
    lock: &'a Lock<T>,
    who: &'a str,
    over: bool,
}

impl<T> Drop for Waits<'_, T> {
    fn drop(&mut self) {
        if !self.over {
            self.lock.forget(&mut self.lock.family.states(), self.who);
        }
    }
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().expect("held until it is dropped")
    }
}

impl<T> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().expect("held until it is dropped")
    }
}

impl<T> Drop for Held<'_, T> {
    fn drop(&mut self) {
        drop(self.value.take());
        self.lock.family.states()[self.lock.index].holder = None;
        self.lock.freed.notify_one();
        self.lock.freed_async.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::paused;
    use crate::{Judged, alone, watch};
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn a_value_is_locked_and_changed() {
        let number = Locks::default().lock("the number", 0);
        thread::scope(|scope| {
            for who in ["ann", "bob"] {
                let number = &number;
                scope.spawn(move || (0..1000).for_each(|_| *number.lock(who) += 1));
            }
        });
        assert_eq!(*number.lock("me"), 2000);
    }

    #[test]
    fn futures_take_turns() {
        let number = Locks::default().lock("the number", 0);
        let add = |who: &'static str| {
            let number = &number;
            async move {
                for _ in 0..10 {
                    let mut held = number.lock_async(who).await;
                    tokio::task::yield_now().await;
                    *held += 1;
                }
            }
        };
        paused(async { tokio::join!(add("ann"), add("bob"), add("cy")) }).unwrap();
        assert_eq!(*number.value.lock().unwrap(), 30);
    }

    #[test]
    fn two_threads_in_a_tangle_are_named() -> Judged {
        alone(|| {
            let locks = Locks::default();
            let both = Arc::new((locks.lock("the till", ()), locks.lock("the seat", ())));
            let ended = watch(move || {
                let taken = Barrier::new(2);
                thread::scope(|scope| {
                    scope.spawn(|| {
                        let _till = both.0.lock("ann");
                        taken.wait();
                        drop(both.1.lock("ann"));
                    });
                    scope.spawn(|| {
                        let _seat = both.1.lock("bob");
                        taken.wait();
                        drop(both.0.lock("bob"));
                    });
                });
            });
            assert_eq!(ended, crate::watch::Ended::Asleep);
            let tangle = "ann holds the till and waits for the seat; bob holds the seat and waits for the till";
            assert_eq!(locks.tangle().as_deref(), Some(tangle));
            Ok(())
        })
    }

    /// Woken is not let in: somebody else may have come first.
    #[test]
    fn one_holds_a_lock_and_no_other() {
        let number = Locks::default().lock("the number", 0);
        thread::scope(|scope| {
            for who in ["ann", "bob", "cy", "dee"] {
                let number = &number;
                scope.spawn(move || {
                    for _ in 0..500 {
                        let _held = number.lock(who);
                        thread::yield_now();
                        assert_eq!(number.family.states()[0].holder.as_deref(), Some(who));
                    }
                });
            }
        });
    }

    #[test]
    fn futures_that_wait_are_named() {
        let locks = Locks::default();
        let till = locks.lock("the till", ());
        let tangle = paused(async {
            let _ann = till.lock_async("ann").await;
            tokio::select! {
                biased;
                _bob = till.lock_async("bob") => None,
                tangle = async { locks.tangle() } => tangle,
            }
        });
        assert_eq!(tangle.unwrap().0.as_deref(), Some("bob waits for the till"));
        assert_eq!(locks.tangle(), None, "bob's future is dropped");
    }
}
