//! What is noted while an answer is read.

use super::{Drift, DriftKind};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::fmt::Write;

/// How many things are noted of one answer.
const MAX_NOTES: usize = 200;
/// Longest value of an enum that is noted.
const MAX_VALUE: usize = 64;

thread_local! {
    /// Whether something is noted on this thread.
    static ON: Cell<bool> = const { Cell::new(false) };
    static RECORD: RefCell<Record> = const { RefCell::new(Record::new()) };
}

/// What was noted so far, and where the reading is.
struct Record {
    steps: Vec<Step>,
    notes: Vec<Note>,
}

impl Record {
    const fn new() -> Self {
        Self { steps: Vec::new(), notes: Vec::new() }
    }
}

/// A step on the way to a value. Lists are none: the text shows where they are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// A member of a model, by all names that it is read under.
    Member(&'static str, &'static [&'static str]),
    /// A member of something that is no model.
    Name(String),
    /// Any value of a map.
    Values,
}

/// Something that was met, and the steps to where.
#[derive(Debug, PartialEq)]
pub(crate) struct Note {
    steps: Vec<Step>,
    model: &'static str,
    kind: DriftKind,
}

/// Whether somebody wants to know.
pub(crate) fn is_on() -> bool {
    ON.get()
}

/// Notes what is met while this is read.
pub(crate) fn while_reading<T>(read: impl FnOnce() -> T) -> (T, Vec<Note>) {
    /// Ends it, also when reading panics.
    struct Off;
    impl Drop for Off {
        fn drop(&mut self) {
            ON.set(false);
            RECORD.set(Record::new());
        }
    }
    let off = Off;
    RECORD.set(Record::new());
    ON.set(true);
    let read = read();
    let notes = RECORD.with_borrow_mut(|record| std::mem::take(&mut record.notes));
    drop(off);
    (read, notes)
}

/// Reads what is one step further in.
pub(crate) fn inside<T>(step: impl FnOnce() -> Step, read: impl FnOnce() -> T) -> T {
    if !is_on() {
        return read();
    }
    let before = RECORD.with_borrow_mut(|record| {
        record.steps.push(step());
        record.steps.len() - 1
    });
    let read = read();
    RECORD.with_borrow_mut(|record| record.steps.truncate(before));
    read
}

/// Reads what may not fit, and forgets what was noted if it does not.
pub(crate) fn attempt<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
    if !is_on() {
        return read();
    }
    let (steps, notes) = RECORD.with_borrow(|record| (record.steps.len(), record.notes.len()));
    let read = read();
    RECORD.with_borrow_mut(|record| {
        record.steps.truncate(steps);
        if read.is_none() {
            record.notes.truncate(notes);
        }
    });
    read
}

/// Notes something about a model.
pub(crate) fn note(model: &'static str, kind: impl FnOnce() -> DriftKind) {
    if !is_on() {
        return;
    }
    RECORD.with_borrow_mut(|record| {
        let note = Note { steps: record.steps.clone(), model, kind: kind() };
        if record.notes.len() < MAX_NOTES && !record.notes.contains(&note) {
            record.notes.push(note);
        }
    });
}

/// Notes something about the member that is being read.
pub(crate) fn note_member(kind: impl FnOnce() -> DriftKind) {
    if !is_on() {
        return;
    }
    let model = RECORD.with_borrow(|record| {
        record.steps.iter().rev().find_map(|step| match step {
            Step::Member(model, _) => Some(*model),
            Step::Name(_) | Step::Values => None,
        })
    });
    note(model.unwrap_or_default(), kind);
}

/// The beginning of a value.
pub(crate) fn short(value: &str) -> String {
    value.chars().take(MAX_VALUE).collect()
}

