//! Tokens that are asked for, kept and renewed, and what is said without one.

use super::*;

/// Compresses each answer on its way, and may lose the end.
#[cfg(feature = "gzip")]
struct Packed {
    script: Script,
    lost: usize,
}

#[cfg(feature = "gzip")]
impl Transport for Packed {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let (answer, lost) = (Transport::send(&self.script, outgoing), self.lost);
        Box::pin(async move {
            let mut incoming = answer.await?;
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            std::io::Write::write_all(&mut encoder, &incoming.body).unwrap();
            let mut body = encoder.finish().unwrap();
            body.truncate(body.len() - lost);
            incoming.body = body.into();
            incoming.headers.insert("content-encoding", "gzip".parse().unwrap());
            Ok(incoming)
        })
    }
}

#[cfg(feature = "gzip")]
#[test]
fn answers_of_token_endpoints_are_decompressed() {
    let client = |script: &Script, lost: usize, max: Option<usize>| {
        let mut builder = builder();
        builder.clock(script.clone());
        builder.transport(Packed { script: script.clone(), lost });
        if let Some(max) = max {
            builder.max_answer(max);
        }
        builder.build().unwrap()
    };
    let script = Script::new([token(FIRST), OK]);
    assert_eq!(get::<APP>(&client(&script, 0, None)).unwrap(), "ok");
    assert_eq!(authorizations(&script)[1], "Bearer t1");

    let refused = Said::Answers(400, JSON, r#"{"error":"invalid_client"}"#);
    let script = Script::new([refused]);
    let error = get::<APP>(&client(&script, 0, None)).unwrap_err().to_string();
    assert!(error.contains("the token endpoint answered 400, invalid_client"), "{error}");
    // The status says more than a body that cannot be read.
    let script = Script::new([refused]);
    let error = get::<APP>(&client(&script, 9, None)).unwrap_err().to_string();
    assert!(error.ends_with("the token endpoint answered 400"), "{error}");

    let script = Script::new([token(FIRST)]);
    let error = get::<APP>(&client(&script, 9, None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("expected gzip, found something damaged"), "{error}");
    let script = Script::new([token(FIRST)]);
    let error = get::<APP>(&client(&script, 0, Some(20))).unwrap_err().to_string();
    assert!(error.contains("decompressed, it has more than 20 bytes"), "{error}");
}

#[test]
fn a_token_is_got_kept_and_renewed_before_it_ends() {
    let script = Script::new([token(FIRST), OK, OK, token(SECOND), OK]);
    let mut builder = builder();
    builder.header("X-Own", SECRET);
    let client = with(&script, builder);
    assert_eq!(get::<APP>(&client).unwrap(), "ok");
    script.advance(3500);
    get::<APP>(&client).unwrap();
    script.advance(20);
    get::<APP>(&client).unwrap();
    let basic = format!(
        "Basic {}",
        clientwright_wire::base64::encode(format!("app-1:{SECRET}").as_bytes())
    );
    assert_eq!(authorizations(&script), [&*basic, "Bearer t1", "Bearer t1", &basic, "Bearer t2"]);
    let asked = &script.sent()[0];
    assert_eq!(asked.url, "https://login.example.org/token");
    assert_eq!(body(asked), "grant_type=client_credentials&scope=read%20write");
    assert_eq!(asked.headers["content-type"], "application/x-www-form-urlencoded");
    assert!(!asked.headers.contains_key("x-own"), "meant for the service, not for this one");
    assert!(script.sent()[1].headers.contains_key("x-own"));
    assert!(script.sent()[1].headers["authorization"].is_sensitive());
}

#[test]
fn a_refused_token_is_renewed_once() {
    for status in [401, 403] {
        let refused = Said::Answers(status, JSON, "{}");
        let script = Script::new([token(FIRST), refused, token(SECOND), OK]);
        assert_eq!(get::<APP>(&with(&script, builder())).unwrap(), "ok");
        assert_eq!(script.left(), 0);
    }
    let script = Script::new([token(FIRST), REFUSED, token(SECOND), REFUSED]);
    let error = get::<APP>(&with(&script, builder())).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 401));
    assert_eq!(script.left(), 0);
}

