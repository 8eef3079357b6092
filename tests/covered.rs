//! Each entry of a language file stands in a case. A case is a row of `tests/cases/<language>.csv`, or a
//! frame: `tests/cases/frames.csv` holds, for the lists whose entries can take each other's place, sentences
//! with `{}` for the entry (`{^}` with capitals, as a name) and the statements these must give, where `{key}` is
//! the key that the entry stands under. An entry of such a list is covered where it stands in a row, or where
//! one of the frames is read as it must be.
//!
//! Not covered here are the words of heads of reports and what only tells a language (`head`, `common`).

use std::collections::BTreeMap;

use standpunt::lexicon::{Entry, Language, LanguageFile, Lexicon, check, each};
use standpunt::read::usage;
use standpunt::stop::Stop;

#[path = "support/sentences.rs"]
mod sentences;
use sentences::{Sentences, fit};

/// The lists not all of whose entries have a case yet; `narrative` stands for all of its keys. Without its line here
/// a list fails with its entries, each with what its frames gave.
const OPEN: [(&str, &[&str]); 4] = [
    ("nl", &["light", "narrative", "units", "verbs", "determiners", "prepositions.particle", "reporting"]),
    (
        "en",
        &[
            "abbreviations",
            "determiners",
            "envoys",
            "evaluations.negative",
            "institutions.COM",
            "light",
            "narrative",
            "operators.remove",
            "prepositions.bearer",
            "prepositions.other",
            "prepositions.topic",
            "pronouns.first_person",
            "pronouns.plural",
            "quantifiers.most",
            "reporting",
            "represented",
            "units",
            "verbs",
        ],
    ),
    (
        "de",
        &[
            "abbreviations",
            "determiners",
            "light",
            "narrative",
            "others",
            "prepositions.agent",
            "prepositions.between",
            "prepositions.other",
            "subordinators.relative",
            "units",
            "verbs",
        ],
    ),
    (
        "fr",
        &[
            "determiners",
            "light",
            "narrative",
            "prepositions.absolute",
            "prepositions.between",
            "prepositions.of",
            "prepositions.other",
            "subordinators.relative",
            "units",
            "verbs",
        ],
    ),
];

/// What stands in no sentence of a report.
const APART: [&str; 2] = ["head", "common"];

/// One line of the table of frames.
struct Frame {
    lists: String,
    before: String,
    sentence: String,
    expected: String,
}

