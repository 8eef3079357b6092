//! The members of the Council on one day, with their weight in votes.

use jiff::civil::Date;

use super::{Participants, Rule, Subsets};
use crate::error::{Error, Result, nearest};
use crate::group::members;
use crate::lexicon::PopulationTables;
use crate::model::{Actor, Roster};

/// Who votes under which rule, and with what share of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Chamber {
    /// The members, sorted; bit sets are over them.
    pub members: Vec<Actor>,
    /// The rule.
    pub rule: Rule,
    /// The table of populations used, with its first day; `None` where the rule needs none.
    pub population: Option<String>,
    weights: Vec<usize>,
    total: usize,
    /// The members that take part.
    part: u64,
    /// The fewest members of a blocking minority.
    block: usize,
}

impl Chamber {
    /// All members of `roster` on `date` under `rule`.
    ///
    /// # Errors
    /// Where the rule counts population, [`Error::Date`] before the first table and
    /// [`Error::Missing`] for a member that the table lacks.
    pub fn new(roster: &Roster, rule: Rule, date: Date, tables: &PopulationTables) -> Result<Chamber> {
        Chamber::among(roster, &Participants::default(), rule, date, tables)
    }

    /// Those of `roster` that take part.
    ///
    /// # Errors
    /// As [`Chamber::new`] has them, and [`Error::Option`] where nobody takes part.
    pub fn among(
        roster: &Roster,
        participants: &Participants,
        rule: Rule,
        date: Date,
        tables: &PopulationTables,
    ) -> Result<Chamber> {
        let part = participants.mask(roster, date)?;
        let (weights, population) = match rule.counts_population() {
            true => shares(roster, part, date, tables).map(|(shares, name)| (shares, Some(name)))?,
            false => (vec![0; roster.len()], None),
        };
        let total = weights.iter().sum();
        let all = part.count_ones() as usize == roster.len();
        let block = if all { 4 } else { fewest(&weights, 35 * total / 100 + 1) + 1 };
        Ok(Chamber { members: roster.actors().to_vec(), rule, population, weights, total, part, block })
    }

    /// The weight of each member: hundredths of a percent of population, or 0 where it counts not.
    pub fn weights(&self) -> &[usize] {
        &self.weights
    }

    /// The weight of all who take part.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many take part.
    pub fn size(&self) -> usize {
        self.part.count_ones() as usize
    }

    /// True where `favour` members of that weight reach the rule.
    pub fn is_reached(&self, favour: usize, weight: usize) -> bool {
        self.least(favour).is_some_and(|least| weight >= least)
    }

    /// The least weight with which `favour` members reach the rule; `None` where none is enough.
    pub fn least(&self, favour: usize) -> Option<usize> {
        self.rule.least_share(favour, self.size(), self.total, self.block)
    }

    /// The place of a member that takes part.
    ///
    /// # Errors
    /// [`Error::Missing`] with the nearest code.
    pub fn index(&self, actor: &Actor) -> Result<usize> {
        let found = self.members.binary_search(actor).ok().filter(|at| self.part >> at & 1 == 1);
        found.ok_or_else(|| Error::Missing {
            what: if self.members.contains(actor) { "participating member" } else { "member" },
            got: actor.to_string(),
            hint: nearest(actor.as_str(), members(self.part).map(|at| self.members[at].as_str())),
        })
    }

    /// The members of a list, as a bit set.
    ///
    /// # Errors
    /// As [`Chamber::index`] has them.
    pub fn mask(&self, actors: &[Actor]) -> Result<u64> {
        actors.iter().try_fold(0, |mask, actor| Ok(mask | 1 << self.index(actor)?))
    }

    /// The members of a bit set, in order.
    pub fn actors(&self, mask: u64) -> impl Iterator<Item = &Actor> {
        members(mask).filter_map(|at| self.members.get(at))
    }

    /// The weight of the members of a bit set.
    pub fn weight_of(&self, mask: u64) -> usize {
        members(mask).filter_map(|at| self.weights.get(at)).sum()
    }

    /// The subsets of the members of a bit set that take part.
    pub fn subsets(&self, mask: u64) -> Subsets {
        let mut subsets = Subsets::none(self.total);
        for at in members(mask & self.part) {
            if let Some(weight) = self.weights.get(at) {
                subsets.add(*weight);
            }
        }
        subsets
    }

    /// A bit set of every member that takes part.
    pub fn everyone(&self) -> u64 {
        self.part
    }
}

/// How many of the heaviest reach `weight`.
fn fewest(weights: &[usize], weight: usize) -> usize {
    let mut sorted = weights.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    sorted
        .iter()
        .take_while(|own| {
            let short = sum < weight;
            sum += **own;
            short
        })
        .count()
}

/// The share of each member of `roster`, 0 outside `part`, and the name of the table.
pub(super) fn shares(
    roster: &Roster,
    part: u64,
    date: Date,
    tables: &PopulationTables,
) -> Result<(Vec<usize>, String)> {
    let table = tables.on(date)?;
    let share = |(at, state): (usize, &Actor)| {
        if part >> at & 1 == 0 {
            return Ok(0);
        }
        table.share(state).map(|share| share as usize).ok_or_else(|| Error::Missing {
            what: "share of population",
            got: state.to_string(),
            hint: None,
        })
    };
    Ok((roster.actors().iter().enumerate().map(share).collect::<Result<_>>()?, table.name()))
}
