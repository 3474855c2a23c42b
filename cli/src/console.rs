//! The two streams: results, and what is said about them.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use clientwright_codegen::diag::{Code, Diagnostic, Report};
use clientwright_codegen::source::{Source, Span};

/// How findings are shown. Without texts for the values, which would fill the help of every command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Human,
    Json,
    Github,
}

/// When there is colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// Where a command writes to.
///
/// Nothing is done about a reader that went away: whoever closes a pipe has read enough.
pub(crate) struct Console {
    format: Format,
    coloured: bool,
}

impl Console {
    pub(crate) fn new(format: Format, colour: Colour) -> Self {
        let choice = match colour {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        choice.write_global();
        // Knows the terminal and the variables of the environment.
        let coloured = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
        Self { format, coloured }
    }

    /// A result.
    pub(crate) fn result(&self, text: &str) {
        put(&mut anstream::stdout(), text);
    }

    /// What was done, for people: programs would have to tell it from findings.
    pub(crate) fn progress(&self, text: &str) {
        if self.format == Format::Human {
            put(&mut anstream::stderr(), &format!("{text}\n"));
        }
    }

    /// Wrong usage, in one form for everybody: no program makes it.
    pub(crate) fn misuse(&self, text: &str) {
        put(&mut anstream::stderr(), &format!("error: {text}\n"));
    }

    /// Findings.
    pub(crate) fn report(&self, report: &Report) {
        let text = match self.format {
            Format::Human => report.human(self.coloured),
            Format::Json => report.json(),
            Format::Github => report.github(),
        };
        put(&mut anstream::stderr(), &text);
    }

    /// A finding about a file that is not a specification.
    pub(crate) fn problem(&self, problem: &Problem) {
        if self.format == Format::Human {
            let mut text = format!("error[{}]: {}\n", problem.code.id, problem.message);
            if let Some(help) = &problem.help {
                text.push_str(&format!("  = help: {help}\n"));
            }
            put(&mut anstream::stderr(), &text);
        } else {
            self.report(&problem.report());
        }
    }

    /// Whether programs are reading.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether people are reading.
    pub(crate) fn is_human(&self) -> bool {
        self.format == Format::Human
    }
}

fn put(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
}

/// A finding about a file that is not a specification.
pub(crate) struct Problem {
    pub(crate) code: &'static Code,
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) help: Option<String>,
}

impl Problem {
    /// As a report, for the forms that programs read.
    fn report(&self) -> Report {
        let mut report = Report::default();
        // Only the line is known, not what is before it; a place is an offset in a text.
        let start = self.line.saturating_sub(1);
        let text = "\n".repeat(start);
        let file = report.sources.add(Source { name: self.file.clone(), text });
        let at = u32::try_from(start).unwrap_or(u32::MAX);
        let mut found = Diagnostic::error(self.code, Span::new(file, at, at), &self.message);
        found.help.clone_from(&self.help);
        report.diagnostics.push(found);
        report
    }
}
