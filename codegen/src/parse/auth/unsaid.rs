//! Entries that do not say their scheme: it follows from their keys, if those are of one.

use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::parse::elsewhere;
use crate::parse::reader::Keys;
use crate::schema::{rules, table};
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};

/// What an entry is called among the kinds of mappings.
const ENTRY: &str = "an auth entry";

/// What an entry of any kind can have.
const BESIDE: [&str; 4] = ["doc", "assumed", "scopes", "allow"];

/// The scheme that the keys of an entry without one are of. It is told with what is to be written, as far as that is
/// known.
pub(super) fn scheme(
    entry: &Entry,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<String>> {
    let entries = node.as_mapping()?;
    let first = entries.first()?.key.span;
    let of_schemes = || cases().flat_map(rules::keys_of);
    let meant = |key: &str| {
        let exact = of_schemes().find(|known| *known == key);
        let other = || elsewhere::instead(ENTRY, key, &all_keys()).and_then(|it| it.key());
        exact.or_else(other).or_else(|| nearest(key, of_schemes().chain(["any", "all"])))
    };
    let own = entries.iter().filter(|it| !BESIDE.contains(&it.key.value.as_str()));
    // One that nobody knows may be the scheme.
    let keys: Vec<&str> = own.map(|it| meant(&it.key.value)).collect::<Option<_>>()?;
    let is_of = |case: &&'static rules::Case| {
        keys.iter().all(|key| rules::keys_of(case).any(|it| it == *key))
    };
    let case = cases().find(is_of).filter(|_| !keys.is_empty())?;
    let has = |key: &str| keys.contains(&key);
    let mut said = vec![format!("scheme: {}", case.0)];
    if case.0 == "oauth2" && !has("flow") {
        let flow = if has("authorize_url") { "authorization-code" } else { "client-credentials" };
        said.push(format!("flow: {flow}"));
    }
    let help = format!("say `{}`, of which `{}` is a part", said.join(", "), keys[0]);
    let found =
        Diagnostic::error(&codes::MISSING_KEY, entry.key.span, "an auth entry has no `scheme`")
            .label("`scheme` is missing")
            .help(help);
    let travels = ["header", "query", "cookie"].into_iter().any(has);
    let whole = case.1.iter().all(|key| has(key) || *key == "flow");
    if !whole || case.0 == "api-key" && !travels {
        // What else is missing waits for the scheme.
        diagnostics.push(found);
        return None;
    }
    said.push(String::new());
    diagnostics.push(found.patch_items(Span::new(first.file, first.start, first.start), said));
    (case.0 != "oauth2" || has("flow")).then(|| Spanned::new(case.0.to_owned(), entry.key.span))
}

/// Takes the keys of all schemes as known, where nobody knows which it is.
pub(super) fn take_any(keys: &mut Keys<'_>) {
    cases().flat_map(rules::keys_of).for_each(|key| {
        keys.entry(key);
    });
}

fn cases() -> impl Iterator<Item = &'static rules::Case> {
    let all = table::kind(ENTRY).into_iter().flat_map(|kind| kind.rules);
    all.filter_map(|rule| match rule {
        rules::Rule::Choice("scheme", cases) => Some(*cases),
        _ => None,
    })
    .flatten()
}

fn all_keys() -> Vec<&'static str> {
    cases().flat_map(rules::keys_of).collect()
}
