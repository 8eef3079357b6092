//! Long tables on their way in.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use standpunt::Error;
use standpunt::score::table::long::{Columns, Declared, LongTable};
use standpunt::score::table::matrix::{byte_codes, number_codes};
use standpunt::score::table::{Scale, Table, Units};
use standpunt::stop::Stop;

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
