//! Clauses: the parts of a sentence that can each report a position.

use crate::lexicon::{Trait, Traits};

use super::mention::Mention;
use super::sentence::Sentence;

/// How a clause hangs on what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A main clause, with a subject of its own or that of the clause before.
    Main,
    /// "…, which Germany found premature".
    Relative,
    /// "…, whereby duplication is prevented".
    Manner,
    /// "because …".
    Reason,
    /// "while …".
    Contrast,
    /// "provided that …".
    Condition,
    /// "…, so that companies have a chance".
    Purpose,
    /// "…, with Hungary adding that …".
    Absolute,
    /// "… and that …": a second object of the same cue.
    Object,
    /// "…, others five": the verb is that of the clause before.
    Gapped,
}

/// A run of tokens with at most one reporting verb of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// How it hangs on what stands before it.
    pub kind: Kind,
}

/// Splits a sentence into clauses, from left to right.
pub fn clauses(sentence: &Sentence<'_>, mentions: &[Mention]) -> Vec<Clause> {
    let splitter = Splitter::new(sentence, mentions);
    let mut found = Vec::new();
    let mut open = Clause { from: 0, to: 0, kind: splitter.opening_kind() };
    for at in 1..sentence.tokens.len() {
        if let Some((from, kind)) = splitter.boundary(at, open) {
            let to = if sentence.is(at, Trait::And) || sentence.is(at, Trait::But) || sentence.mark(at) != 'w' {
                at
            } else {
                from
            };
            if to > open.from {
                found.push(Clause { to, ..open });
            }
            open = Clause { from, to: from, kind };
        }
    }
    found.push(Clause { to: sentence.tokens.len(), ..open });
    found
}

/// What a word has one of where a clause begins at it.
const OPENS: Traits = Traits::of(&[
    Trait::Condition,
    Trait::If,
    Trait::Reason,
    Trait::Manner,
    Trait::Purpose,
    Trait::Contrast,
    Trait::Relative,
    Trait::And,
    Trait::But,
]);

pub(super) struct Splitter<'s, 'l> {
    pub(super) sentence: &'s Sentence<'l>,
    pub(super) mentions: &'s [Mention],
    pub(super) covered: Vec<bool>,
}

impl<'s, 'l> Splitter<'s, 'l> {
    fn new(sentence: &'s Sentence<'l>, mentions: &'s [Mention]) -> Splitter<'s, 'l> {
        let mut covered = vec![false; sentence.tokens.len()];
        for mention in mentions {
            covered[mention.from..mention.to.min(sentence.tokens.len())].fill(true);
        }
        Splitter { sentence, mentions, covered }
    }

    fn opening_kind(&self) -> Kind {
        let first = self.sentence.traits(0);
        match () {
            () if first.has(Trait::Condition) => Kind::Condition,
            () if first.has(Trait::If) && !first.has(Trait::Contrast) && self.verb_after_pause() => Kind::Condition,
            () if first.has(Trait::Contrast) => Kind::Contrast,
            () if first.has(Trait::Reason) => Kind::Reason,
            () => Kind::Main,
        }
    }

    pub(super) fn is(&self, at: usize, one: Trait) -> bool {
        !self.covered.get(at).copied().unwrap_or(true) && self.sentence.is(at, one)
    }

    /// Where a clause begins at `at`: its first token and kind.
    fn boundary(&self, at: usize, open: Clause) -> Option<(usize, Kind)> {
        let (mark, traits) = (self.sentence.mark(at), self.sentence.traits(at));
        if mark == 'w' && !traits.meets(OPENS) {
            return None;
        }
        // "not yet ready" is one word of time.
        let yet = self.sentence.is(at, Trait::But) && self.sentence.is(at - 1, Trait::Negation);
        if self.covered[at] || at < open.from || yet {
            return None;
        }
        let pause = matches!(mark, ',' | ';' | '–' | '—') || mark == ':' && at + 2 < self.sentence.tokens.len();
        let after_pause = self.ends_with_pause(at);
        // "asked for: – more money; – a fund": the items of a list without a verb are objects of one.
        if self.sentence.lists(at) && !self.verb_in_item(at + 2) {
            return None;
        }
        if mark == ';' {
            return Some((at + 1, self.kind_at(at + 1).unwrap_or(Kind::Main)));
        }
        let begun = open.kind == Kind::Condition && at <= open.from + 1;
        if traits.has(Trait::Condition) && at > open.from && !begun && !self.still_to_act(open.from, at) {
            return Some((at, Kind::Condition));
        }
        // "can only agree if costs fall"
        let only = || self.sentence.any(open.from, at, Trait::Only);
        if traits.has(Trait::If) && at > open.from + 1 && only() {
            return Some((at, Kind::Condition));
        }
        if traits.has(Trait::Reason) && at > open.from {
            return Some((at, Kind::Reason));
        }
        let manner = traits.any(&[Trait::Manner, Trait::Purpose]) && self.verb_before_pause(at);
        let contrast = traits.has(Trait::Contrast) && !traits.has(Trait::Through);
        if (contrast || manner) && after_pause {
            return self.kind_at(at).map(|kind| (at, kind));
        }
        // "except Austria, which clung to it": the comma is of those named before.
        let behind = after_pause && self.mentions.iter().any(|m| m.to == at && m.excepts());
        if behind && self.is(at, Trait::Relative) && self.verb_ahead(at, 40) {
            return Some((at, Kind::Relative));
        }
        if at > open.from + 3 && self.tells_who(at) {
            return Some((at, Kind::Relative));
        }
        if pause || at > open.from && traits.any(&[Trait::And, Trait::But]) {
            return self.after_join(at, pause, open);
        }
        None
    }

