//! Equal codes of every pair of rows, looked up instead of compared.
//!
//! The codes of a few issues make a word of four bits. For 64 rows side by side and each of the 16
//! words, a line of bytes holds how many of the word's issues each row shares (high four bits) and
//! on how many it has the same code (low four bits). A pair of rows then costs one addition of
//! bytes a word (Arlazarov, Dinic, Kronrod and Faradzhev 1970), which any processor does for many
//! rows at once.

use multiversion::multiversion;
use pulp::{Arch, Simd, WithSimd, bytemuck};
use rayon::prelude::*;

use super::lanes::{self, Number};
use super::pairs::{Band, PairCounts};
use super::planes::Planes;

/// Rows side by side, a byte each.
pub(super) const LANES: usize = 64;
/// Words added up in four bits: at most two issues each.
const RUN: usize = 6;
/// Runs in a pass over the rows; the lines of a pass fill three quarters of a first cache.
const RUNS: usize = 4;
const WORDS: usize = RUN * RUNS;
/// Passes added up in a byte: at most 48 issues each.
const PASSES: usize = 5;
/// Passes packed together, so that the codes of a row are read in long pieces.
const PACKED: usize = 8;
/// Full bytes added up in 16 bits.
const FLUSHES: usize = 256;
/// Parts of the work there should at least be for many rows and issues.
const TASKS: usize = 16;
/// Cells compared below which planes are faster on any processor.
const FEW: usize = 1 << 23;
/// Levels that a word of one issue can tell apart, beside having none.
pub const MAX_LEVELS: usize = 15;

/// A byte for each lane, eight in a number; no byte ever overflows into the next.
type Line = lanes::Line<u64, { LANES / 8 }>;

type Lines = [[Line; 16]; WORDS];

/// Rows of codes as words, pass by pass.
struct Rows {
    rows: usize,
    passes: usize,
    /// Issues in a word: two where two bits hold a code, else one.
    per: usize,
    words: Vec<[u8; WORDS]>,
}

/// Shared issues, and equal codes, of one row with each of a tile's rows.
type Totals = [[u32; LANES]; 2];

/// Counts the pairs of `rows` rows of codes below `levels`, at most [`MAX_LEVELS`]; codes from 128
/// on are missing. The way that is faster on this processor, with the same counts.
pub fn equal(codes: &[u8], rows: usize, levels: usize) -> PairCounts {
    // Where registers count bits in one instruction, comparing is faster; small tables are done before look-ups pay.
    if rows * codes.len() >= FEW && !counts_bits() {
        return looked_up(codes, rows, levels);
    }
    Planes::nominal(codes, rows, levels).different()
}

#[cfg(target_arch = "x86_64")]
fn counts_bits() -> bool {
    std::arch::is_x86_feature_detected!("avx512vpopcntdq") && std::arch::is_x86_feature_detected!("avx512bw")
}

#[cfg(not(target_arch = "x86_64"))]
fn counts_bits() -> bool {
    false
}

/// The same by look-ups, on any processor.
pub fn looked_up(codes: &[u8], rows: usize, levels: usize) -> PairCounts {
    let issues = codes.len().checked_div(rows).unwrap_or(0);
    let per = if levels <= 3 { 2 } else { 1 };
    let packed = Rows::pack(codes, [rows, issues, per]);
    let tiles = rows.div_ceil(LANES);
    let cuts = TASKS.div_ceil(tiles.max(1)).min(packed.passes.div_ceil(PASSES)).max(1);
    let run = packed.passes.div_ceil(cuts);
    // The widest tiles first, so that the last ones are short.
    let tasks: Vec<[usize; 2]> = (0..tiles * cuts).rev().map(|at| [at / cuts, at % cuts]).collect();
    let of =
        |[tile, cut]: [usize; 2]| packed.tile(tile, (cut * run).min(packed.passes)..packed.passes.min((cut + 1) * run));
    let mut totals: Vec<Vec<Totals>> = tasks.into_par_iter().with_max_len(1).map(of).collect();
    totals.reverse();
    packed.gathered(&totals, cuts)
}

impl Rows {
    fn pack(codes: &[u8], shape: [usize; 3]) -> Rows {
        let [rows, issues, per] = shape;
        let wide = WORDS * per;
        let passes = issues.div_ceil(wide);
        let mut words = vec![[0; WORDS]; passes * rows];
        let fill = |(at, words): (usize, &mut [[u8; WORDS]])| pack(codes, shape, at * PACKED, words);
        words.par_chunks_mut((rows * PACKED).max(1)).enumerate().for_each(fill);
        Rows { rows, passes, per, words }
    }

