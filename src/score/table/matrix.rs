//! The cells of an array, as codes of levels and gaps.

use pulp::bytemuck;
use rustc_hash::FxHashMap;

use super::intern::{NULL, Names};
use super::long::Declared;
use super::{FIRST_GAP, NOT_STATED, Scale, Units};
use crate::error::{Error, Result, RowNumber, nearest};
use crate::score::kernel::{self, bytes::recoded};
use crate::stop::Stop;

/// Bytes that are read before a look at whether the work should stop; arrays of usual size are one.
const BYTES: usize = 1 << 26;
/// Numbers likewise.
const NUMBERS: usize = 1 << 18;

/// The codes of bytes: levels in ascending order where none are declared; `declared` learns them.
///
/// # Errors
/// [`Error::Cell`] for a value that is no level, [`Error::Limit`] for too many of them,
/// [`Error::Stopped`].
pub fn byte_codes(values: &[i8], issues: &Units, declared: &mut Declared, stop: &Stop) -> Result<Vec<u8>> {
    let bytes: &[u8] = bytemuck::cast_slice(values);
    let mut occurring = [false; 256];
    for part in bytes.chunks(BYTES) {
        stop.check()?;
        occurring.iter_mut().zip(kernel::bytes::occurring(part)).for_each(|(all, one)| *all |= one);
    }
    let (map, levels) = byte_map(values, &occurring, declared, issues)?;
    if let Scale::Nominal { levels: own } | Scale::Ordinal { levels: own } = &mut declared.scale {
        *own = levels;
    }
    if bytes.len() <= BYTES {
        return Ok(recoded(bytes, &map, &occurring));
    }
    let mut codes = Vec::with_capacity(bytes.len());
    for part in bytes.chunks(BYTES) {
        stop.check()?;
        codes.extend(recoded(part, &map, &occurring));
    }
    Ok(codes)
}

/// The codes of numbers by the way they are written, 27.0 as 27, NaN for none; otherwise as
/// [`name_codes`].
///
/// # Errors
/// As [`name_codes`].
pub fn number_codes(values: &[f64], issues: &Units, declared: &mut Declared, stop: &Stop) -> Result<Vec<u8>> {
    let (mut names, mut known) = (Names::default(), FxHashMap::<u64, u32>::default());
    let mut cells = Vec::with_capacity(values.len());
    for part in values.chunks(NUMBERS) {
        stop.check()?;
        cells.extend(part.iter().map(|value| match value.is_nan() {
            true => NULL,
            // -0 is 0.
            false => *known.entry((value + 0.0).to_bits()).or_insert_with(|| names.code(&(value + 0.0).to_string())),
        }));
    }
    name_codes(&names, &cells, issues, declared, stop)
}

/// The code of each byte, and the levels.
type Mapped = ([u8; 256], Vec<String>);

/// The code of each byte that occurs, and the levels.
fn byte_map(values: &[i8], occurring: &[bool; 256], declared: &Declared, issues: &Units) -> Result<Mapped> {
    let mut map = [NOT_STATED; 256];
    let mut levels = declared.scale.levels().to_vec();
    let undeclared = levels.is_empty();
    for value in (i8::MIN..=i8::MAX).filter(|value| occurring[*value as u8 as usize]) {
        let text = value.to_string();
        let gap = declared.gaps.iter().position(|gap| gap.value.parse() == Ok(value));
        let level = if undeclared { None } else { levels.iter().position(|level| *level == text) };
        map[value as u8 as usize] = match (gap, level) {
            (Some(gap), _) => FIRST_GAP + gap as u8,
            (None, Some(level)) => level as u8,
            (None, None) if undeclared => {
                levels.push(text);
                check_levels(levels.len())?;
                (levels.len() - 1) as u8
            }
            (None, None) => {
                let at = values.iter().position(|other| *other == value).unwrap_or(0);
                let problem = format!("{value} is not one of {}", levels.join(", "));
                return Err(cell(at, issues, problem));
            }
        };
    }
    Ok((map, levels))
}

/// The codes of cells that hold the number of their name; sorted levels where none are declared,
/// and `declared` learns them. `issues` names the columns in errors.
///
/// # Errors
/// [`Error::Cell`] for a name that is no level, [`Error::Limit`] for too many of them,
/// [`Error::Stopped`].
pub fn name_codes(
    names: &Names,
    cells: &[u32],
    issues: &Units,
    declared: &mut Declared,
    stop: &Stop,
) -> Result<Vec<u8>> {
    let gap = |name: &str| declared.gaps.iter().position(|gap| gap.value == name);
    let mut levels = declared.scale.levels().to_vec();
    if levels.is_empty() {
        levels = names.iter().filter(|name| gap(name).is_none()).map(str::to_owned).collect();
        levels.sort();
        check_levels(levels.len())?;
    }
    let mut map = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let level = levels.iter().position(|level| level == name).map(|at| at as u8);
        let code = gap(name).map(|gap| FIRST_GAP + gap as u8).or(level);
        map.push(code.ok_or_else(|| {
            let cell = cells.iter().position(|code| *code == at as u32).unwrap_or(0);
            let hint = nearest(name, levels.iter().map(String::as_str));
            let hint = hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default();
            let problem = format!("'{name}' is not one of {}{hint}", levels.join(", "));
            self::cell(cell, issues, problem)
        })?);
    }
    if let Scale::Nominal { levels: own } | Scale::Ordinal { levels: own } = &mut declared.scale {
        *own = levels;
    }
    let mut codes = Vec::with_capacity(cells.len());
    for part in cells.chunks(NUMBERS) {
        stop.check()?;
        codes.extend(part.iter().map(|code| map.get(*code as usize).copied().unwrap_or(NOT_STATED)));
    }
    Ok(codes)
}

/// The error for what stands at place `at`, counted row by row.
fn cell(at: usize, issues: &Units, problem: String) -> Error {
    let width = issues.count().max(1);
    let column = issues.as_slice().get(at % width).map(|unit| unit.issue.clone()).unwrap_or_default();
    Error::Cell { table: "array".to_owned(), row: RowNumber::of_array(at / width + 1), column, problem }
}

/// Refuses more levels than there are codes for.
///
/// # Errors
/// [`Error::Limit`].
pub(in crate::score) fn check_levels(count: usize) -> Result<()> {
    let (value, limit) = (count as u64, FIRST_GAP as u64);
    if value > limit {
        return Err(Error::Limit { what: "different values of a nominal scale", value, limit });
    }
    Ok(())
}
