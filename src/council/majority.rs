//! Whether a side with unnamed members decides, and on whom it hangs.

use jiff::civil::Date;

use super::{Chamber, Rule, Subsets};
use crate::error::{Error, Result};
use crate::group::members;
use crate::lexicon::PopulationTables;
use crate::model::{Actor, Roster};

/// Whether a rule is reached, over all that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// `certain`: reached whoever the unnamed are.
    Certain,
    /// `possible`: reached by some and not by others.
    Possible,
    /// `impossible`: not reached whoever the unnamed are.
    Impossible,
}

impl Verdict {
    /// `certain`, `possible` or `impossible`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Certain => "certain",
            Verdict::Possible => "possible",
            Verdict::Impossible => "impossible",
        }
    }

    pub(super) fn of(some_win: bool, some_lose: bool) -> Verdict {
        match (some_win, some_lose) {
            (true, false) => Verdict::Certain,
            (true, true) => Verdict::Possible,
            (false, _) => Verdict::Impossible,
        }
    }
}

/// A side in favour: who certainly is, who certainly is not, and how many are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Favour {
    /// In favour by name.
    pub named: Vec<Actor>,
    /// Not in favour by name.
    pub excluded: Vec<Actor>,
    /// The fewest in favour, the named counted.
    pub lo: usize,
    /// The most in favour, the named counted.
    pub hi: usize,
}

/// What a side decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Majority {
    /// Over every size and every choice of unnamed members.
    pub verdict: Verdict,
    /// The probability, 0 to 1: every size equally likely, and every choice of members of a size.
    pub probability: f64,
    /// For every member the probability that the verdict turns when it alone switches.
    pub pivotal: Vec<(Actor, f64)>,
    /// The table of populations used; `None` where the rule needs none.
    pub population: Option<String>,
}

/// What a side of `favour.lo` to `favour.hi` members decides, everyone else being not in favour.
///
/// Sizes that the names and exceptions leave no room for are dropped. Exact: subsets of the
/// unnamed are counted by size and population.
///
/// ```
/// use standpunt::council::{Favour, Rule, Verdict, majority};
/// use standpunt::lexicon::PopulationTables;
/// use standpunt::model::Actor;
///
/// let many = Favour { named: vec![Actor::new("NL")], excluded: vec![], lo: 10, hi: 22 };
/// let found = majority(&many, Rule::Qualified, jiff::civil::date(2025, 3, 4), &PopulationTables::standard())?;
/// assert_eq!(found.verdict, Verdict::Possible);
/// assert!((found.probability - 0.374154).abs() < 1e-6);
/// # Ok::<(), standpunt::Error>(())
/// ```
///
/// # Errors
/// [`Error::Missing`] for a name that is no member on `date`, [`Error::Option`] where a state is
/// named and excluded or no size is possible, and the errors of [`Chamber::new`].
pub fn majority(favour: &Favour, rule: Rule, date: Date, tables: &PopulationTables) -> Result<Majority> {
    let chamber = Chamber::new(&Roster::eu(date)?, rule, date, tables)?;
    let named = mask(&chamber, &favour.named)?;
    let excluded = mask(&chamber, &favour.excluded)?;
    if named & excluded != 0 {
        let both = members(named & excluded).map(|at| chamber.members[at].as_str()).collect::<Vec<_>>().join(" ");
        return Err(Error::Option { name: "excluded", got: both, expected: "states that are not named".to_owned() });
    }
    let open = chamber.everyone() & !named & !excluded;
    let names = named.count_ones() as usize;
    let most = names + open.count_ones() as usize;
    if favour.lo > favour.hi || favour.hi < names || favour.lo > most {
        let got = format!("{} to {}", favour.lo, favour.hi);
        return Err(Error::Option {
            name: "lo and hi",
            got,
            expected: format!("a range that meets {names} to {most}"),
        });
    }
    let sizes = (favour.lo.max(names)..=favour.hi.min(most)).map(|size| size - names).collect();
    Ok(Case { chamber: &chamber, named, open, sizes, subsets: chamber.subsets(open) }.majority())
}

fn mask(chamber: &Chamber, actors: &[Actor]) -> Result<u64> {
    actors.iter().try_fold(0, |mask, actor| Ok(mask | 1 << chamber.index(actor)?))
}

struct Case<'c> {
    chamber: &'c Chamber,
    named: u64,
    open: u64,
    /// The numbers of unnamed members, each equally likely.
    sizes: Vec<usize>,
    /// The subsets of the open states.
    subsets: Subsets,
}

impl Case<'_> {
    fn majority(&self) -> Majority {
        let (names, weight) = (self.named.count_ones() as usize, self.chamber.weight_of(self.named));
        let (mut some_win, mut some_lose, mut sum) = (false, false, 0.0);
        for &size in &self.sizes {
            let ways = self.subsets.of_size(size);
            let won = self.winning(&self.subsets, size, names, weight);
            some_win |= won > 0;
            some_lose |= won < ways;
            sum += won as f64 / ways as f64;
        }
        let everyone = members(self.chamber.everyone());
        Majority {
            verdict: Verdict::of(some_win, some_lose),
            probability: sum / self.sizes.len() as f64,
            pivotal: everyone.map(|at| (self.chamber.members[at].clone(), self.pivotal(at))).collect(),
            population: self.chamber.population.clone(),
        }
    }

    /// How many subsets of `size` reach the rule together with `others` members of that weight.
    fn winning(&self, subsets: &Subsets, size: usize, others: usize, weight: usize) -> u64 {
        let possible = size <= subsets.members();
        match self.chamber.least(others + size).filter(|_| possible) {
            Some(least) => subsets.within(size, least.saturating_sub(weight)..=self.chamber.total()),
            None => 0,
        }
    }

    /// The probability that the verdict turns when the member at `at` switches.
    ///
    /// Rules are monotone, so it turns where the others lose alone and win with it.
    fn pivotal(&self, at: usize) -> f64 {
        let bit = 1 << at;
        let own = self.chamber.weights()[at];
        let others = self.named & !bit;
        let (names, weight) = (others.count_ones() as usize, self.chamber.weight_of(others));
        let turned = |subsets: &Subsets, size: usize| {
            let with = self.winning(subsets, size, names + 1, weight + own);
            with.saturating_sub(self.winning(subsets, size, names, weight))
        };
        let is_open = self.open & bit != 0;
        let mut rest = self.subsets.clone();
        if is_open {
            rest.remove(own);
        }
        let share = |&size: &usize| {
            let inside = if is_open && size > 0 { turned(&rest, size - 1) } else { 0 };
            let outside = turned(&rest, size);
            (inside + outside) as f64 / self.subsets.of_size(size) as f64
        };
        self.sizes.iter().map(share).sum::<f64>() / self.sizes.len() as f64
    }
}
