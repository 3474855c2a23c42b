//! What a specification says about parameters of the client is what its calls send.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::shared::models::Twin;
use clientwright_behaviour::shared::{self, Builder, Client};
use clientwright_runtime::{Blocking, ErrorKind};
use support::{Said, Script, ready};

const OK: Said<'_> = Said::Answers(200, &[("content-type", "application/json")], "1");

fn client(script: &Script, builder: Builder) -> Client {
    builder.transport(script.clone()).clock(script.clone()).build().unwrap()
}

fn versioned() -> Builder {
    shared::builder().api_version("7")
}

#[test]
fn calls_send_what_the_builder_was_given() {
    let script = Script::new([OK, OK]);
    let builder = versioned().locale("nl").kind(3).theme("dark; a").twin(Twin::Async);
    let client = client(&script, builder.tenant("t 1"));
    ready(client.things().get("a").part("x")).unwrap();
    ready(client.things().put("b", 1.into())).unwrap();
    let shared = "locale=nl&api-version=2026-11";
    let first = format!("/async/things/a?part=x&{shared}");
    assert_eq!(script.targets(), [first, format!("/tenants/t%201/b?{shared}")]);
    for sent in script.sent() {
        assert_eq!(sent.headers["api-version"], "7");
        assert_eq!(sent.headers["x-type"], "3");
        assert_eq!(sent.headers["cookie"], "theme=dark%3B%20a");
    }
}

#[test]
fn a_call_sets_them_for_itself() {
    let script = Script::new([OK, OK, OK]);
    let client = client(&script, versioned().locale("nl"));
    ready(client.things().get("a").with_twin(Twin::Async).with_locale("fr").with_kind(1)).unwrap();
    ready(client.things().get("a")).unwrap();
    ready(client.things().put("b", 1.into()).with_tenant("t").with_api_version("8")).unwrap();
    assert_eq!(
        script.targets(),
        [
            "/async/things/a?locale=fr&api-version=2026-11",
            "/sync/things/a?locale=nl&api-version=2026-11",
            "/tenants/t/b?locale=nl&api-version=2026-11",
        ]
    );
    let sent = script.sent();
    assert_eq!(sent[0].headers["x-type"], "1");
    assert!(!sent[1].headers.contains_key("x-type"));
    assert_eq!(sent[2].headers["api-version"], "8");
}

#[test]
fn a_blocking_client_has_them_too() {
    let script = Script::new([OK]);
    let builder = versioned().blocking_transport(script.clone()).clock(script.clone());
    let client: Client<Blocking> = builder.build_blocking().unwrap();
    client.things().get("a").with_twin(Twin::Async).send().unwrap();
    assert_eq!(script.targets(), ["/async/things/a?api-version=2026-11"]);
}

#[test]
fn what_is_required_is_asked_for_when_the_client_is_built() {
    let script = Script::new([]);
    let builder = || shared::builder().transport(script.clone()).locale("nl");
    let error = builder().build().unwrap_err().to_string();
    assert_eq!(error, "the client needs `api_version`, a method of its builder");
    let error = builder().api_version("a\nb").build().unwrap_err().to_string();
    assert_eq!(error, "the value given to `api_version` holds characters that no header may have");
    let error = builder().api_version("1").tenant("..").build().unwrap_err().to_string();
    assert!(error.starts_with("the value given to `tenant` is empty, `.` or `..`"), "{error}");
    let error = builder().api_version("1").share(f64::NAN).build().unwrap_err().to_string();
    assert_eq!(error, "the value given to `share` holds what its form has no text for");
}

#[test]
fn a_path_without_its_parameter_is_not_sent() {
    let script = Script::new([]);
    let client = client(&script, versioned());
    let error = ready(client.things().put("b", 1.into())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    let text = error.to_string();
    assert!(
        text.contains("`tenant` of the builder sets it, and `with_tenant` of the call"),
        "{text}"
    );
    let error = ready(client.things().list().with_twin(Twin::Async)).unwrap_err();
    assert!(error.to_string().contains("no parameter `twin`"), "{error}");
    let error = ready(client.things().get("a").with_twin(Twin::Other(String::new()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(script.sent().is_empty());
}

#[test]
fn token_endpoints_are_not_told() {
    let token = Said::Answers(200, &[], r#"{"access_token":"t1","token_type":"bearer"}"#);
    let script = Script::new([token, OK]);
    let client = client(&script, versioned().app("id", "secret").locale("nl"));
    ready(client.things().list()).unwrap();
    assert_eq!(script.targets(), ["/token", "/things?locale=nl&api-version=2026-11"]);
    assert!(!script.sent()[0].headers.contains_key("api-version"));
}
