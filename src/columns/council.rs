//! What the Council's rules make of sides and members.

use arrow_array::RecordBatch;

use super::{Table, join_actors};
use crate::council::{MajorityRow, PivotalRow, Power, Verdict};
use crate::error::Result;
use crate::model::{Actor, Stance};

/// The sides of a cell.
const SIDES: [Stance; 2] = [Stance::Support, Stance::Oppose];

/// One row a side of a cell: `meeting, topic, issue, side, size_lo, size_hi, share_lo, share_hi,
/// verdict, probability, verdict_assent, probability_assent, reason, additions, population`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn majorities(rows: &[MajorityRow]) -> Result<RecordBatch> {
    Table::new()
        .text("meeting", rows.iter().map(|r| &r.meeting))
        .text("topic", rows.iter().map(|r| &r.topic))
        .text("issue", rows.iter().map(|r| &r.issue))
        .word("side", SIDES.map(Stance::as_str), rows.iter().map(|r| r.side.as_str()))
        .count("size_lo", rows.iter().map(|r| Some(r.size_lo)))
        .count("size_hi", rows.iter().map(|r| Some(r.size_hi)))
        .number("share_lo", rows.iter().map(|r| r.share_lo))
        .number("share_hi", rows.iter().map(|r| r.share_hi))
        .maybe_text("verdict", rows.iter().map(|r| r.verdict.map(Verdict::as_str)))
        .number("probability", rows.iter().map(|r| r.probability))
        .maybe_text("verdict_assent", rows.iter().map(|r| r.verdict_assent.map(Verdict::as_str)))
        .number("probability_assent", rows.iter().map(|r| r.probability_assent))
        .maybe_text("reason", rows.iter().map(|r| r.reason.as_ref()))
        .maybe_text("additions", rows.iter().map(|r| r.additions.as_ref().map(|actors| join_actors(actors))))
        .maybe_text("population", rows.iter().map(|r| r.population.as_ref()))
        .finish("majorities")
}

/// One row a member: `actor, probability`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn pivotal(rows: &[(Actor, f64)]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|(actor, _)| actor.as_str()))
        .number("probability", rows.iter().map(|(_, probability)| Some(*probability)))
        .finish("pivotal")
}

/// One row a side and member: `meeting, topic, issue, side, actor, probability`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn pivotal_of_sides(rows: &[PivotalRow]) -> Result<RecordBatch> {
    Table::new()
        .text("meeting", rows.iter().map(|r| &r.meeting))
        .text("topic", rows.iter().map(|r| &r.topic))
        .text("issue", rows.iter().map(|r| &r.issue))
        .word("side", SIDES.map(Stance::as_str), rows.iter().map(|r| r.side.as_str()))
        .text("actor", rows.iter().map(|r| r.actor.as_str()))
        .number("probability", rows.iter().map(|r| Some(r.probability)))
        .finish("pivotal")
}

/// One row a member: `actor, power`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn power(rows: &[Power]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|r| r.actor.as_str()))
        .number("power", rows.iter().map(|r| r.power))
        .finish("power")
}
