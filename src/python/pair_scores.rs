//! Scores of pairs of a table of positions.

use numpy::PyArray2;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::error::detached;
use super::interrupt::interruptible;
use super::table::{Table, bytes};
use super::ties::TiesCore;
use crate::columns;
use crate::error::Result;
use crate::score::pairs::bootstrap::Bootstrap;
use crate::score::pairs::tally::Tallied;
use crate::score::pairs::{PairOptions, PairScores};

/// What Python asks of the scores of pairs.
#[derive(FromPyObject)]
pub struct ScoreOptions {
    #[pyo3(item)]
    by: Vec<String>,
    #[pyo3(item)]
    actors: Option<Vec<String>>,
    #[pyo3(item)]
    measure: String,
    #[pyo3(item)]
    distance: String,
    #[pyo3(item)]
    salience: Option<String>,
    #[pyo3(item)]
    min_shared: u32,
    #[pyo3(item)]
    pub bootstrap: usize,
    #[pyo3(item)]
    seed: u64,
    #[pyo3(item)]
    level: f64,
    #[pyo3(item)]
    interval: String,
}

impl ScoreOptions {
    pub fn options(self) -> Result<PairOptions> {
        let interval = self.interval.parse()?;
        let bootstrap = Bootstrap { replicates: self.bootstrap, seed: self.seed, level: self.level, interval };
        Ok(PairOptions {
            by: self.by,
            actors: self.actors,
            measure: self.measure.parse()?,
            distance: self.distance.parse()?,
            salience: self.salience.map(|word| word.parse()).transpose()?,
            min_shared: self.min_shared,
            bootstrap: (self.bootstrap > 0).then_some(bootstrap),
        })
    }
}

/// What Python asks of a tally.
#[derive(FromPyObject)]
pub struct TallyOptions {
    #[pyo3(item)]
    measure: String,
    #[pyo3(item)]
    distance: String,
    #[pyo3(item)]
    salience: Option<String>,
}

impl TallyOptions {
    pub fn tallied(&self) -> Result<Tallied> {
        let salience = self.salience.as_deref().map(str::parse).transpose()?;
        Ok(Tallied { measure: self.measure.parse()?, distance: self.distance.parse()?, salience })
    }
}

/// The scores of every pair of a table.
#[pyclass(frozen, module = "standpunt._core")]
pub struct PairScoresCore {
    pub(super) scores: PairScores,
}

#[pymethods]
impl PairScoresCore {
    fn frame(&self, py: Python<'_>) -> PyResult<Table> {
        interruptible(py, |stop| columns::pair_scores(&self.scores, stop)).map(Table::from)
    }

    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let rows = self.scores.table.actors().len();
        let values = detached(py, || self.scores.matrix())?;
        square(py, rows, values)
    }

    fn ties(&self, py: Python<'_>) -> PyResult<TiesCore> {
        detached(py, || self.scores.ties()).map(TiesCore::from)
    }

    fn explain(&self, py: Python<'_>, actor_a: &str, actor_b: &str) -> PyResult<Table> {
        detached(py, || columns::unit_shares(&self.scores.table, &self.scores.explain(actor_a, actor_b)?))
            .map(Table::from)
    }

    /// The table that was scored, as [`PositionsCore`](super::positions::PositionsCore) stores it.
    fn to_stored<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        detached(py, || Ok(self.scores.table.to_bytes())).and_then(|data| bytes(py, &data))
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.scores.table.actors().to_vec()
    }

    fn __len__(&self) -> usize {
        self.scores.parts.iter().map(|part| part.tally.shared().len()).sum()
    }
}

/// A square array of values that stand row by row.
pub fn square(py: Python<'_>, rows: usize, values: Vec<f64>) -> PyResult<Bound<'_, PyArray2<f64>>> {
    rectangle(py, (rows, rows), values)
}

/// An array of that shape of values that stand row by row.
pub fn rectangle(py: Python<'_>, shape: (usize, usize), values: Vec<f64>) -> PyResult<Bound<'_, PyArray2<f64>>> {
    let array = numpy::ndarray::Array2::from_shape_vec(shape, values);
    let array = array.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
    Ok(PyArray2::from_owned_array(py, array))
}