fn stands_under(entry: &Entry, list: &str) -> bool {
    entry.list == list || entry.list.split_once('.').is_some_and(|(table, _)| table == list)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Frame {
    fn all(language: &str) -> Vec<Frame> {
        let mut table = csv::Reader::from_path("tests/cases/frames.csv").unwrap();
        let rows = table.records().map(Result::unwrap).filter(|row| &row[0] == language);
        let text = |row: &csv::StringRecord, at: usize| row[at].to_owned();
        rows.map(|row| Frame {
            lists: text(&row, 1),
            before: text(&row, 2),
            sentence: text(&row, 3),
            expected: text(&row, 4),
        })
        .collect()
    }

    /// What is read of the frame with the entry in it, where that is not what must be.
    fn misread(&self, entry: &Entry, word: &str, value: &str, sentences: &Sentences) -> Option<String> {
        let name: Vec<String> = word.split(' ').map(capital).collect();
        let sentence = capital(&self.sentence.replace("{}", word).replace("{^}", &name.join(" "))).replace("' ", "'");
        let key = entry.list.split_once('.').map_or("", |(_, key)| key).replace(' ', "+");
        let expected = self.expected.replace("{key}", &key).replace("{value}", value);
        let got = sentences.coded(&self.before, &sentence);
        (!fit(&got, &expected))
            .then(|| format!("{sentence}\n    expected {expected}\n    got      {}", got.join(" ; ")))
    }
}

/// How an entry can stand in a sentence: a stem and a phrase as they are, a cue with each form of its verb, the
/// first of the words that must stand in the clause and the first preposition of its object.
fn words(entry: &Entry, language: &Language) -> Vec<String> {
    if !entry.list.starts_with("cues.") {
        return each(entry.text.trim_end_matches('*'));
    }
    let (head, openers) = entry.text.split_once('>').unwrap_or((&entry.text, ""));
    let (verb, with) = head.split_once('+').unwrap_or((head, ""));
    let first = |one: &str| one.split('|').next().unwrap_or_default().replace('_', " ");
    let with: Vec<String> =
        with.split_whitespace().map(first).chain(openers.split_whitespace().next().map(first)).collect();
    let forms = language.forms(verb.trim()).unwrap_or_else(|| verb.trim().to_owned());
    let phrase = |form: &str| [form.trim_start_matches('~').replace(['_', '.'], " "), with.join(" ")].join(" ");
    forms.split_whitespace().map(|form| phrase(form).trim().to_owned()).collect()
}

/// How often each entry stands in the rows of the case table.
fn in_rows(entries: &[Entry], language: &str) -> Vec<usize> {
    let mut table = csv::Reader::from_path(format!("tests/cases/{language}.csv")).unwrap();
    let rows: Vec<String> =
        table.records().map(Result::unwrap).map(|row| format!("{} {}\n\n", &row[0], &row[1])).collect();
    let lexicon = Lexicon::standard().unwrap();
    usage(entries, &lexicon.language(language).unwrap(), &[&rows.concat()], &Stop::default()).unwrap()
}

/// The number that a numeral or a part of all 27 stands for, as the file gives it.
fn value(entry: &Entry, file: &LanguageFile) -> String {
    let number = file.numbers.get(&entry.text).filter(|_| entry.list == "numbers").copied();
    let part =
        || file.fractions.get(&entry.text).map(|(of, parts)| (27.0 * f64::from(*of) / f64::from(*parts)).round());
    number.map(f64::from).or_else(part).map_or(String::new(), |value| value.to_string())
}

/// The entries without a case, by their list, each with what its frames gave.
fn uncovered(language: &str) -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(format!("src/lexicon/languages/{language}.toml")).unwrap();
    let entries = check(&text, language).unwrap();
    let file = LanguageFile::parse(&text, language).unwrap();
    let (frames, sentences) = (Frame::all(language), Sentences::of(language));
    let known = Lexicon::standard().unwrap().language(language).unwrap();
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (entry, count) in entries.iter().zip(in_rows(&entries, language)) {
        if count > 0 || APART.contains(&entry.list.split('.').next().unwrap()) {
            continue;
        }
        let mut frames = frames.iter().filter(|frame| stands_under(entry, &frame.lists));
        let mut tried = entry.text.clone();
        let read = |frame: &Frame| {
            words(entry, &known).iter().any(|word| {
                let misread = frame.misread(entry, word, &value(entry, &file), &sentences);
                tried.extend(misread.iter().map(|misread| format!("\n  {misread}")));
                misread.is_none()
            })
        };
        if !frames.any(read) {
            missing.entry(entry.list.clone()).or_default().push(tried);
        }
    }
    missing
}

fn each_has_a_case(language: &str) {
    let open = OPEN.iter().find(|(code, _)| *code == language).unwrap().1;
    let mut failures = Vec::new();
    let mut missing = uncovered(language);
    for list in open {
        let of_list = |name: &String| name == list || name.split('.').next() == Some(list);
        if !missing.keys().any(of_list) {
            failures.push(format!("{language} {list}: each entry has a case now, it is open no more"));
        }
        missing.retain(|name, _| !of_list(name));
    }
    failures.extend(missing.iter().map(|(list, entries)| format!("{language} {list}:\n{}", entries.join("\n"))));
    assert!(failures.is_empty(), "entries without a case:\n{}", failures.join("\n"));
}

#[test]
fn each_dutch_entry_has_a_case() {
    each_has_a_case("nl");
}

#[test]
fn each_english_entry_has_a_case() {
    each_has_a_case("en");
}

#[test]
fn each_german_entry_has_a_case() {
    each_has_a_case("de");
}

#[test]
fn each_french_entry_has_a_case() {
    each_has_a_case("fr");
}
