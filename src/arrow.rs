//! Cells of Arrow columns as text and as numbers, whatever type they came in.
//!
//! `arrow-cast` does this too, and more; it brings every conversion between all types, which was a third of the
//! library's size.

use std::fmt::{Display, Write};

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type,
    Float64Type, Int32Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{
    Array, Float64Array, Int32Array, Int64Array, StringArray, downcast_integer_array, downcast_run_array,
    downcast_temporal_array,
};
use arrow_schema::{DataType, TimeUnit};
use jiff::civil::Time;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// The cells as text, null where they are; days as `2025-03-04`, instants as `2025-03-04T00:00:00` with the offset of
/// their zone, truth as `true` and `false`, lists of text joined by `; `. `None` for other lists, structs, bytes and spans of
/// time, and where a day lies outside the years that can be written.
pub fn texts(array: &dyn Array) -> Option<StringArray> {
    match array.data_type() {
        DataType::Null => Some(StringArray::new_null(array.len())),
        DataType::Utf8 => Some(array.as_string::<i32>().clone()),
        DataType::LargeUtf8 => written(array, |row| Some(array.as_string::<i64>().value(row))),
        DataType::Utf8View => written(array, |row| Some(array.as_string_view().value(row))),
        DataType::Boolean => written(array, |row| Some(array.as_boolean().value(row))),
        DataType::Float16 => written(array, |row| Some(array.as_primitive::<Float16Type>().value(row))),
        DataType::Float32 => written(array, |row| Some(array.as_primitive::<Float32Type>().value(row))),
        DataType::Float64 => written(array, |row| Some(array.as_primitive::<Float64Type>().value(row))),
        DataType::Date32 => written(array, |row| array.as_primitive::<Date32Type>().value_as_date(row)),
        DataType::Date64 => written(array, |row| array.as_primitive::<Date64Type>().value_as_date(row)),
        DataType::Timestamp(_, zone) => {
            let instants = Instants::of(array)?;
            let said = |clock: ZonedDateTime| match zone {
                None => clock.datetime().to_string(),
                Some(_) => clock.strftime("%FT%T%.f%:z").to_string(),
            };
            written(array, |row| instants.clock(instants.values[row]).map(said))
        }
        DataType::Time32(_) | DataType::Time64(_) => {
            downcast_temporal_array!(array => written(array, |row| array.value_as_time(row)), _ => None)
        }
        DataType::Decimal32(..) => {
            written(array, |row| Some(array.as_primitive::<Decimal32Type>().value_as_string(row)))
        }
        DataType::Decimal64(..) => {
            written(array, |row| Some(array.as_primitive::<Decimal64Type>().value_as_string(row)))
        }
        DataType::Decimal128(..) => {
            written(array, |row| Some(array.as_primitive::<Decimal128Type>().value_as_string(row)))
        }
        DataType::Decimal256(..) => {
            written(array, |row| Some(array.as_primitive::<Decimal256Type>().value_as_string(row)))
        }
        DataType::Dictionary(..) | DataType::RunEndEncoded(..) => {
            let (entries, places) = indirect(array)?;
            let entries = texts(entries)?;
            Some(
                places
                    .into_iter()
                    .map(|at| at.filter(|&at| entries.is_valid(at)).map(|at| entries.value(at)))
                    .collect(),
            )
        }
        DataType::List(of) if of.data_type().is_string() => {
            written(array, |row| Some(joined(&texts(&array.as_list::<i32>().value(row))?)))
        }
        DataType::LargeList(of) if of.data_type().is_string() => {
            written(array, |row| Some(joined(&texts(&array.as_list::<i64>().value(row))?)))
        }
        _ => downcast_integer_array!(array => written(array, |row| Some(array.value(row))), _ => None),
    }
}

fn joined(list: &StringArray) -> String {
    list.iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The cells as numbers, null where they are and where a text is none; `None` for what is no number at all.
pub fn numbers(array: &dyn Array) -> Option<Float64Array> {
    match array.data_type() {
        DataType::Null => Some(Float64Array::new_null(array.len())),
        DataType::Boolean => Some(array.as_boolean().iter().map(|cell| cell.map(f64::from)).collect()),
        DataType::Float16 => Some(array.as_primitive::<Float16Type>().unary(f64::from)),
        DataType::Float32 => Some(array.as_primitive::<Float32Type>().unary(f64::from)),
        DataType::Float64 => Some(array.as_primitive::<Float64Type>().clone()),
        DataType::Dictionary(..) | DataType::RunEndEncoded(..) => {
            let (entries, places) = indirect(array)?;
            let entries = numbers(entries)?;
            Some(
                places
                    .into_iter()
                    .map(|at| at.filter(|&at| entries.is_valid(at)).map(|at| entries.value(at)))
                    .collect(),
            )
        }
        kind if kind.is_string() || kind.is_decimal() => {
            Some(texts(array)?.iter().map(|cell| cell?.trim().parse().ok()).collect())
        }
        _ => downcast_integer_array!(array => Some(array.unary(|cell| cell as f64)), _ => None),
    }
}

/// The keys of a dictionary, whatever their width.
#[allow(clippy::unnecessary_cast, reason = "it is for one of the widths only")]
pub fn keys(keys: &dyn Array) -> Option<Int32Array> {
    match keys.data_type() {
        // The usual width needs no copy.
        DataType::Int32 => Some(keys.as_primitive::<Int32Type>().clone()),
        _ => downcast_integer_array!(keys => Some(keys.unary::<_, Int32Type>(|key| key as i32)), _ => None),
    }
}

/// Whole numbers of at most 64 bits with a sign, whatever their width; `None` for another type.
#[allow(clippy::unnecessary_cast, reason = "it is for one of the widths only")]
pub fn whole(array: &dyn Array) -> Option<Int64Array> {
    match array.data_type() {
        DataType::UInt64 => None,
        _ => downcast_integer_array!(array => Some(array.unary(|cell| cell as i64)), _ => None),
    }
}

/// A column of instants, in their own time zone or in UTC where they have none.
#[derive(Debug)]
pub struct Instants<'a> {
    /// As they are counted, in the column's unit since 1970.
    pub values: &'a [i64],
    unit: TimeUnit,
    zone: TimeZone,
}

