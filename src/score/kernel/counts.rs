//! Counts and moments of every issue over its rows.

use multiversion::multiversion;
use rayon::prelude::*;

/// Issues handled together: their counts stay in the first cache.
const BLOCK: usize = 1024;

/// How many rows have each of `levels` as their code, issue by issue: one count per level.
pub fn level_counts(codes: &[u8], rows: usize, levels: &[u8]) -> Vec<u32> {
    let issues = codes.len().checked_div(rows).unwrap_or(0);
    let count = levels.len();
    let mut out = vec![0; issues * count];
    out.par_chunks_mut((BLOCK * count).max(1)).enumerate().for_each(|(at, counts)| {
        let from = at * BLOCK;
        let width = counts.len() / count.max(1);
        let mut few = vec![0_u8; count * width];
        for first in (0..rows).step_by(255) {
            for row in first..(first + 255).min(rows) {
                tick(&codes[row * issues + from..row * issues + from + width], levels, &mut few);
            }
            for (level, few) in few.chunks_mut(width.max(1)).enumerate() {
                for (counts, few) in counts.chunks_mut(count).zip(few) {
                    counts[level] += *few as u32;
                    *few = 0;
                }
            }
        }
    });
    out
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn tick(codes: &[u8], levels: &[u8], counts: &mut [u8]) {
    for (level, counts) in levels.iter().zip(counts.chunks_exact_mut(codes.len().max(1))) {
        for (count, code) in counts.iter_mut().zip(codes) {
            *count = count.wrapping_add((code == level) as u8);
        }
    }
}

/// Number, sum and sum of squares of an issue's values.
pub type Moments = [f64; 3];

/// The moments of (x − `low`)·`scale` for every issue over the rows that have a value (not NaN).
pub fn moments(values: &[f64], rows: usize, low: f64, scale: f64) -> Vec<Moments> {
    let issues = values.len().checked_div(rows).unwrap_or(0);
    let mut out = vec![[0.0; 3]; issues];
    out.par_chunks_mut(BLOCK).enumerate().for_each(|(at, out)| {
        let (from, width) = (at * BLOCK, out.len());
        let mut sums = vec![0.0; 3 * width];
        for row in 0..rows {
            add(&values[row * issues + from..row * issues + from + width], low, scale, &mut sums);
        }
        for (issue, out) in out.iter_mut().enumerate() {
            *out = [sums[issue], sums[width + issue], sums[2 * width + issue]];
        }
    });
    out
}

#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn add(values: &[f64], low: f64, scale: f64, sums: &mut [f64]) {
    let (count, rest) = sums.split_at_mut(values.len());
    let (sum, square) = rest.split_at_mut(values.len());
    for (((value, count), sum), square) in values.iter().zip(count).zip(sum).zip(square) {
        let x = (value - low) * scale;
        let (one, x) = if x.is_nan() { (0.0, 0.0) } else { (1.0, x) };
        *count += one;
        *sum += x;
        *square += x * x;
    }
}

/// The first value below `low` or above `high`.
pub fn position_outside(values: &[f64], low: f64, high: f64) -> Option<usize> {
    let (least, most) = range_of(values)?;
    if least >= low && most <= high {
        return None;
    }
    values.iter().position(|value| *value < low || *value > high)
}

/// The least and the greatest value; `None` where there is none.
pub fn range_of(values: &[f64]) -> Option<(f64, f64)> {
    let (low, high) = values
        .par_chunks(1 << 16)
        .map(ends)
        .reduce(|| (f64::INFINITY, f64::NEG_INFINITY), |a, b| (a.0.min(b.0), a.1.max(b.1)));
    (low <= high).then_some((low, high))
}

#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn ends(values: &[f64]) -> (f64, f64) {
    let (mut low, mut high) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
    let (eights, rest) = values.as_chunks::<8>();
    for eight in eights {
        for lane in 0..8 {
            low[lane] = if eight[lane] < low[lane] { eight[lane] } else { low[lane] };
            high[lane] = if eight[lane] > high[lane] { eight[lane] } else { high[lane] };
        }
    }
    let low = low.iter().chain(rest).copied().fold(f64::INFINITY, f64::min);
    (low, high.iter().chain(rest).copied().fold(f64::NEG_INFINITY, f64::max))
}
