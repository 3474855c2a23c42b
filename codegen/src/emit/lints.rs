//! Words to clippy where it dislikes what the service wants. Its rules about names leave alone what a crate exports, so
//! that they matter where the generated code is a module of an app.

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::quote;

/// Names of methods that traits of the standard library have.
const OPERATORS: [&str; 20] = [
    "add",
    "borrow",
    "clone",
    "cmp",
    "default",
    "deref",
    "div",
    "drop",
    "eq",
    "hash",
    "index",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
    "into_iter",
];

/// How many lines a function may have.
const LINES: usize = 100;

/// From how many signs on a statement takes several lines, and at most how many.
const WIDE: usize = 60;
const BROKEN: usize = 6;

/// How many members or variants have to be there before clippy compares their names.
const MANY: usize = 3;

/// Where the service requires more arguments than clippy likes.
pub(super) fn arguments(count: usize) -> TokenStream {
    if count > 7 {
        quote!(#[allow(clippy::too_many_arguments, reason = "the service requires all of them")])
    } else {
        TokenStream::new()
    }
}

/// Where more is sent than clippy likes to see in one function. What does not fit into a line takes several: how many is
/// decided when it is printed, so that this is said rather too early.
pub(super) fn statements(body: &TokenStream) -> Option<TokenStream> {
    let text = body.to_string();
    let lines: usize = text.split(';').map(|it| if it.len() < WIDE { 1 } else { BROKEN }).sum();
    let reason = "the service takes that much";
    (lines > LINES).then(|| quote!(#[allow(clippy::too_many_lines, reason = #reason)]))
}

/// Where a value has more members than clippy likes to see in one function.
pub(super) fn members(count: usize) -> Option<TokenStream> {
    let reason = "the service requires all of them";
    // The value begins and ends on lines of its own.
    (count + 2 > LINES).then(|| quote!(#[allow(clippy::too_many_lines, reason = #reason)]))
}

/// Where a method is no operator and no conversion, though it is called like one.
pub(super) fn method(name: &str) -> Option<TokenStream> {
    let name = name.trim_start_matches("r#");
    if OPERATORS.contains(&name) {
        let reason = quote!(reason = "it is a call of the service");
        return Some(quote!(#[allow(clippy::should_implement_trait, #reason)]));
    }
    convention(name, &["from_", "into_"], "it is a call of the service")
}

/// Where what sets something is no conversion, though it is called like one.
pub(super) fn setter(name: &str) -> Option<TokenStream> {
    convention(name, &["as_", "from_", "is_", "to_"], "it sets what the service calls so")
}

fn convention(name: &str, starts: &[&str], reason: &str) -> Option<TokenStream> {
    let name = name.trim_start_matches("r#");
    let is_told = starts.iter().any(|start| name.starts_with(start));
    is_told.then(|| quote!(#[allow(clippy::wrong_self_convention, reason = #reason)]))
}

/// Where calls are turned into those that ask for another format.
pub(super) fn formats(any: bool) -> Option<TokenStream> {
    any.then(
        || quote!(#[allow(clippy::wrong_self_convention, reason = "a call is used up by what it becomes")]),
    )
}

/// Where members of a struct repeat its name, or all of them a word.
pub(super) fn fields<'n>(name: &str, fields: impl Iterator<Item = &'n str>) -> Option<TokenStream> {
    let fields: Vec<Vec<&str>> =
        fields.map(|field| field.trim_start_matches("r#").split('_').collect()).collect();
    let name = name.to_snake_case();
    let name: Vec<&str> = name.split('_').collect();
    let repeats = |field: &Vec<&str>| field.starts_with(&name) || field.ends_with(&name);
    let is_told = fields.len() >= MANY && (fields.iter().any(repeats) || share_a_word(&fields));
    is_told
        .then(|| quote!(#[allow(clippy::struct_field_names, reason = "the service calls them so")]))
}

/// Where variants of an enum repeat its name, or all of them a word.
pub(super) fn variants<'n>(
    name: &str,
    variants: impl Iterator<Item = &'n str>,
) -> Option<TokenStream> {
    let variants: Vec<&str> = variants.collect();
    let repeats = |variant: &&str| variant.starts_with(name) || variant.ends_with(name);
    let words: Vec<Vec<&str>> = variants.iter().map(|variant| camel_words(variant)).collect();
    let is_told = variants.len() >= MANY && (variants.iter().any(repeats) || share_a_word(&words));
    is_told
        .then(|| quote!(#[allow(clippy::enum_variant_names, reason = "the service calls them so")]))
}

/// Whether names of several words all begin or all end with the same one.
fn share_a_word(names: &[Vec<&str>]) -> bool {
    let all =
        |word: fn(&[&str], &[&str]) -> bool| names.windows(2).all(|two| word(&two[0], &two[1]));
    names.iter().all(|name| name.len() > 1)
        && (all(|a, b| a.first() == b.first()) || all(|a, b| a.last() == b.last()))
}

/// The words of a name in `PascalCase`.
fn camel_words(name: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        name.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at).collect();
    starts.push(name.len());
    starts.windows(2).map(|pair| &name[pair[0]..pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields() {
        let told = |name, names: &[&str]| fields(name, names.iter().copied()).is_some();
        assert!(told("Lock", &["owner", "repo", "lock_reason"]));
        assert!(told("UserData", &["a", "b", "raw_user_data"]));
        assert!(told("Job", &["post_id", "post_name", "post_date"]));
        assert!(told("Job", &["post_id", "user_id", "r#type_id"]));
        assert!(!told("Job", &["post_id", "user_id", "id"]));
        assert!(!told("Lock", &["owner", "lock_reason"]));
        assert!(!told("Lock", &["owner", "repo", "locked"]));
    }

    #[test]
    fn names_of_variants() {
        let told = |name, names: &[&str]| variants(name, names.iter().copied()).is_some();
        assert!(told("State", &["StateOpen", "Closed", "Gone"]));
        assert!(told("Kind", &["A", "B", "OtherKind"]));
        assert!(told("Kind", &["ByName", "ByDate", "BySize"]));
        assert!(told("Kind", &["NameAsc", "DateAsc", "SizeAsc"]));
        assert!(!told("Kind", &["NameAsc", "DateAsc", "Size"]));
        assert!(!told("State", &["StateOpen", "Closed"]));
    }

    #[test]
    fn names_of_methods() {
        assert!(method("add").is_some());
        assert!(method("from_csv").is_some());
        assert!(method("list").is_none());
        assert!(setter("as_of").is_some());
        assert!(setter("assigned").is_none());
    }
}
