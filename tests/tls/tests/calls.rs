//! What both kinds of client do over TLS, with rustls and, by the feature `native-tls`, with the library of the system
//! beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use clientwright_runtime::{
    Answer, Auth, AuthScheme, Builder, Call, CallError, Credential, DecodeError, Encoder,
    ErrorKind, Method, Provider, Request, ReqwestTransport, Retry, SchemeKind, Tls, UreqTransport,
    reqwest, ureq,
};
use clientwright_tls::Server;
use std::convert::Infallible;
use std::error::Error;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};
use ureq::tls::{RootCerts, TlsConfig};

const SECRET: &str = "hunter2-planted";

/// All that a client can choose from.
const LIBRARIES: &[Tls] = &[
    Tls::Rustls,
    #[cfg(feature = "native-tls")]
    Tls::Native,
];

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

type Calls = fn(Builder<Api>) -> Outcome;

fn awaited(builder: Builder<Api>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // Dropped with its connections before the server is asked what it has seen.
    runtime.block_on(async { Call::new(&builder.build().unwrap(), Get).await })
}

fn blocking(builder: Builder<Api>) -> Outcome {
    Call::new(&builder.build_blocking().unwrap(), Get).send().map(|response| response.into_body())
}

/// A client of the app, which trusts what vouches for the server and nothing else.
fn trusting_reqwest(server: &Server, tls: Tls) -> ReqwestTransport {
    let authority = reqwest::Certificate::from_der(&server.authority).unwrap();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only([authority]);
    let client = match tls {
        #[cfg(feature = "native-tls")]
        Tls::Native => client.tls_backend_native(),
        _ => client.tls_backend_rustls(),
    };
    ReqwestTransport::new(client.build().unwrap())
}

fn trusting_ureq(server: &Server, tls: Tls) -> UreqTransport {
    let authority = ureq::tls::Certificate::from_der(&server.authority).to_owned();
    let provider = match tls {
        #[cfg(feature = "native-tls")]
        Tls::Native => ureq::tls::TlsProvider::NativeTls,
        _ => ureq::tls::TlsProvider::Rustls,
    };
    let roots = RootCerts::new_with_certs(&[authority]);
    let tls = TlsConfig::builder().root_certs(roots).provider(provider);
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

/// Calls a server of this host by clients of the app that trust its certificate.
fn each_trusting(host: &str, verdict: impl Fn(&Server, Outcome)) {
    for tls in LIBRARIES {
        let server = Server::start(host).unwrap();
        let mut one = builder(&server);
        one.transport(trusting_reqwest(&server, *tls));
        verdict(&server, awaited(one));
        let server = Server::start(host).unwrap();
        let mut one = builder(&server);
        one.blocking_transport(trusting_ureq(&server, *tls));
        verdict(&server, blocking(one));
    }
}

#[test]
fn a_client_of_the_app_says_whom_to_trust() {
    each_trusting("localhost", is_as_it_should_be);
}

#[test]
fn whom_nobody_vouches_for_is_sent_nothing() {
    for tls in LIBRARIES {
        for texts in refusals(|builder| builder.tls(*tls)) {
            assert_eq!(texts.contains(OF_RUSTLS), *tls == Tls::Rustls, "{tls:?}: {texts}");
        }
    }
}

/// Features only add: that another library is there changes nothing.
#[test]
fn a_client_takes_rustls_unless_it_chooses() {
    for texts in refusals(|_| ()) {
        assert!(texts.contains(OF_RUSTLS), "{texts}");
    }
}

/// How rustls puts it that nobody vouches for a server.
const OF_RUSTLS: &str = "UnknownIssuer";

/// What clients over the built-in transports say of a server that nobody vouches for.
fn refusals(set: impl Fn(&mut Builder<Api>)) -> [String; 2] {
    [awaited as Calls, blocking].map(|call| {
        let server = Server::start("localhost").unwrap();
        let mut builder = builder(&server);
        set(&mut builder);
        is_refused(&server, call(builder))
    })
}

#[test]
fn the_certificate_of_another_host_is_refused() {
    each_trusting("other.example", |server, outcome| {
        is_refused(server, outcome);
    });
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
        for (tls, call) in
            LIBRARIES.iter().flat_map(|tls| [(tls, awaited as Calls), (tls, blocking)])
        {
            let mut builder = Builder::<Api>::default();
            builder.base_url(no_handshake(said));
            builder.credential(0, Credential::bearer(SECRET));
            builder.retry(Retry::none());
            builder.tls(*tls);
            let error = call(builder).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Connect, "{tls:?} {said:?}: {}", texts(&error));
        }
    }
}
