//! Makes the calls of a case, with whichever client its specification gives.

use clientwright_runtime::{Async, Blocking, Cursor, Items, Pages};
use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use wire_tests::Server;

use crate::Mode;
use crate::args::Saved;
use crate::case::{Case, Step};
use crate::drift::Drifted;
use crate::outcome::{Outcome, ShownItem};
use crate::time::{Time, UnderWay};

/// What a case is run with.
pub(crate) struct Setup<'a> {
    pub(crate) case: &'a Case,
    pub(crate) mode: Mode,
    /// `None` for the address of the specification.
    pub(crate) base: Option<&'a str>,
    pub(crate) time: &'a Time,
    pub(crate) server: &'a Server,
    pub(crate) saved: &'a Saved,
    pub(crate) drift: &'a Drifted,
    /// What a log might have of builder, client and calls.
    pub(crate) renderings: &'a Mutex<Vec<String>>,
}

impl Setup<'_> {
    pub(crate) fn render(&self, text: String) {
        self.renderings.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }
}

/// The outcomes of a step.
pub(crate) type Outcomes = Vec<Outcome>;

/// Runs the steps of a case with the client of its specification.
macro_rules! providers {
    ($($name:literal => $module:ident,)*) => {
        pub(crate) fn drive(
            setup: &crate::client::Setup<'_>,
        ) -> Result<Vec<crate::client::Outcomes>, String> {
            match setup.case.spec.as_str() {
                $($name => crate::client::drive!($module, setup),)*
                other => Err(format!("there is no specification `{other}`")),
            }
        }
    };
}
pub(crate) use providers;

macro_rules! drive {
    ($module:ident, $setup:expr) => {{
        use crate::outcome::Outcome;
        let setup = $setup;
        let steps = &setup.case.steps;
        let mut builder = crate::$module::builder().clock(setup.time.clone());
        if let Some(base) = setup.base {
            builder = builder.base_url(base);
        }
        for (name, value) in &setup.case.client {
            let several = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in several {
                let part = crate::args::Part::new(name, value, setup.saved);
                builder = $module::set(builder, name, &part)?;
            }
        }
        if setup.case.drift.is_some() || setup.case.drift_report.is_some() {
            builder = builder.drift(setup.drift.clone());
        }
        // Only the built-in transports keep to it.
        let built_in = setup.case.client.contains_key("connect_timeout");
        setup.render(format!("{builder:?} {builder:#?}"));
        let token = |step: &crate::case::Step| {
            let with = step.with.iter().next();
            with.map(|(name, value)| Ok((name.clone(), crate::args::token(value)?))).transpose()
        };
        let mut outcomes = Vec::new();
        match setup.mode {
            crate::Mode::Awaited => {
                let under_way = crate::time::UnderWay::default();
                let transport = crate::time::Awaited::new(setup.time, setup.case, &under_way);
                let transport = transport.map_err(|error| error.to_string())?;
                let builder = if built_in { builder } else { builder.transport(transport) };
                let client = match builder.build() {
                    Ok(client) => client,
                    Err(error) => return Ok(vec![vec![Outcome::unbuilt(error)]]),
                };
                setup.render(format!("{client:?} {client:#?}"));
                let runtime = crate::client::runtime()?;
                tokio::task::LocalSet::new().block_on(&runtime, async {
                    for step in steps {
                        setup.time.advance(step.after.map_or_else(Default::default, |span| span.0));
                        let mut client = client.clone();
                        let token: Result<_, String> = token(step);
                        if let Some((name, token)) = token? {
                            client = match $module::with_token(&client, &name, &token)? {
                                Ok(client) => client,
                                Err(error) => {
                                    outcomes.push(vec![Outcome::unbuilt(error)]);
                                    continue;
                                }
                            };
                        }
                        let call = || {
                            let (client, mut step) = (client.clone(), step.clone());
                            step.under_way = under_way.clone();
                            async move {
                                let mut args = crate::args::Args::new(&step.args);
                                $module::awaited(&client, &step, &mut args).await
                            }
                        };
                        outcomes.push(crate::client::all(setup, step, call).await?);
                    }
                    Ok(outcomes)
                })
            }
            crate::Mode::Blocking => {
                let transport = crate::time::Sent::new(setup.time, setup.case.in_memory);
                let builder =
                    if built_in { builder } else { builder.blocking_transport(transport) };
                let client = match builder.build_blocking() {
                    Ok(client) => client,
                    Err(error) => return Ok(vec![vec![Outcome::unbuilt(error)]]),
                };
                setup.render(format!("{client:?} {client:#?}"));
                for step in steps {
                    setup.time.advance(step.after.map_or_else(Default::default, |span| span.0));
                    let mut client = client.clone();
                    let token: Result<_, String> = token(step);
                    if let Some((name, token)) = token? {
                        client = match $module::with_token(&client, &name, &token)? {
                            Ok(client) => client,
                            Err(error) => {
                                outcomes.push(vec![Outcome::unbuilt(error)]);
                                continue;
                            }
                        };
                    }
                    let call = || {
                        let mut args = crate::args::Args::new(&step.args);
                        $module::sent(&client, step, &mut args)
                    };
                    outcomes.push(crate::client::all_blocking(step, call)?);
                }
                Ok(outcomes)
            }
        }
    }};
}
pub(crate) use drive;

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, String> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().map_err(|error| error.to_string())
}

