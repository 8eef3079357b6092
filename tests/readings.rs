//! Whole readings: everything that is read from every coded report and every sentence of the case tables is the same
//! as when `tests/readings.csv` was written, so that no rule changes a byte without showing.
//!
//! The table holds a digest for each report, each case table and each folder linked together, and for what is made of
//! them by cutting and joining. [`AGAIN`] writes it anew, and what was read to `target/readings`, save of reports that
//! nobody looks into.

mod support {
    pub mod random;
    pub mod told;
    pub mod varied;
}

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use standpunt::document::Opening;
use standpunt::lexicon::Lexicon;
use standpunt::link::{Codebook, LinkOptions, link};
use standpunt::model::Corpus;
use standpunt::read::Options;
use standpunt::reports::{Part, ReportOptions, Source, gather, read_each, read_reports};
use standpunt::stop::Stop;
use support::told::{digest, said, told};
use support::varied::{disordered, edited, edited_lines, spliced};

const TABLE: &str = "tests/readings.csv";
const AGAIN: &str = "cargo test --test readings -- --ignored";

/// Reports by the beginning of their names, so that each test takes about a second.
const REPORTS: [(&str, &str); 5] = [
    ("tests/gold/seen", "en"),
    ("tests/gold/seen", "nl"),
    ("tests/gold/held", "en"),
    ("tests/gold/held", "nl"),
    ("seeds/reports", ""),
];

/// Languages with the head of a report around each of their sentences.
const CASES: [(&str, &str); 4] = [
    ("nl", "Verslag Telecomraad 4 maart 2025"),
    ("en", "Report of the Telecom Council, 4 March 2025"),
    ("de", "Bericht Umweltrat 4. März 2025"),
    ("fr", "Compte rendu du Conseil Environnement, 4 mars 2025"),
];

/// Items of a report that is made of sentences.
const ITEMS: usize = 40;

/// One row of the table, with what it is the digest of.
struct Read {
    source: String,
    statements: usize,
    unread: usize,
    told: String,
}

impl Read {
    fn of(source: &str, corpora: &[&Corpus], told: fn(&Corpus) -> String) -> Read {
        let statements = corpora.iter().map(|corpus| corpus.statements.len()).sum();
        let unread = corpora.iter().map(|corpus| corpus.unread.len()).sum();
        let told = corpora.iter().map(|corpus| told(corpus)).collect();
        Read { source: source.to_owned(), statements, unread, told }
    }

    fn row(&self) -> [String; 4] {
        [self.source.clone(), self.statements.to_string(), self.unread.to_string(), digest(&self.told)]
    }
}

fn options(language: Option<&str>) -> ReportOptions {
    let lexicon = Arc::clone(&Lexicon::standard().unwrap());
    ReportOptions {
        read: Options { lexicon, language: language.map(str::to_owned), lookalikes: false },
        link: LinkOptions::default(),
        opening: Opening::default(),
        strict: true,
    }
}

/// The reports of a folder, each linked by itself.
fn reports((folder, prefix): (&str, &str)) -> Vec<Read> {
    let sources = sources(folder, prefix);
    let (options, stop) = (options(None), Stop::default());
    let read = |part: Part| {
        let source = Path::new(&part.source).with_extension("").to_str().unwrap().replace('\\', "/");
        Read::of(&source, &[&gather([part], &options, &stop).unwrap()], told)
    };
    read_each(&sources, &options, &stop).unwrap().into_iter().map(read).collect()
}

fn sources(folder: &str, prefix: &str) -> Vec<Source> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let reports = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let named = reports.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path));
    let mut sources: Vec<_> = named.filter(|(name, _)| name.starts_with(prefix)).collect();
    sources.sort();
    sources.into_iter().map(|(name, path)| Source::File { path, name }).collect()
}

/// The sentences of a language, each in a report of its own.
fn cases((language, title): (&str, &str)) -> Vec<Read> {
    vec![items(&format!("tests/cases/{language}"), (language, title), &sentences(language), 1)]
}

