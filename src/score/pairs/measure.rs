//! The measures of two actors: what each one tallies, and its formula.

use std::str::FromStr;

use crate::error::{Choice, Error, Result};
use crate::score::table::{Scale, Table};

/// A measure of how far two actors agree over the issues on which both have a position.
///
/// All are symmetric, and undefined (null) where two actors share no issue. All but the excess of S are 1 where
/// the two hold the same positions throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// 1 − Σ w·d / (D·Σ w) with d the distance and D the greatest one the scale allows; 0 to 1.
    /// Nominal: the share of issues with the same level.
    Agreement,
    /// The share of equal positions among issues where neither abstains; 0 to 1.
    Agree2,
    /// Agreement on no < abstain < yes, an abstention being half way; 0 to 1. As in the vote data of
    /// Voeten, "Data and Analyses of Voting in the UN General Assembly" (2013).
    Agree3,
    /// Signorino and Ritter, "Tau-b or Not Tau-b" (1999): 1 − 2·Σ w·d / (D·Σ w); −1 to 1.
    S,
    /// Cohen (1960): (p − e) / (1 − e) with the chance agreement e of each actor's own habits on the
    /// shared issues; undefined where both always take one and the same level.
    Kappa,
    /// Cohen (1968): 1 − Σ d / Σ e, the distances observed over those expected by chance.
    WeightedKappa,
    /// Scott (1955): as kappa, with the pooled habits of both actors.
    Pi,
    /// As weighted kappa, with the pooled habits of both actors.
    WeightedPi,
    /// Benati and Capurri's A: S less the S that independence would give, twice the expected less the observed
    /// mean distance over the range; −1 to 1, 0 at chance and wherever one of the two takes one level throughout.
    ExcessS,
    /// Kendall (1945), τ-b: (C − D) / √((n₀ − n₁)(n₀ − n₂)) with C concordant and D discordant pairs of
    /// issues, n₀ all pairs, n₁ and n₂ those tied for the one and the other; −1 to 1, undefined where one of
    /// the two takes one level throughout. It sees order alone: who always stands one step lower has 1.
    TauB,
}

/// How the distance of two positions grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Distance {
    /// |x − y|
    #[default]
    Absolute,
    /// (x − y)²
    Squared,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 10] = [
        Measure::Agreement,
        Measure::Agree2,
        Measure::Agree3,
        Measure::S,
        Measure::Kappa,
        Measure::WeightedKappa,
        Measure::Pi,
        Measure::WeightedPi,
        Measure::ExcessS,
        Measure::TauB,
    ];

    /// Its name, and that of its column.
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Agreement => "agreement",
            Measure::Agree2 => "agree2",
            Measure::Agree3 => "agree3",
            Measure::S => "s",
            Measure::Kappa => "kappa",
            Measure::WeightedKappa => "weighted_kappa",
            Measure::Pi => "pi",
            Measure::WeightedPi => "weighted_pi",
            Measure::ExcessS => "excess_s",
            Measure::TauB => "tau_b",
        }
    }

    /// True where it asks how often the two actors take each level.
    pub fn counts_levels(self) -> bool {
        self.level_counts(1) > 0
    }

    /// How many counts of `levels` a pair needs: none, one a level and actor, or one for each two levels.
    pub fn level_counts(self, levels: usize) -> usize {
        match self {
            Measure::Agreement | Measure::Agree2 | Measure::Agree3 | Measure::S => 0,
            Measure::TauB => levels * levels,
            _ => 2 * levels,
        }
    }

    /// True where levels must have an order.
    fn is_ordered(self) -> bool {
        matches!(self, Measure::S | Measure::WeightedKappa | Measure::WeightedPi | Measure::ExcessS | Measure::TauB)
    }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(word: &str) -> Result<Measure> {
        Choice::new("measure", Measure::ALL.map(|measure| (measure.as_str(), measure))).pick(word)
    }
}

impl FromStr for Distance {
    type Err = Error;

