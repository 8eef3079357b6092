//! The corpus as Python holds it: one frozen object, every change a new one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::agreement::AgreementCore;
use super::error::{detached, exception};
use super::interrupt::interruptible;
use super::table::{Table, bytes, grid};
use crate::coded::{Missing, Options, read_table, recode};
use crate::columns::{self, Kept};
use crate::error::{Error, Result, nearest};
use crate::group::cells;
use crate::lexicon::SizeTable;
use crate::link::{KnownInstrument, LinkOptions};
use crate::model::{Actor, Corpus, Filter, Quantifier, Roster};
use crate::render::{Division, Place, brief, corpus_html, majorities_svg, page, report_html_with, timeline_svg};
use crate::reports::merge;
use crate::score::{AgreementOptions, naming, positions};

/// A size table: the standard one, or one of the user's.
#[pyclass(frozen, module = "standpunt._core")]
pub struct Sizes(pub SizeTable);

#[pymethods]
impl Sizes {
    /// The standard table.
    #[new]
    fn new() -> Sizes {
        Sizes(SizeTable::standard())
    }

    /// The table of a TOML file's text.
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &str, name: &str) -> PyResult<Sizes> {
        SizeTable::from_toml(text, name).map(Sizes).map_err(|error| exception(py, &error))
    }

    /// The same table with another range for one word.
    fn with_range(&self, py: Python<'_>, word: &str, lo: usize, hi: usize) -> PyResult<Sizes> {
        let changed = word.parse::<Quantifier>().and_then(|word| self.0.with_range(word, lo, hi));
        changed.map(Sizes).map_err(|error| exception(py, &error))
    }

    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }
}

/// A corpus with what it was read with.
#[pyclass(frozen, module = "standpunt._core")]
pub struct CorpusCore(pub Arc<Kept>);

impl From<Kept> for CorpusCore {
    fn from(kept: Kept) -> CorpusCore {
        CorpusCore(Arc::new(kept))
    }
}

impl CorpusCore {
    /// A table made from the corpus without the interpreter's lock.
    pub fn table<F>(&self, py: Python<'_>, make: F) -> PyResult<Table>
    where
        F: Send + FnOnce(&Kept) -> Result<arrow_array::RecordBatch>,
    {
        let kept = &self.0;
        detached(py, || make(kept)).map(Table::from)
    }
}

#[pymethods]
impl CorpusCore {
    fn meetings(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::meetings(&kept.corpus))
    }

