//! How often the rows of each pair have each code, alone and together.

use multiversion::multiversion;
use rayon::prelude::*;

use super::{Planes, pair_count};

/// Rows of a band: the unit of work of a thread.
const BAND: usize = 8;

/// What two rows' planes of so many words add to the counts of their pair.
type Count = fn(&[u64], &[u64], usize, &mut [u32]);

impl Planes {
    /// For every pair and plane: how often the first row, then how often the second, has the plane
    /// set on an issue where the other has a code; 2 × planes numbers a pair.
    pub fn margins(&self) -> Vec<u32> {
        self.of_pairs(2 * self.planes, margins_of)
    }

    /// For every pair of rows of [`Planes::one_hot`]: on how many issues the first has level k and the second
    /// level l; levels² numbers a pair, all l of the first k first.
    pub fn joint(&self) -> Vec<u32> {
        self.of_pairs(self.planes * self.planes, joint_of)
    }

    /// `width` numbers a pair, counted block by block so that the rows stay in the cache.
    fn of_pairs(&self, width: usize, count: Count) -> Vec<u32> {
        let stride = (self.planes + 1) * self.block;
        let of_band = |first: usize| {
            let band = first..(first + BAND).min(self.rows);
            let pairs: usize = band.clone().map(|i| self.rows - 1 - i).sum();
            let mut out = vec![0; pairs * width];
            for block in self.bits.chunks(self.rows * stride) {
                let mut places = out.chunks_mut(width.max(1));
                for i in band.clone() {
                    let (a, others) = block[i * stride..].split_at(stride);
                    for (b, out) in others.chunks(stride).zip(&mut places) {
                        count(a, b, self.block, out);
                    }
                }
            }
            out
        };
        let firsts: Vec<usize> = (0..self.rows).step_by(BAND).collect();
        let mut all = Vec::with_capacity(pair_count(self.rows) * width);
        let bands: Vec<Vec<u32>> = firsts.into_par_iter().map(of_band).collect();
        bands.iter().for_each(|band| all.extend_from_slice(band));
        all
    }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+popcnt+lzcnt", "x86_64+popcnt+ssse3", "aarch64+neon"))]
fn margins_of(a: &[u64], b: &[u64], words: usize, out: &mut [u32]) {
    let planes = out.len() / 2;
    let (valid_a, valid_b) = (&a[..words], &b[..words]);
    for plane in 0..planes {
        let at = (plane + 1) * words;
        let ones = |x: &[u64], y: &[u64]| -> u32 { x.iter().zip(y).map(|(x, y)| (x & y).count_ones()).sum() };
        out[plane] += ones(&a[at..at + words], valid_b);
        out[planes + plane] += ones(&b[at..at + words], valid_a);
    }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+popcnt+lzcnt", "x86_64+popcnt+ssse3", "aarch64+neon"))]
fn joint_of(a: &[u64], b: &[u64], words: usize, out: &mut [u32]) {
    let mut out = out.iter_mut();
    for first in a.chunks_exact(words).skip(1) {
        for (second, out) in b.chunks_exact(words).skip(1).zip(&mut out) {
            *out += first.iter().zip(second).map(|(x, y)| (x & y).count_ones()).sum::<u32>();
        }
    }
}
