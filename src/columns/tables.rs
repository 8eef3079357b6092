//! The scores of a table of positions.

use arrow_array::RecordBatch;

use super::table::Table;
use crate::error::{Error, Result};
use crate::memory;
use crate::score::advice::Advised;
use crate::score::cohesion::{MeanCohesion, Votes};
use crate::score::pairs::recoding::Recoded;
use crate::score::pairs::tally::PairTally;
use crate::score::pairs::{PairScores, ScoredPart, UnitShare};
use crate::score::raters::alpha::Alpha;
use crate::score::raters::reliability::{Coefficient, OfCategory, Reliability};
use crate::score::table::{Part, Table as Positions, Unit};
use crate::stop::Stop;

/// One row a pair and part: `actor_a, actor_b`, those of `by`, the measure's name, `shared, ci_low,
/// ci_high, worst, best`.
///
/// # Errors
/// As [`ScoredPart::bounds`]; [`Error::Limit`] and [`Error::Memory`] for more pairs than a table can hold.
pub fn pair_scores(scores: &PairScores, stop: &Stop) -> Result<RecordBatch> {
    let bounds: Vec<Vec<Option<(f64, f64)>>> =
        scores.parts.iter().map(|part| part.bounds(&scores.options, stop)).collect::<Result<_>>()?;
    let actors = scores.table.actors();
    check_pairs(actors, bounds.iter().map(Vec::len).sum(), 6)?;
    let pairs = || (0..actors.len()).flat_map(|i| (i + 1..actors.len()).map(move |j| (i, j)));
    let each = || scores.parts.iter().flat_map(|_| pairs());
    let mut table = Table::new().text("actor_a", each().map(|(i, _)| &actors[i]));
    table = table.text("actor_b", each().map(|(_, j)| &actors[j]));
    for (at, name) in scores.options.by.iter().enumerate() {
        let keys = scores.parts.iter().flat_map(|part| pairs().map(move |_| part.key[at].as_deref()));
        table = table.maybe_text(name, keys);
    }
    let interval = |end: fn((f64, f64)) -> f64| {
        let of = move |part: &ScoredPart, at: usize| part.intervals.get(at).copied().flatten().map(end);
        scores.parts.iter().flat_map(move |part| (0..part.tally.shared().len()).map(move |at| of(part, at)))
    };
    let bound = |end: fn((f64, f64)) -> f64| bounds.iter().flatten().map(move |bound| bound.map(end));
    table
        .number(scores.options.measure.as_str(), scores.parts.iter().flat_map(|part| part.scores().iter().copied()))
        .count("shared", scores.parts.iter().flat_map(|part| part.tally.shared()).map(|n| Some(*n as usize)))
        .number("ci_low", interval(|ends| ends.0))
        .number("ci_high", interval(|ends| ends.1))
        .number("worst", bound(|ends| ends.0))
        .number("best", bound(|ends| ends.1))
        .finish("agreement")
}

/// One row a pair: `actor_a, actor_b`, the measure's name, `shared`.
///
/// # Errors
/// [`Error::Limit`] and [`Error::Memory`] for more pairs than a table can hold.
pub fn tally_scores(tally: &PairTally, min_shared: u32) -> Result<RecordBatch> {
    let actors = tally.actors();
    check_pairs(actors, tally.shared().len(), 2)?;
    let pairs = || (0..actors.len()).flat_map(|i| (i + 1..actors.len()).map(move |j| (i, j)));
    Table::new()
        .text("actor_a", pairs().map(|(i, _)| &actors[i]))
        .text("actor_b", pairs().map(|(_, j)| &actors[j]))
        .number(tally.measure(), tally.scores(min_shared))
        .count("shared", tally.shared().iter().map(|n| Some(*n as usize)))
        .finish("agreement")
}

/// Whether a table of `pairs` rows with the names of both and so many numbers can be held.
fn check_pairs(actors: &[String], pairs: usize, numbers: u64) -> Result<()> {
    let longest = actors.iter().map(String::len).max().unwrap_or(0) as u64;
    let (value, limit) = (pairs as u64 * longest, i32::MAX as u64);
    if value > limit {
        return Err(Error::Limit { what: "bytes of names in a table of pairs", value, limit });
    }
    let needed = 2 * value + pairs as u64 * 8 * (numbers + 1);
    memory::check("a table of all pairs", needed, "fewer actors, or blocks of them, need less")
}

