//! Ask twelve stations over real sockets: `cargo run -p ch02 --example try --features try -- 4`.
//!
//! A server on this machine answers each question after a while of its own. The number is your limit, and the number of
//! your threads.

use std::io::{Read, Write, stdout};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tasks::ch02_weather::{Asked, Line, Net, Reading, Station, reference};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Each station, its degrees, and how many milliseconds its answer takes.
const STATIONS: [(&str, i8, u64); 12] = [
    ("Oslo", -3, 400),
    ("Lima", 18, 100),
    ("Rome", 14, 250),
    ("Baku", 9, 150),
    ("Cairo", 23, 300),
    ("Quito", 13, 100),
    ("Hanoi", 26, 350),
    ("Turku", -6, 200),
    ("Perth", 21, 450),
    ("Nome", -14, 500),
    ("Accra", 29, 150),
    ("Kyoto", 8, 200),
];
const MOST: usize = 64;
/// The width of the chart, and the milliseconds of a cell of it.
const CELLS: usize = 64;

fn main() -> ExitCode {
    let limit = match std::env::args().nth(1).map(|word| word.parse()) {
        None => 4,
        Some(Ok(limit @ 1..=MOST)) => limit,
        Some(_) => {
            say(&format!("A number from 1 to {MOST}, please: cargo course try ch02 4"));
            return ExitCode::from(2);
        }
    };
    let server = match serve() {
        Ok(server) => server,
        Err(error) => {
            say(&format!("This machine gives no port on its loopback address: {error}."));
            return ExitCode::FAILURE;
        }
    };
    let stations: Vec<_> = STATIONS.iter().enumerate().map(|(id, &(name, ..))| Station { id, name }).collect();
    let ways: [(String, Ask); 3] = [
        ("The plain loop, one by one".into(), Box::new(reference)),
        (
            format!("Your interleaved, one thread, at most {limit} in flight"),
            Box::new(move |net, all| on_one_thread(ch02::interleaved(net, all, limit))),
        ),
        (format!("Your multicore, {limit} threads"), Box::new(move |net, all| ch02::multicore(net, all, limit))),
    ];
    // All charts have the scale of the longest run, and that is the first.
    let mut scale = None;
    for (name, ask) in ways {
        let net = Loopback { server, asked: Arc::default() };
        let (asked, start) = (net.asked.clone(), Instant::now());
        say(&format!("\n{name}:"));
        match catch_unwind(AssertUnwindSafe(|| ask(&Net::new(net), &stations))) {
            Ok(readings) => show(&readings, &asked.lock().expect("no panic"), start, &mut scale),
            Err(_) => say("  This one has no answer yet."),
        }
    }
    ExitCode::SUCCESS
}

type Ask = Box<dyn Fn(&Net, &[Station]) -> Vec<Reading>>;
/// Which station was asked, when, and when its answer was here.
type Times = Vec<(usize, Instant, Instant)>;

/// A line for each station: when its question was on its way.
fn show(readings: &[Reading], asked: &Times, start: Instant, scale: &mut Option<Duration>) {
    let took = asked.iter().map(|(.., back)| *back - start).max().unwrap_or_default();
    let whole = *scale.get_or_insert(took);
    let cell = |time: Instant| {
        let share = (time - start).as_secs_f64() / whole.as_secs_f64();
        ((share * CELLS as f64) as usize).min(CELLS)
    };
    for (id, (name, ..)) in STATIONS.iter().enumerate() {
        let Some((_, from, to)) = asked.iter().find(|(asked, ..)| *asked == id) else { continue };
        let (from, to) = (cell(*from), cell(*to));
        let degrees = readings
            .iter()
            .find(|reading| reading.station.id == id)
            .map_or("?".into(), |reading| reading.degrees.to_string());
        say(&format!("  {name:<5} {degrees:>3}  {}{}", " ".repeat(from), "#".repeat((to - from).max(1))));
    }
    say(&format!("  {} readings after {:.2} s", readings.len(), took.as_secs_f64()));
}

fn on_one_thread(asking: impl Future<Output = Vec<Reading>>) -> Vec<Reading> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime on this thread").block_on(asking)
}

/// Every question is a connection.
struct Loopback {
    server: SocketAddr,
    asked: Arc<Mutex<Times>>,
}

impl Loopback {
    fn answered(&self, station: Station, asked: Instant, answer: std::io::Result<i8>) -> Reading {
        let degrees = answer.unwrap_or_else(|error| panic!("{} hung up: {error}", station.name));
        self.asked.lock().expect("no panic").push((station.id, asked, Instant::now()));
        Reading { station, degrees }
    }
}

impl Line for Loopback {
    fn get(self: Arc<Self>, station: Station) -> Asked {
        Box::pin(async move {
            let asked = Instant::now();
            let answer = async {
                let mut socket = tokio::net::TcpStream::connect(self.server).await?;
                socket.write_u8(station.id as u8).await?;
                socket.read_i8().await
            };
            let answer = answer.await;
            self.answered(station, asked, answer)
        })
    }

    fn get_blocking(&self, station: Station) -> Reading {
        let asked = Instant::now();
        let answer = || {
            let mut socket = TcpStream::connect(self.server)?;
            socket.write_all(&[station.id as u8])?;
            let mut degrees = [0];
            socket.read_exact(&mut degrees)?;
            Ok(degrees[0].cast_signed())
        };
        let answer = answer();
        self.answered(station, asked, answer)
    }
}

/// A server that answers until the program ends: a thread for each question.
fn serve() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let server = listener.local_addr()?;
    thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            thread::spawn(move || {
                let mut id = [0];
                socket.read_exact(&mut id)?;
                let (_, degrees, takes) = STATIONS[usize::from(id[0]) % STATIONS.len()];
                thread::sleep(Duration::from_millis(takes));
                socket.write_all(&[degrees.cast_unsigned()])
            });
        }
    });
    Ok(server)
}

/// A line; nobody minds if the reader has gone.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
