//! Issues, topics, instruments and labels.

use pyo3::prelude::*;

use super::corpus::{CorpusCore, known};
use super::error::detached;
use super::interrupt::interruptible;
use super::table::{Table, grid};
use crate::columns::{self, Kept};
use crate::error::Error;
use crate::link::{self, Codebook};

/// The crosswalk of issues.
#[pyfunction]
pub fn issues(py: Python<'_>, corpus: &CorpusCore) -> PyResult<Table> {
    corpus.table(py, |kept| columns::issues(&link::crosswalk(&kept.corpus)))
}

/// The crosswalk of topics.
#[pyfunction]
pub fn topics(py: Python<'_>, corpus: &CorpusCore) -> PyResult<Table> {
    corpus.table(py, |kept| columns::topics(&link::topic_crosswalk(&kept.corpus)))
}

/// The corpus with an edited crosswalk of issues or of topics.
#[pyfunction]
pub fn relink(corpus: &CorpusCore, table: &Bound<'_, PyAny>, name: &str) -> PyResult<CorpusCore> {
    let grid = grid(table, name)?;
    let kept = &corpus.0;
    let linked = detached(table.py(), || {
        let has = |column: &str| grid.names().any(|name| name == column);
        match (has("issue") && has("proposition"), has("topic") && has("section")) {
            (true, _) => link::relink(&kept.corpus, &columns::read_issues(&grid)?),
            (false, true) => link::retopic(&kept.corpus, &columns::read_topics(&grid)?),
            (false, false) => {
                let problem = "expected the columns issue and proposition, or topic and section".to_owned();
                Err(Error::Columns { table: name.to_owned(), problem })
            }
        }
    })?;
    Ok(Kept { corpus: linked, ..Kept::clone(kept) }.into())
}

/// A codebook that describes how the corpus is linked, as TOML.
#[pyfunction]
pub fn draft_codebook(py: Python<'_>, corpus: &CorpusCore) -> PyResult<String> {
    let kept = &corpus.0;
    detached(py, || Ok(Codebook::draft(&kept.corpus).to_toml()))
}

/// The instruments that positions are about.
#[pyfunction]
#[pyo3(signature = (corpus, table=None, name="instruments"))]
pub fn instruments(
    py: Python<'_>,
    corpus: &CorpusCore,
    table: Option<&Bound<'_, PyAny>>,
    name: &str,
) -> PyResult<Table> {
    let known = known(table.map(|table| (table, name)))?;
    corpus.table(py, |kept| columns::instruments(&link::instruments(&kept.corpus, &known).rows))
}

/// The corpus with the statements that are about one of `names`; `list` takes precedence over the texts.
#[pyfunction]
#[pyo3(signature = (corpus, names, list=None))]
pub fn about(
    py: Python<'_>,
    corpus: &CorpusCore,
    names: Vec<String>,
    list: Option<(Bound<'_, PyAny>, String)>,
) -> PyResult<CorpusCore> {
    let known = known(list.as_ref().map(|(table, name)| (table, name.as_str())))?;
    let kept = &corpus.0;
    let part = detached(py, || link::about(&kept.corpus, &names, &known))?;
    Ok(Kept { corpus: part, ..Kept::clone(kept) }.into())
}

/// The most similar labels of `right` for each of `left`.
#[pyfunction]
pub fn match_labels(py: Python<'_>, left: Vec<String>, right: Vec<String>, limit: usize) -> PyResult<Table> {
    interruptible(py, |stop| {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        columns::matches(&link::match_labels(&left, &right, limit, stop)?, &left, &right)
    })
    .map(Table::from)
}
