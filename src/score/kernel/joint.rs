//! How often the rows of each pair have each code, alone and together, looked up instead of counted.
//!
//! A plane tells of each issue whether a row has some code there. Its bits on six issues make a word. For 64 rows side
//! by side and each of the 64 words, a line of bytes holds how many of the word's issues each of their planes has too.
//! What one plane of a row has in common with another of 64 rows then costs one addition of bytes a word (Arlazarov,
//! Dinic, Kronrod and Faradzhev 1970), on any processor.

use multiversion::multiversion;
use rayon::prelude::*;

use super::lookup::{LANES, columns};
use super::pair_count;
use crate::stop::Stop;

/// Issues in a word.
const WORD: usize = 6;
/// Words in a block: what they share fits a byte.
const WORDS: usize = 40;
/// Issues in a block.
const BLOCK: usize = WORD * WORDS;
/// Words whose lines are made together and stay in the first cache.
const PASS: usize = 4;
/// Blocks added up in 16 bits.
const FLUSH: usize = u16::MAX as usize / BLOCK;
/// Parts of the work there should at least be for many rows and issues.
const TASKS: usize = 16;
/// Cells compared below which one thread is faster.
const FEW: usize = 1 << 22;
/// Cells compared below which nothing is looked up.
const TINY: usize = 1 << 15;

/// A byte for each of 64 rows, for one or two planes.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line<const L: usize>([u8; L]);

/// The lines of a pass, one for each word there can be.
type Lines<const L: usize> = [[Line<L>; 1 << WORD]; PASS];

/// Rows of codes as words, block by block: for each level, and last for any of them, the words of all rows.
#[derive(Debug, Clone)]
struct Words {
    rows: usize,
    levels: usize,
    issues: usize,
    words: Vec<[u8; WORDS]>,
}

/// Which planes of the first row of each pair meet which of the second, and where the counts go.
struct Crossing<'a, P> {
    of: &'a Words,
    first: std::ops::Range<usize>,
    second: std::ops::Range<usize>,
    /// Numbers of a pair, and the place among them for two planes.
    width: usize,
    place: P,
}

/// Some of the work: 64 rows, one or two of their planes, some blocks.
#[derive(Debug, Clone)]
struct Task {
    tile: usize,
    planes: std::ops::Range<usize>,
    blocks: std::ops::Range<usize>,
}

/// By plane of the second row and by second row, the counts of each lane.
type Totals = Vec<[u32; LANES]>;

/// For every pair of `rows` rows of codes below `levels`: on how many issues the first row has level k and the second
/// level l; levels² numbers a pair, all l of the first k first. Codes from 128 on are missing. Of no use once `stop` is set.
pub fn joint(codes: &[u8], rows: usize, levels: usize, stop: &Stop) -> Vec<u32> {
    if rows * codes.len() < TINY {
        return one_by_one(codes, rows, levels);
    }
    let width = levels * levels;
    let mut out = vec![0; pair_count(rows) * width];
    let place = |k, l| k * levels + l;
    Crossing { of: &Words::of(codes, rows, levels), first: 0..levels, second: 0..levels, width, place }
        .count(&mut out, stop);
    out
}

/// For every pair and level: on how many issues the first row has it, then the second, where the other has a code;
/// 2 × levels numbers a pair. `shared` are the issues on which both have a code; else as [`joint`].
pub fn margins(codes: &[u8], rows: usize, levels: usize, shared: &[u32], stop: &Stop) -> Vec<u32> {
    let width = 2 * levels;
    let mut out = vec![0; pair_count(rows) * width];
    let Some(last) = levels.checked_sub(1) else { return out };
    if rows * codes.len() < TINY {
        let joint = one_by_one(codes, rows, levels);
        for (sides, joint) in out.chunks_mut(width).zip(joint.chunks(levels * levels)) {
            for (at, count) in joint.iter().enumerate() {
                sides[at / levels] += count;
                sides[levels + at % levels] += count;
            }
        }
        return out;
    }
    let words = Words::of(codes, rows, levels);
    let any = levels..levels + 1;
    Crossing { of: &words, first: 0..last, second: any.clone(), width, place: |k, _| k }.count(&mut out, stop);
    Crossing { of: &words, first: any, second: 0..last, width, place: |_, l| levels + l }.count(&mut out, stop);
    // Every shared issue has one of the levels.
    let rest = |(counts, shared): (&mut [u32], &u32)| {
        for side in counts.chunks_mut(levels) {
            side[last] = shared.saturating_sub(side[..last].iter().sum());
        }
    };
    out.chunks_mut(width).zip(shared).for_each(rest);
    out
}

