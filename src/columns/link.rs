//! The crosswalk, both ways, and the instruments.

use arrow_array::RecordBatch;

use super::{Table, join_actors};
use crate::coded::{Grid, Row};
use crate::error::Result;
use crate::link::{CrosswalkRow, Instrument, KnownInstrument, LabelMatch, TopicRow};

/// One row a phrase of a meeting: `issue, topic, proposition, meeting, similarity, polarity, statements`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn issues(rows: &[CrosswalkRow]) -> Result<RecordBatch> {
    Table::new()
        .text("issue", rows.iter().map(|r| &r.issue))
        .maybe_text("topic", rows.iter().map(|r| r.topic.as_ref()))
        .text("proposition", rows.iter().map(|r| &r.proposition))
        .maybe_text("meeting", rows.iter().map(|r| r.meeting.as_ref()))
        .number("similarity", rows.iter().map(|r| Some(r.similarity)))
        .integer("polarity", rows.iter().map(|r| i64::from(r.polarity)))
        .count("statements", rows.iter().map(|r| Some(r.statements)))
        .finish("issues")
}

/// One row a heading of a meeting: `topic, section, meeting, similarity, statements`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn topics(rows: &[TopicRow]) -> Result<RecordBatch> {
    Table::new()
        .text("topic", rows.iter().map(|r| &r.topic))
        .text("section", rows.iter().map(|r| &r.section))
        .maybe_text("meeting", rows.iter().map(|r| r.meeting.as_ref()))
        .number("similarity", rows.iter().map(|r| Some(r.similarity)))
        .count("statements", rows.iter().map(|r| Some(r.statements)))
        .finish("topics")
}

/// One row an instrument: `instrument, abbreviation, variants, meetings, statements, supporters,
/// opponents`; variants are lists, ids and codes are joined by a space.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn instruments(rows: &[Instrument]) -> Result<RecordBatch> {
    Table::new()
        .text("instrument", rows.iter().map(|r| &r.name))
        .maybe_text("abbreviation", rows.iter().map(|r| r.abbreviation.as_ref()))
        .texts("variants", rows.iter().map(|r| &r.variants))
        .text("meetings", rows.iter().map(|r| r.meetings.join(" ")))
        .count("statements", rows.iter().map(|r| Some(r.statements)))
        .text("supporters", rows.iter().map(|r| join_actors(&r.supporters)))
        .text("opponents", rows.iter().map(|r| join_actors(&r.opponents)))
        .finish("instruments")
}

/// One row a match: `left, right, similarity`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn matches(rows: &[LabelMatch], left: &[&str], right: &[&str]) -> Result<RecordBatch> {
    Table::new()
        .maybe_text("left", rows.iter().map(|r| left.get(r.left)))
        .maybe_text("right", rows.iter().map(|r| right.get(r.right)))
        .number("similarity", rows.iter().map(|r| Some(r.similarity)))
        .finish("matches")
}

/// The polarity of a row: 1 or −1, and 1 where the cell is empty.
pub(super) fn polarity(row: Row<'_>) -> Result<i8> {
    match row.number("polarity", -1.0, 1.0)? {
        None => Ok(1),
        Some(number) if number.abs() == 1.0 => Ok(number as i8),
        Some(number) => Err(row.error("polarity", format!("expected 1 or -1, got {number}"))),
    }
}

/// The rows of an edited table of issues.
///
/// # Errors
/// [`crate::Error::Cell`] for a cell that does not fit.
pub fn read_issues(grid: &Grid) -> Result<Vec<CrosswalkRow>> {
    let read = |row: Row<'_>| {
        Ok(CrosswalkRow {
            issue: row.required("issue", "the name of an issue")?.to_owned(),
            topic: row.exact("topic").map(str::to_owned),
            proposition: row.exact("proposition").unwrap_or_default().to_owned(),
            meeting: row.get("meeting").map(str::to_owned),
            polarity: polarity(row)?,
            ..CrosswalkRow::default()
        })
    };
    (0..grid.rows()).map(|at| read(grid.row(at))).collect()
}

/// The rows of an edited table of topics.
///
/// # Errors
/// [`crate::Error::Cell`] for a cell that does not fit.
pub fn read_topics(grid: &Grid) -> Result<Vec<TopicRow>> {
    let read = |row: Row<'_>| {
        Ok(TopicRow {
            topic: row.required("topic", "the name of a topic")?.to_owned(),
            section: row.exact("section").unwrap_or_default().to_owned(),
            meeting: row.get("meeting").map(str::to_owned),
            ..TopicRow::default()
        })
    };
    (0..grid.rows()).map(|at| read(grid.row(at))).collect()
}

/// A user's list of instruments: `instrument`, and `abbreviation` and `variants` (joined by `;`) where
/// they are known.
///
/// # Errors
/// [`crate::Error::Cell`] for a row without an instrument.
pub fn read_instruments(grid: &Grid) -> Result<Vec<KnownInstrument>> {
    let read = |row: Row<'_>| {
        let variants = row.get("variants").unwrap_or_default().split(';').map(str::trim);
        Ok(KnownInstrument {
            name: row.required("instrument", "the name of an instrument")?.to_owned(),
            abbreviation: row.get("abbreviation").map(str::to_owned),
            aliases: variants.filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
        })
    };
    (0..grid.rows()).map(|at| read(grid.row(at))).collect()
}
