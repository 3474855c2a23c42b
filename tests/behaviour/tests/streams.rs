//! Lines and events as they come, over real connections, whole and broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::streams::models::{Note, Update};
use clientwright_behaviour::streams::{self, Builder, Client};
use clientwright_runtime::{Blocking, Error, ErrorKind, Event, Events, Lines, Request, Retry};
use futures_core::Stream;
use std::time::Duration;
use support::{Said, Script};
use wire_tests::{Reply, Server};

const SSE: [(&str, &str); 1] = [("Content-Type", "text/event-stream; charset=utf-8")];
const NDJSON: [(&str, &str); 1] = [("Content-Type", "application/x-ndjson")];

fn builder(server: &Server) -> Builder {
    streams::builder().token("t0ken").retry(Retry::none()).base_url(server.url())
}

/// What a stream gave, errors as their texts.
type Given<T> = Vec<Result<T, (ErrorKind, String)>>;

fn told(error: &Error) -> (ErrorKind, String) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("t0ken") && !shown.contains("127.0.0.1"), "{shown}");
    (error.kind(), error.to_string())
}

async fn all<T>(mut next: impl AsyncFnMut() -> Result<Option<T>, Error>) -> Given<T> {
    let mut given = Vec::new();
    // Whatever goes on for ever would.
    for _ in 0..20 {
        match next().await {
            Ok(Some(item)) => given.push(Ok(item)),
            Ok(None) => return given,
            Err(error) => given.push(Err(told(&error))),
        }
    }
    panic!("it does not end")
}

fn all_blocking<T>(items: impl Iterator<Item = Result<T, Error>>) -> Given<T> {
    items.take(20).map(|item| item.map_err(|error| told(&error))).collect()
}

/// What both clients make of these answers.
async fn both<T: PartialEq + std::fmt::Debug + Send + 'static>(
    replies: &[Reply],
    read: impl AsyncFn(Client) -> Given<T>,
    blocking: impl FnOnce(Client<Blocking>) -> Given<T> + Send + 'static,
) -> (Given<T>, Vec<wire_tests::Request>) {
    let server = Server::start(replies.to_vec());
    let given = read(builder(&server).build().unwrap()).await;
    let first = server.requests();
    let server = Server::start(replies.to_vec());
    let client = builder(&server).build_blocking().unwrap();
    let too = tokio::task::spawn_blocking(move || blocking(client)).await.unwrap();
    assert_eq!(given, too);
    assert_eq!(first.len(), server.requests().len());
    (given, first)
}

async fn lines(replies: &[Reply]) -> Given<String> {
    let text = |note: Note| note.text;
    let read = async |client: Client| {
        let mut lines = client.feed().lines().stream().await.unwrap();
        all(async || Ok(lines.try_next().await?.map(text))).await
    };
    let blocking = move |client: Client<Blocking>| {
        all_blocking(client.feed().lines().stream().unwrap().map(|item| item.map(text)))
    };
    both(replies, read, blocking).await.0
}

/// Name, id and text of each event.
fn shown(event: &Event<Note>) -> String {
    format!("{}/{}/{}", event.name, event.id, event.data.text)
}

async fn notes(replies: &[Reply]) -> (Given<String>, Vec<wire_tests::Request>) {
    let read = async |client: Client| {
        let mut events = client.feed().notes().stream().await.unwrap().with_reconnects(2);
        all(async || Ok(events.try_next().await?.map(|event| shown(&event)))).await
    };
    let blocking = |client: Client<Blocking>| {
        let events = client.feed().notes().stream().unwrap().with_reconnects(2);
        all_blocking(events.map(|item| item.map(|event| shown(&event))))
    };
    both(replies, read, blocking).await
}

fn ok<T: Clone>(given: &Given<T>) -> Vec<T> {
    given.iter().map(|item| item.clone().unwrap()).collect()
}

#[tokio::test]
async fn items_of_lines() {
    let body = "{\"text\":\"a\"}\r\n\n{\"text\":\"b\",\"at\":7}\n{\"text\":\"c\"}";
    for reply in [
        Reply::new(200, &NDJSON, body),
        Reply::chunked(200, &NDJSON, &[&body[..3], &body[3..14], &body[14..15], &body[15..]]),
        Reply::until_close(
            200,
            &[("Content-Type", "application/json")],
            format!("\u{feff}{body}\n"),
        ),
    ] {
        assert_eq!(ok(&lines(&[reply]).await), ["a", "b", "c"]);
    }
    assert!(lines(&[Reply::new(200, &NDJSON, "")]).await.is_empty());
}

