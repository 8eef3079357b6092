//! Long tables on their way in.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array, LargeStringArray,
    NullArray, RecordBatch, StringArray, TimestampSecondArray, UInt64Array,
};
use standpunt::score::table::long::{Columns, Declared, LongTable};
use standpunt::score::table::matrix::{byte_codes, number_codes};
use standpunt::score::table::{Gap, Scale, Table, Units};
use standpunt::stop::Stop;
use standpunt::{Error, Result};

#[path = "support/positions.rs"]
mod positions;
use positions::Random;

fn words(words: &[Option<&str>]) -> ArrayRef {
    Arc::new(words.iter().copied().collect::<StringArray>())
}

fn columns() -> Columns {
    Columns { actor: "actor".into(), issue: "issue".into(), value: "value".into(), ..Columns::default() }
}

/// The table of these columns, in two batches that meet at `cut`.
fn read(arrays: Vec<(&str, ArrayRef)>, of: &Columns, declared: &Declared, cut: usize) -> Result<Table> {
    let batch = RecordBatch::try_from_iter(arrays).unwrap();
    let batches = [batch.slice(0, cut), batch.slice(cut, batch.num_rows() - cut)];
    let rows = LongTable { name: "t", schema: &batch.schema(), batches: &batches };
    Table::from_long(rows, of, declared, &Stop::default())
}

fn gap(value: &str, eligible: bool) -> Gap {
    Gap { value: value.to_owned(), eligible }
}

#[test]
fn a_table_is_not_read_once_somebody_asked_to_stop() {
    let (stop, set) = (Stop::default(), Stop::default());
    set.set();
    let words = |words: &[&str]| Arc::new(words.iter().map(|word| Some(*word)).collect::<StringArray>()) as ArrayRef;
    let columns = [("actor", words(&["a", "b"])), ("issue", words(&["i", "i"])), ("value", words(&["1", "2"]))];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let of = Columns { actor: "actor".into(), issue: "issue".into(), value: "value".into(), ..Columns::default() };
    let rows = LongTable { name: "t", schema: &batch.schema(), batches: std::slice::from_ref(&batch) };
    let scales = [Scale::Nominal { levels: Vec::new() }, Scale::Interval { low: 0.0, high: 2.0 }];
    for declared in scales.map(|scale| Declared { scale, gaps: Vec::new() }) {
        let table = Table::from_long(rows, &of, &declared, &stop).unwrap();
        assert_eq!((table.actors().len(), table.width()), (2, 1));
        assert_eq!(Table::from_long(rows, &of, &declared, &set), Err(Error::Stopped));
    }
    let mut declared = Declared { scale: Scale::Nominal { levels: Vec::new() }, gaps: Vec::new() };
    assert_eq!(byte_codes(&[1, 2], &Units::numbered(2), &mut declared.clone(), &stop), Ok(vec![0, 1]));
    assert_eq!(byte_codes(&[1, 2], &Units::numbered(2), &mut declared.clone(), &set), Err(Error::Stopped));
    assert_eq!(number_codes(&[1.5, 2.0], &Units::numbered(2), &mut declared.clone(), &stop), Ok(vec![0, 1]));
    assert_eq!(number_codes(&[1.5, 2.0], &Units::numbered(2), &mut declared, &set), Err(Error::Stopped));
}

/// A column of the same names, however it is kept.
fn kept(names: &[String], kind: usize) -> ArrayRef {
    let numbers = || names.iter().map(|name| name.parse::<i64>().unwrap());
    match kind {
        0 => Arc::new(names.iter().map(Some).collect::<StringArray>()),
        1 => Arc::new(names.iter().map(Some).collect::<LargeStringArray>()),
        2 => Arc::new(numbers().map(Some).collect::<Int64Array>()),
        3 => Arc::new(numbers().map(|number| Some(number as f64)).collect::<Float64Array>()),
        _ => Arc::new(names.iter().map(|name| Some(name.as_str())).collect::<DictionaryArray<Int32Type>>()),
    }
}

