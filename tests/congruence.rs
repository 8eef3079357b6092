//! Networks of the statements in the sample of the Discourse Network Analyzer (Leifeld, rDNA's
//! `sample.dna`): sums over all ordered pairs and single ties, as its formulas give them.

use standpunt::score::networks::congruence::{Congruence, CongruenceOptions};
use standpunt::score::networks::statements::Repeats;
use standpunt::score::table::{Cells, NOT_STATED, Scale, Table, Unit};

#[path = "support/sample.rs"]
mod sample;
use sample::sample;

fn network(table: &Table, words: [&str; 3], repeats: Repeats) -> Congruence {
    let kind = words[0].parse().unwrap();
    let (normalise, definition) = (words[1].parse().unwrap(), words[2].parse().unwrap());
    Congruence::of(table, CongruenceOptions { kind, normalise, definition, repeats }).unwrap()
}

fn tie(network: &Congruence, first: usize, second: usize) -> f64 {
    network.matrix()[(first - 1) * network.actors.len() + second - 1]
}

const NORMALISE: [&str; 4] = ["none", "average", "jaccard", "cosine"];

fn assert_sums(repeats: &Repeats, expected: [(&str, [f64; 4]); 4]) {
    for (kind, sums) in expected {
        for (normalise, sum) in NORMALISE.into_iter().zip(sums) {
            let found: f64 = network(&sample(), [kind, normalise, "dna"], repeats.clone()).matrix().iter().sum();
            assert!((found - sum).abs() < 1e-9, "{kind} {normalise}: {found} for {sum}");
        }
    }
}

#[test]
fn all_statements_give_the_sums_of_dna() {
    assert_sums(
        &Repeats::Every,
        [
            ("ignore", [276.0, 46.2618538324, 24.4690022254, 8.8727272727]),
            ("congruence", [160.0, 25.8024361260, 13.6106625259, 4.8060606061]),
            ("conflict", [116.0, 20.4594177065, 10.8583396995, 4.0666666667]),
            ("subtract", [44.0, 5.3430184195, 2.7523228264, 0.7393939394]),
        ],
    );
}

#[test]
fn statements_without_repeats_give_the_sums_of_dna() {
    assert_sums(
        &Repeats::Once(None),
        [
            ("ignore", [86.0, 26.0952380952, 16.7476190476, 8.8755555556]),
            ("congruence", [48.0, 14.6380952381, 10.1904761905, 4.9755555556]),
            ("conflict", [38.0, 11.4571428571, 6.5571428571, 3.9]),
            ("subtract", [10.0, 3.1809523810, 3.6333333333, 1.0755555556]),
        ],
    );
}

#[test]
fn actors_and_concepts_left_out_give_the_sum_of_dna() {
    let all = sample();
    let kept: Vec<usize> = (0..all.width()).filter(|unit| all.units()[*unit].issue != "C6").collect();
    let actors: Vec<usize> =
        (0..all.actors().len()).filter(|actor| !["O5", "O6"].contains(&all.actors()[*actor].as_str())).collect();
    let part = all.of_units(&kept).of_actors(&actors);
    let sum: f64 = network(&part, ["congruence", "average", "dna"], Repeats::Every).matrix().iter().sum();
    assert!((sum - 9.8095238095).abs() < 1e-9, "{sum}");
}

#[test]
fn single_ties_are_those_of_dna() {
    let all =
        [(3, 5, "congruence", [22.0, 2.75, 0.956522, 0.4]), (3, 4, "conflict", [20.0, 2.666667, 1.428571, 0.454545])];
    for (first, second, kind, expected) in all {
        for (normalise, value) in NORMALISE.into_iter().zip(expected) {
            let found = tie(&network(&sample(), [kind, normalise, "dna"], Repeats::Every), first, second);
            assert!((found - value).abs() < 5e-7, "{kind} {normalise}: {found}");
        }
    }
    assert_eq!(tie(&network(&sample(), ["subtract", "none", "dna"], Repeats::Every), 3, 4), -18.0);
    for (normalise, value) in NORMALISE.into_iter().zip([4.0, 0.8, 2.0 / 3.0, 0.16]) {
        let found = tie(&network(&sample(), ["congruence", normalise, "dna"], Repeats::Once(None)), 6, 7);
        assert!((found - value).abs() < 1e-12, "{normalise}: {found}");
    }
}

#[test]
fn the_corrected_cosine_is_the_cosine_of_signed_profiles() {
    let found = network(&sample(), ["subtract", "cosine", "corrected"], Repeats::Once(None));
    for (first, second, value) in [(1, 6, 0.774597), (4, 6, -0.632456), (3, 5, 0.816497), (6, 7, 0.8)] {
        assert!((tie(&found, first, second) - value).abs() < 5e-7, "O{first} and O{second}");
    }
}

#[test]
fn corrected_jaccard_and_cosine_are_bounded_by_one() {
    for kind in ["congruence", "conflict", "subtract", "ignore"] {
        for normalise in ["jaccard", "cosine"] {
            for tie in network(&sample(), [kind, normalise, "corrected"], Repeats::Every).ties {
                let value = tie.value.unwrap();
                let least = if kind == "subtract" { -1.0 } else { 0.0 };
                assert!((least..=1.0 + 1e-12).contains(&value), "{kind} {normalise}: {value}");
            }
        }
    }
}

#[test]
fn who_says_nothing_has_no_tie_and_in_dna_a_tie_of_zero() {
    let units = vec![Unit { issue: "C1".into(), ..Unit::default() }];
    let scale = Scale::Ordinal { levels: vec!["no".into(), "yes".into()] };
    let actors = ["a", "b"].map(str::to_owned).to_vec();
    let table = Table::new(actors, units, scale, Cells::Codes(vec![1, NOT_STATED])).unwrap();
    for normalise in NORMALISE {
        let value = |definition| network(&table, ["congruence", normalise, definition], Repeats::Every).ties[0].value;
        assert_eq!((value("corrected"), value("dna")), (None, Some(0.0)), "{normalise}");
    }
}

#[test]
fn numbers_have_no_statements_to_count() {
    let units = vec![Unit { issue: "C1".into(), ..Unit::default() }];
    let scale = Scale::Interval { low: 0.0, high: 1.0 };
    let table = Table::new(vec!["a".into()], units, scale, Cells::Values(vec![0.5])).unwrap();
    let options = CongruenceOptions {
        kind: "ignore".parse().unwrap(),
        normalise: "none".parse().unwrap(),
        definition: "dna".parse().unwrap(),
        repeats: Repeats::Every,
    };
    let error = Congruence::of(&table, options).unwrap_err().to_string();
    assert_eq!(error, "table: expected levels, nominal or ordinal, to count statements, got numbers");
}
