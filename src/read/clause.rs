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

struct Splitter<'s, 'l> {
    sentence: &'s Sentence<'l>,
    mentions: &'s [Mention],
    covered: Vec<bool>,
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

    fn is(&self, at: usize, one: Trait) -> bool {
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

    fn kind_at(&self, at: usize) -> Option<Kind> {
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

    /// What begins after a comma or conjunction at `at`.
    fn after_join(&self, at: usize, pause: bool, open: Clause) -> Option<(usize, Kind)> {
        let mut next = at + usize::from(pause);
        let joined = self.sentence.traits(next).any(&[Trait::And, Trait::But]);
        next += usize::from(joined);
        if !pause && next == at {
            return None;
        }
        // "Ireland, citing its constitution, was hesitant"
        if pause && self.insert(next) {
            let past = self.sentence.is(next, Trait::Past);
            return Some((next, if past { Kind::Relative } else { Kind::Manner }));
        }
        let traits = self.sentence.traits(next);
        // "…, which Estland found too high and of which Croatia had no opinion"
        if joined && traits.has(Trait::Through) && self.mention_at(next + 1).is_some() {
            return Some((next, Kind::Contrast));
        }
        if pause && (self.kind_at(next).is_some() || traits.any(&[Trait::Condition, Trait::Reason])) {
            return None;
        }
        // Dutch "of" is "or" and "whether".
        let whether = joined && self.sentence.is(next - 1, Trait::That);
        if whether && !self.sentence.any(open.from, at, Trait::That) {
            return None;
        }
        if joined && traits.has(Trait::That) && self.sentence.any(open.from, at, Trait::That) {
            return Some((next, Kind::Object));
        }
        if let Some(relative) = self.relates(next, pause, joined, open) {
            return Some(relative);
        }
        if let Some(with) = self.absolute(next) {
            return Some((with, Kind::Absolute));
        }
        if joined && self.other_side(next, open.from, at) {
            return Some((next, Kind::Gapped));
        }
        if self.goes_on(at, next, (pause, joined), open) {
            return None;
        }
        // "share this aim and regard it as vital": in the present the verbs of many have their plain form.
        let plain = |i: usize| self.is(i, Trait::Nonfinite) && self.sentence.tokens[i].last != 'g';
        let present = joined && plain(next) && (open.from..at).any(plain);
        if present && !(open.from..at).any(|i| self.is(i, Trait::Verb) || self.sentence.is(i, Trait::Infinitive)) {
            return Some((next, Kind::Main));
        }
        if joined && self.participle_behind(next, open) {
            return Some((next, Kind::Main));
        }
        if self.main_clause(next, pause) {
            // "nor did X": the conjunction is part of what is said.
            let inverted = joined && self.is(next, Trait::Verb);
            return Some((next - usize::from(inverted), Kind::Main));
        }
        self.gapped(next, open).then_some((next, Kind::Gapped))
    }

    /// "was for a register and | against a fund": the other side, on another thing.
    fn other_side(&self, next: usize, from: usize, to: usize) -> bool {
        let other = match () {
            // "neither for nor against"
            () if self.sentence.is(next - 1, Trait::Negation) => return false,
            () if self.is(next, Trait::Against) => Trait::For,
            () if self.is(next, Trait::For) => Trait::Against,
            () => return false,
        };
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        self.sentence.traits(next + 1).any(&article) && self.sentence.any(from, to, other)
    }

    /// A relative clause that begins at `next`: ", which X backed", ", to which X agreed", "a proposal that X seconded".
    fn relates(&self, next: usize, pause: bool, joined: bool, open: Clause) -> Option<(usize, Kind)> {
        let traits = self.sentence.traits(next);
        if pause && !joined && traits.has(Trait::Relative) && self.verb_ahead(next, 40) {
            return Some((next, Kind::Relative));
        }
        // "…, to which the Commission clung"
        let before = [Trait::Preposition, Trait::Viewpoint, Trait::Of, Trait::Addressee];
        let whom = self.sentence.traits(next).any(&before) && self.sentence.is(next + 1, Trait::Relative);
        if pause && !joined && whom && self.mention_at(next + 2).is_some() && self.verb_ahead(next, 40) {
            return Some((next + 1, Kind::Relative));
        }
        // "a request that X backed but that Y refused"
        if joined && open.kind == Kind::Relative && traits.has(Trait::Relative) && self.verb_ahead(next, 40) {
            return Some((next, Kind::Relative));
        }
        let relative = [Trait::Relative, Trait::Purpose, Trait::Manner, Trait::Contrast];
        let named = (next + 1..next + 4).take_while(|i| self.sentence.mark(*i) == 'w');
        // "a proposal that Greece seconded"
        let that = |i: usize| self.sentence.is(i, Trait::That) && self.mention_at(i + 1).is_some();
        let relates = |i: usize| self.sentence.traits(i).any(&relative) || that(i);
        if pause && traits.has(Trait::Indefinite) && named.skip(1).any(relates) {
            return Some((next, Kind::Relative));
        }
        // "…, an approach Luxembourg subscribed to"
        let whom = self.mention_at(next + 2).filter(|m| pause && traits.has(Trait::Indefinite) && m.apart.is_none());
        if whom.is_some_and(|m| self.verb_within(m.to, 2)) {
            return Some((next, Kind::Relative));
        }
        None
    }

    /// True where the words at `next` are still of the `open` clause, behind a comma (`pause`) or conjunction (`joined`).
    fn goes_on(&self, at: usize, next: usize, (pause, joined): (bool, bool), open: Clause) -> bool {
        if pause && !joined && self.fronted(open.from, at) && self.is(next, Trait::Verb) {
            return true;
        }
        // "For Spain, funding was out of the question"
        let view = self.sentence.traits(0).any(&[Trait::Viewpoint, Trait::Source])
            || self.sentence.is(at - 1, Trait::SourceAfter);
        if pause && !joined && view && open.from == 0 && self.mentions.iter().any(|m| m.from <= 4 && m.to == at) {
            return true;
        }
        // "that a division of roles and duties must be made": the verb still to come is that clause's own.
        // "contested that and argued …": before a conjunction it is a pronoun.
        let that = self.sentence.having(open.from, at - 1, &[Trait::That]).last();
        if !pause
            && that.is_some_and(|that| !(that..at).any(|i| self.is(i, Trait::Verb)))
            && self.mention_at(next).is_none()
            && (!self.is(next, Trait::Verb) || self.sentence.is(next, Trait::Light))
        {
            return true;
        }
        // "The idea, equal pay for equal work, was embraced": the verb is that of the part before the insert.
        if pause && !joined && open.from == 0 && self.is(next, Trait::Verb) && self.apposed(at) {
            return true;
        }
        false
    }

    /// "some preferred three hours, others five": somebody and an object, after a clause with both and a verb.
    fn gapped(&self, at: usize, open: Clause) -> bool {
        let Some(mention) = self.mention_at(at).filter(|mention| mention.apart.is_none() && !mention.owner) else {
            return false;
        };
        // "asked Poland, also on behalf of Malta, the Commission to …": who follows is addressed.
        if self.mentions.iter().any(|m| m.apart.is_some() && m.to == at) {
            return false;
        }
        let ends = |i: &usize| self.sentence.mark(*i) != 'w' || self.sentence.is(*i, Trait::And);
        let end = (mention.to..self.sentence.tokens.len()).find(ends).unwrap_or(self.sentence.tokens.len());
        let first = self.sentence.traits(mention.to);
        // "for 2030, Finland for 2035": the same preposition opens both.
        let word = self.sentence.tokens.get(mention.to).map(|token| token.word);
        let same = (open.from..at).any(|i| Some(self.sentence.tokens[i].word) == word);
        let sided = self.sentence.side(mention.to).is_some();
        let governed = first.any(&[Trait::Relative, Trait::That, Trait::But])
            || first.any(&[Trait::Preposition, Trait::Of]) && !same;
        let verb = |from: usize, to: usize| (from..to).any(|i| self.is(i, Trait::Verb) || self.is(i, Trait::Nonfinite));
        let pattern =
            self.mentions.iter().any(|m| (open.from..open.from + 3).contains(&m.from) && verb(m.to, m.to + 4));
        // "…, but Cyprus not", "…, the other three not"
        let denies = (self.sentence.is(at - 1, Trait::But) || self.sentence.mark(at - 1) == ',')
            && end == mention.to + 1
            && self.sentence.is(mention.to, Trait::Negation);
        denies
            || sided
            || (pattern || open.kind == Kind::Gapped) && end > mention.to && !governed && !verb(mention.to, end)
    }

    /// "With the aim to …, could X agree", "That …, was stressed by X": the verb behind the comma is that of
    /// the part before it.
    fn fronted(&self, from: usize, to: usize) -> bool {
        let verb = |i: usize| !self.covered[i] && self.sentence.is_finite(i);
        let that = self.sentence.is(from, Trait::That);
        let part = self.sentence.is(from, Trait::Preposition) && !(from..to).any(verb);
        from == 0 && !self.covered[0] && (that || part)
    }

    /// True where an article opens the sentence, and up to `at` it has one comma or an infinitive, and no verb.
    fn apposed(&self, at: usize) -> bool {
        let commas = (0..at).filter(|i| self.sentence.mark(*i) == ',').count();
        let article = self.sentence.traits(0).any(&[Trait::Definite, Trait::Indefinite, Trait::Demonstrative]);
        let verb = |i: usize| !self.covered[i] && self.sentence.is_finite(i);
        // "The power to set the path, met with resistance"
        let asks = commas == 0 && (0..at).any(|i| self.sentence.is(i, Trait::Infinitive));
        article && (commas == 1 || asks) && !self.covered[0] && !(0..at).any(verb)
    }

    /// ", with Hungary adding …".
    fn absolute(&self, at: usize) -> Option<usize> {
        let only = usize::from(self.sentence.is(at + 1, Trait::Light) && self.mention_at(at + 1).is_none());
        let mention = self.mention_at(at + 1 + only)?;
        let gerund = (mention.to..mention.to + 3)
            .take_while(|i| !matches!(self.sentence.mark(*i), ',' | ';' | ' '))
            .any(|i| self.is(i, Trait::Nonfinite));
        let with = self.is(at, Trait::Absolute)
            && (gerund || self.verb_within(mention.to, 3) || self.sentence.side(mention.to).is_some());
        with.then_some(at + 1 + only)
    }

    /// A participle between commas, with somebody before it and a verb behind.
    fn insert(&self, at: usize) -> bool {
        let close = (at + 1..at + 16).find(|i| matches!(self.sentence.mark(*i), ',' | ';' | ' '));
        let closes = close.is_some_and(|i| self.sentence.mark(i) == ',' && self.verb_within(i + 1, 3));
        let somebody = at > 1 && self.mentions.iter().any(|m| (m.to == at - 1 || m.to == at) && m.apart.is_none());
        let finite = close.is_some_and(|i| (at..i).any(|i| self.is(i, Trait::Verb)));
        let kind = self.is(at, Trait::Nonfinite) || self.sentence.is(at, Trait::Past);
        closes && somebody && kind && (!finite || self.sentence.is(at, Trait::Past))
    }

    /// "has pressed for X and | the need stressed of Y": the second participle of one auxiliary, behind its object.
    fn participle_behind(&self, next: usize, open: Clause) -> bool {
        let article = [Trait::Definite, Trait::Indefinite];
        let ends = |i: &usize| {
            self.sentence.mark(*i) != 'w' || self.sentence.traits(*i).any(&[Trait::Preposition, Trait::Of, Trait::And])
        };
        let end = (next + 1..next + 6).find(|i| ends(i) || self.is(*i, Trait::Verb));
        let verb = |i: &usize| self.is(*i, Trait::Verb);
        let auxiliary = (open.from..next).find(verb).filter(|i| self.sentence.is(*i, Trait::Light));
        let participle = auxiliary.and_then(|i| (i + 1..next).find(verb));
        self.sentence.traits(next).any(&article) && end.is_some_and(|i| verb(&i)) && participle.is_some()
    }

    /// A verb, or somebody and a verb, within a few words.
    fn main_clause(&self, at: usize, pause: bool) -> bool {
        // "of a timely end and of clear rules": no verb follows.
        if self.is(at, Trait::Of) && self.mention_at(at + 1).is_none() {
            return false;
        }
        for step in 0..4 {
            let here = at + step;
            if let Some(mention) = self.mention_at(here) {
                let object = here > at
                    && self.sentence.traits(here - 1).any(&[Trait::Preposition, Trait::Of])
                    && !self.sentence.is(here - 1, Trait::Source);
                // "…, and Poland, which had hesitated, followed": its verb is still to come.
                let relates = self.sentence.mark(mention.to) == ',' && self.is(mention.to + 1, Trait::Relative);
                let close = (mention.to + 2..mention.to + 20).find(|i| self.sentence.mark(*i) == ',');
                let waits = relates && close.is_some_and(|i| self.verb_within(i + 1, 3));
                // "was by X welcomed and | by Y criticised"
                let agent = here > at && self.sentence.is(here - 1, Trait::Agent) && self.is(mention.to, Trait::Verb);
                let told =
                    (0..at).rev().take_while(|i| self.sentence.mark(*i) == 'w').find(|i| self.is(*i, Trait::Verb));
                let agent = agent && told == at.checked_sub(2);
                return (!object || agent)
                    && (waits
                        || self.verb_within(mention.to, if pause { 6 } else { 3 })
                        || step > 0 && self.sentence.is(here - 1, Trait::Source));
            }
            if self.is(here, Trait::Verb) {
                let infinitive = here > 0 && self.sentence.is(here - 1, Trait::Infinitive);
                return !infinitive && !self.sentence.is(here, Trait::Infinitive) && (step <= 2 || pause);
            }
            let traits = self.sentence.traits(here);
            if step > 0 && traits.any(&[Trait::And, Trait::But]) {
                return false;
            }
            if self.sentence.mark(here) != 'w'
                || traits.any(&[Trait::Definite, Trait::Indefinite, Trait::Infinitive, Trait::That])
            {
                return false;
            }
        }
        false
    }

    fn mention_at(&self, at: usize) -> Option<&'s Mention> {
        self.mentions.iter().find(|mention| mention.from == at)
    }

    fn verb_within(&self, at: usize, words: usize) -> bool {
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

    fn verb_ahead(&self, at: usize, words: usize) -> bool {
        (at..at + words).take_while(|i| self.sentence.mark(*i) != ' ').any(|i| self.is(i, Trait::Verb))
    }
}
