//! One report, from its text to its statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::{Block, blocks};
use super::clean::Clean;
use super::coder::{Coder, Draft};
use super::head::Head;
use super::reporter::reporter;
use super::sentence;
use crate::error::{Error, Result};
use crate::lexicon::{Language, Lexicon};
use crate::model::{Actor, Holder, Meeting, Quote, Report, Statement, Unread, statement_id};
use crate::span::Span;

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The words.
    pub lexicon: Arc<Lexicon>,
    /// The language, where it need not be told from the text.
    pub language: Option<String>,
}

/// What one report gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The report with its text and warnings.
    pub report: Report,
    /// The meetings it is about.
    pub meetings: Vec<Meeting>,
    /// Its statements as they stand in the text; `issue` and `topic` are not joined to others yet.
    pub statements: Vec<Statement>,
    /// Sentences that name an actor and gave none.
    pub unread: Vec<Unread>,
}

/// The longest text that is read.
pub const LONGEST: usize = 100_000_000;

/// The smallest share of known words at which a text is taken to be in a language.
const KNOWN: f64 = 0.08;

/// Reads one report. `name` becomes [`Report::name`].
///
/// # Errors
/// [`Error::Limit`] for a text over [`LONGEST`] bytes, [`Error::Choice`] for an unknown language.
pub fn read_report(text: &str, name: &str, options: &Options) -> Result<Reading> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LONGEST {
        return Err(Error::Limit { what: "bytes of a report", value: text.len() as u64, limit: LONGEST as u64 });
    }
    let (language, share) = match &options.language {
        Some(code) => (options.lexicon.language(code)?, 1.0),
        None => options.lexicon.detect(text),
    };
    let mut warnings = Vec::new();
    if share < KNOWN && text.contains(char::is_alphabetic) {
        warnings.push(format!(
            "language not recognised: {:.0} % of the words are common words of '{}'",
            share * 100.0,
            language.code
        ));
    }
    let mut reader = Reader::new(text, name, &language);
    reader.body();
    share_names(&mut reader.statements);
    for statement in &mut reader.statements {
        let span = statement.quote.as_ref().and_then(|quote| quote.span);
        statement.id = statement_id(name, span, &statement.holder, &statement.proposition);
    }
    let Reader { meeting, statements, unread, noisy, .. } = reader;
    if noisy {
        warnings.push("misread letters were put right on a copy; offsets refer to the given text".to_owned());
    }
    if meeting.date_start.is_none() {
        warnings.push("no meeting date found, so the members are not known".to_owned());
    }
    if text.contains(|c: char| c.is_control() && !c.is_whitespace()) {
        warnings.push("control characters in the text".to_owned());
    }
    let report = Report { name: name.to_owned(), meetings: vec![meeting.id.clone()], text: Arc::from(text), warnings };
    Ok(Reading { report, meetings: vec![meeting], statements, unread })
}

