//! A provider as a whole.

use super::{
    Algorithm, Deliveries, Element, KeyPlace, Method, Model, ModelId, ModelKind, Parameter, Place,
    RateLimit, Timeouts, Transaction, Type,
};

/// One provider.
#[derive(Debug)]
pub(crate) struct Api {
    /// The name of its module, as in `punt`.
    pub(crate) module: String,
    /// The type that marks its requests, as in `Punt`.
    pub(crate) marker: String,
    pub(crate) title: String,
    pub(crate) docs: Docs,
    /// The first is the default.
    pub(crate) servers: Vec<Server>,
    pub(crate) schemes: Vec<Scheme>,
    /// The distinct ways in which methods authenticate.
    pub(crate) auths: Vec<Auth>,
    /// Formats other than the typed one.
    pub(crate) formats: Vec<Format>,
    /// Constant headers of every request.
    pub(crate) headers: Vec<(String, String)>,
    /// What all calls send.
    pub(crate) parameters: Vec<ClientParameter>,
    /// The statuses after which the specification says that calls are sent again.
    pub(crate) retry_on: Option<Vec<u16>>,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) timeouts: Timeouts,
    /// Models that are emitted, in the order of the specification, and those that are only spread.
    pub(crate) models: Vec<Model>,
    pub(crate) groups: Vec<Group>,
    pub(crate) deliveries: Option<Deliveries>,
    /// Whether there are links to methods.
    pub(crate) links: bool,
}

impl Api {
    /// The statuses after which calls are sent again, where they are not those that the runtime knows by itself.
    pub(crate) fn sent_again_after(&self) -> Option<Vec<u16>> {
        self.retry_on.clone().or_else(|| self.rate_limit.as_ref()?.sent_again_after())
    }

    /// The features of the runtime that the client does not do without.
    pub(crate) fn features(&self) -> Vec<&'static str> {
        let mut features: Vec<_> = self
            .schemes
            .iter()
            .filter_map(|scheme| match &scheme.kind {
                SchemeKind::Jwt { .. } => Some("jwt"),
                SchemeKind::OAuth2(oauth) if oauth.authorize_url.is_some() => Some("oauth2"),
                _ => None,
            })
            .collect();
        features.extend(self.models.iter().any(|model| model.reach.xml).then_some("xml"));
        features.sort_unstable();
        features.dedup();
        features
    }

    /// The parameter of the client that calls of a method send at this place under this name.
    pub(crate) fn client_parameter(
        &self,
        method: &Method,
        place: Place,
        wire: &str,
    ) -> Option<&ClientParameter> {
        let in_route = || method.route.contains(&format!("{{{wire}}}"));
        let found = self
            .parameters
            .iter()
            .find(|one| one.parameter.place == place && one.parameter.wire == wire);
        found.filter(|_| place != Place::Path || in_route())
    }

    /// A model, and those that are given to it: all that its type names in Rust.
    pub(crate) fn each_named(&self, id: ModelId, found: &mut impl FnMut(ModelId)) {
        found(id);
        let given = self.model(id).given.as_ref();
        for inner in given.iter().flat_map(|given| &given.types).flat_map(Type::models) {
            self.each_named(inner, found);
        }
    }

    /// A method by its name, `group.method`, with its group.
    pub(crate) fn method(&self, name: &str) -> Option<(&Group, &Method)> {
        let (first, _) = name.split_once('.')?;
        let group = self.groups.iter().find(|group| group.name == first)?;
        let is_it = |method: &&Method| {
            method.full_name.split_once('.').is_some_and(|(_, known)| known == name)
        };
        Some((group, group.methods.iter().find(is_it)?))
    }

    /// What a type is, whatever names it goes by.
    pub(crate) fn plain<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        while let Type::Model(id) = ty
            && let ModelKind::Alias(inner) = &self.model(*id).kind
        {
            ty = inner;
        }
        ty
    }

    /// The type behind other names for it, and for what it holds.
    pub(crate) fn resolved(&self, ty: &Type) -> Type {
        let inner = |ty: &Type| Box::new(self.resolved(ty));
        match self.plain(ty) {
            Type::List(item) => Type::List(inner(item)),
            Type::Map(value) => Type::Map(inner(value)),
            Type::Keyed(key, value) => Type::Keyed(inner(key), inner(value)),
            Type::Nullable(value) => Type::Nullable(inner(value)),
            Type::AsText(value) => Type::AsText(inner(value)),
            Type::Csv(item) => Type::Csv(inner(item)),
            other => other.clone(),
        }
    }

    /// The servers that an app can choose, with their places. A single one without variables leaves nothing to choose.
    pub(crate) fn choice(&self) -> Vec<(usize, &Server)> {
        let picked = self.servers.iter().enumerate().filter(|(_, server)| server.pick);
        let picked: Vec<_> = picked.collect();
        let is_one = picked.len() > 1 || picked.iter().any(|(_, one)| !one.variables.is_empty());
        if is_one { picked } else { Vec::new() }
    }

    /// The outermost element of a type that travels as XML.
    pub(crate) fn element(&self, ty: &Type) -> Option<&Element> {
        let Type::Model(id) = self.plain(ty) else { return None };
        Some(&self.model(*id).element)
    }

    /// A model of this provider.
    pub(crate) fn model(&self, id: ModelId) -> &Model {
        &self.models[id.0]
    }
}

/// A parameter that all calls share.
#[derive(Debug)]
pub(crate) struct ClientParameter {
    /// Its ident is the builder's method.
    pub(crate) parameter: Parameter,
    /// Whether the app can set it; a constant is always sent.
    pub(crate) settable: bool,
    /// What is sent unless the app says otherwise.
    pub(crate) value: Option<String>,
}

