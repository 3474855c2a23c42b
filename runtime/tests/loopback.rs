//! The transports against a server on this machine that records what reaches it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]
#![cfg(any(feature = "reqwest", feature = "blocking"))]

mod sample;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// In place of an answer: none, until the client goes.
const SILENCE: &str = "";

/// Gives `answer` to one request after another; the receiver has each request's text.
fn serve(answer: &'static str) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/base", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let (mut text, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 {
                    break;
                }
                let lower = line.to_ascii_lowercase();
                if let Some(value) = lower.strip_prefix("content-length: ") {
                    length = value.trim().parse().unwrap();
                }
                text += &line;
                if line == "\r\n" {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            text += &String::from_utf8(body).unwrap();
            let _ = sender.send(text);
            if answer == SILENCE {
                let _ = std::io::copy(&mut reader, &mut std::io::sink());
            }
            let _ = reader.into_inner().write_all(answer.as_bytes());
        }
    });
    (address, receiver)
}

/// An address at which nobody listens, as long as the connection lives that goes out from there.
fn nobody() -> (String, (TcpListener, TcpStream)) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (format!("http://{}", stream.local_addr().unwrap()), (listener, stream))
}

const CREATED: &str = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nX-Request-Id: r1\r\nContent-Length: 54\r\nConnection: close\r\n\r\n{\"id\":\"1\",\"notificationUrl\":\"u\",\"event\":\"e\",\"note\":\"\"}";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n";
const LARGE: &str =
    "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\n[                  ]";
const REDIRECT: &str =
    "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
#[cfg(feature = "blocking")]
const MISSING: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

fn is_as_it_should_be(sent: &str) {
    assert!(sent.starts_with("POST /base/fulfilment/v3/subscriptions HTTP/1.1\r\n"), "{sent}");
    let lower = sent.to_ascii_lowercase();
    for line in
        ["authorization: bearer t", "accept: application/json", "content-type: application/json"]
    {
        assert_eq!(lower.matches(&format!("{line}\r\n")).count(), 1, "{line} in {sent}");
    }
    assert_eq!(lower.matches("user-agent: ").count(), 1, "{sent}");
    assert!(sent.ends_with(r#"{"notificationUrl":"u","event":"e"}"#), "{sent}");
}

#[cfg(feature = "reqwest")]
mod awaited {
    use super::*;
    use clientwright_runtime::{ErrorKind, Response};
    use sample::models::NewSubscription;

    fn run<F: IntoFuture>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(future.into_future())
    }

    fn client(address: &str) -> sample::Client {
        sample::builder().bearer("t").base_url(address).max_answer(60).build().unwrap()
    }

    #[test]
    fn a_call() {
        let (address, sent) = serve(CREATED);
        let call = client(&address).subscriptions().create(NewSubscription::new("u", "e"));
        let answer: Response<_> = run(call.with_response()).unwrap();
        assert_eq!(answer.request_id(), Some("r1"));
        is_as_it_should_be(&sent.recv().unwrap());
    }

    #[test]
    fn targets_are_sent_as_written() {
        let (address, sent) = serve(REDIRECT);
        let error = run(client(&address).subscriptions().delete("a/../b %2e")).unwrap_err();
        assert_eq!(error.status().unwrap(), 302);
        let sent = sent.recv().unwrap();
        let target = "DELETE /base/fulfilment/v3/subscriptions/a%2F..%2Fb%20%252e HTTP/1.1\r\n";
        assert!(sent.starts_with(target), "{sent}");
    }

    #[test]
    fn bodies() {
        let list = |answer| run(client(&serve(answer).0).subscriptions().list());
        assert!(list(CHUNKED).unwrap().is_empty());
        assert!(list(LARGE).unwrap().is_empty());
        for answer in [CHUNKED, LARGE] {
            let (address, _sent) = serve(answer);
            let builder = sample::builder().bearer("t").base_url(address).max_answer(1);
            let error = run(builder.build().unwrap().subscriptions().list()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TooLarge);
        }
    }

    #[test]
    fn servers_that_do_not_answer() {
        let (address, _sent) = serve(SILENCE);
        let call = client(&address).subscriptions().list().take(77);
        let error = run(call.with_timeout(Duration::from_millis(50))).unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(!format!("{error:?}").contains("77"), "{error:?}");
        let (address, _taken) = nobody();
        let error = run(client(&address).subscriptions().list().take(77)).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert!(!format!("{error:?}").contains("77"), "{error:?}");
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::*;
    use clientwright_runtime::{
        Blocking, BlockingTransport, ErrorKind, Incoming, Outgoing, TransportError, UreqTransport,
        ureq,
    };
    use sample::models::NewSubscription;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn client(address: &str) -> sample::Client<Blocking> {
        sample::builder().bearer("t").base_url(address).max_answer(60).build_blocking().unwrap()
    }

    /// Counts the bodies that nobody else holds.
    struct Alone(UreqTransport, Arc<AtomicUsize>);

    impl BlockingTransport for Alone {
        fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
            let Incoming { status, headers, body, .. } = self.0.send(outgoing)?;
            let body = match body.try_into_mut() {
                Ok(body) => {
                    self.1.fetch_add(1, Ordering::Relaxed);
                    body.freeze()
                }
                Err(body) => body,
            };
            Ok(Incoming::new(status, headers, body))
        }
    }

    /// What somebody else holds cannot be overwritten.
    #[test]
    fn bodies_are_given_away() {
        let alone = Arc::default();
        for answer in [CHUNKED, LARGE] {
            let transport = Alone(UreqTransport::with_defaults(), Arc::clone(&alone));
            let builder = sample::builder().bearer("t").base_url(serve(answer).0);
            let client = builder.blocking_transport(transport).build_blocking().unwrap();
            assert!(client.subscriptions().list().send().unwrap().is_empty());
        }
        assert_eq!(alone.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_call() {
        let (address, sent) = serve(CREATED);
        let call = client(&address).subscriptions().create(NewSubscription::new("u", "e"));
        let answer = call.with_response().unwrap();
        assert_eq!(answer.request_id(), Some("r1"));
        is_as_it_should_be(&sent.recv().unwrap());
    }

    #[test]
    fn targets_are_sent_as_written() {
        let (address, sent) = serve(REDIRECT);
        let error = client(&address).subscriptions().delete("a/../b %2e").send().unwrap_err();
        assert_eq!(error.status().unwrap(), 302);
        let sent = sent.recv().unwrap();
        let target = "DELETE /base/fulfilment/v3/subscriptions/a%2F..%2Fb%20%252e HTTP/1.1\r\n";
        assert!(sent.starts_with(target), "{sent}");
    }

    /// ureq follows redirects unless told otherwise, with keys in headers of their own.
    #[test]
    fn an_agent_of_the_app_follows_no_redirect() {
        let agent = ureq::Agent::new_with_defaults();
        assert!(agent.config().max_redirects() > 0);
        for (answer, status) in [(REDIRECT, 302), (MISSING, 404)] {
            let (address, sent) = serve(answer);
            let builder = sample::builder().bearer("t").base_url(address);
            let transport = UreqTransport::from_config(agent.config().clone());
            let builder = builder.blocking_transport(transport);
            let client = builder.build_blocking().unwrap();
            let error = client.subscriptions().delete("1").send().unwrap_err();
            assert_eq!(error.status().unwrap(), status);
            sent.recv().unwrap();
            assert!(sent.try_recv().is_err(), "nothing else is sent");
        }
    }

    #[test]
    fn bodies() {
        let list = |answer| client(&serve(answer).0).subscriptions().list().send();
        assert!(list(CHUNKED).unwrap().is_empty());
        assert!(list(LARGE).unwrap().is_empty());
        for answer in [CHUNKED, LARGE] {
            let (address, _sent) = serve(answer);
            let builder = sample::builder().bearer("t").base_url(address).max_answer(1);
            let client = builder.build_blocking().unwrap();
            let error = client.subscriptions().list().send().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TooLarge);
        }
    }

    #[test]
    fn servers_that_do_not_answer() {
        let (address, _sent) = serve(SILENCE);
        let call = client(&address).subscriptions().list().take(77);
        let error = call.with_timeout(Duration::from_millis(50)).send().unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(!format!("{error:?}").contains("77"), "{error:?}");
        let (address, _taken) = nobody();
        let call = client(&address).subscriptions().list().take(77);
        let error = call.send().unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert!(!format!("{error:?}").contains("77"), "{error:?}");
    }
}
