//! Tables across the border, both ways through the Arrow C stream; and what is stored.

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_pyarrow::FromPyArrow;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

use super::error::detached;
use crate::coded::Grid;
use crate::error::Error;

/// A table of the core; any Arrow library takes it through `__arrow_c_stream__`.
#[pyclass(frozen, module = "standpunt._core")]
pub struct Table {
    batch: RecordBatch,
}

impl From<RecordBatch> for Table {
    fn from(batch: RecordBatch) -> Table {
        Table { batch }
    }
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer may ask for another schema, and has to take the one that is there.
        drop(requested_schema);
        let reader = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }
}

/// Bytes that Python holds; a `MemoryError` where it cannot, which `PyBytes::new` would panic at.
pub fn bytes<'py>(py: Python<'py>, data: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, data.len(), |into| {
        into.copy_from_slice(data);
        Ok(())
    })
}

/// The grid of anything with an Arrow C stream; `name` is what errors call it.
pub fn grid(table: &Bound<'_, PyAny>, name: &str) -> PyResult<Grid> {
    let reader = RecordBatchStreamReader::from_pyarrow_bound(table)?;
    let schema = reader.schema();
    let batches: Result<Vec<RecordBatch>, _> = reader.collect();
    detached(table.py(), || {
        let problem =
            |error: arrow_schema::ArrowError| Error::Columns { table: name.to_owned(), problem: error.to_string() };
        Grid::from_batches(name, &schema, &batches.map_err(problem)?)
    })
}

/// The cells of a CSV file as a table of text.
#[pyfunction]
pub fn read_csv(py: Python<'_>, name: &str, data: &[u8]) -> PyResult<Table> {
    detached(py, || Grid::from_csv(name, data)?.to_batch()).map(Table::from)
}
