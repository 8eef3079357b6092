//! The one gate between the core and Python: errors to exceptions, panics to `InternalError`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use super::pool;
use crate::error::Error;

/// Runs `work` without the interpreter's lock; an error or a panic becomes an exception.
pub fn detached<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send,
    F: Send + FnOnce() -> Result<T, Error>,
{
    outcome(py, py.detach(|| catch_unwind(AssertUnwindSafe(|| pool::run(work)))))
}

/// What work came to: its value, or an exception for an error or a panic.
pub fn outcome<T>(py: Python<'_>, result: std::thread::Result<Result<T, Error>>) -> PyResult<T> {
    match result {
        Ok(result) => result.map_err(|error| exception(py, &error)),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            let message = format!("internal error: {text}; please report it with the input that led to it");
            Err(raise(py, "InternalError", (message,)))
        }
    }
}

/// The exception of an error of the core.
pub fn exception(py: Python<'_>, error: &Error) -> PyErr {
    let message = error.to_string();
    match error {
        Error::Cell { row, column, .. } => raise(py, "InputError", (message, row.number(), column.as_str())),
        Error::Decode { .. } | Error::Format { .. } | Error::Lexicon { .. } => raise(py, "FormatError", (message,)),
        Error::Choice { what, .. } if what == "language" => raise(py, "LanguageError", (message,)),
        Error::File { kind, .. } => PyErr::from(std::io::Error::new(*kind, message)),
        Error::Limit { .. } | Error::Memory { .. } | Error::TooLarge { .. } => raise(py, "LimitError", (message,)),
        _ => raise(py, "InputError", (message,)),
    }
}

fn raise<'py, A>(py: Python<'py>, class: &str, arguments: A) -> PyErr
where
    A: pyo3::call::PyCallArgs<'py>,
{
    let made = py.import("standpunt.errors").and_then(|errors| errors.getattr(class)).and_then(|c| c.call1(arguments));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Sets how many threads every later call works on; 0 for one per processor.
///
/// # Errors
/// `InputError` for more than 1024.
#[pyfunction]
pub fn set_threads(py: Python<'_>, threads: usize) -> PyResult<()> {
    pool::want(threads).map_err(|error| exception(py, &error))
}

/// Panics inside the gate, so that a test sees what a fault of the core becomes.
///
/// # Errors
/// Always `InternalError`.
#[pyfunction]
pub fn provoke_internal_error(py: Python<'_>) -> PyResult<()> {
    detached(py, || std::panic::resume_unwind(Box::new("provoked")))
}
