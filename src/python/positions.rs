//! Tables of positions: from columns or arrays, to scores.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_pyarrow::FromPyArrow;
use numpy::{PyArray2, PyReadonlyArray2};
use pyo3::prelude::*;
use rayon::prelude::*;

use super::error::{detached, exception};
use super::table::Table;
use crate::columns::{self, MeanCohesion};
use crate::error::{Error, Result};
use crate::score::alpha::{AlphaTally, Metric};
use crate::score::bootstrap::Bootstrap;
use crate::score::cohesion::{Cohesion, cohesion, mean_over};
use crate::score::intern::Names;
use crate::score::long::{Columns, Declared};
use crate::score::pairs::{PairOptions, PairScores};
use crate::score::table::{Cells, FIRST_GAP, Gap, Key, NOT_STATED, Scale, Table as Positions, Unit};

/// Actors × issues with the options they were read with.
#[pyclass(frozen, module = "standpunt._core")]
pub struct PositionsCore {
    table: Arc<Positions>,
}

/// The scale and the gaps, as Python declares them.
#[derive(FromPyObject)]
pub struct Declaration {
    #[pyo3(item)]
    scale: String,
    #[pyo3(item)]
    levels: Option<Vec<String>>,
    #[pyo3(item)]
    range: Option<(f64, f64)>,
    #[pyo3(item)]
    missing: Vec<(String, bool)>,
}

impl Declaration {
    fn declared(self) -> Result<Declared> {
        let levels = self.levels.unwrap_or_default();
        let scale = match (self.scale.as_str(), self.range) {
            ("ordinal", _) => Scale::Ordinal { levels },
            ("interval", Some((low, high))) => Scale::Interval { low, high },
            ("interval", None) => {
                let expected = "range=(lowest, highest) on an interval scale, never taken from the data".to_owned();
                return Err(Error::Option { name: "range", got: "nothing".to_owned(), expected });
            }
            _ => Scale::Nominal { levels },
        };
        let gaps = self.missing.into_iter().map(|(value, eligible)| Gap { value, eligible }).collect();
        Ok(Declared { scale, gaps })
    }
}

/// The names of rows and columns of an array, and the weights of the columns.
#[derive(FromPyObject)]
pub struct Labels {
    #[pyo3(item)]
    actors: Vec<String>,
    #[pyo3(item)]
    issues: Vec<String>,
    #[pyo3(item)]
    weights: Option<Vec<f64>>,
}

impl Labels {
    fn table(self, scale: Scale, cells: Cells, gaps: Vec<Gap>, absent: Vec<u8>) -> Result<PositionsCore> {
        let units = self.issues.into_iter().map(|issue| Unit { issue, ..Unit::default() }).collect();
        let table = Positions::new(self.actors, units, scale, cells)?.with_gaps(gaps, absent)?;
        let table = match self.weights {
            Some(weights) => table.with_weights(weights)?,
            None => table,
        };
        Ok(PositionsCore { table: Arc::new(table) })
    }
}

/// The columns of a long frame, by what they are.
#[derive(FromPyObject)]
pub struct LongColumns {
    #[pyo3(item)]
    actor: String,
    #[pyo3(item)]
    issue: String,
    #[pyo3(item)]
    value: String,
    #[pyo3(item)]
    topic: Option<String>,
    #[pyo3(item)]
    meeting: Option<String>,
    #[pyo3(item)]
    weight: Option<String>,
    #[pyo3(item)]
    keys: Vec<String>,
}

/// What Python asks of the scores of pairs.
#[derive(FromPyObject)]
pub struct ScoreOptions {
    #[pyo3(item)]
    by: Vec<String>,
    #[pyo3(item)]
    actors: Option<Vec<String>>,
    #[pyo3(item)]
    measure: String,
    #[pyo3(item)]
    distance: String,
    #[pyo3(item)]
    min_shared: u32,
    #[pyo3(item)]
    bootstrap: usize,
    #[pyo3(item)]
    seed: u64,
    #[pyo3(item)]
    level: f64,
    #[pyo3(item)]
    interval: String,
}

impl ScoreOptions {
    fn options(self) -> Result<PairOptions> {
        let interval = self.interval.parse()?;
        let bootstrap = Bootstrap { replicates: self.bootstrap, seed: self.seed, level: self.level, interval };
        Ok(PairOptions {
            by: self.by,
            actors: self.actors,
            measure: self.measure.parse()?,
            distance: self.distance.parse()?,
            min_shared: self.min_shared,
            bootstrap: (self.bootstrap > 0).then_some(bootstrap),
        })
    }
}

