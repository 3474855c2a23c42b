//! What only the service sees of an item, as a specification would say it.
//!
//! Every function takes a piece of the model apart without a rest: what is added to the model does not compile
//! before it is decided here whether it is a fact, and what its words are. What is left out by name is seen by Rust
//! code (`surface` has it), by readers, or follows from something else.

mod auth;
mod deliveries;
mod members;
mod methods;

use super::{types, words};
use crate::ir::{Among, Api, ClientParameter, Count, Quota, RateLimit, Server, Timeouts, Type};

pub(super) use auth::scheme;
pub(super) use deliveries::{deliveries, event};
pub(super) use members::{alias, element, field, object_constants, object_rules, parameter, union};
pub(super) use members::{enumeration, message, value, variant};
pub(super) use methods::{alternative, answer, body, error, errors, method, paging, transaction};

/// Facts, each with what it is about, so that two of a kind can be compared.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(Vec<Fact>);

#[derive(Debug, PartialEq, Eq)]
struct Fact {
    about: &'static str,
    words: String,
    /// What of it no Rust code sees, where that is not all of it.
    beyond: Option<Beyond>,
}

/// What a declaration says beside the type that Rust code sees.
#[derive(Debug, PartialEq, Eq)]
struct Beyond {
    words: String,
    /// `?` or `| null`: Rust code sees an option, and not which of the two it is.
    mark: &'static str,
}

impl Beyond {
    /// Whether all that differs is seen by Rust code.
    fn is_seen(&self, new: &Self) -> bool {
        let marks = self.mark == new.mark || self.mark.is_empty() || new.mark.is_empty();
        self.words == new.words && marks
    }
}

impl Facts {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a fact in the words that are all of it.
    fn say(mut self, about: &'static str, words: impl Into<String>) -> Self {
        self.0.push(Fact { about, words: words.into(), beyond: None });
        self
    }

    /// Adds a declaration, of which Rust code sees all but what `beyond` has and which mark an option has.
    fn declare(
        mut self,
        about: &'static str,
        words: impl Into<String>,
        beyond: impl Into<String>,
        mark: &'static str,
    ) -> Self {
        let beyond = Some(Beyond { words: beyond.into(), mark });
        self.0.push(Fact { about, words: words.into(), beyond });
        self
    }

    /// Adds the value of a key.
    fn key(self, key: &'static str, value: impl std::fmt::Display) -> Self {
        let words = format!("{key}: {value}");
        self.say(key, words)
    }

    /// Adds the value of a key, if there is one.
    fn maybe(self, key: &'static str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.key(key, value),
            None => self,
        }
    }

    /// Adds other facts.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn beyond(&self, about: &str) -> Option<&Beyond> {
        self.0.iter().find(|fact| fact.about == about)?.beyond.as_ref()
    }

    /// The facts that are not those of `new`, as they were and as they are. Where Rust code is told of a change,
    /// what it sees of a declaration is no fact any more.
    pub(super) fn changes(&self, new: &Self, is_told: bool) -> Vec<String> {
        let of = |facts: &Self, about: &str| {
            let all: Vec<String> = facts
                .0
                .iter()
                .filter(|fact| fact.about == about)
                .map(|fact| format!("`{}`", fact.words))
                .collect();
            if all.is_empty() { "nothing".to_owned() } else { all.join(" and ") }
        };
        let mut known: Vec<&str> = Vec::new();
        for Fact { about, .. } in self.0.iter().chain(&new.0) {
            let seen = match (self.beyond(about), new.beyond(about)) {
                (Some(old), Some(new)) => old.is_seen(new),
                (Some(one), None) | (None, Some(one)) => one.words.is_empty(),
                (None, None) => false,
            };
            if !(known.contains(about) || is_told && seen) {
                known.push(about);
            }
        }
        let pairs = known.into_iter().map(|about| (of(self, about), of(new, about)));
        pairs.filter(|(was, is)| was != is).map(|(was, is)| format!("was {was}, is {is}")).collect()
    }
}

