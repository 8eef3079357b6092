//! Seatings drawn, sizes counted and measures of what is drawn, against the exact model.

use std::collections::BTreeMap;

use standpunt::group::{Seat, Seating, Side, Silence};
use standpunt::lexicon::SizeTable;
use standpunt::model::{Actor, Roster};
use standpunt::score::cohesion::Cohesion;
use standpunt::score::completions::{Completions, Draws, Open};
use standpunt::score::networks::congruence::{Congruence, CongruenceOptions, Definition, Kind, Normalise};
use standpunt::score::networks::statements::Repeats;
use standpunt::score::networks::ties::Linkage;
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::table::{Cells, Scale, Table};
use standpunt::stop::Stop;

#[path = "support/coded.rs"]
mod coded;
#[path = "support/positions.rs"]
mod positions;
use coded::Coded;
use positions::{Random, names, units};

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

/// Five states: a levy on which two to four are in favour, Austria among them, and one to three against, and a ban on
/// which all are named.
fn open_and_named() -> Coded {
    let roster = Roster::new(["AT", "BE", "BG", "CY", "CZ"].map(Actor::new).to_vec()).unwrap();
    let coded = Coded::default().meeting("m", "2024-03-04", Some(roster));
    let coded = coded.says("levy", "support", "AT|2..4").says("levy", "oppose", "|1..3");
    coded.says("ban", "support", "AT BE").says("ban", "oppose", "BG CY CZ")
}

fn completions(coded: &Coded) -> Completions {
    Completions::new(&coded.corpus, &SizeTable::standard())
}

const DRAWS: Draws = Draws { number: 4000, seed: 3, level: 0.9 };

/// How often two said the same.
fn shared() -> CongruenceOptions {
    let (kind, normalise) = (Kind::Congruence, Normalise::None);
    CongruenceOptions { kind, normalise, definition: Definition::Corrected, repeats: Repeats::default() }
}

/// Every seating of the levy with its probability: 0 against, 2 in favour, 255 silent.
fn every_seating() -> Vec<([u8; 5], f64)> {
    let mut by_sizes: BTreeMap<(usize, usize), Vec<[u8; 5]>> = BTreeMap::new();
    for code in 0..3_usize.pow(5) {
        let seats: [u8; 5] = std::array::from_fn(|at| [0, 2, 255][code / 3_usize.pow(at as u32) % 3]);
        let [against, favour] = [0, 2].map(|side| seats.iter().filter(|seat| **seat == side).count());
        if seats[0] == 2 && (2..=4).contains(&favour) && (1..=3).contains(&against) {
            by_sizes.entry((favour, against)).or_default().push(seats);
        }
    }
    let pairs = by_sizes.len() as f64;
    let each = |list: Vec<[u8; 5]>| {
        let chance = 1.0 / list.len() as f64 / pairs;
        list.into_iter().map(move |seats| (seats, chance))
    };
    by_sizes.into_values().flat_map(each).collect()
}

fn completed(levy: [u8; 5]) -> Table {
    let cells = [2, 2, 0, 0, 0].into_iter().zip(levy).flat_map(|(ban, levy)| [ban, levy]).collect();
    let levels = ["oppose", "neutral", "support"].map(str::to_owned).to_vec();
    Table::new(names("a", 5), units(2), Scale::Ordinal { levels }, Cells::Codes(cells)).unwrap()
}

