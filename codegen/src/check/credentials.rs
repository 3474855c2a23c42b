//! Parameters that credentials are sent as already.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{self, FieldItem, Idempotency, KeyPlace, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Method, SchemeKind};
use crate::parse::shown;

/// Where something travels, and its name there: of headers in small letters.
type Sent = (KeyPlace, String);

/// Headers and members of the query under the name of a key that is sent with the same call.
pub(super) fn check(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let sources: BTreeMap<&str, &ast::Method> =
        specification.methods.iter().map(|method| (method.name.value.as_str(), method)).collect();
    let mut anywhere: BTreeMap<Sent, &str> = BTreeMap::new();
    for method in api.groups.iter().flat_map(|group| &group.methods) {
        let keys = keys(method, api);
        let name = method.full_name.split_once('.').map_or("", |(_, name)| name);
        let own = sources.get(name).into_iter().flat_map(|source| of_method(source));
        refuse(own, &keys, diagnostics);
        anywhere.extend(keys);
    }
    let parameters = &specification.parameters;
    let of_client = [
        (KeyPlace::Query, &parameters.query),
        (KeyPlace::Header, &parameters.headers),
        (KeyPlace::Cookie, &parameters.cookies),
    ];
    let of_client = of_client
        .into_iter()
        .flat_map(|(place, members)| members.iter().map(move |member| (place, &member.wire)));
    let constant = specification.defaults.headers.iter().map(|(name, _)| (KeyPlace::Header, name));
    let resending = specification.methods.iter().map(|method| &method.resending);
    let resending = resending.chain(specification.groups.iter().map(|group| &group.resending));
    let resending = resending.chain([&specification.defaults.resending]);
    let again = resending.filter_map(|it| match &it.idempotency {
        Some(Idempotency::Header(name)) => Some((KeyPlace::Header, name)),
        Some(Idempotency::None) | None => None,
    });
    refuse(of_client.chain(constant).chain(again), &anywhere, diagnostics);
}

/// What the keys of a method travel as, each with its entry.
fn keys<'a>(method: &Method, api: &'a Api) -> BTreeMap<Sent, &'a str> {
    let auth = method.auth.and_then(|index| api.auths.get(index));
    let schemes: BTreeSet<usize> =
        auth.iter().flat_map(|auth| auth.alternatives.iter().flatten().copied()).collect();
    let schemes = schemes.into_iter().filter_map(|index| api.schemes.get(index));
    // `Authorization` is refused wherever it is declared.
    schemes
        .filter(|scheme| matches!(scheme.kind, SchemeKind::ApiKey { .. }))
        .map(|scheme| (scheme.kind.place(), scheme.name.as_str()))
        .filter(|((_, name), _)| name != "authorization")
        .collect()
}

/// What a method declares by itself.
fn of_method(source: &ast::Method) -> impl Iterator<Item = (KeyPlace, &Text)> {
    let places = [
        (KeyPlace::Query, &source.query),
        (KeyPlace::Header, &source.headers),
        (KeyPlace::Cookie, &source.cookies),
    ];
    places.into_iter().flat_map(|(place, items)| {
        items.iter().filter_map(move |item| match item {
            FieldItem::Member(member) => Some((place, &member.wire)),
            FieldItem::Spread(_) => None,
        })
    })
}

fn refuse<'a>(
    declared: impl Iterator<Item = (KeyPlace, &'a Text)>,
    keys: &BTreeMap<Sent, &str>,
    diagnostics: &mut Diagnostics,
) {
    for (place, wire) in declared {
        let (what, name) = match place {
            KeyPlace::Header => ("header", wire.value.to_ascii_lowercase()),
            KeyPlace::Query => ("query parameter", wire.value.clone()),
            KeyPlace::Cookie => ("cookie", wire.value.clone()),
        };
        let Some(entry) = keys.get(&(place, name)) else { continue };
        diagnostics.push(
            Diagnostic::error(
                &codes::OWN_HEADER,
                wire.span,
                format!(
                    "the {what} `{}` is sent by the auth entry `{}`",
                    shown(&wire.value),
                    shown(entry)
                ),
            )
            .label("would be sent twice")
            .help("leave it out: the app gives it to the builder, once for all calls"),
        );
    }
}
