//! Which keys of a mapping go together, and which are in each other's way.

/// By kind of mapping, as members of its JSON.
pub(super) const RULES: [(&str, &str); 12] = [
    (
        "a model",
        r#""oneOf": [{ "required": ["fields"] }, { "required": ["enum"] }, { "required": ["union"] }, { "required": ["like"] }, { "required": ["type"] }], "dependentRequired": { "closed": ["enum"], "without": ["like"], "optional": ["like"] }, "if": { "anyOf": [{ "required": ["xml"] }, { "required": ["message"] }, { "required": ["exactly_one"] }, { "required": ["at_most_one"] }, { "required": ["at_least_one"] }] }, "then": { "anyOf": [{ "required": ["fields"] }, { "required": ["like"] }] }"#,
    ),
    ("a member", r#""anyOf": [{ "required": ["type"] }, { "required": ["const"] }]"#),
    (
        "a union",
        r#""oneOf": [{ "required": ["tag", "variants"] }, { "required": ["key"] }, { "required": ["untagged"] }]"#,
    ),
    (
        "a body",
        r#""not": { "anyOf": [{ "required": ["fields", "form"] }, { "required": ["fields", "multipart"] }, { "required": ["form", "multipart"] }] }"#,
    ),
    ("a method", r#""not": { "required": ["body", "body?"] }"#),
    (
        "an auth entry",
        r#""oneOf": [{ "required": ["scheme"] }, { "required": ["any"] }, { "required": ["all"] }], "allOf": [{ "if": { "properties": { "scheme": { "const": "api-key" } }, "required": ["scheme"] }, "then": { "oneOf": [{ "required": ["header"] }, { "required": ["query"] }, { "required": ["cookie"] }] } }, { "if": { "properties": { "scheme": { "const": "jwt" } }, "required": ["scheme"] }, "then": { "required": ["alg"] } }, { "if": { "properties": { "scheme": { "const": "oauth2" } }, "required": ["scheme"] }, "then": { "required": ["flow", "token_url"] } }]"#,
    ),
    ("deliveries", r#""oneOf": [{ "required": ["events"] }, { "required": ["each"] }]"#),
    ("id", r#""oneOf": [{ "required": ["header"] }, { "required": ["field"] }]"#),
    (
        "verify",
        r#""anyOf": [{ "required": ["secret"] }, { "required": ["hmac", "encoding", "over"] }]"#,
    ),
    ("event", r#""not": { "required": ["field", "join"] }"#),
    ("rate_limit", r#""dependentRequired": { "requests": ["per"], "per": ["requests"] }"#),
    (
        "a pager",
        r#""allOf": [{ "if": { "properties": { "style": { "const": "offset" } } }, "then": { "required": ["offset"], "not": { "anyOf": [{ "required": ["page"] }, { "required": ["cursor"] }, { "required": ["next"] }, { "required": ["before"] }, { "required": ["first"] }] } } }, { "if": { "properties": { "style": { "const": "page" } } }, "then": { "required": ["page"], "not": { "anyOf": [{ "required": ["offset"] }, { "required": ["cursor"] }, { "required": ["next"] }, { "required": ["before"] }] } } }, { "if": { "properties": { "style": { "const": "cursor" } } }, "then": { "required": ["cursor", "next"], "not": { "anyOf": [{ "required": ["offset"] }, { "required": ["page"] }, { "required": ["first"] }, { "required": ["end"] }, { "required": ["size"] }] } } }, { "if": { "properties": { "style": { "const": "next-url" } } }, "then": { "required": ["next"], "not": { "anyOf": [{ "required": ["offset"] }, { "required": ["page"] }, { "required": ["cursor"] }, { "required": ["first"] }, { "required": ["before"] }, { "required": ["end"] }, { "required": ["size"] }] } } }, { "if": { "properties": { "style": { "const": "link-header" } } }, "then": { "not": { "anyOf": [{ "required": ["offset"] }, { "required": ["page"] }, { "required": ["cursor"] }, { "required": ["first"] }, { "required": ["before"] }, { "required": ["end"] }, { "required": ["size"] }, { "required": ["next"] }, { "required": ["more"] }] } } }]"#,
    ),
];
