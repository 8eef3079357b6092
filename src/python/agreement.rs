//! The scores of every pair, with what they were made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use pyo3::prelude::*;

use super::error::{detached, exception};
use super::interrupt::interruptible;
use super::table::Table;
use super::ties::TiesCore;
use crate::columns::{self, Kept};
use crate::error::{Error, Result};
use crate::model::Actor;
use crate::render::{
    HeatmapOptions, Matrix, Place, agreement_html, dendrogram_svg, heatmap_svg, map_svg, network_svg, told,
};
use crate::score::{Agreement, AgreementOptions, AgreementRow, Leading, agreement_with, explain, influence};
use crate::stop::Stop;

/// The agreement of every pair of actors.
#[pyclass(frozen, module = "standpunt._core")]
pub struct AgreementCore {
    kept: Arc<Kept>,
    options: AgreementOptions,
    scores: Agreement,
}

impl AgreementCore {
    /// Scores the corpus.
    pub fn new(kept: Arc<Kept>, options: AgreementOptions, stop: &Stop) -> Result<AgreementCore> {
        let scores = agreement_with(&kept.corpus, &kept.sizes, &options, stop)?;
        Ok(AgreementCore { kept, options, scores })
    }

    fn told(&self) -> Result<Leading> {
        told(&self.kept.corpus, &self.kept.sizes, &self.scores, &self.options)
    }

    fn picture(&self) -> Result<Matrix> {
        if let Some(key) = self.scores.by.first() {
            let expected = "scores that are not split, for a picture".to_owned();
            return Err(Error::Option { name: "by", got: key.as_str().to_owned(), expected });
        }
        Ok(Matrix::of(&self.scores, &[]))
    }
}

#[pymethods]
impl AgreementCore {
    fn frame(&self, py: Python<'_>) -> PyResult<Table> {
        detached(py, || columns::agreement(&self.scores)).map(Table::from)
    }

    fn matrix(&self, py: Python<'_>, measure: &str) -> PyResult<Table> {
        let value: fn(&AgreementRow) -> Option<f64> = match measure {
            "lower" => |row| row.lower,
            "upper" => |row| row.upper,
            "shared" => |row| Some(row.shared),
            _ => |row| row.agreement,
        };
        detached(py, || columns::matrix(&self.scores, value)).map(Table::from)
    }

    fn ties(&self, py: Python<'_>) -> PyResult<TiesCore> {
        detached(py, || self.scores.ties()).map(TiesCore::from)
    }

    fn explain(&self, py: Python<'_>, actor_a: &str, actor_b: &str) -> PyResult<Table> {
        let (a, b) = (Actor::new(actor_a), Actor::new(actor_b));
        let kept = &self.kept;
        detached(py, || {
            let rows = explain(&kept.corpus, &kept.sizes, &a, &b, &self.options)?;
            columns::contributions(&rows)
        })
        .map(Table::from)
    }

    fn influence(&self, py: Python<'_>, actor_a: &str, actor_b: &str) -> PyResult<Table> {
        let (a, b) = (Actor::new(actor_a), Actor::new(actor_b));
        let kept = &self.kept;
        let of = |stop: &Stop| influence(&kept.corpus, &kept.sizes, &a, &b, &self.options, stop);
        interruptible(py, |stop| columns::influences(&of(stop)?)).map(Table::from)
    }

    /// The matrix as an SVG.
    fn heatmap(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || {
            let matrix = self.picture()?;
            Ok(heatmap_svg(&matrix, &HeatmapOptions { leading: self.told()?, ..HeatmapOptions::default() }))
        })
    }

    /// The identified pairs as a network.
    fn network(&self, py: Python<'_>, threshold: f64) -> PyResult<String> {
        if !(0.5..=1.0).contains(&threshold) {
            let expected = "0.5 to 1".to_owned();
            return Err(exception(py, &Error::Option { name: "threshold", got: threshold.to_string(), expected }));
        }
        detached(py, || self.picture().map(|matrix| network_svg(&matrix, threshold, Place::Alone)))
    }

    /// Who stands together, as a tree.
    fn clusters(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || self.picture().map(|matrix| dendrogram_svg(&matrix, Place::Alone)))
    }

    /// Who is near whom.
    fn map(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || self.picture().map(|matrix| map_svg(&matrix, Place::Alone)))
    }

    /// What is certain, what is not identified, and the heatmap of each key.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || Ok(agreement_html(&self.scores, &self.told()?)))
    }

    /// How many rows have at least one certainly shared issue.
    fn identified(&self) -> usize {
        self.scores.rows.iter().filter(|row| row.is_identified()).count()
    }

    /// What the corpus was read with, and the options of this score.
    fn provenance(&self, py: Python<'_>) -> PyResult<BTreeMap<String, String>> {
        let mut provenance = self.kept.provenance();
        let json = |value: serde_json::Result<String>| {
            value.map_err(|e| exception(py, &Error::Format { file: "provenance".to_owned(), problem: e.to_string() }))
        };
        let by: Vec<&str> = self.options.by.iter().map(|key| key.as_str()).collect();
        provenance.insert("by".to_owned(), json(serde_json::to_string(&by))?);
        provenance.insert("silence".to_owned(), self.options.silence.as_str().to_owned());
        provenance.insert("names".to_owned(), self.options.names.as_str().to_owned());
        provenance.insert("by_sentence".to_owned(), self.options.by_sentence.to_string());
        provenance.insert("min_shared".to_owned(), self.options.min_shared.to_string());
        provenance.insert("weights".to_owned(), json(serde_json::to_string(&self.options.weights))?);
        let actors: Vec<&str> = self.scores.actors.iter().map(Actor::as_str).collect();
        provenance.insert("actors".to_owned(), actors.join(" "));
        Ok(provenance)
    }

    fn __len__(&self) -> usize {
        self.scores.rows.len()
    }
}
