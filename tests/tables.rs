//! Fast kernels against their slow twins, and the laws every score keeps.

use std::sync::Arc;

use standpunt::score::kernel::{self, PairCounts, Planes, equal, looked_up};
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::recoding::{Recoding, confusion, recoded};
use standpunt::score::pairs::tally::PairTally;
use standpunt::score::pairs::{PairOptions, PairScores};
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::table::{Cells, Gap, Key, Scale, Table, Unit, Units};
use standpunt::stop::Stop;

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, any_table, names, slow_alpha, slow_score, units};

const MEASURES: [Measure; 8] = [
    Measure::Agreement,
    Measure::S,
    Measure::Kappa,
    Measure::WeightedKappa,
    Measure::Pi,
    Measure::WeightedPi,
    Measure::ExcessS,
    Measure::TauB,
];

fn compare_with_the_twin(table: &Table) -> usize {
    let mut compared = 0;
    for measure in MEASURES {
        for distance in [Distance::Absolute, Distance::Squared] {
            let Ok(tally) = PairTally::of(table, measure, distance) else { continue };
            let scores = tally.scores(0);
            let mut pair = 0;
            for a in 0..table.actors().len() {
                for b in a + 1..table.actors().len() {
                    let (shared, slow) = slow_score(table, measure, distance == Distance::Squared, a, b);
                    assert_eq!(tally.shared()[pair], shared);
                    match (scores[pair], slow) {
                        (Some(fast), Some(slow)) => {
                            assert!((fast - slow).abs() < 1e-9, "{measure:?} {distance:?}: {fast} {slow} {table:?}");
                        }
                        (fast, slow) => assert_eq!(fast, slow, "{measure:?} {distance:?} {table:?}"),
                    }
                    pair += 1;
                    compared += 1;
                }
            }
        }
    }
    compared
}

#[test]
fn pair_scores_equal_their_slow_twin() {
    let mut random = Random(1);
    let compared: usize = (0..1000).map(|_| compare_with_the_twin(&any_table(&mut random, 40))).sum();
    assert!(compared > 50_000, "{compared} pairs compared");
}

#[test]
fn pair_scores_equal_their_slow_twin_over_many_blocks() {
    let mut random = Random(2);
    let compared: usize = (0..8).map(|_| compare_with_the_twin(&any_table(&mut random, 9000))).sum();
    assert!(compared > 100, "{compared} pairs compared");
}

#[test]
fn alpha_equals_its_slow_twin() {
    let mut random = Random(4);
    for round in 0..400 {
        let (rows, units) = (1 + random.below(6), random.below(12));
        let levels = 1 + random.below(6);
        let whole = round % 3 > 0;
        let value = |random: &mut Random| match random.below(4) {
            0 => f64::NAN,
            _ if whole => random.below(levels) as f64,
            _ => random.unit() * 50.0,
        };
        let values: Vec<f64> = (0..rows * units).map(|_| value(&mut random)).collect();
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            let fast = AlphaTally::of_values(&values, rows, metric, None).unwrap().alpha().value;
            match (fast, slow_alpha(&values, rows, metric)) {
                (Some(fast), Some(slow)) => assert!((fast - slow).abs() < 1e-9, "{metric:?} {fast} {slow} {values:?}"),
                (fast, slow) => assert_eq!(fast, slow, "{metric:?} {values:?}"),
            }
        }
    }
}

#[test]
fn more_than_255_raters_are_counted_in_full() {
    let mut random = Random(5);
    let values: Vec<f64> = (0..300 * 2).map(|_| random.below(3) as f64).collect();
    for metric in [Metric::Nominal, Metric::Interval] {
        let fast = AlphaTally::of_values(&values, 300, metric, None).unwrap().alpha().value.unwrap();
        let slow = slow_alpha(&values, 300, metric).unwrap();
        assert!((fast - slow).abs() < 1e-9, "{metric:?} {fast} {slow}");
    }
}

#[test]
fn threads_change_no_byte() {
    let mut random = Random(6);
    for _ in 0..20 {
        let table = any_table(&mut random, 3000);
        let of = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| PairTally::of(&table, Measure::Agreement, Distance::Squared).unwrap().scores(0))
        };
        assert_eq!(of(1), of(4));
    }
}

