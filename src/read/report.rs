//! One report, from its text to its statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::{Block, blocks};
use super::clean::Clean;
use super::coder::{Coder, Draft};
use super::furniture::Furniture;
use super::part::{Kind, NO_REPORT, Part, parts};
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
    /// True: a document that is no report of a meeting is coded as one.
    pub lookalikes: bool,
}

/// What one report gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The report with its text and warnings.
    pub report: Report,
    /// The meetings it is about, one for every report in it; none where it is no report.
    pub meetings: Vec<Meeting>,
    /// Its statements as they stand in the text; `issue` and `topic` are not joined to others yet.
    pub statements: Vec<Statement>,
    /// Sentences that name an actor and gave none.
    pub unread: Vec<Unread>,
}

/// The longest text that is read.
pub const LONGEST: usize = u32::MAX as usize;

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
    warnings.extend(reader.document(options.lookalikes));
    share_names(&mut reader.statements);
    for statement in &mut reader.statements {
        let span = statement.quote.as_ref().and_then(|quote| quote.span);
        statement.id = statement_id(name, span, &statement.holder, &statement.proposition);
    }
    let Reader { meetings, statements, unread, noisy, .. } = reader;
    if noisy {
        warnings.push("misread letters were put right on a copy; offsets refer to the given text".to_owned());
    }
    if meetings.iter().any(|meeting| meeting.date_start.is_none()) {
        warnings.push("no meeting date found, so the members are not known".to_owned());
    }
    if has_control(text) {
        warnings.push("control characters in the text".to_owned());
    }
    let ids = meetings.iter().map(|meeting| meeting.id.clone()).collect();
    let report = Report { name: name.to_owned(), meetings: ids, text: Arc::from(text), warnings };
    Ok(Reading { report, meetings, statements, unread })
}

fn has_control(text: &str) -> bool {
    // Of characters that are not ASCII, those that begin with this byte alone can be one.
    let may_be = |byte: u8| byte.is_ascii_control() && !byte.is_ascii_whitespace() || byte == b'\xc2';
    let any = |block: &[u8]| block.iter().fold(false, |any, byte| any | may_be(*byte));
    text.as_bytes().chunks(64).any(any) && text.contains(|c: char| c.is_control() && !c.is_whitespace())
}

struct Reader<'t> {
    text: &'t str,
    name: &'t str,
    language: &'t Language,
    furniture: Furniture,
    blocks: Vec<Block>,
    meetings: Vec<Meeting>,
    /// The id of the meeting that is read.
    meeting: String,
    statements: Vec<Statement>,
    unread: Vec<Unread>,
    noisy: bool,
}

/// What a heading's section holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    /// Positions.
    No,
    /// None: the reporter's analysis.
    Talk,
    /// Positions that the items behind it report in full.
    Summary,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, name: &'t str, language: &'t Language) -> Reader<'t> {
        let furniture = Furniture::of(text);
        Reader {
            text,
            name,
            language,
            blocks: blocks(text, &furniture),
            furniture,
            meetings: Vec::new(),
            meeting: String::new(),
            statements: Vec::new(),
            unread: Vec::new(),
            noisy: false,
        }
    }

    /// Reads every part that is a report, or every part; warns of those that are none.
    fn document(&mut self, lookalikes: bool) -> Vec<String> {
        let parts = parts(self.text, &self.blocks, self.language);
        let reporting = reporter(self.text, self.language);
        let mut warnings = Vec::new();
        for part in &parts {
            if part.kind != Kind::Report && !lookalikes {
                let of = if parts.len() == 1 { "the document is" } else { "a part of the document is" };
                warnings
                    .push(format!("{of} {}, {NO_REPORT}: nothing of it is coded; lookalikes=True codes it", part.kind));
                continue;
            }
            let mut meeting = part.head.meeting(self.name, self.language, reporting.clone());
            if self.meetings.iter().any(|other| other.id == meeting.id) {
                meeting.id = format!("{}-{}", meeting.id, self.meetings.len() + 1);
            }
            self.meeting.clone_from(&meeting.id);
            self.meetings.push(meeting.clone());
            if !self.part(part, &meeting, true) {
                self.part(part, &meeting, false);
            }
        }
        warnings
    }

    /// Reads one part; with `details`, summaries are left out. False where only a summary had prose.
    fn part(&mut self, part: &Part, meeting: &Meeting, details: bool) -> bool {
        let mut coder = Coder::new(self.language, meeting.reporting_state.clone());
        coder.know_members(meeting.roster.len());
        let mut section = String::new();
        let mut aside = Aside::No;
        let (mut summary, mut read) = (false, false);
        for at in part.first..part.end {
            let Some(block) = self.blocks.get(at).copied() else { break };
            let clean = Clean::new(self.text, block.span, &self.language.file.ocr, &self.furniture);
            self.noisy |= clean.noisy;
            let line = clean.text.trim();
            if (block.heading || line.ends_with(',') && line.split(' ').count() <= 6) && self.ends_report(line) {
                break;
            }
            let bullet = line.starts_with(['•', '-', '–', '—', '*', '▪', 'Ø']);
            if block.heading && !(aside == Aside::Summary && bullet) {
                section = line.to_owned();
                aside = self.aside(&section, details);
                coder.next_item(&section);
            } else if aside == Aside::No {
                read = true;
                coder.next_paragraph();
                self.paragraph(&clean, &section, &mut coder);
            } else {
                summary |= aside == Aside::Summary;
            }
        }
        read || !summary
    }

    fn aside(&self, heading: &str, details: bool) -> Aside {
        let bare = heading.to_lowercase();
        let bare = bare.trim_matches(|c: char| !c.is_alphabetic());
        let summary = |words: &str| match words.strip_suffix('*') {
            Some(start) => bare.starts_with(start),
            None => bare == words,
        };
        match () {
            () if self.begins(heading, "aside") => Aside::Talk,
            () if details && self.language.head_words("summary").any(summary) => Aside::Summary,
            () => Aside::No,
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
                    meeting: self.meeting.clone(),
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
                let scope = if self.meetings.len() > 1 { &self.meeting } else { self.name };
                group.id = group.id.map(|id| format!("{scope}#{id}"));
                Holder::Group(group)
            }
            institution => institution,
        };
        Statement {
            id: String::new(),
            report: self.name.to_owned(),
            meeting: self.meeting.clone(),
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
