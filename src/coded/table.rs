//! A whole coded table to a corpus.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::quotes::Quotes;
use super::statement::Coder;
use super::{Actors, Grid, Notes, Row};
use crate::error::{Error, Result, RowNumber, nearest};
use crate::model::{Corpus, Meeting, Report, Roster, Shared, Statement, StatementId, Who};

/// Answers the smallest and largest sizes that a group's size word stands for, in any table in use.
pub type Sizes<'o> = &'o dyn Fn(&Who, &Roster) -> Vec<(usize, usize)>;

/// How a coded table is read.
pub struct Options<'o> {
    /// Who can hold a position, where it is not the member states of the day.
    pub roster: Option<Roster>,
    /// Explicit sizes that go with the word are told by it from those that replace it.
    pub sizes: Sizes<'o>,
}

/// A corpus from a table, and what its reader should know.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// The corpus; without texts.
    pub corpus: Corpus,
    /// Aliases resolved, doubles dropped, states that were no members.
    pub notes: Notes,
}

/// Reads a coded table.
///
/// # Errors
/// [`Error::Columns`] where a column is missing, [`Error::Cell`] for the first cell that does not fit.
pub fn read_table(grid: &Grid, options: &Options<'_>) -> Result<Coded> {
    check_columns(grid, options.roster.is_some())?;
    let actors = Actors::new(options.roster.clone());
    let meetings = meetings(grid, &actors, options.roster.as_ref())?;
    read_rows(grid, &actors, options.sizes, meetings, Vec::new())
}

/// Reads the rows of a table about known meetings, with the texts their quotes stand in.
pub(super) fn read_rows(
    grid: &Grid,
    actors: &Actors,
    sizes: Sizes<'_>,
    meetings: Vec<Meeting>,
    reports: Vec<Report>,
) -> Result<Coded> {
    let (mut statements, notes) = {
        let quotes = Quotes::new(&reports);
        let mut rows = Rows::new(actors, &quotes, sizes, &meetings);
        for row in (0..grid.rows()).map(|row| grid.row(row)) {
            let id = row.required("meeting", "the id of a meeting")?;
            rows.read(row, (id, row.get("report").unwrap_or_default()), |_| {})?;
        }
        rows.finish()
    };
    let order: BTreeMap<&str, usize> = meetings.iter().enumerate().map(|(at, m)| (m.id.as_str(), at)).collect();
    statements.sort_by_key(|s| order.get(s.meeting.as_str()).copied());
    Ok(Coded { corpus: Corpus { meetings, reports, statements, ..Corpus::default() }, notes })
}

/// Statements as they are read, row by row; what stands twice is kept once.
pub(super) struct Rows<'c> {
    pub(super) coder: Coder<'c>,
    meetings: BTreeMap<&'c str, &'c Meeting>,
    ids: Ids,
    shared: Shared,
    statements: Vec<Statement>,
    notes: Notes,
}

