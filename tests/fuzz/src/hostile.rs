//! Specifications whose names are those of something else in Rust, at every place where names stand, with the largest
//! numbers that there are.
//!
//! Damage seldom leaves a name that is taken elsewhere and a specification that is accepted. Here whatever `check`
//! refuses is called otherwise, one name at a time, until nothing is refused.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use clientwright_codegen::check;
use clientwright_codegen::diag::Severity;
use clientwright_codegen::source::Source;

/// Names that are keywords, in scope everywhere, those of the runtime, of what is generated, or become one another.
const NAMES: &[&str] = &[
    // Keywords, those of later editions and those that cannot be raw.
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "pub",
    "ref",
    "return",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "union",
    "unsafe",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "_",
    // The prelude, and primitive types.
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "ToString",
    "Into",
    "From",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "Drop",
    "Fn",
    "Iterator",
    "Send",
    "Sync",
    "Sized",
    "Eq",
    "Ord",
    "str",
    "u8",
    "i64",
    "bool",
    "char",
    "drop",
    "vec",
    "format",
    "println",
    "std",
    "core",
    "alloc",
    "serde",
    "Infallible",
    // Of the runtime and of generated modules.
    "runtime",
    "clientwright_runtime",
    "Client",
    "Builder",
    "Error",
    "Request",
    "Method",
    "Encoder",
    "Answer",
    "Call",
    "Calls",
    "DecodeError",
    "Value",
    "Map",
    "Patch",
    "Date",
    "DateTime",
    "Decimal",
    "Bytes",
    "Url",
    "Uuid",
    "File",
    "Upload",
    "Download",
    "Duration",
    "Undeclared",
    "Provider",
    "Output",
    "Mode",
    "Async",
    "Blocking",
    "Transaction",
    "Uncommitted",
    "Event",
    "Delivery",
    "Secrets",
    "Other",
    "Unknown",
    "Unlisted",
    "Other2",
    "InSuccess",
    "Json",
    "models",
    "client",
    "deliveries",
    "tests",
    "errors",
    "auth",
    "lib",
    "main",
    "build",
    "fake",
    "blocking",
    "METHOD",
    "call",
    "request",
    "response",
    "answer",
    "encoder",
    "builder",
    "error",
    "method",
    "mode",
    "inner",
    "m",
    "r",
    "f",
    // Functions that types have.
    "new",
    "get",
    "send",
    "body",
    "map",
    "into_future",
    "with_timeout",
    "with_retry",
    "stream",
    "pages",
    "items",
    "begin",
    "commit",
    "id",
    "resume",
    "clone",
    "fmt",
    "eq",
    "cmp",
    "hash",
    "from",
    "into",
    "deref",
    "borrow",
    "default",
    "as_str",
    "as_ref",
    "to_string",
    "to_owned",
    "try_from",
    "type_id",
    "encode",
    "decode",
    "decode_error",
    "url",
    "header",
    "query",
    "token",
    "timeout",
    "retry",
    "undeclared",
    "next",
    "value",
    "key",
    "data",
    "source",
    "name",
    // One letter, other scripts, digits, and names that become one.
    "a",
    "A",
    "T",
    "K",
    "é",
    "ß",
    "日本",
    "名前",
    "Ω",
    "über",
    "ünï",
    "1st",
    "3d",
    "2",
    "x1",
    "X1",
    "x_1",
    "aB",
    "a_b",
    "a-b",
    "AB",
    "a.b",
    "a b",
    "a/b",
    "$ref",
    "@id",
    "#e",
    "r#type",
    "type_",
    "__proto__",
    "it's",
    "<T>",
    "*/",
    "{x}",
    "OAuth2",
    "iOS",
    "IDs",
    "self_",
    "field_3d",
    "Value2",
    "Model3d",
    "true_",
    "i8::MAX",
    "\u{1f980}",
];

/// How many names a specification has at each place.
const EACH: usize = 8;

/// How many specifications it takes until each name has stood at each place.
pub const COUNT: usize = NAMES.len().div_ceil(EACH);

/// One of these, in which nothing is refused. The numbers go round.
///
/// # Panics
///
/// Where something is refused that has nothing to do with a name.
#[must_use]
pub fn hostile(index: usize) -> String {
    let mut tame = BTreeSet::new();
    loop {
        let mut page = Page { index, tame: &tame, text: String::new(), places: Vec::new() };
        page.specification();
        let Page { text, places, .. } = page;
        let source = Source { name: "hostile.yaml".to_owned(), text: text.clone() };
        let report = check(vec![source]);
        let mut errors =
            report.diagnostics.iter().filter(|one| one.severity == Severity::Error).peekable();
        if errors.peek().is_none() {
            return text;
        }
        let known = tame.len();
        let mut more = BTreeSet::new();
        for error in errors {
            let spans = std::iter::once(&error.span).chain(error.related.iter().map(|(at, _)| at));
            let of = |span: &clientwright_codegen::source::Span| {
                let within = |at: &Range<usize>| {
                    at.start <= span.end as usize && span.start as usize <= at.end
                };
                let mut wild = places.iter().filter(|(_, slot)| !tame.contains(slot));
                wild.find(|(at, _)| within(at)).map(|(_, slot)| *slot)
            };
            // Of two names that become one, the second is called otherwise.
            more.extend(spans.into_iter().find_map(of));
        }
        tame.extend(more);
        assert!(tame.len() > known, "refused for no name\n{report}");
    }
}

