//! How likely each seat is for each state, exactly, by classes of exchangeable states.

use std::sync::LazyLock;

use super::Side;
use super::fit::{Free, free};
use super::members;
use crate::model::Stance;

/// Where one actor sits in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seat {
    /// On the side of support.
    Support,
    /// On the side of opposition.
    Oppose,
    /// On no side.
    Silent,
    /// Named as neutral.
    Neutral,
}

impl Seat {
    /// The stance of who sits here; `None` for the silent.
    pub fn stance(self) -> Option<Stance> {
        match self {
            Seat::Support => Some(Stance::Support),
            Seat::Oppose => Some(Stance::Oppose),
            Seat::Neutral => Some(Stance::Neutral),
            Seat::Silent => None,
        }
    }

    /// Every seat.
    pub const ALL: [Seat; 4] = [Seat::Support, Seat::Oppose, Seat::Silent, Seat::Neutral];

    fn is_side(self) -> bool {
        matches!(self, Seat::Support | Seat::Oppose)
    }
}

/// What the silent count as where two actors are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Silence {
    /// `apart`: who is silent or neutral is not compared.
    #[default]
    Apart,
    /// `category`: silence is a third position beside support and opposition, neutral a fourth.
    Category,
}

impl Silence {
    /// `apart` or `category`.
    pub fn as_str(self) -> &'static str {
        match self {
            Silence::Apart => "apart",
            Silence::Category => "category",
        }
    }
}

impl std::str::FromStr for Silence {
    type Err = crate::Error;

    fn from_str(word: &str) -> crate::Result<Silence> {
        let all = [Silence::Apart, Silence::Category];
        crate::error::Choice::new("silence", all.map(|s| (s.as_str(), s))).pick(word)
    }
}

/// The states of a cell that cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Unnamed, open to both sides.
    Both,
    /// Unnamed, excepted from opposition only.
    SupportOnly,
    /// Unnamed, excepted from support only.
    OpposeOnly,
    /// Certain of its seat.
    Fixed(Seat),
}

impl Class {
    /// How many classes there are.
    pub const COUNT: usize = 7;

    /// A number below [`Class::COUNT`], another for each class.
    pub fn index(self) -> usize {
        match self {
            Class::Both => 0,
            Class::SupportOnly => 1,
            Class::OpposeOnly => 2,
            Class::Fixed(seat) => 3 + seat as usize,
        }
    }

    /// The class of an actor that is certain of its stance.
    pub fn of_stance(stance: Stance) -> Class {
        Class::Fixed(match stance {
            Stance::Support => Seat::Support,
            Stance::Neutral => Seat::Neutral,
            Stance::Oppose => Seat::Oppose,
        })
    }
}

/// How two actors of one cell compare.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcome {
    /// The probability that they agree, 0 to 1; 1 exactly where nothing else is feasible.
    pub agree: f64,
    /// The probability that they disagree, 0 to 1; 1 exactly where nothing else is feasible.
    pub disagree: f64,
    /// True where agreeing is feasible.
    pub can_agree: bool,
    /// True where disagreeing is feasible.
    pub can_disagree: bool,
    /// True where it is feasible that they are not compared.
    pub can_be_apart: bool,
}

impl Outcome {
    /// True where they are compared however the unnamed sit.
    pub fn is_shared(&self) -> bool {
        !self.can_be_apart && (self.can_agree || self.can_disagree)
    }

    /// True where agreeing is the only feasible outcome.
    pub fn must_agree(&self) -> bool {
        self.can_agree && !self.can_disagree && !self.can_be_apart
    }

    /// True where disagreeing is the only feasible outcome.
    pub fn must_disagree(&self) -> bool {
        self.can_disagree && !self.can_agree && !self.can_be_apart
    }
}

/// Everything that two sides on one roster say of who sits where.
///
/// Where no pair of sizes can be seated nothing is feasible and every probability is 0; the sides
/// of a [`Cell`](super::Cell) always can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Seating {
    support: Side,
    oppose: Side,
    neutral: u64,
    left_out: u64,
    open: [u64; 3],
    feasible: bool,
    /// By free class: the probability of support, opposition and silence.
    single: [[f64; 3]; 3],
    /// By free class and free class: the probability of each pair of seats, for two states.
    double: [[[[f64; 3]; 3]; 3]; 3],
}

/// One way to spread the members over the classes: by free class, the numbers on each seat.
type Spread = [[usize; 3]; 3];

impl Seating {
    /// The seating of two sides on a roster of `members`, with the states named as neutral and
    /// those left out for a contradiction.
    pub fn new(members: usize, support: &Side, oppose: &Side, neutral: u64, left_out: u64) -> Seating {
        let open = free(members, support, oppose, neutral | left_out);
        let mut seating = Seating {
            support: *support,
            oppose: *oppose,
            neutral,
            left_out,
            open,
            feasible: false,
            single: [[0.0; 3]; 3],
            double: [[[[0.0; 3]; 3]; 3]; 3],
        };
        let sizes = Free::of(open);
        each_spread(&sizes, support, oppose, |spread, p| seating.add(&sizes, spread, p));
        seating
    }

