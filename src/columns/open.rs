//! What anonymous groups leave open: measures over completions, and what depends on the size table.

use arrow_array::RecordBatch;

use super::Table;
use crate::council::Sensitivity;
use crate::error::Result;
use crate::model::Actor;
use crate::score::completions::{Open, OpenCohesion};

/// One row a cell: `meeting, topic, issue`, the measure's name, `lower, upper, defined`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn open_cohesion(measure: &str, rows: &[OpenCohesion]) -> Result<RecordBatch> {
    Table::new()
        .text("meeting", rows.iter().map(|row| &row.meeting))
        .text("topic", rows.iter().map(|row| &row.topic))
        .text("issue", rows.iter().map(|row| &row.issue))
        .number(measure, rows.iter().map(|row| row.value))
        .number("lower", rows.iter().map(|row| row.bounds.map(|ends| ends.0)))
        .number("upper", rows.iter().map(|row| row.bounds.map(|ends| ends.1)))
        .number("defined", rows.iter().map(|row| Some(row.defined)))
        .finish("cohesion")
}

/// One row: the measure's name, and the columns of every measure over completions.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn open_measure(measure: &str, open: &Open) -> Result<RecordBatch> {
    over(Table::new(), measure, std::slice::from_ref(open)).finish(measure)
}

/// One row a pair: `actor_a, actor_b`, and the columns of every measure over completions.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn open_pairs(actors: &[Actor], measure: &str, rows: &[Open]) -> Result<RecordBatch> {
    let pairs = || (0..actors.len()).flat_map(|i| (i + 1..actors.len()).map(move |j| (i, j)));
    let table = Table::new().text("actor_a", pairs().map(|(i, _)| actors[i].as_str()));
    over(table.text("actor_b", pairs().map(|(_, j)| actors[j].as_str())), measure, rows).finish(measure)
}

/// The measure's name (its mean), `error, ci_low, ci_high, least, greatest, defined`.
fn over(table: Table, measure: &str, rows: &[Open]) -> Table {
    table
        .number(measure, rows.iter().map(|row| row.mean))
        .number("error", rows.iter().map(|row| row.error))
        .number("ci_low", rows.iter().map(|row| row.interval.map(|ends| ends.0)))
        .number("ci_high", rows.iter().map(|row| row.interval.map(|ends| ends.1)))
        .number("least", rows.iter().map(|row| row.range.map(|ends| ends.0)))
        .number("greatest", rows.iter().map(|row| row.range.map(|ends| ends.1)))
        .count("defined", rows.iter().map(|row| Some(row.defined)))
}

/// One row a quantity and size table: `quantity, actor_a, actor_b, meeting, issue, side, table, value, lower, upper,
/// verdict`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn sensitivities(rows: &[Sensitivity]) -> Result<RecordBatch> {
    let of = |at: usize, pair: bool| {
        rows.iter().map(move |row| {
            let fits = (row.quantity == "agreement") == pair && !row.of[at].is_empty();
            fits.then(|| row.of[at].as_str())
        })
    };
    Table::new()
        .word("quantity", Sensitivity::QUANTITIES, rows.iter().map(|row| row.quantity))
        .maybe_text("actor_a", of(0, true))
        .maybe_text("actor_b", of(1, true))
        .maybe_text("meeting", of(0, false))
        .maybe_text("issue", of(1, false))
        .maybe_text("side", of(2, false))
        .text("table", rows.iter().map(|row| &row.table))
        .number("value", rows.iter().map(|row| row.value))
        .number("lower", rows.iter().map(|row| row.lower))
        .number("upper", rows.iter().map(|row| row.upper))
        .maybe_text("verdict", rows.iter().map(|row| row.verdict))
        .finish("sensitivity")
}
