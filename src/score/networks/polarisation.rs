//! Camps that agree within and oppose each other: the split that comes nearest to it.

use super::congruence::{Congruence, CongruenceOptions, Definition, Kind};
use crate::error::{Error, Result};
use crate::score::kernel::pair_index;
use crate::score::kernel::random::Random;
use crate::score::table::Table;
use crate::stop::Stop;

/// The camps of least misfit.
#[derive(Debug, Clone, PartialEq)]
pub struct Polarisation {
    /// The actors.
    pub actors: Vec<String>,
    /// The camp of each, from 0 in order of the first actor of each.
    pub camps: Vec<usize>,
    /// The misfit, 0 to 1; see [`polarisation`].
    pub misfit: f64,
    /// The misfit of the worst split that was looked at; DNA takes that one.
    pub worst: f64,
    /// True where every split was looked at.
    pub exact: bool,
}

/// What to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct PolarisationOptions {
    /// How many camps.
    pub camps: usize,
    /// Camps whose sizes differ by one at most, as DNA has them; otherwise of any size from 1.
    pub balanced: bool,
    /// Where the search starts, if there are too many splits to look at each.
    pub seed: u64,
}

/// Splits up to which each one is looked at.
const EVERY: f64 = 300_000.0;
/// Starts of the search beyond.
const STARTS: u64 = 60;
/// Actors that can be split.
const MOST_ACTORS: usize = 500;

/// The camps of least misfit among the actors of `table` that say something, with the network that `network` asks for.
///
/// With c the congruence and f the conflict of two, C and F their sums over all ordered pairs, n the sizes of the
/// camps, W and B the numbers of ordered pairs within and between them: the misfit is the sum over pairs within a camp
/// of |c − C/W| + f, and over pairs between two of c + |f − F/B|, over 2(C + F); 0 where all congruence lies evenly
/// within camps and all conflict evenly between them, 1 at most. As DNA defines networks it expects n(n − 1)C/W² and
/// n n′F/B², which leaves misfit in the best of splits, and keeps the split where the misfit is greatest; here it is
/// least.
///
/// # Errors
/// As [`Congruence::of`]; [`Error::Option`] for fewer than two camps, or more than there are actors who say something.
pub fn polarisation(
    table: &Table,
    network: &CongruenceOptions,
    options: &PolarisationOptions,
    stop: &Stop,
) -> Result<Polarisation> {
    let of = |kind| Congruence::of(table, CongruenceOptions { kind, ..network.clone() });
    let (congruence, conflict) = (of(Kind::Congruence)?, of(Kind::Conflict)?);
    let speaking: Vec<usize> = (0..table.actors().len()).filter(|&actor| congruence.statements[actor] > 0).collect();
    let actors = speaking.len();
    if options.camps < 2 || options.camps > actors {
        let expected = format!("2 to {actors}, the actors who say something");
        return Err(Error::Option { name: "camps", got: options.camps.to_string(), expected });
    }
    if actors > MOST_ACTORS {
        return Err(Error::Limit { what: "actors to split", value: actors as u64, limit: MOST_ACTORS as u64 });
    }
    let rows = table.actors().len();
    let square = |of: &Congruence| {
        let tie = |at: usize| {
            let (a, b) = (speaking[at / actors], speaking[at % actors]);
            if a == b { 0.0 } else { of.ties[pair_index(rows, a.min(b), a.max(b))].value.unwrap_or(0.0) }
        };
        (0..actors * actors).map(tie).collect::<Vec<f64>>()
    };
    let as_dna = network.definition == Definition::Dna;
    let split = Splitter::new([square(&congruence), square(&conflict)], actors, options, as_dna);
    let exact = split.splits() <= EVERY;
    let found = if exact { split.every(stop)? } else { split.search(options.seed, stop)? };
    Ok(Polarisation {
        actors: speaking.iter().map(|&actor| table.actors()[actor].clone()).collect(),
        camps: numbered(&found.camps),
        misfit: found.misfit,
        worst: found.worst,
        exact,
    })
}