/// How often a client that has been answered gets its turn before its call is dropped.
const TICKS: usize = 5;

/// Makes the calls of a step: so many times, so many at once, or one that is dropped.
pub(crate) async fn all<F>(
    setup: &Setup<'_>,
    step: &Step,
    call: impl Fn() -> F,
) -> Result<Outcomes, String>
where
    F: Future<Output = Result<Outcome, String>> + 'static,
{
    if step.cancels() {
        let (came, answered) = (step.cancel_after.unwrap_or(0), step.cancel_answered.unwrap_or(0));
        let came = async {
            let tick = || tokio::time::sleep(Duration::from_millis(1));
            while setup.server.count() < came || setup.server.answered() < answered {
                tick().await;
            }
            // What was answered lies in the socket, and is read when nothing else is to be done.
            for _ in 0..TICKS.min(answered * TICKS) {
                tick().await;
            }
        };
        let outcome = tokio::select! {
            biased;
            outcome = call() => outcome?,
            () = came => Outcome::cancelled(),
        };
        return Ok(vec![outcome]);
    }
    let mut outcomes = Vec::new();
    for _ in 0..step.times {
        let calls: Vec<_> =
            (0..step.at_once).map(|_| tokio::task::spawn_local(timed(call()))).collect();
        for call in calls {
            outcomes.push(call.await.map_err(|error| error.to_string())??);
        }
    }
    Ok(outcomes)
}

async fn timed(call: impl Future<Output = Result<Outcome, String>>) -> Result<Outcome, String> {
    let begun = Instant::now();
    call.await.map(|outcome| Outcome { took: begun.elapsed(), ..outcome })
}

/// As [`all`], with a thread for each call that is made at once.
pub(crate) fn all_blocking(
    step: &Step,
    call: impl Fn() -> Result<Outcome, String> + Sync,
) -> Result<Outcomes, String> {
    if step.read_ahead.is_some() {
        return Err("a blocking client reads nothing ahead: the case is `async_only`".to_owned());
    }
    if step.cancels() {
        return Err("a blocking call cannot be dropped: the case is `async_only`".to_owned());
    }
    let timed = || {
        let begun = Instant::now();
        call().map(|outcome| Outcome { took: begun.elapsed(), ..outcome })
    };
    let mut outcomes = Vec::new();
    for _ in 0..step.times {
        std::thread::scope(|scope| {
            let calls: Vec<_> = (0..step.at_once).map(|_| scope.spawn(timed)).collect();
            for call in calls {
                outcomes.push(call.join().map_err(|_| "a call has panicked".to_owned())??);
            }
            Ok::<(), String>(())
        })?;
    }
    Ok(outcomes)
}