impl Note {
    /// The same with its place in the text.
    pub(super) fn located(self, method: &'static str, body: &Value) -> Drift {
        let mut path = "$".to_owned();
        let mut found = vec![body];
        enter_lists(&mut found, &mut path);
        let member_itself = matches!(self.kind, DriftKind::Null | DriftKind::Absent);
        for (place, step) in self.steps.iter().enumerate() {
            let name = match step {
                Step::Member(_, names) => {
                    let names = names.iter().copied();
                    let mut there =
                        names.clone().filter(|name| found.iter().any(|v| v.get(name).is_some()));
                    there.next().or_else(|| names.clone().next()).unwrap_or_default()
                }
                Step::Name(name) => name,
                Step::Values => {
                    path.push_str(".*");
                    let objects = found.iter().filter_map(|value| value.as_object());
                    found = objects.flat_map(|object| object.values()).collect();
                    enter_lists(&mut found, &mut path);
                    continue;
                }
            };
            push(&mut path, name);
            found = found.iter().filter_map(|value| value.get(name)).collect();
            // Elsewhere the same member may well be a list.
            if !member_itself || place + 1 < self.steps.len() {
                enter_lists(&mut found, &mut path);
            }
        }
        let mut kind = self.kind;
        if let DriftKind::UnknownMember { name, holds } = &mut kind {
            *holds = type_of(found.iter().filter_map(|value| value.get(&**name)));
            // It is looked up whole and shown as what else is somebody's text.
            *name = short(name);
            push(&mut path, name);
        }
        Drift { method, path, model: self.model, kind }
    }
}

/// Steps into lists, of which models know nothing.
fn enter_lists<'v>(found: &mut Vec<&'v Value>, path: &mut String) {
    while found.iter().any(|value| value.is_array()) {
        path.push_str("[]");
        let lists = found.iter().filter_map(|value| value.as_array());
        *found = lists.flatten().collect::<Vec<&'v Value>>();
    }
}

fn push(path: &mut String, name: &str) {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    // Writing into a text cannot fail.
    let _ = if !name.is_empty() && name.chars().all(plain) {
        write!(path, ".{name}")
    } else {
        write!(path, "['{}']", name.escape_debug())
    };
}

/// The type that holds all of these values, in the words of the language.
fn type_of<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let (mut ty, mut null) = (None, false);
    for value in values {
        let this = match value {
            Value::Null => {
                null = true;
                continue;
            }
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "double",
            Value::Number(_) => "int64",
            Value::String(_) => "string",
            Value::Array(_) | Value::Object(_) => "json",
        };
        ty = Some(match (ty, this) {
            (None, this) => this,
            (Some("int64"), "double") | (Some("double"), "int64") => "double",
            (Some(before), this) if before == this => this,
            _ => "json",
        });
    }
    // `json` holds null as well.
    match ty {
        Some("json") | None => "json".to_owned(),
        Some(ty) if null => format!("{ty} | null"),
        Some(ty) => ty.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(dead_code, unreachable_pub, reason = "not all that an enum has is used")]
    mod sizes {
        #[derive(Clone, Debug, PartialEq)]
        pub enum Size {
            Small,
            Large,
            Other(crate::NumberOrText),
        }
        crate::number_enum! { Size { Small = 10 "Small", Large = 20 "Large" | "Big" } names }
    }
    use sizes::Size;

    fn kinds(json: &str) -> Vec<DriftKind> {
        let (read, notes) = while_reading(|| serde_json::from_str::<Vec<Size>>(json));
        assert!(read.is_ok_and(|sizes| !sizes.is_empty()));
        notes.into_iter().map(|note| note.kind).collect()
    }

    #[test]
    fn names_and_numbers() {
        assert_eq!(kinds(r#"[10,20,"small","BIG","20"]"#), []);
        let number = |number| DriftKind::UnknownNumber { number };
        let value = DriftKind::UnknownValue { value: "Huge".to_owned() };
        assert_eq!(kinds(r#"[30,"Huge","40",30]"#), [number(30), value, number(40)]);
    }

    #[test]
    fn what_is_noted_is_bounded_and_ends() {
        let many: Vec<_> = (100..1000).collect();
        assert_eq!(kinds(&serde_json::to_string(&many).unwrap()).len(), MAX_NOTES);
        assert!(!is_on());
        let long = kinds(&format!("[\"{}\"]", "x".repeat(1000)));
        assert_eq!(long, [DriftKind::UnknownValue { value: "x".repeat(64) }]);
        let panicked = std::panic::catch_unwind(|| {
            while_reading(|| note("Size", || panic!("a test")));
        });
        assert!(panicked.is_err() && !is_on(), "it ends, too, where reading panics");
        assert_eq!(kinds("[10]"), []);
    }
}
