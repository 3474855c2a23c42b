//! Ways to authenticate.

use super::Text;

/// An entry of `auth:`
#[derive(Debug)]
pub(crate) struct AuthEntry {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) assumed: Option<Text>,
    /// What the credentials have to be good for.
    pub(crate) scopes: Vec<Text>,
    pub(crate) kind: AuthKind,
}

/// What an entry of `auth:` is.
#[derive(Debug)]
pub(crate) enum AuthKind {
    /// HTTP Basic.
    Basic { username: Part, password: Part },
    /// A token in `Authorization: Bearer`, with the name of the builder argument.
    Bearer { token: Text },
    /// A text under a name in the place, with the name of the builder argument.
    ApiKey { place: KeyPlace, name: Text, key: Text },
    /// The first entry that is configured is sent.
    Any(Vec<Text>),
    /// All entries are sent together.
    All(Vec<Text>),
    /// Reported already.
    Poisoned,
}

/// A part of a credential.
#[derive(Debug)]
pub(crate) enum Part {
    /// The name of the builder argument.
    Argument(Text),
    /// A text in quotes, which every app sends.
    Fixed(Text),
}

/// Where an API key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPlace {
    Header,
    Query,
    Cookie,
}

/// `auth:` of the defaults, a group or a method.
#[derive(Clone, Debug)]
pub(crate) enum AuthRef {
    /// `auth: none`
    None,
    /// The name of an entry of `auth:`
    Entry(Text),
}