#[test]
fn the_bounds_of_cohesion_are_those_of_every_size() {
    let found = completions(&open_and_named()).cohesion(Cohesion::Rice);
    let levy = found.iter().find(|row| row.issue == "levy").unwrap();
    let sizes = [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1)];
    let values = sizes.map(|(s, o): (i32, i32)| f64::from((s - o).abs()) / f64::from(s + o));
    assert_eq!(levy.bounds, Some((0.0, 0.6)));
    assert!((levy.value.unwrap() - values.iter().sum::<f64>() / 6.0).abs() < 1e-12);
    assert!((levy.defined - 1.0).abs() < 1e-12);
    // Perhaps one in favour and nobody against: half of the time there is no side.
    let perhaps = completions(&Coded::on("2024-03-04").says("levy", "support", "|0..1")).cohesion(Cohesion::Rice);
    assert_eq!((perhaps[0].value, perhaps[0].bounds, perhaps[0].defined), (Some(1.0), Some((1.0, 1.0)), 0.5));
    let ban = found.iter().find(|row| row.issue == "ban").unwrap();
    assert_eq!((ban.value, ban.bounds, ban.defined), (Some(0.2), Some((0.2, 0.2)), 1.0));
    assert_eq!((ban.meeting.as_str(), ban.topic.as_str()), ("m", "t"));
    // Nobody but the neutral: no side, and no cohesion of sides.
    let neutral = open_and_named().says("toll", "neutral", "AT");
    let toll = |measure| completions(&neutral).cohesion(measure).into_iter().find(|row| row.issue == "toll").unwrap();
    assert_eq!((toll(Cohesion::Rice).value, toll(Cohesion::Rice).defined), (None, 0.0));
    assert_eq!((toll(Cohesion::Attina).value, toll(Cohesion::Attina).defined), (Some(100.0), 1.0));
}

#[test]
fn alpha_and_congruence_have_the_expectation_of_the_model_within_their_error() {
    let open = completions(&open_and_named());
    let options = shared();
    let (mut alpha, mut drawn, mut tie) = (0.0, Vec::new(), 0.0);
    for (levy, chance) in every_seating() {
        let table = completed(levy);
        let value = AlphaTally::of(&table, Metric::Ordinal).unwrap().alpha().value.unwrap();
        drawn.push(value);
        alpha += chance * value;
        tie += chance * Congruence::of(&table, options.clone()).unwrap().ties[0].value.unwrap();
    }
    let near = |found: &Open, expected: f64| {
        let error = found.error.unwrap();
        assert!((found.mean.unwrap() - expected).abs() < 4.0 * error && error < 0.02, "{found:?} {expected}");
    };
    let found = open.alpha(Metric::Ordinal, &DRAWS, &Stop::default()).unwrap();
    near(&found, alpha);
    drawn.sort_by(f64::total_cmp);
    assert_eq!(found.range, drawn.first().copied().zip(drawn.last().copied()));
    assert_eq!(found.defined, DRAWS.number);
    let (low, high) = found.interval.unwrap();
    let share = |holds: &dyn Fn(f64) -> bool| {
        every_seating().iter().filter(|(levy, _)| holds(alpha_of(*levy))).map(|(_, chance)| chance).sum::<f64>()
    };
    assert!(share(&|value| value < low) < 0.07 && share(&|value| value <= low) > 0.03, "{low}");
    assert!(share(&|value| value > high) < 0.07 && share(&|value| value >= high) > 0.03, "{high}");
    near(&open.congruence(&options, &DRAWS, &Stop::default()).unwrap()[0], tie);
    assert_eq!(found, open.alpha(Metric::Ordinal, &DRAWS, &Stop::default()).unwrap());
}

fn alpha_of(levy: [u8; 5]) -> f64 {
    AlphaTally::of(&completed(levy), Metric::Ordinal).unwrap().alpha().value.unwrap()
}

