//! Ask stations that take long to answer: on one thread, then on several.

use tasks::ch02_weather::{Net, Reading, Station};

/// Asks all stations on one thread, with at most `limit` requests in flight (at least one).
///
/// Returns one reading a station, in the order of the stations.
pub async fn interleaved(net: &Net, stations: &[Station], limit: usize) -> Vec<Reading> {
    // TODO: `net.get(station)` is a future that you can spawn. Which one may start, and when?
    todo!("ask {} stations over {net:?}, never more than {limit} at once", stations.len())
}

/// Asks all stations with `workers` threads (at least one), which sleep until their answer is here.
///
/// Returns one reading a station, in the order of the stations.
pub fn multicore(net: &Net, stations: &[Station], workers: usize) -> Vec<Reading> {
    // TODO: share the stations out; a worker calls `net.get_blocking(station)` for each of its own.
    todo!("ask {} stations over {net:?} with {workers} threads", stations.len())
}
