//! Codes of rows into cells, by all threads at once.

use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;

use super::codes::{Codes, Piece, STEP, by_runs};
use super::intern::NULL;
use super::scale::NOT_STATED;
use crate::error::Result;
use crate::score::kernel::bytes::count_below;
use crate::stop::Stop;

/// Bytes that a thread counts at a time.
const COUNTED: usize = 1 << 18;

/// What rows say about which cell.
pub(super) struct Rows<'a> {
    pub(super) pieces: &'a [Piece],
    pub(super) actors: &'a Codes,
    pub(super) units: &'a Codes,
    pub(super) values: &'a Codes,
    /// Where each code of an actor, and of a unit, comes to stand.
    pub(super) places: &'a [Vec<u32>; 2],
    /// The code of each value.
    pub(super) codes: &'a [u8],
    pub(super) width: usize,
}

/// The cells, and which actors and units have a row.
pub(super) type Scattered = (Vec<u8>, [Vec<bool>; 2]);

/// What a thread has seen: actors, units, rows with a value.
type Seen = (Vec<bool>, Vec<bool>, usize);

impl Rows<'_> {
    /// The cells where no two rows speak of the same one and every row has an actor and an issue;
    /// otherwise `None`, and the rows have to be read in order.
    ///
    /// All threads write where they please. Had two rows met in a cell, fewer cells than rows would
    /// have a value.
    ///
    /// # Errors
    /// Where the work was stopped.
    pub(super) fn scattered(&self, stop: &Stop) -> Result<Option<Scattered>> {
        let count = self.places[0].len() * self.width;
        // One more, for the rows without a value.
        let cells: Vec<AtomicU8> = (0..=count).into_par_iter().map(|_| AtomicU8::new(NOT_STATED)).collect();
        let actors = self.actors.through(&self.places[0], NULL);
        let units = self.units.through(&self.places[1], NULL);
        let values = self.values.through(self.codes, NOT_STATED);
        let runs = by_runs(self.pieces.len(), stop, |seen: &mut Seen, at| {
            seen.0.resize(self.places[0].len(), false);
            seen.1.resize(self.width, false);
            let (mut actor, mut unit, mut value) = ([NULL; STEP], [NULL; STEP], [NOT_STATED; STEP]);
            for from in (0..self.pieces[at].length).step_by(STEP) {
                let length = STEP.min(self.pieces[at].length - from);
                actors.fill(at, from, &mut actor[..length]);
                units.fill(at, from, &mut unit[..length]);
                values.fill(at, from, &mut value[..length]);
                for ((&actor, &unit), &value) in actor.iter().zip(&unit).zip(&value).take(length) {
                    let (actor, unit) = (actor as usize, unit as usize);
                    let (Some(a), Some(u)) = (seen.0.get_mut(actor), seen.1.get_mut(unit)) else { return Ok(false) };
                    (*a, *u) = (true, true);
                    let stated = value != NOT_STATED;
                    seen.2 += stated as usize;
                    let cell = if stated { actor * self.width + unit } else { count };
                    cells[cell].store(value, Ordering::Relaxed);
                }
            }
            Ok(true)
        })?;
        if !runs.iter().flat_map(|(_, named)| named).all(|named| *named) {
            return Ok(None);
        }
        let mut cells: Vec<u8> = cells.into_iter().map(AtomicU8::into_inner).collect();
        cells.truncate(count);
        let stated: usize = runs.iter().map(|((_, _, stated), _)| stated).sum();
        let filled: usize = cells.par_chunks(COUNTED).map(|cells| count_below(cells, NOT_STATED)).sum();
        Ok((stated == filled).then(|| (cells, seen(&runs, [self.places[0].len(), self.width]))))
    }
}

fn seen<R>(runs: &[(Seen, R)], lengths: [usize; 2]) -> [Vec<bool>; 2] {
    let mut all = lengths.map(|length| vec![false; length]);
    for ((actors, units, _), _) in runs {
        all[0].iter_mut().zip(actors).for_each(|(all, one)| *all |= one);
        all[1].iter_mut().zip(units).for_each(|(all, one)| *all |= one);
    }
    all
}
