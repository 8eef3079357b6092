//! Names in long columns as small numbers, without a string per row.

use std::hash::BuildHasher;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int32Array, Int64Array};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// The code of a row without a name.
pub const NULL: u32 = u32::MAX;

/// The names of one column, numbered as they first come.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<Box<str>>,
    table: HashTable<u32>,
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(name)
}

impl Names {
    /// The number of `name`, a new one where it has none.
    pub fn code(&mut self, name: &str) -> u32 {
        let Names { names, table } = self;
        let of = |code: &u32| hash(&names[*code as usize]);
        let hashed = hash(name);
        if let Some(code) = table.find(hashed, |code| *names[*code as usize] == *name) {
            return *code;
        }
        let code = names.len() as u32;
        table.insert_unique(hashed, code, of);
        names.push(name.into());
        code
    }

    /// The names in the order of their numbers.
    pub fn as_slice(&self) -> &[Box<str>] {
        &self.names
    }

    /// The codes of an array of text, dictionary entries, numbers, days or truth values.
    ///
    /// # Errors
    /// Where the array is of a kind that names nothing.
    pub fn codes(&mut self, array: &ArrayRef) -> Result<Codes, ArrowError> {
        match array.data_type() {
            DataType::Null => Ok(Codes::Rows(vec![NULL; array.len()])),
            DataType::Utf8 => Ok(Codes::Rows(self.rows(array.as_string::<i32>().iter()))),
            DataType::LargeUtf8 => Ok(Codes::Rows(self.rows(array.as_string::<i64>().iter()))),
            DataType::Utf8View => Ok(Codes::Rows(self.rows(array.as_string_view().iter()))),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                let keys = cast(dictionary.keys(), &DataType::Int32)?;
                let entries = self.codes(dictionary.values())?;
                let mut map = vec![NULL; dictionary.values().len()];
                entries.fill(0, &mut map);
                Ok(Codes::Keys(keys.as_primitive::<Int32Type>().clone(), map))
            }
            DataType::Float16 | DataType::Float32 | DataType::Float64 => self.codes(&plain_numbers(array)?),
            DataType::Timestamp(_, _) => self.codes(&midnights(array)?),
            kind if kind.is_nested() => {
                let expected = "expected text, numbers, days or truth values";
                Err(ArrowError::CastError(format!("{expected}, got {kind}")))
            }
            _ => {
                let text = cast(array, &DataType::Utf8)?;
                self.codes(&text)
            }
        }
    }

    fn rows<'a>(&mut self, values: impl Iterator<Item = Option<&'a str>>) -> Vec<u32> {
        let mut last = (None, NULL);
        let code = |value: Option<&'a str>| {
            if value != last.0 {
                last = (value, value.map_or(NULL, |value| self.code(value)));
            }
            last.1
        };
        values.map(code).collect()
    }
}

/// The codes of one chunk of a column.
#[derive(Debug)]
pub enum Codes {
    /// A code per row.
    Rows(Vec<u32>),
    /// The array's own keys, and the code of each entry of its dictionary.
    Keys(Int32Array, Vec<u32>),
}

impl Codes {
    /// The codes of the rows from `from` on, as many as fit into `into`.
    pub fn fill(&self, from: usize, into: &mut [u32]) {
        match self {
            Codes::Rows(codes) => into.copy_from_slice(&codes[from..from + into.len()]),
            Codes::Keys(keys, map) => {
                for (slot, key) in into.iter_mut().zip(&keys.values()[from..]) {
                    *slot = map.get(*key as usize).copied().unwrap_or(NULL);
                }
                if keys.null_count() > 0 {
                    let nulls = into.iter_mut().enumerate().filter(|(at, _)| keys.is_null(from + at));
                    nulls.for_each(|(_, slot)| *slot = NULL);
                }
            }
        }
    }
}

/// Numbers as they would be written: 27.0 is 27; NaN is none.
fn plain_numbers(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let numbers = cast(array, &DataType::Float64)?;
    let numbers = numbers.as_primitive::<Float64Type>();
    let text: arrow_array::StringArray =
        numbers.iter().map(|x| x.filter(|x| !x.is_nan()).map(|x| (x + 0.0).to_string())).collect();
    Ok(std::sync::Arc::new(text))
}

/// Instants as days where all are midnights, as pandas writes days.
fn midnights(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let seconds = cast(array, &DataType::Timestamp(arrow_schema::TimeUnit::Millisecond, None))?;
    let seconds: ArrayRef = cast(&seconds, &DataType::Int64)?;
    let days: &Int64Array = seconds.as_primitive::<Int64Type>();
    let whole = days.iter().flatten().all(|at| at.rem_euclid(86_400_000) == 0);
    cast(&if whole { cast(array, &DataType::Date32)? } else { array.clone() }, &DataType::Utf8)
}
