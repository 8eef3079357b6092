//! Scores of pairs as a network: trees, camps, what holds within and between them, a backbone.

use std::str::FromStr;

use kodama::{Method, linkage};

use super::scaling::{Scaling, plane};
use crate::error::{Choice, Error, Result};
use crate::score::kernel::{pair_count, pair_index};

/// A score for every pair of actors, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Ties {
    /// What the scores are called.
    pub measure: String,
    /// The actors.
    pub actors: Vec<String>,
    /// Pair (0,1), (0,2) … (1,2) …; `None` where nothing is known of it.
    pub scores: Vec<Option<f64>>,
    /// The issues that each pair shares.
    pub shared: Vec<f64>,
    /// The score of two who agree throughout; `None` where scores have no greatest one.
    pub greatest: Option<f64>,
}

/// How far two clusters are from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Linkage {
    /// The mean distance of their members.
    #[default]
    Average,
    /// The distance of the nearest two.
    Single,
    /// The distance of the farthest two.
    Complete,
    /// By what joining them adds to the spread (Ward 1963), on distances as they are.
    Ward,
}

impl FromStr for Linkage {
    type Err = Error;

    fn from_str(word: &str) -> Result<Linkage> {
        let all = [
            ("average", Linkage::Average),
            ("single", Linkage::Single),
            ("complete", Linkage::Complete),
            ("ward", Linkage::Ward),
        ];
        Choice::new("linkage", all).pick(word)
    }
}

/// Two clusters that join; clusters are numbered on from the actors, as in SciPy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Join {
    /// The two.
    pub clusters: [usize; 2],
    /// How far they are from each other.
    pub distance: f64,
    /// How many actors they have together.
    pub size: usize,
}

/// A tree of the actors that have a score with someone.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Its leaves, as places among the actors.
    pub leaves: Vec<usize>,
    /// The joins, nearest first; one fewer than leaves.
    pub joins: Vec<Join>,
    /// Pairs of leaves without a score, which took the mean distance.
    pub unknown: usize,
}

/// What holds within one camp, or between two.
#[derive(Debug, Clone, PartialEq)]
pub struct Between {
    /// The two camps; one and the same for within.
    pub camps: [String; 2],
    /// The mean score of their pairs; `None` where none has a score.
    pub mean: Option<f64>,
    /// Pairs with a score.
    pub pairs: usize,
    /// Pairs without.
    pub unknown: usize,
}

impl Ties {
    /// The score of two different actors.
    pub fn score(&self, a: usize, b: usize) -> Option<f64> {
        self.scores.get(pair_index(self.actors.len(), a.min(b), a.max(b))).copied().flatten()
    }

    /// Actors with a score, each with its place.
    fn known(&self) -> Vec<usize> {
        let rows = 0..self.actors.len();
        rows.clone().filter(|&a| rows.clone().any(|b| a != b && self.score(a, b).is_some())).collect()
    }

    /// The score that distances are counted from.
    fn top(&self) -> f64 {
        let found = self.scores.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
        self.greatest.unwrap_or(found)
    }

    /// How far two actors with this score are from each other: the greatest score less theirs.
    fn distances(&self, leaves: &[usize]) -> (Vec<f64>, usize) {
        let known: Vec<f64> = self.scores.iter().flatten().copied().collect();
        let top = self.top();
        let mean = top - known.iter().sum::<f64>() / known.len().max(1) as f64;
        let mut unknown = 0;
        let mut distances = Vec::with_capacity(pair_count(leaves.len()));
        for (at, &a) in leaves.iter().enumerate() {
            for &b in &leaves[at + 1..] {
                let score = self.score(a, b);
                unknown += usize::from(score.is_none());
                distances.push(score.map_or(mean, |score| (top - score).max(0.0)));
            }
        }
        (distances, unknown)
    }

    /// The actors with a score as a tree. A pair without one takes the mean distance of those that have one, so it
    /// pulls neither together nor apart; actors without any stay out.
    pub fn tree(&self, by: Linkage) -> Tree {
        let leaves = self.known();
        let (mut distances, unknown) = self.distances(&leaves);
        let method = match by {
            Linkage::Average => Method::Average,
            Linkage::Single => Method::Single,
            Linkage::Complete => Method::Complete,
            Linkage::Ward => Method::Ward,
        };
        let found = linkage(&mut distances, leaves.len(), method);
        let join = |step: &kodama::Step<f64>| Join {
            clusters: [step.cluster1, step.cluster2],
            distance: step.dissimilarity,
            size: step.size,
        };
        Tree { joins: found.steps().iter().map(join).collect(), leaves, unknown }
    }

