//! Parts of a corpus, and several in one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Corpus;
use crate::error::{Error, Result, nearest};

/// What a part of a corpus keeps; an empty list keeps everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Ids of meetings.
    pub meetings: Vec<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// The least confidence of a statement, 0 to 1.
    pub min_confidence: f64,
}

impl Corpus {
    /// The meetings and statements that `filter` names.
    ///
    /// Meetings leave only by their id; unread sentences follow their meeting, and with topics
    /// the agenda items of the statements that stay.
    ///
    /// # Errors
    /// [`Error::Missing`] for a meeting or topic that is not there, [`Error::Option`] for a confidence
    /// outside 0 to 1.
    pub fn filter(&self, filter: &Filter) -> Result<Corpus> {
        if !(0.0..=1.0).contains(&filter.min_confidence) {
            let (got, expected) = (filter.min_confidence.to_string(), "a number from 0 to 1".to_owned());
            return Err(Error::Option { name: "min_confidence", got, expected });
        }
        known("meeting", &filter.meetings, self.meetings.iter().map(|m| m.id.as_str()))?;
        known("topic", &filter.topics, self.statements.iter().map(|s| s.topic.as_str()))?;
        let meets = |id: &str| filter.meetings.is_empty() || filter.meetings.iter().any(|asked| asked == id);
        let mut part = self.clone();
        part.meetings.retain(|m| meets(&m.id));
        part.reports.retain(|r| r.meetings.iter().any(|id| meets(id)));
        part.statements.retain(|s| {
            let topic = filter.topics.is_empty() || filter.topics.iter().any(|topic| s.topic == *topic);
            meets(&s.meeting) && topic && s.confidence >= filter.min_confidence
        });
        let items: BTreeSet<(&str, &str)> =
            part.statements.iter().map(|s| (s.meeting.as_str(), s.section.as_str())).collect();
        part.unread.retain(|u| {
            let item = filter.topics.is_empty() || items.contains(&(u.meeting.as_str(), u.section.as_str()));
            meets(&u.meeting) && item
        });
        Ok(part)
    }

    /// All of `parts` in one, meetings in order of date, then id. What stands in two of them
    /// unchanged is kept once.
    ///
    /// # Errors
    /// [`Error::Columns`] where two parts hold one meeting, report or statement in different forms.
    pub fn concat(parts: &[&Corpus]) -> Result<Corpus> {
        let mut whole = Corpus::default();
        for part in parts {
            merge("meeting", &mut whole.meetings, &part.meetings, |m| &m.id)?;
            merge("report", &mut whole.reports, &part.reports, |r| &r.name)?;
            merge("statement", &mut whole.statements, &part.statements, |s| &s.id)?;
            whole.unread.extend(part.unread.iter().cloned());
            whole.errors.extend(part.errors.iter().cloned());
        }
        let mut seen = BTreeSet::new();
        whole.unread.retain(|u| seen.insert((u.report.clone(), u.span)));
        whole.meetings.sort_by(|a, b| (a.date_start, &a.id).cmp(&(b.date_start, &b.id)));
        whole.reports.sort_by(|a, b| a.name.cmp(&b.name));
        let order: BTreeMap<&str, usize> =
            whole.meetings.iter().enumerate().map(|(at, m)| (m.id.as_str(), at)).collect();
        whole.statements.sort_by_key(|s| order.get(s.meeting.as_str()).copied());
        whole.unread.sort_by_key(|u| order.get(u.meeting.as_str()).copied());
        Ok(whole)
    }
}

fn known<'a>(what: &'static str, asked: &[String], there: impl Iterator<Item = &'a str>) -> Result<()> {
    let there: BTreeSet<&str> = there.collect();
    match asked.iter().find(|name| !there.contains(name.as_str())) {
        None => Ok(()),
        Some(got) => Err(Error::Missing { what, got: got.clone(), hint: nearest(got, there) }),
    }
}

fn merge<T, I>(what: &str, whole: &mut Vec<T>, part: &[T], id: fn(&T) -> &I) -> Result<()>
where
    T: Clone + PartialEq,
    I: Clone + Ord + fmt::Display,
{
    let earlier: BTreeMap<I, usize> = whole.iter().enumerate().map(|(at, item)| (id(item).clone(), at)).collect();
    for item in part {
        match earlier.get(id(item)).and_then(|at| whole.get(*at)) {
            None => whole.push(item.clone()),
            Some(same) if same == item => {}
            Some(_) => {
                let problem = format!("{what} '{}' stands in two of them in different forms", id(item));
                return Err(Error::Columns { table: "corpora".to_owned(), problem });
            }
        }
    }
    Ok(())
}
