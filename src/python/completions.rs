//! What anonymous groups leave open, across the border.

use pyo3::prelude::*;

use super::congruence::NetworkOptions;
use super::corpus::{CorpusCore, Sizes};
use super::interrupt::interruptible;
use super::table::Table;
use crate::columns;
use crate::council::sensitivity as sensitivity_of;
use crate::lexicon::{PopulationTables, SizeTable};
use crate::score::cohesion::Cohesion;
use crate::score::completions::{Completions, Draws};

/// Completions, seed, and the share of them between the ends.
type Drawn = (usize, u64, f64);

fn draws((number, seed, level): Drawn) -> Draws {
    Draws { number, seed, level }
}

/// The cohesion of the member states on every issue, with sharp bounds.
#[pyfunction]
pub fn open_cohesion(py: Python<'_>, corpus: &CorpusCore, measure: &str) -> PyResult<Table> {
    corpus.table(py, |kept| {
        let measure: Cohesion = measure.parse()?;
        columns::open_cohesion(measure.as_str(), &Completions::new(&kept.corpus, &kept.sizes).cohesion(measure))
    })
}

/// Alpha over completions.
#[pyfunction]
pub fn open_alpha(py: Python<'_>, corpus: &CorpusCore, metric: &str, drawn: Drawn) -> PyResult<Table> {
    let kept = &corpus.0;
    interruptible(py, |stop| {
        let open = Completions::new(&kept.corpus, &kept.sizes).alpha(metric.parse()?, &draws(drawn), stop)?;
        columns::open_measure("alpha", &open)
    })
    .map(Table::from)
}

/// The congruence of every pair over completions.
#[pyfunction]
pub fn open_congruence(py: Python<'_>, corpus: &CorpusCore, options: NetworkOptions, drawn: Drawn) -> PyResult<Table> {
    let kept = &corpus.0;
    interruptible(py, |stop| {
        let options = options.options()?;
        let completions = Completions::new(&kept.corpus, &kept.sizes);
        let open = completions.congruence(&options, &draws(drawn), stop)?;
        columns::open_pairs(&completions.actors, options.kind.as_str(), &open)
    })
    .map(Table::from)
}

/// How often every pair is in one camp over completions.
#[pyfunction]
pub fn open_camps(py: Python<'_>, corpus: &CorpusCore, number: usize, linkage: &str, drawn: Drawn) -> PyResult<Table> {
    let kept = &corpus.0;
    interruptible(py, |stop| {
        let completions = Completions::new(&kept.corpus, &kept.sizes);
        let open = completions.camps(number, linkage.parse()?, &draws(drawn), stop)?;
        columns::open_pairs(&completions.actors, "together", &open)
    })
    .map(Table::from)
}

/// What depends on the size table.
#[pyfunction]
pub fn sensitivity(py: Python<'_>, corpus: &CorpusCore, tables: Vec<(String, PyRef<'_, Sizes>)>) -> PyResult<Table> {
    let tables: Vec<(String, SizeTable)> = tables.into_iter().map(|(name, sizes)| (name, sizes.0.clone())).collect();
    let kept = &corpus.0;
    interruptible(py, |stop| {
        columns::sensitivities(&sensitivity_of(&kept.corpus, &tables, &PopulationTables::standard(), stop)?)
    })
    .map(Table::from)
}
