//! Networks of statements: how much two actors say alike, and against each other.

use std::str::FromStr;

use rayon::prelude::*;

pub use super::definition::Definition;
use super::statements::{Repeats, Statements};
use super::ties::Ties;
use crate::error::{Choice, Error, Result};
use crate::score::table::Table;
use crate::score::table::scale::Scale;

/// What joins two actors.
///
/// With a the number of statements of an actor on concept j at level k, and s the likeness of two
/// levels (equality on a nominal scale, 1 − |k − k'| / (levels − 1) on an ordinal one), for actors
/// x and y. After Leifeld, "Discourse Network Analysis" (2017).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Σ over j, k, k' of a(x,j,k)·a(y,j,k')·s(k,k').
    Congruence,
    /// The same with 1 − s.
    Conflict,
    /// Congruence − conflict.
    Subtract,
    /// Congruence + conflict: that both speak of a concept, whatever they say.
    Ignore,
}

/// What the sum is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalise {
    /// Nothing.
    None,
    /// The mean number of statements of the two.
    Average,
    /// What either speaks of.
    Jaccard,
    /// The lengths of the two profiles.
    Cosine,
}

impl Kind {
    /// The name, as options and columns give it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Congruence => "congruence",
            Kind::Conflict => "conflict",
            Kind::Subtract => "subtract",
            Kind::Ignore => "ignore",
        }
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(word: &str) -> Result<Kind> {
        let all = [Kind::Congruence, Kind::Conflict, Kind::Subtract, Kind::Ignore];
        Choice::new("kind", all.map(|kind| (kind.as_str(), kind))).pick(word)
    }
}

impl FromStr for Normalise {
    type Err = Error;

    fn from_str(word: &str) -> Result<Normalise> {
        let all = [
            ("none", Normalise::None),
            ("average", Normalise::Average),
            ("jaccard", Normalise::Jaccard),
            ("cosine", Normalise::Cosine),
        ];
        Choice::new("normalise", all).pick(word)
    }
}

/// What to score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CongruenceOptions {
    /// What joins two actors.
    pub kind: Kind,
    /// What the sum is divided by.
    pub normalise: Normalise,
    /// Whose formulas divide.
    pub definition: Definition,
    /// Which statements count.
    pub repeats: Repeats,
}

/// The tie of one pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// Its weight: 0 or more, below 0 for `Subtract` alone; `None` where it is undefined.
    pub value: Option<f64>,
    /// The concepts on which both say something.
    pub shared: usize,
}

/// A network of actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Congruence {
    /// What was asked for.
    pub options: CongruenceOptions,
    /// The actors.
    pub actors: Vec<String>,
    /// How many statements of each actor count, whatever their weight.
    pub statements: Vec<u64>,
    /// One tie a pair: the first actor with all later ones, then the second.
    pub ties: Vec<Tie>,
}

impl Congruence {
    /// The ties of all pairs of actors of `table`. Time: pairs × concepts × levels².
    ///
    /// # Errors
    /// As [`Statements::of`], and [`Error::Option`] where the scale has no such score.
    pub fn of(table: &Table, options: CongruenceOptions) -> Result<Congruence> {
        check(table.scale(), &options)?;
        let statements = Statements::of(table, &options.repeats)?;
        let rows = table.actors().len();
        let said: Vec<f64> = (0..rows).map(|actor| statements.by(actor)).collect();
        let pairs = Pairs { likeness: likeness(table.scale()), statements: &statements, said: &said };
        let alone: Vec<Sums> = (0..rows).into_par_iter().map(|actor| pairs.sums(actor, actor)).collect();
        let tie = |i: usize, j: usize| {
            let sums = pairs.sums(i, j);
            Tie { value: pairs.value(&options, [i, j], &sums, [&alone[i], &alone[j]]), shared: sums.shared }
        };
        let of_row = |i: usize| (i + 1..rows).map(move |j| (i, j)).map(|(i, j)| tie(i, j)).collect::<Vec<_>>();
        let ties = (0..rows).into_par_iter().flat_map_iter(of_row).collect();
        Ok(Congruence { options, actors: table.actors().to_vec(), statements: statements.said, ties })
    }

    /// The ties in one window of `whole`, of which `part` has the statements, weighted by a kernel. Corrected, this is
    /// [`Congruence::of`]. DNA multiplies by Σ 2 / (a(x,j,k) + a(y,j,k)) for its average, over the concepts and levels
    /// on which either has a statement at any time, and does nothing for its jaccard and cosine.
    ///
    /// # Errors
    /// As [`Congruence::of`].
    pub fn smoothed(part: &Table, whole: &Table, options: CongruenceOptions) -> Result<Congruence> {
        if options.definition == Definition::Corrected {
            return Congruence::of(part, options);
        }
        let mut found = Congruence::of(part, CongruenceOptions { normalise: Normalise::None, ..options.clone() })?;
        if options.normalise == Normalise::Average {
            let statements = Statements::of(whole, &options.repeats)?;
            let rows = found.actors.len();
            let pairs = (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j)));
            for ((i, j), tie) in pairs.zip(&mut found.ties) {
                tie.value = tie.value.map(|sum| sum * reciprocal(&statements, i, j));
            }
        }
        found.options = options;
        Ok(found)
    }

    /// The network by itself; ties have no greatest score that all could reach.
    pub fn ties(&self) -> Ties {
        Ties {
            measure: self.options.kind.as_str().to_owned(),
            actors: self.actors.clone(),
            scores: self.ties.iter().map(|tie| tie.value).collect(),
            shared: self.ties.iter().map(|tie| tie.shared as f64).collect(),
            greatest: None,
        }
    }

    /// The network as a square, row by row. NaN where undefined; an actor has no tie with itself:
    /// NaN there too, and 0 in DNA's definition.
    pub fn matrix(&self) -> Vec<f64> {
        let rows = self.actors.len();
        let own = if self.options.definition == Definition::Dna { 0.0 } else { f64::NAN };
        let mut square = vec![own; rows * rows];
        let pairs = (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j)));
        for ((i, j), tie) in pairs.zip(&self.ties) {
            let value = tie.value.unwrap_or(f64::NAN);
            (square[i * rows + j], square[j * rows + i]) = (value, value);
        }
        square
    }
}

