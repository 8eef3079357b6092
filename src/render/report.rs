//! A report with every position marked at the words it rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{
    class, counted, holder_short, meeting_name, sign, size_range, statement_lines, tag, weighted_sign,
};
use super::escape::Markup;
use super::marks::{Piece, SHOWN, paragraphs, pieces};
use super::style::{PAGE, SHEET};
use crate::error::{Error, Result, nearest};
use crate::lexicon::SizeTable;
use crate::model::{Corpus, Meeting, Report, Stance, Statement, Unread};
use crate::span::Span;

/// The report of a meeting with every position marked, as a fragment for a notebook.
///
/// A mark's sign, underline and colour give the stance; its title gives holder, size range,
/// intensity, condition, proposition, rule and confidence, on hover, and on tap or focus as a card.
/// Sentences that named an actor and gave no position are marked faintly with the reason.
/// Linear in the text and in the number of statements.
///
/// # Errors
/// [`Error::Missing`] where the corpus has no such meeting.
pub fn report_html(corpus: &Corpus, meeting: &str) -> Result<String> {
    report_html_with(corpus, meeting, &SizeTable::standard())
}

/// The same with a size table of the caller's.
///
/// # Errors
/// As [`report_html`].
pub fn report_html_with(corpus: &Corpus, meeting: &str, sizes: &SizeTable) -> Result<String> {
    let mut markup = Markup::default();
    markup.open("section").attr("class", "standpunt sp-report").style(SHEET);
    write_meeting(&mut markup, corpus, find(corpus, meeting)?, sizes);
    Ok(markup.finish())
}

/// The same as a page of its own.
///
/// # Errors
/// As [`report_html`].
pub fn report_page(corpus: &Corpus, meeting: &str, sizes: &SizeTable) -> Result<String> {
    let meeting = find(corpus, meeting)?;
    let mut markup = page_head(&meeting_name(meeting), meeting.language.as_deref());
    markup.open("main").attr("class", "standpunt sp-report");
    write_meeting(&mut markup, corpus, meeting, sizes);
    Ok(markup.finish())
}

/// A document up to its open body.
pub(crate) fn page_head(title: &str, language: Option<&str>) -> Markup {
    let mut markup = Markup::default();
    markup.doctype().open("html").attr("lang", language.unwrap_or("en")).open("head");
    markup.open("meta").attr("charset", "utf-8").close();
    markup.open("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1").close();
    markup.leaf("title", "", title).style(SHEET).style(PAGE).close().open("body");
    markup
}

/// The meeting of that id.
pub(crate) fn find<'c>(corpus: &'c Corpus, id: &str) -> Result<&'c Meeting> {
    corpus.meeting(id).ok_or_else(|| Error::Missing {
        what: "meeting",
        got: id.to_owned(),
        hint: nearest(id, corpus.meetings.iter().map(|m| m.id.as_str())),
    })
}

/// Heading, facts, legend and every report of the meeting.
pub(crate) fn write_meeting(markup: &mut Markup, corpus: &Corpus, meeting: &Meeting, sizes: &SizeTable) {
    let statements: Vec<&Statement> = corpus.statements.iter().filter(|s| s.meeting == meeting.id).collect();
    let unread: Vec<&Unread> = corpus.unread.iter().filter(|u| u.meeting == meeting.id).collect();
    markup.leaf("h2", "", meeting_name(meeting));
    markup.leaf("p", "sp-facts", facts(meeting, statements.len(), unread.len()));
    write_legend(markup, &statements, unread.len());
    let mut unplaced: Vec<&Statement> = Vec::new();
    let reports: Vec<&Report> = corpus.reports.iter().filter(|r| r.meetings.contains(&meeting.id)).collect();
    for report in &reports {
        for warning in &report.warnings {
            markup.leaf("p", "sp-note", format!("Note: {warning}"));
        }
        let (here, rest): (Vec<_>, Vec<_>) =
            statements.iter().copied().filter(|s| s.report == report.name).partition(|s| place(s, report).is_some());
        unplaced.extend(rest);
        let unread = unread.iter().copied().filter(|u| u.report == report.name);
        let unread: Vec<&Unread> = unread.filter(|u| !u.span.slice(&report.text).is_empty()).collect();
        let marks = Marks { corpus, sizes, statements: &here, unread: &unread };
        marks.write_text(markup, report);
    }
    unplaced.extend(statements.iter().filter(|s| reports.iter().all(|r| r.name != s.report)));
    let marks = Marks { corpus, sizes, statements: &unplaced, unread: &[] };
    marks.write_list(markup);
}

fn facts(meeting: &Meeting, statements: usize, unread: usize) -> String {
    let mut facts = Vec::new();
    if let Some(state) = &meeting.presidency {
        facts.push(format!("Presidency {state}"));
    }
    if let Some(state) = &meeting.reporting_state {
        facts.push(format!("reported by {state}"));
    }
    facts.push(format!("{} member states", meeting.roster.len()));
    facts.push(counted(statements, "position"));
    if unread > 0 {
        facts.push(format!("{} naming an actor left unread", counted(unread, "sentence")));
    }
    facts.join(" \u{b7} ")
}

