//! Bodies arrive as what the specification says they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::depot::{self, models::*};
use clientwright_runtime::{Blocking, File, Map};
use support::Memory;

fn client(memory: &Memory) -> depot::Client<Blocking> {
    depot::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

/// Content type and body.
fn sent(memory: &Memory) -> (String, String) {
    let sent = memory.sent();
    let kind = sent.headers.get("content-type").map_or("", |kind| kind.to_str().unwrap());
    (kind.to_owned(), String::from_utf8(sent.body.to_vec()).unwrap())
}

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn forms() {
    let memory = Memory::json(200, "");
    let client = client(&memory);
    let label = Label::new("a b").colour(Colour::Red);
    let call = client.bodies().token("id", "s&cret").scopes(vec![Colour::Red, Colour::DarkBlue]);
    let until = "1970-01-01T00:00:07Z".parse::<clientwright_runtime::DateTime>().unwrap();
    call.label(label).note(None).until(until).send().unwrap();
    let (kind, body) = sent(&memory);
    assert_eq!(kind, FORM);
    assert_eq!(
        body,
        "client_id=id&client_secret=s%26cret&scopes=red&scopes=dark%20blue\
         &label%5Btext%5D=a%20b&label%5Bcolour%5D=red&until=7&grant_type=client_credentials"
    );
    client.bodies().login(Login::new("Ada").tags(vec!["x".to_owned()])).send().unwrap();
    assert_eq!(sent(&memory), (FORM.to_owned(), "name=Ada&tags=x".to_owned()));
    client.bodies().empty().send().unwrap();
    assert_eq!(sent(&memory), (FORM.to_owned(), String::new()));
    client.bodies().probe().send().unwrap();
    assert_eq!(sent(&memory).0, "");
    let map: Map<String> = [("a".to_owned(), "b".to_owned())].into_iter().collect();
    client.bodies().probe().body(map).send().unwrap();
    assert_eq!(sent(&memory).1, "a=b");
}

#[test]
fn secrets_of_forms_are_not_shown() {
    let call = client(&Memory::json(200, "")).bodies().token("id", "hunter2");
    assert!(!format!("{call:?}").contains("hunter2"));
}

#[test]
fn files_and_other_parts() {
    let memory = Memory::json(200, "");
    let file = File::new("cat.png", "meow").content_type("image/png");
    client(&memory)
        .bodies()
        .upload(file, Label::new("l"), 2)
        .more(vec![("b.txt", "bee").into()])
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .send()
        .unwrap();
    let (kind, body) = sent(&memory);
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    let expected = [
        "\"source\"; filename=\"cat.png\"\r\nContent-Type: image/png\r\n\r\nmeow",
        "\"more\"; filename=\"b.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nbee",
        "\"label\"\r\nContent-Type: application/json\r\n\r\n{\"text\":\"l\"}",
        "\"count\"\r\n\r\n2",
        "\"tags\"\r\n\r\nx",
        "\"tags\"\r\n\r\ny",
        "\"kind\"\r\n\r\nupload",
    ];
    assert_eq!((parts[0], parts[parts.len() - 1]), ("", "--\r\n"));
    assert_eq!(parts.len(), expected.len() + 2);
    for (part, expected) in parts[1..].iter().zip(expected) {
        let found = part.strip_prefix("\r\nContent-Disposition: form-data; name=").unwrap();
        assert_eq!(found.strip_suffix("\r\n").unwrap(), expected);
    }
}

#[test]
fn files_are_what_the_specification_says_unless_they_say_it_themselves() {
    let memory = Memory::json(200, "");
    let page = File::new("b", "").content_type("text/plain");
    client(&memory)
        .bodies()
        .upload(("a", ""), Label::new("l"), 2)
        .cover(("cover", ""))
        .pages(vec![("a", "").into(), page])
        .spare(None)
        .loose(vec![None, Some(File::new("c", "").content_type("text/css"))])
        .send()
        .unwrap();
    let (_, body) = sent(&memory);
    let lines = body.lines().filter_map(|line| line.strip_prefix("Content-Type: "));
    let kinds: Vec<&str> = lines.collect();
    let expected = [
        "application/octet-stream",
        "image/png",
        "text/css",
        "application/pdf",
        "text/plain",
        "application/json",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_file_that_cannot_be_sent_is_named() {
    let memory = Memory::json(200, "");
    let file = File::new("a", "b").content_type("a\r\nX: y");
    let error = client(&memory).bodies().upload(file, Label::new("l"), 2).send().unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("depot.bodies.upload: `source` of the body"), "{text}");
    assert_eq!(memory.count(), 0);
}

#[test]
fn texts_and_bytes() {
    let memory = Memory::json(200, "");
    let client = client(&memory);
    let bodies = client.bodies();
    bodies.note("Grüße").send().unwrap();
    assert_eq!(sent(&memory), ("text/plain; charset=utf-8".to_owned(), "Grüße".to_owned()));
    bodies.table("a,b").send().unwrap();
    assert_eq!(sent(&memory).0, "text/csv; charset=utf-8");
    bodies.archive(b"PK".to_vec()).send().unwrap();
    assert_eq!(sent(&memory), ("application/zip".to_owned(), "PK".to_owned()));
    bodies.blob("x").send().unwrap();
    assert_eq!(sent(&memory), Default::default());
    bodies.blob("x").body(&b"raw"[..]).send().unwrap();
    assert_eq!(sent(&memory), ("application/octet-stream".to_owned(), "raw".to_owned()));
    bodies.xml().body("<a/>").send().unwrap();
    assert_eq!(sent(&memory), ("application/xml; charset=utf-8".to_owned(), "<a/>".to_owned()));
}
