//! Two codings of the same reports, side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use crate::error::{Choice, Error, Result};
use crate::model::{Corpus, Statement};
use crate::score::raters::{TwoCoders, two_coders};
use crate::score::table::{Cells, NOT_STATED, Scale, Table, Unit as Issue};

/// Two codings of the same reports.
#[derive(Debug, Clone, PartialEq)]
pub struct CodingComparison<'c> {
    /// Statements of either coding, in order of report and place; those of one place stand together.
    pub units: Vec<Unit<'c>>,
    /// Of the units that both coded: the holder, the stance, and both at once.
    pub coefficients: [(&'static str, TwoCoders); 3],
}

/// One statement as two coders wrote it; at least one of them did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit<'c> {
    /// The first coder's.
    pub a: Option<&'c Statement>,
    /// The second coder's.
    pub b: Option<&'c Statement>,
}

impl Unit<'_> {
    /// Every word for a difference.
    pub const DIFFERENCES: [&'static str; 5] = ["only_a", "only_b", "holder", "stance", "holder_and_stance"];

    /// What the coders differ in: `only_a`, `only_b`, `holder`, `stance`, `holder_and_stance`; `None` where nothing.
    pub fn difference(&self) -> Option<&'static str> {
        match (self.a, self.b) {
            (Some(a), Some(b)) => match (a.holder.key() == b.holder.key(), a.stance == b.stance) {
                (true, true) => None,
                (true, false) => Some("stance"),
                (false, true) => Some("holder"),
                (false, false) => Some("holder_and_stance"),
            },
            (None, _) => Some("only_b"),
            (_, None) => Some("only_a"),
        }
    }
}

impl CodingComparison<'_> {
    /// F1 of the places coded: the share of both codings' statements that the other one has too, 0 to 1;
    /// `None` where neither has a statement.
    pub fn span_agreement(&self) -> Option<f64> {
        let both = self.units.iter().filter(|unit| unit.a.is_some() && unit.b.is_some()).count();
        let all = self.units.len() + both;
        (all > 0).then(|| 2.0 * both as f64 / all as f64)
    }
}

/// What each of several coders of the same reports wrote, unit by unit, as [`compare_codings`] pairs them: each further
/// coding with the units that the earlier ones have. In order of report and place.
pub fn align<'c>(codings: &[&'c Corpus]) -> Vec<Vec<Option<&'c Statement>>> {
    let mut places: BTreeMap<&str, Vec<Vec<&Statement>>> = BTreeMap::new();
    for (coder, corpus) in codings.iter().enumerate() {
        for statement in &corpus.statements {
            let of_place = places.entry(place(statement)).or_insert_with(|| vec![Vec::new(); codings.len()]);
            of_place[coder].push(statement);
        }
    }
    let mut all = Vec::new();
    for mut of_place in places.into_values() {
        let mut units: Vec<Vec<Option<&Statement>>> = Vec::new();
        for (coder, statements) in of_place.iter_mut().enumerate() {
            statements.sort_by_key(|statement| start(statement));
            units.sort_by_key(|unit| unit.iter().flatten().next().map(|statement| start(statement)));
            let known: Vec<&Statement> =
                units.iter().filter_map(|unit| unit.iter().flatten().next().copied()).collect();
            for found in pair(&known, statements) {
                let at = found.a.and_then(|a| known.iter().position(|other| std::ptr::eq(*other, a)));
                match at {
                    Some(at) => units[at].push(found.b),
                    None => units.push([vec![None; coder], vec![found.b]].concat()),
                }
            }
        }
        units.sort_by_key(|unit| unit.iter().flatten().next().map(|statement| start(statement)));
        all.extend(units);
    }
    all
}

/// What coders are compared on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coded {
    /// Who holds the statement.
    Holder,
    /// Its stance toward the proposition.
    Stance,
}

impl FromStr for Coded {
    type Err = Error;

    fn from_str(word: &str) -> Result<Coded> {
        Choice::new("variable", [("holder", Coded::Holder), ("stance", Coded::Stance)]).pick(word)
    }
}

/// Several codings of the same reports as coders × units; a coder without a statement where others have one has no
/// value there. Units are numbered within their report, and their meeting stands beside them.
///
/// # Errors
/// [`Error::Limit`] for more different holders than a table has levels, [`Error::Columns`] for a name that stands twice.
pub fn coders_table(codings: &[(String, &Corpus)], coded: Coded) -> Result<Table> {
    let corpora: Vec<&Corpus> = codings.iter().map(|(_, corpus)| *corpus).collect();
    let units = align(&corpora);
    let value = |statement: &Statement| match coded {
        Coded::Holder => statement.holder.key(),
        Coded::Stance => statement.stance.as_str().to_owned(),
    };
    let values: Vec<Vec<Option<String>>> =
        units.iter().map(|unit| unit.iter().map(|statement| statement.map(value)).collect()).collect();
    let levels: BTreeSet<&String> = values.iter().flatten().flatten().collect();
    let levels: Vec<String> = levels.into_iter().cloned().collect();
    let scale = Scale::Nominal { levels };
    let code = |value: &Option<String>| {
        let place = value.as_ref().and_then(|value| scale.levels().binary_search(value).ok());
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NOT_STATED)
    };
    let rows = 0..codings.len();
    let codes = rows.flat_map(|coder| values.iter().map(move |unit| code(&unit[coder]))).collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let unit = |unit: &Vec<Option<&'_ Statement>>| {
        let (report, meeting) = unit.iter().flatten().next().map_or(("", ""), |s| (place(s), s.meeting.as_str()));
        (report.to_owned(), meeting.to_owned())
    };
    let named: Vec<(String, String)> = units.iter().map(unit).collect();
    let mut issues = Vec::new();
    for (report, meeting) in &named {
        let number = numbers.entry(report).or_default();
        *number += 1;
        issues.push(Issue { issue: format!("{report} {number}"), meeting: Some(meeting.clone()), topic: None });
    }
    Table::new(codings.iter().map(|(name, _)| name.clone()).collect(), issues, scale.clone(), Cells::Codes(codes))
}

