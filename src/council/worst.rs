//! The weakest that a side can be, and whose support would make it enough.

use super::Chamber;
use crate::group::members;

/// What a side may be composed of at its weakest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worst<'c> {
    pub(super) chamber: &'c Chamber,
    /// In favour by name.
    pub(super) named: u64,
    /// Open to this side alone.
    pub(super) only: u64,
    /// Open to both sides.
    pub(super) both: u64,
    /// The fewest on the side.
    pub(super) lo: usize,
    /// How many open to both the other side needs at the least.
    pub(super) needed: usize,
}

impl Worst<'_> {
    /// True where the rule is reached whoever the unnamed are.
    fn is_certain(&self) -> bool {
        let names = self.named.count_ones() as usize;
        let (only, both) = (self.lightest(self.only), self.lightest(self.both));
        let Some(spare) = both.len().checked_sub(self.needed) else { return false };
        let least = self.lo.max(names) - names;
        let named = self.named & self.chamber.everyone();
        let base = (named.count_ones() as usize, self.chamber.weight_of(named));
        (0..=least.min(only.len())).all(|from_only| {
            let from_both = least - from_only;
            if from_both > spare {
                return true;
            }
            let taken = only.iter().take(from_only).chain(both.iter().take(from_both));
            let (favour, weight) =
                taken.fold(base, |(n, sum), (takes_part, own)| (n + usize::from(*takes_part), sum + own));
            self.chamber.is_reached(favour, weight)
        })
    }

    /// Whether each member takes part, and its weight, the weakest first.
    fn lightest(&self, mask: u64) -> Vec<(bool, usize)> {
        let own = |at: usize| (self.chamber.everyone() >> at & 1 == 1, self.chamber.weights()[at]);
        let mut found: Vec<(bool, usize)> = members(mask).map(own).collect();
        found.sort_unstable();
        found
    }

    /// Open members that, named in favour too, make the verdict certain: the heaviest, of equal ones the first, and none
    /// that can be left out. `None` where all of them together do not.
    pub(super) fn additions(self) -> Option<u64> {
        let open = (self.only | self.both) & self.chamber.everyone();
        let mut order: Vec<usize> = members(open).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.chamber.weights()[*at]));
        let certain = |added: u64| self.with(added).is_certain();
        let bits = order.iter().map(|at| 1 << at);
        let more = |added: &mut u64, bit: u64| {
            *added |= bit;
            Some(*added)
        };
        let added = std::iter::once(0).chain(bits.scan(0, more)).find(|added| certain(*added))?;
        // A heavy one that the other side may have too can be of less use than a lighter one behind it.
        let spare = |added: u64, at: &usize| {
            let without = added & !(1 << at);
            if without != added && certain(without) { without } else { added }
        };
        Some(order.iter().rev().fold(added, spare))
    }

    /// The side with these named in favour too.
    fn with(self, added: u64) -> Self {
        Worst { named: self.named | added, only: self.only & !added, both: self.both & !added, ..self }
    }
}
