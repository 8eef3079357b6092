//! Issues drawn with replacement, and sums over them.

use multiversion::multiversion;
use rayon::prelude::*;

use crate::stop::Stop;

/// Pairs whose sums are taken together.
pub const TILE: usize = 4;
const LANES: usize = 32;

/// How often each replicate drew each issue.
#[derive(Debug)]
pub struct Counts {
    issues: usize,
    /// `issues`, filled up with issues that nobody draws.
    padded: usize,
    counts: Vec<u8>,
    /// Numbers that can be added to a byte without leaving it, for each replicate.
    depth: Vec<usize>,
    stop: Stop,
}

/// The 64-bit mix of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(state: u64) -> u64 {
    let z = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Counts {
    /// Every one of `replicates` draws `issues` issues, each as likely as any other.
    ///
    /// Replicate r runs SplitMix64 from the state mix(`seed` + (r + 1)·step); each output gives two
    /// issues, the high and the low half times `issues` over 2^32.
    ///
    /// Once `stop` is set nothing more is drawn or summed, and the numbers are of no use.
    pub fn draw(issues: usize, replicates: usize, seed: u64, stop: &Stop) -> Counts {
        let padded = issues.next_multiple_of(LANES);
        let mut counts = vec![0; padded * replicates];
        let fill = |(at, row): (usize, &mut [u8])| {
            let mut state = mix(seed.wrapping_add(STEP.wrapping_mul(at as u64 + 1)));
            let mut drawn = 0;
            if stop.is_set() {
                return 1;
            }
            while drawn < issues {
                state = state.wrapping_add(STEP);
                let z = mix(state);
                for half in [z >> 32, z & 0xFFFF_FFFF].into_iter().take(issues - drawn) {
                    let slot = &mut row[((half * issues as u64) >> 32) as usize];
                    *slot = slot.saturating_add(1);
                    drawn += 1;
                }
            }
            (255 / row.iter().copied().max().unwrap_or(1).max(1) as usize).max(1)
        };
        let depth = counts.par_chunks_mut(padded.max(1)).enumerate().map(fill).collect();
        Counts { issues, padded, counts, depth, stop: stop.clone() }
    }

    /// How often replicate `at` drew each issue.
    pub fn of(&self, at: usize) -> &[u8] {
        &self.counts[at * self.padded..at * self.padded + self.issues]
    }

    /// The number of issues.
    pub fn issues(&self) -> usize {
        self.issues
    }

    /// For each replicate the sums of `count` rows of one number per issue, weighted by its draws.
    pub fn sums(&self, rows: &[f64], count: usize) -> Vec<f64> {
        let whole = rows.iter().all(|x| *x == 0.0 || *x == 1.0);
        if self.issues == 0 {
            return vec![0.0; count * self.depth.len()];
        }
        let replicates = self.counts.chunks(self.padded).zip(&self.depth).take_while(|_| !self.stop.is_set());
        if whole {
            let mut masks = vec![0; count * self.padded];
            for (mask, row) in masks.chunks_mut(self.padded).zip(rows.chunks(self.issues)) {
                mask.iter_mut().zip(row).for_each(|(mask, x)| *mask = if *x == 1.0 { 0xFF } else { 0 });
            }
            return replicates.flat_map(|(counts, depth)| masked(counts, &masks, *depth)).collect();
        }
        replicates.flat_map(|(counts, _)| rows.chunks(self.issues).map(|row| weighted(counts, row))).collect()
    }
}

/// The sum of `counts` under each mask.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn masked(counts: &[u8], masks: &[u8], depth: usize) -> Vec<f64> {
    let (counts, _) = counts.as_chunks::<LANES>();
    let mut sums = Vec::with_capacity(masks.len() / LANES / counts.len().max(1));
    let mut rows = masks.chunks_exact(counts.len() * LANES);
    loop {
        let (Some(a), b) = (rows.next(), rows.next()) else { return sums };
        let (a, _) = a.as_chunks::<LANES>();
        let (second, _) = b.unwrap_or_default().as_chunks::<LANES>();
        let b_rows = if second.is_empty() { a } else { second };
        let mut both = [0_u32; 2];
        for ((counts, a), b) in counts.chunks(depth).zip(a.chunks(depth)).zip(b_rows.chunks(depth)) {
            let mut bytes = [[0_u8; LANES]; 2];
            for ((counts, a), b) in counts.iter().zip(a).zip(b) {
                for lane in 0..LANES {
                    bytes[0][lane] = bytes[0][lane].wrapping_add(counts[lane] & a[lane]);
                    bytes[1][lane] = bytes[1][lane].wrapping_add(counts[lane] & b[lane]);
                }
            }
            for side in 0..2 {
                both[side] += bytes[side].iter().map(|byte| *byte as u32).sum::<u32>();
            }
        }
        sums.push(both[0] as f64);
        if !second.is_empty() {
            sums.push(both[1] as f64);
        }
    }
}

/// The sum of `row`, each number as often as its issue was drawn, in fixed lanes.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn weighted(counts: &[u8], row: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    for (counts, row) in counts.chunks(8).zip(row.chunks(8)) {
        for ((lane, count), x) in lanes.iter_mut().zip(counts).zip(row) {
            *lane += *count as f64 * x;
        }
    }
    lanes.iter().sum()
}
