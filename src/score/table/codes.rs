//! The columns of a long table as codes of their names, read in pieces by all threads.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, Int32Array};
use arrow_schema::DataType;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::intern::{NULL, Names};
use crate::arrow::{Instants, keys, numbers, texts, whole};
use crate::error::Result;
use crate::stop::Stop;

/// Rows that a thread reads before it looks whether it should stop.
const PIECE: usize = 1 << 16;
/// Pieces that a thread reads with names of its own, at least: joining them costs what they differ by.
const RUN: usize = 4;

/// Rows read in one go: their codes stay in the first cache.
pub(super) const STEP: usize = 4096;

/// Rows that lie together in one batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) batch: usize,
    /// The first of them in the batch.
    pub(super) from: usize,
    pub(super) length: usize,
    /// Rows of the table before them.
    pub(super) before: usize,
}

/// Batches of these lengths in pieces.
pub(super) fn pieces(lengths: impl Iterator<Item = usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut before = 0;
    for (batch, length) in lengths.enumerate() {
        for from in (0..length).step_by(PIECE) {
            pieces.push(Piece { batch, from, length: PIECE.min(length - from), before: before + from });
        }
        before += length;
    }
    pieces
}

/// Reads `count` pieces in runs, one thread a run, each with a state of its own; the runs in order.
///
/// # Errors
/// The first in the order of the pieces, or that the work was stopped.
pub(super) fn by_runs<S: Default + Send, R: Send>(
    count: usize,
    stop: &Stop,
    read: impl Fn(&mut S, usize) -> Result<R> + Sync,
) -> Result<Vec<(S, Vec<R>)>> {
    let length = count.div_ceil(2 * rayon::current_num_threads()).max(RUN);
    let run = |from: usize| {
        let mut state = S::default();
        let pieces = from..count.min(from + length);
        let read = pieces.map(|piece| stop.check().and_then(|()| read(&mut state, piece))).collect::<Result<_>>()?;
        Ok((state, read))
    };
    let starts: Vec<usize> = (0..count).step_by(length).collect();
    // All of them first: which error comes must not hang on which thread was quicker.
    let runs: Vec<Result<(S, Vec<R>)>> = starts.into_par_iter().map(run).collect();
    runs.into_iter().collect()
}

/// The names of a column, and for each row which.
pub(super) struct Column {
    pub(super) names: Names,
    pub(super) codes: Codes,
}

/// The codes of rows, piece by piece, each through a map that several pieces may share.
#[derive(Default)]
pub(super) struct Codes {
    pieces: Vec<(Keys, usize)>,
    maps: Vec<Vec<u32>>,
}

/// What stands in the rows of a piece.
enum Keys {
    Own(Vec<u32>),
    /// The array's own keys into its dictionary.
    Array(Int32Array),
}

/// Codes that have become something else, by way of their maps.
pub(super) struct Through<'a, T> {
    codes: &'a Codes,
    maps: Vec<Vec<T>>,
    none: T,
}

impl Codes {
    /// The codes of runs, each with the numbers that its own codes have among all.
    pub(super) fn of_runs(runs: Vec<(Vec<u32>, Vec<Vec<u32>>)>) -> Codes {
        let mut codes = Codes::default();
        for (map, pieces) in runs {
            codes.pieces.extend(pieces.into_iter().map(|piece| (Keys::Own(piece), codes.maps.len())));
            codes.maps.push(map);
        }
        codes
    }

    /// Whether every code has a row: names of dictionaries may have none.
    pub(super) fn all_occur(&self) -> bool {
        self.pieces.iter().all(|(keys, _)| matches!(keys, Keys::Own(_)))
    }

    /// What `next` has for each code, `none` where there is no name.
    pub(super) fn through<T: Copy>(&self, next: &[T], none: T) -> Through<'_, T> {
        let map = |map: &Vec<u32>| map.iter().map(|code| next.get(*code as usize).copied().unwrap_or(none)).collect();
        Through { codes: self, maps: self.maps.iter().map(map).collect(), none }
    }

    /// All codes of a piece.
    pub(super) fn piece(&self, at: usize) -> Vec<u32> {
        let (keys, map) = &self.pieces[at];
        let mut codes = vec![NULL; keys.length()];
        keys.fill(&self.maps[*map], NULL, 0, &mut codes);
        codes
    }
}

