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

    /// The fewest open members that, named in favour too, make the verdict certain; the heaviest are
    /// taken, of equal ones the first. `None` where all of them together do not.
    pub(super) fn additions(mut self) -> Option<u64> {
        let open = (self.only | self.both) & self.chamber.everyone();
        let mut order: Vec<usize> = members(open).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.chamber.weights()[*at]));
        let mut added = 0;
        for at in order {
            if self.is_certain() {
                return Some(added);
            }
            let bit = 1 << at;
            added |= bit;
            (self.named, self.only, self.both) = (self.named | bit, self.only & !bit, self.both & !bit);
        }
        self.is_certain().then_some(added)
    }
}