struct Reader<'t> {
    text: &'t str,
    name: &'t str,
    language: &'t Language,
    blocks: Vec<Block>,
    first: usize,
    meeting: Meeting,
    statements: Vec<Statement>,
    unread: Vec<Unread>,
    noisy: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, name: &'t str, language: &'t Language) -> Reader<'t> {
        let blocks = blocks(text);
        let title = title(text, &blocks, language);
        let first = title.map_or(0, |at| at + 1);
        let head = title.map_or("", |at| blocks[at].span.slice(text));
        let reporting = reporter(text, language);
        let meeting = Head::read(head, text, language).meeting(name, language, reporting);
        Reader {
            text,
            name,
            language,
            blocks,
            first,
            meeting,
            statements: Vec::new(),
            unread: Vec::new(),
            noisy: false,
        }
    }

    fn body(&mut self) {
        let mut coder = Coder::new(self.language, self.meeting.reporting_state.clone());
        coder.know_members(self.meeting.roster.len());
        let mut section = String::new();
        let mut aside = false;
        for block in self.blocks.clone().into_iter().skip(self.first) {
            let clean = Clean::new(self.text, block.span, &self.language.file.ocr);
            self.noisy |= clean.noisy;
            if block.heading {
                section = clean.text.trim().to_owned();
                if self.ends_report(&section) {
                    break;
                }
                aside = self.begins(&section, "aside");
                coder.next_item(&section);
            } else if !aside {
                coder.next_paragraph();
                self.paragraph(&clean, &section, &mut coder);
            }
        }
    }

    /// True for a heading that begins with one of the words of that list: "in the corridors".
    fn begins(&self, heading: &str, list: &str) -> bool {
        let heading = heading.to_lowercase();
        self.language.head_words(list).any(|words| heading.starts_with(words))
    }

    /// Annexes and signatures report no positions.
    fn ends_report(&self, heading: &str) -> bool {
        let first = heading.split_whitespace().next().unwrap_or_default().to_lowercase();
        self.language.head_words("end").any(|word| word == first.trim_matches(|c: char| !c.is_alphanumeric()))
    }

    fn paragraph(&mut self, clean: &Clean, section: &str, coder: &mut Coder<'_>) {
        for span in sentence::split(&clean.text, self.language) {
            let sentence = sentence::read(&clean.text, span, self.language);
            let coded = coder.sentence(&clean.text, &sentence);
            for draft in coded.drafts {
                let statement = self.statement(draft, clean, section);
                self.statements.push(statement);
            }
            if let Some(reason) = coded.unread {
                let span = clean.source(span);
                self.unread.push(Unread {
                    report: self.name.to_owned(),
                    meeting: self.meeting.id.clone(),
                    section: section.to_owned(),
                    span,
                    text: span.slice(self.text).to_owned(),
                    reason: reason.to_owned(),
                });
            }
        }
    }

    fn statement(&self, draft: Draft, clean: &Clean, section: &str) -> Statement {
        let span = clean.source(draft.span);
        let holder = match draft.holder {
            Holder::Group(mut group) => {
                group.id = group.id.map(|id| format!("{}#{id}", self.name));
                Holder::Group(group)
            }
            institution => institution,
        };
        Statement {
            id: String::new(),
            report: self.name.to_owned(),
            meeting: self.meeting.id.clone(),
            section: section.to_owned(),
            topic: section.to_owned(),
            issue: draft.proposition.clone(),
            polarity: 1,
            proposition: draft.proposition,
            holder,
            stance: draft.stance,
            intensity: draft.intensity,
            conditional: draft.conditional,
            change: draft.change,
            quote: Some(quote(self.text, span)),
            rule: draft.rule,
            confidence: draft.confidence,
            weight: 1.0,
        }
    }
}

/// Statements of one group share the names said of it anywhere: "a majority … these, including X".
fn share_names(statements: &mut [Statement]) {
    let mut names: BTreeMap<String, Vec<Actor>> = BTreeMap::new();
    for group in statements.iter().filter_map(|statement| statement.holder.group()) {
        if let Some(id) = &group.id {
            names.entry(id.clone()).or_default().extend(group.named.iter().cloned());
        }
    }
    for statement in statements {
        if let Holder::Group(group) = &mut statement.holder
            && let Some(all) = group.id.as_ref().and_then(|id| names.get(id))
        {
            group.named.extend(all.iter().cloned());
            group.named.sort();
            group.named.dedup();
        }
    }
}

fn quote(text: &str, span: Span) -> Quote {
    Quote { text: span.slice(text).to_owned(), span: Some(span) }
}

/// The block that titles the report: it begins with "Verslag" and names a body or a month.
fn title(text: &str, blocks: &[Block], language: &Language) -> Option<usize> {
    let titles: Vec<&str> = language.head_words("title").collect();
    blocks.iter().take(30).position(|block| {
        let words: Vec<String> = block
            .span
            .slice(text)
            .split_whitespace()
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .collect();
        let first = words.first().is_some_and(|word| titles.contains(&word.as_str()));
        first && words.len() < 40 && language.head_words("months").any(|month| words.iter().any(|word| word == month))
    })
}
