//! The formats of points in time, lengths of time and bytes.

use super::types::POISONED;
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{DateFormat, DateForms, Scalar, Type};
use crate::parse::{quoted_list, shown};
use crate::type_slips;
use crate::vocabulary::{self, FORMATS, Form};

/// How scalars with several forms are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forms {
    date: DateForms,
    local: Scalar,
    duration: Scalar,
    bytes: Scalar,
    /// How points in time are written could not be read.
    lost: bool,
}

impl Default for Forms {
    fn default() -> Self {
        Self {
            date: DateForms::only(DateFormat::Rfc3339),
            local: Scalar::LocalDateTime,
            duration: Scalar::Duration,
            bytes: Scalar::Bytes,
            lost: false,
        }
    }
}

impl Forms {
    /// These forms, with those that a specification names: the first is written, all are read.
    pub(super) fn with(mut self, names: &[Text], diagnostics: &mut Diagnostics) -> Self {
        let mut dates: Vec<(&Text, DateFormat)> = Vec::new();
        self.lost &= names.is_empty();
        for name in names {
            match FORMATS.iter().find(|(known, _)| *known == name.value) {
                Some((_, Form::Date(date))) => dates.push((name, *date)),
                Some((_, Form::Duration(duration))) => self.duration = *duration,
                Some((_, Form::Bytes(bytes))) => self.bytes = *bytes,
                // Told where it is known what is in that format.
                None => {}
            }
        }
        let mut rest = dates.iter().copied();
        if let Some((_, first)) = rest.next() {
            self.local = match first {
                DateFormat::Spaced => Scalar::SpacedDateTime,
                _ => Scalar::LocalDateTime,
            };
            self.date = rest.fold(DateForms::only(first), |forms, (_, other)| forms.or(other));
        }
        if dates.len() < names.len() {
            only_dates(names, diagnostics);
        }
        for (index, (name, date)) in dates.iter().enumerate() {
            let same = |(_, other): &&(&Text, DateFormat)| {
                other == date || other.is_number() && date.is_number()
            };
            if let Some((first, _)) = dates[..index].iter().find(same) {
                diagnostics.push(alike(first, name));
            }
        }
        self
    }

    /// These forms, where it may be that nobody could read how points in time are written.
    pub(super) fn lost(self, lost: bool) -> Self {
        Self { lost, ..self }
    }

    /// These forms, where a time without a zone means what a specification says.
    pub(super) fn unspecified(mut self, zone: &Text, diagnostics: &mut Diagnostics) -> Self {
        if zone.value != "utc" {
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNKNOWN_FORMAT,
                    zone.span,
                    format!("a time without a zone cannot mean `{}`", shown(&zone.value)),
                )
                .label("expected `utc`")
                .help("where the zone is not known, the type is `localdatetime`"),
            );
        }
        self.date = self.date.replace(DateFormat::Rfc3339, DateFormat::AssumeUtc);
        self
    }

    /// A scalar in the form that is in force.
    pub(super) fn scalar(self, scalar: Scalar) -> Scalar {
        match scalar {
            Scalar::DateTime(_) | Scalar::LocalDateTime if self.lost => Scalar::Poisoned,
            Scalar::DateTime(_) => Scalar::DateTime(self.date),
            Scalar::LocalDateTime => self.local,
            Scalar::Duration => self.duration,
            Scalar::Bytes => self.bytes,
            scalar => scalar,
        }
    }
}

/// Whether a format is one of the scalar's. One that nobody knows has been reported.
pub(super) fn has_format(scalar: Scalar, name: &str) -> bool {
    let found = FORMATS.iter().find(|(known, _)| *known == name);
    found.is_none_or(|(_, form)| match (form, scalar) {
        (Form::Date(_), Scalar::DateTime(_))
        | (Form::Date(DateFormat::Spaced), Scalar::LocalDateTime | Scalar::SpacedDateTime)
        | (Form::Duration(_), Scalar::Duration | Scalar::TimeSpan)
        | (Form::Bytes(_), Scalar::Bytes | Scalar::BytesUrl) => true,
        _ => Type::Scalar(scalar) == POISONED,
    })
}

/// Whether a format is one of points in time.
pub(super) fn is_of_dates(name: &str) -> bool {
    FORMATS.iter().any(|(known, form)| *known == name && matches!(form, Form::Date(_)))
}

/// Reports formats that nobody knows, of what holds this scalar.
pub(super) fn check(names: &[Text], held: Scalar, diagnostics: &mut Diagnostics) {
    for name in names {
        if FORMATS.iter().all(|(known, _)| *known != name.value) {
            diagnostics.push(unknown_format(name, held));
        }
    }
}

/// The same of what holds points in time, in whatever form.
pub(super) fn check_dates(names: &[Text], held: Scalar, diagnostics: &mut Diagnostics) {
    for name in names.iter().filter(|name| !is_of_dates(&name.value)) {
        diagnostics.push(unknown_format(name, held));
    }
}

/// How the format of a type is said that has several.
fn with_type(format: &str, form: Form) -> String {
    let ty = match form {
        Form::Date(_) => "datetime",
        Form::Duration(_) => "duration",
        Form::Bytes(_) => "bytes",
    };
    format!("this is a format of another type: `{{ type: {ty}, format: {format} }}`")
}

fn unknown_format(name: &Text, held: Scalar) -> Diagnostic {
    let has = |name: &str| has_format(held, name);
    let known: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).filter(|name| has(name)).collect();
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_FORMAT,
        name.span,
        format!("`{}` is not a format", shown(&name.value)),
    );
    if let Some(ty) = type_slips::of_format(&name.value) {
        return diagnostic.help(format!("this is a type of its own: `type: {ty}`"));
    }
    let elsewhere = type_slips::format_elsewhere(&name.value);
    let meant = elsewhere.filter(|format| has(format));
    match meant.or_else(|| nearest(&name.value, known.iter().copied())) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None if type_slips::is_pattern(&name.value) => diagnostic.help(
            "patterns are not known: a day alone is a `date`, what no format fits is a `string`",
        ),
        None if known.is_empty() => {
            let all = FORMATS.iter().map(|(name, _)| *name);
            let meant = elsewhere.or_else(|| nearest(&name.value, all));
            let form = FORMATS.iter().find(|(known, _)| Some(*known) == meant);
            match form {
                Some((known, form)) => diagnostic.help(with_type(known, *form)),
                None => diagnostic
                    .help("only a `datetime`, a `duration` and `bytes` have several formats"),
            }
        }
        None => {
            let all = known.len() == FORMATS.len();
            let of = if all { String::new() } else { format!(" of `{}`", vocabulary::name(held)) };
            diagnostic.help(format!("known formats{of}: {}", quoted_list(&known)))
        }
    }
}

/// Refuses several formats of what is no date.
fn only_dates(names: &[Text], diagnostics: &mut Diagnostics) {
    let other = |name: &&Text| {
        FORMATS.iter().any(|(known, form)| *known == name.value && !matches!(form, Form::Date(_)))
    };
    if names.len() > 1
        && let Some(name) = names.iter().find(other)
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::SEVERAL_FORMATS,
                name.span,
                format!("`{}` stands alone or not at all", name.value),
            )
            .label("only a `datetime` is read in several formats"),
        );
    }
}

/// Two formats of which nobody could say which one a value has.
fn alike(first: &Text, second: &Text) -> Diagnostic {
    Diagnostic::error(
        &codes::SEVERAL_FORMATS,
        second.span,
        format!("a number in `{}` looks like one in `{}`", second.value, first.value),
    )
    .related(first.span, "the first one")
    .help("keep one of the two")
}
