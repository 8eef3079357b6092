//! Who certainly stands with whom, and where that is not identified, in words and tables.

use std::collections::{BTreeMap, BTreeSet};

use super::escape::Markup;
use super::heatmap::{HeatmapOptions, heatmap, heatmap_svg};
use super::matrix::{Cell, Matrix};
use super::picture::Place;
use super::style::{PICTURE, SHEET};
use crate::error::Result;
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus};
use crate::score::{Agreement, AgreementOptions, AgreementRow, Leading, leading};

/// The identified pairs that are in view at once.
const FIRST_ROWS: usize = 12;
/// The most rows a list holds before it only counts.
const MOST_ROWS: usize = 200;
/// The issues that the title of a heatmap's cell tells.
const TOLD: usize = 3;

impl Matrix {
    /// The pairs of an agreement whose keys are `keys`.
    pub fn of(agreement: &Agreement, keys: &[String]) -> Matrix {
        let mut matrix = Matrix::new(agreement.actors.iter().map(Actor::as_str));
        let place = |actor: &Actor| agreement.actors.binary_search(actor).ok();
        for row in agreement.rows.iter().filter(|row| *row.keys == *keys) {
            if let (Some(a), Some(b)) = (place(&row.actor_a), place(&row.actor_b)) {
                matrix.set(a, b, cell(row));
            }
        }
        matrix
    }
}

fn cell(row: &AgreementRow) -> Cell {
    Cell {
        agreement: row.agreement,
        bounds: row.lower.zip(row.upper),
        shared: row.shared,
        shared_lower: row.shared_lower,
        shared_upper: row.shared_upper,
    }
}

/// An agreement as a notebook shows it: what is certain first, then what is not identified, then
/// the heatmap of each key, whose cells tell the issues of [`told`].
pub fn agreement_html(agreement: &Agreement, told: &Leading) -> String {
    let mut markup = Markup::default();
    markup.open("section").attr("class", "standpunt sp-agreement").style(SHEET).style(PICTURE);
    for keys in keys(agreement) {
        let name = if keys.is_empty() { "Who agrees with whom".to_owned() } else { keys.join(" \u{b7} ") };
        markup.leaf("h2", "", name);
        let rows: Vec<&AgreementRow> = agreement.rows.iter().filter(|r| r.keys[..] == keys[..]).collect();
        write_certain(&mut markup, &rows);
        write_open(&mut markup, &rows);
        markup.append(heatmap_of(agreement, &keys, told.clone()));
    }
    markup.finish()
}

