//! Who is named in a sentence: groups, states, institutions and pronouns, with their members.

use crate::lexicon::{Membership, Pronoun, Tag, Trait, Traits};
use crate::model::{Actor, Institution, Quantifier};

use super::sentence::Sentence;

/// One party as written, before pronouns are resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Party {
    /// An institution.
    Institution(Institution),
    /// Named states, or a group of some size with its named members and exceptions.
    Group(GroupMention),
    /// Somebody named before; a part of them where a size word stands with it.
    Pronoun(Pronoun, Option<Quantifier>),
}

impl Party {
    /// True for a group of some size of which no member is named yet.
    pub fn is_unnamed(&self) -> bool {
        let sized = |group: &GroupMention| !matches!(group.quantifier, None | Some(Quantifier::NamedOnly));
        matches!(self, Party::Group(group) if group.named.is_empty() && sized(group))
    }
}

/// A group as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupMention {
    /// Members that are named.
    pub named: Vec<Actor>,
    /// Exceptions that are named.
    pub excluded: Vec<Actor>,
    /// Its size word, [`Quantifier::NamedOnly`] for names alone.
    pub quantifier: Option<Quantifier>,
    /// True for "other member states": those named before are not in it.
    pub other: bool,
    /// The size as a part of the roster, settled where its length is known.
    pub share: Option<Share>,
    /// True for "no member state", "not all member states".
    pub negated: bool,
}

/// A part of all members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// "all but two": all members less that many.
    AllBut(u16),
    /// "two thirds": numerator and denominator; halves are rounded up.
    Fraction(u16, u16),
}

impl Share {
    /// How many of `members` that is.
    pub fn of(self, members: usize) -> u16 {
        let members = u16::try_from(members).unwrap_or(u16::MAX);
        match self {
            Share::AllBut(out) => members.saturating_sub(out),
            Share::Fraction(part, whole) => (2 * part * members + whole) / (2 * whole).max(1),
        }
    }
}

/// One place of a sentence that names somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First token.
    pub from: usize,
    /// One past the last token, membership clauses included.
    pub to: usize,
    /// Who takes the position together.
    pub parties: Vec<Party>,
    /// The states that are named, in the order of the text.
    pub order: Vec<Actor>,
    /// Who takes the other side ("opposed by X"), and where that stands.
    pub opposed: Vec<(usize, usize, Vec<Party>)>,
    /// True for "Poland's …".
    pub owner: bool,
    /// Set for a membership clause that stands apart from its group: "X asked, together with Y, for Z".
    pub apart: Option<Membership>,
}

/// Reads one party that begins at a token.
pub struct Parser<'s, 'l> {
    sentence: &'s Sentence<'l>,
}

impl<'s, 'l> Parser<'s, 'l> {
    /// A parser of that sentence.
    pub fn new(sentence: &'s Sentence<'l>) -> Parser<'s, 'l> {
        Parser { sentence }
    }

    /// The party that begins at `at`, and where it ends.
    pub fn party(&self, at: usize) -> Option<(usize, Party)> {
        if self.may_begin(at) {
            return self.any_party(at);
        }
        debug_assert!(self.any_party(at).is_none(), "a party begins where none may: see may_begin");
        None
    }

    /// False for most words, from which no rule reads a party: a party begins with a name, a size or one of a few
    /// words, or is a noun with one word before it.
    pub fn may_begin(&self, at: usize) -> bool {
        const FIRST: Traits = Traits::of(&[
            Trait::Negation,
            Trait::Definite,
            Trait::Demonstrative,
            Trait::Own,
            Trait::Other,
            Trait::Head,
            Trait::Bare,
            Trait::Envoy,
        ]);
        const SECOND: Traits = Traits::of(&[Trait::Bare, Trait::Envoy]);
        self.sentence.begins_phrase(at)
            || self.sentence.number(at).is_some()
            || self.sentence.traits(at).meets(FIRST)
            || self.sentence.traits(at + 1).meets(SECOND)
    }