impl<'a> Instants<'a> {
    /// The instants of a column; `None` for another type and for an unknown zone.
    pub fn of(array: &'a dyn Array) -> Option<Instants<'a>> {
        let DataType::Timestamp(unit, zone) = array.data_type() else { return None };
        let values: &[i64] = match unit {
            TimeUnit::Second => array.as_primitive::<TimestampSecondType>().values(),
            TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().values(),
            TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().values(),
            TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().values(),
        };
        let zone = match zone {
            None => TimeZone::UTC,
            Some(name) => DateTimeParser::new().parse_time_zone(name.as_bytes()).ok()?,
        };
        Some(Instants { values, unit: *unit, zone })
    }

    /// Day and clock of an instant; `None` outside the years that can be written.
    pub fn clock(&self, value: i64) -> Option<ZonedDateTime> {
        let instant = match self.unit {
            TimeUnit::Second => Timestamp::from_second(value),
            TimeUnit::Millisecond => Timestamp::from_millisecond(value),
            TimeUnit::Microsecond => Timestamp::from_microsecond(value),
            TimeUnit::Nanosecond => Timestamp::from_nanosecond(value.into()),
        };
        Some(instant.ok()?.to_zoned_datetime(self.zone.clone()))
    }

    /// Whether an instant is the midnight that begins a day.
    pub fn is_midnight(&self, value: i64) -> bool {
        let second = match self.unit {
            TimeUnit::Second => 1,
            TimeUnit::Millisecond => 1_000,
            TimeUnit::Microsecond => 1_000_000,
            TimeUnit::Nanosecond => 1_000_000_000,
        };
        match self.zone == TimeZone::UTC {
            true => value.rem_euclid(86_400 * second) == 0,
            false => self.clock(value).is_some_and(|clock| clock.datetime().time() == Time::midnight()),
        }
    }
}

/// The entries of a dictionary or of runs, and where each cell stands among them.
fn indirect(array: &dyn Array) -> Option<(&dyn Array, Vec<Option<usize>>)> {
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        // A category without entries, as of a column with nothing in it.
        if dictionary.values().is_empty() {
            return Some((dictionary.values().as_ref(), vec![None; array.len()]));
        }
        let places = dictionary.normalized_keys();
        let cell = |(row, at)| (!dictionary.keys().is_null(row)).then_some(at);
        return Some((dictionary.values().as_ref(), places.into_iter().enumerate().map(cell).collect()));
    }
    downcast_run_array!(
        array => {
            let places = (0..array.len()).map(|row| Some(array.get_physical_index(row))).collect();
            Some((array.values().as_ref(), places))
        },
        _ => None,
    )
}