/// The codes of bytes: levels in ascending order where none are declared.
fn byte_codes(values: &[i8], declared: &mut Declared) -> Result<Vec<u8>> {
    let gap = |value: i8| declared.gaps.iter().position(|gap| gap.value.parse() == Ok(value));
    let mut map = [NOT_STATED; 256];
    let mut levels = declared.scale.levels().to_vec();
    let undeclared = levels.is_empty();
    let occurring =
        values.par_chunks(1 << 16).map(seen).reduce(|| [false; 256], |a, b| std::array::from_fn(|at| a[at] | b[at]));
    for value in i8::MIN..=i8::MAX {
        let text = value.to_string();
        let level = levels.iter().position(|level| *level == text);
        let code = match (gap(value), level) {
            (Some(gap), _) => FIRST_GAP + gap as u8,
            (None, Some(level)) => level as u8,
            (None, None) => match occurring[value as u8 as usize] {
                false => NOT_STATED,
                true if undeclared => {
                    levels.push(text);
                    (levels.len() - 1) as u8
                }
                true => {
                    let at = values.iter().position(|other| *other == value).unwrap_or(0);
                    let problem = format!("{value} is not one of {}", levels.join(", "));
                    return Err(Error::Cell {
                        table: "array".to_owned(),
                        row: at + 1,
                        column: "cell".to_owned(),
                        problem,
                    });
                }
            },
        };
        map[value as u8 as usize] = code;
        if levels.len() > FIRST_GAP as usize {
            let (value, limit) = (levels.len() as u64, FIRST_GAP as u64);
            return Err(Error::Limit { what: "different values of a nominal scale", value, limit });
        }
    }
    if let Scale::Nominal { levels: own } | Scale::Ordinal { levels: own } = &mut declared.scale {
        *own = levels;
    }
    let mut codes = vec![0; values.len()];
    codes.par_chunks_mut(1 << 16).zip(values.par_chunks(1 << 16)).for_each(|(codes, values)| {
        codes.iter_mut().zip(values).for_each(|(code, value)| *code = map[*value as u8 as usize]);
    });
    Ok(codes)
}

/// Which bytes occur.
fn seen(values: &[i8]) -> [bool; 256] {
    let mut seen = [false; 256];
    values.iter().for_each(|value| seen[*value as u8 as usize] = true);
    seen
}

/// The values of a row-major array, borrowed where it lies in one piece.
fn cells_of<'a, T: numpy::Element + Copy>(array: &'a PyReadonlyArray2<'_, T>) -> std::borrow::Cow<'a, [T]> {
    // Row by row, or copied: a column-major array lies in one piece too.
    match array.as_array().to_slice() {
        Some(slice) => slice.into(),
        None => array.as_array().iter().copied().collect::<Vec<T>>().into(),
    }
}

#[pymethods]
impl PositionsCore {
    /// From long columns.
    #[staticmethod]
    fn from_long(
        frame: &Bound<'_, PyAny>,
        name: &str,
        columns: LongColumns,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let reader = RecordBatchStreamReader::from_pyarrow_bound(frame)?;
        let schema = reader.schema();
        let batches: std::result::Result<Vec<RecordBatch>, _> = reader.collect();
        let LongColumns { actor, issue, value, topic, meeting, weight, keys } = columns;
        let columns = Columns { actor, issue, value, topic, meeting, weight, keys };
        detached(frame.py(), || {
            let problem =
                |error: arrow_schema::ArrowError| Error::Columns { table: name.to_owned(), problem: error.to_string() };
            let batches = batches.map_err(problem)?;
            let table = Positions::from_long(name, &schema, &batches, &columns, &declaration.declared()?)?;
            Ok(PositionsCore { table: Arc::new(table) })
        })
    }

    /// From an array of small whole numbers.
    #[staticmethod]
    fn from_bytes(
        py: Python<'_>,
        array: PyReadonlyArray2<'_, i8>,
        labels: Labels,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let values = cells_of(&array);
        detached(py, || {
            let mut declared = declaration.declared()?;
            let codes = byte_codes(&values, &mut declared)?;
            labels.table(declared.scale, Cells::Codes(codes), declared.gaps, Vec::new())
        })
    }

    /// From an array of numbers, NaN where nothing is stated.
    #[staticmethod]
    fn from_numbers(
        py: Python<'_>,
        array: PyReadonlyArray2<'_, f64>,
        labels: Labels,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let values = cells_of(&array);
        detached(py, || {
            let declared = declaration.declared()?;
            let gaps: Vec<f64> = declared.gaps.iter().map(|gap| gap.value.parse().unwrap_or(f64::NAN)).collect();
            let mut values = values.into_owned();
            let mut absent = Vec::new();
            if !gaps.is_empty() {
                absent = vec![NOT_STATED; values.len()];
                for (value, absent) in values.iter_mut().zip(&mut absent) {
                    if let Some(gap) = gaps.iter().position(|gap| gap == value) {
                        (*value, *absent) = (f64::NAN, FIRST_GAP + gap as u8);
                    }
                }
            }
            labels.table(declared.scale, Cells::Values(values), declared.gaps, absent)
        })
    }

