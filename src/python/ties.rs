//! Networks of scores across the border.

use pyo3::prelude::*;

use super::error::detached;
use super::table::Table;
use crate::columns;
use crate::render::network_xml;
use crate::score::networks::ties::Ties;

/// A score for every pair of actors, as a network.
#[pyclass(frozen, module = "standpunt._core")]
pub struct TiesCore {
    ties: Ties,
}

impl From<Ties> for TiesCore {
    fn from(ties: Ties) -> TiesCore {
        TiesCore { ties }
    }
}

#[pymethods]
impl TiesCore {
    fn edges(&self, py: Python<'_>, threshold: Option<f64>, backbone: Option<f64>) -> PyResult<Table> {
        detached(py, || columns::edges(&self.ties, &self.ties.edges(threshold, backbone)?)).map(Table::from)
    }

    fn tree(&self, py: Python<'_>, linkage: &str) -> PyResult<(Table, usize)> {
        detached(py, || {
            let tree = self.ties.tree(linkage.parse()?);
            Ok((columns::joins(&self.ties.actors, &tree)?, tree.unknown))
        })
        .map(|(joins, unknown)| (Table::from(joins), unknown))
    }

    fn camps(&self, py: Python<'_>, number: usize, linkage: &str) -> PyResult<Table> {
        detached(py, || columns::camps(&self.ties.actors, &self.ties.camps(number, linkage.parse()?)?)).map(Table::from)
    }

    fn between(&self, py: Python<'_>, camps: Vec<(String, Vec<String>)>) -> PyResult<Table> {
        detached(py, || columns::between(&self.ties.between(&camps)?)).map(Table::from)
    }

    fn places(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || {
            let (known, map) = self.ties.places();
            let actors: Vec<String> = known.into_iter().map(|actor| self.ties.actors[actor].clone()).collect();
            columns::places(&actors, &map)
        })
        .map(Table::from)
    }

    /// The network as XML; `camps` is how many, and by which linkage, every actor is told its camp of.
    fn xml(
        &self,
        py: Python<'_>,
        format: &str,
        threshold: Option<f64>,
        backbone: Option<f64>,
        camps: Option<(usize, String)>,
    ) -> PyResult<String> {
        detached(py, || {
            let camps = camps.map(|(number, by)| self.ties.camps(number, by.parse()?)).transpose()?;
            network_xml(&self.ties, &self.ties.edges(threshold, backbone)?, camps.as_deref(), format.parse()?)
        })
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.ties.actors.clone()
    }

    #[getter]
    fn measure(&self) -> String {
        self.ties.measure.clone()
    }
}
