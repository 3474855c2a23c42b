//! `timeout:`

use super::reader::{self, Keys};
use crate::ast::Timeouts;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::yaml::Value;

/// Reads what `defaults`, a group or a method says about how long its calls may take: one time for
/// the call, or a mapping.
pub(super) fn read(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Timeouts {
    let Some(node) = keys.node("timeout", diagnostics) else {
        return Timeouts { unreadable: keys.meant("timeout"), ..Timeouts::default() };
    };
    if !matches!(node.value, Value::Mapping(_)) {
        let call = match node.value {
            Value::Scalar(_) => reader::text("timeout", node, diagnostics),
            _ => {
                reader::wrong_kind("timeout", "a time or a mapping", node, diagnostics);
                None
            }
        };
        return Timeouts { unreadable: call.is_none(), call, ..Timeouts::default() };
    }
    let Some(mut keys) = Keys::open("timeout", node, diagnostics) else {
        return Timeouts { unreadable: true, ..Timeouts::default() };
    };
    let mut timeouts = Timeouts {
        connect: keys.text("connect", diagnostics),
        attempt: keys.text("attempt", diagnostics),
        call: keys.text("call", diagnostics),
        ..Timeouts::default()
    };
    let read = [&timeouts.connect, &timeouts.attempt, &timeouts.call].into_iter().flatten();
    timeouts.unreadable = read.count() < keys.len();
    if !keys.rest() && !["connect", "attempt", "call"].iter().any(|key| keys.has(key)) {
        let help = "say how long: `timeout: 60s`, or `timeout: { attempt: 30s, call: 2m }`";
        keys.missing("call", node.span, help);
        timeouts.unreadable = true;
    }
    keys.finish(diagnostics);
    timeouts
}

/// The same of a group or a method, which make no connections of their own.
pub(super) fn of_calls(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Timeouts {
    let mut timeouts = read(keys, diagnostics);
    if let Some(connect) = timeouts.connect.take() {
        diagnostics.push(
            Diagnostic::error(
                &codes::CONNECT_TIMEOUT,
                connect.span,
                "a connection serves calls of all methods",
            )
            .label("cannot differ here")
            .help("say it once for all of them: `defaults: { timeout: { connect: 5s } }`"),
        );
    }
    timeouts
}
