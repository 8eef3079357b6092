//! What a corpus shows of itself in a notebook.

use std::collections::BTreeMap;

use super::describe::{counted, meeting_name, sign, tag};
use super::escape::{Markup, Px};
use super::picture::bar;
use super::style::{PICTURE, SHEET};
use crate::model::{Corpus, Stance};

/// The most meetings and topics shown before the rest is counted.
const MOST_ROWS: usize = 12;

/// A corpus at a glance: meetings and topics with their positions, split by stance, and what a
/// reader should know: warnings, unread sentences, files that could not be read.
pub fn corpus_html(corpus: &Corpus) -> String {
    let mut markup = Markup::default();
    markup.open("section").attr("class", "standpunt sp-corpus").style(SHEET).style(PICTURE);
    write_summary(&mut markup, corpus);
    markup.finish()
}

pub(crate) fn write_summary(markup: &mut Markup, corpus: &Corpus) {
    let counts = [counted(corpus.meetings.len(), "meeting"), counted(corpus.statements.len(), "position")];
    markup.leaf("h2", "", counts.join(", "));
    write_notes(markup, corpus);
    let names: BTreeMap<&str, String> = corpus.meetings.iter().map(|m| (m.id.as_str(), meeting_name(m))).collect();
    let meetings = corpus.meetings.iter().map(|m| m.id.as_str());
    let splits = splits(corpus, |s| &s.meeting);
    let rows: Vec<(&str, [usize; 3])> = meetings.map(|id| (id, splits.get(id).copied().unwrap_or_default())).collect();
    write_splits(markup, "Meeting", &rows, |id| names.get(id).cloned().unwrap_or_else(|| id.to_owned()));
    let mut topics: Vec<(&str, [usize; 3])> = self::splits(corpus, |s| &s.topic).into_iter().collect();
    topics.sort_by_key(|(_, split)| std::cmp::Reverse(split.iter().sum::<usize>()));
    write_splits(markup, "Topic", &topics, str::to_owned);
}

/// Numbers of positions in the order of [`Stance::ALL`], by a field.
fn splits<'c, F>(corpus: &'c Corpus, field: F) -> BTreeMap<&'c str, [usize; 3]>
where
    F: Fn(&'c crate::model::Statement) -> &'c str,
{
    let mut splits: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for statement in &corpus.statements {
        let split = splits.entry(field(statement)).or_default();
        for (count, stance) in split.iter_mut().zip(Stance::ALL) {
            *count += usize::from(statement.stance == stance);
        }
    }
    splits
}

fn write_splits<F: Fn(&str) -> String>(markup: &mut Markup, head: &str, rows: &[(&str, [usize; 3])], name: F) {
    let most = rows.iter().map(|(_, split)| split.iter().sum::<usize>()).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    markup.open("table").attr("class", "sp-splits").open("thead").open("tr").leaf("th", "", head);
    for stance in Stance::ALL {
        markup.open("th").attr("class", "sp-n");
        markup.leaf("span", tag(stance), sign(stance)).text(" ").leaf("span", "sp-word", stance.as_str()).close();
    }
    markup.leaf("th", "sp-bar", "").close().close().open("tbody");
    for (key, split) in rows.iter().take(MOST_ROWS) {
        markup.open("tr").leaf("td", "", name(key));
        for count in split {
            markup.leaf("td", "sp-n", count);
        }
        markup.open("td").attr("class", "sp-bar");
        write_bar(markup, split, most);
        markup.close().close();
    }
    markup.close().close();
    if rows.len() > MOST_ROWS {
        markup.leaf("p", "sp-note", format!("and {} more", rows.len() - MOST_ROWS));
    }
}

/// One bar of the three stances: full, outlined and striped, so that it reads without colour.
fn write_bar(markup: &mut Markup, split: &[usize; 3], most: usize) {
    markup.open("svg").attr("class", "sp-svg").attr("viewBox", "0 0 160 10").attr("width", 160).attr("height", 10);
    markup
        .attr("role", "img")
        .attr("aria-label", format!("{} support, {} neutral, {} oppose", split[0], split[1], split[2]));
    let wide = |count: usize| 160.0 * count as f64 / most as f64;
    let mut x = 0.0;
    for (count, class) in split.iter().zip(["g", "f", "hs"]) {
        if class == "hs" && *count > 0 {
            markup.open("path").attr("class", class).attr("d", format!("M{} 5h{}", Px(x), Px(wide(*count)))).close();
        } else {
            bar(markup, class, (x, 0.5), (wide(*count), 9.0));
        }
        x += wide(*count);
    }
    markup.close();
}

fn write_notes(markup: &mut Markup, corpus: &Corpus) {
    let mut notes: Vec<String> = Vec::new();
    if !corpus.unread.is_empty() {
        notes.push(format!(
            "{} naming an actor gave no position (corpus.unread)",
            counted(corpus.unread.len(), "sentence")
        ));
    }
    if !corpus.errors.is_empty() {
        notes.push(format!("{} could not be read (corpus.errors)", counted(corpus.errors.len(), "file")));
    }
    for report in &corpus.reports {
        notes.extend(report.warnings.iter().map(|warning| format!("{}: {warning}", report.name)));
    }
    let rest = notes.len().saturating_sub(MOST_ROWS);
    for note in notes.iter().take(MOST_ROWS) {
        markup.leaf("p", "sp-note", note);
    }
    if rest > 0 {
        markup.leaf("p", "sp-note", format!("and {}", counted(rest, "more note")));
    }
}