/// A place where a name stands: what for, and the number there.
type Slot = (&'static str, usize);

/// A specification while it is written.
struct Page<'t> {
    index: usize,
    /// Where a name was refused.
    tame: &'t BTreeSet<Slot>,
    text: String,
    places: Vec<(Range<usize>, Slot)>,
}

impl Page<'_> {
    /// The name that stands at a place.
    fn name(&self, slot: Slot) -> String {
        let (what, at) = slot;
        if self.tame.contains(&slot) {
            return format!("{what}{at}");
        }
        // Other names at other places, so that what is refused at one does not keep it from all.
        let shift: usize = what.bytes().map(usize::from).sum();
        let name = NAMES[((self.index + shift) * EACH + at) % NAMES.len()];
        match what.starts_with(char::is_uppercase) {
            true => {
                let words = name.split(|c: char| !c.is_alphanumeric());
                let pascal = words.filter_map(|word| {
                    let first = word.chars().next()?;
                    Some(first.to_uppercase().chain(word.chars().skip(1)).collect::<String>())
                });
                let pascal: String = pascal.collect();
                // Of signs alone no name is made.
                if pascal.is_empty() { format!("{what}{at}") } else { pascal }
            }
            false => name.to_owned(),
        }
    }

    /// Writes a text in which `§` stands for the name at a place.
    fn line(&mut self, slot: Slot, text: &str) {
        let name = self.name(slot);
        for (count, part) in text.split('§').enumerate() {
            if count > 0 {
                let start = self.text.len();
                let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
                self.text.push_str(&escaped);
                self.places.push((start..self.text.len(), slot));
            }
            self.text.push_str(part);
        }
        self.text.push('\n');
    }

    /// The same for each name of a place, in which `#` stands for its number.
    fn each(&mut self, what: &'static str, text: &str) {
        for at in 0..EACH {
            self.line((what, at), &text.replace('#', &at.to_string()));
        }
    }

    /// The same with one of the texts for each, in turn.
    fn any(&mut self, what: &'static str, texts: &[&str]) {
        for at in 0..EACH {
            let text = texts[(at + self.index) % texts.len()];
            self.line((what, at), &text.replace('#', &at.to_string()));
        }
    }

    fn plain(&mut self, text: &str) {
        let _ = writeln!(self.text, "{text}");
    }

    fn specification(&mut self) {
        self.plain("clientwright: 1");
        self.line(("provider", 0), "provider: { name: \"§\" }");
        self.client();
        self.models();
        self.methods();
        self.deliveries();
    }

    fn client(&mut self) {
        self.plain("servers:\n  production: https://api.example.com");
        self.any(
            "server",
            &[
                "  \"§\": https://s#.example.com",
                "  \"§\": { url: https://s#.example.com, pick: false }",
            ],
        );
        self.plain(
            "  variable:\n    url: \"https://{first}.example.com/{second}\"\n    variables:",
        );
        self.plain("      first: string\n      second: string");
        for at in 0..EACH {
            self.line(("region", at), &format!("  region{at}:\n    url: \"https://{{§}}.r{at}.example.com\"\n    variables: {{ \"§\": string }}"));
        }
        self.plain("auth:");
        self.any(
            "auth",
            &[
                "  \"§\": { scheme: bearer }",
                "  \"§\": { scheme: basic }",
                "  \"§\": { scheme: api-key, header: X-Auth-# }",
                "  \"§\": { scheme: oauth2, flow: client-credentials, token_url: /token }",
                "  \"§\": { scheme: oauth2, flow: authorization-code, authorize_url: https://login.example.com, token_url: /token }",
                "  \"§\": { scheme: jwt, alg: HS256, secret: secret, lifetime: 86400 }",
            ],
        );
        self.any(
            "argument",
            &[
                "  by#: { scheme: bearer, token: \"§\" }",
                "  by#: { scheme: basic, username: \"§\" }",
                "  by#: { scheme: api-key, query: key#, key: \"§\" }",
                "  by#: { scheme: jwt, alg: HS512, secret: \"§\", claims: { n#: int64 } }",
                "  by#: { scheme: jwt, alg: HS512, secret: secret, claims: { \"§\": string } }",
            ],
        );
        self.plain("  spare: { scheme: bearer }");
        self.each("either", "  \"§\": { any: [by#, spare] }");
        self.plain("formats:\n  json: application/json");
        self.each("format", "  \"§\": text/x-#");
        self.plain("defaults: { auth: none, errors: { 4xx: Problem }, timeout: { call: 24h } }");
        self.plain("rate_limit: { requests: 10000, per: 1h }");
        self.plain("path:");
        self.each("place", "  \"§\": string");
        self.plain("parameters:\n  query:");
        self.any("always", &["    \"§?\": string", "    \"§\": int64", "    \"§\": { const: a }"]);
        self.plain("pagers:");
        self.each("pager", "  \"§\": { style: page, page: page#, size: 4294967295, end: short }");
    }

    fn models(&mut self) {
        self.plain("models:\n  Problem: { message: text, fields: { text?: string } }");
        self.any(
            "model",
            &[
                "  \"§\": { fields: { inside?: \"§\" } }",
                "  \"§\": string",
                "  \"§\": { enum: [one, two] }",
                "  \"§\": { union: { tag: kind, variants: { a: Problem } } }",
                "  \"§\": list<string>",
                "  \"§\": uint64",
            ],
        );
        self.plain("  Uses:\n    fields:");
        self.any(
            "model",
            &["      of#: \"§\"", "      of#?: \"list<§>\"", "      of#?: \"§ | null\""],
        );
        for at in 0..EACH {
            self.line(
                ("Open", at),
                &format!(
                    "  \"Generic{at}<§>\": {{ fields: {{ one: \"§\", more?: \"list<§>\" }} }}"
                ),
            );
            self.plain(&format!("  Given{at}: Generic{at}<Uses>"));
        }
        self.plain("  Fields:\n    fields:");
        self.any(
            "field",
            &[
                "      \"§\": string",
                "      \"§?\": string",
                "      \"§?\": string | null",
                "      \"§\": string sensitive",
                "      \"§\": { type: list<string>, null_as_default: true }",
                "      \"§\": { const: 9223372036854775807, type: int64 }",
                "      \"§\": datetime | null",
            ],
        );
        self.plain("  Changes: { like: Fields, optional: all }\n  Started: { fields: { transaction: int64 } }");
        self.plain("  Partly:\n    incomplete: Not all is shown.\n    fields:");
        self.each("part", "      \"§?\": Uses");
        self.plain("  Named:\n    fields:");
        self.each("name", "      wire#?: { type: string, name: \"§\" }");
        self.plain("  Chosen:\n    fields:\n      one?: string\n      two?: string\n    exactly_one: [one, two]");
        self.plain("  Numbers:\n    fields:");
        self.plain("      a: { const: 18446744073709551615, type: uint64 }");
        self.plain("      b: { const: -9223372036854775808, type: int64 }");
        self.plain("      c: { const: 4294967295, type: uint32 }");
        self.plain("      d: { const: -2147483648, type: int32 }");
        self.plain("      e: int64(-9223372036854775808..9223372036854775807)");
        self.plain("      f: uint64(..18446744073709551615)");
        self.plain("      g: { type: int64, default: -9223372036854775808 }");
        self.plain("      h: string(..4294967296)");
        self.plain("  Values:\n    enum:");
        self.each("value", "      \"§\": {}");
        self.plain("  Closed:\n    closed: true\n    enum:");
        self.each("shut", "      \"§\": Text.");
        self.plain("  Counted:\n    enum:\n      -9223372036854775808: Least\n      9223372036854775807: Most");
        self.each("Count", "      100#: \"§\"");
        self.plain("  Tagged:\n    union:\n      tag: kind\n      variants:");
        self.each("tagged", "        \"§\": Problem");
        self.plain("  Apart:\n    union:\n      tag: kind\n      content: data\n      variants:");
        self.any(
            "apart",
            &["        \"§\": Problem", "        \"§\": string", "        \"§\": int64"],
        );
        self.plain("  Keyed:\n    union:\n      key:");
        self.each("keyed", "        \"§\": string");
        self.plain("  Untagged:\n    union:\n      untagged:");
        self.line(("Fit", 0), "        \"§\": Problem");
        self.line(("Fit", 1), "        \"§\": int64");
        self.line(("Fit", 2), "        \"§\": list<string>");
        self.line(("Fit", 3), "        \"§\": string");
    }

    fn methods(&mut self) {
        self.plain("groups:");
        self.each("group", "  \"§\": { doc: A group. }");
        self.plain("  open: { transaction: { open: start, commit: end, id: transaction } }");
        self.plain("methods:");
        let models = "Uses Fields Changes Partly Named Chosen Numbers Values Closed Counted Tagged Apart Keyed Untagged";
        for (at, model) in models.split(' ').enumerate() {
            self.plain(&format!(
                "  all.m{at}: {{ http: PUT /all{at}, body: {model}, returns: {model} }}"
            ));
        }
        for at in 0..EACH {
            self.plain(&format!(
                "  given.m{at}: {{ http: PUT /given{at}, body: Given{at}, returns: Given{at} }}"
            ));
            self.line(
                ("place", at),
                &format!("  places.m{at}: {{ http: \"GET /places{at}/{{§}}\", returns: json }}"),
            );
            self.line(
                ("auth", at),
                &format!("  auths.m{at}: {{ http: GET /auths{at}, auth: \"§\", returns: json }}"),
            );
            self.line(
                ("either", at),
                &format!(
                    "  eithers.m{at}: {{ http: GET /eithers{at}, auth: \"§\", returns: json }}"
                ),
            );
            self.line(
                ("server", at),
                &format!(
                    "  served.m{at}: {{ http: GET /served{at}, server: \"§\", returns: json }}"
                ),
            );
            self.line(("pager", at), &format!("  paged.m{at}: {{ http: GET /paged{at}, paginate: \"§\", returns: list<Uses> }}"));
        }
        self.each("group", "  \"§.get\": { http: GET /g#, returns: Uses }");
        self.any(
            "method",
            &[
                "  \"calls.§\": { http: GET /calls#, returns: Uses }",
                "  \"calls.§\": { http: POST /calls#, body: Fields, returns: nothing, errors: { 404: nothing } }",
                "  \"calls.§\": { http: POST /calls#, body: { any: { One: Uses, Two: text } }, returns: { 200: Uses as One, 201: Fields as Two } }",
                "  \"calls.§\": { http: GET /calls#, returns: events<Uses> }",
                "  \"calls.§\": { http: GET /calls#, returns: binary }",
            ],
        );
        for at in 0..EACH {
            self.line(
                ("route", at),
                &format!("  routes.m{at}: {{ http: \"GET /routes{at}/{{§}}\", path: {{ \"§\": int64 }}, returns: json }}"),
            );
        }
        self.plain("  sent.get:\n    http: GET /sent\n    returns: json\n    query:");
        self.any(
            "query",
            &[
                "      \"§?\": string",
                "      \"§\": list<string>",
                "      \"§\": { const: 18446744073709551615, type: uint64 }",
            ],
        );
        self.plain("    headers:");
        self.each("header", "      \"X-§\": string");
        self.plain("    cookies:");
        self.each("cookie", "      \"§?\": string");
        self.plain(
            "  sent.members:\n    http: POST /members\n    returns: json\n    body:\n      fields:",
        );
        self.any(
            "member",
            &[
                "        \"§\": string",
                "        \"§?\": Uses | null",
                "        \"§\": { const: -9223372036854775808, type: int64 }",
            ],
        );
        self.plain("  sent.form:\n    http: POST /form\n    returns: json\n    body:\n      form:");
        self.any(
            "entry",
            &[
                "        \"§\": string",
                "        \"§?\": int64",
                "        \"§\": { const: 4294967295, type: uint32 }",
            ],
        );
        self.plain(
            "  sent.parts:\n    http: POST /parts\n    returns: json\n    body:\n      multipart:",
        );
        self.any(
            "piece",
            &[
                "        \"§\": file",
                "        \"§?\": Uses",
                "        \"§\": { const: 18446744073709551615, type: uint64 }",
            ],
        );
        self.plain("  came.errors:\n    http: GET /errors\n    returns: json\n    errors:");
        self.any("Failure", &["      40#: Problem as §", "      40#: nothing as §"]);
        self.plain("  came.answers:\n    http: GET /answers\n    returns:");
        self.any("Success", &["      21#: Problem as §", "      21#: nothing as §"]);
        self.plain("  came.either:\n    http: GET /either\n    returns:\n      any:");
        self.each("Kind", "        \"§\": text(text/x-#)");
        self.plain(
            "  sent.either:\n    http: PUT /either\n    returns: json\n    body:\n      any:",
        );
        self.any("Way", &["        \"§\": binary(image/x-#)", "        \"§\": text(text/x-#)"]);
        self.plain("  open.start: { http: POST /open, returns: { 201: Started, 204: nothing } }");
        self.plain("  open.end: { http: \"PUT /open/{transaction}\", path: { transaction: int64 }, returns: nothing }");
        for at in 0..EACH {
            self.line(
                ("step", at),
                &format!("  \"open.§\": {{ http: \"GET /open/{{transaction}}/{at}\", path: {{ transaction: int64 }}, returns: json }}"),
            );
        }
    }

    fn deliveries(&mut self) {
        self.plain("deliveries:\n  event: { field: event }\n  verify: none\n  events:");
        self.any(
            "event",
            &["    \"§\": Uses", "    \"§\": nothing", "    \"§\": { type: Problem, doc: Text. }"],
        );
    }
}
