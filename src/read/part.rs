//! The parts of a document: one report after another, and what is no report.

use std::collections::BTreeSet;
use std::fmt;

use super::block::Block;
use super::head::Head;
use crate::error::Result;
use crate::lexicon::Language;
use crate::span::{Span, beginning};
use crate::stop::Stop;

/// What a part of a document is, by its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Report,
    Agenda,
    Consultation,
    Debate,
    Other,
}

/// Stands in the warning about every document that is none.
pub(super) const NO_REPORT: &str = "not a report of a meeting";

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Report => "a report of a meeting",
            Kind::Agenda => "an annotated agenda",
            Kind::Consultation => "a written consultation",
            Kind::Debate => "a debate or hearing of a parliament",
            Kind::Other => "a paper of another kind",
        })
    }
}

/// The lists of a language's head that begin the title of what is no report.
const LOOKALIKES: [(&str, Kind); 4] = [
    ("agenda", Kind::Agenda),
    ("consultation", Kind::Consultation),
    ("debate", Kind::Debate),
    ("other_kinds", Kind::Other),
];

/// Blocks in which the first title stands; a letter comes before it.
const BEFORE: usize = 30;

/// One part: the blocks from `first` up to `end`, behind its title.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) head: Head,
    /// The title's first block, where it has one.
    pub(super) title: Option<usize>,
    pub(super) first: usize,
    pub(super) end: usize,
}

struct Document<'t> {
    text: &'t str,
    blocks: &'t [Block],
    language: &'t Language,
    firsts: Firsts<'t>,
}

/// The first words of titles: most paragraphs are told from them by their first word.
struct Firsts<'t>(BTreeSet<&'t str>);

/// Words before a title that are no part of it.
const MARKS: [&str; 7] = ["bijlage", "annex", "anlage", "annexe", "onderwerp", "betreft", "subject"];
/// Bytes of the longest title.
const LONGEST_TITLE: usize = 600;
/// Characters of a block in which the words are looked for that say what the document is.
const SEARCHED: usize = 3_000;

impl<'t> Firsts<'t> {
    fn of(language: &'t Language) -> Firsts<'t> {
        let keys = LOOKALIKES.iter().map(|(key, _)| *key).chain(["title"]);
        let words = keys.flat_map(|key| language.head_words(key)).filter_map(|words| words.split(' ').next());
        Firsts(words.chain(MARKS).collect())
    }

    fn may_begin(&self, block: &str) -> bool {
        let words = block.split(|c: char| !c.is_alphabetic());
        let first = words.into_iter().find(|word| !word.is_empty()).unwrap_or_default().to_lowercase();
        block.len() <= LONGEST_TITLE && self.0.iter().any(|word| word.starts_with(&*first)) && !first.is_empty()
    }
}

/// The parts of a document, in order; there is always one.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub(super) fn parts(text: &str, blocks: &[Block], language: &Language, stop: &Stop) -> Result<Vec<Part>> {
    let document = Document { text, blocks, language, firsts: Firsts::of(language) };
    let mut found: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        stop.check()?;
        let Some(part) = document.title(at, found.last()) else {
            at += 1;
            continue;
        };
        at = part.first;
        match found.last_mut() {
            Some(last) if same(last, &part) => {
                if document.letter(last.first, part.first, stop)? {
                    *last = part;
                }
            }
            _ => found.push(part),
        }
    }
    if found.is_empty() {
        found.push(document.untitled());
    }
    for at in 0..found.len() {
        found[at].end = found.get(at + 1).map_or(blocks.len(), |next| next.title.unwrap_or(next.first));
    }
    document.complete(&mut found, stop)?;
    Ok(found)
}

/// True where two titles are of the same thing: a letter's subject and the title, or a running head.
fn same(a: &Part, b: &Part) -> bool {
    let days = a.head.dates.is_some() && a.head.dates == b.head.dates;
    a.kind == b.kind && (a.kind != Kind::Report || days && (a.head.body == b.head.body || b.head.body.is_none()))
}

