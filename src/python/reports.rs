//! Reading reports: all to one corpus, or each by itself.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use pyo3::prelude::*;

use super::corpus::{CorpusCore, Sizes};
use super::documents::{Documents, Raised};
use super::error::exception;
use super::interrupt::watched;
use super::lexicon::Languages;
use crate::columns::Kept;
use crate::error::Result;
use crate::lexicon::{Lexicon, SizeTable};
use crate::link::{Codebook, LinkOptions, link};
use crate::model::Corpus;
use crate::read::Options;
use crate::reports::{Part, ReportOptions, Source, doubts, gather, read_each, read_reports};
use crate::stop::Stop;

/// How reports are read.
#[pyclass(frozen, module = "standpunt._core")]
pub struct ReportReader {
    lexicon: Arc<Lexicon>,
    language: Option<String>,
    encoding: Option<String>,
    codebook: Option<Codebook>,
    sizes: SizeTable,
    documents: Py<Documents>,
    strict: bool,
    /// The options as text.
    origin: BTreeMap<String, String>,
}

#[pymethods]
impl ReportReader {
    /// `codebook` is a file's name and text; `strict` makes an error of the first report that cannot be read.
    #[new]
    #[allow(clippy::too_many_arguments, reason = "the options of one Python function")]
    fn new(
        py: Python<'_>,
        language: Option<String>,
        encoding: Option<String>,
        codebook: Option<(String, String)>,
        lexicon: &Languages,
        sizes: &Sizes,
        strict: bool,
        documents: Py<Documents>,
    ) -> PyResult<ReportReader> {
        let mut origin = BTreeMap::from([("lexicon".to_owned(), lexicon.versions())]);
        origin.extend(language.clone().map(|code| ("language".to_owned(), code)));
        origin.extend(codebook.clone().map(|(file, _)| ("codebook".to_owned(), file)));
        let codebook = codebook.map(|(file, text)| Codebook::parse(&file, &text)).transpose();
        let codebook = codebook.map_err(|error| exception(py, &error))?;
        let (lexicon, sizes) = (lexicon.0.clone(), sizes.0.clone());
        Ok(ReportReader { lexicon, language, encoding, codebook, sizes, documents, strict, origin })
    }

    /// A corpus from reports, and notes on it. `files` are paths with the names of their reports; `watch`, a
    /// `standpunt.progress.Watch`, shows how many are read.
    fn read(
        &self,
        py: Python<'_>,
        files: Vec<(PathBuf, String)>,
        texts: Vec<(String, String)>,
        watch: Option<Bound<'_, PyAny>>,
    ) -> PyResult<(CorpusCore, Vec<String>)> {
        let corpus = self.opened(py, watch, |options, stop| {
            let texts = texts.into_iter().map(|(name, text)| Source::Text { name, text });
            let sources: Vec<Source> = from_files(files).chain(texts).collect();
            read_reports(&sources, options, stop)
        })?;
        Ok(self.noted(corpus))
    }

    /// For each file its path, a corpus of it alone, and notes on it.
    fn each(&self, py: Python<'_>, files: Vec<(PathBuf, String)>) -> PyResult<Vec<(String, CorpusCore, Vec<String>)>> {
        let parts = self.opened(py, None, |options, stop| {
            let parts = read_each(&from_files(files).collect::<Vec<Source>>(), options, stop)?;
            let linked = |part: Part| Ok(Part { corpus: link(part.corpus, &options.link, stop)?, ..part });
            parts.into_iter().map(linked).collect::<Result<Vec<Part>>>()
        })?;
        let noted = |part: Part| {
            let (corpus, notes) = self.noted(part.corpus);
            (part.source, corpus, notes)
        };
        Ok(parts.into_iter().map(noted).collect())
    }

    /// The corpus and the notes that [`ReportReader::read`] gives, from what `each` gave, in the order of the files.
    fn gather(
        &self,
        py: Python<'_>,
        parts: Vec<(String, PyRef<'_, CorpusCore>)>,
    ) -> PyResult<(CorpusCore, Vec<String>)> {
        let parts: Vec<(String, Arc<Kept>)> = parts.into_iter().map(|(path, core)| (path, core.0.clone())).collect();
        let corpus = self.opened(py, None, |options, stop| {
            let part = |(source, kept): (String, Arc<Kept>)| Part { source, corpus: kept.corpus.clone() };
            gather(parts.into_iter().map(part), options, stop)
        })?;
        Ok(self.noted(corpus))
    }
}

impl ReportReader {
    /// Does `work` without the interpreter's lock; an exception of what reads documents counts before its error.
    fn opened<T, F>(&self, py: Python<'_>, watch: Option<Bound<'_, PyAny>>, work: F) -> PyResult<T>
    where
        T: Send,
        F: Send + FnOnce(&ReportOptions, &Stop) -> Result<T>,
    {
        let stopped = Raised::default();
        let documents = self.documents.get();
        let options = ReportOptions {
            read: Options {
                lexicon: self.lexicon.clone(),
                language: self.language.clone(),
                lookalikes: documents.lookalikes,
            },
            link: LinkOptions { codebook: self.codebook.clone(), ..LinkOptions::default() },
            opening: documents.opening(py, self.encoding.clone(), &stopped),
            strict: self.strict,
        };
        let done = watched(py, watch, |stop| work(&options, stop));
        match stopped.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) => Err(error),
            None => done,
        }
    }

    fn noted(&self, corpus: Corpus) -> (CorpusCore, Vec<String>) {
        let mut notes = doubts(&corpus);
        if let (n, Some(first)) = (corpus.errors.len(), corpus.errors.first()) {
            notes.push(format!("{n} of the reports could not be read, see corpus.errors; the first: {}", first.error));
        }
        let (sizes, origin) = (self.sizes.clone(), self.origin.clone());
        (Kept { corpus, roster: None, sizes, origin, reviews: Vec::new() }.into(), notes)
    }
}

fn from_files(files: Vec<(PathBuf, String)>) -> impl Iterator<Item = Source> {
    files.into_iter().map(|(path, name)| Source::File { path, name })
}
