//! Networks of the statements of a table of positions.

use numpy::PyArray2;
use pyo3::prelude::*;

use super::error::detached;
use super::pair_scores::square;
use super::table::Table;
use crate::columns;
use crate::error::Result;
use crate::score::congruence::{Congruence, CongruenceOptions};
use crate::score::statements::Repeats;

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
    once: bool,
    #[pyo3(item)]
    within: Option<String>,
}

impl NetworkOptions {
    pub fn options(self) -> Result<CongruenceOptions> {
        Ok(CongruenceOptions {
            kind: self.kind.parse()?,
            normalise: self.normalise.parse()?,
            definition: self.definition.parse()?,
            repeats: if self.once { Repeats::Once(self.within) } else { Repeats::Every },
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
