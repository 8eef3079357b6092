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

/// Bytes of planes that a band may hold in a block, so that it stays in the first cache.
const BAND_BYTES: usize = 24 * 1024;
/// Words side by side; blocks are multiples of them.
const LANES: usize = 8;
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
        let fitting = BAND_BYTES / (8 * (planes + 1) * BAND);
        let block = (fitting / 8 * 8).clamp(16, words.next_multiple_of(8).max(16));
        let blocks = words.div_ceil(block);
        let mut bits = vec![0; blocks * rows * (planes + 1) * block];
        bits.par_chunks_mut((planes + 1) * block).with_min_len(BAND).enumerate().for_each(|(at, chunk)| {
            let (at, row) = (at / rows, at % rows);
            let from = (at * block * 64).min(issues);
            let to = (from + block * 64).min(issues);
            pack_row(&codes[row * issues + from..row * issues + to], chunk, block, &bit);
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
                count_band(what, planes, &Band { block, words: self.block, stride, first }, band);
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

/// The 64 results of `bit` (0 or 1), that of lane 8k + j at bit 8j + k: one order for all rows.
#[inline(always)]
fn gather(lanes: &[u8; 64], bit: impl Fn(u8) -> u8) -> u64 {
    let marks = lanes.map(bit);
    let eights = marks.as_chunks::<8>().0.iter().enumerate();
    eights.fold(0, |word, (at, eight)| word | u64::from_le_bytes(*eight) << at)
}

/// Some rows of a block with all that follow them.
struct Band<'a> {
    block: &'a [u64],
    words: usize,
    stride: usize,
    first: usize,
}

impl Band<'_> {
    /// Adds what `of` counts of every pair to its place in `out`.
    #[inline(always)]
    fn each(&self, out: &mut [(u32, u32)], of: impl Fn(&[u64], &[u64]) -> (u32, u32)) {
        let rows = self.block.len() / self.stride;
        // Each other row meets the whole band while it is in the first cache.
        for (j, b) in self.block.chunks_exact(self.stride).enumerate().skip(self.first + 1) {
            let mut start = 0;
            for i in self.first..(self.first + BAND).min(j) {
                let (shared, found) = of(&self.block[i * self.stride..(i + 1) * self.stride], b);
                let slot = &mut out[start + j - i - 1];
                *slot = (slot.0 + shared, slot.1 + found);
                start += rows - 1 - i;
            }
        }
    }
}

/// Adds to `out` what the pairs of a band have in a block.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512vpopcntdq+avx2+bmi1+bmi2+popcnt+lzcnt",
    "x86_64+avx2+bmi1+bmi2+popcnt+lzcnt",
    "x86_64+popcnt+ssse3",
    "aarch64+neon"
))]
fn count_band(what: Count, planes: usize, band: &Band, out: &mut [(u32, u32)]) {
    let words = band.words;
    match (what, planes) {
        (_, 0) => band.each(out, |a, b| count_pair::<0>(a, b, words)),
        (Count::Different, 1) => band.each(out, |a, b| count_pair::<1>(a, b, words)),
        (Count::Different, 2) => band.each(out, |a, b| count_pair::<2>(a, b, words)),
        (Count::Different, 3) => band.each(out, |a, b| count_pair::<3>(a, b, words)),
        (Count::Different, 4) => band.each(out, |a, b| count_pair::<4>(a, b, words)),
        (Count::Different, _) => band.each(out, |a, b| count_any(a, b, words, planes, true)),
        (Count::Steps, _) => band.each(out, |a, b| count_any(a, b, words, planes, false)),
    }
}

/// Shared issues of a pair, and those of them where any of `P` planes differs.
#[inline(always)]
fn count_pair<const P: usize>(a: &[u64], b: &[u64], words: usize) -> (u32, u32) {
    let (mut shared, mut found) = ([0_u64; LANES], [0_u64; LANES]);
    for from in (0..words).step_by(LANES) {
        let eight = |row: &[u64], plane: usize| -> [u64; LANES] {
            row[plane * words + from..].first_chunk::<LANES>().copied().unwrap_or_default()
        };
        let (mut both, mut differ) = (eight(a, 0), [0; LANES]);
        let valid = eight(b, 0);
        for lane in 0..LANES {
            both[lane] &= valid[lane];
        }
        for plane in 1..=P {
            let (own, other) = (eight(a, plane), eight(b, plane));
            for lane in 0..LANES {
                differ[lane] |= own[lane] ^ other[lane];
            }
        }
        for lane in 0..LANES {
            shared[lane] = shared[lane].wrapping_add(both[lane].count_ones() as u64);
            found[lane] = found[lane].wrapping_add((both[lane] & differ[lane]).count_ones() as u64);
        }
    }
    (shared.iter().sum::<u64>() as u32, found.iter().sum::<u64>() as u32)
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
