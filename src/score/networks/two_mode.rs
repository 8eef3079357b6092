//! Networks of actors and concepts: who speaks of what, and on which side.

use std::str::FromStr;

use super::congruence::{Definition, Kind};
use super::statements::{Repeats, Statements};
use crate::error::{Choice, Error, Result};
use crate::score::table::Table;
use crate::score::table::scale::Scale;

/// What a cell is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Nothing.
    None,
    /// All statements of the actor, whatever their side.
    Activity,
    /// All statements on the concept, whatever their side.
    Prominence,
}

impl FromStr for Share {
    type Err = Error;

    fn from_str(word: &str) -> Result<Share> {
        let all = [("none", Share::None), ("activity", Share::Activity), ("prominence", Share::Prominence)];
        Choice::new("normalise", all).pick(word)
    }
}

/// What to score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoModeOptions {
    /// [`Kind::Ignore`]: the statements, whatever their side. [`Kind::Subtract`]: Σ of their levels, the lowest
    /// being −1 and the highest 1: in favour less against.
    pub kind: Kind,
    /// What a cell is divided by.
    pub share: Share,
    /// Corrected: a net stance without a statement, and a share of nothing, are missing. DNA: both are 0.
    pub definition: Definition,
    /// Which statements count.
    pub repeats: Repeats,
}

/// Actors × concepts, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoMode {
    /// What was asked for.
    pub options: TwoModeOptions,
    /// The actors.
    pub actors: Vec<String>,
    /// The concepts, sorted.
    pub concepts: Vec<String>,
    /// The value of each cell; `None` where it is undefined.
    pub cells: Vec<Option<f64>>,
    /// The statements in each cell; not whole where issues have weights.
    pub statements: Vec<f64>,
}

impl TwoMode {
    /// The network of `table`; its issues are the concepts. After Leifeld, "Discourse Network Analysis" (2017).
    ///
    /// # Errors
    /// As [`Statements::of`], and [`Error::Option`] for another kind, or a net stance without an order of levels.
    pub fn of(table: &Table, options: TwoModeOptions) -> Result<TwoMode> {
        if !matches!(options.kind, Kind::Subtract | Kind::Ignore) {
            let expected = "'subtract' or 'ignore', between actors and concepts".to_owned();
            return Err(Error::Option { name: "kind", got: options.kind.as_str().to_owned(), expected });
        }
        if options.kind == Kind::Subtract && matches!(table.scale(), Scale::Nominal { .. }) {
            let expected = "an ordinal scale, lowest level first, to subtract what is against".to_owned();
            return Err(Error::Option { name: "scale", got: "a nominal scale".to_owned(), expected });
        }
        let found = Statements::of(table, &options.repeats)?;
        let (rows, width) = (table.actors().len(), found.concepts.len());
        let of_actor: Vec<f64> = (0..rows).map(|actor| found.by(actor)).collect();
        let of_concept: Vec<f64> = (0..width).map(|at| (0..rows).map(|actor| found.on(actor, at)).sum()).collect();
        let corrected = options.definition == Definition::Corrected;
        let steps = table.scale().width();
        let value = |actor: usize, concept: usize| {
            let said = found.on(actor, concept);
            let net = |(level, n): (usize, &f64)| n * (2.0 * level as f64 / steps - 1.0);
            let sum = match options.kind {
                Kind::Subtract if corrected && said == 0.0 => return None,
                Kind::Subtract => found.sides(actor, concept).iter().enumerate().map(net).sum(),
                _ => said,
            };
            let all = match options.share {
                Share::None => return Some(sum),
                Share::Activity => of_actor[actor],
                Share::Prominence => of_concept[concept],
            };
            if all > 0.0 { Some(sum / all) } else { (!corrected).then_some(0.0) }
        };
        let cells = || (0..rows).flat_map(|actor| (0..width).map(move |concept| (actor, concept)));
        Ok(TwoMode {
            cells: cells().map(|(actor, concept)| value(actor, concept)).collect(),
            statements: cells().map(|(actor, concept)| found.on(actor, concept)).collect(),
            actors: table.actors().to_vec(),
            concepts: found.concepts,
            options,
        })
    }
}
