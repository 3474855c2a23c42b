//! What a specification says about the provider as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AuthEntry, AuthRef, Deliveries, ErrorEntry, Member, Method, Model, Pager, RateLimit, Resending,
    Text, Timeouts,
};
use crate::source::{FileId, Span};

/// One provider: the contents of all its files.
#[derive(Debug, Default)]
pub(crate) struct Specification {
    pub(crate) provider: Option<Provider>,
    pub(crate) uses: Vec<Use>,
    pub(crate) servers: Vec<Server>,
    pub(crate) auth: Vec<AuthEntry>,
    pub(crate) sources: Vec<SourceEntry>,
    pub(crate) defaults: Defaults,
    /// Types of path parameters, by placeholder, for every route.
    pub(crate) path: Vec<Member>,
    pub(crate) parameters: ClientParameters,
    pub(crate) formats: Vec<Format>,
    /// `...` of `formats`: the used file whose formats come first.
    pub(crate) formats_from: Option<Text>,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) pagers: Vec<Pager>,
    pub(crate) groups: Vec<Group>,
    pub(crate) models: Vec<Model>,
    pub(crate) methods: Vec<Method>,
    pub(crate) deliveries: Option<Deliveries>,
    /// Something was unreadable and has been reported, so that what seems to be missing may stand there.
    pub(crate) incomplete: bool,
    /// The files of the specification, without those that they use.
    pub(crate) files: Vec<FileId>,
    /// Whether `provider` stands somewhere, readable or not.
    pub(crate) provider_named: bool,
    /// Whether `servers` stands somewhere, readable or not.
    pub(crate) servers_named: bool,
}

impl Specification {
    /// The groups by their names; of two of one name, the first.
    pub(crate) fn groups_by_name(&self) -> BTreeMap<&str, &Group> {
        self.groups.iter().rev().map(|group| (group.name.value.as_str(), group)).collect()
    }

    /// The placeholders that keep the slashes of their values in all routes that declare nothing else.
    pub(crate) fn shared_in_steps(&self) -> BTreeSet<&str> {
        let members = self.path.iter().filter(|member| member.keeps_slashes());
        members.map(|member| member.wire.value.as_str()).collect()
    }
}

/// An entry of `use:`
#[derive(Debug)]
pub(crate) struct Use {
    /// What stands before the names of the file.
    pub(crate) alias: Text,
    /// From the file that says so; nothing where it cannot be read.
    pub(crate) path: Option<Text>,
}

/// `parameters:`, what all calls of a client send.
#[derive(Debug, Default)]
pub(crate) struct ClientParameters {
    pub(crate) path: Vec<Member>,
    pub(crate) query: Vec<Member>,
    pub(crate) headers: Vec<Member>,
    pub(crate) cookies: Vec<Member>,
}

impl ClientParameters {
    pub(crate) fn first(&self) -> Option<&Member> {
        [&self.path, &self.query, &self.headers, &self.cookies].into_iter().flatten().next()
    }
}

/// `provider:`
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) name: Text,
    pub(crate) title: Option<Text>,
    pub(crate) doc: Option<Text>,
}

/// An entry of `servers:`
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) name: Text,
    pub(crate) url: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) variables: Vec<Member>,
    /// Whether an app may choose it for all calls; the others serve single methods.
    pub(crate) pick: bool,
}

/// An entry of `sources:`
#[derive(Debug)]
pub(crate) struct SourceEntry {
    pub(crate) name: Text,
    /// An address; `{}` in it is where the text of a `from:` goes.
    pub(crate) url: Option<Text>,
    pub(crate) title: Option<Text>,
    /// The day when somebody compared the specification with it.
    pub(crate) checked: Option<Text>,
}

/// Where an item comes from: `from`, `class` or `sdk`, `assumed`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// `from: SOURCE TEXT`
    pub(crate) from: Option<Text>,
    /// The class or method of the provider's own SDK.
    pub(crate) sdk: Option<Text>,
    /// What no source states.
    pub(crate) assumed: Option<Text>,
}

/// `defaults:`
#[derive(Debug, Default)]
pub(crate) struct Defaults {
    /// `...`: the used file whose defaults hold where nothing else is said.
    pub(crate) base: Option<Text>,
    pub(crate) auth: Option<AuthRef>,
    pub(crate) errors: Vec<ErrorEntry>,
    /// Constant headers of every request.
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) resending: Resending,
    pub(crate) timeouts: Timeouts,
    pub(crate) wire: WireDefaults,
    /// Whether a part of this could not be read, so that it may say anything.
    pub(crate) unreadable: bool,
}

/// `defaults: wire:`, how this provider writes what others write differently.
#[derive(Debug, Default)]
pub(crate) struct WireDefaults {
    /// The names of date formats; the first is written.
    pub(crate) datetime: Vec<Text>,
    /// How they are written could not be read.
    pub(crate) datetime_lost: bool,
    /// What a point in time without a zone means: `utc`.
    pub(crate) unspecified: Option<Text>,
    /// Points in time that mean none.
    pub(crate) datetime_none: Vec<Text>,
    /// Whether enums of numbers are read by `name`, `number` or both.
    pub(crate) enum_read: Vec<Text>,
    /// Whether enums of numbers are written by `name` or `number`.
    pub(crate) enum_write: Option<Text>,
}

/// An entry of `formats:`, the first being the typed one.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    pub(crate) name: Text,
    pub(crate) media_type: Text,
}

/// An entry of `groups:`
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) auth: Option<AuthRef>,
    /// What the credentials of its methods have to be good for.
    pub(crate) scopes: Option<Vec<Text>>,
    pub(crate) server: Option<Text>,
    /// Whether something that could not be read may say the server.
    pub(crate) server_unclear: bool,
    pub(crate) errors: Vec<ErrorEntry>,
    pub(crate) resending: Resending,
    pub(crate) timeouts: Timeouts,
    pub(crate) deprecated: Option<Text>,
    pub(crate) transaction: Option<Transaction>,
    pub(crate) origin: Origin,
    pub(crate) span: Span,
}

/// `transaction:`, how what a group hands out is asked for and committed.
#[derive(Debug)]
pub(crate) struct Transaction {
    /// The methods of the group that begin one and end it.
    pub(crate) open: Text,
    pub(crate) commit: Text,
    /// The path parameter that says which one.
    pub(crate) id: Text,
    /// The members that lead to it in the answer that begins one, where they are called otherwise.
    pub(crate) at: Option<Text>,
}
