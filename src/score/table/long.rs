//! Tables from long columns: one row per actor and issue.

use arrow_array::RecordBatch;
use arrow_schema::Schema;

use super::codes::pieces;
pub use super::columns::{Columns, Declared};
use super::filling::Frame;
use super::rows::{Long, Units};
use super::{Key, MAX_CELLS, Scale, Table, Unit};
use crate::error::{Error, Result};
use crate::memory;
use crate::stop::Stop;

/// Long columns under their names.
#[derive(Debug, Clone, Copy)]
pub struct LongTable<'a> {
    /// What errors call it.
    pub name: &'a str,
    /// The names and kinds of its columns.
    pub schema: &'a Schema,
    /// Its rows.
    pub batches: &'a [RecordBatch],
}

impl Table {
    /// The table of long columns. Rows without a value say nothing; a row that repeats another is
    /// read once and counted in [`Table::repeated`]. Actors and issues are sorted. It ends within a
    /// tenth of a second where `stop` asks for it.
    ///
    /// # Errors
    /// [`Error::Columns`] for columns that are missing or double, [`Error::Cell`] with the row for a
    /// value outside the scale, a bad weight, a missing name, or an actor with two different values
    /// on one issue, [`Error::Limit`] and [`Error::Memory`] for more cells or levels than fit, [`Error::Stopped`].
    pub fn from_long(rows: LongTable<'_>, columns: &Columns, declared: &Declared, stop: &Stop) -> Result<Table> {
        declared.scale.check()?;
        let LongTable { name, schema, batches } = rows;
        let pieces = pieces(batches.iter().map(RecordBatch::num_rows));
        let long = Long { table: name, schema, batches, pieces, stop };
        let (actors, units) = rayon::join(|| long.column(&columns.actor), || long.units(columns));
        let (actors, Units { codes, attributes }) = (actors?, units?);
        let names: Vec<&str> = actors.names.iter().collect();
        let (actor_order, unit_order) = (sorted(&names), sorted(&attributes));
        check_cells(actor_order.len(), unit_order.len(), &declared.scale)?;
        let mut frame = Frame {
            long: &long,
            columns,
            actors: &actors.codes,
            units: &codes,
            attributes: &attributes,
            places: [inverse(&actor_order), inverse(&unit_order)],
            width: unit_order.len(),
            seen: [vec![false; actor_order.len()], vec![false; unit_order.len()]],
            repeated: 0,
        };
        let (scale, cells, absent) = frame.cells(declared)?;
        let names = actor_order.iter().map(|&at| names[at].to_owned()).collect();
        let units: Vec<Unit> = unit_order.iter().map(|&at| attributes[at].clone()).collect();
        let weights = columns.weight.as_ref().map(|weight| frame.weights(weight)).transpose()?;
        let salience = columns.salience.as_ref().map(|salience| frame.salience(salience)).transpose()?;
        let keys: Vec<Key> = columns.keys.iter().map(|key| frame.key(key)).collect::<Result<_>>()?;
        let mut table = Table::new(names, units, scale, cells)?.with_gaps(declared.gaps.clone(), absent)?;
        if let Some(weights) = weights {
            table = table.with_weights(weights)?;
        }
        if let Some(salience) = salience {
            table = table.with_salience(salience)?;
        }
        for key in keys {
            table = table.with_key(key)?;
        }
        Ok(table.with_repeated(frame.repeated).without_unseen(&frame.seen))
    }
}

/// The places of `things` in their order.
fn sorted<T: Ord>(things: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by(|a, b| things[*a].cmp(&things[*b]));
    order
}

fn inverse(order: &[usize]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &code)| places[code] = place as u32);
    places
}

fn check_cells(actors: usize, units: usize, scale: &Scale) -> Result<()> {
    let cells = actors as u64 * units as u64;
    if cells > MAX_CELLS {
        return Err(Error::Limit { what: "cells (actors × issues)", value: cells, limit: MAX_CELLS });
    }
    let bytes = if matches!(scale, Scale::Interval { .. }) { 8 } else { 1 };
    memory::check("a table of positions", cells * bytes, "fewer issues at a time, tallied and merged, need less")
}