fn write_legend(markup: &mut Markup, statements: &[&Statement], unread: usize) {
    markup.open("ul").attr("class", "sp-legend");
    for stance in Stance::ALL {
        let count = statements.iter().filter(|s| s.stance == stance).count();
        markup.open("li").leaf("sup", tag(stance), sign(stance)).text(" ");
        markup.leaf("mark", class(stance), stance.as_str()).text(format!(" {count}")).close();
    }
    markup.open("li").leaf("mark", "sp-mixed", "several stances").close();
    if unread > 0 {
        markup.open("li").leaf("sup", "sp-tag-unread", "?").leaf("mark", "sp-unread", "not read");
        markup.text(format!(" {unread}")).close();
    }
    let signs = "++ strong \u{b7} (+) weak \u{b7} if: conditional \u{b7} hover or tap a mark for holder and details";
    markup.leaf("li", "", signs).close();
}

/// Where a statement stands in the report, if it stands there at all.
fn place(statement: &Statement, report: &Report) -> Option<Span> {
    statement.span().filter(|span| !span.slice(&report.text).is_empty())
}

/// What the marks of one text are: statements first, then unread sentences.
struct Marks<'c> {
    corpus: &'c Corpus,
    sizes: &'c SizeTable,
    statements: &'c [&'c Statement],
    unread: &'c [&'c Unread],
}

impl Marks<'_> {
    fn write_text(&self, markup: &mut Markup, report: &Report) {
        let placed = self.statements.iter().filter_map(|s| place(s, report));
        let spans: Vec<Span> = placed.chain(self.unread.iter().map(|u| u.span)).collect();
        let sections = self.statements.iter().map(|s| &s.section).chain(self.unread.iter().map(|u| &u.section));
        let headings: BTreeSet<&str> = sections.map(|s| s.trim()).filter(|s| !s.is_empty()).collect();
        let paragraphs = paragraphs(&report.text);
        let pieces = pieces(&paragraphs, &spans);
        let mut next = pieces.iter().peekable();
        markup.open("article").attr("lang", self.language(report));
        for paragraph in paragraphs {
            markup.open("p");
            if headings.contains(paragraph.slice(&report.text).trim()) {
                markup.attr("class", "sp-head");
            }
            while let Some(piece) = next.next_if(|p| p.span.end <= paragraph.end) {
                self.write(markup, piece, piece.span.slice(&report.text));
            }
            markup.close();
        }
        markup.close();
    }

    fn language(&self, report: &Report) -> &str {
        let meeting = report.meetings.first().and_then(|id| self.corpus.meeting(id));
        meeting.and_then(|m| m.language.as_deref()).unwrap_or("und")
    }

    fn write(&self, markup: &mut Markup, piece: &Piece, words: &str) {
        if piece.depth == 0 {
            markup.text(words);
            return;
        }
        self.write_tags(markup, piece);
        let first = !piece.starting.is_empty();
        markup.open("mark").attr("class", self.class(piece)).attr("title", self.title(piece));
        // A mark is one stop for the keyboard; its further pieces answer to a tap only.
        markup.attr("tabindex", if first { 0 } else { -1 }).text(words).close();
    }

    fn write_tags(&self, markup: &mut Markup, piece: &Piece) {
        let mut tags: Vec<(&'static str, String, usize)> = Vec::new();
        for &mark in &piece.starting {
            let (class, label) = match self.statements.get(mark) {
                Some(s) => (tag(s.stance), format!("{} {}", weighted_sign(s), holder_short(&s.holder))),
                None => ("sp-tag-unread", "?".to_owned()),
            };
            match tags.iter().position(|(c, l, _)| *c == class && *l == label) {
                Some(at) => tags[at].2 += 1,
                None if tags.len() < SHOWN => tags.push((class, label, 1)),
                None => {}
            }
        }
        for (class, label, count) in tags {
            let label = if count > 1 { format!("{label} \u{d7}{count}") } else { label };
            markup.leaf("sup", class, label);
        }
    }

    fn class(&self, piece: &Piece) -> &'static str {
        let mut stances = piece.covering.iter().filter_map(|&mark| self.statements.get(mark)).map(|s| s.stance);
        let Some(first) = stances.next() else { return "sp-unread" };
        if stances.all(|stance| stance == first) { class(first) } else { "sp-mixed" }
    }

    fn title(&self, piece: &Piece) -> String {
        let mut entries: Vec<String> = piece.covering.iter().filter_map(|&mark| self.entry(mark)).collect();
        if piece.depth > SHOWN {
            entries.push(format!("and {} more", piece.depth - SHOWN));
        }
        entries.join("\n\n")
    }

    fn entry(&self, mark: usize) -> Option<String> {
        match self.statements.get(mark) {
            Some(statement) => Some(statement_lines(statement, size_range(self.corpus, statement, self.sizes))),
            None => {
                let unread = self.unread.get(mark - self.statements.len())?;
                Some(format!("? not read as a position: {}", unread.reason.replace('_', " ")))
            }
        }
    }

    /// Statements that stand nowhere in a text: those of a coded table.
    fn write_list(&self, markup: &mut Markup) {
        if self.statements.is_empty() {
            return;
        }
        let mut topics: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
        for statement in self.statements {
            topics.entry(&statement.topic).or_default().push(statement);
        }
        markup.leaf("h3", "", "Positions without a place in a text");
        for (topic, statements) in topics {
            markup.leaf("p", "sp-head", topic).open("ul").attr("class", "sp-list");
            for statement in statements {
                let label = format!("{} {}", weighted_sign(statement), holder_short(&statement.holder));
                let details = statement_lines(statement, size_range(self.corpus, statement, self.sizes));
                markup.open("li").leaf("sup", tag(statement.stance), label);
                markup.open("mark").attr("class", class(statement.stance)).attr("title", details);
                markup.text(&statement.proposition).close().close();
            }
            markup.close();
        }
    }
}
