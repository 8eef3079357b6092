//! Pairs of actors as a square, and the order in which a picture shows them.

use std::collections::BTreeMap;

use kodama::{Method, linkage};

/// What is known of the agreement of one pair.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// Expected agreement, 0 to 1; `None` where nothing is feasibly shared.
    pub agreement: Option<f64>,
    /// Smallest and largest feasible agreement; `None` where nothing is feasibly shared.
    pub bounds: Option<(f64, f64)>,
    /// Expected number of shared issues.
    pub shared: f64,
    /// Number of certainly shared issues.
    pub shared_lower: f64,
    /// Number of possibly shared issues.
    pub shared_upper: f64,
}

impl Cell {
    /// True where at least one issue is certainly shared: only then is the agreement identified.
    pub fn is_identified(&self) -> bool {
        self.agreement.is_some() && self.shared_lower >= 1.0
    }
}

/// The order of actors in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Actors with an identified pair first, then by average linkage on 1 − agreement, so that those
    /// who agree stand together; a pair that is not identified counts as half agreeing.
    #[default]
    Cluster,
    /// As given.
    Given,
}

/// Actors and what is known of each pair of them; pairs that are not set share nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    actors: Vec<String>,
    cells: BTreeMap<(usize, usize), Cell>,
}

impl Matrix {
    /// A square of those actors without any known pair.
    pub fn new<S: Into<String>, I: IntoIterator<Item = S>>(actors: I) -> Matrix {
        Matrix { actors: actors.into_iter().map(Into::into).collect(), cells: BTreeMap::new() }
    }

    /// Sets what is known of the pair of actors number `a` and `b`.
    pub fn set(&mut self, a: usize, b: usize, cell: Cell) {
        self.cells.insert((a.min(b), a.max(b)), cell);
    }

    /// What is known of a pair.
    pub fn get(&self, a: usize, b: usize) -> Cell {
        self.cells.get(&(a.min(b), a.max(b))).copied().unwrap_or_default()
    }

    /// The actors, as given.
    pub fn actors(&self) -> &[String] {
        &self.actors
    }

    /// Every pair once, in order of actors.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, Cell)> + '_ {
        let count = self.actors.len();
        (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b, self.get(a, b))))
    }

    /// The numbers of the actors in the order of a picture.
    pub fn ordered(&self, order: Order) -> Vec<usize> {
        let given: Vec<usize> = (0..self.actors.len()).collect();
        if order == Order::Given {
            return given;
        }
        let (identified, rest): (Vec<_>, Vec<_>) = given.into_iter().partition(|&a| self.is_known(a));
        identified
            .split_first()
            .map_or_else(Vec::new, |_| self.clustered(&identified))
            .into_iter()
            .chain(rest)
            .collect()
    }

    fn is_known(&self, actor: usize) -> bool {
        (0..self.actors.len()).any(|other| other != actor && self.get(actor, other).is_identified())
    }

    fn clustered(&self, actors: &[usize]) -> Vec<usize> {
        leaves(&self.joins(actors), actors.len()).into_iter().map(|leaf| actors[leaf]).collect()
    }

    /// The steps of average linkage over `actors`: which two clusters join, and at what distance. Clusters are
    /// numbered on from the actors, as in SciPy.
    pub(crate) fn joins(&self, actors: &[usize]) -> Vec<(usize, usize, f64)> {
        let found = linkage(&mut self.distances(actors), actors.len(), Method::Average);
        found.steps().iter().map(|step| (step.cluster1, step.cluster2, step.dissimilarity)).collect()
    }

    /// The actors with an identified pair, as given; at most `most` of them.
    pub(crate) fn known(&self, most: usize) -> Vec<usize> {
        (0..self.actors.len()).filter(|&actor| self.is_known(actor)).take(most).collect()
    }

    /// 1 − agreement of every pair, row by row above the diagonal; ½ where it is not identified.
    pub(crate) fn distances(&self, actors: &[usize]) -> Vec<f64> {
        let pairs = actors.iter().enumerate().flat_map(|(i, &a)| actors[i + 1..].iter().map(move |&b| self.get(a, b)));
        pairs
            .map(|cell| cell.agreement.filter(|_| cell.is_identified()).map_or(0.5, |agreement| 1.0 - agreement))
            .collect()
    }
}

/// The leaves of a tree of `count` of them, in the order in which its branches do not cross.
pub(crate) fn leaves(joins: &[(usize, usize, f64)], count: usize) -> Vec<usize> {
    let mut clusters: Vec<Vec<usize>> = (0..count).map(|leaf| vec![leaf]).collect();
    for (first, second, _) in joins {
        clusters.push([clusters[*first].as_slice(), clusters[*second].as_slice()].concat());
    }
    clusters.pop().unwrap_or_default()
}