/// Σ 2 / (statements of both) over concepts and levels on which either has one.
fn reciprocal(statements: &Statements, i: usize, j: usize) -> f64 {
    let on = |concept: usize| statements.sides(i, concept).iter().zip(statements.sides(j, concept));
    let both = (0..statements.concepts.len()).flat_map(on).map(|(a, b)| a + b);
    both.filter(|count| *count > 0.0).map(|count| 2.0 / count).sum()
}

fn check(scale: &Scale, options: &CongruenceOptions) -> Result<()> {
    let many = matches!(scale, Scale::Nominal { levels } if levels.len() > 2);
    let refuse = |name, got: &str, expected: &str| {
        Err(Error::Option { name, got: format!("{got} with more than two nominal levels"), expected: expected.into() })
    };
    match (options.kind, options.normalise, options.definition) {
        (_, _, Definition::Dna) if many => refuse("definition", "dna", "two levels, or an ordinal scale"),
        (Kind::Subtract, Normalise::Cosine, _) if many => {
            // Such profiles have no length: the sum of an actor with itself may be below 0.
            refuse("normalise", "the cosine of subtract", "two levels, or an ordinal scale")
        }
        _ => Ok(()),
    }
}

/// How alike two levels are, row by row; 0 to 1.
fn likeness(scale: &Scale) -> Vec<f64> {
    let levels = scale.levels().len();
    let alike = |k: usize, other: usize| match scale {
        Scale::Ordinal { .. } => 1.0 - k.abs_diff(other) as f64 / scale.width(),
        _ => f64::from(u8::from(k == other)),
    };
    (0..levels * levels).map(|at| alike(at / levels, at % levels)).collect()
}

#[derive(Debug, Default)]
struct Sums {
    congruence: f64,
    conflict: f64,
    ignore: f64,
    /// Statements of either on concepts of which the other says nothing.
    apart: f64,
    /// DNA: pairs at one level, and statements at levels that the other does not use.
    by_level: f64,
    shared: usize,
}

struct Pairs<'a> {
    likeness: Vec<f64>,
    statements: &'a Statements,
    said: &'a [f64],
}

impl Pairs<'_> {
    fn sums(&self, i: usize, j: usize) -> Sums {
        let mut sums = Sums::default();
        for concept in 0..self.statements.concepts.len() {
            let on = [i, j].map(|actor| self.statements.on(actor, concept));
            sums.by_level += on[0] + on[1];
            if on[0] == 0.0 || on[1] == 0.0 {
                sums.apart += on[0] + on[1];
                continue;
            }
            sums.shared += 1;
            sums.ignore += on[0] * on[1];
            self.meet(self.statements.sides(i, concept), self.statements.sides(j, concept), &mut sums);
        }
        sums
    }

    fn meet(&self, first: &[f64], second: &[f64], sums: &mut Sums) {
        let levels = first.len();
        for (k, &a) in first.iter().enumerate().filter(|(_, a)| **a > 0.0) {
            for (other, &b) in second.iter().enumerate().filter(|(_, b)| **b > 0.0) {
                let (pairs, alike) = (a * b, self.likeness[k * levels + other]);
                sums.congruence += pairs * alike;
                sums.conflict += pairs * (1.0 - alike);
                if k == other {
                    sums.by_level += pairs - a - b;
                }
            }
        }
    }

    fn value(&self, options: &CongruenceOptions, pair: [usize; 2], sums: &Sums, alone: [&Sums; 2]) -> Option<f64> {
        let [x, y] = pair.map(|actor| self.said[actor]);
        let corrected = options.definition == Definition::Corrected;
        if corrected && (x == 0.0 || y == 0.0) {
            return None;
        }
        let sum = sum_of(options.kind, sums);
        let divisor = match (options.normalise, corrected) {
            (Normalise::None, _) => return Some(sum),
            (Normalise::Average, _) => (x + y) / 2.0,
            (Normalise::Jaccard, true) => sums.ignore + sums.apart,
            (Normalise::Jaccard, false) => sums.by_level,
            (Normalise::Cosine, true) => {
                let kind = if options.kind == Kind::Conflict { Kind::Ignore } else { options.kind };
                let [x, y] = alone.map(|sums| sum_of(kind, sums));
                (x * y).sqrt()
            }
            (Normalise::Cosine, false) => x * y,
        };
        if divisor > 0.0 { Some(sum / divisor) } else { (!corrected).then_some(0.0) }
    }
}

fn sum_of(kind: Kind, sums: &Sums) -> f64 {
    match kind {
        Kind::Congruence => sums.congruence,
        Kind::Conflict => sums.conflict,
        Kind::Subtract => sums.congruence - sums.conflict,
        Kind::Ignore => sums.ignore,
    }
}
