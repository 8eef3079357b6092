//! Sentences and their coding: each row of `tests/cases/<language>.csv` is one sentence of a report, in
//! our own words, with the statements it must give, and all that do not fit are listed at once.
//!
//! `expected` holds statements joined by ` ; `, each `holder stance proposition`, or `none`. A holder is
//! an institution, or a size class with its members (`many+NL`, `all-MT`, `named_only+DE+SE`); a stance is
//! `+`, `-` or `0`, with `?` behind it where it hangs on a condition. Of the proposition one word is given
//! that must stand in it, `=` and the whole, or `*`. `open: ` before it marks what is not read so yet; the test tells when it
//! is. `before` holds a sentence that stands before it in the same item.

use standpunt::lexicon::Lexicon;

#[path = "support/sentences.rs"]
mod sentences;
use sentences::{Sentences, fit};

fn run(language: &str) {
    let sentences = Sentences::of(language);
    let mut failures = Vec::new();
    let mut rows = 0;
    let mut table = csv::Reader::from_path(format!("tests/cases/{language}.csv")).unwrap();
    for record in table.records() {
        let record = record.unwrap();
        let (before, sentence, expected) = (&record[0], &record[1], &record[2]);
        let got = sentences.coded(before, sentence);
        let open = expected.starts_with("open: ");
        if fit(&got, expected.trim_start_matches("open: ")) == open {
            failures.push(format!("{sentence}\n    expected {expected}\n    got      {}", got.join(" ; ")));
        }
        rows += 1;
    }
    assert!(failures.is_empty(), "{} of {rows} rows of {language}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn dutch_sentences_are_coded() {
    run("nl");
}

#[test]
fn english_sentences_are_coded() {
    run("en");
}

#[test]
fn german_sentences_are_coded() {
    run("de");
}

#[test]
fn french_sentences_are_coded() {
    run("fr");
}

#[test]
fn the_language_is_told_from_the_text() {
    let lexicon = Lexicon::standard().unwrap();
    for code in ["nl", "en", "de", "fr"] {
        let table = std::fs::read_to_string(format!("tests/cases/{code}.csv")).unwrap();
        assert_eq!(lexicon.detect(&table).0, code);
    }
}
