//! `pagers:` and `paginate:`

use super::reader::{self, Keys, shown};
use crate::ast::{CursorPath, Pager, PagerStyle, Paginate, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::flow;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};

pub(super) const STYLES: [&str; 5] = ["offset", "page", "cursor", "link-header", "next-url"];

/// Reads all pagers.
pub(super) fn pagers(
    entries: &[Entry],
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    if let Some(found) = unnamed(entries) {
        diagnostics.push(found);
        diagnostics.lost.all_of("pagers");
        return;
    }
    for entry in entries {
        match pager(entry, diagnostics) {
            Some(pager) => specification.pagers.push(pager),
            None => diagnostics.lost.name(&entry.key.value, Some(entry.key.span)),
        }
    }
}

/// `pagers: { style: cursor, … }`, one pager without a name.
fn unnamed(entries: &[Entry]) -> Option<Diagnostic> {
    let first = entries.first()?;
    let style = entries.iter().find(|entry| entry.key.value == "style")?;
    style.value.as_scalar()?;
    let found = Diagnostic::error(&codes::WRONG_KIND, first.key.span, "a pager has a name")
        .label("a key of a pager")
        .help("put it one level deeper, below the name that methods say: `paginate: pages`");
    Some(reader::below(found, "pages", entries))
}

/// Reads an entry of `pagers:`
fn pager(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Pager> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("a pager", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    let mut pager = Pager {
        name: entry.key.clone(),
        style: None,
        limit: None,
        size: None,
        short: None,
        more: None,
        items: None,
    };
    let Some(style) = keys.text("style", diagnostics) else {
        let stated = ["offset", "page", "cursor"].into_iter().find(|key| keys.has(key));
        let help = match stated {
            Some(style) => format!("say which it is: `style: {style}`"),
            None => format!("styles are {}", super::quoted_list(&STYLES)),
        };
        keys.missing("style", entry.key.span, &help);
        unclear(keys, diagnostics);
        return Some(pager);
    };
    if !STYLES.contains(&style.value.as_str()) {
        diagnostics.push(unknown_style(&style));
        unclear(keys, diagnostics);
        return Some(pager);
    }
    // A style is asked only for its own keys, so that those of another one are reported.
    pager.style = self::style(&style, &mut keys, entry, diagnostics);
    pager.limit = keys.text("limit", diagnostics);
    check_parameters(&pager, diagnostics);
    let swapped = size_or_limit(&style.value, &keys);
    let is_swapped = swapped.is_some();
    diagnostics.extend(swapped);
    pager.limit = pager.limit.filter(|limit| !is_swapped || !is_number(&limit.value));
    pager.items = keys.way("items", diagnostics);
    if matches!(style.value.as_str(), "offset" | "page") {
        let size = keys.text("size", diagnostics);
        let size = size.filter(|size| !is_swapped || is_number(&size.value));
        pager.size = size.and_then(|size| number("size", &size, diagnostics));
        // What a size is that cannot be read, nobody knows.
        let sized = pager.size.is_some() || !keys.meant("size");
        pager.short = end(&mut keys, diagnostics).filter(|_| sized);
    }
    if style.value != "link-header" {
        pager.more = keys.way("more", diagnostics);
    }
    keys.finish(diagnostics);
    Some(pager)
}

/// The names of the parameters, each of which asks for one thing.
fn check_parameters(pager: &Pager, diagnostics: &mut Diagnostics) {
    let (asks, back) = match &pager.style {
        Some(PagerStyle::Offset(parameter) | PagerStyle::Page { parameter, .. }) => {
            (Some(parameter), None)
        }
        Some(PagerStyle::Cursor { forth, back }) => {
            (Some(&forth.parameter), back.as_ref().map(|back| &back.parameter))
        }
        Some(PagerStyle::NextUrl(_) | PagerStyle::LinkHeader) | None => (None, None),
    };
    // Of a number in place of a limit it is told what it stands for.
    let is_name = |name: &&Text| name.value.parse::<u64>().is_err();
    let limit = pager.limit.as_ref().filter(is_name);
    for name in [asks, back, limit].into_iter().flatten() {
        reader::check_query_name(name, diagnostics);
    }
    let first = [asks, back].into_iter().flatten();
    if let Some(limit) = &pager.limit
        && let Some(first) = first.into_iter().find(|first| first.value == limit.value)
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PAGER,
                limit.span,
                format!("`{}` cannot say both where a page begins and how long it is", shown(&limit.value)),
            )
            .related(first.span, "the place of the page")
            .help("name the parameter with the size of a page, or leave `limit` out where the service has none"),
        );
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `size: per_page` and `limit: 50`: the parameter in place of the size, and the size in place of the parameter.
fn size_or_limit(style: &str, keys: &Keys<'_>) -> Option<Diagnostic> {
    let sized = matches!(style, "offset" | "page");
    let stated = |key: &str| {
        keys.peek(key).and_then(|entry| Some((entry, entry.value.as_scalar()?.text.as_str())))
    };
    let found = |entry: &Entry, message: String, other: &str, help: String| {
        let found = Diagnostic::error(&codes::BAD_PAGER, entry.value.span, message).help(help);
        if keys.has(other) || keys.has("end") { found } else { found.patch(entry.key.span, other) }
    };
    if let Some((entry, text)) = stated("size").filter(|(_, text)| sized && !is_number(text)) {
        let help = match text.contains(['_', '-'])
            || text.starts_with(char::is_uppercase)
            || text.len() > 3
        {
            true => format!("the parameter with the size of a page is `limit: {}`", shown(text)),
            false => {
                "write it in digits; the parameter with the size of a page is `limit`".to_owned()
            }
        };
        return Some(found(
            entry,
            format!("`size` is a number, found `{}`", shown(text)),
            "limit",
            help,
        ));
    }
    let (entry, text) = stated("limit").filter(|(_, text)| is_number(text))?;
    let message = format!("`limit` names a query parameter, found `{}`", shown(text));
    Some(match sized {
        true => {
            found(entry, message, "size", format!("how many items a page has is `size: {text}`"))
        }
        false => Diagnostic::error(&codes::BAD_PAGER, entry.value.span, message).help(
            "name the parameter, as in `limit: per_page`; leave it out where the service has none",
        ),
    })
}

