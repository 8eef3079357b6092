//! One side of a cell: who is named on it, who is excepted from it, and how large it may be.

use std::collections::BTreeMap;

use crate::lexicon::SizeTable;
use crate::model::{Group, Quantifier};

/// One side of a cell. Sets of states are bit sets over the roster of the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side {
    /// Members that are named.
    pub named: u64,
    /// States that are certainly no members; none of them is named.
    pub excluded: u64,
    /// The fewest members, the named ones counted.
    pub lo: usize,
    /// The most members, the named ones counted.
    pub hi: usize,
}

impl Side {
    /// How many members are named.
    pub fn names(&self) -> usize {
        self.named.count_ones() as usize
    }
}

/// One statement's group on one side, its states as bit sets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'c> {
    pub group: &'c Group,
    /// Every member of the roster that it names.
    pub told: u64,
    /// Those of them that stand on this side once contradictions are settled.
    pub kept: u64,
    pub excluded: u64,
}

impl Telling<'_> {
    /// True where it has no size beyond its names.
    fn is_names(&self) -> bool {
        self.group.sizes.is_none() && matches!(self.group.quantifier, None | Some(Quantifier::NamedOnly))
    }

    fn is_count(&self) -> bool {
        self.group.sizes.is_some() || matches!(self.group.quantifier, Some(Quantifier::Count(_)))
    }

    /// True where an explicit size is below the number of names.
    pub(super) fn counts_below_names(&self) -> bool {
        let most = match (self.group.sizes, self.group.quantifier) {
            (Some((_, hi)), _) => hi,
            (None, Some(Quantifier::Count(n))) => n,
            _ => return false,
        };
        usize::from(most) < self.told.count_ones() as usize
    }

    /// Its range. A size counts the named members, so one that left the side takes a place with it.
    fn range(&self, sizes: &SizeTable, members: usize) -> (usize, usize) {
        let told = self.told.count_ones() as usize;
        let (lo, hi) = match (self.group.sizes, self.group.quantifier) {
            (Some((lo, hi)), _) => (usize::from(lo).max(told), usize::from(hi.max(lo)).max(told)),
            (None, Some(Quantifier::All)) => {
                let all = members - (self.excluded & !self.told).count_ones() as usize;
                (all, all)
            }
            (None, quantifier) => sizes.range(quantifier.unwrap_or(Quantifier::NamedOnly), members, told),
        };
        let gone = (self.told & !self.kept).count_ones() as usize;
        (lo.saturating_sub(gone), hi.saturating_sub(gone))
    }
}

/// What a side rests its lower end on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Word,
    Count,
    Name,
}

/// A side whose lower end may still come down.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Draft {
    pub side: Side,
    /// The largest lower end that a count gives; 0 where none does.
    pub count_lo: usize,
}

impl Draft {
    /// What the present lower end rests on.
    pub(super) fn rank(&self) -> Rank {
        match self.side.lo {
            lo if lo <= self.side.names() => Rank::Name,
            lo if lo <= self.count_lo => Rank::Count,
            _ => Rank::Word,
        }
    }
}

/// One group, however often it is told.
struct Told {
    named: u64,
    lo: usize,
    hi: usize,
    count_lo: usize,
}

/// Gathers the tellings of one side over a roster of `members`.
///
/// Lower end: the largest of the groups' and the number of names. Upper end: the sum of the groups'
/// and one for each state named alone that no group names.
pub(super) fn gather(tellings: &[Telling<'_>], sizes: &SizeTable, members: usize) -> Draft {
    let named = tellings.iter().fold(0, |mask, t| mask | t.kept);
    let excluded = tellings.iter().fold(0, |mask, t| mask | t.excluded) & !named;
    let groups = told_groups(tellings, sizes, members);
    let in_groups = groups.iter().fold(0, |mask, g| mask | g.named);
    let joiners = (named & !in_groups).count_ones() as usize;
    let largest = |lower: fn(&Told) -> usize| groups.iter().map(lower).max().unwrap_or(0);
    let names = named.count_ones() as usize;
    let lo = largest(|g| g.lo).max(names);
    let hi = (groups.iter().map(|g| g.hi).sum::<usize>() + joiners).max(names);
    Draft { side: Side { named, excluded, lo, hi }, count_lo: largest(|g| g.count_lo) }
}

/// The groups among the tellings: those of one id are one group, those that only name are none.
fn told_groups(tellings: &[Telling<'_>], sizes: &SizeTable, members: usize) -> Vec<Told> {
    let mut by_id: BTreeMap<&str, Vec<&Telling<'_>>> = BTreeMap::new();
    let mut groups = Vec::new();
    for telling in tellings {
        match telling.group.id.as_deref() {
            Some(id) => by_id.entry(id).or_default().push(telling),
            None if telling.is_names() => {}
            None => groups.extend(merge(&[telling], sizes, members)),
        }
    }
    groups.extend(by_id.values().filter_map(|told| merge(told, sizes, members)));
    groups
}

/// One group told several times: the intersection of its ranges, or the widest where they do not
/// meet. A telling that gives no size bounds nothing; where none gives one there is no group.
fn merge(told: &[&Telling<'_>], sizes: &SizeTable, members: usize) -> Option<Told> {
    let named = told.iter().fold(0, |mask, t| mask | t.kept);
    let sized = || told.iter().filter(|t| !t.is_names());
    let ranges: Vec<(usize, usize)> = sized().map(|t| t.range(sizes, members)).collect();
    let (mut lo, mut hi) = (ranges.iter().map(|r| r.0).max()?, ranges.iter().map(|r| r.1).min()?);
    if lo > hi {
        (lo, hi) = (ranges.iter().map(|r| r.0).min()?, ranges.iter().map(|r| r.1).max()?);
    }
    let names = named.count_ones() as usize;
    let count_lo = sized().filter(|t| t.is_count()).map(|t| t.range(sizes, members).0).max().unwrap_or(0);
    Some(Told { named, lo: lo.max(names), hi: hi.max(names), count_lo: count_lo.min(lo) })
}
