//! Intervals against drawing and scoring one replicate after the other.

use std::sync::Arc;

use standpunt::score::kernel::draws::Counts;
use standpunt::score::pairs::bootstrap::{Bootstrap, Interval};
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::{PairOptions, PairScores};
use standpunt::score::table::Table;
use standpunt::stop::Stop;

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, any_table, slow_score};

const REPLICATES: usize = 60;

fn intervals(table: &Table, measure: Measure, squared: bool, interval: Interval) -> Option<Vec<Option<(f64, f64)>>> {
    let bootstrap = Bootstrap { replicates: REPLICATES, seed: 9, level: 0.9, interval };
    let distance = if squared { Distance::Squared } else { Distance::Absolute };
    let options = PairOptions {
        by: Vec::new(),
        actors: None,
        measure,
        distance,
        salience: None,
        min_shared: 0,
        bootstrap: Some(bootstrap),
    };
    Some(PairScores::of(Arc::new(table.clone()), options).ok()?.parts.remove(0).intervals)
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (at, rest) = (place.floor() as usize, place.fract());
    let next = sorted[(at + 1).min(sorted.len() - 1)];
    sorted[at] + rest * (next - sorted[at])
}

fn normal(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

fn inverse(share: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if normal(middle) < share { low = middle } else { high = middle }
    }
    low
}

/// The ends of the interval by its definition (Efron 1987).
fn slow_interval(
    table: &Table,
    measure: Measure,
    squared: bool,
    bca: bool,
    pair: (usize, usize),
) -> Option<(f64, f64)> {
    let of = |units: &[usize]| slow_score(&table.of_units(units), measure, squared, pair.0, pair.1).1;
    let issues = table.units().len();
    let all: Vec<usize> = (0..issues).collect();
    let score = of(&all)?;
    let counts = Counts::draw(issues, REPLICATES, 9, &Stop::default());
    let mut scores: Vec<f64> = (0..REPLICATES)
        .filter_map(|at| {
            let drawn = counts.of(at);
            assert_eq!(drawn.iter().map(|n| *n as usize).sum::<usize>(), issues);
            let units: Vec<usize> = all.iter().flat_map(|&unit| vec![unit; drawn[unit] as usize]).collect();
            of(&units)
        })
        .collect();
    scores.sort_by(f64::total_cmp);
    if scores.is_empty() {
        return None;
    }
    let mut ends = [0.05, 0.95];
    if bca {
        let n = scores.len() as f64;
        let close = |x: &&f64| (**x - score).abs() < 1e-12;
        let ties = scores.iter().filter(close).count() as f64;
        let below = scores.iter().filter(|x| **x < score && !close(x)).count() as f64;
        let bias = inverse(((below + ties / 2.0) / n).clamp(0.5 / n, 1.0 - 0.5 / n));
        let shared = |unit: &usize| table.position(pair.0, *unit).is_some() && table.position(pair.1, *unit).is_some();
        let left: Vec<f64> = all
            .iter()
            .filter(|unit| shared(unit))
            .filter_map(|out| of(&all.iter().copied().filter(|unit| unit != out).collect::<Vec<_>>()))
            .collect();
        let mean = left.iter().sum::<f64>() / left.len().max(1) as f64;
        let sum = |power: i32| left.iter().map(|x| (mean - x).powi(power)).sum::<f64>();
        let spread = sum(2).powf(1.5);
        let a = if spread > 1e-12 { sum(3) / (6.0 * spread) } else { 0.0 };
        ends = ends.map(|share| {
            let z = bias + inverse(share);
            normal(bias + z / (1.0 - a * z))
        });
    }
    Some((quantile(&scores, ends[0]).min(score), quantile(&scores, ends[1]).max(score)))
}

#[test]
fn intervals_equal_their_slow_twin() {
    let mut random = Random(81);
    let mut compared = 0;
    for _ in 0..60 {
        let table = any_table(&mut random, 40);
        if table.units().is_empty() {
            continue;
        }
        let ballots = [Measure::Agree2, Measure::Agree3];
        for measure in Measure::ALL.into_iter().filter(|measure| !ballots.contains(measure)) {
            for (squared, bca) in [(false, false), (true, false), (false, true)] {
                let interval = if bca { Interval::Bca } else { Interval::Percentile };
                let Some(fast) = intervals(&table, measure, squared, interval) else { continue };
                if let Some(fast) = fast.first() {
                    let slow = slow_interval(&table, measure, squared, bca, (0, 1));
                    match (fast, slow) {
                        (Some(fast), Some(slow)) => {
                            let apart = (fast.0 - slow.0).abs().max((fast.1 - slow.1).abs());
                            assert!(apart < 1e-8, "{measure:?} {squared} {bca} {fast:?} {slow:?} {table:?}");
                            compared += 1;
                        }
                        (fast, slow) => assert_eq!(*fast, slow, "{measure:?} {table:?}"),
                    }
                }
            }
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn threads_and_other_replicates_change_no_draw() {
    let of = |replicates: usize, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let counts = pool.install(|| Counts::draw(50, replicates, 4, &Stop::default()));
        (0..5).map(|at| counts.of(at).to_vec()).collect::<Vec<_>>()
    };
    assert_eq!(of(5, 1), of(200, 3));
}

#[test]
fn draws_outside_their_range_are_refused() {
    let ask = |replicates, level, issues| {
        Bootstrap { replicates, seed: 1, level, interval: Interval::Bca }
            .check(issues)
            .map_err(|error| error.to_string())
    };
    assert_eq!(ask(100_000, 0.9, 10), Ok(()));
    assert_eq!(ask(100_001, 0.9, 10), Err("bootstrap: expected 0 to 100000 replicates, got 100001".to_owned()));
    for level in [0.0, 1.0, -0.1, f64::NAN] {
        assert!(ask(10, level, 10).unwrap_err().starts_with("level: expected a number between 0 and 1"), "{level}");
    }
    // A byte a count, and two more where draws are looked up.
    assert!(ask(100_000, 0.9, 42_950).unwrap_err().contains("bytes of drawn issues"));
    assert_eq!([Counts::bytes(100, 7), Counts::bytes(1 << 20, 7)], [2100, 7 << 20]);
    assert_eq!(["percentile", "bca"].map(str::parse), [Ok(Interval::Percentile), Ok(Interval::Bca)]);
}
