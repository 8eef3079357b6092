//! Many reports to one corpus: read each, then link their topics and issues.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::document::{Document, Limit, Opening, READ_AS, open, text};
use crate::error::{Error, Result, nearest};
use crate::link::{self, LinkOptions};
use crate::memory;
use crate::model::{ArcStr, Corpus, Meeting};
use crate::read::{Options, QUIET, Reading, read_report};
use crate::stop::Stop;

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

impl Source {
    /// The bytes of its file or text; 0 where there is no such file.
    fn bytes(&self) -> u64 {
        match self {
            Source::Text { text, .. } => text.len() as u64,
            Source::File { path, .. } => std::fs::metadata(path).map_or(0, |found| found.len()),
        }
    }
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

/// What one source gave, by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The source: a path, or the name of a text.
    pub source: String,
    /// Its report with meetings, statements and unread sentences; or a row of [`Corpus::errors`]. Issues are not
    /// joined yet.
    pub corpus: Corpus,
}

/// Reports between two looks at what memory is left.
const BATCH: usize = 16;

/// Reads reports, on all threads, to one corpus; the same sources give the same corpus for any number of threads.
///
/// A report of a meeting that another report was read for becomes a row of [`Corpus::errors`].
///
/// # Errors
/// What is wrong with the options; with `strict` also what is wrong with the first report that cannot be
/// read; [`Error::Memory`] where the rest cannot fit if it is like what was read; [`Error::Stopped`] where `stop`, which
/// counts the reports, asks for it.
pub fn read_reports(sources: &[Source], options: &ReportOptions, stop: &Stop) -> Result<Corpus> {
    stop.expect(sources.len());
    let mut whole = Whole::default();
    let mut appetite = Appetite::new(sources);
    for batch in sources.chunks(BATCH) {
        let parts = read_each(batch, options, stop)?;
        appetite.note(batch, &parts)?;
        for part in parts {
            whole.add(part, options.strict)?;
        }
    }
    whole.linked(&options.link, stop)
}

/// How much memory a corpus will take, by what has been read of it.
struct Appetite {
    /// Bytes of the files that are still to be read, and of those that have been.
    left: u64,
    read: u64,
    /// Bytes of memory that these took.
    taken: u64,
}

impl Appetite {
    fn new(sources: &[Source]) -> Appetite {
        Appetite { left: sources.iter().map(Source::bytes).sum(), read: 0, taken: 0 }
    }

    /// Notes a batch that was read, and checks that the rest will fit if it is like what was read until now.
    fn note(&mut self, batch: &[Source], parts: &[Part]) -> Result<()> {
        let bytes: u64 = batch.iter().map(Source::bytes).sum();
        self.left = self.left.saturating_sub(bytes);
        self.read += bytes;
        self.taken += parts.iter().map(|part| part.corpus.bytes()).sum::<u64>();
        let needed = self.taken as f64 / self.read.max(1) as f64 * self.left as f64;
        memory::check("reading the other reports", needed as u64, "iter_reports reads them one by one")
    }
}

/// Reads reports, on all threads, each by itself and in the order of the sources; each is a step of `stop`.
///
/// # Errors
/// With `strict` what is wrong with the first report that cannot be read; [`Error::Stopped`].
pub fn read_each(sources: &[Source], options: &ReportOptions, stop: &Stop) -> Result<Vec<Part>> {
    let read = |source| part(source, options, stop).and_then(|part| stop.step().map(|()| part));
    let parts: Vec<Result<Part>> = sources.par_iter().map(read).collect();
    parts.into_iter().collect()
}

/// What [`read_reports`] gives, from parts that were read apart, in the order of their sources.
///
/// # Errors
/// With `strict` where two reports were read for one meeting; [`Error::Stopped`].
pub fn gather<P: IntoIterator<Item = Part>>(parts: P, options: &ReportOptions, stop: &Stop) -> Result<Corpus> {
    let mut whole = Whole::default();
    for part in parts {
        stop.check()?;
        whole.add(part, options.strict)?;
    }
    whole.linked(&options.link, stop)
}

