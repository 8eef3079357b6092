//! A corpus in plain text: what a terminal shows of it, what is certain first.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::describe::{counted, holder_long, meeting_name, range, size_range, weighted_sign};
use crate::council::{MajorityRow, Rule, Verdict, majorities};
use crate::error::Result;
use crate::lexicon::{PopulationTables, SizeTable};
use crate::model::{Actor, Corpus, Stance, Statement};
use crate::score::{AgreementOptions, AgreementRow, agreement};

/// The widest line of a list of codes.
const WIDTH: usize = 96;

/// The corpus in plain text: meetings and their counts, positions by topic with holder, stance and
/// size range, who certainly stands with whom, what each side could decide in both readings, and
/// what is not identified with its possible range.
///
/// The text is that of the corpus, control characters included; whoever shows it on a terminal
/// spells those out.
///
/// # Errors
/// Those of [`agreement`].
pub fn brief(corpus: &Corpus, sizes: &SizeTable) -> Result<String> {
    let scores = agreement(corpus, sizes, &AgreementOptions::default())?;
    let mut text = String::new();
    write_meetings(&mut text, corpus);
    write_positions(&mut text, corpus, sizes);
    write_certain(&mut text, corpus, &scores.rows);
    write_majorities(&mut text, &majorities(corpus, sizes, Rule::Qualified, &PopulationTables::standard()));
    write_open(&mut text, corpus, &scores.rows);
    Ok(text)
}

fn line(text: &mut String, words: impl AsRef<str>) {
    text.push_str(words.as_ref());
    text.push('\n');
}

fn heading(text: &mut String, words: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    line(text, words);
    line(text, "=".repeat(words.chars().count()));
}

fn write_meetings(text: &mut String, corpus: &Corpus) {
    heading(
        text,
        &format!("{}, {}", counted(corpus.meetings.len(), "meeting"), counted(corpus.statements.len(), "statement")),
    );
    for meeting in &corpus.meetings {
        let statements = corpus.statements.iter().filter(|s| s.meeting == meeting.id).count();
        let unread = corpus.unread.iter().filter(|u| u.meeting == meeting.id).count();
        line(text, format!("{}  {}", meeting.id, meeting_name(meeting)));
        let of = [(&meeting.presidency, "Presidency"), (&meeting.reporting_state, "report by")];
        let of = of.iter().filter_map(|(actor, word)| actor.as_ref().map(|actor| format!(", {word} {actor}")));
        let counts = format!("{}, {unread} unread", counted(statements, "statement"));
        line(text, format!("    {} members{}; {counts}", meeting.roster.len(), of.collect::<String>()));
    }
    for failed in &corpus.errors {
        line(text, format!("not read: {}", failed.error));
    }
}

/// Things by name, in order of first appearance.
type Named<'n, T> = Vec<(&'n str, T)>;

fn write_positions(text: &mut String, corpus: &Corpus, sizes: &SizeTable) {
    heading(text, "Positions by topic   (+ support, \u{2212} opposition, \u{25cb} neutral)");
    let mut topics: Named<Named<Vec<&Statement>>> = Vec::new();
    for statement in &corpus.statements {
        let topic = entry(&mut topics, &statement.topic);
        entry(topic, &statement.issue).push(statement);
    }
    for (topic, issues) in topics {
        line(text, topic);
        for (issue, statements) in issues {
            line(text, format!("  {issue}"));
            for statement in statements {
                let size = size_range(corpus, statement, sizes).map(|size| format!(" ({})", range(size)));
                let toward = if statement.polarity < 0 { ", turned round" } else { "" };
                let holder = holder_long(&statement.holder);
                line(text, format!("    {} {holder}{}{toward}", weighted_sign(statement), size.unwrap_or_default()));
            }
        }
    }
}

/// The list under a name, in order of first appearance.
fn entry<'m, 'n, T: Default>(list: &'m mut Vec<(&'n str, T)>, name: &'n str) -> &'m mut T {
    let at = list.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
        list.push((name, T::default()));
        list.len() - 1
    });
    &mut list[at].1
}

