//! Pairs of rows in order (0,1), (0,2) … (1,2) …, and what is counted of them.

/// The number of unordered pairs of `rows` different rows.
pub fn pair_count(rows: usize) -> usize {
    rows * rows.saturating_sub(1) / 2
}

/// The place of pair (`i`, `j`), `i < j`, among all pairs.
pub fn pair_index(rows: usize, i: usize, j: usize) -> usize {
    debug_assert!(i < j && j < rows);
    i * (2 * rows - i - 1) / 2 + (j - i - 1)
}

/// Cuts `out`, one entry per pair, into bands of `height` rows; each band with its first row.
pub(super) fn bands<T>(out: &mut [T], rows: usize, height: usize) -> Vec<(usize, &mut [T])> {
    let mut rest = out;
    let mut cut = Vec::new();
    for first in (0..rows).step_by(height) {
        let last = (first + height).min(rows);
        let width: usize = (first..last).map(|i| rows - 1 - i).sum();
        let (band, tail) = rest.split_at_mut(width);
        cut.push((first, band));
        rest = tail;
    }
    cut
}

/// Counts of all pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairCounts {
    /// Issues on which both have a code.
    pub shared: Vec<u32>,
    /// Those of them on which the codes differ, or the steps that lie between the codes on them.
    pub apart: Vec<u64>,
}

/// The counts of the pairs of some rows with all that follow them.
pub(super) struct Band<'a> {
    pub(super) first: usize,
    pub(super) shared: &'a mut [u32],
    pub(super) apart: &'a mut [u64],
}

impl PairCounts {
    /// Nothing yet, for all pairs of `rows` rows.
    pub(super) fn none(rows: usize) -> PairCounts {
        PairCounts { shared: vec![0; pair_count(rows)], apart: vec![0; pair_count(rows)] }
    }

    /// The counts in bands of `height` rows.
    pub(super) fn bands(&mut self, rows: usize, height: usize) -> Vec<Band<'_>> {
        let cut = bands(&mut self.shared, rows, height).into_iter().zip(bands(&mut self.apart, rows, height));
        cut.map(|((first, shared), (_, apart))| Band { first, shared, apart }).collect()
    }
}
