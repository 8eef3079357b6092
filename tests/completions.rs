//! Seatings drawn and sizes counted, against the exact model.

use standpunt::group::{Seat, Seating, Side, Silence};
use standpunt::model::{Actor, Roster};

#[path = "support/positions.rs"]
mod positions;
use positions::Random;

/// Sides with named, excepted and open states on a roster of 9.
fn any_seating(random: &mut Random) -> Option<Seating> {
    let mut masks = [0_u64; 5];
    for at in 0..9 {
        let to = random.below(9);
        if to < 5 {
            masks[to] |= 1 << at;
        }
    }
    let [support, oppose, neutral, not_support, not_oppose] = masks;
    let side = |named: u64, excluded: u64, random: &mut Random| {
        let names = named.count_ones() as usize;
        let lo = names + random.below(2);
        Side { named, excluded, lo, hi: lo + random.below(4) }
    };
    let (support, oppose) = (side(support, not_support, random), side(oppose, not_oppose, random));
    let seating = Seating::new(9, &support, &oppose, neutral, 0);
    seating.is_feasible().then_some(seating)
}

#[test]
fn drawn_seats_are_as_likely_as_the_exact_model_has_them() {
    let mut random = Random(9);
    let mut compared = 0;
    const DRAWS: usize = 4000;
    for _ in 0..25 {
        let Some(seating) = any_seating(&mut random) else { continue };
        let drawn: Vec<[u64; 2]> = (0..DRAWS).map(|_| seating.draw(&mut || random.unit())).collect();
        let share = |holds: &dyn Fn(&[u64; 2]) -> bool| drawn.iter().filter(|d| holds(d)).count() as f64 / DRAWS as f64;
        assert!(drawn.iter().all(|[s, o]| s & o == 0));
        for at in 0..9 {
            let class = seating.class(at).unwrap();
            if seating.certain(class).is_some() {
                continue;
            }
            for (side, seat) in [(0, Seat::Support), (1, Seat::Oppose)] {
                let found = share(&|d| d[side] >> at & 1 == 1);
                assert!((found - seating.chance(class, seat)).abs() < 0.04, "{found} {seating:?}");
                compared += 1;
            }
            for other in at + 1..9 {
                let class_b = seating.class(other).unwrap();
                if seating.certain(class_b).is_none() {
                    let found = share(&|d| (0..2).any(|side| d[side] >> at & 1 == 1 && d[side] >> other & 1 == 1));
                    let exact = seating.outcome(class, class_b, Silence::Apart).agree;
                    assert!((found - exact).abs() < 0.04, "{found} {exact}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn sizes_are_those_that_can_be_seated_each_as_likely() {
    let roster = Roster::new(["AT", "BE", "BG", "CY", "CZ"].map(Actor::new).to_vec()).unwrap();
    let support = Side { named: roster.mask(&[Actor::new("AT")]), excluded: 0, lo: 2, hi: 4 };
    let oppose = Side { named: 0, excluded: 0, lo: 1, hi: 3 };
    let sizes = Seating::new(5, &support, &oppose, 0, 0).sizes();
    // Four states are open: 1 to 3 more in favour, 1 to 3 against, at most four in all.
    let pairs: Vec<(usize, usize)> = sizes.iter().map(|(s, o, _)| (*s, *o)).collect();
    assert_eq!(pairs, [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1)]);
    assert!(sizes.iter().all(|(_, _, chance)| (chance - 1.0 / 6.0).abs() < 1e-12));
}
