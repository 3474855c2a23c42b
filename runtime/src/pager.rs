//! From page to page, without I/O: both kinds of client turn the same pages.

use crate::encoder::Encoder;
use crate::error::{CallError, ErrorKind};
use crate::link;
use crate::page::{Answered, Cursor, Page, PageRequest, Paged, Signals, Style};
use crate::problem::Problem;
use crate::provider::Provider;
use std::collections::HashSet;

/// Where in the pages of a list one is.
pub(crate) struct Pager<R> {
    request: R,
    /// The page to ask for next; `None` for where the request begins.
    at: Option<Cursor>,
    done: bool,
    /// How many items a page has unless it is the last one.
    full: Option<u64>,
    /// The number of the page that is asked for next, or of the items before it.
    number: u64,
    /// The places that were asked for.
    seen: HashSet<u64>,
    /// The page before this one.
    before: Option<u64>,
}

impl<R: Paged> Pager<R> {
    pub(crate) fn new(request: R) -> Self {
        let paging = const { &R::PAGING };
        let sent = Sent::of(&request);
        let number = match paging.style {
            Style::Offset(name) => sent.number(name).unwrap_or(0),
            Style::Page(name, first) => sent.number(name).unwrap_or(first),
            Style::Cursor(..) | Style::InLast(..) | Style::LinkHeader | Style::NextUrl(_) => 0,
        };
        let asked = paging.limit.and_then(|name| sent.number(name));
        let full = asked.or(paging.size).filter(|_| paging.ends_short);
        Self { request, at: None, done: false, full, number, seen: HashSet::new(), before: None }
    }

    /// Goes on from a place that an earlier page gave.
    pub(crate) fn start_at(&mut self, at: Cursor) {
        if let Ok(number) = at.as_str().parse() {
            self.number = number;
        }
        self.at = Some(match R::PAGING.style {
            Style::LinkHeader | Style::NextUrl(_) => Cursor::new(without_keys::<R>(at.as_str())),
            _ => at,
        });
        self.done = false;
    }

    /// The place of the page that is asked for next; `None` at the beginning and at the end.
    pub(crate) fn place(&self) -> Option<&Cursor> {
        self.at.as_ref()
    }

    /// The request of the next page; `None` after the last one.
    pub(crate) fn request(&mut self) -> Option<PageRequest<R>> {
        if self.done {
            return None;
        }
        self.seen.extend(self.at.as_ref().map(Cursor::digest));
        Some(PageRequest { request: self.request.clone(), at: self.at.clone() })
    }

    /// Takes the answer, and turns to the next page. After an error there is none; its place stays.
    pub(crate) fn turn(
        &mut self,
        answer: Answered<R>,
    ) -> Result<Page<R::Output>, CallError<R::Error>> {
        self.done = true;
        let response = answer?;
        let (response, signals) = response.split();
        let failed = |text: &'static str| {
            let problem = Problem::new(const { &R::METHOD }, ErrorKind::Decode, text)
                .with_attempts(response.attempts, response.rate_limit);
            Err(CallError::new(problem))
        };
        let next = match self.next(&signals) {
            Ok(next) => next,
            Err(text) => return failed(text),
        };
        if let Some(next) = &next {
            let moves_by_number = matches!(R::PAGING.style, Style::Offset(_) | Style::Page(..));
            // A service that does not know the parameter sends the first page for ever.
            let same = moves_by_number && self.before == Some(signals.digest);
            if same || self.seen.contains(&next.digest()) {
                return failed("the pages go in a circle: this one was there before");
            }
        }
        self.before = Some(signals.digest);
        self.done = next.is_none();
        self.at.clone_from(&next);
        Ok(Page { response, next })
    }

    /// The place of the next page; otherwise why nobody knows it.
    fn next(&mut self, signals: &Signals) -> Result<Option<Cursor>, &'static str> {
        if signals.more == Some(false) || self.full.is_some_and(|full| signals.count < full) {
            return Ok(None);
        }
        Ok(match R::PAGING.style {
            // There is nothing that one could go on behind.
            Style::Offset(_) if signals.count == 0 => None,
            // No end is said and nothing came: going on would not end.
            Style::Page(..) if signals.count == 0 && signals.more.is_none() => None,
            Style::Offset(_) => self.step(signals.count),
            Style::Page(..) => self.step(1),
            Style::Cursor(..) => signals.next.as_ref().map(Cursor::new),
            Style::InLast(..) if signals.count == 0 => match signals.more {
                None => None,
                Some(_) => {
                    return Err("there are more pages, and this one has no item to go on behind");
                }
            },
            Style::InLast(..) => match &signals.next {
                Some(next) => Some(Cursor::new(next)),
                None => {
                    return Err(
                        "the last item of the page does not say where the next page begins",
                    );
                }
            },
            Style::LinkHeader | Style::NextUrl(_) => {
                let from = self.at.as_ref().map_or("", Cursor::as_str);
                let link = |next: &String| link::join(from, &without_keys::<R>(next));
                signals.next.as_ref().map(|next| Cursor::new(link(next)))
            }
        })
    }

    fn step(&mut self, by: u64) -> Option<Cursor> {
        self.number = self.number.checked_add(by)?;
        Some(Cursor::new(self.number.to_string()))
    }
}

/// A link without the credentials that services repeat in it: they are added when it is followed,
/// and nobody wants to keep them with the place of a page.
fn without_keys<R: Paged>(link: &str) -> String {
    let schemes = <R::Provider as Provider>::AUTH;
    link::without(link, |name| schemes.iter().any(|scheme| scheme.is_in_query(name)))
}

/// The query that a request sends by itself.
struct Sent(String);

impl Sent {
    fn of(request: &impl Paged) -> Self {
        Self(Encoder::query_of(&|encoder| request.encode(encoder)))
    }

    /// The number in a parameter.
    fn number(&self, name: &str) -> Option<u64> {
        self.0.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            let key = percent_encoding::percent_decode_str(key).decode_utf8().ok()?;
            if key == name { value.parse().ok() } else { None }
        })
    }
}
