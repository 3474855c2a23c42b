//! Texts that try to end what they stand in and to go on as Rust, at every place of a specification where somebody
//! else's text can stand: they are refused, or are data in what is generated.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

use clientwright_codegen::source::Source;
use clientwright_codegen::{
    CrateOptions, Generated, Options, Runtime, check, crate_files, generate,
};
use proc_macro2::{TokenStream, TokenTree};

/// Every text that a person or a provider chooses stands between `«` and `»`.
const SPECIFICATION: &str = r#"clientwright: 1
provider: { name: "«demo»", title: "«Demo»", doc: "«Sends things.»" }
servers:
  "«production»": { url: "«https://api.example.com/v1»", doc: "«The real one.»" }
  account:
    url: "https://{subdomain}.example.com"
    variables: { subdomain: "string -- «Part of the address.»" }
auth:
  "«token»": { scheme: bearer, token: "«access»", doc: "«Good for an hour.»", assumed: "«An hour.»" }
  login: { scheme: basic, username: api_key, password: "«p»" }
  key: { scheme: api-key, header: "«X-Api-Key»", key: "«key»" }
  in_query: { scheme: api-key, query: "«api_key»" }
  signed: { scheme: jwt, alg: HS256, kid: "«kid»", secret: secret, claims: { "«aud»": "«https://a»" } }
  oauth:
    scheme: oauth2
    flow: client-credentials
    token_url: "«https://login.example.com/token»"
    token_auth: form
    scopes: ["«read»"]
formats: { json: application/json, csv: "«text/csv»" }
sources:
  docs: { url: "«https://docs.example.com/{}»", title: "«Documentation»", checked: "«2026-11-21»" }
defaults:
  auth: login
  headers: { "«Api-Version»": "«2026-01-01»" }
path: { id: "string -- «The id.»" }
pagers:
  pages: { style: page, page: "«page»", limit: "«size»" }
groups:
  items: { doc: "«Things.»", deprecated: "«Use others.»", class: "«ItemsApi»", assumed: "«That there are.»" }
models:
  "«ItemId»": "string -- «An id.»"
  "«Colour»": { doc: "«A colour.»", enum: { "«red»": "«Like blood.»", green: { name: Green, also: ["«verde»"] } } }
  Number: { enum: { 1: "«One»", 2: { name: "«Two»", doc: "«Second.»" } } }
  Item:
    doc: "«A thing.»"
    from: "docs «items»"
    class: "«Acme::Item»"
    deprecated: "«Use others.»"
    incomplete: "«Who knows.»"
    assumed: "«All of it.»"
    fields:
      "«name»": "string -- «As shown.»"
      other?: { type: string, doc: "«Another.»", name: "«another»", also: "«autre»", default: "«none»" }
      kind: { const: "«item»" }
      nothing?: { type: string, none_when: ["«-»"] }
      unsure?: { type: string, assumed: "«Perhaps.»" }
      number?: Number
  Member: { fields: { a: string } }
  Order:
    xml: { root: "«order»", xmlns: "«urn:a»" }
    fields: { "«id»": { type: string, xml: attribute }, lines: { type: list<Member>, xml: { wrapped: "«line»" } } }
  Union:
    union: { tag: "«type»", variants: { "«one»": { type: Member, also: "«uno»", doc: "«The first.»" } } }
  Keyed: { union: { key: { "«userId»": int64, other: string } } }
  Problem: { message: text, fields: { text?: string } }
methods:
  "«items.list»":
    doc: "«All of them.»"
    http: "GET «/items»"
    query: { "«near»?": "string -- «Where.»", shown: { const: "«yes»" } }
    headers: { "«X-Trace»?": string, X-Fixed: { const: "«fixed»" } }
    cookies: { "«session»": string }
    paginate: pages
    sdk: "«list_items»"
    from: "docs «list»"
    returns: list<Item>
    examples:
      "«first»": { title: "«A title.»", source: "«page»", query: { near: "«here»" }, cookies: { session: s }, response: [] }
  items.add:
    http: "POST /items/{id}"
    scopes: ["«write»"]
    body: { fields: { "«label»": string, union: Union, keyed: Keyed } }
    returns: "text(«text/plain»)"
    errors: { 404: "nothing as «Missing»", 409: Problem }
    deprecated: "«Use others.»"
    assumed: "«That it works.»"
  files.add: { http: POST /files, body: { multipart: { "«part»": "file(«image/png»)" } }, returns: nothing }
  orders.add:
    http: POST /orders
    body: { xml: Order }
    returns: { 201: { xml: Order, as: "«Added»" } }
    examples: { one: { request: { id: "«a»", lines: [] }, response: { id: "«b»", lines: [{ a: "«c»" }] } } }
deliveries:
  doc: "«What is sent.»"
  event: { header: "«X-Event»", field: "«event»" }
  verify: { header: "«X-Signature»", hmac: sha256, encoding: hex, prefix: "«v0=»", over: "«v0:{body}»" }
  events: { "«SLEEP»": "Member -- «A night.»", GOODBYE: { type: Member, name: "«Bye»", also: ["«CIAO»"] } }
"#;

