//! What other languages call a format, and what is a type here.

/// What OpenAPI and JSON Schema call a format, and what is a type here.
pub(crate) fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" | "datetime" => "datetime",
        "date" | "yyyy-MM-dd" | "YYYY-MM-DD" | "%Y-%m-%d" => "date",
        "time" => "time",
        "duration" => "duration",
        "uuid" | "guid" => "uuid",
        "uri" | "url" | "uri-reference" => "url",
        "byte" | "binary" => "bytes",
        "int32" => "int32",
        "int64" => "int64",
        "uint32" => "uint32",
        "uint64" => "uint64",
        "float" => "float",
        "double" => "double",
        "decimal" => "decimal",
        "email" | "hostname" | "ipv4" | "ipv6" | "password" | "phone" => "string",
        _ => return None,
    })
}

/// What other languages call a format of points in time.
pub(crate) fn format_elsewhere(format: &str) -> Option<&'static str> {
    Some(match format.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "epoch" | "timestamp" | "unixtime" | "unixtimestamp" | "seconds" | "unixseconds" => "unix",
        "epochmillis"
        | "epochms"
        | "unixmillis"
        | "milliseconds"
        | "millis"
        | "ms"
        | "timestampms"
        | "timestampmillis"
        | "timestampmilliseconds"
        | "epochmilliseconds"
        | "unixmilliseconds"
        | "unixms"
        | "unixtimestampms"
        | "localtimestampmillis" => "unix-ms",
        "timestampmicros"
        | "localtimestampmicros"
        | "epochmicros"
        | "unixmicros"
        | "microseconds" => "unix-us",
        "timestampnanos" | "epochnanos" | "unixnanos" | "nanoseconds" => "unix-ns",
        "rfc1123" | "rfc7231" | "httpdate" => "http",
        "rfc822" | "rfc2822" | "rfc5322" | "rfc1123z" | "mail" | "rfc2822date" => "rfc2822",
        "iso" | "iso8601datetime" => "rfc3339",
        _ => return None,
    })
}

/// What is said of a point in time of which nobody knows how it travels.
const TIMESTAMP: &str = "a point in time is `datetime` where it travels as a text, `{ type: datetime, format: unix }` where it is a \
                         number of seconds, and with `unix-ms` one of milliseconds";

/// How a point in time is written that other languages call by the format in which it travels.
pub(crate) fn point_in_time(name: &str) -> Option<String> {
    if matches!(name.to_ascii_lowercase().as_str(), "timestamp" | "timestamps") {
        return Some(TIMESTAMP.to_owned());
    }
    let format = moment(name)?;
    let what = match format {
        "unix" => "seconds since 1970 are",
        "unix-ms" => "milliseconds since 1970 are",
        _ => "a point in time in this form is",
    };
    Some(format!("{what} `{{ type: datetime, format: {format} }}`"))
}

/// The same of a model that is another name for it.
pub(crate) fn named_moment(name: &str, model: &str) -> Option<String> {
    let format = moment(name)?;
    let model = crate::parse::shown(model);
    Some(format!(
        "a format is said where the name is used: `{model}: datetime`, and `{{ type: {model}, format: {format} }}` in a member; or of \
         all points in time in bodies: `defaults: {{ wire: {{ datetime: {{ format: {format} }} }} }}`"
    ))
}

/// The format of points in time that is called so, here or elsewhere.
pub(crate) fn moment(name: &str) -> Option<&'static str> {
    ["unix", "unix-ms", "unix-us", "unix-ns"]
        .into_iter()
        .find(|own| *own == name)
        .or_else(|| format_elsewhere(name))
        .filter(|_| !name.eq_ignore_ascii_case("timestamp"))
}

/// Whether a format is spelt out, as `dd.MM.yyyy` and `%H:%M`.
pub(crate) fn is_pattern(format: &str) -> bool {
    ["yy", "YY", "dd", "DD", "HH", "hh", "%Y", "%d", "%H"].iter().any(|part| format.contains(part))
}

/// How the format of a type is said, of which somebody has made a part: `datetime(unix)`, `datetime<unix>`.
pub(crate) fn format_inside(ty: &str) -> Option<&'static str> {
    Some(match ty {
        "datetime" => "a format has a key of its own: `{ type: datetime, format: unix }`",
        "duration" => "a format has a key of its own: `{ type: duration, format: timespan }`",
        "bytes" => "a format has a key of its own: `{ type: bytes, format: base64url }`",
        _ => return None,
    })
}
