//! Cells of every Arrow type that a dataframe may bring, as text and as numbers.

use std::sync::Arc;

use arrow_array::builder::{LargeListBuilder, ListBuilder, StringBuilder};
use arrow_array::types::{ArrowPrimitiveType, Int8Type, Int32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal32Array, Decimal64Array, Decimal128Array,
    Decimal256Array, DictionaryArray, Float16Array, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array,
    Int64Array, LargeListArray, LargeStringArray, ListArray, NullArray, RunArray, StringArray, StringViewArray,
    Time32SecondArray, Time64MicrosecondArray, TimestampMicrosecondArray, TimestampMillisecondArray,
    TimestampNanosecondArray, TimestampSecondArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use standpunt::arrow::{numbers, texts, whole};

type F16 = <arrow_array::types::Float16Type as ArrowPrimitiveType>::Native;

fn list() -> ListArray {
    let mut list = ListBuilder::new(StringBuilder::new());
    list.append_value([Some("a"), None, Some("b")]);
    list.append(false);
    list.finish()
}

fn large_list() -> LargeListArray {
    let mut list = LargeListBuilder::new(StringBuilder::new());
    list.append_value([Some("a"), None, Some("b")]);
    list.append(false);
    list.finish()
}

/// A column of one cell and a null, with the cell as text and as a number; `None` where it is none.
type Row = (ArrayRef, Option<&'static str>, Option<f64>);

fn rows() -> Vec<Row> {
    let half = F16::from_f32(1.5);
    let keyed: DictionaryArray<Int8Type> = [Some("7"), None].into_iter().collect();
    let runs: RunArray<Int32Type> = [Some("7"), None].into_iter().collect();
    vec![
        (Arc::new(StringArray::from(vec![Some(" 7 "), None])), Some(" 7 "), Some(7.0)),
        (Arc::new(LargeStringArray::from(vec![Some("7"), None])), Some("7"), Some(7.0)),
        (Arc::new(StringViewArray::from(vec![Some("7"), None])), Some("7"), Some(7.0)),
        (Arc::new(BooleanArray::from(vec![Some(true), None])), Some("true"), Some(1.0)),
        (Arc::new(Float16Array::from(vec![Some(half), None])), Some("1.5"), Some(1.5)),
        (Arc::new(Float32Array::from(vec![Some(1.5), None])), Some("1.5"), Some(1.5)),
        (Arc::new(Float64Array::from(vec![Some(-0.25), None])), Some("-0.25"), Some(-0.25)),
        (Arc::new(Int8Array::from(vec![Some(-7), None])), Some("-7"), Some(-7.0)),
        (Arc::new(Int16Array::from(vec![Some(-7), None])), Some("-7"), Some(-7.0)),
        (Arc::new(Int32Array::from(vec![Some(-7), None])), Some("-7"), Some(-7.0)),
        (Arc::new(Int64Array::from(vec![Some(-7), None])), Some("-7"), Some(-7.0)),
        (Arc::new(UInt8Array::from(vec![Some(7), None])), Some("7"), Some(7.0)),
        (Arc::new(UInt16Array::from(vec![Some(7), None])), Some("7"), Some(7.0)),
        (Arc::new(UInt32Array::from(vec![Some(7), None])), Some("7"), Some(7.0)),
        (Arc::new(UInt64Array::from(vec![Some(7), None])), Some("7"), Some(7.0)),
        (
            Arc::new(Decimal32Array::from(vec![Some(725), None]).with_precision_and_scale(5, 2).unwrap()),
            Some("7.25"),
            Some(7.25),
        ),
        (
            Arc::new(Decimal64Array::from(vec![Some(725), None]).with_precision_and_scale(5, 2).unwrap()),
            Some("7.25"),
            Some(7.25),
        ),
        (
            Arc::new(Decimal128Array::from(vec![Some(725), None]).with_precision_and_scale(5, 2).unwrap()),
            Some("7.25"),
            Some(7.25),
        ),
        (
            Arc::new(Decimal256Array::from(vec![Some(725.into()), None]).with_precision_and_scale(5, 2).unwrap()),
            Some("7.25"),
            Some(7.25),
        ),
        (Arc::new(keyed), Some("7"), Some(7.0)),
        (Arc::new(runs), Some("7"), Some(7.0)),
        (Arc::new(Date32Array::from(vec![Some(1), None])), Some("1970-01-02"), None),
        (Arc::new(Date64Array::from(vec![Some(86_400_000), None])), Some("1970-01-02"), None),
        (Arc::new(TimestampSecondArray::from(vec![Some(1), None])), Some("1970-01-01T00:00:01"), None),
        (Arc::new(TimestampMillisecondArray::from(vec![Some(1), None])), Some("1970-01-01T00:00:00.001"), None),
        (Arc::new(TimestampMicrosecondArray::from(vec![Some(-1), None])), Some("1969-12-31T23:59:59.999999"), None),
        (Arc::new(TimestampNanosecondArray::from(vec![Some(1), None])), Some("1970-01-01T00:00:00.000000001"), None),
        (
            Arc::new(TimestampSecondArray::from(vec![Some(0), None]).with_timezone("+02:00")),
            Some("1970-01-01T02:00:00+02:00"),
            None,
        ),
        (Arc::new(Time32SecondArray::from(vec![Some(61), None])), Some("00:01:01"), None),
        (Arc::new(Time64MicrosecondArray::from(vec![Some(1), None])), Some("00:00:00.000001"), None),
        (Arc::new(list()), Some("a; b"), None),
        (Arc::new(large_list()), Some("a; b"), None),
        (Arc::new(NullArray::new(2)), None, None),
    ]
}

#[test]
fn cells_of_every_type_have_their_text() {
    for (array, text, _) in rows() {
        let found = texts(&array).unwrap_or_else(|| panic!("{:?}", array.data_type()));
        assert_eq!(found.iter().collect::<Vec<_>>(), [text, None], "{:?}", array.data_type());
    }
}

#[test]
fn cells_of_numbers_are_numbers_and_no_others() {
    for (array, text, number) in rows() {
        let found = numbers(&array).map(|found| found.iter().collect::<Vec<_>>());
        let expected = (number.is_some() || text.is_none()).then(|| vec![number, None]);
        assert_eq!(found, expected, "{:?}", array.data_type());
    }
    let words: ArrayRef = Arc::new(StringArray::from(vec!["7,5", "", "1e3"]));
    assert_eq!(numbers(&words).unwrap().iter().collect::<Vec<_>>(), [None, None, Some(1000.0)]);
}

#[test]
fn whole_numbers_are_those_with_a_sign_of_64_bits() {
    for (array, text, number) in rows() {
        let signed = array.data_type().is_integer() && *array.data_type() != arrow_schema::DataType::UInt64;
        let expected = signed.then(|| vec![number.map(|number| number as i64), None]);
        let found = whole(&array).map(|found| found.iter().collect::<Vec<_>>());
        assert_eq!(found, expected, "{:?} {text:?}", array.data_type());
    }
}
