//! Long work that Ctrl-C ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;

use super::error::outcome;
use super::pool;
use crate::error::Result;
use crate::stop::Stop;

/// How long Python waits before it looks for signals again.
const SLICE: Duration = Duration::from_millis(20);

/// Runs `work` beside the interpreter, which looks for signals meanwhile; a signal whose handler
/// raises sets the flag that `work` has to look at every few milliseconds. What was done until then
/// is dropped.
pub fn interruptible<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send,
    F: Send + FnOnce(&Stop) -> Result<T>,
{
    let stop = Stop::default();
    let (done, ended) = (Mutex::new(false), Condvar::new());
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let result = catch_unwind(AssertUnwindSafe(|| pool::run(|| work(&stop))));
            *done.lock().unwrap_or_else(PoisonError::into_inner) = true;
            ended.notify_all();
            result
        });
        let wait = || {
            let guard = done.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = ended.wait_timeout_while(guard, SLICE, |done| !*done);
            *waited.unwrap_or_else(PoisonError::into_inner).0
        };
        let mut raised = None;
        while !py.detach(wait) {
            if let (None, Err(error)) = (&raised, py.check_signals()) {
                stop.set();
                raised = Some(error);
            }
        }
        let result = worker.join().and_then(|result| result);
        match raised {
            Some(error) => Err(error),
            None => outcome(py, result),
        }
    })
}
