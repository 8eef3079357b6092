//! Issues drawn with replacement, and sums over them.

use multiversion::multiversion;
use rayon::prelude::*;

use super::lanes::Line;
use super::look::{PASS, WORD, look};
use crate::score::kernel::random::{STEP, mix};
use crate::stop::Stop;

/// Replicates side by side.
const LANES: usize = 64;
/// Issues up to which a sum of draws fits 16 bits.
const FEW: usize = u16::MAX as usize;

/// How often each replicate drew each issue.
#[derive(Debug)]
pub struct Counts {
    issues: usize,
    replicates: usize,
    counts: Vec<u8>,
    /// The same for tiles of replicates side by side, issue by issue; empty for too many issues.
    columns: Vec<[u16; LANES]>,
    stop: Stop,
}

/// Rows that have some of the issues and lack the others.
#[derive(Debug)]
pub struct Masks {
    issues: usize,
    rows: usize,
    words: Vec<u8>,
}

/// How many draws hit the issues that each row of some masks has.
#[derive(Debug)]
pub struct Hits {
    rows: usize,
    tiles: Vec<Line<u16, LANES>>,
}

impl Masks {
    /// Adds rows of one number per issue, 1 where they have it and 0 where they lack it; false, and nothing added,
    /// where a number is neither.
    pub fn push(&mut self, rows: &[f64]) -> bool {
        if rows.iter().any(|x| *x != 0.0 && *x != 1.0) {
            return false;
        }
        let per = padded(self.issues) / WORD;
        for row in rows.chunks(self.issues.max(1)) {
            let start = self.words.len();
            self.words.resize(start + per, 0);
            for (word, four) in self.words[start..].iter_mut().zip(row.chunks(WORD)) {
                *word = four.iter().rev().fold(0, |word, x| word << 1 | (*x > 0.0) as u8);
            }
            self.rows += 1;
        }
        true
    }
}

impl Hits {
    /// The hits of a row's issues by a replicate.
    pub fn of(&self, row: usize, replicate: usize) -> f64 {
        self.tiles[replicate / LANES * self.rows + row].0[replicate % LANES] as f64
    }
}

/// Issues filled up with some that nobody draws.
fn padded(issues: usize) -> usize {
    issues.next_multiple_of(PASS)
}

impl Counts {
    /// Every one of `replicates` draws `issues` issues, each as likely as any other.
    ///
    /// Replicate r runs SplitMix64 from the state mix(`seed` + (r + 1)·step); each output gives two
    /// issues, the high and the low half times `issues` over 2^32.
    ///
    /// Once `stop` is set nothing more is drawn or summed, and the numbers are of no use.
    pub fn draw(issues: usize, replicates: usize, seed: u64, stop: &Stop) -> Counts {
        let mut counts = vec![0; issues * replicates];
        let fill = |(at, row): (usize, &mut [u8])| {
            let mut state = mix(seed.wrapping_add(STEP.wrapping_mul(at as u64 + 1)));
            let mut drawn = 0;
            while drawn < issues && !stop.is_set() {
                state = state.wrapping_add(STEP);
                let z = mix(state);
                for half in [z >> 32, z & 0xFFFF_FFFF].into_iter().take(issues - drawn) {
                    let slot = &mut row[((half * issues as u64) >> 32) as usize];
                    *slot = slot.saturating_add(1);
                    drawn += 1;
                }
            }
        };
        counts.par_chunks_mut(issues.max(1)).enumerate().for_each(fill);
        let tiles = if issues <= FEW { replicates.div_ceil(LANES) } else { 0 };
        let mut columns = vec![[0; LANES]; tiles * padded(issues)];
        let turn = |(tile, columns): (usize, &mut [[u16; LANES]])| {
            for (lane, row) in
                counts.chunks(issues.max(1)).skip(tile * LANES).take(LANES).take_while(|_| !stop.is_set()).enumerate()
            {
                columns.iter_mut().zip(row).for_each(|(column, count)| column[lane] = *count as u16);
            }
        };
        columns.par_chunks_mut(padded(issues).max(1)).enumerate().for_each(turn);
        Counts { issues, replicates, counts, columns, stop: stop.clone() }
    }

    /// The memory that the counts take.
    pub fn bytes(issues: usize, replicates: usize) -> u64 {
        let each = if issues <= FEW { 3 } else { 1 };
        each * replicates as u64 * issues as u64
    }

    /// How often replicate `at` drew each issue.
    pub fn of(&self, at: usize) -> &[u8] {
        &self.counts[at * self.issues..(at + 1) * self.issues]
    }

    /// The number of issues.
    pub fn issues(&self) -> usize {
        self.issues
    }

    /// The number of replicates.
    pub fn replicates(&self) -> usize {
        self.replicates
    }

    /// True once somebody asked to stop: what was drawn or summed is then of no use.
    pub fn is_stopped(&self) -> bool {
        self.stop.is_set()
    }

    /// Masks without a row; `None` where there are too many issues for [`Counts::hits`], or none to draw.
    pub fn masks(&self) -> Option<Masks> {
        (1..=FEW).contains(&self.issues).then(|| Masks { issues: self.issues, rows: 0, words: Vec::new() })
    }

    /// The hits of every replicate on every row.
    pub fn hits(&self, masks: &Masks) -> Hits {
        let mut tiles = vec![Line::default(); masks.rows * self.replicates.div_ceil(LANES)];
        let columns = self.columns.chunks(padded(self.issues).max(1));
        for (columns, into) in columns.zip(tiles.chunks_mut(masks.rows.max(1))) {
            if !self.stop.is_set() {
                look(columns, &masks.words, padded(self.issues) / WORD, into);
            }
        }
        Hits { rows: masks.rows, tiles }
    }

    /// For each replicate the sums of rows of one number per issue, weighted by its draws.
    pub fn sums(&self, rows: &[f64]) -> Vec<f64> {
        let issues = self.issues.max(1);
        let replicates = self.counts.chunks(issues).take_while(|_| !self.stop.is_set());
        replicates.flat_map(|counts| rows.chunks(issues).map(|row| weighted(counts, row))).collect()
    }
}

/// The sum of `row`, each number as often as its issue was drawn, in fixed lanes.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn weighted(counts: &[u8], row: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (counts, last) = counts.as_chunks::<8>();
    let (row, rest) = row.as_chunks::<8>();
    for (counts, row) in counts.iter().zip(row) {
        for lane in 0..8 {
            lanes[lane] += counts[lane] as f64 * row[lane];
        }
    }
    for ((lane, count), x) in lanes.iter_mut().zip(last).zip(rest) {
        *lane += *count as f64 * x;
    }
    lanes.iter().sum()
}
