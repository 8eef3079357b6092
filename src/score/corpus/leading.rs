//! The issues that weigh most in the score of every pair.

use std::collections::BTreeMap;

use super::agreement::{parts, weighted_cells};
use super::explain::Evidence;
use super::naming::counted;
use super::options::AgreementOptions;
use crate::error::Result;
use crate::group::{Cell, Class};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus};

/// The issues that weigh most in the score of each pair, the heaviest first.
pub type Leading = BTreeMap<(Actor, Actor), Vec<LeadingIssue>>;

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadingIssue {
    /// Its name.
    pub issue: String,
    /// What it adds to the score: w·P(agree) / Σ w·P(agree or disagree).
    pub adds: f64,
    /// A quote on which the stance of each of the two rests; empty where no statement has one.
    pub quotes: [String; 2],
}

/// A cell that a pair may share: its weight times the probability that they agree, and that they take a side at all.
type Shared<'c> = (&'c Cell, f64, f64);

/// For each pair of `actors`, first named first, at most `most` issues. One pass over the cells; pairs without a score
/// are left out. `options.by` does not count.
///
/// # Errors
/// As [`explain`](super::explain()) has them, but for actors.
pub fn leading(
    corpus: &Corpus,
    sizes: &SizeTable,
    actors: &[Actor],
    most: usize,
    options: &AgreementOptions,
) -> Result<Leading> {
    let options = &AgreementOptions { by: Vec::new(), ..options.clone() };
    let corpus = &*counted(corpus, options);
    let mut found: BTreeMap<(usize, usize), Vec<Shared<'_>>> = BTreeMap::new();
    let parts = parts(corpus, sizes, options, weighted_cells(corpus, sizes, options)?);
    for cell in parts.iter().flat_map(|part| &part.cells) {
        let seated: Vec<(usize, Class)> =
            actors.iter().enumerate().filter_map(|(at, actor)| Some((at, cell.class(actor)?))).collect();
        for (place, (a, class_a)) in seated.iter().enumerate() {
            for (b, class_b) in &seated[place + 1..] {
                let outcome = cell.seating.outcome(*class_a, *class_b, options.silence);
                let shared = outcome.agree + outcome.disagree;
                if shared > 0.0 {
                    found.entry((*a, *b)).or_default().push((cell, cell.weight * outcome.agree, cell.weight * shared));
                }
            }
        }
    }
    let pair = |((a, b), mut cells): ((usize, usize), Vec<Shared<'_>>)| {
        let total: f64 = cells.iter().map(|(_, _, shared)| shared).sum();
        cells.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.0.issue.cmp(&y.0.issue)));
        let issue = |(cell, agree, _): &Shared<'_>| LeadingIssue {
            issue: cell.issue.clone(),
            adds: agree / total,
            quotes: [a, b].map(|at| quote(corpus, cell, &actors[at])),
        };
        ((actors[a].clone(), actors[b].clone()), cells.iter().take(most).map(issue).collect())
    };
    Ok(found.into_iter().map(pair).collect())
}

/// The first quote on which the stance of an actor in a cell rests.
fn quote(corpus: &Corpus, cell: &Cell, actor: &Actor) -> String {
    let Some(class) = cell.class(actor) else { return String::new() };
    let statements = Evidence { corpus, cell, instrument: None }.statements(actor, class);
    statements.iter().find_map(|statement| Some(statement.quote.as_ref()?.text.to_string())).unwrap_or_default()
}
