//! Models with names for types: `Page<T>`, and their uses after `...` and `like`.

use super::reader::shown;
use crate::ast::{Base, FieldItem, Model, ModelKind, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::names::{self, PRELUDE};
use crate::source::Spanned;
use crate::type_expr::{self, part};
use crate::vocabulary;

/// Reads the key of a model: `Page`, `Page<T>`.
pub(super) fn declared(key: &Text, diagnostics: &mut Diagnostics) -> (Text, Vec<Text>) {
    let text = key.value.as_str();
    if let Some(found) = in_other_brackets(key) {
        let (name, parameters, diagnostic) = found;
        diagnostics.push(diagnostic);
        return (name, parameters);
    }
    let Some((name, rest)) = text.split_once('<') else { return (key.clone(), Vec::new()) };
    let name = Spanned::new(name.trim().to_owned(), part(key.span, text, 0, name.trim_end().len()));
    let Some(list) = rest.trim_end().strip_suffix('>') else {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_GENERIC, key.span, "`<` is not closed")
                .help("names for types stand as in `Page<T>`"),
        );
        return (name, Vec::new());
    };
    let mut parameters: Vec<Text> = Vec::new();
    let mut at = text.len() - rest.len();
    for one in list.split(',') {
        let start = at + one.len() - one.trim_start().len();
        let span = part(key.span, text, start, start + one.trim().len());
        at += one.len() + 1;
        let mut parameter = Spanned::new(one.trim().to_owned(), span);
        // `in T`, `T: Line`, `T?`
        let variance = ["in ", "out ", "const ", "type "];
        let bare = variance.iter().find_map(|word| parameter.value.strip_prefix(word));
        let bare = bare.unwrap_or(&parameter.value);
        let bare = bare.split([' ', ':', '=', '?', '*']).next().unwrap_or_default().to_owned();
        if bare != parameter.value && is_name(&bare) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_GENERIC,
                    span,
                    format!("`{}` cannot be a name for a type", shown(&parameter.value)),
                )
                .help(format!("what is given to it is not limited: `{}`", shown(&bare)))
                .patch(span, bare.as_str()),
            );
            parameter.value = bare;
        }
        let problem = if !is_name(&parameter.value) {
            Some(format!("`{}` cannot be a name for a type", shown(&parameter.value)))
        } else if parameters.iter().any(|known| known.value == parameter.value) {
            Some(format!("the name `{}` is there twice", shown(&parameter.value)))
        } else {
            None
        };
        if let Some(message) = problem {
            diagnostics.push(
                Diagnostic::error(&codes::BAD_GENERIC, span, message)
                    .help("a name for a type is a word in `PascalCase`, mostly `T`"),
            );
        }
        // What was meant is not missing where it is used.
        let known = |name: &str| parameters.iter().any(|known| known.value == name);
        let word = |name: &str| {
            name.starts_with(char::is_alphabetic) && name.chars().all(char::is_alphanumeric)
        };
        let is_word = word(&parameter.value) && !vocabulary::is_reserved(&parameter.value);
        if !is_word && !known("T") {
            "T".clone_into(&mut parameter.value);
        }
        if !known(&parameter.value) && !parameter.value.is_empty() {
            parameters.push(parameter);
        }
    }
    (name, parameters)
}

/// `Page[T]` and `Page(T)`
fn in_other_brackets(key: &Text) -> Option<(Text, Vec<Text>, Diagnostic)> {
    let text = key.value.as_str();
    let (name, rest) = text.split_once(['[', '('])?;
    let names: Vec<&str> = rest.strip_suffix([']', ')'])?.split(',').map(str::trim).collect();
    let short = |name: &&str| name.len() <= 2 && is_name(name);
    let word = |name: &str| !name.is_empty() && name.chars().all(char::is_alphanumeric);
    if !names.iter().all(short) || !word(name) {
        return None;
    }
    let mended = format!("{name}<{}>", names.join(", "));
    let found = Diagnostic::error(
        &codes::BAD_GENERIC,
        key.span,
        format!("the types that `{}` leaves open stand in other brackets", shown(name)),
    )
    .help(format!("write `{}`", shown(&mended)))
    .patch(key.span, flow_text(&mended));
    let own = |name: &str| Spanned::new(name.to_owned(), key.span);
    Some((own(name), names.into_iter().map(own).collect(), found))
}

/// Whether Rust can have a type parameter of this name, beside what every file of models names.
fn is_name(name: &str) -> bool {
    names::chosen_name(name, names::Kind::Type).is_some_and(|rust| rust == name)
        && !PRELUDE.contains(&name)
}

/// Reads what stands after `...` or `like`.
pub(super) fn base(text: &Text, diagnostics: &mut Diagnostics) -> Base {
    if !text.value.contains('<') {
        return Base { name: text.clone(), arguments: Vec::new() };
    }
    let expr = type_expr::parse(&text.value, text.span, diagnostics);
    match expr.kind {
        TypeKind::Name { name, arguments } => {
            let span = part(text.span, &text.value, 0, name.len());
            Base { name: Spanned::new(name, span), arguments }
        }
        _ => {
            // That no model is called so would be the same mistake again.
            let (name, _) = text.value.split_once('<').unwrap_or_default();
            diagnostics.lost.name(name.trim(), None);
            Base { name: text.clone(), arguments: Vec::new() }
        }
    }
}

/// Reports names for types of what cannot have any.
pub(super) fn check(model: &mut Model, diagnostics: &mut Diagnostics) {
    let Some(first) = model.parameters.first() else { return };
    if matches!(model.kind, ModelKind::Alias(_) | ModelKind::Enum { .. } | ModelKind::Union { .. })
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_GENERIC,
                first.span,
                format!("`{}` cannot leave a type open", shown(&model.name.value)),
            )
            .label("only a model with `fields` or `like` can")
            .help("leave the names for types out"),
        );
        model.kind = ModelKind::Poisoned;
    }
}

/// Reports names for types that no member of their model has. Asked when all files have been read, as a member
/// that could not be read may have had the type.
pub(crate) fn check_use(models: &[Model], diagnostics: &mut Diagnostics) {
    for model in models {
        let (items, base) = match &model.kind {
            ModelKind::Object(items) => (items.as_slice(), None),
            ModelKind::Like { base, .. } => (&[][..], Some(base)),
            _ => continue,
        };
        for parameter in &model.parameters {
            let name = parameter.value.as_str();
            let given = |base: &Base| base.arguments.iter().any(|given| mentions(given, name));
            let used = base.is_some_and(given)
                || items.iter().any(|item| match item {
                    FieldItem::Member(member) => mentions(&member.ty, name),
                    FieldItem::Spread(base) => given(base),
                });
            if !used {
                let model = shown(&model.name.value);
                let message = format!("no member of `{model}` has the type `{}`", shown(name));
                diagnostics.push(
                    Diagnostic::error(&codes::BAD_GENERIC, parameter.span, message)
                        .label("a name for a type that is not there")
                        .help(format!(
                            "give a member this type, as in `items: list<{}>`, or leave it out of the name of the model",
                            shown(name)
                        )),
                );
            }
        }
    }
}

/// Whether a type names another one.
fn mentions(ty: &TypeExpr, wanted: &str) -> bool {
    match &ty.kind {
        TypeKind::Name { name, arguments } => {
            name == wanted || arguments.iter().any(|argument| mentions(argument, wanted))
        }
        TypeKind::Nullable(inner) => mentions(inner, wanted),
        TypeKind::Poisoned => true,
        TypeKind::Raw { .. } | TypeKind::File { .. } => false,
    }
}
