//! Bodies and answers in XML, and what services make of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::shop::models::*;
use bodies_tests::shop::orders::{CreateAnswer, CreateError, ExportAnswer, PlaceAnyBody};
use bodies_tests::shop::refusals::NamedError;
use bodies_tests::shop::{self};
use clientwright_runtime::{Blocking, DriftKind, DriftReport, ErrorKind};
use support::Memory;

fn client(memory: &Memory) -> shop::Client<Blocking> {
    shop::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

fn xml(status: u16, body: &str) -> Memory {
    Memory::with_headers(status, &[("content-type", "application/xml")], body.as_bytes().to_vec())
}

fn sent(memory: &Memory) -> (String, String) {
    let sent = memory.sent();
    let kind = sent.headers.get("content-type").map_or("", |kind| kind.to_str().unwrap());
    (kind.to_owned(), String::from_utf8(sent.body.to_vec()).unwrap())
}

const ORDER: &str = "<order id='1'><buyer><name>Ada</name></buyer><lines/></order>";

#[test]
fn what_is_sent() {
    let memory = xml(200, ORDER);
    let line = Line::new("a-1", 2).price(Price::new("EUR", "1.50".parse().unwrap()));
    let order = NewOrder::new(Buyer::new("A & B").weight(1.5), vec![line], vec!["a".to_owned()])
        .gift(true)
        .discounts(vec![3, 4])
        .note(None);
    client(&memory).orders().place(order.clone()).send().unwrap();
    let (kind, body) = sent(&memory);
    assert_eq!(kind, "application/xml");
    let expected = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<order xmlns="urn:example:shop" gift="true" version="1.0"><buyer><name>A &amp; B</name>"#,
        r#"<weight>1.5</weight></buyer><lines><line sku="a-1"><quantity>2</quantity>"#,
        r#"<price currency="EUR">1.50</price></line></lines><tag>a</tag><discounts>3,4</discounts>"#,
        r#"<note xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></order>"#,
    );
    assert_eq!(body, expected);
    // The same model as JSON elsewhere.
    let memory = Memory::with_headers(202, &[], "");
    let queued = client(&memory).orders().create(order).send().unwrap();
    assert_eq!(queued, CreateAnswer::Queued);
    let (kind, body) = sent(&memory);
    assert_eq!(kind, "application/json");
    assert!(body.contains(r#""lines":[{"sku":"a-1","quantity":2,"#), "{body}");
}

#[test]
fn a_body_that_may_be_left_out() {
    let memory = Memory::with_headers(204, &[], "");
    client(&memory).orders().note().send().unwrap();
    assert_eq!(sent(&memory), (String::new(), String::new()));
    let memory = Memory::with_headers(204, &[], "");
    client(&memory).orders().note().body(Problem::new(7).text("<late>")).send().unwrap();
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?><error code="7">&lt;late&gt;</error>"#;
    assert_eq!(sent(&memory).1, expected);
    let control = Problem::new(7).text("\u{1}");
    let error = client(&memory).orders().note().body(control).send().unwrap_err();
    assert!(error.to_string().contains("characters that XML cannot hold"), "{error}");
}

fn orders(body: &str) -> Vec<Order> {
    client(&xml(200, body)).orders().list().send().unwrap().order
}

#[test]
fn lists_of_none_of_one_and_of_several() {
    assert!(orders("<orders total='0'/>").is_empty());
    let one = |inner: &str| {
        let body = format!(
            "<orders total='1'><order id='1'><buyer><name>A</name></buyer>{inner}</order></orders>"
        );
        orders(&body).remove(0)
    };
    let order = one("<lines/>");
    assert_eq!((order.lines.len(), order.tag.len(), order.codes), (0, 0, None));
    let order =
        one("<lines><line sku='a'><quantity>1</quantity></line></lines><tag>x</tag><codes/>");
    assert_eq!(
        (order.lines.len(), &*order.tag, order.codes),
        (1, &["x".to_owned()][..], Some(vec![]))
    );
    let order = one(
        "<tag>x</tag><lines><line code='a'><quantity>1</quantity></line><line sku='b'>\
         <quantity>2</quantity></line></lines><tag>y</tag><codes><code>1</code><code>2</code></codes>",
    );
    let skus: Vec<&str> = order.lines.iter().map(|line| line.sku.as_str()).collect();
    assert_eq!(skus, ["a", "b"]);
    assert_eq!((order.tag, order.codes), (vec!["x".to_owned(), "y".to_owned()], Some(vec![1, 2])));
}

#[test]
fn prefixes_entities_and_sections_mean_what_they_say() {
    let body = r#"<?xml version="1.0"?>
        <ns2:order xmlns:ns2="urn:example:shop" id="7" state="lost" gift="1">
          <ns2:buyer><ns2:name><![CDATA[A & <B>]]> &amp; &#x43;</ns2:name><other/></ns2:buyer>
          <ns2:lines/><ns2:due/>
          <ns2:note xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>
          <ns2:placed> 2026-01-31T08:30:00Z </ns2:placed>
        </ns2:order>"#;
    let order = client(&xml(200, body)).orders().get(7).send().unwrap().unwrap();
    assert_eq!(order.id.get(), 7);
    assert_eq!(order.buyer.name, "A & <B> & C");
    assert_eq!((order.state, order.gift), (Some(State::from("lost")), Some(true)));
    assert_eq!((order.due, order.note, order.total), (None, None, None));
    assert_eq!(order.placed, "2026-01-31T08:30:00Z".parse().ok());
}

#[test]
fn models_that_leave_types_open() {
    let body =
        "<page><item currency='EUR'>1.50</item><item currency='USD'>2</item><next>3</next></page>";
    let page = client(&xml(200, body)).prices().page().send().unwrap();
    let amounts: Vec<String> = page.item.iter().map(|price| price.amount.to_string()).collect();
    assert_eq!(
        (amounts, page.next),
        (vec!["1.50".to_owned(), "2".to_owned()], Some("3".to_owned()))
    );
    let page = client(&xml(200, "<page/>")).buyers().page().send().unwrap();
    assert!(page.item.is_empty());
}

#[test]
fn the_same_model_as_json_or_as_xml() {
    let export = |kind: &'static str, body: &str| {
        let memory = Memory::with_headers(200, &[("content-type", kind)], body.as_bytes().to_vec());
        let answer = client(&memory).orders().export().send().unwrap();
        assert_eq!(memory.sent().headers["accept"], "application/json, application/xml");
        answer
    };
    let xml = export("text/xml", "<orders total='3'/>");
    assert!(matches!(&xml, ExportAnswer::Xml(orders) if orders.total == 3), "{xml:?}");
    let json = export("application/json", r#"{"total":4,"order":[]}"#);
    assert!(matches!(&json, ExportAnswer::Json(orders) if orders.total == 4), "{json:?}");
}

#[test]
fn errors_are_models_too() {
    let order = || NewOrder::new(Buyer::new("A"), vec![], vec![]);
    for (status, text) in [(409, "there"), (422, "wrong")] {
        let body = format!("<error code='{status}'>{text}</error>");
        let memory = xml(status, &body);
        let error = client(&memory).orders().create(order()).send().unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
        let (CreateError::Duplicate(problem) | CreateError::Refused(problem)) =
            error.service().unwrap()
        else {
            panic!("{error:?}")
        };
        assert_eq!(problem.code, i32::from(status));
        let accept = &memory.sent().headers["accept"];
        assert_eq!(accept, "application/xml");
    }
    let error = client(&xml(500, "<error code='1'/>")).orders().note().send().unwrap_err();
    assert_eq!(error.service().unwrap().text, None);
    assert_eq!(error.kind(), ErrorKind::Service);
}

#[test]
fn an_error_inside_a_success_is_in_xml_too() {
    let one = |body: &str| client(&xml(200, body)).refusals().one().send();
    assert_eq!(one("<Receipt><number>7</number></Receipt>").unwrap().number, 7);
    let error = one("<error code='7'>Not today.</error>").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.service().unwrap().code, 7);
    // Nothing stands at `code` there, so that it is no such error.
    let error = one("<error>Not today.</error>").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let error = client(&xml(404, "<error code='7'/>")).refusals().one().send().unwrap_err();
    assert_eq!(error.service().unwrap().code, 7);

    let body = "<refusal><buyer><name>Ada</name></buyer></refusal>";
    let error = client(&xml(200, body)).refusals().named().send().unwrap_err();
    let Some(NamedError::Refused(refusal)) = error.service() else { panic!("{error:?}") };
    assert_eq!(refusal.buyer.as_ref().unwrap().name, "Ada");
}

#[test]
fn wrong_documents_are_errors_that_say_where() {
    let get = |kind: &'static str, body: &[u8]| {
        let memory = Memory::with_headers(200, &[("content-type", kind)], body.to_vec());
        let error = client(&memory).orders().get(7).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        error.to_string()
    };
    let deep = "<order>".to_owned() + &"<previous>".repeat(200);
    for (kind, body, expected) in [
        ("application/json", "{}", "expected XML, found content type `application/json`"),
        ("text/html", "<html/>", "expected XML, found content type `text/html`"),
        ("text/xml", "", "expected XML, found an empty body"),
        ("application/atom+xml", "<feed/>", "expected the element `order`, found `feed`"),
        ("application/xml", "<order id='x'/>", "at `$.id`: expected i64, found another text"),
        ("application/xml", "<order id='1'/>", "at `$`: missing member `buyer` of `Order`"),
        (
            "application/xml; charset=utf-8",
            "<order id='1'><buyer><name>A</name></buyer><lines><line sku='a'><quantity>many</quantity>\
             </line></lines></order>",
            "at `$.lines[0].quantity`: expected i32, found another text",
        ),
        ("application/xml", "<order id='1'><buyer>", "the XML ended early"),
        ("application/xml", "<order></buyer>", "not well-formed XML before byte 7"),
        ("application/xml", &deep, "the XML has more than 128 elements inside each other"),
    ] {
        let error = get(kind, body.as_bytes());
        assert!(error.contains(expected), "{error}");
    }
    let error = get("application/xml", b"<order id='\xff'/>");
    assert!(error.contains("expected text in UTF-8, found another byte at 11"), "{error}");
}

