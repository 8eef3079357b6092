//! Language files: what is wrong with one, what a user's adds or overrides, what of it stands in texts.

use standpunt::lexicon::{Lexicon, check};
use standpunt::read::{Options, read_report, usage};
use standpunt::stop::Stop;

const HEAD: &str = "Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\n";

fn problems(text: &str) -> Vec<(usize, String)> {
    let entries = check(text, "mine.toml").unwrap();
    entries.into_iter().filter_map(|entry| Some((entry.line, entry.problem?))).collect()
}

fn read(lexicon: &str, language: &str, text: &str) -> Vec<String> {
    let lexicon = Lexicon::with(&[("mine.toml".to_owned(), lexicon.to_owned())]).unwrap();
    let reading = read_report(
        text,
        "r",
        &Options { lexicon, language: Some(language.to_owned()), lookalikes: false },
        &Stop::default(),
    )
    .unwrap();
    reading.statements.iter().map(|s| format!("{} {} {}", s.holder.key(), s.stance.as_str(), s.proposition)).collect()
}

#[test]
fn the_files_of_the_package_have_nothing_wrong() {
    for code in ["nl", "en", "de", "fr"] {
        let text = std::fs::read_to_string(format!("src/lexicon/languages/{code}.toml")).unwrap();
        assert_eq!(problems(&text), [], "{code}");
    }
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let text = "language = \"nl\"\nversion = \"1\"\nnegations = [\"nimmer\", \"Nooit\", \"nimmer\", \"\"]\n\
                [quantifiers]\nsevral = [\"legio\"]\n[cues]\nsupport = [\"twee woorden\"]\nlike = [\"x\"]\n\
                [states]\nHolland = [\"holland\"]\n";
    let expected = [
        (3, "'Nooit' never matches: entries are lower case, 'nooit'"),
        (3, "'nimmer' stands twice in negations"),
        (3, "an empty entry"),
        (5, "quantifier: 'sevral' is not one of"),
        (7, "cue 'twee woorden': expected one word, then '+' and further words, then '>' and prepositions"),
        (8, "class of cue: 'like' is not one of"),
        (10, "state: 'Holland' is no code of two capitals, as NL"),
    ];
    let found = problems(text);
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((line, problem), (at, begins)) in found.iter().zip(expected) {
        assert!(*line == at && problem.starts_with(begins), "line {line}: {problem}");
    }
}

#[test]
fn an_entry_can_stand_for_combinations_of_words() {
    let text = |thing: &str| format!("{HEAD}Spanje steunde het glyfosaatverbod. Italië verwierp {thing}.\n");
    let italy = |lexicon: &str, thing: &str| read(lexicon, "nl", &text(thing)).pop().unwrap();
    let mine = "language = \"nl\"\n[pointers]\nthis = [\"dat|dit kunstje|ding\"]\n";
    assert!(problems(mine).is_empty());
    for thing in ["dat kunstje", "dit kunstje", "dat ding", "dit ding", "dit voorstel"] {
        assert_eq!(italy(mine, thing), "IT||named_only|None oppose glyfosaatverbod", "{thing}");
    }
    // Without it the thing stands in its own words.
    let fewer = "language = \"nl\"\ndrop = [\"hiertegen\", \"dit aanbod\"]\n";
    assert!(italy(fewer, "dat aanbod uit Parijs").ends_with("glyfosaatverbod"));
    assert!(italy(fewer, "dit aanbod uit Parijs").ends_with("aanbod uit Parijs"));
}

#[test]
fn an_entry_stands_for_no_more_than_a_thousand_phrases() {
    let many = format!("language = \"nl\"\nlight = [\"{}\"]\n", ["a|b"; 40].join(" "));
    assert!(problems(&many)[0].1.ends_with("stands for more than 1000 phrases"));
    assert!(Lexicon::with(&[("mine.toml".to_owned(), many)]).is_err());
}