/// Every combination of keys once, in order.
fn keys(agreement: &Agreement) -> Vec<Vec<String>> {
    let mut keys: Vec<Vec<String>> = agreement.rows.iter().map(|row| row.keys.to_vec()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The heatmap of one key, inside a page.
pub(crate) fn heatmap_of(agreement: &Agreement, keys: &[String], leading: Leading) -> Markup {
    heatmap(&Matrix::of(agreement, keys), &HeatmapOptions { place: Place::Page, leading, ..HeatmapOptions::default() })
}

/// What the titles of a heatmap's cells tell of an agreement: the issues that weigh most in the score of each pair,
/// with what they add. Nothing where the scores are split by a key, of which no issue alone makes one.
///
/// # Errors
/// Those of [`leading`].
pub fn told(corpus: &Corpus, sizes: &SizeTable, agreement: &Agreement, options: &AgreementOptions) -> Result<Leading> {
    if options.by.is_empty() { leading(corpus, sizes, &agreement.actors, TOLD, options) } else { Ok(Leading::new()) }
}

/// The identified pairs, those with most certainly shared issues first.
pub(crate) fn write_certain(markup: &mut Markup, rows: &[&AgreementRow]) {
    let mut certain: Vec<&&AgreementRow> = rows.iter().filter(|r| cell(r).is_identified()).collect();
    certain.sort_by(|a, b| b.shared_lower.total_cmp(&a.shared_lower));
    if certain.is_empty() {
        let none = "No two actors certainly took a side on the same issue: no agreement is identified.";
        markup.leaf("p", "", none);
        return;
    }
    let (first, rest) = certain.split_at(certain.len().min(FIRST_ROWS));
    write_pairs(markup, first);
    if !rest.is_empty() {
        let shown = rest.len().min(MOST_ROWS);
        markup.open("details").leaf("summary", "", format!("{} more identified pairs", rest.len()));
        write_pairs(markup, &rest[..shown]);
        if rest.len() > shown {
            markup.leaf("p", "sp-note", format!("and {} more", rest.len() - shown));
        }
        markup.close();
    }
}

fn write_pairs(markup: &mut Markup, rows: &[&&AgreementRow]) {
    markup.open("table").attr("class", "sp-pairs").open("thead").open("tr");
    for (class, head) in [("", "pair"), ("sp-n", "agreement"), ("sp-n", "possible"), ("sp-n", "certainly shared")] {
        markup.leaf("th", class, head);
    }
    markup.close().close().open("tbody");
    for row in rows {
        let range = row.lower.zip(row.upper).map(|(lower, upper)| span(lower, upper)).unwrap_or_default();
        markup.open("tr").leaf("td", "sp-pair", format!("{} \u{2013} {}", row.actor_a, row.actor_b));
        markup.leaf("td", "sp-n", row.agreement.map(|a| format!("{a:.2}")).unwrap_or_default());
        let issues = if row.shared_lower == 1.0 { "issue" } else { "issues" };
        markup.leaf("td", "sp-n", range).leaf("td", "sp-n", format!("{} {issues}", row.shared_lower)).close();
    }
    markup.close().close();
}

fn span(lower: f64, upper: f64) -> String {
    if upper - lower < 0.005 { format!("{lower:.2}") } else { format!("{lower:.2}\u{2013}{upper:.2}") }
}

/// One group of pairs of which the same is possible.
#[derive(Debug, Default)]
struct Open {
    pairs: usize,
    actors: BTreeSet<String>,
}

/// The pairs that are not identified, with their possible ranges; pairs of which the same is
/// possible share a line, under the actor that the text names where one is.
pub(crate) fn write_open(markup: &mut Markup, rows: &[&AgreementRow]) {
    let known: BTreeSet<&Actor> =
        rows.iter().filter(|r| cell(r).is_identified()).flat_map(|r| [&r.actor_a, &r.actor_b]).collect();
    let mut groups: BTreeMap<(Option<&Actor>, String, usize), Open> = BTreeMap::new();
    let open: Vec<&&AgreementRow> = rows.iter().filter(|r| r.lower.is_some() && !cell(r).is_identified()).collect();
    for row in &open {
        let Some((lower, upper)) = row.lower.zip(row.upper) else { continue };
        let (a, b) = (&row.actor_a, &row.actor_b);
        let named = [a, b].into_iter().find(|actor| known.contains(*actor));
        let group = groups.entry((named, span(lower, upper), row.shared_upper as usize)).or_default();
        group.pairs += 1;
        group.actors.extend([a, b].into_iter().filter(|x| Some(*x) != named).map(Actor::to_string));
    }
    let nothing = rows.iter().filter(|r| r.lower.is_none()).count();
    markup.open("p").attr("class", "sp-note");
    markup.text(format!(
        "{} of {} pairs are not identified: they share no issue for certain. ",
        open.len(),
        rows.len()
    ));
    markup.text(format!("{nothing} cannot share one.")).close();
    if groups.is_empty() {
        return;
    }
    markup.open("details").leaf("summary", "", "Not identified, with the possible ranges").open("ul");
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|a, b| b.0.0.is_some().cmp(&a.0.0.is_some()).then(b.1.pairs.cmp(&a.1.pairs)));
    for ((named, range, most), open) in groups.iter().take(MOST_ROWS) {
        let others = open.actors.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let who = match named {
            Some(actor) => format!("{actor} with {others}"),
            None => format!("{} pairs among {others}", open.pairs),
        };
        let issues = if *most == 1 { "issue" } else { "issues" };
        markup
            .open("li")
            .leaf("strong", "", "not identified")
            .text(format!(", possible {range} on at most {most} {issues}: "));
        markup.text(who).close();
    }
    if groups.len() > MOST_ROWS {
        markup.leaf("li", "", format!("and {} more ranges", groups.len() - MOST_ROWS));
    }
    markup.close().close();
}

/// The heatmap of an agreement without keys, as a picture of its own.
pub fn agreement_svg(agreement: &Agreement, options: &HeatmapOptions) -> String {
    let keys = keys(agreement).into_iter().next().unwrap_or_default();
    heatmap_svg(&Matrix::of(agreement, &keys), options)
}
