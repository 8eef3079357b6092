//! How near the reader comes to coded reports.

#![allow(clippy::print_stdout)]

use std::path::Path;

use standpunt::lexicon::Lexicon;
use standpunt::read::{Options, read_report};
use standpunt::span::CodePoints;

/// Writes what is coded of every report under `GOLD` to `PREDICTIONS`, in the columns of `score.py`.
#[test]
#[ignore = "takes its paths from the environment"]
fn write_predictions() {
    let folder = std::env::var("GOLD").unwrap();
    let mut out = csv::Writer::from_path(std::env::var("PREDICTIONS").unwrap()).unwrap();
    out.write_record([
        "report",
        "start",
        "end",
        "institution",
        "named",
        "excluded",
        "quantifier",
        "stance",
        "proposition",
        "conditional",
        "rule",
        "quote",
    ])
    .unwrap();
    let options = Options { lexicon: Lexicon::standard().unwrap(), language: None };
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(&folder)).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let reading = read_report(&text, name, &options).unwrap();
        let points = CodePoints::new(&reading.report.text);
        for statement in &reading.statements {
            let span = statement.quote.as_ref().unwrap().span.unwrap();
            let group = statement.holder.group();
            let join =
                |actors: &[standpunt::model::Actor]| actors.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(" ");
            out.write_record([
                name,
                &points.of_byte(span.start).to_string(),
                &points.of_byte(span.end).to_string(),
                statement.holder.institution().map_or("", |i| i.as_str()),
                &group.map(|g| join(&g.named)).unwrap_or_default(),
                &group.map(|g| join(&g.excluded)).unwrap_or_default(),
                &group.and_then(|g| g.quantifier).map(|q| q.to_string()).unwrap_or_default(),
                statement.stance.as_str(),
                &statement.proposition,
                &statement.conditional.to_string(),
                &statement.rule,
                &statement.quote.as_ref().unwrap().text,
            ])
            .unwrap();
        }
        for unread in &reading.unread {
            println!("UNREAD {name} {}: {}", unread.reason, unread.text.replace('\n', " "));
        }
        println!("{name}: {:?} {:?}", reading.meetings[0].id, reading.report.warnings);
    }
}
