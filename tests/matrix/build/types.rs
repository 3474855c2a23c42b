//! Types of the language, each with a value.

use std::fmt::Write as _;

/// A type as it stands in a specification.
#[derive(Clone)]
pub(crate) struct Type {
    /// What things of this type are called: `list_of_bytes`.
    pub(crate) name: String,
    /// `list<bytes>`
    pub(crate) text: String,
    /// What a member says beside: `, format: base64url`.
    pub(crate) keys: &'static str,
    /// Models that it names, by their lines.
    pub(crate) models: Vec<String>,
    /// A value, as JSON.
    pub(crate) sample: String,
    /// How many places it is tried at.
    pub(crate) tried: Tried,
}

/// How many places a type is tried at, so that a build ends before anybody has gone for coffee.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tried {
    /// At each of them, since it stands for others of its kind.
    Everywhere,
    /// At those that differ most from one another.
    Centrally,
    /// Where all is asked for.
    Rarely,
}

/// Models that types name, and those that these name.
const MODELS: &[(&str, &str, &[&str])] = &[
    ("TextId", "string", &[]),
    ("SmallId", "int32", &[]),
    ("LargeId", "uint64", &[]),
    ("Open", "{ enum: [red, \"off-white\"] }", &[]),
    ("Closed", "{ enum: [on, off], closed: true }", &[]),
    ("Numbers", "{ enum: { 1: One, 2: Two } }", &[]),
    ("ClosedNumbers", "{ enum: { 1: One, 2: Two }, closed: true }", &[]),
    ("Plain", "{ fields: { id: string, size?: int32 } }", &[]),
    ("Loose", "{ incomplete: Only what is known., fields: { id: string } }", &[]),
    ("Empty", "{ fields: {} }", &[]),
    ("Coded", "{ fields: { raw: bytes, at?: datetime, price: decimal | null } }", &[]),
    ("Node", "{ fields: { name: string, next?: Node, rest?: list<Node> } }", &[]),
    ("Ruled", "{ fields: { a?: string, b?: string }, exactly_one: [a, b] }", &[]),
    (
        "Inside",
        "{ union: { tag: kind, variants: { plain: Plain, node: Node } } }",
        &["Plain", "Node"],
    ),
    (
        "Content",
        "{ union: { tag: kind, content: data, variants: { count: int32, raw: bytes } } }",
        &[],
    ),
    ("Keyed", "{ union: { key: { small: SmallId, at: datetime } } }", &["SmallId"]),
    (
        "Untagged",
        "{ union: { untagged: { number: double, text: string, many: list<bytes> } } }",
        &[],
    ),
    (
        "Turning",
        "{ union: { tag: kind, content: data, variants: { leaf: string, branch: list<Turning> } } }",
        &[],
    ),
    ("Page<T>", "{ fields: { items: list<T>, first?: T } }", &[]),
    ("Pair<A, B>", "{ fields: { a: A, b: B | null } }", &[]),
];

