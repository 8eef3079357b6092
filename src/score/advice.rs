//! Distances of voting advice, and how alike those are who vote in one chamber or one poll.

use std::str::FromStr;

use super::consensus::check_counts;
use super::table::{Scale, Table};
use crate::error::{Choice, Error, Result};

/// The distance of two answers, as coordinates a and b from −½ to ½; 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdviceMetric {
    /// |a − b|
    Manhattan,
    /// ½ − 2ab: the same side counts the more, the more strongly both take it; two neutral answers have ½.
    Directional,
}

/// What the answer that a candidate did not give counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// The middle of the scale.
    Neutral,
    /// The end of the scale that is farther from the voter; the upper one for a voter in the middle.
    RelativeMaximum,
    /// Nothing: the question is left out.
    Ignore,
}

impl FromStr for AdviceMetric {
    type Err = Error;

    fn from_str(word: &str) -> Result<AdviceMetric> {
        let all = [("manhattan", AdviceMetric::Manhattan), ("directional", AdviceMetric::Directional)];
        Choice::new("metric", all).pick(word)
    }
}

impl FromStr for Unanswered {
    type Err = Error;

    fn from_str(word: &str) -> Result<Unanswered> {
        let all = [
            ("neutral", Unanswered::Neutral),
            ("relative_maximum", Unanswered::RelativeMaximum),
            ("ignore", Unanswered::Ignore),
        ];
        Choice::new("missing", all).pick(word)
    }
}

/// One question: the voter's and the candidate's coordinates, NaN where unanswered, and its weight.
pub type Question = (f64, f64, f64);

/// Σ w·d / Σ w over the questions that the voter answered, as OpenVAA's matching has it; 0 to 1, not symmetric in
/// what is missing. `None` where no question counts.
///
/// # Errors
/// [`Error::Option`] for a coordinate outside −½ to ½, or a weight that is not finite or below 0.
pub fn advice(questions: &[Question], metric: AdviceMetric, unanswered: Unanswered) -> Result<Option<f64>> {
    let (mut sum, mut all) = (0.0, 0.0);
    for &(voter, candidate, weight) in questions {
        for coordinate in [voter, candidate].into_iter().filter(|x| !x.is_nan()) {
            if coordinate.abs() > 0.5 {
                let expected = "coordinates from -0.5 to 0.5".to_owned();
                return Err(Error::Option { name: "answers", got: coordinate.to_string(), expected });
            }
        }
        if !(weight.is_finite() && weight >= 0.0) {
            let expected = "finite numbers of at least 0".to_owned();
            return Err(Error::Option { name: "weights", got: weight.to_string(), expected });
        }
        if voter.is_nan() {
            continue;
        }
        let other = match unanswered {
            _ if !candidate.is_nan() => candidate,
            Unanswered::Neutral => 0.0,
            Unanswered::RelativeMaximum if voter > 0.0 => -0.5,
            Unanswered::RelativeMaximum => 0.5,
            Unanswered::Ignore => continue,
        };
        let apart = match metric {
            AdviceMetric::Manhattan => (voter - other).abs(),
            AdviceMetric::Directional => 0.5 - 2.0 * voter * other,
        };
        sum += weight * apart;
        all += weight;
    }
    Ok((all > 0.0).then(|| sum / all))
}

/// How far one actor of a table is from another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Advised {
    /// The place of the other actor.
    pub actor: usize,
    /// The distance; `None` where no question counts.
    pub distance: Option<f64>,
    /// The issues on which both have a position.
    pub answered: usize,
}

