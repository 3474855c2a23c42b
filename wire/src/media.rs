//! Media types: which of several a content type is.

/// A content type without its parameters.
#[must_use]
pub fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The one of the declared media types that a content type is, by its place. Parameters and case do
/// not count. The same one comes first, then `application/json` for anything that is JSON and
/// `application/xml` for anything that is XML, then ranges such as `application/*`.
///
/// ```
/// use clientwright_wire::media::among;
///
/// let declared = ["application/json", "text/csv", "image/*"];
/// assert_eq!(among(&declared, "Text/CSV; charset=utf-8"), Some(1));
/// assert_eq!(among(&declared, "application/vnd.shop+json"), Some(0));
/// assert_eq!(among(&declared, "image/png"), Some(2));
/// assert_eq!(among(&declared, "text/html"), None);
/// ```
#[must_use]
pub fn among(declared: &[&str], content_type: &str) -> Option<usize> {
    let found = essence(content_type);
    let place = |wanted: &str| declared.iter().position(|one| same(essence(one), wanted));
    let by_syntax = || {
        if is_of(found, "json") {
            place("application/json")
        } else if is_of(found, "xml") {
            place("application/xml").or_else(|| place("text/xml"))
        } else {
            None
        }
    };
    let by_range = |wide: bool| {
        declared
            .iter()
            .map(|range| essence(range))
            .position(|range| covers(range, found) && range.starts_with("*/") == wide)
    };
    place(found).or_else(by_syntax).or_else(|| by_range(false)).or_else(|| by_range(true))
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether a media type is some JSON or some XML: `text/json`, `application/problem+json`.
fn is_of(found: &str, syntax: &str) -> bool {
    let Some((_, kind)) = found.split_once('/') else { return false };
    same(kind, syntax) || kind.rsplit_once('+').is_some_and(|(_, suffix)| same(suffix, syntax))
}

/// Whether a range such as `image/*` or `*/*` has a media type in it.
fn covers(range: &str, found: &str) -> bool {
    let (Some((wanted, "*")), Some((kind, _))) = (range.split_once('/'), found.split_once('/'))
    else {
        return false;
    };
    wanted == "*" || same(wanted, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_one_comes_first() {
        let declared = ["*/*", "application/*", "application/json", "application/hal+json"];
        assert_eq!(among(&declared, "application/hal+json"), Some(3));
        assert_eq!(among(&declared, "APPLICATION/JSON"), Some(2));
        assert_eq!(among(&declared, "application/problem+json;a=b"), Some(2));
        assert_eq!(among(&declared, "text/json"), Some(2));
        assert_eq!(among(&declared, "application/pdf"), Some(1));
        assert_eq!(among(&declared, "text/plain"), Some(0));
    }

    #[test]
    fn xml_goes_by_several_names() {
        assert_eq!(among(&["text/csv", "application/xml"], "text/xml"), Some(1));
        assert_eq!(among(&["text/csv", "text/xml"], "application/gpx+xml"), Some(1));
        assert_eq!(among(&["application/gpx+xml", "text/xml"], "application/gpx+xml"), Some(0));
    }

    #[test]
    fn what_is_no_media_type_is_none() {
        let declared = ["application/json", "text/*"];
        for found in ["", "json", ";", "text", "/", "application/jsonx", "text+json"] {
            assert_eq!(among(&declared, found), None, "{found}");
        }
        assert_eq!(among(&[], "text/csv"), None);
        assert_eq!(among(&["*/*"], ""), None);
    }
}
