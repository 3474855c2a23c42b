//! What other languages put into parentheses behind a type.

use super::of_format;
use crate::foreign;

/// What stands for limits that are none: `string(date)`, `decimal(10,2)`, `string(3,3)`.
pub(crate) fn limits(name: &str, inside: &str) -> Option<(String, String)> {
    if matches!(name, "string" | "text" | "integer" | "number")
        && let Some(ty) = of_format(inside)
    {
        return Some((format!("did you mean `{ty}`?"), ty.to_owned()));
    }
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "list" | "array" | "map" | "set") && is_name(inside) {
        let kind = if lower == "map" { "map" } else { "list" };
        let item = foreign::ty(inside).unwrap_or_else(|| inside.to_owned());
        let mended = format!("{kind}<{item}>");
        return Some((format!("what is in it stands in angles: `{mended}`"), mended));
    }
    if let Some(range) = range(inside) {
        let mended = format!("{name}({range})");
        return Some((format!("limits have two dots: `{mended}`"), mended));
    }
    let (first, second) = inside.split_once(',')?;
    let numbers = [first, second].map(|part| part.trim().parse::<u32>().ok());
    let [Some(first), Some(second)] = numbers else { return None };
    if matches!(name, "decimal" | "double" | "float" | "number" | "numeric") {
        let help = "how many digits a number has is not said: `decimal`".to_owned();
        return Some((help, "decimal".to_owned()));
    }
    let mended = format!("{name}({first}..{second})");
    Some((format!("two dots stand between the limits: `{mended}`"), mended))
}

/// Whether a text is the name of a type.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// `1-3`, `<=3`, `max 3`: limits as others write them.
fn range(inside: &str) -> Option<String> {
    let number = |text: &str| {
        let text = text.trim_start_matches(['=', ':', ' ']).trim();
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.to_owned())
    };
    if let Some((first, second)) = inside.split_once('-') {
        return Some(format!("{}..{}", number(first)?, number(second)?));
    }
    let most = ["<=", "max", "≤"].iter().find_map(|word| inside.strip_prefix(word));
    if let Some(most) = most {
        return Some(format!("..{}", number(most)?));
    }
    let least = [">=", "min", "≥"].iter().find_map(|word| inside.strip_prefix(word));
    Some(format!("{}..", number(least?)?))
}
