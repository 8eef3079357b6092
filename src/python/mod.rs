//! The pyo3 binding.
