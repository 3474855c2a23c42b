//! Methods.

use super::{
    Among, Constant, Docs, Effect, Field, Limits, ModelId, Paging, StatusPattern, Timeouts, Type,
};

/// A call of the provider.
#[derive(Debug)]
pub(crate) struct Method {
    /// `punt.subscriptions.list`
    pub(crate) full_name: String,
    /// The function.
    pub(crate) ident: String,
    /// The request struct.
    pub(crate) request: String,
    pub(crate) docs: Docs,
    pub(crate) verb: Verb,
    /// The path with its placeholders, as the documentation prints it.
    pub(crate) route: String,
    /// An index into [`super::Api::auths`].
    pub(crate) auth: Option<usize>,
    /// What the credentials have to be good for, all of it, in place of what `auth` says.
    pub(crate) scopes: Option<Vec<String>>,
    /// An index into [`super::Api::servers`], where it is not the one that the app chose.
    pub(crate) server: Option<usize>,
    pub(crate) effect: Effect,
    /// The statuses after which it is sent again, where they are not those of the provider.
    pub(crate) retry_on: Option<Vec<u16>>,
    /// The header that tells the service that it is sent again.
    pub(crate) idempotency_key: Option<String>,
    /// How long a call may take, where it is not what the provider says.
    pub(crate) timeouts: Timeouts,
    /// Path parameters in the order of the route, then query, then headers.
    pub(crate) parameters: Vec<Parameter>,
    /// Parameters that are always sent with the same value: place, name and value.
    pub(crate) constants: Vec<(Place, String, String)>,
    /// How many of some parameters there may be.
    pub(crate) among: Vec<Among>,
    pub(crate) body: Option<Body>,
    /// The statuses that are a success; empty for any 2xx.
    pub(crate) success: Vec<u16>,
    pub(crate) outcome: Outcome,
    pub(crate) errors: Errors,
    /// How one gets from this page to the next one.
    pub(crate) paging: Option<Paging>,
    /// The members that lead to the value which says that a success is none.
    pub(crate) inside: Option<Vec<String>>,
    /// Whether one of several errors is much larger than all others.
    pub(crate) uneven_errors: bool,
    /// Parameters are missing here, and why has been reported.
    pub(crate) lost_parameters: bool,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
}

impl Verb {
    /// As it is written on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value that is more than one text stands in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A list repeats the name.
    Form,
    /// Items between commas.
    Csv,
    /// Items between spaces.
    Space,
    /// Items between bars.
    Pipe,
    /// The members of an object in brackets.
    DeepObject,
    /// Of a path: a text with steps of it, whose slashes stay.
    Slash,
}

/// A parameter outside the body.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) place: Place,
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) style: Style,
    pub(crate) optional: bool,
    /// Limits that the documentation states.
    pub(crate) limits: Option<Limits>,
}

/// The media type of JSON.
const JSON: &str = "application/json";
const XML: &str = "application/xml";

/// What is sent.
#[derive(Debug)]
pub(crate) enum Body {
    /// A value in the field `body`.
    Value { ty: Type, optional: bool, media: Media },
    /// Members that are fields of the request itself.
    Members { fields: Vec<Field>, constants: Vec<Constant>, among: Vec<Among>, media: Media },
    /// One of several in the field `body`, which is an enum of the method's own.
    Any { ident: String, optional: bool, alternatives: Vec<Alternative> },
}

/// One of several bodies.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The variant.
    pub(crate) ident: String,
    /// The struct with its members, if it has some of its own.
    pub(crate) holder: String,
    /// A value or members.
    pub(crate) body: Body,
    /// Whether it is boxed, since it is large.
    pub(crate) boxed: bool,
}

impl Body {
    /// Whether it can be left out.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Value { optional, .. } | Self::Any { optional, .. } => *optional,
            Self::Members { .. } => false,
        }
    }

    /// How it travels, unless that is one of several ways.
    pub(crate) fn media(&self) -> Option<&Media> {
        match self {
            Self::Value { media, .. } | Self::Members { media, .. } => Some(media),
            Self::Any { .. } => None,
        }
    }

    /// What may be sent: itself, or the alternatives.
    pub(crate) fn each(&self) -> Vec<&Self> {
        match self {
            Self::Value { .. } | Self::Members { .. } => vec![self],
            Self::Any { alternatives, .. } => alternatives.iter().map(|one| &one.body).collect(),
        }
    }

    /// Its members, in all cases.
    pub(crate) fn fields(&self) -> Vec<&Field> {
        match self {
            Self::Value { .. } => Vec::new(),
            Self::Members { fields, .. } => fields.iter().collect(),
            Self::Any { alternatives, .. } => {
                alternatives.iter().flat_map(|one| one.body.fields()).collect()
            }
        }
    }

    /// The types that it is made of, in all cases.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Value { ty, .. } => vec![ty],
            Self::Members { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
            Self::Any { alternatives, .. } => {
                alternatives.iter().flat_map(|one| one.body.types()).collect()
            }
        }
    }
}

/// How a body travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    Form,
    Multipart,
    /// An object as an element.
    Xml,
    /// A text, with its content type.
    Text(String),
    /// Bytes, with their content type.
    Bytes(String),
}

impl Media {
    /// The content type.
    pub(crate) fn media_type(&self) -> &str {
        match self {
            Self::Json => JSON,
            Self::Form => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data",
            Self::Xml => XML,
            Self::Text(media) | Self::Bytes(media) => media,
        }
    }
}

