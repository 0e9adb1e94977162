//! The weather stations: readings that take long to come, and a net that takes few questions at once.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use probes::Words;

const WORDS: Words = Words {
    page: "ch02-weather",
    task: "station",
    tasks: "stations",
    worker: "worker",
    workers: "workers",
    work: "a request",
    results: "readings",
};

/// A station far away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Station {
    /// Its place in the list of all stations.
    pub id: usize,
    pub name: &'static str,
}

/// What a station answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub station: Station,
    /// Whole degrees Celsius.
    pub degrees: i8,
}

/// The way to the stations. A clone is the same way, so that every task or thread can have its own.
#[derive(Clone)]
pub struct Net(Arc<dyn Line>);

/// What a net is made of: the two ways to ask, for two ways to wait.
pub trait Line: Send + Sync + 'static {
    /// Asks when it is first polled.
    fn get(self: Arc<Self>, station: Station) -> Asked;
    fn get_blocking(&self, station: Station) -> Reading;
}

/// A question that may be on its way.
pub type Asked = std::pin::Pin<Box<dyn Future<Output = Reading> + Send>>;

impl Net {
    pub fn new(line: impl Line) -> Net {
        Net(Arc::new(line))
    }

    /// Asks a station; the thread is free while the answer is on its way.
    ///
    /// The future owns all it needs, so that it can be spawned.
    pub fn get(&self, station: Station) -> impl Future<Output = Reading> + Send + 'static {
        self.0.clone().get(station)
    }

    /// Asks a station; the thread sleeps until the answer is here.
    pub fn get_blocking(&self, station: Station) -> Reading {
        self.0.get_blocking(station)
    }
}

/// The plain loop: one station after another.
pub fn reference(net: &Net, stations: &[Station]) -> Vec<Reading> {
    stations.iter().map(|&station| net.get_blocking(station)).collect()
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} with {} °C", self.station.name, self.degrees)
    }
}

impl fmt::Debug for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Net")
    }
}

/// Four stations, each with a reading of its own.
pub const STATIONS: [Station; 4] = [
    Station { id: 0, name: "oslo" },
    Station { id: 1, name: "lima" },
    Station { id: 2, name: "rome" },
    Station { id: 3, name: "baku" },
];

/// What the thermometer shows: `oslo` -3, `lima` 18, `rome` 14, `baku` 9.
pub fn thermometer(station: Station) -> Reading {
    Reading { station, degrees: [-3, 18, 14, 9][station.id % 4] }
}

pub mod paused {
    //! A net in virtual time: how long each answer takes is given, and is exact.

    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::thread::{self, ThreadId};
    use std::time::Duration;

    use probes::{Lane, Recorder, wording};
    use tokio::runtime::Handle;
    use tokio::time::{Instant, sleep};

    use super::{Asked, Line, Reading, Station, WORDS, thermometer};

    /// How many virtual milliseconds each station takes to answer, in the order of `STATIONS`.
    pub const TAKES: [u64; 4] = [40, 10, 20, 10];

    /// A net on a paused clock; it writes down everything that is asked.
    #[derive(Clone, Debug)]
    pub struct PausedNet {
        caller: ThreadId,
        lanes: Vec<Lane>,
        log: Arc<Mutex<Vec<Request>>>,
    }

    /// One question, from the call that made it to its answer.
    #[derive(Clone, Copy, Debug)]
    pub struct Request {
        pub station: Station,
        /// How many answers were back when the future was made.
        pub made_after: usize,
        /// When it was first polled, and when its answer was here.
        pub asked: Option<Instant>,
        pub back: Option<Instant>,
        /// Whether a task of its own polled it, and how many tasks were alive at that moment.
        pub spawned: bool,
        pub alive: usize,
    }

    impl PausedNet {
        /// A net for `stations`; only the thread that makes it may ask.
        pub fn new(recorder: &Recorder, stations: &[Station]) -> PausedNet {
            let lanes = stations.iter().map(|station| recorder.task(station.name)).collect();
            PausedNet { caller: thread::current().id(), lanes, log: Arc::default() }
        }

        /// All requests, in the order in which they were made.
        pub fn requests(&self) -> Vec<Request> {
            self.log().clone()
        }

        fn log(&self) -> MutexGuard<'_, Vec<Request>> {
            self.log.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn made(&self, station: Station) -> usize {
            let mut log = self.log();
            let made_after = log.iter().filter(|request| request.back.is_some()).count();
            log.push(Request { station, made_after, asked: None, back: None, spawned: false, alive: 0 });
            log.len() - 1
        }

        fn asked(&self, request: usize) {
            let request = &mut self.log()[request];
            request.asked = Some(Instant::now());
            request.spawned = tokio::task::try_id().is_some();
            request.alive = Handle::current().metrics().num_alive_tasks();
        }

