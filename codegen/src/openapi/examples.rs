//! Examples, where OpenAPI has a place for them: beside the parameters, the body and the answer of an operation.

use super::Lost;
use super::tree::{Map, Tree};
use crate::ir::{Answer, Api, Evidence, Example, Gives, Json, Media, Method, Payload};
use crate::ir::{Parameter, SampleDelivery};

/// Of those that are not whole nothing is exported; the others lose what they are for readers.
pub(super) fn lost(evidence: &Evidence, all: usize, lost: &mut Lost) {
    let whole = evidence.groups.iter().map(Vec::len).sum::<usize>() + evidence.deliveries.len();
    for _ in whole..all {
        lost.add("examples that leave something out");
    }
    for _ in 0..whole {
        lost.add("what examples are called, and where they come from");
    }
}

/// An operation with its examples.
pub(super) fn of_operation<'e>(
    mut operation: Tree,
    method: &Method,
    api: &Api,
    examples: impl Iterator<Item = &'e Example>,
) -> Tree {
    for example in examples {
        let own = example
            .parameters
            .iter()
            .filter_map(|(index, sample)| Some((method.parameters.get(*index)?, &sample.shown)));
        let shared = example.shared.iter().filter_map(|(index, sample)| {
            Some((&api.parameters.get(*index)?.parameter, &sample.shown))
        });
        for (parameter, value) in own.chain(shared) {
            if let Some(place) = find(&mut operation, parameter) {
                place.add("examples", &example.name, shown(value));
            }
        }
        if let (Some(sample), Some((body, _))) = (&example.body, example.sends(method)) {
            let media = body.media().map_or("", Media::media_type);
            let content = operation.get_mut("requestBody").and_then(|one| one.get_mut("content"));
            if let Some(place) = content.and_then(|content| content.get_mut(media)) {
                place.add("examples", &example.name, shown(&sample.shown));
            }
        }
        if let Some(responses) = operation.get_mut("responses") {
            answer(responses, &example.name, &example.answer);
        }
    }
    operation
}

fn find<'t>(operation: &'t mut Tree, parameter: &Parameter) -> Option<&'t mut Tree> {
    let named = super::methods::named(parameter.place, &parameter.wire).into();
    let Tree::Map(named) = named else { return None };
    let parameters = operation.get_mut("parameters")?.items_mut();
    parameters.iter_mut().find(|one| {
        let Tree::Map(entries) = &**one else { return false };
        named.iter().all(|entry| entries.contains(entry))
    })
}

/// An example of an answer, where its status and its media type are.
fn answer(responses: &mut Tree, name: &str, answer: &Answer) {
    let (value, media) = match (&answer.payload, &answer.gives) {
        (_, Gives::Unstated) | (Payload::Nothing, _) => return,
        (Payload::Json(json), _) => (json.clone(), None),
        (Payload::Text { text, media, .. }, _) => (Json::Text(text.clone()), media.as_deref()),
    };
    let status = answer.status;
    let keys = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
    let Some(key) = keys.iter().find(|key| responses.get_mut(key).is_some()) else { return };
    let Some(content) = responses.get_mut(key).and_then(|one| one.get_mut("content")) else {
        return;
    };
    // A text of any media type is written down as the first one.
    let named = content.entries_mut().iter().position(|(known, _)| Some(known.as_str()) == media);
    if let Some((_, place)) = content.entries_mut().get_mut(named.unwrap_or(0)) {
        place.add("examples", name, shown(&value));
    }
}

/// The webhooks with their examples.
pub(super) fn of_webhooks(mut webhooks: Tree, deliveries: &[SampleDelivery]) -> Tree {
    for delivery in deliveries {
        let named = delivery.events.first().map(|(name, _)| name.as_str());
        let Some(name) =
            ["event"].into_iter().chain(named).find(|name| webhooks.get_mut(name).is_some())
        else {
            continue;
        };
        let steps = [name, "post", "requestBody", "content", "application/json"];
        let place = steps.iter().try_fold(&mut webhooks, |tree, step| tree.get_mut(step));
        if let Some(place) = place {
            place.add("examples", &delivery.name, shown(&delivery.body));
        }
    }
    webhooks
}

fn shown(value: &Json) -> Map {
    Map::new().set("value", tree(value))
}

fn tree(value: &Json) -> Tree {
    match value {
        Json::Null | Json::Boolean(_) | Json::Number(_) => Tree::Literal(value.to_string()),
        Json::Text(text) => Tree::Text(text.clone()),
        Json::List(items) => Tree::List(items.iter().map(tree).collect()),
        Json::Object(members) => {
            Tree::Map(members.iter().map(|(name, value)| (name.clone(), tree(value))).collect())
        }
    }
}
