//! `errors:`, what a failed call gives, by status.

use super::answers::{bad_status, exact_status, named_type};
use super::reader::{self, Keys, shown};
use super::{in_place, media, member, model, xml};
use crate::ast::{Answer, AnswerType, ErrorEntry, StatusPattern, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::{flow, flow_text};
use crate::names;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node, Value};
use crate::{type_expr, type_slips};

/// The entries of `errors:`
pub(super) fn read(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<ErrorEntry> {
    if let Some(found) = in_keys(entries) {
        diagnostics.push(found);
        return Vec::new();
    }
    let whole =
        entries.iter().enumerate().filter(|(index, _)| !member::is_rest_of_type(entries, *index));
    whole.filter_map(|(_, entry)| one(entry, diagnostics)).collect()
}

/// `{ status: 404, type: Problem }` and `{ when: code, as: Problem }`: what belongs behind a status.
fn in_keys(entries: &[Entry]) -> Option<Diagnostic> {
    let text = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key.value == key)?;
        Some(entry.value.as_scalar()?.text.as_str())
    };
    let (first, last) = (entries.first()?, entries.last()?);
    let status = text("status").or(text("code")).filter(|it| it.parse::<u16>().is_ok());
    let ty = ["type", "body", "model", "schema"].into_iter().find_map(text);
    let meant = match (status, ty, text("when"), text("as")) {
        (Some(status), Some(ty), None, None) => format!("{status}: {ty}"),
        (Some(status), Some(ty), None, Some(name)) => format!("{status}: {ty} as {name}"),
        (None, None, Some(when), Some(ty)) => {
            format!("in_success: {{ when: {}, as: {ty} }}", flow_text(when))
        }
        _ => return None,
    };
    Some(
        Diagnostic::error(
            &codes::STATUS_SYNTAX,
            first.key.span,
            format!("`{}` is not a status", shown(&first.key.value)),
        )
        .label("expected a number from 100 to 599, `4xx`, `5xx` or `default`")
        .help(format!("write `{}`", shown(&meant)))
        .patch(first.key.span.to(last.key.span).to(last.value.span), meant),
    )
}