/// What a success gives.
#[derive(Debug)]
pub(crate) enum Outcome {
    Nothing,
    Value(Value),
    /// A value, or nothing with these statuses.
    Optional {
        value: Value,
        nothing: Vec<u16>,
    },
    /// An enum of the method's own.
    Several {
        ident: String,
        variants: Vec<AnswerVariant>,
    },
}

impl Outcome {
    /// Whether all that it hands out is XML, so that an error in a success is, too.
    pub(crate) fn is_xml(&self) -> bool {
        let mut values = self.values().peekable();
        values.peek().is_some() && values.all(|value| value.content == Content::Xml)
    }

    /// What is handed out as it comes, if anything is.
    pub(crate) fn streamed(&self) -> Option<&Value> {
        let (Self::Value(value) | Self::Optional { value, .. }) = self else { return None };
        let whole = matches!(value.content, Content::Json | Content::Xml | Content::Text(_));
        (!whole).then_some(value)
    }

    /// What is read of a body, in all cases.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        let (one, several) = match self {
            Self::Nothing => (None, &[][..]),
            Self::Value(value) | Self::Optional { value, .. } => (Some(value), &[][..]),
            Self::Several { variants, .. } => (None, variants.as_slice()),
        };
        one.into_iter().chain(several.iter().filter_map(|variant| variant.value.as_ref()))
    }
}

/// The kinds of success that some statuses have in common; without statuses those of any success.
pub(crate) type Case<'a> = (Vec<u16>, Vec<&'a AnswerVariant>);

impl Method {
    /// The kinds of success by status, in the order in which the statuses are declared.
    pub(crate) fn cases(&self) -> Vec<Case<'_>> {
        let Outcome::Several { variants, .. } = &self.outcome else { return Vec::new() };
        if self.success.is_empty() {
            return vec![(Vec::new(), variants.iter().collect())];
        }
        let mut cases: Vec<Case<'_>> = Vec::new();
        for &status in &self.success {
            let found = || variants.iter().filter(|one| one.statuses.contains(&status));
            let same = |known: &&mut Case<'_>| {
                known.1.iter().copied().map(std::ptr::from_ref).eq(found().map(std::ptr::from_ref))
            };
            match cases.iter_mut().find(same) {
                Some((statuses, _)) => statuses.push(status),
                None => cases.push((vec![status], found().collect())),
            }
        }
        cases
    }

    /// The kinds of success with a status; `None` is whatever success comes first.
    pub(crate) fn kinds(&self, status: Option<u16>) -> Vec<&AnswerVariant> {
        let cases = self.cases();
        let is = |(statuses, _): &&Case<'_>| {
            statuses.is_empty() || status.is_none_or(|status| statuses.contains(&status))
        };
        cases.iter().find(is).map(|(_, kinds)| kinds.clone()).unwrap_or_default()
    }
}

/// One of several kinds of success. Where several have a status in common, the media type tells which
/// one it is.
#[derive(Debug)]
pub(crate) struct AnswerVariant {
    pub(crate) ident: String,
    /// Empty for any success.
    pub(crate) statuses: Vec<u16>,
    /// `None`: the body is not looked at.
    pub(crate) value: Option<Value>,
    /// Whether the value is boxed, since it is large.
    pub(crate) boxed: bool,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Json,
    /// An object as an element.
    Xml,
    /// A text, perhaps of a known media type.
    Text(Option<String>),
    /// Bytes, perhaps of a known media type, perhaps compressed.
    Bytes {
        media: Option<String>,
        gzip: bool,
    },
    /// Server-sent events of the type, until one with this data; their names may tell what they hold.
    Events {
        end: Option<String>,
        named: bool,
    },
    /// Values of the type, one in each line.
    Lines,
}

impl Content {
    /// What is asked for, and what tells it from others.
    pub(crate) fn media_type(&self) -> &str {
        match self {
            Self::Json => JSON,
            Self::Xml => XML,
            Self::Text(media) => media.as_deref().unwrap_or("text/plain"),
            Self::Bytes { media, .. } => media.as_deref().unwrap_or("*/*"),
            Self::Events { .. } => "text/event-stream",
            Self::Lines => "application/x-ndjson",
        }
    }
}

/// The part of a body that is handed out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) ty: Type,
    pub(crate) content: Content,
    /// The members that lead to it.
    pub(crate) at: Vec<String>,
    /// The first of a list of none or one.
    pub(crate) first: bool,
}

/// What a failure gives.
#[derive(Debug)]
pub(crate) enum Errors {
    /// Nothing is declared.
    Undeclared,
    /// One model for these statuses.
    One { model: ModelId, status: StatusPattern, xml: bool },
    /// An enum of the method's own.
    Enum { ident: String, variants: Vec<ErrorVariant> },
}

/// A declared error.
#[derive(Debug)]
pub(crate) struct ErrorVariant {
    pub(crate) ident: String,
    pub(crate) statuses: Vec<StatusPattern>,
    pub(crate) holds: Holds,
}

/// The body of a declared error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Nothing,
    Model(ModelId),
    /// A model as XML.
    Xml(ModelId),
    Text,
}

impl Holds {
    /// The model, if it is one.
    pub(crate) fn model(self) -> Option<ModelId> {
        match self {
            Self::Model(model) | Self::Xml(model) => Some(model),
            Self::Nothing | Self::Text => None,
        }
    }
}
