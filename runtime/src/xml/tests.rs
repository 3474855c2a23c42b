use super::{read, write};
use crate::{DateTime, Decimal, Map, Value};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Clone, Debug, Default, PartialEq)]
struct Line {
    qty: i32,
    note: Option<String>,
    free: Option<bool>,
}
crate::object! {
    Line { qty: Required = "qty", note: Optional = "note", free: Optional = "free" }
}

#[derive(Clone, Debug, PartialEq)]
struct Price {
    currency: String,
    amount: Decimal,
}
crate::object! {
    Price {
        currency: Required = "currency" | "cur",
        amount: Required<JsonNumber> = "amount",
        <"@currency", "@cur", "#amount">,
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Order {
    id: i64,
    lines: Vec<Line>,
    tags: Vec<String>,
    more: Option<Vec<f64>>,
    price: Option<Price>,
    placed: Option<DateTime>,
    comment: crate::Patch<String>,
}
crate::object! {
    Order {
        id: Required = "id",
        lines: Required = "lines",
        tags: Required = "tag",
        more: Optional = "more",
        price: Optional = "price",
        placed: Optional<UnixSeconds> = "placed",
        comment: Patched = "comment",
        <"@id", "lines/line", "tag*", "@version">,
        "version" = 2,
    }
}

fn order(text: &str) -> Result<Order, String> {
    read(text, "order").map_err(|error| error.to_string())
}

fn again<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let text = write("it", None, value).unwrap();
    read(&text, "it").unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn empty() -> Order {
    Order {
        id: 7,
        lines: Vec::new(),
        tags: Vec::new(),
        more: None,
        price: None,
        placed: None,
        comment: crate::Patch::Absent,
    }
}

#[test]
fn members_stand_where_the_facts_say() {
    let value = Order {
        lines: vec![
            Line { qty: 1, note: Some("a & <b>".to_owned()), free: Some(true) },
            Line::default(),
        ],
        tags: vec!["x".to_owned(), "y".to_owned()],
        price: Some(Price { currency: "E\"U".to_owned(), amount: "1.50".parse().unwrap() }),
        placed: "2026-01-31T00:00:00Z".parse().ok(),
        comment: crate::Patch::Null,
        ..empty()
    };
    let text = write("order", Some("urn:a&b"), &value).unwrap();
    let expected = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<order xmlns="urn:a&amp;b" id="7" version="2"><lines>"#,
        r#"<line><qty>1</qty><note>a &amp; &lt;b&gt;</note><free>true</free></line>"#,
        r#"<line><qty>0</qty></line></lines><tag>x</tag><tag>y</tag>"#,
        r#"<price currency="E&quot;U">1.50</price><placed>1769817600</placed>"#,
        r#"<comment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></order>"#,
    );
    assert_eq!(text, expected);
    assert_eq!(order(&text).unwrap(), value);
    let nothing = write("order", None, &empty()).unwrap();
    assert!(nothing.ends_with(r#"<order id="7" version="2"><lines/></order>"#), "{nothing}");
    assert_eq!(order(&nothing).unwrap(), empty());
}

#[test]
fn documents_of_others_are_read() {
    let text = r#"<?xml version="1.0"?>
        <!DOCTYPE order SYSTEM "http://nowhere.example/order.dtd" [ <!ENTITY tag "never"> ]>
        <!-- <order/> -->
        <s:order xmlns:s="urn:shop" xmlns="urn:other" xmlns:xsi="urn:i" s:id=" 7 " seen="1"
            xsi:schemaLocation="urn:shop shop.xsd">
          <s:tag>x</s:tag>
          <lines count="2">
            <line><qty> 1 </qty><unknown><qty>9</qty></unknown></line><other/>
            <line><note><![CDATA[<&]]>&#x41;&lt;&apos;</note><free> 1 </free><qty>+2</qty></line>
          </lines>
          <id>elsewhere</id>
          <tag/>
          <price cur="EUR">
            12.50
          </price>
          <placed>1769817600.5</placed>
          <comment xsi:nil="true"/>
        </s:order>
        <?done?>"#;
    let found = order(text).unwrap();
    let lines = vec![
        Line { qty: 1, note: None, free: None },
        Line { qty: 2, note: Some("<&A<'".to_owned()), free: Some(true) },
    ];
    let price = Price { currency: "EUR".to_owned(), amount: "12.50".parse().unwrap() };
    assert_eq!((found.lines, found.price), (lines, Some(price)));
    assert_eq!(found.tags, ["x", ""]);
    assert_eq!((found.more, found.comment), (None, crate::Patch::Null));
    assert_eq!(found.placed, "2026-01-31T00:00:00.5Z".parse().ok());
}

#[test]
fn errors_say_where() {
    for (text, expected) in [
        ("<html><p>secret</p></html>", "expected the element `order`, found `html`"),
        ("<order><lines/></order>", "at `$`: missing member `id` of `Order`"),
        ("<order id='1'/>", "at `$`: missing member `lines` of `Order`"),
        ("<order id='secret'><lines/></order>", "at `$.id`: expected i64, found another text"),
        (
            "<order id='1'><lines><line><qty>1</qty></line><line/></lines></order>",
            "at `$.lines[1]`: missing member `qty` of `Line`",
        ),
        (
            "<order id='1'><lines><line><qty>1.5</qty></line></lines></order>",
            "at `$.lines[0].qty`: expected i32, found a number",
        ),
        (
            "<order id='1'><lines><line><qty>1</qty><qty>2</qty></line></lines></order>",
            "at `$.lines[0].qty`: expected i32, found 2 elements",
        ),
        (
            "<order id='1'><lines/><tag><b>secret</b></tag></order>",
            "at `$.tag[0]`: expected a string, found elements",
        ),
        ("<order id='1'><lines/>", "the XML ended early"),
        ("<order id='1'><lines></order>", "not well-formed XML before byte 21"),
        ("<order/><order/>", "not well-formed XML before byte 16"),
        ("secret", "not well-formed XML before byte 6"),
        ("<!-- nothing -->", "expected XML, found no element"),
        ("<order id='1' id='2'/>", "not well-formed XML before byte 22"),
    ] {
        assert_eq!(order(text).unwrap_err(), expected, "{text}");
    }
}

#[test]
fn what_is_hostile_is_refused() {
    let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(read::<Value>(&nested(128), "a").is_ok());
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "x">]><a>&b;</a>"#;
    let many: String = (0..300).map(|n| format!(" a{n}=''")).collect();
    for (text, expected) in [
        (nested(129), "the XML has more than 128 elements inside each other"),
        (nested(1_000_000), "the XML has more than 128 elements inside each other"),
        (bomb.to_owned(), "not well-formed XML: an entity that XML does not know, before byte 56"),
        (
            "<a>&file;</a>".to_owned(),
            "not well-formed XML: an entity that XML does not know, before byte 9",
        ),
        (
            "<a>&#0;</a>".to_owned(),
            "not well-formed XML: an entity that XML does not know, before byte 7",
        ),
        (format!("<a{many}/>"), "the XML has more than 256 attributes of one element"),
        (format!("<a>{}</a>", "<b/>".repeat(2_000_000)), "the XML has more than 2000000 elements"),
    ] {
        assert_eq!(read::<Value>(&text, "a").unwrap_err().to_string(), expected);
    }
    assert!(read::<Value>("<a b='&b;'/>", "a").is_err());
}

#[test]
fn values_without_a_type_are_texts_and_objects() {
    let text = "<a n='1'><b>x</b><c><d/></c><b>y</b><e xsi:nil='1'/></a>";
    let found: Value = read(text, "a").unwrap();
    let expected = serde_json::json!({ "n": "1", "b": ["x", "y"], "c": { "d": "" }, "e": null });
    assert_eq!(found, expected);
}

#[test]
fn what_has_no_form_is_not_written() {
    let refused = |value: Value| write("a", None, &value).unwrap_err().to_string();
    assert_eq!(refused(serde_json::json!({ "no name": 1 })), "`no name` is no name of an element");
    assert_eq!(refused(serde_json::json!({ "a><b": 1 })), "`a><b` is no name of an element");
    let control = "a text has characters that XML cannot hold";
    assert_eq!(refused(serde_json::json!({ "a": "\u{1}" })), control);
    for wrong in [f64::NAN, f64::INFINITY] {
        let order = Order { more: Some(vec![1.5, wrong]), ..empty() };
        let error = write("order", None, &order).unwrap_err().to_string();
        assert_eq!(error, "at `$.more[1]`: a number that is not finite");
    }
    let list = Map::<Vec<Vec<i32>>>::from([("a", vec![vec![1], vec![2, 3]])]);
    let text = write("a", None, &list).unwrap();
    assert!(text.ends_with("<a><a>1</a><a>2</a><a>3</a></a>"), "{text}");
}

prop_compose! {
    fn any_line()(qty: i32, note in proptest::option::of(".*"), free: Option<bool>) -> Line {
        let note = note.map(|note| note.replace(|c| !clientwright_wire::xml::is_char(c), ""));
        Line { qty, note, free }
    }
}

prop_compose! {
    fn any_order()(
        id: i64,
        lines in prop::collection::vec(any_line(), 0..4),
        tags in prop::collection::vec("[ -~\n\t\r]{0,8}", 0..4),
        more in proptest::option::of(prop::collection::vec(-1e9..1e9, 1..4)),
        price in proptest::option::of(("[ -~\n\t\r]{0,8}", "-?[1-9][0-9]{0,20}\\.[0-9]{1,20}")),
        seconds in proptest::option::of(-1_000_000_000_i64..4_000_000_000),
        comment in prop_oneof![
            Just(crate::Patch::Absent), Just(crate::Patch::Null),
            "[ -~]{0,5}".prop_map(crate::Patch::Value)
        ],
    ) -> Order {
        let price = price.map(|(currency, amount)| {
            Price { currency, amount: amount.parse().unwrap() }
        });
        let placed = seconds.and_then(clientwright_wire::unix::from_seconds);
        Order { id, lines, tags, more, price, placed, comment }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in any_order()) {
        prop_assert_eq!(again(&value), value);
    }

    #[test]
    fn nothing_makes_it_panic(
        text in "(<[!/?]?[ab]?|[a-z=\"'&;#x0-9 ]|\\]\\]>|<!\\[CDATA\\[|/?>|--|<order id='1'>){0,60}",
        bytes: Vec<u8>,
    ) {
        let _ = order(&text);
        let _ = order(&format!("<order id='1'><lines/>{text}</order>"));
        let _ = read::<Value>(&String::from_utf8_lossy(&bytes), "a");
    }
}