    /// "Malta can | under conditions | agree": true where somebody and an auxiliary alone stand before `at`.
    fn still_to_act(&self, from: usize, at: usize) -> bool {
        let able = [Trait::Possibility, Trait::Light];
        let verb = |i: usize| self.is(i, Trait::Verb) && self.sentence.traits(i).any(&able);
        let said = |i: usize| self.covered[i] || verb(i) || self.sentence.is(i, Trait::Light);
        (from..at).any(verb) && (from..at).any(|i| self.covered[i]) && (from..at).all(said)
    }

    /// "a cap | that was opposed by Malta": a relative clause without a comma, of what somebody does.
    fn tells_who(&self, at: usize) -> bool {
        let noun = self.sentence.mark(at - 1) == 'w' && !self.sentence.is(at - 1, Trait::Verb) && !self.covered[at - 1];
        let agent = |i: &usize| self.sentence.is(*i, Trait::Agent) && self.mentions.iter().any(|m| m.from == i + 1);
        let near = |from: usize, to: usize| (from..to.min(self.sentence.tokens.len())).find(agent);
        let passive = self.is(at + 1, Trait::Verb) && self.is(at + 1, Trait::Light);
        let told = near(at + 1, at + 2).or_else(|| near(at + 2, at + 6).filter(|_| passive));
        self.is(at, Trait::Relative) && noun && told.is_some()
    }

    /// True where a verb stands in the item of a list that begins at `from`.
    fn verb_in_item(&self, from: usize) -> bool {
        let end = (from..self.sentence.tokens.len()).find(|at| self.sentence.mark(*at) == ';');
        let end = end.unwrap_or(self.sentence.tokens.len());
        let finite = |at: usize| self.is(at, Trait::Verb) && !self.is(at, Trait::Nonfinite);
        (from..end).any(|at| finite(at) && !self.is(at - 1, Trait::Infinitive))
    }

    /// True where the token before is a comma, or the end of a mention that took its comma.
    fn ends_with_pause(&self, at: usize) -> bool {
        matches!(self.sentence.mark(at - 1), ',' | '–' | '—' | ';' | '(')
    }

    pub(super) fn kind_at(&self, at: usize) -> Option<Kind> {
        let traits = self.sentence.traits(at);
        match () {
            // "a council, in which Italy saw no value": a relative that may tell of somebody, or of the purpose.
            () if traits.has(Trait::Through) => {
                let agent =
                    |m: &Mention| (at + 1..at + 8).contains(&m.from) && self.sentence.is(m.from - 1, Trait::Agent);
                let told = self.mention_at(at + 1).is_some() || self.mentions.iter().any(agent);
                Some(if told { Kind::Contrast } else { Kind::Purpose })
            }
            // "…, so that only France still opposed it"
            () if traits.has(Trait::Purpose)
                && self.sentence.is(at + 1, Trait::Only)
                && self.mention_at(at + 2).is_some() =>
            {
                Some(Kind::Contrast)
            }
            () if traits.has(Trait::Contrast) => Some(Kind::Contrast),
            () if traits.has(Trait::Manner) => Some(Kind::Manner),
            () if traits.has(Trait::Purpose) => Some(Kind::Purpose),
            () => None,
        }
    }

    pub(super) fn mention_at(&self, at: usize) -> Option<&'s Mention> {
        self.mentions.iter().find(|mention| mention.from == at)
    }

    pub(super) fn verb_within(&self, at: usize, words: usize) -> bool {
        let stop = |i: &usize| matches!(self.sentence.mark(*i), ',' | ';' | ' ');
        (at..at + words).take_while(|i| !stop(i)).any(|i| self.is(i, Trait::Verb))
    }

    /// "with a view to growth," holds no verb and is no clause.
    fn verb_before_pause(&self, at: usize) -> bool {
        (at..self.sentence.tokens.len()).take_while(|i| self.sentence.mark(*i) == 'w').any(|i| self.is(i, Trait::Verb))
    }

    /// "If costs fall, can Spain agree": behind the first comma stands a verb.
    fn verb_after_pause(&self) -> bool {
        let comma = (1..self.sentence.tokens.len()).find(|at| self.sentence.mark(*at) != 'w');
        comma.is_some_and(|at| self.sentence.mark(at) == ',' && self.is(at + 1, Trait::Verb))
    }

    pub(super) fn verb_ahead(&self, at: usize, words: usize) -> bool {
        (at..at + words).take_while(|i| self.sentence.mark(*i) != ' ').any(|i| self.is(i, Trait::Verb))
    }
}
