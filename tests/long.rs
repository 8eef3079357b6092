//! Long tables on their way in.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray};
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
