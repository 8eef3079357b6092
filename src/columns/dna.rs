//! The statements of a corpus as the Discourse Network Analyzer has them.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;

use super::Table;
use super::corpus::Places;
use crate::error::Result;
use crate::model::{Corpus, Stance, Statement};

/// One row a statement and named holder: `id, statement, document, date, start, stop, coder, organization, concept,
/// agreement, text`; agreement is 1 for support of the issue and 0 for opposition.
///
/// What DNA has no place for is left out: neutral stances, and the members of a group that nobody names.
///
/// # Errors
/// None on any corpus; the type is that of every table.
pub fn dna_statements(corpus: &Corpus) -> Result<RecordBatch> {
    let places = Places::new(corpus);
    let days: BTreeMap<&str, _> = corpus.meetings.iter().map(|m| (m.id.as_str(), m.date_start)).collect();
    let taken = corpus.statements.iter().filter(|s| s.toward_issue() != Stance::Neutral);
    let rows: Vec<(&Statement, String)> = taken.flat_map(|s| holders(s).into_iter().map(move |h| (s, h))).collect();
    let span = |s: &Statement| s.span().and_then(|at| places.points(&s.report, at));
    let document = |s: &'_ Statement| if s.report.is_empty() { s.meeting.clone() } else { s.report.clone() };
    Table::new()
        .integer("id", 1..=rows.len() as i64)
        .text("statement", rows.iter().map(|(s, _)| s.id.to_string()))
        .text("document", rows.iter().map(|(s, _)| document(s)))
        .day("date", rows.iter().map(|(s, _)| days.get(s.meeting.as_str()).copied().flatten()))
        .count("start", rows.iter().map(|(s, _)| span(s).map(|(start, _)| start)))
        .count("stop", rows.iter().map(|(s, _)| span(s).map(|(_, stop)| stop)))
        .text("coder", rows.iter().map(|(s, _)| &s.rule))
        .text("organization", rows.iter().map(|(_, holder)| holder))
        .text("concept", rows.iter().map(|(s, _)| &s.issue))
        .integer("agreement", rows.iter().map(|(s, _)| i64::from(s.toward_issue() == Stance::Support)))
        .maybe_text("text", rows.iter().map(|(s, _)| s.quote.as_ref().map(|quote| &quote.text)))
        .finish("dna_statements")
}

fn holders(statement: &Statement) -> Vec<String> {
    match (statement.holder.institution(), statement.holder.group()) {
        (Some(institution), _) => vec![institution.as_str().to_owned()],
        (None, Some(group)) => group.named.iter().map(|actor| actor.as_str().to_owned()).collect(),
        (None, None) => Vec::new(),
    }
}
