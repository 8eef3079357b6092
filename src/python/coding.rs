//! Other coders across the border: their statements, how far two of them agree, what they should hand over.

use std::sync::Arc;

use pyo3::prelude::*;

use super::corpus::CorpusCore;
use super::error::detached;
use super::interrupt::interruptible;
use super::positions::PositionsCore;
use super::table::{Table, grid};
use crate::coded::{Grid, Options, recoded, schema};
use crate::columns::{self, Kept};
use crate::compare::{coders_table as table_of_coders, compare_codings as compare_two};
use crate::error::Result;
use crate::link::{self, Codebook, LinkOptions};
use crate::model::{Corpus, Unreadable};

/// A corpus with the statements that another coder gave for its reports, and notes on them.
#[pyfunction]
pub fn code(
    py: Python<'_>,
    corpus: PyRef<'_, CorpusCore>,
    tables: Vec<(String, Bound<'_, PyAny>)>,
    codebook: Option<(String, String)>,
) -> PyResult<(CorpusCore, Vec<String>)> {
    let tables = tables.into_iter().map(|(name, table)| Ok((name.clone(), grid(&table, &name)?)));
    let tables: Vec<(String, Grid)> = tables.collect::<PyResult<_>>()?;
    let kept = corpus.0.clone();
    let (corpus, notes) = interruptible(py, |stop| {
        let options = Options { roster: None, sizes: &kept.word_sizes() };
        let mut recoding = recoded(&kept.corpus, &tables, &options)?;
        let codebook = codebook.as_ref().map(|(file, text)| Codebook::parse(file, text)).transpose()?;
        let Corpus { statements, meetings, .. } = &mut recoding.corpus;
        link::assign(statements, meetings, &LinkOptions { codebook, ..LinkOptions::default() }, stop)?;
        let mut notes = recoding.notes.sentences("coder");
        if let (n, Some((_, first))) = (recoding.refused.len(), recoding.refused.first()) {
            notes.push(format!("{n} of the coder's statements do not fit, see corpus.errors; the first: {first}"));
        }
        let refused = recoding.refused.iter().map(|(path, e)| Unreadable { path: path.clone(), error: e.to_string() });
        recoding.corpus.errors.extend(refused);
        Ok((recoding.corpus, notes))
    })?;
    Ok((Kept { corpus, ..Kept::clone(&kept) }.into(), notes))
}

/// How far two codings agree: coefficients, the list of disagreements, and the F1 of the places coded.
#[pyfunction]
pub fn compare_codings(
    py: Python<'_>,
    a: PyRef<'_, CorpusCore>,
    b: PyRef<'_, CorpusCore>,
) -> PyResult<(Table, Table, Option<f64>)> {
    let (a, b): (Arc<Kept>, Arc<Kept>) = (a.0.clone(), b.0.clone());
    let (coefficients, disagreements, spans) = detached(py, || -> Result<_> {
        let found = compare_two(&a.corpus, &b.corpus);
        let disagreements = columns::disagreements((&a.corpus, &b.corpus), &found.units)?;
        Ok((columns::coefficients(&found)?, disagreements, found.span_agreement()))
    })?;
    Ok((Table::from(coefficients), Table::from(disagreements), spans))
}

/// Several codings of the same reports as a table of coders and units.
#[pyfunction]
pub fn coders_table(
    py: Python<'_>,
    codings: Vec<(String, PyRef<'_, CorpusCore>)>,
    variable: &str,
) -> PyResult<PositionsCore> {
    let codings: Vec<(String, Arc<Kept>)> = codings.into_iter().map(|(name, core)| (name, core.0.clone())).collect();
    detached(py, || {
        let codings: Vec<_> = codings.iter().map(|(name, kept)| (name.clone(), &kept.corpus)).collect();
        Ok(PositionsCore::from(table_of_coders(&codings, variable.parse()?)?))
    })
}

/// The JSON schema of a coder's statements.
#[pyfunction]
pub fn statement_schema() -> String {
    schema().to_string()
}
