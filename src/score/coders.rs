//! How far two coders agree on the category of the same units, chance taken out.

use std::collections::BTreeMap;

/// Agreement of two coders over units that both of them put in one category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoCoders {
    /// Units.
    pub n: usize,
    /// The share put in the same category, 0 to 1; `None` without a unit.
    pub agreement: Option<f64>,
    /// Krippendorff's nominal alpha, up to 1; `None` where all values are of one category.
    pub alpha: Option<f64>,
    /// Gwet's AC1, up to 1; `None` where all values are of one category.
    pub ac1: Option<f64>,
}

/// Krippendorff's alpha (2011, nominal, two observers, no data missing) and Gwet's AC1 (2008) over the categories
/// in use. AC1 stays high where nearly all units are of one category; alpha does not.
pub fn two_coders<K: Ord>(pairs: &[(K, K)]) -> TwoCoders {
    let n = pairs.len();
    let mut counts: BTreeMap<&K, f64> = BTreeMap::new();
    for (a, b) in pairs {
        *counts.entry(a).or_default() += 1.0;
        *counts.entry(b).or_default() += 1.0;
    }
    if counts.len() < 2 {
        let agreement = (n > 0).then_some(1.0);
        return TwoCoders { n, agreement, alpha: None, ac1: None };
    }
    let values = 2.0 * n as f64;
    let agreement = pairs.iter().filter(|(a, b)| a == b).count() as f64 / n as f64;
    let alike: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
    let expected = 1.0 - alike / (values * (values - 1.0));
    let spread: f64 = counts.values().map(|count| count / values * (1.0 - count / values)).sum();
    let chance = spread / (counts.len() - 1) as f64;
    TwoCoders {
        n,
        agreement: Some(agreement),
        alpha: Some(1.0 - (1.0 - agreement) / expected),
        ac1: Some((agreement - chance) / (1.0 - chance)),
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(two_coders::<u8>(&[]), TwoCoders { n: 0, agreement: None, alpha: None, ac1: None });
        assert_eq!(two_coders(&[(1, 1), (1, 1)]), TwoCoders { n: 2, agreement: Some(1.0), alpha: None, ac1: None });
    }
}
