//! What people write for a type who come from elsewhere: no types, but clear in what they mean.

mod formats;
mod limits;
mod utility;

pub(crate) use formats::{
    format_elsewhere, format_inside, is_pattern, moment, named_moment, of_format, point_in_time,
};
pub(crate) use limits::limits;
pub(crate) use utility::Utility;

use crate::ast::{TypeExpr, TypeKind};
use crate::diag::{Diagnostic, codes};
use crate::parse::shown;
use crate::source::Span;
use crate::type_expr::{self, part};

/// How is said what `string?` and `Optional<string>` say elsewhere.
pub(crate) const OPTIONAL: &str = "what may be absent has the `?` behind its name, `name?: string`; what may be null is `string | null`";

const FLAGS: [&str; 4] = ["read", "write", "sensitive", "deprecated"];

/// `optional string`, `list of User`, `enum [a, b]`: a word of other languages before a type. `head` is what stands
/// before the documentation.
pub(crate) fn before_type(head: &str, span: Span) -> Option<Diagnostic> {
    let text = head.trim();
    let place = part(span, head, head.len() - head.trim_start().len(), head.trim_end().len());
    let error = |message: String| Diagnostic::error(&codes::TYPE_SYNTAX, place, message);
    if let Some(values) = text.strip_prefix("enum").map(str::trim_start)
        && values.starts_with(['[', '(', '{'])
    {
        let help = format!(
            "make it a model, `models: {{ Choice: {{ enum: {} }} }}`, and say `Choice` here",
            shown(values)
        );
        return Some(
            error("an enum stands in place of a type".to_owned())
                .label("it needs a name")
                .help(help),
        );
    }
    if matches!(
        text.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str(),
        "nocontent" | "nobody" | "noresponse"
    ) && text.contains(['-', ' '])
    {
        return Some(
            error(format!("`{}` is no type", shown(text)))
                .help("an answer without a body is `nothing`")
                .patch(place, "nothing"),
        );
    }
    let (word, rest) = text.split_once(' ')?;
    let rest = rest.trim();
    if FLAGS.iter().any(|flag| rest.starts_with(flag)) || rest.starts_with('|') || rest.is_empty() {
        return None;
    }
    let of = rest.strip_prefix("of ").map(str::trim);
    let message = format!("`{}` is no part of a type", shown(word));
    Some(match (word.to_ascii_lowercase().as_str(), of) {
        ("optional", None) => error(message).help(format!(
            "what may be absent has a `?` behind its name: `name?: {}`, `body?: {0}`",
            shown(rest)
        )),
        ("nullable", None) => {
            let mended = crate::foreign::or_null(rest);
            error(message)
                .help(format!("what may be null is `{}`", shown(&mended)))
                .patch(place, mended)
        }
        ("const" | "constant" | "always" | "=", None) if !rest.contains([' ', ',', '"', '\'']) => {
            let mended = format!("{{ const: {rest} }}");
            error(message)
                .help(format!("what is always sent is `{}`", shown(&mended)))
                .patch(place, mended)
        }
        ("required", None) => error(message)
            .help("what has no `?` behind its name is required")
            .patch(place, rest.to_owned()),
        ("array" | "list" | "set" | "sequence", Some(item)) => {
            let mended = format!("list<{item}>");
            error(message).help(format!("a list is `{}`", shown(&mended))).patch(place, mended)
        }
        ("map" | "dict" | "dictionary" | "object", Some(item)) => {
            let mended = format!("map<{item}>");
            error(message).help(format!("a map is `{}`", shown(&mended))).patch(place, mended)
        }
        _ => return None,
    })
}

