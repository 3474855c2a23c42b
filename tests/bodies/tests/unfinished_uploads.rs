//! What does not come to be sent, and what nobody wants any more, is not read for ever.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::depot;
use clientwright_runtime::{Bytes, ErrorKind, Upload};
use futures_core::Stream;
use std::convert::Infallible;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use support::{Memory, Said, Script};
use wire_tests::{Reply, Server};

/// How long one attempt may take here.
const LIMIT: Duration = Duration::from_millis(50);

/// A stream that never gives anything.
struct Silent;

impl Stream for Silent {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

/// A reader that has no end and tells of each time that it is read.
struct Endless(Sender<()>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Nobody may listen any more.
        let _ = self.0.send(());
        buffer[0] = b'P';
        Ok(1)
    }
}

fn endless() -> (Upload, Receiver<()>) {
    let (told, reads) = channel();
    (Upload::from_reader(Endless(told)), reads)
}

/// Waits until the reader is gone.
fn ends(reads: &Receiver<()>) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        if reads.recv_timeout(Duration::from_secs(5)) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
    panic!("the reader is still there");
}

#[test]
fn a_dropped_call_reads_no_further() {
    let client = depot::builder().transport(Memory::json(200, "")).build().unwrap();
    let (upload, reads) = endless();
    let mut call = Box::pin(client.bodies().archive(upload).into_future());
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    reads.recv_timeout(Duration::from_secs(5)).unwrap();
    drop(call);
    ends(&reads);
}

#[tokio::test]
async fn a_dropped_call_sends_no_further() {
    let server = Server::start([Reply::empty(200)]);
    let client = depot::builder().base_url(server.url()).build().unwrap();
    let (upload, reads) = endless();
    let call = tokio::spawn(client.bodies().archive(upload).into_future());
    while reads.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    ends(&reads);
}

/// Over a transport that sends what is in memory.
#[tokio::test]
async fn what_does_not_come_is_given_up() {
    let script = Script::new([]);
    let client = depot::builder().transport(script.clone()).clock(script.clone()).build().unwrap();
    let call = client.bodies().archive(Upload::from_stream(Silent)).with_timeout(LIMIT);
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.to_string(), "depot.bodies.archive: no whole answer within 50ms");
    assert!(script.waits().is_empty(), "it is the time of the machine that was over");
}

/// What an app's test takes for a timer ends at once: no time for what is read on a thread.
#[tokio::test]
async fn what_is_read_meanwhile_has_time_where_waits_take_none() {
    struct Slow(bool);
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(5));
            buffer[..2].copy_from_slice(b"PK");
            Ok(if std::mem::replace(&mut self.0, true) { 0 } else { 2 })
        }
    }
    let script = Script::new([Said::Answers(200, &[], "")]);
    let client = depot::builder().transport(script.clone()).clock(script.clone()).build().unwrap();
    client.bodies().archive(Upload::from_reader(Slow(false))).await.unwrap();
    assert_eq!(&script.sent()[0].body[..], b"PK");
    assert!(script.waits().is_empty());
}

/// One thread waits here, so that it has to be the time that ends it.
#[test]
fn what_does_not_come_is_given_up_by_those_who_block() {
    let server = Server::repeating(Reply::empty(200));
    let streaming = depot::builder().base_url(server.url()).build_blocking().unwrap();
    let memory = Memory::json(200, "");
    let whole = depot::builder().blocking_transport(memory.clone()).build_blocking().unwrap();
    for client in [streaming, whole] {
        let (endless, _reads) = endless();
        for upload in [Upload::from_stream(Silent), endless] {
            let error = client.bodies().archive(upload).with_timeout(LIMIT).send().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        }
    }
    assert_eq!(memory.count(), 0);
}

/// A reader that gives nothing until the other end is gone.
struct Hanging {
    until: Receiver<()>,
    /// Dropped with it.
    _told: Sender<()>,
}

impl Read for Hanging {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        let _ = self.until.recv();
        Ok(0)
    }
}

/// Nothing interrupts it: it is left behind on a thread, which ends with it.
#[test]
fn a_reader_that_hangs_is_left_behind() {
    let server = Server::repeating(Reply::empty(200));
    let streaming = depot::builder().base_url(server.url()).build_blocking().unwrap();
    let memory = Memory::json(200, "");
    let whole = depot::builder().blocking_transport(memory.clone()).build_blocking().unwrap();
    for client in [streaming, whole] {
        let (release, until) = channel();
        let (told, gone) = channel();
        let upload = Upload::from_reader(Hanging { until, _told: told });
        let error = client.bodies().archive(upload).with_timeout(LIMIT).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        drop(release);
        ends(&gone);
    }
    assert_eq!(memory.count(), 0);
}

/// What reading takes is not there for the answer.
#[test]
fn reading_takes_of_the_time_of_the_call() {
    struct Slow(Script, bool);
    impl Stream for Slow {
        type Item = Result<Bytes, Infallible>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.0.advance(3);
            Poll::Ready((!std::mem::replace(&mut self.1, true)).then(|| Ok("PK".into())))
        }
    }
    let script = Script::new([Said::Answers(200, &[], "")]);
    let client = depot::builder().transport(script.clone()).clock(script.clone()).build().unwrap();
    let send = |seconds| {
        let upload = Upload::from_stream(Slow(script.clone(), false));
        let call = client.bodies().archive(upload).with_timeout(Duration::from_secs(seconds));
        support::ready(call)
    };
    send(10).unwrap();
    assert_eq!(script.sent()[0].timeout, Some(Duration::from_secs(4)));
    assert_eq!(&script.sent()[0].body[..], b"PK");
    // All of it came, and too late.
    assert_eq!(send(5).unwrap_err().kind(), ErrorKind::Timeout);

    let memory = Memory::json(200, "");
    let client = depot::builder().blocking_transport(memory.clone()).build_blocking().unwrap();
    let upload = Upload::from_reader(&b"PK"[..]);
    client.bodies().archive(upload).with_timeout(Duration::from_secs(9)).send().unwrap();
    assert!(memory.sent().timeout.unwrap() < Duration::from_secs(9));
}
