//! How documents are opened: their format, their limits, and what reads PDF.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;

use super::error::exception;
use super::table;
use crate::document::{Limits, Opening, TextLayer};
use crate::error::Error;

/// An exception of Python's that ends the reading; the first one counts.
pub type Raised = Arc<Mutex<Option<PyErr>>>;

/// The options with which documents are opened.
#[pyclass(frozen, module = "standpunt._core")]
pub struct Documents {
    opening: Opening,
    /// Whether documents that are no reports are coded too.
    pub lookalikes: bool,
    pages: Py<PyAny>,
}

#[pymethods]
impl Documents {
    /// `pages` takes a PDF's bytes and gives the text of each of its pages.
    #[new]
    fn new(
        py: Python<'_>,
        reader: Option<&str>,
        limits: Vec<(String, u64)>,
        lookalikes: bool,
        pages: Py<PyAny>,
    ) -> PyResult<Documents> {
        let format = reader.map(str::parse).transpose().map_err(|error| exception(py, &error))?;
        let limits = limits.iter().try_fold(Limits::default(), |all, (name, most)| all.with(name, *most));
        let limits = limits.map_err(|error| exception(py, &error))?;
        Ok(Documents { opening: Opening { format, limits, ..Opening::default() }, lookalikes, pages })
    }
}

impl Documents {
    /// The options with an encoding; an exception that is not about the file itself goes to `raised`.
    pub fn opening(&self, py: Python<'_>, encoding: Option<String>, raised: &Raised) -> Opening {
        let (pages, raised) = (self.pages.clone_ref(py), raised.clone());
        let layer: TextLayer = Arc::new(move |bytes, file| {
            Python::attach(|py| {
                let given = table::bytes(py, bytes).and_then(|bytes| pages.call1(py, (bytes,)));
                given
                    .and_then(|given| given.extract::<Vec<String>>(py))
                    .map_err(|error| failure(py, error, file, &raised))
            })
        });
        Opening { encoding, pdf: Some(layer), ..self.opening.clone() }
    }
}

/// A `FormatError` is about the file; whatever else is raised ends the reading.
fn failure(py: Python<'_>, error: PyErr, file: &str, raised: &Raised) -> Error {
    let class = py.import("standpunt.errors").and_then(|errors| errors.getattr("FormatError"));
    if class.is_ok_and(|class| error.is_instance(py, &class)) {
        return Error::Format { file: file.to_owned(), problem: error.value(py).to_string() };
    }
    raised.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    Error::Stopped
}
