//! The rules of decision.

use std::str::FromStr;

use crate::error::{Choice, Error};

/// A rule of decision. Who abstains is not in favour; see [`Rule::abstention_helps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Rule {
    /// `qualified`: 55 % of members and 65 % of population, on a proposal of the Commission; reached
    /// too when fewer than four are not in favour. Treaty on European Union, article 16(4).
    #[default]
    Qualified,
    /// `qualified_72`: 72 % of members and 65 % of population, on any other proposal. Treaty on the
    /// Functioning of the European Union, article 238(2).
    Qualified72,
    /// `blocking_minority`: at least four members with more than 35 % of population; where not all take
    /// part, one member more than the fewest with that share (article 238(3)).
    BlockingMinority,
    /// `simple`: more than half of the members.
    Simple,
    /// `unanimity`: every member.
    Unanimity,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 5] =
        [Rule::Qualified, Rule::Qualified72, Rule::BlockingMinority, Rule::Simple, Rule::Unanimity];

    /// `qualified`, `qualified_72`, `blocking_minority`, `simple` or `unanimity`.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::Qualified => "qualified",
            Rule::Qualified72 => "qualified_72",
            Rule::BlockingMinority => "blocking_minority",
            Rule::Simple => "simple",
            Rule::Unanimity => "unanimity",
        }
    }

    /// True where the rule asks for a share of the population.
    pub fn counts_population(self) -> bool {
        !matches!(self, Rule::Simple | Rule::Unanimity)
    }

    /// True where a member that abstains does what one in favour does: unanimity is not prevented by
    /// it (Treaty on the Functioning of the European Union, article 238(4)), and a vote not given is
    /// one that a qualified majority lacks.
    pub fn abstention_helps(self) -> bool {
        matches!(self, Rule::Unanimity | Rule::BlockingMinority)
    }

    /// The least share of population with which `favour` of `members` reach the rule, in the unit of
    /// `total`, the share of all; `None` where no share is enough. `block` is the fewest members of a
    /// blocking minority.
    pub fn least_share(self, favour: usize, members: usize, total: usize, block: usize) -> Option<usize> {
        let percent = |p: usize| favour * 100 >= members * p;
        match self {
            Rule::Qualified if members.saturating_sub(favour) < block => Some(0),
            Rule::Qualified => percent(55).then_some((65 * total).div_ceil(100)),
            Rule::Qualified72 => percent(72).then_some((65 * total).div_ceil(100)),
            Rule::BlockingMinority => (favour >= block).then_some(35 * total / 100 + 1),
            Rule::Simple => (2 * favour > members).then_some(0),
            Rule::Unanimity => (favour == members).then_some(0),
        }
    }
}

impl FromStr for Rule {
    type Err = Error;

    fn from_str(word: &str) -> Result<Rule, Error> {
        Choice::new("rule", Rule::ALL.map(|r| (r.as_str(), r))).pick(word)
    }
}
