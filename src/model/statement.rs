//! What a coder writes: one holder, one issue, one stance, with its quote.

use std::sync::Arc;

use arcstr::{ArcStr, Substr};

use super::{Holder, Intensity, Stance};
use crate::span::Span;

/// One holder × one issue × one stance, with the words it rests on. Words that many statements have are kept once: a
/// corpus of millions is made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Stable over runs: a hash of report, span, holder and proposition, see [`statement_id`].
    pub id: ArcStr,
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
    pub holder: Arc<Holder>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, exactly as they stand; a part of the report's text, not a copy of it, where that is known.
    pub text: Substr,
    /// Where they stand in the report's text; `None` where only the words are known.
    pub span: Option<Span>,
}

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
    /// The stance toward the issue: stance × polarity.
    pub fn toward_issue(&self) -> Stance {
        self.stance.toward_issue(self.polarity)
    }
}

/// The id of a statement: 64-bit FNV-1a over report, span, holder and proposition, in hex.
///
/// The hash is part of the format: saved corrections name statements by it.
pub fn statement_id(report: &str, span: Option<Span>, holder: &Holder, proposition: &str) -> String {
    let span = span.map(|s| format!("{}-{}", s.start, s.end)).unwrap_or_default();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    for part in [report, &span, &holder.key(), proposition] {
        part.bytes().for_each(&mut take);
        take(0);
    }
    format!("{hash:016x}")
}
