//! What a list that comes in pages is: the rules, written by the generator, and the place of a page.

use crate::answer::Answer;
use crate::decode::DecodeError;
use crate::encoder::Encoder;
use crate::error::CallError;
use crate::link;
use crate::request::Request;
use crate::response::Response;
use serde_json::Value;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A request whose answer is one page of several.
pub trait Paged: Request + Clone {
    /// What the pages consist of.
    type Item: Send + 'static;

    /// How one gets from page to page.
    const PAGING: Paging;

    /// The items of a page; `None` if there is no list.
    fn items(page: &mut Self::Output) -> Option<&mut Vec<Self::Item>>;
}

/// How one gets from page to page, written by the generator as a constant.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(crate) style: Style,
    pub(crate) limit: Option<&'static str>,
    pub(crate) size: Option<u64>,
    pub(crate) ends_short: bool,
    pub(crate) more: Option<&'static [&'static str]>,
}

/// What leads to the next page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// The number of items before it, in this parameter.
    Offset(&'static str),
    /// Its number, in this parameter; that of the first page.
    Page(&'static str, u64),
    /// A text of the answer, in this parameter; the members that lead to the text.
    Cursor(&'static str, &'static [&'static str]),
    /// A member of the last item, in this parameter; the members that lead to the list, and those of the item.
    InLast(&'static str, &'static [&'static str], &'static [&'static str]),
    /// The `Link` header.
    LinkHeader,
    /// An address in the answer; the members that lead to it.
    NextUrl(&'static [&'static str]),
}

impl Paging {
    /// Pages are asked for by how many items to leave out.
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Style::Offset(parameter))
    }

    /// Pages are asked for by number, of which `first` is the first one.
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::new(Style::Page(parameter, first))
    }

    /// Pages are asked for by a text of the answer before, at these members.
    pub const fn cursor(parameter: &'static str, next: &'static [&'static str]) -> Self {
        Self::new(Style::Cursor(parameter, next))
    }

    /// Pages are asked for by a text of the last item of the page before, at these members; first those that
    /// lead to the list.
    pub const fn in_last(
        parameter: &'static str,
        list: &'static [&'static str],
        member: &'static [&'static str],
    ) -> Self {
        Self::new(Style::InLast(parameter, list, member))
    }

    /// The `Link` header of an answer leads to the next page.
    pub const fn link_header() -> Self {
        Self::new(Style::LinkHeader)
    }

    /// An address in the answer leads to the next page, at these members.
    pub const fn next_url(next: &'static [&'static str]) -> Self {
        Self::new(Style::NextUrl(next))
    }

    const fn new(style: Style) -> Self {
        Self { style, limit: None, size: None, ends_short: false, more: None }
    }

    /// Says that a page with less items than asked for is the last one: than this parameter says,
    /// or than this number if it says nothing.
    #[must_use]
    pub const fn short(mut self, limit: Option<&'static str>, size: Option<u64>) -> Self {
        self.limit = limit;
        self.size = size;
        self.ends_short = true;
        self
    }

    /// Names the members of the answer that lead to whether there are more pages.
    #[must_use]
    pub const fn more(mut self, path: &'static [&'static str]) -> Self {
        self.more = Some(path);
        self
    }

    /// The parameter that the place of a page replaces.
    fn parameter(&self) -> Option<&'static str> {
        match self.style {
            Style::Offset(name)
            | Style::Page(name, _)
            | Style::Cursor(name, _)
            | Style::InLast(name, ..) => Some(name),
            Style::LinkHeader | Style::NextUrl(_) => None,
        }
    }
}

/// The place of a page. Keep it as text to go on later, in another process too.
///
/// It belongs to the request that it came from: to the same method with the same filters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor(String);

impl Cursor {
    /// A place, by the text that it was kept as.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The place as text. May hold what the service takes for a secret.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn digest(&self) -> u64 {
        digest(&self.0)
    }
}

impl fmt::Debug for Cursor {
    /// Without the text: it may be an address with a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(…)")
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.0
    }
}

/// A page: the answer, and the place of the next one.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub(crate) response: Response<T>,
    pub(crate) next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The answer with status and headers.
    pub fn response(&self) -> &Response<T> {
        &self.response
    }

    /// The value.
    pub fn body(&self) -> &T {
        self.response.body()
    }

    /// The value alone.
    pub fn into_body(self) -> T {
        self.response.into_body()
    }

    /// The place of the next page; `None` on the last one.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }
}

/// The request of a certain page.
pub(crate) struct PageRequest<R> {
    pub(crate) request: R,
    pub(crate) at: Option<Cursor>,
}

/// The answer to one.
pub(crate) type Answered<R> =
    Result<Response<(<R as Request>::Output, Signals)>, CallError<<R as Request>::Error>>;

/// What an answer says of its page.
pub(crate) struct Signals {
    pub(crate) count: u64,
    /// What leads on, where the answer has to say it.
    pub(crate) next: Option<String>,
    pub(crate) more: Option<bool>,
    pub(crate) digest: u64,
}

impl<R: Paged> Request for PageRequest<R> {
    type Provider = R::Provider;
    type Output = (R::Output, Signals);
    type Error = R::Error;

    const METHOD: crate::Method = R::METHOD;

    fn encode(&self, request: &mut Encoder<'_>) {
        match (&self.at, R::PAGING.parameter()) {
            (None, _) => self.request.encode(request),
            (Some(at), Some(name)) => {
                request.leave_out(Some(name));
                self.request.encode(request);
                request.leave_out(None);
                request.query(name, at.as_str());
            }
            (Some(at), None) => {
                self.request.encode(request);
                request.follow(at.as_str());
            }
        }
    }

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        let mut page = R::decode(answer)?;
        let count = R::items(&mut page).map_or(0, |items| items.len() as u64);
        let paging = const { &R::PAGING };
        let next = match paging.style {
            Style::Offset(_) | Style::Page(..) => None,
            Style::LinkHeader => link::next(answer.headers()),
            Style::Cursor(_, path) | Style::NextUrl(path) => text(answer.json_find(path)?),
            Style::InLast(_, list, member) => text(answer.json_find_in_last(list, member)?),
        };
        let more = match paging.more {
            Some(path) => Some(answer.json_find(path)? == Some(Value::Bool(true))),
            None => None,
        };
        Ok((page, Signals { count, next, more, digest: digest(&answer.bytes()) }))
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        R::decode_error(answer)
    }
}

/// The text of a cursor; services have numbers too, and an empty text for the end.
fn text(value: Option<Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn digest(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
