//! What requests become.

use super::body::FORM;
use super::*;
use crate::base::Base;
use crate::pairs::Style;
use proptest::prelude::*;

fn encode(route: &'static str, with: impl FnOnce(&mut Encoder<'_>)) -> Result<Outgoing, String> {
    let method = Method::get("test.method", route);
    let base = Base::parse("it", "https://example.com/api", false).unwrap();
    let mut outgoing = Outgoing::of(&method, base.as_str().to_owned(), base.origin_len());
    let mut encoder = Encoder::new(&method, &mut outgoing);
    with(&mut encoder);
    encoder.finish().map_err(|error| error.0)?;
    Ok(outgoing)
}

fn url(route: &'static str, with: impl FnOnce(&mut Encoder<'_>)) -> String {
    encode(route, with).ok().unwrap().url.replace("https://example.com/api", "")
}

#[test]
fn paths_are_encoded_strictly() {
    for (value, text) in [
        ("plain-._~", "plain-._~"),
        ("a/b", "a%2Fb"),
        ("../x", "..%2Fx"),
        ("%2e%2e", "%252e%252e"),
        ("a b+c", "a%20b%2Bc"),
        ("ü?#;=&", "%C3%BC%3F%23%3B%3D%26"),
        ("...", "..."),
    ] {
        assert_eq!(url("/u/{id}/x", |e| e.path("id", value)), format!("/u/{text}/x"));
    }
}

#[test]
fn segments_that_address_something_else_are_refused() {
    for value in ["", ".", ".."] {
        let error = encode("/u/{id}", |e| e.path("id", value)).err().unwrap();
        assert!(error.contains("`id`"), "{error}");
    }
    assert!(encode("/u/{id}", |e| e.path("id", &None::<String>)).is_err());
    assert!(encode("/u/{id}", |e| e.path("id", &Vec::<String>::new())).is_err());
    let error = encode("/u/{a}.{b}", |e| {
        e.path("a", "x");
        e.path("b", "y");
    });
    assert_eq!(error.ok().unwrap().url, "https://example.com/api/u/x.y");
    assert!(encode("/u/{a}.", |e| e.path("a", ".")).is_err());
}

#[test]
fn steps_keep_their_slashes() {
    for (value, text) in [
        ("a", "a"),
        ("src/main.rs", "src/main.rs"),
        ("a b/c?d/%2e%2e/..e", "a%20b/c%3Fd/%252e%252e/..e"),
    ] {
        assert_eq!(url("/u/{id}/x", |e| e.path_steps("id", value)), format!("/u/{text}/x"));
    }
    for value in ["", "/", "a/", "/a", "a//b", ".", "..", "a/..", "../a", "a/./b"] {
        let error = encode("/u/{id}", |e| e.path_steps("id", value)).err().unwrap();
        assert!(error.contains("`id`"), "{error}");
    }
    assert!(encode("/u/{id}", |e| e.path_steps("id", &None::<String>)).is_err());
    let text = url("/a/{x}/b/{y}", |e| {
        e.path_steps("y", "1/2");
        e.path("x", "3/4");
    });
    assert_eq!(text, "/a/3%2F4/b/1/2");
    assert!(encode("/{x}/{y}", |e| e.path_steps("y", "1/..")).is_err());
}

#[test]
fn no_path_climbs() {
    for target in ["/..", "/a/..", "/a/../b", "/.", "/./a", "..", "/a/..?b", "/x/.y/.."] {
        assert!(climbs(target), "{target}");
    }
    for target in ["", "/", "/...", "/.a", "/a.", "/a..", "/a?b=/..", "/a?/../", "/..a/b.."] {
        assert!(!climbs(target), "{target}");
    }
}

#[test]
fn the_order_of_parts_does_not_matter() {
    let text = url("/a/{x}/b/{y}/c", |e| {
        e.query("q", &1);
        e.path("y", &2);
        e.query("r", "s t");
        e.path("x", &3);
        e.query("u", &true);
    });
    assert_eq!(text, "/a/3/b/2/c?q=1&r=s%20t&u=true");
}

#[test]
fn missing_and_surplus_path_parameters_are_errors() {
    assert!(encode("/a/{x}", |_| ()).err().unwrap().contains("`x` was not given"));
    assert!(encode("/a", |e| e.path("x", &1)).err().unwrap().contains("no parameter `x`"));
}

#[test]
fn queries() {
    assert_eq!(url("/a", |e| e.query("a[]", &vec!["x", "y"])), "/a?a%5B%5D=x&a%5B%5D=y");
    assert_eq!(url("/a", |e| e.query("a", &None::<i32>)), "/a");
    assert_eq!(url("/a", |e| e.query("a", &Some(1.5))), "/a?a=1.5");
    assert_eq!(url("/a", |e| e.query("a", "")), "/a?a=");
    assert_eq!(url("", |e| e.query("a", "&")), "?a=%26");
}

