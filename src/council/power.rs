//! The power of each member under a rule.

use std::str::FromStr;

use jiff::civil::Date;

use super::{Chamber, Rule, Subsets};
use crate::error::{Choice, Error, Result};
use crate::group::members;
use crate::lexicon::PopulationTables;
use crate::model::{Actor, Roster};

/// Which index of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PowerIndex {
    /// `banzhaf`: swings of a member divided by the swings of all; a swing is a coalition of others
    /// that loses and wins with it.
    #[default]
    Banzhaf,
    /// `shapley`: the share of the orders of all members in which it turns the outcome (Shapley and
    /// Shubik).
    Shapley,
}

impl PowerIndex {
    /// Both indices.
    pub const ALL: [PowerIndex; 2] = [PowerIndex::Banzhaf, PowerIndex::Shapley];

    /// `banzhaf` or `shapley`.
    pub fn as_str(self) -> &'static str {
        match self {
            PowerIndex::Banzhaf => "banzhaf",
            PowerIndex::Shapley => "shapley",
        }
    }
}

impl FromStr for PowerIndex {
    type Err = Error;

    fn from_str(word: &str) -> Result<PowerIndex> {
        Choice::new("index", PowerIndex::ALL.map(|i| (i.as_str(), i))).pick(word)
    }
}

/// The power of one member.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// The member.
    pub actor: Actor,
    /// Its share of the power of all, 0 to 1; the shares add up to 1. `None` where nobody has any.
    pub power: Option<f64>,
    /// The number of coalitions of others that lose and win with it.
    pub swings: u64,
}

/// The power of every member state on `date` under the ordinary qualified majority, exactly.
///
/// # Errors
/// [`Error::Date`] before the first table of populations.
pub fn power(index: PowerIndex, date: Date, tables: &PopulationTables) -> Result<Vec<Power>> {
    Ok(power_in(&Chamber::new(&Roster::eu(date)?, Rule::Qualified, date, tables)?, index))
}

/// The power of everyone who takes part in a chamber, exactly.
pub fn power_in(chamber: &Chamber, index: PowerIndex) -> Vec<Power> {
    let everyone = chamber.everyone();
    let weights: Vec<usize> = members(everyone).map(|at| chamber.weights()[at]).collect();
    let found = indices(&chamber.subsets(everyone), &weights, chamber.total(), index, |size| chamber.least(size));
    let rows = chamber.actors(everyone).zip(found);
    rows.map(|(actor, (power, swings))| Power { actor: actor.clone(), power, swings }).collect()
}

/// The power and the swings of each player of a game of weighted votes, in the order of `weights`:
/// a coalition wins with a weight of `quota`.
///
/// ```
/// use standpunt::council::{PowerIndex, weighted_power};
///
/// let swings: Vec<u64> = weighted_power(6, &[4, 3, 2, 1], PowerIndex::Banzhaf).iter().map(|p| p.1).collect();
/// assert_eq!(swings, [5, 3, 3, 1]);
/// ```
pub fn weighted_power(quota: usize, weights: &[usize], index: PowerIndex) -> Vec<(Option<f64>, u64)> {
    let total = weights.iter().sum();
    let mut all = Subsets::none(total);
    weights.iter().for_each(|weight| all.add(*weight));
    indices(&all, weights, total, index, |_| (quota <= total).then_some(quota))
}

/// `least` gives the weight with which a coalition of a size wins, and must not fall with the size
/// in a way that lets a winning coalition lose by a member more.
fn indices<L>(all: &Subsets, weights: &[usize], total: usize, index: PowerIndex, least: L) -> Vec<(Option<f64>, u64)>
where
    L: Fn(usize) -> Option<usize>,
{
    let winning = |others: &Subsets, size: usize, favour: usize, own: usize| {
        least(favour).map_or(0, |least| others.within(size, least.saturating_sub(own)..=total))
    };
    let swings = |own: &usize| -> Vec<u64> {
        let mut others = all.clone();
        others.remove(*own);
        let turned = |size| winning(&others, size, size + 1, *own).saturating_sub(winning(&others, size, size, 0));
        (0..weights.len()).map(turned).collect()
    };
    let swings: Vec<Vec<u64>> = weights.iter().map(swings).collect();
    let raw: Vec<f64> = swings.iter().map(|swings| weigh(swings, index)).collect();
    let sum: f64 = raw.iter().sum();
    let share = |raw: f64| (sum > 0.0).then(|| raw / sum);
    raw.into_iter().zip(swings).map(|(raw, swings)| (share(raw), swings.iter().sum())).collect()
}

/// Banzhaf counts every swing once; Shapley one of size s among n members s!(n−1−s)!/n! times.
fn weigh(swings: &[u64], index: PowerIndex) -> f64 {
    if index == PowerIndex::Banzhaf {
        return swings.iter().map(|count| *count as f64).sum();
    }
    let members = swings.len();
    let mut orders = 1.0 / members as f64;
    let mut sum = 0.0;
    for (size, count) in swings.iter().enumerate() {
        sum += orders * *count as f64;
        if size + 1 < members {
            orders *= (size + 1) as f64 / (members - 1 - size) as f64;
        }
    }
    sum
}