/// Rows in any order, some of them twice, of any kind of column, give each cell its value.
#[test]
fn cells_hold_what_their_row_says_whatever_the_columns_are_kept_as() {
    let mut random = Random(71);
    for round in 0..200 {
        let (rows, issues) = (1 + random.below(6), 1 + random.below(if round % 10 == 0 { 400 } else { 6 }));
        let values = ["1", "2", "3", "9", ""];
        let mut told: Vec<(usize, usize, &str)> = (0..rows)
            .flat_map(|actor| (0..issues).map(move |issue| (actor, issue)))
            .map(|(actor, issue)| (actor, issue, values[random.below(5)]))
            .collect();
        let twice = random.below(3).min(told.len());
        told.extend_from_within(..twice);
        let repeated = told[..twice].iter().filter(|told| !told.2.is_empty()).count();
        for at in (1..told.len()).rev() {
            told.swap(at, random.below(at + 1));
        }
        let actors: Vec<String> = told.iter().map(|told| format!("{}", 20 + told.0)).collect();
        let on: Vec<String> = told.iter().map(|told| format!("{}", 500 + told.1)).collect();
        let said: Vec<Option<&str>> = told.iter().map(|told| Some(told.2).filter(|value| !value.is_empty())).collect();
        let weights = told.iter().map(|told| Some(told.1 as f64 + 0.5)).collect::<Float64Array>();
        let cares = told.iter().map(|told| Some((told.0 * 7 + told.1) as f64)).collect::<Float64Array>();
        let area: Vec<String> = told.iter().map(|told| format!("{}", told.1 % 3)).collect();
        let numbers = said.iter().map(|value| value.and_then(|value| value.parse().ok())).collect::<Float64Array>();
        let value: ArrayRef = match round % 4 {
            0 => Arc::new(numbers),
            1 => Arc::new(said.iter().copied().collect::<DictionaryArray<Int32Type>>()),
            _ => words(&said),
        };
        let arrays = vec![
            ("actor", kept(&actors, random.below(5))),
            ("issue", kept(&on, random.below(5))),
            ("value", value),
            ("weight", Arc::new(weights) as ArrayRef),
            ("cares", Arc::new(cares)),
            ("area", kept(&area, 0)),
        ];
        let all = Columns {
            weight: Some("weight".into()),
            salience: Some("cares".into()),
            topic: Some("area".into()),
            keys: vec!["area".into()],
            ..columns()
        };
        let levels = ["1", "2", "3"].map(str::to_owned).to_vec();
        let scales =
            [Scale::Nominal { levels: Vec::new() }, Scale::Ordinal { levels }, Scale::Interval { low: 1.0, high: 3.0 }];
        for (kind, scale) in scales.into_iter().enumerate() {
            let declared = Declared { scale, gaps: vec![gap("9", false)] };
            let table = read(arrays.clone(), &all, &declared, random.below(told.len() + 1)).unwrap();
            assert_eq!((table.actors().len(), table.width(), table.repeated()), (rows, issues, repeated));
            let area = table.key("area").unwrap();
            for &(actor, issue, value) in &told {
                let position = match kind {
                    // Only levels that occur have one.
                    0 => table.position(actor, issue).map(|at| table.scale().levels()[at as usize].parse().unwrap()),
                    1 => table.position(actor, issue).map(|at| at + 1.0),
                    _ => table.position(actor, issue),
                };
                assert_eq!(position, value.parse::<f64>().ok().filter(|value| *value < 4.0), "{kind}");
                assert_eq!(table.is_eligible(actor, issue), value != "9");
                assert_eq!(table.weights().unwrap()[issue], issue as f64 + 0.5);
                assert_eq!(table.salience_of(actor, issue), (actor * 7 + issue) as f64);
                assert_eq!(area[issue], Some((issue % 3).to_string().as_str()));
                assert_eq!(
                    (&*table.units()[issue].issue, table.actors()[actor].len()),
                    (&*format!("{}", 500 + issue), 2)
                );
                assert_eq!(table.units()[issue].topic.as_deref(), area[issue]);
            }
        }
    }
}

