//! A server on this machine that records what reaches it, byte for byte, and answers from a script.
//!
//! It stands on `std::net` alone. A library for HTTP servers would tidy requests up before a test could
//! see them (letters of header names, `%2e` in targets), and could not be made to break off in the middle
//! of an answer or to send what is no HTTP.
//!
//! A test gives the [`Server`] its [`Reply`]s, makes its calls, and looks at the [`Request`]s:
//!
//! ```
//! use std::io::{Read, Write};
//! use wire_tests::{Reply, Server};
//!
//! let server = Server::start([Reply::json(200, r#"{"id":"1"}"#)]);
//! let mut client = std::net::TcpStream::connect(server.address()).unwrap();
//! let host = server.address();
//! write!(client, "GET /hooks/%2e HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
//! let mut answer = String::new();
//! client.read_to_string(&mut answer).unwrap();
//!
//! server.request().assert_is(&["GET /hooks/%2e HTTP/1.1", "connection: close"], "");
//! assert!(answer.ends_with(r#"{"id":"1"}"#));
//! ```
//!
//! The conformance suite, whose cases stand in data files, uses it too. Hence replies and requests are
//! values without behaviour of their own, and whatever can go wrong on a wire is a kind of reply.
//!
//! Only a reply that is to come slowly sleeps: all other waiting is for a request to arrive or for a
//! connection to end.
#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "a harness tells its test what is wrong by panicking"
)]

mod reply;
mod request;
mod server;

pub use reply::Reply;
pub use request::Request;
pub use server::{Deaf, Nobody, Server};
