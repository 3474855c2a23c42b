//! What is seldom meant as it is written.

use crate::ast::{
    AnswerType, Body, BodyForm, FieldItem, Member, Method, Specification, Text, TypeExpr, TypeKind,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;

/// Warns of headers for keys of calls that apps would have to make by hand.
pub(super) fn keys_by_hand(specification: &Specification, diagnostics: &mut Diagnostics) {
    let own = |item: &FieldItem| match item {
        FieldItem::Member(member) => is_key(&member.wire).then(|| member.wire.clone()),
        FieldItem::Spread(_) => None,
    };
    let methods = specification.methods.iter().filter(|method| writes(method));
    let of_methods = methods.flat_map(|method| method.headers.iter().filter_map(own));
    let of_client = |member: &Member| is_key(&member.wire).then(|| member.wire.clone());
    let shared = specification.parameters.headers.iter().filter_map(of_client);
    let fixed = specification.defaults.headers.iter().map(|(name, _)| name.clone()).filter(is_key);
    for name in of_methods.chain(shared).chain(fixed) {
        let header = shown(&name.value);
        diagnostics.push(
            Diagnostic::warning(
                &codes::KEY_BY_HAND,
                name.span,
                format!("keys for the header `{header}` would be made by hand"),
            )
            .label("calls are not sent again by themselves")
            .help(format!(
                "say `idempotency: {{ header: {header} }}` instead: the client makes a key for each call, and sends it \
                 again with that"
            )),
        );
    }
}

/// Whether a second call acts a second time.
fn writes(method: &Method) -> bool {
    let verb = method.route.as_ref().map(|route| route.verb.value.as_str());
    match &method.effect {
        Some(effect) => effect.value == "write",
        None => matches!(verb, Some("POST" | "PATCH")),
    }
}

/// Whether a header is the one by which services know calls that are sent again.
fn is_key(name: &Text) -> bool {
    let plain = name.value.to_ascii_lowercase().replace(['-', '_'], "");
    plain.ends_with("idempotencykey")
}

/// Warns of bodies and answers that are a text in base64 as a whole: hardly any is, and files are something else.
pub(super) fn encoded_wholes(specification: &Specification, diagnostics: &mut Diagnostics) {
    for method in &specification.methods {
        let answers = method.returns.iter().filter_map(|answer| match &answer.ty {
            AnswerType::Value(value) if value.at.is_none() && !value.xml => Some(&value.ty),
            _ => None,
        });
        let body = match &method.body {
            Some(Body::Type { ty, form: BodyForm::Json, .. }) => Some(ty),
            _ => None,
        };
        for ty in answers.chain(body).filter(|ty| is_bytes(ty)) {
            let diagnostic = Diagnostic::warning(
                &codes::ENCODED_WHOLE,
                ty.span,
                "`bytes` as a whole is a text of JSON in base64",
            )
            .help("a file is `binary`, or `binary(application/pdf)`");
            let exact = (ty.span.end - ty.span.start) as usize == "bytes".len();
            diagnostics.push(if exact { diagnostic.patch(ty.span, "binary") } else { diagnostic });
        }
    }
}

fn is_bytes(ty: &TypeExpr) -> bool {
    let is = |name: &str, arguments: &[TypeExpr]| name == "bytes" && arguments.is_empty();
    matches!(&ty.kind, TypeKind::Name { name, arguments } if is(name, arguments))
}
