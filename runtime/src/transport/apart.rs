//! Reading that may block, where nothing else has to wait for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

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

/// Does this on a thread of its own: a transport of the app may run under any executor, or none. `None` if
/// it has panicked.
pub(crate) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    if cfg!(any(target_arch = "wasm32", clientwright_browser)) {
        return Some(work());
    }
    let cell = Arc::new(Mutex::new(Cell { given: None, over: false, waker: None }));
    let giver = Giver(Arc::clone(&cell));
    thread::spawn(move || giver.set(Some(work())));
    std::future::poll_fn(|cx| {
        let mut cell = cell.lock().unwrap_or_else(PoisonError::into_inner);
        if cell.over {
            return Poll::Ready(cell.given.take());
        }
        cell.waker = Some(cx.waker().clone());
        Poll::Pending
    })
    .await
}

/// Wakes a thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits on this thread until there is something.
pub(crate) fn waited_for<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(found) => return found,
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    fn run<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        waited_for(|cx| future.as_mut().poll(cx))
    }

    #[test]
    fn threads_are_waited_for() {
        assert_eq!(run(apart(|| 7)), Some(7));
        assert_eq!(run(apart(|| -> u8 { panic!("a test") })), None);
    }
}
