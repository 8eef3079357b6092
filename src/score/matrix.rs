//! The cells of an array, as codes of levels and gaps.

use rayon::prelude::*;

use super::intern::Names;
use super::long::Declared;
use super::table::{FIRST_GAP, NOT_STATED, Scale};
use crate::error::{Error, Result, nearest};

/// The codes of bytes: levels in ascending order where none are declared; `declared` learns them.
///
/// # Errors
/// [`Error::Cell`] for a value that is no level, [`Error::Limit`] for too many of them.
pub fn byte_codes(values: &[i8], issues: &[String], declared: &mut Declared) -> Result<Vec<u8>> {
    let gap = |value: i8| declared.gaps.iter().position(|gap| gap.value.parse() == Ok(value));
    let mut map = [NOT_STATED; 256];
    let mut levels = declared.scale.levels().to_vec();
    let undeclared = levels.is_empty();
    let occurring =
        values.par_chunks(1 << 16).map(seen).reduce(|| [false; 256], |a, b| std::array::from_fn(|at| a[at] | b[at]));
    for value in i8::MIN..=i8::MAX {
        let text = value.to_string();
        let level = levels.iter().position(|level| *level == text);
        let code = match (gap(value), level) {
            (Some(gap), _) => FIRST_GAP + gap as u8,
            (None, Some(level)) => level as u8,
            (None, None) => match occurring[value as u8 as usize] {
                false => NOT_STATED,
                true if undeclared => {
                    levels.push(text);
                    (levels.len() - 1) as u8
                }
                true => {
                    let at = values.iter().position(|other| *other == value).unwrap_or(0);
                    let problem = format!("{value} is not one of {}", levels.join(", "));
                    return Err(Error::Cell {
                        table: "array".to_owned(),
                        row: at / issues.len().max(1) + 1,
                        column: issues.get(at % issues.len().max(1)).cloned().unwrap_or_default(),
                        problem,
                    });
                }
            },
        };
        map[value as u8 as usize] = code;
        check_levels(levels.len())?;
    }
    if let Scale::Nominal { levels: own } | Scale::Ordinal { levels: own } = &mut declared.scale {
        *own = levels;
    }
    let mut codes = vec![0; values.len()];
    codes.par_chunks_mut(1 << 16).zip(values.par_chunks(1 << 16)).for_each(|(codes, values)| {
        codes.iter_mut().zip(values).for_each(|(code, value)| *code = map[*value as u8 as usize]);
    });
    Ok(codes)
}

/// Which bytes occur.
fn seen(values: &[i8]) -> [bool; 256] {
    let mut seen = [false; 256];
    values.iter().for_each(|value| seen[*value as u8 as usize] = true);
    seen
}

/// The codes of cells that hold the number of their name; sorted levels where none are declared,
/// and `declared` learns them. `issues` names the columns in errors.
///
/// # Errors
/// [`Error::Cell`] for a name that is no level, [`Error::Limit`] for too many of them.
pub fn name_codes(names: &Names, cells: &[u32], issues: &[String], declared: &mut Declared) -> Result<Vec<u8>> {
    let gap = |name: &str| declared.gaps.iter().position(|gap| gap.value == name);
    let mut levels = declared.scale.levels().to_vec();
    if levels.is_empty() {
        levels = names.as_slice().iter().filter(|name| gap(name).is_none()).map(|name| name.to_string()).collect();
        levels.sort();
        check_levels(levels.len())?;
    }
    let mut map = Vec::new();
    for (at, name) in names.as_slice().iter().enumerate() {
        let level = levels.iter().position(|level| **level == **name).map(|at| at as u8);
        let code = gap(name).map(|gap| FIRST_GAP + gap as u8).or(level);
        map.push(code.ok_or_else(|| {
            let cell = cells.iter().position(|code| *code == at as u32).unwrap_or(0);
            let hint = nearest(name, levels.iter().map(String::as_str));
            let hint = hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default();
            let problem = format!("'{name}' is not one of {}{hint}", levels.join(", "));
            Error::Cell {
                table: "array".to_owned(),
                row: cell / issues.len() + 1,
                column: issues[cell % issues.len()].clone(),
                problem,
            }
        })?);
    }
    if let Scale::Nominal { levels: own } | Scale::Ordinal { levels: own } = &mut declared.scale {
        *own = levels;
    }
    Ok(cells.iter().map(|code| map.get(*code as usize).copied().unwrap_or(NOT_STATED)).collect())
}

fn check_levels(count: usize) -> Result<()> {
    let (value, limit) = (count as u64, FIRST_GAP as u64);
    if value > limit {
        return Err(Error::Limit { what: "different values of a nominal scale", value, limit });
    }
    Ok(())
}
