//! Pages and their items as a stream, and as an iterator where calls block.

use crate::call::{Call, Options};
use crate::client::{Async, Blocking, Client, Mode};
use crate::error::CallError;
use crate::page::{Answered, Cursor, Page, PageRequest, Paged};
use crate::pager::Pager;
use crate::request::Request;
use crate::transport::BoxFuture;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// All pages of a list, each asked for when it is wanted: a [`Stream`], or an [`Iterator`] of a
/// blocking client. Ends after an error.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<R: Paged, M: Mode = Async> {
    client: Client<M>,
    options: Options,
    pager: Pager<R>,
    /// The page that is under way.
    turning: Option<BoxFuture<'static, Answered<R>>>,
}

/// The items of all pages, in order: a [`Stream`], or an [`Iterator`] of a blocking client. A page
/// is asked for when the items of the one before are used up. Ends after an error.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<R: Paged, M: Mode = Async> {
    pages: Pages<R, M>,
    items: std::vec::IntoIter<R::Item>,
}

// Nothing inside is ever pinned: the future is in a box.
impl<R: Paged, M: Mode> Unpin for Pages<R, M> {}
impl<R: Paged, M: Mode> Unpin for Items<R, M> {}

impl<R: Paged, M: Mode> Pages<R, M> {
    pub(crate) fn new(client: Client<M>, request: R, options: Options) -> Self {
        Self { client, options, pager: Pager::new(request), turning: None }
    }

    /// Begins at a place that [`Page::next`] gave.
    pub fn start_at(mut self, place: Cursor) -> Self {
        self.pager.start_at(place);
        self
    }

    /// The place of the page that is asked for next, to go on there after an error; `None` at the
    /// beginning and at the end.
    pub fn place(&self) -> Option<&Cursor> {
        self.pager.place()
    }

    fn call(&self, request: PageRequest<R>) -> Call<PageRequest<R>, M> {
        Call::with_options(&self.client, request, self.options.clone())
    }
}

impl<R: Paged> Pages<R> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next<Page<R::Output>, R>>> {
        if self.turning.is_none() {
            let Some(request) = self.pager.request() else { return Poll::Ready(None) };
            self.turning = Some(Box::pin(self.call(request).send()));
        }
        let Some(turning) = &mut self.turning else { return Poll::Ready(None) };
        let answer = ready!(turning.as_mut().poll(cx));
        self.turning = None;
        Poll::Ready(Some(self.pager.turn(answer)))
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// As of a single call, or the pages go in a circle.
    pub async fn try_next(&mut self) -> Next<Option<Page<R::Output>>, R> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }
}

/// A value, or what a call for it fails with.
type Next<T, R> = Result<T, CallError<<R as Request>::Error>>;

impl<R: Paged> Stream for Pages<R> {
    type Item = Next<Page<R::Output>, R>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<R: Paged> Iterator for Pages<R, Blocking> {
    type Item = Next<Page<R::Output>, R>;

    fn next(&mut self) -> Option<Self::Item> {
        let request = self.pager.request()?;
        let answer = self.call(request).send();
        Some(self.pager.turn(answer))
    }
}

impl<R: Paged, M: Mode> Items<R, M> {
    pub(crate) fn new(pages: Pages<R, M>) -> Self {
        Self { pages, items: Vec::new().into_iter() }
    }

    /// Begins at the first item of a page, at a place that [`Page::next`] gave.
    pub fn start_at(mut self, place: Cursor) -> Self {
        self.pages = self.pages.start_at(place);
        self
    }

    /// The place of the page that is asked for next, to go on there later; `None` at the beginning
    /// and at the end.
    pub fn place(&self) -> Option<&Cursor> {
        self.pages.place()
    }

    fn open(&mut self, mut page: Page<R::Output>) {
        let items = R::items(&mut page.response.body).map(std::mem::take);
        self.items = items.unwrap_or_default().into_iter();
    }
}

impl<R: Paged> Items<R> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next<R::Item, R>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(cx)) {
                Some(Ok(page)) => self.open(page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    /// As of a single call, or the pages go in a circle.
    pub async fn try_next(&mut self) -> Next<Option<R::Item>, R> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }
}

impl<R: Paged> Stream for Items<R> {
    type Item = Next<R::Item, R>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<R: Paged> Iterator for Items<R, Blocking> {
    type Item = Next<R::Item, R>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.open(page),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<R: Paged, M: Mode> fmt::Debug for Pages<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("method", &R::METHOD.name()).finish_non_exhaustive()
    }
}

impl<R: Paged, M: Mode> fmt::Debug for Items<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("method", &R::METHOD.name()).finish_non_exhaustive()
    }
}