    /// Adds one spread of probability `p`: factorial moments over exchangeable states.
    fn add(&mut self, sizes: &Free, spread: &Spread, p: f64) {
        self.feasible = true;
        let states = [sizes.both, sizes.support_only, sizes.oppose_only];
        for (c, of_c) in spread.iter().enumerate().filter(|(c, _)| states[*c] > 0) {
            for (s, &n) in of_c.iter().enumerate() {
                let here = p * n as f64 / states[c] as f64;
                self.single[c][s] += here;
                if n == 0 {
                    continue;
                }
                for (d, of_d) in spread.iter().enumerate().filter(|(d, _)| states[*d] > usize::from(*d == c)) {
                    let others = (states[d] - usize::from(d == c)) as f64;
                    for (t, &m) in of_d.iter().enumerate() {
                        self.double[c][d][s][t] += here * (m - usize::from(d == c && s == t)) as f64 / others;
                    }
                }
            }
        }
    }

    /// True where at least one pair of sizes can be seated.
    pub fn is_feasible(&self) -> bool {
        self.feasible
    }

    /// The class of the member at `at`; `None` where a contradiction leaves it out.
    pub fn class(&self, at: usize) -> Option<Class> {
        let holds = |mask: u64| mask >> at & 1 == 1;
        let found = [
            (self.left_out, None),
            (self.support.named, Some(Class::Fixed(Seat::Support))),
            (self.oppose.named, Some(Class::Fixed(Seat::Oppose))),
            (self.neutral, Some(Class::Fixed(Seat::Neutral))),
            (self.open[0], Some(Class::Both)),
            (self.open[1], Some(Class::SupportOnly)),
            (self.open[2], Some(Class::OpposeOnly)),
        ];
        found.into_iter().find(|(mask, _)| holds(*mask)).map_or(Some(Class::Fixed(Seat::Silent)), |(_, class)| class)
    }

    /// The probability that a state of `class` has `seat`, 0 to 1.
    pub fn chance(&self, class: Class, seat: Seat) -> f64 {
        match class {
            Class::Fixed(own) => f64::from(u8::from(own == seat)),
            _ if seat == Seat::Neutral => 0.0,
            free => {
                let chances = &self.single[free.index()];
                let here = chances[seat as usize];
                let only = here > 0.0 && chances.iter().filter(|p| **p > 0.0).count() == 1;
                if only { 1.0 } else { here }
            }
        }
    }

    /// The seat that a state of `class` has however the unnamed sit, if there is one.
    pub fn certain(&self, class: Class) -> Option<Seat> {
        let mut feasible = Seat::ALL.into_iter().filter(|seat| self.chance(class, *seat) > 0.0);
        feasible.next().filter(|_| feasible.next().is_none())
    }

    fn both(&self, a: Class, b: Class, seats: (Seat, Seat)) -> f64 {
        match (a, b) {
            (Class::Fixed(own), _) => {
                if own == seats.0 {
                    self.chance(b, seats.1)
                } else {
                    0.0
                }
            }
            (_, Class::Fixed(own)) => {
                if own == seats.1 {
                    self.chance(a, seats.0)
                } else {
                    0.0
                }
            }
            _ if seats.0 == Seat::Neutral || seats.1 == Seat::Neutral => 0.0,
            _ => self.double[a.index()][b.index()][seats.0 as usize][seats.1 as usize],
        }
    }

    /// How two different actors of these classes compare.
    pub fn outcome(&self, a: Class, b: Class, silence: Silence) -> Outcome {
        let mut outcome = Outcome::default();
        for one in Seat::ALL {
            for other in Seat::ALL {
                let p = self.both(a, b, (one, other));
                if silence == Silence::Apart && !(one.is_side() && other.is_side()) {
                    outcome.can_be_apart |= p > 0.0;
                } else if one == other {
                    outcome.agree += p;
                } else {
                    outcome.disagree += p;
                }
            }
        }
        outcome.can_agree = outcome.agree > 0.0;
        outcome.can_disagree = outcome.disagree > 0.0;
        if outcome.must_agree() {
            outcome.agree = 1.0;
        } else if outcome.must_disagree() {
            outcome.disagree = 1.0;
        }
        outcome
    }

    /// How the unnamed members of one side ([`Seat::Support`] or [`Seat::Oppose`]) may be composed,
    /// each composition with its probability; within one, every choice of states is equally likely.
    pub fn compositions(&self, side: Seat) -> Vec<Composition> {
        let (only, seat) = match side {
            Seat::Oppose => (Class::OpposeOnly.index(), 1),
            _ => (Class::SupportOnly.index(), 0),
        };
        let mut chances = vec![vec![0.0; members(self.open[0]).count() + 1]; members(self.open[only]).count() + 1];
        each_spread(&Free::of(self.open), &self.support, &self.oppose, |spread, p| {
            chances[spread[only][seat]][spread[0][seat]] += p;
        });
        let rows = chances.into_iter().enumerate();
        rows.flat_map(|(only, row)| {
            let cells = row.into_iter().enumerate().filter(|(_, p)| *p > 0.0);
            cells.map(move |(both, probability)| Composition { only, both, probability })
        })
        .collect()
    }