fn write_certain(text: &mut String, corpus: &Corpus, rows: &[AgreementRow]) {
    heading(text, "Who certainly stands with whom");
    let spoken = spoken(corpus);
    let mut certain: Vec<&AgreementRow> = rows.iter().filter(|row| row.is_identified()).collect();
    certain.sort_by(|a, b| b.shared_lower.total_cmp(&a.shared_lower));
    if certain.is_empty() {
        line(text, "No two actors certainly took a side on the same issue.");
    }
    let (named, others): (Vec<_>, Vec<_>) =
        certain.into_iter().partition(|row| spoken.contains(&row.actor_a) && spoken.contains(&row.actor_b));
    for row in named {
        let range = row.lower.zip(row.upper).map(|(lower, upper)| span(lower, upper)).unwrap_or_default();
        let score = row.agreement.map(|score| format!("{score:.2}")).unwrap_or_default();
        let shared = counted(row.shared_lower as usize, "certainly shared issue");
        line(text, format!("{} and {}: agreement {score}, possible {range}, on {shared}", row.actor_a, row.actor_b));
    }
    if !others.is_empty() {
        line(text, format!("and {} with states that no report names, see the page", counted(others.len(), "pair")));
    }
}

/// The institutions and states that a statement names.
fn spoken(corpus: &Corpus) -> BTreeSet<Actor> {
    let holders = corpus.statements.iter().map(|s| &s.holder);
    let named = holders.clone().filter_map(|h| h.group()).flat_map(|group| group.named.iter().cloned());
    named.chain(holders.filter_map(|h| h.institution()).map(|i| i.to_actor())).collect()
}

fn span(lower: f64, upper: f64) -> String {
    if upper - lower < 0.005 { format!("{lower:.2}") } else { format!("{lower:.2} to {upper:.2}") }
}

fn write_majorities(text: &mut String, rows: &[MajorityRow]) {
    heading(text, "What each side could decide by qualified majority");
    line(text, "stated: only who supports is in favour; with assent: the silent go along, opponents do not");
    let verdict = |verdict: Option<Verdict>, probability: Option<f64>| match (verdict, probability) {
        (Some(Verdict::Possible), Some(p)) => format!("possible ({:.1} %)", 100.0 * p),
        (Some(verdict), _) => verdict.as_str().to_owned(),
        (None, _) => "not known".to_owned(),
    };
    let mut last = ("", "");
    for row in rows {
        if last != (row.meeting.as_str(), row.topic.as_str()) {
            last = (&row.meeting, &row.topic);
            line(text, format!("{}, {}", row.meeting, row.topic));
        }
        let side = if row.side == Stance::Support { "for" } else { "against" };
        line(text, format!("  {side} {}: {}", row.issue, range((row.size_lo, row.size_hi))));
        let stated = verdict(row.verdict, row.probability);
        let assent = verdict(row.verdict_assent, row.probability_assent);
        line(text, format!("    stated {stated}, with assent {assent}"));
        if let Some(reason) = &row.reason {
            line(text, format!("    {reason}"));
        }
    }
}

/// What is not identified: per named actor, the others of whom the same is possible on one line.
fn write_open(text: &mut String, corpus: &Corpus, rows: &[AgreementRow]) {
    heading(text, "Not identified: no issue is certainly shared");
    let spoken = spoken(corpus);
    let mut groups: BTreeMap<(&Actor, String, usize), Vec<&Actor>> = BTreeMap::new();
    let (mut rest, mut none) = (0, 0);
    for row in rows.iter().filter(|row| !row.is_identified()) {
        let Some((lower, upper)) = row.lower.zip(row.upper) else {
            none += 1;
            continue;
        };
        let (a, b) = (&row.actor_a, &row.actor_b);
        let (named, other) = match (spoken.contains(a), spoken.contains(b)) {
            (true, _) => (a, b),
            (false, true) => (b, a),
            (false, false) => {
                rest += 1;
                continue;
            }
        };
        groups.entry((named, span(lower, upper), row.shared_upper as usize)).or_default().push(other);
    }
    for ((actor, range, most), others) in groups {
        let issues = counted(most, "issue");
        line(text, format!("{actor}: not identified, possible {range} on 0 to {issues}, with"));
        write_codes(text, &others);
    }
    line(text, format!("{} of states that nobody names are not identified either", counted(rest, "pair")));
    line(text, format!("{} can share no issue", counted(none, "pair")));
}

fn write_codes(text: &mut String, codes: &[&Actor]) {
    let mut width = 0;
    for code in codes {
        let length = code.as_str().chars().count() + 1;
        if width > 0 && width + length > WIDTH {
            text.push('\n');
            width = 0;
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{code}", if width == 0 { "    " } else { " " });
        width += length;
    }
    text.push('\n');
}
