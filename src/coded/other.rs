//! Another coder's statements on reports: a language model's, a person's.

use std::collections::BTreeMap;

use super::quotes::Quotes;
use super::table::{Options, Rows};
use super::{Actors, Grid, Notes, Row};
use crate::error::{Error, Result, nearest};
use crate::model::{Corpus, Report, Statement, Unread};
use crate::span::Span;

/// A corpus with another coder's statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Recoding {
    /// The corpus; what the coder left out of the sentences that name an actor is in `unread`.
    pub corpus: Corpus,
    /// Rows that do not fit: the report, and why.
    pub refused: Vec<(String, Error)>,
    /// Aliases resolved, doubles dropped.
    pub notes: Notes,
}

/// The reason in `unread` for a sentence that the rules would code and the coder did not.
const NOT_CODED: &str = "not_coded";

/// The corpus with the statements of another coder in place of its own: one table for each report, by name.
///
/// A row needs `stance`, `proposition` or `issue`, a holder (`institution`, `named`, `quantifier` …) and
/// `quote`, which must stand in the report; with `start` and `end` where it stands there more than once. Meeting
/// and section follow from the place of the quote. Rows that do not fit are handed back; nothing is guessed.
///
/// # Errors
/// [`Error::Missing`] for a report that the corpus does not hold.
pub fn recoded(corpus: &Corpus, tables: &[(String, Grid)], options: &Options<'_>) -> Result<Recoding> {
    let actors = Actors::new(options.roster.clone());
    let quotes = Quotes::new(&corpus.reports);
    let mut rows = Rows::new(&actors, &quotes, options.sizes, &corpus.meetings);
    let mut refused = Vec::new();
    for (name, grid) in tables {
        let Some(report) = corpus.report(name) else {
            let hint = nearest(name, corpus.reports.iter().map(|report| report.name.as_str()));
            return Err(Error::Missing { what: "report", got: name.clone(), hint });
        };
        let items = Items::of(corpus, report);
        for row in (0..grid.rows()).map(|row| grid.row(row)) {
            if let Err(error) = items.read(row, &mut rows) {
                refused.push((name.clone(), error));
            }
        }
    }
    let (mut statements, notes) = rows.finish();
    let place: BTreeMap<&str, usize> = corpus.meetings.iter().enumerate().map(|(at, m)| (m.id.as_str(), at)).collect();
    statements.sort_by_key(|s| (place.get(s.meeting.as_str()).copied(), s.report.clone(), s.span()));
    let unread = left_out(corpus, &statements);
    Ok(Recoding { corpus: Corpus { statements, unread, ..corpus.clone() }, refused, notes })
}

/// Where the agenda items of one report begin, as far as sentences that name an actor tell.
struct Items<'c> {
    report: &'c Report,
    items: Vec<(usize, &'c str, &'c str)>,
}

impl<'c> Items<'c> {
    fn of(corpus: &'c Corpus, report: &'c Report) -> Items<'c> {
        let statements = corpus.statements.iter().filter(|s| s.report == report.name);
        let unread = corpus.unread.iter().filter(|u| u.report == report.name);
        let mut items: Vec<(usize, &str, &str)> = statements
            .filter_map(|s| Some((s.span()?.start, s.meeting.as_str(), s.section.as_str())))
            .chain(unread.map(|u| (u.span.start, u.meeting.as_str(), u.section.as_str())))
            .collect();
        items.sort_unstable();
        Items { report, items }
    }

    /// The meeting and the section at a place; before the first known place those of that one.
    fn at(&self, start: usize) -> Option<(&'c str, &'c str)> {
        let after = self.items.partition_point(|(at, _, _)| *at <= start);
        let (_, meeting, section) = self.items.get(after.saturating_sub(1))?;
        Some((meeting, section))
    }

    fn read(&self, row: Row<'_>, rows: &mut Rows<'_>) -> Result<()> {
        let quote = rows.coder.quotes.quote(row, &self.report.name)?;
        let Some(start) = quote.and_then(|quote| quote.span()).map(|span| span.start) else {
            return Err(row.error("quote", "expected the words that carry the position, got an empty cell"));
        };
        let first = self.report.meetings.first().map_or("", String::as_str);
        let (meeting, section) = self.at(start).unwrap_or((first, ""));
        let meeting = row.get("meeting").unwrap_or(meeting);
        rows.read(row, (meeting, &self.report.name), |statement| {
            for name in [&mut statement.section, &mut statement.topic] {
                if name.is_empty() {
                    *name = section.into();
                }
            }
        })
    }
}

/// The sentences that name an actor and that no statement of the coder rests on.
fn left_out(corpus: &Corpus, coded: &[Statement]) -> Vec<Unread> {
    let mut covered: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for statement in coded {
        covered.entry(&statement.report).or_default().extend(statement.span());
    }
    covered.values_mut().for_each(join);
    let free = |unread: &Unread| {
        let spans = covered.get(unread.report.as_str()).map_or(&[][..], Vec::as_slice);
        let before = spans.partition_point(|span| span.start < unread.span.end);
        before.checked_sub(1).and_then(|at| spans.get(at)).is_none_or(|span| span.end <= unread.span.start)
    };
    let by_rules = corpus.statements.iter().filter_map(|statement| {
        let quote = statement.quote.as_ref()?;
        Some(Unread {
            report: statement.report.clone(),
            meeting: statement.meeting.clone(),
            section: statement.section.clone(),
            span: quote.span()?,
            text: quote.text.clone(),
            reason: NOT_CODED.into(),
        })
    });
    let mut unread: Vec<Unread> = corpus.unread.iter().cloned().chain(by_rules).filter(free).collect();
    unread.sort_by(|a, b| (&a.report, a.span.start, a.span.end).cmp(&(&b.report, b.span.start, b.span.end)));
    unread.dedup_by(|a, b| a.report == b.report && a.span == b.span);
    unread
}

/// Joins spans that overlap, so that each place lies in one at most.
fn join(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| span.start);
    spans.dedup_by(|next, span| {
        let over = next.start <= span.end;
        if over {
            span.end = span.end.max(next.end);
        }
        over
    });
}
