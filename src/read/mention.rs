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

    /// True for "no member state", "not all member states".
    pub fn is_negated(&self) -> bool {
        matches!(self, Party::Group(group) if group.negated)
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

impl Mention {
    /// True where it names an exception: "all except Malta", ", with the exception of Malta,".
    pub fn excepts(&self) -> bool {
        let named = |party: &Party| matches!(party, Party::Group(group) if !group.excluded.is_empty());
        self.apart == Some(Membership::Exclude) || self.parties.iter().any(named)
    }
}

/// Reads one party that begins at a token.
pub struct Parser<'s, 'l> {
    pub(super) sentence: &'s Sentence<'l>,
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
    /// words, or is a noun with one word before it; an article may stand before each of these.
    pub fn may_begin(&self, at: usize) -> bool {
        const FIRST: Traits = Traits::of(&[Trait::Negation, Trait::Other, Trait::Head, Trait::Bare, Trait::Envoy]);
        const SECOND: Traits = Traits::of(&[Trait::Bare, Trait::Envoy]);
        const ARTICLE: Traits = Traits::of(&[Trait::Definite, Trait::Demonstrative, Trait::Own]);
        let traits = |at: usize| self.sentence.traits(at);
        let opens = |at: usize| self.sentence.begins_phrase(at) || self.sentence.number(at).is_some();
        opens(at)
            || traits(at).meets(FIRST)
            || traits(at + 1).meets(SECOND)
            || traits(at).meets(ARTICLE)
                && (opens(at + 1) || traits(at + 1).has(Trait::Other) || traits(at + 2).meets(SECOND))
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
        let group = GroupMention {
            quantifier: Some(Quantifier::All),
            negated: true,
            other: head.other,
            ..GroupMention::default()
        };
        Some((head.end, Party::Group(group)))
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
