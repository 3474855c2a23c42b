//! The words of the language for types and their formats, and what they stand for.

use crate::ir::{DateFormat, DateForms, Scalar};

/// The scalars of the language.
const SCALARS: [(&str, Scalar); 19] = [
    ("string", Scalar::String),
    ("boolean", Scalar::Boolean),
    ("int32", Scalar::Int32),
    ("int64", Scalar::Int64),
    ("uint32", Scalar::Uint32),
    ("uint64", Scalar::Uint64),
    ("float", Scalar::Float),
    ("double", Scalar::Double),
    ("decimal", Scalar::Decimal),
    ("date", Scalar::Date),
    ("time", Scalar::Time),
    ("datetime", Scalar::DateTime(DateForms::only(DateFormat::Rfc3339))),
    ("localdatetime", Scalar::LocalDateTime),
    ("duration", Scalar::Duration),
    ("uuid", Scalar::Uuid),
    ("bytes", Scalar::Bytes),
    ("url", Scalar::Url),
    ("json", Scalar::Json),
    ("file", Scalar::File),
];

/// Words of the language that are no scalars but cannot be models either.
const RESERVED: [&str; 9] =
    ["binary", "events", "lines", "link", "list", "map", "nothing", "null", "text"];

/// What a format changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Date(DateFormat),
    Duration(Scalar),
    Bytes(Scalar),
}

/// The formats of the language.
pub(crate) const FORMATS: [(&str, Form); 15] = [
    ("rfc3339", Form::Date(DateFormat::Rfc3339)),
    ("assume-utc", Form::Date(DateFormat::AssumeUtc)),
    ("spaced", Form::Date(DateFormat::Spaced)),
    ("date-only", Form::Date(DateFormat::DateOnly)),
    ("dotnet", Form::Date(DateFormat::Dotnet)),
    ("http", Form::Date(DateFormat::HttpDate)),
    ("rfc2822", Form::Date(DateFormat::Rfc2822)),
    ("unix", Form::Date(DateFormat::UnixSeconds)),
    ("unix-ms", Form::Date(DateFormat::UnixMillis)),
    ("unix-us", Form::Date(DateFormat::UnixMicros)),
    ("unix-ns", Form::Date(DateFormat::UnixNanos)),
    ("iso8601", Form::Duration(Scalar::Duration)),
    ("timespan", Form::Duration(Scalar::TimeSpan)),
    ("base64", Form::Bytes(Scalar::Bytes)),
    ("base64url", Form::Bytes(Scalar::BytesUrl)),
];

/// The name of a scalar in the language.
pub(crate) fn name(scalar: Scalar) -> &'static str {
    let scalar = match scalar {
        Scalar::DateTime(_) => Scalar::DateTime(DateForms::only(DateFormat::Rfc3339)),
        Scalar::SpacedDateTime => Scalar::LocalDateTime,
        Scalar::TimeSpan => Scalar::Duration,
        Scalar::BytesUrl => Scalar::Bytes,
        scalar => scalar,
    };
    SCALARS.iter().find(|(_, known)| *known == scalar).map_or("json", |(name, _)| name)
}

/// The scalar of a name.
pub(crate) fn scalar(name: &str) -> Option<Scalar> {
    SCALARS.iter().find(|(known, _)| *known == name).map(|(_, scalar)| *scalar)
}

/// The names of all scalars.
pub(crate) fn scalars<'a>() -> impl Iterator<Item = &'a str> + Clone {
    SCALARS.iter().map(|(name, _)| *name)
}

/// The formats in which the values of a scalar are written and read, the first one written; none if it has no formats.
pub(crate) fn formats(scalar: Scalar) -> Vec<&'static str> {
    let forms: Vec<Form> = match scalar {
        Scalar::DateTime(forms) => forms.each().map(Form::Date).collect(),
        Scalar::SpacedDateTime => vec![Form::Date(DateFormat::Spaced)],
        scalar => vec![Form::Duration(scalar), Form::Bytes(scalar)],
    };
    let name = |form: &Form| FORMATS.iter().find(|(_, known)| known == form);
    forms.iter().filter_map(name).map(|(name, _)| *name).collect()
}

/// Whether a name belongs to the language.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || scalar(name).is_some()
}

/// The words that [`is_reserved`] knows.
/// Reason phrases of RFC 9110 and the registry behind it.
pub(crate) fn reason(status: u16) -> Option<&'static str> {
    Some(match status {
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "Uri Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        _ => return None,
    })
}

/// Headers that the client makes itself, and where a specification says what is in them.
const OWN_HEADERS: [(&str, &str); 14] = [
    ("authorization", AUTHORIZATION),
    ("connection", TRANSPORT),
    ("content-length", TRANSPORT),
    ("content-type", CONTENT_TYPE),
    ("cookie", "name each cookie under `cookies`, or under `auth` with `cookie: NAME`"),
    ("expect", TRANSPORT),
    ("host", "the host belongs to `servers`"),
    ("keep-alive", TRANSPORT),
    ("proxy-authorization", "a proxy belongs to the app, which hands it to its transport"),
    ("proxy-connection", TRANSPORT),
    ("te", TRANSPORT),
    ("trailer", TRANSPORT),
    ("transfer-encoding", TRANSPORT),
    ("upgrade", TRANSPORT),
];
const CONTENT_TYPE: &str = "the body says what it is: `body: text(text/csv)`; where each call says it, `body: binary` \
                            takes an `Upload` with a `content_type` of its own";
const AUTHORIZATION: &str = "credentials belong to `auth`: `{ scheme: bearer }`, or \
                             `{ scheme: api-key, header: Authorization }` for a value without a scheme, \
                             with `prefix: \"Token \"` for one behind another word";
const TRANSPORT: &str = "leave it out: it follows from the body and the connection";

/// Their names, in lower case.
pub(crate) fn own_headers() -> impl Iterator<Item = &'static str> {
    OWN_HEADERS.iter().map(|(name, _)| *name)
}

/// What is said in place of a header that the client makes itself.
pub(crate) fn own_header(name: &str) -> Option<&'static str> {
    let own = OWN_HEADERS.iter().find(|(own, _)| name.eq_ignore_ascii_case(own));
    own.map(|(_, instead)| *instead)
}

#[cfg(test)]
pub(crate) fn reserved() -> impl Iterator<Item = &'static str> + Clone {
    RESERVED.iter().copied().chain(scalars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_named_by_the_scalar_that_it_makes() {
        for (name, form) in FORMATS {
            let scalar = match form {
                Form::Date(format) => Scalar::DateTime(DateForms::only(format)),
                Form::Duration(scalar) | Form::Bytes(scalar) => scalar,
            };
            assert_eq!(formats(scalar), [name]);
        }
        assert_eq!(formats(Scalar::SpacedDateTime), ["spaced"]);
        assert!(formats(Scalar::LocalDateTime).is_empty());
        assert!(formats(Scalar::Poisoned).is_empty());
    }

    #[test]
    fn a_scalar_has_one_name_whatever_its_format_is() {
        for (name, scalar) in SCALARS {
            assert_eq!(super::name(scalar), name);
        }
        assert_eq!(name(Scalar::TimeSpan), "duration");
        assert_eq!(name(Scalar::SpacedDateTime), "localdatetime");
        assert_eq!(name(Scalar::DateTime(DateForms::only(DateFormat::UnixMillis))), "datetime");
    }
}
