//! What Python declares of a table: scale, gaps, columns and labels.

use pyo3::prelude::*;

use crate::error::{Error, Result};
use crate::score::table::long::{Columns, Declared};
use crate::score::table::{Cells, Gap, Scale, Table, Unit, Units};

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
    pub fn declared(self) -> Result<Declared> {
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

/// The names of rows and columns of an array, numbers where there are none, and the weights of the columns.
#[derive(FromPyObject)]
pub struct Labels {
    #[pyo3(item)]
    actors: Option<Vec<String>>,
    #[pyo3(item)]
    issues: Option<Vec<String>>,
    #[pyo3(item)]
    weights: Option<Vec<f64>>,
}

impl Labels {
    /// The issues of an array with `count` columns.
    pub fn units(&mut self, count: usize) -> Units {
        let unit = |issue| Unit { issue, ..Unit::default() };
        match self.issues.take() {
            Some(issues) => issues.into_iter().map(unit).collect::<Vec<Unit>>().into(),
            None => Units::numbered(count),
        }
    }

    /// The table of an array with `rows` rows.
    pub fn table(self, rows: usize, units: Units, declared: Declared, cells: (Cells, Vec<u8>)) -> Result<Table> {
        let actors = self.actors.unwrap_or_else(|| (0..rows).map(|at| at.to_string()).collect());
        let table = Table::new(actors, units, declared.scale, cells.0)?.with_gaps(declared.gaps, cells.1)?;
        match self.weights {
            Some(weights) => table.with_weights(weights),
            None => Ok(table),
        }
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
    salience: Option<String>,
    #[pyo3(item)]
    keys: Vec<String>,
}

impl From<LongColumns> for Columns {
    fn from(columns: LongColumns) -> Columns {
        let LongColumns { actor, issue, value, topic, meeting, weight, salience, keys } = columns;
        Columns { actor, issue, value, topic, meeting, weight, salience, keys }
    }
}
