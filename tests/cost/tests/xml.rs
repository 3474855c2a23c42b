//! What reading XML costs grows with the elements and with the members, not with the product of both.
//!
//! Bytes are counted, not time: the result is the same on every machine.
#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use allocation_counter::measure;
use clientwright_runtime::{Answer, Bytes, HeaderMap, HeaderValue, StatusCode};
use serde::de::{Deserialize, Deserializer, IgnoredAny};

/// How many elements of names of their own a document has.
const ELEMENTS: usize = 4000;

/// A model with this many members that the document has.
struct Model<const MEMBERS: usize>;

impl<'de, const MEMBERS: usize> Deserialize<'de> for Model<MEMBERS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names: Vec<&'static str> = (0..MEMBERS).map(|n| &*name(n).leak()).collect();
        deserializer.deserialize_struct("Model", names.leak(), IgnoredAny)?;
        Ok(Self)
    }
}

fn name(number: usize) -> String {
    format!("n{number}")
}

fn bytes_to_read<const MEMBERS: usize>(answer: &Answer<'_>) -> u64 {
    measure(|| {
        answer.xml::<Model<MEMBERS>>("all").expect("it is read");
    })
    .bytes_total
}

#[test]
fn many_members_in_many_elements() {
    let children: String = (0..ELEMENTS).map(|n| format!("<{0}/>", name(n))).collect();
    let body = Bytes::from(format!("<all>{children}</all>"));
    let xml = HeaderValue::from_static("application/xml");
    let headers: HeaderMap = [(http::header::CONTENT_TYPE, xml)].into_iter().collect();
    let answer = Answer::new(StatusCode::OK, &headers, &body);
    let (one, many) = (bytes_to_read::<1>(&answer), bytes_to_read::<100>(&answer));
    assert!(one > 100_000, "nothing was counted");
    assert!(many < one + one / 10, "{many} bytes with 100 members, {one} with one");
}