    /// Every actor's camp, from 1 in order of the first actor of each, when the tree is cut into `number` of them;
    /// `None` for who has no score. Fewer camps where there are fewer such actors.
    ///
    /// # Errors
    /// [`Error::Option`] for no camp at all.
    pub fn camps(&self, number: usize, by: Linkage) -> Result<Vec<Option<usize>>> {
        if number == 0 {
            let expected = "at least one camp".to_owned();
            return Err(Error::Option { name: "number", got: "0".to_owned(), expected });
        }
        let tree = self.tree(by);
        let mut clusters: Vec<Vec<usize>> = tree.leaves.iter().map(|&leaf| vec![leaf]).collect();
        for join in tree.joins.iter().take(tree.leaves.len().saturating_sub(number)) {
            let [a, b] = join.clusters.map(|cluster| std::mem::take(&mut clusters[cluster]));
            clusters.push([a, b].concat());
        }
        let mut members: Vec<Vec<usize>> = clusters.into_iter().filter(|members| !members.is_empty()).collect();
        members.iter_mut().for_each(|members| members.sort_unstable());
        members.sort();
        let mut camps = vec![None; self.actors.len()];
        for (camp, members) in members.iter().enumerate() {
            members.iter().for_each(|&actor| camps[actor] = Some(camp + 1));
        }
        Ok(camps)
    }

    /// The actors that have a score on a plane, near who agree, with their places among all; see [`plane`].
    pub fn places(&self) -> (Vec<usize>, Scaling) {
        let known = self.known();
        let top = self.top();
        let pairs = known.iter().enumerate().flat_map(|(at, &a)| known[at + 1..].iter().map(move |&b| (a, b)));
        let distances: Vec<Option<f64>> =
            pairs.map(|(a, b)| self.score(a, b).map(|score| (top - score).max(0.0))).collect();
        let map = plane(&distances, known.len());
        (known, map)
    }

    /// The mean score within each camp and between each two, in the order given. `camps` are names and members.
    ///
    /// # Errors
    /// [`Error::Missing`] for an actor that is not there.
    pub fn between(&self, camps: &[(String, Vec<String>)]) -> Result<Vec<Between>> {
        let place = |name: &String| {
            self.actors.iter().position(|actor| actor == name).ok_or_else(|| Error::Missing {
                what: "actor",
                got: name.clone(),
                hint: crate::error::nearest(name, self.actors.iter().map(String::as_str)),
            })
        };
        let mut members = Vec::new();
        for (name, names) in camps {
            members.push((name, names.iter().map(place).collect::<Result<Vec<usize>>>()?));
        }
        let mut rows = Vec::new();
        for (at, (first, own)) in members.iter().enumerate() {
            for (other, (second, others)) in members.iter().enumerate().skip(at) {
                let pairs = own.iter().flat_map(|a| others.iter().map(move |b| (*a, *b)));
                let pairs = pairs.filter(|(a, b)| if other == at { a < b } else { a != b });
                let scores: Vec<Option<f64>> = pairs.map(|(a, b)| self.score(a, b)).collect();
                let known: Vec<f64> = scores.iter().flatten().copied().collect();
                rows.push(Between {
                    camps: [(*first).clone(), (*second).clone()],
                    mean: (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64),
                    pairs: known.len(),
                    unknown: scores.len() - known.len(),
                });
            }
        }
        Ok(rows)
    }

    /// The pairs whose score is at least `threshold`, and of those the backbone at level `backbone` where it is given.
    ///
    /// The backbone is the disparity filter of Serrano, Boguñá and Vespignani (2009): with p the share of the tie in
    /// the positive ties of an actor that has k of them, a tie stays where (1 − p)^(k − 1) is below the level for
    /// either end: where so large a share is unlikely if the actor's weight were cut at random. An actor's only tie
    /// stays. Ties of 0 or below have no share, and go.
    ///
    /// # Errors
    /// [`Error::Option`] for a level that is not between 0 and 1.
    pub fn edges(&self, threshold: Option<f64>, backbone: Option<f64>) -> Result<Vec<(usize, usize)>> {
        if let Some(level) = backbone.filter(|level| !(*level > 0.0 && *level < 1.0)) {
            let expected = "a number between 0 and 1".to_owned();
            return Err(Error::Option { name: "backbone", got: level.to_string(), expected });
        }
        let rows = self.actors.len();
        let kept = |score: f64| threshold.is_none_or(|least| score >= least);
        let mut strength = vec![(0.0, 0); rows];
        let pairs = || (0..rows).flat_map(move |a| (a + 1..rows).map(move |b| (a, b)));
        for ((a, b), score) in pairs().zip(&self.scores) {
            if let Some(score) = score.filter(|score| *score > 0.0 && kept(*score)) {
                for end in [a, b] {
                    strength[end] = (strength[end].0 + score, strength[end].1 + 1);
                }
            }
        }
        let stands_out = |actor: usize, score: f64, level: f64| {
            let (sum, ties): (f64, i32) = strength[actor];
            ties == 1 || (1.0 - score / sum).powi(ties - 1) < level
        };
        let keeps = |(a, b): (usize, usize), score: f64| match backbone {
            Some(level) => score > 0.0 && (stands_out(a, score, level) || stands_out(b, score, level)),
            None => true,
        };
        let scored = pairs().zip(&self.scores).filter_map(|(pair, score)| Some((pair, (*score)?)));
        Ok(scored.filter(|(pair, score)| kept(*score) && keeps(*pair, *score)).map(|(pair, _)| pair).collect())
    }
}