    fn any_party(&self, at: usize) -> Option<(usize, Party)> {
        let negated = self.sentence.is(at, Trait::Negation);
        if negated && let Some(found) = self.negated(at) {
            return Some(found);
        }
        self.nobody(at)
            .or_else(|| self.share(at))
            .or_else(|| self.group(at))
            .or_else(|| self.sent(at))
            .or_else(|| self.pronoun(at))
            .or_else(|| self.named(at))
            .or_else(|| self.bare(at))
    }

    /// "nobody": all, who do the contrary.
    fn nobody(&self, at: usize) -> Option<(usize, Party)> {
        let (len, ()) = self.sentence.longest(at, |tag| (*tag == Tag::Nobody).then_some(()))?;
        let group = GroupMention { quantifier: Some(Quantifier::All), negated: true, ..GroupMention::default() };
        let next = [Trait::Verb, Trait::Relative, Trait::Preposition, Trait::Light];
        let alone = self.sentence.traits(at + len).any(&next) && !self.sentence.is(at + len, Trait::Of);
        alone.then_some((at + len, Party::Group(group)))
    }

    /// "no member state", "none of the member states", "not all member states".
    fn negated(&self, at: usize) -> Option<(usize, Party)> {
        if let Some((end, Party::Group(mut group))) = self.group(at + 1)
            && matches!(group.quantifier, Some(Quantifier::All | Quantifier::Single))
        {
            group.quantifier =
                Some(if group.quantifier == Some(Quantifier::All) { Quantifier::Some } else { Quantifier::All });
            group.negated = true;
            return Some((end, Party::Group(group)));
        }
        // "none of the Baltic states"
        if self.sentence.is(at + 1, Trait::Of)
            && let Some((end, Party::Group(group))) = self.named(at + 2)
        {
            return Some((end, Party::Group(GroupMention { negated: true, ..group })));
        }
        let head = self.head(at + 1)?;
        let group = GroupMention { quantifier: Some(Quantifier::All), negated: true, ..GroupMention::default() };
        Some((head.end, Party::Group(group)))
    }

