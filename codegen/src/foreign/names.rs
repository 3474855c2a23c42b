//! What types are called elsewhere.

/// A name with what is given to it; unknown ones stay as they are.
pub(super) fn named(name: &str, given: &[String]) -> Option<String> {
    let own = crate::vocabulary::is_reserved(name);
    let found = match given {
        [] if own => None,
        _ => generic(name, given).or_else(|| generic(last_segment(name)?, given)),
    };
    if let Some(found) = found {
        return Some(found);
    }
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "union" | "tuple" | "literal" | "either" | "oneof" | "pair") {
        return None;
    }
    // `t.string`: no model is called like a type.
    if given.is_empty()
        && let Some(last) =
            last_segment(name).filter(|last| crate::vocabulary::scalar(last).is_some())
    {
        return Some(last.to_owned());
    }
    // `String`, `Date`
    if given.is_empty() && !own && crate::vocabulary::is_reserved(&lower) {
        return Some(lower);
    }
    // `Models::Order` is a model, and `common.Order` one of a file that is used.
    let name = name.rsplit("::").next().and_then(|name| name.rsplit('\\').next()).unwrap_or(name);
    match given {
        [] => Some(name.to_owned()),
        given => {
            let model =
                name.rsplit('.').next().is_some_and(|it| it.starts_with(char::is_uppercase));
            let takes = model || matches!(name, "list" | "map" | "link");
            (takes && can_be_given(given)).then(|| format!("{name}<{}>", given.join(", ")))
        }
    }
}

/// The last word of a name with a way before it.
pub(crate) fn last_segment(name: &str) -> Option<&str> {
    let last = name.rsplit(['.', ':', '\\']).next()?;
    (last.len() < name.len() && !last.is_empty()).then_some(last)
}

/// Whether a type can be made of these: nothing is a whole answer, and no part of anything.
pub(crate) fn can_be_given(given: &[String]) -> bool {
    !given.iter().any(|of| of == "nothing")
}

/// A type that may be null; there is no less than nothing.
pub(crate) fn or_null(ty: &str) -> String {
    match ty.trim_end_matches(" | null") {
        "nothing" => "nothing".to_owned(),
        ty => format!("{ty} | null"),
    }
}

/// A member as it is written, whose type may be null, if this is taken out of its type.
pub(crate) fn without_null(member: &str) -> Option<String> {
    const NULL: &str = " | null";
    let head = member.find(" -- ").unwrap_or(member.len());
    let mut depth = 0_i32;
    let at = member[..head].char_indices().find(|(at, c)| {
        depth += match c {
            '<' => 1,
            '>' => -1,
            _ => 0,
        };
        let behind = member[*at..].strip_prefix(NULL);
        depth == 0 && behind.is_some_and(|it| !it.starts_with(|c: char| c.is_alphanumeric()))
    });
    let (at, _) = at?;
    Some(format!("{}{}", &member[..at], &member[at + NULL.len()..]))
}

/// What other languages call a type, as it is written here.
pub(crate) fn generic(name: &str, given: &[String]) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let found = match (lower.as_str(), given) {
        (
            "array"
            | "list"
            | "vec"
            | "vector"
            | "set"
            | "sequence"
            | "seq"
            | "collection"
            | "iterable"
            | "arraylist"
            | "readonlyarray"
            | "ienumerable"
            | "ilist"
            | "icollection"
            | "ireadonlylist"
            | "ireadonlycollection"
            | "iset"
            | "hashset"
            | "frozenset"
            | "enumerable"
            | "repeated"
            | "linkedlist",
            [item],
        ) => format!("list<{item}>"),
        ("nullable" | "optional" | "option" | "maybe" | "nilable" | "notrequired", [of]) => {
            or_null(of)
        }
        ("map" | "record" | "dict" | "dictionary" | "hashmap" | "hash", [of]) => {
            format!("map<{of}>")
        }
        (
            "map"
            | "record"
            | "dict"
            | "dictionary"
            | "hashmap"
            | "hash"
            | "mapping"
            | "idictionary"
            | "ireadonlydictionary"
            | "sorteddictionary"
            | "ordereddict"
            | "treemap"
            | "btreemap"
            | "defaultdict",
            [key, of],
        ) => match key.as_str() {
            "string" | "str" | "String" => format!("map<{of}>"),
            // `[key: string]`: what the keys are called.
            key if key.starts_with(char::is_lowercase)
                && !key.contains(['<', '.'])
                && crate::vocabulary::scalar(key).is_none() =>
            {
                format!("map<{of}>")
            }
            key => format!("map<{key}, {of}>"),
        },
        ("datetime", [zone]) if zone.starts_with(char::is_uppercase) => "datetime".to_owned(),
        ("annotated", [of, _, _, ..]) => of.clone(),
        (
            "promise" | "box" | "future" | "classvar" | "required" | "readonly" | "task" | "lazy"
            | "awaitable" | "final" | "annotated",
            [of],
        )
        | ("result" | "annotated", [of, _]) => of.clone(),
        ("tuple" | "valuetuple" | "keyvaluepair", items) if !items.is_empty() => tuple(items),
        ("pair" | "triple", [_, _, ..]) => tuple(given),
        (_, []) => match scalar(&lower) {
            Some(scalar) => scalar.to_owned(),
            None => composed(&lower)?,
        },
        _ => return None,
    };
    (can_be_given(given) || found == "nothing").then_some(found)
}

