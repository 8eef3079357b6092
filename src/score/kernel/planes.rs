//! Bit planes: 64 issues in a word, so that one instruction compares as many positions.

use multiversion::multiversion;
use rayon::prelude::*;

use super::{bands, pair_count};

/// Rows of codes as bit planes, cut into blocks of issues that stay in the cache.
///
/// The first plane of a row tells where it has a code (codes from 128 on are missing), the others
/// hold what [`Planes::nominal`], [`Planes::thermometer`] or [`Planes::one_hot`] put there.
#[derive(Debug, Clone)]
pub struct Planes {
    pub(super) rows: usize,
    pub(super) planes: usize,
    words: usize,
    pub(super) block: usize,
    pub(super) bits: Vec<u64>,
}

/// What a pair of rows is counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// Issues where any of the planes differs.
    Different,
    /// Planes that differ, summed over the issues.
    Steps,
}

/// Bytes of planes that a block may hold, so that it stays in a core's own cache.
const BLOCK_BYTES: usize = 320 * 1024;
/// Rows of a band: the unit of work of a thread.
const BAND: usize = 16;

impl Planes {
    /// The binary digits of each code: two planes for up to four levels.
    pub fn nominal(codes: &[u8], rows: usize, levels: usize) -> Planes {
        let digits = (usize::BITS - levels.saturating_sub(1).leading_zeros()) as usize;
        Planes::pack(codes, rows, digits, |code, plane| code >> plane & 1)
    }

    /// One plane per step of an ordered scale: plane t is set where the code is above t.
    pub fn thermometer(codes: &[u8], rows: usize, levels: usize) -> Planes {
        Planes::pack(codes, rows, levels.saturating_sub(1), |code, plane| (code > plane) as u8)
    }

    /// One plane per level: plane t is set where the code is t.
    pub fn one_hot(codes: &[u8], rows: usize, levels: usize) -> Planes {
        Planes::pack(codes, rows, levels, |code, plane| (code == plane) as u8)
    }

    fn pack(codes: &[u8], rows: usize, planes: usize, bit: impl Fn(u8, u8) -> u8 + Sync) -> Planes {
        let issues = codes.len().checked_div(rows).unwrap_or(0);
        let words = issues.div_ceil(64);
        let fitting = BLOCK_BYTES / (8 * (planes + 1) * rows.max(1));
        let block = (fitting / 8 * 8).clamp(16, words.next_multiple_of(8).max(16));
        let blocks = words.div_ceil(block);
        let mut bits = vec![0; blocks * rows * (planes + 1) * block];
        let per_block = rows * (planes + 1) * block;
        bits.par_chunks_mut(per_block.max(1)).enumerate().for_each(|(at, chunk)| {
            for (row, chunk) in chunk.chunks_mut((planes + 1) * block).enumerate() {
                let from = (at * block * 64).min(issues);
                let to = (from + block * 64).min(issues);
                pack_row(&codes[row * issues + from..row * issues + to], chunk, block, &bit);
            }
        });
        Planes { rows, planes, words, block, bits }
    }

    /// For every pair: the issues on which both have a code.
    pub fn shared(&self) -> Vec<u32> {
        self.count(Count::Different, 0).into_iter().map(|(shared, _)| shared).collect()
    }

    /// For every pair: shared issues, and those of them where any plane differs.
    pub fn different(&self) -> Vec<(u32, u32)> {
        self.count(Count::Different, self.planes)
    }

    /// For every pair: shared issues, and the planes that differ on them: steps of an ordered scale.
    pub fn steps(&self) -> Vec<(u32, u32)> {
        self.count(Count::Steps, self.planes)
    }

    fn count(&self, what: Count, planes: usize) -> Vec<(u32, u32)> {
        let mut out = vec![(0, 0); pair_count(self.rows)];
        if self.words == 0 || self.rows < 2 {
            return out;
        }
        let stride = (self.planes + 1) * self.block;
        bands(&mut out, self.rows, BAND).into_par_iter().for_each(|(first, band)| {
            for block in self.bits.chunks(self.rows * stride) {
                let mut at = 0;
                for i in first..(first + BAND).min(self.rows) {
                    let width = self.rows - 1 - i;
                    let (a, others) = block[i * stride..].split_at(stride);
                    count_row(what, planes, [self.block, stride], a, others, &mut band[at..at + width]);
                    at += width;
                }
            }
        });
        out
    }
}

