//! Texts that are more than a word: ways to a member, and sentences.

use super::{Keys, shown, text};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::yaml::{Node, Style};

impl Keys<'_> {
    /// The text of `key`: names of members with dots between them.
    pub(crate) fn way(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Text> {
        way(key, self.node(key, diagnostics)?, diagnostics)
    }

    /// The texts of `key`, each of which is a way.
    pub(crate) fn ways(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Text> {
        let items = self.peek(key).and_then(|entry| entry.value.as_sequence()).unwrap_or_default();
        let list = self.texts(key, diagnostics);
        let read = |text: Text| match items.iter().find(|item| item.span == text.span) {
            Some(item) => way(key, item, diagnostics),
            None => Some(text),
        };
        list.into_iter().filter_map(read).collect()
    }

    /// The text of `key`, which tells readers something; `example` is one.
    pub(crate) fn sentence(
        &mut self,
        key: &'static str,
        example: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        let text = self.text(key, diagnostics)?;
        if matches!(text.value.as_str(), "true" | "false" | "yes" | "no") {
            diagnostics.push(
                Diagnostic::error(
                    &codes::WRONG_KIND,
                    text.span,
                    format!("`{key}` is a sentence, found `{}`", text.value),
                )
                .help(format!("say it to readers: `{key}: {example}`")),
            );
        }
        Some(text)
    }
}

/// A text that leads to a member.
pub(in crate::parse) fn way(key: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Text> {
    let names = node.as_sequence().and_then(in_a_list);
    let way = match &names {
        Some(names) => Text { value: names.clone(), span: node.span },
        None => text(key, node, diagnostics)?,
    };
    let quoted = node.as_scalar().is_some_and(|scalar| scalar.style != Style::Plain);
    if !quoted && matches!(way.value.as_str(), "true" | "false" | "yes" | "no") {
        let found = format!("`{key}` names a member, found `{}`", way.value);
        diagnostics.push(
            Diagnostic::error(&codes::WRONG_KIND, way.span, found)
                .label("expected the names of members, with dots between them")
                .help(format!("say which member it is, as in `{key}: data`, or leave `{key}` out")),
        );
        return None;
    }
    if names.is_none() && is_way(&way.value, quoted) {
        return Some(way);
    }
    let found = match node.as_scalar() {
        None => "the names of members stand in a list".to_owned(),
        Some(scalar) => format!("`{}` is no way to a member", shown(&scalar.text)),
    };
    let found = Diagnostic::error(&codes::WRONG_KIND, way.span, found)
        .label("expected the names of members, with dots between them");
    diagnostics.push(match plain(&way.value) {
        _ if compares(&way.value) => found.help(
            "a way leads to a member, and compares nothing: an error is there where anything but null and an empty \
             text stands, as in `when: error.code`",
        ),
        Meant::Way(way_out) => found
            .help(format!("did you mean `{}`?", shown(&way_out)))
            .patch(way.span, in_quotes(&way_out)),
        Meant::Item(list) if key == "at" => found.help(format!(
            "the first of a list is `{{ at: {}, type: User, first: true }}`; all of them are a `list<User>`",
            shown(&list)
        )),
        Meant::Item(_) => found.help("a way leads over members, and into no list"),
        Meant::Inside => found.help("a way leads over members, and into no list"),
        Meant::Top => found.help(format!("leave `{key}` out: what is at the top needs no way")),
        Meant::Nothing => found.help("as in `data.users`"),
    });
    None
}

/// `[data, users]`, as a way.
fn in_a_list(items: &[Node]) -> Option<String> {
    let names: Option<Vec<&str>> =
        items.iter().map(|item| Some(item.as_scalar()?.text.as_str())).collect();
    names.filter(|names| !names.is_empty()).map(|names| names.join("."))
}

/// Whether a text is names with dots between them. In quotes a name may have a blank or a slash, or be a number.
fn is_way(way: &str, quoted: bool) -> bool {
    let is_name = |name: &str| {
        let number = name.bytes().all(|byte| byte.is_ascii_digit());
        !name.is_empty()
            && name == name.trim()
            && !name.contains(['[', ']', '*', '>'])
            && (quoted || !name.contains(['(', ')', '=', '!', '<', '{', '}']))
            && !name.ends_with('?')
            && (quoted || !name.contains([' ', '/']) && !number)
    };
    !way.starts_with('/') && way != "$" && way.split('.').all(is_name) && !way.starts_with("$.")
}

/// What is meant by a text that is no way.
enum Meant {
    Way(String),
    /// An item of the list to which this leads.
    Item(String),
    /// A member of an item.
    Inside,
    /// The whole of it.
    Top,
    Nothing,
}

/// A way as others write it, `$.meta.next`, `/meta/next`, `meta?.next` and `meta["next"]`, in dots alone.
fn plain(way: &str) -> Meant {
    let dotted = way
        .trim_start_matches('$')
        .replace("->", ".")
        .replace("[*]", ".")
        .replace(['(', ')', '{', '}'], ".")
        .replace(['/', '>', ' ', '[', ']', '"', '\'', '?'], ".");
    let names: Vec<&str> = dotted.split('.').filter(|name| !name.is_empty()).collect();
    let is_index =
        |name: &&str| name.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    let joined = names.join(".");
    match names.iter().position(is_index) {
        None if names.is_empty() && way.is_empty() => Meant::Nothing,
        None if names.is_empty() => Meant::Top,
        Some(0) => Meant::Nothing,
        Some(at) if at + 1 == names.len() => Meant::Item(names[..at].join(".")),
        Some(_) => Meant::Inside,
        None if joined.contains('*') => Meant::Nothing,
        None => Meant::Way(joined),
    }
}

/// Whether a text is a condition: `ok == false`.
fn compares(way: &str) -> bool {
    ["==", "!=", " = ", "<", " is ", " not ", "!"].iter().any(|sign| way.contains(sign))
}

/// A text with quotes where it would be something else without.
fn in_quotes(way: &str) -> String {
    if way.starts_with('@') { format!("\"{way}\"") } else { way.to_owned() }
}
