//! Tallies add up: cut, merged, kept and read again, they are the same to the byte.

use standpunt::score::cohesion::{Cohesion, cohesion};
use standpunt::score::cohesion_tally::CohesionTally;
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::salience::Salience;
use standpunt::score::pairs::tally::{PairTally, Tallied};
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::table::{Cells, Gap, Key, NOT_STATED, Scale, Table};
use standpunt::stop::Stop;
use standpunt::{Error, Result};

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, any_table, names, slow_alpha, slow_score, units};

/// The issues in ten parts, in any order.
fn ten_parts(random: &mut Random, table: &Table) -> Vec<Table> {
    let mut order: Vec<usize> = (0..table.units().len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    order.chunks(1 + order.len() / 10).map(|units| table.of_units(units)).collect()
}

fn merged<T>(parts: Vec<T>, merge: fn(T, T) -> Result<T>) -> Option<T> {
    parts.into_iter().map(Ok).reduce(|a, b| merge(a?, b?)).transpose().unwrap()
}

#[test]
fn ten_parts_merged_in_any_order_give_the_bytes_of_the_whole() {
    let mut random = Random(3);
    let mut compared = 0;
    for _ in 0..100 {
        let table = any_table(&mut random, 200);
        let parts = ten_parts(&mut random, &table);
        for measure in Measure::ALL {
            for distance in [Distance::Absolute, Distance::Squared] {
                let Ok(whole) = PairTally::of(&table, measure, distance) else { continue };
                let parts = parts.iter().map(|part| PairTally::of(part, measure, distance).unwrap()).collect();
                let Some(merged) = merged(parts, PairTally::merge) else { continue };
                assert_eq!(merged.to_bytes(), whole.to_bytes(), "{measure:?} {distance:?} {table:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn alpha_of_ten_parts_has_the_bytes_of_the_whole() {
    let mut random = Random(13);
    let mut compared = 0;
    for _ in 0..100 {
        let table = any_table(&mut random, 200);
        let parts = ten_parts(&mut random, &table);
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            let Ok(whole) = AlphaTally::of(&table, metric) else { continue };
            let parts = parts.iter().map(|part| AlphaTally::of(part, metric).unwrap()).collect();
            let Some(merged) = merged(parts, AlphaTally::merge) else { continue };
            assert_eq!(merged.to_bytes(), whole.to_bytes(), "{metric:?} {table:?}");
            assert_eq!(merged.alpha(), whole.alpha());
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

fn of_levels(actors: &[&str], from: usize, levels: &[&str], rows: &[&[&str]]) -> Table {
    let code = |word: &&str| levels.iter().position(|level| level == word).map_or(NOT_STATED, |at| at as u8);
    let codes = rows.iter().flat_map(|row| row.iter().map(code)).collect();
    let units = units(from + rows[0].len()).split_off(from);
    let levels = levels.iter().map(|level| level.to_string()).collect();
    let actors = actors.iter().map(|actor| actor.to_string()).collect();
    Table::new(actors, units, Scale::Nominal { levels }, Cells::Codes(codes)).unwrap()
}

#[test]
fn parts_may_know_other_actors_and_other_levels() {
    let whole = of_levels(
        &["BE", "DE", "NL"],
        0,
        &["abstain", "no", "yes"],
        &[&["", "", "no"], &["yes", "no", "abstain"], &["yes", "yes", "abstain"]],
    );
    let first = of_levels(&["DE", "NL"], 0, &["no", "yes"], &[&["yes", "no"], &["yes", "yes"]]);
    let second = of_levels(&["NL", "BE", "DE"], 2, &["abstain", "no"], &[&["abstain"], &["no"], &["abstain"]]);
    for measure in [Measure::Agreement, Measure::Kappa, Measure::Pi] {
        let of = |table: &Table| PairTally::of(table, measure, Distance::Absolute).unwrap();
        let there = of(&first).merge(of(&second)).unwrap();
        let back = of(&second).merge(of(&first)).unwrap();
        assert_eq!(there.to_bytes(), of(&whole).to_bytes(), "{measure:?}");
        assert_eq!(back.to_bytes(), of(&whole).to_bytes(), "{measure:?}");
    }
    let of = |table: &Table| AlphaTally::of(table, Metric::Nominal).unwrap();
    assert_eq!(of(&second).merge(of(&first)).unwrap().to_bytes(), of(&whole).to_bytes());
}

#[test]
fn parts_read_apart_add_up_where_they_know_the_greatest_weight() {
    let mut random = Random(23);
    let values: Vec<f64> = (0..400).map(|_| random.unit()).collect();
    let weights: Vec<f64> = (0..100).map(|at| random.unit() * if at < 50 { 1.0 } else { 1000.0 }).collect();
    let scale = Scale::Interval { low: 0.0, high: 1.0 };
    let table = |from: usize, to: usize| {
        let rows = values.chunks(100).flat_map(|row| row[from..to].iter().copied()).collect();
        let units = units(to).split_off(from);
        let table = Table::new(names("a", 4), units, scale.clone(), Cells::Values(rows)).unwrap();
        table.with_weights(weights[from..to].to_vec()).unwrap().with_heaviest(1000.0).unwrap()
    };
    let of = |from, to| PairTally::of(&table(from, to), Measure::Agreement, Distance::Absolute).unwrap();
    assert_eq!(of(50, 100).merge(of(0, 50)).unwrap().to_bytes(), of(0, 100).to_bytes());
    let refused = table(50, 100).with_heaviest(1.0).unwrap_err();
    assert!(matches!(refused, Error::Option { name: "heaviest", .. }), "{refused}");
}

#[test]
fn a_table_tallied_in_slices_has_the_scores_of_its_definition() {
    let mut random = Random(5);
    let (rows, issues) = (400, 4200);
    let codes = Cells::Codes((0..rows * issues).map(|_| [0, 1, 2, NOT_STATED][random.below(4)]).collect());
    let scale = Scale::Ordinal { levels: names("level", 3) };
    let table = Table::new(names("a", rows), units(issues), scale, codes).unwrap();
    let tally = PairTally::of(&table, Measure::Kappa, Distance::Absolute).unwrap();
    let scores = tally.scores(0);
    for b in [1, 7, 399] {
        let (shared, score) = slow_score(&table, Measure::Kappa, false, 0, b);
        assert_eq!(tally.shared()[b - 1], shared);
        assert!((scores[b - 1].unwrap() - score.unwrap()).abs() < 1e-12);
    }
}

#[test]
fn a_stop_ends_the_work() {
    let table = any_table(&mut Random(1), 50);
    let stop = Stop::default();
    stop.set();
    let of = Tallied { measure: Measure::Agreement, distance: Distance::Absolute, salience: None };
    assert_eq!(PairTally::of_with(&table, &of, &stop), Err(Error::Stopped));
}

#[test]
fn kept_tallies_are_read_again_and_broken_ones_refused() {
    let mut random = Random(33);
    for _ in 0..40 {
        let table = any_table(&mut random, 30);
        for measure in Measure::ALL {
            let Ok(tally) = PairTally::of(&table, measure, Distance::Absolute) else { continue };
            let bytes = tally.to_bytes();
            assert_eq!(PairTally::from_bytes("t", &bytes).unwrap(), tally);
            refuses_what_is_broken(&mut random, &bytes, |bytes| PairTally::from_bytes("t", bytes).map(drop));
        }
        for metric in [Metric::Nominal, Metric::Interval] {
            let Ok(tally) = AlphaTally::of(&table, metric) else { continue };
            let bytes = tally.to_bytes();
            assert_eq!(AlphaTally::from_bytes("t", &bytes).unwrap(), tally);
            refuses_what_is_broken(&mut random, &bytes, |bytes| AlphaTally::from_bytes("t", bytes).map(drop));
        }
        let key = Key { name: "area".to_owned(), values: vec![None; table.units().len()] };
        let gaps = vec![Gap { value: "absent".to_owned(), eligible: false }];
        let table = table.with_key(key).unwrap().with_gaps(gaps, Vec::new()).unwrap();
        let bytes = table.to_bytes();
        // NaN is not itself, so the bytes are compared.
        assert_eq!(Table::from_bytes("t", &bytes).unwrap().to_bytes(), bytes);
        refuses_what_is_broken(&mut random, &bytes, |bytes| Table::from_bytes("t", bytes).map(drop));
    }
}

fn refuses_what_is_broken(random: &mut Random, bytes: &[u8], read: impl Fn(&[u8]) -> Result<()>) {
    let cut = random.below(bytes.len());
    assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
    let mut changed = bytes.to_vec();
    let at = random.below(bytes.len());
    changed[at] ^= 1 << random.below(8);
    assert!(read(&changed).is_err(), "changed at {at}");
}

#[test]
fn a_broken_tally_says_what_is_wrong() {
    let table = any_table(&mut Random(1), 50);
    let mut bytes = PairTally::of(&table, Measure::Agreement, Distance::Absolute).unwrap().to_bytes();
    let error = AlphaTally::from_bytes("a.tally", &bytes).unwrap_err().to_string();
    let expected = "expected 'standpunt alpha tally 1', got 'standpunt pair tally 1'";
    assert_eq!(error, format!("a.tally: not a stored alpha tally: {expected}"));
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let error = PairTally::from_bytes("a.tally", &bytes).unwrap_err().to_string();
    let expected = "its checksum does not fit: the file is cut short or changed";
    assert_eq!(error, format!("a.tally: not a stored pair tally: {expected}"));
}

#[test]
fn alpha_tells_more_than_128_values_apart() {
    let mut random = Random(43);
    for metric in [Metric::Nominal, Metric::Ordinal, Metric::Ratio] {
        let values: Vec<f64> = (0..4 * 150)
            .map(|_| if random.below(5) == 0 { f64::NAN } else { random.below(400) as f64 / 8.0 })
            .collect();
        let fast = AlphaTally::of_values(&values, 4, metric, None).unwrap().alpha().value.unwrap();
        let slow = slow_alpha(&values, 4, metric).unwrap();
        assert!((fast - slow).abs() < 1e-12, "{metric:?} {fast} {slow}");
    }
    let values: Vec<f64> = (0..2 * 20_001).map(|at| f64::from(at % 20_001)).collect();
    let error = AlphaTally::of_values(&values, 2, Metric::Ordinal, None).unwrap_err().to_string();
    assert_eq!(error, "different values for this metric: 20001 is over the limit of 20000");
}

#[test]
fn salience_weighs_every_pair_by_its_own() {
    let mut random = Random(53);
    for _ in 0..50 {
        let table = any_table(&mut random, 40);
        let cells = table.actors().len() * table.units().len();
        let table = table.with_salience((0..cells).map(|_| random.unit() + 0.01).collect()).unwrap();
        for salience in [Salience::Product, Salience::Mean] {
            let of = Tallied { measure: Measure::Agreement, distance: Distance::Absolute, salience: Some(salience) };
            let of = |table: &Table| PairTally::of_with(table, &of, &Stop::default()).unwrap();
            if cells == 0 {
                continue;
            }
            let whole = of(&table);
            let mut pair = 0;
            for a in 0..table.actors().len() {
                for b in a + 1..table.actors().len() {
                    let slow = slow_salient(&table, salience, a, b);
                    match (whole.scores(0)[pair], slow) {
                        (Some(fast), Some(slow)) => assert!((fast - slow).abs() < 1e-8, "{fast} {slow}"),
                        (fast, slow) => assert_eq!(fast, slow),
                    }
                    pair += 1;
                }
            }
            let parts = ten_parts(&mut random, &table).iter().map(of).collect();
            assert_eq!(merged(parts, PairTally::merge).unwrap().to_bytes(), whole.to_bytes());
        }
    }
}

fn slow_salient(table: &Table, salience: Salience, a: usize, b: usize) -> Option<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for unit in 0..table.units().len() {
        let (Some(x), Some(y)) = (table.position(a, unit), table.position(b, unit)) else { continue };
        let (s, t) = (table.salience_of(a, unit), table.salience_of(b, unit));
        let both = if salience == Salience::Product { s * t } else { (s + t) / 2.0 };
        let weight = table.weights().map_or(1.0, |weights| weights[unit]) * both;
        let nominal = matches!(table.scale(), Scale::Nominal { .. });
        sum += weight * if nominal { (x != y) as u8 as f64 } else { (x - y).abs() / table.scale().width() };
        total += weight;
    }
    (total > 0.0).then(|| 1.0 - sum / total)
}

/// Votes of 70 actors, or of three.
fn any_votes(random: &mut Random) -> Table {
    let (rows, issues) = ([3, 70][random.below(2)], random.below(40));
    let code = |random: &mut Random| [0, 1, 2, 2, NOT_STATED, 128][random.below(6)];
    let levels = ["no", "abstain", "yes"].map(str::to_owned).to_vec();
    let codes = Cells::Codes((0..rows * issues).map(|_| code(random)).collect());
    let mut units = units(issues);
    units.iter_mut().enumerate().for_each(|(at, unit)| unit.meeting = Some(format!("m{}", at % 3)));
    let table = Table::new(names("a", rows), units, Scale::Ordinal { levels }, codes).unwrap();
    let key = Key { name: "area".to_owned(), values: (0..issues).map(|at| Some(format!("k{}", at % 2))).collect() };
    let table = table.with_key(key).unwrap();
    match random.below(2) {
        0 => table.with_weights((0..issues).map(|_| random.below(3) as f64).collect()).unwrap(),
        _ => table,
    }
}

/// Yes, no and abstain of some actors on one issue, one cell after the other.
fn slow_votes(table: &Table, members: &[usize], unit: usize) -> [u32; 3] {
    [2, 0, 1].map(|level| members.iter().filter(|&&member| table.code(member, unit) == level).count() as u32)
}

#[test]
fn cohesion_of_parts_is_that_of_the_whole_and_of_its_slow_twin() {
    let mut random = Random(21);
    let by = ["area".to_owned(), "meeting".to_owned()];
    let mut compared = 0;
    for _ in 0..100 {
        let table = any_votes(&mut random);
        let members: Vec<usize> = (0..table.actors().len()).filter(|_| random.below(3) > 0).collect();
        let named = members.iter().map(|&at| table.actors()[at].clone()).chain(["nobody".to_owned()]).collect();
        let groups = [("some".to_owned(), named), ("none".to_owned(), Vec::new())];
        let whole = CohesionTally::of(&table, &groups, &by).unwrap();
        assert_eq!(whole.groups(), ["some", "none"]);
        let mut parts = ten_parts(&mut random, &table);
        let halves = [0, 1].map(|half| (0..table.actors().len()).filter(|at| at % 2 == half).collect::<Vec<_>>());
        if random.below(2) == 0 {
            parts = halves.iter().map(|half| table.of_actors(half)).collect();
        }
        let parts = parts.iter().map(|part| CohesionTally::of(part, &groups, &by).unwrap()).collect();
        if let Some(merged) = merged(parts, CohesionTally::merge) {
            assert_eq!(merged.to_bytes(), whole.to_bytes(), "{table:?}");
        }
        assert_eq!(CohesionTally::from_bytes("a tally", &whole.to_bytes()).unwrap(), whole);
        for measure in Cohesion::ALL {
            let votes = cohesion(&table, &members, measure).unwrap();
            let twin = |unit: usize| slow_votes(&table, &members, unit);
            assert!(votes.iter().enumerate().all(|(at, v)| v.unit == at && [v.yes, v.no, v.abstain] == twin(at)));
            let expected = |unit: usize| measure.of(twin(unit)[0].into(), twin(unit)[1].into(), twin(unit)[2].into());
            assert!(votes.iter().all(|votes| votes.value == expected(votes.unit)));
            assert_eq!(whole.votes(measure)[0].1, votes);
            for part in 0..3 {
                let by = if part == 2 { &[][..] } else { &by[..1] };
                let units: Vec<usize> = (0..table.width()).filter(|at| part == 2 || at % 2 == part).collect();
                let weight = |unit: usize| table.weights().map_or(1.0, |weights| weights[unit]);
                let known: Vec<usize> = units.into_iter().filter(|unit| expected(*unit).is_some()).collect();
                let total: f64 = known.iter().map(|unit| weight(*unit)).sum();
                let sum: f64 = known.iter().map(|unit| weight(*unit) * expected(*unit).unwrap()).sum();
                let means = whole.means(measure, by).unwrap();
                let key = if part < 2 { vec![Some(format!("k{part}"))] } else { Vec::new() };
                let Some(mean) = means.iter().find(|mean| mean.group == "some" && mean.key == key) else { continue };
                assert_eq!(mean.issues, known.len());
                match mean.value {
                    Some(value) => assert!((value - sum / total).abs() < 1e-12),
                    None => assert_eq!(total, 0.0),
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn cohesion_tallies_that_count_other_things_do_not_merge() {
    let table = |levels: &[&str], rows: &[&[&str]]| of_levels(&["a", "b"], 0, levels, rows);
    let votes = table(&["no", "yes"], &[&["no", "yes"], &["yes", "yes"]]);
    let groups = |name: &str| [(name.to_owned(), vec!["a".to_owned(), "b".to_owned()])];
    let tally = |table: &Table, name: &str| CohesionTally::of(table, &groups(name), &[]).unwrap();
    let error = |a: CohesionTally, b: CohesionTally| a.merge(b).unwrap_err().to_string();
    assert!(error(tally(&votes, "all"), tally(&votes, "EU")).contains("other groups"));
    let weighted = |weight: f64| tally(&votes.clone().with_weights(vec![weight, 1.0]).unwrap(), "all");
    assert!(error(weighted(1.0), tally(&votes, "all")).contains("only one has weights"));
    assert!(error(weighted(1.0), weighted(2.0)).contains("issue 'issue00000' has another weight"));
    let twice = tally(&votes, "all").merge(tally(&votes, "all")).unwrap();
    assert_eq!(twice.votes(Cohesion::Rice)[0].1.iter().map(|v| [v.yes, v.no]).collect::<Vec<_>>(), [[2, 2], [4, 0]]);
    let unanimous = table(&["no", "yes"], &[&["yes", "no"], &["yes", "no"]]);
    let cast = tally(&unanimous, "all").votes(Cohesion::Rice).remove(0).1;
    assert_eq!(cast.iter().map(|v| [v.yes, v.no, v.abstain]).collect::<Vec<_>>(), [[2, 0, 0], [0, 2, 0]]);
    let mut random = Random(22);
    let bytes = tally(&votes, "all").to_bytes();
    refuses_what_is_broken(&mut random, &bytes, |data| CohesionTally::from_bytes("a tally", data).map(drop));
    assert!(CohesionTally::of(&table(&["left", "right"], &[&["left"], &["right"]]), &groups("all"), &[]).is_err());
}

/// Bytes with a fitting checksum that say what no tally can.
#[test]
fn stored_tallies_of_what_cannot_be_are_refused() {
    let summed = |body: &[u8]| [body, &crc32fast::hash(body).to_le_bytes()].concat();
    // Two coders put one unit in 0 and 1 and another in 1: one pair, its key before its count and the checksum.
    let alpha = of_levels(&["a", "b"], 0, &["0", "1"], &[&["0", "1"], &["1", "1"]]);
    let bytes = AlphaTally::of(&alpha, Metric::Nominal).unwrap().to_bytes();
    let body = &bytes[..bytes.len() - 4];
    let keyed = |key: [u32; 3]| {
        let mut body = body.to_vec();
        let from = body.len() - 8 - 12;
        body[from..from + 12].copy_from_slice(&key.map(u32::to_le_bytes).concat());
        AlphaTally::from_bytes("t", &summed(&body)).map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(keyed([2, 0, 1]), Ok(()));
    for key in [[1, 0, 1], [2, 1, 1], [2, 1, 0], [2, 0, 2]] {
        assert!(keyed(key).unwrap_err().ends_with("a pair of values makes no sense"), "{key:?}");
    }
    let longer = AlphaTally::from_bytes("t", &summed(&[body, &[0; 8]].concat())).unwrap_err().to_string();
    assert!(longer.ends_with("it is longer than it says"), "{longer}");
    // One group, one issue: its weight before its three counts.
    let votes = of_levels(&["a"], 0, &["no", "yes"], &[&["no"]]);
    let bytes = CohesionTally::of(&votes, &[("all".to_owned(), vec!["a".to_owned()])], &[]).unwrap().to_bytes();
    let weighing = |weight: f64| {
        let mut body = bytes[..bytes.len() - 4].to_vec();
        let from = body.len() - 12 - 8;
        body[from..from + 8].copy_from_slice(&weight.to_le_bytes());
        CohesionTally::from_bytes("t", &summed(&body)).map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(weighing(2.0), Ok(()));
    for weight in [-1.0, f64::INFINITY, f64::NAN] {
        assert!(
            weighing(weight).unwrap_err().ends_with("what it says of issue 'issue00000' makes no sense"),
            "{weight}"
        );
    }
}

#[test]
fn tallies_of_scales_that_do_not_add_up_do_not_merge() {
    let of = |levels: &[&str], ordered: bool| {
        let table = of_levels(&["a", "b"], 0, levels, &[&levels[..1], &levels[1..2]]);
        let levels = levels.iter().map(|level| level.to_string()).collect();
        let scale = if ordered { Scale::Ordinal { levels } } else { Scale::Nominal { levels } };
        let table = Table::new(table.actors().to_vec(), table.units().to_vec(), scale, table.cells().clone()).unwrap();
        AlphaTally::of(&table, Metric::Nominal).unwrap()
    };
    let (low, high) = (names("a", 70), names("b", 70));
    let [low, high] = [&low, &high].map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
    for (a, b) in [
        (of(&["a", "b"], true), of(&["b", "c"], true)),
        (of(&["a", "b"], true), of(&["b", "c"], false)),
        (of(&["b", "a"], false), of(&["b", "c"], false)),
        (of(&low, false), of(&high, false)),
    ] {
        for (a, b) in [(a.clone(), b.clone()), (b, a)] {
            assert!(a.merge(b).unwrap_err().to_string().contains("other levels"));
        }
    }
    assert!(of(&["a", "b"], false).merge(of(&["b", "c"], false)).is_ok());
    let numbers = |high: f64| AlphaTally::of_values(&[0.0, 1.0], 2, Metric::Interval, Some((0.0, high))).unwrap();
    assert!(numbers(1.0).merge(numbers(1.0)).is_ok());
    assert!(numbers(1.0).merge(numbers(2.0)).unwrap_err().to_string().contains("another range"));
}