/// What several types in a row are: a list of what all of them are.
pub(super) fn tuple(items: &[String]) -> String {
    match items {
        [first, others @ ..] if others.iter().all(|other| other == first) => {
            format!("list<{first}>")
        }
        _ => "list<json>".to_owned(),
    }
}

/// Names that are made of that of a scalar: `NullString`, `OptionalInt`, `PositiveInt`, `StringList`, `IntArray`.
fn composed(lower: &str) -> Option<String> {
    let known = |word: &str| {
        let own = crate::vocabulary::scalar(word).map(|_| word.to_owned());
        own.or_else(|| Some(scalar(word)?.to_owned())).filter(|meant| meant != "nothing")
    };
    let of =
        |prefixes: &[&str]| prefixes.iter().find_map(|prefix| known(lower.strip_prefix(prefix)?));
    if let Some(of) = of(&["null", "nullable", "optional"]) {
        return Some(format!("{of} | null"));
    }
    if let Some(of) =
        of(&["positive", "negative", "nonnegative", "nonempty", "strict", "primitive", "atomic"])
    {
        return Some(of);
    }
    match lower {
        "uint8array" | "uint8list" => return Some("bytes".to_owned()),
        _ => {}
    }
    let suffixed =
        |suffix: &str| known(lower.strip_suffix(suffix)?).map(|of| format!("list<{of}>"));
    suffixed("array").or_else(|| suffixed("list")).or_else(|| suffixed("set"))
}

/// What other languages call a scalar, in small letters.
pub(crate) fn scalar(name: &str) -> Option<&'static str> {
    Some(match name {
        "int" | "integer" | "short" | "conint" | "i8" | "i16" | "i32" | "sbyte" | "int8"
        | "int16" | "smallint" | "tinyint" | "sint32" | "sfixed32" | "int32value" => "int32",
        "long" | "bigint" | "i64" | "isize" | "sint64" | "sfixed64" | "biginteger"
        | "int64value" => "int64",
        "u8" | "u16" | "u32" | "uint" | "ushort" | "uint8" | "uint16" | "fixed32"
        | "uint32value" => "uint32",
        "u64" | "usize" | "ulong" | "fixed64" | "uint64value" => "uint64",
        "f32" | "single" | "float32" | "floatvalue" => "float",
        "number" | "real" | "f64" | "float64" | "doublevalue" => "double",
        "bigdecimal" | "money" | "numeric" => "decimal",
        "naivedate" | "localdate" | "dateonly" => "date",
        "naivetime" | "localtime" | "timeonly" => "time",
        "naivedatetime" => "localdatetime",
        "bool" | "boolvalue" => "boolean",
        "str" | "constr" | "text" | "email" | "char" | "varchar" | "symbol" | "emailstr"
        | "stringvalue" | "nvarchar" | "secretstr" | "id" | "rune" | "character" | "locale"
        | "ipv4address" | "ipv6address" | "ipaddress" | "net.ip" => "string",
        "guid" | "uuid4" => "uuid",
        "void" | "unit" | "none" | "nil" | "empty" | "nocontent" | "no_content" => "nothing",
        "google.protobuf.timestamp"
        | "instant"
        | "isodate"
        | "iso8601"
        | "moment"
        | "datetimeoffset"
        | "zoneddatetime"
        | "timewithzone"
        | "offsetdatetime"
        | "timestamptz"
        | "time.time"
        | "java.util.date"
        | "datetimeimmutable"
        | "datetimeinterface"
        | "carbon" => "datetime",
        "uri" | "httpurl" | "anyurl" | "urlstring" => "url",
        "timedelta" | "period" => "duration",
        "bytea" | "blob" | "bytesvalue" | "fixed" => "bytes",
        "any" | "object" | "unknown" | "jsonelement" | "jsonvalue" | "jobject" | "jtoken"
        | "jsonnode" | "jsonb" | "struct" | "mixed" | "dynamic" | "stdclass" | "anycodable"
        | "jsonobject" | "rawmessage" => "json",
        "array" | "iterable" => "list<string>",
        "dict" | "dictionary" | "hash" | "record" => "map<string>",
        "nullable" => "string | null",
        _ => return None,
    })
}