#[test]
fn the_blocking_client_takes_the_same_steps() {
    let script = Script::new([token(FIRST), REFUSED, token(SECOND), OK, OK]);
    let client = blocking(&script, builder());
    assert_eq!(call::<APP, _>(&client).send().unwrap().into_body(), "ok");
    call::<APP, _>(&client).send().unwrap();
    assert_eq!(
        authorizations(&script)[1..],
        ["Bearer t1", &authorizations(&script)[0], "Bearer t2", "Bearer t2"]
    );
}

#[test]
fn a_user_agrees() {
    let script = Script::new([
        token(r#"{"access_token":"u1","refresh_token":"r1","expires_in":100,"x_user_id":7}"#),
        OK,
        token(r#"{"access_token":"u2","expires_in":100}"#),
        OK,
        token(r#"{"access_token":"u3","refresh_token":"r2"}"#),
        OK,
    ]);
    let client = with(&script, builder());
    let asked = client.authorize(USER).unwrap().redirect_uri("https://app.example.com/back?a=b");
    let url = asked.url();
    let (endpoint, query) = url.split_once('?').unwrap();
    assert_eq!(endpoint, "https://login.example.org/authorize");
    for part in [
        "response_type=code&",
        "client_id=app-1&",
        "redirect_uri=https%3A%2F%2Fapp.example.com%2Fback%3Fa%3Db&",
        "scope=all&",
        &format!("state={}&", asked.state()),
        "code_challenge_method=S256",
    ] {
        assert!(query.contains(part), "{part} in {query}");
    }
    // The clock of the script always says the same.
    let mut own = builder();
    own.transport(script.clone());
    let other = own.build().unwrap().authorize(USER).unwrap();
    assert_eq!((other.state().len(), other.verifier().unwrap().len()), (43, 43));
    assert!(!other.url().contains(other.verifier().unwrap()));
    assert!(asked.code("c", "another").is_err());
    let code = asked.code("the code", asked.state()).unwrap();
    assert_eq!(
        code,
        Code::new("the code")
            .verifier(asked.verifier().unwrap())
            .redirect_uri("https://app.example.com/back?a=b")
    );
    let Grant { token, answer, .. } =
        ready(Call::new(&client, CodeGrant::<Api, Answered, USER>::new(code))).unwrap();
    assert_eq!(answer.user, 7);
    assert_eq!(token.access_token(), "u1");
    assert_eq!(token.refresh_token(), Some("r1"));
    assert_eq!(token.expires_at(), Some(1_700_000_100));
    let sent = &script.sent()[0];
    assert!(body(sent).starts_with("grant_type=authorization_code&code=the%20code&redirect_uri="));
    assert!(body(sent).ends_with(&format!("&client_id=app-1&client_secret={SECRET}")));

    assert_eq!(get::<USER>(&client).unwrap_err().kind(), ErrorKind::Auth);
    let client = client.with_token(USER, token).unwrap();
    get::<USER>(&client).unwrap();
    script.advance(95);
    get::<USER>(&client).unwrap();
    // The refresh token stays, unless the answer has another one.
    script.advance(95);
    get::<USER>(&client).unwrap();
    assert!(body(&script.sent()[2]).starts_with("grant_type=refresh_token&refresh_token=r1&"));
    assert!(body(&script.sent()[4]).starts_with("grant_type=refresh_token&refresh_token=r1&"));
    assert_eq!(authorizations(&script)[5], "Bearer u3");
}

#[test]
fn a_token_that_nothing_renews_is_sent_and_its_refusal_handed_on() {
    let script = Script::new([OK, Said::Answers(401, JSON, "gone")]);
    let mut builder = builder();
    builder.token(USER, Token::new("u1").with_expiry(1_600_000_000));
    let client = with(&script, builder);
    get::<USER>(&client).unwrap();
    let error = get::<USER>(&client).unwrap_err();
    assert_eq!(error.body_excerpt().as_deref(), Some("gone"));
    assert_eq!(authorizations(&script), ["Bearer u1", "Bearer u1"]);
}

#[test]
fn without_a_token_it_is_said_why() {
    let failed = |answers: Vec<Said<'static>>| {
        let script = Script::new(answers);
        let mut builder = builder();
        builder.retry(Retry::none());
        let error = get::<APP>(&with(&script, builder)).unwrap_err();
        (error.kind(), error.to_string())
    };
    let echo = format!(r#"{{"error":"invalid_client","error_description":"{SECRET}"}}"#);
    let echo: &'static str = Box::leak(echo.into_boxed_str());
    let (kind, text) = failed(vec![Said::Answers(400, JSON, echo)]);
    assert_eq!(kind, ErrorKind::Auth);
    assert_eq!(
        text,
        "api.things.get: no token for `app`: the token endpoint answered 400, invalid_client"
    );
    let (_, text) = failed(vec![token(r#"{"token":"hunter2-very-secret"}"#)]);
    assert!(text.ends_with("the answer of the token endpoint holds no token"), "{text}");
    let (_, text) = failed(vec![token(r#"{"access_token":"a\nb"}"#)]);
    assert!(text.contains("the token cannot be sent"), "{text}");
    let (kind, text) = failed(vec![Said::Fails(TransportErrorKind::Connect)]);
    assert_eq!(kind, ErrorKind::Connect);
    assert!(text.ends_with("the token endpoint was not reached"), "{text}");
    assert!(!text.contains(SECRET));
}

#[test]
fn a_token_endpoint_that_is_not_reached_is_asked_again() {
    let fails = Said::Fails(TransportErrorKind::Timeout);
    let script = Script::new([fails, token(FIRST), OK]);
    get::<APP>(&with(&script, builder())).unwrap();
    assert_eq!(script.waits().len(), 1);
}

#[test]
fn a_token_that_is_still_good_is_used_when_there_is_no_other() {
    let script = Script::new([token(FIRST), OK, Said::Answers(500, JSON, "{}"), OK]);
    let client = with(&script, builder());
    get::<APP>(&client).unwrap();
    script.advance(3580);
    get::<APP>(&client).unwrap();
    assert_eq!(authorizations(&script)[3], "Bearer t1");
}

#[test]
fn tokens_are_never_shown() {
    let script = Script::new([
        token(r#"{"access_token":"hunter2-very-secret","refresh_token":"hunter2-very-secret"}"#),
        Said::Answers(418, JSON, SECRET),
        Said::Answers(500, JSON, SECRET),
    ]);
    let mut builder = builder();
    builder.token(USER, Token::new(SECRET).with_refresh_token(SECRET));
    let mut shown = format!("{builder:?}");
    let client = with(&script, builder);
    let asked = client.authorize(USER).unwrap();
    let code = asked.code(SECRET, asked.state()).unwrap();
    shown += &format!("{client:?} {code:?} {:?} {:?}", Token::new(SECRET), asked);
    assert!(!shown.contains(asked.state()));
    assert!(!shown.contains(asked.verifier().unwrap()));
    let exchange = Call::new(&client, CodeGrant::<Api, serde_json::Value, USER>::new(code));
    shown += &format!("{exchange:?}");
    let error = get::<APP>(&client).unwrap_err();
    shown += &format!("{error} {error:?} {error:#?}");
    let error = ready(exchange).unwrap_err();
    shown += &format!("{error} {error:?} {:?}", error.source());
    for sent in script.sent() {
        shown += &format!("{sent:?} {:?}", sent.headers);
    }
    assert_eq!(script.left(), 0);
    assert!(!shown.contains(SECRET), "{shown}");
}