impl<T: Copy> Through<'_, T> {
    /// Fills in the rows of piece `at` from row `from` on, as many as fit.
    pub(super) fn fill(&self, at: usize, from: usize, into: &mut [T]) {
        let (keys, map) = &self.codes.pieces[at];
        keys.fill(&self.maps[*map], self.none, from, into);
    }
}

impl Keys {
    fn length(&self) -> usize {
        match self {
            Keys::Own(codes) => codes.len(),
            Keys::Array(keys) => keys.len(),
        }
    }

    fn fill<T: Copy>(&self, map: &[T], none: T, from: usize, into: &mut [T]) {
        let of = |key: usize| map.get(key).copied().unwrap_or(none);
        match self {
            Keys::Own(codes) => into.iter_mut().zip(&codes[from..]).for_each(|(slot, code)| *slot = of(*code as usize)),
            Keys::Array(keys) => {
                into.iter_mut().zip(&keys.values()[from..]).for_each(|(slot, key)| *slot = of(*key as usize));
                if keys.null_count() > 0 {
                    let nulls = into.iter_mut().enumerate().filter(|(at, _)| keys.is_null(from + at));
                    nulls.for_each(|(_, slot)| *slot = none);
                }
            }
        }
    }
}

impl Column {
    /// The column of `arrays`, one a batch.
    ///
    /// # Errors
    /// Where it is of a kind that names nothing, or the work was stopped; `problem` says which column.
    pub(super) fn read(
        arrays: &[ArrayRef],
        pieces: &[Piece],
        stop: &Stop,
        problem: impl Fn(String) -> crate::error::Error + Sync,
    ) -> Result<Column> {
        if arrays.iter().any(|array| matches!(array.data_type(), DataType::Dictionary(_, _))) {
            return Column::of_dictionaries(arrays, pieces, stop, problem);
        }
        let kind = Kind::of(arrays).map_err(&problem)?;
        let runs = by_runs(pieces.len(), stop, |names: &mut Names, at| {
            let Piece { batch, from, length, .. } = pieces[at];
            kind.codes(&arrays[batch].slice(from, length), names).map_err(&problem)
        })?;
        let mut names = Names::default();
        let runs = runs.into_iter().map(|(own, pieces)| (own.iter().map(|name| names.code(name)).collect(), pieces));
        let codes = Codes::of_runs(runs.collect());
        Ok(Column { names, codes })
    }

    fn of_dictionaries(
        arrays: &[ArrayRef],
        pieces: &[Piece],
        stop: &Stop,
        problem: impl Fn(String) -> crate::error::Error + Sync,
    ) -> Result<Column> {
        let entries: Vec<ArrayRef> = arrays.iter().map(|array| array.as_any_dictionary().values().clone()).collect();
        let kind = Kind::of(&entries).map_err(&problem)?;
        let (mut names, mut maps) = (Names::default(), Vec::<Vec<u32>>::new());
        let mut of = Vec::<usize>::new();
        for (batch, entries_here) in entries.iter().enumerate() {
            stop.check()?;
            // Batches mostly share one dictionary.
            let same = batch.checked_sub(1).filter(|&last| entries[last].to_data().ptr_eq(&entries_here.to_data()));
            of.push(match same {
                Some(last) => of[last],
                None => {
                    maps.push(kind.codes(entries_here, &mut names).map_err(&problem)?);
                    maps.len() - 1
                }
            });
        }
        let own = |piece: &Piece| {
            let array = &arrays[piece.batch];
            let own = keys(&array.as_any_dictionary().keys().slice(piece.from, piece.length));
            Ok((Keys::Array(own.ok_or_else(|| problem(refused(array)))?), of[piece.batch]))
        };
        let pieces = pieces.par_iter().map(own).collect::<Result<_>>()?;
        Ok(Column { names, codes: Codes { pieces, maps } })
    }
}

