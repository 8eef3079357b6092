//! Networks of the statements of a table of positions.

use numpy::PyArray2;
use pyo3::prelude::*;

use super::error::detached;
use super::pair_scores::{rectangle, square};
use super::table::Table;
use crate::columns;
use crate::error::Result;
use crate::score::congruence::{Congruence, CongruenceOptions};
use crate::score::statements::Repeats;
use crate::score::two_mode::{TwoMode, TwoModeOptions};

/// What Python asks of a network.
#[derive(FromPyObject)]
pub struct NetworkOptions {
    #[pyo3(item)]
    kind: String,
    #[pyo3(item)]
    normalise: String,
    #[pyo3(item)]
    definition: String,
    #[pyo3(item)]
    duplicates: String,
    #[pyo3(item)]
    within: Option<String>,
}

impl NetworkOptions {
    pub fn options(self) -> Result<CongruenceOptions> {
        Ok(CongruenceOptions {
            kind: self.kind.parse()?,
            normalise: self.normalise.parse()?,
            definition: self.definition.parse()?,
            repeats: self.repeats()?,
        })
    }

    pub fn two_mode(self) -> Result<TwoModeOptions> {
        Ok(TwoModeOptions {
            kind: self.kind.parse()?,
            share: self.normalise.parse()?,
            definition: self.definition.parse()?,
            repeats: self.repeats()?,
        })
    }

    fn repeats(&self) -> Result<Repeats> {
        Ok(match (self.duplicates.as_str(), &self.within) {
            ("include", _) => Repeats::Every,
            ("once", within) => Repeats::Once(within.clone()),
            (period, by) => Repeats::OnceA(period.parse()?, by.clone().unwrap_or_else(|| "date".to_owned())),
        })
    }
}

/// The ties of every pair of a table.
#[pyclass(frozen, module = "standpunt._core")]
pub struct CongruenceCore {
    pub(super) network: Congruence,
}

#[pymethods]
impl CongruenceCore {
    fn frame(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::ties(&self.network)).map(Table::from)
    }

    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        square(py, self.network.actors.len(), self.network.matrix())
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.network.actors.clone()
    }
}

/// Actors and the concepts of which they speak.
#[pyclass(frozen, module = "standpunt._core")]
pub struct TwoModeCore {
    pub(super) network: TwoMode,
}

#[pymethods]
impl TwoModeCore {
    fn frame(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::two_mode(&self.network)).map(Table::from)
    }

    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let cells = self.network.cells.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect();
        rectangle(py, (self.network.actors.len(), self.network.concepts.len()), cells)
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.network.actors.clone()
    }

    #[getter]
    fn concepts(&self) -> Vec<String> {
        self.network.concepts.clone()
    }
}
