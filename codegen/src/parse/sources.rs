//! `sources:`, and what comes from them.

use clientwright_wire::Date;

use super::reader::{self, Keys, shown};
use crate::ast::{SourceEntry, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::source::Span;
use crate::yaml::{Entry, Node};

/// An entry of `sources:`
pub(super) fn source(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<SourceEntry> {
    let node = reader::present(entry, diagnostics)?;
    let mut source = SourceEntry { name: entry.key.clone(), url: None, title: None, checked: None };
    check_name(&entry.key, diagnostics);
    // What cannot be read is there all the same.
    let Some(mut keys) = Keys::open("a source", node, diagnostics) else { return Some(source) };
    keys.allow(entry.key.span.to(node.span), diagnostics);
    source.url = keys.text("url", diagnostics);
    source.title = keys.text("title", diagnostics);
    // `Nov 1, 2026`, of which a comma makes two.
    source.checked = match keys.torn_rest("checked") {
        Some(parts) => Some(joined(&parts)),
        None => keys.text("checked", diagnostics),
    };
    diagnostics.extend(source.url.as_ref().and_then(bad_address));
    diagnostics.extend(source.checked.as_ref().and_then(bad_day));
    keys.finish(diagnostics);
    Some(source)
}

/// `from:` begins with the name of a source, which ends at a blank.
fn check_name(name: &Text, diagnostics: &mut Diagnostics) {
    if name.value.contains(' ') {
        let meant = name.value.split_whitespace().collect::<Vec<_>>().join("-");
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                name.span,
                format!("`{}` cannot be the name of a source", shown(&name.value)),
            )
            .label("in `from: SOURCE TEXT` a name ends at the first blank")
            .help(format!("did you mean `{}`?", shown(&meant)))
            .patch(name.span, meant),
        );
    }
}

/// What a link cannot be made of.
fn bad_address(url: &Text) -> Option<Diagnostic> {
    let text = url.value.as_str();
    let error = |label: &str| {
        Diagnostic::error(
            &codes::BAD_ADDRESS,
            url.span,
            format!("`{}` cannot be the address of a source", shown(text)),
        )
        .label(label)
    };
    let offered = |found: Diagnostic, meant: String| {
        found.help(format!("did you mean `{}`?", shown(&meant))).patch(url.span, flow_text(&meant))
    };
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else {
        let found = error("expected an address that begins with `https://`");
        let host = text.split('/').next().unwrap_or_default();
        let is_host = host.contains('.')
            && !host.starts_with('.')
            && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:".contains(c));
        return Some(match is_host {
            true => offered(found, format!("https://{text}")),
            false => found.help("leave `url` out where the source has none, and say its `title`"),
        });
    };
    if rest.is_empty() || rest.contains(char::is_whitespace) {
        return Some(error("an address has no blanks").help("write a blank as `%20`"));
    }
    const GAP: &str = "what a `from:` says goes to one place, `{}`";
    let gaps: Vec<&str> =
        rest.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0).collect();
    match gaps.as_slice() {
        [] if rest.contains("%s") && rest.matches("%s").count() == 1 => {
            Some(offered(error(GAP), text.replace("%s", "{}")))
        }
        all if all.iter().all(|name| name.is_empty()) => None,
        [name] => Some(offered(error(GAP), text.replace(&format!("{{{name}}}"), "{}"))),
        _ => Some(
            error(GAP)
                .help("what differs from page to page is one text: `https://docs.example.com/{}`"),
        ),
    }
}

/// What is no day of any calendar. Whether it has come yet is not asked: the same files are found the same tomorrow.
fn bad_day(day: &Text) -> Option<Diagnostic> {
    if day.value.parse::<Date>().is_ok() {
        return None;
    }
    let found = Diagnostic::error(
        &codes::WRONG_KIND,
        day.span,
        format!("`checked` is a day, found `{}`", shown(&day.value)),
    )
    .label("expected a day such as `2026-01-31`");
    Some(match day_meant(&day.value) {
        Some((meant, help)) => found.help(format!("{help}: `{meant}`")).patch(day.span, meant),
        None if is_written_well(&day.value) => found.help("there is no such day"),
        None => found.help("year, month and day, each with two digits at least"),
    })
}

/// Whether the digits stand where they belong.
fn is_written_well(day: &str) -> bool {
    day.len() == 10
        && day.char_indices().all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        })
}

/// A text of which commas have made several.
fn joined(parts: &[Text]) -> Text {
    let texts: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
    let span = parts.iter().map(|part| part.span).reduce(Span::to);
    Text { value: texts.join(", "), span: span.unwrap_or(parts[0].span) }
}

/// The number of a month that is called by its name, or by the beginning of it.
fn month(word: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word));
    at.map(|at| at + 1)
}

/// `Nov 1, 2026`, `1 November 2026`, in digits.
fn day_in_words(day: &str) -> Option<String> {
    let words = day.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let [first, second, third]: [&str; 3] = words.collect::<Vec<_>>().try_into().ok()?;
    let (of_month, numbers) = match (month(first), month(second)) {
        (Some(month), _) => (month, [second, third]),
        (_, Some(month)) => (month, [first, third]),
        _ => return None,
    };
    let [of_day, year] = if numbers[0].len() == 4 { [numbers[1], numbers[0]] } else { numbers };
    let of_day = of_day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Some(format!("{year}-{of_month:02}-{of_day:0>2}"))
}

/// The day that is meant, and why.
fn day_meant(day: &str) -> Option<(String, &'static str)> {
    let is_day = |day: &String| day.parse::<Date>().is_ok();
    if let Some(meant) = day_in_words(day).filter(is_day) {
        return Some((meant, "a day is written in digits"));
    }
    let plain = day.split(['T', ' ']).next().unwrap_or_default();
    let parts: [&str; 3] = plain.split(['.', '-', '/']).collect::<Vec<_>>().try_into().ok()?;
    let joined = |[year, month, day]: [&str; 3]| format!("{year:0>4}-{month:0>2}-{day:0>2}");
    let [first, second, third] = parts;
    if first.len() == 4 {
        let help =
            if plain == day { "each part has two digits at least" } else { "a day has no time" };
        return Some((joined(parts), help)).filter(|(day, _)| is_day(day));
    }
    Some((joined([third, second, first]), "the year comes first")).filter(|(day, _)| is_day(day))
}

/// `{ docs: orders }` and `[docs, orders]`, where the name of a source and a text belong.
pub(super) fn from_meant(node: &Node) -> Option<String> {
    let text = |node: &Node| node.as_scalar().map(|scalar| scalar.text.clone());
    let (source, rest) = match (node.as_sequence(), node.as_mapping()) {
        (Some([source, rest]), _) => (text(source)?, text(rest)?),
        (_, Some([only])) => (only.key.value.clone(), text(&only.value)?),
        _ => return None,
    };
    (!source.contains(' ')).then(|| format!("{source} {rest}"))
}
