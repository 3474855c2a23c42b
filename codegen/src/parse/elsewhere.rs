//! What other languages call a key of this one: OpenAPI, JSON Schema, TypeScript, libraries of HTTP.
//!
//! Whoever comes from there writes such a key with good reason, and no key of this language is near to it.

mod words;

use crate::type_slips;
use crate::yaml::Node;

/// What stands here in place of a key of another language.
#[derive(Clone, Copy)]
pub(super) enum Instead {
    /// This key, with the same value.
    Key(&'static str),
    /// This key, written in another way.
    Means(&'static str, &'static str),
    /// Something that is no key here.
    Way(&'static str),
}

use Instead::{Key, Means, Way};
use words::{
    ANSWER, ANY, AUTH, BODY, DEFAULTS, DELIVERIES, DELIVERY_EXAMPLE, EVENT, EXAMPLE, GROUP,
    IDEMPOTENCY, INSIDE, MEMBER, MEMBER_ASIDE, METHOD, MODEL, PAGER, PAGINATE, PROVIDER,
    RATE_LIMIT, RETRY, SERVER, SOURCE, SPECIFICATION, TIMEOUT, TIMESTAMP, TRANSACTION, UNION,
    VALUE, VARIANT, VERIFY, XML_ELEMENT, XML_PLACE,
};

impl Instead {
    /// The key that means the same, with the same value.
    pub(super) fn same(self) -> Option<&'static str> {
        match self {
            Key(key) => Some(key),
            Means(..) | Way(_) => None,
        }
    }

    /// The key that was meant.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Key(key) | Means(key, _) => Some(key),
            Way(_) => None,
        }
    }
}

/// What is said wherever an object is written in place of the name of a model.
pub(crate) const NAMED_OBJECT: &str = "an object is a model of its own, which has a name: \
     `models: { Address: { fields: { city: string } } }`; say `Address` here";

/// What `key` stands for in `what`, where the keys `asked` are known.
pub(super) fn instead(what: &str, key: &str, asked: &[&'static str]) -> Option<Instead> {
    let aside = || words::of(MEMBER_ASIDE, key).filter(|_| what == "a member");
    let found = word(what, key).or_else(aside);
    found.filter(|instead| instead.key().is_none_or(|key| asked.contains(&key)))
}

/// Whether `found` is another word for `key` in `what`.
pub(super) fn stands_for(what: &str, found: &str, key: &str) -> bool {
    word(what, found).and_then(Instead::key) == Some(key)
}

/// Whether `found` is a word of another language for something in `what`.
pub(super) fn is_word(what: &str, found: &str) -> bool {
    word(what, found).is_some()
}

fn word(what: &str, key: &str) -> Option<Instead> {
    let own = match what {
        "a specification" => SPECIFICATION,
        "a method" => METHOD,
        "a model" => MODEL,
        "a member" => MEMBER,
        "a body" => BODY,
        "an answer" => ANSWER,
        "provider" => PROVIDER,
        "a server" => SERVER,
        "an auth entry" => AUTH,
        "a transaction" => TRANSACTION,
        "timeout" => TIMEOUT,
        "an element of XML" => XML_ELEMENT,
        "a place in XML" => XML_PLACE,
        "a variant" | "an event" => VARIANT,
        "a pager" => PAGER,
        "paginate" => PAGINATE,
        "a union" => UNION,
        "an example" => EXAMPLE,
        "verify" => VERIFY,
        "retry" => RETRY,
        "idempotency" => IDEMPOTENCY,
        "a source" => SOURCE,
        "event" | "id" => EVENT,
        "timestamp" => TIMESTAMP,
        "an error inside a success" => INSIDE,
        "an enum value" => VALUE,
        "a group" => GROUP,
        "defaults" => DEFAULTS,
        "rate_limit" => RATE_LIMIT,
        "deliveries" => DELIVERIES,
        "an example of a delivery" => DELIVERY_EXAMPLE,
        _ => &[],
    };
    words::of(own, key).or_else(|| words::of(ANY, key))
}

/// Whether a type is a word of JSON Schema that another key of `node` explains. What stands here in place of
/// both is said of that key.
pub(super) fn explained(ty: &Node, node: &Node) -> bool {
    let only = match ty.as_sequence() {
        Some([only]) => only,
        _ => ty,
    };
    let Some(word) = only.as_scalar() else { return false };
    let has = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    match word.text.as_str() {
        "array" => has(&["items", "prefixItems"]),
        "object" => has(&["additionalProperties", "properties"]),
        "enum" => has(&["symbols", "values", "enum"]),
        "record" | "structure" | "struct" => has(&["fields", "members", "properties"]),
        "integer" | "number" => {
            let format = node.get("format").and_then(Node::as_scalar);
            format.is_some_and(|format| type_slips::of_format(&format.text).is_some())
        }
        _ => false,
    }
}
