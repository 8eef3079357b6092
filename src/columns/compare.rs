//! What comparing meetings gives.

use arrow_array::RecordBatch;

use super::Table;
use crate::compare::{AgreementChange, Shift};
use crate::error::Result;

/// One row an actor and issue: `actor, topic, issue, before, after, change, quotes_before,
/// quotes_after`; quotes are joined by a line end.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn shifts(rows: &[Shift]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|r| r.actor.as_str()))
        .text("topic", rows.iter().map(|r| &r.topic))
        .text("issue", rows.iter().map(|r| &r.issue))
        .number("before", rows.iter().map(|r| r.before))
        .number("after", rows.iter().map(|r| r.after))
        .text("change", rows.iter().map(|r| r.change.as_str()))
        .text("quotes_before", rows.iter().map(|r| r.quotes_before.join("\n")))
        .text("quotes_after", rows.iter().map(|r| r.quotes_after.join("\n")))
        .finish("shifts")
}

/// One row a pair: `actor_a, actor_b, before, after, change, lower, upper, shared_before,
/// shared_after, p_value`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn changes(rows: &[AgreementChange]) -> Result<RecordBatch> {
    Table::new()
        .text("actor_a", rows.iter().map(|r| r.actor_a.as_str()))
        .text("actor_b", rows.iter().map(|r| r.actor_b.as_str()))
        .number("before", rows.iter().map(|r| r.before))
        .number("after", rows.iter().map(|r| r.after))
        .number("change", rows.iter().map(|r| r.change))
        .number("lower", rows.iter().map(|r| r.lower))
        .number("upper", rows.iter().map(|r| r.upper))
        .number("shared_before", rows.iter().map(|r| Some(r.shared_before)))
        .number("shared_after", rows.iter().map(|r| Some(r.shared_after)))
        .number("p_value", rows.iter().map(|r| r.p_value))
        .finish("changes")
}
