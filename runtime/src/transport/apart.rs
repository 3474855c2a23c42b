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

/// A timer that goes by the time of the machine under any executor, for what takes such time: a timer of a test may
/// end at once, before it can be done.
pub(crate) struct Alarm<'t> {
    of_transport: Option<&'t dyn Timer>,
}

impl<'t> Alarm<'t> {
    /// In place of the timer of a transport.
    pub(crate) fn in_place_of(of_transport: Option<&'t dyn Timer>) -> Self {
        Self { of_transport }
    }

    /// What to wait with: that of the transport where it goes by the machine itself, and costs no thread, and in
    /// browsers, where there are none.
    pub(crate) fn timer(&self) -> Option<&dyn Timer> {
        match self.of_transport {
            Some(timer) if timer.goes_by_the_machine() => Some(timer),
            timer if cfg!(any(target_arch = "wasm32", clientwright_browser)) => timer,
            _ => Some(self),
        }
    }
}

impl Timer for Alarm<'_> {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Dropped with this future, which ends the wait of the thread.
            let (_held, dropped) = mpsc::channel::<()>();
            if apart(move |_| dropped.recv_timeout(time)).await.is_ok() {
                return;
            }
            // There is no thread to be had. Another kind of time is better than none.
            match self.of_transport {
                Some(timer) => timer.sleep(time).await,
                None => std::future::pending().await,
            }
        })
    }

    fn goes_by_the_machine(&self) -> bool {
        true
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
        let alarm = Alarm::in_place_of(None);
        let alarm = alarm.timer().unwrap();
        run(alarm.sleep(Duration::from_millis(1)));
        let mut long = alarm.sleep(Duration::from_secs(3600));
        let deadline = Deadline::after(Duration::from_millis(1));
        assert_eq!(waited_for(deadline, |cx| long.as_mut().poll(cx)), None);
    }

    /// Ends at once.
    struct Quick {
        goes_by_the_machine: bool,
    }

    impl Timer for Quick {
        fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
            Box::pin(std::future::ready(()))
        }

        fn goes_by_the_machine(&self) -> bool {
            self.goes_by_the_machine
        }
    }

    #[test]
    fn no_thread_is_taken_where_the_timer_of_the_transport_will_do() {
        for goes_by_the_machine in [true, false] {
            let quick = Quick { goes_by_the_machine };
            let alarm = Alarm::in_place_of(Some(&quick));
            let mut slept = alarm.timer().unwrap().sleep(Duration::from_secs(3600));
            let slept = slept.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(slept.is_ready(), goes_by_the_machine);
        }
    }

    #[test]
    fn nothing_is_waited_for_longer_than_it_may_take() {
        let deadline = Deadline::after(Duration::from_millis(1));
        assert_eq!(waited_for(deadline, |_| Poll::<u8>::Pending), None);
        assert_eq!(waited_for(deadline, |_| Poll::Ready(7)), Some(7));
        assert!(Deadline::after(Duration::MAX).is_none());
    }
}
