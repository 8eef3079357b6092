//! Tables of positions: from columns or arrays, to scores.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_pyarrow::FromPyArrow;
use numpy::PyReadonlyArray2;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes};
use rayon::prelude::*;

use super::congruence::{CongruenceCore, NetworkOptions, TwoModeCore};
use super::declared::{Declaration, Labels, LongColumns};
use super::error::{detached, exception};
use super::interrupt::interruptible;
use super::pair_scores::{PairScoresCore, ScoreOptions, TallyOptions};
use super::table::{Table, bytes};
use super::tallies::{AlphaTallyCore, CohesionTallyCore, PairTallyCore};
use crate::columns;
use crate::error::{Error, Result};
use crate::score::advice::advice_of;
use crate::score::cohesion::{Cohesion, cohesion, means};
use crate::score::cohesion_tally::CohesionTally;
use crate::score::networks::congruence::Congruence;
use crate::score::networks::two_mode::TwoMode;
use crate::score::networks::window::{Width, Window, day, days_of, windows};
use crate::score::pairs::PairScores;
use crate::score::pairs::recoding::{Recoding, recoded};
use crate::score::pairs::tally::PairTally;
use crate::score::raters::alpha::{AlphaTally, Metric};
use crate::score::raters::reliability::{Likeness, of_categories, reliability};
use crate::score::table::intern::Names;
use crate::score::table::long::{Columns, LongTable};
use crate::score::table::matrix::{byte_codes, name_codes, number_codes};
use crate::score::table::{Cells, FIRST_GAP, Key, NOT_STATED, Scale, Table as Positions};
use crate::stop::Stop;

/// Actors × issues with the options they were read with.
#[pyclass(frozen, module = "standpunt._core")]
pub struct PositionsCore {
    table: Arc<Positions>,
}

impl From<Positions> for PositionsCore {
    fn from(table: Positions) -> PositionsCore {
        PositionsCore { table: Arc::new(table) }
    }
}

impl PositionsCore {
    /// Whether all pairs are scored in less time than it takes to wait for another thread.
    fn is_small(&self, replicates: usize) -> bool {
        let (rows, issues) = (self.table.actors().len(), self.table.width());
        rows.saturating_mul(rows).saturating_mul(issues.max(rows)).saturating_mul(replicates + 1) < 1_000_000
    }
}

/// The values of a row-major array, borrowed where it lies in one piece.
pub fn cells_of<'a, T: numpy::Element + Copy>(array: &'a PyReadonlyArray2<'_, T>) -> Cow<'a, [T]> {
    // Row by row, or copied: a column-major array lies in one piece too.
    match array.as_array().to_slice() {
        Some(slice) => slice.into(),
        None => array.as_array().iter().copied().collect::<Vec<T>>().into(),
    }
}

