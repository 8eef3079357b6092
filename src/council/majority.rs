//! Whether a side with unnamed members decides, and on whom it hangs.

use jiff::civil::Date;

use super::worst::Worst;
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
    /// Abstaining by name; neither in favour nor counted in the sizes.
    pub abstaining: Vec<Actor>,
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
    /// The fewest unnamed members that make the verdict certain once they are named in favour too, the
    /// heaviest being taken; empty where it is certain, `None` where no names would do.
    pub additions: Option<Vec<Actor>>,
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
/// let many = Favour { named: vec![Actor::new("NL")], lo: 10, hi: 22, ..Favour::default() };
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
    majority_in(&Chamber::new(&Roster::eu(date)?, rule, date, tables)?, favour)
}

/// The same in a chamber of the caller's; sizes count those who take part.
///
/// Who abstains counts as not in favour, save where [`Rule::abstention_helps`]: there it does what one
/// in favour does.
///
/// # Errors
/// As [`majority`] has them, and [`Error::Missing`] for a name that takes no part.
pub fn majority_in(chamber: &Chamber, favour: &Favour) -> Result<Majority> {
    let [named, excluded, abstaining] =
        [&favour.named, &favour.excluded, &favour.abstaining].map(|actors| chamber.mask(actors));
    let (named, excluded, abstaining) = (named?, excluded?, abstaining?);
    disjoint(chamber, "excluded", named, excluded)?;
    disjoint(chamber, "abstaining", named | excluded, abstaining)?;
    let open = chamber.everyone() & !named & !excluded & !abstaining;
    let names = named.count_ones() as usize;
    let most = names + open.count_ones() as usize;
    if favour.lo > favour.hi || favour.hi < names || favour.lo > most {
        let got = format!("{} to {}", favour.lo, favour.hi);
        let expected = format!("a range that meets {names} to {most}");
        return Err(Error::Option { name: "lo and hi", got, expected });
    }
    let sizes = (favour.lo.max(names)..=favour.hi.min(most)).map(|size| size - names).collect();
    let helping = if chamber.rule.abstention_helps() { abstaining } else { 0 };
    let lo = favour.lo.max(names) + helping.count_ones() as usize;
    let worst = Worst { chamber, named: named | helping, only: 0, both: open, lo, needed: 0 };
    let case = Case { chamber, named: named | helping, open, sizes, subsets: chamber.subsets(open) };
    Ok(case.majority(worst.additions()))
}

fn disjoint(chamber: &Chamber, name: &'static str, named: u64, other: u64) -> Result<()> {
    if named & other == 0 {
        return Ok(());
    }
    let both = chamber.actors(named & other).map(Actor::as_str).collect::<Vec<_>>().join(" ");
    let expected = match name {
        "excluded" => "states that are not named",
        _ => "states that are neither named nor excluded",
    };
    Err(Error::Option { name, got: both, expected: expected.to_owned() })
}

struct Case<'c> {
    chamber: &'c Chamber,
    named: u64,
    open: u64,
    /// The numbers of open members in favour, each equally likely.
    sizes: Vec<usize>,
    /// The subsets of the open states.
    subsets: Subsets,
}

impl Case<'_> {
    fn majority(&self, additions: Option<u64>) -> Majority {
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
            additions: additions.map(|mask| self.chamber.actors(mask).cloned().collect()),
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
