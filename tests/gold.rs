//! How near the reader comes to coded reports, and that nothing it reads is lost.

#![allow(clippy::print_stdout)]

#[path = "support/gold.rs"]
mod gold;

use std::path::Path;

use gold::{Coding, Row, coded, pairs, predictions};
use standpunt::lexicon::Lexicon;
use standpunt::link::{LinkOptions, assign};
use standpunt::model::Statement;
use standpunt::read::{Options, Reading, read_report};
use standpunt::stop::Stop;

fn options() -> Options {
    Options { lexicon: Lexicon::standard().unwrap(), language: None, lookalikes: false }
}

fn reading(path: &Path) -> Reading {
    let name = path.file_stem().unwrap().to_str().unwrap();
    read_report(&std::fs::read_to_string(path).unwrap(), name, &options(), &Stop::default()).unwrap()
}

/// Both-F1 over the reports of a folder whose name begins with `language`.
fn both_f1(folder: &str, language: &str) -> f64 {
    let mut total = Coding::default();
    for path in coded(Path::new(folder), language) {
        let one = Coding::of(&gold::rows(&path), &predictions(&reading(&path)));
        println!("{}: gold {} coded {} both-F1 {:.3}", path.display(), one.gold, one.coded, one.f1());
        total = total.with(one);
    }
    assert!(total.gold > 0, "no coded report in {folder}");
    println!("{folder} {language}: both-F1 {:.3}", total.f1());
    total.f1()
}

#[test]
fn reports_that_rules_were_tried_on_stay_read() {
    assert!(both_f1("tests/gold/seen", "nl") >= 0.85);
    assert!(both_f1("tests/gold/seen", "en") >= 0.85);
}

#[test]
fn reports_that_nobody_tuned_for_are_read() {
    assert!(both_f1("tests/gold/held", "nl") >= 0.80);
    assert!(both_f1("tests/gold/held", "en") >= 0.78);
}

#[test]
fn every_quote_stands_in_its_text() {
    let folders = [Path::new("tests/gold/seen"), Path::new("tests/gold/held"), Path::new("seeds/reports")];
    for path in folders.iter().flat_map(|folder| coded(folder, "")) {
        let reading = reading(&path);
        for statement in &reading.statements {
            let quote = statement.quote.as_ref().unwrap();
            assert_eq!(quote.span().unwrap().slice(&reading.report.text), quote.text);
            assert!(!quote.text.trim().is_empty());
        }
    }
}

#[test]
fn reading_twice_gives_the_same_ids() {
    let path = Path::new("seeds/reports/verslag-informele-telecomraad-2025-03.txt");
    let ids = |reading: Reading| reading.statements.into_iter().map(|s| s.id).collect::<Vec<_>>();
    assert_eq!(ids(reading(path)), ids(reading(path)));
}

#[test]
fn any_prefix_of_a_report_is_read_without_a_panic() {
    let text = std::fs::read_to_string("seeds/reports/verslag-informele-telecomraad-2025-03.txt").unwrap();
    for end in (0..text.len()).step_by(97).filter(|end| text.is_char_boundary(*end)) {
        let reading = read_report(&text[..end], "prefix", &options(), &Stop::default()).unwrap();
        assert!(reading.statements.iter().all(|s| s.span().unwrap().end <= end));
    }
}

/// Statements of reports that nobody tuned for: their confidence, and whether holder and stance are right.
fn judged() -> Vec<(f64, bool)> {
    let mut judged = Vec::new();
    for path in coded(Path::new("tests/gold/held"), "") {
        let reading = reading(&path);
        let right = gold::right(&gold::rows(&path), &predictions(&reading));
        judged.extend(reading.statements.iter().enumerate().map(|(at, s)| (s.confidence, right.contains(&at))));
    }
    judged
}

/// The share that is right among statements.
fn share(judged: &[(f64, bool)]) -> f64 {
    judged.iter().filter(|(_, right)| *right).count() as f64 / judged.len().max(1) as f64
}

#[test]
fn half_of_the_statements_are_sure_and_nine_in_ten_of_those_are_right() {
    let all = judged();
    let sure: Vec<(f64, bool)> = all.iter().copied().filter(|(confidence, _)| *confidence >= 0.9).collect();
    assert!(2 * sure.len() >= all.len(), "{} of {}", sure.len(), all.len());
    assert!(share(&sure) >= 0.9, "{}", share(&sure));
}