/// As [`joint`], where making lines would take longer than comparing.
fn one_by_one(codes: &[u8], rows: usize, levels: usize) -> Vec<u32> {
    let issues = codes.len().checked_div(rows).unwrap_or(0);
    let row = |at: usize| &codes[at * issues..(at + 1) * issues];
    let mut out = vec![0; pair_count(rows) * levels * levels];
    let pairs = (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j)));
    for ((i, j), counts) in pairs.zip(out.chunks_mut((levels * levels).max(1))) {
        for (a, b) in row(i).iter().zip(row(j)).filter(|(a, b)| (**a | **b) < 128) {
            counts[*a as usize * levels + *b as usize] += 1;
        }
    }
    out
}

impl Words {
    fn of(codes: &[u8], rows: usize, levels: usize) -> Words {
        let issues = codes.len().checked_div(rows).unwrap_or(0);
        let mut words = vec![[0; WORDS]; issues.div_ceil(BLOCK) * (levels + 1) * rows];
        let fill = |(at, words): (usize, &mut [[u8; WORDS]])| {
            for row in 0..rows {
                let from = row * issues + at * BLOCK;
                let to = (from + BLOCK).min((row + 1) * issues);
                pack(&codes[from..to], levels, rows, &mut words[row..]);
            }
        };
        words.par_chunks_mut(((levels + 1) * rows).max(1)).enumerate().for_each(fill);
        Words { rows, levels, issues, words }
    }

    /// The words of a plane in a block, row by row.
    fn plane(&self, block: usize, plane: usize) -> &[[u8; WORDS]] {
        let from = (block * (self.levels + 1) + plane) * self.rows;
        &self.words[from..from + self.rows]
    }
}

impl<P: Fn(usize, usize) -> usize + Sync> Crossing<'_, P> {
    fn count(&self, out: &mut [u32], stop: &Stop) {
        let rows = self.of.rows;
        if rows < 2 || self.of.issues == 0 || self.first.is_empty() || self.second.is_empty() {
            return;
        }
        let few = rows * rows * self.of.issues < FEW;
        let tasks = self.tasks(if few { 1 } else { TASKS });
        let of = |task: &Task| if stop.is_set() { Vec::new() } else { self.totals(task, stop) };
        let totals: Vec<Totals> = match few {
            true => tasks.iter().map(of).collect(),
            false => tasks.par_iter().with_max_len(1).map(of).collect(),
        };
        if stop.is_set() {
            return;
        }
        let fill = |(i, counts): (usize, &mut [u32])| {
            let of_row = tasks.iter().zip(&totals).filter(|(task, _)| task.tile == i / LANES);
            of_row.for_each(|(task, totals)| self.gather(task, totals, i, counts));
        };
        let mut cut = Vec::with_capacity(rows);
        let mut rest = out;
        for row in 0..rows {
            let (own, tail) = rest.split_at_mut((rows - 1 - row) * self.width);
            cut.push((row, own));
            rest = tail;
        }
        match few {
            true => cut.into_iter().for_each(fill),
            false => cut.into_par_iter().for_each(fill),
        }
    }

    /// The widest tiles first, so that the last ones are short.
    fn tasks(&self, least: usize) -> Vec<Task> {
        let (tiles, blocks) = ((self.of.rows - 1).div_ceil(LANES), self.of.issues.div_ceil(BLOCK));
        let planes = self.first.clone().step_by(2).map(|plane| plane..(plane + 2).min(self.first.end));
        let cuts = least.div_ceil(tiles * planes.len()).min(blocks);
        let run = blocks.div_ceil(cuts);
        let mut tasks = Vec::new();
        for tile in 0..tiles {
            for planes in planes.clone() {
                let cut = |from: usize| Task { tile, planes: planes.clone(), blocks: from..(from + run).min(blocks) };
                tasks.extend((0..blocks).step_by(run).map(cut));
            }
        }
        tasks
    }

    fn totals(&self, task: &Task, stop: &Stop) -> Totals {
        match task.planes.len() {
            1 => self.swept::<LANES>(task, stop),
            _ => self.swept::<{ 2 * LANES }>(task, stop),
        }
    }

    /// The second rows of a tile's pairs.
    fn others(&self, tile: usize) -> std::ops::Range<usize> {
        tile * LANES + 1..self.of.rows
    }

    fn swept<const L: usize>(&self, task: &Task, stop: &Stop) -> Totals {
        let others = self.others(task.tile);
        let count = others.len() * self.second.len();
        let mut lines = [[Line([0; L]); 1 << WORD]; PASS];
        let mut sums = vec![Line([0; L]); count];
        let mut halves = vec![[0_u16; L]; count];
        let mut totals = vec![[0; LANES]; count * (L / LANES)];
        for block in task.blocks.clone() {
            if stop.is_set() {
                break;
            }
            for eight in 0..WORDS / 8 {
                let planes = task.planes.clone().map(|plane| self.of.plane(block, plane));
                let eights: Vec<_> = planes.map(|words| columns(tile_of(words, task.tile), eight)).collect();
                for pass in 0..8 / PASS {
                    let at = pass * PASS;
                    build(&eights, at, &mut lines);
                    for (plane, sums) in self.second.clone().zip(sums.chunks_mut(others.len())) {
                        add(&lines, &self.of.plane(block, plane)[others.clone()], eight * 8 + at, sums);
                    }
                }
            }
            widen(&mut sums, &mut halves);
            let done = block + 1 - task.blocks.start;
            if done.is_multiple_of(FLUSH) || block + 1 == task.blocks.end {
                settle(&mut halves, &mut totals);
            }
        }
        totals
    }

    /// Adds what a task counted of row `i` to the numbers of its pairs with all that follow.
    fn gather(&self, task: &Task, totals: &Totals, i: usize, counts: &mut [u32]) {
        let (others, lane) = (self.others(task.tile), i % LANES);
        let per = task.planes.len();
        for (l, totals) in self.second.clone().zip(totals.chunks(others.len() * per)) {
            for (at, k) in task.planes.clone().enumerate() {
                let place = (self.place)(k, l);
                let of_pairs = totals.iter().skip((i + 1 - others.start) * per + at).step_by(per);
                let counts = counts.iter_mut().skip(place).step_by(self.width);
                counts.zip(of_pairs).for_each(|(count, total)| *count += total[lane]);
            }
        }
    }
}

