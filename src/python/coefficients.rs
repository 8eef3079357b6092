//! Coefficients of arrays and counts, without a table.

use numpy::PyReadonlyArray2;
use pyo3::prelude::*;

use super::error::{detached, exception};
use super::positions::cells_of;
use super::table::Table;
use crate::columns;
use crate::error::{Error, Result};
use crate::score::advice::{PolicyVotes, group_consensus as consensus_of_groups};
use crate::score::cohesion::Cohesion;
use crate::score::consensus::{self, Consensus};
use crate::score::raters::alpha::AlphaTally;
use crate::score::raters::reliability::{self, Coefficient, Reliability};
use crate::score::table::Part;

/// Krippendorff's alpha of raters × units of numbers: value, observed, expected, units, values.
type AlphaParts = (Option<f64>, f64, f64, u64, u64);

fn alpha_parts(tally: &AlphaTally) -> AlphaParts {
    let alpha = tally.alpha();
    (alpha.value, alpha.observed, alpha.expected, alpha.units, alpha.values)
}

/// Alpha of an array of numbers, NaN where there is none.
#[pyfunction]
pub fn alpha_of_numbers(py: Python<'_>, array: PyReadonlyArray2<'_, f64>, metric: &str) -> PyResult<AlphaParts> {
    let rows = array.as_array().nrows();
    let values = cells_of(&array);
    detached(py, || Ok(alpha_parts(&AlphaTally::of_values(&values, rows, metric.parse()?, None)?)))
}

/// Alpha of an array of small whole numbers, of which `missing` stand for none.
#[pyfunction]
pub fn alpha_of_bytes(
    py: Python<'_>,
    array: PyReadonlyArray2<'_, i8>,
    metric: &str,
    missing: Vec<i8>,
) -> PyResult<AlphaParts> {
    let rows = array.as_array().nrows();
    let values = cells_of(&array);
    detached(py, || Ok(alpha_parts(&AlphaTally::of_bytes(&values, rows, metric.parse()?, &missing)?)))
}

/// The cohesion of counts of votes.
#[pyfunction]
pub fn cohesion_of_counts(py: Python<'_>, yes: f64, no: f64, abstain: f64, measure: &str) -> PyResult<Option<f64>> {
    for (name, count) in [("yes", yes), ("no", no), ("abstain", abstain)] {
        if !(count.is_finite() && count >= 0.0) {
            let expected = "a count of at least 0".to_owned();
            return Err(exception(py, &Error::Option { name, got: count.to_string(), expected }));
        }
    }
    let measure: Cohesion = measure.parse().map_err(|error| exception(py, &error))?;
    Ok(measure.of(yes, no, abstain))
}

/// The coefficients of raters × units of numbers, NaN where there is none.
#[pyfunction]
pub fn reliability_of_numbers(py: Python<'_>, array: PyReadonlyArray2<'_, f64>, weights: &str) -> PyResult<Table> {
    let rows = array.as_array().nrows();
    let values = cells_of(&array);
    reliabilities(py, || reliability::reliability_of_values(&values, rows, weights.parse()?))
}

/// The coefficients of raters × units of small whole numbers, of which `missing` stand for none.
#[pyfunction]
pub fn reliability_of_bytes(
    py: Python<'_>,
    array: PyReadonlyArray2<'_, i8>,
    weights: &str,
    missing: Vec<i8>,
) -> PyResult<Table> {
    let rows = array.as_array().nrows();
    let values = cells_of(&array);
    reliabilities(py, || reliability::reliability_of_bytes(&values, rows, &missing, weights.parse()?))
}

fn reliabilities(
    py: Python<'_>,
    found: impl FnOnce() -> Result<Vec<(Coefficient, Reliability)>> + Send,
) -> PyResult<Table> {
    let whole = Part { key: Vec::new(), units: Vec::new() };
    detached(py, || columns::reliabilities(&[], &[(whole, found()?)])).map(Table::from)
}

/// How far counts on an ordered scale stand together.
#[pyfunction]
pub fn consensus_of_counts(py: Python<'_>, counts: Vec<f64>, measure: &str) -> PyResult<Option<f64>> {
    detached(py, || measure.parse::<Consensus>()?.of(&counts))
}

/// The polarisation of groups.
#[pyfunction]
pub fn esteban_ray(py: Python<'_>, shares: Vec<f64>, positions: Vec<f64>, alpha: f64) -> PyResult<Option<f64>> {
    detached(py, || consensus::esteban_ray(&shares, &positions, alpha))
}

/// The agreement of a member with a policy; each pair of counts is ordinary, strong.
#[pyfunction]
pub fn policy_agreement(py: Python<'_>, same: [f64; 2], differ: [f64; 2], absent: [f64; 2]) -> PyResult<Option<f64>> {
    detached(py, || PolicyVotes { same, differ, absent }.agreement())
}

/// The consensus of groups on one statement: in agreement, votes.
#[pyfunction]
pub fn group_consensus(py: Python<'_>, groups: Vec<(f64, f64)>, pooling: &str) -> PyResult<Option<f64>> {
    detached(py, || consensus_of_groups(&groups, pooling.parse()?))
}
