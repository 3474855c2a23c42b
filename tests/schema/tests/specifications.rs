//! What passes `check` passes the schema, and the mistakes that a schema can know are refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::{Path, PathBuf};

use clientwright_codegen::diag::Severity;
use clientwright_codegen::source::Source;
use jsonschema::Validator;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn validator() -> Validator {
    jsonschema::validator_for(&serde_json::from_str(&clientwright_codegen::schema()).unwrap())
        .unwrap()
}

/// The file as an editor hands it to the schema: keys are texts.
fn value(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).ok()?;
    // The reader of this test knows neither a byte-order mark nor old line ends.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    Some(json(serde_yaml::from_str(&text).ok()?))
}

fn json(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Mapping(entries) => {
            let text = |key: Yaml| match key {
                Yaml::String(text) => text,
                other => serde_yaml::to_string(&other).unwrap().trim().to_owned(),
            };
            Value::Object(
                entries.into_iter().map(|(key, value)| (text(key), json(value))).collect(),
            )
        }
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
        other => serde_json::to_value(other).unwrap_or(Value::Null),
    }
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn every_good_specification_passes() {
    let validator = validator();
    let mut found = Vec::new();
    let of_tests =
        ["behaviour", "bodies", "conformance", "cost"].map(|it| format!("tests/{it}/specs"));
    for folder in ["specs", "codegen/tests/ui/ok"].map(str::to_owned).into_iter().chain(of_tests) {
        files(&root().join(folder), &mut found);
    }
    let mut failures = Vec::new();
    for path in found {
        let Some(value) = value(&path) else {
            failures.push(format!("{}: cannot be read", path.display()));
            continue;
        };
        for error in validator.iter_errors(&value) {
            failures.push(format!("{}: {error} at {}", path.display(), error.instance_path()));
        }
    }
    for page in ["language.md", "guide.md"] {
        let text = std::fs::read_to_string(root().join("docs").join(page)).unwrap();
        for block in text.split("```yaml").skip(1) {
            let (_, block) = block.split("```").next().unwrap().split_once('\n').unwrap();
            let head = if block.contains("clientwright: 1") { "" } else { "clientwright: 1\n" };
            let block = format!("{head}{block}");
            let Ok(value) = serde_yaml::from_str(&block) else { continue };
            for error in validator.iter_errors(&json(value)) {
                failures.push(format!("{page}: {error} at {}\n{block}", error.instance_path()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The keys that an editor offers in a mapping: those of the schema, and of each part of it that holds there.
fn offered(whole: &Value, schema: &Value, written: &Value) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let all = schema["properties"].as_object().into_iter().flatten();
    // Of `true` nothing is offered, which is how a key is known and not described twice.
    keys.extend(all.filter(|(_, held)| held.is_object()).map(|(key, _)| key.clone()));
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let mut condition = part["if"].clone();
        if condition.is_null() {
            continue;
        }
        condition["definitions"] = whole["definitions"].clone();
        let branch = if jsonschema::is_valid(&condition, written) { "then" } else { "else" };
        keys.extend(offered(whole, &part[branch], written));
    }
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| written.get(key).is_none());
    keys
}

/// Editors that know the schema alone offer what goes with the word that stands there.
#[test]
fn editors_offer_what_fits() {
    let whole: Value = serde_json::from_str(&clientwright_codegen::schema()).unwrap();
    let of = |kind: &str, written: &str| {
        let written = json(serde_yaml::from_str(written).unwrap());
        offered(&whole, &whole["definitions"][kind], &written).join(" ")
    };
    let common = |more: &str| {
        let mut keys: Vec<&str> = ["allow", "assumed", "doc", "scopes"]
            .into_iter()
            .chain(more.split_whitespace())
            .collect();
        keys.sort_unstable();
        keys.join(" ")
    };
    let auth = |written: &str| of("an_auth_entry", written);
    assert_eq!(auth("{ doc: One. }"), common("all any scheme").replace("doc ", ""));
    assert_eq!(auth("{ scheme: basic }"), common("password username"));
    assert_eq!(auth("{ scheme: bearer }"), common("token"));
    assert_eq!(auth("{ scheme: api-key, header: X-Key }"), common("cookie key prefix query"));
    assert_eq!(auth("{ scheme: jwt }"), common("alg claims kid lifetime secret"));
    let oauth2 = auth("{ scheme: oauth2 }");
    assert!(oauth2.contains("token_url") && !oauth2.contains("username"), "{oauth2}");
    assert_eq!(of("a_pager", "{ style: link-header }"), "allow items limit");
    assert!(of("a_pager", "{ style: page }").contains("first"));
}

/// Codes of which a schema cannot know every mistake, with the reason; where only some messages of a code are meant, a
/// part of them stands in the middle. Whatever else `check` finds in a fixture the schema has to refuse.
const BEYOND: &[(&str, &str, &str)] = &[
    ("E0006", "", "what nobody sees is a letter to a schema"),
    ("E0104", "nowhere opened", "the parts of a text are keys, and examples hold any key"),
    ("E0108", "", "an editor makes texts of keys"),
    ("E0110", "", "a schema sees values, and not how YAML writes them"),
    ("E0111", "", "a schema sees values, and not how YAML writes them"),
    ("E0112", "", "a schema sees values, and not how YAML writes them"),
    ("E0113", "", "a schema sees values, and not how YAML writes them"),
    ("E0114", "", "a schema sees values, and not how YAML writes them"),
    ("E0115", "", "a schema sees values, and not how YAML writes them"),
    ("E0122", "a colon is missing", "examples hold any value"),
    ("E0201", "nobody reads the further", "how a value is told is said on another level"),
    ("E0202", "no file of the specification has a `provider`", "another file may have it"),
    ("E0202", "the specification has no `servers`", "another file may have them"),
    ("E0202", "does not say how it authenticates", "its group or the defaults may"),
    ("E0203", "would always be", "whether a text stands in quotes is not known"),
    ("E0203", "stands in a list of values", "whether a text stands in quotes is not known"),
    ("E0203", "a list stands in braces", "examples hold any value"),
    ("E0203", "is no way to a member", "members have any names"),
    ("E0203", "`checked` is a day", "an editor knows no calendar"),
    ("E0203", "names a member, found `true`", "members have any names"),
    ("E0204", "of an example has no value", "examples hold any value"),
    (
        "E0207",
        "a member has two documentations",
        "a pattern for types does not know what stands beside it",
    ),
    ("E0211", "a rule is there twice", "the order of the members of a rule does not count"),
    ("E0206", "", "the other definition stands in another file or section"),
    ("E0208", "no file is used as", "the name stands in another part of the file"),
    ("E0208", "a file that others use", "who uses a file is said in another one"),
    ("E0208", "a used file writes values otherwise", "the other file says how"),
    ("E0208", "cannot be used", "another file is not there"),
    ("E0208", "uses itself", "a circle leads through other files"),
    ("E0301", "the limits are the wrong way round", "two numbers inside a text are compared"),
    ("E0301", "is no media type of a format", "the name of a used file may stand there"),
    ("E0301", "types are nested too deeply", "a pattern does not count"),
    ("E0301", "`null` alone is no type", "inside of another type a pattern knows letters only"),
    ("E0301", "`>` does not belong to the type", "a pattern does not count angles"),
    ("E0301", "a type stands in quotes", "inside of another type a pattern knows letters only"),
    ("E0301", "a number is no type", "inside of another type a pattern knows letters only"),
    ("E0301", "is not closed", "a pattern does not count angles"),
    ("E0302", "", "what names stand for is defined elsewhere"),
    ("E0303", "", "how many types a model leaves open is said elsewhere, and types nest"),
    ("E0305", "null cannot be the default", "what a type stands for is defined elsewhere"),
    ("E0305", "means none", "what a type stands for is defined elsewhere"),
    ("E0305", "cannot be sensitive", "what a type stands for is defined elsewhere"),
    ("E0306", "", "the members are those of another model"),
    ("E0307", "", "the other member has the name in its `also`, or comes from another model"),
    ("E0308", "", "a circle leads through other models"),
    ("E0309", "", "what a model is, is said elsewhere"),
    ("E0310", "", "a circle leads through other models"),
    ("E0311", "", "a circle leads through other models"),
    ("E0313", "", "the other value has the name in its `also`, or as its name"),
    ("E0314", "cannot travel like this", "what a type stands for is defined elsewhere"),
    ("E0315", "", "sources are defined elsewhere"),
    ("E0316", "", "variants are other models"),
    ("E0317", "", "what a type stands for is defined elsewhere"),
    ("E0318", "nothing but an empty value fits", "a pattern does not compare numbers"),
    ("E0318", "the only value of", "a pattern does not compare numbers"),
    ("E0318", "cannot be a limit here", "a pattern does not compare numbers"),
    ("E0318", "a size is not negative", "a pattern for limits does not know of what they are"),
    ("E0319", "", "what a type stands for is defined elsewhere"),
    ("E0320", "is always there", "a rule names members that stand elsewhere"),
    ("E0321", "", "what is given to a model, and what is left open, is said elsewhere"),
    ("E0322", "", "what a type stands for is defined elsewhere, and types nest"),
    ("E0323", "", "a link names a method, which is defined elsewhere"),
    ("E0325", "a value is there twice", "keys and values of a mapping are compared"),
    ("E0401", "would be sent as it stands", "a colon may stand in a path"),
    ("E0401", "is nothing that is percent-encoded", "a percent sign may stand in a path"),
    ("E0401", "a part of the path is empty", "an address in place of a path is told by itself"),
    ("E0802", "letters", "what Rust makes of a name is counted"),
    ("E0802", "cannot be the name of an argument", "what Rust makes of a name is looked at"),
    ("E0802", "cannot be the name of a source", "a key of `sources` is any text"),
    ("E0802", "would be the name of one event", "a name of an event is any text"),
    ("E0802", "cannot be the name of a query parameter", "wire names are any text"),
    ("E0802", "cannot be the name of a server", "what Rust makes of a name is looked at"),
    ("E0802", "cannot be the name of an auth entry", "what Rust makes of a name is looked at"),
    ("E0802", "a group cannot be called", "what Rust makes of a name is looked at"),
    ("E0402", "", "route and types of its placeholders stand in two places"),
    ("E0403", "", "what a type stands for is defined elsewhere"),
    ("E0405", "is not the name of a method", "which signs are no letters is for names to say"),
    ("E0406", "", "the other route is that of another method"),
    ("E0407", "is files under names", "inside of a type a pattern knows letters only"),
    ("E0407", "cannot travel as parts", "what a type stands for is defined elsewhere"),
    ("E0407", "cannot travel in a form", "what a type stands for is defined elsewhere"),
    ("E0407", "would be a text in base64", "what a type stands for is defined elsewhere"),
    ("E0407", "the answer 20", "what comes with a status is looked at nowhere else"),
    ("E0407", "the answer 304", "what comes with a status is looked at nowhere else"),
    ("E0408", "nobody can tell where", "route and styles of its placeholders stand in two places"),
    ("E0408", "cannot stand in this style", "what a type stands for is defined elsewhere"),
    ("E0411", "", "pagers are defined elsewhere"),
    ("E0412", "can be followed only with GET", "the style of a pager is said elsewhere"),
    ("E0412", "knows one direction only", "pagers are defined elsewhere"),
    ("E0412", "cannot say both where", "two texts are compared"),
    ("E0412", "` is no ", "what an answer holds is said elsewhere"),
    ("E0413", "", "parameters and their pager stand in two places"),
    ("E0414", "is a parameter of the client", "parameters of the client are defined elsewhere"),
    ("E0414", "is a constant already", "constant headers are defined elsewhere"),
    ("E0420", "is a constant already", "constants are said elsewhere"),
    ("E0420", "is sent by the auth entry", "auth entries are defined elsewhere"),
    ("E0421", "", "what a type stands for is defined elsewhere"),
    ("E0422", "", "two times are compared"),
    ("E0430", "", "methods are defined elsewhere"),
    ("E0431", "", "methods are defined elsewhere"),
    ("E0432", "", "methods and models are defined elsewhere"),
    ("E0433", "", "methods are defined elsewhere"),
    ("E0434", "", "routes are compared with each other"),
    ("E0502", "beside others", "answers are compared with each other"),
    ("E0502", "two bodies", "answers are compared with each other"),
    ("E0502", "two different bodies", "answers are compared with each other"),
    ("E0503", "", "what a model is, is said elsewhere, and bodies are compared with each other"),
    ("E0504", "", "answers and errors stand in two places"),
    ("E0505", "", "what a type stands for is defined elsewhere"),
    ("E0510", "", "answers and what is sent again stand in two places"),
    ("E0511", "", "what an answer holds is said elsewhere"),
    ("E0512", "", "what an answer holds is said elsewhere"),
    ("E0514", "events by name are a union", "what a model is, is said elsewhere"),
    ("E0514", "cannot be an item of a stream", "what a type stands for is defined elsewhere"),
    ("E0514", "is a stream of items of one type", "types nest"),
    ("E0515", "", "what a model is, is said elsewhere"),
    ("E0516", "", "whether a model travels as XML is said elsewhere"),
    ("E0517", "", "the members of a model are compared with each other"),
    ("E0518", "", "whether a model travels as XML is said elsewhere"),
    ("E0520", "", "alternatives are compared with each other"),
    ("E0523", "", "alternatives are defined in another place of the method"),
    ("E0602", "", "auth entries are defined elsewhere"),
    ("E0603", "", "a circle leads through other entries"),
    ("E0605", "only addresses of servers have variables", "the variables of servers are elsewhere"),
    ("E0605", "of the address is not declared", "address and variables are compared"),
    ("E0605", "the address has no variable", "address and variables are compared"),
    ("E0606", "", "servers are defined elsewhere"),
    ("E0607", "", "combinations are counted"),
    ("E0609", "", "entries are compared with each other"),
    ("E0610", "", "whether a text stands in quotes is not known"),
    ("E0404", "would be sent as it stands", "a constant is any text"),
    ("E0604", "cannot be the address of a source", "an address for readers is any text"),
    ("E0604", "acme.example//", "a part of a path is as long as one likes, and may be empty"),
    ("E0611", "cannot stand before a key", "a prefix is any text"),
    ("E0614", "is neither a type nor in quotes", "whether a text stands in quotes is not known"),
    ("E0903", "cannot stand before a value", "a prefix is any text"),
    ("E0903", "cannot be split at nothing", "a text between values is any text"),
    ("E0904", "would be signed as this word", "what is always signed is any text"),
    ("E0904", "is a backslash and a letter", "an editor sees values, and not how YAML writes them"),
    ("E0904", "would be the signature and the time", "two texts are compared"),
    ("E0904", "} + {", "any text may stand between the parts of a signed one"),
    ("E0611", "`none` would be a scope", "whether a text stands in quotes is not known"),
    ("E0612", "proves nothing to a token endpoint", "auth entries are defined elsewhere"),
    ("E0612", "there is no auth entry", "auth entries are defined elsewhere"),
    ("E0613", "", "what a model is, is said elsewhere"),
    ("E0614", "cannot be of this type", "whether a text stands in quotes is not known"),
    ("E0616", "", "names are compared with each other"),
    ("E0617", "", "its group or the defaults say what is needed"),
    ("E0701", "", "examples are held against models"),
    ("E0702", "", "examples are held against models"),
    ("E0703", "", "examples are held against models"),
    ("E0704", "", "examples are held against methods"),
    ("E0705", "", "examples are held against methods"),
    ("E0706", "", "examples are held against methods"),
    ("E0801", "", "what Rust calls something is worked out"),
    ("E0802", "cannot be the name of a model", "a key of `models` is any text"),
    ("E0802", "the provider cannot be called", "what Rust calls something is worked out"),
    ("E0802", "has quotes of printed text", "wire names are any text"),
    ("E0802", "ends with a blank", "wire names are any text"),
    ("E0802", "a group cannot be called `follow`", "whether there are links is said elsewhere"),
    ("E0803", "", "names are compared with each other"),
    ("E0905", "cannot be an envelope", "what a model is, is said elsewhere"),
    ("E0905", "an envelope is an object", "what a model is, is said elsewhere"),
    ("E0906", "", "examples are held against what is declared"),
];

fn is_beyond(code: &str, message: &str) -> bool {
    BEYOND.iter().any(|(known, part, _)| *known == code && message.contains(part))
}

/// Mistakes by the code that `check` gives, behind what every specification has; each is all that is wrong.
const KNOWN: &[(&str, &str)] = &[
    ("E0205", "clientwright: 2\n"),
    ("E0201", "model: {}"),
    ("E0201", "models: { A: { incomplete: The page ends., enum: [a, b] } }"),
    ("E0314", "models: { A: { fields: { a: { type: list<string>, as: [csv, one] } } } }"),
    ("E0314", "defaults: { wire: { enum: { read: [name, number], write: number } } }"),
    ("E0319", "models: { A: { fields: { a: { const: b, default: c } } } }"),
    ("E0513", "rate_limit: { status: 200 }"),
    ("E0201", "auth: { a: { scheme: bearer, token_body: json } }"),
    ("E0201", "auth: { a: { scheme: basic, token: t } }"),
    ("E0201", "auth: { a: { scheme: api-key, header: X-Key, username: a } }"),
    ("E0201", "auth: { a: { scheme: jwt, alg: HS256, flow: client-credentials } }"),
    ("E0201", "auth: { b: { scheme: basic }, a: { any: [b], header: X-Key } }"),
    (
        "E0201",
        "auth: { b: { scheme: basic }, a: { scheme: oauth2, flow: client-credentials, token_url: /t, token_auth: b, client_id: i } }",
    ),
    (
        "E0201",
        "auth: { a: { scheme: oauth2, flow: authorization-code, authorize_url: https://a.b/c, token_url: /t, token_auth: none, client_secret: i } }",
    ),
    ("E0201", "pagers: { p: { style: link-header, more: m } }"),
    (
        "E0201",
        "methods: { a.b: { http: POST /a, body: { xml: M, exactly_one: [a, b] }, returns: M } }",
    ),
    ("E0202", "methods: { a.b: { http: GET /a } }"),
    ("E0202", "methods: { a.b: { http: GET /a, timeout: {}, returns: nothing } }"),
    ("E0202", "defaults: { timeout: {} }"),
    ("E0202", "methods: { a.b: { http: GET /a, returns: {} } }"),
    ("E0202", "auth: { a: { scheme: oauth2, flow: authorization-code, token_url: /t } }"),
    ("E0202", "deliveries: { event: { field: a }, verify: none }"),
    ("E0203", "methods: { a.b: { http: GET /a, effect: safe, returns: nothing } }"),
    ("E0207", "models: { A: { enum: [a], fields: {} } }"),
    ("E0207", "methods: { a.b: { http: POST /a, body: { xml: M, form: M }, returns: nothing } }"),
    (
        "E0207",
        "methods: { a.b: { http: POST /a, body: { xml: M, fields: { a: string } }, returns: nothing } }",
    ),
    (
        "E0207",
        "methods: { a.b: { http: POST /a, body: { xml: M, multipart: { a: string } }, returns: nothing } }",
    ),
    (
        "E0207",
        "methods: { a.b: { http: POST /a, body: { form: M, fields: { a: string } }, returns: nothing } }",
    ),
    (
        "E0207",
        "methods: { a.b: { http: POST /a, body: { fields: { a: string }, multipart: { a: string } }, returns: nothing } }",
    ),
    (
        "E0207",
        "methods: { a.b: { http: POST /a, body: { form: M, multipart: { a: string } }, returns: nothing } }",
    ),
    (
        "E0207",
        "methods: { a.b: { http: GET /a, returns: { any: { Json: M, Text: { type: text, as: T } } } } }",
    ),
    (
        "E0302",
        "methods: { a.b: { http: POST /a, body: { fields: { a: file } }, returns: nothing } }",
    ),
    ("E0302", "methods: { a.b: { http: POST /a, body: nothing, returns: nothing } }"),
    ("E0305", "models: { A: { fields: { a: string read write } } }"),
    ("E0305", "models: { A: { fields: { a: { type: string, read: true, write: true } } } }"),
    ("E0305", "methods: { a.b: { http: GET /a, query: { a: string read }, returns: nothing } }"),
    ("E0305", "deliveries: { verify: none, event: { field: t }, events: { A: M read } }"),
    ("E0305", "models: { A: { union: { untagged: { A: string write } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: datetime, format: base64 } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: list<bytes>, format: iso8601 } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: string, format: unix } } } }"),
    ("E0305", "models: { A: { fields: { a: { type: int32, sensitive: true } } } }"),
    ("E0305", "models: { A: { fields: { a: { type: date, null_as_default: true } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: list<string>, as: number } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: list<string>, as: one } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: date, as: string } } } }"),
    (
        "E0408",
        "methods: { a.b: { http: GET /a, query: { a: { type: int32, style: csv } }, returns: nothing } }",
    ),
    (
        "E0408",
        "methods: { a.b: { http: GET /a, query: { a: { type: list<int32>, style: deep-object } }, returns: nothing } }",
    ),
    (
        "E0408",
        "methods: { a.b: { http: GET /a, query: { a: { type: string, style: slash } }, returns: nothing } }",
    ),
    (
        "E0408",
        "methods: { a.b: { http: 'GET /{a}', path: { a: { type: int32, style: slash } }, returns: nothing } }",
    ),
    (
        "E0408",
        "methods: { a.b: { http: 'GET /{a}', path: { a: { type: string, style: csv } }, returns: nothing } }",
    ),
    ("E0302", "models: { A: { union: { untagged: { A: { type: nothing } } } } }"),
    (
        "E0302",
        "methods: { a.b: { http: GET /a, returns: nothing, errors: { in_success: { when: a, as: nothing } } } }",
    ),
    ("E0320", "models: { A: { fields: { a?: string }, exactly_one: [a] } }"),
    ("E0324", "models: { A: { fields: { a: { type: datetime, format: [unix, unix-ms] } } } }"),
    ("E0211", "models: { A: { fields: { a: { type: datetime, format: [http, http] } } } }"),
    ("E0401", "methods: { a.b: { http: GET /a/../b, returns: nothing } }"),
    ("E0402", "methods: { a.b: { http: 'GET /a/{x}', path: { x?: string }, returns: nothing } }"),
    (
        "E0402",
        "methods: { a.b: { http: 'GET /a/{x}', path: { x: { const: a } }, returns: nothing } }",
    ),
    (
        "E0403",
        "methods: { a.b: { http: GET /a, headers: { X-A: list<string> }, returns: nothing } }",
    ),
    (
        "E0403",
        "methods: { a.b: { http: GET /a, query: { a: 'string | null' }, returns: nothing } }",
    ),
    ("E0407", "methods: { a.b: { http: POST /a, body: {}, returns: nothing } }"),
    ("E0407", "methods: { a.b: { http: GET /a, body: M, returns: nothing } }"),
    ("E0407", "methods: { a.b: { http: HEAD /a, returns: M } }"),
    (
        "E0407",
        "methods: { a.b: { http: POST /a, body?: { fields: { a: string } }, returns: nothing } }",
    ),
    (
        "E0410",
        "methods: { a.b: { http: GET /a, idempotency: { header: X-Key }, returns: nothing } }",
    ),
    ("E0305", "models: { A: { fields: { a: { type: json, sensitive: true } } } }"),
    ("E0314", "models: { A: { fields: { a: { type: json, as: string } } } }"),
    ("E0403", "methods: { a.b: { http: GET /a, query: { a: json }, returns: nothing } }"),
    ("E0421", "defaults: { timeout: { call: 0s } }"),
    ("E0421", "defaults: { timeout: 25h }"),
    ("E0423", "methods: { a.b: { http: GET /a, timeout: { connect: 5s }, returns: nothing } }"),
    (
        "E0423",
        "groups: { a: { timeout: { connect: 5s } } }\nmethods: { a.b: { http: GET /a, returns: nothing } }",
    ),
    ("E0501", "methods: { a.b: { http: GET /a, errors: { 9xx: M }, returns: nothing } }"),
    ("E0502", "methods: { a.b: { http: GET /a, returns: M as Found } }"),
    ("E0502", "methods: { a.b: { http: GET /a, returns: { type: M, decode: gzip } } }"),
    ("E0503", "methods: { a.b: { http: GET /a, returns: nothing, errors: { 404: json } } }"),
    ("E0503", "methods: { a.b: { http: GET /a, returns: nothing, errors: { 404: int32 } } }"),
    ("E0514", "methods: { a.b: { http: GET /a, returns: { type: M, end: done } } }"),
    ("E0514", "methods: { a.b: { http: GET /a, returns: { type: lines<M>, first: true } } }"),
    ("E0521", "methods: { a.b: { http: GET /a, returns: { any: { Json: M } } } }"),
    ("E0521", "methods: { a.b: { http: POST /a, body: { any: { Json: M } }, returns: nothing } }"),
    ("E0522", "methods: { a.b: { http: GET /a, returns: { any: { Json: M, None: nothing } } } }"),
    ("E0604", "servers: { b: http://api.example.com }"),
    ("E0611", "auth: { a: { scheme: jwt, alg: HS256, lifetime: 5m } }"),
    ("E0614", "auth: { a: { scheme: jwt, alg: HS256, lifetime: 300, claims: { exp: int64 } } }"),
    (
        "E0615",
        "auth: { a: { scheme: oauth2, flow: client-credentials, token_url: /t, token_fields: { '': a } } }",
    ),
    (
        "E0615",
        "auth: { a: { scheme: oauth2, flow: client-credentials, token_url: /t, token_names: { scope: '' } } }",
    ),
    (
        "E0615",
        "auth: { a: { scheme: oauth2, flow: client-credentials, token_url: /t, token_names: { scoop: a } } }",
    ),
    (
        "E0617",
        "groups: { a: { auth: none, scopes: [a] } }\nmethods: { a.b: { http: GET /a, returns: nothing } }",
    ),
    ("E0617", "methods: { a.b: { http: GET /a, auth: none, scopes: [a], returns: nothing } }"),
    ("E0802", "methods: { a.b: { http: GET /a, returns: { any: { json: M, Text: text } } } }"),
    (
        "E0802",
        "methods: { a.b: { http: POST /a, body: { any: { Json: M, text: text } }, returns: nothing } }",
    ),
    ("E0802", "models: { list: string }"),
    ("E0902", "deliveries: { event: { field: a }, events: { A: M } }"),
    (
        "E0903",
        "deliveries: { event: { field: a }, verify: { header: X-S, secret: plain, hmac: sha256 }, events: { A: M } }",
    ),
    (
        "E0904",
        "deliveries: { event: { field: a }, verify: { header: X-S, hmac: sha256, encoding: hex, over: '{timestamp}' }, events: { A: M } }",
    ),
];

/// Unknown keys, missing keys, keys that exclude each other and words of the wrong kind are for the schema too.
#[test]
fn mistakes_that_a_schema_can_know_are_refused() {
    let validator = validator();
    let mut wrong = Vec::new();
    for (code, more) in KNOWN {
        let text = match more.strip_prefix("clientwright") {
            Some(_) => (*more).to_owned(),
            None => {
                let models = if more.starts_with("models: {") {
                    ""
                } else {
                    "models: { M: { fields: { a?: string } } }\n"
                };
                format!("clientwright: 1\nprovider: {{ name: demo }}\n{models}{more}\n")
            }
        };
        let text = if more.contains("servers:") {
            text
        } else {
            format!("{text}servers: {{ p: https://api.example.com }}\n")
        };
        let source = Source { name: "case.yaml".to_owned(), text: text.clone() };
        let report = clientwright_codegen::check(vec![source]);
        let errors = report.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        let codes: Vec<&str> = errors.map(|it| it.code.id).collect();
        if !codes.contains(code) {
            wrong.push(format!("{code}: check gives {codes:?}: {more}"));
        }
        if validator.is_valid(&json(serde_yaml::from_str(&text).unwrap())) {
            wrong.push(format!("{code}: accepted by the schema: {more}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each reason is that of a mistake that the fixtures have.
#[test]
fn what_a_schema_cannot_know_is_a_mistake_of_some_fixture() {
    let mut seen = vec![false; BEYOND.len()];
    for verdict in verdicts() {
        for (code, message) in &verdict.errors {
            let hits = BEYOND
                .iter()
                .zip(&mut seen)
                .filter(|((known, part, _), _)| known == code && message.contains(part));
            hits.for_each(|(_, seen)| *seen = true);
        }
    }
    let unused = BEYOND.iter().zip(&seen).filter(|(_, seen)| !**seen).map(|(it, _)| (it.0, it.1));
    let unused: Vec<_> = unused.collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// What is wrong with a file of a fixture, and whether the schema accepts it.
struct Verdict {
    name: String,
    accepted: bool,
    errors: Vec<(&'static str, String)>,
}

/// Every file of the fixtures that an editor can read, as a part of its specification.
fn verdicts() -> Vec<Verdict> {
    let validator = validator();
    let folder = root().join("codegen/tests/ui");
    let mut verdicts = Vec::new();
    let families = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let fixtures = families.flat_map(|family| std::fs::read_dir(family).unwrap());
    for path in fixtures.map(|entry| entry.unwrap().path()) {
        let mut paths = Vec::new();
        match path.is_dir() {
            true => files(&path, &mut paths),
            false => paths
                .extend(Some(path).filter(|path| path.extension().is_some_and(|it| it == "yaml"))),
        }
        let source = |path: &PathBuf| Source {
            name: path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        };
        let report = clientwright_codegen::check(paths.iter().map(source).collect());
        for path in &paths {
            let Some(value) = value(path) else { continue };
            let name = source(path).name;
            let here = report.diagnostics.iter().filter(|found| {
                found.severity == Severity::Error && report.sources.name(found.span.file) == name
            });
            verdicts.push(Verdict {
                accepted: validator.is_valid(&value),
                errors: here.map(|found| (found.code.id, found.message.clone())).collect(),
                name,
            });
        }
    }
    verdicts
}

#[test]
fn the_schema_and_check_agree_on_every_fixture() {
    let verdicts = verdicts();
    let mut wrong = Vec::new();
    for Verdict { name, accepted, errors } in &verdicts {
        if !accepted && errors.is_empty() {
            wrong.push(format!("{name}: refused by the schema alone"));
        }
        let known = errors.iter().filter(|(code, message)| !is_beyond(code, message));
        for (code, message) in known.filter(|_| *accepted) {
            wrong.push(format!("{name}: accepted by the schema: {code}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), verdicts.len(), wrong.join("\n"));
    let refused = verdicts.iter().filter(|verdict| !verdict.accepted).count();
    assert!(verdicts.len() > 550 && refused > 300, "{refused} of {} refused", verdicts.len());
}
