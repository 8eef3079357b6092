//! Every table of a user's own positions whole, as it stands in `tests/snapshots`.
//!
//! `cargo test --test scored -- --ignored` writes the files anew where a table is meant to change.

#[path = "support/csv_text.rs"]
mod csv_text;
#[path = "support/snapshots.rs"]
mod snapshots;

use std::sync::Arc;

use csv_text::csv;
use snapshots::{Snapshots, unchanged, write};
use standpunt::columns;
use standpunt::score::advice::{AdviceMetric, Unanswered, advice_of};
use standpunt::score::cohesion::{Cohesion, Votes, cohesion, means};
use standpunt::score::networks::congruence::{Congruence, CongruenceOptions};
use standpunt::score::networks::statements::Repeats;
use standpunt::score::networks::ties::Linkage;
use standpunt::score::networks::two_mode::{TwoMode, TwoModeOptions};
use standpunt::score::pairs::bootstrap::{Bootstrap, Interval};
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::recoding::{Recoding, recoded};
use standpunt::score::pairs::tally::PairTally;
use standpunt::score::pairs::{PairOptions, PairScores};
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::raters::reliability::{of_categories, reliability};
use standpunt::score::table::{Cells, Gap, NOT_STATED, Part, Scale, Table, Unit};
use standpunt::stop::Stop;

const BY: &str = "topic";

const TABLES: Snapshots = &[
    ("pair_scores.csv", || csv(columns::pair_scores(&scored(&[]), &Stop::default()))),
    ("pair_scores_by.csv", || csv(columns::pair_scores(&scored(&[BY]), &Stop::default()))),
    ("pair_shares.csv", || csv(columns::unit_shares(&votes(), &scored(&[]).explain("A", "B").unwrap()))),
    ("tally_scores.csv", || {
        let tally = PairTally::of(&votes(), Measure::Agreement, Distance::Absolute).unwrap();
        csv(columns::tally_scores(&tally, 3))
    }),
    ("advice.csv", || {
        let advised = advice_of(&numbers(), "A", "manhattan".parse::<AdviceMetric>().unwrap(), Unanswered::Neutral);
        csv(columns::advised(&numbers(), &advised.unwrap()))
    }),
    ("alphas.csv", || {
        csv(columns::alphas(&by(), &each_part(|table| AlphaTally::of(table, Metric::Nominal).unwrap().alpha())))
    }),
    ("reliabilities.csv", || {
        csv(columns::reliabilities(&by(), &each_part(|table| reliability(table, "identity".parse().unwrap()).unwrap())))
    }),
    ("categories.csv", || csv(columns::category_reliabilities(of_categories(&votes()).unwrap()))),
    ("differing.csv", || csv(columns::differing(&votes()))),
    ("differing_numbers.csv", || csv(columns::differing(&numbers()))),
    ("states.csv", || csv(columns::states(&votes()))),
    ("recoded.csv", || {
        let (table, recoding) = (votes(), Recoding { replicates: 20, seed: 1, level: 0.9 });
        let rows = recoded(&table, &table, (Measure::Agreement, Distance::Absolute), &recoding, &Stop::default());
        csv(columns::recoded(table.actors(), "agreement", &rows.unwrap()))
    }),
    ("cohesion_of_issues.csv", || csv(columns::cohesion_of_issues(votes().units(), "rice", &groups()))),
    ("cohesion_of_parts.csv", || {
        csv(columns::cohesion_of_parts(&by(), "rice", &means(&groups(), &votes().parts(&by()).unwrap(), None)))
    }),
    ("congruence.csv", || csv(columns::ties(&congruence()))),
    ("two_mode.csv", || {
        let (kind, share) = ("ignore".parse().unwrap(), "none".parse().unwrap());
        let asked = TwoModeOptions { kind, share, definition: "corrected".parse().unwrap(), repeats: Repeats::Every };
        csv(TwoMode::of(&votes(), asked).and_then(|network| columns::two_mode(&network)))
    }),
    ("edges.csv", || {
        let ties = scored(&[]).ties().unwrap();
        csv(columns::edges(&ties, &ties.edges(Some(0.4), None).unwrap()))
    }),
    ("camps.csv", || {
        let ties = scored(&[]).ties().unwrap();
        csv(columns::camps(&ties.actors, &ties.camps(2, Linkage::Average).unwrap()))
    }),
    ("tree.csv", || {
        let ties = scored(&[]).ties().unwrap();
        csv(columns::joins(&ties.actors, &ties.tree(Linkage::Average)))
    }),
    ("between.csv", || {
        let camps =
            [("x", ["A", "B"]), ("y", ["C", "D"])].map(|(name, of)| (name.to_owned(), of.map(str::to_owned).to_vec()));
        csv(columns::between(&scored(&[]).ties().unwrap().between(&camps).unwrap()))
    }),
];

/// Four voters, one of them silent at times, on issues of two topics and one of none.
fn votes() -> Table {
    let unit = |at: usize| Unit {
        issue: format!("issue {at}"),
        topic: [Some("t"), Some("u"), None][at % 3].map(str::to_owned),
        meeting: Some(format!("m{}", at / 4)),
    };
    let rows = ["0001201x", "00112010", "1102x1g1", "0g0x2110"].concat();
    let code = |cell: char| match cell {
        'x' => NOT_STATED,
        'g' => 128,
        digit => digit.to_digit(10).unwrap() as u8,
    };
    let levels = ["no", "abstain", "yes"].map(str::to_owned).to_vec();
    let gap = Gap { value: "absent".to_owned(), eligible: false };
    let table = Table::new(
        actors(),
        (0..8).map(unit).collect::<Vec<_>>(),
        Scale::Ordinal { levels },
        Cells::Codes(rows.chars().map(code).collect()),
    );
    table
        .unwrap()
        .with_gaps(vec![gap], Vec::new())
        .unwrap()
        .with_weights(vec![1.0, 1.0, 2.0, 1.0, 0.5, 1.0, 1.0, 3.0])
        .unwrap()
}

