//! The crosswalk: which phrase of which meeting is which issue, as rows to read, correct and hand back.

use std::collections::{BTreeMap, HashMap};

use super::issue::{LinkOptions, assign_issues};
use super::scale::Scale;
use super::topic::topics;
use super::words::Language;
use crate::error::{Error, Result, RowNumber, nearest};
use crate::model::{ArcStr, Corpus, Meeting, Statement};
use crate::stop::Stop;

/// One phrase of one meeting and the issue it belongs to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CrosswalkRow {
    /// The issue. An edited row moves the phrase to this one.
    pub issue: String,
    /// The topic under which the phrase stands; `None` in an edited row for every topic.
    pub topic: Option<String>,
    /// The phrase.
    pub proposition: String,
    /// The meeting's id; `None` in an edited row for every meeting.
    pub meeting: Option<String>,
    /// Soft TF-IDF cosine of the phrase with the issue's name, 0 to 1; ignored in an edited row.
    pub similarity: f64,
    /// +1 or −1: how the phrase lies to the issue.
    pub polarity: i8,
    /// How many statements use the phrase; ignored in an edited row.
    pub statements: usize,
}

/// One heading of one meeting and the topic it belongs to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TopicRow {
    /// The topic. An edited row moves the heading to this one.
    pub topic: String,
    /// The printed heading.
    pub section: String,
    /// The meeting's id; `None` in an edited row for every meeting.
    pub meeting: Option<String>,
    /// Soft TF-IDF cosine of the heading with the topic's name, 0 to 1; ignored in an edited row.
    pub similarity: f64,
    /// How many statements stand under it; ignored in an edited row.
    pub statements: usize,
}

/// Sets topic, issue and polarity of every statement: joins the headings, then the propositions.
///
/// A statement without a printed heading keeps its topic. `meetings` tell the languages of the phrases.
///
/// # Errors
/// [`Error::Stopped`] where `stop` asks for it; some statements may be set then.
pub fn assign(statements: &mut [Statement], meetings: &[Meeting], options: &LinkOptions, stop: &Stop) -> Result<()> {
    let keys = topics(statements.iter().map(|s| s.section.as_str()), options.codebook.as_ref(), stop)?;
    for (statement, key) in statements.iter_mut().zip(keys) {
        if !key.is_empty() {
            statement.topic = key;
        }
    }
    assign_issues(statements, meetings, options, stop)
}

/// The corpus with topics and issues joined anew, see [`assign`].
///
/// # Errors
/// [`Error::Stopped`] where `stop` asks for it.
pub fn link(mut corpus: Corpus, options: &LinkOptions, stop: &Stop) -> Result<Corpus> {
    assign(&mut corpus.statements, &corpus.meetings, options, stop)?;
    Ok(corpus)
}

/// The crosswalk of issues, in order of issue, topic, meeting and phrase.
pub fn crosswalk(corpus: &Corpus) -> Vec<CrosswalkRow> {
    let mut rows: BTreeMap<(&str, &str, &str, &str, i8), usize> = BTreeMap::new();
    for s in &corpus.statements {
        *rows.entry((&s.issue, &s.topic, &s.meeting, &s.proposition, -s.polarity)).or_default() += 1;
    }
    let mut scale = scale(rows.keys().map(|(issue, _, _, phrase, _)| (*phrase, *issue)));
    let row = |((issue, topic, meeting, proposition, turned), statements): ((&str, &str, &str, &str, i8), usize)| {
        CrosswalkRow {
            issue: issue.to_owned(),
            topic: Some(topic.to_owned()),
            proposition: proposition.to_owned(),
            meeting: Some(meeting.to_owned()),
            similarity: scale.similarity(proposition, issue),
            polarity: -turned,
            statements,
        }
    };
    rows.into_iter().map(row).collect()
}

/// The crosswalk of topics, in order of topic, meeting and heading.
pub fn topic_crosswalk(corpus: &Corpus) -> Vec<TopicRow> {
    let mut rows: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for s in &corpus.statements {
        *rows.entry((&s.topic, &s.meeting, &s.section)).or_default() += 1;
    }
    let mut scale = scale(rows.keys().map(|(topic, _, section)| (*section, *topic)));
    let row = |((topic, meeting, section), statements): ((&str, &str, &str), usize)| TopicRow {
        topic: topic.to_owned(),
        section: section.to_owned(),
        meeting: Some(meeting.to_owned()),
        similarity: scale.similarity(section, topic),
        statements,
    };
    rows.into_iter().map(row).collect()
}

/// A scale for phrases and the names they were joined under.
fn scale<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Scale {
    let (phrases, names): (Vec<&str>, Vec<&str>) = pairs.unzip();
    Scale::new(Language::guess(phrases.iter().copied()), &phrases, &names)
}

