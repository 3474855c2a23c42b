//! Lists that come in pages, in every style, by both kinds of client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::paged::models::Entry;
use clientwright_behaviour::paged::{self, Call, Client};
use clientwright_runtime::{Async, Blocking, Cursor, ErrorKind, Paged, TransportErrorKind};
use std::time::Duration;
use support::{Said, Script, ready};

/// A page as a list of these entries.
macro_rules! page {
    ($text:expr) => {
        Said::Answers(200, &[], $text)
    };
}

const THREE: Said<'_> = page!(r#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#);
const OTHER_THREE: Said<'_> = page!(r#"[{"id":"d"},{"id":"e"},{"id":"f"}]"#);
const ONE: Said<'_> = page!(r#"[{"id":"z"}]"#);
const NONE: Said<'_> = page!("[]");

fn awaited(script: &Script) -> Client {
    paged::builder().transport(script.clone()).clock(script.clone()).build().unwrap()
}

fn blocking(script: &Script) -> Client<Blocking> {
    let builder = paged::builder().blocking_transport(script.clone()).clock(script.clone());
    builder.build_blocking().unwrap()
}

/// The ids of all items and what was sent for them, which both clients agree on.
macro_rules! all {
    ($answers:expr, $call:expr) => {{
        let answers = $answers;
        let script = Script::new(answers.iter().copied());
        let items: Vec<Entry> = $call(&blocking(&script)).items().map(Result::unwrap).collect();
        let other = Script::new(answers.iter().copied());
        let mut stream = $call(&awaited(&other)).items();
        let mut awaited = Vec::new();
        while let Some(item) = ready(Box::pin(stream.try_next())).unwrap() {
            awaited.push(item);
        }
        assert_eq!(items, awaited);
        assert_eq!(script.targets(), other.targets());
        assert_eq!(script.left(), 0);
        let ids: Vec<String> = items.iter().map(|entry| entry.id.to_string()).collect();
        (ids.concat(), script.targets())
    }};
}

/// The message of the error that the pages end with, and how many pages came before it.
fn failure<R: Paged<Provider = paged::Paged>>(call: Call<R, Blocking>) -> (usize, String) {
    let mut pages = call.pages();
    let mut count = 0;
    loop {
        match pages.next().expect("there was no error") {
            Ok(_) => count += 1,
            Err(error) => {
                assert!(pages.next().is_none(), "pages go on after an error");
                return (count, error.to_string());
            }
        }
    }
}

#[test]
fn by_offset() {
    let (ids, sent) = all!([THREE, ONE], |client: &_| List::offset(client).kind("k"));
    assert_eq!((ids.as_str(), sent.len()), ("abcz", 2));
    assert_eq!(sent, ["/api/offset?kind=k", "/api/offset?kind=k&skip=3"]);
    let (ids, sent) = all!([ONE, NONE], |client: &_| List::offset(client).take(1).skip(10));
    assert_eq!(ids, "z");
    assert_eq!(sent, ["/api/offset?take=1&skip=10", "/api/offset?take=1&skip=11"]);
    let (ids, _) = all!([NONE], |client: &_| List::offset(client));
    assert_eq!(ids, "");
}

