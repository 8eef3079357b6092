//! Bit planes: 64 issues in a word, so that one instruction compares as many positions.

use multiversion::multiversion;
use rayon::prelude::*;

use super::lanes::Aligned;
use super::pairs::{self, PairCounts};

/// Rows of codes as bit planes, cut into blocks of issues that stay in the cache.
///
/// The first plane of a row tells where it has a code (codes from 128 on are missing), the others
/// hold what [`Planes::nominal`] or [`Planes::thermometer`] put there.
#[derive(Debug, Clone)]
pub struct Planes {
    rows: usize,
    planes: usize,
    words: usize,
    block: usize,
    bits: Aligned<u64>,
}

/// What the planes after the first hold of a code.
#[derive(Debug, Clone, Copy)]
enum Bits {
    /// Its binary digits.
    Digits,
    /// Whether it is above the number of the plane.
    Steps,
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
/// Blocks are multiples of so many words, the widest registers.
const LANES: usize = 8;
/// Rows of a band: the unit of work of a thread.
const BAND: usize = 8;
/// Words compared below which one thread is faster.
const FEW: usize = 1 << 17;

impl Planes {
    /// The binary digits of each code: two planes for up to four levels.
    pub fn nominal(codes: &[u8], rows: usize, levels: usize) -> Planes {
        let digits = (usize::BITS - levels.saturating_sub(1).leading_zeros()) as usize;
        Planes::pack(codes, rows, digits, Bits::Digits)
    }

    /// One plane per step of an ordered scale: plane t is set where the code is above t.
    pub fn thermometer(codes: &[u8], rows: usize, levels: usize) -> Planes {
        Planes::pack(codes, rows, levels.saturating_sub(1), Bits::Steps)
    }

    fn pack(codes: &[u8], rows: usize, planes: usize, of: Bits) -> Planes {
        let issues = codes.len().checked_div(rows).unwrap_or(0);
        let words = issues.div_ceil(64);
        let fitting = (BAND_BYTES / (8 * (planes + 1) * BAND)).max(LANES);
        let blocks = words.div_ceil(fitting);
        // Blocks of one size, with as little as can be behind the last issue.
        let block = words.div_ceil(blocks.max(1)).next_multiple_of(LANES).max(LANES);
        let mut bits = Aligned::new(blocks * rows * (planes + 1) * block, 0);
        let fill = |(at, chunk): (usize, &mut [u64])| {
            let (at, row) = (at / rows, at % rows);
            let from = (at * block * 64).min(issues);
            let to = (from + block * 64).min(issues);
            pack_row(&codes[row * issues + from..row * issues + to], chunk, block, of);
        };
        let stride = (planes + 1) * block;
        match rows * bits.len() < FEW {
            true => bits.chunks_mut(stride).enumerate().for_each(fill),
            false => bits.par_chunks_mut(stride).with_min_len(BAND).enumerate().for_each(fill),
        }
        Planes { rows, planes, words, block, bits }
    }

    /// Shared issues, and those of them where any plane differs.
    pub fn different(&self) -> PairCounts {
        self.count(Count::Different)
    }

    /// Shared issues, and the planes that differ on them: steps of an ordered scale.
    pub fn steps(&self) -> PairCounts {
        self.count(Count::Steps)
    }

