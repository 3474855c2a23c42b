//! Answers that are read as they come, from servers that are whole, slow and broken.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::polar::exercises::GpxError;
use clientwright_providers::polar::{self, Builder};
use clientwright_providers::runtime::{Blocking, Download, Error, ErrorKind, Progress, Retry};
use futures_core::Stream;
use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::time::Duration;
use wire_tests::{Reply, Server};

const GPX: [(&str, &str); 1] = [("Content-Type", "application/gpx+xml")];
/// What is waited for in vain.
const SHORT: Duration = Duration::from_millis(500);

fn builder(server: &Server) -> Builder {
    polar::builder().user("t0ken").retry(Retry::none()).base_url(server.url())
}

fn blocking(server: &Server) -> polar::Client<Blocking> {
    builder(server).build_blocking().unwrap()
}

/// No error shows an address, a token or a body.
fn assert_no_secret(error: &Error) {
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(error);
    while let Some(next) = source {
        shown.push_str(&format!("{next} {next:?}"));
        source = next.source();
    }
    assert!(!["127.0.0.1", "t0ken", "<gpx"].iter().any(|secret| shown.contains(secret)), "{shown}");
}

/// What both clients read of an answer: all bytes, or the error behind some of them.
async fn read(reply: Reply, limit: Option<Duration>) -> (String, Option<Error>) {
    let server = Server::start([reply.clone(), reply]);
    let mut builder = builder(&server);
    if let Some(limit) = limit {
        builder = builder.attempt_timeout(limit);
    }
    let client = builder.clone().build().unwrap();
    let mut download = client.exercises().gpx("1").stream().await.unwrap();
    let (mut found, mut failure) = (Vec::new(), None);
    loop {
        match download.try_next().await {
            Ok(Some(piece)) => found.extend_from_slice(&piece),
            Ok(None) => break,
            Err(error) => {
                failure = Some(error);
                assert!(download.try_next().await.unwrap().is_none(), "it ends after an error");
                break;
            }
        }
    }
    let blocking = builder.build_blocking().unwrap();
    let (found_too, failure_too) = tokio::task::spawn_blocking(move || {
        let (mut found, mut failure) = (Vec::new(), None);
        for piece in blocking.exercises().gpx("1").stream().unwrap() {
            match piece {
                Ok(piece) => found.extend_from_slice(&piece),
                Err(error) => failure = Some(error),
            }
        }
        (found, failure)
    })
    .await
    .unwrap();
    assert_eq!(found, found_too);
    let kind = |failure: &Option<Error>| failure.as_ref().map(|e| (e.kind(), e.to_string()));
    assert_eq!(kind(&failure), kind(&failure_too));
    failure_too.iter().chain(&failure).for_each(assert_no_secret);
    assert_eq!(server.requests().len(), 2, "nothing is asked for twice");
    (String::from_utf8(found).unwrap(), failure)
}

#[tokio::test]
async fn bodies_of_all_framings() {
    for reply in [
        Reply::new(200, &GPX, "<gpx>1</gpx>"),
        Reply::chunked(200, &GPX, &["<gpx>", "1</gpx>"]),
        Reply::until_close(200, &GPX, "<gpx>1</gpx>"),
    ] {
        let (body, failure) = read(reply, None).await;
        assert_eq!((body.as_str(), failure.is_none()), ("<gpx>1</gpx>", true));
    }
    assert_eq!(read(Reply::new(200, &GPX, ""), None).await.0, "");
}

