//! Networks of the statements in the sample of the Discourse Network Analyzer (Leifeld, rDNA's
//! `sample.dna`): sums over all ordered pairs and single ties, as its formulas give them.

use standpunt::score::networks::congruence::{Congruence, CongruenceOptions, Definition};
use standpunt::score::networks::statements::Repeats;
use standpunt::score::networks::window::{Kernel, Width, Window, day, windows};
use standpunt::score::table::{Cells, NOT_STATED, Scale, Table, Unit};

#[path = "support/sample.rs"]
mod sample;
use sample::sample;

fn options(words: [&str; 3], repeats: Repeats) -> CongruenceOptions {
    let kind = words[0].parse().unwrap();
    let (normalise, definition) = (words[1].parse().unwrap(), words[2].parse().unwrap());
    CongruenceOptions { kind, normalise, definition, repeats }
}

fn network(table: &Table, words: [&str; 3], repeats: Repeats) -> Congruence {
    Congruence::of(table, options(words, repeats)).unwrap()
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

/// Two actors on one concept each way of three levels: 0 to 2, and 0 to 1.
fn of_three_levels(ordered: bool) -> Table {
    let levels = ["left", "middle", "right"].map(str::to_owned).to_vec();
    let scale = if ordered { Scale::Ordinal { levels } } else { Scale::Nominal { levels } };
    let units = ["C1", "C2"].map(|issue| Unit { issue: issue.into(), ..Unit::default() }).to_vec();
    Table::new(["a", "b"].map(str::to_owned).to_vec(), units, scale, Cells::Codes(vec![0, 0, 2, 1])).unwrap()
}

#[test]
fn levels_with_an_order_are_alike_by_their_steps_and_others_only_where_they_are_the_same() {
    for (ordered, congruence, conflict) in [(true, 0.5, 1.5), (false, 0.0, 2.0)] {
        let table = of_three_levels(ordered);
        let value = |kind| network(&table, [kind, "none", "corrected"], Repeats::Every).ties[0].value;
        assert_eq!((value("congruence"), value("conflict")), (Some(congruence), Some(conflict)));
        assert_eq!((value("ignore"), value("subtract")), (Some(2.0), Some(congruence - conflict)));
    }
    for (words, name) in
        [(["congruence", "none", "dna"], "definition"), (["subtract", "cosine", "corrected"], "normalise")]
    {
        assert!(Congruence::of(&of_three_levels(true), options(words, Repeats::Every)).is_ok());
        let error = Congruence::of(&of_three_levels(false), options(words, Repeats::Every)).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{name}: expected two levels")) && error.contains("more than two"),
            "{error}"
        );
    }
    assert!(
        Congruence::of(&of_three_levels(false), options(["subtract", "jaccard", "corrected"], Repeats::Every)).is_ok()
    );
}

/// In a window DNA multiplies by Σ 2 / (statements of both) of the whole time, for its average alone.
#[test]
fn smoothed_networks_of_dna_have_the_divisor_of_the_whole_time() {
    let whole = sample();
    let part = whole.of_units(&(0..whole.width() / 2).collect::<Vec<_>>());
    let smoothed = |words| Congruence::smoothed(&part, &whole, options(words, Repeats::Every)).unwrap();
    let ties = |network: Congruence| network.ties.into_iter().map(|tie| tie.value).collect::<Vec<_>>();
    let plain = ties(network(&part, ["congruence", "none", "dna"], Repeats::Every));
    for normalise in ["jaccard", "cosine", "none"] {
        assert_eq!(ties(smoothed(["congruence", normalise, "dna"])), plain, "{normalise}");
    }
    for normalise in NORMALISE {
        let words = ["congruence", normalise, "corrected"];
        assert_eq!(ties(smoothed(words)), ties(network(&part, words, Repeats::Every)), "{normalise}");
    }
    let mut said: std::collections::BTreeMap<(&str, u8), Vec<f64>> = std::collections::BTreeMap::new();
    for (unit, at) in whole.units().iter().zip(0..) {
        for actor in 0..whole.actors().len() {
            let code = whole.code(actor, at);
            if code < 2 {
                said.entry((&unit.issue, code)).or_insert_with(|| vec![0.0; whole.actors().len()])[actor] += 1.0;
            }
        }
    }
    let rows = whole.actors().len();
    let pairs = (0..rows).flat_map(|a| (a + 1..rows).map(move |b| (a, b)));
    let found = ties(smoothed(["congruence", "average", "dna"]));
    for (((a, b), sum), found) in pairs.zip(plain).zip(found) {
        let both = said.values().map(|by| by[a] + by[b]).filter(|both| *both > 0.0);
        let expected = sum.unwrap() * both.map(|both| 2.0 / both).sum::<f64>();
        assert!((found.unwrap() - expected).abs() < 1e-9, "{a} {b}: {found:?} for {expected}");
    }
}

