//! A user's language file laid over the one that comes with the package.

use toml::{Table, Value};

use super::file::each;
use crate::error::{Error, Result};

/// Tables in which an entry stands under one key only: given under another key, it leaves the first.
const CLASSES: [&str; 9] =
    ["states", "demonyms", "blocs", "institutions", "quantifiers", "breadths", "membership", "pronouns", "cues"];

/// The text of a language file: the entries of `base`, without what `over` drops, with what it adds or overrides.
///
/// Both are language files that hold together. Lists are joined; of single values, verbs and numbers that
/// of `over` stands; in tables of classes an entry moves to the key under which `over` gives it.
///
/// # Errors
/// [`Error::Lexicon`] where a text is no TOML.
pub fn lay_over(base: &str, over: &str, name: &str) -> Result<String> {
    let problem = |text: String| Error::Lexicon { file: name.to_owned(), line: 0, problem: text };
    let mut merged: Table = toml::from_str(base).map_err(|error| problem(error.message().to_owned()))?;
    let mut over: Table = toml::from_str(over).map_err(|error| problem(error.message().to_owned()))?;
    for (key, value) in merged.iter_mut().chain(over.iter_mut()).filter(|(key, _)| *key != "cues") {
        combine(key, value);
    }
    for dropped in strings(over.remove("drop")) {
        drop_entry(&mut merged, &dropped);
    }
    for (key, value) in over {
        match (merged.get_mut(&key), value) {
            (Some(Value::String(own)), Value::String(version)) if key == "version" => {
                *own = format!("{own}+{version}");
            }
            (Some(Value::Array(own)), Value::Array(more)) => join(own, more),
            (Some(Value::Table(own)), Value::Table(more)) => lay_table(own, more, CLASSES.contains(&key.as_str())),
            (_, value) => {
                merged.insert(key, value);
            }
        }
    }
    toml::to_string(&merged).map_err(|error| problem(error.to_string()))
}

/// Puts in the place of each entry the phrases that it stands for, so that any of them can be dropped or moved.
fn combine(key: &str, value: &mut Value) {
    match value {
        Value::Array(list) => {
            let entries = std::mem::take(list).into_iter();
            list.extend(entries.flat_map(|entry| match entry {
                Value::String(entry) => each(&entry).into_iter().map(Value::String).collect(),
                other => vec![other],
            }));
        }
        Value::Table(inner) if key != "verbs" => inner.iter_mut().for_each(|(_, list)| combine(key, list)),
        _ => {}
    }
}

fn lay_table(own: &mut Table, more: Table, classes: bool) {
    for (key, value) in more {
        if let (true, Value::Array(entries)) = (classes, &value) {
            for list in own.iter_mut().filter_map(|(_, list)| list.as_array_mut()) {
                list.retain(|entry| !entries.contains(entry));
            }
        }
        match (own.get_mut(&key), value) {
            (Some(Value::Array(own)), Value::Array(more)) => join(own, more),
            (_, value) => {
                own.insert(key, value);
            }
        }
    }
}

fn join(own: &mut Vec<Value>, more: Vec<Value>) {
    for value in more {
        if !own.contains(&value) {
            own.push(value);
        }
    }
}

/// Takes an entry out of every list, and out of the tables whose keys are words.
fn drop_entry(table: &mut Table, entry: &str) {
    for (key, value) in table.iter_mut() {
        match value {
            Value::Array(list) => list.retain(|value| value.as_str() != Some(entry)),
            Value::Table(inner) => {
                if matches!(key.as_str(), "verbs" | "numbers" | "fractions") {
                    inner.remove(entry);
                }
                for list in inner.iter_mut().filter_map(|(_, list)| list.as_array_mut()) {
                    list.retain(|value| value.as_str() != Some(entry));
                }
            }
            _ => {}
        }
    }
}

fn strings(value: Option<Value>) -> Vec<String> {
    let list = match value {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    list.into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}