#[test]
fn what_nobody_has_declared_is_told() {
    let body = "<order id='1' state='lost'><buyer><name>A</name><vip>yes</vip></buyer><lines>\
                <line sku='a'><quantity>1</quantity><size><w>1</w></size></line></lines><gifts/></order>";
    let report = DriftReport::default();
    let client = shop::builder().blocking_transport(xml(200, body)).drift(report.clone());
    client.build_blocking().unwrap().orders().get(1).send().unwrap();
    let found: Vec<(String, DriftKind)> =
        report.drifts().iter().map(|drift| (drift.path.clone(), drift.kind.clone())).collect();
    let member = |name: &str, holds: &str| DriftKind::UnknownMember {
        name: name.to_owned(),
        holds: holds.to_owned(),
    };
    for expected in [
        ("$.buyer.vip", member("vip", "string")),
        ("$.gifts", member("gifts", "string")),
        ("$.state", DriftKind::UnknownValue { value: "lost".to_owned() }),
    ] {
        assert!(
            found.iter().any(|(path, kind)| (&**path, kind) == (expected.0, &expected.1)),
            "{found:?}"
        );
    }
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn numbers_that_mean_none() {
    for (page, expected) in [("-1", None), ("3", Some(3))] {
        let body = format!("<Receipt><number>7</number><page>{page}</page></Receipt>");
        let order = NewOrder::new(Buyer::new("A"), vec![], vec![]);
        let created = client(&xml(201, &body)).orders().create(order).send().unwrap();
        assert!(
            matches!(&created, CreateAnswer::Created(receipt) if receipt.page == expected),
            "{created:?}"
        );
    }
}

#[test]
fn charsets() {
    let named = |kind: &'static str, body: &[u8]| {
        let memory = Memory::with_headers(200, &[("content-type", kind)], body.to_vec());
        client(&memory).orders().get(7).send().unwrap().unwrap().buyer.name
    };
    let rest = b"<order id='1'><buyer><name>J\xfcrgen</name></buyer><lines/></order>";
    let declared = [&b"<?xml version='1.0' encoding='ISO-8859-1'?>"[..], rest].concat();
    assert_eq!(named("application/xml", &declared), "Jürgen");
    assert_eq!(named("text/xml; charset=windows-1252", rest), "Jürgen");
    let text = "\u{feff}<?xml version=\"1.0\" encoding = \"utf-16\"?>\
                <order id='1'><buyer><name>Jürgen</name></buyer><lines/></order>";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(named("application/xml", &wide), "Jürgen");
}

#[test]
fn a_body_that_is_json_or_xml() {
    let order = NewOrder::new(Buyer::new("A"), vec![], vec![]);
    for (body, kind, begin) in [
        (PlaceAnyBody::Xml(Box::new(order.clone())), "application/xml", "<?xml version"),
        (PlaceAnyBody::Json(Box::new(order)), "application/json", r#"{"buyer""#),
    ] {
        let memory = Memory::with_headers(204, &[], "");
        client(&memory).orders().place_any(body).send().unwrap();
        let sent = sent(&memory);
        assert_eq!(sent.0, kind);
        assert!(sent.1.starts_with(begin), "{}", sent.1);
    }
}
