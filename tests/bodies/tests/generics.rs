//! Models that leave types open are one type in Rust, whatever is given to them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::shapes::{self, generics, models::*};
use clientwright_runtime::Blocking;
use support::{Memory, Said, Script};

fn client(memory: &Memory) -> shapes::Client<Blocking> {
    shapes::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

/// What can be said of every page.
fn is_last<T>(page: &Page<T>) -> bool {
    page.next.is_none()
}

#[test]
fn a_page_of_users() {
    let memory = Memory::json(200, r#"{"items":[{"id":"u-1","name":"Ada"}],"next":null}"#);
    let page: Page<User> = client(&memory).generics().list().send().unwrap();
    assert!(is_last(&page));
    assert_eq!(page.items[0].id.as_str(), "u-1");
}

#[test]
fn pages_are_turned() {
    let script = Script::new([
        Said::Answers(200, &[], r#"{"items":[{"id":"u-1","name":"Ada"}],"next":"c-2"}"#),
        Said::Answers(200, &[], r#"{"items":[{"id":"u-2","name":"Bob"}]}"#),
    ]);
    let client = shapes::builder().blocking_transport(script.clone()).build_blocking().unwrap();
    let names: Vec<String> =
        client.generics().list().items().map(|user| user.unwrap().name).collect();
    assert_eq!(names, ["Ada", "Bob"]);
    assert_eq!(script.targets(), ["/v1/users", "/v1/users?after=c-2"]);
}

#[test]
fn errors_have_what_is_given_to_them() {
    let memory = Memory::json(400, r#"{"text":"no","details":["a","b"]}"#);
    let error = client(&memory).generics().list().send().unwrap_err();
    let Some(generics::ListError::ClientError(failure)) = error.service() else {
        panic!("{error:?}");
    };
    assert_eq!(failure.details, ["a", "b"]);
    assert!(error.to_string().contains("no"), "{error}");
    let memory = Memory::json(500, r#"{"details":{"id":"u-1","name":"Ada"}}"#);
    let tree = Tree::new(UserId::from("u-1"), vec![]);
    let error = client(&memory).generics().plant(tree).send().unwrap_err();
    let failure: &Failure<User> = error.service().unwrap();
    assert_eq!(failure.details.name, "Ada");
}

#[test]
fn members_come_along_with_what_is_given() {
    let memory = Memory::json(200, r#"{"items":[{"id":"u-1","name":"Ada"}],"total":7}"#);
    let users: Counted<User> = client(&memory).generics().count().send().unwrap();
    assert_eq!((users.total, users.items.len()), (7, 1));
}

#[test]
fn models_inside_themselves() {
    let memory =
        Memory::json(200, r#"{"value":null,"left":{"value":"x","children":[]},"children":[]}"#);
    let leaf = Tree::new(UserId::from("b"), vec![]);
    let tree = Tree::new(UserId::from("a"), vec![leaf.clone()]).left(leaf).note(None);
    let planted: Tree<Option<UserId>> = client(&memory).generics().plant(tree).send().unwrap();
    assert_eq!(planted.value, None);
    assert_eq!(planted.left.unwrap().value, Some(UserId::from("x")));
    let sent = memory.sent().body;
    let text = r#"{"value":"a","left":{"value":"b","children":[]},"note":null,"children":[{"value":"b","children":[]}]}"#;
    assert_eq!(std::str::from_utf8(&sent).unwrap(), text);
}

#[test]
fn types_in_types() {
    let body = r#"{"data":{"pairs":[{"first":"u-1","second":{"items":[]}},{"first":"u-2"}]}}"#;
    let memory = Memory::json(200, body);
    let pairs: Vec<Pair<UserId, Page<User>>> = client(&memory).generics().pairs().send().unwrap();
    assert_eq!(pairs[0].second.as_ref().map(|page| page.items.len()), Some(0));
    assert_eq!(pairs[1].second, None);
}

#[test]
fn what_is_wrong_inside_is_named_by_its_path() {
    let memory = Memory::json(200, r#"{"items":[{"id":"u-1","name":"Ada"},{"id":"u-2"}]}"#);
    let error = client(&memory).generics().list().send().unwrap_err();
    let text = "at `$.items[1]`: missing member `name` of `User`";
    assert!(error.to_string().contains(text), "{error}");
}

#[test]
fn setters_and_undeclared_members() {
    let memory = Memory::json(200, r#"{"a":{"items":[1,2]}}"#);
    let slim = Slim::new().items(vec!["2026-01-31".parse::<clientwright_runtime::Date>().unwrap()]);
    let answer = client(&memory).generics().slim(slim).send().unwrap();
    assert_eq!(answer.get("a").unwrap().items.as_deref(), Some(&[1, 2][..]));
    assert_eq!(&memory.sent().body[..], br#"{"items":["2026-01-31"]}"#);
    let named: Named<i32, String> = serde_json::from_str(r#"{"first":1,"third":3}"#).unwrap();
    assert_eq!(named.undeclared.get("third"), Some(&3.into()));
    let memory = Memory::json(200, "");
    client(&memory).generics().named(named.second("b")).send().unwrap();
    assert_eq!(&memory.sent().body[..], br#"{"first":1,"second":"b","third":3}"#);
}
