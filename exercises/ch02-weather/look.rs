//! One thread asks four stations: one by one, in batches of two, and two at every moment.

use probes::{Recorder, chart, clock};
use solutions::ch02_weather::interleaved;
use solutions::wrong::ch02_weather::in_batches;
use tasks::ch02_weather::paused::{PausedNet, TAKES};
use tasks::ch02_weather::{Net, Reading, STATIONS, Station};

fn main() {
    for (station, takes) in STATIONS.iter().zip(TAKES) {
        println!("{} answers after {takes} ms", station.name);
    }
    println!();
    show("One by one", interleaved, 1);
    show("In batches of two", in_batches, 2);
    show("Two at every moment", interleaved, 2);
}

/// Asks on a paused clock: the milliseconds are virtual, and the same every time.
fn show(title: &str, ask: impl AsyncFn(&Net, &[Station], usize) -> Vec<Reading>, limit: usize) {
    let recorder = Recorder::default();
    let net = Net::new(PausedNet::new(&recorder, &STATIONS));
    let (readings, took) = clock::paused(ask(&net, &STATIONS, limit)).expect("every station answers");
    println!("{title}: {} readings in {took} ms\n\n{}", readings.len(), chart::draw(&recorder.run("look")));
}
