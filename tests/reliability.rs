//! Published coefficients of many raters, and of counts on ordered scales.

use standpunt::score::consensus::{Consensus, esteban_ray};
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::raters::reliability::{
    Coefficient, Likeness, Ratings, Reliability, of_categories, reliability, reliability_of_bytes,
    reliability_of_values,
};
use standpunt::score::table::{Cells, FIRST_GAP, NOT_STATED, Scale, Table};

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, names, units};

fn cases(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn coefficient(name: &str) -> Coefficient {
    Coefficient::ALL.into_iter().find(|coefficient| coefficient.as_str() == name).unwrap()
}

fn part(of: &Reliability, name: &str) -> f64 {
    match name {
        "value" => of.value,
        "observed" => of.observed,
        "expected" => of.expected,
        "error" => of.error,
        "low" => of.interval.map(|ends| ends.0),
        _ => of.interval.map(|ends| ends.1),
    }
    .unwrap()
}

/// What is printed to three digits is held to three.
fn tolerance(expected: &str) -> f64 {
    if expected.len() < 8 { 6e-4 } else { 1e-9 }
}

#[test]
fn raters_have_the_published_coefficients() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/reliability.csv")) {
        let rows: Vec<Vec<&str>> = case[3].split('/').map(|row| row.split_whitespace().collect()).collect();
        let mut numbers: Vec<f64> = rows.iter().flatten().filter_map(|word| word.parse().ok()).collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        let code = |word: &&str| {
            let number = word.parse::<f64>().ok();
            number.map_or(NOT_STATED, |x| numbers.iter().position(|y| *y == x).unwrap() as u8)
        };
        let codes: Vec<u8> = rows.iter().flatten().map(code).collect();
        let weights = case[2].parse::<Likeness>().unwrap().weights(&numbers).unwrap();
        let found = Ratings::of_codes(&codes, rows.len(), numbers.len()).coefficient(coefficient(&case[1]), &weights);
        let found = part(&found, &case[0]);
        if found.is_nan() || (found - case[4].parse::<f64>().unwrap()).abs() > tolerance(&case[4]) {
            wrong.push(format!("{} {} {} {}: got {found}", &case[0], &case[1], &case[2], &case[4]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn counts_have_the_published_coefficients() {
    for case in cases(include_str!("cases/rating_counts.csv")) {
        let counts: Vec<u32> = case[2].replace('/', " ").split_whitespace().map(|n| n.parse().unwrap()).collect();
        let weights = Likeness::Identity.weights(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let found = part(&Ratings::of_counts(&counts, 5).coefficient(coefficient(&case[1]), &weights), &case[0]);
        assert!((found - case[3].parse::<f64>().unwrap()).abs() < 1e-9, "{case:?}: got {found}");
    }
}

#[test]
fn weights_are_the_published_ones_and_a_ratio_needs_numbers_above_0() {
    for (name, near, far) in [
        ("linear", 0.5, 0.5),
        ("quadratic", 0.75, 0.75),
        ("ordinal", 0.667, 0.667),
        ("radical", 0.293, 0.293),
        ("ratio", 0.556, 0.84),
    ] {
        let weights = name.parse::<Likeness>().unwrap().weights(&[1.0, 2.0, 3.0]).unwrap();
        assert!((weights[1] - near).abs() < 6e-4 && (weights[5] - far).abs() < 6e-4, "{name} {weights:?}");
        assert_eq!([weights[0], weights[4], weights[2]], [1.0, 1.0, 0.0], "{name}");
    }
    let error = Likeness::Ratio.weights(&[0.0, 1.0]).unwrap_err().to_string();
    assert_eq!(error, "weights: expected categories above 0 for ratio weights, got one of 0 or below");
}

#[test]
fn what_cannot_be_told_from_chance_is_undefined() {
    let weights = Likeness::Identity.weights(&[0.0, 1.0]).unwrap();
    let of = |counts: &[u32]| Ratings::of_counts(counts, 2).coefficient(Coefficient::Fleiss, &weights);
    assert_eq!((of(&[2, 0, 3, 0]).value, of(&[2, 0, 3, 0]).units), (None, 2));
    assert_eq!((of(&[1, 0, 0, 1]).value, of(&[1, 0, 0, 1]).units), (None, 0));
    assert_eq!(of(&[]).value, None);
    let conger = Ratings::of_counts(&[2, 1], 2).coefficient(Coefficient::Conger, &weights);
    assert_eq!(conger.value, None);
    let one = Ratings::of_counts(&[2, 3], 1).coefficient(Coefficient::Gwet, &[1.0]);
    assert_eq!((one.value, one.observed, one.expected), (None, None, None));
}

#[test]
fn ordered_scales_have_the_published_consensus() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/consensus.csv")) {
        let counts: Vec<f64> = case[1].split_whitespace().map(|n| n.parse().unwrap()).collect();
        let mut mirrored = counts.clone();
        mirrored.reverse();
        let measure: Consensus = case[0].parse().unwrap();
        let expected: f64 = case[2].parse().unwrap();
        let tolerance = 0.6 * 10_f64.powi(-case[3].parse::<i32>().unwrap());
        for counts in [counts, mirrored] {
            let found = measure.of(&counts).unwrap().unwrap();
            if found.is_nan() || (found - expected).abs() > tolerance.max(1e-12) {
                wrong.push(format!("{case:?}: got {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // All at one end.
    let one = |measure: Consensus| measure.of(&[7.0, 0.0, 0.0, 0.0]).unwrap();
    assert_eq!([Consensus::VanDerEijk, Consensus::TastleWierman].map(one), [Some(1.0); 2]);
    assert_eq!([Consensus::Leik, Consensus::Reardon, Consensus::Entropy].map(one), [Some(0.0); 3]);
    assert_eq!(Consensus::VanDerEijk.of(&[1.0, 2.0]).unwrap(), None);
    assert_eq!(Consensus::Leik.of(&[0.0, 0.0, 0.0]).unwrap(), None);
    let error = Consensus::Leik.of(&[1.0, -1.0]).unwrap_err().to_string();
    assert_eq!(error, "counts: expected counts of at least 0, got -1");
}

#[test]
fn polarisation_of_esteban_and_ray_has_its_derived_values() {
    let third = 1.0 / 3.0;
    let cases: [(&[f64], &[f64], [f64; 3]); 4] = [
        (&[0.5, 0.5], &[0.0, 1.0], [0.25, 0.2030630991, 0.1649384888]),
        (&[third, third, third], &[-1.0, 0.0, 1.0], [0.2962962963, 0.2131031388, 0.1532686987]),
        (&[1.0, 1.0, 1.0, 1.0], &[1.0, 2.0, 3.0, 4.0], [0.3125, 0.2061731111, 0.1360235255]),
        (&[0.6, 0.1, 0.3], &[-1.0, 0.0, 1.0], [0.378, 0.3022367199, 0.2445526472]),
    ];
    for (shares, places, expected) in cases {
        for (alpha, expected) in [1.0, 1.3, 1.6].into_iter().zip(expected) {
            let found = esteban_ray(shares, places, alpha).unwrap().unwrap();
            assert!((found - expected).abs() < 1e-10, "{shares:?} {alpha}: {found}");
        }
    }
    let error = esteban_ray(&[1.0], &[0.0], 2.0).unwrap_err().to_string();
    assert_eq!(error, "alpha: expected a number from 0 to 1.6, got 2");
    for bad in [-1.0, f64::INFINITY] {
        assert!(esteban_ray(&[2.0, bad], &[0.0, 1.0], 1.0).unwrap_err().to_string().starts_with("shares: "), "{bad}");
    }
    assert_eq!(esteban_ray(&[], &[], 1.0).unwrap(), None);
}

/// Gwet's table of two raters distributed with irrCAC (4 x 4, n = 223): the standard error of kappa. For tables
/// its formula divides squares by n², that of ratings by n (n - 1).
#[test]
fn kappa_of_two_has_the_published_error() {
    let table = [[40, 6, 4, 15], [4, 25, 1, 5], [4, 2, 21, 9], [17, 13, 12, 45]];
    let cells = (0..4_u8).flat_map(|k| (0..4_u8).map(move |l| (k, l)));
    let pairs: Vec<(u8, u8)> =
        cells.flat_map(|(k, l)| std::iter::repeat_n((k, l), table[k as usize][l as usize])).collect();
    let codes: Vec<u8> = pairs.iter().map(|pair| pair.0).chain(pairs.iter().map(|pair| pair.1)).collect();
    let weights = Likeness::Identity.weights(&[1.0, 2.0, 3.0, 4.0]).unwrap();
    let found = Ratings::of_codes(&codes, 2, 4).coefficient(coefficient("conger"), &weights);
    assert!((found.value.unwrap() - 0.4315007759).abs() < 1e-9, "{found:?}");
    let of_tables = found.error.unwrap() * (222.0_f64 / 223.0).sqrt();
    assert!((of_tables - 0.0459692).abs() < 5e-8, "{found:?}");
}

/// Raters who miss units: the error is near that of leaving out one unit at a time.
#[test]
fn conger_has_an_error_near_the_jackknife_where_raters_miss_units() {
    let (rows, units) = (4, 160);
    let mut state = 17_u64;
    let mut next = |n: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % n
    };
    let truth: Vec<u8> = (0..units).map(|_| next(3) as u8).collect();
    let codes: Vec<u8> = (0..rows * units)
        .map(|at| match next(10) {
            0 | 1 => NOT_STATED,
            2 | 3 => next(3) as u8,
            _ => truth[at % units],
        })
        .collect();
    let weights = Likeness::Linear.weights(&[1.0, 2.0, 3.0]).unwrap();
    let conger = coefficient("conger");
    let found = Ratings::of_codes(&codes, rows, 3).coefficient(conger, &weights);
    let without = |out: usize| {
        let left: Vec<u8> = (0..rows * units).filter(|at| at % units != out).map(|at| codes[at]).collect();
        Ratings::of_codes(&left, rows, 3).coefficient(conger, &weights).value.unwrap()
    };
    let values: Vec<f64> = (0..units).map(without).collect();
    let mean = values.iter().sum::<f64>() / units as f64;
    let n = units as f64;
    let jackknife = ((n - 1.0) / n * values.iter().map(|value| (value - mean).powi(2)).sum::<f64>()).sqrt();
    let error = found.error.unwrap();
    assert!((error / jackknife - 1.0).abs() < 0.05, "{error} {jackknife}");
}

/// Three raters of forty units by levels, by numbers, and by small whole numbers of which 9 and -1 stand for none.
#[test]
fn ratings_have_the_same_coefficients_however_they_are_kept() {
    let mut random = Random(81);
    let given: Vec<Option<u8>> =
        (0..120).map(|at| [Some((at / 7 % 3) as u8), Some(random.below(3) as u8), None][random.below(3)]).collect();
    let codes: Vec<u8> = given.iter().map(|code| code.unwrap_or(NOT_STATED)).collect();
    let values: Vec<f64> = given.iter().map(|code| code.map_or(f64::NAN, |code| f64::from(code) + 1.0)).collect();
    let bytes: Vec<i8> =
        given.iter().zip(0..).map(|(code, at)| code.map_or([9, -1][at % 2], |code| code as i8 + 1)).collect();
    let levels = names("level", 3);
    let of = |scale: Scale, cells: Cells| Table::new(names("a", 3), units(40), scale, cells).unwrap();
    let ordinal = of(Scale::Ordinal { levels: levels.clone() }, Cells::Codes(codes.clone()));
    let nominal = of(Scale::Nominal { levels: levels.clone() }, Cells::Codes(codes.clone()));
    let numbers = of(Scale::Interval { low: 1.0, high: 3.0 }, Cells::Values(values.clone()));
    for likeness in [Likeness::Identity, Likeness::Linear, Likeness::Quadratic] {
        let weights = likeness.weights(&[1.0, 2.0, 3.0]).unwrap();
        let plain = Ratings::of_codes(&codes, 3, 3).coefficients(&weights);
        assert_eq!(reliability(&ordinal, likeness).unwrap(), plain);
        assert_eq!(reliability(&numbers, likeness).unwrap(), plain);
        assert_eq!(reliability_of_values(&values, 3, likeness).unwrap(), plain);
        assert_eq!(reliability_of_bytes(&bytes, 3, &[9, -1], likeness).unwrap(), plain);
        match reliability(&nominal, likeness) {
            Ok(found) => assert_eq!((likeness, found), (Likeness::Identity, plain)),
            Err(error) => assert!(likeness != Likeness::Identity && error.to_string().starts_with("weights: expected")),
        }
    }
    for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
        let [of_bytes, of_values] = [
            AlphaTally::of_bytes(&bytes, 3, metric, &[9, -1]).unwrap().alpha().value.unwrap(),
            AlphaTally::of_values(&values, 3, metric, None).unwrap().alpha().value.unwrap(),
        ];
        assert!((of_bytes - of_values).abs() < 1e-9, "{metric:?}: {of_bytes} {of_values}");
    }
    assert!(AlphaTally::of_bytes(&bytes, 3, Metric::Ratio, &[9]).is_err(), "below 0");
    let by_level = of_categories(&ordinal).unwrap();
    let gone = codes.iter().map(|&code| if code == NOT_STATED { FIRST_GAP } else { code }).collect();
    assert_eq!(of_categories(&of(Scale::Ordinal { levels: levels.clone() }, Cells::Codes(gone))).unwrap(), by_level);
    assert_eq!(by_level.iter().map(|(level, _)| level.clone()).collect::<Vec<_>>(), levels);
    for ((_, found), level) in by_level.iter().zip(0..) {
        let against: Vec<u8> =
            codes.iter().map(|&code| if code < 3 { u8::from(code == level) } else { code }).collect();
        let weights = Likeness::Identity.weights(&[0.0, 1.0]).unwrap();
        assert_eq!(*found, Ratings::of_codes(&against, 3, 2).coefficients(&weights));
    }
    assert!(of_categories(&numbers).is_err());
    let many =
        |count: i32| reliability_of_values(&(0..count).map(f64::from).collect::<Vec<_>>(), 1, Likeness::Identity);
    assert!(many(128).is_ok() && many(129).unwrap_err().to_string().contains("129 is over the limit of 128"));
}

/// 2,500 units are more than are summed at a time.
#[test]
fn the_order_of_units_and_who_rates_nothing_change_no_coefficient() {
    let mut random = Random(82);
    let given: Vec<[u8; 3]> = (0..2500)
        .map(|at| [at / 1250, 1, 2].map(|most: usize| [random.below(most + 1) as u8, NOT_STATED][random.below(5) / 4]))
        .collect();
    let weights = Likeness::Linear.weights(&[1.0, 2.0, 3.0]).unwrap();
    let of = |units: &mut dyn Iterator<Item = &[u8; 3]>, silent: usize| {
        let units: Vec<&[u8; 3]> = units.collect();
        let mut codes: Vec<u8> = (0..3).flat_map(|rater| units.iter().map(move |unit| unit[rater])).collect();
        codes.extend(vec![NOT_STATED; silent * units.len()]);
        Ratings::of_codes(&codes, 3 + silent, 3).coefficients(&weights)
    };
    let plain = of(&mut given.iter(), 0);
    for other in [of(&mut given.iter().rev(), 0), of(&mut given.iter(), 1)] {
        for ((coefficient, plain), (_, other)) in plain.iter().zip(&other) {
            for name in ["value", "observed", "expected", "error"] {
                let (plain, other) = (part(plain, name), part(other, name));
                assert!((plain - other).abs() < 1e-12, "{coefficient:?} {name}: {plain} {other}");
            }
        }
    }
}

#[test]
fn zero_is_one_value_with_either_sign() {
    let (signed, plain) = ([-0.0, 1.0, 0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0, 1.0, 1.0]);
    let of = |values: &[f64]| reliability_of_values(values, 2, Likeness::Identity).unwrap();
    assert_eq!(of(&signed), of(&plain));
    let of = |values: &[f64]| AlphaTally::of_values(values, 2, Metric::Nominal, None).unwrap();
    assert_eq!(of(&signed).to_bytes(), of(&plain).to_bytes());
}
