//! Clauses that say who belongs to a group, who is left out of it, and who goes with it or against it.

use crate::lexicon::{Membership, Trait};

use super::list::{Lists, order};
use super::mention::{Mention, Party};

impl Lists<'_, '_> {
    /// A membership clause at `at` that stands apart from its group.
    pub fn apart(&self, at: usize) -> Option<Mention> {
        let comma = self.sentence.mark(at) == ',';
        if !comma && (!self.sentence.begins_phrase(at) || self.parser.membership(at).is_none()) {
            return None;
        }
        // "pleads together with Y for X": such words are no object.
        // So are those of "has on behalf of Malta pleaded for X".
        let together =
            |(len, kind): (usize, Membership)| len > 1 && kind == Membership::Joint || kind == Membership::Behalf;
        let together = self.parser.membership(at).is_some_and(together);
        // "met with resistance from X": the verb has an object.
        if !comma && !together && at > 0 && self.verb_follows(at - 1) && !self.verb_follows(at) {
            return None;
        }
        // "the plan was supported by X" is a passive.
        // "…, a suggestion supported by X" is none.
        let apposed = at > 2 && self.sentence.is(at - 2, Trait::Indefinite) && self.sentence.mark(at - 3) == ',';
        let passive = !comma && !apposed && self.verb_follows(at) && at > 0 && self.sentence.mark(at - 1) == 'w';
        let joins = passive && self.joins(at);
        if passive && !joins && !self.sentence.traits(at - 1).any(&[Trait::And, Trait::But]) {
            return None;
        }
        // "Most wanted X, Italy and Greece included."
        let after = || self.clause_after(at).filter(|_| comma);
        let (from, kind, to, parties) = self.clause(at).or_else(after)?;
        if joins && !self.goes_on(to) {
            return None;
        }
        // "in reply to X": the preposition is the end of a phrase that says no membership.
        if self.sentence.is_within(from.saturating_sub(3), from, Trait::Light) {
            return None;
        }
        // "felt supported by X": the reflexive pronoun makes it the verb of the clause.
        if kind == Membership::Joined && !comma && !joins && at > 0 && self.sentence.is(at - 1, Trait::Light) {
            return None;
        }
        let opposed = if kind == Membership::Opposed { vec![(from, to, parties.clone())] } else { Vec::new() };
        let begins = if comma && to < self.sentence.tokens.len() { at } else { from };
        let last = |at: usize| !matches!(self.sentence.mark(at), 'w' | ',');
        (kind != Membership::Include || comma && last(to)).then_some(Mention {
            from: begins,
            to,
            order: order(&parties),
            parties,
            opposed,
            owner: false,
            apart: Some(kind),
        })
    }

    /// "Denmark was | supported by": somebody, and no thing, stands before the passive.
    fn joins(&self, at: usize) -> bool {
        let somebody = at > 1 && (self.sentence.is_capital(at - 2) || self.sentence.is(at - 2, Trait::Head));
        somebody && self.sentence.is_passive(at - 1) && !self.sentence.is(at - 2, Trait::Definite)
    }

    /// "(was supported by Sweden) | in calling for X", "in its call for X": what both hold follows.
    fn goes_on(&self, at: usize) -> bool {
        let act = self.sentence.is(at + 1, Trait::Nonfinite) || self.sentence.is(at + 1, Trait::Own);
        self.sentence.is(at, Trait::Preposition) && act
    }

    /// ", the UK included," or ", Hungary excepted,": a membership clause with its marker behind the names.
    pub(super) fn clause_after(&self, at: usize) -> Option<(usize, Membership, usize, Vec<Party>)> {
        if !matches!(self.sentence.mark(at), ',' | '(' | '–') {
            return None;
        }
        let with = usize::from(self.sentence.is(at + 1, Trait::Absolute));
        let (end, members) = self.parties(at + 1 + with)?;
        let kind = match self.parser.membership_after(end)? {
            (len, Membership::IncludeAfter) => (len, Membership::Include),
            (len, Membership::ExcludeAfter) => (len, Membership::Exclude),
            _ => return None,
        };
        let end = end + kind.0;
        let closes = usize::from(matches!(self.sentence.mark(end), ',' | ')' | '–'));
        Some((at + 1, kind.1, end + closes, members))
    }

    /// ", with Spain and Italy, opposed": names behind a bare preposition, between commas and before the verb.
    pub(super) fn accompanied(&self, at: usize) -> Option<(usize, Membership, usize, Vec<Party>)> {
        if self.sentence.mark(at) != ',' || !self.sentence.is(at + 1, Trait::Absolute) {
            return None;
        }
        let (end, members) = self.parties(at + 2)?;
        // "with six others" as well
        let told = |party: &Party| matches!(party, Party::Group(group) if !group.named.is_empty() || group.other);
        let between = self.sentence.mark(end) == ',' && self.verb_follows(end + 1);
        (between && members.iter().all(told)).then_some((at + 1, Membership::Joint, end + 1, members))
    }

    /// The membership clause at `at`: where its words begin, its kind, where it ends, who it names.
    pub(super) fn clause(&self, at: usize) -> Option<(usize, Membership, usize, Vec<Party>)> {
        let mut from = at;
        while matches!(self.sentence.mark(from), ',' | '–' | '—' | '-' | '(')
            || self.sentence.is(from, Trait::And) && from > at
        {
            from += 1;
        }
        from += usize::from(self.sentence.is(from, Trait::And) && self.parser.membership(from).is_none());
        let (len, kind) = self.parser.membership(from).or_else(|| {
            // "now joined by", "also supported by"; "was supported by" is a passive.
            let being = self.sentence.is_passive(from);
            let adverb = !being && !self.verb_follows(from);
            from += usize::from(adverb);
            self.parser.membership(from).filter(|(len, kind)| adverb && *len > 1 && *kind != Membership::Joint)
        })?;
        if matches!(kind, Membership::IncludeAfter | Membership::ExcludeAfter) {
            return None;
        }
        // "incl. X"
        let len = len + usize::from(self.sentence.mark(from + len) == '.');
        // "by X but not by Y"
        let by = usize::from(kind == Membership::Exclude && self.sentence.is(from + len, Trait::Agent));
        let (end, members) = self.parties(from + len + by)?;
        let named = |party: &Party| matches!(party, Party::Group(group) if !group.named.is_empty());
        if matches!(kind, Membership::Exclude) && !members.iter().any(named) {
            return None;
        }
        let closes =
            matches!(self.sentence.mark(end), ',' | '–' | '—' | ')') && self.sentence.mark(from.wrapping_sub(1)) != 'w';
        // A comma after the clause belongs to it, but not one that another clause begins with.
        let end = if closes && self.clause_begins(end).is_none() { end + 1 } else { end };
        Some((from, kind, end, members))
    }

    fn clause_begins(&self, at: usize) -> Option<Membership> {
        self.parser.membership(at + 1).or_else(|| self.parser.membership(at + 2)).map(|(_, kind)| kind)
    }
}