/// Sets what a step sets for its call.
macro_rules! options {
    ($call:expr, $step:expr) => {{
        let (mut call, step) = ($call, $step);
        if let Some(time) = step.timeout {
            call = call.with_timeout(time.0);
        }
        if let Some(time) = step.attempt_timeout {
            call = call.with_attempt_timeout(time.0);
        }
        if let Some(retry) = &step.retry {
            call = call.with_retry(crate::args::retry(retry)?);
        }
        for (name, value) in &step.headers {
            call = call.with_header(name, value.as_str().unwrap_or_default());
        }
        call
    }};
}
pub(crate) use options;

/// Awaits a call.
macro_rules! awaited {
    ($call:expr, $step:expr) => {{
        crate::client::without_pages($step)?;
        crate::client::awaited!(@one crate::client::options!($call, $step))
    }};
    ($call:expr, $step:expr, streamed $bit:ident $all:expr) => {{
        let call = crate::client::options!($call, $step);
        if $step.stream {
            let (kind, shown) = (kind(&call), format!("{call:?} {call:#?}"));
            let begun = call.stream().await.map($all);
            crate::bits::collect(kind, begun, $step, crate::bits::$bit).await?.with_rendering(shown)
        } else {
            crate::client::without_pages($step)?;
            crate::client::awaited!(@one call)
        }
    }};
    ($call:expr, $step:expr, paged) => {{
        let call = crate::client::options!($call, $step);
        match $step.pages {
            None => crate::client::awaited!(@one call),
            Some(crate::case::Collect::Items) => crate::client::items(call.items(), $step).await,
            Some(crate::case::Collect::Bodies) => crate::client::pages(call.pages(), $step).await,
        }
    }};
    (@one $call:expr) => {{
        let call = $call;
        let (kind, shown) = (kind(&call), format!("{call:?} {call:#?}"));
        crate::client::finished(kind, call.with_response().await, shown)
    }};
}
pub(crate) use awaited;

/// Makes a call that blocks.
macro_rules! sent {
    ($call:expr, $step:expr) => {{
        crate::client::without_pages($step)?;
        crate::client::sent!(@one crate::client::options!($call, $step))
    }};
    ($call:expr, $step:expr, streamed $bit:ident $all:expr) => {{
        let call = crate::client::options!($call, $step);
        if $step.stream {
            let (kind, shown) = (kind(&call), format!("{call:?} {call:#?}"));
            let begun = call.stream().map($all);
            crate::bits::collect_blocking(kind, begun, $step, crate::bits::$bit)?.with_rendering(shown)
        } else {
            crate::client::without_pages($step)?;
            crate::client::sent!(@one call)
        }
    }};
    ($call:expr, $step:expr, paged) => {{
        let call = crate::client::options!($call, $step);
        match $step.pages {
            None => crate::client::sent!(@one call),
            Some(crate::case::Collect::Items) => crate::client::all_items(call.items(), $step),
            Some(crate::case::Collect::Bodies) => crate::client::all_pages(call.pages(), $step),
        }
    }};
    (@one $call:expr) => {{
        let call = $call;
        let (kind, shown) = (kind(&call), format!("{call:?} {call:#?}"));
        crate::client::finished(kind, call.with_response(), shown)
    }};
}
pub(crate) use sent;

/// Calls a closure, whose values are not those of the caller's frame.
pub(crate) fn apart<T>(call: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    call()
}

pub(crate) fn finished<R: crate::outcome::Shown>(
    _: std::marker::PhantomData<R>,
    result: Result<
        clientwright_runtime::Response<R::Output>,
        clientwright_runtime::CallError<R::Error>,
    >,
    shown: String,
) -> Outcome
where
    R::Output: std::fmt::Debug,
{
    Outcome::of::<R>(result).with_rendering(shown)
}

