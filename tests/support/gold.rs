//! Coded reports: their rows, and how many of them a coder found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use standpunt::model::{Actor, Statement};
use standpunt::read::Reading;
use standpunt::span::CodePoints;

/// One position, as a coder wrote it; offsets are code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    start: usize,
    end: usize,
    institution: String,
    named: BTreeSet<String>,
    excluded: BTreeSet<String>,
    quantifier: String,
    stance: String,
    /// What the stance is toward, in the coder's words.
    pub proposition: String,
}

impl Row {
    /// The columns of [`Row::record`].
    pub const COLUMNS: [&str; 13] = [
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
        "confidence",
    ];

    /// The row as text, with what else the statement says.
    pub fn record(&self, report: &str, statement: &Statement) -> [String; 13] {
        let join = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
        [
            report.to_owned(),
            self.start.to_string(),
            self.end.to_string(),
            self.institution.clone(),
            join(&self.named),
            join(&self.excluded),
            self.quantifier.clone(),
            self.stance.clone(),
            statement.proposition.to_string(),
            statement.conditional.to_string(),
            statement.rule.to_string(),
            statement.quote.as_ref().map(|quote| quote.text.to_string()).unwrap_or_default(),
            statement.confidence.to_string(),
        ]
    }

    fn same_position(&self, other: &Row) -> bool {
        let who =
            |row: &Row| (row.institution.clone(), row.named.clone(), row.excluded.clone(), row.quantifier.clone());
        who(self) == who(other) && self.stance == other.stance
    }

    fn shared(&self, other: &Row) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// A prediction pairs with a gold row of which it covers half, and which is a quarter of it.
    fn pairs_with(&self, predicted: &Row) -> bool {
        let shared = self.shared(predicted);
        2 * shared >= self.end - self.start && 4 * shared >= predicted.end - predicted.start && shared > 0
    }
}

/// The reports under a folder whose name begins with `prefix`, sorted.
pub fn coded(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(prefix);
    let mut paths: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == "txt") && named(path)).collect();
    paths.sort();
    paths
}

/// The gold rows beside a report.
pub fn rows(report: &Path) -> Vec<Row> {
    let lines = std::fs::read_to_string(report.with_extension("gold.jsonl")).unwrap();
    let names =
        |value: &Value| value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        Row {
            start: row["start"].as_u64().unwrap() as usize,
            end: row["end"].as_u64().unwrap() as usize,
            institution: text(&row["actors"]["institution"]),
            named: names(&row["actors"]["named_in"]),
            excluded: names(&row["actors"]["named_out"]),
            quantifier: text(&row["actors"]["quantifier"]),
            stance: text(&row["stance"]),
            proposition: text(&row["proposition"]),
        }
    };
    lines.lines().map(row).collect()
}

/// What the reader coded, in the same form.
pub fn predictions(reading: &Reading) -> Vec<Row> {
    let points = CodePoints::new(&reading.report.text);
    let names =
        |actors: Option<&Vec<Actor>>| actors.into_iter().flatten().map(|actor| actor.as_str().to_owned()).collect();
    let row = |statement: &Statement| {
        let span = statement.span().unwrap();
        let group = statement.holder.group();
        Row {
            start: points.of_byte(span.start),
            end: points.of_byte(span.end),
            institution: statement.holder.institution().map_or("", |institution| institution.as_str()).to_owned(),
            named: names(group.map(|group| &group.named)),
            excluded: names(group.map(|group| &group.excluded)),
            quantifier: group.and_then(|group| group.quantifier).map(|q| q.to_string()).unwrap_or_default(),
            stance: statement.stance.as_str().to_owned(),
            proposition: statement.proposition.to_string(),
        }
    };
    reading.statements.iter().map(row).collect()
}

/// The gold row and the coded row of each pair, one to one: those with the same holder and stance first.
pub fn pairs(gold: &[Row], predicted: &[Row]) -> Vec<(usize, usize)> {
    let mut options: Vec<(bool, usize, usize, usize)> = Vec::new();
    for (i, row) in gold.iter().enumerate() {
        let fitting = predicted.iter().enumerate().filter(|(_, other)| row.pairs_with(other));
        options.extend(fitting.map(|(j, other)| (!row.same_position(other), usize::MAX - row.shared(other), i, j)));
    }
    options.sort_unstable();
    let (mut used, mut taken, mut found) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, _, i, j) in options {
        if !used.contains(&i) && !taken.contains(&j) {
            used.insert(i);
            taken.insert(j);
            found.push((i, j));
        }
    }
    found
}

/// How many rows there are, and how many of them have the right holder and stance.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coding {
    /// Rows of the gold coding.
    pub gold: usize,
    /// Rows that were coded.
    pub coded: usize,
    /// Coded rows that pair with a gold row of the same holder and stance.
    pub right: usize,
}

impl Coding {
    /// Pairs rows one to one, those with the same holder and stance first.
    pub fn of(gold: &[Row], predicted: &[Row]) -> Coding {
        Coding { gold: gold.len(), coded: predicted.len(), right: right(gold, predicted).len() }
    }

    /// Both codings together.
    pub fn with(self, other: Coding) -> Coding {
        Coding { gold: self.gold + other.gold, coded: self.coded + other.coded, right: self.right + other.right }
    }

    /// Twice the right rows over all rows of both.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.coded).max(1) as f64
    }
}

/// Which predicted rows pair with a gold row of the same holder and stance.
pub fn right(gold: &[Row], predicted: &[Row]) -> BTreeSet<usize> {
    let pairs = pairs(gold, predicted).into_iter();
    pairs.filter(|(i, j)| gold[*i].same_position(&predicted[*j])).map(|(_, j)| j).collect()
}