/// A description where a type belongs, `Not found`, as OpenAPI has it.
pub(crate) fn description(text: &str, span: Span) -> Option<Diagnostic> {
    // With these the names begin that RFC 9110 gives to statuses of two words.
    const OF_STATUSES: [&str; 12] = [
        "Bad", "Content", "Gateway", "Internal", "Length", "Method", "Not", "Payload", "Payment",
        "Request", "Service", "Too",
    ];
    let of_nothing =
        |found: &Diagnostic| found.patch.as_ref().is_some_and(|it| it.text == "nothing");
    if let Some(found) = before_type(text, span).filter(of_nothing) {
        return Some(found);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let [first, second, rest @ ..] = words.as_slice() else { return None };
    let is_word =
        |word: &str| word.starts_with(char::is_alphabetic) && !word.contains(['<', '(', '|']);
    let of_types = matches!(*second, "as" | "or" | "of" | "|");
    let fits =
        is_word(first) && is_word(second) && !of_types && !crate::vocabulary::is_reserved(first);
    if !fits || text.contains(" -- ") || rest.contains(&"as") && rest.len() == 2 {
        return None;
    }
    let found =
        Diagnostic::error(&codes::TYPE_SYNTAX, span, format!("`{}` is no type", shown(text)))
            .label("expected a type");
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric)
    };
    Some(if rest.is_empty() && is_name(first) && is_name(second) && !OF_STATUSES.contains(first) {
        let mended = format!("{first} as {second}");
        found
            .help(format!("the name of a case stands behind `as`: `{}`", shown(&mended)))
            .patch(span, mended)
    } else {
        found
    })
}

/// What to do about `text`, which stands behind the type `before` without belonging to it.
pub(crate) fn behind_type(before: &str, text: &str) -> Option<String> {
    let known = if text.starts_with('?') {
        OPTIONAL
    } else if text.starts_with('!') {
        "what has no `?` behind its name is required"
    } else if text.starts_with('(') {
        "limits stand once, straight behind the type: `string(..35)`"
    } else if text.starts_with("--") {
        "nothing is documented here: say it in the `doc` of the method"
    } else if text.starts_with(',') {
        "flags stand behind the type, the documentation after ` -- `"
    } else if before == "date" && text.starts_with("-time") {
        "a point in time is a `datetime`"
    } else if let Some(help) = text
        .split_whitespace()
        .next()
        .and_then(|rest| point_in_time(&format!("{before}{}", rest.strip_prefix('-')?)))
    {
        return Some(help);
    } else if text.starts_with('-')
        && before.len() == 4
        && before.bytes().all(|it| it.is_ascii_digit())
    {
        let value = format!("{before}{text}");
        return Some(format!(
            "what is always sent is a constant: `{{ const: {} }}`",
            shown(&value)
        ));
    } else if text.starts_with(['[', '{']) && text[1..].starts_with(|c: char| c.is_ascii_digit()) {
        "limits stand in parentheses, straight behind the type: `string(1..35)`, `list<string>(1..5)`"
    } else if before.ends_with(')') && text.starts_with('<') {
        "limits stand behind all of the type: `list<string>(1..5)`"
    } else if text.starts_with(['*', '+']) {
        "several of a type are a list: `list<Line>`"
    } else if text.starts_with(':') && !text.starts_with("::") {
        "a format has a key of its own, `{ type: datetime, format: unix }`; a documentation stands behind ` -- `"
    } else if text.starts_with("or ") {
        "statuses say which it is: `returns: { 200: User, 204: nothing }`"
    } else {
        return None;
    };
    Some(known.to_owned())
}

/// `list<string?>`: what may be null inside of a type.
pub(crate) fn absent_inside(inner: &TypeExpr, mark: Span) -> Diagnostic {
    let span = inner.span.to(mark);
    let mended = format!("{} | null", type_expr::shown(inner));
    Diagnostic::error(&codes::TYPE_SYNTAX, span, "no `?` stands inside of a type")
        .help(format!("what may be null is `{}`", shown(&mended)))
}

/// `“string”`: how long that is, and what stands in the quotes.
pub(crate) fn in_typographic_quotes(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_prefix(TYPOGRAPHIC_QUOTES)?;
    let length = inner.find(TYPOGRAPHIC_QUOTES)?;
    let closing = inner[length..].chars().next()?;
    Some((text.len() - inner.len() + length + closing.len_utf8(), &inner[..length]))
        .filter(|(_, inner)| !inner.trim().is_empty())
}

/// What word processors make of quotes.
pub(crate) const TYPOGRAPHIC_QUOTES: [char; 8] = ['“', '”', '„', '‘', '’', '‚', '«', '»'];

