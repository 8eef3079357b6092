//! Linking: which propositions are one issue, and on which side of it they lie.

#![allow(clippy::print_stdout)] // measurements are for reading

use std::collections::BTreeMap;

use standpunt::link::{LinkOptions, assign_issues};
use standpunt::model::{Group, Holder, Intensity, Quantifier, Stance, Statement};

fn statement(meeting: &str, topic: &str, proposition: &str) -> Statement {
    Statement {
        id: String::new(),
        report: meeting.to_owned(),
        meeting: meeting.to_owned(),
        section: topic.to_owned(),
        topic: topic.to_owned(),
        issue: String::new(),
        polarity: 1,
        proposition: proposition.to_owned(),
        holder: Holder::Group(Group { quantifier: Some(Quantifier::Many), ..Group::default() }),
        stance: Stance::Support,
        intensity: Intensity::Normal,
        conditional: false,
        change: false,
        quote: None,
        rule: "test".to_owned(),
        confidence: 1.0,
        weight: 1.0,
    }
}

/// Issue and polarity of each (topic, proposition), linked together.
fn linked(rows: &[(&str, &str)]) -> Vec<(String, i8)> {
    let mut statements: Vec<Statement> = rows.iter().map(|(topic, phrase)| statement("m", topic, phrase)).collect();
    assign_issues(&mut statements, &LinkOptions::default());
    statements.into_iter().map(|s| (s.issue, s.polarity)).collect()
}

#[test]
fn keeping_and_abolishing_are_the_two_sides_of_one_issue() {
    let rows = linked(&[
        ("belastingen", "het behoud van de vrijstelling"),
        ("belastingen", "afschaffing van de vrijstelling"),
        ("belastingen", "de vrijstelling"),
        ("belastingen", "een hoger tarief voor kerosine"),
    ]);
    let vrijstelling = "vrijstelling".to_owned();
    assert_eq!(rows[..3], [(vrijstelling.clone(), 1), (vrijstelling.clone(), -1), (vrijstelling.clone(), 1)]);
    assert_ne!(rows[3].0, vrijstelling);
}

#[test]
fn less_of_an_ill_is_the_positive_form() {
    let rows = linked(&[
        ("digitaal", "vereenvoudiging van het cyberlandschap"),
        ("defensie", "het verminderen van de complexiteit van het cyberlandschap"),
        ("digitaal", "de complexiteit van het cyberlandschap"),
        ("digitaal", "snellere uitrol van netwerken"),
    ]);
    assert_eq!(rows[0], ("vereenvoudiging van het cyberlandschap".to_owned(), 1));
    assert_eq!(rows[1], rows[0]);
    assert_eq!(rows[2], (rows[0].0.clone(), -1));
    assert_ne!(rows[3].0, rows[0].0);
}

#[test]
fn different_numbers_never_join() {
    let rows = linked(&[
        ("derogations", "a five-year derogation for peatland farms"),
        ("derogations", "a ten-year derogation for peatland farms"),
        ("derogations", "five years"),
        ("derogations", "derogation for peatland farms of 5 years"),
    ]);
    assert_ne!(rows[0].0, rows[1].0);
    assert_eq!(rows[0].0, rows[3].0);
    assert_eq!(rows[0].0, rows[2].0);
}

#[test]
fn equal_phrases_of_unrelated_topics_stay_apart_and_have_names_of_their_own() {
    let rows = linked(&[("fisheries", "the target"), ("energy", "the target"), ("energy", "support for coal regions")]);
    assert_ne!(rows[0].0, rows[1].0);
    assert_eq!(rows[1].0, "target (energy)");
}

#[test]
fn an_empty_proposition_has_its_topic_as_issue() {
    assert_eq!(linked(&[("bodemmonitoring", " "), ("", "")])[0].0, "bodemmonitoring");
}

#[test]
fn the_same_statements_give_the_same_issues() {
    let rows: Vec<(String, String)> =
        (0..300).map(|n| (format!("topic {}", n % 7), format!("rule {} on {} waste", n % 23, n % 11))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(topic, phrase)| (topic.as_str(), phrase.as_str())).collect();
    assert_eq!(linked(&rows), linked(&rows));
}

