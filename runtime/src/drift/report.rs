//! All that was found, as text for the specification.

use super::{Drift, DriftKind, DriftObserver};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};
use std::sync::{Arc, Mutex, PoisonError};

/// Collects the drift of a client, for tests and for a look at a service now and then. Clones share
/// what they collect.
///
/// Displayed it is YAML: the members and values that are missing, below the names of their models, to
/// be pasted into the specification, each with the place where it was found.
///
/// ```
/// use clientwright_runtime::DriftReport;
///
/// let report = DriftReport::default();
/// // `builder().drift(report.clone())`, and after some calls:
/// assert!(report.is_empty(), "the specification does not know:\n{report}");
/// ```
#[derive(Clone, Debug, Default)]
pub struct DriftReport(Arc<Mutex<BTreeSet<Drift>>>);

impl DriftReport {
    /// All that was found, each thing once for a method and a place.
    #[must_use]
    pub fn drifts(&self) -> Vec<Drift> {
        // A panic elsewhere leaves the set as it was.
        let drifts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drifts.iter().cloned().collect()
    }

    /// Whether answers were as their specification says.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drifts().is_empty()
    }
}

impl DriftObserver for DriftReport {
    fn drift(&self, drift: &Drift) {
        let mut drifts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Objects that serve as maps have new names in each answer, and there is no end of them.
        if drifts.len() < MOST {
            drifts.insert(drift.clone());
        }
    }
}

/// More than this says nothing new, and would fill the memory.
const MOST: usize = 10_000;

/// What is to be added to one model.
#[derive(Default)]
struct Additions<'d> {
    fields: BTreeMap<&'d str, Vec<&'d Drift>>,
    values: BTreeMap<&'d str, Vec<&'d Drift>>,
    numbers: BTreeMap<i64, Vec<&'d Drift>>,
}

impl Display for DriftReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drifts = self.drifts();
        let mut models: BTreeMap<&str, Additions<'_>> = BTreeMap::new();
        for drift in &drifts {
            match &drift.kind {
                DriftKind::UnknownMember { name, .. } => {
                    let fields = &mut models.entry(drift.model).or_default().fields;
                    fields.entry(name).or_default().push(drift);
                }
                DriftKind::UnknownValue { value } => {
                    let values = &mut models.entry(drift.model).or_default().values;
                    values.entry(value).or_default().push(drift);
                }
                DriftKind::UnknownNumber { number } => {
                    let numbers = &mut models.entry(drift.model).or_default().numbers;
                    numbers.entry(*number).or_default().push(drift);
                }
                // Nobody can say what these should become.
                kind => writeln!(f, "# {} of {}, {}", told(kind), drift.model, place(drift))?,
            }
        }
        if !models.is_empty() {
            writeln!(f, "models:")?;
        }
        models.iter().try_for_each(|(model, additions)| additions.write(model, f))
    }
}

impl Additions<'_> {
    fn write(&self, model: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {model}:")?;
        if !self.fields.is_empty() {
            writeln!(f, "    fields:")?;
        }
        for (name, drifts) in &self.fields {
            places(drifts, f)?;
            let types: BTreeSet<_> = drifts.iter().map(|drift| holds(drift)).collect();
            // Different types in different places.
            let ty = if types.len() == 1 { types.first().copied() } else { None };
            writeln!(f, "      {}: {}", quoted(&format!("{name}?")), ty.unwrap_or("json"))?;
        }
        if !self.values.is_empty() || !self.numbers.is_empty() {
            writeln!(f, "    enum:")?;
        }
        for (value, drifts) in &self.values {
            places(drifts, f)?;
            // Beside numbers a name needs one, which nobody knows.
            let item = if self.numbers.is_empty() { "-" } else { "# a name without a number:" };
            writeln!(f, "      {item} {}", quoted(value))?;
        }
        for (number, drifts) in &self.numbers {
            places(drifts, f)?;
            writeln!(f, "      {number}: Value{}", number.unsigned_abs())?;
        }
        Ok(())
    }
}

fn holds(drift: &Drift) -> &str {
    match &drift.kind {
        DriftKind::UnknownMember { holds, .. } => holds,
        _ => "json",
    }
}

fn places(drifts: &[&Drift], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    drifts.iter().try_for_each(|drift| writeln!(f, "      # {}", place(drift)))
}

fn place(drift: &Drift) -> String {
    format!("{} at {}", drift.method, drift.path)
}

fn told(kind: &DriftKind) -> String {
    match kind {
        DriftKind::UnknownVariant { tag: Some(tag) } => {
            format!("no variant for the tag {}", quoted(tag))
        }
        DriftKind::UnknownVariant { tag: None } => "no variant that fits".to_owned(),
        DriftKind::Null => "null in place of a member".to_owned(),
        DriftKind::Absent => "nothing in place of a member".to_owned(),
        DriftKind::Type { expected, found } => {
            format!("{found} in place of {expected} in a member")
        }
        // These are written out.
        DriftKind::UnknownMember { .. }
        | DriftKind::UnknownValue { .. }
        | DriftKind::UnknownNumber { .. } => String::new(),
    }
}

/// A text that YAML takes for this text, on one line.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let bare = text.strip_suffix('?').unwrap_or(text);
    if bare.starts_with(|c: char| c.is_ascii_alphabetic()) && bare.chars().all(plain) {
        return text.to_owned();
    }
    // Quotes and escapes of JSON mean the same in YAML.
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{DriftReport, MOST};
    use crate::drift::{Drift, DriftKind, DriftObserver as _};

    #[test]
    fn names_without_end_do_not_fill_the_memory() {
        let report = DriftReport::default();
        for index in 0..=MOST {
            let (name, holds) = (format!("m{index}"), "int64".to_owned());
            let kind = DriftKind::UnknownMember { name, holds };
            let path = format!("$.m{index}");
            report.drift(&Drift { method: "a.b.c", path, model: "Model", kind });
        }
        assert_eq!(report.drifts().len(), MOST);
    }
}
