//! Worst and best against every way to fill what is missing.

use std::sync::Arc;

use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::{PairOptions, PairScores};
use standpunt::score::table::{Cells, Gap, NOT_STATED, Scale, Table};
use standpunt::stop::Stop;

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, names, units};

fn options(measure: Measure, distance: Distance) -> PairOptions {
    PairOptions { by: Vec::new(), actors: None, measure, distance, salience: None, min_shared: 0, bootstrap: None }
}

fn score(table: &Table, measure: Measure, distance: Distance) -> Option<f64> {
    PairScores::of(Arc::new(table.clone()), options(measure, distance)).unwrap().parts[0].scores()[0]
}

fn bounds(table: &Table, measure: Measure, distance: Distance) -> Option<(f64, f64)> {
    let options = options(measure, distance);
    let scores = PairScores::of(Arc::new(table.clone()), options.clone()).unwrap();
    scores.parts[0].bounds(&options, &Stop::default()).unwrap()[0]
}

const BALLOT: [&str; 3] = ["no", "abstain", "yes"];
const NOT_ELIGIBLE: u8 = 128;

fn table(codes: Vec<u8>, issues: usize, ordered: bool, weights: Option<Vec<f64>>) -> Table {
    let levels = BALLOT.map(str::to_owned).to_vec();
    let scale = if ordered { Scale::Ordinal { levels } } else { Scale::Nominal { levels } };
    let gaps = vec![Gap { value: "not there".to_owned(), eligible: false }];
    let table = Table::new(names("a", 2), units(issues), scale, Cells::Codes(codes)).unwrap();
    let table = table.with_gaps(gaps, Vec::new()).unwrap();
    match weights {
        Some(weights) => table.with_weights(weights).unwrap(),
        None => table,
    }
}

/// Every way to put a level where nothing is stated and both were eligible.
fn completions(codes: &[u8], issues: usize) -> Vec<Vec<u8>> {
    let open = |at: &usize| {
        codes[*at] == NOT_STATED && codes[at % issues] != NOT_ELIGIBLE && codes[issues + at % issues] != NOT_ELIGIBLE
    };
    let free: Vec<usize> = (0..codes.len()).filter(open).collect();
    let mut all = vec![codes.to_vec()];
    for at in free {
        all = all
            .into_iter()
            .flat_map(|codes| {
                (0..3).map(move |level| {
                    let mut codes = codes.clone();
                    codes[at] = level;
                    codes
                })
            })
            .collect();
    }
    all
}

#[test]
fn no_completion_scores_outside_and_plain_measures_reach_both_ends() {
    let mut random = Random(61);
    let mut compared = 0;
    for round in 0..120 {
        let issues = 1 + random.below(5);
        let mut missing = 0;
        let codes: Vec<u8> = (0..2 * issues)
            .map(|_| match random.below(8) {
                0 | 1 if missing < 5 => {
                    missing += 1;
                    NOT_STATED
                }
                2 => NOT_ELIGIBLE,
                level => (level % 3) as u8,
            })
            .collect();
        let weights = (round % 3 == 0).then(|| (0..issues).map(|_| random.unit()).collect::<Vec<f64>>());
        for (ordered, measure, distance) in cases() {
            if weights.is_some() && measure.counts_levels() {
                continue;
            }
            let of = |codes: Vec<u8>| table(codes, issues, ordered, weights.clone());
            let all = completions(&codes, issues);
            let scores: Vec<f64> = all.into_iter().filter_map(|codes| score(&of(codes), measure, distance)).collect();
            let found = bounds(&of(codes.clone()), measure, distance);
            let ends = scores.iter().fold(None, |ends: Option<(f64, f64)>, x| {
                Some(ends.map_or((*x, *x), |(low, high)| (low.min(*x), high.max(*x))))
            });
            let Some((worst, best)) = ends else { continue };
            let (low, high) = found.unwrap_or_else(|| panic!("{measure:?} {codes:?}"));
            assert!(low <= worst + 1e-9 && high >= best - 1e-9, "{measure:?} {codes:?} {found:?} {ends:?}");
            assert!(low >= -1.0 - 1e-9 && high <= 1.0 + 1e-9, "{found:?}");
            let sharp = !measure.counts_levels() || missing == 0;
            if sharp {
                assert!((low - worst).abs() < 1e-9, "{measure:?} {codes:?} {found:?} {ends:?}");
                assert!((high - best).abs() < 1e-9, "{measure:?} {codes:?} {found:?} {ends:?}");
            }
            compared += 1;
        }
    }
    assert!(compared > 600, "{compared}");
}

fn cases() -> Vec<(bool, Measure, Distance)> {
    let ordered = Measure::ALL
        .into_iter()
        .flat_map(|measure| [Distance::Absolute, Distance::Squared].map(|distance| (true, measure, distance)));
    let nominal = [Measure::Agreement, Measure::Agree2, Measure::Kappa, Measure::Pi];
    ordered.chain(nominal.map(|measure| (false, measure, Distance::Absolute))).collect()
}

#[test]
fn bounds_narrow_as_positions_come_in() {
    let mut random = Random(71);
    for _ in 0..200 {
        let full: Vec<u8> = (0..20).map(|_| random.below(3) as u8).collect();
        let mut codes = vec![NOT_STATED; 20];
        for (ordered, measure, distance) in cases() {
            let mut before = (-1.0, 1.0);
            for at in 0..20 {
                codes[at] = full[at];
                let Some(now) = bounds(&table(codes.clone(), 10, ordered, None), measure, distance) else { continue };
                let inside = now.0 >= before.0 - 1e-9 && now.1 <= before.1 + 1e-9;
                assert!(inside || measure.counts_levels(), "{measure:?} {before:?} {now:?}");
                before = now;
            }
            codes.fill(NOT_STATED);
        }
    }
}