pub(crate) fn without_pages(step: &Step) -> Result<(), String> {
    let paged = step.pages.is_some()
        || step.read_ahead.is_some()
        || step.take.is_some()
        || step.start_at.is_some();
    let streamed = step.stream || step.reconnects.is_some();
    match () {
        () if paged => Err(format!("`{}` has no pages", step.call)),
        () if streamed => Err(format!("`{}` gives nothing bit by bit", step.call)),
        () => Ok(()),
    }
}

/// Collects until the step has enough, or nothing comes any more.
macro_rules! collect {
    ($request:ty, $pages:expr, $step:expr, $next:ident => $how:expr, $show:expr) => {{
        let (mut $next, step) = ($pages, $step);
        if let Some(place) = &step.start_at {
            $next = $next.start_at(Cursor::new(place.clone()));
        }
        let (mut shown, mut places, mut failure) = (Vec::new(), Vec::new(), None);
        while step.take.is_none_or(|take| shown.len() < take) {
            match $how {
                Ok(Some(next)) => {
                    let (value, place) = $show(&next);
                    shown.push(value);
                    places.extend(place);
                }
                Ok(None) => break,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        Outcome::collected::<$request>(shown, places, failure)
    }};
}

/// How many requests were sent when each item or page was handed out.
struct Asked<'s> {
    /// `None` where nobody wants to know.
    under_way: Option<&'s UnderWay>,
    counts: RefCell<Vec<usize>>,
}

impl<'s> Asked<'s> {
    fn new(step: &'s Step) -> Self {
        let under_way = Some(&step.under_way).filter(|_| step.counts_requests());
        Self { under_way, counts: RefCell::default() }
    }

    /// Counts behind the next one. All that was sent is answered before the one after it is asked for: whoever
    /// reads too far ahead has what it takes to do so.
    async fn handed_out<T>(&self, next: T) -> T {
        if let Some(under_way) = self.under_way {
            self.counts.borrow_mut().push(under_way.begun());
            under_way.all_answered().await;
        }
        next
    }

    fn told(self, mut outcome: Outcome) -> Outcome {
        let mut counts = self.counts.into_inner();
        // The end is none that is handed out.
        let items = outcome.value.as_ref().and_then(|value| value.as_array().map(Vec::len));
        counts.truncate(items.unwrap_or_default());
        outcome.facts.insert("asked".to_owned(), counts.into());
        outcome
    }
}

pub(crate) async fn pages<R: ShownItem>(pages: Pages<R, Async>, step: &Step) -> Outcome {
    let (pages, asked) = (pages.read_ahead(step.read_ahead.unwrap_or_default()), Asked::new(step));
    let outcome = collect!(R, pages, step, next => asked.handed_out(next.try_next().await).await, |page: &clientwright_runtime::Page<R::Output>| {
        (R::output(page.body()), Some(Outcome::place(page)))
    });
    asked.told(outcome)
}

pub(crate) async fn items<R: ShownItem>(items: Items<R, Async>, step: &Step) -> Outcome {
    let (items, asked) = (items.read_ahead(step.read_ahead.unwrap_or_default()), Asked::new(step));
    let outcome = collect!(R, items, step, next => asked.handed_out(next.try_next().await).await, |item: &R::Item| (R::item(item), None));
    asked.told(outcome)
}

pub(crate) fn all_pages<R: ShownItem>(pages: Pages<R, Blocking>, step: &Step) -> Outcome {
    collect!(R, pages, step, next => next.next().transpose(), |page: &clientwright_runtime::Page<R::Output>| {
        (R::output(page.body()), Some(Outcome::place(page)))
    })
}

pub(crate) fn all_items<R: ShownItem>(items: Items<R, Blocking>, step: &Step) -> Outcome {
    collect!(R, items, step, next => next.next().transpose(), |item: &R::Item| (R::item(item), None))
}
