//! Human rendering. The only importer of `annotate-snippets`.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Patch as DrawnPatch, Renderer, Snippet,
};

use super::collected::count;
use super::window::{Window, safe, windows};
use super::{Diagnostic, Patch, Severity, codes};
use crate::source::{SourceMap, Span};

/// See [`Report::human`](super::Report::human).
pub(super) fn human(sources: &SourceMap, found: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in found.iter().take(MOST) {
        out.push_str(&one(&renderer, sources, diagnostic, colour));
        out.push_str("\n\n");
    }
    if !found.is_empty() {
        let _ = writeln!(out, "{}", summary(found));
    }
    if found.len() > MOST {
        let _ = writeln!(out, "only the first {MOST} are shown; `--format json` has the others");
    }
    out
}

/// So many findings a person is shown; the summary counts all of them.
const MOST: usize = 100;

fn one(renderer: &Renderer, sources: &SourceMap, d: &Diagnostic, colour: bool) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let places: Vec<Span> =
        std::iter::once(d.span).chain(d.related.iter().map(|(span, _)| *span)).collect();
    let shown = windows(sources, &places);
    let mut group = Group::with_title(level.primary_title(safe(&d.message)).id(d.code.id));
    for window in &shown {
        let path = sources.name(window.file);
        let snippet = snippet(d, window);
        // The renderer counts columns in what it is given, so it cannot name those of a cut line.
        group = if d.code.id == codes::FILE_UNREADABLE.id && window.text.trim().is_empty() {
            // What could not be opened has no line.
            group.element(Origin::path(path))
        } else if window.cut {
            let origin = Origin::path(path).line(window.line as usize);
            group.element(origin.char_column(window.column as usize)).element(snippet)
        } else {
            group.element(snippet.path(path))
        };
    }
    for note in &d.notes {
        group = group.element(Level::NOTE.message(safe(note)));
    }
    let change = d.patch.as_ref().and_then(|patch| Change::new(sources, patch));
    match (&d.help, &change) {
        (help, Some(change)) => {
            let title = safe(help.as_deref().unwrap_or("change it like this"));
            let help = Group::with_title(Level::HELP.secondary_title(title));
            if change.is_of_one_line() {
                return renderer.render(&[group, help.element(change.drawn())]);
            }
            // The renderer would not show what goes where several lines come.
            let last = shown.iter().map(|it| it.first_line as usize + it.text.lines().count());
            let widest = last.max().unwrap_or_default().saturating_sub(1).max(change.last_line());
            let mut out = renderer.render(&[group, help]);
            out.push_str(&change.lines(widest.to_string().len(), colour));
            out
        }
        (Some(help), None) => renderer.render(&[group.element(Level::HELP.message(safe(help)))]),
        (None, None) => renderer.render(&[group]),
    }
}

fn snippet<'a>(
    d: &'a Diagnostic,
    window: &'a Window,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let marks = window.marks.iter().map(|(index, bytes)| {
        let (kind, text) = match index.checked_sub(1).and_then(|at| d.related.get(at)) {
            Some((_, text)) => (AnnotationKind::Context, Some(text)),
            None => (AnnotationKind::Primary, d.label.as_ref()),
        };
        kind.span(bytes.clone()).label(text.map(|text| safe(text)))
    });
    Snippet::source(window.text.as_str())
        .line_start(window.first_line as usize)
        .annotations(marks.collect::<Vec<_>>())
}

/// Bytes of a line that is shown before and after a change.
const LONGEST_CHANGE: usize = 200;

/// Colours of a terminal, as the renderer has them.
const BLUE: &str = "1;94";
const RED: &str = "91";
const GREEN: &str = "92";

/// Lines that are shown before and after a change.
const MOST_LINES: u32 = 12;

/// A patch with the lines it changes.
struct Change {
    text: String,
    line: usize,
    at: std::ops::Range<usize>,
    replacement: String,
}

impl Change {
    /// Nothing when the change cannot be shown on a few short lines: then the help has to do.
    fn new(sources: &SourceMap, patch: &Patch) -> Option<Self> {
        let span = patch.span;
        let (line, _) = sources.line_column(span.file, span.start);
        let (last, _) = sources.line_column(span.file, span.end);
        let lines =
            last.saturating_sub(line).max(u32::try_from(patch.text.matches('\n').count()).ok()?);
        if lines >= MOST_LINES {
            return None;
        }
        let mut text = String::new();
        let mut at = 0..0;
        for number in line..=last {
            let whole = sources.line_span(span.file, number)?;
            let place = Span::new(span.file, whole.start.max(span.start), whole.end.min(span.end));
            let shown = windows(sources, &[place]).pop().filter(|shown| !shown.cut)?;
            let mark = shown.marks.first()?.1.clone();
            if number == line {
                at.start = text.len() + mark.start;
            }
            at.end = text.len() + mark.end;
            text.push_str(&shown.text);
        }
        let mut shown = text.lines().chain(patch.text.lines());
        let fits = shown.all(|line| line.len() <= LONGEST_CHANGE);
        fits.then(|| Self { text, line: line as usize, at, replacement: patch.text.clone() })
    }

