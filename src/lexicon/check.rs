//! What is wrong with a language file, entry by entry.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::cue::{Class, Cue};
use super::file::{LanguageFile, combinations};
use super::language::{Language, group_tag};
use crate::error::{Error, Result};
use crate::model::Institution;
use crate::span::line_of;

/// The most entries a file can have.
pub const LIMIT: usize = 100_000;

/// The most phrases that one entry can stand for.
const COMBINATIONS: usize = 1_000;

/// One word, phrase, verb or cue of a language file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Line, from 1.
    pub line: usize,
    /// The list it stands in: "negations", "quantifiers.several".
    pub list: String,
    /// The entry as it stands; the verb for the forms of a verb.
    pub text: String,
    /// What is wrong with it; `None` where nothing is.
    pub problem: Option<String>,
}

/// Every entry of a language file, in order of its lines, each with what is wrong with it. A file that is
/// no TOML, or has a key that is none of the known ones, gives its mistakes only, as entries without text.
///
/// # Errors
/// [`Error::Limit`] over 100,000 entries.
pub fn check(text: &str, name: &str) -> Result<Vec<Entry>> {
    let (table, mistakes) = DeTable::parse_recoverable(text);
    let mistakes: Vec<Entry> =
        mistakes.iter().map(|error| mistake(line(text, error.span()), error.message())).collect();
    if !mistakes.is_empty() {
        return Ok(mistakes);
    }
    let file = match LanguageFile::parse(text, name) {
        Ok(file) => file,
        Err(error) => return Ok(vec![fault(error)]),
    };
    let mut entries = Vec::new();
    if file.language.len() != 2 || !file.language.bytes().all(|c| c.is_ascii_lowercase()) {
        entries.push(mistake(1, "expected language = \"nl\" or another code of two lower-case letters"));
    }
    let mut seen = BTreeSet::new();
    for (key, value) in table.get_ref() {
        list(text, key.get_ref(), value, &mut |entry| entries.push(judged(entry, &mut seen)));
    }
    if entries.len() > LIMIT {
        return Err(Error::Limit { what: "entries of a lexicon", value: entries.len() as u64, limit: LIMIT as u64 });
    }
    entries.sort_by_key(|entry| entry.line);
    if entries.iter().all(|entry| entry.problem.is_none()) {
        entries.extend(Language::parse(text, name).err().map(fault));
    }
    Ok(entries)
}

fn mistake(line: usize, problem: &str) -> Entry {
    Entry { line, list: String::new(), text: String::new(), problem: Some(problem.to_owned()) }
}

fn fault(error: Error) -> Entry {
    match error {
        Error::Lexicon { line, problem, .. } => mistake(line, &problem),
        other => mistake(0, &other.to_string()),
    }
}

fn line(text: &str, span: Option<std::ops::Range<usize>>) -> usize {
    span.map_or(0, |span| line_of(text, span.start))
}

/// Hands over the entries of one value: of a list, of lists by key, or the keys of a table of words.
fn list(text: &str, name: &str, value: &Spanned<DeValue<'_>>, give: &mut dyn FnMut(Entry)) {
    let entry = |at: usize, word: &str| Entry {
        line: line_of(text, at),
        list: name.to_owned(),
        text: word.to_owned(),
        problem: None,
    };
    match value.get_ref() {
        DeValue::Array(items) if name != "ocr" => {
            for item in items.iter() {
                if let DeValue::String(word) = item.get_ref() {
                    give(entry(item.span().start, word));
                }
            }
        }
        DeValue::Table(inner) => {
            for (key, value) in inner.iter() {
                match name {
                    "verbs" | "numbers" | "fractions" => give(entry(key.span().start, key.get_ref())),
                    _ => list(text, &format!("{name}.{}", key.get_ref()), value, give),
                }
            }
        }
        _ => {}
    }
}

fn judged(mut entry: Entry, seen: &mut BTreeSet<(String, String)>) -> Entry {
    let lower = entry.text.to_lowercase();
    entry.problem = if entry.text.trim().is_empty() {
        Some("an empty entry".to_owned())
    } else if lower != entry.text {
        Some(format!("'{}' never matches: entries are lower case, '{lower}'", entry.text))
    } else if combinations(&entry.text) > COMBINATIONS {
        Some(format!("'{}' stands for more than {COMBINATIONS} phrases", entry.text))
    } else if !seen.insert((entry.list.clone(), entry.text.clone())) {
        Some(format!("'{}' stands twice in {}", entry.text, entry.list))
    } else {
        key_problem(&entry)
    };
    entry
}

/// What is wrong with the key that an entry stands under, or with a cue's notation.
fn key_problem(entry: &Entry) -> Option<String> {
    let (table, key) = entry.list.split_once('.')?;
    let words = |error: Error| error.to_string();
    match table {
        "quantifiers" => group_tag("size class", key).err().map(words),
        "breadths" => group_tag("breadth", key).err().map(words),
        "membership" => group_tag("membership", key).err().map(words),
        "pronouns" => group_tag("pronoun", key).err().map(words),
        "cues" => key.parse::<Class>().err().map(words).or_else(|| Cue::word(&entry.text).err()),
        "institutions" => {
            let known = Institution::ALL.map(Institution::as_str);
            (!known.contains(&key)).then(|| format!("institution: '{key}' is not one of {}", known.join(", ")))
        }
        "states" | "demonyms" | "blocs" | "reporting" => {
            let code = |word: &str| word.len() == 2 && word.bytes().all(|c| c.is_ascii_uppercase());
            let wrong = key.split_whitespace().find(|word| !code(word));
            wrong.map(|word| format!("state: '{word}' is no code of two capitals, as NL"))
        }
        _ => None,
    }
}