/// Precision, recall and F1 over pairs of statements put in one issue.
fn pairwise(found: &[String], gold: &[String]) -> (f64, f64, f64) {
    let pairs = |keys: &[(&str, &str)]| -> u64 {
        let mut sizes: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        keys.iter().for_each(|key| *sizes.entry(*key).or_default() += 1);
        sizes.values().map(|n| n * (n - 1) / 2).sum()
    };
    let both: Vec<(&str, &str)> = found.iter().map(String::as_str).zip(gold.iter().map(String::as_str)).collect();
    let hits = pairs(&both);
    let found = pairs(&both.iter().map(|(f, _)| (*f, "")).collect::<Vec<_>>());
    let gold = pairs(&both.iter().map(|(_, g)| ("", *g)).collect::<Vec<_>>());
    let share = |n: u64, of: u64| if of == 0 { 1.0 } else { n as f64 / of as f64 };
    (share(hits, found), share(hits, gold), share(2 * hits, found + gold))
}

/// `STANDPUNT_GOLD=DIR [STANDPUNT_PHRASES=FILE] cargo test --test link gold -- --ignored --nocapture`
///
/// FILE has one line a gold row of any report: report, start, end and a phrase cut from the quote, by tabs.
#[test]
#[ignore = "needs the coded reports, in the directory that STANDPUNT_GOLD names"]
fn linked_issues_reach_the_shared_propositions_of_the_coded_reports() {
    let dir = std::env::var("STANDPUNT_GOLD").expect("STANDPUNT_GOLD names a directory");
    let mut rows: Vec<serde_json::Value> = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|path| path.to_string_lossy().ends_with(".gold.jsonl")) {
        let text = std::fs::read_to_string(file).unwrap();
        rows.extend(text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()));
    }
    let phrases: BTreeMap<String, String> = match std::env::var("STANDPUNT_PHRASES") {
        Ok(file) => {
            let text = std::fs::read_to_string(file).unwrap();
            text.lines().filter_map(|line| line.rsplit_once('\t')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
        }
        Err(_) => BTreeMap::new(),
    };
    for (kind, floor) in [("propositions", 0.90), ("phrases", 0.80)] {
        if kind == "phrases" && phrases.is_empty() {
            continue;
        }
        for (reports, f1) in measure(&rows, kind, &phrases) {
            let floor = if reports.contains(' ') { floor } else { floor - 0.1 };
            assert!(f1 >= floor, "{kind} {reports}: {f1:.3} below {floor}");
        }
    }
}

fn measure(rows: &[serde_json::Value], kind: &str, phrases: &BTreeMap<String, String>) -> Vec<(String, f64)> {
    let field = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let mut scores = Vec::new();
    for reports in [&["e1"][..], &["e4"], &["h1"], &["verslag"], &["e1", "e4"], &["e1", "e4", "h1", "verslag"]] {
        let (mut statements, mut gold) = (Vec::new(), Vec::new());
        for row in rows.iter().filter(|row| reports.iter().any(|name| field(row, "report").starts_with(name))) {
            let key = format!("{}\t{}\t{}", field(row, "report"), row["start"], row["end"]);
            let proposition = field(row, "proposition");
            let phrase = if kind == "phrases" { phrases.get(&key).unwrap_or(&proposition) } else { &proposition };
            let topic = if kind == "phrases" {
                standpunt::link::topics(&[&field(row, "section")])[0].clone()
            } else {
                field(row, "topic")
            };
            statements.push(statement(&field(row, "report"), &topic, phrase));
            gold.push(proposition);
        }
        assign_issues(&mut statements, &LinkOptions::default());
        let found: Vec<String> = statements.iter().map(|s| s.issue.clone()).collect();
        let (precision, recall, f1) = pairwise(&found, &gold);
        println!("{kind:12} {reports:?}: P {precision:.3} R {recall:.3} F1 {f1:.3}");
        if std::env::var("STANDPUNT_MISSES").is_ok() {
            for (statement, gold) in statements.iter().zip(&gold) {
                println!(
                    "    {:40} <- {:50} | {} [{}] {}",
                    gold, statement.proposition, statement.issue, statement.topic, statement.polarity
                );
            }
        }
        scores.push((reports.join(" "), f1));
    }
    scores
}