/// A column of text, every cell that is not null as it is written, without a string between.
fn written<T: Display>(array: &dyn Array, cell: impl Fn(usize) -> Option<T>) -> Option<StringArray> {
    let mut text = StringBuilder::new();
    for row in 0..array.len() {
        if array.is_null(row) {
            text.append_null();
        } else {
            write!(text, "{}", cell(row)?).ok()?;
            text.append_value("");
        }
    }
    Some(text.finish())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::ListBuilder;
    use arrow_array::types::{Int8Type, Int32Type, TimestampMillisecondType, UInt8Type};
    use arrow_array::{
        ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, DurationSecondArray,
        Float32Array, Int16Array, LargeStringArray, ListArray, NullArray, PrimitiveArray, RunArray, StringViewArray,
        Time32SecondArray, UInt64Array,
    };

    use super::*;

    fn said(array: impl Array + 'static) -> Option<Vec<Option<String>>> {
        Some(texts(&(Arc::new(array) as ArrayRef))?.iter().map(|cell| cell.map(str::to_owned)).collect())
    }

    fn instants(milliseconds: i64) -> PrimitiveArray<TimestampMillisecondType> {
        PrimitiveArray::from(vec![Some(milliseconds), None])
    }

    #[test]
    fn every_type_of_cell_has_its_text() {
        let one = |text: &str| Some(vec![Some(text.to_owned()), None]);
        assert_eq!(said(LargeStringArray::from(vec![Some("é"), None])), one("é"));
        assert_eq!(
            said(StringViewArray::from(vec![Some("a view of more than twelve bytes"), None])),
            one("a view of more than twelve bytes")
        );
        assert_eq!(said(BooleanArray::from(vec![Some(true), None])), one("true"));
        assert_eq!(said(Int16Array::from(vec![Some(-3), None])), one("-3"));
        assert_eq!(said(UInt64Array::from(vec![Some(u64::MAX), None])), one("18446744073709551615"));
        assert_eq!(said(Float32Array::from(vec![Some(0.5), None])), one("0.5"));
        assert_eq!(said(Date32Array::from(vec![Some(20_151), None])), one("2025-03-04"));
        assert_eq!(said(Time32SecondArray::from(vec![Some(3_661), None])), one("01:01:01"));
        let money = Decimal128Array::from(vec![Some(-1_205), None]).with_precision_and_scale(6, 2).unwrap();
        assert_eq!(said(money), one("-12.05"));
        assert_eq!(said(instants(1_741_046_400_000)), one("2025-03-04T00:00:00"));
        assert_eq!(said(instants(1_741_046_400_250)), one("2025-03-04T00:00:00.25"));
        assert_eq!(
            said(instants(1_741_042_800_000).with_timezone("Europe/Amsterdam")),
            one("2025-03-04T00:00:00+01:00")
        );
        assert_eq!(said(instants(1_741_042_800_000).with_timezone("+01:00")), one("2025-03-04T00:00:00+01:00"));
        assert_eq!(said(NullArray::new(1)), Some(vec![None]));
    }

    #[test]
    fn cells_behind_keys_and_runs_are_those_they_stand_for() {
        let keyed: DictionaryArray<Int8Type> = [Some("no"), None, Some("yes"), Some("no")].into_iter().collect();
        let expected = ["no", "", "yes", "no"].map(|word| (!word.is_empty()).then(|| word.to_owned()));
        assert_eq!(said(keyed.clone()).unwrap(), expected);
        let sliced = said(keyed.slice(1, 2)).unwrap();
        assert_eq!(sliced, [None, Some("yes".to_owned())]);
        let runs: RunArray<Int32Type> = [Some("no"), Some("no"), None, Some("yes")].into_iter().collect();
        assert_eq!(said(runs.slice(1, 3)).unwrap(), [Some("no".to_owned()), None, Some("yes".to_owned())]);
        let counts =
            DictionaryArray::<UInt8Type>::new(vec![1, 0, 1].into(), Arc::new(Float32Array::from(vec![2.0, 0.25])));
        assert_eq!(numbers(&counts).unwrap(), Float64Array::from(vec![0.25, 2.0, 0.25]));
    }

    #[test]
    fn what_is_no_number_is_null_in_text_and_refused_elsewhere() {
        let found = numbers(&StringArray::from(vec!["1e2", " 3 ", "3,5", ""])).unwrap();
        assert_eq!(found, Float64Array::from(vec![Some(100.0), Some(3.0), None, None]));
        assert_eq!(numbers(&BooleanArray::from(vec![true, false])).unwrap(), Float64Array::from(vec![1.0, 0.0]));
        let money = Decimal128Array::from(vec![1_205]).with_precision_and_scale(6, 2).unwrap();
        assert_eq!(numbers(&money).unwrap(), Float64Array::from(vec![12.05]));
        assert!(numbers(&Date32Array::from(vec![1])).is_none());
    }

    #[test]
    fn a_day_begins_at_midnight_where_its_clock_stands() {
        let there = instants(1_741_042_800_000).with_timezone("Europe/Amsterdam");
        assert!(Instants::of(&there).unwrap().is_midnight(there.value(0)));
        let here = instants(1_741_042_800_000);
        assert!(!Instants::of(&here).unwrap().is_midnight(here.value(0)));
        assert!(Instants::of(&here).unwrap().is_midnight(-86_400_000));
        assert_eq!(whole(&Int16Array::from(vec![-3])).unwrap().value(0), -3);
        assert!(whole(&UInt64Array::from(vec![3])).is_none());
    }

    #[test]
    fn lists_of_text_are_joined() {
        let mut lists = ListBuilder::new(StringBuilder::new());
        lists.append_value([Some("NL"), Some("DE")]);
        lists.append_null();
        lists.append_value([None::<&str>; 0]);
        assert_eq!(said(lists.finish()).unwrap(), [Some("NL; DE".to_owned()), None, Some(String::new())]);
    }

    #[test]
    fn lists_of_numbers_bytes_and_spans_of_time_have_no_text() {
        assert_eq!(said(BinaryArray::from(vec![b"x".as_slice()])), None);
        assert_eq!(said(DurationSecondArray::from(vec![1])), None);
        assert_eq!(said(ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)])])), None);
        assert_eq!(said(instants(i64::MAX)), None);
        assert_eq!(said(instants(0).with_timezone("Atlantis")), None);
    }
}
