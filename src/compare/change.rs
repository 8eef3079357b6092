//! How the agreement of pairs changed, and whether by more than the choice of issues explains.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::CompareOptions;
use super::side::Side;
use crate::error::Result;
use crate::group::Outcome;
use crate::model::Actor;
use crate::score::PairSums;
use crate::stop::Stop;

/// The agreement of one pair on both sides; `actor_a` is the lesser code.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementChange {
    /// The lesser code.
    pub actor_a: Actor,
    /// The greater code.
    pub actor_b: Actor,
    /// Agreement on the earlier side, 0 to 1; `None` where no shared issue is feasible.
    pub before: Option<f64>,
    /// Likewise on the later side.
    pub after: Option<f64>,
    /// `after` less `before`, −1 to 1; `None` where one is missing.
    pub change: Option<f64>,
    /// The least that the change can be: the lowest `after` less the highest `before`.
    pub lower: Option<f64>,
    /// The most that it can be.
    pub upper: Option<f64>,
    /// Expected number of issues on which both took a side, earlier.
    pub shared_before: f64,
    /// Likewise later.
    pub shared_after: f64,
    /// How often chance alone changes the agreement at least as much, above 0 to 1; `None` without a
    /// change or without permutations.
    ///
    /// Each permutation deals the issues anew to the two sides: an issue that both spoke of swaps
    /// its two cells with probability ½, the others keep their numbers per side. So a change of
    /// coverage is what is drawn from, and p = (1 + as large) / (1 + deals in which the pair shares
    /// an issue on both sides).
    pub p_value: Option<f64>,
}

/// Every pair of actors of either side, the lesser code first.
pub(super) fn changes(
    before: &Side,
    after: &Side,
    options: &CompareOptions,
    stop: &Stop,
) -> Result<Vec<AgreementChange>> {
    let actors: Vec<&Actor> = before.actors.union(&after.actors).collect::<BTreeSet<_>>().into_iter().collect();
    let issues: BTreeSet<&str> = before.cells.iter().chain(&after.cells).map(|cell| cell.issue.as_str()).collect();
    let place: BTreeMap<&str, usize> = issues.into_iter().enumerate().map(|(at, issue)| (issue, at)).collect();
    let deals = Deals::draw(before, after, &place, options);
    let pairs: Vec<(&Actor, &Actor)> =
        actors.iter().enumerate().flat_map(|(at, a)| actors[at + 1..].iter().map(move |b| (*a, *b))).collect();
    stop.expect(pairs.len());
    let change = |(a, b): &(&Actor, &Actor)| {
        let terms = [(before, 0), (after, 1)].map(|(side, at)| terms(side, at, (a, b), &place, options));
        stop.step().map(|()| row(a, b, &terms, &deals))
    };
    pairs.par_iter().map(change).collect()
}

/// What one cell adds to one pair.
struct Term {
    issue: usize,
    side: usize,
    outcome: Outcome,
    weight: f64,
}

fn terms(
    side: &Side,
    at: usize,
    (a, b): (&Actor, &Actor),
    place: &BTreeMap<&str, usize>,
    options: &CompareOptions,
) -> Vec<Term> {
    let mut terms = Vec::new();
    for cell in &side.cells {
        let (Some(x), Some(y)) = (cell.class(a), cell.class(b)) else { continue };
        let outcome = cell.seating.outcome(x, y, options.silence);
        if let Some(issue) = place.get(cell.issue.as_str()).filter(|_| outcome.can_agree || outcome.can_disagree) {
            terms.push(Term { issue: *issue, side: at, outcome, weight: cell.weight });
        }
    }
    terms
}

fn row(a: &Actor, b: &Actor, terms: &[Vec<Term>; 2], deals: &Deals) -> AgreementChange {
    let [before, after] = terms.each_ref().map(|terms| {
        let mut sums = PairSums::default();
        terms.iter().for_each(|term| sums.add(&term.outcome, term.weight));
        sums
    });
    let less = |x: Option<f64>, y: Option<f64>| Some(x? - y?);
    let change = less(after.agreement(), before.agreement());
    AgreementChange {
        actor_a: a.clone(),
        actor_b: b.clone(),
        before: before.agreement(),
        after: after.agreement(),
        change,
        lower: less(after.lower(), before.upper()),
        upper: less(after.upper(), before.lower()),
        shared_before: before.shared(),
        shared_after: after.shared(),
        p_value: change.and_then(|change| deals.p_value(change, terms)),
    }
}

/// For each permutation, which issues change sides.
struct Deals {
    swapped: Vec<Vec<bool>>,
}

impl Deals {
    fn draw(before: &Side, after: &Side, place: &BTreeMap<&str, usize>, options: &CompareOptions) -> Deals {
        let mut single = Vec::new();
        let mut both = Vec::new();
        for (issue, at) in place {
            match (before.has(issue), after.has(issue)) {
                (true, true) => both.push(*at),
                (earlier, _) => single.push((*at, earlier)),
            }
        }
        let mut random = Random(options.seed);
        let deal = |_| {
            let mut swapped = vec![false; place.len()];
            let mut sides: Vec<bool> = single.iter().map(|(_, earlier)| *earlier).collect();
            random.shuffle(&mut sides);
            for ((at, was), is) in single.iter().zip(sides) {
                swapped[*at] = *was != is;
            }
            for at in &both {
                swapped[*at] = random.next() & 1 == 1;
            }
            swapped
        };
        Deals { swapped: (0..options.permutations).map(deal).collect() }
    }

    fn p_value(&self, change: f64, terms: &[Vec<Term>; 2]) -> Option<f64> {
        if self.swapped.is_empty() {
            return None;
        }
        let dealt = |swapped: &Vec<bool>| {
            let mut sums = [(0.0, 0.0); 2];
            for term in terms.iter().flatten() {
                let side = term.side ^ usize::from(swapped[term.issue]);
                sums[side].0 += term.weight * term.outcome.agree;
                sums[side].1 += term.weight * (term.outcome.agree + term.outcome.disagree);
            }
            let [(a, all_before), (b, all_after)] = sums;
            (all_before > 0.0 && all_after > 0.0).then(|| (b / all_after - a / all_before).abs())
        };
        let sizes: Vec<f64> = self.swapped.iter().filter_map(dealt).collect();
        let hits = sizes.iter().filter(|size| **size >= change.abs() - 1e-12).count();
        Some((1 + hits) as f64 / (1 + sizes.len()) as f64)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): its stream is part of a seeded result, for every version.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Fisher–Yates; the remainder of a 64-bit draw is even enough for lists of issues.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}