/// A new corpus with the issues and polarities of an edited crosswalk; what no row names stays.
///
/// # Errors
/// [`Error::Cell`] for a row that names a meeting or phrase that is not there, has no issue, a
/// polarity other than ±1, or contradicts an earlier row.
pub fn relink(corpus: &Corpus, rows: &[CrosswalkRow]) -> Result<Corpus> {
    let mut edits = Edits::new(corpus, "proposition", |s| &s.proposition);
    for (at, row) in rows.iter().enumerate() {
        let wrong = |column: &str, problem: String| cell(at, column, problem);
        if row.issue.trim().is_empty() {
            return Err(wrong("issue", "expected the name of an issue, got an empty cell".to_owned()));
        }
        if !matches!(row.polarity, 1 | -1) {
            return Err(wrong("polarity", format!("expected 1 or -1, got {}", row.polarity)));
        }
        edits.add(at, (&row.proposition, row.meeting.as_deref(), row.topic.as_deref()), (&row.issue, row.polarity))?;
    }
    Ok(edits.apply(|statement, (issue, polarity)| {
        statement.issue = issue.into();
        statement.polarity = polarity;
    }))
}

/// A new corpus with the topics of an edited crosswalk of topics; what no row names stays.
///
/// # Errors
/// [`Error::Cell`] for a row that names a meeting or heading that is not there, has no topic, or
/// contradicts an earlier row.
pub fn retopic(corpus: &Corpus, rows: &[TopicRow]) -> Result<Corpus> {
    let mut edits = Edits::new(corpus, "section", |s| &s.section);
    for (at, row) in rows.iter().enumerate() {
        if row.topic.trim().is_empty() {
            return Err(cell(at, "topic", "expected the name of a topic, got an empty cell".to_owned()));
        }
        edits.add(at, (&row.section, row.meeting.as_deref(), None), (&row.topic, 1))?;
    }
    Ok(edits.apply(|statement, (topic, _)| statement.topic = topic.into()))
}

fn cell(at: usize, column: &str, problem: String) -> Error {
    Error::Cell {
        table: "crosswalk".to_owned(),
        row: RowNumber::after_header(at + 1),
        column: column.to_owned(),
        problem,
    }
}

/// A new name and polarity, and the row that says so.
type Edit<'r> = ((&'r str, i8), usize);

/// The edits of a crosswalk, by statement.
struct Edits<'c, 'r> {
    corpus: &'c Corpus,
    column: &'static str,
    holders: HashMap<&'c str, Vec<usize>>,
    of: BTreeMap<usize, Edit<'r>>,
}

impl<'c, 'r> Edits<'c, 'r> {
    fn new(corpus: &'c Corpus, column: &'static str, phrase: fn(&Statement) -> &ArcStr) -> Edits<'c, 'r> {
        let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, statement) in corpus.statements.iter().enumerate() {
            holders.entry(phrase(statement)).or_default().push(at);
        }
        Edits { corpus, column, holders, of: BTreeMap::new() }
    }

    fn add(
        &mut self,
        row: usize,
        (phrase, meeting, topic): (&str, Option<&str>, Option<&str>),
        edit: (&'r str, i8),
    ) -> Result<()> {
        if let Some(meeting) = meeting.filter(|meeting| self.corpus.meeting(meeting).is_none()) {
            let known = self.corpus.meetings.iter().map(|meeting| meeting.id.as_str());
            return Err(cell(row, "meeting", unknown("meeting", meeting, known)));
        }
        let Some(holders) = self.holders.get(phrase) else {
            let mut known: Vec<&str> = self.holders.keys().copied().collect();
            known.sort_unstable();
            return Err(cell(row, self.column, unknown(self.column, phrase, known.into_iter())));
        };
        let meant = holders.iter().filter(|at| {
            self.corpus.statements.get(**at).is_some_and(|statement| {
                meeting.is_none_or(|meeting| meeting == statement.meeting)
                    && topic.is_none_or(|topic| topic == statement.topic)
            })
        });
        let (mut any, column) = (false, self.column);
        for at in meant {
            any = true;
            if let Some((_, other)) = self.of.insert(*at, (edit, row)).filter(|(other, _)| *other != edit) {
                return Err(cell(
                    row,
                    column,
                    format!("'{phrase}' has another issue or polarity in {}", RowNumber::after_header(other + 1)),
                ));
            }
        }
        match any {
            true => Ok(()),
            false => Err(cell(row, column, format!("'{phrase}' does not stand under that topic in that meeting"))),
        }
    }

    fn apply(self, set: impl Fn(&mut Statement, (&'r str, i8))) -> Corpus {
        let mut corpus = self.corpus.clone();
        for (at, (edit, _)) in self.of {
            if let Some(statement) = corpus.statements.get_mut(at) {
                set(statement, edit);
            }
        }
        corpus
    }
}

fn unknown<'a>(what: &str, got: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = nearest(got, known).map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default();
    format!("no {what} '{got}' in the corpus{near}")
}
