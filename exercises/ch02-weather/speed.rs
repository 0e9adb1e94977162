//! Stations that take long to answer, asked by one thread and by many: `cargo course speed ch02`.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use probes::speed::{Contender, compare, table};
use solutions::ch02_weather as solution;
use tasks::ch02_weather::{Asked, Line, Net, Reading, Station, reference, thermometer};
use tokio::runtime::Builder;

const STATIONS: usize = 16;
/// An answer is on its way for so long, and nobody has anything to do.
const ON_ITS_WAY: Duration = Duration::from_millis(8);
/// Requests in flight, and threads. Not the number of cores: there is no work to share out.
const PLACES: [usize; 3] = [1, 4, 16];
const ROUNDS: usize = 7;

fn main() {
    let named = |what: &str| PLACES.map(|n| format!("{what} {n}"));
    let (limits, threads) = (named("your limit"), named("your threads"));

    let mut contenders = vec![contender("one by one", reference)];
    for (name, limit) in limits.iter().zip(PLACES) {
        contenders.push(contender(name, move |net, all| on_one_thread(ch02::interleaved(net, all, limit))));
    }
    for (name, workers) in threads.iter().zip(PLACES) {
        contenders.push(contender(name, move |net, all| ch02::multicore(net, all, workers)));
    }
    // Once is enough to compare with, where most is to be gained.
    let most = PLACES[2];
    contenders.push(contender("their limit 16", |net, all| on_one_thread(solution::interleaved(net, all, most))));
    contenders.push(contender("their threads 16", |net, all| solution::multicore(net, all, most)));

    println!("{STATIONS} stations that answer after {} ms, asked with n requests in flight:", ON_ITS_WAY.as_millis());
    println!("`interleaved` has the limit, `multicore` the threads; theirs is the solution.\n");
    println!("{}", table(&compare(ROUNDS, contenders)));
    println!("Nothing of this is gained from cores. A request that waits needs none, so one");
    println!("thread with a limit of 16 is about as quick as 16 threads, also on one core.");
}

fn contender<'a>(name: &'a str, ask: impl Fn(&Net, &[Station]) -> Vec<Reading> + 'a) -> Contender<'a> {
    let (net, all): (_, Vec<Station>) = (Net::new(Slow), (0..STATIONS).map(|id| Station { id, name: "s" }).collect());
    let due: Vec<Reading> = all.iter().map(|&station| thermometer(station)).collect();
    (name, Box::new(move || assert_eq!(ask(&net, &all), due)))
}

fn on_one_thread(asking: impl Future<Output = Vec<Reading>>) -> Vec<Reading> {
    Builder::new_current_thread().enable_time().build().expect("a runtime on this thread").block_on(asking)
}

/// A net whose answers take a while of real time.
struct Slow;

impl Line for Slow {
    fn get(self: Arc<Self>, station: Station) -> Asked {
        Box::pin(async move {
            tokio::time::sleep(ON_ITS_WAY).await;
            thermometer(station)
        })
    }

    fn get_blocking(&self, station: Station) -> Reading {
        thread::sleep(ON_ITS_WAY);
        thermometer(station)
    }
}
