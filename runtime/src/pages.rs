//! Pages and their items as a stream, and as an iterator where calls block.

use crate::call::Call;
use crate::client::{Async, Blocking, Client, Mode};
use crate::error::CallError;
use crate::options::Options;
use crate::page::{Answered, Cursor, Page, PageRequest, Paged};
use crate::pager::Pager;
use crate::request::Request;
use crate::transport::BoxFuture;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// All pages of a list, each asked for when it is wanted: a [`Stream`], or an [`Iterator`] of a
/// blocking client. Ends after an error.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<R: Paged, M: Mode = Async> {
    client: Client<M>,
    options: Options,
    pager: Pager<R>,
    /// The page that is under way.
    turning: Option<BoxFuture<'static, Answered<R>>>,
    /// Pages that came before they were wanted.
    ready: VecDeque<Next<Page<R::Output>, R>>,
    /// How many of them there may be.
    ahead: usize,
    /// The place of the page that is handed out next.
    place: Option<Cursor>,
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
        let (pager, ready) = (Pager::new(request), VecDeque::new());
        Self { client, options, pager, turning: None, ready, ahead: 0, place: None }
    }

    /// Begins at a place that [`Page::next`] gave.
    pub fn start_at(mut self, place: Cursor) -> Self {
        self.pager.start_at(place);
        self.place = self.pager.place().cloned();
        self
    }

    /// Limits how long all pages together may take from now on, with what is done between them; the
    /// limits of a call and of an attempt hold for each page besides.
    pub fn within(mut self, time: Duration) -> Self {
        self.options.set().deadline = Some(self.client.core().clock.now().saturating_add(time));
        self
    }

    /// The place of the page that is handed out next, to go on there after an error; `None` at the
    /// beginning and at the end.
    pub fn place(&self) -> Option<&Cursor> {
        self.place.as_ref()
    }

    /// Hands out a page.
    fn hand_out(&mut self, page: Next<Page<R::Output>, R>) -> Next<Page<R::Output>, R> {
        if let Ok(page) = &page {
            self.place.clone_from(&page.next);
        }
        page
    }

    fn call(&self, request: PageRequest<R>) -> Call<PageRequest<R>, M> {
        Call::with_options(&self.client, request, self.options.clone())
    }
}

impl<R: Paged> Pages<R> {
    /// Asks for up to this many pages before they are wanted, so that the service and the app work at
    /// the same time; none unless set. They come one after the other, since each says where the next
    /// one is, and only while this is polled or awaited.
    pub fn read_ahead(mut self, pages: usize) -> Self {
        self.ahead = pages;
        self
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next<Page<R::Output>, R>>> {
        let page = match self.ready.pop_front() {
            Some(page) => page,
            None => match ready!(self.turn(cx)) {
                Some(page) => page,
                None => return Poll::Ready(None),
            },
        };
        let page = self.hand_out(page);
        self.go_ahead(cx);
        Poll::Ready(Some(page))
    }

    /// The page after those that are ready.
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next<Page<R::Output>, R>>> {
        if self.turning.is_none() {
            let Some(request) = self.pager.request() else { return Poll::Ready(None) };
            self.turning = Some(Box::pin(self.call(request).send()));
        }
        let Some(turning) = &mut self.turning else { return Poll::Ready(None) };
        let answer = ready!(turning.as_mut().poll(cx));
        self.turning = None;
        Poll::Ready(Some(self.pager.turn(answer)))
    }

    /// Does what can be done now for the pages that may be ready before they are wanted.
    fn go_ahead(&mut self, cx: &mut Context<'_>) {
        while self.ready.len() < self.ahead {
            match self.turn(cx) {
                Poll::Ready(Some(page)) => self.ready.push_back(page),
                Poll::Ready(None) | Poll::Pending => return,
            }
        }
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
        let page = self.pager.turn(answer);
        Some(self.hand_out(page))
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

    /// Limits how long all pages together may take from now on: see [`Pages::within`].
    pub fn within(mut self, time: Duration) -> Self {
        self.pages = self.pages.within(time);
        self
    }

    /// The place of the page whose items come after those of the last one, to go on there later;
    /// `None` at the beginning and at the end.
    pub fn place(&self) -> Option<&Cursor> {
        self.pages.place()
    }

    fn open(&mut self, mut page: Page<R::Output>) {
        let items = R::items(&mut page.response.body).map(std::mem::take);
        self.items = items.unwrap_or_default().into_iter();
    }
}

impl<R: Paged> Items<R> {
    /// Asks for up to this many pages before their items are wanted: see [`Pages::read_ahead`].
    pub fn read_ahead(mut self, pages: usize) -> Self {
        self.pages = self.pages.read_ahead(pages);
        self
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next<R::Item, R>>> {
        loop {
            if let Some(item) = self.items.next() {
                // What is under way goes on while items are handed out.
                self.pages.go_ahead(cx);
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