struct Found {
    camps: Vec<usize>,
    misfit: f64,
    worst: f64,
}

struct Splitter {
    congruence: Vec<f64>,
    conflict: Vec<f64>,
    /// Sums over all ordered pairs.
    norms: [f64; 2],
    actors: usize,
    camps: usize,
    balanced: bool,
    as_dna: bool,
}

impl Splitter {
    fn new(networks: [Vec<f64>; 2], actors: usize, options: &PolarisationOptions, as_dna: bool) -> Splitter {
        let norms = [networks[0].iter().sum(), networks[1].iter().sum()];
        let [congruence, conflict] = networks;
        let (camps, balanced) = (options.camps, options.balanced);
        Splitter { congruence, conflict, norms, actors, camps, balanced, as_dna }
    }

    /// About how many assignments of actors to camps there are.
    fn splits(&self) -> f64 {
        (self.camps as f64).powi(self.actors as i32 - 1)
    }

    fn sizes(&self, camps: &[usize]) -> Vec<usize> {
        let mut sizes = vec![0; self.camps];
        camps.iter().for_each(|&camp| sizes[camp] += 1);
        sizes
    }

    /// What each pair of camps expects of two of their members: congruence within, conflict between.
    fn expected(&self, sizes: &[usize]) -> Vec<f64> {
        let pairs = |a: usize, b: usize| (sizes[a] * if a == b { sizes[a].saturating_sub(1) } else { sizes[b] }) as f64;
        let within: f64 = (0..self.camps).map(|camp| pairs(camp, camp)).sum();
        let between = (self.actors * (self.actors - 1)) as f64 - within;
        let of = |at: usize| {
            let (a, b) = (at / self.camps, at % self.camps);
            let (norm, all) = if a == b { (self.norms[0], within) } else { (self.norms[1], between) };
            let share = if self.as_dna && all > 0.0 { pairs(a, b) / all } else { 1.0 };
            if all > 0.0 { share * norm / all } else { 0.0 }
        };
        (0..self.camps * self.camps).map(of).collect()
    }

    /// How far two actors in these camps are from what is expected of them.
    fn term(&self, pair: (usize, usize), camps: (usize, usize), expected: &[f64]) -> f64 {
        let at = pair.0 * self.actors + pair.1;
        let (c, f) = (self.congruence[at], self.conflict[at]);
        let expected = expected[camps.0 * self.camps + camps.1];
        if camps.0 == camps.1 { (c - expected).abs() + f } else { c + (f - expected).abs() }
    }

    /// Over unordered pairs, as the norms are twice theirs.
    fn misfit(&self, camps: &[usize]) -> f64 {
        let expected = self.expected(&self.sizes(camps));
        let pairs = (0..self.actors).flat_map(|i| (i + 1..self.actors).map(move |j| (i, j)));
        self.scaled(pairs.map(|(i, j)| self.term((i, j), (camps[i], camps[j]), &expected)).sum())
    }

    fn scaled(&self, sum: f64) -> f64 {
        let norm = self.norms[0] + self.norms[1];
        if norm > 0.0 { sum / norm } else { 0.0 }
    }

    fn fits(&self, sizes: &[usize]) -> bool {
        let (base, more) = (self.actors / self.camps, self.actors % self.camps);
        match self.balanced {
            true => {
                sizes.iter().all(|&n| n == base || n == base + 1)
                    && sizes.iter().filter(|&&n| n == base + 1).count() == more
            }
            false => sizes.iter().all(|&n| n > 0),
        }
    }

    /// Every split once: each actor joins a camp that has begun, or begins the next one.
    fn every(&self, stop: &Stop) -> Result<Found> {
        let mut found = Found { camps: Vec::new(), misfit: f64::INFINITY, worst: 0.0 };
        let mut camps = vec![0; self.actors];
        loop {
            if self.fits(&self.sizes(&camps)) {
                stop.check()?;
                let misfit = self.misfit(&camps);
                found.worst = found.worst.max(misfit);
                if misfit < found.misfit {
                    (found.misfit, found.camps) = (misfit, camps.clone());
                }
            }
            if !self.next(&mut camps) {
                return Ok(found);
            }
        }
    }