#[test]
fn what_a_cell_cannot_mean_is_refused_with_its_row() {
    let nominal =
        Declared { scale: Scale::Nominal { levels: vec!["yes".into(), "no".into()] }, gaps: vec![gap("absent", true)] };
    let interval = Declared { scale: Scale::Interval { low: 0.0, high: 2.0 }, gaps: vec![gap("absent", true)] };
    let ask = |declared: &Declared, rows: &[[Option<&str>; 3]]| {
        let column = |at: usize| words(&rows.iter().map(|row| row[at]).collect::<Vec<_>>());
        let arrays = vec![("actor", column(0)), ("issue", column(1)), ("value", column(2))];
        [0, 1, 2].map(|cut| read(arrays.clone(), &columns(), declared, cut).map_err(|error| error.to_string()))
    };
    let row = |actor, issue, value| [Some(actor), Some(issue), Some(value)];
    let error = |declared: &Declared, rows: &[[Option<&str>; 3]]| {
        let found = ask(declared, rows).map(|table| table.unwrap_err());
        assert!(found.iter().all(|error| *error == found[0]), "{found:?}");
        found[0].clone()
    };
    let first = row("a", "i", "yes");
    let wrong = error(&nominal, &[first, row("a", "j", "yess")]);
    assert!(wrong.contains("'yess' is not one of yes, no (did you mean 'yes'?)") && wrong.contains("row 2"), "{wrong}");
    assert!(error(&nominal, &[first, row("a", "j", " ")]).contains("an empty text"));
    let clash = error(&nominal, &[first, row("b", "i", "no"), row("a", "i", "no")]);
    assert!(clash.contains("'no' here and 'yes' in row 1") && clash.contains("row 3"), "{clash}");
    let clash = error(&nominal, &[first, row("b", "i", "no"), row("a", "i", "absent")]);
    assert!(clash.contains("'absent' here and 'yes' in row 1"), "{clash}");
    assert!(error(&nominal, &[first, [None, Some("i"), Some("no")]]).contains("no actor; if it is the code NA"));
    assert!(error(&nominal, &[first, [Some("a"), None, Some("no")]]).contains("no issue"));
    let number = row("a", "i", "1.5");
    assert!(ask(&interval, &[number, row("a", "j", "0"), row("b", "i", "2")]).iter().all(|table| table.is_ok()));
    for (value, problem) in [
        ("2.1", "2.1 lies outside the declared range 0 to 2"),
        ("-0.1", "-0.1 lies outside"),
        ("x", "'x' is no number"),
    ] {
        let found = error(&interval, &[number, row("b", "i", value)]);
        assert!(found.contains(problem) && found.contains("row 2"), "{found}");
    }
    let clash = error(&interval, &[number, row("b", "i", "1"), row("a", "i", "1")]);
    assert!(clash.contains("'1' here and '1.5' in row 1") && clash.contains("row 3"), "{clash}");
    let clash = error(&interval, &[number, row("b", "i", "1"), row("a", "i", "absent")]);
    assert!(clash.contains("'absent' here and '1.5' in row 1"), "{clash}");
    let clash = error(&interval, &[row("a", "i", "absent"), row("b", "i", "1"), row("a", "i", "1")]);
    assert!(clash.contains("'1' here and 'absent' in row 1"), "{clash}");
    let [table, ..] = ask(&interval, &[number, row("a", "i", "1.5"), row("b", "i", "absent"), row("b", "i", "absent")]);
    let table = table.unwrap();
    assert_eq!((table.repeated(), table.position(1, 0), table.is_eligible(1, 0)), (2, None, true));
    let weighed = |name: &str, weights: Vec<f64>| {
        let arrays = vec![
            ("actor", words(&[Some("a"), Some("a"), Some("b")])),
            ("issue", words(&[Some("i"), Some("i"), Some("i")])),
            ("value", words(&[Some("yes"), Some("yes"), Some("no")])),
            ("number", Arc::new(Float64Array::from(weights)) as ArrayRef),
        ];
        let of = match name {
            "weight" => Columns { weight: Some("number".into()), ..columns() },
            "key" => Columns { keys: vec!["number".into()], ..columns() },
            _ => Columns { salience: Some("number".into()), ..columns() },
        };
        read(arrays, &of, &nominal, 1).map_err(|error| error.to_string())
    };
    assert!(weighed("weight", vec![1.0, 1.0, 2.0]).unwrap_err().contains("an issue has one weight"));
    assert!(weighed("weight", vec![1.0, 1.0, -1.0]).is_err() && weighed("weight", vec![3.0; 3]).is_ok());
    assert!(
        weighed("salience", vec![1.0, 2.0, 2.0]).unwrap_err().contains("1 in another row of the same actor and issue")
    );
    assert!(weighed("salience", vec![1.0, 1.0, 2.0]).is_ok() && weighed("salience", vec![1.0, 1.0, -2.0]).is_err());
    assert!(weighed("key", vec![1.0, 1.0, 2.0]).unwrap_err().contains("issue 'i' has '2' here and '1' before"));
    let lacks = Columns { value: "valu".into(), ..columns() };
    let found = read(vec![("actor", words(&[])), ("issue", words(&[])), ("value", words(&[]))], &lacks, &nominal, 0);
    assert!(
        found.unwrap_err().to_string().contains("no column 'valu'; it has actor, issue, value (did you mean 'value'?)")
    );
}