#[test]
fn styles_of_queries() {
    let text = url("/a/{x}", |e| {
        e.query_as(Style::Csv, "ids", &[1, 2]);
        e.path("x", &3);
        e.query_as(Style::DeepObject, "filter", &serde_json::json!({ "a.b": "c" }));
        e.query_as(Style::Pipe, "none", &None::<String>);
        e.query("z", &1);
    });
    assert_eq!(text, "/a/3?ids=1,2&filter%5Ba.b%5D=c&z=1");
    let error = encode("/a", |e| e.query_as(Style::Form, "f", &serde_json::json!({})));
    assert!(error.err().unwrap().contains("the query parameter `f`"));
}

#[test]
fn cookies_stand_in_one_header() {
    let encoded = encode("/", |e| {
        e.cookie("session", "a;b");
        e.cookie("none", &None::<String>);
        e.cookie("n", &1);
    });
    let headers = encoded.ok().unwrap().headers;
    assert_eq!(headers["cookie"], "session=a%3Bb; n=1");
    assert!(headers["cookie"].is_sensitive());
    assert!(!encode("/", |_| ()).ok().unwrap().headers.contains_key("cookie"));
}

#[test]
fn an_address_without_a_path_gets_a_slash() {
    let method = Method::get("test.method", "");
    let address = "https://example.com";
    let mut outgoing = Outgoing::of(&method, address.to_owned(), address.len());
    let mut encoder = Encoder::new(&method, &mut outgoing);
    encoder.query("a", &1);
    assert!(encoder.finish().is_ok());
    assert_eq!(outgoing.url, "https://example.com/?a=1");
}

#[test]
fn headers_are_checked() {
    let encoded = encode("/", |e| {
        e.header("X-List", &vec!["a", "b"]);
        e.header("X-None", &None::<String>);
        e.header("Accept", "text/csv");
    });
    let headers = encoded.ok().unwrap().headers;
    assert_eq!(headers.get_all("x-list").iter().count(), 2);
    assert!(!headers.contains_key("x-none"));
    assert_eq!(headers["accept"], "text/csv");
    for value in ["a\r\nb: c", "a\nb", "\0"] {
        let error = encode("/", |e| e.header("X-Trace", value)).err().unwrap();
        assert!(error.contains("`X-Trace`"), "{error}");
    }
    assert!(encode("/", |e| e.header("X Trace", "a")).is_err());
}

#[test]
fn a_body_has_its_type() {
    let encoded = encode("/", |e| e.json(&[1, 2])).ok().unwrap();
    assert_eq!(encoded.headers["content-type"], "application/json");
    assert_eq!(&encoded.body[..], b"[1,2]");
}

#[test]
fn forms() {
    let encoded = encode("/", |e| {
        e.form_pair("grant_type", "client credentials");
        e.form_member::<crate::Optional, _>("none", &None::<String>);
        e.form_member::<crate::Required, _>("ids", &vec![1, 2]);
        e.form_pair("by", &serde_json::json!({ "name": "a&b" }));
        e.form_end();
    });
    let encoded = encoded.ok().unwrap();
    assert_eq!(encoded.headers["content-type"], FORM);
    let body = std::str::from_utf8(&encoded.body).unwrap();
    assert_eq!(body, "grant_type=client%20credentials&ids=1&ids=2&by%5Bname%5D=a%26b");
    let whole = encode("/", |e| e.form(&serde_json::json!({ "a": 1, "b": null })));
    assert_eq!(&whole.ok().unwrap().body[..], b"a=1");
    assert_eq!(encode("/", |e| e.form_end()).ok().unwrap().headers["content-type"], FORM);
}

#[test]
fn parts_and_texts() {
    let encoded = encode("/", |e| {
        e.part::<crate::Required, _>("n", &1);
        e.file("f", &Some(crate::File::new("a", "b")));
        e.parts_end();
    });
    let encoded = encoded.ok().unwrap();
    let kind = encoded.headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let bad = crate::File::new("a", "b").content_type("\n");
    let error = encode("/", |e| e.file("f", &bad)).err().unwrap();
    assert!(error.starts_with("`f` of the body cannot be written"), "{error}");
    let encoded = encode("/", |e| e.text("text/csv; charset=utf-8", "a,b")).ok().unwrap();
    assert_eq!(encoded.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(&encoded.body[..], b"a,b");
}

proptest! {
    #[test]
    fn a_value_stays_one_segment(value in any::<String>()) {
        if let Ok(encoded) = encode("/u/{id}/x", |e| e.path("id", &value)) {
            let path = encoded.url.strip_prefix("https://example.com/api/u/").unwrap();
            let segment = path.strip_suffix("/x").unwrap();
            prop_assert!(!segment.contains(['/', '?', '#', '\\', ' ']));
            let back = percent_encoding::percent_decode_str(segment).decode_utf8().unwrap();
            prop_assert_eq!(back, value);
        }
    }

    #[test]
    fn steps_come_back_and_stay_below(value in "[a-z./\\\\%?# é]{0,12}|.*") {
        if let Ok(encoded) = encode("/u/{id}/x", |e| e.path_steps("id", &value)) {
            let path = encoded.url.strip_prefix("https://example.com/api/u/").unwrap();
            let steps = path.strip_suffix("/x").unwrap();
            prop_assert!(!steps.contains(['?', '#', '\\', ' ']));
            prop_assert!(steps.split('/').all(|step| !matches!(step, "" | "." | "..")));
            let back = percent_encoding::percent_decode_str(steps).decode_utf8().unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