    /// "all but two member states", "two thirds of the delegations".
    fn share(&self, at: usize) -> Option<(usize, Party)> {
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
    fn group(&self, at: usize) -> Option<(usize, Party)> {
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
    fn stands_alone(&self, at: usize, after: usize) -> bool {
        // "Most consider": the plain form is that of many.
        let plain = |at: usize| self.sentence.is(at, Trait::Nonfinite) && self.sentence.tokens[at].last != 'g';
        let verb = |at: usize| (self.sentence.is(at, Trait::Verb) || plain(at)) && !self.sentence.is(at, Trait::Head);
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
        verb(after) && (opens || before.is_some_and(verb))
            || experiences
            || gapped
            || members
            || sourced
            || (pause || joined) && self.sentence.side(after).is_some()
            || (governed || listed) && ends
    }

    fn size(&self, at: usize) -> Option<(usize, Quantifier)> {
        let word = self.sentence.longest(at, |tag| match tag {
            Tag::Quantifier(quantifier) => Some(*quantifier),
            Tag::Number(number) => Some(Quantifier::Count(*number)),
            _ => None,
        });
        word.or_else(|| Some((1, Quantifier::Count(self.sentence.number(at)?))))
    }

    /// "27", "twenty-eight": as many as there have been members since 2007.
    fn everyone(&self, at: usize) -> bool {
        self.size(at).is_some_and(|(len, size)| len == 1 && matches!(size, Quantifier::Count(27 | 28)))
    }

    /// The counted noun at `at`, with what may stand before it: "of the", "other", an adjective.
    fn head(&self, at: usize) -> Option<Head> {
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
            let plain = step == 0 && self.sentence.plain_adjective(end) && self.sentence.is(end + 1, Trait::Head);
            if !(next.any(&[Trait::Filler, Trait::Other]) || self.sentence.number(end).is_some() || plain) {
                return None;
            }
            other |= next.has(Trait::Other);
            end += 1;
        }
        None
    }

    fn pronoun(&self, at: usize) -> Option<(usize, Party)> {
        // "both France and Germany"
        if self.sentence.is(at, Trait::Both) && self.named(at + 1).is_some() {
            return None;
        }
        if self.sentence.is(at, Trait::Demonstrative)
            && self.sentence.counts(at + 1)
            && self.sentence.is(at + 2, Trait::Head)
        {
            let count = self.size(at + 1).map(|(_, size)| size).filter(|size| matches!(size, Quantifier::Count(_)));
            return Some((at + 3, Party::Pronoun(Pronoun::Plural, count)));
        }
        let (len, pronoun) = self.sentence.longest(at, |tag| match tag {
            Tag::Pronoun(pronoun) if *pronoun != Pronoun::Subset => Some(*pronoun),
            _ => None,
        })?;
        let office = pronoun == Pronoun::FirstPerson && self.sentence.is(at + len - 1, Trait::Envoy);
        Some((if office { self.department(at + len) } else { at + len }, Party::Pronoun(pronoun, None)))
    }

    /// "the Minister | of Justice and Security": where the name of a department ends.
    fn department(&self, at: usize) -> usize {
        let capital = |at: usize| self.sentence.tokens.get(at).is_some_and(|t| t.is_word() && t.capital);
        let mut end = at;
        if self.sentence.traits(at).any(&[Trait::Of, Trait::Preposition]) && capital(at + 1) {
            end = at + 2;
            while capital(end) || self.sentence.is(end, Trait::And) && capital(end + 1) {
                end += 1;
            }
        }
        end
    }

    /// A state, bloc or institution by name, with an article before it.
    fn named(&self, at: usize) -> Option<(usize, Party)> {
        let name = |at: usize| {
            self.sentence.longest(at, |tag| {
                matches!(tag, Tag::State(_) | Tag::Demonym(_) | Tag::Bloc(_) | Tag::Institution(_)).then_some(tag)
            })
        };
        let article = self.sentence.traits(at).any(&[Trait::Definite, Trait::Own]);
        // French puts the adjective behind: "le ministre français".
        let noun = at + usize::from(article);
        let behind = |tag: &'l Tag| if let Tag::Demonym(state) = tag { Some(state) } else { None };
        if self.sentence.is(noun, Trait::Envoy)
            && let Some((len, state)) = self.sentence.longest(noun + 1, behind)
        {
            return Some((noun + 1 + len, named_only(vec![state.clone()])));
        }
        let (start, (len, tag)) = match name(at) {
            Some(found) => (at, found),
            // "the other Visegrád states"
            None if article => {
                let noun = noun + usize::from(self.sentence.is(noun, Trait::Other));
                (noun, name(noun)?)
            }
            None => return None,
        };
        let end = start + len;
        match tag {
            Tag::State(state) if self.sentence.tokens[start..end].iter().any(|token| token.capital) => {
                Some((self.office(end).unwrap_or(end), named_only(vec![state.clone()])))
            }
            Tag::Bloc(states) => Some((end, named_only(states.clone()))),
            Tag::Institution(institution) => {
                let end = self.office(end).unwrap_or_else(|| self.personal_name(end));
                Some((end, Party::Institution(*institution)))
            }
            Tag::Demonym(state) => self.envoy(end, state).or_else(|| self.same_name(start)),
            _ => None,
        }
    }

    /// "Germany's minister", "the Parliament's health committee": where an envoy behind a possessive ends.
    fn office(&self, at: usize) -> Option<usize> {
        if !self.sentence.possessive(at) {
            return None;
        }
        let envoy = (at + 2..at + 5).find(|i| self.sentence.is(*i, Trait::Envoy))?;
        let plain = (at + 2..envoy).all(|i| self.sentence.plain_adjective(i));
        plain.then(|| self.personal_name(envoy + 1))
    }

    /// "the delegation of Poland", "the chair of the Parliament's health committee": who sends the envoy.
    fn sent(&self, at: usize) -> Option<(usize, Party)> {
        let noun = at + usize::from(self.sentence.is(at, Trait::Definite));
        let sends = |i: &usize| self.sentence.traits(*i).any(&[Trait::Of, Trait::Bearer]);
        let of = (noun + 1..noun + 3).find(sends)?;
        if !self.sentence.is(of - 1, Trait::Envoy) {
            return None;
        }
        // "the chair of the environment committee of the Parliament"
        let further = || (of + 2..of + 5).find(|i| self.sentence.is(*i, Trait::Of)).and_then(|of| self.named(of + 1));
        let (end, party) = self.named(of + 1).or_else(further)?;
        // "… of the Parliament's health committee said": the office ends at the verb.
        let verb = (end..end + 6).find(|i| self.sentence.is(*i, Trait::Verb) || self.sentence.mark(*i) == ',');
        let end = verb.filter(|_| self.sentence.possessive(end)).unwrap_or(end);
        (party != Party::Institution(Institution::Presidency)).then_some((end, party))
    }

    /// "Luxembourg" is a state as well where no envoy follows.
    fn same_name(&self, at: usize) -> Option<(usize, Party)> {
        let (len, state) = self.sentence.longest(at, |tag| match tag {
            Tag::State(state) => Some(state),
            _ => None,
        })?;
        self.sentence.tokens[at].capital.then(|| (at + len, named_only(vec![state.clone()])))
    }

    /// What a demonym stands before: an envoy, or the Presidency.
    fn envoy(&self, at: usize, state: &Actor) -> Option<(usize, Party)> {
        // "the Cypriot and the Maltese minister" share their noun.
        if self.sentence.is(at, Trait::And) || self.sentence.mark(at) == ',' {
            let next = at + 1 + usize::from(self.sentence.is(at + 1, Trait::Definite));
            let (len, other) = self.sentence.longest(next, |tag| match tag {
                Tag::Demonym(other) => Some(other),
                _ => None,
            })?;
            return self.envoy(next + len, other).map(|_| (at, named_only(vec![state.clone()])));
        }
        for end in at..at + 2 {
            if let Some((len, institution)) = self.sentence.longest(end, |tag| match tag {
                Tag::Institution(institution) => Some(*institution),
                _ => None,
            }) {
                return (institution == Institution::Presidency)
                    .then_some((end + len, Party::Institution(institution)));
            }
            if self.sentence.is(end, Trait::Envoy) {
                return Some((self.personal_name(end + 1), named_only(vec![state.clone()])));
            }
            if !self.sentence.plain_adjective(end) {
                return None;
            }
        }
        None
    }

    /// "Commissioner Breton": capitalised words after an office are part of the mention.
    fn personal_name(&self, mut at: usize) -> usize {
        while self.sentence.tokens.get(at).is_some_and(|t| t.is_word() && t.capital && t.word == 0) {
            at += 1;
        }
        at
    }

    /// "the member states", "member states", "landlocked member states".
    fn bare(&self, at: usize) -> Option<(usize, Party)> {
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
    fn described(&self, at: usize, end: usize) -> Option<usize> {
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

    /// The membership marker at `at`: one that stands before its names, or else behind them.
    pub fn membership(&self, at: usize) -> Option<(usize, Membership)> {
        let before = self.sentence.longest(at, |tag| match tag {
            Tag::Membership(Membership::IncludeAfter | Membership::ExcludeAfter) => None,
            Tag::Membership(kind) => Some(*kind),
            _ => None,
        });
        before.or_else(|| self.membership_after(at))
    }

    /// The membership marker at `at` that stands behind its names.
    pub fn membership_after(&self, at: usize) -> Option<(usize, Membership)> {
        self.sentence.longest(at, |tag| match tag {
            Tag::Membership(kind @ (Membership::IncludeAfter | Membership::ExcludeAfter)) => Some(*kind),
            _ => None,
        })
    }
}

struct Head {
    end: usize,
    other: bool,
}

fn named_only(mut named: Vec<Actor>) -> Party {
    named.sort();
    Party::Group(GroupMention { named, quantifier: Some(Quantifier::NamedOnly), ..GroupMention::default() })
}
