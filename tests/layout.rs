//! What is put right on a copy before a report is read: broken words, footnotes, marks.

use standpunt::lexicon::Lexicon;
use standpunt::read::{Options, read_report};
use standpunt::stop::Stop;

/// The propositions of a Dutch report with that body.
fn propositions(body: &str) -> Vec<String> {
    let options = Options { lexicon: Lexicon::standard().unwrap(), language: Some("nl".to_owned()), lookalikes: false };
    let text = format!("Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\n{body}\n");
    let read = read_report(&text, "r", &options, &Stop::default()).unwrap();
    read.statements.iter().map(|statement| statement.proposition.to_string()).collect()
}

#[test]
fn a_word_broken_over_two_lines_is_one_save_an_abbreviation() {
    let rows = [
        ("Malta steunde het bodem-\nvoorstel.", "bodemvoorstel"),
        ("Malta steunde het EU-\nfonds.", "EU-fonds"),
        ("Malta steunde het NextGenEU-\nfonds.", "NextGenEUfonds"),
        ("Malta steunde het zee-\nfonds.", "zeefonds"),
    ];
    for (body, expected) in rows {
        assert_eq!(propositions(body), [expected], "{body}");
    }
}

/// A number that opens a line is a footnote where a mark in the text has it and what follows opens as a note does.
#[test]
fn footnotes_are_told_by_their_number_and_their_beginning() {
    let with =
        |note: &str| propositions(&format!("Malta steunde het visfonds.1 Italië steunde de heffing.\n\n{note}\n"));
    let both = ["visfonds", "heffing"];
    assert_eq!(with("1 Zie het verslag, waarin Polen de norm steunde."), both);
    assert_eq!(with("1 http://raad.nl Polen steunde de norm."), both);
    assert_eq!(with("Polen steunde de norm."), ["visfonds", "heffing", "norm"]);
}