/// What is said about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) text: Option<String>,
    pub(crate) source: Option<Link>,
    /// The class or method of the provider's SDK.
    pub(crate) sdk: Option<String>,
    pub(crate) assumed: Option<String>,
    pub(crate) incomplete: Option<String>,
    /// The limits of its value, in words.
    pub(crate) limits: Option<String>,
    /// What the service takes when it is absent.
    pub(crate) default: Option<String>,
    pub(crate) deprecated: Option<String>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) checked: Option<String>,
}

/// A server.
#[derive(Debug)]
pub(crate) struct Server {
    /// The name in the specification.
    pub(crate) name: String,
    /// The builder's method that chooses it.
    pub(crate) ident: String,
    pub(crate) url: String,
    pub(crate) docs: Docs,
    pub(crate) variables: Vec<Variable>,
    pub(crate) pick: bool,
}

/// A variable in the address of a server.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
}

/// A way to authenticate that the builder can be given.
#[derive(Debug)]
pub(crate) struct Scheme {
    /// The name in the specification.
    pub(crate) name: String,
    /// The builder's method.
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    pub(crate) kind: SchemeKind,
}

impl Scheme {
    /// What the names of further methods are made of: the name without what keeps it from being a keyword.
    pub(crate) fn stem(&self) -> &str {
        self.ident.trim_start_matches("r#").trim_end_matches('_')
    }
}

/// What is sent.
#[derive(Debug)]
pub(crate) enum SchemeKind {
    /// HTTP Basic.
    Basic { username: Part, password: Part },
    /// A bearer token; the name of the builder's argument.
    Bearer { token: String },
    /// A text under a name in the place; the name of the builder's argument.
    ApiKey { place: KeyPlace, name: String, key: String, prefix: Option<String> },
    /// A token that the client signs; the name of the builder's argument for the key.
    Jwt {
        algorithm: Algorithm,
        kid: Option<Part>,
        secret: String,
        claims: Vec<Claim>,
        lifetime: Option<u32>,
    },
    /// A token that the client gets from a token endpoint.
    OAuth2(Box<OAuth2>),
}

/// What a signed token claims.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) name: String,
    pub(crate) value: ClaimValue,
}

/// Where the value of a claim comes from.
#[derive(Debug)]
pub(crate) enum ClaimValue {
    /// An argument of the builder's method.
    Argument { ident: String, ty: Type },
    /// A text that every app sends.
    Fixed(String),
}

/// An OAuth 2 scheme.
#[derive(Debug)]
pub(crate) struct OAuth2 {
    /// Where a user agrees; `None` for client credentials.
    pub(crate) authorize_url: Option<Endpoint>,
    /// Where tokens come from, which is a path of a server.
    pub(crate) token_url: Endpoint,
    pub(crate) client: TokenClient,
    /// What the token endpoint answers.
    pub(crate) token: Option<ModelId>,
    /// What tokens are asked to be good for: what the entry says, and all methods that need it.
    pub(crate) scopes: Vec<String>,
    /// Whether the specification has scopes, so that an app may want to ask for less.
    pub(crate) scoped: bool,
    pub(crate) refresh: bool,
    pub(crate) pkce: bool,
    /// 401 if empty.
    pub(crate) renew_on: Vec<u16>,
    pub(crate) dialect: TokenDialect,
}

/// An address that OAuth 2 has.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// An index into [`Api::servers`]; `None` is the server that the app has chosen.
    pub(crate) server: Option<usize>,
    /// A path there, perhaps with a query, or a whole address, which is on none of the servers.
    pub(crate) url: String,
}

impl Endpoint {
    /// The whole address, where that does not depend on the app.
    pub(crate) fn address(&self, servers: &[Server]) -> String {
        let server = self.server.and_then(|index| servers.get(index));
        format!("{}{}", server.map_or("", |server| &server.url), self.url)
    }
}

/// How a token endpoint talks, where that is not as the standard says.
#[derive(Debug)]
pub(crate) struct TokenDialect {
    /// Whether requests are JSON, and not forms.
    pub(crate) json: bool,
    /// Names of the standard, each with what it is called there.
    pub(crate) names: Vec<(String, String)>,
    /// What is sent beside what the standard has.
    pub(crate) fields: Vec<(String, String)>,
    /// The members that lead to the token.
    pub(crate) at: Vec<String>,
}

/// What the app proves itself with at a token endpoint.
#[derive(Debug)]
pub(crate) enum TokenClient {
    /// Another scheme, by index.
    Scheme(usize),
    /// Arguments of the builder.
    Form { id: String, secret: Option<String> },
}

/// A part of a credential.
#[derive(Debug)]
pub(crate) enum Part {
    /// The name of the builder's argument.
    Argument(String),
    /// A text that every app sends.
    Fixed(String),
}

/// What methods accept: alternatives of sets of schemes, by index.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Auth {
    /// The name in the specification.
    pub(crate) entry: String,
    /// The constant that holds it.
    pub(crate) constant: String,
    pub(crate) alternatives: Vec<Vec<usize>>,
    /// What the credentials have to be good for.
    pub(crate) scopes: Vec<String>,
}

/// A form of the answer other than the typed one.
#[derive(Debug)]
pub(crate) struct Format {
    /// The method on calls, as in `as_csv`.
    pub(crate) ident: String,
    pub(crate) media_type: String,
}

/// Methods that belong together.
#[derive(Debug)]
pub(crate) struct Group {
    /// The name in the specification.
    pub(crate) name: String,
    /// Its module, and the client's method that leads to it.
    pub(crate) ident: String,
    /// The struct with its methods.
    pub(crate) type_name: String,
    pub(crate) docs: Docs,
    pub(crate) methods: Vec<Method>,
    pub(crate) transaction: Option<Transaction>,
}
