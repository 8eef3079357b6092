//! How often two rows have each two codes on one issue.

use multiversion::multiversion;
use rayon::prelude::*;

use super::Planes;

impl Planes {
    /// For every pair of rows of [`Planes::one_hot`]: on how many issues the first has level k and the second
    /// level l; levels² numbers a pair, all l of the first k first.
    pub fn joint(&self) -> Vec<u32> {
        let of_row = |i: usize| {
            let mut out = vec![0; (self.rows - 1 - i) * self.planes * self.planes];
            let stride = (self.planes + 1) * self.block;
            for block in self.bits.chunks(self.rows * stride) {
                let (a, others) = block[i * stride..].split_at(stride);
                for (b, out) in others.chunks(stride).zip(out.chunks_mut((self.planes * self.planes).max(1))) {
                    joint_of(a, b, self.block, out);
                }
            }
            out
        };
        (0..self.rows).into_par_iter().flat_map_iter(of_row).collect()
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