    fn from_str(word: &str) -> Result<Distance> {
        Choice::new("distance", [("absolute", Distance::Absolute), ("squared", Distance::Squared)]).pick(word)
    }
}

/// Which levels of a table are no, abstain and yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballot {
    /// The code of one side.
    pub no: u8,
    /// The code of an abstention, where there is one.
    pub abstain: Option<u8>,
    /// The code of the other side.
    pub yes: u8,
}

impl Ballot {
    /// From the levels: "no", "abstain" (or "abstention") and "yes" by name, in any order; otherwise
    /// the ends and the middle of an ordinal scale of two or three.
    ///
    /// # Errors
    /// [`Error::Option`] where the scale has no such levels.
    pub fn of(scale: &Scale) -> Result<Ballot> {
        let levels = scale.levels();
        let place = |names: &[&str]| {
            levels.iter().position(|level| names.contains(&level.to_lowercase().as_str())).map(|at| at as u8)
        };
        let (no, abstain, yes) = (place(&["no"]), place(&["abstain", "abstention"]), place(&["yes"]));
        let named = [no, abstain, yes].iter().flatten().count();
        let ordered = matches!(scale, Scale::Ordinal { .. });
        if named == levels.len() && named > 0 {
            // A level that never occurs has no code; one past the last stands for it.
            let none = levels.len() as u8;
            return Ok(Ballot { no: no.unwrap_or(none), abstain, yes: yes.unwrap_or(none) });
        }
        match levels.len() {
            2 if ordered => Ok(Ballot { no: 0, abstain: None, yes: 1 }),
            3 if ordered => Ok(Ballot { no: 0, abstain: Some(1), yes: 2 }),
            _ => Err(Error::Option {
                name: "scale",
                got: if levels.is_empty() { "numbers".to_owned() } else { levels.join(", ") },
                expected: "levels no, abstain, yes, or an ordinal scale of two or three".to_owned(),
            }),
        }
    }
}

/// The table that `measure` reads: its levels put in the order, or reduced to those, that count.
///
/// # Errors
/// [`Error::Option`] where the scale or the weights do not fit the measure.
pub(super) fn view(table: &Table, measure: Measure) -> Result<std::borrow::Cow<'_, Table>> {
    use std::borrow::Cow;
    let refuse = |got: &str, expected: &str| {
        let got = format!("{} with {got}", measure.as_str());
        Err(Error::Option { name: "measure", got, expected: expected.to_owned() })
    };
    if measure.counts_levels() && table.weights().is_some() {
        return refuse("weights", "a measure that takes weights: agreement, agree2, agree3 or s");
    }
    match (measure, table.scale()) {
        (_, Scale::Nominal { .. }) if measure.is_ordered() => {
            refuse("a nominal scale", "a scale with an order: ordinal levels or an interval")
        }
        (_, Scale::Interval { .. }) if measure.counts_levels() => {
            refuse("an interval scale", "levels, nominal or ordinal")
        }
        (Measure::Agree2 | Measure::Agree3, scale) => {
            let ballot = Ballot::of(scale)?;
            let middle = if measure == Measure::Agree2 { crate::score::table::ABSTAINED } else { 1 };
            let mut to = vec![crate::score::table::NOT_STATED; scale.levels().len()];
            for (from, code) in [(Some(ballot.no), 0), (ballot.abstain, middle), (Some(ballot.yes), 2)] {
                if let Some(slot) = from.and_then(|from| to.get_mut(from as usize)) {
                    *slot = code;
                }
            }
            Ok(Cow::Owned(table.recoded(&to, ["no", "abstain", "yes"].map(str::to_owned).to_vec())))
        }
        _ => Ok(Cow::Borrowed(table)),
    }
}

/// Whether positions are equal or not, and nothing between; kappa and pi ask for no more, whatever
/// order the levels have.
pub(super) fn is_nominal(table: &Table, measure: Measure) -> bool {
    matches!(table.scale(), Scale::Nominal { .. }) || matches!(measure, Measure::Kappa | Measure::Pi)
}
