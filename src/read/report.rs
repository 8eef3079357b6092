//! One report, from its text to its statements.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::block::{Block, blocks, bulleted};
use super::clean::Clean;
use super::coder::{Coder, Draft};
use super::first_person;
use super::furniture::Furniture;
use super::list::mentions;
use super::oddities::oddities;
use super::part::{Kind, NO_REPORT, Part, parts};
use super::reporter::reporter;
use super::sentence::{self, Sentence};
use crate::error::{Error, Result};
use crate::lexicon::{Language, Lexicon, Trait};
use crate::model::{Actor, ArcStr, Holder, Meeting, Quote, Report, Shared, Statement, StatementId, Unread};
use crate::span::{Divisions, Span};
use crate::stop::Stop;

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

/// What is told of a text in which misread letters were put right.
const MISREAD: &str = "misread letters were put right on a copy; offsets refer to the given text";

/// How what is told of a text begins that may be in no language known.
const UNKNOWN: &str = "language not recognised";

/// How what is told of running heads, page numbers and footnotes begins.
const LEFT_OUT: &str = "left out as part of the page";

/// How many of these are shown.
const SHOWN: usize = 5;

/// How warnings begin that need no telling where the report gave statements and its meeting has a date.
pub const QUIET: [&str; 3] = [MISREAD, UNKNOWN, LEFT_OUT];

/// The fewest words of a paragraph of which its language is told.
const TELLING: usize = 20;

/// One word in so many has to be in the lexicon where a paragraph is in the report's language.
const FEW: usize = 3;

/// The share of common words at which a paragraph is taken to be in another language.
const TOLD: f64 = 0.2;

/// Reads one report. `name` becomes [`Report::name`].
///
/// # Errors
/// [`Error::Limit`] for a text of 4 GB or more, [`Error::Choice`] for an unknown language, [`Error::Stopped`]
/// where `stop` asks for it.
pub fn read_report(text: &str, name: &str, options: &Options, stop: &Stop) -> Result<Reading> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LONGEST {
        return Err(Error::Limit { what: "bytes of a report", value: text.len() as u64, limit: LONGEST as u64 });
    }
    let (code, share) = match &options.language {
        Some(code) => (code.as_str(), 1.0),
        None => options.lexicon.detect(text),
    };
    let language = options.lexicon.language(code)?;
    let mut warnings = Vec::new();
    if share < KNOWN && text.contains(char::is_alphabetic) {
        warnings.push(format!(
            "{UNKNOWN}: {:.0} % of the words are common words of '{}'",
            share * 100.0,
            language.code
        ));
    }
    let whole = ArcStr::from(text);
    let mut reader = Reader::new(&whole, name, &language, stop)?;
    warnings.extend(reader.document(options.lookalikes)?);
    share_names(&mut reader.statements, stop)?;
    for statement in &mut reader.statements {
        stop.check()?;
        statement.id = StatementId::of(name, statement.span(), &statement.holder, &statement.proposition);
        reader.shared.keep_holder(&mut statement.holder);
    }
    let Reader { meetings, statements, unread, noisy, cut, furniture, foreign, .. } = reader;
    if noisy {
        warnings.push(MISREAD.to_owned());
    }
    if cut {
        warnings.push(format!("a sentence over {} kB was split", sentence::LONGEST / 1000));
    }
    warnings.extend(left_out(&furniture, text));
    warnings.extend(in_other_languages(&foreign, text, &language, &options.lexicon, stop)?);
    if !meetings.is_empty() && statements.is_empty() && unread.is_empty() && text.contains(char::is_alphabetic) {
        let (nearest, share) = options.lexicon.detect(text);
        let common = format!("{:.0} % of the words are common words of '{nearest}'", share * 100.0);
        warnings.push(format!("nothing was read in '{}': {common}", language.code));
    }
    if meetings.iter().any(|meeting| meeting.date_start.is_none()) {
        warnings.push("no meeting date found, so the members are not known".to_owned());
    }
    warnings.extend(oddities(text, stop)?);
    let ids = meetings.iter().map(|meeting| meeting.id.clone()).collect();
    let report = Report { name: name.to_owned(), meetings: ids, text: whole, warnings };
    Ok(Reading { report, meetings, statements, unread })
}

/// What is told of those of some paragraphs, of which `language` knows few words, where another one knows many.
fn in_other_languages(
    paragraphs: &[Span],
    text: &str,
    language: &Language,
    lexicon: &Lexicon,
    stop: &Stop,
) -> Result<Vec<String>> {
    let divisions = LazyCell::new(|| Divisions::new(text));
    let mut told = Vec::new();
    for span in paragraphs {
        stop.check()?;
        let (other, share) = lexicon.detect(span.slice(text));
        if share < TOLD || other == language.code {
            continue;
        }
        if let Some(number) = divisions.paragraph(span.start) {
            let read = format!("'{other}', and is read in '{}'", language.code);
            told.push(format!("paragraph {number} seems to be in another language, {read}"));
        }
    }
    Ok(told)
}

