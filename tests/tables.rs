//! Fast kernels against their slow twins, and the laws every score keeps.

use standpunt::score::alpha::{AlphaTally, Metric};
use standpunt::score::measure::{Distance, Measure};
use standpunt::score::table::Table;
use standpunt::score::tally::PairTally;

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, any_table, slow_alpha, slow_score};

const MEASURES: [Measure; 8] = [
    Measure::Agreement,
    Measure::S,
    Measure::Kappa,
    Measure::WeightedKappa,
    Measure::Pi,
    Measure::WeightedPi,
    Measure::ExcessS,
    Measure::TauB,
];

fn compare_with_the_twin(table: &Table) -> usize {
    let mut compared = 0;
    for measure in MEASURES {
        for distance in [Distance::Absolute, Distance::Squared] {
            let Ok(tally) = PairTally::of(table, measure, distance) else { continue };
            let scores = tally.scores(0);
            let mut pair = 0;
            for a in 0..table.actors().len() {
                for b in a + 1..table.actors().len() {
                    let (shared, slow) = slow_score(table, measure, distance == Distance::Squared, a, b);
                    assert_eq!(tally.shared()[pair], shared);
                    match (scores[pair], slow) {
                        (Some(fast), Some(slow)) => {
                            assert!((fast - slow).abs() < 1e-9, "{measure:?} {distance:?}: {fast} {slow} {table:?}");
                        }
                        (fast, slow) => assert_eq!(fast, slow, "{measure:?} {distance:?} {table:?}"),
                    }
                    pair += 1;
                    compared += 1;
                }
            }
        }
    }
    compared
}

#[test]
fn pair_scores_equal_their_slow_twin() {
    let mut random = Random(1);
    let compared: usize = (0..1000).map(|_| compare_with_the_twin(&any_table(&mut random, 40))).sum();
    assert!(compared > 50_000, "{compared} pairs compared");
}

#[test]
fn pair_scores_equal_their_slow_twin_over_many_blocks() {
    let mut random = Random(2);
    let compared: usize = (0..8).map(|_| compare_with_the_twin(&any_table(&mut random, 9000))).sum();
    assert!(compared > 100, "{compared} pairs compared");
}

#[test]
fn alpha_equals_its_slow_twin() {
    let mut random = Random(4);
    for round in 0..400 {
        let (rows, units) = (1 + random.below(6), random.below(12));
        let levels = 1 + random.below(6);
        let whole = round % 3 > 0;
        let value = |random: &mut Random| match random.below(4) {
            0 => f64::NAN,
            _ if whole => random.below(levels) as f64,
            _ => random.unit() * 50.0,
        };
        let values: Vec<f64> = (0..rows * units).map(|_| value(&mut random)).collect();
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            let fast = AlphaTally::of_values(&values, rows, metric, None).unwrap().alpha().value;
            match (fast, slow_alpha(&values, rows, metric)) {
                (Some(fast), Some(slow)) => assert!((fast - slow).abs() < 1e-9, "{metric:?} {fast} {slow} {values:?}"),
                (fast, slow) => assert_eq!(fast, slow, "{metric:?} {values:?}"),
            }
        }
    }
}

#[test]
fn more_than_255_raters_are_counted_in_full() {
    let mut random = Random(5);
    let values: Vec<f64> = (0..300 * 2).map(|_| random.below(3) as f64).collect();
    for metric in [Metric::Nominal, Metric::Interval] {
        let fast = AlphaTally::of_values(&values, 300, metric, None).unwrap().alpha().value.unwrap();
        let slow = slow_alpha(&values, 300, metric).unwrap();
        assert!((fast - slow).abs() < 1e-9, "{metric:?} {fast} {slow}");
    }
}

#[test]
fn threads_change_no_byte() {
    let mut random = Random(6);
    for _ in 0..20 {
        let table = any_table(&mut random, 3000);
        let of = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| PairTally::of(&table, Measure::Agreement, Distance::Squared).unwrap().scores(0))
        };
        assert_eq!(of(1), of(4));
    }
}