/// What stands in a column of values, by the names it has.
#[test]
fn cells_of_every_kind_are_named_as_they_are_written() {
    let told = |values: ArrayRef| {
        let rows = values.len();
        let actors = Arc::new((0..rows).map(|at| Some(at.to_string())).collect::<StringArray>()) as ArrayRef;
        let arrays = vec![("actor", actors), ("issue", words(&vec![Some("i"); rows])), ("value", values)];
        let declared = Declared { scale: Scale::Nominal { levels: Vec::new() }, gaps: Vec::new() };
        let table = read(arrays, &columns(), &declared, 1).map_err(|error| error.to_string())?;
        let level = |actor| table.position(actor, 0).map(|at| table.scale().levels()[at as usize].clone());
        Ok::<_, String>((0..rows).map(level).collect::<Vec<_>>())
    };
    // 2025-03-04 begins 20,151 days after 1970 did.
    let day = 20_151 * 86_400;
    let cases: [(ArrayRef, &[Option<&str>]); 9] = [
        (
            Arc::new(Float64Array::from(vec![27.0, -0.0, 0.0, f64::NAN, 1.5])),
            &[Some("27"), Some("0"), Some("0"), None, Some("1.5")],
        ),
        (
            Arc::new(Decimal128Array::from(vec![Some(2700), None]).with_precision_and_scale(9, 2).unwrap()),
            &[Some("27"), None],
        ),
        // More than a double tells apart, and more than has a sign.
        (Arc::new(Int64Array::from(vec![(1 << 53) + 1, 1])), &[Some("9007199254740993"), Some("1")]),
        (Arc::new(UInt64Array::from(vec![u64::MAX, 1])), &[Some("18446744073709551615"), Some("1")]),
        (Arc::new(BooleanArray::from(vec![true, false])), &[Some("true"), Some("false")]),
        (Arc::new(Date32Array::from(vec![20_151])), &[Some("2025-03-04")]),
        (Arc::new(TimestampSecondArray::from(vec![Some(day), None])), &[Some("2025-03-04"), None]),
        (
            Arc::new(TimestampSecondArray::from(vec![day, day + 43_200])),
            &[Some("2025-03-04T00:00:00"), Some("2025-03-04T12:00:00")],
        ),
        (Arc::new(NullArray::new(2)), &[None, None]),
    ];
    for (values, expected) in cases {
        let expected = expected.iter().map(|name| name.map(str::to_owned)).collect();
        assert_eq!(told(values.clone()), Ok(expected), "{}", values.data_type());
    }
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("yes")]);
    let refused = told(Arc::new(lists.finish())).unwrap_err();
    assert!(refused.contains("column 'value': expected text, numbers, days or truth values, got List"), "{refused}");
}