/// Pieces of them, joined as nobody would.
fn splices((language, title): (&str, &str)) -> Vec<Read> {
    let sentences = sentences(language);
    let texts: Vec<String> = (1..=2).flat_map(|seed| spliced(&sentences, seed)).collect();
    vec![items(&format!("tests/cases/{language}, spliced"), (language, title), &texts, ITEMS)]
}

/// The sentences with words put in, left out or moved.
fn edits((language, title): (&str, &str)) -> Vec<Read> {
    let sentences = sentences(language);
    let texts: Vec<String> = (1..=10).flat_map(|seed| edited(&sentences, seed)).collect();
    vec![items(&format!("tests/cases/{language}, edited"), (language, title), &texts, ITEMS)]
}

fn sentences(language: &str) -> Vec<String> {
    let mut table = csv::Reader::from_path(format!("tests/cases/{language}.csv")).unwrap();
    let rows = table.records().map(|row| row.unwrap());
    rows.map(|row| format!("{} {}", &row[0], &row[1])).collect()
}

/// Reports with so many of the texts, each as an item.
fn items(source: &str, (language, title): (&str, &str), texts: &[String], of: usize) -> Read {
    let report = |texts: &[String]| {
        let items = texts.iter().enumerate().map(|(at, text)| format!("\n\n{}. Item\n\n{text}\n", at + 1));
        Source::Text { name: "case".to_owned(), text: format!("{title}{}", items.collect::<String>()) }
    };
    let sources: Vec<Source> = texts.chunks(of).map(report).collect();
    let parts = read_each(&sources, &options(Some(language)), &Stop::default()).unwrap();
    Read::of(source, &parts.iter().map(|part| &part.corpus).collect::<Vec<_>>(), said)
}

/// The reports of a language with their lines in disorder, their words edited, and both, as one row.
fn disorder((folder, prefix): (&str, &str)) -> Vec<Read> {
    let varied = |text: &str, seed: u64| {
        let (edits, moves) = (edited_lines(text, seed), disordered(text, seed));
        let both = edited_lines(&moves, seed + 1);
        [edits, moves, both]
    };
    let texts = |(seed, source): (u64, Source)| match source {
        Source::File { path, name } => varied(&std::fs::read_to_string(path).unwrap(), seed)
            .map(|text| Source::Text { name: name.clone(), text })
            .to_vec(),
        text => vec![text],
    };
    let sources: Vec<Source> = (1..).zip(sources(folder, prefix)).flat_map(texts).collect();
    let parts = read_each(&sources, &options(None), &Stop::default()).unwrap();
    let corpora: Vec<&Corpus> = parts.iter().map(|part| &part.corpus).collect();
    vec![Read::of(&format!("{folder}, {prefix} in disorder"), &corpora, said)]
}

/// The reports of a language, linked with each other.
fn together((folder, prefix): (&str, &str)) -> Vec<Read> {
    let corpus = read_reports(&sources(folder, prefix), &options(None), &Stop::default()).unwrap();
    vec![Read::of(&format!("{folder}, {prefix} together"), &[&corpus], told)]
}

/// The reports of a language with their propositions edited, linked with each other and a codebook that was drafted
/// from what they were.
fn relinked((folder, prefix): (&str, &str)) -> Vec<Read> {
    let mut corpus = read_reports(&sources(folder, prefix), &options(None), &Stop::default()).unwrap();
    let mut codebook = Codebook::draft(&corpus);
    codebook.issues.truncate(codebook.issues.len() / 8);
    codebook.topics.truncate(codebook.topics.len() / 2);
    let propositions: Vec<String> = corpus.statements.iter().map(|s| s.proposition.to_string()).collect();
    for (statement, proposition) in corpus.statements.iter_mut().zip(edited(&propositions, 1)) {
        statement.proposition = proposition.as_str().into();
    }
    let loose = LinkOptions { codebook: Some(codebook), within: 0.5, contained: 0.6, across: 0.6 };
    let corpus = link(corpus, &loose, &Stop::default()).unwrap();
    vec![Read::of(&format!("{folder}, {prefix} edited and linked"), &[&corpus], told)]
}

