//! A specification as an OpenAPI 3.1 document: `clientwright export openapi`.
//!
//! The checked model is written down once more, in the words of OpenAPI. What these cannot say is not dropped in
//! silence: [`Export::lost`] lists it.

mod docs;
mod methods;
mod schemas;
mod security;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use crate::ir::{Api, Deliveries, Events, Proof, Type};
use tree::{Map, Tree};

/// A document, and what it does not say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Export {
    document: Tree,
    /// What OpenAPI has no words for, with the number of places.
    pub lost: Vec<(&'static str, usize)>,
}

impl Export {
    /// The document as YAML.
    #[must_use]
    pub fn yaml(&self) -> String {
        tree::yaml(&self.document)
    }

    /// The document as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        tree::json(&self.document)
    }

    pub(crate) fn new(api: &Api) -> Self {
        let mut lost = Lost::default();
        let info = Map::new()
            .set("title", api.title.as_str())
            .set("version", "1")
            .maybe("description", docs::text(&api.docs));
        let servers = api.servers.iter().filter(|server| server.pick);
        let servers: Vec<Tree> = servers.map(security::server).collect();
        let tags: Vec<Tree> = api
            .groups
            .iter()
            .map(|group| {
                if group.transaction.is_some() {
                    lost.add("what has to be committed");
                }
                Map::new()
                    .set("name", group.name.as_str())
                    .maybe("description", docs::text(&group.docs))
                    .maybe("externalDocs", docs::page(&group.docs))
                    .into()
            })
            .collect();
        if api.schemes.iter().any(security::is_unusual) {
            lost.add("token endpoints with ways of their own");
        }
        let paths = methods::paths(api, &mut lost);
        let mut schemas = Map::new();
        for model in schemas::written(api) {
            if schemas::has_text_in_xml(model) {
                lost.add("texts of elements in XML");
            }
            schemas.put(&schemas::name(model), schemas::model(model, api));
        }
        let mut schemes = Map::new();
        for scheme in &api.schemes {
            schemes.put(&scheme.name, security::scheme(scheme, api));
        }
        let components = Map::new().some("schemas", schemas).some("securitySchemes", schemes);
        if api.rate_limit.is_some() {
            lost.add("headers with rate limits");
        }
        if !api.timeouts.is_empty() {
            lost.add("how long calls may take");
        }
        let webhooks =
            api.deliveries.as_ref().map(|deliveries| webhooks(deliveries, api, &mut lost));
        let document = Map::new()
            .set("openapi", "3.1.0")
            .set("info", info)
            .set("servers", servers)
            .some("tags", tags)
            .set("paths", paths)
            .maybe("webhooks", webhooks)
            .some("components", components);
        Self { document: document.into(), lost: lost.0.into_iter().collect() }
    }
}

/// What OpenAPI has no words for.
#[derive(Default)]
struct Lost(BTreeMap<&'static str, usize>);

impl Lost {
    fn add(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }
}

/// What the provider sends, by event.
fn webhooks(deliveries: &Deliveries, api: &Api, lost: &mut Lost) -> Map {
    if !matches!(deliveries.proof, Proof::Nothing) {
        lost.add("signatures of deliveries");
    }
    if deliveries.list.is_some() {
        lost.add("several events in a delivery");
    }
    let mut webhooks = Map::new();
    let mut add = |name: &str, docs: &crate::ir::Docs, ty: Option<&Type>| {
        let inner = ty.map_or_else(Map::new, |ty| schemas::schema(ty, api));
        let body = deliveries.payload.iter().rev().fold(inner, |inner, key| {
            let properties = Map::new().set(key, inner);
            Map::new().set("type", "object").set("properties", properties)
        });
        let json = Map::new().set("application/json", Map::new().set("schema", body));
        let answers = Map::new().set("2XX", Map::new().set("description", "Taken."));
        let post = Map::new()
            .maybe("description", docs::text(docs))
            .set("requestBody", Map::new().set("content", json))
            .set("responses", answers);
        webhooks.put(name, Map::new().set("post", post));
    };
    match &deliveries.events {
        Events::Each(ty) => add("event", &deliveries.docs, Some(ty)),
        Events::Named { variants, .. } => {
            for variant in variants {
                add(&variant.wire, &variant.docs, variant.ty.as_ref());
            }
        }
    }
    webhooks
}
