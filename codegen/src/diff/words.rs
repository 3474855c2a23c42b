//! Values as a specification writes them on one line.

pub(super) use crate::format::flow_text as text;

/// `[a, b]`
pub(super) fn list(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| text(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// `[429, 503]`
pub(super) fn statuses(statuses: &[u16]) -> String {
    let statuses: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    format!("[{}]", statuses.join(", "))
}

/// One as it is, several as a list.
pub(super) fn one_or_list(items: &[impl AsRef<str>]) -> String {
    match items {
        [one] => text(one.as_ref()),
        several => list(several),
    }
}

/// `{ a: b, c: d }` of keys and values that are words already.
pub(super) fn map(entries: impl IntoIterator<Item = (String, String)>) -> String {
    let entries: Vec<String> =
        entries.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

/// The entries that there are, of keys with values that need not be there.
pub(super) fn entries<const N: usize>(
    entries: [(&str, Option<String>); N],
) -> impl Iterator<Item = (String, String)> {
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)))
}

/// Members that lead to a value: `data.items`.
pub(super) fn path(members: &[String]) -> String {
    text(&members.join("."))
}

/// `90s`, `15m`, `24h`
pub(super) fn time(seconds: u64) -> String {
    let units = [(60 * 60, 'h'), (60, 'm')];
    let whole = units.into_iter().find(|(unit, _)| seconds > 0 && seconds.is_multiple_of(*unit));
    let (unit, letter) = whole.unwrap_or((1, 's'));
    format!("{}{letter}", seconds / unit)
}

#[cfg(test)]
mod tests {
    use super::{list, text, time};

    #[test]
    fn texts_are_quoted_where_they_have_to_be() {
        assert_eq!(list(["a", "b, c", "{d}", "", "e: f"]), r#"[a, "b, c", "{d}", "", "e: f"]"#);
        assert_eq!(text("a b"), "a b");
    }

    #[test]
    fn times_have_the_largest_unit() {
        assert_eq!([0, 30, 90, 120, 3600].map(time), ["0s", "30s", "90s", "2m", "1h"]);
    }
}