    /// The numbers of supporters and of opponents that can be seated, the named counted, each pair with its probability.
    pub fn sizes(&self) -> Vec<(usize, usize, f64)> {
        let pairs = size_pairs(&Free::of(self.open), &self.support, &self.oppose);
        let chance = 1.0 / pairs.len() as f64;
        pairs.into_iter().map(|(s, o)| (s + self.support.names(), o + self.oppose.names(), chance)).collect()
    }

    /// One seating, each as likely as the model has it: the supporters and the opponents that are not named, as bit
    /// sets. `unit` gives numbers from 0 to below 1.
    pub fn draw(&self, unit: &mut impl FnMut() -> f64) -> [u64; 2] {
        let free = Free::of(self.open);
        let pairs = size_pairs(&free, &self.support, &self.oppose);
        let Some(&(s, o)) = pairs.get((unit() * pairs.len() as f64) as usize) else { return [0, 0] };
        let mut spreads = Vec::new();
        spread_over(&free, s, o, &mut spreads);
        let mut left = unit() * spreads.iter().map(|(_, ways)| ways).sum::<f64>();
        let drawn = spreads.iter().find(|(_, ways)| {
            left -= ways;
            left < 0.0
        });
        let Some((spread, _)) = drawn.or(spreads.last()) else { return [0, 0] };
        let mut seated = [0, 0];
        for (mask, [supporting, opposing, _]) in self.open.into_iter().zip(spread) {
            let mut states: Vec<usize> = members(mask).collect();
            for at in 0..supporting + opposing {
                let other = at + (unit() * (states.len() - at) as f64) as usize;
                states.swap(at, other);
                seated[usize::from(at >= *supporting)] |= 1 << states[at];
            }
        }
        seated
    }

    /// The states open to both sides, to support only and to opposition only, as bit sets.
    pub fn open(&self) -> [u64; 3] {
        self.open
    }
}

/// How many unnamed members of a side come from which class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Composition {
    /// From the states open to this side only.
    pub only: usize,
    /// From the states open to both sides.
    pub both: usize,
    /// Its probability, over 0 to 1.
    pub probability: f64,
}

/// Visits every spread with its probability: sizes first, each pair that can be seated being
/// equally likely, then the spreads of these sizes by the number of their seatings.
fn each_spread<F: FnMut(&Spread, f64)>(free: &Free, support: &Side, oppose: &Side, mut visit: F) {
    let pairs = size_pairs(free, support, oppose);
    let mut spreads: Vec<(Spread, f64)> = Vec::new();
    for (s, o) in &pairs {
        spreads.clear();
        spread_over(free, *s, *o, &mut spreads);
        let total: f64 = spreads.iter().map(|(_, ways)| ways).sum();
        for (spread, ways) in &spreads {
            visit(spread, ways / total / pairs.len() as f64);
        }
    }
}

/// The numbers of unnamed supporters and opponents that can be seated together.
fn size_pairs(free: &Free, support: &Side, oppose: &Side) -> Vec<(usize, usize)> {
    let sizes = |side: &Side| (side.lo.max(side.names())..=side.hi).map(move |n| n - side.names()).collect::<Vec<_>>();
    let (supports, opposes) = (sizes(support), sizes(oppose));
    let pairs = supports.iter().flat_map(|s| opposes.iter().map(move |o| (*s, *o)));
    pairs.filter(|(s, o)| free.seats(*s, *o)).collect()
}

/// Every spread of `s` unnamed supporters and `o` unnamed opponents, with its number of seatings.
fn spread_over(free: &Free, s: usize, o: usize, out: &mut Vec<(Spread, f64)>) {
    for k in s.saturating_sub(free.both)..=s.min(free.support_only) {
        let left = free.both - (s - k);
        for m in o.saturating_sub(left)..=o.min(free.oppose_only) {
            let (j, l) = (s - k, o - m);
            let ways =
                choose(free.support_only, k) * choose(free.both, j) * choose(free.oppose_only, m) * choose(left, l);
            let spread = [[j, l, left - l], [k, 0, free.support_only - k], [0, m, free.oppose_only - m]];
            out.push((spread, ways));
        }
    }
}

static BINOMIALS: LazyLock<Vec<Vec<f64>>> = LazyLock::new(|| {
    let mut rows = vec![vec![1.0]];
    for n in 1..=64 {
        let above: &Vec<f64> = &rows[n - 1];
        let inner = above.windows(2).map(|pair| pair[0] + pair[1]);
        rows.push([1.0].into_iter().chain(inner).chain([1.0]).collect());
    }
    rows
});

/// The number of subsets of `k` out of `n`, for `n` up to 64.
fn choose(n: usize, k: usize) -> f64 {
    BINOMIALS.get(n).and_then(|row| row.get(k)).copied().unwrap_or(0.0)
}
