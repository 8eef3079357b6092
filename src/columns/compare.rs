//! What comparing meetings gives.

use arrow_array::RecordBatch;

use super::Table;
use crate::coded::{Grid, Row};
use crate::compare::{AgreementChange, Change, Gap, Shift, Vote, VoteKey};
use crate::error::{Choice, Result};
use crate::model::{Actor, Stance};

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
        .word("change", Change::ALL.map(Change::as_str), rows.iter().map(|r| r.change.as_str()))
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

/// One row a vote: `actor, voted_on, issue, similarity, said, stance, voted, gap, quotes`; quotes are joined
/// by a line end.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn gaps(rows: &[Gap]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|r| r.actor.as_str()))
        .text("voted_on", rows.iter().map(|r| &r.voted_on))
        .maybe_text("issue", rows.iter().map(|r| r.issue.as_ref()))
        .number("similarity", rows.iter().map(|r| r.similarity))
        .number("said", rows.iter().map(|r| r.said))
        .maybe_text("stance", rows.iter().map(|r| r.stance.map(Stance::as_str)))
        .number("voted", rows.iter().map(|r| r.voted))
        .number("gap", rows.iter().map(|r| r.gap))
        .text("quotes", rows.iter().map(|r| r.quotes.join("\n")))
        .finish("gaps")
}

/// A table of votes: `actor, issue, vote`, a vote being `yes`, `no`, `abstain`, or `absent` as an empty cell.
///
/// # Errors
/// [`crate::Error::Cell`] for a cell that does not fit.
pub fn read_votes(grid: &Grid) -> Result<Vec<Vote>> {
    let words = [
        ("yes", Some(Stance::Support)),
        ("no", Some(Stance::Oppose)),
        ("abstain", Some(Stance::Neutral)),
        ("absent", None),
    ];
    let read = |row: Row<'_>| {
        Ok(Vote {
            actor: Actor::new(row.required("actor", "the code of an actor")?),
            issue: row.required("issue", "what was voted on")?.to_owned(),
            vote: row.choice("vote", Choice::new("vote", words))?.flatten(),
        })
    };
    (0..grid.rows()).map(|at| read(grid.row(at))).collect()
}

/// A key of votes: `voted_on, issue`, and `polarity` where it is −1.
///
/// # Errors
/// [`crate::Error::Cell`] for a cell that does not fit.
pub fn read_vote_key(grid: &Grid) -> Result<Vec<VoteKey>> {
    let read = |row: Row<'_>| {
        Ok(VoteKey {
            vote: row.required("voted_on", "what was voted on")?.to_owned(),
            issue: row.required("issue", "an issue of the corpus")?.to_owned(),
            polarity: super::link::polarity(row)?,
        })
    };
    (0..grid.rows()).map(|at| read(grid.row(at))).collect()
}