/// Five actors on one issue, in two batches that meet anywhere; each row in turn says what cannot be.
#[test]
fn every_error_has_the_number_of_its_row() {
    let nominal = Scale::Nominal { levels: vec!["1".into()] };
    let interval = Scale::Interval { low: 0.0, high: 2.0 };
    let weight = Columns { weight: Some("more".into()), ..columns() };
    let salience = Columns { salience: Some("more".into()), ..columns() };
    let key = Columns { keys: vec!["more".into()], ..columns() };
    let cases = [
        (&nominal, &[][..], columns(), "value", Some("2"), "'2' is not one of 1"),
        (&interval, &[], columns(), "value", Some("3"), "3 lies outside the declared range 0 to 2"),
        (&interval, &[], columns(), "value", Some("x"), "'x' is no number"),
        (&interval, &[], columns(), "value", Some("1,5"), "'1,5' is no number; write the decimals with a point"),
        (&interval, &["away"], columns(), "value", Some("x"), "'x' is no number"),
        (&nominal, &[], columns(), "actor", None, "no actor"),
        (&interval, &[], columns(), "issue", None, "no issue"),
        (&nominal, &[], weight.clone(), "more", Some("-1"), "weight -1"),
        (&nominal, &[], weight.clone(), "more", Some("x"), "'x' is no number"),
        (&nominal, &[], weight, "more", Some("2"), "an issue has one weight"),
        (&nominal, &[], salience, "more", Some("-1"), "salience -1"),
        (&nominal, &[], key, "more", Some("2"), "issue 'i' has '2' here and '1' before"),
    ];
    for (scale, gaps, of, column, wrong, problem) in cases {
        let declared = Declared { scale: scale.clone(), gaps: gaps.iter().map(|value| gap(value, true)).collect() };
        // What differs from the row before it needs one.
        for row in 1 + usize::from(problem.contains("one weight") || problem.contains("before"))..=5 {
            let actors = ["a", "b", "c", "d", "e"].map(Some);
            let mut told =
                [("actor", actors), ("issue", [Some("i"); 5]), ("value", [Some("1"); 5]), ("more", [Some("1"); 5])];
            told.iter_mut().find(|(name, _)| *name == column).unwrap().1[row - 1] = wrong;
            for cut in 0..=5 {
                let arrays = told.iter().map(|(name, cells)| (*name, words(cells))).collect();
                let found = read(arrays, &of, &declared, cut).unwrap_err().to_string();
                let place = format!("row {row} (spreadsheet row {})", row + 1);
                assert!(found.contains(problem) && found.contains(&place), "{place}, cut at {cut}: {found}");
            }
        }
    }
}

/// The row before that is named is the first of the same actor and issue that says something.
#[test]
fn a_clash_is_with_the_first_row_that_says_something() {
    let rows = [("b", Some("1")), ("a", None), ("a", Some("1")), ("a", Some("2")), ("a", Some("1"))];
    let actors = words(&rows.map(|row| Some(row.0)));
    let arrays = vec![("actor", actors), ("issue", words(&[Some("i"); 5])), ("value", words(&rows.map(|row| row.1)))];
    for scale in [Scale::Nominal { levels: Vec::new() }, Scale::Interval { low: 0.0, high: 2.0 }] {
        let declared = Declared { scale, gaps: Vec::new() };
        let found = read(arrays.clone(), &columns(), &declared, 2).unwrap_err().to_string();
        assert!(found.contains("row 4 ") && found.contains("'2' here and '1' in row 3"), "{found}");
    }
}

/// More rows than are read in one go.
#[test]
fn thousands_of_rows_in_one_batch_come_into_their_cells() {
    let value = |at: usize| at * 7 % 3;
    let column = |of: &dyn Fn(usize) -> usize| -> ArrayRef {
        Arc::new((0..5000).map(|at| Some(of(at).to_string())).collect::<StringArray>())
    };
    let arrays = |wrong: Option<usize>| {
        let value = |at: usize| if Some(at + 1) == wrong { 9 } else { value(at) };
        vec![
            ("actor", column(&|at| 100 + at / 100)),
            ("issue", column(&|at| 100 + at % 100)),
            ("value", column(&value)),
        ]
    };
    let levels = ["0", "1", "2"].map(str::to_owned).to_vec();
    for scale in [Scale::Ordinal { levels }, Scale::Interval { low: 0.0, high: 2.0 }] {
        let declared = Declared { scale, gaps: Vec::new() };
        let table = read(arrays(None), &columns(), &declared, 0).unwrap();
        assert_eq!((table.actors().len(), table.width(), table.repeated()), (50, 100, 0));
        assert!((0..5000).all(|at| table.position(at / 100, at % 100) == Some(value(at) as f64)));
        let error = read(arrays(Some(4500)), &columns(), &declared, 0).unwrap_err().to_string();
        assert!(error.contains("row 4500 (spreadsheet row 4501)"), "{error}");
    }
}

