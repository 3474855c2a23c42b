//! Values of an enum that other languages write so, and that would be other texts on the wire than they are meant to be.

use super::super::reader::shown;
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::yaml::{Entry, Node, Style};

/// The text of a value without quotes.
fn plain(item: &Node) -> Option<&str> {
    let scalar = item.as_scalar().filter(|it| it.style == Style::Plain)?;
    Some(scalar.text.as_str())
}

/// `[red = 1, green = 2]`, `[0..5]`, `[true, false]` and `[:red, :green]`.
pub(super) fn list(node: &Node, items: &[Node]) -> Option<Diagnostic> {
    let texts: Vec<&str> = items.iter().map(plain).collect::<Option<_>>()?;
    let first = texts.first()?;
    let error = |message: String| Diagnostic::error(&codes::ENUM_REVERSED, items[0].span, message);
    if texts.len() == 2 && texts.iter().all(|text| matches!(*text, "true" | "false")) {
        return Some(
            error("an enum of `true` and `false` has texts".to_owned())
                .label("both would stand in quotes on the wire")
                .help(
                    "true or false is a `boolean`; in a text it is `{ type: boolean, as: string }`",
                ),
        );
    }
    if let ([range], Some((least, most))) = (texts.as_slice(), first.split_once(".."))
        && [least, most].iter().all(|bound| bound.trim_matches('.').parse::<i64>().is_ok())
    {
        let ty = format!("int32({least}..{})", most.trim_matches('.'));
        return Some(
            error(format!("`{}` would be a text on the wire", shown(range)))
                .label("the only value of this enum")
                .help(format!("whole numbers in a row are a type: `{ty}`")),
        );
    }
    if let Some(assigned) = texts.iter().map(|text| assigned(text)).collect::<Option<Vec<_>>>() {
        let mended: Vec<String> = assigned
            .iter()
            .map(|(name, value)| match value.parse::<i64>() {
                Ok(_) => format!("{value}: {name}"),
                Err(_) => flow_text(value),
            })
            .collect();
        let numbers = assigned.iter().all(|(_, value)| value.parse::<i64>().is_ok());
        let (open, close) = if numbers { ("{ ", " }") } else { ("[", "]") };
        let mended = format!("{open}{}{close}", mended.join(", "));
        return Some(
            error(format!("`{}` would be what stands on the wire", shown(first)))
                .help(format!("what is sent stands first, or alone: `enum: {}`", shown(&mended)))
                .patch(node.span, mended),
        );
    }
    // `:red`, of one value or all of them.
    let symbols: Vec<&str> = texts.iter().filter_map(|text| text.strip_prefix(':')).collect();
    if symbols.len() > 1 && symbols.len() == texts.len() {
        let mended = format!("[{}]", symbols.join(", "));
        return Some(
            Diagnostic::error(
                &codes::BAD_NAME,
                items[0].span,
                format!("`{}` would be what stands on the wire", shown(first)),
            )
            .help(format!(
                "write `enum: {}`; values that are meant so are put in quotes",
                shown(&mended)
            ))
            .patch(node.span, mended),
        );
    }
    None
}

/// `red = 1`
fn assigned(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let is_word = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    let bare = value.trim_matches(['"', '\'']);
    (is_word(name) && is_word(bare)).then_some((name, bare))
}

/// `{ red: red, green: green }` and `{ values: [red, green] }`.
pub(super) fn mapping(node: &Node, entries: &[Entry]) -> Option<Diagnostic> {
    if let Some(values) = entries.iter().find(|entry| entry.key.value == "values") {
        let beside = |entry: &Entry| matches!(entry.key.value.as_str(), "values" | "type" | "name");
        let items = values.value.as_sequence().filter(|_| entries.iter().all(beside))?;
        let listed: Vec<String> = items
            .iter()
            .map(|item| Some(flow_text(&item.as_scalar()?.text)))
            .collect::<Option<_>>()?;
        let mended = format!("[{}]", listed.join(", "));
        return Some(
            Diagnostic::error(
                &codes::WRONG_KIND,
                values.value.span,
                "`values` would be a value itself, and has a list",
            )
            .help(format!("values are listed alone: `enum: {}`", shown(&mended)))
            .patch(node.span, mended),
        );
    }
    let same = |entry: &Entry| plain(&entry.value).is_some_and(|text| text == entry.key.value);
    if entries.is_empty() || !entries.iter().all(same) {
        return None;
    }
    let listed: Vec<String> = entries.iter().map(|entry| flow_text(&entry.key.value)).collect();
    let mended = format!("[{}]", listed.join(", "));
    let first = &entries[0];
    Some(
        Diagnostic::error(
            &codes::ENUM_REVERSED,
            first.key.span.to(first.value.span),
            format!("the documentation of `{}` is the value again", shown(&first.key.value)),
        )
        .help(format!(
            "values of which there is nothing to say are listed: `enum: {}`",
            shown(&mended)
        ))
        .patch(node.span, mended),
    )
}
