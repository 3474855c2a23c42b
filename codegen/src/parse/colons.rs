//! Colons where a text has none: `http: GET: /users`, `returns: 201: User`. To YAML they are texts without quotes, and
//! quotes would not mend them.

use super::reader::shown;
use super::route::VERBS;
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::yaml::lexical;

/// The fault, with what is meant by the text in place of quotes around it.
pub(super) fn meant(fault: Diagnostic, text: &str) -> Diagnostic {
    if *fault.code != codes::COLON_IN_TEXT {
        return fault;
    }
    let Some(patch) = &fault.patch else { return fault };
    let place = patch.span;
    let whole = text.get(place.start as usize..place.end as usize).unwrap_or_default();
    let before = &text[lexical::line_start(text, place.start as usize)..place.start as usize];
    let Some((head, rest)) = whole.split_once(": ") else { return fault };
    let (head, rest) = (head.trim(), rest.trim());
    let key = before.trim_end().trim_end_matches(':').rsplit([' ', '{', ',']).next();
    let mended = match key {
        Some("http") if VERBS.contains(&head) && rest.starts_with('/') => {
            flow_text(&format!("{head} {rest}"))
        }
        Some("returns") if is_status(head) && !rest.contains(": ") => {
            format!("{{ {head}: {} }}", flow_text(rest))
        }
        // `provider: name: punt`
        Some(key) if OF_MAPPINGS.contains(&key) && is_word(head) && !rest.contains([':', '{']) => {
            format!("{{ {head}: {} }}", flow_text(rest))
        }
        // A comma that is another sign.
        _ if in_braces(before) && torn(whole).is_some() => torn(whole).unwrap_or_default(),
        _ => return fault,
    };
    fault.help(format!("did you mean `{}`?", shown(&mended))).patch(place, mended)
}

/// Keys whose value is a mapping, of which none is a section.
const OF_MAPPINGS: [&str; 9] = [
    "provider",
    "servers",
    "idempotency",
    "retry",
    "event",
    "id",
    "ping",
    "paginate",
    "transaction",
];

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

fn in_braces(before: &str) -> bool {
    before.matches('{').count() > before.matches('}').count()
}

/// `GET /users; returns: User`, with the comma that is meant.
fn torn(text: &str) -> Option<String> {
    let (value, rest) = text.split_once("; ")?;
    let (key, behind) = rest.split_once(": ")?;
    let fits = is_word(key) && !behind.contains([':', ';', '{', ',']) && !value.contains(": ");
    fits.then(|| format!("{}, {key}: {}", flow_text(value), flow_text(behind)))
}

fn is_status(text: &str) -> bool {
    text.len() == 3 && text.parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
}
