//! What is XML and what is not: the reader of examples and the reader of answers say the same of each document.
#![allow(clippy::unwrap_used, reason = "a test")]

use clientwright_codegen::check;
use clientwright_codegen::source::Source;
use clientwright_runtime::{Answer, Bytes, HeaderMap, StatusCode, Value};

/// Whether `check` takes a document as an example.
fn as_example(document: &str) -> Result<(), String> {
    let quoted = serde_json::to_string(document).unwrap();
    // What YAML refuses as it is can stand there in another way.
    let quoted: String = quoted
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0x7f..=0xffff => format!("\\u{code:04x}"),
            _ => c.to_string(),
        })
        .collect();
    let text = format!(
        "clientwright: 1\nprovider: {{ name: verdicts }}\nservers: {{ main: https://verdicts.example }}\n\
         models:\n  r: {{ incomplete: It holds anything., fields: {{}} }}\n\
         methods:\n  r.get:\n    http: GET /r\n    returns: {{ xml: r }}\n    \
         examples: {{ one: {{ response: {quoted} }} }}\n"
    );
    let report = check(vec![Source { name: "verdicts.yaml".to_owned(), text }]);
    // Nothing but the document may be what is wrong.
    let codes: Vec<_> = report.diagnostics.iter().map(|found| found.code.id).collect();
    assert!(codes.iter().all(|code| *code == "E0701"), "{}", report.human(false));
    if report.has_errors() { Err(report.human(false)) } else { Ok(()) }
}

/// What a client reads of a document that comes as an answer.
fn as_answer(document: &str) -> Result<Value, String> {
    let body = Bytes::copy_from_slice(document.as_bytes());
    let headers = HeaderMap::new();
    let answer = Answer::new(StatusCode::OK, &headers, &body);
    answer.xml("r").map_err(|error| error.to_string())
}

fn nested(depth: usize) -> String {
    let inner = depth - 1;
    format!("<r>{}{}</r>", "<a>".repeat(inner), "</a>".repeat(inner))
}

fn attributes(count: usize) -> String {
    let all: String = (0..count).map(|n| format!(" a{n}='{n}'")).collect();
    format!("<r{all}/>")
}

#[test]
fn both_readers_take_the_same_documents() {
    let taken = [
        "<r/>",
        "<r></r>",
        "\u{feff}<r/>",
        " \n<?xml version='1.0'?><!-- a --><!DOCTYPE r SYSTEM 'r.dtd'> <r/> <!-- b --><?c?>\n",
        "<!DOCTYPE r [ <!ENTITY a 'b'> ]><r/>",
        "<r\n a = '1'\tb=\"2\" />",
        "<r a='&lt;&#10;&quot;>'/>",
        "<r a='\"' b=\"'\"/>",
        "<r>&#x41;&#65;&amp;&lt;&gt;&apos;&quot;</r>",
        "<r>&#9;&#xD7FF;&#xE000;&#xFFFD;&#x10FFFF;</r>",
        "<r>a > b ]] é \u{85}\u{7f}</r>",
        "<r><![CDATA[<&]]></r>",
        "<r><!-- < & --><?php < & ?></r>",
        "<x:r xmlns:x='urn:x'><x:a/></x:r>",
        "<r a:id='1' b:id='2'/>",
        "<r x:id='1' id='2'/>",
        "<größe.r-1/>",
        "<r _a='' a.b='' a-b='' a1=''/>",
        "<r xsi:nil='false' xsi:schemaLocation='a b'/>",
        "<r></r\n>",
        // XML wants a blank there, and nothing is unclear without.
        "<r a='1'b='2'/>",
    ];
    for document in taken.map(str::to_owned).into_iter().chain([nested(128), attributes(256)]) {
        // Of another element than `r` only the name is wrong.
        let name = |verdict: &String| verdict.contains("`größe.r-1`");
        let example = as_example(&document).err().filter(|found| !name(found));
        let answer = as_answer(&document).err().filter(|found| !name(found));
        assert_eq!((example, answer), (None, None), "{document}");
    }
}

#[test]
fn both_readers_refuse_the_same_documents() {
    let refused = [
        "r",
        "<r>",
        "<r/><r/>",
        "<r/>a",
        "a<r/>",
        "<r/>&#32;",
        "&#32;<r/>",
        "<![CDATA[ ]]><r/>",
        "<r/><!DOCTYPE r>",
        "<r><!DOCTYPE r></r>",
        "<!DOCTYPE r",
        "<r></a>",
        "<r><a></r></a>",
        "</r>",
        "< r/>",
        "<1r/>",
        "<r$/>",
        "<r:/>",
        "<:r/>",
        "<a:b:r/>",
        "<r></ r>",
        "<r></r a='1'>",
        "<r / >",
        "<r a/>",
        "<r a=1/>",
        "<r a='1/>",
        "<r 1a='1'/>",
        "<r a$='1'/>",
        "<r a:='1'/>",
        "<r a='1' a='2'/>",
        "<r x:a='1' x:a='2'/>",
        "<r xsi:nil='true' xsi:nil='true'/>",
        "<r a='<'/>",
        "<r a='&'/>",
        "<r a='&b;'/>",
        "<r a='&#1;'/>",
        "<r a='\u{1}'/>",
        "<r xmlns='&b;'/>",
        "<r>&</r>",
        "<r>& b;</r>",
        "<r>&b;</r>",
        "<r>&;</r>",
        "<r>&nbsp;</r>",
        "<r>&#;</r>",
        "<r>&#x;</r>",
        "<r>&#0;</r>",
        "<r>&#1;</r>",
        "<r>&#+65;</r>",
        "<r>&#-65;</r>",
        "<r>&#X41;</r>",
        "<r>&#xD800;</r>",
        "<r>&#xFFFE;</r>",
        "<r>&#x110000;</r>",
        "<r>\u{1}</r>",
        "<r>\u{ffff}</r>",
        "<r><![CDATA[\u{1}]]></r>",
        "<r><![CDATA[</r>",
        "<r><!-- </r>",
        "<r><? </r>",
        "<!DOCTYPE r [ <!ENTITY a 'b'> ]><r>&a;</r>",
    ];
    for document in refused.map(str::to_owned).into_iter().chain([nested(129), attributes(257)]) {
        let (example, answer) = (as_example(&document).is_err(), as_answer(&document).is_err());
        assert_eq!((example, answer), (true, true), "{document}");
    }
}

/// Without a prefix an attribute is the element's own, wherever it stands.
#[test]
fn of_two_attributes_of_one_name_that_without_a_prefix_counts() {
    for (document, id) in [
        ("<r a:id='1' b:id='2'/>", "1"),
        ("<r a:id='1' id='2'/>", "2"),
        ("<r id='2' a:id='1'/>", "2"),
    ] {
        assert_eq!(as_answer(document).unwrap(), serde_json::json!({ "id": id }), "{document}");
    }
}