#[test]
fn every_way_of_counting_equal_codes_equals_its_slow_twin() {
    let mut random = Random(11);
    // The last is large enough for `equal` to choose by the processor.
    for (rows, issues) in [(1, 70), (2, 0), (17, 63), (33, 64), (40, 1025), (90, 1100)] {
        for levels in [1, 2, 3, 4, 8, 15] {
            let code = |random: &mut Random| if random.below(4) == 0 { 255 } else { random.below(levels) as u8 };
            let codes: Vec<u8> = (0..rows * issues).map(|_| code(&mut random)).collect();
            let row = |at: usize| &codes[at * issues..(at + 1) * issues];
            let mut slow = PairCounts { shared: Vec::new(), apart: Vec::new() };
            for (i, j) in (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j))) {
                let both = || row(i).iter().zip(row(j)).filter(|(a, b)| **a < 128 && **b < 128);
                slow.shared.push(both().count() as u32);
                slow.apart.push(both().filter(|(a, b)| a != b).count() as u64);
            }
            let planes = Planes::nominal(&codes, rows, levels).different();
            assert_eq!(planes, slow, "planes, {rows} × {issues}, {levels} levels");
            assert_eq!(looked_up(&codes, rows, levels), slow, "look-ups, {rows} × {issues}, {levels} levels");
            assert_eq!(equal(&codes, rows, levels), slow, "{rows} × {issues}, {levels} levels");
        }
    }
}

#[test]
fn levels_of_pairs_are_counted_as_by_a_slow_twin_with_any_number_of_threads() {
    let mut random = Random(12);
    // Many rows to share out, and more issues than 16 bits count, beside small ones.
    for (rows, issues, levels) in [(1, 9, 3), (2, 0, 2), (66, 241, 3), (3, 66_000, 1), (130, 479, 4), (65, 240, 7)] {
        let code = |random: &mut Random| if random.below(4) == 0 { 255 } else { random.below(levels) as u8 };
        let codes: Vec<u8> = (0..rows * issues).map(|_| code(&mut random)).collect();
        let row = |at: usize| &codes[at * issues..(at + 1) * issues];
        let (mut shared, mut margins, mut joint) = (Vec::new(), Vec::new(), Vec::new());
        for (i, j) in (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j))) {
            let mut table = vec![0; levels * levels];
            let both = row(i).iter().zip(row(j)).filter(|(a, b)| **a < 128 && **b < 128);
            both.for_each(|(a, b)| table[*a as usize * levels + *b as usize] += 1);
            shared.push(table.iter().sum::<u32>());
            margins.extend(table.chunks(levels).map(|row| row.iter().sum::<u32>()));
            margins.extend((0..levels).map(|l| table.iter().skip(l).step_by(levels).sum::<u32>()));
            joint.extend(table);
        }
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let of = || {
                let stop = Stop::default();
                let margins = kernel::margins(&codes, rows, levels, &shared, &stop);
                (margins, kernel::joint(&codes, rows, levels, &stop))
            };
            assert!(pool.install(of) == (margins.clone(), joint.clone()), "{rows} × {issues}, {levels} levels");
        }
    }
}

fn scored(table: &Table, measure: Measure, distance: Distance) -> standpunt::Result<PairScores> {
    let options =
        PairOptions { by: Vec::new(), actors: None, measure, distance, salience: None, min_shared: 0, bootstrap: None };
    PairScores::of(Arc::new(table.clone()), options)
}

