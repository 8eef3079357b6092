//! Networks of the statements of a table of positions.

use std::sync::Arc;

use numpy::PyArray2;
use pyo3::prelude::*;

use super::error::detached;
use super::interrupt::interruptible;
use super::pair_scores::{rectangle, square};
use super::table::Table;
use super::ties::TiesCore;
use crate::columns;
use crate::error::Result;
use crate::score::networks::congruence::{Congruence, CongruenceOptions};
use crate::score::networks::polarisation::{PolarisationOptions, polarisation};
use crate::score::networks::statements::Repeats;
use crate::score::networks::two_mode::{TwoMode, TwoModeOptions};
use crate::score::table::Table as Positions;

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
    pub(super) table: Arc<Positions>,
}

#[pymethods]
impl CongruenceCore {
    fn frame(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::ties(&self.network)).map(Table::from)
    }

    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        square(py, self.network.actors.len(), self.network.matrix())
    }

    fn ties(&self) -> TiesCore {
        self.network.ties().into()
    }

    /// Camps, misfit, misfit of the worst split, and whether every split was looked at.
    fn polarisation(
        &self,
        py: Python<'_>,
        camps: usize,
        balanced: bool,
        seed: u64,
    ) -> PyResult<(Table, f64, f64, bool)> {
        let options = PolarisationOptions { camps, balanced, seed };
        interruptible(py, |stop| {
            let found = polarisation(&self.table, &self.network.options, &options, stop)?;
            Ok((columns::polarised(&found)?, found.misfit, found.worst, found.exact))
        })
        .map(|(camps, misfit, worst, exact)| (Table::from(camps), misfit, worst, exact))
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