/// `application/pdf`, where a type begins at `start` and the slash is at `slash`.
pub(crate) fn media_type(text: &str, start: usize, slash: usize, span: Span) -> Diagnostic {
    let length = text[slash..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || "/.+-_*".contains(c)))
        .unwrap_or(text.len() - slash);
    let media = &text[start..slash + length];
    let place = part(span, text, start, slash + length);
    let message = format!("`{}` is a media type, and no type of values", shown(media));
    let diagnostic = Diagnostic::error(&codes::TYPE_SYNTAX, place, message);
    let stream = match media {
        "text/event-stream" => {
            Some("server-sent events say what each holds: `events<Book>`, `events<json>`")
        }
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/json-seq" => {
            Some("values in lines say what each is: `lines<Book>`, `lines<json>`")
        }
        _ => None,
    };
    if let Some(help) = stream {
        return diagnostic.help(help);
    }
    if media.ends_with("json") {
        return diagnostic
            .help("JSON is what bodies and answers are: name the model, or say `json`");
    }
    let name = if media.starts_with("text/") { "text" } else { "binary" };
    // `binary/pdf` is nothing that a service would send.
    match media.strip_prefix("binary/") {
        Some(kind) => diagnostic.help(format!("name the media type: `binary(application/{kind})`")),
        None => {
            let mended = format!("{name}({media})");
            diagnostic
                .help(format!("a body of that type is `{}`", shown(&mended)))
                .patch(place, mended)
        }
    }
}

/// `file<image/png>`, of which what is inside begins at `inside`.
pub(crate) fn file_of(text: &str, start: usize, inside: usize, span: Span) -> Diagnostic {
    let found = |end: usize| {
        let message = "`file` takes no types";
        Diagnostic::error(&codes::TYPE_SYNTAX, part(span, text, start, end), message)
            .label("a media type stands in ( )")
    };
    match text[inside..].find('>') {
        Some(length) if text[inside..inside + length].contains('/') => {
            let end = inside + length + 1;
            let mended = format!("file({})", &text[inside..end - 1]);
            found(end)
                .help(format!("did you mean `{}`?", shown(&mended)))
                .patch(part(span, text, start, end), mended)
        }
        _ => found(inside).help("as in `file(image/png)`"),
    }
}

/// `stream(application/pdf)`
pub(crate) fn media_type_of(name: &str, place: Span) -> Diagnostic {
    let message = format!("`{}` has no media type", shown(name));
    Diagnostic::error(&codes::TYPE_SYNTAX, place, message).help(
        "a body or an answer with a media type is `binary(application/pdf)` or `text(text/csv)`",
    )
}

/// What words of other languages are that no member has for its type.
pub(crate) fn no_type(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "timespan" => {
            "a length of time as .NET writes it is `{ type: duration, format: timespan }`"
        }
        "nil" | "none" | "never" | "void" | "undefined" | "nothing" => {
            "a member has a type, and null is said behind it: `string | null`"
        }
        _ => return None,
    })
}

/// What a body or an answer that is no JSON is called: in words, and as what is written in its place where that is
/// certain.
pub(crate) fn raw(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "html" => ("a page is `text(text/html)`", Some("text(text/html)")),
        "csv" => ("a table as a text is `text(text/csv)`", Some("text(text/csv)")),
        "plain" | "plaintext" => ("a text that is no JSON is `text`", Some("text")),
        "pdf" => {
            ("a file is `binary`, here `binary(application/pdf)`", Some("binary(application/pdf)"))
        }
        "png" => ("an image is `binary(image/png)`", Some("binary(image/png)")),
        "jpeg" | "jpg" => ("an image is `binary(image/jpeg)`", Some("binary(image/jpeg)")),
        "zip" => ("a file is `binary(application/zip)`", Some("binary(application/zip)")),
        "image" | "picture" | "blob" | "raw" | "download" | "octets" | "attachment" | "buffer"
        | "arraybuffer" | "bytearray" | "octet" => (
            "a file or an image is `binary`, perhaps with its media type: `binary(image/png)`",
            Some("binary"),
        ),
        "base64" => {
            ("a text of JSON in base64 is `bytes`, a file as it comes is `binary`", Some("bytes"))
        }
        "stream" => {
            ("what comes piece by piece is `binary`, `lines<Book>` or `events<Book>`", None)
        }
        "sse" | "eventstream" | "event_stream" => ("server-sent events are `events<Book>`", None),
        "ndjson" | "jsonl" | "jsonlines" => ("values in lines are `lines<Book>`", None),
        "redirect" => ("an answer without a body is `{ 302: nothing }`", Some("{ 302: nothing }")),
        _ => return None,
    })
}

