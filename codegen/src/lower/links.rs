//! Links: addresses in answers that lead to a method.

use super::models::Registry;
use super::types::POISONED;
use crate::ast::{FieldItem, Method, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{Group, Type};
use crate::parse::shown;
use crate::source::Span;

impl Registry<'_> {
    /// `link<users.get>`, by what stands between the angles.
    pub(super) fn link(&mut self, method: &TypeExpr, diagnostics: &mut Diagnostics) -> Type {
        let name = match &method.kind {
            TypeKind::Poisoned => return POISONED,
            TypeKind::Name { name, arguments } if arguments.is_empty() => name.as_str(),
            _ => "",
        };
        let Some(target) = self.method(name) else {
            diagnostics.push(self.unknown(name, method.span));
            return POISONED;
        };
        if let Some((span, message)) = obstacle(target) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_LINK,
                    method.span,
                    format!("a link cannot lead to `{}`", shown(name)),
                )
                .label(message)
                .related(span, "this")
                .help("what an address alone cannot say is a `url`, and a call of the method"),
            );
            return POISONED;
        }
        self.links = true;
        Type::Link(target.name.value.clone())
    }

    fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            &codes::BAD_LINK,
            span,
            format!("there is no method `{}`", shown(name)),
        );
        match nearest(name, self.methods().map(|method| method.name.value.as_str())) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(span, near),
            None => diagnostic.help("a link names its method: `link<users.get>`"),
        }
    }
}

/// What a method sends that an address cannot hold.
fn obstacle(method: &Method) -> Option<(Span, &'static str)> {
    if let Some(body) = &method.body {
        return Some((body.span(), "it has a body"));
    }
    let always = |items: &[FieldItem]| {
        items.iter().find_map(|item| match item {
            FieldItem::Member(member) if !member.optional => Some(member.wire.span),
            _ => None,
        })
    };
    if let Some(span) = always(&method.headers) {
        return Some((span, "it always sends a header"));
    }
    always(&method.cookies).map(|span| (span, "it always sends a cookie"))
}

/// Where links are followed, the client has a method of that name.
pub(super) fn check(registry: &Registry<'_>, groups: &[Group], diagnostics: &mut Diagnostics) {
    let taken = |group: &&Group| registry.links && group.ident == "follow";
    for group in groups.iter().filter(taken) {
        let first = registry.methods().find(|method| {
            method.name.value.split_once('.').is_some_and(|(name, _)| name == group.name)
        });
        if let Some(method) = first {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_NAME,
                    method.name.span,
                    format!("a group cannot be called `{}`", shown(&group.name)),
                )
                .label("clients follow links by this name"),
            );
        }
    }
}
