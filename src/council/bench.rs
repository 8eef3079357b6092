//! One cell put to the vote.

use std::collections::HashMap;
use std::rc::Rc;

use super::majority::Verdict;
use super::worst::Worst;
use super::{Chamber, Subsets};
use crate::group::{Cell, Composition, Seat, Side, members};
use crate::model::Stance;

pub(super) fn side(cell: &Cell, stance: Stance) -> &Side {
    if stance == Stance::Oppose { &cell.oppose } else { &cell.support }
}

pub(super) fn seat(stance: Stance) -> Seat {
    if stance == Stance::Oppose { Seat::Oppose } else { Seat::Support }
}

pub(super) fn other(stance: Stance) -> Stance {
    if stance == Stance::Oppose { Stance::Support } else { Stance::Oppose }
}

/// The states open to that side alone.
pub(super) fn only(cell: &Cell, stance: Stance) -> u64 {
    cell.seating.open()[if stance == Stance::Oppose { 2 } else { 1 }]
}

/// The subsets of sets of members, kept from cell to cell.
pub(super) struct Counts {
    pub(super) chamber: Chamber,
    everyone: Subsets,
    known: HashMap<u64, Rc<Subsets>>,
}

/// Sets kept at a time: each takes up to two megabytes.
const KEPT: usize = 16;

impl Counts {
    pub(super) fn new(chamber: Chamber) -> Counts {
        let everyone = chamber.subsets(chamber.everyone());
        Counts { chamber, everyone, known: HashMap::new() }
    }

    /// The states of a cell open to both sides, to support only and to opposition only.
    pub(super) fn open(&mut self, cell: &Cell) -> [Open; 3] {
        cell.seating.open().map(|mask| {
            let idle = (mask & !self.chamber.everyone()).count_ones() as usize;
            Open { subsets: self.of(mask), idle }
        })
    }

    /// The subsets of those of `mask` that take part: built up, or cut down from everyone's.
    fn of(&mut self, mask: u64) -> Rc<Subsets> {
        let mask = mask & self.chamber.everyone();
        if let Some(known) = self.known.get(&mask) {
            return Rc::clone(known);
        }
        let rest = self.chamber.everyone() & !mask;
        let found = if rest.count_ones() < mask.count_ones() {
            let mut subsets = self.everyone.clone();
            members(rest).for_each(|at| subsets.remove(self.chamber.weights()[at]));
            subsets
        } else {
            self.chamber.subsets(mask)
        };
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        let found = Rc::new(found);
        self.known.insert(mask, Rc::clone(&found));
        found
    }
}

/// Open states: the subsets of those that take part, and how many take none.
#[derive(Clone)]
pub(super) struct Open {
    subsets: Rc<Subsets>,
    idle: usize,
}

impl Open {
    fn count(&self) -> usize {
        self.subsets.members() + self.idle
    }

    /// The number of ways to seat `size` of them.
    fn ways(&self, size: usize) -> u128 {
        binomial(self.count(), size)
    }

    /// Without one that takes part with that weight.
    fn without(&self, weight: usize) -> Open {
        let mut subsets = Subsets::clone(&self.subsets);
        subsets.remove(weight);
        Open { subsets: Rc::new(subsets), idle: self.idle }
    }

    /// How many of `size` may take part, each with the number of ways to seat the idle.
    fn parts(&self, size: usize) -> impl Iterator<Item = (usize, u128)> {
        let (idle, most) = (self.idle, self.subsets.members().min(size));
        (size.saturating_sub(idle)..=most).map(move |part| (part, binomial(idle, size - part)))
    }
}

/// n over k, exactly for the members of a roster.
fn binomial(n: usize, k: usize) -> u128 {
    if k > n {
        return 0;
    }
    (0..k.min(n - k)).fold(1, |ways, i| ways * (n - i) as u128 / (i as u128 + 1))
}

/// One cell before its chamber.
pub(super) struct Bench<'c> {
    pub(super) chamber: &'c Chamber,
    cell: &'c Cell,
    both: Open,
    /// Open to support alone, and to opposition alone.
    only: [Open; 2],
}

/// The members in favour by name: how many take part, and their weight.
#[derive(Clone, Copy)]
pub(super) struct Base {
    pub(super) favour: usize,
    pub(super) weight: usize,
}