    /// Whether one line comes, in the place of one or several.
    fn is_of_one_line(&self) -> bool {
        !self.replacement.contains('\n')
    }

    /// The number of the last line that goes or comes.
    fn last_line(&self) -> usize {
        let lines = self.text.lines().count().max(self.changed().lines().count());
        self.line + lines.saturating_sub(1)
    }

    /// The lines as they are meant.
    fn changed(&self) -> String {
        let (before, behind) = (&self.text[..self.at.start], &self.text[self.at.end..]);
        format!("{before}{}{behind}", safe(&self.replacement))
    }

    /// What goes and what comes, a line each, behind numbers of this width.
    fn lines(&self, width: usize, colour: bool) -> String {
        let paint = |text: String, style: &str| match colour {
            true => format!("\u{1b}[{style}m{text}\u{1b}[0m"),
            false => text,
        };
        let rule = paint(format!("{:width$} |", ""), BLUE);
        let mut out = format!("\n{rule}\n");
        let changed = self.changed();
        for (sign, style, text) in [('-', RED, &self.text), ('+', GREEN, &changed)] {
            for (number, line) in (self.line..).zip(text.lines()) {
                let number = paint(format!("{number:>width$}"), BLUE);
                // A tab is as wide as the terminal likes.
                let line = format!("{sign} {}", line.replace('\t', " "));
                let _ = writeln!(out, "{number} {}", paint(line.trim_end().to_owned(), style));
            }
        }
        out.push_str(&rule);
        out
    }

    fn drawn(&self) -> Snippet<'_, DrawnPatch<'_>> {
        let patch = DrawnPatch::new(self.at.clone(), safe(&self.replacement));
        Snippet::source(self.text.as_str()).line_start(self.line).patch(patch)
    }
}

