//! Reading that may block, where nothing else has to wait for it.

use super::{BoxFuture, Timer};
use std::io;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// What a thread will give.
struct Cell<T> {
    given: Option<T>,
    /// Whether nothing more will be given: the thread has panicked.
    over: bool,
    waker: Option<Waker>,
}

/// Gives what a thread has made, or says that it will not.
struct Giver<T>(Arc<Mutex<Cell<T>>>);

impl<T> Giver<T> {
    fn set(&self, given: Option<T>) {
        let mut cell = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cell.given = cell.given.take().or(given);
        cell.over = true;
        let waker = cell.waker.take();
        drop(cell);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<T> Drop for Giver<T> {
    fn drop(&mut self) {
        self.set(None);
    }
}

/// Whether somebody still waits for what a thread makes.
pub(crate) type Awaited<'a> = &'a dyn Fn() -> bool;

/// Does this on a thread of its own: a transport of the app may run under any executor, or none. The work
/// is told whether its future was dropped, since nothing else ends it then.
///
/// # Errors
/// There is no thread to be had, or it has panicked.
pub(crate) async fn apart<T: Send + 'static>(
    work: impl FnOnce(Awaited<'_>) -> T + Send + 'static,
) -> io::Result<T> {
    if cfg!(any(target_arch = "wasm32", clientwright_browser)) {
        return Ok(work(&|| true));
    }
    let cell = Arc::new(Mutex::new(Cell { given: None, over: false, waker: None }));
    let giver = Giver(Arc::clone(&cell));
    // The other one of the two is here.
    let thread = move || {
        let made = work(&|| Arc::strong_count(&giver.0) > 1);
        giver.set(Some(made));
    };
    thread::Builder::new().spawn(thread)?;
    let made = std::future::poll_fn(|cx| {
        let mut cell = cell.lock().unwrap_or_else(PoisonError::into_inner);
        if cell.over {
            return Poll::Ready(cell.given.take());
        }
        cell.waker = Some(cx.waker().clone());
        Poll::Pending
    });
    made.await.ok_or_else(|| io::Error::other("the thread for it has panicked"))
}

/// A timer that goes by the time of the machine under any executor, for what threads do: a timer of a test may
/// end at once, and they are not done by then. In browsers there are none of either.
pub(crate) fn timer() -> Option<&'static dyn Timer> {
    if cfg!(any(target_arch = "wasm32", clientwright_browser)) { None } else { Some(&Alarm) }
}

struct Alarm;

impl Timer for Alarm {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Dropped with this future, which ends the wait of the thread.
            let (_held, dropped) = mpsc::channel::<()>();
            if apart(move |_| dropped.recv_timeout(time)).await.is_err() {
                // There is no thread to be had, and whatever else wants one fails.
                std::future::pending::<()>().await;
            }
        })
    }
}

/// When a wait is over, by the clock that threads sleep by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// The end of this time, which begins now; `None` where nobody lives to see it.
    pub(crate) fn after(time: Duration) -> Option<Self> {
        Instant::now().checked_add(time).map(Self)
    }

    /// What is left until then; `None` when it is over.
    pub(crate) fn left(self) -> Option<Duration> {
        Some(self.0.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
    }
}

/// Wakes a thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits on this thread until there is something; `None` if there is nothing in time.
pub(crate) fn waited_for<T>(
    deadline: Option<Deadline>,
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
) -> Option<T> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        if let Poll::Ready(found) = poll(&mut Context::from_waker(&waker)) {
            return Some(found);
        }
        match deadline {
            None => thread::park(),
            Some(deadline) => thread::park_timeout(deadline.left()?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    fn run<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        waited_for(None, |cx| future.as_mut().poll(cx)).unwrap()
    }

    #[test]
    fn threads_are_waited_for() {
        assert_eq!(run(apart(|_| 7)).unwrap(), 7);
        let error = run(apart(|_| -> u8 { panic!("a test") })).unwrap_err();
        assert_eq!(error.to_string(), "the thread for it has panicked");
    }

    #[test]
    fn an_alarm_goes_off_and_can_be_put_away() {
        let alarm = timer().unwrap();
        run(alarm.sleep(Duration::from_millis(1)));
        let mut long = alarm.sleep(Duration::from_secs(3600));
        let deadline = Deadline::after(Duration::from_millis(1));
        assert_eq!(waited_for(deadline, |cx| long.as_mut().poll(cx)), None);
    }

    #[test]
    fn nothing_is_waited_for_longer_than_it_may_take() {
        let deadline = Deadline::after(Duration::from_millis(1));
        assert_eq!(waited_for(deadline, |_| Poll::<u8>::Pending), None);
        assert_eq!(waited_for(deadline, |_| Poll::Ready(7)), Some(7));
        assert!(Deadline::after(Duration::MAX).is_none());
    }
}
