//! Many reports to one corpus: read each, then link their topics and issues.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::document::decode;
use crate::error::{Error, Result};
use crate::link::{self, LinkOptions};
use crate::model::{Corpus, Unreadable};
use crate::read::{Options, Reading, read_report};

/// One report to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A text and its name.
    Text {
        /// Becomes the report's name.
        name: String,
        /// The text.
        text: String,
    },
    /// A file; its stem becomes the report's name.
    File(PathBuf),
}

/// How to read many reports.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// How to read each.
    pub read: Options,
    /// How to join issues.
    pub link: LinkOptions,
    /// The encoding of files; UTF-8, or UTF-16 with a mark, where it is `None`.
    pub encoding: Option<String>,
    /// True: the first file that cannot be read is an error. False: it becomes a row of `errors`.
    pub strict: bool,
}

/// Told of progress: how many reports are read, of how many; `false` stops.
pub type Progress<'p> = &'p mut dyn FnMut(usize, usize) -> bool;

/// Reports read between two calls of [`Progress`].
const BATCH: usize = 16;

/// Reads reports, on all threads, to one corpus; the same sources give the same corpus for any number of threads.
///
/// A report of a meeting that another report was read for becomes a row of [`Corpus::errors`].
///
/// # Errors
/// What is wrong with the options; with `strict` also what is wrong with the first report that cannot be
/// read; [`Error::Stopped`] where `progress` says so.
pub fn read_reports(sources: &[Source], options: &ReportOptions, progress: Progress<'_>) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let mut read_for: BTreeMap<String, String> = BTreeMap::new();
    let mut done = 0;
    for batch in sources.chunks(BATCH) {
        let readings: Vec<Result<Reading>> = batch.par_iter().map(|source| read(source, options)).collect();
        for (source, reading) in batch.iter().zip(readings) {
            match reading.and_then(|reading| unclaimed(reading, source, &mut read_for)) {
                Ok(reading) => add(&mut corpus, reading),
                Err(error) if options.strict => return Err(error),
                Err(error) => corpus.errors.push(Unreadable { path: shown(source), error: error.to_string() }),
            }
        }
        done += batch.len();
        if !progress(done, sources.len()) {
            return Err(Error::Stopped);
        }
    }
    order(&mut corpus);
    link::assign(&mut corpus.statements, &options.link);
    Ok(corpus)
}

fn shown(source: &Source) -> String {
    match source {
        Source::Text { name, .. } => name.clone(),
        Source::File(path) => path.display().to_string(),
    }
}

fn read(source: &Source, options: &ReportOptions) -> Result<Reading> {
    match source {
        Source::Text { name, text } => read_report(text, name, &options.read),
        Source::File(path) => {
            let text = text_of(path, options)?;
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            read_report(&text, &name, &options.read)
        }
    }
}

fn text_of(path: &Path, options: &ReportOptions) -> Result<String> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Error::File { file: file.clone(), kind: error.kind() })?;
    decode(&bytes, &file, options.encoding.as_deref())
}

/// One meeting has one report: two of them cannot be told from a change of position.
fn unclaimed(reading: Reading, source: &Source, read_for: &mut BTreeMap<String, String>) -> Result<Reading> {
    for meeting in &reading.meetings {
        if let Some(other) = read_for.insert(meeting.id.clone(), shown(source)) {
            read_for.insert(meeting.id.clone(), other.clone());
            let problem = format!("meeting '{}' has been read from {other} already", meeting.id);
            return Err(Error::Format { file: shown(source), problem });
        }
    }
    Ok(reading)
}

fn add(corpus: &mut Corpus, reading: Reading) {
    corpus.reports.push(reading.report);
    corpus.meetings.extend(reading.meetings);
    corpus.statements.extend(reading.statements);
    corpus.unread.extend(reading.unread);
}

/// Meetings by date, statements by meeting; what stands in one meeting stays in the order of its text.
fn order(corpus: &mut Corpus) {
    corpus.meetings.sort_by(|a, b| (a.date_start, &a.id).cmp(&(b.date_start, &b.id)));
    corpus.reports.sort_by(|a, b| a.name.cmp(&b.name));
    let place: BTreeMap<String, usize> = corpus.meetings.iter().enumerate().map(|(at, m)| (m.id.clone(), at)).collect();
    corpus.statements.sort_by_key(|statement| place.get(&statement.meeting).copied());
    corpus.unread.sort_by_key(|unread| place.get(&unread.meeting).copied());
}
