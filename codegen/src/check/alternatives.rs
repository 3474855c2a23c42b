//! Which of several alternatives an example shows.

use clientwright_wire::media;

use super::examples::{answer_attempt, answer_fits, body_attempt, body_fits};
use crate::ast::{Alternative as Stated, Example, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Alternative, AnswerVariant, Api, Content, Expected, Media};
use crate::parse::{quoted_list, shown};
use crate::yaml::Node;

/// The kind of answer that an example shows, where the media type tells which of several it is: the one
/// that it names, or the first that fits. Where there is none all of them stay.
pub(crate) fn answer<'m>(expected: Expected<'m>, example: &Example, api: &Api) -> Expected<'m> {
    let Expected::Any(kinds) = expected else { return expected };
    let fits = |node: &Node| {
        kinds.iter().position(|kind| {
            kind.value
                .as_ref()
                .is_some_and(|value| answer_fits(node, value, example.raw.response, api))
        })
    };
    let declared: Vec<&str> = kinds.iter().map(|kind| media_type(kind)).collect();
    let idents: Vec<&str> = kinds.iter().map(|kind| kind.ident.as_str()).collect();
    let node = example.response.as_ref();
    match chosen(example.response_as.as_ref(), &idents, &declared, || fits(node?)) {
        Some(index) => kinds[index].expected(),
        None => Expected::Any(kinds),
    }
}

/// The place of the body that an example shows: that which it names, or the first that fits.
pub(crate) fn body(declared: &[Alternative], example: &Example, api: &Api) -> Option<usize> {
    let fits = |node: &Node| {
        declared.iter().position(|one| body_fits(node, &one.body, example.raw.request, api))
    };
    let media: Vec<&str> = declared
        .iter()
        .map(|one| one.body.media().map_or("", |media| media.media_type()))
        .collect();
    let idents: Vec<&str> = declared.iter().map(|one| one.ident.as_str()).collect();
    let node = example.request.as_ref();
    chosen(example.request_as.as_ref(), &idents, &media, || fits(node?))
}

/// Reports an example of a body that is none of its alternatives; see [`no_answer`].
pub(super) fn no_body<'m>(
    declared: &'m [Alternative],
    example: &Example,
    node: &Node,
    api: &Api,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Alternative> {
    let is_raw =
        |one: &&Alternative| matches!(one.body.media(), Some(Media::Text(_) | Media::Bytes(_)));
    let meant: Vec<_> =
        declared.iter().filter(|one| is_raw(one) == node.as_scalar().is_some()).collect();
    if let ([one], None) = (meant.as_slice(), &example.request_as) {
        return Some(one);
    }
    let names: Vec<&str> = declared.iter().map(|one| one.ident.as_str()).collect();
    let tried = declared.iter().map(|one| body_attempt(node, &one.body, example.raw.request, api));
    diagnostics.push(
        none(example.request_as.as_ref(), &names, ("body", "request_as"), node)
            .rests_on(tried.flat_map(|attempt| attempt.rests())),
    );
    None
}

fn media_type(kind: &AnswerVariant) -> &str {
    kind.value.as_ref().map_or("", |value| value.content.media_type())
}

/// The place of the alternative that an example says it shows, or of the one that fits.
fn chosen(
    stated: Option<&Stated>,
    idents: &[&str],
    declared: &[&str],
    fits: impl FnOnce() -> Option<usize>,
) -> Option<usize> {
    match stated {
        Some(Stated::Named(name)) => idents.iter().position(|ident| *ident == name.value),
        Some(Stated::Media(kind)) => media::among(declared, &kind.value),
        None => fits(),
    }
}

/// Reports an example of an answer that is none of its alternatives. Where only one can be meant, that
/// one is handed back, for its mistakes to be told one by one.
pub(super) fn no_answer<'m>(
    kinds: &[&'m AnswerVariant],
    example: &Example,
    node: &Node,
    api: &Api,
    diagnostics: &mut Diagnostics,
) -> Option<&'m AnswerVariant> {
    let is_raw = |kind: &&&AnswerVariant| {
        let content = kind.value.as_ref().map(|value| &value.content);
        matches!(content, Some(Content::Text(_) | Content::Bytes { .. }))
    };
    let meant: Vec<_> =
        kinds.iter().filter(|kind| is_raw(kind) == node.as_scalar().is_some()).collect();
    if let ([one], None) = (meant.as_slice(), &example.response_as) {
        return Some(one);
    }
    let names: Vec<&str> = kinds.iter().map(|kind| kind.ident.as_str()).collect();
    let values = kinds.iter().filter_map(|kind| kind.value.as_ref());
    let tried = values.map(|value| answer_attempt(node, value, example.raw.response, api));
    diagnostics.push(
        none(example.response_as.as_ref(), &names, ("answer", "response_as"), node)
            .rests_on(tried.flat_map(|attempt| attempt.rests())),
    );
    None
}

/// What is wrong with an example that shows no alternative.
fn none(
    stated: Option<&Stated>,
    names: &[&str],
    (what, key): (&str, &str),
    node: &Node,
) -> Diagnostic {
    let known = quoted_list(names);
    match stated {
        Some(Stated::Named(name)) => unknown(name, names, what),
        Some(Stated::Media(kind)) => Diagnostic::error(
            &codes::EXAMPLE_ALTERNATIVE,
            kind.span,
            format!("no alternative of the {what} is `{}`", shown(&kind.value)),
        )
        .label(format!("alternatives are {known}")),
        None => Diagnostic::error(
            &codes::EXAMPLE_MISMATCH,
            node.span,
            format!("this is none of the alternatives of the {what}"),
        )
        .label(format!("expected one of {known}"))
        .help(format!(
            "say which one it is, to be told what is wrong with it: `{key}: {}`",
            names[0]
        )),
    }
}

fn unknown(name: &Text, names: &[&str], what: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::EXAMPLE_ALTERNATIVE,
        name.span,
        format!("the {what} has no alternative `{}`", shown(&name.value)),
    );
    match crate::diag::nearest(&name.value, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => diagnostic.help(format!("alternatives are {}", quoted_list(names))),
    }
}

/// Reports that an example without a body says which alternative it is.
pub(super) fn not_shown(
    stated: Option<&Stated>,
    names: &[&str],
    (what, key): (&str, &str),
    diagnostics: &mut Diagnostics,
) {
    let Some(Stated::Named(name)) = stated else { return };
    if !names.contains(&name.value.as_str()) {
        return diagnostics.push(unknown(name, names, what));
    }
    diagnostics.push(
        Diagnostic::error(
            &codes::EXAMPLE_ALTERNATIVE,
            name.span,
            format!("the example shows no {what} that could be `{}`", shown(&name.value)),
        )
        .help(format!("show it, `{key}: …`, or leave this out")),
    );
}

/// Reports that an example names an alternative where there is none.
pub(super) fn needless(stated: Option<&Stated>, what: &str, diagnostics: &mut Diagnostics) {
    if let Some(Stated::Named(name)) = stated {
        diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_ALTERNATIVE,
                name.span,
                format!("the {what} has no alternatives"),
            )
            .label("nothing to choose from"),
        );
    }
}