/// The distance of `voter` to every other actor of a table: issues are the questions with their weights, the ends
/// of the scale stand at −½ and ½. Nearest first, those of one distance in the order of the table, then who has none.
///
/// # Errors
/// [`Error::Option`] for a nominal scale, which has no ends, and [`Error::Missing`] for a voter that is not there.
pub fn advice_of(table: &Table, voter: &str, metric: AdviceMetric, unanswered: Unanswered) -> Result<Vec<Advised>> {
    let low = match table.scale() {
        Scale::Nominal { .. } => {
            let expected = "a scale with an order: ordinal levels or an interval".to_owned();
            return Err(Error::Option { name: "scale", got: "a nominal scale".to_owned(), expected });
        }
        Scale::Ordinal { .. } => 0.0,
        Scale::Interval { low, .. } => *low,
    };
    let own = table.actor(voter)?;
    let place = |actor: usize, unit: usize| {
        table.position(actor, unit).map_or(f64::NAN, |x| ((x - low) / table.scale().width() - 0.5).clamp(-0.5, 0.5))
    };
    let weight = |unit: usize| table.weights().map_or(1.0, |weights| weights[unit]);
    let questions = |actor: usize| -> Vec<Question> {
        (0..table.width()).map(|unit| (place(own, unit), place(actor, unit), weight(unit))).collect()
    };
    let of = |actor: usize| {
        let questions = questions(actor);
        let answered = questions.iter().filter(|(a, b, _)| !(a.is_nan() || b.is_nan())).count();
        Ok(Advised { actor, distance: advice(&questions, metric, unanswered)?, answered })
    };
    let mut found =
        (0..table.actors().len()).filter(|&actor| actor != own).map(of).collect::<Result<Vec<Advised>>>()?;
    let key = |advised: &Advised| advised.distance.unwrap_or(f64::INFINITY);
    found.sort_by(|a, b| key(a).total_cmp(&key(b)));
    Ok(found)
}

/// How often a member voted as a policy has it, against it, or was absent; each for votes that are ordinary and
/// for those that the policy calls strong.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PolicyVotes {
    /// The same way: ordinary, strong.
    pub same: [f64; 2],
    /// The other way.
    pub differ: [f64; 2],
    /// Absent.
    pub absent: [f64; 2],
}

impl PolicyVotes {
    /// The agreement of They Vote For You (OpenAustralia Foundation): Σ w·s / Σ w with s 1 for the same, ½ for
    /// absent, 0 for the other way, and w 5 for an ordinary vote, 1 for an ordinary absence, 25 for either where
    /// the vote is strong; 0 to 1, `None` without a vote. Their distance is 1 less this.
    ///
    /// # Errors
    /// [`Error::Option`] for a count that is not finite or below 0.
    pub fn agreement(&self) -> Result<Option<f64>> {
        check_counts([self.same, self.differ, self.absent].concat().into_iter())?;
        let weigh = |counts: [f64; 2], ordinary: f64| counts[0] * ordinary + counts[1] * 25.0;
        let (same, differ, absent) = (weigh(self.same, 5.0), weigh(self.differ, 5.0), weigh(self.absent, 1.0));
        let all = same + differ + absent;
        Ok((all > 0.0).then(|| (same + absent / 2.0) / all))
    }
}

/// How the groups' shares are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooling {
    /// Their product, which falls with the number of groups.
    Product,
    /// Their geometric mean, which can be compared between polls of any number of groups.
    Geometric,
}

impl FromStr for Pooling {
    type Err = Error;

    fn from_str(word: &str) -> Result<Pooling> {
        Choice::new("pooling", [("product", Pooling::Product), ("geometric", Pooling::Geometric)]).pick(word)
    }
}

/// The group-aware consensus of Polis (Small and others, 2021) on one statement: over groups with a of n votes in
/// agreement, the product or geometric mean of (a + 1) / (n + 2); 0 to 1, high where every group agrees. A group
/// without a vote has ½. `None` without a group.
///
/// # Errors
/// [`Error::Option`] for counts that are not finite, below 0, or more in agreement than there are votes.
pub fn group_consensus(groups: &[(f64, f64)], pooling: Pooling) -> Result<Option<f64>> {
    check_counts(groups.iter().flat_map(|(agree, votes)| [*agree, *votes]))?;
    if let Some((agree, votes)) = groups.iter().find(|(agree, votes)| agree > votes) {
        let expected = "no more in agreement than there are votes".to_owned();
        return Err(Error::Option { name: "groups", got: format!("{agree} of {votes}"), expected });
    }
    let product: f64 = groups.iter().map(|(agree, votes)| (agree + 1.0) / (votes + 2.0)).product();
    Ok((!groups.is_empty()).then(|| match pooling {
        Pooling::Product => product,
        Pooling::Geometric => product.powf(1.0 / groups.len() as f64),
    }))
}
