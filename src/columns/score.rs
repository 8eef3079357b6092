//! What scoring gives: agreement, its reasons, positions, contradictions.

use arrow_array::RecordBatch;

use super::Table;
use crate::error::{Error, Result};
use crate::group::{Conflict, ConflictKind};
use crate::model::{Actor, Holder, Intensity, Stance};
use crate::render::holder_long;
use crate::score::{Agreement, AgreementRow, Contribution, Influence, Naming, Position};

/// One row a pair and key: `actor_a, actor_b`, the keys, `agreement, lower, upper, shared,
/// shared_lower, shared_upper, agree, disagree`.
///
/// # Errors
/// None on any scores; the type is that of every table.
pub fn agreement(scores: &Agreement) -> Result<RecordBatch> {
    let rows = || scores.rows.iter();
    let mut table = Table::new()
        .text("actor_a", rows().map(|r| r.actor_a.as_str()))
        .text("actor_b", rows().map(|r| r.actor_b.as_str()));
    for (at, key) in scores.by.iter().enumerate() {
        table = table.maybe_text(key.as_str(), rows().map(|r| r.keys.get(at)));
    }
    table
        .number("agreement", rows().map(|r| r.agreement))
        .number("lower", rows().map(|r| r.lower))
        .number("upper", rows().map(|r| r.upper))
        .number("shared", rows().map(|r| Some(r.shared)))
        .number("shared_lower", rows().map(|r| Some(r.shared_lower)))
        .number("shared_upper", rows().map(|r| Some(r.shared_upper)))
        .number("agree", rows().map(|r| Some(r.agree)))
        .number("disagree", rows().map(|r| Some(r.disagree)))
        .finish("agreement")
}

/// A square: `actor`, then one column an actor, in one order; the diagonal is undefined.
///
/// # Errors
/// [`Error::Option`] for scores that are split by a key: no single number stands for a pair.
pub fn matrix(scores: &Agreement, value: fn(&AgreementRow) -> Option<f64>) -> Result<RecordBatch> {
    if let Some(key) = scores.by.first() {
        return Err(Error::Option {
            name: "by",
            got: key.as_str().to_owned(),
            expected: "scores that are not split, for a matrix".to_owned(),
        });
    }
    let actors = &scores.actors;
    let mut square = vec![vec![None; actors.len()]; actors.len()];
    for row in &scores.rows {
        if let (Ok(a), Ok(b)) = (actors.binary_search(&row.actor_a), actors.binary_search(&row.actor_b)) {
            square[a][b] = value(row);
            square[b][a] = value(row);
        }
    }
    let mut table = Table::new().text("actor", actors.iter().map(Actor::as_str));
    for (actor, column) in actors.iter().zip(square) {
        table = table.number(actor.as_str(), column);
    }
    table.finish("matrix")
}

/// One row a cell: `instrument` where scores are split by it, `meeting, topic, issue, weight, stance_a, stance_b, p_agree, p_disagree,
/// contribution, certain, holders_a, holders_b, quotes_a, quotes_b, statements_a, statements_b`; holders and quotes are joined by a
/// line end, ids by a space.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn contributions(rows: &[Contribution]) -> Result<RecordBatch> {
    let mut table = Table::new();
    if rows.iter().any(|r| r.instrument.is_some()) {
        table = table.maybe_text("instrument", rows.iter().map(|r| r.instrument.as_ref()));
    }
    table
        .text("meeting", rows.iter().map(|r| &r.meeting))
        .text("topic", rows.iter().map(|r| &r.topic))
        .text("issue", rows.iter().map(|r| &r.issue))
        .number("weight", rows.iter().map(|r| Some(r.weight)))
        .maybe_text("stance_a", rows.iter().map(|r| r.stance_a.map(Stance::as_str)))
        .maybe_text("stance_b", rows.iter().map(|r| r.stance_b.map(Stance::as_str)))
        .number("p_agree", rows.iter().map(|r| Some(r.p_agree)))
        .number("p_disagree", rows.iter().map(|r| Some(r.p_disagree)))
        .number("contribution", rows.iter().map(|r| r.contribution))
        .flag("certain", rows.iter().map(|r| r.certain))
        .text("holders_a", rows.iter().map(|r| holders(&r.holders_a)))
        .text("holders_b", rows.iter().map(|r| holders(&r.holders_b)))
        .text("quotes_a", rows.iter().map(|r| r.quotes_a.join("\n")))
        .text("quotes_b", rows.iter().map(|r| r.quotes_b.join("\n")))
        .text("statements_a", rows.iter().map(|r| r.statements_a.join(" ")))
        .text("statements_b", rows.iter().map(|r| r.statements_b.join(" ")))
        .finish("contributions")
}