#[tokio::test]
async fn lines_that_do_not_fit() {
    let body = "{\"text\":\"a\"}\n{\"text\":7}\n{\"text\":\"se";
    let given = lines(&[Reply::new(200, &NDJSON, body)]).await;
    assert_eq!(given[0], Ok("a".to_owned()));
    let (kind, text) = given[1].clone().unwrap_err();
    assert_eq!(kind, ErrorKind::Decode);
    assert_eq!(
        text,
        "streams.feed.lines: 200 OK, but the answer is not as described: \
         in line 2: at `$.text`: expected a string, found a number"
    );
    let (_, text) = given[2].clone().unwrap_err();
    assert!(text.contains("in line 3: at `$.text`: the JSON ended early"), "{text}");
    assert_eq!(given.len(), 3);
}

#[tokio::test]
async fn lines_that_break_off() {
    let body = "{\"text\":\"a\"}\n{\"text\":\"b\"}";
    let given = lines(&[Reply::new(200, &NDJSON, body).cut(3)]).await;
    assert_eq!(given[0], Ok("a".to_owned()));
    assert_eq!(given[1].clone().unwrap_err().0, ErrorKind::Transport, "half a line is none");
    assert_eq!(given.len(), 2);
}

#[tokio::test]
async fn lines_are_bounded() {
    let server = Server::repeating(Reply::endless(200, &NDJSON, "          "));
    let client = builder(&server).max_answer(1000).build().unwrap();
    let mut lines = client.feed().lines().stream().await.unwrap();
    let error = lines.try_next().await.unwrap_err();
    assert!(error.to_string().contains("line 1 has more than 1000 bytes"), "{error}");
    assert!(lines.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn pages_for_people_are_neither() {
    let html = Reply::new(200, &[("Content-Type", "text/html")], "<p>Sign in</p>");
    let server = Server::start(vec![html; 4]);
    let client = builder(&server).build().unwrap();
    let error = client.feed().lines().stream().await.unwrap_err();
    assert!(error.to_string().contains("expected lines of JSON, found content type `text/html`"));
    let error = client.feed().notes().stream().await.unwrap_err();
    assert!(error.to_string().contains("expected events, found content type `text/html`"));
    assert_eq!(client.feed().lines().await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(client.feed().notes().await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn nothing_and_errors() {
    let problem = Reply::json(404, r#"{"text":"gone"}"#);
    let server =
        Server::start([Reply::empty(204), Reply::new(200, &NDJSON, "{\"text\":\"a\"}"), problem]);
    let client = builder(&server).build().unwrap();
    assert!(client.feed().news().stream().await.unwrap().is_none());
    let mut lines = client.feed().news().stream().await.unwrap().unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap().text, "a");
    let error = client.feed().watch().stream().await.unwrap_err();
    assert_eq!(error.service().unwrap().text.as_deref(), Some("gone"));
    let requests = server.requests();
    assert_eq!(requests[0].header("accept"), Some("application/x-ndjson, application/json;q=0.9"));
    assert_eq!(requests[2].header("accept"), Some("text/event-stream, application/json;q=0.9"));
}

#[tokio::test]
async fn events_by_name() {
    let body = "event: added\ndata: {\"text\":\"a\",\ndata: \"at\":7}\n\n: still here\n\n\
                event: removed\ndata: b\n\nevent: counted\ndata: 2\n\nevent: other\ndata: {\"x\":1}\n\n";
    let text = |event: Event<Update>| match event.data {
        Update::Added(note) => format!("added {}", note.text),
        Update::Removed(text) => format!("removed {text}"),
        Update::Counted(count) => format!("counted {count}"),
        other => format!("{} {other:?}", event.name),
    };
    let read = async |client: Client| {
        let mut events = client.feed().watch().stream().await.unwrap();
        all(async || Ok(events.try_next().await?.map(text))).await
    };
    let blocking = move |client: Client<Blocking>| {
        all_blocking(client.feed().watch().stream().unwrap().map(|item| item.map(text)))
    };
    let middle = body.len() / 2;
    let reply = Reply::chunked(200, &SSE, &[&body[..middle], &body[middle..]]);
    let (given, _) = both(&[reply], read, blocking).await;
    let given = ok(&given);
    assert_eq!(given[..3], ["added a", "removed b", "counted 2"]);
    assert!(given[3].starts_with("other "), "{given:?}");
}

/// Where a name says that the data is a text, it is one whatever it looks like.
#[tokio::test]
async fn texts_in_events_by_name() {
    let data = [
        ("removed", "106692867363994015"),
        ("removed", "\"12\""),
        ("removed", "{\"a\":1}"),
        ("removed", "null"),
        ("moved", "12"),
        ("renamed", "true"),
        ("turned", "0"),
        ("turned", "7"),
        ("counted", "\"12\""),
    ];
    let body: String = data.map(|(name, data)| format!("event: {name}\ndata: {data}\n\n")).concat();
    let shown = |event: Event<Update>| match event.data {
        Update::Removed(text) => format!("removed {text}"),
        Update::Moved(id) => format!("moved {id}"),
        Update::Turned(state) => format!("turned {state:?}"),
        other => format!("{} {other:?}", event.name),
    };
    let read = async |client: Client| {
        let mut events = client.feed().watch().stream().await.unwrap();
        all(async || Ok(events.try_next().await?.map(shown))).await
    };
    let blocking = move |client: Client<Blocking>| {
        all_blocking(client.feed().watch().stream().unwrap().map(|item| item.map(shown)))
    };
    let (given, _) = both(&[Reply::new(200, &SSE, &body)], read, blocking).await;
    let texts = ok(&given[..8].to_vec());
    assert_eq!(
        texts,
        [
            "removed 106692867363994015",
            "removed 12",
            "removed {\"a\":1}",
            "removed null",
            "moved 12",
            "moved true",
            "turned Idle",
            "turned Other(\"7\")",
        ]
    );
    assert!(given[8].is_err(), "what is no text is none in quotes");
    let server = Server::start([Reply::new(200, &SSE, "event: removed\ndata: 12\n\n")]);
    let whole = builder(&server).build().unwrap().feed().watch().await.unwrap();
    assert_eq!(whole[0].data, Update::Removed("12".to_owned()));
}

#[tokio::test]
async fn events_end_at_their_mark() {
    let begun = "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b\"}\n\n";
    let done = format!("{begun}data: [DONE]\n\ndata: {{\"text\":\"never\"}}\n\n");
    let read = async |client: Client| {
        let mut events = client.feed().say(Note::new("q")).stream().await.unwrap();
        all(async || Ok(events.try_next().await?.map(|event| shown(&event)))).await
    };
    let blocking = |client: Client<Blocking>| {
        let events = client.feed().say(Note::new("q")).stream().unwrap();
        all_blocking(events.map(|item| item.map(|event| shown(&event))))
    };
    let (given, requests) = both(&[Reply::new(200, &SSE, &done)], read, blocking).await;
    assert_eq!(ok(&given), ["message//a", "message//b"]);
    assert_eq!(requests[0].body, br#"{"text":"q"}"#);
    // Nothing that may act twice is sent again, even if the events have ids.
    let (given, _) =
        both(&[Reply::new(200, &SSE, format!("id: 1\n{begun}"))], read, blocking).await;
    assert_eq!(given.len(), 3);
    let text = given[2].clone().unwrap_err().1;
    assert!(text.contains("the events ended before the one that says so"), "{text}");
}

#[tokio::test]
async fn events_that_do_not_fit() {
    let body = "event: a\ndata: {\"text\":1}\n\ndata: x\n\ndata: {\"text\":\"c\"}\n\n";
    let (given, _) = notes(&[Reply::new(200, &SSE, body)]).await;
    let text = given[0].clone().unwrap_err().1;
    assert!(text.ends_with("in an event `a`: at `$.text`: expected a string, found a number"));
    assert!(given[1].clone().unwrap_err().1.contains("not valid JSON"));
    assert_eq!(given[2], Ok("message//c".to_owned()));
}

#[tokio::test]
async fn texts_as_they_come() {
    let server = Server::start([Reply::new(200, &SSE, "data: {\"a\": 1}\n\ndata: \"b\"\n\n")]);
    let mut events = builder(&server).build().unwrap().feed().texts().stream().await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().data, "{\"a\": 1}");
    assert_eq!(events.try_next().await.unwrap().unwrap().data, "\"b\"");
}

/// Where events have ids a connection that ends is made again, behind the last one.
#[tokio::test]
async fn events_go_on_where_they_ended() {
    let first = "retry: 1\nid: 7\ndata: {\"text\":\"a\"}\n\ndata: {\"text\":\"ha";
    let second = "id: 8\ndata: {\"text\":\"b\"}\n\n";
    let (given, requests) = notes(&[
        Reply::new(200, &SSE, first),
        Reply::close(),
        Reply::new(200, &SSE, format!("{second}data")).cut(2),
        Reply::empty(204),
    ])
    .await;
    assert_eq!(ok(&given), ["message/7/a", "message/8/b"]);
    let ids: Vec<_> = requests.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids, [None, Some("7"), Some("7"), Some("8")]);
}

#[tokio::test]
async fn events_are_asked_for_again_within_bounds() {
    let first = Reply::new(200, &SSE, "retry: 1\nid: 7\ndata: {\"text\":\"a\"}\n\n");
    let (given, requests) = notes(&[first.clone(), Reply::close(), Reply::close()]).await;
    assert_eq!((given.len(), requests.len()), (2, 3));
    assert_eq!(given[1].clone().unwrap_err().0, ErrorKind::Transport);
    // What is no interruption is not tried again.
    let (given, requests) = notes(&[first.clone(), Reply::empty(500)]).await;
    assert_eq!((given.len(), requests.len()), (2, 2));
    assert_eq!(given[1].clone().unwrap_err().0, ErrorKind::Status);
    let html = Reply::new(200, &[("Content-Type", "text/html")], "<p>");
    let (given, _) = notes(&[first, html]).await;
    assert_eq!(given[1].clone().unwrap_err().0, ErrorKind::Decode);
}

#[tokio::test]
async fn events_without_ids_end_with_their_connection() {
    let body = "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b";
    let (given, requests) = notes(&[Reply::new(200, &SSE, body)]).await;
    assert_eq!((ok(&given), requests.len()), (vec!["message//a".to_owned()], 1));
    let (given, requests) = notes(&[Reply::new(200, &SSE, body).cut(1)]).await;
    assert_eq!((given.len(), requests.len()), (2, 1));
    assert_eq!(given[1].clone().unwrap_err().0, ErrorKind::Transport);
}

/// The wait is the one that the service asks for, within bounds: one that closes after each event is
/// not to be called in a tight loop, whatever it asks for.
#[test]
fn waits() {
    for (retry, expected) in [
        ("", 1_000),
        ("retry: 0\n", 100),
        ("retry: 99\n", 100),
        ("retry: 250\n", 250),
        ("retry: 999999999\n", 60_000),
    ] {
        let body = format!("{retry}id: 1\ndata: {{\"text\":\"a\"}}\n\n");
        let script = Script::new([Said::Answers(200, &SSE, &body), Said::Answers(204, &[], "")]);
        let client = streams::builder().token("t").blocking_transport(script.clone());
        let client = client.clock(script.clone()).build_blocking().unwrap();
        assert_eq!(client.feed().notes().stream().unwrap().count(), 1);
        assert_eq!(script.waits(), [Duration::from_millis(expected)]);
    }
}

#[tokio::test]
async fn whole_answers() {
    let events = "data: {\"text\":\"a\"}\n\ndata: [DONE]\n\n";
    let server = Server::start([
        Reply::new(200, &NDJSON, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"),
        Reply::new(200, &SSE, events),
        Reply::new(200, &SSE, &events[..20]),
        Reply::new(200, &NDJSON, "{\"text\":\"a\"}\n{}\n"),
    ]);
    let client = builder(&server).build().unwrap();
    assert_eq!(client.feed().lines().await.unwrap().len(), 2);
    let said = client.feed().say(Note::new("q")).await.unwrap();
    assert_eq!((said.len(), said[0].data.text.as_str()), (1, "a"));
    let error = client.feed().say(Note::new("q")).await.unwrap_err();
    assert!(error.to_string().contains("the events ended before `[DONE]`"), "{error}");
    let error = client.feed().lines().await.unwrap_err();
    assert!(error.to_string().contains("in line 2:"), "{error}");
}

/// They are streams as others are.
#[test]
fn streams_can_be_sent_to_other_threads() {
    fn is_stream<S: Stream + Send + Unpin + 'static>() {}
    fn of<R: Request>() {
        is_stream::<Events<R, Note>>();
    }
    is_stream::<Lines<Note>>();
    of::<streams::feed::Notes>();
}