/// Where nobody knows the style, keys of any are fine.
fn unclear(mut keys: Keys<'_>, diagnostics: &mut Diagnostics) {
    for key in [
        "offset", "page", "first", "cursor", "next", "last", "before", "limit", "items", "size",
        "end", "more",
    ] {
        keys.entry(key);
    }
    keys.finish(diagnostics);
}

fn style(
    style: &Text,
    keys: &mut Keys<'_>,
    entry: &Entry,
    diagnostics: &mut Diagnostics,
) -> Option<PagerStyle> {
    let mut required = |key, help: &str, keys: &mut Keys<'_>| {
        let text = match key {
            "next" => keys.way(key, diagnostics),
            _ => keys.text(key, diagnostics),
        };
        // What names the parameter in other words is told by itself.
        let elsewhere =
            key != "next" && ["param", "parameter", "key"].iter().any(|it| keys.has(it));
        if text.is_none() && !elsewhere {
            keys.missing(key, entry.key.span, help);
        }
        text
    };
    const PARAMETER: &str = "name the parameter by which pages are asked for";
    const NEXT: &str = "name the members of the answer that lead on: `next: meta.next`";
    Some(match style.value.as_str() {
        "offset" => PagerStyle::Offset(required("offset", PARAMETER, keys)?),
        "page" => {
            let parameter = required("page", PARAMETER, keys);
            let first = keys.text("first", diagnostics);
            let first = first.and_then(|first| number("first", &first, diagnostics));
            PagerStyle::Page { parameter: parameter?, first: first.map_or(1, |it| it.value) }
        }
        "cursor" => {
            let parameter = required("cursor", PARAMETER, keys);
            let last = keys.entry("last");
            let next = match last {
                Some(last) => in_last(last, keys, diagnostics),
                // Another way to write it is reported by itself.
                None if keys.meant("last") => None,
                None => required("next", NEXT, keys),
            };
            let back = match keys.node("before", diagnostics) {
                Some(node) => Some(back(node, diagnostics)?),
                None if keys.meant("before") => return None,
                None => None,
            };
            let forth = CursorPath { parameter: parameter?, next: next?, in_last: last.is_some() };
            PagerStyle::Cursor { forth, back }
        }
        "next-url" => PagerStyle::NextUrl(required("next", NEXT, keys)?),
        _ => PagerStyle::LinkHeader,
    })
}

/// `last: id`, in place of `next`.
fn in_last(entry: &Entry, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Text> {
    if let Some(next) = keys.entry("next") {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PAGER,
                entry.key.span,
                "a cursor is a member of the answer or of the last item, and not both",
            )
            .related(next.key.span, "the member of the answer")
            .help("`next` is for services that say the cursor, `last` for those that go on behind an item"),
        );
        return None;
    }
    reader::way("last", reader::present(entry, diagnostics)?, diagnostics)
}