fn numbers() -> Table {
    let units: Vec<Unit> = (0..3).map(|at| Unit { issue: format!("issue {at}"), ..Unit::default() }).collect();
    let values = vec![0.0, 50.0, 100.0, 25.0, 50.0, f64::NAN, 100.0, 50.0, 0.0, f64::NAN, 50.0, 99.5];
    Table::new(actors(), units, Scale::Interval { low: 0.0, high: 100.0 }, Cells::Values(values)).unwrap()
}

fn actors() -> Vec<String> {
    ["A", "B", "C", "D"].map(str::to_owned).to_vec()
}

fn by() -> Vec<String> {
    vec![BY.to_owned()]
}

fn scored(by: &[&str]) -> PairScores {
    let options = PairOptions {
        by: by.iter().map(|&name| name.to_owned()).collect(),
        actors: None,
        measure: Measure::Agreement,
        distance: Distance::Absolute,
        salience: None,
        min_shared: 1,
        bootstrap: Some(Bootstrap { replicates: 20, seed: 1, level: 0.9, interval: Interval::Percentile }),
    };
    PairScores::of(Arc::new(votes()), options).unwrap()
}

fn each_part<T>(of: impl Fn(&Table) -> T) -> Vec<(Part, T)> {
    let table = votes();
    table.parts(&by()).unwrap().into_iter().map(|part| (part.clone(), of(&table.of_units(&part.units)))).collect()
}

fn groups() -> Vec<(String, Vec<Votes>)> {
    let group = |name: &str, members: &[usize]| (name.to_owned(), cohesion(&votes(), members, Cohesion::Rice).unwrap());
    vec![group("all", &[0, 1, 2, 3]), group("two", &[2, 3])]
}

fn congruence() -> Congruence {
    let options = CongruenceOptions {
        kind: "congruence".parse().unwrap(),
        normalise: "none".parse().unwrap(),
        definition: "corrected".parse().unwrap(),
        repeats: Repeats::Every,
    };
    Congruence::of(&numbers_as_votes(), options).unwrap()
}

/// Two levels, as networks of statements have them.
fn numbers_as_votes() -> Table {
    let units: Vec<Unit> = (0..3).map(|at| Unit { issue: format!("issue {at}"), ..Unit::default() }).collect();
    let levels = ["no", "yes"].map(str::to_owned).to_vec();
    let codes = vec![0, 1, 1, 0, 1, NOT_STATED, 1, 1, 0, NOT_STATED, 1, 0];
    Table::new(actors(), units, Scale::Ordinal { levels }, Cells::Codes(codes)).unwrap()
}

#[test]
fn tables_of_positions_are_as_they_were() {
    unchanged(TABLES, "scored");
}

#[test]
fn what_fits_no_table_or_metric_is_refused() {
    for measure in Cohesion::ALL {
        assert_eq!(measure.as_str().parse::<Cohesion>(), Ok(measure));
    }
    assert_eq!(Cohesion::ALL.map(Cohesion::as_str), ["rice", "attina", "hix_noury_roland"]);
    let of = |metric| AlphaTally::of(&votes(), metric).map(|tally| tally.alpha().value.is_some());
    assert_eq!((of(Metric::Nominal), of(Metric::Ordinal), of(Metric::Interval)), (Ok(true), Ok(true), Ok(true)));
    assert!(of(Metric::Ratio).unwrap_err().to_string().contains("'ratio' on levels"));
    let nominal = || {
        let (units, levels) = (vec![Unit::default()], vec!["no".to_owned(), "yes".to_owned()]);
        Table::new(actors(), units, Scale::Nominal { levels }, Cells::Codes(vec![0, 1, 1, 0])).unwrap()
    };
    assert!(AlphaTally::of(&nominal(), Metric::Nominal).is_ok());
    for metric in [Metric::Ordinal, Metric::Interval, Metric::Ratio] {
        let refused = AlphaTally::of(&nominal(), metric).unwrap_err().to_string();
        assert!(refused.contains("a metric of order on a nominal scale"), "{refused}");
    }
    // Ratios of nothing to nothing do not differ.
    let zero = AlphaTally::of_values(&[0.0, 1.0, 0.0, 1.0], 2, Metric::Ratio, None).unwrap().alpha();
    assert_eq!((zero.value, zero.observed), (Some(1.0), 0.0));
}

/// Names that take more bytes than a column of text can hold are refused before they are written.
#[test]
fn a_table_of_pairs_that_no_column_holds_is_refused() {
    let actors: Vec<String> = (0..2_100).map(|at| format!("{at:0>1000}")).collect();
    let (units, levels) = (vec![Unit::default()], vec!["no".to_owned(), "yes".to_owned()]);
    let table = Table::new(actors, units, Scale::Nominal { levels }, Cells::Codes(vec![1; 2_100])).unwrap();
    let tally = PairTally::of(&table, Measure::Agreement, Distance::Absolute).unwrap();
    let error = columns::tally_scores(&tally, 1).unwrap_err().to_string();
    assert!(error.contains("bytes of names in a table of pairs") && error.contains("2203950000"), "{error}");
}

#[test]
#[ignore = "writes tests/snapshots anew"]
fn write_tables() {
    write(TABLES);
}
