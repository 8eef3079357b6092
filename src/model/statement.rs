//! What a coder writes: one holder, one issue, one stance, with its quote.

use std::fmt::{self, Write};

use arcstr::{ArcStr, Substr};

use super::{Holder, Intensity, Stance};
use crate::span::Span;

/// One holder × one issue × one stance, with the words it rests on. Words that many statements have are kept once: a
/// corpus of millions is made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Stable over runs, see [`StatementId::of`]; or as a table has it.
    pub id: StatementId,
    /// The report it stands in; empty for a coded table.
    pub report: ArcStr,
    /// The meeting's id.
    pub meeting: ArcStr,
    /// The printed heading of the agenda item.
    pub section: ArcStr,
    /// The key that joins the agenda item with the same item of other meetings.
    pub topic: ArcStr,
    /// The cluster of propositions on which actors can differ.
    pub issue: ArcStr,
    /// +1 or −1: how the proposition lies to the issue.
    pub polarity: i8,
    /// The phrase that the stance is toward.
    pub proposition: ArcStr,
    /// Who holds it.
    pub holder: Holder,
    /// Toward the proposition.
    pub stance: Stance,
    /// How strongly it is put.
    pub intensity: Intensity,
    /// True where it hangs on a stated condition.
    pub conditional: bool,
    /// True where the text says that it replaces an earlier stance ("withdrew its objection").
    pub change: bool,
    /// The words it rests on; `None` where a coded table gives none.
    pub quote: Option<Quote>,
    /// The rule that found it; `coded` for a table.
    pub rule: ArcStr,
    /// How often such a statement is right, 0 to 1.
    pub confidence: f64,
    /// Its weight in scores; 1 unless a table says otherwise.
    pub weight: f64,
}

/// The words a statement rests on.
#[derive(Debug, Clone)]
pub struct Quote {
    /// The words, exactly as they stand; a part of the report's text, not a copy of it, where that is known.
    pub text: Substr,
    /// True where they are such a part: where they stand is known by it.
    placed: bool,
}

impl Quote {
    /// What stands there in a report's text.
    ///
    /// # Panics
    /// Where the span does not lie on character borders of `text`.
    pub fn at(text: &ArcStr, span: Span) -> Quote {
        Quote { text: text.substr(span.start..span.end), placed: true }
    }

    /// Words of which nobody knows where they stand.
    pub fn words(words: &str) -> Quote {
        Quote { text: words.into(), placed: false }
    }

    /// Where they stand in the report's text; `None` where only the words are known.
    pub fn span(&self) -> Option<Span> {
        let range = self.text.range();
        self.placed.then(|| Span::new(range.start, range.end))
    }
}

impl PartialEq for Quote {
    fn eq(&self, other: &Quote) -> bool {
        self.text == other.text && self.span() == other.span()
    }
}

impl Eq for Quote {}

/// A sentence that names an actor and gave no statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The report it stands in.
    pub report: ArcStr,
    /// The meeting's id.
    pub meeting: ArcStr,
    /// The printed heading of the agenda item.
    pub section: ArcStr,
    /// Where it stands.
    pub span: Span,
    /// The sentence, exactly as it stands.
    pub text: Substr,
    /// Why it gave no statement, as a short key: `decision`, `courtesy`, `no_cue` …
    pub reason: ArcStr,
}

impl Statement {
    /// Where its quote stands in the report's text; `None` without one, or where only the words are known.
    pub fn span(&self) -> Option<Span> {
        self.quote.as_ref()?.span()
    }

    /// The stance toward the issue: stance × polarity.
    pub fn toward_issue(&self) -> Stance {
        self.stance.toward_issue(self.polarity)
    }
}

/// The id of a statement: a number that follows from what it says, or what a table calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(Id);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Id {
    /// Written as 16 digits in hex.
    Hash(u64),
    /// Any other text.
    Given(ArcStr),
}

impl StatementId {
    /// 64-bit FNV-1a over report, span, holder and proposition.
    ///
    /// The hash is part of the format: saved corrections name statements by it.
    pub fn of(report: &str, span: Option<Span>, holder: &Holder, proposition: &str) -> StatementId {
        let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
        // A hash takes all that is written to it.
        let _ = hash.write_parts(report, span, holder, proposition);
        StatementId(Id::Hash(hash.0))
    }

    /// The text of an id that a table gave, which takes memory of its own.
    pub(super) fn given(&self) -> Option<&ArcStr> {
        match &self.0 {
            Id::Hash(_) => None,
            Id::Given(text) => Some(text),
        }
    }
}

/// The 64-bit FNV-1a hash of what is written to it.
struct Fnv(u64);

impl Fnv {
    /// Each part with a zero behind it.
    fn write_parts(&mut self, report: &str, span: Option<Span>, holder: &Holder, proposition: &str) -> fmt::Result {
        self.write_str(report)?;
        self.write_char('\0')?;
        if let Some(Span { start, end }) = span {
            write!(self, "{start}-{end}")?;
        }
        self.write_char('\0')?;
        holder.write_key(self)?;
        self.write_char('\0')?;
        self.write_str(proposition)?;
        self.write_char('\0')
    }
}

impl fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 = text.bytes().fold(self.0, step);
        Ok(())
    }
}

impl From<&str> for StatementId {
    fn from(text: &str) -> StatementId {
        let hex = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let hash = if hex { u64::from_str_radix(text, 16).ok() } else { None };
        StatementId(hash.map_or_else(|| Id::Given(text.into()), Id::Hash))
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Id::Hash(hash) => write!(f, "{hash:016x}"),
            Id::Given(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_as_it_was_read() {
        let texts = ["00ab34567890cdef", "00AB34567890cdef", "+0ab34567890cdef", "0", "", "s1", "00ab34567890cdef-2"];
        for text in texts {
            assert_eq!(StatementId::from(text).to_string(), text);
            assert_eq!(StatementId::from(text).given().is_none(), text == texts[0], "{text}");
        }
        let institution = Holder::Institution(crate::model::Institution::Commission);
        let id = StatementId::of("r", None, &institution, "the tax");
        assert_eq!(StatementId::from(id.to_string().as_str()), id);
    }

    #[test]
    fn the_same_words_at_another_place_are_another_quote() {
        let text = ArcStr::from("no, no");
        let quotes = [Quote::at(&text, Span::new(0, 2)), Quote::at(&text, Span::new(4, 6)), Quote::words("no")];
        assert_eq!(quotes.each_ref().map(Quote::span), [Some(Span::new(0, 2)), Some(Span::new(4, 6)), None]);
        assert!(quotes.iter().all(|quote| quote.text == "no"));
        assert!(quotes[0] != quotes[1] && quotes[1] != quotes[2] && quotes[0] == quotes[0].clone());
    }
}