/// What of the pages is no prose, the first few of it in its own words.
fn left_out(furniture: &Furniture, text: &str) -> Option<String> {
    let mut lines: Vec<&str> = Vec::new();
    for line in furniture.spans().map(|span| span.slice(text).lines().next().unwrap_or_default()) {
        if !lines.contains(&line) && lines.len() <= SHOWN {
            lines.push(line);
        }
    }
    let shown: Vec<String> = lines.iter().take(SHOWN).map(|line| format!("'{line}'")).collect();
    let more = if lines.len() > SHOWN { " and more" } else { "" };
    (!shown.is_empty()).then(|| format!("{LEFT_OUT}: {}{more}", shown.join(", ")))
}

struct Reader<'t> {
    text: &'t ArcStr,
    name: ArcStr,
    shared: Shared,
    language: &'t Language,
    stop: &'t Stop,
    furniture: Furniture,
    blocks: Vec<Block>,
    meetings: Vec<Meeting>,
    /// The id of the meeting that is read.
    meeting: ArcStr,
    statements: Vec<Statement>,
    unread: Vec<Unread>,
    noisy: bool,
    /// True where a sentence was too long to be read as one.
    cut: bool,
    /// Paragraphs of which the language knows few words.
    foreign: Vec<Span>,
    /// The sentence last read: its room serves the next one.
    sentence: Sentence<'t>,
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
    fn new(text: &'t ArcStr, name: &str, language: &'t Language, stop: &'t Stop) -> Result<Reader<'t>> {
        let furniture = Furniture::of(text, stop)?;
        Ok(Reader {
            text,
            name: name.into(),
            shared: Shared::default(),
            language,
            stop,
            blocks: blocks(text, &furniture, stop)?,
            furniture,
            meetings: Vec::new(),
            meeting: ArcStr::new(),
            statements: Vec::new(),
            unread: Vec::new(),
            noisy: false,
            cut: false,
            foreign: Vec::new(),
            sentence: Sentence::default(),
        })
    }

    /// Reads every part that is a report, or every part; warns of those that are none.
    fn document(&mut self, lookalikes: bool) -> Result<Vec<String>> {
        let parts = parts(self.text, &self.blocks, self.language, self.stop)?;
        let reporting = reporter(self.text, self.language, self.stop)?;
        let mut warnings = Vec::new();
        for part in &parts {
            if part.kind != Kind::Report && !lookalikes {
                let of = if parts.len() == 1 { "the document is" } else { "a part of the document is" };
                warnings
                    .push(format!("{of} {}, {NO_REPORT}: nothing of it is coded; lookalikes=True codes it", part.kind));
                continue;
            }
            let mut meeting = part.head.meeting(&self.name, self.language, reporting.clone());
            if self.meetings.iter().any(|other| other.id == meeting.id) {
                meeting.id = format!("{}-{}", meeting.id, self.meetings.len() + 1);
            }
            self.meeting = meeting.id.as_str().into();
            self.meetings.push(meeting.clone());
            if !self.part(part, &meeting, true)? {
                self.part(part, &meeting, false)?;
            }
        }
        Ok(warnings)
    }

    /// Reads one part; with `details`, summaries are left out. False where only a summary had prose.
    fn part(&mut self, part: &Part, meeting: &Meeting, details: bool) -> Result<bool> {
        let mut coder = Coder::new(self.language, meeting.reporting_state.clone());
        coder.know_members(meeting.roster.len());
        let mut section = ArcStr::new();
        let mut aside = Aside::No;
        let (mut summary, mut read) = (false, false);
        for at in part.first..part.end {
            let Some(block) = self.blocks.get(at).copied() else { break };
            let clean = Clean::new(self.text, block.span, &self.language.file.ocr, &self.furniture, self.stop)?;
            self.noisy |= clean.noisy;
            let line = clean.text.trim();
            if (block.heading || line.ends_with(',') && line.split(' ').take(7).count() <= 6) && self.ends_report(line)
            {
                break;
            }
            let bullet = bulleted(line);
            let introduces = || self.blocks.get(at + 1).is_some_and(|next| bulleted(next.span.slice(self.text)));
            let told = block.heading && (bullet || introduces()) && self.tells(&clean.text, bullet);
            if block.heading && !told && !(aside == Aside::Summary && bullet) {
                section = self.shared.words(line);
                aside = self.aside(&section, details);
                coder.next_item(&section);
            } else if aside == Aside::No {
                read = true;
                if !bullet {
                    coder.next_paragraph();
                }
                self.paragraph(&clean, block.span, (&section, &mut coder))?;
            } else {
                summary |= aside == Aside::Summary;
            }
        }
        Ok(read || !summary)
    }

    /// True for a short line that is a sentence: an item of a list that says what somebody did, or what introduces one.
    fn tells(&self, line: &str, item: bool) -> bool {
        let sentence = sentence::read(line, Span::new(0, line.len()), self.language);
        let mut words = 0..sentence.tokens.len();
        let being = !item && words.clone().any(|at| sentence.is_passive(at));
        let finite = words.any(|at| sentence.is_finite(at) && !sentence.is(at, Trait::Nonfinite));
        finite && (being || !mentions(&sentence).is_empty())
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

    fn paragraph(&mut self, clean: &Clean, whole: Span, (section, coder): (&ArcStr, &mut Coder<'_>)) -> Result<()> {
        let (mut words, mut known) = (0, 0);
        let mut sentence = std::mem::take(&mut self.sentence);
        for span in sentence::split(&clean.text, self.language) {
            self.stop.check()?;
            self.cut |= span.len() >= sentence::LONGEST;
            sentence.read(&clean.text, span, self.language);
            first_person::agree(&mut sentence, &clean.text, self.language);
            for token in &sentence.tokens {
                words += usize::from(token.is_word());
                known += usize::from(token.word != 0);
            }
            let coded = coder.sentence(&clean.text, &sentence);
            for draft in coded.drafts {
                let statement = self.statement(draft, clean, section.clone());
                self.statements.push(statement);
            }
            if let Some(reason) = coded.unread {
                let span = clean.source(span);
                self.unread.push(Unread {
                    report: self.name.clone(),
                    meeting: self.meeting.clone(),
                    section: section.clone(),
                    span,
                    text: self.text.substr(span.start..span.end),
                    reason: reason.into(),
                });
            }
        }
        self.sentence = sentence;
        if words >= TELLING && known * FEW < words {
            self.foreign.push(whole);
        }
        Ok(())
    }

    fn statement(&mut self, draft: Draft, clean: &Clean, section: ArcStr) -> Statement {
        let span = clean.source(draft.span);
        let mut holder = draft.holder;
        if let Holder::Group(group) = &mut holder {
            let scope = if self.meetings.len() > 1 { &self.meeting } else { &self.name };
            group.id = group.id.as_ref().map(|id| arcstr::format!("{scope}#{id}"));
        }
        self.shared.keep_holder(&mut holder);
        let proposition = self.shared.words(&draft.proposition);
        Statement {
            id: "".into(),
            report: self.name.clone(),
            meeting: self.meeting.clone(),
            topic: section.clone(),
            section,
            issue: proposition.clone(),
            polarity: 1,
            proposition,
            holder,
            stance: draft.stance,
            intensity: draft.intensity,
            conditional: draft.conditional,
            change: draft.change,
            quote: Some(Quote::at(self.text, span)),
            rule: self.shared.words(&draft.rule),
            confidence: draft.confidence,
            weight: 1.0,
        }
    }
}

/// Statements of one group share the names said of it anywhere: "a majority … these, including X".
fn share_names(statements: &mut [Statement], stop: &Stop) -> Result<()> {
    let mut names: BTreeMap<ArcStr, BTreeSet<Actor>> = BTreeMap::new();
    for group in statements.iter().filter_map(|statement| statement.holder.group()) {
        stop.check()?;
        if let Some(id) = &group.id {
            names.entry(id.clone()).or_default().extend(group.named.iter().cloned());
        }
    }
    for statement in statements {
        stop.check()?;
        if let Holder::Group(group) = &mut statement.holder
            && let Some(all) = group.id.as_ref().and_then(|id| names.get(id))
            && !all.iter().eq(&group.named)
        {
            Arc::make_mut(&mut group.who).named = all.iter().cloned().collect();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_it_ends_every_pass() {
        const TEXT: &str = "Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\nVeel lidstaten steunden het voorstel.\n";
        let language = Lexicon::standard().unwrap().language("nl").unwrap();
        let lexicon = Lexicon::standard().unwrap();
        let (on, off) = (Stop::default(), Stop::default());
        off.set();
        let furniture = Furniture::of(TEXT, &on).unwrap();
        let blocks_of = blocks(TEXT, &furniture, &on).unwrap();
        let whole = Span::new(0, TEXT.len());
        let mut statements =
            read_report(TEXT, "r", &Options { lexicon: lexicon.clone(), language: None, lookalikes: false }, &on)
                .unwrap()
                .statements;
        let ended = [
            Furniture::of(TEXT, &off).err(),
            blocks(TEXT, &furniture, &off).err(),
            parts(TEXT, &blocks_of, &language, &off).err(),
            reporter("I agreed.", &lexicon.language("en").unwrap(), &off).err(),
            Clean::new(TEXT, whole, &[], &furniture, &off).err(),
            in_other_languages(&[whole], TEXT, &language, &lexicon, &off).err(),
            share_names(&mut statements, &off).err(),
            oddities(TEXT, &off).err(),
        ];
        assert_eq!(ended, [const { Some(Error::Stopped) }; 8]);
    }
}