/// One row an actor: `actor, distance, answered`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn advised(table: &Positions, rows: &[Advised]) -> Result<RecordBatch> {
    Table::new()
        .text("actor", rows.iter().map(|row| &table.actors()[row.actor]))
        .number("distance", rows.iter().map(|row| row.distance))
        .count("answered", rows.iter().map(|row| Some(row.answered)))
        .finish("advice")
}

/// One row an issue on which both have a position: `issue, meeting, topic, position_a, position_b,
/// weight, contribution, without`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn unit_shares(table: &Positions, shares: &[UnitShare]) -> Result<RecordBatch> {
    let unit = |share: &UnitShare| &table.units()[share.unit];
    Table::new()
        .text("issue", shares.iter().map(|share| &unit(share).issue))
        .maybe_text("meeting", shares.iter().map(|share| unit(share).meeting.as_deref()))
        .maybe_text("topic", shares.iter().map(|share| unit(share).topic.as_deref()))
        .text("position_a", shares.iter().map(|share| &share.positions[0]))
        .text("position_b", shares.iter().map(|share| &share.positions[1]))
        .number("weight", shares.iter().map(|share| Some(share.weight)))
        .number("contribution", shares.iter().map(|share| Some(share.contribution)))
        .number("without", shares.iter().map(|share| share.without))
        .finish("contributions")
}

/// One row a part: the keys, then `alpha, observed, expected, issues, values`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn alphas(by: &[String], rows: &[(Part, Alpha)]) -> Result<RecordBatch> {
    let mut table = Table::new();
    for (at, name) in by.iter().enumerate() {
        table = table.maybe_text(name, rows.iter().map(|(part, _)| part.key[at].as_deref()));
    }
    let known = |alpha: &Alpha, x: f64| (alpha.units > 0).then_some(x);
    table
        .number("alpha", rows.iter().map(|(_, alpha)| alpha.value))
        .number("observed", rows.iter().map(|(_, alpha)| known(alpha, alpha.observed)))
        .number("expected", rows.iter().map(|(_, alpha)| known(alpha, alpha.expected)))
        .count("issues", rows.iter().map(|(_, alpha)| Some(alpha.units as usize)))
        .count("values", rows.iter().map(|(_, alpha)| Some(alpha.values as usize)))
        .finish("alpha")
}

/// One row a part and coefficient: the keys, then `coefficient, value, observed, expected, error,
/// ci_low, ci_high, issues`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn reliabilities(by: &[String], parts: &[(Part, Vec<(Coefficient, Reliability)>)]) -> Result<RecordBatch> {
    let rows = || parts.iter().flat_map(|(part, found)| found.iter().map(move |row| (part, row.0, row.1)));
    let mut table = Table::new();
    for (at, name) in by.iter().enumerate() {
        table = table.maybe_text(name, rows().map(move |(part, _, _)| part.key[at].as_deref()));
    }
    table
        .text("coefficient", rows().map(|row| row.1.as_str()))
        .number("value", rows().map(|row| row.2.value))
        .number("observed", rows().map(|row| row.2.observed))
        .number("expected", rows().map(|row| row.2.expected))
        .number("error", rows().map(|row| row.2.error))
        .number("ci_low", rows().map(|row| row.2.interval.map(|ends| ends.0)))
        .number("ci_high", rows().map(|row| row.2.interval.map(|ends| ends.1)))
        .count("issues", rows().map(|row| Some(row.2.units)))
        .finish("reliability")
}

/// One row an issue on which actors differ, and an actor with a position there: `issue, meeting, topic, actor, value`.
///
/// # Errors
/// None on any table; the type is that of every table.
pub fn differing(table: &Positions) -> Result<RecordBatch> {
    let actors = 0..table.actors().len();
    let stated =
        |unit: usize| actors.clone().filter_map(move |actor| Some((actor, unit, table.position(actor, unit)?)));
    let differ = |unit: &usize| {
        let mut values = stated(*unit).map(|(_, _, value)| value);
        values.next().is_some_and(|first| values.any(|value| value != first))
    };
    let rows: Vec<(usize, usize, f64)> = (0..table.width()).filter(differ).flat_map(stated).collect();
    let value = |&(_, _, value): &(usize, usize, f64)| {
        table.scale().levels().get(value as usize).cloned().unwrap_or_else(|| value.to_string())
    };
    let unit = |row: &(usize, usize, f64)| &table.units()[row.1];
    Table::new()
        .text("issue", rows.iter().map(|row| &unit(row).issue))
        .maybe_text("meeting", rows.iter().map(|row| unit(row).meeting.as_deref()))
        .maybe_text("topic", rows.iter().map(|row| unit(row).topic.as_deref()))
        .text("actor", rows.iter().map(|row| &table.actors()[row.0]))
        .text("value", rows.iter().map(value))
        .finish("disagreements")
}

