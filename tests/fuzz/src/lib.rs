//! What must hold for any input of the generator, and damaged specifications to try it on.
//!
//! The properties panic where they do not hold. `fuzz/` hands them to libFuzzer, the tests here the kept corpus, and
//! `cargo xtask fuzz` the mutants of [`Mutator`].

#![allow(clippy::panic, reason = "a property that does not hold is a failed test")]

mod dictionary;
pub mod hostile;
mod mutate;

use clientwright_codegen::diag::Report;
use clientwright_codegen::source::Source;
use clientwright_codegen::{Generated, Options, check, format, generate};

pub use mutate::Mutator;

/// The one file that all properties are about; bytes that are no UTF-8 never get further than loading.
fn source(data: &[u8]) -> Option<Source> {
    let text = std::str::from_utf8(data).ok()?.to_owned();
    Some(Source { name: "case.yaml".to_owned(), text })
}

/// The reader and `check` end, with findings that are in order, inside their file, and harmless on a terminal.
pub fn read(data: &[u8]) {
    let Some(source) = source(data) else { return };
    let length = source.text.len();
    let report = check(vec![source]);
    let mut last = 0;
    for (index, one) in report.diagnostics.iter().enumerate() {
        let places = one.related.iter().map(|(span, _)| span).chain([&one.span]);
        for span in places.chain(one.patch.as_ref().map(|patch| &patch.span)) {
            assert!(span.start <= span.end && span.end as usize <= length, "{one:?}");
        }
        // What says that there were more stands at the end.
        let more = index + 1 == report.diagnostics.len() && one.code.id == "E0125";
        assert!(last <= one.span.start || more, "not in order: {one:?}");
        last = one.span.start;
    }
    shown(&report);
}

/// No rendering moves the cursor, turns the line around or grows with the input.
fn shown(report: &Report) {
    let odd = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for text in [report.human(false), report.short(), report.json(), report.github()] {
        assert!(!text.contains(odd), "{text:?}");
    }
    assert_eq!(report.json().lines().count(), report.diagnostics.len());
    assert!(report.human(true).len() < 4 << 20, "more than anybody reads");
}

/// What `check` accepts is generated, as Rust that parses, and twice the same.
pub fn check_then_generate(data: &[u8]) {
    let _ = accepted(data);
}

/// The client of a specification, if `check` accepts it.
#[must_use]
pub fn accepted(data: &[u8]) -> Option<Generated> {
    let source = source(data)?;
    let report = check(vec![source.clone()]);
    let generated = match generate(vec![source.clone()], &Options::default()) {
        Ok(generated) => generated,
        Err(other) => {
            assert!(report.has_errors(), "refused without an error");
            assert_eq!(other.short(), report.short());
            return None;
        }
    };
    assert!(!report.has_errors(), "generated in spite of errors\n{report}");
    for (path, text) in &generated.files {
        if let Err(error) = syn::parse_file(text) {
            panic!("{path}: {error}\n{text}");
        }
        let stray = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(stray), "{path}: a character that nobody sees\n{text}");
    }
    let again = generate(vec![source], &Options::default()).map(|again| again.files);
    assert!(again.is_ok_and(|again| again == generated.files), "generated differently");
    Some(generated)
}

/// Laying out twice is laying out once, and changes nothing of what is generated.
pub fn fmt(data: &[u8]) {
    let Some(source) = source(data) else { return };
    let Ok(laid) = format::format(&source) else { return };
    let laid = Source { text: laid, ..source.clone() };
    match format::format(&laid) {
        Ok(twice) => assert_eq!(twice, laid.text, "laid out differently a second time"),
        Err(report) => panic!("laid out, it cannot be read\n{report}\n{}", laid.text),
    }
    let files =
        |source: Source| generate(vec![source], &Options::default()).ok().map(|one| one.files);
    assert!(files(source) == files(laid.clone()), "another meaning\n{}", laid.text);
}