fn part(source: &Source, options: &ReportOptions, stop: &Stop) -> Result<Part> {
    let corpus = match read(source, options, stop) {
        Ok(Reading { report, meetings, statements, unread }) => {
            Corpus { reports: vec![report], meetings, statements, unread, errors: Vec::new() }
        }
        Err(error) if options.strict || error == Error::Stopped => return Err(error),
        Err(error) => Corpus::unreadable(&shown(source), &error),
    };
    Ok(Part { source: shown(source), corpus })
}

fn shown(source: &Source) -> String {
    match source {
        Source::Text { name, .. } => name.clone(),
        Source::File { path, .. } => path.display().to_string(),
    }
}

fn read(source: &Source, options: &ReportOptions, stop: &Stop) -> Result<Reading> {
    stop.check()?;
    match source {
        Source::Text { name, text: given } => match options.opening.format {
            None => {
                options.opening.limits.check(Limit::TextChars, given.chars().count() as u64, name)?;
                read_report(given, name, &options.read, stop)
            }
            Some(_) => {
                let opening = Opening { encoding: Some("utf-8".to_owned()), ..options.opening.clone() };
                read_report(&text(given.as_bytes(), name, &opening, stop)?, name, &options.read, stop)
            }
        },
        Source::File { path, name } => {
            let Document { text, notes } = open(path, &options.opening, stop)?;
            let mut reading = read_report(&text, name, &options.read, stop)?;
            reading.report.warnings.splice(..0, notes);
            Ok(reading)
        }
    }
}

/// Parts put together one by one.
#[derive(Default)]
struct Whole {
    corpus: Corpus,
    /// The source that each meeting was read from.
    read_for: BTreeMap<String, String>,
}

impl Whole {
    fn add(&mut self, part: Part, strict: bool) -> Result<()> {
        let Part { source, mut corpus } = part;
        match self.claim(&corpus, &source) {
            Err(error) if strict => return Err(error),
            Err(error) => corpus = Corpus::unreadable(&source, &error),
            Ok(()) => (),
        }
        self.corpus.reports.append(&mut corpus.reports);
        self.corpus.meetings.append(&mut corpus.meetings);
        self.corpus.statements.append(&mut corpus.statements);
        self.corpus.unread.append(&mut corpus.unread);
        self.corpus.errors.append(&mut corpus.errors);
        Ok(())
    }

    /// One meeting has one report: two of them cannot be told from a change of position.
    fn claim(&mut self, corpus: &Corpus, source: &str) -> Result<()> {
        let mut own = BTreeMap::new();
        for meeting in &corpus.meetings {
            let id = &meeting.id;
            if let Some(other) = self.read_for.get(id).or(own.get(id)) {
                let problem = format!("meeting '{id}' has been read from {other} already");
                return Err(Error::Format { file: source.to_owned(), problem });
            }
            own.insert(id.clone(), source.to_owned());
        }
        self.read_for.append(&mut own);
        Ok(())
    }

    /// Meetings by date, statements by meeting, what stands in one meeting in the order of its text; issues joined.
    fn linked(self, options: &LinkOptions, stop: &Stop) -> Result<Corpus> {
        let mut corpus = self.corpus;
        corpus.meetings.sort_by(|a, b| (a.date_start, &a.id).cmp(&(b.date_start, &b.id)));
        corpus.reports.sort_by(|a, b| a.name.cmp(&b.name));
        let place: BTreeMap<&str, u32> = corpus.meetings.iter().map(|meeting| meeting.id.as_str()).zip(0..).collect();
        // A plain sort would hold half of them twice.
        corpus.statements.sort_by_cached_key(|statement| place.get(statement.meeting.as_str()).copied());
        corpus.unread.sort_by_cached_key(|unread| place.get(unread.meeting.as_str()).copied());
        link::assign(&mut corpus.statements, &corpus.meetings, options, stop)?;
        Ok(corpus)
    }
}

/// What the reader of a corpus should know of its reports: every warning of one that gave no statement or whose
/// meeting has no date, and of the others those that are not [`QUIET`].
pub fn doubts(corpus: &Corpus) -> Vec<String> {
    let spoken: BTreeSet<&str> = corpus.statements.iter().map(|statement| statement.report.as_str()).collect();
    let undated = corpus.meetings.iter().filter(|meeting| meeting.date_start.is_none());
    let undated: BTreeSet<&str> = undated.map(|meeting| meeting.id.as_str()).collect();
    let quiet = |note: &str| QUIET.iter().chain([&READ_AS]).any(|begins| note.starts_with(begins));
    let mut notes = Vec::new();
    for report in corpus.reports.iter().filter(|report| !report.text.trim().is_empty()) {
        let doubtful =
            !spoken.contains(report.name.as_str()) || report.meetings.iter().any(|id| undated.contains(id.as_str()));
        let told = report.warnings.iter().filter(|note| doubtful || !quiet(note));
        notes.extend(told.map(|note| format!("{}: {note}", report.name)));
    }
    notes
}

