//! What is sent is read while it is sent, over real connections.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::depot::{self, Builder, models::Label};
use clientwright_runtime::{ErrorKind, File, Progress, Retry, Upload};
use futures_core::Stream;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use support::Memory;
use wire_tests::{Nobody, Reply, Request, Server};

fn builder(url: impl Into<String>) -> Builder {
    depot::builder().base_url(url).retry(Retry::default().delay(Duration::ZERO, Duration::ZERO))
}

/// Both clients send this to a server that answers so; what came, and what they failed with.
async fn archive(
    replies: Vec<Reply>,
    upload: impl Fn() -> Upload,
) -> [(Vec<Request>, Option<clientwright_runtime::Error>); 2] {
    let server = Server::start(replies.clone());
    let client = builder(server.url()).build().unwrap();
    let error = client.bodies().archive(upload()).await.err().map(Into::into);
    let first = (server.requests(), error);
    let server = Server::start(replies);
    let client = builder(server.url()).build_blocking().unwrap();
    let call = client.bodies().archive(upload());
    let error = tokio::task::spawn_blocking(move || call.send().err()).await.unwrap();
    [first, (server.requests(), error.map(Into::into))]
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.header(name)
}

/// What a call says of its bytes comes before what is declared, however they are sent.
#[tokio::test]
async fn a_call_says_what_its_bytes_are() {
    let types = |sent: [(Vec<Request>, Option<clientwright_runtime::Error>); 2]| {
        sent.map(|(requests, error)| {
            assert!(error.is_none(), "{error:?}");
            requests[0].header("content-type").map(str::to_owned)
        })
    };
    let ok = || vec![Reply::empty(200)];
    let declared = types(archive(ok(), || Upload::from("PK")).await);
    let both = |said: &str| [Some(said.to_owned()), Some(said.to_owned())];
    assert_eq!(declared, both("application/zip"));
    let png = both("image/png");
    assert_eq!(types(archive(ok(), || Upload::from("PK").content_type("image/png")).await), png);
    let read = || Upload::from_reader(trickle("PK")).content_type("image/png");
    assert_eq!(types(archive(ok(), read).await), png);
    for (requests, error) in archive(Vec::new(), || Upload::from("").content_type("a\nb")).await {
        let error = error.unwrap();
        assert!(requests.is_empty() && error.to_string().contains("content-type"), "{error}");
    }
    let server = Server::start([Reply::empty(200)]);
    let client = builder(server.url()).build().unwrap();
    let said = || Upload::from("PK").content_type("image/png");
    let call = client.bodies().upload(File::new("a", said()), Label::new("l"), 1);
    let call = call.more(vec![File::new("b", said()).content_type("image/gif")]);
    call.await.unwrap();
    let body = String::from_utf8(server.requests()[0].body.clone()).unwrap();
    assert!(body.contains("filename=\"a\"\r\nContent-Type: image/png\r\n"), "{body}");
    assert!(body.contains("filename=\"b\"\r\nContent-Type: image/gif\r\n"), "{body}");
    assert_ne!(said(), Upload::from("PK"));
}

/// A reader that gives little at a time.
fn trickle(text: &'static str) -> impl Read + Send + 'static {
    struct Trickle(&'static [u8]);
    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(3).min(buffer.len());
            self.0.read(&mut buffer[..length])
        }
    }
    Trickle(text.as_bytes())
}

/// A stream that is never ready at once.
struct Pieces(VecDeque<Result<&'static str, &'static str>>, bool);

fn pieces(pieces: &[Result<&'static str, &'static str>]) -> Pieces {
    Pieces(pieces.iter().copied().collect(), false)
}

impl Stream for Pieces {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1 = !self.1;
        if self.1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.0.pop_front())
    }
}

/// A reader that gives a little and fails.
fn broken() -> impl Read + Send + 'static {
    struct Broken(bool);
    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                return Err(io::Error::other("the disk is gone"));
            }
            buffer[0] = b'P';
            Ok(1)
        }
    }
    Broken(false)
}

fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::File::create(&path).unwrap().write_all(content).unwrap();
    path
}

#[tokio::test]
async fn readers_of_known_and_unknown_length() {
    for (requests, error) in
        archive(vec![Reply::empty(200)], || Upload::from_reader(trickle("PK and more"))).await
    {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(requests[0].body, b"PK and more");
        assert_eq!(header(&requests[0], "transfer-encoding"), Some("chunked"));
        assert_eq!(header(&requests[0], "content-type"), Some("application/zip"));
    }
    let known = || Upload::from_reader(trickle("PK and more")).with_length(6);
    for (requests, error) in archive(vec![Reply::empty(200)], known).await {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(requests[0].body, b"PK and");
        assert_eq!(header(&requests[0], "content-length"), Some("6"));
        assert_eq!(header(&requests[0], "transfer-encoding"), None);
    }
}

#[tokio::test]
async fn files_are_opened_for_each_attempt() {
    let content = vec![7; 300_000];
    let path = file("again.zip", &content);
    let upload = || Upload::from_path(&path).unwrap();
    let replies = vec![Reply::empty(503), Reply::empty(200)];
    for (requests, error) in archive(replies, upload).await {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert!(request.body == content, "{} bytes", request.body.len());
            assert_eq!(header(&request, "content-length"), Some("300000"));
        }
    }
    assert!(Upload::from_path(path.with_extension("missing")).is_err());
}