        fn on_the_callers_thread(&self, lane: &Lane) {
            if thread::current().id() != self.caller {
                let _step = lane.step();
                lane.recorder().stop(|run| wording::second_thread(&WORDS, run));
            }
        }
    }

    impl Line for PausedNet {
        fn get(self: Arc<Self>, station: Station) -> Asked {
            let request = self.made(station);
            Box::pin(async move {
                let lane = &self.lanes[station.id];
                self.on_the_callers_thread(lane);
                self.asked(request);
                drop(lane.step());
                sleep(Duration::from_millis(TAKES[station.id])).await;
                drop(lane.step());
                lane.finish();
                self.log()[request].back = Some(Instant::now());
                thermometer(station)
            })
        }

        fn get_blocking(&self, station: Station) -> Reading {
            let lane = &self.lanes[station.id];
            self.on_the_callers_thread(lane);
            let _step = lane.step();
            lane.recorder().stop(|run| wording::blocked(&WORDS, run))
        }
    }
}

pub mod loopback {
    //! A net of real sockets: a server on this machine that answers only when enough requests are open.

    use std::io::{ErrorKind, Read, Write};
    use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
    use std::sync::Arc;
    use std::thread;

    use probes::still::{self, End, Patience};
    use probes::{Lane, Recorder, wording};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::{Asked, Line, Reading, STATIONS, Station, WORDS};

    /// A net whose requests are TCP connections.
    #[derive(Debug)]
    pub struct LoopbackNet {
        server: SocketAddr,
        open: usize,
        lanes: Vec<Lane>,
    }

    impl LoopbackNet {
        /// Starts a server for one question about each of `stations`. It keeps `open` requests waiting as
        /// long as there are that many, and answers only the youngest of them.
        ///
        /// # Errors
        ///
        /// If this machine gives no port on its loopback address.
        pub fn start(recorder: &Recorder, stations: &[Station], open: usize) -> std::io::Result<LoopbackNet> {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            listener.set_nonblocking(true)?;
            let (server, due) = (listener.local_addr()?, stations.len());
            thread::spawn(move || serve(&listener, open, due));
            let lanes = stations.iter().map(|station| recorder.task(station.name)).collect();
            Ok(LoopbackNet { server, open, lanes })
        }

        fn answered(&self, station: Station, answer: std::io::Result<i8>) -> Reading {
            let lane = &self.lanes[station.id];
            let _step = lane.step();
            lane.finish();
            match answer {
                Ok(degrees) => Reading { station, degrees },
                Err(_) => lane.recorder().stop(|run| wording::hung_up(&WORDS, run, station.name, self.open)),
            }
        }

        async fn ask(&self, station: Station) -> std::io::Result<i8> {
            let mut socket = tokio::net::TcpStream::connect(self.server).await?;
            socket.write_u8(station.id as u8).await?;
            socket.read_i8().await
        }

        fn ask_blocking(&self, station: Station) -> std::io::Result<i8> {
            let mut socket = TcpStream::connect(self.server)?;
            socket.write_all(&[station.id as u8])?;
            let mut answer = [0];
            socket.read_exact(&mut answer)?;
            Ok(answer[0].cast_signed())
        }
    }

    impl Line for LoopbackNet {
        fn get(self: Arc<Self>, station: Station) -> Asked {
            Box::pin(async move {
                drop(self.lanes[station.id].step());
                let answer = self.ask(station).await;
                self.answered(station, answer)
            })
        }

        fn get_blocking(&self, station: Station) -> Reading {
            drop(self.lanes[station.id].step());
            let answer = self.ask_blocking(station);
            self.answered(station, answer)
        }
    }

    /// Answers `due` requests, one whenever `open` of them (or all that are left) wait. Hangs up on
    /// everybody when they do not come.
    fn serve(listener: &TcpListener, open: usize, due: usize) {
        let mut waiting: Vec<(TcpStream, u8)> = Vec::new();
        for left in (1..=due).rev() {
            while waiting.len() < open.min(left) {
                match accept(listener) {
                    Some(request) => waiting.push(request),
                    None => return,
                }
            }
            let Some((mut socket, id)) = waiting.pop() else { return };
            let degrees = super::thermometer(STATIONS[usize::from(id)]).degrees;
            let _ = socket.write_all(&[degrees.cast_unsigned()]);
        }
    }

