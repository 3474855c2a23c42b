//! Names that are those of something else in Rust stay what they are on the wire.
#![allow(clippy::unwrap_used, reason = "a test")]

use obstacle_course::clashes::models::{Inherent, Keyed, Keywords, Variant, Word};
use serde_json::json;

#[test]
fn members_and_their_setters() {
    let value = Inherent::new().default("a").clone("b").into("c").fmt("d");
    let written = serde_json::to_value(&value).unwrap();
    assert_eq!(written, json!({ "default": "a", "clone": "b", "into": "c", "fmt": "d" }));
    let words = json!({ "self": "a", "crate": "b", "super": "c", "gen": "d", "try": "e", "macro_rules": "f" });
    let read: Keywords = serde_json::from_value(words.clone()).unwrap();
    assert_eq!((read.self_.as_deref(), read.r#gen.as_deref()), (Some("a"), Some("d")));
    assert_eq!(serde_json::to_value(&read).unwrap(), words);
}

#[test]
fn values_and_variants() {
    for (value, text) in [(Word::Self_, "self"), (Word::True, "true"), (Word::None, "none")] {
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
        assert_eq!(serde_json::from_value::<Word>(json!(text)).unwrap(), value);
    }
    let tagged: Variant = serde_json::from_value(json!({ "type": "self" })).unwrap();
    assert!(matches!(tagged, Variant::Self_(_)));
    assert_eq!(serde_json::to_value(&tagged).unwrap(), json!({ "type": "self" }));
    let keyed: Keyed = serde_json::from_value(json!({ "dyn": "x" })).unwrap();
    assert_eq!(keyed, Keyed::Dyn("x".to_owned()));
    assert_eq!(serde_json::to_value(&keyed).unwrap(), json!({ "dyn": "x" }));
}
