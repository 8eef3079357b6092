//! Users' language files across the border.

use std::sync::Arc;

use pyo3::prelude::*;

use super::error::exception;
use super::interrupt::interruptible;
use super::table::Table;
use crate::columns;
use crate::lexicon::{Lexicon, check};
use crate::read::usage;

/// The languages that reports are read in.
#[pyclass(frozen, module = "standpunt._core")]
pub struct Languages(pub Arc<Lexicon>);

#[pymethods]
impl Languages {
    /// The standard ones, with the texts of users' files laid over them; each a name and a text.
    #[new]
    fn new(py: Python<'_>, files: Vec<(String, String)>) -> PyResult<Languages> {
        let made = if files.is_empty() { Lexicon::standard() } else { Lexicon::with(&files) };
        made.map(Languages).map_err(|error| exception(py, &error))
    }

    /// Each language's code and version.
    #[getter]
    pub fn versions(&self) -> String {
        let versions = self.0.versions().map(|(code, version)| format!("{code} {version}"));
        versions.collect::<Vec<_>>().join(", ")
    }
}

/// Every entry of a language file, what is wrong with it and how often it stands in the texts.
#[pyfunction]
pub fn check_lexicon(py: Python<'_>, text: String, name: String, texts: Vec<String>) -> PyResult<Table> {
    let batch = interruptible(py, |stop| {
        let entries = check(&text, &name)?;
        let counts = if entries.iter().any(|entry| entry.problem.is_some()) {
            None
        } else {
            let code = crate::lexicon::LanguageFile::parse(&text, &name)?.language;
            let language = Lexicon::with(&[(name.clone(), text.clone())])?.language(&code)?;
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            Some(usage(&entries, &language, &texts, stop)?)
        };
        columns::lexicon(&entries, counts.as_deref())
    });
    batch.map(Table::from)
}