/// What issues add sums to the score, and the score without one is that of the table without it.
#[test]
fn shares_of_issues_add_up_to_the_score() {
    let mut random = Random(61);
    let mut compared = [0; 2];
    for _ in 0..300 {
        let table = any_table(&mut random, 9);
        for measure in MEASURES {
            for distance in [Distance::Absolute, Distance::Squared] {
                let (Ok(scores), true) = (scored(&table, measure, distance), table.actors().len() > 1) else {
                    continue;
                };
                let shares = scores.explain("a00000", "a00001").unwrap();
                let shared = (0..table.width()).filter(|at| [0, 1].iter().all(|a| table.position(*a, *at).is_some()));
                let Some(score) = scores.parts[0].scores()[0] else {
                    assert!(shares.is_empty());
                    continue;
                };
                assert_eq!(shares.iter().map(|share| share.unit).collect::<Vec<_>>(), shared.collect::<Vec<_>>());
                let sum: f64 = shares.iter().map(|share| share.contribution).sum();
                assert!((sum - score).abs() < 1e-9, "{measure:?} {distance:?}: {sum} {score} {table:?}");
                for share in &shares {
                    let weight = table.weights().map_or(1.0, |weights| weights[share.unit]);
                    assert!((share.weight - weight).abs() < 1e-9 * weight.max(1.0));
                    let rest: Vec<usize> = (0..table.width()).filter(|unit| *unit != share.unit).collect();
                    let rest = scored(&table.of_units(&rest), measure, distance).unwrap().parts[0].scores()[0];
                    match (share.without, rest) {
                        (Some(a), Some(b)) => {
                            assert!((a - b).abs() < 1e-6, "{measure:?} {distance:?}: {a} {b} {table:?}")
                        }
                        (a, b) => assert_eq!(a, b, "{measure:?} {distance:?} {table:?}"),
                    }
                    compared[1] += 1;
                }
                compared[0] += 1;
            }
        }
    }
    assert!(compared.iter().all(|compared| *compared > 500), "{compared:?}");
}

/// Squares of one row, of some, and of more than are filled in together.
#[test]
fn the_square_has_every_score_twice_and_who_says_something_agrees_with_itself() {
    let mut random = Random(62);
    for rows in [1, 2, 7, 16, 17, 40, 100] {
        let small = any_table(&mut random, 12);
        let (levels, issues) = (["no", "abstain", "yes"].map(str::to_owned).to_vec(), 3);
        let codes = (0..rows * issues).map(|_| [0, 1, 2, 255, 255][random.below(5)]).collect();
        let table =
            Table::new(names("a", rows), units(issues), Scale::Ordinal { levels }, Cells::Codes(codes)).unwrap();
        for (table, measure) in [&table, &small].into_iter().flat_map(|table| MEASURES.map(|measure| (table, measure)))
        {
            for least in [0, 2] {
                let Ok(tally) = PairTally::of(table, measure, Distance::Absolute) else { continue };
                let (square, scores, rows) = (tally.matrix(least).unwrap(), tally.scores(least), table.actors().len());
                assert_eq!(
                    (square.len(), tally.actors(), tally.measure()),
                    (rows * rows, table.actors(), measure.as_str())
                );
                let mut pair = 0;
                for a in 0..rows {
                    let own = (0..table.width()).any(|unit| table.position(a, unit).is_some());
                    assert_eq!(square[a * rows + a].is_nan(), !own, "{measure:?} {rows}");
                    for b in a + 1..rows {
                        for found in [square[a * rows + b], square[b * rows + a]] {
                            match scores[pair] {
                                Some(score) => assert!((found - score).abs() < 1e-12, "{measure:?} {rows} {a} {b}"),
                                None => assert!(found.is_nan(), "{measure:?} {rows} {a} {b}"),
                            }
                        }
                        pair += 1;
                    }
                }
            }
        }
    }
    let table = any_table(&mut random, 12);
    let scores = scored(&table, Measure::Agreement, Distance::Absolute).unwrap();
    let whole = PairTally::of(&table, Measure::Agreement, Distance::Absolute).unwrap().matrix(0).unwrap();
    assert_eq!(
        scores.matrix().unwrap().iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
        whole.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
    );
}

