//! The server of the weather stations: it answers only while enough requests are open, the youngest first.

use std::thread;
use std::time::Duration;

use probes::{Judged, Recorder, Verdict, Words, alone, see};
use tasks::ch02_weather::loopback::LoopbackNet;
use tasks::ch02_weather::{Net, STATIONS};

const WORDS: Words = Words {
    page: "ch02-weather",
    task: "station",
    tasks: "stations",
    worker: "worker",
    workers: "workers",
    work: "a request",
    results: "readings",
};

/// What comes of code that may ask three of the stations, with a server that wants two requests open.
fn asked<T: Send + 'static>(code: impl FnOnce(Net) -> T + Send + 'static) -> Result<T, Verdict> {
    let recorder = Recorder::default();
    let net = Net::new(LoopbackNet::start(&recorder, &STATIONS[..3], 2).unwrap());
    see(&WORDS, &recorder, move || code(net)).map(|seen| seen.returned)
}

#[test]
fn who_asks_one_after_another_is_hung_up_on() -> Judged {
    alone(|| {
        let said = asked(|net| net.get_blocking(STATIONS[0])).unwrap_err();
        assert!(said.headline.contains("the server hung up on oslo: it answers while 2"), "{said}");
        Ok(())
    })
}

#[test]
fn the_youngest_is_answered_first() -> Judged {
    alone(|| {
        let first = asked(|net| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    oldest = net.get(STATIONS[0]) => oldest,
                    youngest = net.get(STATIONS[1]) => youngest,
                }
            })
        });
        assert_eq!(first?.station.name, "lima");
        Ok(())
    })
}

/// Who naps is not gone: the server hangs up only when nobody has woken for a long time.
#[test]
fn who_knocks_after_a_nap_is_let_in() -> Judged {
    alone(|| {
        let answers = asked(|net| {
            thread::scope(|scope| {
                let net = &net;
                let ask = move |index: usize| net.get_blocking(STATIONS[index]).degrees;
                let early = scope.spawn(move || ask(0));
                thread::sleep(Duration::from_millis(50));
                let late = scope.spawn(move || ask(1));
                (late.join().unwrap(), ask(2), early.join().unwrap())
            })
        });
        assert_eq!(answers?, (18, 14, -3));
        Ok(())
    })
}