    /// From an array of objects: strings, or anything with a text form; None and NaN say nothing.
    #[staticmethod]
    fn from_objects(
        array: PyReadonlyArray2<'_, Py<PyAny>>,
        labels: Labels,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let py = array.py();
        let mut declared = declaration.declared().map_err(|error| exception(py, &error))?;
        let mut names = Names::default();
        let mut known = HashMap::<usize, u32, rustc_hash::FxBuildHasher>::default();
        let mut cells = Vec::with_capacity(array.as_array().len());
        for object in array.as_array() {
            let address = object.as_ptr() as usize;
            let code = match known.get(&address) {
                Some(code) => *code,
                None => {
                    let code = name_of(object.bind(py), &mut names)?;
                    known.insert(address, code);
                    code
                }
            };
            cells.push(code);
        }
        detached(py, || {
            let gap = |name: &str| declared.gaps.iter().position(|gap| gap.value == name);
            let mut levels = declared.scale.levels().to_vec();
            if levels.is_empty() {
                levels =
                    names.as_slice().iter().filter(|name| gap(name).is_none()).map(|name| name.to_string()).collect();
                levels.sort();
            }
            let mut map = Vec::new();
            for (at, name) in names.as_slice().iter().enumerate() {
                let level = levels.iter().position(|level| **level == **name).map(|at| at as u8);
                let code = gap(name).map(|gap| FIRST_GAP + gap as u8).or(level);
                map.push(code.ok_or_else(|| {
                    let cell = cells.iter().position(|code| *code == at as u32).unwrap_or(0);
                    let hint = crate::error::nearest(name, levels.iter().map(String::as_str));
                    let hint = hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default();
                    Error::Cell {
                        table: "array".to_owned(),
                        row: cell / labels.issues.len() + 1,
                        column: labels.issues[cell % labels.issues.len()].clone(),
                        problem: format!("'{name}' is not one of {}{hint}", levels.join(", ")),
                    }
                })?);
            }
            let codes = cells.iter().map(|code| map.get(*code as usize).copied().unwrap_or(NOT_STATED)).collect();
            if let Scale::Nominal { levels: own } | Scale::Ordinal { levels: own } = &mut declared.scale {
                *own = levels;
            }
            labels.table(declared.scale, Cells::Codes(codes), declared.gaps, Vec::new())
        })
    }

    /// The same positions with further attributes of the issues.
    fn with_key(&self, py: Python<'_>, name: String, values: Vec<Option<String>>) -> PyResult<Self> {
        detached(py, || {
            let table = Positions::clone(&self.table).with_key(Key { name, values })?;
            Ok(PositionsCore { table: Arc::new(table) })
        })
    }

    fn agreement(&self, py: Python<'_>, options: ScoreOptions) -> PyResult<PairScoresCore> {
        let table = self.table.clone();
        detached(py, || Ok(PairScoresCore { scores: PairScores::of(table, options.options()?)? }))
    }

    fn alpha(&self, py: Python<'_>, metric: &str, by: Vec<String>) -> PyResult<Table> {
        detached(py, || {
            let metric: Metric = metric.parse()?;
            let mut rows = Vec::new();
            for part in self.table.parts(&by)? {
                let tally = match by.is_empty() {
                    true => AlphaTally::of(&self.table, metric)?,
                    false => AlphaTally::of(&self.table.of_units(&part.units), metric)?,
                };
                rows.push((part, tally.alpha()));
            }
            columns::alphas(&by, &rows)
        })
        .map(Table::from)
    }

    /// `groups` are names with members; one row an issue where `by` is None, else one a part.
    fn cohesion(
        &self,
        py: Python<'_>,
        measure: &str,
        groups: Vec<(String, Vec<String>)>,
        by: Option<Vec<String>>,
    ) -> PyResult<Table> {
        detached(py, || {
            let measure: Cohesion = measure.parse()?;
            let mut votes = Vec::new();
            for (name, members) in groups {
                let places: Vec<usize> = members.iter().map(|actor| self.table.actor(actor)).collect::<Result<_>>()?;
                votes.push((name, cohesion(&self.table, &places, measure)?));
            }
            let Some(by) = by else { return columns::cohesion_of_issues(&self.table, measure.as_str(), &votes) };
            let parts = self.table.parts(&by)?;
            let mut rows = Vec::new();
            for (group, votes) in &votes {
                for part in &parts {
                    let all: Vec<usize> = (0..votes.len()).collect();
                    let units = if by.is_empty() { all } else { part.units.clone() };
                    let part = crate::score::table::Part { key: part.key.clone(), units };
                    let (value, issues) = mean_over(votes, &part, self.table.weights());
                    rows.push(MeanCohesion { group: group.clone(), key: part.key, value, issues });
                }
            }
            columns::cohesion_of_parts(&by, measure.as_str(), &rows)
        })
        .map(Table::from)
    }