const KERNELS: [Kernel; 4] = [Kernel::Uniform, Kernel::Triangular, Kernel::Epanechnikov, Kernel::Gaussian];

#[test]
fn kernels_fall_as_their_formulas_say() {
    let at = |u: f64| KERNELS.map(|kernel| kernel.weight(u));
    assert_eq!(at(0.0), [1.0; 4]);
    assert_eq!(at(0.5), [1.0, 0.5, 0.75, (-0.125_f64).exp()]);
    assert_eq!((at(-0.5), at(1.0)), (at(0.5), [1.0, 0.0, 0.0, (-0.5_f64).exp()]));
    assert_eq!((at(1.5), at(8.5)), ([0.0, 0.0, 0.0, (-1.125_f64).exp()], [0.0; 4]));
    assert_eq!(at(8.0)[3], (-32.0_f64).exp());
    let dna = |u: f64| KERNELS.map(|kernel| kernel.weight_of_dna(u));
    let phi = |u: f64| (-u * u / 2.0).exp() / std::f64::consts::TAU.sqrt();
    assert_eq!((dna(0.5), dna(-0.5)), ([0.5, 1.5, 0.5625, phi(0.5)], [0.5, 0.5, 0.5625, phi(0.5)]));
    assert_eq!((dna(1.0), dna(1.5)), ([0.5, 2.0, 0.0, phi(1.0)], [0.0, 0.0, 0.0, phi(1.5)]));
}

/// Each issue asked of each window, one by one.
#[test]
fn windows_hold_what_lies_within_half_their_width_of_their_middle() {
    let days = [Some(10), Some(3), None, Some(10), Some(17), Some(30), Some(4)];
    for (width, step) in [(Width::Days(7), 3), (Width::Days(1), 1), (Width::Days(40), 5), (Width::Issues(3), 2)] {
        for kernel in KERNELS {
            let mut dated: Vec<(i64, usize)> =
                days.iter().zip(0..).filter_map(|(day, at)| Some(((*day)?, at))).collect();
            dated.sort();
            let (size, of_days) = match width {
                Width::Days(size) => (i64::from(size), true),
                Width::Issues(size) => (i64::from(size), false),
            };
            let place = |at: usize| if of_days { dated[at].0 - 3 } else { at as i64 };
            let last = place(dated.len() - 1);
            let mut starts = (0..).map(|at| at * i64::from(step)).take_while(|start| *start <= last);
            let found = windows(&days, width, step, kernel, Definition::Corrected).unwrap();
            for Window { days, units, weights } in &found {
                let start = starts.next().unwrap();
                let weight = |at: usize| {
                    kernel.weight((place(at) as f64 - (start as f64 + (size - 1) as f64 / 2.0)) / (size as f64 / 2.0))
                };
                let held: Vec<usize> = (0..dated.len()).filter(|at| weight(*at) > 0.0).collect();
                assert_eq!(*units, held.iter().map(|at| dated[*at].1).collect::<Vec<_>>(), "{width:?} {kernel:?}");
                assert_eq!(*weights, held.iter().map(|at| weight(*at)).collect::<Vec<_>>(), "{width:?} {kernel:?}");
                let day = |at: i64| dated[at.min(dated.len() as i64 - 1) as usize].0;
                let ends =
                    if of_days { (3 + start, 3 + start + size - 1) } else { (day(start), day(start + size - 1)) };
                assert_eq!(*days, ends, "{width:?}");
            }
            assert_eq!((starts.next(), found.is_empty()), (None, false), "{width:?}");
        }
    }
    let dna = windows(&days, Width::Days(7), 3, Kernel::Uniform, Definition::Dna).unwrap();
    assert_eq!(dna[0].weights, [0.5, 0.5]);
    let ask = |days: &[Option<i64>], width, step| windows(days, width, step, Kernel::Uniform, Definition::Corrected);
    assert_eq!(ask(&[None], Width::Days(7), 1).unwrap(), []);
    assert!(ask(&days, Width::Days(0), 1).is_err() && ask(&days, Width::Issues(1), 0).is_err());
    assert_eq!(ask(&[Some(0), Some(99_999)], Width::Days(1), 1).unwrap().len(), 100_000);
    assert!(ask(&[Some(0), Some(100_000)], Width::Days(1), 1).is_err());
    assert_eq!([day(0), day(20_000), day(-1)], ["1970-01-01", "2024-10-04", "1969-12-31"]);
}