/// Types by themselves: how they are written, and a value.
const PLAIN: &[(&str, &str)] = &[
    ("string", r#""a, b/c""#),
    ("boolean", "true"),
    ("int32", "-5"),
    ("int64", "-9007199254740993"),
    ("uint32", "4294967295"),
    ("uint64", "18446744073709551615"),
    ("float", "1.5"),
    ("double", "2.25"),
    ("decimal", "12.75"),
    ("date", r#""2026-01-31""#),
    ("time", r#""08:30""#),
    ("datetime", r#""2026-01-31T08:30:00+01:00""#),
    ("localdatetime", r#""2026-01-31T08:30:00""#),
    ("duration", r#""PT1H30M""#),
    ("uuid", r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#),
    ("url", r#""https://example.com/a?b=c""#),
    ("bytes", r#""aGVsbG8/""#),
    ("json", r#"{"a":[1,null,"b"]}"#),
    ("file", r#""content""#),
    ("TextId", r#""t-1""#),
    ("SmallId", "7"),
    ("LargeId", "18446744073709551615"),
    ("Open", r#""off-white""#),
    ("Closed", r#""off""#),
    ("Numbers", "2"),
    ("ClosedNumbers", "1"),
    ("Plain", r#"{"id":"p-1","size":3}"#),
    ("Loose", r#"{"id":"l-1"}"#),
    ("Empty", "{}"),
    ("Coded", r#"{"raw":"aGVsbG8/","at":"2026-01-31T08:30:00Z","price":12.75}"#),
    ("Node", r#"{"name":"a","next":{"name":"b"},"rest":[{"name":"c"}]}"#),
    ("Ruled", r#"{"a":"b"}"#),
    ("Inside", r#"{"kind":"plain","id":"p-1"}"#),
    ("Content", r#"{"kind":"raw","data":"aGVsbG8/"}"#),
    ("Keyed", r#"{"at":"2026-01-31T08:30:00Z"}"#),
    ("Untagged", r#"["aGVsbG8/"]"#),
    ("Turning", r#"{"kind":"branch","data":[{"kind":"leaf","data":"a"}]}"#),
    ("Page<string>", r#"{"items":["a"],"first":"b"}"#),
    ("Page<bytes>", r#"{"items":["aGVsbG8/"]}"#),
    ("Page<Plain>", r#"{"items":[{"id":"p-1"}]}"#),
    ("Page<datetime>", r#"{"items":["2026-01-31T08:30:00Z"]}"#),
    ("Pair<Plain, int32>", r#"{"a":{"id":"p-1"},"b":1}"#),
    ("Page<Page<TextId>>", r#"{"items":[{"items":["t-1"]}]}"#),
    ("link<things.get>", r#""/things""#),
    ("map<uuid, int32>", r#"{"67e55044-10b1-426f-9247-bb680e5fe0c8":1}"#),
    ("map<TextId, bytes>", r#"{"t-1":"aGVsbG8/"}"#),
    ("map<SmallId, string>", r#"{"7":"a"}"#),
    ("map<Open, string>", r#"{"red":"a"}"#),
    ("map<Closed, string>", r#"{"off":"a"}"#),
    ("map<Numbers, string>", r#"{"2":"a"}"#),
    ("map<ClosedNumbers, string>", r#"{"1":"a"}"#),
    ("map<int64, string>", r#"{"-5":"a"}"#),
    ("map<date, string>", r#"{"2026-01-31":"a"}"#),
    ("map<time, decimal>", r#"{"08:30":12.75}"#),
    ("map<string, string>", r#"{"a":"b"}"#),
    ("map<datetime, string>", r#"{"2026-01-31T08:30:00Z":"a"}"#),
    ("map<boolean, string>", r#"{"true":"a"}"#),
    ("map<decimal, string>", r#"{"1.5":"a"}"#),
    ("map<url, string>", r#"{"/a":"a"}"#),
    ("map<bytes, string>", r#"{"aGVsbG8/":"a"}"#),
    ("map<double, string>", r#"{"1.5":"a"}"#),
    ("map<Plain, string>", r#"{"a":"a"}"#),
];

/// Types with what a member says beside.
const IN_FORMS: &[(&str, &str, &str, &str)] = &[
    ("assume_utc", "datetime", ", format: assume-utc", r#""2026-01-31T08:30:00""#),
    ("spaced", "datetime", ", format: spaced", r#""2026-01-31 08:30:00""#),
    ("date_only", "datetime", ", format: date-only", r#""2026-01-31""#),
    ("dotnet", "datetime", ", format: dotnet", r#""/Date(1700000000000+0100)/""#),
    ("http_date", "datetime", ", format: http", r#""Sun, 06 Nov 1994 08:49:37 GMT""#),
    ("rfc2822", "datetime", ", format: rfc2822", r#""Thu, 24 Aug 2023 05:01:45 +0200""#),
    ("unix", "datetime", ", format: unix", "1700000000"),
    ("unix_ms", "datetime", ", format: unix-ms", "1700000000000"),
    ("unix_us", "datetime", ", format: unix-us", "1700000000000000"),
    ("unix_ns", "datetime", ", format: unix-ns", "1700000000000000000"),
    (
        "some_dates",
        "datetime",
        ", format: [dotnet, assume-utc, unix]",
        r#""/Date(1700000000000+0100)/""#,
    ),
    ("unix_text", "datetime", ", format: unix, as: string", r#""1700000000""#),
    ("some_texts", "datetime", ", format: [unix-ms, rfc3339], as: string", r#""1700000000000""#),
    ("spaced_local", "localdatetime", ", format: spaced", r#""2026-01-31 08:30:00""#),
    ("timespan", "duration", ", format: timespan", r#""1.02:03:04""#),
    ("base64url", "bytes", ", format: base64url", r#""aGVsbG8_""#),
    ("boolean_text", "boolean", ", as: string", r#""true""#),
    ("int_text", "int64", ", as: string", r#""-5""#),
    ("uint_text", "uint64", ", as: string", r#""18446744073709551615""#),
    ("double_text", "double", ", as: string", r#""2.25""#),
    ("decimal_text", "decimal", ", as: string", r#""12.75""#),
    ("string_text", "string", ", as: string", r#""a""#),
    ("id_text", "TextId", ", as: string", r#""t-1""#),
    ("small_id_text", "SmallId", ", as: string", r#""7""#),
    ("date_text", "date", ", as: string", r#""2026-01-31""#),
    ("open_text", "Open", ", as: string", r#""red""#),
    ("numbers_text", "Numbers", ", as: string", r#""2""#),
    ("list_text", "list<int32>", ", as: string", r#""1,2""#),
    ("csv_int32", "list<int32>", ", as: csv", r#""1,2""#),
    ("csv_double", "list<double>", ", as: csv", r#""1.5,2""#),
    ("csv_null", "list<int64 | null>", ", as: csv", r#""1,null""#),
    ("csv_string", "list<string>", ", as: csv", r#""a,b""#),
    ("csv_or_list", "list<boolean>", ", as: [csv, list]", r#""true,false""#),
    ("csv_decimal", "list<decimal>", ", as: csv", r#""1.5,2""#),
    ("csv_id", "list<TextId>", ", as: csv", r#""a,b""#),
    ("csv_open", "list<Open>", ", as: csv", r#""red,red""#),
    ("csv_date", "list<date>", ", as: csv", r#""2026-01-31""#),
    ("csv_uuid", "list<uuid>", ", as: csv", r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#),
    ("one_string", "list<string>", ", as: [list, one]", r#"["a","b"]"#),
    ("one_bytes", "list<bytes>", ", as: [list, one]", r#"["aGVsbG8/"]"#),
    ("one_decimal", "list<decimal>", ", as: [list, one]", "[12.75]"),
    ("one_plain", "list<Plain>", ", as: [list, one]", r#"[{"id":"p-1"}]"#),
    ("one_untagged", "list<Untagged>", ", as: [list, one]", r#"["a",1.5]"#),
    ("one_list", "list<list<int32>>", ", as: [list, one]", "[[1],[2]]"),
    ("one_unix", "list<datetime>", ", format: unix, as: [list, one]", "[1700000000]"),
];

/// Types that stand for others of their kind, by themselves and in lists and maps.
const TELLING: &[&str] =
    &["string", "decimal", "datetime", "bytes", "TextId", "Open", "Plain", "Inside", "Untagged"];

/// Others that are like none of these.
const ODD: &[&str] = &[
    "boolean",
    "int64",
    "json",
    "file",
    "ClosedNumbers",
    "Numbers",
    "Coded",
    "Page<Plain>",
    "link<things.get>",
    "map<TextId, bytes>",
    "list_of_other_bytes",
    "list_of_other_datetime",
    "list_of_other_string",
    "named_list_of_decimal",
    "map_of_bytes",
    "other_decimal",
];

/// All types that no word beside them changes.
pub(crate) fn plain() -> Vec<Type> {
    let types = PLAIN.iter().map(|(text, sample)| Type::new(&name(text), text, "", sample));
    types.flat_map(|ty| ty.and_around()).collect()
}

/// Types in the forms that members say.
pub(crate) fn in_forms() -> Vec<Type> {
    let types = IN_FORMS.iter().flat_map(|(name, text, keys, sample)| {
        let ty = Type::new(name, text, keys, sample);
        let around = if keys.contains("as:") { Vec::new() } else { ty.holders() };
        let around = around.into_iter().map(|ty| Type { tried: Tried::Centrally, ..ty });
        std::iter::once(ty).chain(around)
    });
    types.collect()
}

/// Points in time and enums of numbers in other forms than usual, where all of a specification have them.
pub(crate) fn of_wire() -> Vec<Type> {
    let types = [
        ("datetime", r#""/Date(1700000000000+0100)/""#),
        ("localdatetime", r#""2026-01-31T08:30:00""#),
        ("Numbers", r#""Two""#),
        ("ClosedNumbers", r#""One""#),
        ("Page<datetime>", r#"{"items":["/Date(1700000000000+0100)/"]}"#),
        ("Page<Numbers>", r#"{"items":["One"]}"#),
        ("Keyed", r#"{"at":"/Date(1700000000000+0100)/"}"#),
        ("map<Numbers, datetime>", r#"{"One":"/Date(1700000000000+0100)/"}"#),
    ];
    let types = types.iter().map(|(text, sample)| Type::new(&name(text), text, "", sample));
    types.flat_map(|ty| ty.and_around()).collect()
}

impl Type {
    fn new(name: &str, text: &str, keys: &'static str, sample: &str) -> Self {
        let mut models = Vec::new();
        needed(text, &mut models);
        let (name, text, sample) = (name.to_owned(), text.to_owned(), sample.to_owned());
        Self { name, text, keys, models, sample, tried: Tried::Everywhere }
    }

    /// A message without what is of this type alone.
    pub(crate) fn left_out_of(&self, message: &str) -> String {
        let names =
            [self.text.clone(), pascal(&self.name), self.name.replace('_', "-"), self.name.clone()];
        names.iter().fold(message.to_owned(), |message, name| message.replace(name.as_str(), "…"))
    }

    /// The value as a text that stands for it in a specification.
    pub(crate) fn text_of_sample(&self) -> String {
        match self.sample.starts_with('"') {
            true => self.sample.clone(),
            false => format!("'{}'", self.sample),
        }
    }

    /// The type, and others with it inside.
    fn and_around(self) -> Vec<Self> {
        let mut all = self.holders();
        let alias = self.alias("Other", "other");
        let list = self.around("list", "list<_>", "[_]").alias("List", "named");
        let rare = [
            alias.alias("Another", "another"),
            alias.around("nullable_list", "list<_ | null>", "[_,null]"),
            alias.around("map", "map<_>", r#"{"k": _}"#),
            list.around("map", "map<_>", r#"{"k": _}"#),
            self.around("lists", "list<list<_>>", "[[_],[]]"),
            self.around("map_of_lists", "map<list<_>>", r#"{"k": [_]}"#),
            self.around("nullable", "_ | null", "_"),
        ];
        all.extend([alias.around("list", "list<_>", "[_]"), alias, list]);
        all.extend(rare);
        let around = match TELLING.contains(&self.text.as_str()) {
            true => Tried::Centrally,
            false => Tried::Rarely,
        };
        let telling = TELLING.contains(&self.text.as_str()) || ODD.contains(&self.text.as_str());
        let own = if telling { Tried::Everywhere } else { Tried::Centrally };
        all.iter_mut().for_each(|ty| ty.tried = around);
        all.push(Self { tried: own, ..self });
        all.iter_mut()
            .filter(|ty| ODD.contains(&ty.name.as_str()))
            .for_each(|ty| ty.tried = Tried::Everywhere);
        all
    }

    /// Lists and maps of the type.
    fn holders(&self) -> Vec<Self> {
        vec![
            self.around("list", "list<_>", "[_,_]"),
            self.around("map", "map<_>", r#"{"k": _}"#),
            self.around("nullable_map", "map<_ | null>", r#"{"k": _, "n": null}"#),
        ]
    }

    fn around(&self, how: &str, text: &str, sample: &str) -> Self {
        Self {
            name: format!("{how}_of_{}", self.name),
            text: text.replace('_', &self.text),
            sample: sample.replace('_', &self.sample),
            ..self.clone()
        }
    }

    /// Another name for the type.
    fn alias(&self, prefix: &str, how: &str) -> Self {
        let named = format!("{prefix}{}", pascal(&self.name));
        let line = format!("  {named}: {{ type: \"{}\" }}", self.text);
        let models = self.models.iter().cloned().chain([line]).collect();
        Self { name: format!("{how}_{}", self.name), text: named, models, ..self.clone() }
    }
}

/// The lines of the models that a type names.
fn needed(text: &str, lines: &mut Vec<String>) {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    for (name, model, names) in MODELS {
        let own = name.split('<').next().unwrap_or(name);
        let key = if name.contains('<') { format!("\"{name}\"") } else { (*name).to_owned() };
        let line = format!("  {key}: {model}");
        if words.contains(&own) && !lines.contains(&line) {
            lines.push(line);
            needed(&names.join(" "), lines);
        }
    }
}

/// `Page<list<int32>>` as `page_list_int32`.
fn name(text: &str) -> String {
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        for (at, c) in word.char_indices() {
            if at == 0 && !name.is_empty() || at > 0 && c.is_uppercase() {
                name.push('_');
            }
            let _ = write!(name, "{}", c.to_lowercase());
        }
    }
    name
}

/// `list_of_bytes` as `ListOfBytes`.
pub(crate) fn pascal(name: &str) -> String {
    let words = name.split('_').filter_map(|word| {
        let first = word.chars().next()?;
        Some(first.to_uppercase().chain(word.chars().skip(1)).collect::<String>())
    });
    words.collect()
}
