//! Tallies of parts, put together.

use super::measure::Measure;
use super::tally::{Head, PairTally};
use crate::error::{Error, Result};
use crate::score::kernel::{pair_count, pair_index};
use crate::score::table::scale::union;

impl PairTally {
    /// The tally of both together. Actors that only one of them knows keep what they have; where the
    /// weights of the two differ much in size, the sums are rounded to the coarser grid.
    ///
    /// # Errors
    /// [`Error::Format`] where they count different things.
    pub fn merge(mut self, mut other: PairTally) -> Result<PairTally> {
        let differ = |problem: &str| Err(Error::Format { file: "tally".to_owned(), problem: problem.to_owned() });
        let plain = |head: &Head| Head { actors: Vec::new(), levels: Vec::new(), grid: [0, 0], ..head.clone() };
        if plain(&self.head) != plain(&other.head) {
            return differ("the two tallies have another measure, scale or range, or only one has weights");
        }
        let Some(levels) = union(&self.head.levels, &other.head.levels, self.head.nominal) else {
            return differ("the two tallies have other levels; declare all of them with levels=");
        };
        self.relevel(&levels);
        other.relevel(&levels);
        let grid = [0, 1].map(|side| self.head.grid[side].min(other.head.grid[side]));
        self.coarsen(grid);
        other.coarsen(grid);
        if self.head.actors == other.head.actors {
            return self.add(&other);
        }
        let mut actors: Vec<String> = self.head.actors.iter().chain(&other.head.actors).cloned().collect();
        actors.sort();
        actors.dedup();
        self.spread(&actors).add(&other.spread(&actors))
    }

    /// Rounds the sums to a grid of no more digits.
    fn coarsen(&mut self, grid: [i32; 2]) {
        let round = |sum: &mut u64, by: i32| {
            let by = by.clamp(0, 63) as u32;
            let half = if by > 0 { 1 << (by - 1) } else { 0 };
            *sum = sum.saturating_add(half) >> by;
        };
        let by = [0, 1].map(|side| self.head.grid[side] - grid[side]);
        self.distance.iter_mut().for_each(|sum| round(sum, by[0]));
        self.weight.iter_mut().flatten().for_each(|sum| round(sum, by[1]));
        self.head.grid = grid;
    }

    fn add(mut self, other: &PairTally) -> Result<PairTally> {
        let full = Error::Limit { what: "the sums of a tally", value: u64::MAX, limit: u64::MAX };
        let sum = |into: &mut [u64], from: &[u64]| {
            into.iter_mut().zip(from).try_for_each(|(a, b)| a.checked_add(*b).map(|sum| *a = sum))
        };
        let count = |into: &mut [u32], from: &[u32]| {
            into.iter_mut().zip(from).try_for_each(|(a, b)| a.checked_add(*b).map(|sum| *a = sum))
        };
        let weights = match (&mut self.weight, &other.weight) {
            (Some(into), Some(from)) => sum(into, from),
            _ => Some(()),
        };
        let rest = sum(&mut self.distance, &other.distance)
            .and(count(&mut self.shared, &other.shared))
            .and(count(&mut self.margins, &other.margins))
            .and(count(&mut self.own, &other.own));
        weights.and(rest).map(|()| self).ok_or(full)
    }

    /// The same tally with more levels, sorted as its own are.
    fn relevel(&mut self, levels: &[String]) {
        let (old, new) = (self.head.levels.len(), levels.len());
        if old == new || self.margins.is_empty() {
            self.head.levels = levels.to_vec();
            return;
        }
        let place: Vec<usize> = self.head.levels.iter().map(|own| levels.partition_point(|all| all < own)).collect();
        let mut wide = vec![0; self.margins.len() / old * new];
        for (from, into) in self.margins.chunks(old).zip(wide.chunks_mut(new)) {
            from.iter().zip(&place).for_each(|(count, &at)| into[at] = *count);
        }
        self.margins = wide;
        self.head.levels = levels.to_vec();
    }

    /// The same tally among `actors`, sorted, a superset of its own.
    fn spread(&self, actors: &[String]) -> PairTally {
        let rows = actors.len();
        let place: Vec<usize> =
            self.head.actors.iter().map(|actor| actors.partition_point(|other| other < actor)).collect();
        let width = self.head.level_counts();
        let mut wide = PairTally {
            head: Head { actors: actors.to_vec(), ..self.head.clone() },
            shared: vec![0; pair_count(rows)],
            distance: vec![0; pair_count(rows)],
            weight: self.weight.as_ref().map(|_| vec![0; pair_count(rows)]),
            margins: vec![0; pair_count(rows) * width],
            own: vec![0; rows],
        };
        place.iter().zip(&self.own).for_each(|(&to, &own)| wide.own[to] = own);
        let mut from = 0;
        for i in 0..place.len() {
            for j in i + 1..place.len() {
                let swapped = place[i] > place[j];
                let to = pair_index(rows, place[i].min(place[j]), place[i].max(place[j]));
                wide.shared[to] = self.shared[from];
                wide.distance[to] = self.distance[from];
                if let (Some(wide), Some(own)) = (&mut wide.weight, &self.weight) {
                    wide[to] = own[from];
                }
                let own = &self.margins[from * width..(from + 1) * width];
                let slot = &mut wide.margins[to * width..(to + 1) * width];
                slot.copy_from_slice(own);
                if swapped {
                    self.head.swap(slot);
                }
                from += 1;
            }
        }
        wide
    }
}

impl Head {
    /// Puts the counts of the second actor of a pair where those of the first were.
    fn swap(&self, counts: &mut [u32]) {
        let levels = self.levels.len();
        if self.measure != Measure::TauB.as_str() {
            return counts.rotate_left(counts.len() / 2);
        }
        for k in 0..levels {
            for l in 0..k {
                counts.swap(k * levels + l, l * levels + k);
            }
        }
    }
}
