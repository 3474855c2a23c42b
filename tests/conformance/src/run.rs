//! Runs a case: servers, calls, and everything that is compared afterwards.

use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use wire_tests::{Deaf, Nobody, Request, Server};

use crate::Mode;
use crate::args::Saved;
use crate::case::{Case, File, misread};
use crate::client::{Outcomes, Setup};
use crate::drift::Drifted;
use crate::exchange::Exchange;
use crate::expect;
use crate::time::Time;

/// Texts of credentials that are shorter stand in other words too.
const SECRET_LENGTH: usize = 8;

/// Runs a case of a file in a folder with one of the clients.
///
/// # Errors
///
/// All that is not as the case says, as lines of a message.
pub fn run(folder: &str, file: &str, name: &str, mode: Mode) -> Result<(), String> {
    let failures = match attempt(folder, file, name, mode) {
        Ok(failures) if failures.is_empty() => return Ok(()),
        Ok(failures) => failures,
        Err(unreadable) => vec![format!("the case cannot be run: {unreadable}")],
    };
    let mut message = String::new();
    for failure in failures {
        let _ = writeln!(message, "- {failure}");
    }
    Err(message)
}

fn attempt(folder: &str, file: &str, name: &str, mode: Mode) -> Result<Vec<String>, String> {
    let mut case = File::read(folder, file)?.case(name)?;
    let (server, foreign) = (Server::start([]), Server::start([]));
    // Where no connection ever comes about, and where it is refused.
    let named = case.to_string();
    let deaf = named.contains("${deaf}").then(Deaf::listens);
    let nobody = named.contains("${nobody}").then(Nobody::listens);
    let places = [
        ("${server}", server.url()),
        ("${host}", server.address().to_string()),
        ("${foreign}", foreign.url()),
        ("${deaf}", deaf.as_ref().map_or_else(String::new, Deaf::url)),
        ("${nobody}", nobody.as_ref().map_or_else(String::new, Nobody::url)),
    ];
    fill_in(&mut case, &places);
    let case = Case::deserialize(case).map_err(|error| misread(&error))?;
    case.check()?;
    for (server, script) in [(&server, &case.server), (&foreign, &case.foreign)] {
        let mut replies = Vec::new();
        for exchange in script {
            let reply = exchange.reply()?;
            replies.push(if case.any_order { reply.to(exchange.line()) } else { reply });
        }
        server.expect(replies);
    }
    let time = Time::new(&case);
    let (saved, renderings, drift) = (Saved::default(), Mutex::default(), Drifted::default());
    let url = server.url();
    let setup = Setup {
        case: &case,
        mode,
        base: Some(case.base.as_deref().unwrap_or(&url)).filter(|base| *base != "none"),
        time: &time,
        server: &server,
        saved: &saved,
        drift: &drift,
        renderings: &renderings,
    };
    let outcomes = crate::dispatch::drive(&setup)?;

    let mut failures = of_steps(&case, &outcomes)?;
    failures.extend(of_secrets(&case, &outcomes, &renderings));
    failures.extend(of_time(&case, &time)?);
    failures.extend(drift.differences(&case));
    let tokens = saved.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(wanted) = &case.saved
        && *wanted != tokens
    {
        failures.push(format!("saved tokens: expected {wanted:?}, came {tokens:?}"));
    }
    if case.hung_up > 0 {
        let left = server.wait_for_leavers(case.hung_up);
        if left != case.hung_up {
            failures.push(format!("connections closed too early: {left}, not {}", case.hung_up));
        }
    }
    failures.extend(of_requests("server", &case, &case.server, server));
    failures.extend(of_requests("foreign server", &case, &case.foreign, foreign));
    Ok(failures)
}

