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

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with a user's laid over it.
    fn laid(over: &str) -> Table {
        let base = "language = \"nl\"\nversion = \"3\"\ncommon = [\"de\", \"het\"]\n[states]\nMT = [\"malta\", \"valletta\"]\nIT = \
                    [\"italia\"]\n[verbs]\nlopen = \"liep\"\nmalta = \"x\"\n[numbers]\ntwee = 2\n[head]\nmonths = [\"mei\"]\n";
        toml::from_str(&lay_over(base, over, "mine.toml").unwrap()).unwrap()
    }

    #[test]
    fn a_users_file_adds_moves_and_drops_entries() {
        let strings = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
        };
        let added = laid("version = \"1\"\ncommon = [\"het\", \"een\"]\nextra = [\"x\"]\n");
        assert_eq!(added["version"].as_str(), Some("3+1"));
        assert_eq!(strings(&added["common"]), ["de", "het", "een"]);
        assert_eq!(strings(&added["extra"]), ["x"]);
        // Of classes an entry stands under one key; of other tables under each.
        let moved = laid("[states]\nIT = [\"valletta\"]\n[head]\nyears = [\"mei\"]\n[verbs]\nlopen = \"ging\"\n");
        assert_eq!(
            (strings(&moved["states"]["MT"]), strings(&moved["states"]["IT"])),
            (vec!["malta".to_owned()], ["italia", "valletta"].map(str::to_owned).to_vec())
        );
        assert_eq!(
            (strings(&moved["head"]["months"]), strings(&moved["head"]["years"])),
            (vec!["mei".to_owned()], vec!["mei".to_owned()])
        );
        assert_eq!(moved["verbs"]["lopen"].as_str(), Some("ging"));
        let dropped = laid("drop = [\"malta\", \"het\", \"twee\", \"MT\"]\n");
        assert_eq!(
            (strings(&dropped["states"]["MT"]), strings(&dropped["common"])),
            (vec!["valletta".to_owned()], vec!["de".to_owned()])
        );
        assert!(
            !dropped["verbs"].as_table().unwrap().contains_key("malta")
                && dropped["numbers"].as_table().unwrap().is_empty()
        );
        assert!(!dropped.contains_key("drop"));
        let error = lay_over("x = 1", "x = ", "mine.toml").unwrap_err().to_string();
        assert!(error.starts_with("mine.toml: "), "{error}");
    }
}
