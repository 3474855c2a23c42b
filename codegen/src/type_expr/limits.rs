//! Reads limits: what stands in parentheses behind a type.

use crate::ast::Limits;
use crate::parse::shown;

/// Why a text is no limits.
pub(super) struct Slip {
    pub(super) message: &'static str,
    pub(super) help: Option<String>,
    /// What stands in its place.
    pub(super) mended: Option<String>,
    /// Whether the parentheses belong to what is wrong.
    pub(super) whole: bool,
}

/// Reads `1..100`, `..35` or `24`.
pub(super) fn read(inside: &str) -> Result<Limits, Slip> {
    let text = inside.trim();
    if let Some((min, max)) = text.split_once("...") {
        let mended = format!("{min}..{max}");
        let help = format!("two dots stand between them: `{}`", shown(&mended));
        let mended = read(&mended).is_ok().then_some(mended);
        return Err(Slip {
            message: "a limit is not a number",
            help: Some(help),
            mended,
            whole: false,
        });
    }
    let (min, max) = text.split_once("..").unwrap_or((text, text));
    let bound = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let limits = Limits { min: bound(min), max: bound(max) };
    if limits.min.is_none() && limits.max.is_none() {
        return Err(Slip {
            message: "the limits are empty",
            help: Some("what has no limits has no parentheses".to_owned()),
            mended: Some(String::new()),
            whole: true,
        });
    }
    let is_number = |bound: &Option<String>| bound.as_deref().is_none_or(is_number);
    if !is_number(&limits.min) || !is_number(&limits.max) {
        let plain = |bound: &Option<String>| match bound {
            Some(bound) => plain(bound).map(Some),
            None => Some(None),
        };
        let mended = plain(&limits.min).zip(plain(&limits.max));
        let mended = mended.map(|(min, max)| written(text, min, max));
        return Err(Slip {
            message: "a limit is not a number",
            help: Some(match &mended {
                Some(mended) => format!("did you mean `{}`?", shown(mended)),
                None => "leave out what has no limit: `1..`, `..35`".to_owned(),
            }),
            mended,
            whole: false,
        });
    }
    let number = |bound: &Option<String>| bound.as_ref().and_then(|it| it.parse::<f64>().ok());
    if let (Some(min), Some(max)) = (number(&limits.min), number(&limits.max))
        && min > max
    {
        let turned = written(text, limits.max, limits.min);
        return Err(Slip {
            message: "the limits are the wrong way round",
            help: Some(format!("the lower one comes first: `{}`", shown(&turned))),
            mended: Some(turned),
            whole: false,
        });
    }
    Ok(limits)
}

/// Limits of these bounds, in the form in which `text` is.
fn written(text: &str, min: Option<String>, max: Option<String>) -> String {
    let [min, max] = [min, max].map(Option::unwrap_or_default);
    if text.contains("..") { format!("{min}..{max}") } else { min }
}

/// Whether a text is a number as JSON writes it, so that it means the same to everybody.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let ends = digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.ends_with('.');
    ends && !padded && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A number in the writing of programs: `+1`, `01`, `1_000`, `.5`, `1'000`.
fn plain(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !matches!(c, '_' | '\'' | ' ')).collect();
    let bare = bare.trim_start_matches('+');
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", bare),
    };
    let digits = match digits.trim_start_matches('0') {
        rest if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        rest => format!("0{rest}"),
    };
    let mended = format!("{sign}{}", digits.trim_end_matches('.'));
    is_number(&mended).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_numbers_of_json() {
        let shown = |inside: &str| match read(inside) {
            Ok(limits) => format!("{:?} {:?}", limits.min, limits.max),
            Err(slip) => format!("{}: {:?}", slip.message, slip.mended),
        };
        assert_eq!(shown("1..100"), r#"Some("1") Some("100")"#);
        assert_eq!(shown(" -0.5 .. 1e3 "), r#"Some("-0.5") Some("1e3")"#);
        assert_eq!(shown("..35"), r#"None Some("35")"#);
        assert_eq!(shown("24"), r#"Some("24") Some("24")"#);
        assert_eq!(shown("0..0"), r#"Some("0") Some("0")"#);
        assert_eq!(shown(""), r#"the limits are empty: Some("")"#);
        assert_eq!(shown(".."), r#"the limits are empty: Some("")"#);
        assert_eq!(shown("5..1"), r#"the limits are the wrong way round: Some("1..5")"#);
        for (wrong, mended) in
            [("+1..05", "1..5"), ("..1_000", "..1000"), (".5..", "0.5.."), ("5.", "5"), ("00", "0")]
        {
            assert_eq!(shown(wrong), format!("a limit is not a number: Some({mended:?})"));
        }
        for wrong in ["a", "..NaN", "inf..", "1..2..3", "0x10"] {
            assert_eq!(shown(wrong), "a limit is not a number: None");
        }
    }
}