#[test]
fn a_file_that_is_no_language_file_says_why() {
    assert_eq!(problems("language = \"nl\"\nnegation = [\"x\"]\n")[0].0, 2);
    assert!(problems("language = \"nl\"\nnegation = [\"x\"]\n")[0].1.starts_with("unknown field `negation`"));
    assert_eq!(problems("language = \"nl\"\nnegations = [\"x\"\nlight = [\"y\"]\n")[0].0, 3);
    assert!(problems("version = \"1\"\n")[0].1.starts_with("expected language"));
    let error = Lexicon::with(&[("mine.toml".to_owned(), "language = \"nl\"\nnegations = [\"Nooit\"]\n".to_owned())]);
    assert_eq!(
        error.unwrap_err().to_string(),
        "mine.toml: line 2: 'Nooit' never matches: entries are lower case, 'nooit'"
    );
}

#[test]
fn a_users_verb_and_name_are_read() {
    let text = format!("{HEAD}Frieslandia en Malta bejubelden de meetnetten.\n");
    let mine = "language = \"nl\"\n[states]\nNL = [\"frieslandia\"]\n[verbs]\nbejubelen = \"bejubelt bejubelden\"\n\
                [cues]\nsupport = [\"bejubelen\"]\n";
    let found = read(mine, "nl", &text);
    assert!(found.len() == 1 && found[0].contains("support") && found[0].contains("meetnetten"), "{found:?}");
}

#[test]
fn a_users_entry_overrides_the_standard_one() {
    let text = format!("{HEAD}Veel lidstaten verwelkomden de meetnetten.\n");
    let found = read("language = \"nl\"\n[cues]\noppose = [\"verwelkomen\"]\n", "nl", &text);
    assert!(found.len() == 1 && found[0].contains("oppose"), "{found:?}");
    let found = read("language = \"nl\"\n[quantifiers]\nfew = [\"veel\"]\n", "nl", &text);
    assert!(found.len() == 1 && found[0].contains("few"), "{found:?}");
    let dropped = read("language = \"nl\"\ndrop = [\"verwelkomen\"]\n", "nl", &text);
    assert!(!dropped.iter().any(|s| s.contains("verwelkomen support")), "{dropped:?}");
}

#[test]
fn a_new_language_needs_a_file_only() {
    let mine = "language = \"la\"\nversion = \"1\"\ncommon = [\"et\"]\nheads = [\"civitates\"]\n\
                [states]\nMT = [\"melita\"]\nIT = [\"italia\"]\n[coordinators]\nand = [\"et\"]\n\
                [verbs]\nlaudare = \"laudaverunt\"\n[cues]\nsupport = [\"laudare\"]\n[head]\nmonths = [\"martii\"]\n";
    let found = read(mine, "la", "1. Terra\n\nMelita et Italia laudaverunt consilium novum.\n");
    assert!(found.len() == 1 && found[0].contains("support consilium novum"), "{found:?}");
}

#[test]
fn a_pattern_is_taken_as_it_stands() {
    let mine = "language = \"nl\"\nnegations = [\"(a+)+$\"]\n";
    assert_eq!(problems(mine), []);
    let text = format!("{HEAD}Malta steunde {}.\n", "a".repeat(20_000));
    assert_eq!(read(mine, "nl", &text).len(), 1);
}

#[test]
fn entries_are_counted_where_they_stand() {
    let mine = "language = \"nl\"\nlight = [\"meet*\", \"niet hier\", \"op de grond\"]\n\
                [verbs]\noproepen = \"riep..op\"\n[cues]\nrequest = [\"oproepen + urgent|spoed > tot\"]\n";
    let entries = check(mine, "mine.toml").unwrap();
    let language = Lexicon::with(&[("mine.toml".to_owned(), mine.to_owned())]).unwrap().language("nl").unwrap();
    let text = format!("{HEAD}Malta riep met spoed op tot meetnetten op de grond. Malta riep op tot meten.\n");
    let counts = usage(&entries, &language, &[&text], &Stop::default()).unwrap();
    let named: Vec<(&str, usize)> = entries.iter().map(|e| e.text.as_str()).zip(counts).collect();
    let expected =
        [("meet*", 1), ("niet hier", 0), ("op de grond", 1), ("oproepen", 2), ("oproepen + urgent|spoed > tot", 1)];
    assert_eq!(named.into_iter().filter(|(text, _)| *text != "nl").collect::<Vec<_>>(), expected);
}
