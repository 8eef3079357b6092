//! A corpus as lines of text, and a number for them.

use std::fmt::Write;

use serde_json::Value;
use standpunt::columns::Kept;
use standpunt::lexicon::SizeTable;
use standpunt::link::{crosswalk, instruments, topic_crosswalk};
use standpunt::model::Corpus;

/// Every cell of every table that is not empty, a line a row: meetings, reports without their text, statements, unread
/// sentences, and the issues, topics and instruments that they were linked to.
pub fn told(corpus: &Corpus) -> String {
    let corpus = corpus.clone();
    let mut lines: Vec<String> = crosswalk(&corpus).iter().map(|row| format!("{row:?}")).collect();
    lines.extend(topic_crosswalk(&corpus).iter().map(|row| format!("{row:?}")));
    lines.extend(instruments(&corpus, &[]).rows.iter().map(|row| format!("{row:?}")));
    let (sizes, origin) = (SizeTable::standard(), Default::default());
    let stored = Kept { corpus, roster: None, sizes, origin, reviews: Vec::new() }.to_json().unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    for table in ["meetings", "reports", "statements", "unread", "errors"] {
        let columns = stored[table]["columns"].as_array().unwrap();
        for row in stored[table]["rows"].as_array().unwrap() {
            let cells = columns.iter().zip(row.as_array().unwrap());
            let is_shown = |name: &Value, cell: &Value| !(cell.is_null() || table == "reports" && name == "text");
            let cells = cells.filter(|(name, cell)| is_shown(name, cell)).map(|(name, cell)| format!(" {name}={cell}"));
            lines.push(format!("{table}:{}", cells.collect::<String>()));
        }
    }
    lines.join("\n") + "\n"
}

/// Statements and unread sentences as they came, without what links them.
pub fn said(corpus: &Corpus) -> String {
    let mut told = String::new();
    corpus.statements.iter().for_each(|statement| writeln!(told, "{statement:?}").unwrap());
    corpus.unread.iter().for_each(|unread| writeln!(told, "{unread:?}").unwrap());
    corpus.reports.iter().for_each(|report| writeln!(told, "{:?}", report.warnings).unwrap());
    told
}

/// The checksum that zip archives have, in hex: the same on every machine and in every version of Rust.
pub fn digest(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}
