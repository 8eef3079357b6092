//! The tables of a stored corpus, back to the corpus.

use super::table::{Sizes, read_rows};
use super::{Actors, Grid, Row};
use crate::error::{Error, Result};
use crate::model::{Actor, Corpus, Meeting, Report, Roster, Unread, Unreadable};
use crate::span::{CodePoints, Span};

/// The tables of one corpus, as [`crate::columns`] writes them.
#[derive(Debug, Clone)]
pub struct Stored {
    /// One row a meeting.
    pub meetings: Grid,
    /// One row a report, with its text.
    pub reports: Grid,
    /// One row a statement.
    pub statements: Grid,
    /// One row an unread sentence.
    pub unread: Grid,
    /// One row a file that could not be read.
    pub errors: Grid,
}

impl Stored {
    /// The corpus; every row is checked as that of a coded table, quotes against their texts.
    ///
    /// # Errors
    /// [`Error::Cell`] for the first cell that does not fit.
    pub fn read(&self, own: Option<&Roster>, sizes: Sizes<'_>) -> Result<Corpus> {
        let actors = Actors::new(own.cloned());
        let meetings = rows(&self.meetings).map(meeting).collect::<Result<Vec<_>>>()?;
        let reports = rows(&self.reports).map(report).collect::<Result<Vec<_>>>()?;
        let unread = rows(&self.unread).map(|row| unread(row, &reports)).collect::<Result<Vec<_>>>()?;
        let errors = rows(&self.errors).map(unreadable).collect();
        let corpus = read_rows(&self.statements, &actors, sizes, meetings, reports)?.corpus;
        Ok(Corpus { unread, errors, ..corpus })
    }
}

fn rows(grid: &Grid) -> impl Iterator<Item = Row<'_>> {
    (0..grid.rows()).map(|row| grid.row(row))
}

fn owned(row: Row<'_>, column: &str) -> String {
    row.exact(column).unwrap_or_default().to_owned()
}

fn meeting(row: Row<'_>) -> Result<Meeting> {
    let text = |column| row.exact(column).map(str::to_owned);
    let cell = row.get("roster").unwrap_or_default();
    let members: Vec<&str> = match cell.contains(';') {
        true => cell.split(';').map(str::trim).collect(),
        false => cell.split_whitespace().collect(),
    };
    Ok(Meeting {
        id: owned(row, "meeting"),
        body: text("body"),
        date_start: row.day("date_start")?,
        date_end: row.day("date_end")?,
        place: text("place"),
        presidency: row.get("presidency").map(Actor::new),
        language: text("language"),
        reporting_state: row.get("reporting_state").map(Actor::new),
        roster: Roster::new(members.into_iter().map(Actor::new)).map_err(|e| row.error("roster", e.to_string()))?,
    })
}

fn report(row: Row<'_>) -> Result<Report> {
    let text = row.exact("text").ok_or_else(|| row.error("text", "expected the report's text, got nothing"))?;
    Ok(Report {
        name: owned(row, "report"),
        meetings: row.get("meetings").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        text: text.into(),
        warnings: owned(row, "warnings").lines().map(str::to_owned).collect(),
    })
}

fn unread(row: Row<'_>, reports: &[Report]) -> Result<Unread> {
    let name = owned(row, "report");
    let outside = || -> Error { row.error("start", "the sentence does not stand there in the report") };
    let report = reports.iter().find(|r| r.name == name).ok_or_else(outside)?;
    let points = CodePoints::new(&report.text);
    let byte = |column| Ok::<_, Error>(row.whole(column)?.and_then(|point| points.to_byte(point)));
    let (start, end) = byte("start")?.zip(byte("end")?).filter(|(start, end)| start <= end).ok_or_else(outside)?;
    let span = Span::new(start, end);
    Ok(Unread {
        report: name.into(),
        meeting: owned(row, "meeting").into(),
        section: owned(row, "section").into(),
        span,
        text: report.text.substr(span.start..span.end),
        reason: owned(row, "reason").into(),
    })
}

fn unreadable(row: Row<'_>) -> Unreadable {
    Unreadable { path: owned(row, "path"), error: owned(row, "error") }
}