/// Three coders of one code each way, and how often another gives what the first does not.
#[test]
fn the_error_of_coders_is_drawn_into_scores() {
    let scale = Scale::Nominal { levels: names("level", 3) };
    let of = |rows: &[&[u8]]| {
        let cells = Cells::Codes(rows.concat());
        Table::new(names("a", rows.len()), units(rows[0].len()), scale.clone(), cells).unwrap()
    };
    let coders = of(&[&[0, 0, 1, 255, 0], &[0, 1, 1, 1, 255], &[0, 0, 255, 255, 255]]);
    // Pairs: on the first 00 00 00, on the second 01 00 10, on the third 11; the last two have one code.
    let expected = [8.0 / 10.0, 2.0 / 10.0, 0.0, 2.0 / 4.0, 2.0 / 4.0, 0.0, 0.0, 0.0, 1.0];
    assert!(confusion(&coders).unwrap().iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12));
    let table = of(&[&[0; 200], &[0; 200], &[[2; 100], [255; 100]].concat()]);
    let asked = Recoding { replicates: 400, seed: 4, level: 0.9 };
    let agreement = (Measure::Agreement, Distance::Absolute);
    let ask = |coders: &Table, asked: &Recoding| recoded(&table, coders, agreement, asked, &Stop::default());
    let [same, apart, _] = ask(&coders, &asked).unwrap().try_into().unwrap();
    // Two that agree do so still where both keep, or both change, what they said.
    let (mean, (low, high)) = (same.mean.unwrap(), same.interval.unwrap());
    assert_eq!((same.score, apart.score, apart.mean), (Some(1.0), Some(0.0), Some(0.0)));
    assert!((mean - 0.68).abs() < 0.01 && (low - 0.626).abs() < 0.02 && (high - 0.734).abs() < 0.02, "{same:?}");
    let never = of(&[&[0, 1, 2], &[0, 1, 2]]);
    assert!(
        ask(&never, &asked)
            .unwrap()
            .iter()
            .all(|pair| pair.mean == pair.score && pair.interval.unwrap().0 == pair.score.unwrap())
    );
    for (replicates, level) in [(0, 0.9), (100_001, 0.9), (9, 0.0), (9, 1.0)] {
        assert!(ask(&coders, &Recoding { replicates, level, seed: 1 }).is_err(), "{replicates} {level}");
    }
    assert!(ask(&coders, &Recoding { replicates: 1, ..asked }).is_ok());
    assert!(ask(&of(&[&[0, 1], &[255, 255]]), &asked).is_err(), "nothing coded twice");
    let two =
        Table::new(names("a", 2), units(1), Scale::Nominal { levels: names("level", 2) }, Cells::Codes(vec![0, 1]));
    assert!(
        ask(&two.unwrap(), &asked).unwrap_err().to_string().starts_with("coders: expected level00000, level00001, ")
    );
}

