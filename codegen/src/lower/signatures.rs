//! How deliveries are verified.

mod written;

use self::written::unknown_part;
use super::deliveries::header;
use super::timeout;
use crate::ast::{self, Text, Verify, VerifyKeys};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{Encoding, Mac, Proof, Signature, SignedPart, Timestamp};
use crate::parse::{quoted_list, shown};
use crate::type_expr;

const MACS: [(&str, Mac); 3] =
    [("sha256", Mac::Sha256), ("sha512", Mac::Sha512), ("sha1", Mac::Sha1)];

const ENCODINGS: [(&str, Encoding); 2] = [("hex", Encoding::Hex), ("base64", Encoding::Base64)];

pub(super) fn lower(deliveries: &ast::Deliveries, diagnostics: &mut Diagnostics) -> Proof {
    let keys = match &deliveries.verify {
        Some(Verify::Keys(keys)) => keys,
        Some(Verify::Nothing | Verify::Poisoned) => return Proof::Nothing,
        None => {
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNPROVEN,
                    deliveries.span,
                    "nothing says how deliveries are verified",
                )
                .label("`verify` is missing")
                .help("write `verify: none` if the provider signs nothing"),
            );
            return Proof::Nothing;
        }
    };
    let Some(name) = &keys.header else {
        diagnostics.push(
            Diagnostic::error(&codes::MISSING_KEY, keys.span, "verify has no `header`")
                .label("`header` is missing")
                .help("say where the signature stands: `header: X-Signature`"),
        );
        return Proof::Nothing;
    };
    let header = header(name, diagnostics);
    if keys.secret.is_some() {
        return shared(keys, header, diagnostics);
    }
    if keys.hmac.is_none() && keys.encoding.is_none() && keys.over.is_none() {
        diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                keys.span,
                "verify has no `hmac`, `encoding` and `over`",
            )
            .label("nothing says how the header is made")
            .help("describe the signature: `hmac: sha256, encoding: hex, over: body`; a secret that travels itself is `secret: plain`"),
        );
        return Proof::Nothing;
    }
    written::check(keys, diagnostics);
    let mac = known(keys, keys.hmac.as_ref(), "hmac", &MACS, diagnostics);
    let encoding = known(keys, keys.encoding.as_ref(), "encoding", &ENCODINGS, diagnostics);
    let text = |text: &Option<Text>| text.as_ref().map(|t| t.value.clone()).unwrap_or_default();
    Proof::Signed(Signature {
        mac: mac.unwrap_or(Mac::Sha256),
        encoding: encoding.unwrap_or(Encoding::Hex),
        prefix: text(&keys.prefix),
        split: text(&keys.split),
        over: over(deliveries, keys, diagnostics),
        timestamp: keys.timestamp.as_ref().map(|timestamp| Timestamp {
            header: timestamp
                .header
                .as_ref()
                .map_or_else(|| header.clone(), |name| self::header(name, diagnostics)),
            prefix: text(&timestamp.prefix),
            seconds: timestamp.tolerance.as_ref().map_or(0, |text| seconds(text, diagnostics)),
        }),
        header,
    })
}

/// `secret: plain`
fn shared(keys: &VerifyKeys, header: String, diagnostics: &mut Diagnostics) -> Proof {
    if let Some(secret) = keys.secret.as_ref().filter(|secret| secret.value != "plain") {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_VERIFY,
                secret.span,
                format!("a secret cannot travel as `{}`", shown(&secret.value)),
            )
            .label("expected `plain`")
            .help("leave `secret` out if the header holds a signature: secrets are handed over by the app"),
        );
        // What the header holds nobody knows.
        return Proof::Shared { header };
    }
    let timestamp = keys.timestamp.as_ref().map(|timestamp| timestamp.span);
    let texts = [&keys.hmac, &keys.encoding, &keys.prefix, &keys.split, &keys.over];
    let first = texts.into_iter().flatten().map(|text| text.span).chain(timestamp).next();
    if let Some(span) = first {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_VERIFY, span, "this belongs to a signature")
                .label("the header holds the secret itself")
                .help("leave it out, or leave out `secret` where the header holds a signature"),
        );
    }
    Proof::Shared { header }
}

/// The value that a word stands for.
fn known<T: Copy>(
    keys: &VerifyKeys,
    word: Option<&Text>,
    key: &str,
    all: &[(&'static str, T)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let Some(word) = word else {
        let first = names.first()?;
        diagnostics.push(
            Diagnostic::error(&codes::MISSING_KEY, keys.span, format!("verify has no `{key}`"))
                .label(format!("`{key}` is missing"))
                .help(format!("say which: `{key}: {first}`; known are {}", quoted_list(&names))),
        );
        return None;
    };
    let found = all.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
    if found.is_none() {
        let diagnostic = Diagnostic::error(
            &codes::BAD_VERIFY,
            word.span,
            format!("`{}` is no `{key}` of a signature", shown(&word.value)),
        )
        .label(format!("expected one of {}", quoted_list(&names)));
        // `HMAC-SHA256` and `SHA-256` say the same.
        let plain = word.value.to_ascii_lowercase().replace(['-', '_'], "");
        let plain = plain.strip_prefix("hmac").unwrap_or(&plain);
        let plain = match plain {
            "base16" | "hexadecimal" | "hexdigest" => "hex",
            "b64" => "base64",
            "hs256" => "sha256",
            "hs512" => "sha512",
            plain => plain,
        };
        let meant = names.iter().copied().find(|name| *name == plain);
        // Digits and letters behind it make another one of it.
        let other = plain.starts_with("base64") || plain.contains('/');
        let near = || nearest(&word.value, names.iter().copied()).filter(|_| !other);
        diagnostics.push(match meant.or_else(near) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(word.span, near),
            None => diagnostic
                .help("what is signed in another way the app checks by itself, before it reads: `verify: none`"),
        });
    }
    found
}

