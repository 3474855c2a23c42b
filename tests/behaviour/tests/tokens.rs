//! What a specification says about signing in is what its client does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::tokens::models::{Scope, UserId};
use clientwright_behaviour::tokens::{self, Builder, Client};
use clientwright_runtime::{
    BoxError, BoxFuture, ErrorKind, Outgoing, Token, TokenSource, TokenStore,
};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use support::{Said, Script, ready};

const SECRET: &str = "hunter2-very-secret";
const HS384: &str = "Bearer eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJzY29wZSI6ImFwcCJ9.9g4QMa8z5Gp19ar16Aoa9L1DDYR-q1qZ0BTuN2Pqh-_XCG9idDcN4Ak98eZxBWmZ";
const HS512: &str = "Bearer eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzY29wZSI6ImFwcCJ9.WFNE_y0WK9kahlmmMukGuKoI3ATvb_z3CjGp2GYLFkHsp5Y6_bkxzPhMJBQurBVhN58Y55wB8PpHlOD_dIgAjw";
const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const OK: Said<'static> = Said::Answers(200, JSON, r#""ok""#);
const TOKEN: Said<'static> =
    Said::Answers(200, JSON, r#"{"access_token":"t1","x_user_id":7,"expires_in":3600}"#);

fn client(script: &Script, builder: Builder) -> Client {
    builder.transport(script.clone()).clock(script.clone()).build().unwrap()
}

fn header(sent: &Outgoing) -> &str {
    sent.headers["authorization"].to_str().unwrap()
}

fn body(sent: &Outgoing) -> &str {
    std::str::from_utf8(&sent.body).unwrap()
}

#[test]
fn the_app_gets_its_token_by_another_entry() {
    let script = Script::new([TOKEN, OK, Said::Answers(403, JSON, "{}"), TOKEN, OK]);
    let client = client(&script, tokens::builder().client("app-1", SECRET));
    ready(client.things().app()).unwrap();
    ready(client.things().caller()).unwrap();
    let sent = script.sent();
    assert_eq!(sent[0].url, "https://api.example.com/v1/auth/token");
    assert_eq!(body(&sent[0]), "grant_type=client_credentials&scope=read%20write");
    assert!(header(&sent[0]).starts_with("Basic "));
    let paths = ["/v1/auth/token", "/v1/app", "/v1/caller", "/v1/auth/token", "/v1/caller"];
    assert_eq!(script.targets(), paths);
    assert_eq!(header(&sent[4]), "Bearer t1");
}

#[test]
fn the_form_holds_what_the_builder_was_given() {
    let script = Script::new([TOKEN, OK]);
    let client = client(&script, tokens::builder().partner("p 1", SECRET));
    ready(client.things().partner()).unwrap();
    let sent = script.sent();
    let form = format!("grant_type=client_credentials&client_id=p%201&client_secret={SECRET}");
    assert_eq!(body(&sent[0]), form);
    assert!(!sent[0].headers.contains_key("authorization"));
}

/// One token for all that methods need, or for what the app says.
#[test]
fn scopes_of_methods_are_asked_for_together() {
    let asked = |builder: Builder| {
        let script = Script::new([TOKEN, OK, OK, OK]);
        let client = client(&script, builder.clerk("c", SECRET));
        ready(client.books().list()).unwrap();
        ready(client.books().add()).unwrap();
        ready(client.books().find()).unwrap();
        let paths = ["/v1/clerks/token", "/v1/books", "/v1/books", "/v1/books/found"];
        assert_eq!(script.targets(), paths);
        let form = body(&script.sent()[0]).to_owned();
        form.split('&').filter(|pair| pair.starts_with("scope=")).collect::<String>()
    };
    let all = "scope=lasting%20books.read%20books.write%20books.find";
    assert_eq!(asked(tokens::builder()), all);
    let narrow = tokens::builder().clerk_scopes(["lasting"]).clerk_scopes(["books.read"]);
    assert_eq!(asked(narrow), "scope=books.read");
    assert_eq!(asked(tokens::builder().clerk_scopes([""; 0])), "");
}

#[test]
fn users_are_asked_for_what_methods_need() {
    let client = client(&Script::new([]), tokens::builder().client("app-1", SECRET));
    let asked = client.authorize_reader().unwrap();
    assert!(asked.url().contains("&scope=books.find%20lent&"), "{}", asked.url());
    assert!(asked.scopes(["lent"]).url().contains("&scope=lent&"));
}

#[test]
fn a_user_agrees_and_the_answer_is_typed() {
    let script = Script::new([TOKEN, OK]);
    let client = client(&script, tokens::builder().client("app-1", SECRET));
    let asked = client.authorize_user().unwrap().redirect_uri("https://app.example.com/back");
    assert!(asked.url().starts_with("https://login.example.org/authorize?response_type=code&"));
    assert!(asked.url().contains("&code_challenge="));
    let code = asked.code("c", asked.state()).unwrap();
    let grant = ready(client.user_token(code)).unwrap();
    assert_eq!(grant.answer.x_user_id, UserId::from(7));
    assert_eq!(grant.token.expires_at(), Some(1_700_003_600));
    ready(client.with_user(grant.token).unwrap().things().user()).unwrap();
    let sent = script.sent();
    assert_eq!(sent[0].url, "https://login.example.org/oauth/token");
    assert_eq!(sent[0].headers["accept"], "application/json");
    assert!(header(&sent[0]).starts_with("Basic "));
    assert_eq!(header(&sent[1]), "Bearer t1");
    let error = ready(client.things().user()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("no credential: set `user(…)` of the builder"), "{error}");
}

#[test]
fn an_app_without_a_secret_has_its_id_alone() {
    let script = Script::new([TOKEN, OK]);
    let client = client(&script, tokens::builder().guest_client("app-2").guest("g"));
    let asked = client.authorize_guest().unwrap();
    assert!(!asked.url().contains("code_challenge"));
    let code = asked.code("c", asked.state()).unwrap();
    ready(client.guest_token(code)).unwrap();
    ready(client.things().guest()).unwrap();
    let sent = script.sent();
    assert_eq!(body(&sent[0]), "grant_type=authorization_code&code=c&client_id=app-2");
    assert_eq!(header(&sent[1]), "Bearer g");
}

#[test]
fn signed_tokens() {
    let script = Script::new([OK, OK]);
    let builder = tokens::builder().signed("key-1", SECRET, Scope::App, "me").lasting(SECRET);
    let client = client(&script, builder);
    ready(client.things().signed()).unwrap();
    ready(client.things().lasting()).unwrap();
    let claims = |sent: &Outgoing| {
        let part = header(sent).split('.').nth(1).unwrap().to_owned();
        String::from_utf8(clientwright_wire::base64::decode_url(&part).unwrap()).unwrap()
    };
    let sent = script.sent();
    assert_eq!(
        claims(&sent[0]),
        r#"{"aud":"https://api.example.com","exp":1700000300,"iat":1700000000,"scope":"app","sub":"me"}"#
    );
    assert_eq!(claims(&sent[1]), r#"{"scope":"app"}"#);
}

/// Against signatures that another program made of the same parts.
#[test]
fn signatures_of_other_lengths() {
    let script = Script::new([OK, OK]);
    let client = client(&script, tokens::builder().longer(SECRET).longest(SECRET));
    ready(client.things().longer()).unwrap();
    ready(client.things().longest()).unwrap();
    let sent = script.sent();
    assert_eq!(header(&sent[0]), HS384);
    assert_eq!(header(&sent[1]), HS512);
}

/// A token endpoint that takes JSON, has other names, and puts its answer into a wrapper.
#[test]
fn a_token_endpoint_with_ways_of_its_own() {
    let token = r#"{"data":{"session":{"accessToken":"t1","expiresIn":"60","renewal":7}}}"#;
    let script = Script::new([Said::Answers(200, JSON, token), OK]);
    let client = client(&script, tokens::builder().machine("m \"1\"", SECRET));
    ready(client.things().machine()).unwrap();
    let sent = script.sent();
    assert_eq!(sent[0].url, "https://api.example.com/v1/sessions");
    assert_eq!(sent[0].headers["content-type"], "application/json");
    let asked: serde_json::Value = serde_json::from_slice(&sent[0].body).unwrap();
    let expected = serde_json::json!({
        "type": "client_credentials", "audience": "https://api.example.com/\"v1\"", "resource": "all",
        "scope": "read", "appKey": "m \"1\"", "appSecret": SECRET,
    });
    assert_eq!(asked, expected);
    assert_eq!(header(&sent[1]), "Bearer t1");
}

/// How long such a token is good is read under its other name.
#[test]
fn a_token_of_another_form_is_renewed() {
    let token =
        |at: &str| format!(r#"{{"data":{{"session":{{"accessToken":"{at}","expiresIn":60}}}}}}"#);
    let (first, second) = (token("t1"), token("t2"));
    let answers = [Said::Answers(200, JSON, &first), OK, Said::Answers(200, JSON, &second), OK];
    let script = Script::new(answers);
    let client = client(&script, tokens::builder().machine("m", SECRET));
    ready(client.things().machine()).unwrap();
    script.advance(61);
    ready(client.things().machine()).unwrap();
    assert_eq!(header(&script.sent()[3]), "Bearer t2");
}

#[test]
fn what_is_no_such_token_is_an_error() {
    for answer in [r#"{"accessToken":"t1"}"#, r#"{"data":{"session":{"access_token":"t1"}}}"#] {
        let script = Script::new([Said::Answers(200, JSON, answer)]);
        let client = client(&script, tokens::builder().machine("m", SECRET));
        let error = ready(client.things().machine()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert!(error.to_string().contains("holds no token"), "{error}");
    }
}

#[test]
fn a_user_agrees_at_such_a_service() {
    let token = r#"{"result":{"token":"t1","member":7,"refresh_token":"r1"}}"#;
    let renewed = r#"{"result":{"token":"t2","member":7}}"#;
    let script = Script::new([
        Said::Answers(200, JSON, token),
        Said::Answers(401, JSON, "{}"),
        Said::Answers(200, JSON, renewed),
        OK,
    ]);
    let client = client(&script, tokens::builder().client("app-1", SECRET));
    let asked = client.authorize_member().unwrap();
    assert!(
        asked.url().starts_with("https://login.example.org/authorize?audience=api&response_type=")
    );
    let grant = ready(client.member_token(asked.code("c", asked.state()).unwrap())).unwrap();
    assert_eq!(grant.answer.member, UserId::from(7));
    ready(client.with_member(grant.token).unwrap().things().member()).unwrap();
    let sent = script.sent();
    let bodies =
        [0, 2].map(|at| serde_json::from_slice::<serde_json::Value>(&sent[at].body).unwrap());
    assert_eq!(bodies[0]["grant_type"], "authorization_code");
    assert_eq!((&bodies[0]["code"], &bodies[0]["audience"]), (&"c".into(), &"api".into()));
    let refreshed = serde_json::json!({
        "grant_type": "refresh_token", "audience": "api", "refresh_token": "r1",
    });
    assert_eq!(bodies[1], refreshed);
    assert_eq!(header(&sent[3]), "Bearer t2");
}

#[test]
fn a_form_with_other_names() {
    let script = Script::new([TOKEN, OK]);
    let client = client(&script, tokens::builder().device("d", "0000"));
    ready(client.things().device()).unwrap();
    let form = "grant_type=client_credentials&resource=a%20b&device=d&pin=0000";
    assert_eq!(body(&script.sent()[0]), form);
}

#[test]
fn fixed_parts_and_sets() {
    let script = Script::new([OK, OK]);
    let client = client(&script, tokens::builder().login("k").key("x").token("t"));
    ready(client.things().login()).unwrap();
    ready(client.things().both()).unwrap();
    let sent = script.sent();
    assert_eq!(header(&sent[0]), "Basic azo=");
    assert_eq!(
        (header(&sent[1]), &sent[1].headers["x-api-key"]),
        ("Bearer t", &"x".parse().unwrap())
    );
}

/// A vault.
#[derive(Clone, Default)]
struct Vault(Arc<Mutex<Option<Token>>>);

impl TokenSource for Vault {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(async { Ok(Token::new("v")) })
    }
}

impl TokenStore for Vault {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        Box::pin(async { Ok(self.0.lock().unwrap().clone()) })
    }

    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        *self.0.lock().unwrap() = Some(token.clone());
        Box::pin(async { Ok(()) })
    }
}

#[test]
fn tokens_from_elsewhere_and_kept_elsewhere() {
    let script = Script::new([OK, TOKEN, OK]);
    let vault = Vault::default();
    let builder = tokens::builder()
        .token_source(vault.clone())
        .partner("p", SECRET)
        .partner_store(vault.clone());
    let client = client(&script, builder);
    ready(client.things().caller()).unwrap();
    ready(client.things().partner()).unwrap();
    assert_eq!(header(&script.sent()[0]), "Bearer v");
    assert_eq!(vault.0.lock().unwrap().as_ref().unwrap().access_token(), "t1");
}

#[test]
fn a_key_stands_behind_its_prefix() {
    let script = Script::new([OK]);
    let client = self::client(&script, tokens::builder().pager("k=1"));
    ready(client.things().pager()).unwrap();
    let sent = script.sent();
    assert_eq!(header(&sent[0]), "Token token=k=1");
    assert!(sent[0].headers["authorization"].is_sensitive());
    for (key, why) in [("", "the key is empty"), ("a\nb", "characters that no header may have")] {
        let error = tokens::builder().pager(key).transport(Script::new([])).build().unwrap_err();
        assert!(error.to_string().ends_with(why), "{error}");
        assert!(error.to_string().contains("`pager`"), "{error}");
    }
}

#[test]
fn nothing_shows_a_secret() {
    let builder = tokens::builder()
        .client("app-1", SECRET)
        .partner("p", SECRET)
        .user(SECRET)
        .guest(SECRET)
        .signed("key", SECRET, Scope::App, "me")
        .lasting(SECRET)
        .key(SECRET)
        .pager(SECRET)
        .login(SECRET)
        .token(SECRET);
    let script = Script::new([Said::Answers(400, JSON, SECRET)]);
    let mut shown = format!("{builder:?}");
    let client = client(&script, builder);
    shown += &format!("{client:?}");
    let error = ready(client.things().partner()).unwrap_err();
    shown += &format!("{error} {error:?} {:?}", script.sent());
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Gives one answer after another over sockets, and the requests as they came.
fn serve(answers: Vec<String>) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for answer in answers {
            let mut reader = BufReader::new(listener.accept().unwrap().0);
            let (mut text, mut length) = (String::new(), 0);
            while !text.ends_with("\r\n\r\n") {
                let start = text.len();
                reader.read_line(&mut text).unwrap();
                let line = text[start..].to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length: ") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            requests.push(text + std::str::from_utf8(&body).unwrap());
            reader.into_inner().write_all(answer.as_bytes()).unwrap();
        }
        requests
    });
    (address, served)
}