    fn count(&self, what: Count) -> PairCounts {
        let mut out = PairCounts::none(self.rows);
        if self.words == 0 || self.rows < 2 {
            return out;
        }
        let stride = (self.planes + 1) * self.block;
        // Counts that are side by side while all blocks pass.
        let fill = |sums: &mut Vec<Counted>, pairs::Band { first, shared, apart }: pairs::Band| {
            sums.clear();
            sums.resize(shared.len(), (0, 0));
            for block in self.bits.chunks(self.rows * stride) {
                count_band(what, self.planes, &Band { block, words: self.block, stride, first }, sums);
            }
            for ((shared, apart), sum) in shared.iter_mut().zip(apart).zip(sums) {
                (*shared, *apart) = (sum.0, u64::from(sum.1));
            }
        };
        let bands = out.bands(self.rows, BAND);
        match self.rows * self.bits.len() < FEW {
            true => {
                let mut sums = Vec::new();
                bands.into_iter().for_each(|band| fill(&mut sums, band));
            }
            false => bands.into_par_iter().with_max_len(1).for_each_init(Vec::new, fill),
        }
        out
    }
}

/// Codes that are packed at once: a register full of words.
const PACKED: usize = 64 * LANES;

/// Sets the bits of one row: `row` holds runs of `block` words, one a plane.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn pack_row(codes: &[u8], row: &mut [u64], block: usize, of: Bits) {
    let (valid, planes) = row.split_at_mut(block);
    let mut set = |at: usize, codes: &[u8; PACKED]| {
        let mut eights = [[0; LANES]; 8];
        for (eight, codes) in eights.as_flattened_mut().iter_mut().zip(codes.as_chunks::<8>().0) {
            *eight = u64::from_le_bytes(*codes);
        }
        let stated = gathered(&eights, |codes| !codes >> 7);
        valid[at..at + LANES].copy_from_slice(&stated);
        for (plane, words) in planes.chunks_mut(block).enumerate() {
            let bits = of.gathered(&eights, plane as u64);
            for lane in 0..LANES {
                words[at + lane] = stated[lane] & bits[lane];
            }
        }
    };
    let (chunks, rest) = codes.as_chunks::<PACKED>();
    chunks.iter().enumerate().for_each(|(at, codes)| set(at * LANES, codes));
    if !rest.is_empty() {
        let mut last = [0xFF; PACKED];
        last[..rest.len()].copy_from_slice(rest);
        set(chunks.len() * LANES, &last);
    }
}

/// 1 in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

impl Bits {
    /// The bits of a plane for codes, eight a number; what it says of missing codes means nothing.
    #[inline(always)]
    fn gathered(self, eights: &[[u64; LANES]; 8], plane: u64) -> [u64; LANES] {
        // Seven bits a code: sums with other seven bits stay in their byte, whose highest bit is the answer.
        const SEVEN: u64 = ONES * 127;
        match self {
            Bits::Digits => gathered(eights, |codes| codes >> plane),
            Bits::Steps => {
                let least = SEVEN.wrapping_sub(ONES.wrapping_mul(plane));
                gathered(eights, |codes| (codes & SEVEN).wrapping_add(least) >> 7)
            }
        }
    }
}

/// The lowest bits of the bytes of `bit`, a word a lane. Which issue has which bit is the same for all rows, and
/// nothing else matters.
#[inline(always)]
fn gathered(eights: &[[u64; LANES]; 8], bit: impl Fn(u64) -> u64) -> [u64; LANES] {
    let mut words = [0; LANES];
    for (at, eights) in eights.iter().enumerate() {
        for lane in 0..LANES {
            words[lane] |= (bit(eights[lane]) & ONES) << at;
        }
    }
    words
}

/// Some rows of a block with all that follow them.
struct Band<'a> {
    block: &'a [u64],
    words: usize,
    stride: usize,
    first: usize,
}

/// Shared issues of a pair, and what else is counted of them.
type Counted = (u32, u32);

