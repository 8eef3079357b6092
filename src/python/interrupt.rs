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

/// Lets Python show how far the work is; `watch` is what it shows it with, made on the first look where nobody gave it.
fn show<'py>(py: Python<'py>, watch: &mut Option<Bound<'py, PyAny>>, stop: &Stop) -> PyResult<()> {
    let (done, expected) = stop.progress();
    if expected == 0 {
        return Ok(());
    }
    let watch = match watch {
        Some(watch) => watch,
        None => watch.insert(py.import("standpunt.progress")?.getattr("Watch")?.call0()?),
    };
    watch.call_method1("look", (done, expected)).map(drop)
}

/// Runs `work` beside the interpreter, which looks for signals and shows progress meanwhile; a signal whose handler
/// raises sets the flag that `work` has to look at every few milliseconds. What was done until then
/// is dropped.
pub fn interruptible<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send,
    F: Send + FnOnce(&Stop) -> Result<T>,
{
    watched(py, None, work)
}

/// As [`interruptible`], its progress shown by this `standpunt.progress.Watch` where there is one.
pub fn watched<T, F>(py: Python<'_>, watch: Option<Bound<'_, PyAny>>, work: F) -> PyResult<T>
where
    T: Send,
    F: Send + FnOnce(&Stop) -> Result<T>,
{
    let stop = Stop::default();
    let (done, ended) = (Mutex::new(None), Condvar::new());
    let raised = pool::beside(
        || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&stop)));
            *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            ended.notify_all();
        },
        || {
            let wait = || {
                let guard = done.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = ended.wait_timeout_while(guard, SLICE, |done| done.is_none());
                waited.unwrap_or_else(PoisonError::into_inner).0.is_some()
            };
            let (mut raised, mut watch) = (None, watch);
            while !py.detach(wait) {
                if raised.is_none()
                    && let Err(error) = py.check_signals().and_then(|()| show(py, &mut watch, &stop))
                {
                    stop.set();
                    raised = Some(error);
                }
            }
            if raised.is_none() && watch.is_some() {
                raised = show(py, &mut watch, &stop).err();
            }
            let closed = watch.map_or(Ok(()), |watch| watch.call_method0("close").map(drop));
            raised.or(closed.err())
        },
    );
    let result = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    match (raised, result) {
        (Some(error), _) => Err(error),
        (None, Some(result)) => outcome(py, result),
        (None, None) => outcome(py, Err(Box::new("the work did not end"))),
    }
}
