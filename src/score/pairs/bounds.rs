//! How low and how high a score could be if missing positions could be anything.

use super::cell_terms::Terms;
use super::formula::Counted;
use super::measure::Measure;
use crate::score::table::Scale;

/// What is known of a pair over the issues for which both were eligible.
#[derive(Default)]
struct Known {
    /// Σ w·d of what is known.
    near: f64,
    /// Σ w·d if every missing position were as far away as it can be.
    far: f64,
    /// Σ w.
    weight: f64,
    /// How often each of the two took each level, and how often each is missing.
    habits: [Vec<f64>; 2],
    missing: [f64; 2],
}

impl Terms<'_> {
    /// The least and the greatest score of a pair if its missing positions could be anything; issues
    /// for which one of the two was not eligible stay out. `None` where no issue counts.
    ///
    /// Sharp, but for the chance-corrected measures: there observed and expected disagreement are
    /// each taken to their own end, so no completion lies outside, and the ends may not be reached;
    /// τ-b has -1 to 1 as soon as a position is missing.
    /// Completions that leave such a measure undefined do not count.
    pub(super) fn bounds(&self, a: usize, b: usize) -> Option<(f64, f64)> {
        if self.formula.measure == Measure::Agree2 {
            return self.ballot_bounds(a, b);
        }
        let known = self.known(a, b);
        if self.formula.measure == Measure::TauB {
            let whole = known.missing == [0.0, 0.0];
            return if whole { self.score(&self.sums(a, b)).map(|tau| (tau, tau)) } else { Some((-1.0, 1.0)) };
        }
        if self.formula.measure.counts_levels() {
            return self.corrected_bounds(&known);
        }
        let score = |distance: f64| self.formula.score(Counted { distance, weight: known.weight, margins: &[] });
        Some((score(known.far)?, score(known.near)?))
    }

    fn known(&self, a: usize, b: usize) -> Known {
        let ends = match self.table.scale() {
            Scale::Interval { low, high } => [*low, *high],
            scale => [0.0, scale.levels().len().saturating_sub(1) as f64],
        };
        let furthest = |x: f64| if self.nominal { 1.0 } else { self.apart(x, ends[0]).max(self.apart(x, ends[1])) };
        let mut known = Known { habits: [vec![0.0; self.levels], vec![0.0; self.levels]], ..Known::default() };
        for unit in (0..self.table.width()).filter(|&unit| self.is_open(a, b, unit)) {
            let weight = self.weight(a, b, unit);
            let positions = [self.table.position(a, unit), self.table.position(b, unit)];
            known.weight += weight;
            known.far += weight
                * match positions {
                    [Some(x), Some(y)] => {
                        known.near += weight * self.apart(x, y);
                        self.apart(x, y)
                    }
                    [Some(x), None] | [None, Some(x)] => furthest(x),
                    [None, None] => 1.0,
                };
            for (side, position) in positions.into_iter().enumerate() {
                match position.map(|x| x as usize) {
                    Some(level) if level < self.levels => known.habits[side][level] += 1.0,
                    Some(_) => {}
                    None => known.missing[side] += 1.0,
                }
            }
        }
        known
    }

    /// Whether both could have taken a position on the issue.
    fn is_open(&self, a: usize, b: usize, unit: usize) -> bool {
        self.table.is_eligible(a, unit) && self.table.is_eligible(b, unit)
    }

    fn corrected_bounds(&self, known: &Known) -> Option<(f64, f64)> {
        if known.weight <= 0.0 {
            return None;
        }
        let (least, most) = self.expected_bounds(known);
        let square = known.weight * known.weight;
        let [least, most] = [least, most].map(|expected| (expected / square).max(0.0));
        if self.formula.measure == Measure::ExcessS {
            let ends = [2.0 * (least - known.far / known.weight), 2.0 * (most - known.near / known.weight)];
            return Some((ends[0].max(-1.0), ends[1].min(1.0)));
        }
        if most <= 0.0 {
            return None;
        }
        // The coefficients never fall below -1: d(X, Y) is at most twice its mean under independence.
        let low = if least > 0.0 { 1.0 - known.far / known.weight / least } else { f64::NEG_INFINITY };
        let low = if known.far > 0.0 { low.max(-1.0) } else { 1.0 };
        Some((low, 1.0 - known.near / known.weight / most))
    }

    /// The least and the greatest Σ d(k, l)·a(k)·b(l) over all habits a and b. It is linear in what is
    /// missing of each, so its ends lie where all that is missing goes to one level.
    fn expected_bounds(&self, known: &Known) -> (f64, f64) {
        let pooled = self.formula.is_pooled();
        let [a, b] = &known.habits;
        let mean: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
        let (habits, missing) = match pooled {
            true => ([&mean, &mean], [(known.missing[0] + known.missing[1]) / 2.0; 2]),
            false => ([a, b], known.missing),
        };
        let levels = 0..self.levels;
        let toward = |habits: &[f64], k: usize| -> f64 {
            habits.iter().enumerate().map(|(l, n)| self.apart(k as f64, l as f64) * n).sum()
        };
        let [from_b, from_a] = [1, 0].map(|side| levels.clone().map(|k| toward(habits[side], k)).collect::<Vec<_>>());
        let fixed: f64 = habits[0].iter().zip(&from_b).map(|(n, d)| n * d).sum();
        let at = |k: usize, l: usize| {
            let both = missing[0] * missing[1] * self.apart(k as f64, l as f64);
            fixed + missing[0] * from_b[k] + missing[1] * from_a[l] + both
        };
        let all = || levels.clone().flat_map(|k| (0..self.levels).map(move |l| (k, l)));
        let most = all().map(|(k, l)| at(k, l)).fold(f64::NEG_INFINITY, f64::max);
        // Pooled habits lie at one place, and are least spread where all that is missing is the same.
        let least = all().filter(|(k, l)| !pooled || k == l).map(|(k, l)| at(k, l)).fold(f64::INFINITY, f64::min);
        (least, most)
    }

    /// Of votes for or against: a missing one may be either, or an abstention that drops the issue.
    fn ballot_bounds(&self, a: usize, b: usize) -> Option<(f64, f64)> {
        let (mut agree, mut differ, mut free) = (0.0, 0.0, 0.0);
        for unit in (0..self.table.width()).filter(|&unit| self.is_open(a, b, unit)) {
            let weight = self.weight(a, b, unit);
            match [self.table.position(a, unit), self.table.position(b, unit)] {
                [Some(x), Some(y)] if x == y => agree += weight,
                [Some(_), Some(_)] => differ += weight,
                _ if self.is_dropped(a, unit) || self.is_dropped(b, unit) => {}
                _ => free += weight,
            }
        }
        let share = |agree: f64, all: f64| (all > 0.0).then(|| agree / all);
        let all = agree + differ + free;
        Some((share(agree, all)?, share(agree + free, all)?))
    }
}