#[test]
fn an_issue_of_two_meetings_is_two() {
    let told = [
        ("a", Some("i"), Some("n"), "1"),
        ("b", Some("i"), Some("m"), "2"),
        ("a", Some("i"), Some("m"), "0"),
        ("a", Some("j"), Some("m"), "2"),
        ("b", Some("j"), None, "1"),
    ];
    let ask = |told: &[(&str, Option<&str>, Option<&str>, &str)]| {
        let arrays = vec![
            ("actor", words(&told.iter().map(|row| Some(row.0)).collect::<Vec<_>>())),
            ("issue", words(&told.iter().map(|row| row.1).collect::<Vec<_>>())),
            ("meeting", words(&told.iter().map(|row| row.2).collect::<Vec<_>>())),
            ("value", words(&told.iter().map(|row| Some(row.3)).collect::<Vec<_>>())),
        ];
        let of = Columns { meeting: Some("meeting".into()), ..columns() };
        let declared = Declared { scale: Scale::Interval { low: 0.0, high: 2.0 }, gaps: Vec::new() };
        read(arrays, &of, &declared, 2)
    };
    let table = ask(&told).unwrap();
    let units: Vec<_> = table.units().iter().map(|unit| (unit.issue.as_str(), unit.meeting.as_deref())).collect();
    assert_eq!(units, [("i", Some("m")), ("i", Some("n")), ("j", None), ("j", Some("m"))]);
    let row = |actor| (0..4).map(|unit| table.position(actor, unit)).collect::<Vec<_>>();
    assert_eq!(row(0), [Some(0.0), Some(1.0), None, Some(2.0)]);
    assert_eq!(row(1), [Some(2.0), None, Some(1.0), None]);
    let nameless = [told[0], ("a", None, Some("m"), "1")];
    assert!(ask(&nameless).unwrap_err().to_string().contains("no issue"));
}

#[test]
fn gaps_are_told_apart_and_are_no_levels_and_there_may_be_so_many() {
    let said = [Some("1"), Some("8"), Some("9"), Some("-0"), None];
    let of = |scale: Scale| {
        let actors = words(&["a", "b", "c", "d", "e"].map(Some));
        let value: ArrayRef = match scale {
            Scale::Interval { .. } => {
                Arc::new(said.iter().map(|x| x.map(|x| x.parse().unwrap())).collect::<Float64Array>())
            }
            _ => words(&said),
        };
        let declared = Declared { scale, gaps: vec![gap("8", true), gap("9", false)] };
        read(vec![("actor", actors), ("issue", words(&[Some("i"); 5])), ("value", value)], &columns(), &declared, 2)
            .unwrap()
    };
    let levels = of(Scale::Nominal { levels: Vec::new() });
    assert_eq!(levels.scale().levels(), ["-0", "1"]);
    assert_eq!([0, 1, 2, 3, 4].map(|actor| levels.code(actor, 0)), [1, 128, 129, 0, 255]);
    let numbers = of(Scale::Interval { low: 0.0, high: 2.0 });
    assert_eq!([0, 1, 2, 3, 4].map(|actor| numbers.code(actor, 0)), [0, 128, 129, 0, 255]);
    assert!(numbers.position(3, 0).unwrap().is_sign_positive());
    let many = |levels: usize, gaps: usize| {
        let column = |of: &dyn Fn(usize) -> String| -> ArrayRef {
            Arc::new((0..levels).map(|at| Some(of(at))).collect::<StringArray>())
        };
        let arrays = vec![
            ("actor", column(&|at| format!("a{at}"))),
            ("issue", column(&|_| "i".to_owned())),
            ("value", column(&|at| format!("v{at}"))),
        ];
        let gaps = (0..gaps).map(|at| gap(&format!("g{at}"), true)).collect();
        let declared = Declared { scale: Scale::Nominal { levels: Vec::new() }, gaps };
        read(arrays, &columns(), &declared, 0).map(drop).map_err(|error| error.to_string())
    };
    assert_eq!((many(128, 0), many(1, 126)), (Ok(()), Ok(())));
    assert_eq!(many(129, 0).unwrap_err(), "different values of a nominal scale: 129 is over the limit of 128");
    assert_eq!(many(1, 127).unwrap_err(), "declared gaps: 127 is over the limit of 126");
}