impl<'c> Bench<'c> {
    /// `open` as [`Counts::open`] gives it for this cell.
    pub(super) fn new(cell: &'c Cell, chamber: &'c Chamber, open: [Open; 3]) -> Bench<'c> {
        let [both, support, oppose] = open;
        Bench { chamber, cell, both, only: [support, oppose] }
    }

    pub(super) fn stated(&self, stance: Stance) -> (Verdict, f64) {
        let total = self.chamber.total();
        self.verdict(stance, |size| self.chamber.least(size).map(|least| (least, total)))
    }

    /// The other side is what may not grow too large.
    pub(super) fn assent(&self, stance: Stance) -> (Verdict, f64) {
        let (everyone, total) = (self.chamber.size(), self.chamber.total());
        self.verdict(other(stance), |size| {
            let least = self.chamber.least(everyone.checked_sub(size)?)?;
            total.checked_sub(least).map(|most| (0, most))
        })
    }

    /// The weakest that the side can be.
    pub(super) fn worst(&self, stance: Stance) -> Worst<'c> {
        Worst {
            chamber: self.chamber,
            named: side(self.cell, stance).named,
            only: only(self.cell, stance),
            both: self.cell.seating.open()[0],
            lo: side(self.cell, stance).lo,
            needed: needed(self.cell, stance),
        }
    }

    fn base(&self, stance: Stance) -> Base {
        let named = side(self.cell, stance).named & self.chamber.everyone();
        Base { favour: named.count_ones() as usize, weight: self.chamber.weight_of(named) }
    }

    fn alone(&self, stance: Stance) -> &Open {
        &self.only[usize::from(stance == Stance::Oppose)]
    }

    /// The verdict where a side of a size wins with a weight in the range that `wins` gives it.
    fn verdict<W: Fn(usize) -> Option<(usize, usize)>>(&self, stance: Stance, wins: W) -> (Verdict, f64) {
        let only = self.alone(stance);
        let (mut some_win, mut some_lose, mut probability) = (false, false, 0.0);
        for found in self.cell.seating.compositions(seat(stance)) {
            let ways = only.ways(found.only) * self.both.ways(found.both);
            let won = winning([only, &self.both], &found, self.base(stance), &wins);
            some_win |= won > 0;
            some_lose |= won < ways;
            probability += found.probability * (won as f64 / ways as f64);
        }
        let verdict = Verdict::of(some_win, some_lose);
        (verdict, if verdict == Verdict::Certain { 1.0 } else { probability })
    }

    /// The probability that the verdict of the side turns when the member at `at` alone switches: leaves
    /// the side where it is on it, and joins it where it is not.
    pub(super) fn pivotal(&self, stance: Stance, at: usize) -> f64 {
        let (bit, own) = (1u64 << at, self.chamber.weights()[at]);
        let mut base = self.base(stance);
        if side(self.cell, stance).named & bit != 0 {
            base = Base { favour: base.favour - 1, weight: base.weight - own };
        }
        let (only, both) = (self.alone(stance), &self.both);
        let in_only = self::only(self.cell, stance) & bit != 0;
        let in_both = self.cell.seating.open()[0] & bit != 0;
        let rest_only = if in_only { only.without(own) } else { only.clone() };
        let rest_both = if in_both { both.without(own) } else { both.clone() };
        let total = self.chamber.total();
        let wins = |size: usize| self.chamber.least(size).map(|least| (least, total));
        let turned = |found: &Composition| {
            let with = Base { favour: base.favour + 1, weight: base.weight + own };
            let open = [&rest_only, &rest_both];
            winning(open, found, with, &wins).saturating_sub(winning(open, found, base, &wins))
        };
        let chance = |found: Composition| {
            let outside = turned(&found);
            let inside = match (in_only && found.only > 0, in_both && found.both > 0) {
                (true, _) => turned(&Composition { only: found.only - 1, ..found }),
                (_, true) => turned(&Composition { both: found.both - 1, ..found }),
                _ => 0,
            };
            let ways = only.ways(found.only) * both.ways(found.both);
            found.probability * ((outside + inside) as f64 / ways as f64)
        };
        self.cell.seating.compositions(seat(stance)).into_iter().map(chance).sum()
    }
}

/// The number of seatings of a composition that win beside those in favour by name.
fn winning<W>([only, both]: [&Open; 2], found: &Composition, base: Base, wins: &W) -> u128
where
    W: Fn(usize) -> Option<(usize, usize)>,
{
    let mut sum = 0;
    for (from_only, idle_only) in only.parts(found.only) {
        for (from_both, idle_both) in both.parts(found.both) {
            let Some(range) = wins(base.favour + from_only + from_both) else { continue };
            let part = |(weight, count): (usize, u64)| {
                let base = base.weight + weight;
                let Some(most) = range.1.checked_sub(base) else { return 0 };
                let ways = both.subsets.within(from_both, range.0.saturating_sub(base)..=most);
                u128::from(count) * u128::from(ways)
            };
            sum += idle_only * idle_both * only.subsets.weights(from_only).map(part).sum::<u128>();
        }
    }
    sum
}

/// How many open to both sides the other side of `stance` needs at the least.
fn needed(cell: &Cell, stance: Stance) -> usize {
    let across = side(cell, other(stance));
    let alone = only(cell, other(stance)).count_ones() as usize;
    across.lo.saturating_sub(across.named.count_ones() as usize).saturating_sub(alone)
}
