//! What cells add to the score of one pair, and the score itself.

use crate::group::Outcome;

/// The sums of one pair over cells; sums of disjoint cells add up.
///
/// Over cells with weight w, where P is the probability of an outcome:
/// - agreement = Σ w·P(agree) / Σ w·P(agree or disagree);
/// - lower = Σ w of cells where agreeing is the only feasible outcome, divided by that plus Σ w of
///   cells where disagreeing is feasible; 1 where both are empty and agreeing is feasible at all;
/// - upper = Σ w of cells where agreeing is feasible, divided by that plus Σ w of cells where
///   disagreeing is the only feasible outcome; 0 where both are empty and disagreeing is feasible.
///
/// Range 0 to 1, symmetric; `None` for a pair without a cell on which both can take a side.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairSums {
    agree_weight: f64,
    disagree_weight: f64,
    must_agree: f64,
    can_agree: f64,
    must_disagree: f64,
    can_disagree: f64,
    /// Expected number of cells on which both agree, unweighted.
    pub agree: f64,
    /// Expected number of cells on which both disagree, unweighted.
    pub disagree: f64,
    /// Number of cells on which both took a side however the unnamed sit.
    pub shared_lower: f64,
    /// Number of cells on which both may have taken a side.
    pub shared_upper: f64,
}

impl PairSums {
    /// Adds one cell of that weight, above 0.
    pub fn add(&mut self, outcome: &Outcome, weight: f64) {
        let when = |holds: bool, value: f64| if holds { value } else { 0.0 };
        self.agree_weight += weight * outcome.agree;
        self.disagree_weight += weight * outcome.disagree;
        self.must_agree += when(outcome.must_agree(), weight);
        self.can_agree += when(outcome.can_agree, weight);
        self.must_disagree += when(outcome.must_disagree(), weight);
        self.can_disagree += when(outcome.can_disagree, weight);
        self.agree += outcome.agree;
        self.disagree += outcome.disagree;
        self.shared_lower += when(outcome.is_shared(), 1.0);
        self.shared_upper += when(outcome.can_agree || outcome.can_disagree, 1.0);
    }

    /// Adds the sums of other cells.
    pub fn merge(&mut self, other: &PairSums) {
        self.agree_weight += other.agree_weight;
        self.disagree_weight += other.disagree_weight;
        self.must_agree += other.must_agree;
        self.can_agree += other.can_agree;
        self.must_disagree += other.must_disagree;
        self.can_disagree += other.can_disagree;
        self.agree += other.agree;
        self.disagree += other.disagree;
        self.shared_lower += other.shared_lower;
        self.shared_upper += other.shared_upper;
    }

    /// Expected number of cells on which both took a side, unweighted.
    pub fn shared(&self) -> f64 {
        self.agree + self.disagree
    }

    /// Σ w·P(agree or disagree), what contributions are divided by.
    pub fn weight(&self) -> f64 {
        self.agree_weight + self.disagree_weight
    }

    /// The score.
    pub fn agreement(&self) -> Option<f64> {
        ratio(self.agree_weight, self.disagree_weight)
    }

    /// The lowest score of any seating, by cells.
    pub fn lower(&self) -> Option<f64> {
        ratio(self.must_agree, self.can_disagree).or((self.can_agree > 0.0).then_some(1.0))
    }

    /// The highest score of any seating, by cells.
    pub fn upper(&self) -> Option<f64> {
        ratio(self.can_agree, self.must_disagree).or((self.can_disagree > 0.0).then_some(0.0))
    }
}

/// `part / (part + rest)`, or `None` where both are 0.
fn ratio(part: f64, rest: f64) -> Option<f64> {
    (part + rest > 0.0).then(|| part / (part + rest))
}