/// `before: { cursor: "page[before]", next: meta.beforeCursor }`
fn back(node: &Node, diagnostics: &mut Diagnostics) -> Option<CursorPath> {
    let mut keys = Keys::open("before", node, diagnostics)?;
    let parameter = keys.text("cursor", diagnostics);
    let next = keys.way("next", diagnostics);
    for (key, there) in [("cursor", parameter.is_some()), ("next", next.is_some())] {
        if !there {
            keys.missing(key, node.span, "as the pager itself has");
        }
    }
    keys.finish(diagnostics);
    Some(CursorPath { parameter: parameter?, next: next?, in_last: false })
}

/// Where `end: short` stands.
fn end(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<crate::source::Span> {
    let end = keys.text("end", diagnostics)?;
    match end.value.as_str() {
        "short" => Some(end.span),
        "empty" => None,
        other => {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_PAGER,
                    end.span,
                    format!("`end` is `short` or `empty`, found `{}`", shown(other)),
                )
                .help("pages end with one that is shorter than asked for, or with an empty one"),
            );
            None
        }
    }
}

fn number(key: &str, text: &Text, diagnostics: &mut Diagnostics) -> Option<Spanned<u64>> {
    let number = text.value.parse().ok();
    if number.is_none() {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PAGER,
                text.span,
                format!("`{key}` is a number, found `{}`", shown(&text.value)),
            )
            .label("expected a whole number")
            .help(format!(
                "write it in digits: `{key}: {}`",
                if key == "first" { "0" } else { "100" }
            )),
        );
    }
    number.map(|number| Spanned::new(number, text.span))
}

fn unknown_style(style: &Text) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::BAD_PAGER,
        style.span,
        format!("`{}` is not a style of pages", shown(&style.value)),
    );
    let elsewhere = match style.value.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "token" | "keyset" | "after" | "continuation" | "pagetoken" | "nexttoken" => Some("cursor"),
        "link" | "links" | "header" | "rel" => Some("link-header"),
        "url" | "next" | "nextlink" | "odata" | "hal" => Some("next-url"),
        "pagenumber" | "number" | "pagebased" | "pages" => Some("page"),
        "limitoffset" | "offsetlimit" | "skip" | "skiptake" => Some("offset"),
        _ => None,
    };
    // `cursor-based`, `offset_pagination`
    let head = style.value.split(['-', '_', ' ']).next().unwrap_or_default().to_ascii_lowercase();
    let of_head = || STYLES.into_iter().find(|known| *known == head);
    match elsewhere.or_else(|| nearest(&style.value, STYLES)).or_else(of_head) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(style.span, near),
        None => diagnostic.help(format!("styles are {}", super::quoted_list(&STYLES))),
    }
}

/// Reads `paginate:`, the name of a pager or a mapping with more.
pub(super) fn paginate(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Paginate> {
    let node = keys.node("paginate", diagnostics)?;
    if !matches!(node.value, Value::Mapping(_)) {
        let pager = reader::text("paginate", node, diagnostics)?;
        return Some(Paginate { pager, back: None, items: None });
    }
    if node.get("style").is_some() && node.get("use").is_none() {
        let written = format!("pagers: {{ pages: {} }}", flow(node));
        diagnostics.push(
            Diagnostic::error(&codes::WRONG_KIND, node.span, "a pager stands in place of its name")
                .label("expected the name of an entry of `pagers`")
                .help(format!(
                    "describe it once, in `{}`, and say its name here: `paginate: pages`",
                    shown(&written)
                )),
        );
        return None;
    }
    let mut keys = Keys::open("paginate", node, diagnostics)?;
    let pager = keys.text("use", diagnostics);
    if pager.is_none() {
        keys.missing("use", node.span, "name an entry of `pagers`");
    }
    let direction = keys.text("direction", diagnostics);
    let back = direction.and_then(|direction| match direction.value.as_str() {
        "before" => Some(direction.span),
        "after" => None,
        other => {
            let found = Diagnostic::error(
                &codes::BAD_PAGER,
                direction.span,
                format!("`direction` is `after` or `before`, found `{}`", shown(other)),
            );
            let meant = match other {
                "back" | "backward" | "backwards" | "prev" | "previous" => Some("before"),
                "forward" | "forth" | "next" => Some("after"),
                _ => nearest(other, ["after", "before"]),
            };
            diagnostics.push(match meant {
                Some(meant) => {
                    found.help(format!("did you mean `{meant}`?")).patch(direction.span, meant)
                }
                None => found,
            });
            None
        }
    });
    let items = keys.way("items", diagnostics);
    keys.finish(diagnostics);
    Some(Paginate { pager: pager?, back, items })
}