/// Compares two codings. Statements of one report (of one meeting, where they come without a report) pair one
/// to one, the best first: those whose quotes share at least half of the shorter one; where one has no place in
/// a text, those with the same quote, or without quotes those with the same proposition.
pub fn compare_codings<'c>(a: &'c Corpus, b: &'c Corpus) -> CodingComparison<'c> {
    let mut places: BTreeMap<&str, (Vec<&Statement>, Vec<&Statement>)> = BTreeMap::new();
    for statement in &a.statements {
        places.entry(place(statement)).or_default().0.push(statement);
    }
    for statement in &b.statements {
        places.entry(place(statement)).or_default().1.push(statement);
    }
    let mut units = Vec::new();
    for (mut first, mut second) in places.into_values() {
        first.sort_by_key(|statement| start(statement));
        second.sort_by_key(|statement| start(statement));
        units.extend(pair(&first, &second));
    }
    let both: Vec<(&Statement, &Statement)> = units.iter().filter_map(|unit| Some((unit.a?, unit.b?))).collect();
    let holders: Vec<_> = both.iter().map(|(a, b)| (a.holder.key(), b.holder.key())).collect();
    let stances: Vec<_> = both.iter().map(|(a, b)| (a.stance.sign(), b.stance.sign())).collect();
    let codes: Vec<_> = holders.iter().cloned().zip(&stances).map(|((a, b), (x, y))| ((a, x), (b, y))).collect();
    let coefficients =
        [("holder", two_coders(&holders)), ("stance", two_coders(&stances)), ("holder_and_stance", two_coders(&codes))];
    CodingComparison { units, coefficients }
}

fn place(statement: &Statement) -> &str {
    if statement.report.is_empty() { &statement.meeting } else { &statement.report }
}

fn start(statement: &Statement) -> usize {
    statement.span().map_or(usize::MAX, |span| span.start)
}

/// The units of one report; both sides in order of their places.
fn pair<'c>(first: &[&'c Statement], second: &[&'c Statement]) -> Vec<Unit<'c>> {
    let mut options = Vec::new();
    let longest = second.iter().filter_map(|s| s.span()).map(|span| span.len()).max().unwrap_or(0);
    let mut unplaced: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut same_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (j, b) in second.iter().enumerate() {
        let list = if b.span().is_some() { &mut same_words } else { &mut unplaced };
        list.entry(words(b)).or_default().push(j);
    }
    for (i, a) in first.iter().enumerate() {
        let near = a.span().map_or(0..0, |at| {
            // What begins earlier than the longest quote ago, or after this one ends, cannot overlap.
            let from = second.partition_point(|b| start(b).saturating_add(longest) < at.start);
            from..second.partition_point(|b| start(b) < at.end).max(from)
        });
        let placed = if a.span().is_none() { same_words.get(words(a)) } else { None };
        let unplaced = unplaced.get(words(a));
        for j in near.chain(placed.into_iter().chain(unplaced).flatten().copied()) {
            let Some(b) = second.get(j).copied() else { continue };
            if let Some(share) = overlap(a, b) {
                let alike = f64::from(a.holder.key() == b.holder.key()) + f64::from(a.stance == b.stance);
                options.push((2.0 * alike + share, i, j));
            }
        }
    }
    options.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut of_first, mut taken) = (vec![None; first.len()], vec![false; second.len()]);
    for (_, i, j) in options {
        if of_first[i].is_none() && !taken[j] {
            of_first[i] = Some(j);
            taken[j] = true;
        }
    }
    let paired =
        first.iter().zip(&of_first).map(|(a, j)| Unit { a: Some(a), b: j.and_then(|j| second.get(j).copied()) });
    let alone = second.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(b, _)| Unit { a: None, b: Some(b) });
    let mut units: Vec<Unit<'_>> = paired.chain(alone).collect();
    units.sort_by_key(|unit| unit.a.or(unit.b).map(start));
    units
}

/// What statements without a place are matched by: the quote, or without one the proposition.
fn words(statement: &Statement) -> &str {
    statement.quote.as_ref().map_or(&statement.proposition, |quote| &quote.text)
}

/// How much of the shorter quote both share, if it is half or more; all where the words stand for the place.
fn overlap(a: &Statement, b: &Statement) -> Option<f64> {
    let share = match (a.span(), b.span()) {
        (Some(a), Some(b)) => {
            let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
            shared as f64 / a.len().min(b.len()).max(1) as f64
        }
        _ => f64::from(a.quote.is_some() == b.quote.is_some() && words(a) == words(b)),
    };
    (share >= 0.5).then_some(share)
}