/// Fails with every row that differs from the table.
fn unchanged(read: &[Read]) {
    let mut table = csv::Reader::from_path(TABLE).unwrap();
    let rows = table.records().map(|row| row.unwrap());
    let known: BTreeMap<String, csv::StringRecord> = rows.map(|row| (row[0].to_owned(), row)).collect();
    let differing = read.iter().map(Read::row).filter(|row| known.get(&row[0]).is_none_or(|known| known != row[..]));
    let was = |source: &str| known.get(source).map(|row| row.iter().skip(1).collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = differing
        .map(|row| format!("{}: {}, was {}", row[0], row[1..].join(" "), was(&row[0]).unwrap_or("not there".into())))
        .collect();
    assert!(!read.is_empty());
    assert!(
        lines.is_empty(),
        "statements, unread sentences and digest changed; where that is meant, `{AGAIN}` writes {TABLE} anew:\n{}",
        lines.join("\n")
    );
}

#[test]
fn english_reports_are_read_as_they_were() {
    unchanged(&reports(REPORTS[0]));
}

#[test]
fn dutch_reports_are_read_as_they_were() {
    unchanged(&reports(REPORTS[1]));
}

#[test]
fn reports_never_looked_into_are_read_as_they_were() {
    unchanged(&reports(REPORTS[2]));
    unchanged(&reports(REPORTS[3]));
}

#[test]
fn the_seed_report_is_read_as_it_was() {
    unchanged(&reports(REPORTS[4]));
}

#[test]
fn reports_are_linked_as_they_were() {
    unchanged(&together(REPORTS[0]));
    unchanged(&together(REPORTS[1]));
}

#[test]
fn edited_propositions_are_linked_as_they_were() {
    REPORTS[..2].iter().for_each(|part| unchanged(&relinked(*part)));
}

#[test]
fn dutch_sentences_are_read_as_they_were() {
    unchanged(&cases(CASES[0]));
}

#[test]
fn english_sentences_are_read_as_they_were() {
    unchanged(&cases(CASES[1]));
}

#[test]
fn german_and_french_sentences_are_read_as_they_were() {
    unchanged(&cases(CASES[2]));
    unchanged(&cases(CASES[3]));
}

#[test]
fn spliced_sentences_are_read_as_they_were() {
    CASES.into_iter().for_each(|language| unchanged(&splices(language)));
}

#[test]
fn edited_sentences_are_read_as_they_were() {
    CASES.into_iter().for_each(|language| unchanged(&edits(language)));
}

#[test]
fn reports_in_disorder_are_read_as_they_were() {
    REPORTS[..2].iter().for_each(|part| unchanged(&disorder(*part)));
}

/// Keeps what stood in `target/readings` beside it, so that `diff -r` tells what changed.
#[test]
#[ignore = "writes tests/readings.csv anew"]
fn write_readings() {
    let read = REPORTS.into_iter().flat_map(reports).chain(CASES.into_iter().flat_map(cases));
    let read = read.chain(CASES.into_iter().flat_map(splices)).chain(CASES.into_iter().flat_map(edits));
    let read = read.chain(REPORTS[..2].iter().flat_map(|part| disorder(*part)));
    let linked = |part: &(&'static str, &'static str)| together(*part).into_iter().chain(relinked(*part));
    let read: Vec<Read> = read.chain(REPORTS[..2].iter().flat_map(linked)).collect();
    let (folder, before) = (Path::new("target/readings"), Path::new("target/readings.before"));
    if folder.exists() {
        let _ = std::fs::remove_dir_all(before);
        std::fs::rename(folder, before).unwrap();
    }
    std::fs::create_dir_all(folder).unwrap();
    let mut table = csv::Writer::from_path(TABLE).unwrap();
    table.write_record(["source", "statements", "unread", "digest"]).unwrap();
    for one in &read {
        table.write_record(one.row()).unwrap();
        if !one.source.contains("/held/") {
            std::fs::write(folder.join(one.source.replace('/', ".") + ".txt"), &one.told).unwrap();
        }
    }
    table.flush().unwrap();
}