/// What holds for all calls.
pub(super) fn provider(api: &Api) -> Facts {
    let Api {
        module: _,
        marker: _,
        title: _,
        docs: _,
        servers: _,
        schemes: _,
        auths: _,
        formats: _,
        headers,
        parameters: _,
        retry_on,
        rate_limit,
        timeouts,
        models: _,
        groups: _,
        deliveries: _,
        links: _,
    } = api;
    let headers = headers.iter().map(|(name, value)| (words::text(name), words::text(value)));
    let headers: Vec<_> = headers.collect();
    let facts = match headers.is_empty() {
        true => Facts::new(),
        false => Facts::new().key("headers", words::map(headers)),
    };
    facts
        .and(self::timeouts(*timeouts))
        .maybe("retry", retry_on.as_deref().map(retry))
        .maybe("rate_limit", rate_limit.as_ref().map(self::rate_limit))
}

fn rate_limit(rate_limit: &RateLimit) -> String {
    // What a client can keep to is an item of its own.
    let RateLimit { statuses, limit, remaining, reset, quota: _ } = rate_limit;
    let text = |header: &Option<String>| header.as_deref().map(words::text);
    let headers: Vec<_> = words::entries([
        ("limit", text(limit)),
        ("remaining", text(remaining)),
        ("reset", text(reset)),
    ])
    .collect();
    let headers = (!headers.is_empty()).then(|| words::map(headers));
    let statuses = match &statuses[..] {
        [status] => status.to_string(),
        several => words::statuses(several),
    };
    words::map(words::entries([("status", Some(statuses)), ("headers", headers)]))
}

/// How many calls there may be.
pub(super) fn quota(quota: Quota) -> Facts {
    let Quota { requests, seconds } = quota;
    Facts::new().key("requests", requests).key("per", words::time(seconds))
}

fn timeouts(timeouts: Timeouts) -> Facts {
    if timeouts.is_empty() {
        return Facts::new();
    }
    let Timeouts { connect, attempt, call } = timeouts;
    let [connect, attempt, call] = [connect, attempt, call].map(|time| time.map(words::time));
    let times = words::entries([("connect", connect), ("attempt", attempt), ("call", call)]);
    Facts::new().key("timeout", words::map(times))
}

fn retry(statuses: &[u16]) -> String {
    words::map([("on".to_owned(), words::statuses(statuses))])
}

/// A server. Its place counts where apps need not choose one.
pub(super) fn server(server: &Server, index: usize) -> Facts {
    let Server { name: _, ident: _, url, docs: _, variables: _, pick: _ } = server;
    let facts = Facts::new().key("url", words::text(url));
    if index == 0 { facts.say("order", "the default server") } else { facts }
}

/// A parameter that all calls share.
pub(super) fn client_parameter(api: &Api, one: &ClientParameter) -> Facts {
    let ClientParameter { parameter, settable, value } = one;
    let key = if *settable { "default" } else { "const" };
    self::parameter(api, parameter).maybe(key, value.as_deref().map(words::text))
}

/// Another form of answers.
pub(super) fn media_type(media_type: &str) -> Facts {
    Facts::new().key("type", words::text(media_type))
}

/// Rules about several members.
fn rules(among: &[Among]) -> Facts {
    among.iter().fold(Facts::new(), |facts, rule| {
        let Among { count, members } = rule;
        let key = match count {
            Count::Exactly => "exactly_one",
            Count::AtMost => "at_most_one",
            Count::AtLeast => "at_least_one",
        };
        facts.key(key, words::list(members))
    })
}

/// How the values of a type are written.
fn form(ty: &Type) -> Facts {
    let travels = types::travels(ty);
    let travels = (!travels.is_empty()).then(|| words::one_or_list(&travels));
    format(ty).maybe("as", travels)
}

/// The formats of the values of a type. The usual one follows from the type.
fn format(ty: &Type) -> Facts {
    const USUAL: [&str; 3] = ["rfc3339", "iso8601", "base64"];
    let Some(format) = types::format(ty) else { return Facts::new() };
    let beyond = if USUAL.contains(&format.as_str()) { "" } else { format.as_str() };
    Facts::new().declare("format", format!("format: {format}"), beyond, "")
}
