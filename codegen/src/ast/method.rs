//! Methods: one call of the provider each.

use std::collections::{BTreeMap, BTreeSet};

use super::{Among, AuthRef, FieldItem, Origin, Paginate, Resending, Text, Timeouts, TypeExpr};
use crate::source::{Span, Spanned};
use crate::yaml::Node;

/// An entry of `methods:`
#[derive(Debug)]
pub(crate) struct Method {
    /// `group.method`
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) route: Option<Route>,
    pub(crate) path: Vec<FieldItem>,
    /// Whether something that could not be read may say what is in the path.
    pub(crate) path_unclear: bool,
    pub(crate) query: Vec<FieldItem>,
    pub(crate) headers: Vec<FieldItem>,
    pub(crate) cookies: Vec<FieldItem>,
    /// Rules about parameters.
    pub(crate) among: Vec<Among>,
    pub(crate) body: Option<Body>,
    pub(crate) paginate: Option<Paginate>,
    pub(crate) returns: Vec<Answer>,
    pub(crate) errors: Vec<ErrorEntry>,
    pub(crate) auth: Option<AuthRef>,
    /// What its credentials have to be good for, in place of what the entry says.
    pub(crate) scopes: Option<Vec<Text>>,
    pub(crate) server: Option<Text>,
    /// Whether something that could not be read may say the server.
    pub(crate) server_unclear: bool,
    pub(crate) effect: Option<Text>,
    pub(crate) resending: Resending,
    pub(crate) timeouts: Timeouts,
    pub(crate) deprecated: Option<Text>,
    pub(crate) origin: Origin,
    pub(crate) examples: Vec<Example>,
    /// Name, and path of the file that shows it.
    pub(crate) example_files: Vec<(Text, Text)>,
    /// The item as a whole.
    pub(crate) span: Span,
}

impl Method {
    /// The name of its group, which is empty where it names none.
    pub(crate) fn group(&self) -> &str {
        self.name.value.split_once('.').map_or("", |(group, _)| group)
    }

    /// The placeholders of its route whose values keep their slashes, of which `shared` names those that are
    /// declared for all routes.
    pub(crate) fn in_steps(&self, shared: &BTreeSet<&str>) -> BTreeSet<&str> {
        let own = self.path.iter().filter_map(|item| match item {
            FieldItem::Member(member) => Some((member.wire.value.as_str(), member.keeps_slashes())),
            FieldItem::Spread(_) => None,
        });
        let own: BTreeMap<&str, bool> = own.collect();
        let placeholders = self.route.iter().flat_map(|route| &route.placeholders);
        let names = placeholders.map(|name| name.value.as_str());
        let keeps = |name: &&str| {
            own.get(name).copied().unwrap_or_else(|| !self.path_unclear && shared.contains(name))
        };
        names.filter(keeps).collect()
    }
}

/// `http: GET /v3/webhooks/{webhook-id}`
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) verb: Spanned<String>,
    /// The path as the documentation prints it.
    pub(crate) path: Text,
    /// The placeholders in the path, in order.
    pub(crate) placeholders: Vec<Text>,
}

/// `body:`
#[derive(Debug)]
pub(crate) enum Body {
    /// A model, a text or bytes; `optional` is `body?`.
    Type { ty: TypeExpr, optional: bool, form: BodyForm },
    /// Members of the method's own.
    Members { items: Vec<FieldItem>, among: Vec<Among>, span: Span, form: BodyForm },
    /// One of several, each with a name.
    Any { alternatives: Vec<BodyAlternative>, optional: bool, span: Span },
}

/// One of several bodies.
#[derive(Debug)]
pub(crate) struct BodyAlternative {
    pub(crate) name: Text,
    pub(crate) body: Body,
    /// The whole entry.
    pub(crate) span: Span,
}

/// How members travel in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyForm {
    /// As JSON.
    Json,
    /// As pairs, encoded as in a query.
    Form,
    /// Each in a part of its own.
    Multipart,
    /// As XML.
    Xml,
}

impl Body {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Type { ty, .. } => ty.span,
            Self::Members { span, .. } | Self::Any { span, .. } => *span,
        }
    }
}

