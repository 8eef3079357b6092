//! What was read: meetings, statements, unread sentences, files that failed.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;

use super::Table;
use crate::error::Result;
use crate::model::{Actor, ArcStr, Corpus, Group, Intensity, Stance, Statement, Unread};
use crate::span::{CodePoints, Divisions, Span};

/// The codes in one cell: joined by a space, or by `; ` where one of them holds a space.
pub fn join_actors(actors: &[Actor]) -> String {
    let spaced = actors.iter().any(|actor| actor.as_str().contains(char::is_whitespace));
    actors.iter().map(Actor::as_str).collect::<Vec<_>>().join(if spaced { "; " } else { " " })
}

/// One row a meeting: `meeting, body, date_start, date_end, place, presidency, language,
/// reporting_state, members, roster, statements, unread`; the last two are numbers of rows.
///
/// # Errors
/// None on any corpus; the type is that of every table.
pub fn meetings(corpus: &Corpus) -> Result<RecordBatch> {
    let mut coded: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    corpus.statements.iter().for_each(|s| coded.entry(&s.meeting).or_default().0 += 1);
    corpus.unread.iter().for_each(|u| coded.entry(&u.meeting).or_default().1 += 1);
    let count = |id: &str| coded.get(id).copied().unwrap_or_default();
    let rows = || corpus.meetings.iter();
    Table::new()
        .text("meeting", rows().map(|m| &m.id))
        .maybe_text("body", rows().map(|m| m.body.as_ref()))
        .day("date_start", rows().map(|m| m.date_start))
        .day("date_end", rows().map(|m| m.date_end))
        .maybe_text("place", rows().map(|m| m.place.as_ref()))
        .maybe_text("presidency", rows().map(|m| m.presidency.as_ref().map(Actor::as_str)))
        .maybe_text("language", rows().map(|m| m.language.as_ref()))
        .maybe_text("reporting_state", rows().map(|m| m.reporting_state.as_ref().map(Actor::as_str)))
        .count("members", rows().map(|m| Some(m.roster.len())))
        .text("roster", rows().map(|m| join_actors(m.roster.actors())))
        .count("statements", rows().map(|m| Some(count(&m.id).0)))
        .count("unread", rows().map(|m| Some(count(&m.id).1)))
        .finish("meetings")
}

/// The smallest and largest size of each statement's group; `None` for an institution.
type Sizes<'c> = &'c dyn Fn(&Group, &Statement) -> Option<(usize, usize)>;

