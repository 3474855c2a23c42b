//! Users agree, and tokens come from, where the app has said that its customer is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::hosts::{self, Builder, Client};
use clientwright_runtime::Authorization;
use support::{Said, Script, ready};

const TOKEN: Said<'static> = Said::Answers(
    200,
    &[("content-type", "application/json")],
    r#"{"access_token":"t1","expires_in":3600}"#,
);

fn builder() -> Builder {
    hosts::builder()
        .chosen_client("a")
        .prefixed_client("b")
        .beside_client("c")
        .below_client("d")
        .elsewhere_client("e")
}

fn client(script: &Script, builder: Builder) -> Client {
    builder.transport(script.clone()).clock(script.clone()).build().unwrap()
}

/// What stands before the parameters of an address that a user is sent to.
fn sent_to(asked: &Authorization) -> String {
    asked.url().split_once("response_type=").unwrap().0.to_owned()
}

#[test]
fn users_and_codes_go_to_the_server_that_the_app_has_chosen() {
    for (server, base) in [
        (builder().instance("fosstodon.example"), "https://fosstodon.example/api/v2"),
        (builder().flagship(), "https://flagship.example.com"),
        (builder().tenant("acme"), "https://api.example.com/acme/v2"),
        (builder().base_url("http://localhost:7/x/"), "http://localhost:7/x"),
    ] {
        let script = Script::new([TOKEN]);
        let client = client(&script, server);
        let asked = client.authorize_chosen().unwrap();
        assert_eq!(sent_to(&asked), format!("{base}/oauth/authorize?display=page&"));
        ready(client.chosen_token(asked.code("c", asked.state()).unwrap())).unwrap();
        assert_eq!(script.sent()[0].url, format!("{base}/oauth/token"));
    }
}

#[test]
fn addresses_that_begin_as_a_server_does_know_its_variables() {
    let script = Script::new([TOKEN, TOKEN, TOKEN]);
    let client = client(&script, builder().instance("fosstodon.example"));
    let asked = client.authorize_prefixed().unwrap();
    assert_eq!(sent_to(&asked), "https://fosstodon.example/api/v2/agree?");
    ready(client.prefixed_token(asked.code("c", asked.state()).unwrap())).unwrap();
    let asked = client.authorize_beside().unwrap();
    assert_eq!(sent_to(&asked), "https://fosstodon.example/admin/oauth/authorize?prompt=login&");
    ready(client.beside_token(asked.code("c", asked.state()).unwrap())).unwrap();
    let urls: Vec<_> = script.sent().into_iter().map(|sent| sent.url).collect();
    assert_eq!(
        urls,
        ["https://fosstodon.example/api/v2/token", "https://fosstodon.example/admin/oauth/token"]
    );
    // What varies may stand behind the host, too.
    let script = Script::new([TOKEN]);
    let client = self::client(&script, builder().tenant("acme"));
    let asked = client.authorize_below().unwrap();
    assert_eq!(sent_to(&asked), "https://api.example.com/acme/oauth/authorize?");
    ready(client.below_token(asked.code("c", asked.state()).unwrap())).unwrap();
    assert_eq!(script.sent()[0].url, "https://api.example.com/acme/oauth/token");
}

#[test]
fn what_a_variable_stands_for_has_to_be_known() {
    let script = Script::new([]);
    let client = client(&script, builder().flagship());
    for asked in [client.authorize_prefixed(), client.authorize_beside()] {
        let error = asked.unwrap_err().to_string();
        assert!(error.ends_with("needs `hostname`"), "{error}");
    }
    let error = client.authorize_below().unwrap_err().to_string();
    assert!(error.ends_with("needs `tenant`"), "{error}");
    // An address of its own stays what it is, whatever the server of the calls.
    let elsewhere = "https://login.example.org/authorize?";
    assert_eq!(sent_to(&client.authorize_elsewhere().unwrap()), elsewhere);
    let client = self::client(&script, builder().base_url("http://localhost:7"));
    assert_eq!(sent_to(&client.authorize_elsewhere().unwrap()), elsewhere);
}
