//! A name that nobody knows, where a model that nothing else uses may be meant.

use super::unused;
use crate::ast::Specification;
use crate::diag::{Diagnostics, Patch, codes, nearest};
use crate::ir::{Api, Model};
use crate::parse::shown;
use crate::source::Span;

/// Offers the model that no method uses where only one name is unknown: one of them is called otherwise than it was.
pub(super) fn offer(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    if specification.methods.is_empty() {
        return;
    }
    let Some((unknown, places)) = diagnostics.only_subject(&codes::UNKNOWN_TYPE) else { return };
    let holds = |model: &&Model| !places.iter().any(|it| diagnostics.is_inside(*it, model.span));
    let unused: Vec<&Model> = unused::all(specification, api).filter(holds).collect();
    // A type of the language is no model by another name.
    let [first, others @ ..] = places.as_slice() else { return };
    if !unknown.starts_with(char::is_uppercase) {
        return;
    }
    let alike = |it: &&&Model| it.name.contains(&unknown) || unknown.contains(&it.name);
    let near = nearest(&unknown, unused.iter().map(|it| it.name.as_str()));
    let near = unused.iter().find(|it| near == Some(it.name.as_str()));
    let (meant, is_like) = match near.or_else(|| unused.iter().find(alike)) {
        Some(near) => (near, true),
        None if let [only] = unused.as_slice() => (only, false),
        None => return,
    };
    let name = meant.name.as_str();
    let (help, place, old, new) = match others {
        // One use of another word may as well be of a model that is still to be written.
        [] if !is_like => {
            let (name, unknown) = (shown(name), shown(&unknown));
            let help = format!(
                "define it: `models: {{ {unknown}: … }}`; or is it `{name}`, which nothing uses?"
            );
            return diagnostics.explain_all(&help, None);
        }
        [] => {
            let help = format!("did you mean `{}`? nothing else uses that model", shown(name));
            (help, *first, unknown.as_str(), name)
        }
        _ => {
            let help = format!(
                "nothing uses the model `{}`: call it `{}`, as everything else does",
                shown(name),
                shown(&unknown)
            );
            (help, meant.span, name, unknown.as_str())
        }
    };
    let patch = is_exact(place, old).then(|| Patch { span: place, text: new.to_owned() });
    diagnostics.explain_all(&help, patch.as_ref());
}

/// Whether nothing but a text stands at a place.
fn is_exact(place: Span, text: &str) -> bool {
    (place.end - place.start) as usize == text.len()
}