/// The words of the rows of a tile.
fn tile_of(words: &[[u8; WORDS]], tile: usize) -> &[[u8; WORDS]] {
    &words[tile * LANES..((tile + 1) * LANES).min(words.len())]
}

/// Packs some codes of a row, at most a block: every `rows` words another plane.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn pack(codes: &[u8], levels: usize, rows: usize, words: &mut [[u8; WORDS]]) {
    let mut block = [u8::MAX; BLOCK];
    block[..codes.len()].copy_from_slice(codes);
    for (plane, words) in words.iter_mut().step_by(rows).enumerate() {
        let (low, width) = if plane < levels { (plane as u8, 1) } else { (0, 128) };
        // Issues 40 apart make a word: any six do, if they are the same for all rows.
        for (bit, codes) in block.as_chunks::<WORDS>().0.iter().enumerate() {
            for at in 0..WORDS {
                words[at] |= ((codes[at].wrapping_sub(low) < width) as u8) << bit;
            }
        }
    }
}

/// The lines of every word of a pass, from the tile's own words at `at`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn build<const L: usize>(eights: &[[[u64; LANES / 8]; 8]], at: usize, lines: &mut Lines<L>) {
    for (word, lines) in lines.iter_mut().enumerate() {
        let mut bits = [Line([0; L]); WORD];
        for (plane, eight) in eights.iter().enumerate() {
            for (part, own) in eight[at + word].iter().enumerate() {
                for (bit, line) in bits.iter_mut().enumerate() {
                    let ones = (own >> bit & 0x0101_0101_0101_0101).to_le_bytes();
                    line.0[plane * LANES + part * 8..][..8].copy_from_slice(&ones);
                }
            }
        }
        for choice in 1..1_usize << WORD {
            let (rest, bit) = (choice & (choice - 1), choice.trailing_zeros() as usize % WORD);
            for lane in 0..L {
                lines[choice].0[lane] = lines[rest].0[lane].wrapping_add(bits[bit].0[lane]);
            }
        }
    }
}

/// Adds to each row's sums what its words from `at` on have in common with the tile.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2", "aarch64+neon"))]
fn add<const L: usize>(lines: &Lines<L>, words: &[[u8; WORDS]], at: usize, sums: &mut [Line<L>]) {
    for (words, sums) in words.iter().zip(sums) {
        let words = &words.as_chunks::<PASS>().0[at / PASS];
        let mut sum = sums.0;
        for (word, lines) in words.iter().zip(lines) {
            let line = &lines[(word & 63) as usize].0;
            for lane in 0..L {
                sum[lane] = sum[lane].wrapping_add(line[lane]);
            }
        }
        sums.0 = sum;
    }
}

/// Moves sums from bytes to 16 bits.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn widen<const L: usize>(sums: &mut [Line<L>], halves: &mut [[u16; L]]) {
    for (sum, half) in sums.iter_mut().zip(halves) {
        for lane in 0..L {
            half[lane] = half[lane].wrapping_add(sum.0[lane] as u16);
        }
        sum.0 = [0; L];
    }
}

/// Moves sums from 16 bits to where no number of issues is too large.
fn settle<const L: usize>(halves: &mut [[u16; L]], totals: &mut Totals) {
    for (halves, totals) in halves.as_flattened_mut().chunks_mut(LANES).zip(totals) {
        for (half, total) in halves.iter_mut().zip(totals) {
            *total += *half as u32;
            *half = 0;
        }
    }
}