    /// The next request, or `None` when no more can come: everybody sleeps, and nobody knocks.
    fn accept(listener: &TcpListener) -> Option<(TcpStream, u8)> {
        let mut knock = None;
        let end = still::wait_until(Patience::Long, || match listener.accept() {
            Ok((socket, _)) => {
                knock = Some(socket);
                true
            }
            Err(error) => error.kind() != ErrorKind::WouldBlock,
        });
        let mut socket = knock.filter(|_| end == End::Done)?;
        socket.set_nonblocking(false).ok()?;
        let mut id = [0];
        socket.read_exact(&mut id).ok()?;
        Some((socket, id[0]))
    }
}

pub mod check {
    //! As many requests in flight as the limit allows, at every moment, and never more; readings in order.

    use std::pin::Pin;
    use std::sync::{Arc, Mutex, PoisonError};

    use super::loopback::LoopbackNet;
    use super::paused::{PausedNet, Request, TAKES};
    use super::{Asked, Line, Net, Reading, STATIONS, Station, WORDS, thermometer};
    use probes::clock;
    use probes::still::{self, Patience};
    use probes::wording::InTurn;
    use probes::{Crew, Lane, Recorder, Run, Verdict, see, wording};
    pub use probes::{Judged, alone};
    use tokio::time::Instant;

    type Readings = Pin<Box<dyn Future<Output = Vec<Reading>>>>;
    type Interleaved = Arc<dyn Fn(Net, Vec<Station>, usize) -> Readings + Send + Sync>;
    type Multicore = fn(&Net, &[Station], usize) -> Vec<Reading>;

    /// In virtual time with a limit of two, four and one, for more places than stations and for no station;
    /// then once over real sockets.
    pub fn interleaved<F>(yours: F) -> Judged
    where
        F: AsyncFn(&Net, &[Station], usize) -> Vec<Reading> + Copy + Send + Sync + 'static,
    {
        let yours: Interleaved =
            Arc::new(move |net, stations, limit| Box::pin(async move { yours(&net, &stations, limit).await }));
        interleaved_boxed(&yours)
    }

    /// Not generic, so that a learner's test does not compile it again after every save.
    fn interleaved_boxed(yours: &Interleaved) -> Judged {
        [2, 4, 1, 9].iter().try_for_each(|&limit| in_virtual_time(yours, &STATIONS, limit))?;
        in_virtual_time(yours, &[], 2)?;
        over_sockets(yours, 2)
    }

    fn in_virtual_time(yours: &Interleaved, stations: &'static [Station], limit: usize) -> Judged {
        let (recorder, yours) = (Recorder::default(), yours.clone());
        let net: Arc<Mutex<Option<PausedNet>>> = Arc::default();
        let (kept, lanes) = (net.clone(), recorder.clone());
        let seen = see(&WORDS, &recorder, move || {
            let net = PausedNet::new(&lanes, stations);
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(net.clone());
            clock::paused(yours(Net::new(net), stations.to_vec(), limit))
        })?;
        let seen = seen.finished_in_virtual_time()?;
        seen.returned(&readings(stations))?;
        seen.on_one_thread()?;
        let net = net.lock().unwrap_or_else(PoisonError::into_inner).take();
        every_place_in_use(&seen.run, &net.map_or(vec![], |net| net.requests()), limit)
    }

    /// At every moment, as many requests are in flight as the limit and what is left allow.
    fn every_place_in_use(run: &Run, requests: &[Request], limit: usize) -> Judged {
        let spans: Vec<Span> = requests.iter().filter_map(Span::of).collect();
        let most = spans.iter().map(|span| in_flight(&spans, span.asked)).max().unwrap_or(0);
        let due = limit.min(spans.len());
        match most {
            _ if most > limit => Err(wording::over_limit(&WORDS, run, most, limit)),
            1 if due > 1 => Err(in_turn(run, requests)),
            _ if most < due => Err(wording::under_limit(&WORDS, run, most, limit)),
            _ => no_idle_place(run, &spans, limit),
        }
    }

    fn no_idle_place(run: &Run, spans: &[Span], limit: usize) -> Judged {
        let idle = |time: &Instant| in_flight(spans, *time) < limit.min(left(spans, *time));
        let Some(time) = spans.iter().map(|span| span.back).filter(idle).min() else { return Ok(()) };
        let waits = spans.iter().filter(|span| span.asked > time).min_by_key(|span| span.asked);
        let start = spans.iter().map(|span| span.asked).min().unwrap_or(time);
        let end = spans.iter().map(|span| span.back).max().unwrap_or(time);
        let took = (end - start).as_millis() as u64;
        let name = waits.map_or("a station", |span| span.station.name);
        Err(wording::idle_place(&WORDS, run, name, took, shortest(spans, limit)))
    }

    /// A request while it was in flight.
    #[derive(Clone, Copy)]
    struct Span {
        station: Station,
        asked: Instant,
        back: Instant,
    }

