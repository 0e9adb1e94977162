//! The same designs on one hand, two and four: when each is finished, and what the line looks like.

use probes::{Run, chart};
use solutions::ch06_carts::{doubled, interleaved, solo};
use solutions::wrong::ch06_carts::one_pile;
use tasks::ch06_carts::hands::{Scene, simulate};

type Design = fn(Scene) -> (u64, Run);

fn main() {
    let designs: [(&str, usize, Design); 5] = [
        ("one crab does it all", 1, |scene| simulate(scene, async |[yard, _]| solo(&yard, scene.loads).await)),
        ("two crabs, one pile", 2, |scene| simulate(scene, async |[one, two]| one_pile(&one, &two, scene.loads).await)),
        ("doubled: two piles", 2, |scene| simulate(scene, async |[one, two]| doubled(&one, &two, scene.loads).await)),
        ("line of four, 4 carts", 4, line),
        ("line of four, 1 cart", 1, line),
    ];
    println!("                         carts are pushed    carts roll");
    println!("  hands                    1     2     4     1     2     4\n");
    for (name, carts, design) in designs {
        let times = [false, true].map(|rolls| [1, 2, 4].map(|hands| design(day(carts, hands, rolls)).0));
        let columns: String = times.as_flattened().iter().map(|time| format!("{time:>6}")).collect();
        println!("  {name:<22}{columns}");
    }
    for (title, carts, hands) in
        [("4 carts, 1 hand", 4, 1), ("4 carts, 2 hands", 4, 2), ("4 carts, 4 hands", 4, 4), ("1 cart, 4 hands", 1, 4)]
    {
        let (took, run) = line(day(carts, hands, false));
        println!("\nThe line of four, {title}: {took} ms\n\n{}", chart::draw(&run).trim_end());
    }
}

fn line(scene: Scene) -> (u64, Run) {
    simulate(scene, async |[yard, _]| interleaved(&yard, scene.loads, scene.carts).await)
}

/// Eight loads in virtual time: every step takes three milliseconds, on every machine.
fn day(carts: usize, hands: usize, rolls: bool) -> Scene {
    Scene { loads: 8, carts, hands, rolls }
}
