//! How many of some members there may be.

use std::fmt;

/// How many of some members have to be there.
#[allow(clippy::enum_variant_names, reason = "each of them counts to one")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// One, and no other.
    ExactlyOne,
    /// None or one.
    AtMostOne,
    /// One or several.
    AtLeastOne,
}

impl Count {
    /// Whether there may be so many.
    fn allows(self, there: usize) -> bool {
        match self {
            Self::ExactlyOne => there == 1,
            Self::AtMostOne => there <= 1,
            Self::AtLeastOne => there >= 1,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ExactlyOne => "exactly one",
            Self::AtMostOne => "at most one",
            Self::AtLeastOne => "at least one",
        })
    }
}

/// Members of an object of which so many have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Among {
    /// How many.
    pub count: Count,
    /// Their names on the wire.
    pub members: &'static [&'static str],
}

impl Among {
    /// Why an object in which some members are there is none, if it is not.
    pub(crate) fn refuses(&self, is_there: impl Fn(&str) -> bool) -> Option<String> {
        let there: Vec<&str> = self.members.iter().copied().filter(|name| is_there(name)).collect();
        refusal(self.count, self.members, &there)
    }
}

/// Why these members cannot be there and the others not, if they cannot. Names members, shows no value.
pub(crate) fn refusal(count: Count, members: &[&str], there: &[&str]) -> Option<String> {
    if count.allows(there.len()) {
        return None;
    }
    let found =
        if there.is_empty() { "none is".to_owned() } else { format!("{} are", list(there)) };
    let may = if count == Count::AtMostOne { "may" } else { "has to" };
    Some(format!("{count} of {} {may} be set, and {found}", list(members)))
}

/// `a`, `b` and `c`.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_or_too_little_is_named() {
        let of = |count, there: &[&str]| refusal(count, &["a", "b", "c"], there);
        for (count, there, text) in [
            (
                Count::ExactlyOne,
                &[][..],
                "exactly one of `a`, `b` and `c` has to be set, and none is",
            ),
            (
                Count::ExactlyOne,
                &["a", "c"],
                "exactly one of `a`, `b` and `c` has to be set, and `a` and `c` are",
            ),
            (
                Count::AtMostOne,
                &["b", "c"],
                "at most one of `a`, `b` and `c` may be set, and `b` and `c` are",
            ),
            (Count::AtLeastOne, &[], "at least one of `a`, `b` and `c` has to be set, and none is"),
        ] {
            assert_eq!(of(count, there).as_deref(), Some(text));
        }
        assert_eq!(of(Count::ExactlyOne, &["b"]), None);
        assert_eq!(of(Count::AtMostOne, &[]), None);
        assert_eq!(of(Count::AtLeastOne, &["a", "b"]), None);
    }
}