    impl Span {
        fn of(request: &Request) -> Option<Span> {
            Some(Span { station: request.station, asked: request.asked?, back: request.back? })
        }
    }

    fn in_flight(spans: &[Span], time: Instant) -> usize {
        spans.iter().filter(|span| span.asked <= time && time < span.back).count()
    }

    fn left(spans: &[Span], time: Instant) -> usize {
        spans.iter().filter(|span| time < span.back).count()
    }

    /// How long the same requests take, in the order in which they were asked, with every place in use.
    fn shortest(spans: &[Span], limit: usize) -> u64 {
        let mut spans = spans.to_vec();
        spans.sort_by_key(|span| span.asked);
        let mut free_at = vec![0; limit];
        for span in spans {
            if let Some(soonest) = free_at.iter_mut().min() {
                *soonest += TAKES[span.station.id];
            }
        }
        free_at.into_iter().max().unwrap_or(0)
    }

    fn in_turn(run: &Run, requests: &[Request]) -> Verdict {
        let why = match requests {
            _ if requests.iter().any(|request| request.spawned && request.alive > 1) => InTurn::KeptOut,
            _ if requests.iter().any(|request| request.spawned) => InTurn::SpawnedAndAwaited,
            [_, second, ..] if second.made_after == 0 => InTurn::MadeFirst,
            _ => InTurn::Awaited,
        };
        let mut asked: Vec<_> = requests.iter().filter(|request| request.asked.is_some()).collect();
        asked.sort_by_key(|request| request.asked);
        let name = |index: usize| asked.get(index).map_or("a station", |request| request.station.name);
        wording::in_turn(&WORDS, run, name(0), name(1), why)
    }

    /// Real sockets, one thread: the server answers only while enough requests are open.
    fn over_sockets(yours: &Interleaved, limit: usize) -> Judged {
        let (recorder, yours) = (Recorder::default(), yours.clone());
        let net = loopback(&recorder, limit)?;
        let seen = see(&WORDS, &recorder, move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime on this thread").block_on(yours(net, STATIONS.to_vec(), limit))
        })?;
        seen.returned(&readings(&STATIONS))
    }

    fn loopback(recorder: &Recorder, open: usize) -> Result<Net, Verdict> {
        let net = LoopbackNet::start(recorder, &STATIONS, open);
        net.map(Net::new).map_err(|error| wording::no_loopback(&error))
    }

    /// Two workers, four, one; stations that cannot be shared out evenly; more workers than stations; no
    /// station; then once over real sockets.
    pub fn multicore(yours: Multicore) -> Judged {
        [2, 4, 1].iter().try_for_each(|&workers| several_workers(yours, &STATIONS, workers))?;
        several_workers(yours, &STATIONS[..3], 2)?;
        several_workers(yours, &STATIONS[..2], 4)?;
        several_workers(yours, &[], 2)?;
        over_sockets_with_threads(yours, 4)
    }

    fn several_workers(yours: Multicore, stations: &'static [Station], workers: usize) -> Judged {
        let (recorder, crew) = (Recorder::default(), Arc::new(Crew::of(workers.min(stations.len()))));
        let lanes = stations.iter().map(|station| recorder.task(station.name)).collect();
        let net = Net::new(SlowestFirst { lanes, crew: crew.clone() });
        let seen = see(&WORDS, &recorder, move || yours(&net, stations, workers))?;
        seen.returned(&readings(stations))?;
        if !stations.is_empty() {
            seen.together(&crew)?;
        }
        seen.nothing_left_behind(&recorder)
    }

    /// Real sockets, one thread a worker.
    fn over_sockets_with_threads(yours: Multicore, workers: usize) -> Judged {
        let recorder = Recorder::default();
        let net = loopback(&recorder, workers)?;
        let seen = see(&WORDS, &recorder, move || yours(&net, &STATIONS, workers))?;
        seen.returned(&readings(&STATIONS))
    }

    /// A net for threads. The first station answers last, whoever asks it: its answer waits until nobody else
    /// can move, so readings in the order of their coming are in the wrong order.
    struct SlowestFirst {
        lanes: Vec<Lane>,
        crew: Arc<Crew>,
    }

    impl Line for SlowestFirst {
        fn get(self: Arc<Self>, station: Station) -> Asked {
            Box::pin(async move { self.get_blocking(station) })
        }

        fn get_blocking(&self, station: Station) -> Reading {
            let lane = &self.lanes[station.id];
            let step = lane.step();
            self.crew.visit();
            drop(step);
            if station.id == 0 {
                still::wait(Patience::Short);
            }
            lane.finish();
            thermometer(station)
        }
    }

    fn readings(stations: &[Station]) -> Vec<Reading> {
        stations.iter().map(|&station| thermometer(station)).collect()
    }
}
