//! What answers hold that their specification does not know, as data.

use clientwright_runtime::{Drift, DriftKind, DriftObserver, DriftReport};
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, PoisonError};

use crate::case::Case;

/// Notes what it is told, and makes a report of it.
#[derive(Clone, Default)]
pub(crate) struct Drifted {
    told: Arc<Mutex<Vec<Value>>>,
    report: DriftReport,
}

impl DriftObserver for Drifted {
    fn drift(&self, drift: &Drift) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(shown(drift));
        self.report.drift(drift);
    }
}

fn shown(drift: &Drift) -> Value {
    let mut shown = match &drift.kind {
        DriftKind::UnknownMember { holds, .. } => json!({ "is": "member", "holds": holds }),
        DriftKind::UnknownValue { value } => json!({ "is": "value", "value": value }),
        DriftKind::UnknownNumber { number } => json!({ "is": "value", "value": number }),
        DriftKind::UnknownVariant { tag } => json!({ "is": "variant", "tag": tag }),
        DriftKind::Null => json!({ "is": "null" }),
        DriftKind::Absent => json!({ "is": "absent" }),
        DriftKind::Type { expected, found } => {
            json!({ "is": "type", "expected": expected, "found": found })
        }
        other => json!({ "is": format!("{other:?}") }),
    };
    if let Value::Object(members) = &mut shown {
        members.insert("at".to_owned(), drift.path.clone().into());
        members.insert("model".to_owned(), drift.model.into());
        members.insert("method".to_owned(), drift.method.into());
    }
    shown
}

impl Drifted {
    /// What of it is not as the case says. Of each thing the case says what it likes.
    pub(crate) fn differences(&self, case: &Case) -> Vec<String> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = Vec::new();
        if let Some(wanted) = &case.drift {
            let fits = |wanted: &Map<String, Value>, came: &Value| {
                wanted.iter().all(|(name, value)| came.get(name) == Some(value))
            };
            let all = wanted.len() == told.len()
                && wanted.iter().zip(told.iter()).all(|(wanted, came)| fits(wanted, came));
            if !all {
                let (wanted, came) = (json!(wanted), json!(*told));
                out.push(format!("drift: expected {wanted}, came {came}"));
            }
        }
        let report = self.report.to_string();
        for line in case.drift_report.iter().flatten() {
            if !report.lines().any(|came| came == line) {
                out.push(format!("the report on drift lacks the line `{line}`:\n{report}"));
            }
        }
        out
    }
}