/// Pairs: Austria and Belgium first, Belgium and Bulgaria fifth.
#[test]
fn camps_are_known_where_no_seat_is_open() {
    let roster = Roster::new(["AT", "BE", "BG", "CY", "CZ"].map(Actor::new).to_vec()).unwrap();
    let named = Coded::default().meeting("m", "2024-03-04", Some(roster));
    let named = named.says("ban", "support", "AT BE").says("ban", "oppose", "BG CY CZ");
    let camps = |coded: &Coded| completions(coded).camps(2, Linkage::Average, &DRAWS, &Stop::default()).unwrap();
    let found = camps(&named);
    assert_eq!(found.len(), 10);
    assert_eq!([0, 1, 4, 9].map(|pair: usize| found[pair].mean), [Some(1.0), Some(0.0), Some(0.0), Some(1.0)]);
    assert_eq!((found[0].error, found[0].interval), (Some(0.0), Some((1.0, 1.0))));
    let open = camps(&Coded { corpus: named.corpus }.says("levy", "support", "|2..3").says("levy", "oppose", "|2..2"));
    assert!(open.iter().any(|pair| pair.mean.is_some_and(|mean| mean > 0.0 && mean < 1.0)));
    // Austria is with Belgium where it weighs 2, and with Bulgaria where it weighs ½ twice.
    let roster = Roster::new(["AT", "BE", "BG"].map(Actor::new).to_vec()).unwrap();
    let mut weighed = Coded::default().meeting("m", "2024-03-04", Some(roster));
    for (issue, favour, against, weight) in
        [("x", "AT BE", "BG", 2.0), ("y", "AT BG", "BE", 0.5), ("z", "AT BG", "BE", 0.5)]
    {
        weighed = weighed.says(issue, "support", favour).last(|s| s.weight = weight);
        weighed = weighed.says(issue, "oppose", against).last(|s| s.weight = weight);
    }
    assert_eq!(camps(&weighed).iter().map(|pair| pair.mean).collect::<Vec<_>>(), [Some(1.0), Some(0.0), Some(0.0)]);
}

/// An institution has its own seat, the council members that a meeting lacks none.
#[test]
fn actors_are_the_members_of_every_meeting_and_institutions() {
    let coded = open_and_named().says("ban", "support", "COM");
    let two = Roster::new(["BG", "DK"].map(Actor::new).to_vec()).unwrap();
    let coded = coded.meeting("n", "2024-04-04", Some(two)).says("toll", "oppose", "BG").says("toll", "neutral", "DK");
    let open = completions(&coded);
    let names: Vec<&str> = open.actors.iter().map(Actor::as_str).collect();
    let commission = names.iter().position(|name| name.len() > 2).unwrap();
    assert_eq!(names.len(), 7, "{names:?}");
    let options = shared();
    let found = open.congruence(&options, &Draws { number: 50, ..DRAWS }, &Stop::default()).unwrap();
    let at = |name: &str| names.iter().position(|own| *own == name).unwrap();
    let tie = |a: usize, b: usize| {
        let (a, b) = (a.min(b), a.max(b));
        found[a * 7 - a * (a + 1) / 2 + b - a - 1].mean
    };
    assert!(tie(at("AT"), commission) > tie(at("BG"), commission));
    assert_eq!(tie(at("AT"), at("DK")), Some(0.0));
}

#[test]
fn draws_outside_their_range_are_refused() {
    let open = completions(&open_and_named());
    let ask = |number, level| open.alpha(Metric::Nominal, &Draws { number, level, seed: 1 }, &Stop::default());
    for (number, level) in [(0, 0.9), (100_001, 0.9), (10, 0.0), (10, 1.0), (10, f64::NAN)] {
        assert!(ask(number, level).unwrap_err().to_string().starts_with("draws: expected 1 to 100000"), "{number}");
    }
    let one = ask(1, 0.9).unwrap();
    assert_eq!((one.defined, one.error), (1, None));
    let two = ask(2, 0.5).unwrap();
    let (low, high) = two.range.unwrap();
    assert!((two.error.unwrap() - (high - low) / 2.0).abs() < 1e-12, "of two the error is half their distance");
    let (from, to) = two.interval.unwrap();
    assert!(
        high > low && (from - (3.0 * low + high) / 4.0).abs() < 1e-12 && (to - (low + 3.0 * high) / 4.0).abs() < 1e-12
    );
    let silent = completions(&Coded::on("2024-03-04"));
    for number in [1, 100_000] {
        let draws = Draws { number, ..DRAWS };
        assert_eq!(silent.alpha(Metric::Nominal, &draws, &Stop::default()).unwrap().defined, 0);
    }
    let stop = Stop::default();
    stop.set();
    assert!(open.alpha(Metric::Nominal, &DRAWS, &stop).is_err());
}