#[test]
fn what_is_no_table_is_refused_and_a_table_says_what_it_holds() {
    let levels = |count: usize| names("level", count);
    let interval = |low: f64, high: f64| Scale::Interval { low, high };
    let ask = |actors: Vec<String>, issues: Vec<Unit>, scale: Scale, cells: Cells| {
        Table::new(actors, issues, scale, cells).map_err(|error| error.to_string())
    };
    let of = |scale: Scale, cells: Cells| ask(names("a", 2), units(2), scale, cells);
    let codes = |codes: [u8; 4]| Cells::Codes(codes.to_vec());
    for (scale, problem) in [
        (interval(1.0, 1.0), "range: expected two finite numbers"),
        (interval(f64::NEG_INFINITY, 1.0), "range: expected two finite numbers"),
        (interval(0.0, f64::INFINITY), "range: expected two finite numbers"),
        (Scale::Ordinal { levels: levels(1) }, "levels: expected at least two"),
        (Scale::Nominal { levels: vec!["x".into(), "x".into()] }, "levels: expected every level once, got 'x' twice"),
        (Scale::Nominal { levels: levels(129) }, "129 is over the limit of 128"),
    ] {
        let cells = if scale.levels().is_empty() { Cells::Values(vec![1.0; 4]) } else { codes([0; 4]) };
        assert!(of(scale.clone(), cells).unwrap_err().contains(problem), "{scale:?}");
    }
    assert!(of(Scale::Nominal { levels: levels(128) }, codes([0, 127, 128, 255])).is_ok());
    let nominal = || Scale::Nominal { levels: levels(3) };
    let wrong = of(nominal(), codes([0, 1, 2, 3])).unwrap_err();
    assert!(
        wrong.contains("code 3 has no level") && wrong.contains("issue00001") && wrong.contains("row 2"),
        "{wrong}"
    );
    let wrong = of(interval(0.0, 1.0), Cells::Values(vec![0.0, 1.0, 1.5, f64::NAN])).unwrap_err();
    assert!(wrong.contains("1.5 lies outside the declared range 0 to 1"), "{wrong}");
    assert!(wrong.contains("issue00000") && wrong.contains("row 2"), "{wrong}");
    assert!(
        ask(vec!["a".into(); 2], units(2), nominal(), codes([0; 4])).unwrap_err().contains("actor 'a' stands twice")
    );
    let twice = ask(names("a", 2), [units(1), units(1)].concat(), nominal(), codes([0; 4])).unwrap_err();
    assert!(twice.contains("issue 'issue00000' stands twice"), "{twice}");
    let table = of(nominal(), codes([0, 2, 128, 255])).unwrap();
    let gap = |eligible| Gap { value: "away".to_owned(), eligible };
    let two = of(nominal(), codes([128, 129, 129, 129])).unwrap().with_gaps(vec![gap(true), gap(false)], Vec::new());
    assert_eq!(two.unwrap().states(1)[3..], [("away", 0), ("away", 2), ("not stated", 0)]);
    let told = table.clone().with_gaps(vec![gap(true)], Vec::new()).unwrap();
    assert_eq!(
        told.states(1),
        [("level00000", 0), ("level00001", 0), ("level00002", 0), ("away", 1), ("not stated", 1)]
    );
    assert_eq!(
        (told.states(0)[2].1, told.positions(), told.gaps(), told.has_ineligible()),
        (1, vec![2, 0], &[gap(true)][..], false)
    );
    assert!(table.clone().with_gaps(vec![gap(true); 126], Vec::new()).is_ok());
    assert!(table.clone().with_gaps(vec![gap(true); 127], Vec::new()).is_err());
    let weighed = table.clone().with_weights(vec![1.0, -1.0]).unwrap_err().to_string();
    assert!(weighed.contains("row 2"), "{weighed}");
    for (at, (row, issue)) in
        [(1, "issue00000"), (1, "issue00001"), (2, "issue00000"), (2, "issue00001")].iter().enumerate()
    {
        let mut cares = vec![1.0; 4];
        cares[at] = -1.0;
        let cared = table.clone().with_salience(cares).unwrap_err().to_string();
        assert!(cared.contains(&format!("row {row}")) && cared.contains(issue), "{cared}");
    }
    let once = table.clone().reweighted(&[2.0, 3.0]).unwrap();
    assert_eq!(once.weights(), Some(&[2.0, 3.0][..]));
    assert_eq!(once.reweighted(&[0.5, 4.0]).unwrap().weights(), Some(&[1.0, 12.0][..]));
    let key = |name: &str, value: &str| Key { name: name.to_owned(), values: vec![Some(value.to_owned()); 2] };
    let keyed = [key("x", "old"), key("y", "kept"), key("x", "new")];
    let keyed = keyed.into_iter().fold(table.clone(), |table, key| table.with_key(key).unwrap());
    assert_eq!(["x", "y"].map(|name| keyed.key(name).unwrap()[0]), [Some("new"), Some("kept")]);
    let numbered = Units::numbered(2);
    assert_eq!(numbered.as_slice().iter().map(|unit| unit.issue.as_str()).collect::<Vec<_>>(), ["0", "1"]);
    assert!(numbered == Units::from(numbered.as_slice().to_vec()) && numbered != Units::from(units(2)));
    assert_eq!(table.clone().with_salience(vec![1.0, 4.0, 2.0, 0.0]).unwrap().most_salient(), Some(4.0));
    assert_eq!((table.most_salient(), table.salience_of(0, 0)), (None, 1.0));
    let numbers = of(interval(0.0, 1.0), Cells::Values(vec![0.0, f64::NAN, 1.0, 0.5])).unwrap();
    assert_eq!(
        (numbers.states(0), numbers.code(0, 0), numbers.code(0, 1)),
        (vec![("value", 1), ("not stated", 1)], 0, 255)
    );
    let mut issues = units(2);
    (issues[0].meeting, issues[1].topic) = (Some("m".into()), Some("t".into()));
    let table = ask(names("a", 2), issues, nominal(), codes([0; 4])).unwrap();
    assert_eq!(table.key("issue").unwrap(), [Some("issue00000"), Some("issue00001")]);
    assert_eq!(
        (table.key("meeting").unwrap(), table.key("topic").unwrap()),
        (vec![Some("m"), None], vec![None, Some("t")])
    );
    let parts = table.parts(&["topic".to_owned()]).unwrap();
    assert_eq!(parts.iter().map(|part| part.units.clone()).collect::<Vec<_>>(), [[0], [1]]);
    assert!(table.parts(&["topi".to_owned()]).is_err() && table.clone() == table);
}
