//! A table as it came, every cell as text: one form for CSV, Arrow and stored corpora.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};

use crate::arrow::texts;
use crate::error::{Error, Result, RowNumber};

/// Named columns of text cells, all of one length.
#[derive(Debug, Clone)]
pub struct Grid {
    name: String,
    columns: Vec<(String, StringArray)>,
    rows: usize,
}

impl Grid {
    /// The most rows a table can have.
    pub const LIMIT: usize = 10_000_000;

    /// The grid of Arrow record batches; numbers, days and categories become text.
    ///
    /// # Errors
    /// [`Error::Columns`] for a column of lists or structs, [`Error::Limit`] over [`Grid::LIMIT`] rows.
    pub fn from_batches(name: &str, schema: &Schema, batches: &[RecordBatch]) -> Result<Grid> {
        let mut columns = Vec::with_capacity(schema.fields().len());
        for (at, field) in schema.fields().iter().enumerate() {
            let mut column = StringBuilder::new();
            for batch in batches {
                let cells = texts(batch.column(at)).ok_or_else(|| Error::Columns {
                    table: name.to_owned(),
                    problem: format!(
                        "column '{}' holds {}, expected text, numbers, days or true and false",
                        field.name(),
                        field.data_type()
                    ),
                })?;
                cells.iter().for_each(|cell| column.append_option(cell));
            }
            columns.push((field.name().clone(), column.finish()));
        }
        Grid::new(name, columns, batches.iter().map(RecordBatch::num_rows).sum())
    }

    /// The grid of columns of text, each of `rows` cells.
    ///
    /// # Errors
    /// [`Error::Columns`] where a name stands twice, [`Error::Limit`] over [`Grid::LIMIT`] rows.
    pub fn new(name: &str, columns: Vec<(String, StringArray)>, rows: usize) -> Result<Grid> {
        if rows > Grid::LIMIT {
            return Err(Error::Limit { what: "rows of a table", value: rows as u64, limit: Grid::LIMIT as u64 });
        }
        for (at, (column, _)) in columns.iter().enumerate() {
            if columns.iter().take(at).any(|(earlier, _)| earlier == column) {
                let problem = format!("column '{column}' stands more than once");
                return Err(Error::Columns { table: name.to_owned(), problem });
            }
        }
        Ok(Grid { name: name.to_owned(), columns, rows })
    }

    /// The file or the name of the frame.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns' names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&StringArray> {
        self.columns.iter().find(|(column, _)| column == name).map(|(_, cells)| cells)
    }

    /// The grid as an Arrow record batch of text columns.
    ///
    /// # Errors
    /// [`Error::Columns`] where the columns differ in length.
    pub fn to_batch(&self) -> Result<RecordBatch> {
        let fields: Vec<Field> = self.names().map(|name| Field::new(name, DataType::Utf8, true)).collect();
        let columns = self.columns.iter().map(|(_, cells)| Arc::new(cells.clone()) as ArrayRef).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
            .map_err(|error| Error::Columns { table: self.name.clone(), problem: error.to_string() })
    }

    /// The row `row`, counted from 0.
    pub fn row(&self, row: usize) -> Row<'_> {
        Row { grid: self, row }
    }
}

/// One row of a grid; its cells by column name.
#[derive(Debug, Clone, Copy)]
pub struct Row<'g> {
    grid: &'g Grid,
    row: usize,
}

impl<'g> Row<'g> {
    /// The cell as it stands; `None` where it is null or the column is not there.
    pub fn exact(self, column: &str) -> Option<&'g str> {
        let cells = self.grid.column(column)?;
        cells.is_valid(self.row).then(|| cells.value(self.row))
    }

    /// The cell without blanks around it; `None` where it is null, blank, or the column is not there.
    pub fn get(self, column: &str) -> Option<&'g str> {
        self.exact(column).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// The error of a cell in this row.
    pub fn error(self, column: &str, problem: impl Into<String>) -> Error {
        Error::Cell {
            table: self.grid.name.clone(),
            row: RowNumber::after_header(self.row + 1),
            column: column.to_owned(),
            problem: problem.into(),
        }
    }
}