    fn statements(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, Kept::statements)
    }

    fn unread(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::unread(&kept.corpus))
    }

    fn errors(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::errors(&kept.corpus))
    }

    fn reports(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::reports(&kept.corpus))
    }

    fn positions(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::positions(&positions(&kept.corpus, &kept.sizes)))
    }

    fn dna_statements(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::dna_statements(&kept.corpus))
    }

    fn conflicts(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::conflicts(&cells(&kept.corpus, &kept.sizes).conflicts))
    }

    fn naming(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |kept| columns::naming(&naming(&kept.corpus)))
    }

    /// `counting` is what the silent, the names and the statements of one sentence count as.
    #[allow(clippy::too_many_arguments, reason = "the options of one Python function")]
    fn agreement(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        actors: Option<Vec<String>>,
        weights: Option<BTreeMap<String, f64>>,
        counting: (String, String, bool),
        min_shared: f64,
        instruments: Option<(Bound<'_, PyAny>, String)>,
    ) -> PyResult<AgreementCore> {
        let kept = self.0.clone();
        let instruments = known(instruments.as_ref().map(|(table, name)| (table, name.as_str())))?;
        interruptible(py, move |stop| {
            let (silence, names, by_sentence) = counting;
            let options = AgreementOptions {
                by: by.iter().map(|key| key.parse()).collect::<Result<_>>()?,
                actors: actors.map(|codes| codes.iter().map(|code| Actor::new(code)).collect()),
                weights,
                silence: silence.parse()?,
                min_shared,
                names: names.parse()?,
                by_sentence,
                instruments,
            };
            AgreementCore::new(kept, options, stop)
        })
    }

    /// The report of a meeting, or the first with a text, with every position marked.
    fn report_html(&self, py: Python<'_>, meeting: Option<String>) -> PyResult<String> {
        let corpus = &self.0.corpus;
        let first = || corpus.reports.iter().find_map(|r| r.meetings.first().cloned());
        let first = || first().or(corpus.meetings.first().map(|m| m.id.clone()));
        let Some(meeting) = meeting.or_else(first) else {
            return Err(exception(py, &Error::Missing { what: "meeting", got: String::new(), hint: None }));
        };
        let sizes = &self.0.sizes;
        detached(py, || report_html_with(corpus, &meeting, sizes))
    }

    /// What each side could decide, as an SVG.
    fn seats(&self, py: Python<'_>) -> PyResult<String> {
        let kept = &self.0;
        detached(py, || Ok(majorities_svg(&Division::all(&kept.corpus, &kept.sizes), Place::Alone)))
    }

    /// One issue over time, as an SVG.
    fn timeline(&self, py: Python<'_>, issue: &str) -> PyResult<String> {
        let kept = &self.0;
        detached(py, || timeline_svg(&kept.corpus, &kept.sizes, issue, Place::Alone))
    }

    /// The corpus in plain text.
    fn brief(&self, py: Python<'_>) -> PyResult<String> {
        let kept = &self.0;
        detached(py, || brief(&kept.corpus, &kept.sizes))
    }

    /// The corpus at a glance.
    fn corpus_html(&self, py: Python<'_>) -> PyResult<String> {
        let kept = &self.0;
        detached(py, || Ok(corpus_html(&kept.corpus)))
    }

    /// A page of everything: agreement, positions, majorities, what is not identified, the reports.
    fn page(&self, py: Python<'_>) -> PyResult<String> {
        let kept = &self.0;
        detached(py, || page(&kept.corpus, &kept.sizes))
    }

    fn meeting_ids(&self) -> Vec<String> {
        self.0.corpus.meetings.iter().map(|m| m.id.clone()).collect()
    }

    /// The name and the text of each report.
    fn report_texts(&self) -> Vec<(String, String)> {
        self.0.corpus.reports.iter().map(|report| (report.name.clone(), report.text.to_string())).collect()
    }

    /// The text of the report on a meeting, or of the report of that name.
    fn text(&self, py: Python<'_>, meeting: &str) -> PyResult<String> {
        let corpus = &self.0.corpus;
        let named = |r: &&crate::model::Report| r.name == meeting || r.meetings.iter().any(|m| m == meeting);
        if let Some(report) = corpus.reports.iter().find(named) {
            return Ok(report.text.to_string());
        }
        let ids = || corpus.meetings.iter().map(|m| m.id.as_str());
        let what = if ids().any(|id| id == meeting) { "text of meeting" } else { "meeting" };
        let hint = nearest(meeting, ids().filter(|id| *id != meeting));
        let hint = hint.filter(|_| what == "meeting");
        Err(exception(py, &Error::Missing { what, got: meeting.to_owned(), hint }))
    }

    /// A new corpus with the statements of an edited table, and notes on it.
    fn recode(&self, table: &Bound<'_, PyAny>, name: &str, drop: bool) -> PyResult<(CorpusCore, Vec<String>)> {
        let grid = grid(table, name)?;
        let missing = if drop { Missing::Drop } else { Missing::Refuse };
        let kept = &self.0;
        let coded = detached(table.py(), || {
            let options = Options { roster: kept.roster.clone(), sizes: &kept.word_sizes() };
            recode(&kept.corpus, &grid, &options, missing)
        })?;
        let notes = coded.notes.sentences(name);
        Ok((Kept { corpus: coded.corpus, ..Kept::clone(kept) }.into(), notes))
    }

    fn filter(
        &self,
        py: Python<'_>,
        meetings: Vec<String>,
        topics: Vec<String>,
        min_confidence: f64,
    ) -> PyResult<CorpusCore> {
        let kept = &self.0;
        let corpus = detached(py, || kept.corpus.filter(&Filter { meetings, topics, min_confidence }))?;
        Ok(Kept { corpus, ..Kept::clone(kept) }.into())
    }

    #[staticmethod]
    fn concat(py: Python<'_>, parts: Vec<PyRef<'_, CorpusCore>>) -> PyResult<CorpusCore> {
        let parts: Vec<Arc<Kept>> = parts.iter().map(|part| part.0.clone()).collect();
        let Some(first) = parts.first() else {
            return Ok(CorpusCore::from(Kept {
                corpus: Corpus::default(),
                roster: None,
                sizes: SizeTable::standard(),
                origin: BTreeMap::new(),
                reviews: Vec::new(),
            }));
        };
        let differ = |what: &str| {
            let problem = format!("they were read with different {what}");
            Err(exception(py, &Error::Columns { table: "corpora".to_owned(), problem }))
        };
        if parts.iter().any(|part| part.roster != first.roster) {
            return differ("rosters");
        }
        if parts.iter().any(|part| part.sizes != first.sizes) {
            return differ("size tables");
        }
        let corpus = detached(py, || Corpus::concat(&parts.iter().map(|part| &part.corpus).collect::<Vec<_>>()))?;
        let mut origin = BTreeMap::new();
        parts.iter().for_each(|part| origin.extend(part.origin.clone()));
        let mut seen = BTreeSet::new();
        let lines = parts.iter().flat_map(|part| &part.reviews);
        let reviews = lines.filter(|line| seen.insert(line.as_str())).cloned().collect();
        Ok(Kept { corpus, roster: first.roster.clone(), sizes: first.sizes.clone(), origin, reviews }.into())
    }

    /// The same corpus with what people decided on it, as lines of JSON.
    fn with_reviews(&self, reviews: Vec<String>) -> CorpusCore {
        Kept { reviews, ..Kept::clone(&self.0) }.into()
    }

    /// What people decided on it, oldest first.
    fn reviews(&self) -> Vec<String> {
        self.0.reviews.clone()
    }

    /// Both as one, the meetings of `other` that `same` names under the id given being those of this one.
    fn merge(&self, py: Python<'_>, other: &CorpusCore, same: BTreeMap<String, String>) -> PyResult<CorpusCore> {
        let (ours, theirs) = (&self.0, &other.0);
        if ours.roster != theirs.roster || ours.sizes != theirs.sizes {
            let problem = "they were read with different rosters or size tables".to_owned();
            return Err(exception(py, &Error::Columns { table: "corpora".to_owned(), problem }));
        }
        let options = LinkOptions::default();
        let corpus = interruptible(py, |stop| merge(&ours.corpus, &theirs.corpus, &same, &options, stop))?;
        let origin = theirs.origin.clone().into_iter().chain(ours.origin.clone()).collect();
        Ok(Kept { corpus, origin, ..Kept::clone(ours) }.into())
    }

    /// The stored form, UTF-8 JSON.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let kept = &self.0;
        detached(py, || kept.to_json()).and_then(|json| bytes(py, json.as_bytes()))
    }

    /// The corpus of a stored form.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8], name: &str) -> PyResult<CorpusCore> {
        let problem =
            |_| Error::Format { file: name.to_owned(), problem: "not a stored corpus of Standpunt".to_owned() };
        detached(py, || Kept::from_json(name, std::str::from_utf8(data).map_err(problem)?)).map(CorpusCore::from)
    }

    /// Package, size table and the options that the corpus was read with.
    fn provenance(&self) -> BTreeMap<String, String> {
        self.0.provenance()
    }

    fn __eq__(&self, other: &CorpusCore) -> bool {
        self.0 == other.0
    }

    fn __hash__(&self) -> u64 {
        self.0.corpus.statements.len() as u64
    }

    fn __len__(&self) -> usize {
        self.0.corpus.statements.len()
    }

    /// Meetings, statements, unread sentences and unreadable files.
    fn counts(&self) -> (usize, usize, usize, usize) {
        let corpus = &self.0.corpus;
        (corpus.meetings.len(), corpus.statements.len(), corpus.unread.len(), corpus.errors.len())
    }
}

