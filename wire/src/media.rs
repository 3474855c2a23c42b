//! Media types: which of several a content type is.

/// A content type without its parameters.
#[must_use]
pub fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// Whether several media types are meant: `image/*`, `*/*`.
#[must_use]
pub fn is_range(media_type: &str) -> bool {
    essence(media_type).ends_with("/*")
}

/// The one of the declared media types that a content type is, by its place. Parameters and case do
/// not count. The more exact one comes first: the same, then `application/json` for anything that is JSON and
/// `application/xml` for anything that is XML, then ranges such as `application/*`. What is of another kind
/// than `application` and only written in JSON or XML, as `image/svg+xml` is, belongs to a range of its kind first.
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
        if is_json(found) {
            place("application/json")
        } else if is_xml(found) {
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
    let narrow = || by_range(false);
    let exact = place(found);
    let near = match is_only_written_in(found) {
        false => exact.or_else(by_syntax).or_else(narrow),
        true => exact.or_else(narrow).or_else(by_syntax),
    };
    near.or_else(|| by_range(true))
}

/// Whether JSON or XML is only what a media type is written in, as of `image/svg+xml` and `model/gltf+json`.
fn is_only_written_in(found: &str) -> bool {
    found.split_once('/').is_some_and(|(kind, sub)| !same(kind, "application") && sub.contains('+'))
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether a content type is some JSON: `application/json; charset=utf-8`, `application/problem+json`.
#[must_use]
pub fn is_json(content_type: &str) -> bool {
    is_of(content_type, "json")
}

/// Whether a content type is some XML: `text/xml`, `application/gpx+xml`.
#[must_use]
pub fn is_xml(content_type: &str) -> bool {
    is_of(content_type, "xml")
}

/// Whether a content type is a page for people to read.
#[must_use]
pub fn is_page(content_type: &str) -> bool {
    let found = essence(content_type);
    same(found, "text/html") || same(found, "application/xhtml+xml")
}

/// Whether an answer of this content type is surely not what was declared: one media type, a range or a
/// list of them, as in `Accept`. Services have several names for one format, and give many files out as
/// something that downloads or as plain text. What comes in place of a file is a page, or an error in JSON.
///
/// ```
/// use clientwright_wire::media::contradicts;
///
/// assert!(contradicts("application/zip", "text/html; charset=utf-8"));
/// assert!(contradicts("image/png, image/jpeg", "application/problem+json"));
/// assert!(!contradicts("application/zip", "application/force-download"));
/// assert!(!contradicts("application/geo+json", "application/json"));
/// assert!(!contradicts("text/*", "text/html"));
/// ```
#[must_use]
pub fn contradicts(declared: &str, content_type: &str) -> bool {
    let found = essence(content_type);
    // Lines of JSON and the like have it in their names.
    let of_json = |one: &str| one.to_ascii_lowercase().contains("json");
    let declares = |fits: &dyn Fn(&str) -> bool| declared.split(',').any(|one| fits(essence(one)));
    let unexpected = is_page(found) && !declares(&is_page) || is_json(found) && !declares(&of_json);
    unexpected && !declares(&|one| covers(one, found))
}

fn is_of(content_type: &str, syntax: &str) -> bool {
    let Some((_, kind)) = essence(content_type).split_once('/') else { return false };
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
    fn a_range_of_its_kind_comes_before_what_it_is_written_in() {
        let ways = [["application/xml", "image/*"], ["image/*", "application/xml"]];
        for (declared, [model, images]) in ways.into_iter().zip([[0, 1], [1, 0]]) {
            assert_eq!(among(&declared, "image/svg+xml"), Some(images));
            assert_eq!(among(&declared, "application/atom+xml"), Some(model));
            assert_eq!(among(&declared, "text/xml"), Some(model));
            assert_eq!(among(&declared, "model/x3d+xml"), Some(model));
        }
        assert_eq!(among(&["application/xml", "text/*"], "text/xml"), Some(0));
        assert_eq!(among(&["application/xml", "*/*"], "image/svg+xml"), Some(0));
        assert_eq!(among(&["image/*", "image/svg+xml"], "image/svg+xml"), Some(1));
        assert_eq!(among(&["application/*", "application/json"], "application/hal+json"), Some(1));
    }

    #[test]
    fn ranges_have_no_second_half() {
        assert!(["*/*", "image/*", "text/*; q=1"].into_iter().all(is_range));
        assert!(!["image/png", "text", "*"].into_iter().any(is_range));
    }

    #[test]
    fn xml_goes_by_several_names() {
        assert_eq!(among(&["text/csv", "application/xml"], "text/xml"), Some(1));
        assert_eq!(among(&["text/csv", "text/xml"], "application/gpx+xml"), Some(1));
        assert_eq!(among(&["application/gpx+xml", "text/xml"], "application/gpx+xml"), Some(0));
    }

    #[test]
    fn only_what_is_surely_something_else_contradicts() {
        for (declared, found) in [
            ("application/gpx+xml", "Application/GPX+XML; charset=utf-8"),
            ("application/gpx+xml", "application/octet-stream"),
            ("application/gpx+xml", "application/gpx"),
            ("application/gpx+xml", "text/plain"),
            ("application/gpx+xml", "text/xml"),
            ("application/vnd.garmin.tcx+xml", "application/tcx+xml"),
            ("application/vnd.garmin.tcx+xml", "application/vnd.garmin.tcx"),
            ("application/zip", "application/force-download"),
            ("application/zip", "application/x-zip-compressed"),
            ("application/zip", "multipart/x-zip"),
            ("application/zip", "unknown"),
            ("application/zip", ""),
            ("application/msgpack", "application/x-msgpack"),
            ("application/geo+json", "application/json"),
            ("application/json", "application/geo+json"),
            ("text/jsonl", "application/json"),
            ("application/x-ndjson", "application/json"),
            ("text/jsv", "application/jsv"),
            ("image/*", "image/png"),
            ("image/png, image/jpeg;q=0.9", "image/webp"),
            ("text/csv", "text/plain"),
            ("text/html", "application/xhtml+xml"),
            ("text/csv, application/json;q=0.1", "application/problem+json"),
            ("*/*", "text/html"),
            ("*/*", "application/json"),
        ] {
            assert!(!contradicts(declared, found), "{declared}, {found}");
        }
        for (declared, found) in [
            ("application/gpx+xml", "text/html"),
            ("application/gpx+xml", "application/xhtml+xml"),
            ("application/gpx+xml", "application/json"),
            ("application/xml", "text/json"),
            ("application/zip", "application/problem+json"),
            ("text/csv", "Text/HTML;charset=utf-8"),
            ("text/jsv", "application/json"),
            ("application/json", "text/html"),
            ("image/*", "text/html"),
            ("image/png, image/jpeg", "application/json"),
        ] {
            assert!(contradicts(declared, found), "{declared}, {found}");
        }
    }

    #[test]
    fn parameters_and_case_do_not_count() {
        for found in ["application/json; charset=utf-8", "Text/JSON", "application/a.b+JSON;q=1"] {
            assert!(is_json(found) && !is_xml(found) && !is_page(found), "{found}");
        }
        for found in ["json", "", "application/jsonl", "text/plain; a=b/json", "application/json5"]
        {
            assert!(!is_json(found), "{found}");
        }
        assert!(is_xml("application/GPX+xml ; a") && is_page(" text/HTML"));
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
