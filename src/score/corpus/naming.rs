//! Whom reports name, and statements counted so that the choice of a reporter weighs less.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::options::{AgreementOptions, Names};
use crate::model::{Actor, Corpus, Group, Holder, Quantifier, Statement, Who};

/// How often reports name one state; shares are of the statements that member states hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Naming {
    /// The state.
    pub actor: Actor,
    /// The statements that name it.
    pub named: usize,
    /// The statements of meetings at which it was a member.
    pub statements: usize,
    /// The meetings that its own government reported.
    pub reported: usize,
    /// The statements that name it in reports of others.
    pub named_by_others: usize,
    /// The statements in reports of others that are left once the reporting state is taken out of them.
    pub statements_of_others: usize,
}

/// A share of a number; `None` of nothing.
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Naming {
    /// The share of statements that name it, 0 to 1; `None` where there is none.
    pub fn share(&self) -> Option<f64> {
        share(self.named, self.statements)
    }

    /// The same without the reporting states; `None` where its own government wrote every report.
    pub fn share_by_others(&self) -> Option<f64> {
        share(self.named_by_others, self.statements_of_others)
    }
}

/// One row for each member of a meeting, sorted.
pub fn naming(corpus: &Corpus) -> Vec<Naming> {
    let mut rows: BTreeMap<&Actor, Naming> = BTreeMap::new();
    for meeting in &corpus.meetings {
        let of_meeting = |s: &&Statement| s.meeting == meeting.id;
        let groups: Vec<&Group> =
            corpus.statements.iter().filter(of_meeting).filter_map(|s| s.holder.group()).collect();
        let reporter = meeting.reporting_state.as_ref();
        let left = groups.iter().filter(|group| reporter.is_none_or(|r| without(group, r).is_some())).count();
        for actor in meeting.roster.actors() {
            let named = groups.iter().filter(|group| group.named.contains(actor)).count();
            let row = rows.entry(actor).or_insert_with(|| Naming {
                actor: actor.clone(),
                named: 0,
                statements: 0,
                reported: 0,
                named_by_others: 0,
                statements_of_others: 0,
            });
            row.named += named;
            row.statements += groups.len();
            if reporter == Some(actor) {
                row.reported += 1;
            } else {
                row.named_by_others += named;
                row.statements_of_others += left;
            }
        }
    }
    rows.into_values().collect()
}

/// The group with the reporter unsaid; `None` where nobody is left.
fn without(group: &Group, reporter: &Actor) -> Option<Group> {
    let named: Vec<Actor> = group.named.iter().filter(|actor| *actor != reporter).cloned().collect();
    let alone = named.is_empty() && !is_open(group);
    let who = || Arc::new(Who { named, ..Who::clone(&group.who) });
    (!alone).then(|| Group { who: who(), id: group.id.clone() })
}

/// True where a group may have members that it does not name.
fn is_open(group: &Group) -> bool {
    match (group.sizes, group.quantifier) {
        (Some((_, hi)), _) => usize::from(hi) > group.named.len(),
        (None, Some(Quantifier::Count(count))) => usize::from(count) > group.named.len(),
        (None, word) => word.is_some_and(|word| word != Quantifier::NamedOnly),
    }
}

/// The statements as `options` count them.
pub(super) fn counted<'c>(corpus: &'c Corpus, options: &AgreementOptions) -> Cow<'c, Corpus> {
    if options.names == Names::All && !options.by_sentence {
        return Cow::Borrowed(corpus);
    }
    let mut counted = corpus.clone();
    if options.by_sentence {
        weigh_sentences(&mut counted);
    }
    let reporters: HashMap<&str, &Actor> =
        corpus.meetings.iter().filter_map(|m| Some((m.id.as_str(), m.reporting_state.as_ref()?))).collect();
    counted.statements.retain_mut(|statement| {
        let Holder::Group(group) = &mut statement.holder else { return true };
        match (options.names, reporters.get(statement.meeting.as_str())) {
            (Names::Groups, _) => is_open(group),
            (Names::WithoutReporter, Some(reporter)) => match without(group, reporter) {
                Some(rest) => {
                    *group = rest;
                    true
                }
                None => false,
            },
            _ => true,
        }
    });
    Cow::Owned(counted)
}

/// Divides the weight of each statement by the number of issues that its sentence is about.
fn weigh_sentences(corpus: &mut Corpus) {
    let sentences = sentences(corpus);
    let mut issues: HashMap<usize, BTreeSet<&str>> = HashMap::new();
    for (statement, sentence) in corpus.statements.iter().zip(&sentences) {
        issues.entry(*sentence).or_default().insert(&statement.issue);
    }
    let counts: Vec<usize> = sentences.iter().map(|s| issues.get(s).map_or(1, BTreeSet::len)).collect();
    for (statement, count) in corpus.statements.iter_mut().zip(counts) {
        statement.weight /= count as f64;
    }
}

/// For each statement the place of the first one of its sentence.
///
/// Quotes of a report belong together where they overlap, or where no sentence ends between them; in a
/// table without texts, where they are the same words. A statement without a quote stands alone.
fn sentences(corpus: &Corpus) -> Vec<usize> {
    let mut first: Vec<usize> = (0..corpus.statements.len()).collect();
    let spans = corpus.statements.iter().enumerate();
    let mut placed: Vec<(&str, usize, usize, usize)> =
        spans.filter_map(|(at, s)| s.span().map(|span| (s.report.as_str(), span.start, span.end, at))).collect();
    placed.sort_unstable();
    let texts: HashMap<&str, &str> = corpus.reports.iter().map(|r| (r.name.as_str(), r.text.as_ref())).collect();
    let mut last: Option<(&str, usize, usize)> = None;
    for (report, start, end, at) in placed {
        let between = |until: usize| texts.get(report).and_then(|text| text.get(until.saturating_sub(1)..start));
        match last {
            Some((other, until, head)) if other == report && (start < until || between(until).is_some_and(goes_on)) => {
                first[at] = head;
                last = Some((report, until.max(end), head));
            }
            _ => last = Some((report, end, at)),
        }
    }
    let mut words: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, statement) in corpus.statements.iter().enumerate() {
        if let Some(quote) = statement.quote.as_ref().filter(|quote| quote.span().is_none() && !quote.text.is_empty()) {
            first[at] = *words.entry((&statement.meeting, &quote.text)).or_insert(at);
        }
    }
    first
}

/// True where no sentence or line ends in `text`.
fn goes_on(text: &str) -> bool {
    !text.contains(['.', '!', '?', '\n', '\r'])
}
