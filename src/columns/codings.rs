//! What comparing two codings gives.

use arrow_array::RecordBatch;

use super::Table;
use super::corpus::Places;
use crate::compare::{CodingComparison, Unit};
use crate::error::Result;
use crate::model::{ArcStr, Corpus, Holder, Statement};
use crate::score::raters::TwoCoders;

/// One row a unit that the coders coded differently, or one of them only: `report, meeting, start, end, difference,
/// quote_a, quote_b, holder_a, holder_b, stance_a, stance_b, proposition_a, proposition_b`. A holder is an
/// institution, or a size word with the codes of the named, those of the excepted behind a minus. The offsets are
/// those of the first coder that has the unit; both codings hold one text.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn disagreements(corpora: (&Corpus, &Corpus), units: &[Unit<'_>]) -> Result<RecordBatch> {
    let (in_a, in_b) = (Places::new(corpora.0), Places::new(corpora.1));
    let rows: Vec<(&Unit<'_>, &str)> = units.iter().filter_map(|unit| Some((unit, unit.difference()?))).collect();
    let any =
        |unit: &'_ Unit<'_>, of: fn(&Statement) -> &ArcStr| unit.a.or(unit.b).map(of).cloned().unwrap_or_default();
    let points = |unit: &Unit<'_>| match (unit.a, unit.b) {
        (Some(s), _) => in_a.points(&s.report, s.span()?),
        (None, Some(s)) => in_b.points(&s.report, s.span()?),
        (None, None) => None,
    };
    let a = |of: fn(&Statement) -> Option<String>| rows.iter().map(move |(unit, _)| unit.a.and_then(of));
    let b = |of: fn(&Statement) -> Option<String>| rows.iter().map(move |(unit, _)| unit.b.and_then(of));
    let quote = |s: &Statement| s.quote.as_ref().map(|quote| quote.text.to_string());
    let holder = |s: &Statement| Some(holder(&s.holder));
    let stance = |s: &Statement| Some(s.stance.as_str().to_owned());
    let proposition = |s: &Statement| Some(s.proposition.to_string());
    Table::new()
        .text("report", rows.iter().map(|(unit, _)| any(unit, |s| &s.report)))
        .text("meeting", rows.iter().map(|(unit, _)| any(unit, |s| &s.meeting)))
        .count("start", rows.iter().map(|(unit, _)| points(unit).map(|(start, _)| start)))
        .count("end", rows.iter().map(|(unit, _)| points(unit).map(|(_, end)| end)))
        .word("difference", Unit::DIFFERENCES, rows.iter().map(|(_, difference)| *difference))
        .maybe_text("quote_a", a(quote))
        .maybe_text("quote_b", b(quote))
        .maybe_text("holder_a", a(holder))
        .maybe_text("holder_b", b(holder))
        .maybe_text("stance_a", a(stance))
        .maybe_text("stance_b", b(stance))
        .maybe_text("proposition_a", a(proposition))
        .maybe_text("proposition_b", b(proposition))
        .finish("disagreements")
}

/// One row a variable: `variable, n, agreement, alpha, alpha_low, alpha_high, ac1, ac1_low, ac1_high`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn coefficients(found: &CodingComparison<'_>) -> Result<RecordBatch> {
    let rows = || found.coefficients.iter();
    let number = |of: fn(&TwoCoders) -> Option<f64>| rows().map(move |(_, coders)| of(coders));
    Table::new()
        .text("variable", rows().map(|(variable, _)| variable))
        .count("n", rows().map(|(_, coders)| Some(coders.n)))
        .number("agreement", number(|coders| coders.agreement))
        .number("alpha", number(|coders| coders.alpha))
        .number("alpha_low", number(|coders| coders.alpha_interval.map(|ends| ends.0)))
        .number("alpha_high", number(|coders| coders.alpha_interval.map(|ends| ends.1)))
        .number("ac1", number(|coders| coders.ac1))
        .number("ac1_low", number(|coders| coders.ac1_interval.map(|ends| ends.0)))
        .number("ac1_high", number(|coders| coders.ac1_interval.map(|ends| ends.1)))
        .finish("coefficients")
}

fn holder(holder: &Holder) -> String {
    let group = match holder {
        Holder::Institution(institution) => return institution.as_str().to_owned(),
        Holder::Group(group) => group,
    };
    let mut parts: Vec<String> = match (group.quantifier, group.sizes) {
        (Some(word), _) => vec![word.to_string()],
        (None, Some((lo, hi))) => vec![format!("{lo}-{hi}")],
        (None, None) => Vec::new(),
    };
    parts.extend(group.named.iter().map(|state| state.as_str().to_owned()));
    parts.extend(group.excluded.iter().map(|state| format!("-{}", state.as_str())));
    parts.join(" ")
}
