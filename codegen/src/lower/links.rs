//! Links: addresses in answers that lead to a method.

use super::models::Registry;
use super::types::POISONED;
use crate::ast::{FieldItem, Method, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Group, Type};
use crate::parse::shown;
use crate::source::Span;
use std::collections::BTreeMap;

impl<'s> Registry<'s> {
    /// `link<users.get>`, by what stands between the angles.
    pub(super) fn link(&mut self, method: &TypeExpr, diagnostics: &mut Diagnostics) -> Type {
        let name = match &method.kind {
            TypeKind::Poisoned => return POISONED,
            TypeKind::Name { name, arguments } if arguments.is_empty() => name.as_str(),
            _ => "",
        };
        let Some(target) = self.method(name) else {
            let unknown = self.unknown(name, method.span, diagnostics);
            diagnostics.push(unknown);
            return POISONED;
        };
        self.links.push((method.span, target));
        Type::Link(target.name.value.clone())
    }

    fn unknown(&self, name: &str, span: Span, found: &Diagnostics) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            &codes::BAD_LINK,
            span,
            format!("there is no method `{}`", shown(name)),
        );
        match found.nearest(name, self.methods().map(|method| method.name.value.as_str())) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(span, near),
            None => diagnostic.help("a link names its method: `link<users.get>`"),
        }
    }

    /// What a method sends that an address cannot hold.
    fn obstacle(&mut self, method: &'s Method) -> Option<(Span, &'static str)> {
        if let Some(body) = &method.body {
            return Some((body.span(), "it has a body"));
        }
        if let Some(span) = self.always(&method.headers) {
            return Some((span, "it always sends a header"));
        }
        self.always(&method.cookies).map(|span| (span, "it always sends a cookie"))
    }

    /// The first member that is always sent. A constant is, even where `optional` loosens it.
    fn always(&mut self, items: &'s [FieldItem]) -> Option<Span> {
        // What is wrong with the members was said where the method was lowered.
        let members = self.flatten(items, &mut Diagnostics::default());
        let always = members.iter().find(|flat| !flat.optional || flat.member.constant.is_some());
        always.map(|flat| flat.member.wire.span)
    }
}

/// Links lead to methods that send nothing else than an address, and where links are followed, the
/// client has a method of that name.
///
/// What a method sends may come from models, and models have links, so that this waits until the
/// members of all models are known.
pub(super) fn check(registry: &mut Registry<'_>, groups: &[Group], diagnostics: &mut Diagnostics) {
    let mut links = registry.links.clone();
    // Models that are given types are read more than once.
    links.sort_by_key(|(span, _)| *span);
    links.dedup_by_key(|(span, _)| *span);
    let mut obstacles = BTreeMap::new();
    for (span, target) in links {
        let name = target.name.value.as_str();
        let obstacle = *obstacles.entry(name).or_insert_with(|| registry.obstacle(target));
        if let Some((place, message)) = obstacle {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_LINK,
                    span,
                    format!("a link cannot lead to `{}`", shown(name)),
                )
                .label(message)
                .related(place, "this")
                .help("what an address alone cannot say is a `url`, and a call of the method"),
            );
        }
    }
    let taken = |group: &&Group| !registry.links.is_empty() && group.ident == "follow";
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