#[tokio::test]
async fn the_head_is_there_before_the_body() {
    let server = Server::repeating(Reply::new(200, &GPX, "<gpx/>").stall(3));
    let client = builder(&server).build().unwrap();
    let mut download = client.exercises().gpx("1").stream().await.unwrap();
    assert_eq!(download.response().status(), 200);
    assert_eq!(download.response().headers()["content-type"], "application/gpx+xml");
    assert_eq!(download.progress().total, Some(6));
    assert_eq!(&download.try_next().await.unwrap().unwrap()[..], b"<gp");
    assert_eq!(download.progress().bytes, 3);

    let blocking = blocking(&server);
    tokio::task::spawn_blocking(move || {
        let mut download = blocking.exercises().gpx("1").stream().unwrap();
        let mut begun = [0; 3];
        download.read_exact(&mut begun).unwrap();
        assert_eq!((&begun, download.progress().bytes), (b"<gp", 3));
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn bodies_that_break_off() {
    let (found, failure) = read(Reply::new(200, &GPX, "<gpx>1</gpx>").cut(5), None).await;
    let failure = failure.unwrap();
    assert_eq!((found.as_str(), failure.kind()), ("<gpx>1<", ErrorKind::Transport));
    assert_eq!(
        failure.to_string(),
        "polar.exercises.gpx: 200 OK, but the body broke off after 7 bytes"
    );
    assert!(failure.is_retryable(), "reading changes nothing");
    // In chunks, without the last one; and with one that ends too early.
    for reply in [
        Reply::chunked(200, &GPX, &["<gpx>", "1<"]).cut(5),
        Reply::chunked(200, &GPX, &["<gpx>", "1</gpx>"]).cut(12),
    ] {
        let (found, failure) = read(reply, None).await;
        assert_eq!((found.as_str(), failure.unwrap().kind()), ("<gpx>1<", ErrorKind::Transport));
    }
}

/// The one client notices later than the other.
#[tokio::test]
async fn bodies_that_are_no_chunks() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n<g\r\nzz\r\n";
    let server = Server::start(vec![Reply::raw(head); 2]);
    let client = builder(&server).build().unwrap();
    let download = client.exercises().gpx("1").stream().await.unwrap();
    let error = download.copy_to(io::sink()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let client = blocking(&server);
    let copy = move || client.exercises().gpx("1").stream().unwrap().copy_to(io::sink());
    let error = tokio::task::spawn_blocking(copy).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn bodies_that_stop_coming() {
    let reply = Reply::new(200, &GPX, "<gpx/>").stall(3);
    let (found, failure) = read(reply, Some(SHORT)).await;
    let failure = failure.unwrap();
    assert_eq!((found.as_str(), failure.kind()), ("<gp", ErrorKind::Timeout));
    let text = "polar.exercises.gpx: 200 OK, but the body stopped coming";
    assert_eq!(failure.to_string(), text);
}

/// The limit is for each piece, so that what is large may take long.
#[tokio::test]
async fn bodies_that_come_slowly() {
    let pieces = ["<", "g", "p", "x", "/", ">"];
    let reply = Reply::dripping(200, &GPX, &pieces, Duration::from_millis(100));
    let (found, failure) = read(reply, Some(SHORT)).await;
    assert_eq!((found.as_str(), failure.map(|failure| failure.to_string())), ("<gpx/>", None));
}

#[tokio::test]
async fn heads_that_do_not_come() {
    let server = Server::repeating(Reply::silence());
    let client = builder(&server).attempt_timeout(SHORT);
    let error = client.clone().build().unwrap().exercises().gpx("1").stream().await.unwrap_err();
    assert_eq!(error.to_string(), "polar.exercises.gpx: no whole answer within 500ms");
    let client = client.build_blocking().unwrap();
    let error = tokio::task::spawn_blocking(move || client.exercises().gpx("1").stream().err());
    assert_eq!(error.await.unwrap().unwrap().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn errors_are_errors() {
    let server = Server::start([
        Reply::empty(404),
        Reply::empty(403),
        Reply::json(500, r#"{"a":1}"#),
        Reply::new(302, &[("Location", "/x")], ""),
    ]);
    let client = builder(&server).build().unwrap();
    let gpx = || client.exercises().gpx("1").stream();
    assert_eq!(gpx().await.unwrap_err().service(), Some(&GpxError::NotFound));
    let client = blocking(&server);
    let gpx = move || client.exercises().gpx("1").stream().map(|_| ());
    let errors = tokio::task::spawn_blocking(move || [gpx(), gpx(), gpx()].map(Result::unwrap_err));
    let [consent, broken, moved] = errors.await.unwrap();
    assert_eq!(consent.service(), Some(&GpxError::ConsentMissing));
    assert_eq!(broken.body_excerpt().as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(moved.kind(), ErrorKind::Status);
}

/// An error is read whole, so it may neither be large nor take for ever.
#[tokio::test]
async fn errors_are_bounded() {
    let server = Server::repeating(Reply::endless(500, &[], &" ".repeat(4000)));
    let client = builder(&server).max_answer(10_000).build().unwrap();
    let error = client.exercises().gpx("1").stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    let pieces = ["x"; 20];
    let drip = Reply::dripping(500, &[], &pieces, Duration::from_millis(100));
    let server = Server::repeating(drip);
    let client = builder(&server).attempt_timeout(SHORT).build().unwrap();
    let error = client.exercises().gpx("1").stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn what_failed_before_it_began_is_sent_again() {
    let whole = Reply::new(200, &GPX, "<gpx/>");
    let server = Server::start([Reply::empty(503), Reply::close(), whole]);
    let retry = Retry::default().delay(Duration::ZERO, Duration::ZERO);
    let client = builder(&server).retry(retry).build().unwrap();
    let mut download = client.exercises().gpx("1").stream().await.unwrap();
    assert_eq!(download.response().attempts(), 3);
    assert_eq!(&download.try_next().await.unwrap().unwrap()[..], b"<gpx/>");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
#[expect(deprecated, reason = "the only method that may have nothing")]
async fn nothing_new() {
    let fit = [("Content-Type", "*/*")];
    let server = Server::start([Reply::empty(204), Reply::new(200, &fit, b".FIT")]);
    let client = builder(&server).build().unwrap();
    let fit = || client.exercise_transactions().fit(1_i64, 2_i64, 3_i64).stream();
    assert!(fit().await.unwrap().is_none());
    let mut found = Vec::new();
    assert_eq!(fit().await.unwrap().unwrap().copy_to(&mut found).await.unwrap(), 4);
    assert_eq!(found, b".FIT");
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn compressed_files_are_unpacked_on_the_way() {
    let text = "<tcx>".repeat(100_000);
    let packed = packed(&text);
    let server = Server::start([
        Reply::new(200, &[], &packed),
        // Somebody did it already.
        Reply::new(200, &[], &text),
        Reply::new(200, &[], &packed[..packed.len() - 9]),
    ]);
    // More than the client keeps of an answer that is held in memory.
    let client = builder(&server).max_answer(1000).build().unwrap();
    for _ in 0..2 {
        let mut found = Vec::new();
        let download = client.exercises().tcx("1").stream().await.unwrap();
        assert_eq!(download.copy_to(&mut found).await.unwrap(), 500_000);
        assert_eq!(found, text.as_bytes());
    }
    let damaged = client.exercises().tcx("1").stream().await.unwrap();
    let error = damaged.copy_to(io::sink()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().ends_with("expected gzip, found something damaged"), "{error}");
}

#[tokio::test]
async fn progress_and_writers_that_fail() {
    let whole = Reply::new(200, &GPX, "<gpx/>");
    let server = Server::start(vec![whole; 4]);
    let client = builder(&server).build().unwrap();
    let download = || client.exercises().gpx("1").stream();
    let mut seen: Vec<Progress> = Vec::new();
    let mut found = Vec::new();
    download().await.unwrap().copy_with(&mut found, |progress| seen.push(progress)).await.unwrap();
    let last = seen.last().unwrap();
    assert_eq!((last.bytes, last.total), (6, Some(6)));

    let full = || [0; 3];
    let error = download().await.unwrap().copy_to(&mut full()[..]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    let text = "polar.exercises.gpx: 200 OK, but what came could not be written";
    assert_eq!(error.to_string(), text);
    assert!(!error.is_retryable());

    let blocking = blocking(&server);
    tokio::task::spawn_blocking(move || {
        let download = || blocking.exercises().gpx("1").stream().unwrap();
        assert_eq!(download().copy_to(&mut full()[..]).unwrap_err().kind(), ErrorKind::Io);
        let mut found = String::new();
        download().read_to_string(&mut found).unwrap();
        assert_eq!(found, "<gpx/>");
    })
    .await
    .unwrap();
}

/// It is a stream as others are.
#[tokio::test]
async fn a_stream_of_pieces() {
    fn is_stream<S: Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let server = Server::start([Reply::new(200, &GPX, "<gpx/>")]);
    let client = builder(&server).build().unwrap();
    let mut download: Download = is_stream(client.exercises().gpx("1").stream().await.unwrap());
    let piece = poll_fn(|cx| Pin::new(&mut download).poll_next(cx)).await;
    assert_eq!(&piece.unwrap().unwrap()[..], b"<gpx/>");
}
