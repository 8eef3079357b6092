//! What changed between meetings.

use std::collections::BTreeMap;

use pyo3::prelude::*;

use super::corpus::CorpusCore;
use super::error::detached;
use super::interrupt::interruptible;
use super::table::{Table, grid};
use crate::columns;
use crate::compare::{CompareOptions, Comparison, against_votes as compare_votes, compare_with as compare_meetings};
use crate::render::{Place, shifts_svg};

/// The comparison of two sets of meetings.
#[pyclass(frozen, module = "standpunt._core")]
pub struct ComparisonCore {
    found: Comparison,
    provenance: BTreeMap<String, String>,
}

#[pymethods]
impl ComparisonCore {
    fn shifts(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::shifts(&self.found.shifts)).map(Table::from)
    }

    fn agreement(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::changes(&self.found.agreement)).map(Table::from)
    }

    /// Who changed position, as an SVG.
    fn slopes(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(shifts_svg(&self.found.shifts, Place::Alone)))
    }

    /// How many shifts there are of each change, by its word.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        self.found.shifts.iter().for_each(|shift| *counts.entry(shift.change.as_str()).or_default() += 1);
        counts
    }

    /// What the corpus was read with, the meetings of both sides and the options of the test.
    fn provenance(&self) -> BTreeMap<String, String> {
        self.provenance.clone()
    }

    fn __len__(&self) -> usize {
        self.found.shifts.len()
    }
}

/// Compares two sets of meetings.
#[pyfunction]
pub fn compare(
    py: Python<'_>,
    corpus: &CorpusCore,
    earlier: Vec<String>,
    later: Vec<String>,
    silence: &str,
    test: (usize, u64),
) -> PyResult<ComparisonCore> {
    let (kept, silence, (permutations, seed)) = (&corpus.0, silence.to_owned(), test);
    let found = interruptible(py, |stop| {
        let options = CompareOptions { silence: silence.parse()?, permutations, seed };
        compare_meetings(&kept.corpus, &kept.sizes, &earlier, &later, &options, stop)
    })?;
    let mut provenance = kept.provenance();
    provenance.insert("earlier".to_owned(), earlier.join(" "));
    provenance.insert("later".to_owned(), later.join(" "));
    provenance.insert("silence".to_owned(), silence);
    provenance.insert("permutations".to_owned(), permutations.to_string());
    provenance.insert("seed".to_owned(), seed.to_string());
    Ok(ComparisonCore { found, provenance })
}

/// What was said against what was voted.
#[pyfunction]
#[pyo3(signature = (corpus, votes, key=None))]
pub fn against_votes(
    py: Python<'_>,
    corpus: &CorpusCore,
    votes: (Bound<'_, PyAny>, String),
    key: Option<(Bound<'_, PyAny>, String)>,
) -> PyResult<Table> {
    let votes = grid(&votes.0, &votes.1)?;
    let key = key.map(|(table, name)| grid(&table, &name)).transpose()?;
    corpus.table(py, |kept| {
        let key = key.as_ref().map(columns::read_vote_key).transpose()?.unwrap_or_default();
        columns::gaps(&compare_votes(&kept.corpus, &kept.sizes, &columns::read_votes(&votes)?, &key)?)
    })
}