/// How a body in XML is written.
pub(crate) const XML: &str = "a body in XML is `{ xml: Order }`";

/// `xml(Order)`
pub(crate) fn xml(place: Span) -> Diagnostic {
    Diagnostic::error(&codes::TYPE_SYNTAX, place, "`xml` is no type").help(XML)
}

/// How answers are told apart of which one is `nothing`, `text` or `binary`, which no union holds.
pub(crate) fn answers(alternatives: &[TypeExpr], null: &str) -> Option<String> {
    let is_nothing =
        |ty: &&TypeExpr| matches!(&ty.kind, TypeKind::Name { name, .. } if name == "nothing");
    let is_raw = |ty: &&TypeExpr| matches!(ty.kind, TypeKind::Raw { .. });
    if !alternatives.iter().any(|ty| is_nothing(&ty) || is_raw(&ty)) {
        return None;
    }
    let (nothing, bodies): (Vec<&TypeExpr>, _) = alternatives.iter().partition(is_nothing);
    let (raw, values): (Vec<&TypeExpr>, Vec<&TypeExpr>) = bodies.into_iter().partition(is_raw);
    let values: Vec<String> = values.into_iter().map(type_expr::shown).collect();
    let [value] = values.as_slice() else {
        return Some("statuses and types of media tell answers apart: `returns: { 200: Report, 204: nothing }`".to_owned());
    };
    let value = format!("{value}{null}");
    let several = raw.first().map(|raw| {
        let raw = type_expr::shown(raw);
        let name = if raw.starts_with("text") { "Text" } else { "File" };
        format!("{{ any: {{ Json: {value}, {name}: {raw} }} }}")
    });
    let body = several.unwrap_or(value);
    Some(match nothing.is_empty() {
        true => format!("types of media tell answers apart: `returns: {}`", shown(&body)),
        false => {
            let answers = format!("{{ 200: {body}, 204: nothing }}");
            format!("statuses tell answers apart: `returns: {}`", shown(&answers))
        }
    })
}

/// Whether a name is that of a function which builds a type: `z.string`, `yup.object`.
pub(crate) fn is_call(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last.starts_with(char::is_lowercase))
}

/// What is said of a call of which nobody knows what it makes.
const CALLED: &str = "a type is named alone, as in `string`, `list<string>`, `string(..35)`; values to choose from are a model with \
                      `enum`";

/// `z.string()`: a call in place of a type.
pub(crate) fn call(name: &str, place: Span) -> Diagnostic {
    Diagnostic::error(
        &codes::TYPE_SYNTAX,
        place,
        format!("`{}` is called, and is no type", shown(name)),
    )
    .label("expected a type")
    .help(CALLED)
}

/// What is said of the `&` between types.
const BOTH: &str = "what has the members of several models is one with a name: `models: { Both: { fields: { ...: [Line, Order] } } }`; \
                    say `Both` here";

/// What other languages call a form in which values travel.
pub(crate) fn way_to_travel(form: &str) -> Option<&'static str> {
    Some(match form.to_ascii_lowercase().as_str() {
        "text" | "str" | "string" if form != "string" => "string",
        "comma" | "commas" | "comma-separated" | "comma_separated" | "separated" => "csv",
        "int" | "integer" | "numeric" | "numbers" => "number",
        "array" | "json" => "list",
        _ => return None,
    })
}

/// What a word among the flags of a member stands for: a flag, or something else.
pub(crate) fn flag(word: &str) -> Option<Result<&'static str, &'static str>> {
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';'));
    Some(match word.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
        "readonly" => Ok("read"),
        "writeonly" => Ok("write"),
        "secret" | "password" | "private" => Ok("sensitive"),
        "obsolete" => Ok("deprecated"),
        "required" | "mandatory" => Err("what has no `?` behind its name is required"),
        "optional" => Err("what may be absent has a `?` behind its name: `name?: string`"),
        "nullable" | "or" => Err("what may be null says so in its type: `string | null`"),
        word if matches!(word, "default" | "=" | ":=")
            || word.starts_with("default=")
            || word.starts_with("default:") =>
        {
            Err("what the service assumes has a key of its own: `{ type: int32, default: 10 }`")
        }
        "&" => Err(BOTH),
        limits if limits.contains("..") => {
            Err("limits stand in parentheses, straight behind the type: `int32(1..5)`")
        }
        _ => return None,
    })
}