/// One row a statement: `statement, report, meeting, date_start, section, topic, issue, polarity,
/// proposition, institution, named, excluded, group, quantifier, size_lo, size_hi, stance,
/// intensity, conditional, quote, start, end, rule, confidence, change, weight, page, paragraph`.
///
/// `start` and `end` count code points of the report's text; `page` and `paragraph` say where in it `start` lies,
/// counted from 1, and are missing without a text, `page` in a text without pages; `sizes` resolves a group's size.
///
/// # Errors
/// None on any corpus; the type is that of every table.
pub fn statements(corpus: &Corpus, sizes: Sizes<'_>) -> Result<RecordBatch> {
    let places = Places::new(corpus);
    let rows = || corpus.statements.iter();
    let group = |s: &'_ Statement| s.holder.group().cloned();
    let size = |s: &Statement| s.holder.group().and_then(|g| sizes(g, s));
    let days: BTreeMap<&str, _> = corpus.meetings.iter().map(|m| (m.id.as_str(), m.date_start)).collect();
    let span = |s: &Statement| s.span().and_then(|at| places.points(&s.report, at));
    let divisions: BTreeMap<&str, Divisions> =
        corpus.reports.iter().map(|r| (r.name.as_str(), Divisions::new(&r.text))).collect();
    let cited = |s: &Statement, part: fn(&Divisions, usize) -> Option<usize>| {
        let start = s.span()?.start;
        divisions.get(s.report.as_str()).and_then(|text| part(text, start))
    };
    let filled = |word: &ArcStr| (!word.is_empty()).then(|| word.clone());
    Table::new()
        .text("statement", rows().map(|s| s.id.to_string()))
        .maybe_text("report", rows().map(|s| filled(&s.report)))
        .text("meeting", rows().map(|s| &s.meeting))
        .day("date_start", rows().map(|s| days.get(s.meeting.as_str()).copied().flatten()))
        .maybe_text("section", rows().map(|s| filled(&s.section)))
        .text("topic", rows().map(|s| &s.topic))
        .text("issue", rows().map(|s| &s.issue))
        .integer("polarity", rows().map(|s| i64::from(s.polarity)))
        .text("proposition", rows().map(|s| &s.proposition))
        .maybe_text("institution", rows().map(|s| s.holder.institution().map(|i| i.as_str())))
        .text("named", rows().map(|s| group(s).map(|g| join_actors(&g.named)).unwrap_or_default()))
        .text("excluded", rows().map(|s| group(s).map(|g| join_actors(&g.excluded)).unwrap_or_default()))
        .maybe_text("group", rows().map(|s| group(s).and_then(|g| g.id)))
        .maybe_text("quantifier", rows().map(|s| group(s).and_then(|g| g.quantifier).map(|q| q.to_string())))
        .count("size_lo", rows().map(|s| size(s).map(|(lo, _)| lo)))
        .count("size_hi", rows().map(|s| size(s).map(|(_, hi)| hi)))
        .word("stance", Stance::ALL.map(Stance::as_str), rows().map(|s| s.stance.as_str()))
        .word("intensity", Intensity::ALL.map(Intensity::as_str), rows().map(|s| s.intensity.as_str()))
        .flag("conditional", rows().map(|s| s.conditional))
        .maybe_text("quote", rows().map(|s| s.quote.as_ref().map(|q| &q.text)))
        .count("start", rows().map(|s| span(s).map(|(start, _)| start)))
        .count("end", rows().map(|s| span(s).map(|(_, end)| end)))
        .text("rule", rows().map(|s| &s.rule))
        .number("confidence", rows().map(|s| Some(s.confidence)))
        .flag("change", rows().map(|s| s.change))
        .number("weight", rows().map(|s| Some(s.weight)))
        .count("page", rows().map(|s| cited(s, Divisions::page)))
        .count("paragraph", rows().map(|s| cited(s, Divisions::paragraph)))
        .finish("statements")
}

/// One row a sentence that gave no statement: `meeting, section, start, end, text, reason, report`.
///
/// # Errors
/// None on any corpus; the type is that of every table.
pub fn unread(corpus: &Corpus) -> Result<RecordBatch> {
    let places = Places::new(corpus);
    let rows = || corpus.unread.iter();
    let span = |u: &Unread| places.points(&u.report, u.span);
    Table::new()
        .text("meeting", rows().map(|u| &u.meeting))
        .text("section", rows().map(|u| &u.section))
        .count("start", rows().map(|u| span(u).map(|(start, _)| start)))
        .count("end", rows().map(|u| span(u).map(|(_, end)| end)))
        .text("text", rows().map(|u| &u.text))
        .text("reason", rows().map(|u| &u.reason))
        .text("report", rows().map(|u| &u.report))
        .finish("unread")
}

/// One row a file that could not be read: `path, error`.
///
/// # Errors
/// None on any corpus; the type is that of every table.
pub fn errors(corpus: &Corpus) -> Result<RecordBatch> {
    Table::new()
        .text("path", corpus.errors.iter().map(|e| &e.path))
        .text("error", corpus.errors.iter().map(|e| &e.error))
        .finish("errors")
}

/// One row a report: `report, meetings, text, warnings`; ids joined by a space, warnings by a line end.
///
/// # Errors
/// None on any corpus; the type is that of every table.
pub fn reports(corpus: &Corpus) -> Result<RecordBatch> {
    Table::new()
        .text("report", corpus.reports.iter().map(|r| &r.name))
        .text("meetings", corpus.reports.iter().map(|r| r.meetings.join(" ")))
        .text("text", corpus.reports.iter().map(|r| &r.text))
        .text("warnings", corpus.reports.iter().map(|r| r.warnings.join("\n")))
        .finish("reports")
}

/// Turns byte spans of any report into code points.
pub(super) struct Places<'c>(BTreeMap<&'c str, CodePoints<'c>>);

impl<'c> Places<'c> {
    pub(super) fn new(corpus: &'c Corpus) -> Places<'c> {
        Places(corpus.reports.iter().map(|r| (r.name.as_str(), CodePoints::new(&r.text))).collect())
    }

    pub(super) fn points(&self, report: &str, span: Span) -> Option<(usize, usize)> {
        let points = self.0.get(report)?;
        Some((points.of_byte(span.start), points.of_byte(span.end)))
    }
}