/// Holders in full, one a line, in the order of their quotes.
fn holders(holders: &[Holder]) -> String {
    holders.iter().map(holder_long).collect::<Vec<_>>().join("\n")
}

/// One row a statement: `statement, meeting, topic, issue, with, without, influence, quote`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn influences(rows: &[Influence]) -> Result<RecordBatch> {
    Table::new()
        .text("statement", rows.iter().map(|r| &r.statement))
        .text("meeting", rows.iter().map(|r| &r.meeting))
        .text("topic", rows.iter().map(|r| &r.topic))
        .text("issue", rows.iter().map(|r| &r.issue))
        .number("with", rows.iter().map(|r| r.with))
        .number("without", rows.iter().map(|r| r.without))
        .number("influence", rows.iter().map(|r| r.influence))
        .maybe_text("quote", rows.iter().map(|r| r.quote.as_ref()))
        .finish("influences")
}

/// One row a state: `actor, named, statements, share, reported, named_by_others, statements_of_others,
/// share_by_others`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn naming(rows: &[Naming]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|r| r.actor.as_str()))
        .count("named", rows.iter().map(|r| Some(r.named)))
        .count("statements", rows.iter().map(|r| Some(r.statements)))
        .number("share", rows.iter().map(Naming::share))
        .count("reported", rows.iter().map(|r| Some(r.reported)))
        .count("named_by_others", rows.iter().map(|r| Some(r.named_by_others)))
        .count("statements_of_others", rows.iter().map(|r| Some(r.statements_of_others)))
        .number("share_by_others", rows.iter().map(Naming::share_by_others))
        .finish("naming")
}

/// One row an actor and cell: `actor, meeting, topic, issue, p_support, p_oppose, p_neutral, certain,
/// intensity, conditional`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn positions(rows: &[Position]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|p| p.actor.as_str()))
        .text("meeting", rows.iter().map(|p| &p.meeting))
        .text("topic", rows.iter().map(|p| &p.topic))
        .text("issue", rows.iter().map(|p| &p.issue))
        .number("p_support", rows.iter().map(|p| p.p_support))
        .number("p_oppose", rows.iter().map(|p| p.p_oppose))
        .number("p_neutral", rows.iter().map(|p| p.p_neutral))
        .maybe_text("certain", rows.iter().map(|p| p.certain.map(Stance::as_str)))
        .maybe_text("intensity", rows.iter().map(|p| p.intensity.map(Intensity::as_str)))
        .maybe_flag("conditional", rows.iter().map(|p| p.conditional))
        .finish("positions")
}

/// One row a contradiction: `meeting, topic, issue, who, kind, done, statements`; the last is a list of ids.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn conflicts(rows: &[Conflict]) -> Result<RecordBatch> {
    Table::new()
        .text("meeting", rows.iter().map(|c| &c.meeting))
        .text("topic", rows.iter().map(|c| &c.topic))
        .text("issue", rows.iter().map(|c| &c.issue))
        .text("who", rows.iter().map(|c| &c.who))
        .word("kind", ConflictKind::ALL.map(ConflictKind::as_str), rows.iter().map(|c| c.kind.as_str()))
        .text("done", rows.iter().map(|c| &c.done))
        .texts("statements", rows.iter().map(|c| &c.statements))
        .finish("conflicts")
}
