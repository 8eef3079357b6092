//! Tallies: what scores are made of, to be merged and kept.

use numpy::PyArray2;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::error::detached;
use super::pair_scores::square;
use super::table::{Table, bytes};
use crate::columns;
use crate::score::cohesion::Cohesion;
use crate::score::cohesion_tally::CohesionTally;
use crate::score::pairs::tally::PairTally;
use crate::score::raters::alpha::AlphaTally;

/// The tally of every pair of actors.
#[pyclass(frozen, eq, module = "standpunt._core")]
#[derive(PartialEq)]
pub struct PairTallyCore {
    tally: PairTally,
}

impl From<PairTally> for PairTallyCore {
    fn from(tally: PairTally) -> PairTallyCore {
        PairTallyCore { tally }
    }
}

#[pymethods]
impl PairTallyCore {
    fn merge(&self, py: Python<'_>, other: &PairTallyCore) -> PyResult<PairTallyCore> {
        detached(py, || self.tally.clone().merge(other.tally.clone())).map(PairTallyCore::from)
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        detached(py, || Ok(self.tally.to_bytes())).and_then(|data| bytes(py, &data))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8], name: &str) -> PyResult<PairTallyCore> {
        detached(py, || PairTally::from_bytes(name, data)).map(PairTallyCore::from)
    }

    fn frame(&self, py: Python<'_>, min_shared: u32) -> PyResult<Table> {
        detached(py, || columns::tally_scores(&self.tally, min_shared)).map(Table::from)
    }

    fn matrix<'py>(&self, py: Python<'py>, min_shared: u32) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let values = detached(py, || self.tally.matrix(min_shared))?;
        square(py, self.tally.actors().len(), values)
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.tally.actors().to_vec()
    }

    #[getter]
    fn measure(&self) -> &str {
        self.tally.measure()
    }

    fn __len__(&self) -> usize {
        self.tally.shared().len()
    }
}

/// The tally of alpha.
#[pyclass(frozen, eq, module = "standpunt._core")]
#[derive(PartialEq)]
pub struct AlphaTallyCore {
    tally: AlphaTally,
}

impl From<AlphaTally> for AlphaTallyCore {
    fn from(tally: AlphaTally) -> AlphaTallyCore {
        AlphaTallyCore { tally }
    }
}

#[pymethods]
impl AlphaTallyCore {
    fn merge(&self, py: Python<'_>, other: &AlphaTallyCore) -> PyResult<AlphaTallyCore> {
        detached(py, || self.tally.clone().merge(other.tally.clone())).map(AlphaTallyCore::from)
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        bytes(py, &self.tally.to_bytes())
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8], name: &str) -> PyResult<AlphaTallyCore> {
        detached(py, || AlphaTally::from_bytes(name, data)).map(AlphaTallyCore::from)
    }

    /// Alpha, observed and expected disagreement, issues and values.
    fn parts(&self) -> (Option<f64>, f64, f64, u64, u64) {
        let alpha = self.tally.alpha();
        (alpha.value, alpha.observed, alpha.expected, alpha.units, alpha.values)
    }
}

/// The tally of the votes of groups.
#[pyclass(frozen, eq, module = "standpunt._core")]
#[derive(PartialEq)]
pub struct CohesionTallyCore {
    tally: CohesionTally,
}

impl From<CohesionTally> for CohesionTallyCore {
    fn from(tally: CohesionTally) -> CohesionTallyCore {
        CohesionTallyCore { tally }
    }
}

#[pymethods]
impl CohesionTallyCore {
    fn merge(&self, py: Python<'_>, other: &CohesionTallyCore) -> PyResult<CohesionTallyCore> {
        detached(py, || self.tally.clone().merge(other.tally.clone())).map(CohesionTallyCore::from)
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        detached(py, || Ok(self.tally.to_bytes())).map(|bytes| PyBytes::new(py, &bytes))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8], name: &str) -> PyResult<CohesionTallyCore> {
        detached(py, || CohesionTally::from_bytes(name, data)).map(CohesionTallyCore::from)
    }

    /// One row an issue where `by` is None, else one a part.
    fn frame(&self, py: Python<'_>, measure: &str, by: Option<Vec<String>>) -> PyResult<Table> {
        detached(py, || {
            let measure: Cohesion = measure.parse()?;
            match by {
                Some(by) => columns::cohesion_of_parts(&by, measure.as_str(), &self.tally.means(measure, &by)?),
                None => columns::cohesion_of_issues(&self.tally.units(), measure.as_str(), &self.tally.votes(measure)),
            }
        })
        .map(Table::from)
    }

    #[getter]
    fn groups(&self) -> Vec<String> {
        self.tally.groups().to_vec()
    }

    fn __len__(&self) -> usize {
        self.tally.units().len()
    }
}
