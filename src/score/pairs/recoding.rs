//! What the error of coders does to scores of pairs.

use rayon::prelude::*;

use super::bootstrap::quantile;
use super::measure::{Distance, Measure};
use super::tally::{PairTally, Tallied};
use crate::error::{Error, Result};
use crate::score::kernel::random::Random;
use crate::score::table::{Cells, FIRST_GAP, Table};
use crate::stop::Stop;

/// A pair's score as coded, and as other coders might have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recoded {
    /// The score of the table as it is.
    pub score: Option<f64>,
    /// The mean over codings; scores that are undefined in one do not count there.
    pub mean: Option<f64>,
    /// The share `level` of the codings lies between.
    pub interval: Option<(f64, f64)>,
}

/// How the error is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recoding {
    /// Codings to draw.
    pub replicates: usize,
    /// Coding r draws from stream r of this seed.
    pub seed: u64,
    /// The share of codings inside the interval.
    pub level: f64,
}

const MOST: usize = 100_000;

/// How often a second coder gives level l where a first one gives k, over all ordered pairs of the coders (actors) of
/// a table on the units (issues) that both coded; row by row, each row summing to 1. A level that nobody gave beside
/// another coder is taken as never mistaken.
///
/// # Errors
/// [`Error::Option`] for numbers, or where no unit has two codes.
pub fn confusion(coders: &Table) -> Result<Vec<f64>> {
    let levels = coders.scale().levels().len();
    let refuse = |got: &str, expected: &str| {
        Err(Error::Option { name: "coders", got: got.to_owned(), expected: expected.to_owned() })
    };
    if levels == 0 {
        return refuse("numbers", "levels, nominal or ordinal");
    }
    let mut counts = vec![0.0; levels * levels];
    for unit in 0..coders.width() {
        let codes = (0..coders.actors().len()).map(|coder| coders.code(coder, unit)).filter(|code| *code < FIRST_GAP);
        let codes: Vec<usize> = codes.map(usize::from).collect();
        for (at, first) in codes.iter().enumerate() {
            for second in &codes[at + 1..] {
                counts[first * levels + second] += 1.0;
                counts[second * levels + first] += 1.0;
            }
        }
    }
    if counts.iter().all(|count| *count == 0.0) {
        return refuse("no unit with two codes", "units that two coders coded");
    }
    for (level, row) in counts.chunks_mut(levels).enumerate() {
        let all: f64 = row.iter().sum();
        match all > 0.0 {
            true => row.iter_mut().for_each(|count| *count /= all),
            false => row[level] = 1.0,
        }
    }
    Ok(counts)
}

/// The scores of all pairs of `table` if each position had been coded by another coder, whose codes differ as those of
/// `coders` differ from each other, independently from cell to cell. What is missing stays missing.
///
/// Error of this kind draws scores toward what chance gives, so the mean lies below the score of those who agree: read
/// the width of the interval, and take the score itself as the estimate.
///
/// # Errors
/// As [`confusion`]; [`Error::Option`] where the levels of the two differ, or a number lies outside its range.
pub fn recoded(
    table: &Table,
    coders: &Table,
    of: (Measure, Distance),
    recoding: &Recoding,
    stop: &Stop,
) -> Result<Vec<Recoded>> {
    let Recoding { replicates, seed, level } = *recoding;
    if replicates == 0 || replicates > MOST || !(level > 0.0 && level < 1.0) {
        let got = format!("{replicates} replicates at level {level}");
        let expected = format!("1 to {MOST} replicates, a level between 0 and 1");
        return Err(Error::Option { name: "replicates", got, expected });
    }
    if table.scale() != coders.scale() {
        let [got, expected] = [coders, table].map(|table| table.scale().levels().join(", "));
        return Err(Error::Option { name: "coders", got, expected });
    }
    let chances = confusion(coders)?;
    let of = Tallied { measure: of.0, distance: of.1, salience: None };
    stop.expect(replicates);
    let own = PairTally::of_with(table, &of, &stop.within())?.scores(0);
    let draw = |replicate: usize| {
        stop.step()?;
        let mut random = Random::stream(seed, replicate as u64);
        let table = redrawn(table, &chances, &mut random)?;
        Ok(PairTally::of_with(&table, &of, &stop.within())?.scores(0))
    };
    let drawn: Vec<Vec<Option<f64>>> = (0..replicates).into_par_iter().map(draw).collect::<Result<_>>()?;
    let of_pair = |(pair, score): (usize, &Option<f64>)| {
        let mut values: Vec<f64> = drawn.iter().filter_map(|scores| scores[pair]).collect();
        let mean = (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
        let tail = (1.0 - level) / 2.0;
        let ends = quantile(&mut values, tail).zip(quantile(&mut values, 1.0 - tail));
        Recoded { score: *score, mean, interval: ends }
    };
    Ok(own.iter().enumerate().map(of_pair).collect())
}

fn redrawn(table: &Table, chances: &[f64], random: &mut Random) -> Result<Table> {
    let levels = table.scale().levels().len();
    let Cells::Codes(codes) = table.cells() else { return Ok(table.clone()) };
    let mut other = |code: u8| {
        if code >= FIRST_GAP {
            return code;
        }
        let mut left = random.unit();
        let row = &chances[code as usize * levels..(code as usize + 1) * levels];
        let found = row.iter().position(|chance| {
            left -= chance;
            left < 0.0
        });
        found.map_or(code, |level| level as u8)
    };
    let codes = codes.iter().map(|&code| other(code)).collect();
    table.with_codes(codes)
}
