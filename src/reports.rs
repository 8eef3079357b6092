//! Many reports to one corpus: read each, then link their topics and issues.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::document::{Limit, Opening, open, text};
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
    /// A file of any format that [`crate::document`] reads.
    File {
        /// Where it is.
        path: PathBuf,
        /// Becomes the report's name.
        name: String,
    },
}

/// How to read many reports.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// How to read each.
    pub read: Options,
    /// How to join issues.
    pub link: LinkOptions,
    /// How to open files, and what a text is where it is no plain one.
    pub opening: Opening,
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
                Err(error) if options.strict || error == Error::Stopped => return Err(error),
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
        Source::File { path, .. } => path.display().to_string(),
    }
}

fn read(source: &Source, options: &ReportOptions) -> Result<Reading> {
    match source {
        Source::Text { name, text: given } => match options.opening.format {
            None => {
                options.opening.limits.check(Limit::TextChars, given.chars().count() as u64, name)?;
                read_report(given, name, &options.read)
            }
            Some(_) => {
                let opening = Opening { encoding: Some("utf-8".to_owned()), ..options.opening.clone() };
                read_report(&text(given.as_bytes(), name, &opening)?, name, &options.read)
            }
        },
        Source::File { path, name } => read_report(&open(path, &options.opening)?, name, &options.read),
    }
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