fn shape_of<T: numpy::Element>(array: &PyReadonlyArray2<'_, T>) -> [usize; 2] {
    let (rows, width) = array.as_array().dim();
    [rows, width]
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
        let columns = Columns::from(columns);
        interruptible(frame.py(), |stop| {
            let schema = reader.schema();
            let problem =
                |error: arrow_schema::ArrowError| Error::Columns { table: name.to_owned(), problem: error.to_string() };
            let batch = |batch: std::result::Result<RecordBatch, _>| stop.check().and(batch.map_err(problem));
            let batches: Vec<RecordBatch> = reader.map(batch).collect::<Result<_>>()?;
            let rows = LongTable { name, schema: &schema, batches: &batches };
            let table = Positions::from_long(rows, &columns, &declaration.declared()?, stop)?;
            Ok(PositionsCore { table: Arc::new(table) })
        })
    }

    /// From an array of small whole numbers.
    #[staticmethod]
    fn from_bytes(
        py: Python<'_>,
        array: PyReadonlyArray2<'_, i8>,
        mut labels: Labels,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let (values, [rows, width]) = (cells_of(&array), shape_of(&array));
        read(py, values.len(), |stop| {
            let mut declared = declaration.declared()?;
            let units = labels.units(width);
            let codes = byte_codes(&values, &units, &mut declared, stop)?;
            labels.table(rows, units, declared, (Cells::Codes(codes), Vec::new())).map(PositionsCore::from)
        })
    }

    /// From an array of numbers, NaN where nothing is stated.
    #[staticmethod]
    fn from_numbers(
        py: Python<'_>,
        array: PyReadonlyArray2<'_, f64>,
        mut labels: Labels,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let (values, [rows, width]) = (cells_of(&array), shape_of(&array));
        read(py, values.len(), |stop| {
            let mut declared = declaration.declared()?;
            let units = labels.units(width);
            if !matches!(declared.scale, Scale::Interval { .. }) {
                let codes = number_codes(&values, &units, &mut declared, stop)?;
                return labels.table(rows, units, declared, (Cells::Codes(codes), Vec::new())).map(PositionsCore::from);
            }
            let gaps: Vec<f64> = declared.gaps.iter().map(|gap| gap.value.parse().unwrap_or(f64::NAN)).collect();
            let mut values = match values {
                Cow::Borrowed(values) if values.len() > LITTLE => values.par_iter().copied().collect(),
                values => values.into_owned(),
            };
            let mut absent = Vec::new();
            stop.check()?;
            if !gaps.is_empty() {
                absent = vec![NOT_STATED; values.len()];
                for (value, absent) in values.iter_mut().zip(&mut absent) {
                    if let Some(gap) = gaps.iter().position(|gap| gap == value) {
                        (*value, *absent) = (f64::NAN, FIRST_GAP + gap as u8);
                    }
                }
            }
            stop.check()?;
            labels.table(rows, units, declared, (Cells::Values(values), absent)).map(PositionsCore::from)
        })
    }

    /// From an array of objects: strings, or anything with a text form; None and NaN say nothing.
    #[staticmethod]
    fn from_objects(
        array: PyReadonlyArray2<'_, Py<PyAny>>,
        mut labels: Labels,
        declaration: Declaration,
    ) -> PyResult<Self> {
        let (py, [rows, width]) = (array.py(), shape_of(&array));
        let mut declared = declaration.declared().map_err(|error| exception(py, &error))?;
        let mut names = Names::default();
        let mut known = HashMap::<usize, u32, rustc_hash::FxBuildHasher>::default();
        let mut cells = Vec::with_capacity(array.as_array().len());
        for (at, object) in array.as_array().into_iter().enumerate() {
            if at % WATCHED == 0 {
                py.check_signals()?;
            }
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
        read(py, cells.len(), |stop| {
            let units = labels.units(width);
            let codes = name_codes(&names, &cells, &units, &mut declared, stop)?;
            labels.table(rows, units, declared, (Cells::Codes(codes), Vec::new())).map(PositionsCore::from)
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
        let (table, small) = (self.table.clone(), self.is_small(options.bootstrap));
        let work = |stop: &Stop| Ok(PairScoresCore { scores: PairScores::of_with(table, options.options()?, stop)? });
        match small {
            true => detached(py, || work(&Stop::default())),
            false => interruptible(py, work),
        }
    }

    fn advice(&self, py: Python<'_>, voter: &str, metric: &str, unanswered: &str) -> PyResult<Table> {
        detached(py, || {
            columns::advised(&self.table, &advice_of(&self.table, voter, metric.parse()?, unanswered.parse()?)?)
        })
        .map(Table::from)
    }

    /// In a window weighted by a kernel of DNA, `whole` is the table that it is cut from.
    fn congruence(
        &self,
        py: Python<'_>,
        options: NetworkOptions,
        whole: Option<&PositionsCore>,
    ) -> PyResult<CongruenceCore> {
        let table = self.table.clone();
        let of = |options| match whole {
            Some(whole) => Congruence::smoothed(&self.table, &whole.table, options),
            None => Congruence::of(&self.table, options),
        };
        detached(py, || of(options.options()?)).map(|network| CongruenceCore { network, table })
    }

    fn two_mode(&self, py: Python<'_>, options: NetworkOptions) -> PyResult<TwoModeCore> {
        detached(py, || TwoMode::of(&self.table, options.two_mode()?)).map(|network| TwoModeCore { network })
    }

    fn tally(&self, py: Python<'_>, options: TallyOptions, heaviest: Option<f64>) -> PyResult<PairTallyCore> {
        interruptible(py, |stop| {
            let of = options.tallied()?;
            match heaviest {
                Some(heaviest) => {
                    let table = Positions::clone(&self.table).with_heaviest(heaviest)?;
                    PairTally::of_with(&table, &of, stop)
                }
                None => PairTally::of_with(&self.table, &of, stop),
            }
        })
        .map(PairTallyCore::from)
    }

    fn alpha_tally(&self, py: Python<'_>, metric: &str) -> PyResult<AlphaTallyCore> {
        detached(py, || AlphaTally::of(&self.table, metric.parse()?)).map(AlphaTallyCore::from)
    }

    /// `groups` are names with members; `by` names attributes of the issues that come along.
    fn cohesion_tally(
        &self,
        py: Python<'_>,
        groups: Vec<(String, Vec<String>)>,
        by: Vec<String>,
    ) -> PyResult<CohesionTallyCore> {
        detached(py, || CohesionTally::of(&self.table, &groups, &by)).map(CohesionTallyCore::from)
    }

    /// Windows over the days of issues that attribute `by` holds: first and last day, the places of
    /// the issues, their weights. `width` counts days where `in_days`, else issues; `kernel` with its definition.
    fn windows(
        &self,
        py: Python<'_>,
        by: &str,
        width: u32,
        in_days: bool,
        step: u32,
        kernel: (String, String),
    ) -> PyResult<Vec<Moment>> {
        detached(py, || {
            let width = if in_days { Width::Days(width) } else { Width::Issues(width) };
            let days = days_of(&self.table, by)?;
            let moment = |window: Window| (day(window.days.0), day(window.days.1), window.units, window.weights);
            Ok(windows(&days, width, step, kernel.0.parse()?, kernel.1.parse()?)?.into_iter().map(moment).collect())
        })
    }

    /// The issues at `units`, their weights times `weights` where there are any.
    fn window(&self, py: Python<'_>, units: Vec<usize>, weights: Option<Vec<f64>>) -> PyResult<Self> {
        detached(py, || {
            let table = self.table.of_units(&units);
            let table = match weights {
                Some(weights) => table.reweighted(&weights)?,
                None => table,
            };
            Ok(PositionsCore { table: Arc::new(table) })
        })
    }

    fn to_stored<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        detached(py, || Ok(self.table.to_bytes())).and_then(|data| bytes(py, &data))
    }

    #[staticmethod]
    fn from_stored(py: Python<'_>, data: &[u8], name: &str) -> PyResult<Self> {
        detached(py, || Ok(PositionsCore { table: Arc::new(Positions::from_bytes(name, data)?) }))
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

    fn reliability(&self, py: Python<'_>, weights: &str, by: Vec<String>) -> PyResult<Table> {
        detached(py, || {
            let likeness: Likeness = weights.parse()?;
            let mut rows = Vec::new();
            for part in self.table.parts(&by)? {
                let found = match by.is_empty() {
                    true => reliability(&self.table, likeness)?,
                    false => reliability(&self.table.of_units(&part.units), likeness)?,
                };
                rows.push((part, found));
            }
            columns::reliabilities(&by, &rows)
        })
        .map(Table::from)
    }

    /// The coefficients of every level against all others.
    fn categories(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::category_reliabilities(of_categories(&self.table)?)).map(Table::from)
    }

    /// The issues on which actors differ, with what each holds.
    fn differing(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::differing(&self.table)).map(Table::from)
    }

    /// Scores as other coders might have them; `draws` are replicates, seed and level.
    fn recoded(
        &self,
        py: Python<'_>,
        coders: PyRef<'_, PositionsCore>,
        measure: &str,
        distance: &str,
        draws: (usize, u64, f64),
    ) -> PyResult<Table> {
        let coders = coders.table.clone();
        let recoding = Recoding { replicates: draws.0, seed: draws.1, level: draws.2 };
        interruptible(py, |stop| {
            let of = (measure.parse()?, distance.parse()?);
            columns::recoded(self.table.actors(), measure, &recoded(&self.table, &coders, of, &recoding, stop)?)
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
            match by {
                Some(by) => {
                    let rows = means(&votes, &self.table.parts(&by)?, self.table.weights());
                    columns::cohesion_of_parts(&by, measure.as_str(), &rows)
                }
                None => columns::cohesion_of_issues(self.table.units(), measure.as_str(), &votes),
            }
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

/// Cells that are read in a few milliseconds: no time to look for signals, nor to hand them to another thread.
const LITTLE: usize = 1 << 21;

/// Objects that are read before a look for signals.
const WATCHED: usize = 1 << 12;

/// Reads so many cells; Ctrl-C ends it.
fn read<T, F>(py: Python<'_>, cells: usize, work: F) -> PyResult<T>
where
    T: Send,
    F: Send + FnOnce(&Stop) -> Result<T>,
{
    match cells <= LITTLE {
        true => detached(py, || work(&Stop::default())),
        false => interruptible(py, work),
    }
}

/// First and last day, places of issues, weights.
type Moment = (String, String, Vec<usize>, Vec<f64>);

/// The code of a cell's text; none for None, NaN and pandas' missing values.
fn name_of(object: &Bound<'_, PyAny>, names: &mut Names) -> PyResult<u32> {
    if let Ok(text) = object.extract::<&str>() {
        return Ok(names.code(text));
    }
    // NaN and NaT are not themselves; pandas.NA answers with itself, which is no truth value.
    let missing = object.is_none() || !object.eq(object).unwrap_or(false);
    if missing {
        return Ok(crate::score::table::intern::NULL);
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(names.code(if truth.is_true() { "true" } else { "false" }));
    }
    match object.extract::<f64>() {
        Ok(number) => Ok(names.code(&(number + 0.0).to_string())),
        Err(_) => Ok(names.code(object.str()?.to_cow()?.as_ref())),
    }
}
