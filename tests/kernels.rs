//! The inner loops against plain sums of whole numbers, to the last digit.

use standpunt::score::kernel::draws::Counts;
use standpunt::score::kernel::{self, Dense, Sums, Term, bytes};
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

/// Replicate r runs SplitMix64 from mix(seed + (r + 1)·step); each output gives two issues.
#[test]
fn draws_are_those_of_the_generator_that_is_named() {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    // The first outputs of its authors' program for the seed 1234567.
    let mut published = Random(1_234_567);
    assert_eq!([published.next(), published.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    for (issues, replicates, seed) in [(1, 2, 0), (7, 9, 1_234_567), (300, 3, u64::MAX), (0, 4, 5)] {
        let counts = Counts::draw(issues, replicates, seed, &Stop::default());
        assert_eq!((counts.issues(), counts.replicates(), counts.is_stopped()), (issues, replicates, false));
        for replicate in 0..replicates {
            let mut random = Random(Random(seed.wrapping_add(STEP.wrapping_mul(replicate as u64))).next());
            let halves = std::iter::repeat_with(|| random.next()).flat_map(|z| [z >> 32, z & 0xFFFF_FFFF]);
            let mut plain = vec![0_u8; issues];
            halves.take(issues).for_each(|half| plain[((half * issues as u64) >> 32) as usize] += 1);
            assert_eq!(counts.of(replicate), plain, "{issues} {replicate}");
        }
    }
    let stop = Stop::default();
    stop.set();
    assert!(Counts::draw(7, 2, 1, &stop).is_stopped());
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

/// Bytes of a few neighbours, of any kind, or of none.
fn any_bytes(random: &mut Random, count: usize) -> Vec<u8> {
    let (from, kinds) = (random.below(256) as u8, [1, 3, 17, 18, 256][random.below(5)]);
    (0..count).map(|_| from.wrapping_add(random.below(kinds) as u8)).collect()
}

#[test]
fn passes_over_bytes_equal_plain_loops() {
    let mut random = Random(41);
    // Past two million bytes the work is shared out.
    let counts = (0..400).map(|at| at * 7 % 2600).chain([2 << 20, (2 << 20) + 1, (2 << 20) + 70_000]);
    for count in counts {
        let mut bytes = any_bytes(&mut random, count);
        let map: [u8; 256] = std::array::from_fn(|_| random.below(256) as u8);
        if count > 1 << 20 {
            bytes[count - 1] = random.below(256) as u8;
        }
        let mut seen = [false; 256];
        bytes.iter().for_each(|byte| seen[*byte as usize] = true);
        assert_eq!(bytes::occurring(&bytes), seen, "{count}");
        let plain: Vec<u8> = bytes.iter().map(|byte| map[*byte as usize]).collect();
        assert!(bytes::recoded(&bytes, &map, &seen) == plain, "{count}");
        let (low, high) = (random.below(200) as u8, 200 + random.below(56) as u8);
        let [at, below] = [0, 1].map(|_| bytes.get(random.below(count.max(1))).copied().unwrap_or(7));
        for (low, high) in [(low, high), (at, at.saturating_add(1)), (at, at)] {
            let first = bytes.iter().position(|byte| (low..high).contains(byte));
            assert_eq!(bytes::position_between(&bytes, low, high), first, "{count} {low} {high}");
        }
        assert_eq!(bytes::count_below(&bytes, below), bytes.iter().filter(|byte| **byte < below).count());
        assert_eq!(bytes::count_equal(&bytes, at), bytes.iter().filter(|byte| **byte == at).count());
    }
}

/// Counts of over 255 rows, and of more issues than are counted together.
#[test]
fn counts_and_moments_equal_plain_sums() {
    let mut random = Random(42);
    for (rows, issues) in [(0, 0), (0, 3), (1, 1), (3, 1500), (300, 5), (520, 1030)] {
        let codes: Vec<u8> = (0..rows * issues).map(|_| random.below(5) as u8).collect();
        let levels = [4, 0, 2];
        let of = |issue: usize| (0..rows).map(move |row| row * issues + issue);
        let count = |issue, level| of(issue).filter(|&at| codes[at] == level).count() as u32;
        let counted: Vec<u32> = if rows == 0 {
            Vec::new()
        } else {
            (0..issues).flat_map(|issue| levels.map(|level| count(issue, level))).collect()
        };
        assert!(kernel::level_counts(&codes, rows, &levels) == counted, "{rows} {issues}");
        assert!(kernel::level_counts(&codes, rows, &[]).is_empty());
        let values = cells(&mut random, rows, issues, true);
        let moments = kernel::moments(&values, rows, 1.0, 2.0);
        assert_eq!(moments.len(), if rows == 0 { 0 } else { issues });
        for (issue, found) in moments.iter().enumerate() {
            let known: Vec<f64> = of(issue).map(|at| (values[at] - 1.0) * 2.0).filter(|x| !x.is_nan()).collect();
            let power = |n: i32| known.iter().map(|x| x.powi(n)).sum::<f64>();
            let plain = [power(0), power(1), power(2)];
            assert!(
                found.iter().zip(plain).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0)),
                "{found:?} {plain:?}"
            );
        }
    }
}

#[test]
fn the_ends_of_values_are_found_wherever_they_stand() {
    let mut random = Random(43);
    assert_eq!([kernel::range_of(&[]), kernel::range_of(&[f64::NAN])], [None, None]);
    for count in (1..40).chain([(1 << 16) + 9, 200_000]) {
        let mut values: Vec<f64> =
            (0..count).map(|_| if random.below(3) == 0 { f64::NAN } else { random.unit() }).collect();
        let [low, high] = [0, 1].map(|_| random.below(count));
        (values[low], values[high]) = (-0.5, 1.5);
        let least = values.iter().copied().filter(|value| !value.is_nan()).fold(f64::INFINITY, f64::min);
        assert_eq!(kernel::range_of(&values), Some((least, 1.5)), "{count}");
        let outside = |low: f64, high: f64| values.iter().position(|value| *value < low || *value > high);
        for (low, high) in [(-0.5, 1.5), (0.0, 1.5), (-0.5, 1.0), (-1.0, 2.0), (least, 1.5), (0.0, 1.0)] {
            assert_eq!(kernel::position_outside(&values, low, high), outside(low, high), "{count} {low} {high}");
        }
    }
}
