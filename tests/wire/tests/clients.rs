//! Clients as values: several at once, cloned, on other threads; and requests as values.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::punt::models::{Event, NewSubscription, SubscriptionId};
use clientwright_providers::punt::subscriptions::{Create, Get, List};
use clientwright_providers::{polar, punt, pwc, sunshine};
use std::time::Duration;
use wire_tests::{Reply, Server};

const HOOK: &str = r#"{"id":"1","notificationUrl":"u","event":"e"}"#;

fn punt(server: &Server) -> punt::Client {
    punt::builder().bearer("token").base_url(server.url()).build().unwrap()
}

/// Each knows its own server and its own credentials.
#[tokio::test]
async fn several_providers_at_once() {
    let servers = ["[]", r#"{"data":[]}"#, r#"{"keys":[]}"#, "{}"]
        .map(|body| Server::start([Reply::json(200, body)]));
    let [for_punt, for_polar, for_sunshine, for_pwc] = &servers;
    let polar = polar::builder().client("id", "s").base_url(for_polar.url()).build().unwrap();
    let sunshine = sunshine::builder().bearer("sun").base_url(for_sunshine.url()).build().unwrap();
    let pwc = pwc::builder().bearer("pwc").base_url(for_pwc.url()).build().unwrap();
    let punt = punt(for_punt);
    let (hooks, hook, keys, answer) = tokio::join!(
        punt.subscriptions().list(),
        polar.webhooks().get(),
        sunshine.integration_keys().list("a", "b"),
        pwc.webhooks().get("1"),
    );
    assert!(hooks.unwrap().is_empty());
    assert_eq!(hook.unwrap(), None);
    assert!(keys.unwrap().is_empty());
    assert_eq!(answer.unwrap().history, None);
    let sent = servers.each_ref().map(|server| {
        let request = server.request();
        let agent = request.header("user-agent").unwrap().to_owned();
        (request.header("authorization").unwrap().to_owned(), agent)
    });
    let agent = |name| format!("clientwright/{} ({name})", env!("CARGO_PKG_VERSION"));
    let expected = [
        ("Bearer token", "punt"),
        ("Basic aWQ6cw==", "polar"),
        ("Bearer sun", "sunshine"),
        ("Bearer pwc", "pwc"),
    ];
    assert_eq!(sent, expected.map(|(header, name)| (header.to_owned(), agent(name))));
}

#[tokio::test]
async fn clones_share_their_connections() {
    let server = Server::start(vec![Reply::json(200, HOOK); 3]);
    let client = punt(&server);
    let clone = client.clone();
    client.subscriptions().get("1").await.unwrap();
    clone.subscriptions().get("2").await.unwrap();
    drop(client);
    clone.subscriptions().get("3").await.unwrap();
    let connections: Vec<_> = server.requests().iter().map(|sent| sent.connection).collect();
    assert_eq!(connections, [0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_run_on_other_threads() {
    let server = Server::repeating(Reply::json(200, HOOK));
    let client = punt(&server);
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let hook = client.subscriptions().get(number.to_string()).await?;
                client.subscriptions().delete(hook.id).await?;
                Ok::<_, punt::Error>(number)
            })
        })
        .collect();
    for (number, task) in tasks.into_iter().enumerate() {
        assert_eq!(task.await.unwrap().unwrap(), number);
    }
    let mut targets: Vec<_> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    targets.sort();
    targets.dedup();
    assert_eq!(targets.len(), 20);
    assert_eq!(server.requests().len(), 40);
}

/// A request can be built anywhere, compared, sent later, and sent again.
#[tokio::test]
async fn requests_are_values() {
    let server = Server::start([
        Reply::json(200, "[]"),
        Reply::json(200, "[]"),
        Reply::json(200, HOOK),
        Reply::json(201, HOOK),
    ]);
    let client = punt(&server);
    let mut request = List::new().take(50);
    request.skip = Some(7);
    assert_eq!(request, List::default().skip(7).take(50));
    client.call(request.clone()).await.unwrap();
    client.call(request).await.unwrap();
    client.call(Get::new(SubscriptionId::from("1"))).await.unwrap();
    client.call(Create::new(NewSubscription::new("u", Event::LabelStatus))).await.unwrap();
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| request.line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "GET /fulfilment/v3/subscriptions?skip=7&take=50 HTTP/1.1",
            "GET /fulfilment/v3/subscriptions?skip=7&take=50 HTTP/1.1",
            "GET /fulfilment/v3/subscriptions/1 HTTP/1.1",
            "POST /fulfilment/v3/subscriptions HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn headers_of_the_client_and_of_one_call() {
    let server = Server::start(vec![Reply::json(200, "[]"); 2]);
    let builder = punt::builder()
        .bearer("token")
        .base_url(server.url())
        .user_agent("shop/7")
        .header("X-Partner", "p1")
        .timeout(Duration::from_secs(60));
    let client = builder.build().unwrap();
    let call = client.subscriptions().list().with_header("X-Trace", "t1");
    call.with_header("x-partner", "p2").await.unwrap();
    client.subscriptions().list().await.unwrap();
    let [first, second] = &server.requests()[..] else { panic!("two calls") };
    let line = "GET /fulfilment/v3/subscriptions HTTP/1.1";
    let (accept, token) = ("accept: application/json", "authorization: Bearer token");
    let agent = "user-agent: shop/7";
    first.assert_is(&[line, accept, token, agent, "x-partner: p2", "x-trace: t1"], "");
    second.assert_is(&[line, accept, token, agent, "x-partner: p1"], "");
}

#[tokio::test]
async fn everything_around_the_body() {
    let headers = [("Content-Type", "application/json"), ("X-Request-Id", "r1"), ("X-Rate", "9")];
    let server = Server::start([Reply::new(201, &headers, HOOK)]);
    let new = NewSubscription::new("u", Event::LabelStatus);
    let answer = punt(&server).subscriptions().create(new).with_response().await.unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.headers()["x-rate"], "9");
    assert_eq!(answer.request_id(), Some("r1"));
    assert_eq!(answer.into_body().id.as_str(), "1");
}

/// A call that is not awaited sends nothing.
#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = Server::start([]);
    let client = punt(&server);
    let call = client.subscriptions().list().take(1);
    drop(call.clone());
    drop(call.into_future());
    assert!(server.requests().is_empty());
}

#[test]
fn servers_with_variables_have_to_be_chosen() {
    let error = sunshine::builder().bearer("t").build().unwrap_err();
    let text = "the server `zendesk` needs `subdomain`; the builder may be given another server or a `base_url` instead";
    assert_eq!(error.to_string(), text);
    for builder in [
        sunshine::builder().zendesk("acme"),
        sunshine::builder().us(),
        sunshine::builder().eu(),
        sunshine::builder().base_url("https://sunshine.example"),
    ] {
        builder.bearer("t").build().unwrap();
    }
    for subdomain in ["", "a/b", "a.b/", "evil.example#", "a@b", "a:1", "."] {
        assert!(sunshine::builder().zendesk(subdomain).build().is_err(), "{subdomain}");
    }
    let shown = format!("{:?}", pwc::builder().staging().build().unwrap());
    assert!(shown.contains("https://reportfiling.staging.pwc.de"), "{shown}");
}
