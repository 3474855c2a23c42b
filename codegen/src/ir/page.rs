//! Lists that come in pages.

use super::Type;

/// How one gets from page to page.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) style: PageStyle,
    pub(crate) limit: Option<String>,
    pub(crate) size: Option<u64>,
    /// A page with less items than asked for is the last one.
    pub(crate) short: bool,
    /// The members of the answer that lead to whether there are more pages.
    pub(crate) more: Option<Vec<String>>,
    /// The type of the items.
    pub(crate) item: Type,
    /// The fields of what is handed out that lead to them.
    pub(crate) steps: Vec<Step>,
}

impl Paging {
    /// The members of the answer that say whether and where there are more pages.
    pub(crate) fn signals(&self) -> impl Iterator<Item = &[String]> {
        let next = match &self.style {
            PageStyle::Cursor(_, next) | PageStyle::NextUrl(next) => Some(next.as_slice()),
            PageStyle::Offset(_)
            | PageStyle::Page(..)
            | PageStyle::InLast { .. }
            | PageStyle::LinkHeader => None,
        };
        next.into_iter().chain(self.more.as_deref())
    }
}

/// A field on the way to the items.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) ident: String,
    pub(crate) wire: String,
    /// It is an `Option`.
    pub(crate) optional: bool,
}

/// What leads to the next page: parameters, and members of the answer.
#[derive(Debug)]
pub(crate) enum PageStyle {
    Offset(String),
    Page(String, u64),
    Cursor(String, Vec<String>),
    /// A member of the last item: the members of the answer that lead to the list, and those of the item.
    InLast {
        parameter: String,
        list: Vec<String>,
        member: Vec<String>,
    },
    LinkHeader,
    NextUrl(Vec<String>),
}