/// A corpus from a coded table, and notes on it.
#[pyfunction]
pub fn read_statements(
    table: &Bound<'_, PyAny>,
    name: &str,
    roster: Option<Vec<String>>,
    sizes: &Sizes,
) -> PyResult<(CorpusCore, Vec<String>)> {
    let grid = grid(table, name)?;
    let coded = detached(table.py(), || {
        let roster = roster.map(|names| Roster::new(names.iter().map(|name| Actor::new(name)))).transpose()?;
        let options = Options { roster: roster.clone(), sizes: &columns::word_sizes(sizes.0.clone()) };
        read_table(&grid, &options).map(|coded| (coded, roster))
    });
    let (coded, roster) = coded?;
    let notes = coded.notes.sentences(name);
    let origin = BTreeMap::from([("read".to_owned(), name.to_owned())]);
    Ok((Kept { corpus: coded.corpus, roster, sizes: sizes.0.clone(), origin, reviews: Vec::new() }.into(), notes))
}

/// The user's list; none where there is no table.
pub(super) fn known(table: Option<(&Bound<'_, PyAny>, &str)>) -> PyResult<Vec<KnownInstrument>> {
    let Some((table, name)) = table else { return Ok(Vec::new()) };
    let grid = grid(table, name)?;
    detached(table.py(), || columns::read_instruments(&grid))
}
