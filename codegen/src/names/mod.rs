//! The only makers of Rust names. Wire names are never changed; what Rust calls them is decided here, once.

mod case;
mod keywords;
mod scope;

pub(crate) use case::{capitalized, constant, own_constant, snake, type_name};
pub(crate) use keywords::{GROUP_IMPORTS, PRELUDE, is_identifier};
pub(crate) use scope::{Scope, Taken};

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A field, parameter, method or module: `snake_case`.
    Value,
    /// A struct or enum: `PascalCase`.
    Type,
    /// An enum variant: `PascalCase`.
    Variant,
}

/// What stands between the name of a used file and a name in it.
pub(crate) const JOIN: &str = "::";

/// A name without that of the used file it comes from.
pub(crate) fn short(name: &str) -> &str {
    name.rsplit(JOIN).next().unwrap_or(name)
}

/// The Rust name of a wire name, or `None` where none can be made and a person has to choose.
pub(crate) fn rust_name(wire: &str, kind: Kind) -> Option<String> {
    match kind {
        Kind::Value => snake(wire).map(|name| keywords::escape(leading_digit(name, "field_"))),
        Kind::Type => type_name(wire).map(|name| keywords::escape(leading_digit(name, "Model"))),
        Kind::Variant => type_name(wire).map(|name| keywords::escape(leading_digit(name, "Value"))),
    }
}

/// The Rust name that a person chose, as long as it is one.
pub(crate) fn chosen_name(name: &str, kind: Kind) -> Option<String> {
    let shaped = match kind {
        Kind::Value => name.chars().all(|c| !c.is_uppercase()),
        Kind::Type | Kind::Variant => name.chars().next().is_some_and(char::is_uppercase),
    };
    (shaped && is_identifier(name)).then(|| keywords::escape(name.to_owned()))
}

/// No identifier begins with a digit of whatever script, or with a mark that belongs to a letter before it.
fn leading_digit(name: String, prefix: &str) -> String {
    if is_identifier(&name) { name } else { format!("{prefix}{name}") }
}

#[cfg(test)]
mod tests {
    use super::{Kind, chosen_name, rust_name};

    #[test]
    fn wire_names_become_idiomatic() {
        let cases = [
            ("notificationUrl", Kind::Value, "notification_url"),
            ("webhook-id", Kind::Value, "webhook_id"),
            ("OAuth2Token", Kind::Value, "oauth2_token"),
            ("createdDateUtc", Kind::Value, "created_date_utc"),
            ("arrangementID", Kind::Value, "arrangement_id"),
            ("imageURLs", Kind::Value, "image_urls"),
            ("iPhone14Pro", Kind::Value, "iphone14_pro"),
            ("type", Kind::Value, "r#type"),
            ("gen", Kind::Value, "r#gen"),
            ("self", Kind::Value, "self_"),
            ("3d", Kind::Value, "field_3d"),
            ("٣x", Kind::Value, "field_٣x"),
            ("٣x", Kind::Variant, "Value٣x"),
            ("$ref", Kind::Value, "r#ref"),
            ("a.b", Kind::Value, "a_b"),
            ("filter[userId]", Kind::Value, "filter_user_id"),
            ("über", Kind::Value, "über"),
            ("outbound-status", Kind::Variant, "OutboundStatus"),
            ("Etc/GMT+1", Kind::Variant, "EtcGmt1"),
            ("conversation:message:delivery", Kind::Variant, "ConversationMessageDelivery"),
            ("SLEEP_WISE_ALERTNESS", Kind::Variant, "SleepWiseAlertness"),
            ("self", Kind::Variant, "Self_"),
            ("1", Kind::Variant, "Value1"),
            ("OK", Kind::Variant, "Ok"),
        ];
        for (wire, kind, rust) in cases {
            assert_eq!(rust_name(wire, kind).as_deref(), Some(rust), "{wire}");
        }
    }

    #[test]
    fn some_names_cannot_be_made() {
        for wire in ["", ">=", "  ", "->", "_"] {
            assert_eq!(rust_name(wire, Kind::Value), None, "{wire:?}");
            assert_eq!(rust_name(wire, Kind::Variant), None, "{wire:?}");
        }
    }

    #[test]
    fn a_chosen_name_has_to_be_one() {
        assert_eq!(chosen_name("type", Kind::Value).as_deref(), Some("r#type"));
        assert_eq!(chosen_name("AtLeast", Kind::Variant).as_deref(), Some("AtLeast"));
        for bad in ["", "at-least", "atLeast", "1st", "a b", "x;"] {
            assert_eq!(chosen_name(bad, Kind::Value), None, "{bad:?}");
        }
        assert_eq!(chosen_name("atLeast", Kind::Variant), None);
    }
}
