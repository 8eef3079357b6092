//! A table as it is built: one call a column, in the order in which people see them.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int8Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use jiff::civil::{Date, date};

use crate::error::{Error, Result};

/// Builds one Arrow record batch; text is UTF-8, counts are 64-bit integers, scores are doubles.
#[derive(Debug, Default)]
pub struct Table {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
    problem: Option<String>,
}

impl Table {
    /// A table without columns.
    pub fn new() -> Table {
        Table::default()
    }

    fn push(mut self, name: &str, kind: DataType, nullable: bool, column: ArrayRef) -> Table {
        self.fields.push(Field::new(name, kind, nullable));
        self.columns.push(column);
        self
    }

    /// A column of text that is never missing.
    pub fn text<S: AsRef<str>, I: IntoIterator<Item = S>>(self, name: &str, values: I) -> Table {
        let mut column = StringBuilder::new();
        values.into_iter().for_each(|value| column.append_value(value));
        self.push(name, DataType::Utf8, false, Arc::new(column.finish()))
    }

    /// A column of text, null where there is none.
    pub fn maybe_text<S: AsRef<str>, I: IntoIterator<Item = Option<S>>>(self, name: &str, values: I) -> Table {
        let mut column = StringBuilder::new();
        values.into_iter().for_each(|value| column.append_option(value));
        self.push(name, DataType::Utf8, true, Arc::new(column.finish()))
    }

    /// A column of words of a closed list, never missing, as an Arrow dictionary of all of them in their order.
    pub fn word<'w>(
        self,
        name: &str,
        list: impl IntoIterator<Item = &'w str>,
        values: impl IntoIterator<Item = &'w str>,
    ) -> Table {
        let mut words: Vec<&str> = list.into_iter().collect();
        let place = |value| {
            let at = words.iter().position(|word| *word == value).unwrap_or_else(|| {
                words.push(value);
                words.len() - 1
            });
            at as i8
        };
        let keys: Int8Array = values.into_iter().map(place).collect::<Vec<i8>>().into();
        let words: ArrayRef = Arc::new(StringArray::from(words));
        let kind = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
        match DictionaryArray::try_new(keys, words) {
            Ok(column) => self.push(name, kind, false, Arc::new(column)),
            Err(error) => Table { problem: Some(format!("column '{name}': {error}")), ..self },
        }
    }

    /// A column of lists of text; empty, never missing.
    pub fn texts<S: AsRef<str>, L: IntoIterator<Item = S>>(
        self,
        name: &str,
        values: impl IntoIterator<Item = L>,
    ) -> Table {
        let mut column = ListBuilder::new(StringBuilder::new());
        for list in values {
            list.into_iter().for_each(|value| column.values().append_value(value));
            column.append(true);
        }
        let column = column.finish();
        self.push(name, column.data_type().clone(), false, Arc::new(column))
    }

    /// A column of counts, null where there is none.
    pub fn count<I: IntoIterator<Item = Option<usize>>>(self, name: &str, values: I) -> Table {
        let column: Int64Array = values.into_iter().map(|v| v.and_then(|v| i64::try_from(v).ok())).collect();
        self.push(name, DataType::Int64, true, Arc::new(column))
    }

    /// A column of signed whole numbers that are never missing.
    pub fn integer<I: IntoIterator<Item = i64>>(self, name: &str, values: I) -> Table {
        let column: Int64Array = values.into_iter().map(Some).collect();
        self.push(name, DataType::Int64, false, Arc::new(column))
    }

    /// A column of numbers, null where undefined; minus zero is written as zero.
    pub fn number<I: IntoIterator<Item = Option<f64>>>(self, name: &str, values: I) -> Table {
        let column: Float64Array = values.into_iter().map(|v| v.map(|v| v + 0.0)).collect();
        self.push(name, DataType::Float64, true, Arc::new(column))
    }

    /// A column of true and false.
    pub fn flag<I: IntoIterator<Item = bool>>(self, name: &str, values: I) -> Table {
        let column: BooleanArray = values.into_iter().map(Some).collect();
        self.push(name, DataType::Boolean, false, Arc::new(column))
    }

    /// A column of true and false, null where neither is known.
    pub fn maybe_flag<I: IntoIterator<Item = Option<bool>>>(self, name: &str, values: I) -> Table {
        let column: BooleanArray = values.into_iter().collect();
        self.push(name, DataType::Boolean, true, Arc::new(column))
    }

    /// A column of days, null where unknown.
    pub fn day<I: IntoIterator<Item = Option<Date>>>(self, name: &str, values: I) -> Table {
        let epoch = date(1970, 1, 1);
        let days = |day: Date| day.since(epoch).ok().map(|span| span.get_days());
        let column: Date32Array = values.into_iter().map(|day| day.and_then(days)).collect();
        self.push(name, DataType::Date32, true, Arc::new(column))
    }

    /// The record batch.
    ///
    /// # Errors
    /// [`Error::Columns`] where the columns differ in length, or a list of words is too long.
    pub fn finish(self, name: &str) -> Result<RecordBatch> {
        let made = match self.problem {
            Some(problem) => Err(problem),
            None => RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.columns)
                .map_err(|error| error.to_string()),
        };
        made.map_err(|problem| Error::Columns { table: name.to_owned(), problem })
    }
}