/// How the values of a column become names.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Nothing,
    Text,
    /// Whole numbers of at most 64 bits with a sign.
    Whole,
    /// As they would be written, decimals too: 27.0 is 27; NaN is none.
    Number,
    /// Instants that are all midnights, as pandas writes days.
    Day,
    /// As it is written.
    Written,
}

impl Kind {
    fn of(arrays: &[ArrayRef]) -> Result<Kind, String> {
        let Some(first) = arrays.first() else { return Ok(Kind::Nothing) };
        match first.data_type() {
            DataType::Null => Ok(Kind::Nothing),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(Kind::Text),
            kind if kind.is_floating() || kind.is_decimal() => Ok(Kind::Number),
            kind if kind.is_integer() && *kind != DataType::UInt64 => Ok(Kind::Whole),
            DataType::Timestamp(_, _) => {
                let whole = arrays.par_iter().map(are_midnights).collect::<Result<Vec<bool>, String>>()?;
                Ok(if whole.into_iter().all(|whole| whole) { Kind::Day } else { Kind::Written })
            }
            kind if kind.is_nested() => Err(refused(first)),
            _ => Ok(Kind::Written),
        }
    }

    /// The codes of the names of `array`.
    fn codes(self, array: &ArrayRef, names: &mut Names) -> Result<Vec<u32>, String> {
        let refused = || refused(array);
        match (self, array.data_type()) {
            (Kind::Nothing, _) => Ok(vec![NULL; array.len()]),
            (_, DataType::Utf8) => Ok(named(array.as_string::<i32>().iter(), names)),
            (_, DataType::LargeUtf8) => Ok(named(array.as_string::<i64>().iter(), names)),
            (_, DataType::Utf8View) => Ok(named(array.as_string_view().iter(), names)),
            (Kind::Whole, _) => {
                let numbers = whole(array).ok_or_else(refused)?;
                Ok(numbered(numbers.iter(), |number| number.to_string(), names))
            }
            (Kind::Number, _) => {
                let numbers = numbers(array).ok_or_else(refused)?;
                // -0 is 0.
                let bits =
                    numbers.iter().map(|number| number.filter(|x| !x.is_nan()).map(|x| (x + 0.0).to_bits() as i64));
                Ok(numbered(bits, |bits| f64::from_bits(bits as u64).to_string(), names))
            }
            (Kind::Day, _) => {
                let instants = Instants::of(array).ok_or_else(refused)?;
                let values = instants.values.iter().enumerate().map(|(row, at)| (!array.is_null(row)).then_some(*at));
                let day = |at| instants.clock(at).map_or_else(|| at.to_string(), |clock| clock.date().to_string());
                Ok(numbered(values, day, names))
            }
            (Kind::Text | Kind::Written, _) => Ok(named(texts(array).ok_or_else(refused)?.iter(), names)),
        }
    }
}

fn refused(array: &ArrayRef) -> String {
    format!("expected text, numbers, days or truth values, got {}", array.data_type())
}

fn named<'a>(values: impl Iterator<Item = Option<&'a str>>, names: &mut Names) -> Vec<u32> {
    let mut last = (None, NULL);
    let code = |value: Option<&'a str>| {
        if value != last.0 {
            last = (value, value.map_or(NULL, |value| names.code(value)));
        }
        last.1
    };
    values.map(code).collect()
}

/// The codes of numbers, each written once.
fn numbered(values: impl Iterator<Item = Option<i64>>, text: impl Fn(i64) -> String, names: &mut Names) -> Vec<u32> {
    let mut known = FxHashMap::<i64, u32>::default();
    let mut code = |value: i64| *known.entry(value).or_insert_with(|| names.code(&text(value)));
    values.map(|value| value.map_or(NULL, &mut code)).collect()
}

fn are_midnights(array: &ArrayRef) -> Result<bool, String> {
    let instants = Instants::of(array).ok_or_else(|| refused(array))?;
    Ok(instants.values.iter().enumerate().all(|(row, at)| array.is_null(row) || instants.is_midnight(*at)))
}
