//! The inner loops against plain sums of whole numbers, to the last digit.

use standpunt::score::kernel::draws::Counts;
use standpunt::score::kernel::{Dense, Sums, Term};
use standpunt::stop::Stop;

#[path = "support/positions.rs"]
mod positions;
use positions::Random;

/// Numbers of `rows` × `issues` cells from -1 to 99, a third of them missing.
fn cells(random: &mut Random, rows: usize, issues: usize, whole: bool) -> Vec<f64> {
    let cell = |random: &mut Random| match random.below(3) {
        0 => f64::NAN,
        _ if whole => random.below(101) as f64 - 1.0,
        _ => random.unit() * 100.0 - 1.0,
    };
    (0..rows * issues).map(|_| cell(random)).collect()
}

/// Σ of |x − y| over numbers rounded to the grid, and of the weights, cell by cell.
fn plain_sums(values: &[f64], rows: usize, weights: Option<&[f64]>, grid: [i32; 2]) -> (Vec<u64>, Vec<u64>) {
    let issues = values.len() / rows;
    let weight = |issue: usize| weights.map_or(1.0, |weights| weights[issue]);
    let whole = |x: f64, digits: i32| (x * 2_f64.powi(digits)).round_ties_even() as u64;
    let number = |row: usize, issue: usize| {
        let x = values[row * issues + issue];
        (!x.is_nan()).then(|| whole((x + 1.0) * weight(issue), grid[0]))
    };
    let (mut distances, mut shared) = (Vec::new(), Vec::new());
    for (i, j) in (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j))) {
        let both = |issue: usize| Some((issue, number(i, issue)?.abs_diff(number(j, issue)?)));
        let both: Vec<(usize, u64)> = (0..issues).filter_map(both).collect();
        distances.push(both.iter().map(|(_, apart)| apart).sum());
        shared.push(both.iter().map(|(issue, _)| whole(weight(*issue), grid[1])).sum());
    }
    (distances, shared)
}

#[test]
fn absolute_distances_equal_plain_sums() {
    let mut random = Random(21);
    for (rows, issues) in [(1, 3), (2, 1), (3, 40), (7, 513), (33, 70), (34, 259), (67, 33), (5, 2500)] {
        for (whole, kind) in [(true, 0), (true, 1), (true, 2), (false, 0), (false, 1), (false, 2)] {
            let values = cells(&mut random, rows, issues, whole);
            let weights: Option<Vec<f64>> = match kind {
                0 => None,
                1 => Some((0..issues).map(|_| random.below(128) as f64).collect()),
                _ => Some((0..issues).map(|_| random.unit() * 3.0).collect()),
            };
            let weighing = weights.as_deref().map(|weights| (weights, 127.0));
            let of = |threads: usize| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| Dense::new(&values, rows, (-1.0, 99.0), weighing, Term::Absolute).sums())
            };
            let Sums { distance, weight, grid } = of(1);
            let (distances, shared) = plain_sums(&values, rows, weights.as_deref(), grid);
            assert_eq!(distance, distances, "{rows} × {issues}, whole {whole}, weights {kind}");
            assert_eq!(weight, weights.is_some().then_some(shared), "{rows} × {issues}, whole {whole}, weights {kind}");
            assert_eq!(of(3), Sums { distance, weight, grid });
        }
    }
}

#[test]
fn looked_up_hits_equal_counted_ones() {
    let mut random = Random(22);
    for (issues, replicates, rows) in [(1, 1, 1), (31, 64, 3), (32, 65, 2), (33, 5, 9), (500, 130, 12)] {
        let counts = Counts::draw(issues, replicates, 7, &Stop::default());
        let mut masks = counts.masks().unwrap();
        let cells: Vec<f64> = (0..rows * issues).map(|_| random.below(2) as f64).collect();
        assert!(masks.push(&cells));
        assert!(!masks.push(&vec![0.5; issues]), "neither 0 nor 1");
        let hits = counts.hits(&masks);
        for (row, cells) in cells.chunks(issues).enumerate() {
            for replicate in 0..replicates {
                let drawn = counts.of(replicate).iter().zip(cells).map(|(count, cell)| f64::from(*count) * cell);
                assert_eq!(hits.of(row, replicate), drawn.sum::<f64>(), "{issues} issues, row {row}");
            }
        }
    }
}