impl<'c> Rows<'c> {
    pub(super) fn new(
        actors: &'c Actors,
        quotes: &'c Quotes<'c>,
        sizes: Sizes<'c>,
        meetings: &'c [Meeting],
    ) -> Rows<'c> {
        Rows {
            coder: Coder { actors, quotes, sizes },
            meetings: meetings.iter().map(|m| (m.id.as_str(), m)).collect(),
            ids: Ids::default(),
            shared: Shared::default(),
            statements: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Reads one row about the meeting and report of those names; `complete` adds what the row leaves open.
    pub(super) fn read(
        &mut self,
        row: Row<'_>,
        (id, report): (&str, &str),
        complete: impl FnOnce(&mut Statement),
    ) -> Result<()> {
        let Some(meeting) = self.meetings.get(id) else {
            let hint = nearest(id, self.meetings.keys().copied()).map(|h| format!(" (did you mean '{h}'?)"));
            return Err(row.error("meeting", format!("no meeting '{id}'{}", hint.unwrap_or_default())));
        };
        let mut statement = self.coder.statement(row, (meeting, report), &mut self.notes)?;
        complete(&mut statement);
        self.shared.keep(&mut statement);
        match self.ids.place(row, &statement.id, self.statements.len())? {
            Place::New => self.statements.push(statement),
            Place::Double(at) if at.iter().any(|at| same(self.statements.get(*at), &statement)) => {
                self.notes.count("the same row stood before and is kept once".to_owned());
            }
            Place::Double(_) => {
                self.ids.number(&mut statement.id, self.statements.len());
                self.statements.push(statement);
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> (Vec<Statement>, Notes) {
        (self.statements, self.notes)
    }
}

enum Place {
    New,
    Double(Vec<usize>),
}

/// The ids given so far: those of the table stand once, computed ones are numbered where they meet.
#[derive(Default)]
struct Ids {
    given: BTreeSet<StatementId>,
    rows: BTreeMap<StatementId, Vec<usize>>,
}

/// True where two statements differ in their ids at most.
fn same(earlier: Option<&Statement>, statement: &Statement) -> bool {
    earlier.is_some_and(|earlier| Statement { id: statement.id.clone(), ..earlier.clone() } == *statement)
}

impl Ids {
    fn place(&mut self, row: Row<'_>, id: &StatementId, at: usize) -> Result<Place> {
        let new = self.given.insert(id.clone());
        if !new && row.get("statement").is_some() {
            return Err(row.error("statement", format!("'{id}' stands more than once")));
        }
        let rows = self.rows.entry(id.clone()).or_default();
        if new {
            rows.push(at);
            return Ok(Place::New);
        }
        Ok(Place::Double(rows.clone()))
    }

    fn number(&mut self, id: &mut StatementId, at: usize) {
        self.rows.entry(id.clone()).or_default().push(at);
        let mut numbers = (2..).map(|n| StatementId::from(format!("{id}-{n}").as_str()));
        if let Some(numbered) = numbers.find(|numbered| !self.given.contains(numbered)) {
            self.given.insert(numbered.clone());
            *id = numbered;
        }
    }
}

fn check_columns(grid: &Grid, own_roster: bool) -> Result<()> {
    let names: BTreeSet<&str> = grid.names().collect();
    let missing = |needed: &[&str]| !needed.iter().any(|name| names.contains(name));
    let mut absent: Vec<&str> = Vec::new();
    let needed: [&[&str]; 4] =
        [&["meeting"], &["issue", "proposition"], &["stance"], &["named", "institution", "quantifier", "size_lo"]];
    absent.extend(needed.iter().filter(|needed| missing(needed)).filter_map(|needed| needed.first()));
    if !own_roster && !names.contains("date_start") {
        absent.push("date_start");
    }
    let Some(first) = absent.first() else { return Ok(()) };
    let hint = nearest(first, names.iter().copied()).map(|hint| format!("; is '{hint}' meant for '{first}'?"));
    let present: Vec<&str> = grid.names().collect();
    let problem = format!(
        "missing column{} {}; the table has {}{}",
        if absent.len() == 1 { "" } else { "s" },
        absent.join(", "),
        if present.is_empty() { "none".to_owned() } else { present.join(", ") },
        hint.unwrap_or_default()
    );
    Err(Error::Columns { table: grid.name().to_owned(), problem })
}

/// The meetings of a table, in order of date, then id; what a meeting's rows say of it must agree.
fn meetings(grid: &Grid, actors: &Actors, own: Option<&Roster>) -> Result<Vec<Meeting>> {
    let mut first: BTreeMap<&str, (usize, Meeting)> = BTreeMap::new();
    for at in 0..grid.rows() {
        let row = grid.row(at);
        let id = row.required("meeting", "the id of a meeting")?;
        match first.get(id) {
            None => {
                first.insert(id, (at, meeting(row, id, actors, own)?));
            }
            Some((earlier, _)) => same_meeting(row, grid.row(*earlier), *earlier)?,
        }
    }
    let mut meetings: Vec<Meeting> = first.into_values().map(|(_, meeting)| meeting).collect();
    meetings.sort_by(|a, b| (a.date_start, &a.id).cmp(&(b.date_start, &b.id)));
    Ok(meetings)
}

fn meeting(row: Row<'_>, id: &str, actors: &Actors, own: Option<&Roster>) -> Result<Meeting> {
    let text = |column| row.get(column).map(str::to_owned);
    let actor = |column: &'static str| match row.get(column) {
        None => Ok(None),
        Some(cell) => actors.one(cell).map(|read| Some(read.actor)).map_err(|problem| row.error(column, problem)),
    };
    let date_start = row.day("date_start")?;
    let date_end = row.day("date_end")?.or(date_start);
    if let (Some(start), Some(end)) = (date_start, date_end)
        && end < start
    {
        return Err(row.error("date_end", format!("{end} is before date_start, {start}")));
    }
    Ok(Meeting {
        id: id.to_owned(),
        body: text("body"),
        date_start,
        date_end,
        place: text("place"),
        presidency: actor("presidency")?,
        language: text("language"),
        reporting_state: actor("reporting_state")?,
        roster: roster(row, date_start, own)?,
    })
}

fn roster(row: Row<'_>, day: Option<Date>, own: Option<&Roster>) -> Result<Roster> {
    if let Some(own) = own {
        return Ok(own.clone());
    }
    let Some(day) = day else {
        return Err(row.error("date_start", "expected the first day of the meeting, got an empty cell"));
    };
    Roster::eu(day).map_err(|error| row.error("date_start", without_date(&error)))
}

fn without_date(error: &Error) -> String {
    error.to_string().trim_start_matches("date ").to_owned()
}

fn same_meeting(row: Row<'_>, earlier: Row<'_>, at: usize) -> Result<()> {
    for column in ["date_start", "date_end", "body", "place", "presidency", "language", "reporting_state"] {
        if let (Some(here), there) = (row.get(column), earlier.get(column))
            && there != Some(here)
        {
            let there = there.unwrap_or("nothing");
            let problem =
                format!("'{here}', but {} of the same meeting says '{there}'", RowNumber::after_header(at + 1));
            return Err(row.error(column, problem));
        }
    }
    Ok(())
}
