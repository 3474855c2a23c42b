//! Ways to authenticate.

use super::{Text, TypeExpr};

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
    /// A text under a name in the place, with the name of the builder argument and what is sent before it.
    ApiKey { place: KeyPlace, name: Text, key: Text, prefix: Option<Text> },
    /// A token that the client signs.
    Jwt(Jwt),
    /// A token that the client gets from a token endpoint.
    OAuth2(Box<OAuth2>),
    /// The first entry that is configured is sent.
    Any(Vec<Text>),
    /// All entries are sent together.
    All(Vec<Text>),
    /// Reported already.
    Poisoned,
}

/// `scheme: jwt`
#[derive(Debug)]
pub(crate) struct Jwt {
    /// The name of the key.
    pub(crate) kid: Option<Part>,
    pub(crate) algorithm: Algorithm,
    pub(crate) secret: Text,
    pub(crate) claims: Vec<(Text, Claim)>,
    /// In seconds.
    pub(crate) lifetime: Option<u32>,
}

/// What signs a token: HMAC with one of the hashes of SHA-2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Algorithm {
    #[default]
    Hs256,
    Hs384,
    Hs512,
}

/// What a token claims.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The type of the builder argument.
    Argument(TypeExpr),
    /// A text in quotes, which every app sends.
    Fixed(Text),
}

/// `scheme: oauth2`
#[derive(Debug)]
pub(crate) struct OAuth2 {
    /// Where a user agrees; `None` for client credentials.
    pub(crate) authorize_url: Option<Text>,
    pub(crate) token_url: Text,
    pub(crate) token_auth: TokenAuth,
    /// What the token endpoint answers.
    pub(crate) token: Option<TypeExpr>,
    /// Whether an answer may bring a refresh token.
    pub(crate) refresh: bool,
    /// Whether the service knows code challenges.
    pub(crate) pkce: bool,
    /// The statuses after which a token is taken to be refused; 401 if empty.
    pub(crate) renew_on: Vec<u16>,
    pub(crate) dialect: TokenDialect,
}

/// How a token endpoint talks, where that is not as the standard says.
#[derive(Debug, Default)]
pub(crate) struct TokenDialect {
    /// Whether requests are JSON, and not forms.
    pub(crate) json: bool,
    /// Names of the standard, each with what it is called there.
    pub(crate) names: Vec<(Text, Text)>,
    /// What is sent beside what the standard has.
    pub(crate) fields: Vec<(Text, Text)>,
    /// The members that lead to the token.
    pub(crate) at: Option<Text>,
}

/// `token_auth:`, what the app proves itself with at the token endpoint.
#[derive(Debug)]
pub(crate) enum TokenAuth {
    /// Another entry of `auth:`
    Entry(Text),
    /// Arguments of the builder, sent in the form; no secret where the app keeps none.
    Form { id: Text, secret: Option<Text> },
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Reported already; asks for nothing.
    Unreadable,
    /// The name of an entry of `auth:`
    Entry(Text),
}
