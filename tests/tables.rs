//! Fast kernels against their slow twins, and the laws every score keeps.

use standpunt::score::kernel::{self, PairCounts, Planes, equal, looked_up};
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::tally::PairTally;
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::table::Table;
use standpunt::stop::Stop;

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

#[test]
fn every_way_of_counting_equal_codes_equals_its_slow_twin() {
    let mut random = Random(11);
    // The last is large enough for `equal` to choose by the processor.
    for (rows, issues) in [(1, 70), (2, 0), (17, 63), (33, 64), (40, 1025), (90, 1100)] {
        for levels in [1, 2, 3, 4, 8, 15] {
            let code = |random: &mut Random| if random.below(4) == 0 { 255 } else { random.below(levels) as u8 };
            let codes: Vec<u8> = (0..rows * issues).map(|_| code(&mut random)).collect();
            let row = |at: usize| &codes[at * issues..(at + 1) * issues];
            let mut slow = PairCounts { shared: Vec::new(), apart: Vec::new() };
            for (i, j) in (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j))) {
                let both = || row(i).iter().zip(row(j)).filter(|(a, b)| **a < 128 && **b < 128);
                slow.shared.push(both().count() as u32);
                slow.apart.push(both().filter(|(a, b)| a != b).count() as u64);
            }
            let planes = Planes::nominal(&codes, rows, levels).different();
            assert_eq!(planes, slow, "planes, {rows} × {issues}, {levels} levels");
            assert_eq!(looked_up(&codes, rows, levels), slow, "look-ups, {rows} × {issues}, {levels} levels");
            assert_eq!(equal(&codes, rows, levels), slow, "{rows} × {issues}, {levels} levels");
        }
    }
}

#[test]
fn levels_of_pairs_are_counted_as_by_a_slow_twin_with_any_number_of_threads() {
    let mut random = Random(12);
    // Many rows to share out, and more issues than 16 bits count, beside small ones.
    for (rows, issues, levels) in [(1, 9, 3), (2, 0, 2), (66, 241, 3), (3, 66_000, 1), (130, 479, 4), (65, 240, 7)] {
        let code = |random: &mut Random| if random.below(4) == 0 { 255 } else { random.below(levels) as u8 };
        let codes: Vec<u8> = (0..rows * issues).map(|_| code(&mut random)).collect();
        let row = |at: usize| &codes[at * issues..(at + 1) * issues];
        let (mut shared, mut margins, mut joint) = (Vec::new(), Vec::new(), Vec::new());
        for (i, j) in (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j))) {
            let mut table = vec![0; levels * levels];
            let both = row(i).iter().zip(row(j)).filter(|(a, b)| **a < 128 && **b < 128);
            both.for_each(|(a, b)| table[*a as usize * levels + *b as usize] += 1);
            shared.push(table.iter().sum::<u32>());
            margins.extend(table.chunks(levels).map(|row| row.iter().sum::<u32>()));
            margins.extend((0..levels).map(|l| table.iter().skip(l).step_by(levels).sum::<u32>()));
            joint.extend(table);
        }
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let of = || {
                let stop = Stop::default();
                let margins = kernel::margins(&codes, rows, levels, &shared, &stop);
                (margins, kernel::joint(&codes, rows, levels, &stop))
            };
            assert!(pool.install(of) == (margins.clone(), joint.clone()), "{rows} × {issues}, {levels} levels");
        }
    }
}
