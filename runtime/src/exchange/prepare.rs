//! What is sent in one attempt of a call.

use super::Encode;
use crate::core::Core;
use crate::encoder::Encoder;
use crate::error::ErrorKind;
use crate::link;
use crate::method::{JSON, Method, Verb};
use crate::middleware::{self, Sending};
use crate::oauth;
use crate::options::Options;
use crate::problem::Problem;
use crate::transport::Outgoing;
use crate::unpack;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, RANGE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use std::time::Duration;

/// Not generic, so that it is compiled once however many requests there are.
pub(super) fn prepare(
    core: &Core,
    method: &'static Method,
    encode: Encode<'_>,
    options: &Options,
    timeout: Option<Duration>,
    attempt: u32,
) -> Result<Outgoing, Box<Problem>> {
    let unbuilt = |text: String| Box::new(Problem::new(method, ErrorKind::Build, text));
    let base = core.base(method.server).map_err(unbuilt)?;
    // Room for a few parameters, so that the address is usually written in one allocation.
    let mut url = String::with_capacity(base.as_str().len() + method.route.len() + 64);
    url.push_str(base.as_str());
    let mut outgoing = Outgoing::of(method, url, base.origin_len());
    (outgoing.timeout, outgoing.max_answer) = (timeout, core.max_answer);
    add_headers(core, method, &mut outgoing.headers);
    // What a client asks for in every call stands for the JSON of methods that name nothing else.
    let asks = method.accept != JSON || !outgoing.headers.contains_key(ACCEPT);
    let mut encoder = Encoder::new(method, &mut outgoing);
    if asks {
        encoder.accept(method.accept);
    }
    core.parameters.write_path(&options.parameters, method, &mut encoder);
    encode(&mut encoder);
    core.parameters.write_rest(&options.parameters, method, &mut encoder);
    if let Some(link) = encoder.finish().map_err(|error| unbuilt(error.0))? {
        let found = link::resolve(&outgoing.url, &link, core.addresses()).map_err(unbuilt)?;
        // Services repeat keys in links: middleware may not see them, and they are added below.
        outgoing.url = link::without(&found, |name| core.is_key(name));
        outgoing.origin_len = link::origin_len(&outgoing.url);
    }
    let Outgoing { url, headers, body, streaming, .. } = &mut outgoing;
    if !core.middleware.is_empty() && !method.bare {
        let sending = Sending { method, attempt, url, body };
        middleware::before(&core.middleware, &sending, headers).map_err(|why| {
            let text = "a middleware of the app has stopped it";
            Box::new(Problem::new(method, ErrorKind::Middleware, text).with_source(Some(why)))
        })?;
    }
    let unknown = |text: String| Box::new(Problem::new(method, ErrorKind::Auth, text));
    core.authenticate(method.auth, headers, url).map_err(unknown)?;
    if let Some((facts, client)) = core.client_secret(method.auth).map_err(unknown)? {
        *body = oauth::with_client(facts, body, client);
    }
    options.write_headers(headers).map_err(unbuilt)?;
    if is_better_compressed(method, headers) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(unpack::ACCEPTED));
    }
    if let Some(streaming) = streaming {
        if let Some(length) = streaming.length() {
            headers.insert(CONTENT_LENGTH, length.into());
        }
    } else if body.is_empty() && matches!(method.verb, Verb::Post | Verb::Put | Verb::Patch) {
        // Some servers refuse such a request that says nothing of its body (411), and HTTP libraries
        // leave it out or send an empty body in chunks.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(outgoing)
}

/// Adds what the client sends with every call, with room for what a call usually adds: accept, content
/// type, authorization and the like.
fn add_headers(core: &Core, method: &Method, headers: &mut HeaderMap) {
    headers.reserve(core.headers.len() + 5);
    if method.bare {
        headers.extend(core.headers.get(USER_AGENT).map(|agent| (USER_AGENT, agent.clone())));
    } else {
        for (name, value) in &core.headers {
            headers.append(name, value.clone());
        }
    }
}

/// Whether a compressed answer is asked for: where one can be read, unless the app asks for another. Not
/// for what is compressed by itself, for parts of a file, which would be parts of what is compressed, nor
/// for what is read as it comes: it would be held back on the way, and nobody could tell its length.
fn is_better_compressed(method: &Method, headers: &HeaderMap) -> bool {
    !unpack::ACCEPTED.is_empty()
        && !method.bare
        && !method.streamed
        && !method.packed
        && !headers.contains_key(ACCEPT_ENCODING)
        && !headers.contains_key(RANGE)
}
