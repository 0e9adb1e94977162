//! A step enumerator: every order in which a few small programs of loads and stores can run.
//!
//! Many green runs prove nothing; all runs do. Two threads that each load a number and store it plus one have six
//! orders, and four of them lose an update:
//!
//! ```
//! use probes::steps::{every_order, Step};
//!
//! #[derive(Clone, Default)]
//! struct Machine { number: u32, held: [u32; 2] }
//!
//! let load: Step<Machine> = |machine, thread| machine.held[thread] = machine.number;
//! let store: Step<Machine> = |machine, thread| machine.number = machine.held[thread] + 1;
//!
//! let orders = every_order(&Machine::default(), &[&[load, store], &[load, store]]);
//! assert_eq!(orders.len(), 6);
//! assert_eq!(orders.iter().filter(|order| order.end.number == 1).count(), 4);
//! ```
//!
//! Limits: a step here is indivisible and seen by all at once, which Lamport called sequential consistency (1979).
//! Weaker orderings have more runs than these. A program has no branch and waits for nothing: every step is taken. And
//! the orders are many: two programs of eight steps have 12 870.

use crate::run::{Run, Step as RunStep, Task};

/// One indivisible step of a program: what it does to the machine, for thread number so-and-so.
pub type Step<M> = fn(&mut M, thread: usize);

/// One order of all steps.
#[derive(Clone, Debug)]
pub struct Order<M> {
    /// Which thread took each step, from the first to the last.
    pub threads: Vec<usize>,
    /// The machine after the last step.
    pub end: M,
}

impl<M> Order<M> {
    /// The order as a run on one core: a column a step.
    pub fn run(&self, name: &str, tasks: &[&str]) -> Run {
        one_core(name, tasks, &self.threads)
    }
}

/// Every order in which `programs` can run from `start`, each with its end.
pub fn every_order<M: Clone>(start: &M, programs: &[&[Step<M>]]) -> Vec<Order<M>> {
    let mut found = Vec::new();
    extend(start.clone(), programs, &mut vec![0; programs.len()], &mut Vec::new(), &mut found);
    found
}

fn extend<M: Clone>(
    machine: M,
    programs: &[&[Step<M>]],
    taken: &mut Vec<usize>,
    order: &mut Vec<usize>,
    found: &mut Vec<Order<M>>,
) {
    if (0..programs.len()).all(|thread| taken[thread] == programs[thread].len()) {
        found.push(Order { threads: order.clone(), end: machine });
        return;
    }
    for thread in 0..programs.len() {
        let Some(step) = programs[thread].get(taken[thread]) else { continue };
        let mut next = machine.clone();
        step(&mut next, thread);
        taken[thread] += 1;
        order.push(thread);
        extend(next, programs, taken, order, found);
        order.pop();
        taken[thread] -= 1;
    }
}

/// A run on one core whose steps were taken by these tasks, one after another.
pub(crate) fn one_core(name: &str, tasks: &[&str], order: &[usize]) -> Run {
    let steps_of = |task: usize| {
        let columns = order.iter().enumerate().filter(move |(_, who)| **who == task);
        columns.map(|(column, _)| RunStep { thread: 1, start: column as u64, len: 1 }).collect::<Vec<_>>()
    };
    let task = |(index, task_name): (usize, &&str)| {
        let steps = steps_of(index);
        let (first, last) = (steps.first().map(|step| step.start), steps.last().map(RunStep::end));
        Task { name: task_name.to_string(), first, last, steps }
    };
    Run { name: name.into(), tasks: tasks.iter().enumerate().map(task).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_update_can_be_drawn() {
        let load: Step<(u32, [u32; 2])> = |machine, thread| machine.1[thread] = machine.0;
        let store: Step<(u32, [u32; 2])> = |machine, thread| machine.0 = machine.1[thread] + 1;
        let orders = every_order(&(0, [0; 2]), &[&[load, store], &[load, store]]);
        let lost = orders.iter().find(|order| order.end.0 == 1).unwrap();
        let chart = crate::chart::draw(&lost.run("counter", &["ann", "bob"]));
        assert!(chart.contains("ann  1-1") && chart.contains("doing 1"), "{chart}");
    }

    #[test]
    fn an_update_that_is_one_step_is_never_lost() {
        let add: Step<u32> = |number, _| *number += 1;
        let orders = every_order(&0, &[&[add], &[add], &[add]]);
        assert_eq!((orders.len(), orders.iter().filter(|order| order.end == 3).count()), (6, 6));
    }

    #[test]
    fn two_threads_have_a_hand_each() {
        let load: Step<(u32, [u32; 2])> = |machine, thread| machine.1[thread] = machine.0;
        let store: Step<(u32, [u32; 2])> = |machine, thread| machine.0 = machine.1[thread] + 1;
        let orders = every_order(&(0, [0; 2]), &[&[load, store], &[load, store]]);
        assert_eq!((orders.len(), orders.iter().filter(|order| order.end.0 == 1).count()), (6, 4));
        assert!(orders.iter().all(|order| order.end.1.iter().all(|held| *held < order.end.0)));
    }
}
