//! Corrections: a corpus with the statements of an edited table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::table::{Options, read_rows};
use super::{Actors, Coded, Grid};
use crate::error::{Error, Result};
use crate::model::{Corpus, Group, Holder, Quantifier, StatementId};

/// What happens to statements that the edited table lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// They are an error: nothing is lost by an accident of filtering.
    Refuse,
    /// They leave the corpus.
    Drop,
}

/// The corpus with the statements of `table`, which are matched by their id.
///
/// A row keeps its id through any edit; a row without an id, or with a new one, is a new
/// statement about one of the corpus's meetings. Quotes are checked against the texts.
///
/// # Errors
/// [`Error::Cell`] for the first cell that does not fit, [`Error::Columns`] where the table lacks
/// the ids, or statements of the corpus while `missing` is [`Missing::Refuse`].
pub fn recode(corpus: &Corpus, table: &Grid, options: &Options<'_>, missing: Missing) -> Result<Coded> {
    let problem = |problem: String| Err(Error::Columns { table: table.name().to_owned(), problem });
    for column in ["statement", "meeting", "issue", "stance"] {
        if table.column(column).is_none() {
            return problem(format!("missing column {column}; corrections are an edited corpus.statements"));
        }
    }
    let ids = (0..table.rows()).filter_map(|row| table.row(row).get("statement"));
    let present: BTreeSet<StatementId> = ids.map(StatementId::from).collect();
    let lost: Vec<&StatementId> = corpus.statements.iter().map(|s| &s.id).filter(|id| !present.contains(id)).collect();
    if let (Missing::Refuse, Some(first)) = (missing, lost.first()) {
        let total = corpus.statements.len();
        return problem(format!(
            "{} of {total} statements are not in the table, the first is '{first}'; drop=True leaves them out",
            lost.len()
        ));
    }
    let days: BTreeMap<&str, _> = corpus.meetings.iter().map(|m| (m.id.as_str(), m.date_start)).collect();
    for row in (0..table.rows()).map(|row| table.row(row)) {
        if let (Some(day), Some(Some(known))) = (row.day("date_start")?, row.get("meeting").and_then(|m| days.get(m)))
            && day != *known
        {
            return Err(row.error("date_start", format!("{day} is not the day of the meeting, {known}")));
        }
        if let Some(report) = row.get("report").filter(|report| corpus.report(report).is_none()) {
            let known = corpus.statements.iter().any(|s| s.report == report);
            if !known {
                return Err(row.error("report", format!("no report '{report}' in the corpus")));
            }
        }
    }
    let actors = Actors::new(options.roster.clone());
    let mut coded = read_rows(table, &actors, options.sizes, corpus.meetings.clone(), corpus.reports.clone())?;
    follow_words(&mut coded.corpus, corpus, table, options);
    coded.corpus.unread = corpus.unread.clone();
    coded.corpus.errors = corpus.errors.clone();
    Ok(coded)
}

/// Where only the size word of a row was edited, the sizes beside it are those of the old word and give way.
fn follow_words(edited: &mut Corpus, corpus: &Corpus, table: &Grid, options: &Options<'_>) {
    let before: BTreeMap<&StatementId, &Group> =
        corpus.statements.iter().filter_map(|s| Some((&s.id, s.holder.group()?))).collect();
    let words: BTreeMap<StatementId, Quantifier> = (0..table.rows())
        .map(|row| table.row(row))
        .filter_map(|row| Some((row.get("statement")?.into(), row.get("quantifier")?.to_lowercase().parse().ok()?)))
        .collect();
    for statement in &mut edited.statements {
        let meeting = corpus.meeting(&statement.meeting);
        let Holder::Group(group) = &mut statement.holder else { continue };
        let (Some(old), Some(word), Some(meeting)) = (before.get(&statement.id), words.get(&statement.id), meeting)
        else {
            continue;
        };
        let sizes = group.sizes.map(|(lo, hi)| (usize::from(lo), usize::from(hi)));
        let kept = sizes.is_some_and(|sizes| (options.sizes)(old, &meeting.roster).contains(&sizes));
        if kept && old.quantifier != Some(*word) {
            let who = Arc::make_mut(&mut group.who);
            (who.quantifier, who.sizes) = (Some(*word), None);
        }
    }
}
