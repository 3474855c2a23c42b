//! Lists that come in pages.

use super::Text;
use crate::source::Spanned;

/// An entry of `pagers:`
#[derive(Debug)]
pub(crate) struct Pager {
    pub(crate) name: Text,
    /// `None`: reported already.
    pub(crate) style: Option<PagerStyle>,
    /// The parameter with the size of a page.
    pub(crate) limit: Option<Text>,
    /// The size of a page where the parameter says nothing.
    pub(crate) size: Option<Spanned<u64>>,
    /// Where `end: short` stands: a page with less items than asked for is the last one.
    pub(crate) short: Option<crate::source::Span>,
    /// The members of the answer that lead to whether there are more pages.
    pub(crate) more: Option<Text>,
    /// The members of what is handed out that lead to the items.
    pub(crate) items: Option<Text>,
}

/// What leads to the next page.
#[derive(Debug)]
pub(crate) enum PagerStyle {
    Offset(Text),
    Page { parameter: Text, first: u64 },
    Cursor { forth: CursorPath, back: Option<CursorPath> },
    LinkHeader,
    NextUrl(Text),
}

/// A parameter, and the members that lead to its next value.
#[derive(Debug)]
pub(crate) struct CursorPath {
    pub(crate) parameter: Text,
    pub(crate) next: Text,
    /// They are those of the last item, and not of the answer.
    pub(crate) in_last: bool,
}

/// `paginate:`
#[derive(Debug)]
pub(crate) struct Paginate {
    /// The name of an entry of `pagers:`
    pub(crate) pager: Text,
    /// Where `direction: before` stands.
    pub(crate) back: Option<crate::source::Span>,
    /// Instead of those of the pager.
    pub(crate) items: Option<Text>,
}