/// The same where methods inherit them.
pub(super) fn inherited(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Vec<ErrorEntry> {
    let entries = keys.entries("errors", diagnostics);
    read(entries, diagnostics)
}

/// Takes what belongs to `errors` out of `returns`: failures with another body than the successes beside them, where
/// no answer has a name.
pub(super) fn among_answers(
    answers: &mut Vec<Answer>,
    diagnostics: &mut Diagnostics,
) -> Vec<ErrorEntry> {
    let status = |answer: &Answer| answer.status.as_ref().map(|status| status.value);
    let body = |answer: &Answer| match &answer.ty {
        AnswerType::Value(value) => Some(type_expr::shown(&value.ty)),
        _ => None,
    };
    let success = answers.iter().find(|it| status(it) < Some(400) && body(it).is_some());
    let success = success.map(|success| (body(success), success.span));
    let named = |answer: &Answer| answer.name.is_some() || matches!(answer.ty, AnswerType::Any(_));
    let Some((given, place)) = success.filter(|_| !answers.iter().any(named)) else {
        return Vec::new();
    };
    // What is meant by a misspelt `nothing` is told as an unknown type.
    let is_nothing = |body: &str| nearest(body, ["nothing"]).is_some();
    let is_failure = |it: &Answer| {
        let own = body(it).filter(|body| !is_nothing(body));
        status(it) >= Some(400) && own.is_some() && own != given
    };
    let (failures, successes) = answers.drain(..).partition(is_failure);
    *answers = successes;
    let failures: Vec<Answer> = failures;
    failures.into_iter().filter_map(|answer| failure(answer, place, diagnostics)).collect()
}

fn failure(answer: Answer, success: Span, diagnostics: &mut Diagnostics) -> Option<ErrorEntry> {
    let (Some(status), AnswerType::Value(value)) = (answer.status, answer.ty) else { return None };
    // Whether there is such a type can wait.
    diagnostics.lost.place(value.ty.span);
    diagnostics.push(
        Diagnostic::error(
            &codes::SEVERAL_ANSWERS,
            answer.span,
            "a success has two different bodies",
        )
        .related(success, "the other one")
        .help(format!(
            "what a failure gives belongs to `errors`: `errors: {{ {}: {} }}`",
            status.value,
            shown(&type_expr::shown(&value.ty))
        )),
    );
    let status = Spanned::new(StatusPattern::Exactly(status.value), status.span);
    Some(ErrorEntry { status, ty: Some(value.ty), xml: value.xml, when: None, name: None })
}

fn one(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<ErrorEntry> {
    let status = match entry.key.value.as_str() {
        "in_success" => return inside(entry, diagnostics),
        "default" => Some(StatusPattern::Default),
        "4xx" | "4XX" => Some(StatusPattern::Range(4)),
        "5xx" | "5XX" => Some(StatusPattern::Range(5)),
        _ => exact_status(&entry.key).map(StatusPattern::Exactly),
    };
    let Some(status) = status else {
        diagnostics.push(no_status(entry));
        return None;
    };
    let help = format!("an error without a body is `{}: nothing`", shown(&entry.key.value));
    let node = reader::present_or(entry, &help, diagnostics)?;
    let status = Spanned::new(status, entry.key.span);
    if matches!(node.value, Value::Mapping(_)) {
        if let Some(found) = media::as_keys("an error", node).or_else(|| in_parts(node)) {
            diagnostics.push(found);
            return None;
        }
        let (ty, name) = xml::body(node, diagnostics)?;
        return Some(ErrorEntry { status, ty: Some(ty), xml: true, when: None, name });
    }
    if let Some([only]) = node.as_sequence()
        && only.as_mapping().is_some()
    {
        let message = format!("`{}` is a type, found a list", shown(&entry.key.value));
        let meant = flow(only);
        diagnostics.push(
            Diagnostic::error(&codes::WRONG_KIND, node.span, message)
                .label("expected a type")
                .help(format!("no brackets stand around it: `{}`", shown(&meant)))
                .patch(node.span, meant),
        );
        return None;
    }
    if node.as_scalar().is_none() {
        reader::wrong_kind(&entry.key.value, "a type", node, diagnostics);
        return None;
    }
    let text = reader::text(&entry.key.value, node, diagnostics)?;
    if let Some(found) = without_type(&entry.key, &text) {
        diagnostics.push(found);
        return Some(ErrorEntry { status, ty: None, xml: false, when: None, name: None });
    }
    if let Some(found) = type_slips::description(&text.value, text.span) {
        let help = format!(
            "name the model of the body, or say `{}: nothing`; the status says what it means",
            shown(&entry.key.value)
        );
        diagnostics.push(match found.patch {
            Some(_) => found,
            None => found.help(help).patch(text.span, "nothing"),
        });
        let ty = Some(TypeExpr::poisoned(text.span));
        return Some(ErrorEntry { status, ty, xml: false, when: None, name: None });
    }
    let (ty, name) = named_type(&text, diagnostics);
    let nothing = matches!(&ty.kind, TypeKind::Name { name, .. } if name == "nothing");
    Some(ErrorEntry { status, ty: (!nothing).then_some(ty), xml: false, when: None, name })
}

/// `as Missing`: the name of an error, and no body.
fn without_type(status: &Text, text: &Text) -> Option<Diagnostic> {
    let name = text.value.strip_prefix("as ")?;
    let mended = format!("nothing as {}", name.trim());
    Some(
        Diagnostic::error(
            &codes::TYPE_SYNTAX,
            text.span,
            format!(
                "`{}` says what an error is called, and not what its body is",
                shown(&text.value)
            ),
        )
        .label("expected the body, or `nothing`")
        .help(format!("without a body that is `{}: {}`", shown(&status.value), shown(&mended)))
        .patch(text.span, mended),
    )
}

/// A key that is no status: several of them in one, a range, a word.
fn no_status(entry: &Entry) -> Diagnostic {
    const LABEL: &str = "expected a number from 100 to 599, `4xx`, `5xx` or `default`";
    let diagnostic = bad_status(&entry.key, LABEL);
    let key = entry.key.value.as_str();
    // `Missing: 404`
    if let Some(status) =
        entry.value.as_scalar().filter(|it| it.text.parse::<u16>().is_ok_and(|it| it >= 400))
        && names::chosen_name(key, names::Kind::Variant).is_some()
    {
        let mended = format!("{}: nothing as {key}", status.text);
        return diagnostic
            .help(format!("the status comes first, the name behind the body: `{}`", shown(&mended)))
            .patch(entry.key.span.to(entry.value.span), mended);
    }
    if let Some(near) = nearest(key, ["default", "in_success"]) {
        return diagnostic.help(format!("did you mean `{near}`?")).patch(entry.key.span, near);
    }
    if let Some(status) = status_by_name(key) {
        let help = format!(
            "a status is a number: `{status}`; a name stands behind the type, `Problem as Missing`"
        );
        return diagnostic.help(help).patch(entry.key.span, status.to_string());
    }
    let parts: Vec<&str> =
        key.trim_matches(['[', ']']).split(|c: char| !c.is_alphanumeric()).collect();
    let statuses: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let first = statuses.first().and_then(|status| status.chars().next());
    let range = match first {
        Some(digit @ ('4' | '5')) => format!("`{digit}xx` stands for all that begin with {digit}"),
        _ if matches!(key, "*" | "else" | "other" | "any" | "all") => {
            return diagnostic.help("all that have no line of their own are `default`");
        }
        _ => return diagnostic.help("a status is a number: `404: Problem`"),
    };
    let numbers = statuses.iter().all(|status| status.parse::<u16>().is_ok());
    if statuses.len() == 1 {
        return diagnostic.help(range);
    }
    match (entry.value.as_scalar(), key.contains(',')) {
        (Some(ty), true) if numbers => {
            let each: Vec<String> =
                statuses.iter().map(|status| format!("{status}: {}", ty.text)).collect();
            diagnostic
                .help(format!("each has a key of its own, `{}`; {range}", shown(&each.join(", "))))
        }
        _ => diagnostic.help(format!("each status has a key of its own; {range}")),
    }
}

/// `NotFound`, `not_found`: what statuses are called.
fn status_by_name(key: &str) -> Option<u16> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let key = letters(key);
    (400..600)
        .find(|status| crate::vocabulary::reason(*status).is_some_and(|name| letters(name) == key))
}

/// `{ type: Problem, as: Missing }`, `{ any: { … } }`, members: what an answer can be, and an error cannot.
fn in_parts(node: &Node) -> Option<Diagnostic> {
    const BODY: [&str; 4] = ["type", "body", "schema", "model"];
    const WHOLE: &str = "name the model of the whole body: `404: Problem as Missing`";
    let entries = node.as_mapping().filter(|_| node.get("xml").is_none())?;
    let has = |key: &str| node.get(key).is_some();
    let error = |message: &str| {
        Diagnostic::error(&codes::WRONG_KIND, node.span, message).label("expected a type")
    };
    if has("any") {
        return Some(
            error("an error has one body, and no alternatives").help(
                "name the body from which the error is read, the other one is kept as it came",
            ),
        );
    }
    let in_json = error("an error in JSON is a type, and no mapping");
    if has("headers") {
        return Some(in_json.help(
            "name the model alone, `429: Problem`: what is in headers is not declared, and `Retry-After` is \
             waited for by itself",
        ));
    }
    let Some(ty) = BODY.iter().find_map(|key| node.get(key)) else {
        let is_object =
            has("fields") || in_place::object("an answer", node, &["as", "xml"]).is_some();
        let keys = || entries.iter().map(|entry| entry.key.value.as_str());
        return match is_object {
            true => Some(in_place::error(node)),
            // What lacks `xml`, or has it by another name, is read as what it is meant to be.
            false if keys().any(|key| nearest(key, ["xml"]).is_some() || key == "as") => None,
            false => Some(in_json.help(WHOLE)),
        };
    };
    let ty = ty.as_scalar()?.text.as_str();
    let name = node.get("as").and_then(Node::as_scalar);
    let described = super::content::written(node).filter(|ty| !ty.starts_with('{'));
    if entries.len() > 1 + usize::from(name.is_some()) {
        return Some(match described {
            Some(ty) => in_json
                .help(format!("the type alone says it: `{}`", shown(&ty)))
                .patch(node.span, ty),
            None => in_json.help(WHOLE),
        });
    }
    let written = name.map_or_else(|| ty.to_owned(), |name| format!("{ty} as {}", name.text));
    let error = in_json.help(format!("write `{}`", shown(&written)));
    // On lines of its own a mapping begins with its first key; a comma ends a value inside { }.
    let fits = entries.first()?.key.span.start > node.span.start && !ty.contains(',');
    Some(if fits { error.patch(node.span, written) } else { error })
}

/// `in_success: { when: status.code, as: Problem }`
fn inside(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<ErrorEntry> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("an error inside a success", node, diagnostics)?;
    let when = keys.way("when", diagnostics);
    if when.is_none() {
        let help = "name the member that only an error has: `when: status.errorCode`";
        keys.missing("when", node.span, help);
    }
    let ty = keys.node("as", diagnostics).map(|node| model::bare_type("as", node, diagnostics));
    if ty.is_none() {
        keys.missing("as", node.span, "say what the body is then: `as: Problem`");
    }
    let name = keys.text("name", diagnostics);
    keys.finish(diagnostics);
    let status = Spanned::new(StatusPattern::Inside, entry.key.span);
    Some(ErrorEntry { status, ty: Some(ty?), xml: false, when: Some(when?), name })
}
