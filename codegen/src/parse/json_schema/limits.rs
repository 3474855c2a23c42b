//! Limits that stand in keys of their own elsewhere: `minimum`, `max_length`, `ge`, `range: [1, 5]`.

use crate::yaml::Node;

/// What limits are of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Numbers,
    Texts,
    Several,
    /// Whatever has some.
    Any,
}

/// Which of the two ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Least,
    Most,
    Both,
}

/// The limits of a schema.
#[derive(Default)]
pub(super) struct Limits {
    of: Vec<Of>,
    least: Option<String>,
    most: Option<String>,
}

/// Whether a key says a limit.
pub(super) fn is_word(key: &str) -> bool {
    word(key).is_some()
}

fn word(key: &str) -> Option<(Of, End)> {
    Some(match key.to_ascii_lowercase().replace(['_', '-'], "").as_str() {
        "minimum" | "minvalue" => (Of::Numbers, End::Least),
        "maximum" | "maxvalue" => (Of::Numbers, End::Most),
        "minlength" | "minlen" => (Of::Texts, End::Least),
        "maxlength" | "maxlen" => (Of::Texts, End::Most),
        "minitems" | "minproperties" => (Of::Several, End::Least),
        "maxitems" | "maxproperties" => (Of::Several, End::Most),
        "min" | "ge" | "gte" => (Of::Any, End::Least),
        "max" | "le" | "lte" => (Of::Any, End::Most),
        "length" | "len" | "size" | "range" | "between" | "limits" => (Of::Any, End::Both),
        _ => return None,
    })
}

/// What a value says of the two ends: a number is both, `1..5` and `[1, 5]` are one each.
pub(super) fn ends(node: &Node) -> Option<(Option<String>, Option<String>)> {
    let number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_number = digits
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()));
        (is_number && digits.matches('.').count() < 2).then(|| text.to_owned())
    };
    if let Some([least, most]) = node.as_sequence() {
        let end = |node: &Node| number(&node.as_scalar()?.text);
        return Some((Some(end(least)?), Some(end(most)?)));
    }
    let text = node.as_scalar()?.text.as_str();
    match text.split_once("..") {
        Some((least, most)) => {
            let end =
                |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
            Some((end(least)?, end(most)?))
        }
        None => Some((Some(number(text)?), Some(number(text)?))),
    }
}

impl Limits {
    /// Takes what a key says.
    pub(super) fn add(&mut self, key: &str, (least, most): (Option<String>, Option<String>)) {
        let Some((of, end)) = word(key) else { return };
        self.of.push(of);
        if end != End::Most {
            self.least = least;
        }
        if end != End::Least {
            self.most = most;
        }
    }

    /// A type with its limits, if these are such as it has.
    pub(super) fn behind(&self, base: &str) -> Option<String> {
        let of = match base.split(['<', '(']).next() {
            Some("string" | "url") => Of::Texts,
            Some("list" | "map" | "bytes") => Of::Several,
            Some("int32" | "int64" | "uint32" | "uint64" | "float" | "double" | "decimal") => {
                Of::Numbers
            }
            _ => Of::Any,
        };
        if self.of.is_empty() {
            return Some(base.to_owned());
        }
        let whole = |bound: &Option<String>| bound.as_ref().is_none_or(|it| !it.contains('.'));
        let counted = of == Of::Numbers || whole(&self.least) && whole(&self.most);
        let fit = of != Of::Any && counted && self.of.iter().all(|it| *it == of || *it == Of::Any);
        (fit && !base.contains('(')).then(|| self.written(base, of != Of::Numbers))
    }

    /// A type with these limits, as far as values have them.
    fn written(&self, base: &str, sizes: bool) -> String {
        let value = |bound: &Option<String>| bound.as_ref()?.parse::<f64>().ok();
        // No text is shorter than nothing, and none is always empty.
        let least = self.least.as_deref().filter(|_| !sizes || value(&self.least) >= Some(0.0));
        let most = self.most.as_deref().filter(|_| !sizes || value(&self.most) > Some(0.0));
        let number = |bound: Option<&str>| bound?.parse::<f64>().ok();
        let turned =
            matches!((number(least), number(most)), (Some(least), Some(most)) if least > most);
        match if turned { (most, least) } else { (least, most) } {
            (None, None) => base.to_owned(),
            (Some(least), Some(most)) if least == most && sizes => format!("{base}({least})"),
            (least, most) => {
                format!("{base}({}..{})", least.unwrap_or_default(), most.unwrap_or_default())
            }
        }
    }
}
