//! Every kind of finding, a file a family.
//!
//! | family | about |
//! | --- | --- |
//! | `E00xx` | files and their encoding |
//! | `E01xx` | YAML |
//! | `E02xx` | structure and keys |
//! | `E03xx` | types and references |
//! | `E04xx` | paths and parameters |
//! | `E05xx` | answers and errors |
//! | `E06xx` | authentication and servers |
//! | `E07xx` | examples |
//! | `E08xx` | names |
//! | `E09xx` | deliveries |
//!
//! Warnings are `W` with the same families. To add a family: a file beside the others, its
//! module and its list in [`ALL`].

use super::Code;

/// Defines the codes of a family, each documented by its title, and `FAMILY`, the list of them. Behind the id of each
/// stands what it has to do with other findings: a list of [`Role`](super::Role)s, which is empty for most.
macro_rules! codes {
    ($($name:ident = $id:literal, [$($role:expr),*], $title:literal, $explain:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub const $name: Code =
                Code { id: $id, title: $title, explain: $explain, roles: &[$($role),*] };
        )*
        pub(super) const FAMILY: &[&Code] = &[$(&$name),*];
    };
}

mod answers;
mod auth;
mod deliveries;
mod examples;
mod files;
mod names;
mod parameters;
mod structure;
mod types;
mod yaml;

pub use answers::*;
pub use auth::*;
pub use deliveries::*;
pub use examples::*;
pub use files::*;
pub use names::*;
pub use parameters::*;
pub use structure::*;
pub use types::*;
pub use yaml::*;

const FAMILIES: &[&[&Code]] = &[
    files::FAMILY,
    yaml::FAMILY,
    structure::FAMILY,
    types::FAMILY,
    parameters::FAMILY,
    answers::FAMILY,
    auth::FAMILY,
    examples::FAMILY,
    names::FAMILY,
    deliveries::FAMILY,
];

/// Every code, in order.
pub const ALL: &[&Code] = &all::<{ total() }>();

const fn total() -> usize {
    let (mut sum, mut family) = (0, 0);
    while family < FAMILIES.len() {
        sum += FAMILIES[family].len();
        family += 1;
    }
    sum
}

/// Iterators do not run in constants, hence the counting.
const fn all<const N: usize>() -> [&'static Code; N] {
    let mut out = [FAMILIES[0][0]; N];
    let (mut at, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut code = 0;
        while code < FAMILIES[family].len() {
            out[at] = FAMILIES[family][code];
            at += 1;
            code += 1;
        }
        family += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_ordered_and_explained() {
        for code in ALL {
            let digits = code.id.strip_prefix(['E', 'W']).unwrap();
            assert!(digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", code.id);
            assert!(!code.title.is_empty() && !code.title.ends_with('.'), "{}", code.id);
            let explain = code.explain;
            assert!(explain.len() > 40 && explain.trim() == explain, "{}", code.id);
        }
        for family in FAMILIES {
            let errors = |c: &&&Code| c.id.starts_with('E');
            assert!(family.iter().filter(errors).is_sorted_by(|a, b| a.id < b.id));
        }
        let mut ids: Vec<_> = ALL.iter().map(|c| c.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
    }
}
