//! The verdict on every side of every cell.

use super::chamber::shares;
use super::majority::Verdict;
use super::{Chamber, Rule, Subsets};
use crate::group::{Cell, Composition, Seat, Side, cells, members};
use crate::lexicon::{PopulationTables, SizeTable};
use crate::model::{Corpus, Stance};

/// What one side of one cell decides, in two readings.
#[derive(Debug, Clone, PartialEq)]
pub struct MajorityRow {
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// Support or opposition.
    pub side: Stance,
    /// The fewest members of the side.
    pub size_lo: usize,
    /// The most members of the side.
    pub size_hi: usize,
    /// The least share of the population it can have, 0 to 1; `None` where no table covers it.
    pub share_lo: Option<f64>,
    /// The greatest share, likewise.
    pub share_hi: Option<f64>,
    /// Reading `stated`: only the members of the side are in favour. `None` with a reason.
    pub verdict: Option<Verdict>,
    /// Its probability, 0 to 1.
    pub probability: Option<f64>,
    /// Reading `assent`: everyone is in favour but the members of the other side.
    pub verdict_assent: Option<Verdict>,
    /// Its probability, 0 to 1.
    pub probability_assent: Option<f64>,
    /// Why there is no verdict: no table of populations covers the day or the members.
    pub reason: Option<String>,
}

/// One row for each side that member states take in each cell, in the order of the cells and
/// support first. Both sides are seated jointly, as in [`Seating`](crate::group::Seating).
pub fn majorities(corpus: &Corpus, sizes: &SizeTable, rule: Rule, tables: &PopulationTables) -> Vec<MajorityRow> {
    let cells = cells(corpus, sizes).cells;
    cells.iter().flat_map(|cell| rows(cell, rule, tables)).collect()
}

fn rows(cell: &Cell, rule: Rule, tables: &PopulationTables) -> Vec<MajorityRow> {
    let dated = cell.date.ok_or_else(|| "the meeting has no date".to_owned());
    let chamber = dated
        .clone()
        .and_then(|date| Chamber::new(&cell.roster, rule, date, tables).map_err(|error| error.to_string()));
    let population = dated.ok().and_then(|date| shares(&cell.roster, date, tables).ok()).map(|(shares, _)| shares);
    let bench =
        chamber.as_ref().ok().map(|chamber| Bench { chamber, cell, both: chamber.subsets(cell.seating.open()[0]) });
    let taken = [Stance::Support, Stance::Oppose].into_iter().filter(|stance| side(cell, *stance).hi > 0);
    taken
        .map(|stance| {
            let verdicts = bench.as_ref().map(|bench| [bench.stated(stance), bench.assent(stance)]);
            let range = population.as_ref().map(|shares| share_range(cell, stance, shares));
            MajorityRow {
                meeting: cell.meeting.clone(),
                topic: cell.topic.clone(),
                issue: cell.issue.clone(),
                side: stance,
                size_lo: side(cell, stance).lo,
                size_hi: side(cell, stance).hi,
                share_lo: range.map(|r| r.0),
                share_hi: range.map(|r| r.1),
                verdict: verdicts.map(|v| v[0].0),
                probability: verdicts.map(|v| v[0].1),
                verdict_assent: verdicts.map(|v| v[1].0),
                probability_assent: verdicts.map(|v| v[1].1),
                reason: chamber.as_ref().err().cloned(),
            }
        })
        .collect()
}

fn side(cell: &Cell, stance: Stance) -> &Side {
    if stance == Stance::Oppose { &cell.oppose } else { &cell.support }
}

fn seat(stance: Stance) -> Seat {
    if stance == Stance::Oppose { Seat::Oppose } else { Seat::Support }
}

/// The states open to that side alone.
fn only(cell: &Cell, stance: Stance) -> u64 {
    cell.seating.open()[if stance == Stance::Oppose { 2 } else { 1 }]
}

/// One cell before its chamber.
struct Bench<'c> {
    chamber: &'c Chamber,
    cell: &'c Cell,
    /// The subsets of the states open to both sides.
    both: Subsets,
}

impl Bench<'_> {
    fn stated(&self, stance: Stance) -> (Verdict, f64) {
        let total = self.chamber.total();
        self.verdict(stance, |size| self.chamber.least(size).map(|least| (least, total)))
    }

    /// The other side is what may not grow too large.
    fn assent(&self, stance: Stance) -> (Verdict, f64) {
        let other = if stance == Stance::Oppose { Stance::Support } else { Stance::Oppose };
        let (everyone, total) = (self.chamber.members.len(), self.chamber.total());
        self.verdict(other, |size| {
            let least = self.chamber.least(everyone - size)?;
            total.checked_sub(least).map(|most| (0, most))
        })
    }

    /// The verdict where a side of a size wins with a weight in the range that `wins` gives it.
    fn verdict<W: Fn(usize) -> Option<(usize, usize)>>(&self, stance: Stance, wins: W) -> (Verdict, f64) {
        let named = side(self.cell, stance).named;
        let (names, weight) = (named.count_ones() as usize, self.chamber.weight_of(named));
        let only = self.chamber.subsets(only(self.cell, stance));
        let (mut some_win, mut some_lose, mut probability) = (false, false, 0.0);
        for found in self.cell.seating.compositions(seat(stance)) {
            let ways = only.of_size(found.only) * self.both.of_size(found.both);
            let range = wins(names + found.only + found.both);
            let won = range.map_or(0, |range| self.winning(&only, &found, weight, range));
            some_win |= won > 0;
            some_lose |= won < ways;
            probability += found.probability * (won as f64 / ways as f64);
        }
        let verdict = Verdict::of(some_win, some_lose);
        (verdict, if verdict == Verdict::Certain { 1.0 } else { probability })
    }

    fn winning(&self, only: &Subsets, found: &Composition, named: usize, range: (usize, usize)) -> u64 {
        let part = |(weight, count): (usize, u64)| {
            let base = named + weight;
            let Some(most) = range.1.checked_sub(base) else { return 0 };
            count * self.both.within(found.both, range.0.saturating_sub(base)..=most)
        };
        only.weights(found.only).map(part).sum()
    }
}

/// The least and the greatest share of the population that a side can have.
fn share_range(cell: &Cell, stance: Stance, shares: &[usize]) -> (f64, f64) {
    let sorted = |mask: u64| {
        let mut found: Vec<usize> = members(mask).filter_map(|at| shares.get(at).copied()).collect();
        found.sort_unstable();
        found
    };
    let named: usize = sorted(side(cell, stance).named).iter().sum();
    let (only, both) = (sorted(only(cell, stance)), sorted(cell.seating.open()[0]));
    let least = |from: &[usize], n: usize| from.iter().take(n).sum::<usize>();
    let most = |from: &[usize], n: usize| from.iter().rev().take(n).sum::<usize>();
    let found = cell.seating.compositions(seat(stance));
    let low = found.iter().map(|c| named + least(&only, c.only) + least(&both, c.both)).min();
    let high = found.iter().map(|c| named + most(&only, c.only) + most(&both, c.both)).max();
    let total = shares.iter().sum::<usize>() as f64;
    (low.unwrap_or(0) as f64 / total, high.unwrap_or(0) as f64 / total)
}
