//! Spans and events of `tracing`, with the names of OpenTelemetry's conventions for HTTP clients.
//!
//! Routes stand for addresses, so that no parameter and no credential is ever in a field.

use crate::base::Base;
use crate::core::Core;
use crate::method::Method;
use crate::metrics::Outcome;
use crate::transport::TransportErrorKind;
use http::StatusCode;
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;

/// The span of a call, with all its attempts.
pub(crate) fn span(core: &Core, method: &Method) -> Span {
    let verb = http::Method::from(method.verb);
    let (address, port) = core.base(method.server).map(Base::host_and_port).ok().unzip();
    tracing::info_span!(
        target: "clientwright",
        "call",
        otel.kind = "client",
        otel.name = format_args!("{verb} {}", method.route),
        otel.status_code = Empty,
        clientwright.method = method.name,
        http.request.method = verb.as_str(),
        url.template = method.route,
        server.address = address,
        server.port = port,
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// The event of an attempt, the last one included.
pub(crate) fn attempt(
    span: &Span,
    method: &Method,
    resent: u32,
    status: Option<StatusCode>,
    error: Option<TransportErrorKind>,
    again_after: Option<Duration>,
) {
    let after = again_after.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    tracing::debug!(
        target: "clientwright",
        parent: span,
        {
            clientwright.method = method.name,
            http.request.resend_count = resent,
            http.response.status_code = status.map(|status| status.as_u16()),
            error.type = match error {
                Some(error) => Some(error.as_str()),
                None => status.is_none().then_some("dropped"),
            },
            retry.after_ms = after,
        },
        "attempt"
    );
}

/// What is known at the end.
pub(crate) fn ended(span: &Span, attempts: u32, outcome: Outcome, status: Option<StatusCode>) {
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if outcome != Outcome::Success {
        span.record("otel.status_code", "ERROR");
    }
    match (outcome, status) {
        (Outcome::Success, _) => {}
        (Outcome::Dropped, _) => {
            span.record("error.type", "dropped");
        }
        // The convention has the status here where it is what went wrong.
        (Outcome::Failed(_), Some(status)) if !status.is_success() => {
            span.record("error.type", status.as_str());
        }
        (Outcome::Failed(kind), _) => {
            span.record("error.type", kind.as_str());
        }
    }
}

/// The event of a transaction that was dropped without a commit.
pub(crate) fn transaction_dropped(commit: &Method) {
    tracing::warn!(
        target: "clientwright",
        { clientwright.method = commit.name },
        "a transaction was dropped that was neither committed nor abandoned"
    );
}
