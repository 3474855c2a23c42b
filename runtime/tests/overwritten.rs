//! What is left of credentials in memory, once the client that had them is gone. The memory of the process is read
//! the way a debugger would.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[path = "../src/sensitive/memory.rs"]
mod memory;
#[allow(unused_macros, reason = "each test uses a part")]
mod sample;
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use memory::{copies, secret};
use sample::subscriptions::Guarded;
use support::{Memory, ready};

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

/// All of them stand in one header.
#[test]
fn keys_in_several_cookies() {
    let cookies = |builder: sample::Builder, first: String, second: String| {
        builder.key(2, "k").key(3, "k").key(4, first).key(5, second)
    };
    is_overwritten(7, |builder, key| cookies(builder, key, secret(8)));
    assert_eq!(copies(8), 0);
    is_overwritten(9, |builder, key| cookies(builder, secret(35), key));
    assert_eq!(copies(35), 0);
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
    use super::memory::count;
    use super::{copies, ready, secret};
    use clientwright_runtime::{
        Answer, Auth, AuthScheme, BoxError, BoxFuture, Builder, Call, Client, Code, CodeGrant,
        Credential, DecodeError, ErrorKind, HeaderMap, Incoming, Jwt, JwtAlgorithm, Method, OAuth2,
        Outgoing, Provider, Request, SchemeKind, Server, StatusCode, Token, TokenSource,
        TokenStore, Transport, TransportError,
    };
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::sync::{Arc, Mutex};
    use zeroize::Zeroizing;

    #[derive(Clone, Copy, Debug)]
    struct Api;

    const APP: usize = 1;
    const SIGNED: usize = 2;
    const FORM: usize = 3;
    const JSON: usize = 4;
    const USER: usize = 5;

    impl Provider for Api {
        const NAME: &'static str = "api";
        const SERVERS: &'static [Server] =
            &[Server { name: "production", url: "https://api.example.com" }];
        const AUTH: &'static [AuthScheme] = &[
            AuthScheme { name: "client", kind: SchemeKind::Basic },
            AuthScheme {
                name: "app",
                kind: SchemeKind::OAuth2(&OAuth2::client_credentials(token(Auth::AnyOf(&[&[0]])))),
            },
            AuthScheme { name: "signed", kind: SchemeKind::Jwt(None) },
            AuthScheme {
                name: "form",
                kind: SchemeKind::OAuth2(&OAuth2::client_credentials(token(Auth::Client(FORM)))),
            },
            AuthScheme {
                name: "json",
                kind: SchemeKind::OAuth2(
                    &OAuth2::client_credentials(token(Auth::Client(JSON)))
                        .json()
                        .names(&[("client_secret", "clientSecret"), ("access_token", "token")])
                        .at(&["data"]),
                ),
            },
            AuthScheme {
                name: "user",
                kind: SchemeKind::OAuth2(&OAuth2::authorization_code(
                    "https://login.example.com",
                    token(Auth::Client(USER)),
                )),
            },
        ];
    }

    const fn token(auth: Auth) -> Method {
        Method::post("api.token", "/token").auth(auth)
    }

    #[derive(Clone, Debug)]
    struct Get<const SCHEME: usize>;

    const SETS: [&[&[usize]]; 6] = [&[&[0]], &[&[1]], &[&[2]], &[&[3]], &[&[4]], &[&[5]]];

    impl<const SCHEME: usize> Request for Get<SCHEME> {
        type Provider = Api;
        type Output = ();
        type Error = Infallible;

        const METHOD: Method = Method::get("api.get", "/").auth(Auth::AnyOf(SETS[SCHEME]));

        fn decode(_: &Answer<'_>) -> Result<(), DecodeError> {
            Ok(())
        }
    }

    /// What a token endpoint gives: members with the numbers of secrets.
    type Gives = &'static [(&'static str, usize)];

    /// Hands out tokens that have ended at once, so that each call asks for one. Keeps nothing but what was sent in
    /// `Authorization`, in a form that is not the text.
    #[derive(Clone, Default)]
    struct Endpoint {
        gives: Arc<Mutex<VecDeque<Gives>>>,
        nested: bool,
        /// Of what a token endpoint gives.
        status: StatusCode,
        sent: Arc<Mutex<Vec<u8>>>,
    }

    impl Endpoint {
        fn giving(gives: &[Gives]) -> Self {
            Self { gives: Arc::new(Mutex::new(gives.iter().copied().collect())), ..Self::default() }
        }
    }

    impl Transport for Endpoint {
        fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
            if let Some(sent) = outgoing.headers.get("authorization") {
                *self.sent.lock().unwrap() = sent.as_bytes().iter().map(|byte| !byte).collect();
            }
            let mut body = Vec::new();
            let mut status = StatusCode::OK;
            if outgoing.target() == "/token" {
                // One that grows leaves its beginning behind.
                body.reserve_exact(1 << 10);
                body.extend_from_slice(if self.nested { b"{\"data\":{" } else { b"{" });
                body.extend_from_slice(b"\"expires_in\":0");
                for (name, number) in self.gives.lock().unwrap().pop_front().unwrap() {
                    body.extend_from_slice(b",\"");
                    body.extend_from_slice(name.as_bytes());
                    body.extend_from_slice(b"\":\"");
                    body.extend_from_slice(Zeroizing::new(secret(*number)).as_bytes());
                    body.extend_from_slice(b"\"");
                }
                body.extend_from_slice(if self.nested { b"}}" } else { b"}" });
                status = self.status;
            }
            Box::pin(async move { Ok(Incoming::new(status, HeaderMap::new(), body)) })
        }
    }

    fn builder(number: usize, credential: Credential, endpoint: &Endpoint) -> Builder<Api> {
        let mut builder = Builder::default();
        builder.credential(number, credential);
        builder.transport(endpoint.clone());
        builder
    }

    fn client(number: usize, credential: Credential, endpoint: &Endpoint) -> Client {
        builder(number, credential, endpoint).build().unwrap()
    }

    #[track_caller]
    fn are_gone(secrets: &[usize]) {
        for number in secrets {
            assert_eq!(copies(*number), 0, "secret {number}");
        }
    }

    #[test]
    fn tokens_that_were_renewed() {
        let endpoint = Endpoint::giving(&[&[("access_token", 10)], &[("access_token", 11)]]);
        let client = client(0, Credential::basic("app-1", secret(12)), &endpoint);
        for _ in 0..2 {
            ready(Call::new(&client, Get::<APP>)).unwrap();
        }
        assert!(copies(11) > 0, "this would find nothing at all");
        are_gone(&[10]);
        drop(client);
        are_gone(&[11, 12]);
    }

    #[test]
    fn secrets_in_the_forms_of_token_requests() {
        let endpoint = Endpoint::giving(&[&[("access_token", 14)]]);
        let client = client(FORM, Credential::client("app-1", Some(secret(15))), &endpoint);
        ready(Call::new(&client, Get::<FORM>)).unwrap();
        assert!(copies(15) > 0, "this would find nothing at all");
        drop(client);
        are_gone(&[14, 15]);
    }

    #[test]
    fn secrets_in_the_json_of_token_requests() {
        let endpoint = Endpoint { nested: true, ..Endpoint::giving(&[&[("token", 16)]]) };
        let client = client(JSON, Credential::client("app-1", Some(secret(17))), &endpoint);
        ready(Call::new(&client, Get::<JSON>)).unwrap();
        assert!(copies(16) > 0 && copies(17) > 0, "this would find nothing at all");
        drop(client);
        are_gone(&[16, 17]);
    }

    /// Reads a token and forgets what it is to keep.
    struct Store;

    impl TokenStore for Store {
        fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
            let token = Token::new(secret(20)).with_refresh_token(secret(21)).with_expiry(1);
            Box::pin(async { Ok(Some(token)) })
        }

        fn save<'a>(&'a self, _: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
            Box::pin(async { Ok(()) })
        }
    }

    #[test]
    fn tokens_that_were_stored() {
        let endpoint = Endpoint::giving(&[&[("access_token", 22), ("refresh_token", 23)]]);
        let credential = Credential::client("app-1", Some(secret(24)));
        let mut builder = builder(USER, credential, &endpoint);
        builder.token_store(USER, Store);
        let client = builder.build().unwrap();
        ready(Call::new(&client, Get::<USER>)).unwrap();
        assert!(copies(22) > 0 && copies(23) > 0, "this would find nothing at all");
        are_gone(&[20, 21]);
        drop(client);
        are_gone(&[22, 23, 24]);
    }

    /// Gives one token after the other.
    struct Source(Mutex<usize>);

    impl TokenSource for Source {
        fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
            let mut next = self.0.lock().unwrap();
            *next += 1;
            let token = Token::new(secret(*next)).with_expiry(1);
            Box::pin(async { Ok(token) })
        }
    }

    #[test]
    fn tokens_that_live_elsewhere() {
        let credential = Credential::client("app-1", None::<String>);
        let mut builder = builder(USER, credential, &Endpoint::default());
        builder.token_source(USER, Source(Mutex::new(24)));
        let client = builder.build().unwrap();
        for _ in 0..2 {
            ready(Call::new(&client, Get::<USER>)).unwrap();
        }
        assert!(copies(26) > 0, "this would find nothing at all");
        are_gone(&[25]);
        drop(client);
        are_gone(&[26]);
    }

    #[test]
    fn codes_of_users() {
        let endpoint = Endpoint::giving(&[&[("access_token", 27), ("refresh_token", 28)]]);
        let client = client(USER, Credential::client("app-1", Some(secret(29))), &endpoint);
        let code = Code::new(secret(30)).verifier(secret(31));
        let call = Call::new(&client, CodeGrant::<Api, serde::de::IgnoredAny, USER>::new(code));
        let grant = ready(call).unwrap();
        are_gone(&[30, 31]);
        assert!(copies(27) > 0 && copies(28) > 0, "this would find nothing at all");
        let of_user = client.with_token(USER, grant.token).unwrap();
        drop((client, of_user));
        are_gone(&[27, 28, 29]);
    }

    /// What a service repeats of what it was sent, and tokens in an answer that does not fit.
    #[test]
    fn answers_that_are_no_good() {
        for status in [StatusCode::BAD_REQUEST, StatusCode::OK] {
            let endpoint = Endpoint { status, ..Endpoint::giving(&[&[("error_description", 41)]]) };
            let client = client(FORM, Credential::client("app-1", Some(secret(42))), &endpoint);
            let error = ready(Call::new(&client, Get::<FORM>)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Auth, "{error}");
            drop(client);
            are_gone(&[41, 42]);
        }
        for (status, kind) in
            [(StatusCode::BAD_REQUEST, ErrorKind::Status), (StatusCode::OK, ErrorKind::Decode)]
        {
            let gives: &[Gives] = &[&[("access_token", 43), ("refresh_token", 44)]];
            let endpoint = Endpoint { status, ..Endpoint::giving(gives) };
            let client = client(USER, Credential::client("app-1", Some(secret(45))), &endpoint);
            let code = Code::new(secret(46));
            let call = Call::new(&client, CodeGrant::<Api, Vec<u8>, USER>::new(code));
            let error = ready(call).unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            assert_eq!(error.body_excerpt().as_deref(), Some(""));
            // The error is there as long as the app wants.
            are_gone(&[43, 44, 46]);
            drop(client);
            are_gone(&[45]);
        }
    }

    /// `{"expires_in":0,"access_token":"…"}` with secret 60, compressed by gzip. Here nobody can write to it, so that
    /// it is not found here.
    #[cfg(feature = "gzip")]
    const PACKED: &[u8] = b"\
        \x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x0d\xc8\x4b\x16\x83\x20\x0c\x00\xc0\xbb\
        \xb0\xee\xa2\xeb\x5e\xc6\x17\x25\x48\x40\x63\x20\x20\x1f\x5f\xef\xde\xce\x72\x1e\
        \x83\x5d\x28\xa3\x2e\xc4\xe6\xf3\x7e\x19\xd8\x36\x54\x5d\xca\x15\xf1\x1f\xa6\x88\
        \xa3\xce\x84\xb0\x66\x9b\x89\xd3\x0c\x64\x4f\xaf\xe3\x20\xd9\xe7\x4c\x18\x65\xcb\
        \x10\xbb\x77\xb7\x9f\xdd\xc7\x09\x95\x6c\xbd\xd3\xe4\x98\xa0\x8e\x95\x15\x29\x30\
        \xc8\x81\xb6\x48\x2e\x4d\xcb\x1e\xf4\x0e\x70\x8d\x76\x2a\xbb\x26\xe6\xfb\x03\xef\
        \x5a\xcb\x7f\x82\x00\x00\x00";

    /// Answers so, though nobody has asked for it.
    #[cfg(feature = "gzip")]
    struct Packed;

    #[cfg(feature = "gzip")]
    impl Transport for Packed {
        fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
            assert!(!outgoing.headers.contains_key("accept-encoding") || outgoing.target() == "/");
            let (mut body, mut headers) = (Vec::new(), HeaderMap::new());
            if outgoing.target() == "/token" {
                body = PACKED.to_vec();
                headers.insert("content-encoding", "gzip".parse().unwrap());
            }
            Box::pin(async move { Ok(Incoming::new(StatusCode::OK, headers, body)) })
        }
    }

    #[cfg(feature = "gzip")]
    #[test]
    fn tokens_that_came_compressed() {
        const BEGIN: usize = 48;
        let packed = || count(PACKED.len() - 8 - BEGIN, |at| PACKED[BEGIN + at]);
        let copy = PACKED.to_vec();
        assert!(packed() > 0, "this would find nothing at all");
        drop(Zeroizing::new(copy));
        let mut builder =
            builder(FORM, Credential::client("app-1", Some("s")), &Endpoint::default());
        builder.transport(Packed);
        builder.credential(USER, Credential::client("app-1", Some("s")));
        let client = builder.build().unwrap();
        ready(Call::new(&client, Get::<FORM>)).unwrap();
        assert_eq!(packed(), 0, "of a token that was asked for");
        let code = Code::new("code");
        let call = Call::new(&client, CodeGrant::<Api, serde::de::IgnoredAny, USER>::new(code));
        let grant = ready(call).unwrap();
        assert_eq!(packed(), 0, "of one for a code");
        drop(grant);
    }

    /// Keys that are shorter than a block of the digest are filled up to one, and longer ones digested before.
    #[test]
    fn keys_that_sign() {
        for (key, name, algorithm) in [(13, 32, JwtAlgorithm::Hs256), (33, 34, JwtAlgorithm::Hs512)]
        {
            let endpoint = Endpoint::default();
            let claim = key + 5;
            let jwt = Jwt::new(secret(key))
                .key_id(secret(name))
                .claim("scope", &"app")
                .claim("account", &[Zeroizing::new(secret(claim)).as_str()]);
            let credential = Credential::jwt(jwt.algorithm(algorithm));
            let client = client(SIGNED, credential, &endpoint);
            assert!(
                copies(key) > 0 && copies(name) > 0 && copies(claim) > 0,
                "this would find nothing at all"
            );
            ready(Call::new(&client, Get::<SIGNED>)).unwrap();
            // The end of a token is its signature, which nobody can make without the key.
            let sent = std::mem::take(&mut *endpoint.sent.lock().unwrap());
            let found = || count(40, |at| !sent[sent.len() - 40 + at]);
            assert!(found() > 0, "this would find nothing at all");
            drop(client);
            are_gone(&[key, name, claim]);
            assert_eq!(found(), 0);
        }
    }
}