/// `2 errors, 1 warning`
fn summary(found: &[Diagnostic]) -> String {
    let part = |severity: Severity| match count(found, severity) {
        0 => None,
        1 => Some(format!("1 {}", severity.as_str())),
        n => Some(format!("{n} {}s", severity.as_str())),
    };
    let parts = [part(Severity::Error), part(Severity::Warning)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::diag::{Diagnostic, Report, codes};
    use crate::source::{FileId, Source, SourceMap, Span};

    fn report(text: &str, build: impl Fn(FileId) -> Vec<Diagnostic>) -> Report {
        let mut sources = SourceMap::default();
        let source = Source { name: "punt/a.yaml".to_owned(), text: text.to_owned() };
        let file = sources.add(source);
        Report { sources, diagnostics: build(file) }
    }

    #[test]
    fn places_notes_and_help() {
        let text = format!("a: 1\nbé:\t2 # x\n{}far: 1\n", "\n".repeat(30));
        let report = report(&text, |file| {
            vec![
                Diagnostic::error(&codes::DUPLICATE_KEY, Span::new(file, 5, 8), "twice")
                    .label("again here")
                    .related(Span::new(file, 0, 1), "first here")
                    .related(Span::new(file, 46, 49), "and far away")
                    .note("one note")
                    .help("rename it"),
                Diagnostic::warning(&codes::TAG, Span::new(file, 14, 14), "odd"),
            ]
        });
        assert_eq!(
            report.to_string(),
            "\
error[E0107]: twice
  --> punt/a.yaml:2:1
   |
 1 | a: 1
   | - first here
 2 | bé:    2 # x
   | ^^ again here
   |
  ::: punt/a.yaml:33:1
   |
33 | far: 1
   | --- and far away
   |
   = note: one note
   = help: rename it

warning[E0114]: odd
 --> punt/a.yaml:2:9
  |
2 | bé:    2 # x
  |            ^

1 error, 1 warning
"
        );
    }

    #[test]
    fn a_patch_is_a_change_of_the_line() {
        let report = report("x: 1\nc: Note: this\n", |file| {
            vec![
                Diagnostic::error(&codes::COLON_IN_TEXT, Span::new(file, 12, 13), "colon")
                    .help("quote the text")
                    .patch(Span::new(file, 8, 18), "\"Note: this\""),
            ]
        });
        assert_eq!(
            report.human(false),
            "\
error[E0106]: colon
 --> punt/a.yaml:2:8
  |
2 | c: Note: this
  |        ^
  |
help: quote the text
  |
2 - c: Note: this
2 + c: \"Note: this\"
  |

1 error
"
        );
    }

    #[test]
    fn a_change_of_several_lines_shows_what_goes_and_what_comes() {
        let text = "a: 1\nlist:\n  - x: 1\n  - y: 2\nend: 3\n";
        let change = |at: (u32, u32), with: &'static str| {
            report(text, move |file| {
                let place = Span::new(file, 5, 9);
                let found = Diagnostic::error(&codes::SYNTAX, place, "odd").help("write them");
                vec![found.patch(Span::new(file, at.0, at.1), with)]
            })
        };
        let several = change((5, 28), "x: 1\ny: 2");
        let head = "error[E0101]: odd\n --> punt/a.yaml:2:1\n  |\n2 | list:\n  | ^^^^\n  |\nhelp: write them\n";
        assert_eq!(
            several.human(false),
            format!(
                "{head}  |
2 - list:
3 -   - x: 1
4 -   - y: 2
2 + x: 1
3 + y: 2
  |

1 error
"
            )
        );
        let one = change((5, 28), "list: { x: 1, y: 2 }").human(false);
        assert!(one.contains("4 -   - y: 2\n2 + list: { x: 1, y: 2 }\n"), "{one}");
        assert!(
            several.human(true).contains("\u{1b}[91m- list:\u{1b}[0m"),
            "{}",
            several.human(true)
        );
        let many = "z: 1\n".repeat(40);
        let long = report(text, |file| {
            let place = Span::new(file, 5, 9);
            vec![
                Diagnostic::error(&codes::SYNTAX, place, "odd")
                    .help("write them")
                    .patch(place, many.as_str()),
            ]
        });
        assert!(long.human(false).contains("= help: write them"), "{}", long.human(false));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("k: {}x{}", "é".repeat(50_000), "y".repeat(50_000));
        let report = report(&text, |file| {
            let place = Span::new(file, 100_003, 100_004);
            vec![Diagnostic::error(&codes::SYNTAX, place, "here").label("this")]
        });
        let shown = report.human(false);
        assert!(shown.contains("punt/a.yaml:1:50004"), "{shown}");
        assert!(shown.contains("éxyyy") && shown.contains("^ this"), "{shown}");
        assert!(shown.len() < 1500, "{shown}");
    }

    #[test]
    fn nothing_unseen_reaches_the_terminal() {
        let bad = "a: \u{1b}[31m\u{202e}\u{9b}\u{7}\r\nb: 2\n";
        let report = report(bad, |file| {
            vec![
                Diagnostic::error(
                    &codes::SYNTAX,
                    Span::new(file, 3, 8),
                    "bad \u{1b}[2J\u{202e} end",
                )
                .label("l\u{1b}")
                .note("n\u{9b}")
                .help("h\u{7}")
                .patch(Span::new(file, 3, 8), "\u{1b}"),
            ]
        });
        let unseen = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!report.human(false).contains(unseen), "{:?}", report.human(false));
        for text in [report.short(), report.json(), report.github()] {
            assert!(!text.contains(unseen), "{text:?}");
        }
    }

    #[test]
    fn a_person_is_shown_a_hundred() {
        let report = report("a", |file| {
            let one = Diagnostic::error(&codes::SYNTAX, Span::new(file, 0, 1), "m");
            vec![one; 4321]
        });
        let shown = report.human(false);
        assert_eq!(shown.matches("error[E0101]: m").count(), 100);
        assert!(shown.contains("4321 errors\nonly the first 100 are shown"), "{shown}");
        assert_eq!(report.json().lines().count(), 4321);
    }

    #[test]
    fn colour_is_asked_for() {
        let report =
            report("a", |file| vec![Diagnostic::error(&codes::SYNTAX, Span::new(file, 0, 1), "m")]);
        assert!(report.human(true).contains("\u{1b}["));
        assert!(!report.human(false).contains('\u{1b}'));
        assert!(report.has_errors());
    }

    #[test]
    fn any_span_is_shown() {
        let text = "\u{feff}é\tb\r\nß\r\u{1f600}\n\nx";
        for start in 0..=30 {
            for end in start..=30 {
                let report = report(text, |file| {
                    let place = Span::new(file, start, end);
                    let other = Span::new(file, end, start);
                    vec![
                        Diagnostic::error(&codes::SYNTAX, place, "m")
                            .label("l")
                            .related(other, "r")
                            .patch(place, "p\nq"),
                    ]
                });
                assert!(report.human(false).contains("error[E0101]: m"));
                assert_eq!(report.short().lines().count(), 1);
                assert_eq!(report.json().lines().count(), 1);
                assert_eq!(report.github().lines().count(), 1);
            }
        }
    }
}