fn http(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

fn exchanges() -> Vec<String> {
    vec![
        http("200 OK", r#"{"access_token":"t1"}"#),
        http("403 Forbidden", "{}"),
        http("200 OK", r#"{"access_token":"t2"}"#),
        http("200 OK", r#""ok""#),
    ]
}

fn are_as_they_should_be(requests: &[String]) {
    let asked = &requests[0];
    assert!(asked.starts_with("POST /auth/token HTTP/1.1\r\n"), "{asked}");
    let lower = asked.to_ascii_lowercase();
    assert!(lower.contains("content-type: application/x-www-form-urlencoded\r\n"), "{asked}");
    assert!(asked.ends_with("grant_type=client_credentials&scope=read%20write"), "{asked}");
    let last = requests[3].to_ascii_lowercase();
    assert!(last.starts_with("get /app ") && last.contains("authorization: bearer t2\r\n"));
}

#[test]
fn client_credentials_over_sockets() {
    let (address, served) = serve(exchanges());
    let client = tokens::builder().client("a", SECRET).base_url(address).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = async { client.things().app().await };
    assert_eq!(runtime.block_on(call).unwrap(), "ok");
    are_as_they_should_be(&served.join().unwrap());
}

#[test]
fn client_credentials_over_sockets_that_block() {
    let (address, served) = serve(exchanges());
    let client = tokens::builder().client("a", SECRET).base_url(address).build_blocking().unwrap();
    assert_eq!(client.things().app().send().unwrap(), "ok");
    are_as_they_should_be(&served.join().unwrap());
}

#[test]
fn an_authorization_code_over_sockets() {
    let granted = r#"{"access_token":"u1","x_user_id":7}"#;
    let (address, served) = serve(vec![http("200 OK", granted), http("200 OK", r#""ok""#)]);
    let client = tokens::builder().client("a", SECRET).base_url(address).build_blocking().unwrap();
    let asked = client.authorize_user().unwrap();
    let code = asked.code("c", asked.state()).unwrap();
    let grant = client.user_token(code).send().unwrap();
    client.with_user(grant.token).unwrap().things().user().send().unwrap();
    let requests = served.join().unwrap();
    assert!(requests[0].starts_with("POST /oauth/token HTTP/1.1\r\n"), "{}", requests[0]);
    assert!(requests[0].contains("grant_type=authorization_code&code=c&code_verifier="));
    assert!(requests[1].to_ascii_lowercase().contains("authorization: bearer u1\r\n"));
}