/// A reader cannot be read again, so the first answer is the last.
#[tokio::test]
async fn readers_are_sent_once() {
    let upload = || Upload::from_reader(trickle("PK"));
    for (requests, error) in archive(vec![Reply::empty(503)], upload).await {
        let error = error.unwrap();
        assert_eq!(error.status().unwrap(), 503);
        assert_eq!((requests.len(), error.attempts()), (1, 1));
    }
    for (_, error) in archive(vec![Reply::close()], upload).await {
        assert_eq!(error.unwrap().kind(), ErrorKind::Transport);
    }
    // In another call neither, and that is said before anything is sent.
    let server = Server::start([Reply::empty(200)]);
    let client = builder(server.url()).build().unwrap();
    let call = client.bodies().archive(upload());
    call.clone().await.unwrap();
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("a reader can be read once"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

/// Nothing has been read of it when there was no connection.
#[tokio::test]
async fn readers_may_be_sent_again_when_nothing_was_read() {
    let nobody = Nobody::listens();
    let client = builder(nobody.url()).build().unwrap();
    let error = client.bodies().archive(Upload::from_reader(trickle("PK"))).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
}

#[tokio::test]
async fn readers_that_fail() {
    let short = || Upload::from_reader(trickle("PK")).with_length(9);
    let failing = || Upload::from_reader(broken());
    // The connection breaks, so that the server does not take a part for the whole.
    for upload in [&failing as &dyn Fn() -> Upload, &short] {
        let server = Server::repeating(Reply::empty(200));
        let client = builder(server.url()).build().unwrap();
        let error = client.bodies().archive(upload()).await.unwrap_err();
        let blocking = builder(server.url()).build_blocking().unwrap();
        let call = blocking.bodies().archive(upload());
        let other = tokio::task::spawn_blocking(move || call.send().unwrap_err()).await.unwrap();
        for error in [error, other] {
            assert_eq!(error.kind(), ErrorKind::Io, "{error:?}");
            let text = "depot.bodies.archive: what was to be sent could not be read";
            assert_eq!(error.to_string(), text);
            let source = std::error::Error::source(&error).unwrap().to_string();
            let causes =
                ["the disk is gone", "it ended 7 bytes before the length that was promised"];
            assert!(causes.contains(&source.as_str()), "{source}");
        }
    }
}

#[tokio::test]
async fn progress() {
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let upload = || {
        let seen = Arc::clone(&seen);
        Upload::from("PK and more").on_progress(move |progress| seen.lock().unwrap().push(progress))
    };
    for (requests, error) in archive(vec![Reply::empty(200)], upload).await {
        assert!(error.is_none());
        assert_eq!(requests[0].body, b"PK and more");
        assert_eq!(header(&requests[0], "content-length"), Some("11"));
    }
    let seen = seen.lock().unwrap();
    let ends = seen.iter().filter(|seen| (seen.bytes, seen.total) == (11, Some(11)));
    assert_eq!(ends.count(), 2, "{seen:?}");
}

/// The server has heard enough before it has heard all.
#[tokio::test]
async fn answers_before_the_end() {
    let early = Reply::new(413, &[("Connection", "close")], "");
    for (requests, error) in archive(vec![early], || Upload::from_reader(trickle("PK"))).await {
        assert_eq!(error.unwrap().status().unwrap(), 413);
        assert_eq!(requests.len(), 1);
    }
}

#[tokio::test]
async fn files_among_parts() {
    let path = file("cat.png", b"meow");
    for blocking in [false, true] {
        let server = Server::start([Reply::empty(200)]);
        let builder = builder(server.url());
        let source = File::from_path(&path).unwrap().content_type("image/png");
        let more = vec![File::from_reader("b.txt", trickle("bee bee"))];
        if blocking {
            let client = builder.build_blocking().unwrap();
            let call = client.bodies().upload(source, Label::new("l"), 2).more(more);
            tokio::task::spawn_blocking(|| call.send()).await.unwrap().unwrap();
        } else {
            let client = builder.build().unwrap();
            client.bodies().upload(source, Label::new("l"), 2).more(more).await.unwrap();
        }
        let request = server.request();
        assert_eq!(header(&request, "transfer-encoding"), Some("chunked"));
        let kind = header(&request, "content-type").unwrap();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let body = String::from_utf8(request.body.clone()).unwrap();
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 7, "{body}");
        assert!(
            parts[1].ends_with("filename=\"cat.png\"\r\nContent-Type: image/png\r\n\r\nmeow\r\n")
        );
        assert!(parts[2].ends_with("\r\n\r\nbee bee\r\n"));
        assert_eq!(parts[6], "--\r\n");
    }
}

/// What comes from a task of the app or from another service is sent as it comes.
#[tokio::test]
async fn streams() {
    let whole = || pieces(&[Ok("PK"), Ok(""), Ok(" and "), Ok("more")]);
    for (requests, error) in archive(vec![Reply::empty(200)], || Upload::from_stream(whole())).await
    {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(requests[0].body, b"PK and more");
        assert_eq!(header(&requests[0], "transfer-encoding"), Some("chunked"));
    }
    let told = Arc::new(Mutex::new(Vec::new()));
    let upload = || {
        let told = Arc::clone(&told);
        let upload = Upload::from_stream(whole()).with_length(7);
        upload.on_progress(move |progress| told.lock().unwrap().push(progress))
    };
    for (requests, error) in archive(vec![Reply::empty(200)], upload).await {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(requests[0].body, b"PK and ", "not more than was promised");
        assert_eq!(header(&requests[0], "content-length"), Some("7"));
    }
    let told = std::mem::take(&mut *told.lock().unwrap());
    let told: Vec<_> = told.iter().map(|it: &Progress| (it.bytes, it.total)).collect();
    assert_eq!(told, [(2, Some(7)), (7, Some(7)), (2, Some(7)), (7, Some(7))]);
}

#[tokio::test]
async fn streams_that_fail() {
    let broken = || Upload::from_stream(pieces(&[Ok("P"), Err("the task is gone")]));
    let short = || Upload::from_stream(pieces(&[Ok("P")])).with_length(3);
    for (_, error) in archive(Vec::new(), broken).await {
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Io);
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(source, "the task is gone");
    }
    for (_, error) in archive(Vec::new(), short).await {
        let error = error.unwrap();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(source, "it ended 2 bytes before the length that was promised");
    }
    // Nobody can read it again.
    let server = Server::start([Reply::empty(503)]);
    let client = builder(server.url()).build().unwrap();
    let once = Upload::from_stream(pieces(&[Ok("P")]));
    let first = client.bodies().archive(once.clone()).await.unwrap_err();
    assert_eq!((first.kind(), first.attempts()), (ErrorKind::Status, 1));
    assert_eq!(client.bodies().archive(once).await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(server.request().body, b"P");
}

/// What one service gives may be sent to another without being held.
#[tokio::test]
async fn a_download_is_a_stream() {
    let server = Server::start([Reply::chunked(200, &[], &["PK ", "and more"]), Reply::empty(200)]);
    let client = builder(server.url()).build().unwrap();
    let download = client.answers().file().stream().await.unwrap();
    client.bodies().archive(Upload::from_stream(download)).await.unwrap();
    let file = File::from_stream("a", pieces(&[Ok("meow")]));
    assert_eq!((file.name(), file.content().length()), ("a", None));
    assert_eq!(server.requests()[1].body, b"PK and more");
}

/// A reader is no reason for everything else on the thread of an executor to stand still.
#[tokio::test]
async fn readers_block_nobody() {
    struct Elsewhere(std::thread::ThreadId, bool);
    impl Read for Elsewhere {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            assert_ne!(std::thread::current().id(), self.0, "read where others wait");
            if std::mem::replace(&mut self.1, true) {
                return Ok(0);
            }
            buffer[0] = b'P';
            Ok(1)
        }
    }
    let elsewhere = || Upload::from_reader(Elsewhere(std::thread::current().id(), false));
    let server = Server::start([Reply::empty(200)]);
    builder(server.url()).build().unwrap().bodies().archive(elsewhere()).await.unwrap();
    assert_eq!(server.request().body, b"P");
    // Nor over a transport that does not read while it sends.
    let memory = Memory::json(200, "");
    let client = depot::builder().transport(memory.clone()).build().unwrap();
    client.bodies().archive(elsewhere()).await.unwrap();
    assert_eq!(&memory.sent().body[..], b"P");
    let source = File::new("a", elsewhere());
    let more = vec![File::from_stream("b", pieces(&[Ok("b")])), File::new("c", elsewhere())];
    client.bodies().upload(source, Label::new("l"), 2).more(more).await.unwrap();
    let body = String::from_utf8(memory.sent().body.to_vec()).unwrap();
    assert_eq!(body.matches("\r\n\r\nP\r\n--").count(), 2, "{body}");
    assert!(body.contains("\r\n\r\nb\r\n--"), "{body}");
}