/// One row a pair: `actor_a, actor_b`, the measure's name, `mean, ci_low, ci_high`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn recoded(actors: &[String], measure: &str, rows: &[Recoded]) -> Result<RecordBatch> {
    let pairs = || (0..actors.len()).flat_map(|i| (i + 1..actors.len()).map(move |j| (i, j)));
    Table::new()
        .text("actor_a", pairs().map(|(i, _)| &actors[i]))
        .text("actor_b", pairs().map(|(_, j)| &actors[j]))
        .number(measure, rows.iter().map(|row| row.score))
        .number("mean", rows.iter().map(|row| row.mean))
        .number("ci_low", rows.iter().map(|row| row.interval.map(|ends| ends.0)))
        .number("ci_high", rows.iter().map(|row| row.interval.map(|ends| ends.1)))
        .finish("recoded")
}

/// One row a category and coefficient: `category`, and the columns of [`reliabilities`].
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn category_reliabilities(found: Vec<OfCategory>) -> Result<RecordBatch> {
    let part = |name| Part { key: vec![Some(name)], units: Vec::new() };
    let parts: Vec<_> = found.into_iter().map(|(name, rows)| (part(name), rows)).collect();
    reliabilities(&["category".to_owned()], &parts)
}

/// One row a group and issue: `group, issue, meeting, topic, yes, no, abstain`, the measure's name.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn cohesion_of_issues(units: &[Unit], measure: &str, groups: &[(String, Vec<Votes>)]) -> Result<RecordBatch> {
    let rows = || groups.iter().flat_map(|(name, votes)| votes.iter().map(move |votes| (name, votes)));
    let unit = |votes: &Votes| &units[votes.unit];
    Table::new()
        .text("group", rows().map(|(name, _)| name))
        .text("issue", rows().map(|(_, votes)| &unit(votes).issue))
        .maybe_text("meeting", rows().map(|(_, votes)| unit(votes).meeting.as_deref()))
        .maybe_text("topic", rows().map(|(_, votes)| unit(votes).topic.as_deref()))
        .count("yes", rows().map(|(_, votes)| Some(votes.yes as usize)))
        .count("no", rows().map(|(_, votes)| Some(votes.no as usize)))
        .count("abstain", rows().map(|(_, votes)| Some(votes.abstain as usize)))
        .number(measure, rows().map(|(_, votes)| votes.value))
        .finish("cohesion")
}

/// One row a group and part: `group`, the keys, the measure's name, `issues`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn cohesion_of_parts(by: &[String], measure: &str, rows: &[MeanCohesion]) -> Result<RecordBatch> {
    let mut table = Table::new().text("group", rows.iter().map(|row| &row.group));
    for (at, name) in by.iter().enumerate() {
        table = table.maybe_text(name, rows.iter().map(|row| row.key[at].as_deref()));
    }
    table
        .number(measure, rows.iter().map(|row| row.value))
        .count("issues", rows.iter().map(|row| Some(row.issues)))
        .finish("cohesion")
}

/// One row an actor and state: `actor, state, issues`; states are the levels, the declared gaps and
/// "not stated".
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn states(table: &Positions) -> Result<RecordBatch> {
    let rows: Vec<(&String, &str, usize)> = table
        .actors()
        .iter()
        .enumerate()
        .flat_map(|(at, actor)| table.states(at).into_iter().map(move |(state, count)| (actor, state, count)))
        .collect();
    Table::new()
        .text("actor", rows.iter().map(|row| row.0))
        .text("state", rows.iter().map(|row| row.1))
        .count("issues", rows.iter().map(|row| Some(row.2)))
        .finish("states")
}
