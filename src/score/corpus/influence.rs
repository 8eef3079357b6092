//! What single statements do to the score of one pair.

use std::collections::HashMap;

use super::agreement::{check_actor, reweighted, weighted_cells};
use super::naming::counted;
use super::options::AgreementOptions;
use super::pairwise::PairSums;
use crate::error::Result;
use crate::group::{Cell, Outcome, cells as cells_of};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Statement};
use crate::stop::Stop;

/// The score of a pair without one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// The statement's id.
    pub statement: String,
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// Its words, where they are known.
    pub quote: Option<String>,
    /// The agreement of all statements, 0 to 1; `None` where no shared issue is feasible.
    pub with: Option<f64>,
    /// The agreement without this one, likewise.
    pub without: Option<f64>,
    /// `with` less `without`; `None` where one is missing.
    pub influence: Option<f64>,
}

/// One row for each statement in a cell where both actors could speak that changes what is known of the
/// pair: those of the greatest influence first, then in order of the text.
///
/// Leaves one statement out at a time and seats its meeting again. Of `options` all but `by`, `actors` and
/// `min_shared` count. Every cell is a step of `stop`.
///
/// # Errors
/// As [`agreement`](super::agreement()) has them, and [`Error::Stopped`](crate::error::Error::Stopped).
pub fn influence(
    corpus: &Corpus,
    sizes: &SizeTable,
    a: &Actor,
    b: &Actor,
    options: &AgreementOptions,
    stop: &Stop,
) -> Result<Vec<Influence>> {
    for actor in [a, b] {
        check_actor(actor, corpus.meetings.iter().map(|meeting| &meeting.roster))?;
    }
    let counted = counted(corpus, options);
    let cells = weighted_cells(&counted, sizes, options)?;
    let pair = Pair { corpus: &counted, sizes, actors: [a, b], options };
    let meetings: Vec<&[Cell]> = cells.chunk_by(|a, b| a.meeting == b.meeting).collect();
    let terms: Vec<Vec<Option<Term>>> =
        meetings.iter().map(|cells| cells.iter().map(|cell| pair.term(cell)).collect()).collect();
    let sums: Vec<PairSums> = terms.iter().map(|terms| summed(terms.iter())).collect();
    let with = merged(sums.iter());
    let statements = pair.by_meeting();
    let mut rows = Vec::new();
    stop.expect(cells.len());
    for (meeting, cells) in meetings.iter().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            for &left_out in &cell.statements {
                let term = pair.without(cell, &statements[cell.meeting.as_str()], left_out);
                if term == terms[meeting][at] {
                    continue;
                }
                let changed = terms[meeting].iter().enumerate().map(|(i, old)| if i == at { &term } else { old });
                let own = summed(changed);
                let without = merged(sums.iter().enumerate().map(|(i, old)| if i == meeting { &own } else { old }));
                let influence = with.zip(without).map(|(with, without)| with - without);
                rows.push(Influence::new(&counted.statements[left_out], with, without, influence));
            }
            stop.step()?;
        }
    }
    let size = |row: &Influence| row.influence.map_or(f64::INFINITY, f64::abs);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    Ok(rows)
}

impl Influence {
    fn new(statement: &Statement, with: Option<f64>, without: Option<f64>, influence: Option<f64>) -> Influence {
        Influence {
            statement: statement.id.to_string(),
            meeting: statement.meeting.to_string(),
            topic: statement.topic.to_string(),
            issue: statement.issue.to_string(),
            quote: statement.quote.as_ref().map(|quote| quote.text.to_string()),
            with,
            without,
            influence,
        }
    }
}

/// What one cell adds: the outcome and its weight.
type Term = (Outcome, f64);

/// What the cells of a meeting add.
fn summed<'t>(terms: impl Iterator<Item = &'t Option<Term>>) -> PairSums {
    let mut sums = PairSums::default();
    terms.flatten().for_each(|(outcome, weight)| sums.add(outcome, *weight));
    sums
}

/// The agreement over meetings, summed as for all pairs.
fn merged<'t>(meetings: impl Iterator<Item = &'t PairSums>) -> Option<f64> {
    let mut sums = PairSums::default();
    meetings.for_each(|own| sums.merge(own));
    sums.agreement()
}

struct Pair<'c> {
    corpus: &'c Corpus,
    sizes: &'c SizeTable,
    actors: [&'c Actor; 2],
    options: &'c AgreementOptions,
}

impl Pair<'_> {
    fn term(&self, cell: &Cell) -> Option<Term> {
        let [a, b] = self.actors.map(|actor| cell.class(actor));
        let outcome = cell.seating.outcome(a?, b?, self.options.silence);
        (outcome.can_agree || outcome.can_disagree).then_some((outcome, cell.weight))
    }

    /// The places of the statements of each meeting.
    fn by_meeting(&self) -> HashMap<&str, Vec<usize>> {
        let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, statement) in self.corpus.statements.iter().enumerate() {
            found.entry(&statement.meeting).or_default().push(at);
        }
        found
    }

    /// What the cell adds without one of the statements of its meeting.
    fn without(&self, cell: &Cell, statements: &[usize], left_out: usize) -> Option<Term> {
        // All others of the meeting stay, so that its agenda items keep their order.
        let rest = statements.iter().filter(|at| **at != left_out);
        let own = Corpus {
            meetings: self.corpus.meeting(&cell.meeting).cloned().into_iter().collect(),
            statements: rest.map(|at| self.corpus.statements[*at].clone()).collect(),
            ..Corpus::default()
        };
        let cells = reweighted(cells_of(&own, self.sizes).cells, self.options);
        cells.iter().find(|other| other.issue == cell.issue).and_then(|cell| self.term(cell))
    }
}
