//! What generated tests call notices whatever is not as an example shows it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use clientwright_runtime::BuildError;
use clientwright_runtime::testing::{Exchange, Seen};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Sends a request, byte for byte, and gives the body of the answer.
fn send(url: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

const REQUEST: &str = "POST /a?b=1 HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nX-Key: k\r\n\
                       Content-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"c\": 1}";

fn exchange() -> Exchange {
    Exchange::new("POST", "/a?b=1")
        .header("x-key", "k")
        .json("{\"c\": 1.0}")
        .answers_json(201, "{\"d\": [2]}")
        .gives_answer()
}

/// Whether the exchange is content with a request and with what is made of the answer.
fn passes(request: &str, seen: impl FnOnce(String) -> Seen) -> bool {
    let check = || exchange().check(|url| Ok(seen(send(url, request))));
    catch_unwind(AssertUnwindSafe(check)).is_ok()
}

#[test]
fn what_is_as_shown_passes() {
    assert!(passes(REQUEST, Seen::Json));
    let chunked = REQUEST
        .replace("Content-Length: 8", "Transfer-Encoding: chunked")
        .replace("{\"c\": 1}", "3\r\n{\"c\r\n5\r\n\": 1}\r\n0\r\n\r\n");
    assert!(passes(&chunked, Seen::Json));
}

#[test]
fn everything_else_fails() {
    for (from, to) in [
        ("POST", "PUT"),
        ("/a?b=1", "/a?b=2"),
        ("X-Key: k\r\n", ""),
        ("X-Key: k", "X-Key: K"),
        ("X-Key: k", "X-Key: k\r\nX-Key: k"),
        ("X-Key: k", "X-Key: k\r\nX-More: m"),
        ("Accept: application/json", "Accept: text/csv"),
        ("Content-Type: application/json", "Content-Type: text/plain"),
        ("{\"c\": 1}", "{\"c\": 2}"),
        ("{\"c\": 1}", "        "),
    ] {
        let request = REQUEST.replace(from, to);
        assert_ne!(request, REQUEST);
        assert!(!passes(&request, Seen::Json), "{request}");
    }
    assert!(!passes(REQUEST, |_| Seen::Nothing));
    assert!(!passes(REQUEST, |_| Seen::Json("{\"d\": []}".to_owned())));
    assert!(!passes(REQUEST, |answer| Seen::unexpected(&answer)));
}

#[test]
fn a_call_that_is_not_made_or_made_twice_fails() {
    let none = || exchange().check(|_| Ok(Seen::Json("{\"d\": [2]}".to_owned())));
    assert!(catch_unwind(none).is_err());
    let twice = |exchange: Exchange| {
        let call = |url: &str| -> Result<Seen, BuildError> {
            send(url, REQUEST);
            Ok(Seen::Json(send(url, REQUEST)))
        };
        catch_unwind(AssertUnwindSafe(|| exchange.check(call))).is_ok()
    };
    assert!(!twice(exchange()));
    assert!(twice(exchange().renews()));
}

#[test]
fn parts_are_compared_one_by_one() {
    let body = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\
                Content-Type: text/plain\r\n\r\none\r\n--b--\r\n";
    let request = format!(
        "POST / HTTP/1.1\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=b\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let passes = |filename: &str, content: &str| {
        let exchange = Exchange::new("POST", "/")
            .part("f", Some(filename), Some("text/plain"), content)
            .answers(204);
        let check = || {
            exchange.check(|url| {
                send(url, &request);
                Ok(Seen::Nothing)
            });
        };
        catch_unwind(AssertUnwindSafe(check)).is_ok()
    };
    assert!(passes("a", "one"));
    assert!(!passes("b", "one"));
    assert!(!passes("a", "two"));
}