/// `body`, or a text with placeholders.
fn over(
    deliveries: &ast::Deliveries,
    keys: &VerifyKeys,
    diagnostics: &mut Diagnostics,
) -> Vec<SignedPart> {
    let Some(text) = keys.over.as_ref() else {
        diagnostics.push(
            Diagnostic::error(&codes::MISSING_KEY, keys.span, "verify has no `over`")
                .label("`over` is missing")
                .help("say what is signed: `over: body`"),
        );
        return vec![SignedPart::Body];
    };
    let before = diagnostics.mark();
    let parts = if text.value == "body" {
        vec![SignedPart::Body]
    } else {
        parts(text, keys, deliveries, diagnostics)
    };
    // What was meant by a word that is no part may be any of them.
    if diagnostics.errors_since(before) {
        return parts;
    }
    let mut error = |span, message: &str, help: &str| {
        diagnostics.push(Diagnostic::error(&codes::SIGNED_TEXT, span, message).help(help));
    };
    let signs = |part| parts.contains(&part);
    if !signs(SignedPart::Body) {
        let help = match (&keys.timestamp, signs(SignedPart::Timestamp)) {
            // Nothing is signed, which is one mistake.
            (Some(_), false) => "`over` is a text with `{timestamp}` and `{body}` in it",
            _ => "`over` is `body`, or a text with `{body}` in it",
        };
        error(text.span, "the body is not signed", help);
    }
    match (&keys.timestamp, signs(SignedPart::Timestamp)) {
        (Some(_), false) if !signs(SignedPart::Body) => {}
        (Some(timestamp), false) => error(
            timestamp.span,
            "the timestamp is not signed, so that anybody could change it",
            "put `{timestamp}` into `over`, or leave `timestamp` out",
        ),
        (None, true) => error(
            text.span,
            "nothing says where the timestamp stands",
            "describe it: `timestamp: { header: X-Timestamp, tolerance: 5m }`",
        ),
        _ => {}
    }
    if parts.contains(&SignedPart::Id)
        && !matches!(deliveries.id, Some(ast::DeliveryPlace::Header(_)))
    {
        error(
            text.span,
            "nothing says which header holds the id",
            "describe it beside `verify`: `id: { header: X-Delivery-Id }`",
        );
    }
    parts
}

/// `payload`, `timestamp.body`, `${body}`: a signed text as others write it. Where a time is signed as well, one word is
/// not all of it.
fn elsewhere(text: &str, timed: bool) -> Option<String> {
    let is_body = |word: &str| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "payload" | "raw" | "rawbody" | "raw_body" | "content" | "body"
        )
    };
    if !text.contains('{') {
        let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let braced = |word: &str| match word {
            word if is_body(word) => Some("{body}"),
            "timestamp" => Some("{timestamp}"),
            "id" => Some("{id}"),
            _ => None,
        };
        return match words.as_slice() {
            [one] if is_body(one) && *one != "body" && !timed => Some("body".to_owned()),
            [_, _, ..] => {
                let each: Option<Vec<&str>> = words.iter().map(|word| braced(word)).collect();
                let sign = if text.contains(':') { ":" } else { "." };
                each.filter(|each| each.contains(&"{body}")).map(|each| each.join(sign))
            }
            _ => None,
        };
    }
    let mut plain = text.replace("${", "{").replace("{{", "{").replace("}}", "}");
    // `{timestamp} + "." + {body}`: programs put texts together.
    for joined in ["} + {", "}+{"] {
        plain = plain.replace(joined, "}{");
    }
    if plain.rfind('{') > plain.rfind('}') {
        plain.push('}');
    }
    (plain != text).then_some(plain)
}

fn parts(
    text: &Text,
    keys: &VerifyKeys,
    deliveries: &ast::Deliveries,
    diagnostics: &mut Diagnostics,
) -> Vec<SignedPart> {
    if let Some(meant) = elsewhere(&text.value, keys.timestamp.is_some()) {
        let place = type_expr::part(text.span, &text.value, 0, text.value.len());
        let quoted = place != text.span || !meant.contains('{');
        diagnostics.push(
            Diagnostic::error(
                &codes::SIGNED_TEXT,
                text.span,
                format!("`{}` is no signed text", shown(&text.value)),
            )
            .label("expected `body`, or a text with `{body}` in it")
            .help(format!("did you mean `{}`?", shown(&meant)))
            .patch(place, if quoted { meant } else { format!("\"{meant}\"") }),
        );
        return vec![SignedPart::Body];
    }
    let mut parts = Vec::new();
    let mut rest = text.value.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            parts.push(SignedPart::Text(before.to_owned()));
        }
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match name {
            "body" => parts.push(SignedPart::Body),
            "timestamp" => parts.push(SignedPart::Timestamp),
            "id" => parts.push(SignedPart::Id),
            other => diagnostics.push(unknown_part(other, text, keys, deliveries)),
        }
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(SignedPart::Text(rest.to_owned()));
    }
    parts
}

/// `90s`, `5m`, `1h`
fn seconds(text: &Text, diagnostics: &mut Diagnostics) -> u64 {
    let found = timeout::seconds(text);
    if found.is_none() {
        let wrong = Diagnostic::error(
            &codes::SIGNED_TEXT,
            text.span,
            format!("`{}` is no tolerance", shown(&text.value)),
        )
        .label(timeout::EXPECTED);
        diagnostics.push(match timeout::meant(&text.value) {
            Some((meant, _)) => {
                wrong.help(format!("did you mean `{meant}`?")).patch(text.span, meant)
            }
            None => wrong.help("most providers recommend `5m`"),
        });
    }
    found.unwrap_or_default()
}