/// Two corpora as one, reports of one meeting by different reporters being joined under the id that it has
/// in `corpus`: meetings of `other` with an id that `same` gives for theirs, or with an equal id.
///
/// What is unknown of a meeting in one is taken from the other; where their reporting states differ the
/// meeting has none. Issues are linked anew where every statement stands in a report, else they stay. A
/// state that the two reports put on different sides is a contradiction, see
/// [`Cells::conflicts`](crate::group::Cells::conflicts).
///
/// # Errors
/// [`Error::Missing`] for a meeting that is not there, [`Error::Columns`] where rosters or days differ, or
/// a report's name stands in both for different texts; [`Error::Stopped`].
pub fn merge(
    corpus: &Corpus,
    other: &Corpus,
    same: &BTreeMap<String, String>,
    options: &LinkOptions,
    stop: &Stop,
) -> Result<Corpus> {
    for (theirs, ours) in same {
        for (id, part) in [(theirs, other), (ours, corpus)] {
            if part.meeting(id).is_none() {
                let hint = nearest(id, part.meetings.iter().map(|meeting| meeting.id.as_str()));
                return Err(Error::Missing { what: "meeting", got: id.clone(), hint });
            }
        }
    }
    let (mut first, mut second) = (corpus.clone(), renamed(other, same));
    for meeting in &mut first.meetings {
        if let Some(theirs) = second.meetings.iter_mut().find(|theirs| theirs.id == meeting.id) {
            *meeting = one_meeting(meeting, theirs)?;
            *theirs = meeting.clone();
        }
    }
    let mut whole = Corpus::concat(&[&first, &second])?;
    if whole.statements.iter().all(|statement| whole.report(&statement.report).is_some()) {
        link::assign(&mut whole.statements, &whole.meetings, options, stop)?;
    }
    Ok(whole)
}

fn renamed(corpus: &Corpus, same: &BTreeMap<String, String>) -> Corpus {
    let mut corpus = corpus.clone();
    let own = corpus.reports.iter_mut().flat_map(|report| &mut report.meetings);
    for id in own.chain(corpus.meetings.iter_mut().map(|meeting| &mut meeting.id)) {
        if let Some(other) = same.get(id) {
            id.clone_from(other);
        }
    }
    let same: BTreeMap<&str, ArcStr> = same.iter().map(|(id, other)| (id.as_str(), other.as_str().into())).collect();
    let said = corpus.statements.iter_mut().map(|statement| &mut statement.meeting);
    for id in said.chain(corpus.unread.iter_mut().map(|unread| &mut unread.meeting)) {
        if let Some(other) = same.get(id.as_str()) {
            id.clone_from(other);
        }
    }
    corpus
}

fn one_meeting(ours: &Meeting, theirs: &Meeting) -> Result<Meeting> {
    let days = ours.date_start.zip(theirs.date_start);
    if ours.roster != theirs.roster || days.is_some_and(|(a, b)| a != b) {
        let problem = format!("meeting '{}' has another day or other members in the two reports", ours.id);
        return Err(Error::Columns { table: "corpora".to_owned(), problem });
    }
    let reporter = ours.reporting_state.as_ref().filter(|state| theirs.reporting_state.as_ref() == Some(state));
    Ok(Meeting {
        id: ours.id.clone(),
        body: ours.body.clone().or_else(|| theirs.body.clone()),
        date_start: ours.date_start.or(theirs.date_start),
        date_end: ours.date_end.or(theirs.date_end),
        place: ours.place.clone().or_else(|| theirs.place.clone()),
        presidency: ours.presidency.clone().or_else(|| theirs.presidency.clone()),
        language: ours.language.clone().filter(|language| theirs.language.as_ref() == Some(language)),
        reporting_state: reporter.cloned(),
        roster: ours.roster.clone(),
    })
}
