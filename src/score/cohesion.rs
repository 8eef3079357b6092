//! How closely a group votes together.

use std::str::FromStr;

use super::kernel::level_counts;
use super::pairs::measure::Ballot;
use super::table::{Cells, Part, Table};
use crate::error::{Choice, Error, Result};

/// A measure of one group on one issue, from the votes yes, no and abstain; symmetric in yes and no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cohesion {
    /// |Y − N| / (Y + N) (Rice 1925): 0 to 1, undefined where all abstain.
    Rice,
    /// 100·(2·max − T) / T over all three (Attinà 1990), in percent: −33⅓ to 100.
    Attina,
    /// (max − (T − max)/2) / T over all three (Hix, Noury and Roland 2005): 0 to 1. A split in two
    /// halves without abstentions has 0.25.
    HixNouryRoland,
}

impl Cohesion {
    /// Every measure.
    pub const ALL: [Cohesion; 3] = [Cohesion::Rice, Cohesion::Attina, Cohesion::HixNouryRoland];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Cohesion::Rice => "rice",
            Cohesion::Attina => "attina",
            Cohesion::HixNouryRoland => "hix_noury_roland",
        }
    }

    /// The cohesion of these votes; `None` where it is undefined. Votes may be weighted counts.
    pub fn of(self, yes: f64, no: f64, abstain: f64) -> Option<f64> {
        let most = yes.max(no).max(abstain);
        let all = yes + no + abstain;
        match self {
            Cohesion::Rice => (yes + no > 0.0).then(|| (yes - no).abs() / (yes + no)),
            Cohesion::Attina => (all > 0.0).then(|| 100.0 * (2.0 * most - all) / all),
            Cohesion::HixNouryRoland => (all > 0.0).then(|| (most - (all - most) / 2.0) / all),
        }
    }
}

impl FromStr for Cohesion {
    type Err = Error;

    fn from_str(word: &str) -> Result<Cohesion> {
        Choice::new("measure", Cohesion::ALL.map(|measure| (measure.as_str(), measure))).pick(word)
    }
}

/// The votes of one group on one issue, and its cohesion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Votes {
    /// The place of the issue in the table.
    pub unit: usize,
    /// Members in favour.
    pub yes: u32,
    /// Members against.
    pub no: u32,
    /// Members abstaining.
    pub abstain: u32,
    /// The cohesion; `None` where it is undefined.
    pub value: Option<f64>,
}

impl Votes {
    /// Of yes, no and abstain on the issue at `unit`.
    pub(super) fn of(unit: usize, [yes, no, abstain]: [u32; 3], measure: Cohesion) -> Votes {
        Votes { unit, yes, no, abstain, value: measure.of(yes.into(), no.into(), abstain.into()) }
    }
}

/// The votes of the actors at `members` on every issue, in the table's order.
///
/// # Errors
/// [`Error::Option`] where the scale has no yes and no.
pub fn cohesion(table: &Table, members: &[usize], measure: Cohesion) -> Result<Vec<Votes>> {
    let votes = ballots(table, members)?;
    Ok(votes.into_iter().enumerate().map(|(unit, votes)| Votes::of(unit, votes, measure)).collect())
}

/// Yes, no and abstain of the actors at `members` on every issue.
///
/// # Errors
/// [`Error::Option`] where the scale has no yes and no.
pub(super) fn ballots(table: &Table, members: &[usize]) -> Result<Vec<[u32; 3]>> {
    let ballot = Ballot::of(table.scale())?;
    let group = table.of_actors(members);
    let levels = table.scale().levels().len();
    let Cells::Codes(codes) = group.cells() else { return Ok(Vec::new()) };
    let known: Vec<u8> = (0..levels).map(|level| level as u8).collect();
    let counts = level_counts(codes, members.len(), &known);
    let votes = |unit: usize| {
        let of = |code: Option<u8>| {
            let code = code.map_or(levels, usize::from);
            if code < levels { counts.get(unit * levels + code).copied().unwrap_or(0) } else { 0 }
        };
        [of(Some(ballot.yes)), of(Some(ballot.no)), of(ballot.abstain)]
    };
    Ok((0..table.width()).map(votes).collect())
}

/// The mean cohesion of one group over one part, and the issues it is the mean of.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanCohesion {
    /// The group.
    pub group: String,
    /// What the issues of the part have in common.
    pub key: Vec<Option<String>>,
    /// The mean; `None` where no issue has one.
    pub value: Option<f64>,
    /// Issues on which the cohesion is defined.
    pub issues: usize,
}

/// The mean cohesion of every group over every part, group by group.
pub fn means(groups: &[(String, Vec<Votes>)], parts: &[Part], weights: Option<&[f64]>) -> Vec<MeanCohesion> {
    let mean = |group: &String, votes: &[Votes], part: &Part| {
        let (value, issues) = mean_over(votes, part, weights);
        MeanCohesion { group: group.clone(), key: part.key.clone(), value, issues }
    };
    groups.iter().flat_map(|(group, votes)| parts.iter().map(move |part| mean(group, votes, part))).collect()
}

/// The mean cohesion over the issues of a part, each with its weight, and the number of issues on
/// which it is defined.
fn mean_over(votes: &[Votes], part: &Part, weights: Option<&[f64]>) -> (Option<f64>, usize) {
    let weight = |unit: usize| weights.map_or(1.0, |weights| weights[unit]);
    let defined = part.units.iter().filter_map(|&unit| votes[unit].value.map(|value| (value, weight(unit))));
    let (sum, total, count) = defined
        .fold((0.0, 0.0, 0), |(sum, total, count), (value, weight)| (sum + weight * value, total + weight, count + 1));
    ((total > 0.0).then(|| sum / total), count)
}
