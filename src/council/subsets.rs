//! How many subsets of some members there are, by size and weight.

use std::ops::RangeInclusive;

/// The number of subsets of a set of weighted members, by size and total weight; exact.
///
/// Takes `members × weight` steps to add or to remove a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subsets {
    /// One row for each size, from 0; in it one number for each total weight, from 0.
    rows: Vec<Vec<u64>>,
}

impl Subsets {
    /// The subsets of no members; `weight` is the most that members added later weigh together.
    pub fn none(weight: usize) -> Subsets {
        let mut row = vec![0; weight + 1];
        row[0] = 1;
        Subsets { rows: vec![row] }
    }

    /// How many members there are.
    pub fn members(&self) -> usize {
        self.rows.len() - 1
    }

    /// Adds one member.
    pub fn add(&mut self, weight: usize) {
        let width = self.rows[0].len();
        self.rows.push(vec![0; width]);
        for size in (1..self.rows.len()).rev() {
            let (below, here) = self.rows.split_at_mut(size);
            let from = &below[size - 1];
            here[0].iter_mut().skip(weight).zip(from).for_each(|(to, from)| *to += from);
        }
    }

    /// Removes a member that was added with this weight.
    pub fn remove(&mut self, weight: usize) {
        for size in 1..self.rows.len() {
            let (below, here) = self.rows.split_at_mut(size);
            let from = &below[size - 1];
            here[0].iter_mut().skip(weight).zip(from).for_each(|(to, from)| *to -= from);
        }
        self.rows.pop();
    }

    /// The number of subsets of `size` members, of any weight.
    pub fn of_size(&self, size: usize) -> u64 {
        self.rows.get(size).map_or(0, |row| row.iter().sum())
    }

    /// The number of subsets of `size` members whose weight lies in `weights`.
    pub fn within(&self, size: usize, weights: RangeInclusive<usize>) -> u64 {
        let Some(row) = self.rows.get(size) else { return 0 };
        let (from, to) = (*weights.start(), (*weights.end()).min(row.len() - 1));
        row.get(from..=to).map_or(0, |part| part.iter().sum())
    }

    /// The weights that subsets of `size` members have, each with the number of such subsets.
    pub fn weights(&self, size: usize) -> impl Iterator<Item = (usize, u64)> {
        let row = self.rows.get(size).map(Vec::as_slice).unwrap_or_default();
        row.iter().copied().enumerate().filter(|(_, count)| *count > 0)
    }
}
