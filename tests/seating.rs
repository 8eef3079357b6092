//! The seating of a cell against a slow twin that seats its states one by one.

#[path = "support/random.rs"]
mod random;

use std::collections::BTreeMap;

use random::Random;
use standpunt::group::{Outcome, Seat, Seating, Side, Silence, members};

/// A random cell of three to six states: sides, neutral and left-out states.
fn random_cell(random: &mut Random) -> (usize, Side, Side, u64, u64) {
    let n = 3 + random.below(4);
    let (mut support, mut oppose, mut neutral, mut left_out) = (Side::default(), Side::default(), 0, 0);
    for at in 0..n {
        let bit = 1 << at;
        match random.below(10) {
            0 => support.named |= bit,
            1 => oppose.named |= bit,
            2 => neutral |= bit,
            3 => left_out |= bit,
            4 => support.excluded |= bit,
            5 => oppose.excluded |= bit,
            6 => (support.excluded, oppose.excluded) = (support.excluded | bit, oppose.excluded | bit),
            _ => {}
        }
    }
    for side in [&mut support, &mut oppose] {
        side.lo = side.names() + random.below(3);
        side.hi = side.lo + random.below(3);
    }
    (n, support, oppose, neutral, left_out)
}

/// Every seating of a small cell, one by one: the seats of each state, with their probability.
fn slow_seatings(n: usize, support: &Side, oppose: &Side, fixed: u64) -> Vec<(Vec<Seat>, f64)> {
    let mut by_sizes: BTreeMap<(usize, usize), Vec<Vec<Seat>>> = BTreeMap::new();
    for code in 0..3_usize.pow(n as u32) {
        let seats: Vec<Seat> =
            (0..n).map(|at| [Seat::Support, Seat::Oppose, Seat::Silent][code / 3_usize.pow(at as u32) % 3]).collect();
        let on = |seat: Seat| (0..n).filter(|at| seats[*at] == seat).fold(0u64, |mask, at| mask | 1 << at);
        let (s, o) = (on(Seat::Support), on(Seat::Oppose));
        let fits = |side: &Side, mask: u64| {
            side.named & !mask == 0
                && mask & side.excluded == 0
                && (side.lo..=side.hi).contains(&(mask.count_ones() as usize))
        };
        if fits(support, s) && fits(oppose, o) && (s | o) & fixed == 0 {
            by_sizes.entry((s.count_ones() as usize, o.count_ones() as usize)).or_default().push(seats);
        }
    }
    let pairs = by_sizes.len() as f64;
    by_sizes
        .into_values()
        .flat_map(|list| {
            let p = 1.0 / list.len() as f64 / pairs;
            list.into_iter().map(move |seats| (seats, p))
        })
        .collect()
}

fn slow_outcome(seatings: &[(Vec<Seat>, f64)], neutral: u64, pair: (usize, usize), silence: Silence) -> Outcome {
    let mut outcome = Outcome::default();
    for (seats, p) in seatings {
        let seat = |at: usize| if neutral >> at & 1 == 1 { Seat::Neutral } else { seats[at] };
        let (a, b) = (seat(pair.0), seat(pair.1));
        let sided = |seat| matches!(seat, Seat::Support | Seat::Oppose);
        if silence == Silence::Apart && !(sided(a) && sided(b)) {
            outcome.can_be_apart = true;
        } else if a == b {
            outcome.agree += p;
            outcome.can_agree = true;
        } else {
            outcome.disagree += p;
            outcome.can_disagree = true;
        }
    }
    outcome
}

#[test]
fn classes_equal_the_enumeration_of_every_seating() {
    let mut random = Random(20250304);
    let (mut feasible, mut compared) = (0, 0);
    for round in 0..4000 {
        let (n, support, oppose, neutral, left_out) = random_cell(&mut random);
        let seating = Seating::new(n, &support, &oppose, neutral, left_out);
        let seatings = slow_seatings(n, &support, &oppose, neutral | left_out);
        assert_eq!(seating.is_feasible(), !seatings.is_empty(), "{round}");
        feasible += usize::from(seating.is_feasible());
        if !seating.is_feasible() {
            continue;
        }
        for a in members(!left_out).take_while(|at| *at < n) {
            for b in members(!left_out).take_while(|at| *at < n).filter(|b| *b != a) {
                for silence in [Silence::Apart, Silence::Category] {
                    let got = seating.outcome(seating.class(a).unwrap(), seating.class(b).unwrap(), silence);
                    let slow = slow_outcome(&seatings, neutral, (a, b), silence);
                    let flags = |o: &Outcome| (o.can_agree, o.can_disagree, o.can_be_apart);
                    assert_eq!(flags(&got), flags(&slow), "{round}: {a} {b}");
                    assert!(
                        (got.agree - slow.agree).abs() < 1e-12 && (got.disagree - slow.disagree).abs() < 1e-12,
                        "{round}: {a} {b}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(feasible > 2000 && compared > 20_000, "{feasible} cells, {compared} pairs");
}
