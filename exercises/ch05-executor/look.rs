//! One thread runs three tasks, asking all the time and then only when it is called; and a look into the second run.

use probes::chart;
use solutions::ch05_executor::interleaved;
use tasks::ch05_executor::house::House;
use tasks::ch05_executor::{Gate, Task, reference, step_aside};

fn main() {
    let (asking, called) = (three_rooms(reference), three_rooms(interleaved));
    show("Asking everybody, round after round", &asking);
    show("Polling whoever was woken", &called);
    println!("The second run under the loupe:\n\n{}", called.loupe());
}

fn show(title: &str, house: &House) {
    let polls: usize = house.facts().iter().map(|task| task.polls).sum();
    println!("{title}: {polls} polls\n\n{}", chart::draw(&house.recorder().run("look")));
}

/// b waits for c, and a for b. c steps aside twice before it is done.
fn three_rooms(run: impl Fn(Vec<Task<char>>) -> Vec<char>) -> House {
    let (house, to_a, to_b) = (House::that_lets_all_in(), Gate::default(), Gate::default());
    let (opens_a, opens_b) = (to_a.clone(), to_b.clone());
    let a = house.task("a", async move {
        to_a.pass().await;
        'A'
    });
    let b = house.task("b", async move {
        to_b.pass().await;
        opens_a.open();
        'B'
    });
    let c = house.task("c", async move {
        step_aside().await;
        step_aside().await;
        opens_b.open();
        'C'
    });
    assert_eq!(run(vec![a, b, c]), ['A', 'B', 'C']);
    house
}
