//! How far two coders agree on the category of the same units, chance taken out.

use std::collections::BTreeMap;

use super::ratings::interval;

/// Agreement of two coders over units that both of them put in one category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoCoders {
    /// Units.
    pub n: usize,
    /// The share put in the same category, 0 to 1; `None` without a unit.
    pub agreement: Option<f64>,
    /// Krippendorff's nominal alpha, up to 1; `None` where all values are of one category.
    pub alpha: Option<f64>,
    /// Its 95 % interval; `None` also for a single unit.
    pub alpha_interval: Option<(f64, f64)>,
    /// Gwet's AC1, up to 1; `None` where all values are of one category.
    pub ac1: Option<f64>,
    /// Its 95 % interval; `None` also for a single unit.
    pub ac1_interval: Option<(f64, f64)>,
}

/// Krippendorff's alpha (2011, nominal, two observers, no data missing) and Gwet's AC1 (2008) over the categories
/// in use, with the intervals of [`super::reliability`]; unlike there, categories may be as many as units. AC1 stays
/// high where nearly all units are of one category; alpha does not.
pub fn two_coders<K: Ord>(pairs: &[(K, K)]) -> TwoCoders {
    let n = pairs.len();
    let mut counts: BTreeMap<&K, f64> = BTreeMap::new();
    for (a, b) in pairs {
        *counts.entry(a).or_default() += 1.0;
        *counts.entry(b).or_default() += 1.0;
    }
    let values = 2.0 * n as f64;
    let same = pairs.iter().filter(|(a, b)| a == b).count() as f64;
    let mut found = TwoCoders {
        n,
        agreement: (n > 0).then(|| same / n as f64),
        alpha: None,
        alpha_interval: None,
        ac1: None,
        ac1_interval: None,
    };
    let (Some(observed), true) = (found.agreement, counts.len() > 1) else { return found };
    let share = |category: &K| counts[category] / values;
    let others = (counts.len() - 1) as f64;

    let alike: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
    let alpha = 1.0 - (1.0 - observed) / (1.0 - alike / (values * (values - 1.0)));
    let chance = counts.values().map(|count| (count / values).powi(2)).sum();
    let error = error(pairs, observed, chance, share);
    (found.alpha, found.alpha_interval) = (Some(alpha), interval(alpha, error, n));

    let apart = |category: &K| (1.0 - share(category)) / others;
    let chance = counts.keys().map(|category| share(category) * apart(category)).sum();
    let error = self::error(pairs, observed, chance, apart);
    let ac1 = (observed - chance) / (1.0 - chance);
    (found.ac1, found.ac1_interval) = (Some(ac1), interval(ac1, error, n));
    found
}

/// The standard error over units of what chance is taken out of, `toward` giving what a category adds to chance.
fn error<K: Ord>(pairs: &[(K, K)], observed: f64, chance: f64, toward: impl Fn(&K) -> f64) -> Option<f64> {
    let n = pairs.len() as f64;
    let value = (observed - chance) / (1.0 - chance);
    let of_unit = |(a, b): &(K, K)| {
        let own = (f64::from(a == b) - chance) / (1.0 - chance);
        own - 2.0 * (1.0 - value) * ((toward(a) + toward(b)) / 2.0 - chance) / (1.0 - chance)
    };
    let square: f64 = pairs.iter().map(|unit| (of_unit(unit) - value).powi(2)).sum();
    (pairs.len() > 1).then(|| (square / (n * (n - 1.0))).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::reliability::{Coefficient, Likeness, reliability_of_values};
    use super::*;

    /// The pairs of a square table of counts.
    fn pairs(table: &[&[usize]]) -> Vec<(usize, usize)> {
        let cells = table.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, n)| (a, b, *n)));
        cells.flat_map(|(a, b, n)| std::iter::repeat_n((a, b), n)).collect()
    }

    /// Published values of the R package irrCAC for its tables of two raters.
    #[test]
    fn published_tables_of_two_raters_are_met() {
        let three = two_coders(&pairs(&[&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]]));
        let four = two_coders(&pairs(&[&[40, 6, 4, 15], &[4, 25, 1, 5], &[4, 2, 21, 9], &[17, 13, 12, 45]]));
        for (found, (agreement, alpha, ac1)) in
            [(three, (0.89, 0.7972584977, 0.8493305482)), (four, (0.5874439462, 0.4316178206, 0.4561576355))]
        {
            assert!((found.agreement.unwrap() - agreement).abs() < 1e-9);
            assert!((found.alpha.unwrap() - alpha).abs() < 1e-9);
            assert!((found.ac1.unwrap() - ac1).abs() < 1e-9);
        }
    }

    #[test]
    fn one_category_leaves_chance_undefined() {
        let (none, alike) = (two_coders::<u8>(&[]), two_coders(&[(1, 1), (1, 1)]));
        assert_eq!((none.n, none.agreement, none.alpha, none.ac1), (0, None, None, None));
        assert_eq!((alike.n, alike.agreement, alike.alpha, alike.ac1), (2, Some(1.0), None, None));
        assert_eq!((alike.alpha_interval, alike.ac1_interval), (None, None));
    }

    #[test]
    fn values_and_intervals_are_those_of_any_number_of_raters() {
        let table: &[&[usize]] = &[&[40, 6, 4, 15], &[4, 25, 1, 5], &[4, 2, 21, 9], &[17, 13, 12, 45]];
        for pairs in [pairs(table), pairs(&[&[3, 1], &[0, 2]]), vec![(0, 1), (1, 1)]] {
            let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(a, b)| (*a as f64, *b as f64)).unzip();
            let of = reliability_of_values(&[a, b].concat(), 2, Likeness::Identity).unwrap();
            let of = |coefficient| of.iter().find(|(own, _)| *own == coefficient).unwrap().1;
            let found = two_coders(&pairs);
            for (value, interval, other) in [
                (found.alpha, found.alpha_interval, of(Coefficient::Krippendorff)),
                (found.ac1, found.ac1_interval, of(Coefficient::Gwet)),
            ] {
                let ((low, high), (other_low, other_high)) = (interval.unwrap(), other.interval.unwrap());
                for (own, other) in [(value.unwrap(), other.value.unwrap()), (low, other_low), (high, other_high)] {
                    assert!((own - other).abs() < 1e-9, "{own} {other}");
                }
            }
        }
    }
}
