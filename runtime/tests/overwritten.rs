//! What is left of credentials in memory, once the client that had them is gone. The memory of the process is read
//! the way a debugger would.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(unused_macros, reason = "each test uses a part")]
mod sample;
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use sample::subscriptions::Guarded;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use support::{Memory, ready};
use zeroize::Zeroizing;

/// How long a secret is. Whoever frees memory writes to its beginning, so that only the end is searched for.
const LENGTH: usize = 96;
const END: usize = 48;

/// A character of a secret. The text itself stands nowhere in the program.
fn character(secret: usize, at: usize) -> u8 {
    b'a' + u8::try_from((secret * 31 + at * at * 7 + at * 3) % 26).unwrap()
}

fn secret(number: usize) -> String {
    let mut text = String::with_capacity(LENGTH);
    text.extend((0..LENGTH).map(|at| char::from(character(number, at))));
    text
}

/// How often the end of a secret stands in the memory that the process may write to.
fn copies(number: usize) -> usize {
    let first = character(number, LENGTH - END);
    let is_end = |found: &[u8]| {
        found.iter().enumerate().all(|(at, byte)| *byte == character(number, LENGTH - END + at))
    };
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = File::open("/proc/self/mem").unwrap();
    // What is read here is a copy as well.
    let mut bytes = Zeroizing::new(vec![0; 1 << 16]);
    let mut count = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').unwrap();
        let (start, end) = range.split_once('-').unwrap();
        let mut at = u64::from_str_radix(start, 16).unwrap();
        let end = u64::from_str_radix(end, 16).unwrap();
        while at < end {
            memory.seek(SeekFrom::Start(at)).unwrap();
            let length = bytes.len().min(usize::try_from(end - at).unwrap());
            // Other tests give memory back meanwhile.
            if memory.read_exact(&mut bytes[..length]).is_err() {
                break;
            }
            let windows = bytes[..length].windows(END);
            count += windows.filter(|found| found[0] == first && is_end(found)).count();
            bytes.fill(0);
            // One that begins in this piece may end in the next one.
            at += u64::try_from(length.saturating_sub(END - 1).max(1)).unwrap();
        }
    }
    count
}

/// Makes a call with a client that has a secret, and looks for it before and after.
fn is_overwritten(number: usize, give: impl FnOnce(sample::Builder, String) -> sample::Builder) {
    let memory = Memory::json(200, "[]");
    let builder = give(sample::builder(), secret(number));
    assert!(copies(number) > 0, "this would find nothing at all");
    let client = builder.transport(memory.clone()).build().unwrap();
    ready(client.call(Guarded::default())).unwrap();
    drop((memory, client));
    assert_eq!(copies(number), 0);
}

#[test]
fn keys() {
    is_overwritten(1, |builder, key| builder.key(2, key));
    is_overwritten(2, |builder, key| builder.key(4, key));
}

#[test]
fn tokens() {
    is_overwritten(3, |builder, token| builder.key(2, "k").bearer(token));
}

#[test]
fn passwords() {
    is_overwritten(4, |builder, password| builder.key(2, "k").basic("id", password));
}

#[test]
fn headers_of_all_calls() {
    is_overwritten(5, |builder, value| builder.key(2, "k").header("X-Own", value));
}

#[test]
fn headers_of_one_call() {
    let memory = Memory::json(200, "[]");
    let client = sample::builder().key(2, "k").transport(memory.clone()).build().unwrap();
    ready(client.call(Guarded::default()).with_header("X-Own", secret(6))).unwrap();
    assert!(copies(6) > 0, "this would find nothing at all");
    drop((memory, client));
    assert_eq!(copies(6), 0);
}

/// Tokens of a token endpoint, and keys that tokens are signed with.
#[cfg(all(feature = "oauth2", feature = "jwt"))]
mod asked_for {
    use super::{Zeroizing, copies, ready, secret};
    use clientwright_runtime::{
        Answer, Auth, AuthScheme, BoxFuture, Builder, Call, Credential, DecodeError, HeaderMap,
        Incoming, Jwt, Method, OAuth2, Outgoing, Provider, Request, SchemeKind, Server, StatusCode,
        Transport, TransportError,
    };
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Clone, Copy, Debug)]
    struct Api;

    impl Provider for Api {
        const NAME: &'static str = "api";
        const SERVERS: &'static [Server] =
            &[Server { name: "production", url: "https://api.example.com" }];
        const AUTH: &'static [AuthScheme] = &[
            AuthScheme { name: "client", kind: SchemeKind::Basic },
            AuthScheme {
                name: "app",
                kind: SchemeKind::OAuth2(&OAuth2::client_credentials(
                    Method::post("api.app.token", "/token").auth(Auth::AnyOf(&[&[0]])),
                )),
            },
            AuthScheme { name: "signed", kind: SchemeKind::Jwt(None) },
        ];
    }

    #[derive(Clone, Debug)]
    struct Get<const SCHEME: usize>;

    const SETS: [&[&[usize]]; 3] = [&[&[0]], &[&[1]], &[&[2]]];

    impl<const SCHEME: usize> Request for Get<SCHEME> {
        type Provider = Api;
        type Output = ();
        type Error = Infallible;

        const METHOD: Method = Method::get("api.get", "/").auth(Auth::AnyOf(SETS[SCHEME]));

        fn decode(_: &Answer<'_>) -> Result<(), DecodeError> {
            Ok(())
        }
    }

    /// Hands out tokens that have ended at once, so that each call asks for one. Keeps nothing.
    struct Endpoint(AtomicUsize);

    const TOKENS: [usize; 2] = [10, 11];

    impl Transport for Endpoint {
        fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<Incoming, TransportError>> {
            let mut body = Vec::new();
            if outgoing.target() == "/token" {
                let token = TOKENS[self.0.fetch_add(1, Ordering::Relaxed)];
                // One that grows leaves its beginning behind.
                body.reserve_exact(1 << 10);
                body.extend_from_slice(b"{\"expires_in\":0,\"access_token\":\"");
                body.extend_from_slice(Zeroizing::new(secret(token)).as_bytes());
                body.extend_from_slice(b"\"}");
            }
            Box::pin(async { Ok(Incoming::new(StatusCode::OK, HeaderMap::new(), body)) })
        }
    }

    fn client(number: usize, credential: Credential) -> clientwright_runtime::Client {
        let mut builder = Builder::<Api>::default();
        builder.credential(number, credential);
        builder.transport(Endpoint(AtomicUsize::new(0)));
        builder.build().unwrap()
    }

    #[test]
    fn tokens_that_were_renewed() {
        let client = client(0, Credential::basic("app-1", secret(12)));
        for _ in TOKENS {
            ready(Call::new(&client, Get::<1>)).unwrap();
        }
        assert!(copies(11) > 0, "this would find nothing at all");
        assert_eq!(copies(10), 0, "the one before it");
        drop(client);
        assert_eq!((copies(11), copies(12)), (0, 0));
    }

    #[test]
    fn keys_that_sign() {
        let client = client(2, Credential::jwt(Jwt::new(secret(13))));
        assert!(copies(13) > 0, "this would find nothing at all");
        ready(Call::new(&client, Get::<2>)).unwrap();
        drop(client);
        assert_eq!(copies(13), 0);
    }
}
