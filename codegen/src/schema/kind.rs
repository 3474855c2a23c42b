//! What the table of the language is written in: keys, what they hold, and which of them go together.

use super::rules::Rule;

/// What a key can hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    /// A kind of mapping, or one of the shapes.
    Of(&'static str),
    /// The same, where some of its keys cannot stand or hold something else.
    Less(&'static str, &'static [(&'static str, Option<Value>)]),
    /// A mapping with keys of any name.
    Map(&'static str),
    /// One of these words.
    Words(&'static [Word]),
    /// One of the first words, or a list of the second.
    WordOrWords(&'static [Word], &'static [Word]),
    /// A text that names something.
    Name(Named),
    /// One or several of these.
    Names(Named),
    /// A mapping with these keys, beside others of any name.
    Keyed(&'static [Key]),
    /// A mapping whose keys are statuses.
    Statuses(&'static [Value]),
    /// Whatever fits this JSON Schema, which no editor can guess.
    Raw(&'static str),
    Any,
}

/// What a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A type alone.
    Type,
    /// What an event holds.
    Delivered,
    /// The body of an error, without a name.
    Failure,
    /// A type with its documentation: what a model or a variant is another name for.
    Alias,
    /// A type with flags and documentation.
    Member,
    /// The same of a member of a body, which no answer has.
    Sent,
    /// The same of a parameter, which only the app sets and which is never null.
    Parameter,
    /// The same of a path, a header or a cookie, which carry a single value.
    Plain,
    /// The same of a part, which can be a file.
    Part,
    /// The same of a variable of an address, which is a text.
    Variable,
    Body,
    /// What has members: a model or a map.
    Form,
    /// What a success gives, whatever its status.
    Success,
    /// What a status gives; it can have a name.
    Answer,
    /// One of several answers, whose name is its key.
    Alternative,
    Error,
    Event,
    Route,
    Model,
    Auth,
    /// An entry of `auth`, or another way to prove oneself to a token endpoint.
    TokenAuth,
    Server,
    Pager,
    Source,
    Use,
    /// A method of the group at hand.
    Method,
    PathType,
    /// A member of the model at hand.
    Field,
    /// A member of the model that this one is like.
    Base,
    /// Members of the answer with which a transaction begins.
    Opened,
    /// An alternative of the body of the method at hand.
    SentAs,
    /// An alternative of its answers.
    ReadAs,
    Warning,
}

/// A word, and what it means.
pub(crate) type Word = (&'static str, &'static str);

/// A key, what it holds, and its documentation.
pub(crate) type Key = (&'static str, Value, &'static str);

/// A kind of mapping, under the name by which the parser reads it.
pub(crate) struct Kind {
    pub(crate) what: &'static str,
    pub(crate) required: &'static [&'static str],
    pub(crate) rules: &'static [Rule],
    pub(crate) keys: &'static [Key],
}
