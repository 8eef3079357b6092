//! Published numbers: every row of the case tables must come out as printed there.

use standpunt::score::cohesion::Cohesion;
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::tally::PairTally;
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::table::{Cells, NOT_STATED, Scale, Table, Unit};

fn cases(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn table(levels: &[&str], rows: &[Vec<&str>]) -> Table {
    let code = |word: &&str| levels.iter().position(|level| level == word).map_or(NOT_STATED, |at| at as u8);
    let codes = rows.iter().flatten().map(code).collect();
    let units: Vec<Unit> = (0..rows[0].len()).map(|at| Unit { issue: format!("{at:04}"), ..Unit::default() }).collect();
    let actors = (0..rows.len()).map(|at| format!("a{at}")).collect();
    let levels = levels.iter().map(|level| level.to_string()).collect();
    Table::new(actors, units, Scale::Ordinal { levels }, Cells::Codes(codes)).unwrap()
}

fn score(table: &Table, measure: &str, distance: &str) -> f64 {
    let (measure, distance): (Measure, Distance) = (measure.parse().unwrap(), distance.parse().unwrap());
    PairTally::of(table, measure, distance).unwrap().scores(0)[0].unwrap()
}

fn near(found: f64, case: &csv::StringRecord, expected: &str, tolerance: f64) -> Option<String> {
    let wanted: f64 = expected.parse().unwrap();
    (found.is_nan() || (found - wanted).abs() > tolerance).then(|| format!("{case:?}: got {found}"))
}

#[test]
fn pairs_have_the_published_scores() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/pair_measures.csv")) {
        let mut table = table(&words(&case[2]), &[words(&case[3]), words(&case[4])]);
        if !case[5].is_empty() {
            table = table.with_weights(words(&case[5]).iter().map(|w| w.parse().unwrap()).collect()).unwrap();
        }
        wrong.extend(near(score(&table, &case[0], &case[1]), &case, &case[6], case[7].parse().unwrap()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_coders_have_the_published_coefficients_in_either_order() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/coder_tables.csv")) {
        let counts: Vec<Vec<usize>> =
            case[2].split('/').map(|row| words(row).iter().map(|n| n.parse().unwrap()).collect()).collect();
        let names: Vec<String> = (0..counts.len()).map(|level| level.to_string()).collect();
        let levels: Vec<&str> = names.iter().map(String::as_str).collect();
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for (k, row) in counts.iter().enumerate() {
            for (l, &n) in row.iter().enumerate() {
                x.extend(std::iter::repeat_n(levels[k], n));
                y.extend(std::iter::repeat_n(levels[l], n));
            }
        }
        for rows in [[x.clone(), y.clone()], [y, x]] {
            let mut table = table(&levels, &rows);
            let found = match case[0].strip_prefix("alpha_") {
                Some(metric) => AlphaTally::of(&table, metric.parse().unwrap()).unwrap().alpha().value.unwrap(),
                None => {
                    if &case[0] == "agreement" {
                        let levels = table.scale().levels().to_vec();
                        let cells = table.cells().clone();
                        let (actors, units) = (table.actors().to_vec(), table.units().to_vec());
                        table = Table::new(actors, units, Scale::Nominal { levels }, cells).unwrap();
                    }
                    score(&table, &case[0], &case[1])
                }
            };
            wrong.extend(near(found, &case, &case[3], 1e-9));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn alpha_has_the_published_values() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/alpha.csv")) {
        let rows: Vec<Vec<&str>> = case[1].split('/').map(words).collect();
        let values: Vec<f64> = rows.iter().flatten().map(|word| word.parse().unwrap_or(f64::NAN)).collect();
        let metric: Metric = case[0].parse().unwrap();
        let found = AlphaTally::of_values(&values, rows.len(), metric, None).unwrap().alpha().value.unwrap();
        let tolerance = if case[2].len() < 8 { 5e-4 } else { 1e-12 };
        wrong.extend(near(found, &case, &case[2], tolerance));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn alpha_of_nothing_to_pair_or_to_tell_apart_is_undefined() {
    let nan = f64::NAN;
    for (values, units) in [(vec![1.0, 1.0, 1.0, 1.0], 2), (vec![1.0, nan, nan, 2.0], 0), (vec![], 0)] {
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            let alpha = AlphaTally::of_values(&values, 2, metric, None).unwrap().alpha();
            assert_eq!((alpha.value, alpha.units), (None, units), "{metric:?}");
        }
    }
}

#[test]
fn groups_have_the_published_cohesion() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/cohesion.csv")) {
        let [yes, no, abstain] = [0, 1, 2].map(|at| case[at].parse::<f64>().unwrap());
        for (at, measure) in [(3, Cohesion::Rice), (4, Cohesion::HixNouryRoland), (5, Cohesion::Attina)] {
            let (found, mirrored) = (measure.of(yes, no, abstain), measure.of(no, yes, abstain));
            assert_eq!(found, mirrored);
            match found {
                Some(found) => wrong.extend(near(found, &case, &case[at], 1e-9)),
                None => assert_eq!(&case[at], ""),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// In whatever unit numbers are, and with ranks over the number of all values: of 0 and three times 1 these are ½ / 4
/// and 2½ / 4.
#[test]
fn alpha_has_no_unit() {
    let values = [1.0, 2.0, 3.5, 4.0, 2.0, 2.5, 3.0, 4.0];
    let of = |unit: f64| {
        let values = values.map(|value| value * unit);
        AlphaTally::of_values(&values, 2, Metric::Interval, None).unwrap().alpha().value.unwrap()
    };
    // Apart by 1, ½, ½ and 0 on four units; Σ x = 22, Σ x² = 68.5.
    let expected = 1.0 - (2.0 * (1.0 + 0.25 + 0.25) / 8.0) / (2.0 * (8.0 * 68.5 - 22.0 * 22.0) / (8.0 * 7.0));
    for unit in [1e-12, 1.0, 1e12] {
        assert!((of(unit) - expected).abs() < 1e-9, "{unit}: {} {expected}", of(unit));
    }
    let ranks = AlphaTally::of_values(&[0.0, 1.0, 1.0, 1.0], 2, Metric::Ordinal, None).unwrap().alpha();
    assert_eq!((ranks.observed, ranks.expected), (2.0 * 0.25 / 4.0, 2.0 * 0.25 * 3.0 / (4.0 * 3.0)));
}