impl<'t> Document<'t> {
    fn words(&self, at: usize) -> &'t str {
        self.blocks.get(at).map_or("", |block| block.span.slice(self.text))
    }

    /// The beginning of a block as [`plain`] has it.
    fn line(&self, at: usize) -> String {
        plain(beginning(self.words(at), SEARCHED))
    }

    fn list(&self, key: &'static str) -> impl Iterator<Item = &'t str> {
        self.language.head_words(key)
    }

    /// The part that block `at` is the title of; `before` is the part before it.
    fn title(&self, at: usize, before: Option<&Part>) -> Option<Part> {
        if !self.blocks.get(at).is_some_and(|block| self.firsts.may_begin(block.span.slice(self.text))) {
            return None;
        }
        let line = self.line(at);
        let count = line.split_whitespace().count();
        let starts = |key: &'static str| self.list(key).any(|words| begins(&line, words));
        let dated = |line: &str| {
            self.list("months").any(|month| {
                line.split([' ', '-', '–']).any(|word| word.trim_matches(|c: char| !c.is_alphanumeric()) == month)
            })
        };
        let shaped =
            self.blocks.get(at).is_some_and(|block| block.heading) || count <= 30 && !line.ends_with(['.', ':', ';']);
        let reports = self.list("title").any(|word| line.split(' ').any(|other| other == word));
        let kind = LOOKALIKES
            .iter()
            .find(|(key, kind)| starts(key) && (*kind != Kind::Agenda || !reports))
            .map(|(_, kind)| *kind);
        if let Some(kind) = kind.filter(|_| shaped && count < 40 && (dated(&line) || before.is_none() && at < BEFORE)) {
            return Some(self.part(kind, at, at + 1));
        }
        if !starts("title") || count >= 40 || before.is_none() && at >= BEFORE {
            return None;
        }
        let next = self.line(at + 1);
        let below = !dated(&line) && next.split(' ').count() <= 12 && dated(&next);
        let part = self.part(Kind::Report, at, if below { at + 2 } else { at + 1 });
        let later = before.is_none_or(|_| shaped && part.head.body.is_some() && part.head.dates.is_some());
        ((dated(&line) || below && shaped && part.head.dates.is_some()) && later).then_some(part)
    }

    fn part(&self, kind: Kind, title: usize, first: usize) -> Part {
        let span = self.span(title, first);
        let head = Head::read(span.slice(self.text), self.language);
        Part { kind, head, title: Some(title), first, end: self.blocks.len() }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.blocks.get(from).map_or(self.text.len(), |block| block.span.start);
        let end = to.checked_sub(1).and_then(|last| self.blocks.get(last)).map_or(start, |block| block.span.end);
        Span::new(start, end.max(start))
    }

    /// A document without a title that says what it is: a letter, or a line with the body and the day.
    fn untitled(&self) -> Part {
        let whole = Part { kind: Kind::Report, head: Head::default(), title: None, first: 0, end: self.blocks.len() };
        let agenda = (0..self.blocks.len().min(BEFORE)).filter(|at| self.opens_letter(*at)).any(|at| {
            let line = self.line(at);
            let named = |key: &'static str| self.list(key).any(|words| line.contains(words));
            named("agenda") && !named("title")
        });
        if agenda {
            return Part { kind: Kind::Agenda, ..whole };
        }
        let dateline = (0..self.blocks.len().min(BEFORE / 3)).find_map(|at| {
            let heading = |at: usize| self.blocks.get(at).is_some_and(|block| block.heading);
            if self.words(at).split_whitespace().nth(16).is_some()
                || Head::read(self.words(at), self.language).body.is_none()
            {
                return None;
            }
            let ends = [at + 1, at + 2].into_iter().find(|end| {
                let words = self.span(at, *end).slice(self.text);
                (at..*end).all(heading) && Head::read(words, self.language).dates.is_some()
            })?;
            Some(self.part(Kind::Report, at, ends))
        });
        dateline.unwrap_or(whole)
    }

    fn opens_letter(&self, at: usize) -> bool {
        let line = self.line(at);
        self.list("letter").any(|words| begins(&line, words))
    }

    /// True where a letter stands between two titles.
    fn letter(&self, from: usize, to: usize, stop: &Stop) -> Result<bool> {
        for at in from..to {
            stop.check()?;
            if self.opens_letter(at) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads what the titles leave open from the prose of each part; the first has the letter before it too.
    fn complete(&self, parts: &mut [Part], stop: &Stop) -> Result<()> {
        for (at, part) in parts.iter_mut().enumerate() {
            stop.check()?;
            let from = if at == 0 { 0 } else { part.title.unwrap_or(part.first) };
            part.head.complete(self.span(from, part.end).slice(self.text), self.language);
        }
        Ok(())
    }
}

/// A line in lower case and single blanks, without "Annex 1:" before it.
fn plain(line: &str) -> String {
    let lower = line.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let bare = |line: &str| line.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
    for mark in MARKS {
        if let Some(rest) = lower.strip_prefix(mark).filter(|rest| rest.starts_with([' ', ':'])) {
            let rest = rest.split_once(':').map_or(rest, |(_, rest)| rest);
            return bare(rest);
        }
    }
    bare(&lower)
}

/// True where `line` begins with these words as a whole.
fn begins(line: &str, words: &str) -> bool {
    line.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