    fn states(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::states(&self.table)).map(Table::from)
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.table.actors().to_vec()
    }

    #[getter]
    fn issues(&self) -> Vec<String> {
        self.table.units().iter().map(|unit| unit.issue.clone()).collect()
    }

    #[getter]
    fn levels(&self) -> Vec<String> {
        self.table.scale().levels().to_vec()
    }

    #[getter]
    fn repeated(&self) -> usize {
        self.table.repeated()
    }
}

/// The code of a cell's text; none for None, NaN and pandas' missing values.
fn name_of(object: &Bound<'_, PyAny>, names: &mut Names) -> PyResult<u32> {
    if let Ok(text) = object.extract::<&str>() {
        return Ok(names.code(text));
    }
    // NaN and NaT are not themselves; pandas.NA answers with itself, which is no truth value.
    let missing = object.is_none() || !object.eq(object).unwrap_or(false);
    if missing {
        return Ok(crate::score::intern::NULL);
    }
    match object.extract::<f64>() {
        Ok(number) => Ok(names.code(&(number + 0.0).to_string())),
        Err(_) => Ok(names.code(object.str()?.to_cow()?.as_ref())),
    }
}

/// The scores of every pair of a table.
#[pyclass(frozen, module = "standpunt._core")]
pub struct PairScoresCore {
    scores: PairScores,
}

#[pymethods]
impl PairScoresCore {
    fn frame(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::pair_scores(&self.scores)).map(Table::from)
    }

    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let rows = self.scores.table.actors().len();
        let values = detached(py, || self.scores.matrix())?;
        let array = numpy::ndarray::Array2::from_shape_vec((rows, rows), values);
        let array = array.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
        Ok(PyArray2::from_owned_array(py, array))
    }

    fn explain(&self, py: Python<'_>, actor_a: &str, actor_b: &str) -> PyResult<Table> {
        detached(py, || columns::unit_shares(&self.scores.table, &self.scores.explain(actor_a, actor_b)?))
            .map(Table::from)
    }

    #[getter]
    fn actors(&self) -> Vec<String> {
        self.scores.table.actors().to_vec()
    }

    fn __len__(&self) -> usize {
        self.scores.parts.iter().map(|part| part.scores.len()).sum()
    }
}

/// Krippendorff's alpha of raters × units of numbers: value, observed, expected, units, values.
type AlphaParts = (Option<f64>, f64, f64, u64, u64);

fn alpha_parts(tally: &AlphaTally) -> AlphaParts {
    let alpha = tally.alpha();
    (alpha.value, alpha.observed, alpha.expected, alpha.units, alpha.values)
}

/// Alpha of an array of numbers, NaN where there is none.
#[pyfunction]
pub fn alpha_of_numbers(py: Python<'_>, array: PyReadonlyArray2<'_, f64>, metric: &str) -> PyResult<AlphaParts> {
    let rows = array.as_array().nrows();
    let values = cells_of(&array);
    detached(py, || Ok(alpha_parts(&AlphaTally::of_values(&values, rows, metric.parse()?, None)?)))
}

/// Alpha of an array of small whole numbers, of which `missing` stand for none.
#[pyfunction]
pub fn alpha_of_bytes(
    py: Python<'_>,
    array: PyReadonlyArray2<'_, i8>,
    metric: &str,
    missing: Vec<i8>,
) -> PyResult<AlphaParts> {
    let rows = array.as_array().nrows();
    let values = cells_of(&array);
    detached(py, || {
        let gaps = missing.iter().map(|value| Gap { value: value.to_string(), eligible: true }).collect();
        let mut declared = Declared { scale: Scale::Nominal { levels: Vec::new() }, gaps };
        let codes = byte_codes(&values, &mut declared)?;
        let numbers = declared.scale.levels().iter().filter_map(|level| level.parse().ok()).collect();
        Ok(alpha_parts(&AlphaTally::of_codes(&codes, rows, numbers, metric.parse()?)?))
    })
}

/// The cohesion of counts of votes.
#[pyfunction]
pub fn cohesion_of_counts(py: Python<'_>, yes: f64, no: f64, abstain: f64, measure: &str) -> PyResult<Option<f64>> {
    for (name, count) in [("yes", yes), ("no", no), ("abstain", abstain)] {
        if !(count.is_finite() && count >= 0.0) {
            let expected = "a count of at least 0".to_owned();
            return Err(exception(py, &Error::Option { name, got: count.to_string(), expected }));
        }
    }
    let measure: Cohesion = measure.parse().map_err(|error| exception(py, &error))?;
    Ok(measure.of(yes, no, abstain))
}
