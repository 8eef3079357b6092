//! Council rules without a corpus.

use jiff::civil::Date;
use pyo3::prelude::*;

use super::error::{detached, exception};
use super::table::Table;
use crate::columns;
use crate::council::{Favour, Majority, PowerIndex, Rule, majority as decide, power as power_of};
use crate::error::{Error, Result};
use crate::lexicon::PopulationTables;
use crate::model::{Actor, Roster};

/// What a side decides.
#[pyclass(frozen, module = "standpunt._core")]
pub struct MajorityCore(Majority);

#[pymethods]
impl MajorityCore {
    #[getter]
    fn verdict(&self) -> &'static str {
        self.0.verdict.as_str()
    }

    #[getter]
    fn probability(&self) -> f64 {
        self.0.probability
    }

    fn pivotal(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::pivotal(&self.0.pivotal)).map(Table::from)
    }
}

/// What a side of `lo` to `hi` members in favour decides, everyone else not being in favour.
#[pyfunction]
pub fn majority(
    py: Python<'_>,
    named: Vec<String>,
    sizes: (i64, i64),
    excluded: Vec<String>,
    rule: &str,
    date: &str,
) -> PyResult<MajorityCore> {
    let (rule, date) = (rule.to_owned(), date.to_owned());
    detached(py, move || {
        let [lo, hi] = [("lo", sizes.0), ("hi", sizes.1)].map(|(name, size)| {
            let expected = "a number of members, from 0".to_owned();
            usize::try_from(size).map_err(|_| Error::Option { name, got: size.to_string(), expected })
        });
        let favour = Favour { named: actors(&named), excluded: actors(&excluded), lo: lo?, hi: hi? };
        decide(&favour, rule.parse::<Rule>()?, day(&date)?, &PopulationTables::standard())
    })
    .map(MajorityCore)
}

/// The codes of the member states on a day.
#[pyfunction]
pub fn members(py: Python<'_>, date: &str) -> PyResult<Vec<String>> {
    let roster = day(date).and_then(Roster::eu).map_err(|error| exception(py, &error))?;
    Ok(roster.actors().iter().map(Actor::to_string).collect())
}

/// The power of every member state on a day.
#[pyfunction]
pub fn power(py: Python<'_>, index: &str, date: &str) -> PyResult<Table> {
    let (index, date) = (index.to_owned(), date.to_owned());
    detached(py, move || {
        let rows = power_of(index.parse::<PowerIndex>()?, day(&date)?, &PopulationTables::standard())?;
        columns::power(&rows)
    })
    .map(Table::from)
}

fn actors(codes: &[String]) -> Vec<Actor> {
    codes.iter().map(|code| Actor::new(code)).collect()
}

fn day(date: &str) -> Result<Date> {
    let expected = "a day of the calendar as year-month-day, such as 2025-03-04";
    date.parse().map_err(|_| Error::Date { got: format!("'{date}'"), expected })
}