    /// The rows of a tile. The first tile has the fewest: it is compared with the fewest, too.
    fn span(&self, tile: usize) -> std::ops::Range<usize> {
        let lacking = self.rows.next_multiple_of(LANES) - self.rows;
        (tile * LANES).saturating_sub(lacking)..(tile + 1) * LANES - lacking
    }

    /// The counts of a tile's rows with all rows up to its last.
    fn tile(&self, tile: usize, passes: std::ops::Range<usize>) -> Vec<Totals> {
        let span = self.span(tile);
        let mut totals = vec![[[0; LANES]; 2]; span.end];
        let mut sums = vec![[Line::default(); 2]; span.end];
        let mut halves = vec![[[Line::default(); 2]; 2]; span.end];
        let mut lines = vec![[Line::default(); 16]; WORDS];
        let Some(lines) = lines.first_chunk_mut::<WORDS>() else { return totals };
        let (first, end) = (passes.start, passes.end);
        for pass in passes {
            let words = &self.words[pass * self.rows..pass * self.rows + span.end];
            build(&words[span.start..], self.per, lines);
            Arch::new().dispatch(Add { lines, words, sums: &mut sums });
            let done = pass + 1 - first;
            if done % PASSES == 0 || pass + 1 == end {
                widen(&mut sums, &mut halves);
            }
            if done % (PASSES * FLUSHES) == 0 || pass + 1 == end {
                settle(&mut halves, &mut totals);
            }
        }
        totals
    }

    fn gathered(&self, totals: &[Vec<Totals>], cuts: usize) -> PairCounts {
        let mut out = PairCounts::none(self.rows);
        let fill = |Band { first: i, shared, apart }: Band| {
            for (tile, parts) in totals.chunks(cuts).enumerate() {
                let span = self.span(tile);
                for j in span.start.max(i + 1)..span.end {
                    let (lane, at) = (j - span.start, j - i - 1);
                    for part in parts {
                        let [both, same] = &part[i];
                        shared[at] += both[lane];
                        apart[at] += (both[lane] - same[lane]) as u64;
                    }
                }
            }
        };
        out.bands(self.rows, 1).into_par_iter().for_each(fill);
        out
    }
}

/// Packs the codes of the passes from `first` on, all rows of a pass together.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn pack(codes: &[u8], shape: [usize; 3], first: usize, words: &mut [[u8; WORDS]]) {
    let [rows, issues, per] = shape;
    let wide = WORDS * per;
    for (row, codes) in codes.chunks_exact(issues).enumerate() {
        for (at, words) in words.chunks_exact_mut(rows).enumerate() {
            let from = (first + at) * wide;
            let codes = &codes[from..(from + wide).min(issues)];
            if per == 2 { pack_twos(codes, &mut words[row]) } else { pack_ones(codes, &mut words[row]) }
        }
    }
}

/// Two issues a word; the missing are 3.
#[inline(always)]
fn pack_twos(codes: &[u8], words: &mut [u8; WORDS]) {
    let mut wide = [3; 2 * WORDS];
    if let Some(full) = codes.first_chunk() {
        wide = *full;
    } else {
        wide[..codes.len()].copy_from_slice(codes);
    }
    for at in 0..WORDS {
        words[at] = wide[2 * at].min(3) | wide[2 * at + 1].min(3) << 2;
    }
}

/// One issue a word; the missing are 15.
#[inline(always)]
fn pack_ones(codes: &[u8], words: &mut [u8; WORDS]) {
    *words = [15; WORDS];
    for (word, code) in words.iter_mut().zip(codes) {
        *word = (*code).min(15);
    }
}

/// The lines of every word of a pass for the rows of a tile.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2", "aarch64+neon"))]
fn build(rows: &[[u8; WORDS]], per: usize, lines: &mut Lines) {
    for (eight, lines) in lines.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        for (column, lines) in columns(rows, eight).iter().zip(lines) {
            if per == 1 {
                for code in 0..15 {
                    lines[code] = matching(column, 0, 15, code as u64);
                }
                lines[15] = Line::default();
                continue;
            }
            let [mut low, mut high] = [[Line::default(); 4]; 2];
            for code in 0..3 {
                low[code] = matching(column, 0, 3, code as u64);
                high[code] = matching(column, 2, 3, code as u64);
            }
            for (word, line) in lines.iter_mut().enumerate() {
                let (low, high) = (&low[word & 3].0, &high[word >> 2].0);
                for at in 0..LANES / 8 {
                    line.0[at] = low[at].wrapping_add(high[at]);
                }
            }
        }
    }
}