    fn next(&self, camps: &mut [usize]) -> bool {
        for at in (1..camps.len()).rev() {
            let begun = camps[..at].iter().max().map_or(0, |most| most + 1);
            if camps[at] < begun && camps[at] + 1 < self.camps {
                camps[at] += 1;
                camps[at + 1..].fill(0);
                return true;
            }
        }
        false
    }

    /// From many starts the best move of one actor, or exchange of two, until none is better.
    fn search(&self, seed: u64, stop: &Stop) -> Result<Found> {
        let mut found = Found { camps: Vec::new(), misfit: f64::INFINITY, worst: 0.0 };
        stop.expect(STARTS as usize);
        for start in 0..STARTS {
            let mut camps = self.start(seed, start);
            let mut misfit = self.misfit(&camps);
            found.worst = found.worst.max(misfit);
            while let Some((better, at)) = self.better(&camps, misfit, stop)? {
                (camps, misfit) = (at, better);
            }
            if misfit < found.misfit - 1e-12 {
                (found.misfit, found.camps) = (misfit, camps);
            }
            stop.step()?;
        }
        Ok(found)
    }

    /// The best that the move of one actor, or the exchange of two, gives; `None` where none is better.
    fn better(&self, camps: &[usize], misfit: f64, stop: &Stop) -> Result<Option<(f64, Vec<usize>)>> {
        let sizes = self.sizes(camps);
        let expected = self.expected(&sizes);
        let mut best = (misfit - 1e-12, None);
        for at in 0..camps.len() {
            stop.check()?;
            for camp in (0..self.camps).filter(|&camp| camp != camps[at]) {
                let mut moved = sizes.clone();
                (moved[camps[at]], moved[camp]) = (moved[camps[at]] - 1, moved[camp] + 1);
                if self.fits(&moved) {
                    let mut other = camps.to_vec();
                    other[at] = camp;
                    let found = self.misfit(&other);
                    best = if found < best.0 { (found, Some(other)) } else { best };
                }
            }
            for with in (at + 1..camps.len()).filter(|&with| camps[with] != camps[at]) {
                let found = misfit + self.scaled(self.exchange(camps, (at, with), &expected));
                if found < best.0 {
                    let mut other = camps.to_vec();
                    other.swap(at, with);
                    best = (found, Some(other));
                }
            }
        }
        Ok(best.1.map(|camps| (self.misfit(&camps), camps)))
    }

    /// What exchanging two actors adds to the sum of terms; sizes stay, and so does what is expected.
    fn exchange(&self, camps: &[usize], (i, j): (usize, usize), expected: &[f64]) -> f64 {
        let others = (0..self.actors).filter(|&other| other != i && other != j);
        let term = |of: usize, camp: usize, other: usize| self.term((of, other), (camp, camps[other]), expected);
        others
            .map(|other| {
                term(i, camps[j], other) - term(i, camps[i], other) + term(j, camps[i], other)
                    - term(j, camps[j], other)
            })
            .sum()
    }

    /// Even camps of actors in an order drawn from the seed.
    fn start(&self, seed: u64, start: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.actors).collect();
        Random::stream(seed, start).shuffle(&mut order, self.actors);
        let mut camps = vec![0; self.actors];
        order.iter().enumerate().for_each(|(place, &at)| camps[at] = place % self.camps);
        camps
    }
}

/// The same camps, numbered in order of their first actor.
fn numbered(camps: &[usize]) -> Vec<usize> {
    let mut known: Vec<usize> = Vec::new();
    let mut place = |camp: &usize| {
        known.iter().position(|other| other == camp).unwrap_or_else(|| {
            known.push(*camp);
            known.len() - 1
        })
    };
    camps.iter().map(&mut place).collect()
}
