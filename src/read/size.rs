//! Groups by their size: "a number of member states", "two thirds", "the member states".

use crate::lexicon::{Pronoun, Tag, Trait};
use crate::model::Quantifier;

use super::mention::{GroupMention, Parser, Party, Share};

impl<'l> Parser<'_, 'l> {
    /// "all but two member states", "two thirds of the delegations".
    pub(super) fn share(&self, at: usize) -> Option<(usize, Party)> {
        let (len, fraction) = self.sentence.longest(at, |tag| match tag {
            Tag::AllBut => Some(None),
            Tag::Fraction(part, whole) => Some(Some(Share::Fraction(*part, *whole))),
            _ => None,
        })?;
        let (end, share) = match fraction {
            Some(share) => (at + len, share),
            None => match self.size(at + len)? {
                (more, Quantifier::Count(out)) => (at + len + more, Share::AllBut(out)),
                (more, Quantifier::Single) => (at + len + more, Share::AllBut(1)),
                _ => return None,
            },
        };
        // "three quarters of them"
        let of_them = || self.sentence.longest(end, |tag| (*tag == Tag::Pronoun(Pronoun::Subset)).then_some(()));
        let end = (self.head(end).map(|head| head.end))
            .or_else(|| of_them().map(|(len, ())| end + len))
            .or_else(|| self.stands_alone(at, end).then_some(end))?;
        let group = GroupMention { quantifier: Some(Quantifier::All), share: Some(share), ..GroupMention::default() };
        Some((end, Party::Group(group)))
    }

    /// A size word or number with its noun, or without where a verb follows.
    pub(super) fn group(&self, at: usize) -> Option<(usize, Party)> {
        let about = self.sentence.longest(at, |tag| (*tag == Tag::About).then_some(()));
        let about = about.map(|(len, ())| len).or(self.sentence.is(at, Trait::Definite).then_some(1));
        let counted = |at: usize| self.size(at).filter(|(_, size)| matches!(size, Quantifier::Count(_)));
        // "some 15", "the four"
        let number = about.and_then(|skip| counted(at + skip).map(|(len, size)| (skip + len, size)));
        let (mut len, mut quantifier) = number.or_else(|| self.size(at))?;
        // "the 27"
        if self.sentence.is(at, Trait::Definite) && self.everyone(at + 1) {
            quantifier = Quantifier::All;
        }
        // "the three Baltic states"
        if self.sentence.is(at, Trait::Definite)
            && let Quantifier::Count(count) = quantifier
            && let Some((end, Party::Group(group))) = self.named(at + len)
            && group.named.len() == usize::from(count)
        {
            return Some((end, Party::Group(group)));
        }
        // "the remaining ten", "a group of seven"
        let of = usize::from(self.sentence.is(at + len, Trait::Of) && quantifier == Quantifier::Group);
        if (of > 0 || self.sentence.any(at, at + len, Trait::Other))
            && let Some((more, count)) = counted(at + len + of)
        {
            (len, quantifier) = (len + of + more, count);
        }
        let after = at + len;
        if let Some((subset, ())) =
            self.sentence.longest(after, |tag| (*tag == Tag::Pronoun(Pronoun::Subset)).then_some(()))
        {
            return Some((after + subset, Party::Pronoun(Pronoun::Subset, Some(quantifier))));
        }
        let (end, other) = match self.head(after) {
            Some(head) => (head.end, head.other),
            // "sommigen": a word that counts and is its own noun.
            None if len == 1 && self.sentence.is(at, Trait::Head) => (after, false),
            None if len == 1 && quantifier == Quantifier::Single || self.pronoun(at).is_some() => return None,
            None => (self.stands_alone(at, after).then_some(after)?, false),
        };
        // "all delegations but one"
        let fraction = |tag: &Tag| match tag {
            Tag::Fraction(part, whole) => Some(Share::Fraction(*part, *whole)),
            _ => None,
        };
        if let Some((len, share)) = self.sentence.longest(end, fraction).filter(|_| quantifier == Quantifier::All) {
            let group = GroupMention { quantifier: Some(quantifier), share: Some(share), ..GroupMention::default() };
            return Some((end + len, Party::Group(group)));
        }
        let whole = matches!(quantifier, Quantifier::All | Quantifier::NearlyAll);
        let other = other || self.sentence.any(at, if whole { end } else { after }, Trait::Other);
        Some((end, Party::Group(GroupMention { quantifier: Some(quantifier), other, ..GroupMention::default() })))
    }

    /// A size word with no noun ("some", "a majority") is a party where it opens a clause before a verb, or
    /// follows one.
    pub(super) fn stands_alone(&self, at: usize, after: usize) -> bool {
        // "Most consider": the plain form is that of many.
        let plain = |at: usize| self.sentence.is(at, Trait::Nonfinite) && self.sentence.tokens[at].last != 'g';
        // "six weeks before the summit": Dutch "weken" is a verb as well.
        let counted = |next: usize| next == after && self.sentence.is(next, Trait::Date) && self.sentence.counts(at);
        let verb = |at: usize| (self.sentence.is(at, Trait::Verb) || plain(at)) && !self.sentence.is(at, Trait::Head);
        let verb = |at: usize| verb(at) && !counted(at);
        let light = self.sentence.is(after, Trait::Light) || self.sentence.plain_adjective(after);
        // "for eight years"
        let noun = self.sentence.plain_adjective(after) && self.sentence.mark(after + 1) != 'w';
        let after = after + usize::from(light && !verb(after));
        let before = at.checked_sub(1);
        let opens = before.is_none_or(|at| {
            self.sentence.mark(at) != 'w'
                || self.sentence.traits(at).any(&[
                    Trait::And,
                    Trait::But,
                    Trait::Contrast,
                    Trait::That,
                    Trait::Relative,
                ])
        });
        let pause = before.is_some_and(|at| matches!(self.sentence.mark(at), ',' | ';'));
        let joined = before.is_some_and(|at| self.sentence.is(at, Trait::And));
        // "some three hours, others five": the verb is that of the clause before.
        let article = [Trait::Definite, Trait::Indefinite];
        let gapped = pause && (self.sentence.counts(after) || self.sentence.traits(after).any(&article));
        // "too far for most."
        let holder = [Trait::Agent, Trait::Viewpoint, Trait::Bearer, Trait::Absolute];
        let governed = before.is_some_and(|at| self.sentence.traits(at).any(&holder) && self.membership(at).is_none());
        // "…, the other three not."
        let denied = pause && self.sentence.is(after, Trait::Negation) && self.sentence.mark(after + 1) != 'w';
        let listed = joined && self.sentence.is(at, Trait::Other);
        let ends = self.sentence.mark(after) != 'w' && !noun;
        // "Many, including Spain, …"
        let members = opens
            && self.sentence.mark(after) == ','
            && (self.membership(after + 1).is_some() || self.sentence.is(after + 1, Trait::Absolute));
        // "A majority, the Netherlands included, …"
        let included = (after + 2..after + 5).any(|at| self.membership_after(at).is_some());
        let members = members || opens && self.sentence.mark(after) == ',' && included;
        // "according to a large majority imperative"
        let sourced = before.is_some_and(|at| self.sentence.is(at, Trait::Source));
        let sourced = sourced && (verb(after) || ends || self.sentence.mark(after + 1) != 'w');
        // "went a majority too far"
        let experiences = before.is_some_and(verb)
            && self.sentence.is(after, Trait::Excess)
            && after > at + 1
            && !self.sentence.counts(at)
            && self.sentence.tokens.get(after + 1).is_some_and(|token| token.last != 'n');
        // "finds 24 months enough": what has a unit counts no states.
        let unit = self.sentence.is(at + 1, Trait::Date);
        // ", with many asking for X"
        let absolute = before
            .is_some_and(|at| self.sentence.is(at, Trait::Absolute) && at > 0 && self.sentence.mark(at - 1) == ',');
        let absolute = absolute && self.sentence.is(after, Trait::Nonfinite) && self.sentence.tokens[after].last == 'g';
        absolute
            || verb(after) && (opens || before.is_some_and(verb) && !unit)
            || experiences
            || gapped
            || members
            || denied
            || sourced
            || (pause || joined) && self.sentence.side(after).is_some()
            || (governed || listed) && ends
    }

    pub(super) fn size(&self, at: usize) -> Option<(usize, Quantifier)> {
        let word = self.sentence.longest(at, |tag| match tag {
            Tag::Quantifier(quantifier) => Some(*quantifier),
            Tag::Number(number) => Some(Quantifier::Count(*number)),
            _ => None,
        });
        word.or_else(|| Some((1, Quantifier::Count(self.sentence.number(at)?))))
    }

    /// "27", "twenty-eight": as many as there have been members since 2007.
    pub(super) fn everyone(&self, at: usize) -> bool {
        self.size(at).is_some_and(|(len, size)| len == 1 && matches!(size, Quantifier::Count(27 | 28)))
    }

    /// The counted noun at `at`, with what may stand before it: "of the", "other", an adjective.
    pub(super) fn head(&self, at: usize) -> Option<Head> {
        let mut end = at;
        let mut other = false;
        if self.sentence.is(end, Trait::Of) {
            end += 1;
        }
        if self.sentence.traits(end).any(&[Trait::Definite, Trait::Demonstrative])
            && (end > at || at > 0 && self.sentence.is(at - 1, Trait::Of))
        {
            end += 1;
        }
        // "many of the 27": all members there are.
        let everyone = self.everyone(end)
            && (end > at + 1 || at > 0 && self.sentence.is(at - 1, Trait::Definite))
            && !self.sentence.traits(end + 1).any(&[Trait::Head, Trait::Filler]);
        if everyone {
            return Some(Head { end: end + 1, other: false });
        }
        for step in 0..4 {
            if let Some(len) = self.sentence.len_of(end, Trait::Head) {
                return Some(Head { end: end + len, other: other || self.sentence.is(end, Trait::Other) });
            }
            let next = self.sentence.traits(end);
            // "eight of the twelve speakers"
            let number =
                self.sentence.number(end).is_some() || self.sentence.is(at, Trait::Of) && self.sentence.counts(end);
            let plain = step == 0 && self.sentence.plain_adjective(end) && self.sentence.is(end + 1, Trait::Head);
            if !(next.any(&[Trait::Filler, Trait::Other]) || number || plain) {
                return None;
            }
            other |= next.has(Trait::Other);
            end += 1;
        }
        None
    }

    /// "the member states", "member states", "landlocked member states".
    pub(super) fn bare(&self, at: usize) -> Option<(usize, Party)> {
        // "ministers of all member states"
        if self.sentence.is(at, Trait::Head) && self.sentence.is(at + 1, Trait::Of) {
            return self.group(at + 2);
        }
        let definite = self.sentence.is(at, Trait::Definite);
        let noun = at + usize::from(definite);
        let bare = |at: usize| self.sentence.len_of(at, Trait::Bare).map(|len| at + len);
        let group = |quantifier: Quantifier, other: bool| {
            Party::Group(GroupMention { quantifier: Some(quantifier), other, ..GroupMention::default() })
        };
        if let Some(verb) = bare(noun).and_then(|end| self.described(at, end)) {
            return Some((verb, group(Quantifier::Group, false)));
        }
        if let Some(end) = bare(noun) {
            return Some((end, group(if definite { Quantifier::All } else { Quantifier::Various }, false)));
        }
        // "the other 26 asked"
        if definite
            && self.sentence.is(noun, Trait::Other)
            && let Some((len, count)) = self.size(noun + 1).filter(|(_, size)| matches!(size, Quantifier::Count(_)))
            && self.stands_alone(at, noun + 1 + len)
        {
            return Some((noun + 1 + len, group(count, true)));
        }
        if self.sentence.is(noun, Trait::Other) {
            let filled = bare(noun + 2).filter(|_| self.sentence.is(noun + 1, Trait::Filler));
            return match (bare(noun + 1), filled) {
                (Some(end), _) => Some((end, group(if definite { Quantifier::All } else { Quantifier::Some }, true))),
                // "other individual member states" are a few single ones.
                (None, Some(end)) => Some((end, group(if definite { Quantifier::All } else { Quantifier::Few }, true))),
                (None, None) => None,
            };
        }
        let unknown = noun == 0 && self.sentence.tokens.first().is_some_and(|t| t.is_word() && t.word == 0);
        let described = unknown || self.sentence.plain_adjective(noun) || self.sentence.is(noun, Trait::Filler);
        bare(noun + 1).filter(|_| described).map(|end| (end, group(Quantifier::Group, false)))
    }

    /// "the member states | around the Baltic Sea": the verb before which a description ends that begins at `end`.
    pub(super) fn described(&self, at: usize, end: usize) -> Option<usize> {
        let opens = at == 0 || self.sentence.mark(at - 1) != 'w' || self.sentence.is(at - 1, Trait::And);
        let joins = self.sentence.traits(end).any(&[Trait::Preposition, Trait::Of]) && self.membership(end).is_none();
        let verb = (end + 2..end + 9).find(|at| self.sentence.is(*at, Trait::Verb)).filter(|_| opens && joins)?;
        let aside = [Trait::Light, Trait::Weak, Trait::Strong, Trait::Debate, Trait::Date, Trait::Agent, Trait::Source];
        let describes = |at: usize| {
            let named = self.named(at).is_some() || self.membership(at).is_some();
            self.sentence.mark(at) == 'w'
                && !self.sentence.traits(at).any(&aside)
                && !self.sentence.counts(at)
                && !named
        };
        (end..verb).all(describes).then_some(verb)
    }
}

/// Where a counted noun ends, and whether it is of others.
pub(super) struct Head {
    pub(super) end: usize,
    pub(super) other: bool,
}