/// A transport that does not read while it sends is given the whole in memory.
#[tokio::test]
async fn any_transport() {
    let memory = Memory::json(200, "");
    let client = depot::builder().blocking_transport(memory.clone()).build_blocking().unwrap();
    client.bodies().archive(Upload::from_reader(trickle("PK and more"))).send().unwrap();
    assert_eq!(&memory.sent().body[..], b"PK and more");
    let asynchronous = depot::builder().transport(memory.clone()).build().unwrap();
    let call = asynchronous.bodies().archive(Upload::from_reader(trickle("PK")));
    call.await.unwrap();
    assert_eq!(&memory.sent().body[..], b"PK");
    let error = client.bodies().archive(Upload::from_reader(broken())).send().unwrap_err();
    assert_eq!((error.kind(), memory.count()), (ErrorKind::Io, 2));
    let call = asynchronous.bodies().archive(Upload::from_reader(broken()));
    assert_eq!((call.await.unwrap_err().kind(), memory.count()), (ErrorKind::Io, 2));
    let stream = Upload::from_stream(pieces(&[Ok("P"), Ok("K")]));
    client.bodies().archive(stream).send().unwrap();
    assert_eq!(&memory.sent().body[..], b"PK");
}

#[test]
fn nothing_of_a_body_is_shown() {
    let call = depot::builder().build_blocking().unwrap().bodies().archive("hunter2");
    assert!(!format!("{call:?}").contains("hunter2"));
    assert_eq!(Upload::from("a"), Upload::from(vec![b'a']));
    assert_ne!(Upload::from_reader(io::empty()), Upload::from_reader(io::empty()));
}
