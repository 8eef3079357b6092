//! A table as it is built: one call a column, in the order in which people see them.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use jiff::civil::{Date, date};

use crate::error::{Error, Result};

/// Builds one Arrow record batch; text is UTF-8, counts are 64-bit integers, scores are doubles.
#[derive(Debug, Default)]
pub struct Table {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
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
    /// [`Error::Columns`] where the columns differ in length.
    pub fn finish(self, name: &str) -> Result<RecordBatch> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.columns)
            .map_err(|error| Error::Columns { table: name.to_owned(), problem: error.to_string() })
    }
}