#[test]
fn by_number() {
    let page = |more| match more {
        Some(true) => page!(r#"{"entries":[{"id":"a"}],"hasMore":true}"#),
        Some(false) => page!(r#"{"entries":[{"id":"b"}],"hasMore":false}"#),
        None => page!(r#"{"entries":[]}"#),
    };
    let (ids, sent) = all!([page(Some(true)), page(Some(false))], |client: &_| List::page(client));
    assert_eq!(ids, "ab");
    assert_eq!(sent, ["/api/page", "/api/page?page=1"]);
    let (_, sent) = all!([page(Some(true)), page(None)], |client: &_| {
        List::page(client).page(7).per_page(2)
    });
    assert_eq!(sent, ["/api/page?page=7&per-page=2", "/api/page?per-page=2&page=8"]);
}

#[test]
fn by_cursor() {
    let first = page!(r#"{"tags":[],"entries":[{"id":"a"}],"meta":{"afterCursor":"x&/ y"}}"#);
    let empty = page!(r#"{"tags":[],"meta":{"afterCursor":17}}"#);
    let last = page!(r#"{"tags":["t"],"entries":[{"id":"b"}],"meta":{"afterCursor":null}}"#);
    let (ids, sent) =
        all!([first, empty, last], |client: &_| List::cursor(client, "me").page_size(5));
    assert_eq!(ids, "ab");
    assert_eq!(
        sent,
        [
            "/api/cursor/me?page%5Bsize%5D=5",
            "/api/cursor/me?page%5Bsize%5D=5&page%5Bafter%5D=x%26%2F%20y",
            "/api/cursor/me?page%5Bsize%5D=5&page%5Bafter%5D=17",
        ]
    );
    let nothing = Said::Answers(204, &[], "");
    assert_eq!(all!([first, nothing], |client: &_| List::cursor(client, "me")).0, "a");
}

#[test]
fn backwards() {
    let first = page!(r#"{"entries":[{"id":"b"}],"meta":{"afterCursor":"f","beforeCursor":"y"}}"#);
    let last = page!(r#"{"entries":[{"id":"a"}],"meta":{"afterCursor":"f"}}"#);
    let (ids, sent) = all!([first, last], |client: &_| List::back(client));
    assert_eq!(ids, "ba");
    assert_eq!(sent, ["/api/back", "/api/back?page%5Bbefore%5D=y"]);
}

#[test]
fn by_link_header() {
    let link = [(
        "Link",
        r#"<https://paged.example.com/api/links?page=1>; rel="prev", </elsewhere?page=2>; rel="next""#,
    )];
    let first = Said::Answers(200, &link, r#"[{"id":"a"}]"#);
    let (ids, sent) = all!([first, ONE], |client: &_| List::links(client).per_page(1));
    assert_eq!(ids, "az");
    assert_eq!(sent, ["/api/links?per_page=1", "/elsewhere?page=2"]);
}

#[test]
fn by_address() {
    let first = page!(
        r#"{"data":{"entries":[{"id":"a"}]},"paging":{"next":"https://other.example.com/x?k=1"}}"#
    );
    let empty = page!(r#"{"paging":{"next":"?k=2"}}"#);
    let last = page!(r#"{"data":{"entries":[{"id":"b"}]},"paging":{"next":""}}"#);
    let (ids, sent) = all!([first, empty, last], |client: &_| List::addresses(client));
    assert_eq!(ids, "ab");
    assert_eq!(sent, ["/api/addresses", "/x?k=1", "/x?k=2"]);
}

#[test]
fn credentials_go_to_no_other_server() {
    for next in ["https://evil.example/x", "//evil.example/x", "http://paged.example.com/x", "::"] {
        let text = format!(r#"{{"paging":{{"next":"{next}"}}}}"#);
        let script = Script::new([page!(&text)]);
        let (pages, message) = failure(blocking(&script).entries().addresses());
        assert_eq!((pages, script.sent().len()), (1, 1), "{next}");
        assert!(message.contains("the link"), "{message}");
        assert!(!message.contains("evil"), "{message}");
    }
}

/// Services repeat the whole query in their links, with the key.
#[test]
fn a_key_is_sent_once_and_not_kept() {
    let link = |page: u8| {
        let next = format!("https://paged.example.com/api/keyed?api_key=hunter2&page={page}");
        format!(r#"{{"data":{{"entries":[]}},"paging":{{"next":"{next}"}}}}"#)
    };
    let (first, second) = (link(2), link(3));
    let last = page!(r#"{"data":{"entries":[]}}"#);
    let script = Script::new([page!(&first), page!(&second), last, last]);
    let builder = paged::builder().key("hunter2").blocking_transport(script.clone());
    let client = builder.clock(script.clone()).build_blocking().unwrap();
    let mut pages = client.entries().keyed().pages();
    let place = pages.next().unwrap().unwrap().next().unwrap().clone();
    assert!(!place.as_str().contains("hunter2"), "{}", place.as_str());
    assert_eq!(pages.map(Result::unwrap).count(), 2);
    let kept = Cursor::new("https://paged.example.com/api/keyed?api_key=old&page=9");
    assert!(client.entries().keyed().pages().start_at(kept).next().unwrap().is_ok());
    assert_eq!(
        script.targets(),
        [
            "/api/keyed?api_key=hunter2",
            "/api/keyed?page=2&api_key=hunter2",
            "/api/keyed?page=3&api_key=hunter2",
            "/api/keyed?page=9&api_key=hunter2",
        ]
    );
}

#[test]
fn circles_end() {
    let again = page!(r#"{"entries":[{"id":"a"}],"meta":{"beforeCursor":"x"}}"#);
    let other = page!(r#"{"entries":[{"id":"a"}],"meta":{"beforeCursor":"y"}}"#);
    let script = Script::new([again, other, again]);
    let (pages, message) = failure(blocking(&script).entries().back());
    assert_eq!(pages, 2);
    assert_eq!(message, "paged.entries.back: the pages go in a circle: this one was there before");
    // The service does not know the parameter.
    let script = Script::new([THREE, THREE]);
    assert_eq!(failure(blocking(&script).entries().offset()).0, 1);
}

#[test]
fn pages_can_be_left_and_entered_again() {
    let script = Script::new([THREE, OTHER_THREE]);
    let mut pages = blocking(&script).entries().offset().pages();
    let kept: String = pages.next().unwrap().unwrap().next().unwrap().clone().into();
    let page = pages.next().unwrap().unwrap();
    assert_eq!((page.body().len(), page.response().status().as_u16()), (3, 200));

    let script = Script::new([OTHER_THREE, Said::Fails(TransportErrorKind::TooLarge), ONE]);
    let client = blocking(&script);
    let mut items = client.entries().offset().items().start_at(Cursor::new(kept));
    assert_eq!(items.by_ref().take(3).map(Result::unwrap).count(), 3);
    assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::TooLarge);
    let place = items.place().unwrap().clone();
    assert!(!format!("{place:?}").contains('6'));
    let rest: Vec<Entry> =
        client.entries().offset().items().start_at(place).map(Result::unwrap).collect();
    assert_eq!(rest.len(), 1);
    assert_eq!(
        script.targets(),
        ["/api/offset?skip=3", "/api/offset?skip=6", "/api/offset?skip=6"]
    );
}

#[test]
fn nothing_is_sent_before_it_is_wanted() {
    let script = Script::new([THREE]);
    let mut items = blocking(&script).entries().offset().items();
    assert_eq!(script.sent().len(), 0);
    items.by_ref().take(3).for_each(|item| drop(item.unwrap()));
    assert_eq!(script.sent().len(), 1);
}

#[test]
fn streams_can_be_sent_to_other_threads() {
    fn sends<T: Send + 'static>(_: &T) {}
    let script = Script::new([]);
    sends(&awaited(&script).entries().offset().pages());
    sends(&awaited(&script).entries().offset().items());
    sends(&blocking(&script).entries().offset().items());
}

#[test]
fn names_of_pages_are_free_elsewhere() {
    let script = Script::new([ONE]);
    blocking(&script).entries().plain().items(1).pages(2).send().unwrap();
    assert_eq!(script.targets(), ["/api/plain?items=1&pages=2"]);
}

/// The calls, whatever the kind of client.
struct List;

macro_rules! calls {
    ($($name:ident($($argument:ident: $type:ty),*) -> $request:ident,)*) => {
        impl List {
            $(fn $name<M: clientwright_runtime::Mode>(
                client: &Client<M>, $($argument: $type),*
            ) -> Call<paged::entries::$request, M> {
                client.entries().$name($($argument),*)
            })*
        }
    };
}

calls! {
    offset() -> Offset,
    page() -> Page,
    cursor(owner: &str) -> Cursor,
    back() -> Back,
    links() -> Links,
    addresses() -> Addresses,
}

#[test]
fn pages_are_asked_for_ahead() {
    // The last one is short, so that nothing comes after it.
    let answers = [THREE, OTHER_THREE, THREE, ONE];
    let sent_after = |ahead: usize| {
        let script = Script::new(answers);
        let mut items = awaited(&script).entries().offset().items().read_ahead(ahead);
        let mut next =
            || ready(Box::pin(items.try_next())).unwrap().map(|entry| entry.id.to_string());
        let sent = (0..4).map(|_| (next().unwrap(), script.sent().len())).collect::<Vec<_>>();
        let place = items.place().unwrap().as_str().to_owned();
        (sent.into_iter().map(|(_, sent)| sent).collect::<Vec<_>>(), place)
    };
    // However far ahead they are, the place is the one after the items that were handed out.
    assert_eq!(sent_after(0), (vec![1, 1, 1, 2], "6".to_owned()));
    assert_eq!(sent_after(1), (vec![2, 2, 2, 3], "6".to_owned()));
    assert_eq!(sent_after(2), (vec![3, 3, 3, 4], "6".to_owned()));
    assert_eq!(sent_after(9), (vec![4, 4, 4, 4], "6".to_owned()));

    let script = Script::new([THREE, OTHER_THREE, Said::Fails(TransportErrorKind::TooLarge)]);
    let mut pages = awaited(&script).entries().offset().pages().read_ahead(5);
    let mut next =
        || ready(Box::pin(pages.try_next())).map(|page| page.map(|page| page.body().len()));
    assert_eq!((next().unwrap(), next().unwrap()), (Some(3), Some(3)));
    assert_eq!(next().unwrap_err().kind(), ErrorKind::TooLarge);
    assert_eq!(next().unwrap(), None, "pages end after an error");
    assert_eq!(pages.place().unwrap().as_str(), "6");
}

/// One deadline for all pages, whatever each of them may take.
#[test]
fn all_pages_in_their_time() {
    let mut script = Script::new([THREE, OTHER_THREE, THREE]);
    script.takes = Duration::from_secs(2);
    let mut pages = blocking(&script).entries().offset().pages().within(Duration::from_secs(5));
    assert!(pages.next().unwrap().is_ok() && pages.next().unwrap().is_ok());
    script.advance(1);
    let error = pages.next().unwrap().unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "paged.entries.offset: the time for all pages is over");
    let limits = script.sent().iter().map(|sent| sent.timeout).collect::<Vec<_>>();
    assert_eq!(limits, [Some(Duration::from_secs(5)), Some(Duration::from_secs(3))]);
    assert_eq!(pages.place().unwrap().as_str(), "6", "where one can go on");
}

/// Over a connection: a server that knows three pages of links.
mod loopback {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    fn serve() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                let mut first = String::new();
                reader.read_line(&mut first).unwrap();
                let mut line = String::new();
                while reader.read_line(&mut line).unwrap() > 2 {
                    line.clear();
                }
                let page = first.split("page=").nth(1).and_then(|rest| rest.chars().next());
                let page = page.and_then(|digit| digit.to_digit(10)).unwrap_or(1);
                let link = if page < 3 {
                    format!("Link: </links?page={}>; rel=\"next\"\r\n", page + 1)
                } else {
                    String::new()
                };
                let body = format!("[{{\"id\":\"{page}a\"}},{{\"id\":\"{page}b\"}}]");
                let _ = write!(
                    reader.into_inner(),
                    "HTTP/1.1 200 OK\r\n{link}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        address
    }

    const ALL: [&str; 6] = ["1a", "1b", "2a", "2b", "3a", "3b"];

    #[test]
    fn blocking() {
        let client = paged::builder().base_url(serve()).build_blocking().unwrap();
        let items = client.entries().links().items().map(|item| item.unwrap().id.to_string());
        assert_eq!(items.collect::<Vec<_>>(), ALL);
    }

    #[tokio::test]
    async fn awaited() {
        let client: Client<Async> = paged::builder().base_url(serve()).build().unwrap();
        let mut all = std::pin::pin!(client.entries().links().items());
        let mut ids = Vec::new();
        while let Some(entry) = all.try_next().await.unwrap() {
            ids.push(entry.id.to_string());
        }
        assert_eq!(ids, ALL);
        let mut pages = client.entries().links().pages();
        let first = pages.try_next().await.unwrap().unwrap();
        assert_eq!((first.body().len(), first.next().unwrap().as_str()), (2, "/links?page=2"));
    }
}