/// `injected` stands in each as what would be code, and in none as what could be the whole of a name.
const TEXTS: [&str; 26] = [
    "a */ pub fn injected() {} /* b",
    "a\n*/\npub fn injected() {}\n/*",
    "a\n\npub fn injected() {}\n",
    "a\r\npub fn injected() {}\r\n",
    "a\u{2028}pub fn injected() {}\u{2029}",
    "a\u{85}pub fn injected() {}",
    "a\"; pub fn injected() {} \"b",
    "a\"); pub fn injected() {} const A: &str = (\"b",
    "a\"#; pub fn injected() {} r#\"b",
    "a\\\"; pub fn injected() {} \\",
    "a']; #[doc = injected] mod b;",
    "a\"] pub fn injected() {} #[doc = \"b",
    "a)] #![injected] #[b(",
    "a}}} pub fn injected() {} {{{",
    "{a injected} {} {0:?} {{injected}}",
    "${a injected} $crate",
    "a]`](b) `` ``` <script>injected b</script>",
    "```rust\npub fn injected() {}\n```",
    "    pub fn injected() {}",
    "[injected b]: https://example.com",
    "a\u{202e}} injected b{\u{2066}",
    "a\u{0}pub fn injected() {}\u{7}\u{1b}[31m",
    "../../injected/b",
    "/a/../injected b",
    "r#fn injected() {}",
    "a\\n pub fn injected() {} \\u{a} \\x0a",
];

/// The text as a YAML scalar in double quotes, without them.
fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_ascii_graphic() || c == ' ' => c.to_string(),
            c => format!("\\u{:04x}", u32::from(c)),
        })
        .collect()
}

/// The specification with `text` in these places.
fn with(numbers: &[usize], text: &str) -> String {
    let mut parts = SPECIFICATION.split(['«', '»']);
    let mut out = parts.next().unwrap().to_owned();
    for index in 0.. {
        let Some(own) = parts.next() else { break };
        out.push_str(if numbers.contains(&index) { text } else { own });
        out.push_str(parts.next().unwrap());
    }
    out
}

fn source(text: String) -> Vec<Source> {
    vec![Source { name: "case.yaml".to_owned(), text }]
}

/// Names in code; those in texts and documentation are texts.
fn names(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => names(group.stream(), found),
            TokenTree::Ident(ident) => found.push(ident.to_string()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn is_unseen(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}')
}

/// What was made of a text in these places.
fn examine(numbers: &[usize], text: &str, generated: &Generated) {
    for (path, file) in &generated.files {
        let place = format!("places {numbers:?}, {text:?}, {path}\n{file}");
        let tokens: TokenStream = file.parse().unwrap();
        assert!(syn::parse2::<syn::File>(tokens.clone()).is_ok(), "no Rust: {place}");
        assert!(!file.contains(is_unseen), "a character that nobody sees: {place}");
        assert!(!path.contains("..") && !path.starts_with('/'), "{place}");
        let mut found = Vec::new();
        names(tokens, &mut found);
        assert!(!found.iter().any(|name| name == "injected"), "code of somebody else: {place}");
    }
}

#[test]
fn the_specification_is_a_good_one() {
    let report = check(source(with(&[], "")));
    assert!(!report.has_errors(), "{report}");
    let marks = SPECIFICATION.matches('«').count();
    assert!(marks > 80 && marks == SPECIFICATION.matches('»').count(), "{marks} places");
}

#[test]
fn nothing_that_somebody_writes_becomes_code() {
    let (mut refused, mut kept) = (0, 0);
    for text in TEXTS {
        let mut accepted = Vec::new();
        for number in 0..SPECIFICATION.matches('«').count() {
            let report = check(source(with(&[number], &escaped(text))));
            for shown in [report.human(false), report.short(), report.json(), report.github()] {
                assert!(!shown.contains(is_unseen), "place {number}, {text:?}: {shown:?}");
            }
            if report.has_errors() {
                refused += 1;
            } else {
                accepted.push(number);
            }
        }
        kept += accepted.len();
        // Several at once, as long as they are not in each other's way.
        for numbers in accepted.chunks(12) {
            let all = source(with(numbers, &escaped(text)));
            if let Ok(generated) = generate(all, &Options::default()) {
                examine(numbers, text, &generated);
                continue;
            }
            for &number in numbers {
                let one = source(with(&[number], &escaped(text)));
                examine(&[number], text, &generate(one, &Options::default()).unwrap());
            }
        }
    }
    // Names, addresses and routes are refused; documentation and values are kept.
    assert!(refused > 300 && kept > 1500, "{refused} refused, {kept} kept");
}

/// The title stands in the manifest and the root of a crate, too.
#[test]
fn nothing_that_somebody_writes_becomes_a_manifest() {
    for text in
        TEXTS.into_iter().chain(["a\"\n[dependencies]\ninjected = \"1\"\n#", "\"\"\"\n[lib]"])
    {
        let text = with(&[1], &escaped(text));
        let Ok(generated) = generate(source(text.clone()), &Options::default()) else { continue };
        let runtime = Runtime::Version("0.1".to_owned());
        let options =
            CrateOptions { name: "clients".to_owned(), version: "0.1.0".to_owned(), runtime };
        let files = crate_files(&[generated], &options).unwrap();
        let manifest = &files["Cargo.toml"];
        let heads: Vec<&str> = manifest.lines().filter(|line| line.starts_with('[')).collect();
        assert_eq!(heads, ["[package]", "[features]", "[dependencies]"], "{text}\n{manifest}");
        assert_eq!(manifest.lines().filter(|line| line.starts_with("description")).count(), 1);
        let root = &files["src/lib.rs"];
        assert!(syn::parse_file(root).is_ok() && !root.contains(is_unseen), "{root}");
        let mut found = Vec::new();
        names(root.parse().unwrap(), &mut found);
        assert!(!found.iter().any(|name| name == "injected"), "{root}");
    }
}
