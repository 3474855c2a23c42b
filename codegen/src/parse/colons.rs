//! Faults of the YAML of which only the language says what is meant: colons where a text has none (`http: GET: /users`,
//! `returns: 201: User`), which quotes would not mend, and members of a model without `fields`.

use super::reader::shown;
use super::route::VERBS;
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::schema::table;
use crate::source::Span;
use crate::yaml::lexical;

/// The fault, with what is meant by the text in place of quotes around it.
pub(super) fn meant(fault: Diagnostic, text: &str) -> Diagnostic {
    if *fault.code == codes::INDENTATION {
        return without_fields(fault, text);
    }
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

/// Members below a key of a model that has its value already, where `fields:` is missing between the two.
fn without_fields(fault: Diagnostic, text: &str) -> Diagnostic {
    let Some((above, _)) = fault.related.first() else { return fault };
    let (at, above) = (fault.span.start as usize, above.start as usize);
    let (line, indent) = (lexical::line_start(text, at), lexical::indent(text, above));
    let source =
        |at: usize| text[lexical::line_start(text, at)..lexical::line_end(text, at)].trim();
    let key = source(above).split(':').next().unwrap_or_default();
    let is_known = |key: &str| {
        let kind = table::kind("a model");
        kind.is_some_and(|kind| kind.keys.iter().any(|(known, ..)| *known == key))
    };
    let member = source(at).split(':').next().unwrap_or_default();
    let is_own = is_known(key) && !["type", "like"].contains(&key) && !is_known(member);
    // The lines around it, from the inside: a model, and `models`.
    let around: Vec<&str> = parents(text, above).map(source).collect();
    let of_model = matches!(around.as_slice(), [_, "models:"]);
    if !is_own || !of_model || lexical::indent(text, at) <= indent || !source(at).contains(": ") {
        return fault;
    }
    let start = u32::try_from(line).unwrap_or(fault.span.start);
    let place = Span::new(fault.span.file, start, start);
    let message = format!("`fields:` is missing before `{}`", shown(member));
    let found = Diagnostic::error(&codes::INDENTATION, fault.span, message)
        .help("the members of a model stand below `fields:`");
    found.patch(place, format!("{}fields:\n", " ".repeat(indent)))
}

/// The lines around one that are indented less, from the inside.
fn parents(text: &str, at: usize) -> impl Iterator<Item = usize> {
    let mut least = lexical::indent(text, at);
    let mut line = lexical::line_start(text, at);
    std::iter::from_fn(move || {
        while line > 0 && least > 0 {
            line = lexical::line_start(text, line - 1);
            let source = &text[line..lexical::line_end(text, line)];
            let indent = lexical::indent(text, line);
            let says = !source.trim().is_empty() && !source.trim_start().starts_with('#');
            if says && indent < least {
                least = indent;
                return Some(line);
            }
        }
        None
    })
}

fn is_status(text: &str) -> bool {
    text.len() == 3 && text.parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
}
