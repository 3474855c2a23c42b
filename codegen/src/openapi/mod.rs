//! A specification as an OpenAPI 3.1 document: `clientwright export openapi`.
//!
//! The checked model is written down once more, in the words of OpenAPI. What these cannot say is not dropped in
//! silence: [`Export::lost`] lists it.

mod docs;
mod examples;
mod lost;
mod methods;
mod schemas;
mod security;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use crate::ir::{Api, Deliveries, Docs, Events, Evidence, Type};
use crate::json_text::json_text;
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

    /// One object with what is `lost`: `what`, and the number of `places`.
    #[must_use]
    pub fn lost_json(&self) -> String {
        let lost = self
            .lost
            .iter()
            .map(|(what, places)| format!("{{\"what\":{},\"places\":{places}}}", json_text(what)));
        format!("{{\"lost\":[{}]}}\n", lost.collect::<Vec<_>>().join(","))
    }

    /// `examples` is how many there are in the specification, whole or not.
    pub(crate) fn new(api: &Api, evidence: &Evidence, examples: usize) -> Self {
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
                Map::new()
                    .set("name", group.name.as_str())
                    .maybe("description", docs::text(&group.docs))
                    .maybe("externalDocs", docs::page(&group.docs))
                    .into()
            })
            .collect();
        lost::of(api, &mut lost);
        examples::lost(evidence, examples, &mut lost);
        let paths = methods::paths(api, evidence, &mut lost);
        let mut schemas = Map::new();
        for model in schemas::written(api) {
            schemas.put(&schemas::name(model), schemas::model(model, api));
        }
        let mut schemes = Map::new();
        for scheme in &api.schemes {
            schemes.put(&scheme.name, security::scheme(scheme, api));
        }
        let components = Map::new().some("schemas", schemas).some("securitySchemes", schemes);
        let webhooks = api.deliveries.as_ref().map(|deliveries| {
            let webhooks = webhooks(deliveries, api).into();
            examples::of_webhooks(webhooks, &evidence.deliveries)
        });
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

    fn some(&mut self, is_lost: bool, what: &'static str) {
        if is_lost {
            self.add(what);
        }
    }
}

/// What the provider sends, by event.
fn webhooks(deliveries: &Deliveries, api: &Api) -> Map {
    let mut webhooks = Map::new();
    let mut add = |name: &str, of: &Docs, ty: Option<&Type>| {
        let inner = ty.map_or_else(Map::new, |ty| schemas::schema(ty, api));
        let body = deliveries.payload.iter().rev().fold(inner, |inner, key| {
            let properties = Map::new().set(key, inner);
            Map::new().set("type", "object").set("properties", properties)
        });
        let json = Map::new().set("application/json", Map::new().set("schema", body));
        let answers = Map::new().set("2XX", Map::new().set("description", "Taken."));
        let post = Map::new()
            .maybe("description", docs::text(of).or_else(|| docs::text(&deliveries.docs)))
            .maybe("externalDocs", docs::page(&deliveries.docs))
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
