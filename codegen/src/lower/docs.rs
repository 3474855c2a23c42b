//! Documentation of items, and the sources they come from.

use std::collections::BTreeMap;

use crate::ast::{Origin, SourceEntry, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Link};
use crate::names;
use crate::parse::shown;

/// The entries of `sources:`, by name.
pub(super) struct Sources<'s> {
    by_name: BTreeMap<&'s str, &'s SourceEntry>,
}

impl<'s> Sources<'s> {
    pub(super) fn new(specification: &'s Specification, diagnostics: &mut Diagnostics) -> Self {
        let mut by_name: BTreeMap<&str, &SourceEntry> = BTreeMap::new();
        for source in &specification.sources {
            if let Some(first) = by_name.insert(&source.name.value, source) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_ITEM,
                        source.name.span,
                        format!("the source `{}` is defined twice", source.name.value),
                    )
                    .related(first.name.span, "first defined here"),
                );
            }
        }
        Self { by_name }
    }

    /// The documentation of an item.
    pub(super) fn docs(
        &self,
        text: Option<&Text>,
        origin: &Origin,
        diagnostics: &mut Diagnostics,
    ) -> Docs {
        Docs {
            text: text.map(|text| text.value.clone()),
            source: origin.from.as_ref().and_then(|from| self.link(from, diagnostics)),
            sdk: origin.sdk.as_ref().map(|sdk| sdk.value.clone()),
            assumed: origin.assumed.as_ref().map(|assumed| assumed.value.clone()),
            ..Docs::default()
        }
    }

    /// `SOURCE TEXT`
    fn link(&self, from: &Text, diagnostics: &mut Diagnostics) -> Option<Link> {
        let (name, text) = from.value.split_once(' ').unwrap_or((&from.value, ""));
        let span = crate::type_expr::part(from.span, &from.value, 0, name.len());
        let Some(source) = self.by_name.get(name) else {
            let mut diagnostic = Diagnostic::error(
                &codes::UNKNOWN_SOURCE,
                span,
                format!("there is no source `{}`", shown(names::short(name))),
            )
            .label("expected the name of an entry of `sources`");
            // A used file knows its own sources alone, by their own names.
            let file = |name: &str| name.len() - names::short(name).len();
            let near =
                self.by_name.keys().copied().filter(|it| it[..file(it)] == name[..file(name)]);
            let name = names::short(name);
            // `docs:users` and `docs/users`
            let joined = near.clone().map(names::short).find_map(|known| {
                let rest = name.strip_prefix(known)?.trim_start_matches([':', '/', '#', '.']);
                (!rest.is_empty() && text.is_empty()).then(|| format!("{known} {rest}"))
            });
            diagnostic = match diagnostics.nearest(name, near.map(names::short)) {
                _ if let Some(meant) = joined => diagnostic
                    .help(format!("a blank stands behind the source: `from: {}`", shown(&meant)))
                    .patch(span, meant),
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(span, near),
                None if name.contains("://") => diagnostic.help(
                    "name the source, `from: docs users`, and say its address once: \
                     `sources: { docs: { url: \"https://developers.example.com/{}\" } }`",
                ),
                None => diagnostic
                    .help(format!("list it: `sources: {{ {}: {{ title: … }} }}`", shown(name))),
            };
            diagnostics.push(diagnostic);
            return None;
        };
        let title = source.title.as_ref().map_or(name, |title| title.value.as_str());
        Some(Link {
            title: if text.is_empty() { title.to_owned() } else { format!("{title}, {text}") },
            url: source.url.as_ref().map(|url| url.value.replace("{}", text)),
            checked: source.checked.as_ref().map(|checked| checked.value.clone()),
        })
    }
}
