//! The members of the Council on one day, with their weight in votes.

use jiff::civil::Date;

use super::{Rule, Subsets};
use crate::error::{Error, Result, nearest};
use crate::lexicon::PopulationTables;
use crate::model::{Actor, Roster};

/// Who votes under which rule, and with what share of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Chamber {
    /// The members, sorted.
    pub members: Vec<Actor>,
    /// The rule.
    pub rule: Rule,
    /// The table of populations used, with its first day; `None` where the rule needs none.
    pub population: Option<String>,
    weights: Vec<usize>,
    total: usize,
}

impl Chamber {
    /// The members of `roster` on `date` under `rule`.
    ///
    /// # Errors
    /// Where the rule counts population, [`Error::Date`] before the first table and
    /// [`Error::Missing`] for a member that the table lacks.
    pub fn new(roster: &Roster, rule: Rule, date: Date, tables: &PopulationTables) -> Result<Chamber> {
        let members = roster.actors().to_vec();
        if !rule.counts_population() {
            let weights = vec![0; members.len()];
            return Ok(Chamber { members, rule, population: None, weights, total: 0 });
        }
        let (weights, name) = shares(roster, date, tables)?;
        let total = weights.iter().sum();
        Ok(Chamber { members, rule, population: Some(name), weights, total })
    }

    /// The weight of each member: hundredths of a percent of population, or 0 where it counts not.
    pub fn weights(&self) -> &[usize] {
        &self.weights
    }

    /// The weight of all members.
    pub fn total(&self) -> usize {
        self.total
    }

    /// True where `favour` members of that weight reach the rule.
    pub fn is_reached(&self, favour: usize, weight: usize) -> bool {
        self.rule.is_reached(favour, self.members.len(), weight, self.total)
    }

    /// The least weight with which `favour` members reach the rule; `None` where none is enough.
    pub fn least(&self, favour: usize) -> Option<usize> {
        self.rule.least_share(favour, self.members.len(), self.total)
    }

    /// The place of a member.
    ///
    /// # Errors
    /// [`Error::Missing`] with the nearest code.
    pub fn index(&self, actor: &Actor) -> Result<usize> {
        self.members.binary_search(actor).map_err(|_| Error::Missing {
            what: "member",
            got: actor.to_string(),
            hint: nearest(actor.as_str(), self.members.iter().map(Actor::as_str)),
        })
    }

    /// The weight of the members of a bit set.
    pub fn weight_of(&self, mask: u64) -> usize {
        crate::group::members(mask).filter_map(|at| self.weights.get(at)).sum()
    }

    /// The subsets of the members of a bit set.
    pub fn subsets(&self, mask: u64) -> Subsets {
        let mut subsets = Subsets::none(self.total);
        for at in crate::group::members(mask) {
            if let Some(weight) = self.weights.get(at) {
                subsets.add(*weight);
            }
        }
        subsets
    }

    /// A bit set of every member.
    pub fn everyone(&self) -> u64 {
        (0..self.members.len()).fold(0, |mask, at| mask | 1 << at)
    }
}

/// The share of each member of `roster`, and the name of the table.
pub(super) fn shares(roster: &Roster, date: Date, tables: &PopulationTables) -> Result<(Vec<usize>, String)> {
    let table = tables.on(date)?;
    let share = |state: &Actor| {
        table.share(state).map(|share| share as usize).ok_or_else(|| Error::Missing {
            what: "share of population",
            got: state.to_string(),
            hint: None,
        })
    };
    Ok((roster.actors().iter().map(share).collect::<Result<_>>()?, table.name()))
}