/// Sets the bits of one row: `row` holds `planes + 1` runs of `block` words.
fn pack_row(codes: &[u8], row: &mut [u64], block: usize, bit: &impl Fn(u8, u8) -> u8) {
    let (valid, planes) = row.split_at_mut(block);
    for (at, chunk) in codes.chunks(64).enumerate() {
        let mut lanes = [0xFF; 64];
        lanes[..chunk.len()].copy_from_slice(chunk);
        valid[at] = gather(&lanes, |code| (code < 128) as u8);
        for (plane, words) in planes.chunks_mut(block).enumerate() {
            words[at] = gather(&lanes, |code| bit(code, plane as u8)) & valid[at];
        }
    }
}

/// The 64 results of `bit` (0 or 1), lowest first.
#[inline(always)]
fn gather(lanes: &[u8; 64], bit: impl Fn(u8) -> u8) -> u64 {
    let mut word = 0;
    let (eights, _) = lanes.as_chunks::<8>();
    for (at, eight) in eights.iter().enumerate() {
        let spread = u64::from_le_bytes(eight.map(&bit));
        // The product brings bit 0 of byte k to bit 56 + k.
        word |= (spread.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
    }
    word
}

/// Adds to `out` what row `a` and each of `others` have in this block.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512vpopcntdq+avx2+bmi1+bmi2+popcnt+lzcnt",
    "x86_64+avx2+bmi1+bmi2+popcnt+lzcnt",
    "x86_64+popcnt+ssse3",
    "aarch64+neon"
))]
fn count_row(what: Count, planes: usize, shape: [usize; 2], a: &[u64], others: &[u64], out: &mut [(u32, u32)]) {
    let [words, stride] = shape;
    for (b, out) in others.chunks_exact(stride).zip(out) {
        let (shared, found) = match (what, planes) {
            (_, 0) => count_pair::<0>(a, b, words, |_, _| 0),
            (Count::Different, 1) => count_pair::<1>(a, b, words, different::<1>),
            (Count::Different, 2) => count_pair::<2>(a, b, words, different::<2>),
            (Count::Different, 3) => count_pair::<3>(a, b, words, different::<3>),
            (Count::Different, _) => count_any(a, b, words, planes, true),
            (Count::Steps, _) => count_any(a, b, words, planes, false),
        };
        out.0 += shared;
        out.1 += found;
    }
}

#[inline(always)]
fn different<const P: usize>(a: [u64; P], b: [u64; P]) -> u64 {
    let mut any = 0;
    for plane in 0..P {
        any |= a[plane] ^ b[plane];
    }
    any
}

/// Shared issues of a pair, and the bits that `of` sets on them.
#[inline(always)]
fn count_pair<const P: usize>(
    a: &[u64],
    b: &[u64],
    words: usize,
    of: impl Fn([u64; P], [u64; P]) -> u64,
) -> (u32, u32) {
    let cut = |row| -> [&[u64]; P] { std::array::from_fn(|p| run(row, p + 1, words)) };
    let (valid_a, valid_b) = (run(a, 0, words), run(b, 0, words));
    let (planes_a, planes_b) = (cut(a), cut(b));
    let (mut shared, mut found) = (0, 0);
    for at in 0..words {
        let both = valid_a[at] & valid_b[at];
        shared = u64::wrapping_add(shared, both.count_ones() as u64);
        let bits = of(std::array::from_fn(|p| planes_a[p][at]), std::array::from_fn(|p| planes_b[p][at]));
        found = u64::wrapping_add(found, (both & bits).count_ones() as u64);
    }
    (shared as u32, found as u32)
}

/// The same for any number of planes: `any` counts issues, otherwise planes.
#[inline(always)]
fn count_any(a: &[u64], b: &[u64], words: usize, planes: usize, any: bool) -> (u32, u32) {
    let (mut shared, mut found) = (0, 0);
    let (valid_a, valid_b) = (run(a, 0, words), run(b, 0, words));
    for at in 0..words {
        shared = u64::wrapping_add(shared, (valid_a[at] & valid_b[at]).count_ones() as u64);
    }
    if any {
        for at in 0..words {
            let differ = (1..=planes).fold(0, |bits, p| bits | (a[p * words + at] ^ b[p * words + at]));
            found = u64::wrapping_add(found, (valid_a[at] & valid_b[at] & differ).count_ones() as u64);
        }
        return (shared as u32, found as u32);
    }
    for plane in 1..=planes {
        let (plane_a, plane_b) = (run(a, plane, words), run(b, plane, words));
        for at in 0..words {
            let bits = valid_a[at] & valid_b[at] & (plane_a[at] ^ plane_b[at]);
            found = u64::wrapping_add(found, bits.count_ones() as u64);
        }
    }
    (shared as u32, found as u32)
}

#[inline(always)]
fn run(row: &[u64], plane: usize, words: usize) -> &[u64] {
    &row[plane * words..(plane + 1) * words]
}