impl Band<'_> {
    /// Adds what `of` counts of two rows of the band with two others to the places of the pairs in `out`: each word
    /// read serves twice.
    #[inline(always)]
    fn each(&self, out: &mut [Counted], of: impl Fn([&[u64]; 2], [&[u64]; 2]) -> [[Counted; 2]; 2]) {
        let rows = self.block.len() / self.stride;
        let last = (self.first + BAND).min(rows);
        let row = |at: usize| &self.block[at * self.stride..(at + 1) * self.stride];
        // Two other rows meet the whole band while it is in the first cache.
        for j in (self.first + 1..rows).step_by(2) {
            let others = [row(j), row((j + 1).min(rows - 1))];
            let mut start = 0;
            for i in (self.first..last.min(j + 1)).step_by(2) {
                let square = of([row(i), row((i + 1).min(last - 1))], others);
                for (i, counts) in (i..last).zip(square) {
                    for (j, (shared, found)) in (j..rows).zip(counts).filter(|(j, _)| i < *j) {
                        let slot = &mut out[start + j - i - 1];
                        *slot = (slot.0 + shared, slot.1 + found);
                    }
                    start += rows - 1 - i;
                }
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
fn count_band(what: Count, planes: usize, band: &Band, out: &mut [Counted]) {
    let words = band.words;
    match (what, planes) {
        (_, 0) => band.each(out, |own, others| square::<1>(own, others, words)),
        (Count::Different, 1) => band.each(out, |own, others| square::<2>(own, others, words)),
        (Count::Different, 2) => band.each(out, |own, others| square::<3>(own, others, words)),
        (Count::Different, 3) => band.each(out, |own, others| square::<4>(own, others, words)),
        (Count::Different, 4) => band.each(out, |own, others| square::<5>(own, others, words)),
        (Count::Different, _) => band.each(out, |own, others| of_each(own, others, |a, b| any_differs(a, b, words))),
        (Count::Steps, _) => band.each(out, |own, others| of_each(own, others, |a, b| steps(a, b, words))),
    }
}

/// Of each two of four rows with `N` planes: shared issues, and those of them where any plane but the first differs.
#[inline(always)]
fn square<const N: usize>(own: [&[u64]; 2], others: [&[u64]; 2], words: usize) -> [[Counted; 2]; 2] {
    let (own, others) = (own.map(|row| runs::<N>(row, words)), others.map(|row| runs::<N>(row, words)));
    let (mut shared, mut found) = ([[0_u64; 2]; 2], [[0_u64; 2]; 2]);
    for at in 0..words {
        for i in 0..2 {
            for j in 0..2 {
                let (a, b) = (&own[i], &others[j]);
                let both = a[0][at] & b[0][at];
                let differ = (1..N).fold(0, |bits, plane| bits | (a[plane][at] ^ b[plane][at]));
                shared[i][j] = shared[i][j].wrapping_add(both.count_ones() as u64);
                found[i][j] = found[i][j].wrapping_add((both & differ).count_ones() as u64);
            }
        }
    }
    std::array::from_fn(|i| std::array::from_fn(|j| (shared[i][j] as u32, found[i][j] as u32)))
}

/// The first planes of a row, of one length, so that no index needs a check.
#[inline(always)]
fn runs<const N: usize>(row: &[u64], words: usize) -> [&[u64]; N] {
    std::array::from_fn(|plane| &row[plane * words..][..words])
}

#[inline(always)]
fn of_each(own: [&[u64]; 2], others: [&[u64]; 2], of: impl Fn(&[u64], &[u64]) -> Counted) -> [[Counted; 2]; 2] {
    own.map(|a| others.map(|b| of(a, b)))
}

/// Shared issues of two rows, and those of them where any of many planes differs.
#[inline(always)]
fn any_differs(a: &[u64], b: &[u64], words: usize) -> Counted {
    let (mut shared, mut found) = (0, 0);
    for at in 0..words {
        let both = a[at] & b[at];
        let differ = (at + words..a.len()).step_by(words).fold(0, |bits, place| bits | (a[place] ^ b[place]));
        shared += both.count_ones();
        found += (both & differ).count_ones();
    }
    (shared, found)
}

/// Shared issues of two rows, and the planes that differ on them.
#[inline(always)]
fn steps(a: &[u64], b: &[u64], words: usize) -> Counted {
    let (valid_a, valid_b) = (&a[..words], &b[..words]);
    let mut counts = [0_u64; 2];
    for at in 0..words {
        counts[0] = counts[0].wrapping_add((valid_a[at] & valid_b[at]).count_ones() as u64);
    }
    for (a, b) in a.chunks_exact(words).zip(b.chunks_exact(words)).skip(1) {
        let (a, b) = (&a[..words], &b[..words]);
        for at in 0..words {
            let bits = valid_a[at] & valid_b[at] & (a[at] ^ b[at]);
            counts[1] = counts[1].wrapping_add(bits.count_ones() as u64);
        }
    }
    (counts[0] as u32, counts[1] as u32)
}
