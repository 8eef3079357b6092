//! Council rules without a corpus.

use jiff::civil::Date;
use pyo3::prelude::*;

use super::corpus::CorpusCore;
use super::error::{detached, exception};
use super::table::Table;
use crate::columns;
use crate::council::{Chamber, Favour, Majority, Participants, PowerIndex, Rule, Vote};
use crate::council::{majorities_in, majority_in, pivotal as pivotal_of, power_in};
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

    #[getter]
    fn population(&self) -> Option<&str> {
        self.0.population.as_deref()
    }

    #[getter]
    fn additions(&self) -> Option<Vec<String>> {
        self.0.additions.as_ref().map(|actors| actors.iter().map(Actor::to_string).collect())
    }

    fn pivotal(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::pivotal(&self.0.pivotal)).map(Table::from)
    }
}

/// Rule, participants and populations of a vote.
#[pyclass(frozen, module = "standpunt._core")]
pub struct Ballot {
    rule: Rule,
    participants: Participants,
    tables: PopulationTables,
}

#[pymethods]
impl Ballot {
    /// `populations` is the name and the text of a file of shares that comes before the standard one.
    #[new]
    #[pyo3(signature = (rule, euro_area=false, without=Vec::new(), populations=None))]
    fn new(
        py: Python<'_>,
        rule: &str,
        euro_area: bool,
        without: Vec<String>,
        populations: Option<(String, String)>,
    ) -> PyResult<Ballot> {
        let made = || {
            let own = populations.map(|(name, text)| PopulationTables::from_csv(&text, &name)).transpose()?;
            Ok(Ballot {
                rule: rule.parse()?,
                participants: Participants { euro_area, without: actors(&without) },
                tables: PopulationTables::standard().with(own.unwrap_or_default()),
            })
        };
        made().map_err(|error: Error| exception(py, &error))
    }
}

impl Ballot {
    fn vote(&self) -> Vote<'_> {
        Vote { rule: self.rule, participants: self.participants.clone(), tables: &self.tables }
    }

    fn chamber(&self, date: &str) -> Result<Chamber> {
        let date = day(date)?;
        Chamber::among(&Roster::eu(date)?, &self.participants, self.rule, date, &self.tables)
    }
}

/// What each side of each cell of a corpus could decide.
#[pyfunction]
pub fn majorities(py: Python<'_>, corpus: &CorpusCore, ballot: &Ballot) -> PyResult<Table> {
    corpus.table(py, |kept| columns::majorities(&majorities_in(&kept.corpus, &kept.sizes, &ballot.vote())))
}

/// On whom the verdicts on the sides of a corpus hang.
#[pyfunction]
pub fn pivotal(py: Python<'_>, corpus: &CorpusCore, ballot: &Ballot) -> PyResult<Table> {
    corpus.table(py, |kept| columns::pivotal_of_sides(&pivotal_of(&kept.corpus, &kept.sizes, &ballot.vote())))
}

/// What a side of `lo` to `hi` members in favour decides; `states` are those named, excluded and abstaining.
#[pyfunction]
pub fn majority(
    py: Python<'_>,
    states: [Vec<String>; 3],
    sizes: (i64, i64),
    ballot: &Ballot,
    date: &str,
) -> PyResult<MajorityCore> {
    detached(py, || {
        let [lo, hi] = [("lo", sizes.0), ("hi", sizes.1)].map(|(name, size)| {
            let expected = "a number of members, from 0".to_owned();
            usize::try_from(size).map_err(|_| Error::Option { name, got: size.to_string(), expected })
        });
        let [named, excluded, abstaining] = states.map(|codes| actors(&codes));
        majority_in(&ballot.chamber(date)?, &Favour { named, excluded, abstaining, lo: lo?, hi: hi? })
    })
    .map(MajorityCore)
}

/// The codes of the member states on a day, or of those whose currency is the euro.
#[pyfunction]
#[pyo3(signature = (date, euro_area=false))]
pub fn members(py: Python<'_>, date: &str, euro_area: bool) -> PyResult<Vec<String>> {
    let found = || {
        let date = day(date)?;
        let roster = Roster::eu(date)?;
        let part = Participants { euro_area, without: Vec::new() }.mask(&roster, date)?;
        Ok(crate::group::members(part).map(|at| roster.actors()[at].to_string()).collect())
    };
    found().map_err(|error: Error| exception(py, &error))
}

/// The power of everyone who takes part in a vote on a day.
#[pyfunction]
pub fn power(py: Python<'_>, index: &str, ballot: &Ballot, date: &str) -> PyResult<Table> {
    detached(py, || columns::power(&power_in(&ballot.chamber(date)?, index.parse::<PowerIndex>()?))).map(Table::from)
}

fn actors(codes: &[String]) -> Vec<Actor> {
    codes.iter().map(|code| Actor::new(code)).collect()
}

fn day(date: &str) -> Result<Date> {
    let expected = "a day of the calendar as year-month-day, such as 2025-03-04";
    date.parse().map_err(|_| Error::Date { got: format!("'{date}'"), expected })
}
