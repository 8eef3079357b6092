//! Long work looks at the flag that asks it to end, whatever it is at.

mod support {
    pub mod archive;
}

use std::path::Path;
use std::sync::Arc;

use standpunt::document::{Opening, open, text};
use standpunt::lexicon::{Lexicon, check};
use standpunt::link::{LinkOptions, assign, assign_issues, link, topics};
use standpunt::read::{Options, read_report, usage};
use standpunt::reports::{Part, ReportOptions, Source, gather, merge, read_each, read_reports};
use standpunt::stop::Stop;
use standpunt::{Corpus, Error};
use support::archive::word;

const SEED: &str = "seeds/reports/verslag-informele-telecomraad-2025-03.txt";

fn options() -> ReportOptions {
    ReportOptions {
        read: Options { lexicon: Arc::clone(&Lexicon::standard().unwrap()), language: None, lookalikes: false },
        link: LinkOptions::default(),
        opening: Opening::default(),
        strict: true,
    }
}

fn seed() -> Source {
    Source::File { path: SEED.into(), name: "seed".to_owned() }
}

#[test]
fn a_set_flag_ends_opening_reading_and_linking() {
    let (options, on, off) = (options(), Stop::default(), Stop::default());
    off.set();
    let corpus = read_reports(&[seed()], &options, &on).unwrap();
    let parts = || [Part { source: SEED.to_owned(), corpus: corpus.clone() }];
    let mut statements = corpus.statements.clone();
    let entries = check("language = \"nl\"\nsupport = [\"omarmt\"]\n", "words.toml").unwrap();
    let dutch = options.read.lexicon.language("nl").unwrap();
    let opening = &options.opening;
    let ended = [
        ("a file", open(Path::new(SEED), opening, &off).err()),
        ("a web page", text(b"<p>een</p>", "a.html", opening, &off).err()),
        ("XML", text(b"<a>een</a>", "a.xml", opening, &off).err()),
        ("a Word document", text(&word("<w:p/>"), "a.docx", opening, &off).err()),
        ("a report", read_report("Een zin.", "r", &options.read, &off).err()),
        ("an empty report", read_reports(&[Source::Text { name: "r".into(), text: "".into() }], &options, &off).err()),
        ("reports", read_reports(&[seed()], &options, &off).err()),
        ("reports apart", read_each(&[seed()], &options, &off).err()),
        ("putting together", gather(parts(), &options, &off).err()),
        ("headings", topics(["1. Bodem"], None, &off).err()),
        ("phrases", assign_issues(&mut statements, &[], &options.link, &off).err()),
        ("both", assign(&mut statements, &[], &options.link, &off).err()),
        ("a corpus", link(corpus.clone(), &options.link, &off).err()),
        ("two corpora", merge(&corpus, &Corpus::default(), &Default::default(), &options.link, &off).err()),
        ("a lexicon's use", usage(&entries, &dutch, &["Een zin."], &off).err()),
    ];
    for (what, error) in ended {
        assert_eq!(error, Some(Error::Stopped), "{what}");
    }
}

#[test]
fn each_report_is_a_step_and_linking_none() {
    let stop = Stop::default();
    let text = |day: u8| format!("Verslag Milieuraad {day} oktober 2023\n\nMalta steunde het fonds.");
    let source = |day: u8| Source::Text { name: day.to_string(), text: text(day) };
    let sources: Vec<Source> = (1..=20).map(source).collect();
    read_reports(&sources, &options(), &stop).unwrap();
    assert_eq!(stop.progress(), (20, 20));
}

#[test]
fn a_file_that_cannot_be_read_ends_strict_reading_only() {
    let missing = Source::File { path: "no/such/report.txt".into(), name: "missing".to_owned() };
    let sources = [missing, seed()];
    let lenient = ReportOptions { strict: false, ..options() };
    let corpus = read_reports(&sources, &lenient, &Stop::default()).unwrap();
    assert_eq!((corpus.reports.len(), corpus.errors.len()), (1, 1));
    assert_eq!(corpus.errors[0].path, "no/such/report.txt");
    let refused = read_reports(&sources, &options(), &Stop::default()).unwrap_err();
    assert!(matches!(refused, Error::File { .. }), "{refused}");
    // A meeting that was read already is a row as well, and ends strict reading.
    let twice = [seed(), Source::File { path: SEED.into(), name: "again".to_owned() }];
    assert_eq!(read_reports(&twice, &lenient, &Stop::default()).unwrap().errors.len(), 1);
    assert!(matches!(read_reports(&twice, &options(), &Stop::default()), Err(Error::Format { .. })));
    let stop = Stop::default();
    stop.set();
    assert_eq!(read_reports(&sources, &lenient, &stop).unwrap_err(), Error::Stopped);
    assert_eq!(read_each(&[seed()], &lenient, &stop).unwrap_err(), Error::Stopped);
}
