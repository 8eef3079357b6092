//! What makes the score of one pair: a row per cell, adding up to it.

use std::collections::BTreeMap;

use super::agreement::{check_actor, parts, weighted_cells};
use super::naming::counted;
use super::options::{AgreementOptions, Key};
use super::pairwise::PairSums;
use crate::error::Result;
use crate::group::{Cell, Class, Outcome, Seat};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Holder, Stance, Statement};

/// What one cell adds to the agreement of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The instrument, where scores are split by it.
    pub instrument: Option<String>,
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// The weight of the cell.
    pub weight: f64,
    /// The stance of the first actor where it is certain.
    pub stance_a: Option<Stance>,
    /// The stance of the second actor where it is certain.
    pub stance_b: Option<Stance>,
    /// The probability that they agree.
    pub p_agree: f64,
    /// The probability that they disagree.
    pub p_disagree: f64,
    /// w·P(agree) / Σ w·P(agree or disagree); over the rows of a key it adds up to the key's score, and
    /// without keys to that of the pair. `None` where there is no score.
    pub contribution: Option<f64>,
    /// True where only one outcome is feasible.
    pub certain: bool,
    /// Who holds the statements on which the first actor's stance rests: itself among others, or a group it may be in.
    pub holders_a: Vec<Holder>,
    /// The ids of the statements on which the first actor's stance rests.
    pub statements_a: Vec<String>,
    /// Their quotes, empty where a statement has none.
    pub quotes_a: Vec<String>,
    /// Who holds the statements on which the second actor's stance rests: itself among others, or a group it may be in.
    pub holders_b: Vec<Holder>,
    /// The ids of the statements on which the second actor's stance rests.
    pub statements_b: Vec<String>,
    /// Their quotes, empty where a statement has none.
    pub quotes_b: Vec<String>,
}

/// The cells on which `a` and `b` may both have a position, in order of date, meeting and text.
///
/// Of `options` all but actors and `min_shared` count.
///
/// # Errors
/// As [`agreement`](super::agreement()) has them.
pub fn explain(
    corpus: &Corpus,
    sizes: &SizeTable,
    a: &Actor,
    b: &Actor,
    options: &AgreementOptions,
) -> Result<Vec<Contribution>> {
    for actor in [a, b] {
        check_actor(actor, corpus.meetings.iter().map(|meeting| &meeting.roster))?;
    }
    let corpus = &*counted(corpus, options);
    let parts = parts(corpus, sizes, options, weighted_cells(corpus, sizes, options)?);
    let mut totals: BTreeMap<Vec<&str>, PairSums> = BTreeMap::new();
    let mut found: Vec<(Vec<&str>, Evidence<'_>, Outcome, [Class; 2])> = Vec::new();
    for part in &parts {
        for cell in &part.cells {
            let (Some(class_a), Some(class_b)) = (cell.class(a), cell.class(b)) else { continue };
            let outcome = cell.seating.outcome(class_a, class_b, options.silence);
            if outcome.can_agree || outcome.can_disagree {
                let keys: Vec<&str> = options.by.iter().map(|key| part.key(*key, cell)).collect();
                totals.entry(keys.clone()).or_default().add(&outcome, cell.weight);
                let instrument = options.by.contains(&Key::Instrument).then_some(part.instrument.as_str());
                let evidence = Evidence { corpus: part.own.as_ref().unwrap_or(corpus), cell, instrument };
                found.push((keys, evidence, outcome, [class_a, class_b]));
            }
        }
    }
    let rows = found.into_iter().map(|(keys, evidence, outcome, classes)| {
        let total = totals.get(&keys).map_or(0.0, PairSums::weight);
        let contribution = (total > 0.0).then(|| evidence.cell.weight * outcome.agree / total);
        evidence.contribution([a, b], classes, &outcome, contribution)
    });
    Ok(rows.collect())
}

/// What a score of a cell rests on.
pub(super) struct Evidence<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) cell: &'c Cell,
    pub(super) instrument: Option<&'c str>,
}

impl<'c> Evidence<'c> {
    fn contribution(
        &self,
        actors: [&Actor; 2],
        classes: [Class; 2],
        outcome: &Outcome,
        contribution: Option<f64>,
    ) -> Contribution {
        let of = |at: usize| self.statements(actors[at], classes[at]);
        let ids = |found: &[&Statement]| found.iter().map(|s| s.id.to_string()).collect();
        let quotes = |found: &[&Statement]| {
            found.iter().map(|s| s.quote.as_ref().map(|q| q.text.to_string()).unwrap_or_default()).collect()
        };
        let holders = |found: &[&Statement]| found.iter().map(|s| s.holder.clone()).collect();
        let (of_a, of_b) = (of(0), of(1));
        Contribution {
            instrument: self.instrument.map(str::to_owned),
            meeting: self.cell.meeting.clone(),
            topic: self.cell.topic.clone(),
            issue: self.cell.issue.clone(),
            weight: self.cell.weight,
            stance_a: certain_stance(self.cell, classes[0]),
            stance_b: certain_stance(self.cell, classes[1]),
            p_agree: outcome.agree,
            p_disagree: outcome.disagree,
            contribution,
            certain: !outcome.can_be_apart && outcome.can_agree != outcome.can_disagree,
            holders_a: holders(&of_a),
            statements_a: ids(&of_a),
            quotes_a: quotes(&of_a),
            holders_b: holders(&of_b),
            statements_b: ids(&of_b),
            quotes_b: quotes(&of_b),
        }
    }

    /// The statements that name the actor; where none does, those of the groups it may be in.
    pub(super) fn statements(&self, actor: &Actor, class: Class) -> Vec<&'c Statement> {
        let all = || self.cell.statements.iter().map(|at| &self.corpus.statements[*at]);
        let naming: Vec<&Statement> = all().filter(|s| names(s, actor)).collect();
        if !naming.is_empty() {
            return naming;
        }
        all().filter(|s| self.may_hold(s, actor, class)).collect()
    }

    fn may_hold(&self, statement: &Statement, actor: &Actor, class: Class) -> bool {
        let seat = match statement.toward_issue() {
            Stance::Support => Seat::Support,
            Stance::Oppose => Seat::Oppose,
            Stance::Neutral => return false,
        };
        let open = statement.holder.group().is_some_and(|group| !group.excluded.contains(actor));
        open && self.cell.roster.index(actor).is_some() && self.cell.seating.chance(class, seat) > 0.0
    }
}

/// True where `statement` names `actor` as holder.
pub(super) fn names(statement: &Statement, actor: &Actor) -> bool {
    match &statement.holder {
        Holder::Institution(institution) => institution.as_str() == actor.as_str(),
        Holder::Group(group) => group.named.contains(actor),
    }
}

/// The stance that an actor of `class` certainly has; `None` where it is open or none.
pub(super) fn certain_stance(cell: &Cell, class: Class) -> Option<Stance> {
    cell.seating.certain(class)?.stance()
}