/// The reliability of confidence, and its Brier score beside that of one confidence for all.
#[test]
#[ignore = "a measurement: cargo test --test gold reliability -- --ignored --nocapture"]
fn reliability_of_confidence() {
    let all = judged();
    let mut levels: Vec<f64> = all.iter().map(|(confidence, _)| *confidence).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    for level in levels {
        let here: Vec<(f64, bool)> = all.iter().copied().filter(|(confidence, _)| *confidence == level).collect();
        println!("confidence {level:.2}: {} statements, {:.2} right", here.len(), share(&here));
    }
    let brier = |of: &dyn Fn(f64) -> f64| {
        all.iter().map(|(confidence, right)| (of(*confidence) - f64::from(*right)).powi(2)).sum::<f64>()
            / all.len() as f64
    };
    println!("Brier score {:.3}; of one confidence for all {:.3}", brier(&|c| c), brier(&|_| share(&all)));
}

/// Writes what is coded of every report under `GOLD` to `PREDICTIONS`, in the columns of a coder's table.
#[test]
#[ignore = "takes its paths from the environment"]
fn write_predictions() {
    let folder = std::env::var("GOLD").unwrap();
    let mut out = csv::Writer::from_path(std::env::var("PREDICTIONS").unwrap()).unwrap();
    out.write_record(Row::COLUMNS).unwrap();
    for path in coded(Path::new(&folder), "") {
        let reading = reading(&path);
        for (row, statement) in predictions(&reading).iter().zip(&reading.statements) {
            out.write_record(row.record(&reading.report.name, statement)).unwrap();
        }
        for unread in &reading.unread {
            println!("UNREAD {} {}: {}", unread.report, unread.reason, unread.text.replace('\n', " "));
        }
        println!("{}: {:?} {:?}", reading.report.name, reading.meetings[0].id, reading.report.warnings);
    }
}

/// Megabytes of report text a second on one thread, and that the time grows with the text alone.
#[test]
#[ignore = "a measurement: cargo test --release --test gold speed -- --ignored --nocapture"]
fn speed_of_reading() {
    let text = std::fs::read_to_string("seeds/reports/verslag-informele-telecomraad-2025-03.txt").unwrap();
    let body = &text[text.find("1. Werksessie").unwrap()..];
    for times in [25, 50, 100, 200] {
        let long = format!("{text}{}", body.repeat(times));
        let start = std::time::Instant::now();
        let reading = read_report(&long, "long", &options(), &Stop::default()).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{} bytes: {:.2} MB/s, {} statements",
            long.len(),
            long.len() as f64 / 1e6 / seconds,
            reading.statements.len()
        );
    }
}

/// Precision, recall and F1 over pairs of statements: those in one issue, against those coded on one proposition.
fn linking(found: &[(String, String)]) -> (f64, f64, f64) {
    let (mut hits, mut linked, mut shared) = (0u32, 0u32, 0u32);
    for (i, (issue, proposition)) in found.iter().enumerate() {
        for (other_issue, other_proposition) in &found[i + 1..] {
            let (one, same) = (issue == other_issue, proposition == other_proposition);
            linked += u32::from(one);
            shared += u32::from(same);
            hits += u32::from(one && same);
        }
    }
    let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
    (share(hits, linked), share(hits, shared), share(2 * hits, linked + shared))
}

/// How well the issues linked from the reader's own propositions match the coded propositions of the rows they pair
/// with: each report under `STANDPUNT_GOLD` by itself, then all of them together.
#[test]
#[ignore = "a measurement: STANDPUNT_GOLD=DIR cargo test --test gold linked -- --ignored --nocapture"]
fn issues_linked_from_what_is_read() {
    let Ok(folder) = std::env::var("STANDPUNT_GOLD") else { return };
    let paths = coded(Path::new(&folder), "");
    let mut sets: Vec<Vec<_>> = paths.iter().map(|path| vec![path.clone()]).collect();
    sets.push(paths);
    for set in sets {
        let (mut statements, mut propositions): (Vec<Statement>, Vec<(usize, String)>) = Default::default();
        for path in &set {
            let (reading, gold) = (reading(path), gold::rows(path));
            let matched = pairs(&gold, &predictions(&reading));
            propositions.extend(matched.iter().map(|(i, j)| (statements.len() + j, gold[*i].proposition.clone())));
            statements.extend(reading.statements);
        }
        assign(&mut statements, &[], &LinkOptions::default(), &Stop::default()).unwrap();
        if std::env::var("STANDPUNT_MISSES").is_ok() {
            for (at, coded) in &propositions {
                let s = &statements[*at];
                println!("    {coded:50} | {} <- {} [{}]", s.issue, s.proposition, s.topic);
            }
        }
        let found: Vec<(String, String)> =
            propositions.into_iter().map(|(at, coded)| (statements[at].issue.to_string(), coded)).collect();
        let (precision, recall, f1) = linking(&found);
        let names: Vec<_> = set.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
        println!("{names:?}: {} pairs of rows, P {precision:.3} R {recall:.3} F1 {f1:.3}", found.len());
    }
}
