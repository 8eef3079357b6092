//! Sentences and their coding: each row of `tests/cases/<language>.csv` is one sentence of a report, in
//! our own words, with the statements it must give, and all that do not fit are listed at once.
//!
//! `expected` holds statements joined by ` ; `, each `holder stance proposition`, or `none`. A holder is
//! an institution, or a size class with its members (`many+NL`, `all-MT`, `named_only+DE+SE`); a stance is
//! `+`, `-` or `0`, with `?` behind it where it hangs on a condition. Of the proposition one word is given
//! that must stand in it, `=` and the whole, or `*`. `open: ` before it marks what is not read so yet; the test tells when it
//! is. `before` holds a sentence that stands before it in the same item.

use std::sync::Arc;

use standpunt::lexicon::Lexicon;
use standpunt::model::{Holder, Stance, Statement};
use standpunt::read::{Options, read_report};
use standpunt::stop::Stop;

fn holder(statement: &Statement) -> String {
    match &statement.holder {
        Holder::Institution(institution) => institution.as_str().to_owned(),
        Holder::Group(group) => {
            let mut text = group.quantifier.map(|q| q.to_string()).unwrap_or_default();
            for (sign, names) in [('+', &group.named), ('-', &group.excluded)] {
                for name in names {
                    text.push(sign);
                    text.push_str(name.as_str());
                }
            }
            text
        }
    }
}

fn shown(statement: &Statement) -> String {
    let sign = match statement.stance {
        Stance::Support => "+",
        Stance::Neutral => "0",
        Stance::Oppose => "-",
    };
    format!("{} {sign}{} {}", holder(statement), if statement.conditional { "?" } else { "" }, statement.proposition)
}

fn fits(statement: &str, expected: &str) -> bool {
    let mut parts = expected.splitn(3, ' ');
    let (who, stance, word) = (parts.next(), parts.next(), parts.next().unwrap_or("*"));
    let mut got = statement.splitn(3, ' ');
    let same = (got.next(), got.next()) == (who, stance);
    let proposition = got.next().unwrap_or_default().to_lowercase();
    same && match word.strip_prefix('=') {
        Some(whole) => proposition == whole.to_lowercase(),
        None => word == "*" || proposition.contains(&word.to_lowercase()),
    }
}

/// Runs the rows of one language; the report around a sentence gives it a meeting with 27 members.
fn run(language: &str, title: &str) {
    let options = Options {
        lexicon: Arc::clone(&Lexicon::standard().unwrap()),
        language: Some(language.to_owned()),
        lookalikes: false,
    };
    let mut failures = Vec::new();
    let mut rows = 0;
    let mut table = csv::Reader::from_path(format!("tests/cases/{language}.csv")).unwrap();
    for record in table.records() {
        let record = record.unwrap();
        let (before, sentence, expected) = (&record[0], &record[1], &record[2]);
        let text = format!("{title}\n\n1. Item\n\n{before} {sentence}\n");
        let reading = read_report(&text, "case", &options, &Stop::default()).unwrap();
        let from = text.find(sentence).unwrap();
        let here = reading.statements.iter().filter(|s| s.span().unwrap().start >= from);
        let got: Vec<String> = here.map(shown).collect();
        let open = expected.starts_with("open: ");
        let wanted: Vec<&str> =
            expected.trim_start_matches("open: ").split(" ; ").filter(|one| *one != "none").collect();
        let coded = got.len() == wanted.len() && got.iter().zip(&wanted).all(|(got, wanted)| fits(got, wanted));
        if coded == open {
            failures.push(format!("{sentence}\n    expected {expected}\n    got      {}", got.join(" ; ")));
        }
        rows += 1;
    }
    assert!(failures.is_empty(), "{} of {rows} rows of {language}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn dutch_sentences_are_coded() {
    run("nl", "Verslag Telecomraad 4 maart 2025");
}

#[test]
fn english_sentences_are_coded() {
    run("en", "Report of the Telecom Council, 4 March 2025");
}

#[test]
fn german_sentences_are_coded() {
    run("de", "Bericht Umweltrat 4. März 2025");
}

#[test]
fn french_sentences_are_coded() {
    run("fr", "Compte rendu du Conseil Environnement, 4 mars 2025");
}

#[test]
fn the_language_is_told_from_the_text() {
    let lexicon = Lexicon::standard().unwrap();
    for code in ["nl", "en", "de", "fr"] {
        let table = std::fs::read_to_string(format!("tests/cases/{code}.csv")).unwrap();
        assert_eq!(lexicon.detect(&table).0.code, code);
    }
}
