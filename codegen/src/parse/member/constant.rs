//! What stands beside the value of a member that is always sent, or in it.

use super::super::{choice, reader};
use crate::ast::{Member, TypeKind};
use crate::diag::{Diagnostic, codes};
use crate::format::{flow, flow_text};
use crate::names;
use crate::source::Span;
use crate::yaml::Node;

/// `{ const: item -- The kind. }`: documentation that would be a part of the value.
pub(super) fn documented(member: &mut Member, node: &Node) -> Option<Diagnostic> {
    let value = [&mut member.constant, &mut member.default].into_iter().flatten();
    let text = value.into_iter().find(|text| text.value.contains(" -- "))?;
    let (value, doc) = text.value.split_once(" -- ")?;
    let (key, value, doc) = (text.value.clone(), value.trim().to_owned(), doc.trim().to_owned());
    let span = text.span;
    let found = Diagnostic::error(
        &codes::BAD_CONSTANT,
        span,
        format!("the documentation in `{}` would be a part of the value", reader::shown(&key)),
    );
    let entries = node.as_mapping().filter(|all| all.iter().all(|it| it.key.value != "doc"))?;
    let written = entries.iter().map(|it| match it.value.span == span {
        true => format!("{}: {}", it.key.value, flow_text(&value)),
        false => format!("{}: {}", it.key.value, flow(&it.value)),
    });
    let written: Vec<String> = written.chain([format!("doc: {}", flow_text(&doc))]).collect();
    let mended = format!("{{ {} }}", written.join(", "));
    text.value = value;
    Some(
        found
            .help(format!("it stands in `doc`: `{}`", reader::shown(&mended)))
            .patch(node.span, mended),
    )
}

/// What says that a member is not sent, where it is always sent with one value.
pub(super) fn beside(member: &Member) -> Option<Diagnostic> {
    let constant = member.constant.as_ref()?;
    let name = reader::shown(&member.wire.value);
    let error = |place: Span, message: String| {
        Diagnostic::error(&codes::BAD_CONSTANT, place, message)
            .related(constant.span, "always sent with this value")
    };
    if let Some(default) = &member.default {
        let found = error(default.span, format!("the constant `{name}` has a default"));
        return Some(found.help("a default is for what is not sent: leave one of the two out"));
    }
    member.optional.then(|| {
        error(member.wire.span, format!("the constant `{name}` cannot be absent"))
            .help(sent_at_times(member, &constant.value))
    })
}

/// How a member is written that has one value, where it is there. Whether it is sent is up to the app, so that
/// nothing can be left out here for it.
fn sent_at_times(member: &Member, value: &str) -> String {
    let wire = &member.wire.value;
    if let TypeKind::Name { name, arguments } = &member.ty.kind
        && name != "string"
        && arguments.is_empty()
    {
        let written = format!("{wire}?: {name}");
        return format!("what is sent at times the app says: `{}`", reader::shown(&written));
    }
    match names::type_name(wire) {
        Some(name) => format!(
            "what is sent at times, with this value only, is a choice of one: {}",
            choice::named(&name, &[value], &format!("{wire}?: {name}"))
        ),
        None => "what is sent at times, with this value only, is an enum of one value".to_owned(),
    }
}
