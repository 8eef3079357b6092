//! The page of the main job: what is certain, positions, what could be decided, and the reports.

use super::describe::counted;
use super::escape::Markup;
use super::report::{page_head, write_meeting};
use super::seats::{Division, KEY, TALL, seats};
use super::standing::{heatmap_of, told, write_certain, write_open};
use super::style::PICTURE;
use super::summary::write_summary;
use super::topics::{sizes_note, write_topics};
use crate::error::Result;
use crate::lexicon::SizeTable;
use crate::model::Corpus;
use crate::score::{AgreementOptions, AgreementRow, agreement};

/// A corpus as one self-contained page: who certainly stands with whom, positions by topic, what
/// each side could decide, what is not identified, and every report with its positions marked.
///
/// # Errors
/// Those of [`agreement`].
pub fn page(corpus: &Corpus, sizes: &SizeTable) -> Result<String> {
    let options = AgreementOptions::default();
    let scores = agreement(corpus, sizes, &options)?;
    let rows: Vec<&AgreementRow> = scores.rows.iter().collect();
    let mut markup = page_head(&title(corpus), None);
    markup.style(PICTURE).open("main").attr("class", "standpunt");
    markup.leaf("h1", "", title(corpus));
    write_summary(&mut markup, corpus);
    markup.leaf("h2", "", "Who certainly stands with whom");
    let meaning = "Agreement is the share of common issues on which both take the same side; possible is the range \
                   over every way in which the unnamed members of groups may sit.";
    markup.leaf("p", "sp-note", meaning);
    write_certain(&mut markup, &rows);
    write_open(&mut markup, &rows);
    markup.open("figure").append(heatmap_of(&scores, &[], told(corpus, sizes, &scores, &options)?)).close();
    markup.leaf("h2", "", "Positions by topic").leaf("p", "sp-note", sizes_note(sizes));
    write_topics(&mut markup, corpus, sizes);
    write_divisions(&mut markup, corpus, sizes);
    markup.leaf("h2", "", if corpus.meetings.len() == 1 { "The report" } else { "The reports" });
    for meeting in &corpus.meetings {
        write_meeting(&mut markup, corpus, meeting, sizes);
    }
    Ok(markup.finish())
}

fn title(corpus: &Corpus) -> String {
    match corpus.meetings.as_slice() {
        [meeting] => super::describe::meeting_name(meeting),
        meetings => format!("Positions in {}", counted(meetings.len(), "meeting")),
    }
}

fn write_divisions(markup: &mut Markup, corpus: &Corpus, sizes: &SizeTable) {
    let divisions = Division::all(corpus, sizes);
    if divisions.is_empty() {
        return;
    }
    markup.leaf("h2", "", "What each side could decide").leaf("p", "sp-note", KEY);
    markup.open("ul").attr("class", "sp-divisions");
    for division in &divisions {
        markup.open("li").leaf("div", "sp-issue", &division.issue);
        markup.open("svg").attr("class", "sp-svg").attr("viewBox", format!("0 0 420 {TALL}")).attr("role", "img");
        markup.attr("aria-label", division.words());
        seats(markup, division, (0.0, 0.0), 420.0);
        markup.close().leaf("p", "sp-note", division.verdicts()).close();
    }
    markup.close();
}