/// Puts the addresses of servers into all texts.
fn fill_in(value: &mut Value, places: &[(&str, String)]) {
    match value {
        Value::String(text) => {
            for (place, address) in places {
                if text.contains(place) {
                    *text = text.replace(place, address);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_in(item, places)),
        Value::Object(members) => members.values_mut().for_each(|item| fill_in(item, places)),
        _ => {}
    }
}

fn of_steps(case: &Case, outcomes: &[Outcomes]) -> Result<Vec<String>, String> {
    let mut failures = Vec::new();
    if outcomes.len() != case.steps.len() {
        failures.push(format!("{} of {} steps were made", outcomes.len(), case.steps.len()));
    }
    for (number, (step, outcomes)) in case.steps.iter().zip(outcomes).enumerate() {
        for outcome in outcomes {
            for difference in expect::differences(step, outcome)? {
                let several = case.steps.len() > 1;
                let place = if several { format!("step {}: ", number + 1) } else { String::new() };
                failures.push(format!("{place}{difference}"));
            }
        }
    }
    Ok(failures)
}

/// No rendering of builder, client, call, answer or error shows a credential.
fn of_secrets(case: &Case, outcomes: &[Outcomes], renderings: &Mutex<Vec<String>>) -> Vec<String> {
    const PLAIN: [&str; 8] = [
        "retry",
        "timeout",
        "attempt_timeout",
        "user_agent",
        "max_answer",
        "connect_timeout",
        "staging",
        "own",
    ];
    let mut secrets = case.secrets.clone();
    for (_, value) in case.client.iter().filter(|(name, _)| !PLAIN.contains(&name.as_str())) {
        leaves(value, &mut secrets);
    }
    let of_client = renderings.lock().unwrap_or_else(PoisonError::into_inner);
    let of_calls = outcomes.iter().flatten().flat_map(|outcome| &outcome.renderings);
    let mut failures = Vec::new();
    for text in of_client.iter().chain(of_calls) {
        for secret in secrets.iter().filter(|secret| text.contains(secret.as_str())) {
            failures.push(format!("the secret `{secret}` is shown in `{text}`"));
        }
    }
    failures
}

/// The texts inside a value that are long enough to be secrets.
fn leaves(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() >= SECRET_LENGTH => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, out)),
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "name" | "fails"))
            .for_each(|(_, item)| leaves(item, out)),
        _ => {}
    }
}

fn of_time(case: &Case, time: &Time) -> Result<Vec<String>, String> {
    if time.is_real() {
        return match case.waits {
            Some(_) => Err("`waits` cannot be told in `real_time`".to_owned()),
            None => Ok(Vec::new()),
        };
    }
    let wanted: Vec<Duration> = case.waits.iter().flatten().map(|span| span.0).collect();
    // Chance is a fraction: what is lost of it is less than this.
    let micros = |time: &Duration| (time.as_nanos() + 500) / 1000;
    let came = time.waits();
    let same = wanted.iter().map(micros).eq(came.iter().map(micros));
    Ok((!same).then(|| format!("waits: expected {wanted:?}, came {came:?}")).into_iter().collect())
}

fn of_requests(what: &str, case: &Case, script: &[Exchange], server: Server) -> Vec<String> {
    let wanted: Vec<&Exchange> = script.iter().filter(|exchange| exchange.has_request()).collect();
    // The client is gone, so that nothing can come behind what is read now.
    let (mut requests, complaints) = server.finish();
    let mut failures: Vec<String> =
        complaints.into_iter().map(|complaint| format!("{what}: {complaint}")).collect();
    let connections =
        requests.iter().map(|request| request.connection).max().map_or(0, |it| it + 1);
    for (number, exchange) in wanted.iter().enumerate() {
        let place = if case.any_order {
            requests.iter().position(|request| request.line == exchange.line())
        } else {
            (!requests.is_empty()).then_some(0)
        };
        let Some(place) = place else {
            failures.push(format!(
                "{what}: request {} did not come: {}",
                number + 1,
                exchange.line()
            ));
            continue;
        };
        let request = requests.remove(place);
        for difference in exchange.differences(&request) {
            failures.push(format!("{what}: request {}: {difference}", number + 1));
        }
    }
    failures.extend(requests.iter().map(|Request { line, .. }| {
        format!("{what}: a request that the case does not know of: {line}")
    }));
    if let Some(wanted) = case.connections.filter(|_| what == "server")
        && wanted != connections
    {
        failures.push(format!("{what}: expected {wanted} connections, came {connections}"));
    }
    failures
}