/// A status that `returns:` or `errors:` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StatusPattern {
    /// `404`
    Exactly(u16),
    /// `4xx`, by its first digit.
    Range(u16),
    /// `default`, every status that no other entry names.
    Default,
    /// `in_success`: a success whose body says that it is none.
    Inside,
}

/// A line of `returns:`
#[derive(Debug)]
pub(crate) struct Answer {
    /// `None`: any 2xx.
    pub(crate) status: Option<Spanned<u16>>,
    pub(crate) ty: AnswerType,
    /// `as Name`
    pub(crate) name: Option<Text>,
    pub(crate) span: Span,
}

/// What an answer hands out.
#[derive(Debug)]
pub(crate) enum AnswerType {
    /// The body is not looked at.
    Nothing,
    Value(Box<AnswerValue>),
    /// One of several, each with a name: the media type tells which.
    Any(Vec<Answer>),
    /// Reported already.
    Poisoned,
}

impl AnswerType {
    /// What is handed out, in all cases.
    pub(crate) fn values(&self) -> Vec<&AnswerValue> {
        match self {
            Self::Nothing | Self::Poisoned => Vec::new(),
            Self::Value(value) => vec![value],
            Self::Any(answers) => answers.iter().flat_map(|one| one.ty.values()).collect(),
        }
    }
}

/// What is handed out of a body.
#[derive(Debug)]
pub(crate) struct AnswerValue {
    pub(crate) ty: TypeExpr,
    /// The members that lead to it.
    pub(crate) at: Option<Text>,
    /// The first item of a list there.
    pub(crate) first: bool,
    /// The content itself is compressed.
    pub(crate) gzip: Option<Span>,
    /// The data of an event after which none comes.
    pub(crate) end: Option<Text>,
    /// The name of an event tells what it holds.
    pub(crate) named: bool,
    /// It comes as XML.
    pub(crate) xml: bool,
}

impl AnswerValue {
    /// All of a body, read as this type.
    pub(crate) fn of(ty: TypeExpr) -> Self {
        Self { ty, at: None, first: false, gzip: None, end: None, named: false, xml: false }
    }
}

/// A line of `errors:`
#[derive(Clone, Debug)]
pub(crate) struct ErrorEntry {
    pub(crate) status: Spanned<StatusPattern>,
    /// `None` for `nothing`.
    pub(crate) ty: Option<TypeExpr>,
    /// It comes as XML.
    pub(crate) xml: bool,
    /// Of [`StatusPattern::Inside`]: the path whose value says that it is an error.
    pub(crate) when: Option<Text>,
    /// `as Name`
    pub(crate) name: Option<Text>,
}

/// Which of several bodies or answers an example shows.
#[derive(Debug)]
pub(crate) enum Alternative {
    /// That of this name.
    Named(Text),
    /// That of this content type.
    Media(Text),
}

/// An exchange that the documentation shows, or that was made up where it shows none.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) name: Text,
    pub(crate) path: Vec<(Text, Node)>,
    pub(crate) query: Vec<(Text, Node)>,
    pub(crate) headers: Vec<(Text, Node)>,
    pub(crate) cookies: Vec<(Text, Node)>,
    pub(crate) request: Option<Node>,
    /// Which alternative of the body it shows.
    pub(crate) request_as: Option<Alternative>,
    /// `Some(None)` where it could not be read.
    pub(crate) status: Option<Spanned<Option<u16>>>,
    pub(crate) response: Option<Node>,
    /// Which alternative of the answer it shows.
    pub(crate) response_as: Option<Alternative>,
    /// A source shows it; otherwise it was made up where none does.
    pub(crate) shown: bool,
    /// Its values mean nothing.
    pub(crate) placeholder: bool,
    /// It has keys that mean nothing, so that what seems to be missing may stand there.
    pub(crate) unclear: bool,
    /// Whether the bodies are JSON as it was sent, in which a text has quotes.
    pub(crate) raw: RawBodies,
    /// Where the request begins in an exchange, a file of its own.
    pub(crate) request_line: Option<Span>,
}

/// Which bodies of an example are JSON as it was sent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RawBodies {
    pub(crate) request: bool,
    pub(crate) response: bool,
}
