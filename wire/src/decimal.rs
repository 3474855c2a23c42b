//! Exact decimal numbers.

use crate::error::ParseError;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

const EXPECTED: &str = "a decimal number like `-12.50`";

/// A decimal number that is kept as its text, for money and the like: `1.10` stays `1.10`.
///
/// Two values are equal, and ordered, as numbers: `1.10` equals `1.1` and `11e-1`. There is no
/// arithmetic; hand the text to a library of your choice.
#[derive(Clone)]
pub struct Decimal(String);

impl Decimal {
    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as it was written.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The nearest double; not exact.
    pub fn to_f64(&self) -> f64 {
        // The grammar below is part of what `f64` reads, so there is always a value.
        self.0.parse().unwrap_or(f64::NAN)
    }

    fn checked(text: &str) -> Option<()> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, Some(exponent)),
            None => (text, None),
        };
        if let Some(exponent) = exponent {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            // Nine digits keep every comparison inside 64 bits.
            if !digits(exponent) || exponent.len() > 9 {
                return None;
            }
        }
        let number = number.strip_prefix('-').unwrap_or(number);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        (digits(whole) && digits(fraction)).then_some(())
    }

    /// Sign, digits without zeros at either end, and the power of ten of the first digit.
    fn normal(&self) -> Normal<'_> {
        let (number, exponent) = self.0.split_once(['e', 'E']).unwrap_or((&self.0, "0"));
        let exponent: i64 = exponent.parse().unwrap_or(0);
        let negative = number.starts_with('-');
        let number = number.trim_start_matches('-');
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let leading = whole.len() - whole.trim_start_matches('0').len();
        let mut scale = as_i64(whole.len()) - as_i64(leading) + exponent;
        let (mut whole, mut fraction) = (&whole[leading..], fraction);
        if whole.is_empty() {
            let kept = fraction.trim_start_matches('0');
            scale -= as_i64(fraction.len() - kept.len());
            fraction = kept;
        }
        fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() {
            whole = whole.trim_end_matches('0');
        }
        if whole.is_empty() && fraction.is_empty() {
            return Normal { negative: false, scale: 0, whole, fraction };
        }
        Normal { negative, scale, whole, fraction }
    }
}

fn as_i64(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

struct Normal<'a> {
    negative: bool,
    scale: i64,
    whole: &'a str,
    fraction: &'a str,
}

impl Normal<'_> {
    fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes())
    }

    /// -1, 0 or 1.
    fn sign(&self) -> i8 {
        match (self.is_zero(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (self.normal(), other.normal());
        let by_size = || one.scale.cmp(&two.scale).then_with(|| one.digits().cmp(two.digits()));
        one.sign().cmp(&two.sign()).then_with(|| match one.sign() {
            0 => Ordering::Equal,
            1 => by_size(),
            _ => by_size().reverse(),
        })
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let normal = self.normal();
        (normal.sign(), normal.scale).hash(state);
        normal.digits().for_each(|digit| digit.hash(state));
    }
}

impl FromStr for Decimal {
    type Err = ParseError;

    /// Reads the numbers of JSON, and leading zeros.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        match Self::checked(text) {
            Some(()) => Ok(Self(text.to_owned())),
            None => Err(ParseError::new(EXPECTED, text)),
        }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_the_text() {
        for text in ["1.10", "-0", "0.00", "007", "1e5", "1.5E-7", "99999999999999999999.99"] {
            assert_eq!(decimal(text).to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "+1",
            "1e",
            "1e+",
            "1,5",
            "NaN",
            "inf",
            "0x1",
            "--1",
            "1 ",
            "1e1234567890",
            "1.2.3",
            "١",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn compares_as_a_number() {
        for (one, two) in [
            ("1.10", "1.1"),
            ("11e-1", "1.1"),
            ("0", "-0.0"),
            ("0e9", "0"),
            ("100", "1e2"),
            ("0.001", "1e-3"),
            ("-5.0", "-5"),
            ("0100", "100"),
        ] {
            assert_eq!(decimal(one), decimal(two));
        }
        let sorted = ["-1e3", "-12", "-1.5", "-0.01", "0", "0.009", "0.01", "1", "1.01", "9", "10"];
        for pair in sorted.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn orders_like_integers(one: i32, two: i32) {
            prop_assert_eq!(Decimal::from(one).cmp(&Decimal::from(two)), one.cmp(&two));
        }

        #[test]
        fn equal_texts_hash_equal(number: i32, zeros in 0_usize..5) {
            use std::hash::BuildHasher;
            let one = Decimal::from(number);
            let two = decimal(&format!("{number}.{:0<1$}0", "", zeros));
            let state = std::hash::RandomState::new();
            prop_assert_eq!(state.hash_one(&one), state.hash_one(&two));
            prop_assert_eq!(one, two);
        }

        #[test]
        fn never_panics(text in any::<String>(), near in "[-0-9.eE]{0,20}") {
            let _ = text.parse::<Decimal>();
            if let Ok(number) = near.parse::<Decimal>() {
                prop_assert_eq!(number.to_string(), near);
                prop_assert_eq!(&number, &number);
            }
        }
    }
}
