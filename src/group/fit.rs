//! Brings two sides onto one roster.

use super::side::{Draft, Rank, Side};

/// The states of a cell by what is open to them, as numbers of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Free {
    /// Open to both sides.
    pub both: usize,
    /// Open to support only.
    pub support_only: usize,
    /// Open to opposition only.
    pub oppose_only: usize,
}

impl Free {
    /// The numbers of states of [`free`].
    pub(super) fn of(masks: [u64; 3]) -> Free {
        let [both, support_only, oppose_only] = masks.map(|mask| mask.count_ones() as usize);
        Free { both, support_only, oppose_only }
    }

    /// True where `support` and `oppose` unnamed members can be seated together.
    pub(super) fn seats(&self, support: usize, oppose: usize) -> bool {
        support <= self.both + self.support_only
            && oppose <= self.both + self.oppose_only
            && support + oppose <= self.both + self.support_only + self.oppose_only
    }
}

/// The states of which nothing is settled, neither named on a side nor `fixed` elsewhere: those open
/// to both sides, to support only, to opposition only.
pub(super) fn free(members: usize, support: &Side, oppose: &Side, fixed: u64) -> [u64; 3] {
    let roster = if members >= 64 { u64::MAX } else { (1 << members) - 1 };
    let open = roster & !(support.named | oppose.named | fixed);
    let both = open & !support.excluded & !oppose.excluded;
    [both, open & oppose.excluded & !support.excluded, open & support.excluded & !oppose.excluded]
}

/// Bounds both upper ends by what the roster leaves; then, where no pair of sizes can be seated,
/// lowers the lower end of the side that rests on less: names outrank counts and counts words. Both
/// come down where they tie. Returns the sides whose lower end came down, support first.
pub(super) fn fit(members: usize, support: &mut Draft, oppose: &mut Draft, fixed: u64) -> [bool; 2] {
    let free = Free::of(free(members, &support.side, &oppose.side, fixed));
    let bound = |side: &mut Side, open: usize| side.hi = side.hi.min(side.names() + open);
    bound(&mut support.side, free.both + free.support_only);
    bound(&mut oppose.side, free.both + free.oppose_only);
    let mut lowered = [false; 2];
    while !fits(&free, &support.side, &oppose.side) {
        let (s, o) = (support.rank(), oppose.rank());
        if s == Rank::Name && o == Rank::Name {
            break;
        }
        if s <= o {
            support.side.lo -= 1;
            lowered[0] = true;
        }
        if o <= s {
            oppose.side.lo -= 1;
            lowered[1] = true;
        }
    }
    lowered
}

fn fits(free: &Free, support: &Side, oppose: &Side) -> bool {
    support.lo <= support.hi
        && oppose.lo <= oppose.hi
        && free.seats(support.lo - support.names(), oppose.lo - oppose.names())
}