/// 63,246 squared is just above 4,000 million.
#[test]
fn more_cells_than_a_table_may_have_are_refused() {
    let column: ArrayRef = Arc::new((0..63_246).map(|at| Some(at.to_string())).collect::<StringArray>());
    let value = words(&vec![Some("1"); 63_246]);
    let declared = Declared { scale: Scale::Nominal { levels: Vec::new() }, gaps: Vec::new() };
    let arrays = vec![("actor", column.clone()), ("issue", column), ("value", value)];
    let error = read(arrays, &columns(), &declared, 0).unwrap_err().to_string();
    assert_eq!(error, "cells (actors × issues): 4000056516 is over the limit of 4000000000");
}

/// Two rows of three, of numbers with and without decimals.
#[test]
fn cells_of_arrays_are_levels_gaps_or_refused_with_their_place() {
    let stop = Stop::default();
    let declared = |levels: Option<&[&str]>| {
        let scale = match levels {
            Some(levels) => Scale::Ordinal { levels: levels.iter().map(|level| level.to_string()).collect() },
            None => Scale::Nominal { levels: Vec::new() },
        };
        Declared { scale, gaps: vec![gap("8", true), gap("9", false)] }
    };
    let bytes = |values: &[i8], levels: Option<&[&str]>| {
        let mut declared = declared(levels);
        let codes = byte_codes(values, &Units::numbered(3), &mut declared, &stop).map_err(|error| error.to_string())?;
        Ok::<_, String>((codes, declared.scale.levels().to_vec()))
    };
    let numbers = |values: &[f64], levels: Option<&[&str]>| {
        let mut declared = declared(levels);
        let codes =
            number_codes(values, &Units::numbered(3), &mut declared, &stop).map_err(|error| error.to_string())?;
        Ok::<_, String>((codes, declared.scale.levels().to_vec()))
    };
    let names = |levels: &[&str]| levels.iter().map(|level| level.to_string()).collect::<Vec<_>>();
    let refused = |problem: &str| Err(format!("array: row 2, column '2': {problem}"));
    assert_eq!(bytes(&[3, 8, 9, -2, 3, -2], None), Ok((vec![1, 128, 129, 0, 1, 0], names(&["-2", "3"]))));
    assert_eq!(bytes(&[3, 8, 9, -2, 3, -2], Some(&["3", "-2"])), Ok((vec![0, 128, 129, 1, 0, 1], names(&["3", "-2"]))));
    assert_eq!(bytes(&[3, 8, 9, -2, 3, 5], Some(&["3", "-2"])), refused("5 is not one of 3, -2"));
    let nan = f64::NAN;
    // As text -0 comes before 1.5, and 0 too.
    assert_eq!(
        numbers(&[-0.0, 8.0, 9.0, 1.5, 0.0, nan], None),
        Ok((vec![0, 128, 129, 1, 0, 255], names(&["0", "1.5"])))
    );
    assert_eq!(numbers(&[2.0, 8.0, 9.0, 1.5, nan, 2.5], Some(&["2", "1.5"])), refused("'2.5' is not one of 2, 1.5"));
    let limit = "different values of a nominal scale: 129 is over the limit of 128";
    for (count, expected) in [(128, None), (129, Some(limit.to_owned()))] {
        let values: Vec<i8> = (-128..count - 128).map(|value| value as i8).collect();
        assert_eq!(bytes(&values, None).err(), expected);
        assert_eq!(numbers(&values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>(), None).err(), expected);
    }
}
