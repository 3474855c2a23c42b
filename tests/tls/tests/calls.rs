//! What both kinds of client do over TLS, with rustls or, by the feature `native-tls`, with the library of the system.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use clientwright_runtime::{
    Answer, Auth, AuthScheme, Builder, Call, CallError, Credential, DecodeError, Encoder,
    ErrorKind, Method, Provider, Request, ReqwestTransport, Retry, SchemeKind, UreqTransport,
    reqwest, ureq,
};
use clientwright_tls::Server;
use std::convert::Infallible;
use std::error::Error;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};
use ureq::tls::{RootCerts, TlsConfig};

const SECRET: &str = "hunter2-planted";

struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [clientwright_runtime::Server] = &[];
    const AUTH: &'static [AuthScheme] = &[AuthScheme { name: "user", kind: SchemeKind::Bearer }];
}

#[derive(Clone, Debug)]
struct Get;

impl Request for Get {
    type Provider = Api;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method =
        Method::get("api.thing", "/thing").auth(Auth::AnyOf(&[&[0]])).accept("text/plain");

    fn encode(&self, _: &mut Encoder<'_>) {}

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.text()
    }
}

type Outcome = Result<String, CallError<Infallible>>;

fn builder(server: &Server) -> Builder<Api> {
    let mut builder = Builder::default();
    builder.base_url(&server.address);
    builder.credential(0, Credential::bearer(SECRET));
    builder.retry(Retry::none());
    builder
}

fn awaited(builder: Builder<Api>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // Dropped with its connections before the server is asked what it has seen.
    runtime.block_on(async { Call::new(&builder.build().unwrap(), Get).await })
}

fn blocking(builder: Builder<Api>) -> Outcome {
    Call::new(&builder.build_blocking().unwrap(), Get).send().map(|response| response.into_body())
}

/// A client of the app, which trusts what vouches for the server and nothing else.
fn trusting_reqwest(server: &Server) -> ReqwestTransport {
    let authority = reqwest::Certificate::from_der(&server.authority).unwrap();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only([authority]);
    #[cfg(feature = "native-tls")]
    let client = client.tls_backend_native();
    ReqwestTransport::new(client.build().unwrap())
}

fn trusting_ureq(server: &Server) -> UreqTransport {
    let authority = ureq::tls::Certificate::from_der(&server.authority).to_owned();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[authority]));
    #[cfg(feature = "native-tls")]
    let tls = tls.provider(ureq::tls::TlsProvider::NativeTls);
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .tls_config(tls.build());
    UreqTransport::from_config(config.build())
}

/// The texts of an error and of all that caused it.
fn texts(error: &dyn Error) -> String {
    let mut causes = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.join("\n")
}

/// The call has failed while it connected, for the certificate, and the server has heard nothing.
fn is_refused(server: &Server, outcome: Outcome) -> String {
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{}", texts(&error));
    let texts = texts(&error);
    assert!(texts.contains("certificate"), "{texts}");
    assert!(!texts.contains(SECRET), "{texts}");
    assert_eq!(server.seen().unwrap(), "");
    texts
}

fn is_as_it_should_be(server: &Server, outcome: Outcome) {
    assert_eq!(outcome.map_err(|error| texts(&error)).unwrap(), "fine");
    let seen = server.seen().unwrap().to_ascii_lowercase();
    assert!(seen.starts_with("get /thing http/1.1\r\n"), "{seen}");
    assert!(seen.contains(&format!("authorization: bearer {SECRET}\r\n")), "{seen}");
}

#[test]
fn a_client_of_the_app_says_whom_to_trust() {
    let server = Server::start("localhost").unwrap();
    let mut one = builder(&server);
    one.transport(trusting_reqwest(&server));
    is_as_it_should_be(&server, awaited(one));
    let server = Server::start("localhost").unwrap();
    let mut one = builder(&server);
    one.blocking_transport(trusting_ureq(&server));
    is_as_it_should_be(&server, blocking(one));
}

#[test]
fn whom_nobody_vouches_for_is_sent_nothing() {
    let server = Server::start("localhost").unwrap();
    let awaited = is_refused(&server, awaited(builder(&server)));
    let server = Server::start("localhost").unwrap();
    let blocking = is_refused(&server, blocking(builder(&server)));
    // The built-in transports use the library that the features say: this is how rustls puts it.
    for texts in [awaited, blocking] {
        assert_eq!(texts.contains("UnknownIssuer"), cfg!(not(feature = "native-tls")), "{texts}");
    }
}

#[test]
fn the_certificate_of_another_host_is_refused() {
    let server = Server::start("other.example").unwrap();
    let mut one = builder(&server);
    one.transport(trusting_reqwest(&server));
    is_refused(&server, awaited(one));
    let server = Server::start("other.example").unwrap();
    let mut one = builder(&server);
    one.blocking_transport(trusting_ureq(&server));
    is_refused(&server, blocking(one));
}

/// Says this in place of a handshake, and nothing more; the address.
fn no_handshake(said: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let hello = stream.read(&mut [0; 4096]).unwrap();
        assert!(hello > 0);
        stream.write_all(said).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        // Until the client has gone.
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    address
}

/// Nothing was sent but the greeting, so that any call may be sent again.
#[test]
fn a_handshake_that_fails_is_no_connection() {
    let alert = b"\x15\x03\x03\x00\x02\x02\x28";
    for said in [b"".as_slice(), b"HTTP/1.1 400 Bad Request\r\n\r\n", alert] {
        let builder = || {
            let mut builder = Builder::<Api>::default();
            builder.base_url(no_handshake(said));
            builder.credential(0, Credential::bearer(SECRET));
            builder.retry(Retry::none());
            builder
        };
        for outcome in [awaited(builder()), blocking(builder())] {
            let error = outcome.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Connect, "{said:?}: {}", texts(&error));
        }
    }
}