/// Eight words of each row as eight lines of a byte a row, by exchanging ever larger corners of
/// 8 × 8 bytes. Rows that are not there have nothing.
#[inline(always)]
pub(super) fn columns<const N: usize>(rows: &[[u8; N]], eight: usize) -> [[u64; LANES / 8]; 8] {
    let mut square = [[u64::MAX; LANES / 8]; 8];
    for (lane, words) in rows.iter().enumerate().take(LANES) {
        square[lane % 8][lane / 8] = u64::from_le_bytes(words.as_chunks::<8>().0[eight]);
    }
    exchange::<4>(&mut square, 0x0000_0000_FFFF_FFFF);
    exchange::<2>(&mut square, 0x0000_FFFF_0000_FFFF);
    exchange::<1>(&mut square, 0x00FF_00FF_00FF_00FF);
    square
}

#[inline(always)]
fn exchange<const SIDE: usize>(square: &mut [[u64; LANES / 8]; 8], mask: u64) {
    for top in 0..8 {
        if top & SIDE != 0 {
            continue;
        }
        let (upper, lower) = square.split_at_mut(top + SIDE);
        for (a, b) in upper[top].iter_mut().zip(&mut lower[0]) {
            let swap = ((*a >> (8 * SIDE)) ^ *b) & mask;
            *b ^= swap;
            *a ^= swap << (8 * SIDE);
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// 17 in the bytes where the code is `code`, 16 where it is another, 0 where there is none (all
/// `bits` of it set).
#[inline(always)]
fn matching(column: &[u64; LANES / 8], shift: u32, bits: u64, code: u64) -> Line {
    let mut line = Line::default();
    for at in 0..LANES / 8 {
        let own = column[at] >> shift & (ONES * bits);
        let stated = differs(own, bits);
        line.0[at] = stated | ((stated & !differs(own, code)) >> 4);
    }
    line
}

/// 16 in the bytes that are not `code`: below 16, a byte of differing bits is 0, or its sum with 15
/// reaches 16.
#[inline(always)]
fn differs(word: u64, code: u64) -> u64 {
    (word ^ (ONES * code)).wrapping_add(ONES * 15) & (ONES * 16)
}

/// Adds what each row's words of a pass say to its shared and equal counts.
struct Add<'a> {
    lines: &'a Lines,
    words: &'a [[u8; WORDS]],
    sums: &'a mut [[Line; 2]],
}

impl WithSimd for Add<'_> {
    type Output = ();

    /// Register by register, so that the sum of a run's lines stays in one.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let low = simd.splat_u64s(ONES * 15);
        for (words, [both, same]) in self.words.iter().zip(self.sums) {
            let sums = u64::lanes_mut::<S>(&mut both.0).iter_mut().zip(u64::lanes_mut::<S>(&mut same.0));
            for (part, (both, same)) in sums.enumerate() {
                for run in 0..RUNS {
                    let mut nibbles = simd.splat_u64s(0);
                    for at in run * RUN..(run + 1) * RUN {
                        let line = &self.lines[at][(words[at] & 15) as usize].0;
                        nibbles = simd.add_u64s(nibbles, u64::lanes::<S>(line)[part]);
                    }
                    // What comes from the next byte is cut off with the other high bits.
                    let high = simd.wrapping_dyn_shr_u32s(bytemuck::cast(nibbles), simd.splat_u32s(4));
                    *same = simd.add_u64s(*same, simd.and_u64s(nibbles, low));
                    *both = simd.add_u64s(*both, simd.and_u64s(bytemuck::cast(high), low));
                }
            }
        }
    }
}

/// Moves counts from bytes to 16 bits, those of even lanes apart from those of odd ones.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2", "aarch64+neon"))]
fn widen(sums: &mut [[Line; 2]], halves: &mut [[[Line; 2]; 2]]) {
    const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
    for (sum, halves) in sums.as_flattened_mut().iter_mut().zip(halves.as_flattened_mut()) {
        for lane in 0..LANES / 8 {
            halves[0].0[lane] = halves[0].0[lane].wrapping_add(sum.0[lane] & EVEN);
            halves[1].0[lane] = halves[1].0[lane].wrapping_add(sum.0[lane] >> 8 & EVEN);
            sum.0[lane] = 0;
        }
    }
}

/// Moves counts from 16 bits to where no number of issues is too large.
fn settle(halves: &mut [[[Line; 2]; 2]], totals: &mut [Totals]) {
    for (halves, totals) in halves.as_flattened_mut().iter_mut().zip(totals.as_flattened_mut()) {
        for (lane, total) in totals.iter_mut().enumerate() {
            let four = halves[lane % 2].0[lane / 8];
            *total += (four >> (lane % 8 / 2 * 16)) as u16 as u32;
        }
        *halves = [Line::default(); 2];
    }
}
