//! Lists of parties and membership clauses: "A, B and several others, supported by C but not D".

use crate::lexicon::{Membership, Pronoun, Tag, Trait};
use crate::model::{Actor, Institution, Quantifier};

use super::mention::{GroupMention, Mention, Parser, Party};
use super::sentence::Sentence;

/// Every mention of a sentence, from left to right, none inside another.
pub fn mentions(sentence: &Sentence<'_>) -> Vec<Mention> {
    let lists = Lists::new(sentence);
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        if !lists.may_begin(at) {
            at += 1;
            continue;
        }
        let other = |tag: &Tag| (*tag == Tag::NotActor).then_some(());
        if let Some((len, ())) = sentence.longest(at, other) {
            at += len;
        } else if let Some(mention) = lists.mention(at).or_else(|| lists.apart(at)).or_else(|| {
            let unnamed = found.iter().any(|mention: &Mention| mention.parties.iter().any(Party::is_unnamed));
            lists.behind_colon(at).filter(|_| unnamed)
        }) {
            // "wat X betreft" is a mention up to its end.
            let around = mention.from > 0 && sentence.is(mention.from - 1, Trait::Relative);
            let to = mention.to + usize::from(around && sentence.is(mention.to, Trait::SourceAfter));
            at = to.max(at + 1);
            found.push(Mention { to, ..mention });
        } else {
            at += 1;
        }
    }
    found
}

/// Reads a mention with everybody that belongs to it.
pub struct Lists<'s, 'l> {
    pub(super) sentence: &'s Sentence<'l>,
    pub(super) parser: Parser<'s, 'l>,
}

/// The most tokens of a parenthesis that may follow a name.
const ASIDE: usize = 12;

impl<'s, 'l> Lists<'s, 'l> {
    /// A reader of that sentence.
    pub fn new(sentence: &'s Sentence<'l>) -> Lists<'s, 'l> {
        Lists { sentence, parser: Parser::new(sentence) }
    }

    /// False for most words, at which nothing begins that names somebody or is taken for somebody.
    fn may_begin(&self, at: usize) -> bool {
        self.parser.may_begin(at) || matches!(self.sentence.mark(at), ',' | ':')
    }

    /// The mention that begins at `at`.
    pub fn mention(&self, at: usize) -> Option<Mention> {
        if self.parser.may_begin(at) { self.whole(at) } else { None }
    }

    fn whole(&self, at: usize) -> Option<Mention> {
        let (mut end, mut parties) = self.parties(at)?;
        if let Some((next, name)) = self.apposition(end, &parties) {
            (end, parties) = (next, vec![name]);
        }
        if let Some((next, names)) = self.spelled_out(end, &parties) {
            end = next;
            parties.extend(names);
        }
        // "the Mediterranean states | Greece, Spain and Malta": the names say who they all are.
        let described = matches!(&parties[..], [party] if party.is_unnamed());
        if let Some((next, names)) = self.names(end).filter(|(_, names)| described && names.len() > 1) {
            (end, parties) = (next, names);
        }
        let order = order(&parties);
        let mut opposed = Vec::new();
        let mut owner = self.sentence.possessive(end);
        // "in France's view, …"
        let view = owner && self.sentence.is(end + 2, Trait::Idle) && self.sentence.mark(end + 3) == ',';
        if view && at > 0 && self.sentence.is(at - 1, Trait::Preposition) {
            (owner, end) = (false, end + 3);
        }
        if let Some(after) = self.presiding(end) {
            (end, parties) = (after, vec![Party::Institution(Institution::Presidency)]);
        }
        if let Some(after) = self.among_others(end) {
            let others = GroupMention { quantifier: Some(Quantifier::Some), ..GroupMention::default() };
            gather(&mut parties, Membership::Include, vec![Party::Group(others)]);
            end = after;
        }
        while let Some((from, kind, next, members)) =
            self.clause_after(end).or_else(|| self.clause(end)).or_else(|| self.accompanied(end))
        {
            match kind {
                Membership::Opposed => opposed.push((from, next, members)),
                _ => gather(&mut parties, kind, members),
            }
            end = next;
        }
        Some(Mention { from: at, to: end, parties: merge(parties), order, opposed, owner, apart: None })
    }

    /// ", in its role of Presidency,": where it ends.
    fn presiding(&self, at: usize) -> Option<usize> {
        let start = at + usize::from(self.sentence.mark(at) == ',');
        let (len, ()) = self.sentence.longest(start, |tag| (*tag == Tag::Capacity).then_some(()))?;
        let (end, party) = self.parser.party(start + len)?;
        let closes = usize::from(start > at && self.sentence.mark(end) == ',');
        (party == Party::Institution(Institution::Presidency)).then_some(end + closes)
    }

    /// ", among others,": where it ends.
    fn among_others(&self, at: usize) -> Option<usize> {
        let start = at + usize::from(self.sentence.mark(at) == ',');
        let (len, kind) = self.parser.membership_after(start)?;
        let end = start + len;
        let others = kind == Membership::IncludeAfter && self.sentence.any(start, end, Trait::Other);
        others.then_some(end + usize::from(start > at && self.sentence.mark(end) == ','))
    }

    /// "one of them, Slovakia,": the name says who that is.
    fn apposition(&self, at: usize, parties: &[Party]) -> Option<(usize, Party)> {
        let one = |party: &Party| match party {
            Party::Group(group) => group.quantifier == Some(Quantifier::Single) && !group.negated,
            Party::Pronoun(_, part) => *part == Some(Quantifier::Single),
            Party::Institution(_) => false,
        };
        if self.sentence.mark(at) != ',' || !matches!(parties, [party] if one(party)) {
            return None;
        }
        let (end, party) = self.parser.party(at + 1)?;
        let named = matches!(&party, Party::Group(group) if group.named.len() == 1);
        (named && self.sentence.mark(end) == ',').then_some((end + 1, party))
    }

    /// "a coalition of states, A, B and C, deems": the names between commas before the verb say who that is.
    fn spelled_out(&self, at: usize, parties: &[Party]) -> Option<(usize, Vec<Party>)> {
        let anonymous = |party: &Party| matches!(party, Party::Group(group) if group.named.is_empty());
        if self.sentence.mark(at) != ',' || !matches!(parties, [party] if anonymous(party)) {
            return None;
        }
        let named = |party: &Party| matches!(party, Party::Group(g) if g.quantifier == Some(Quantifier::NamedOnly));
        let (end, names) = self.parties(at + 1)?;
        let closes = self.sentence.mark(end) == ',' && self.verb_follows(end + 1);
        (names.len() > 1 && closes && names.iter().all(named)).then_some((end + 1, names))
    }

    /// One party, or several in a list.
    pub(super) fn parties(&self, at: usize) -> Option<(usize, Vec<Party>)> {
        let (end, first) = self.parser.party(at)?;
        let mut parties = vec![first];
        let mut end = self.aside(end, &mut parties);
        while let Some((next, mut party)) = self.next_in_list(at, end, &parties) {
            // "neither A nor B": the conjunction denies what both are said to do.
            let denied = |at: usize| self.sentence.is(at, Trait::Negation);
            // Dutch "noch A noch B" denies before the list as well.
            let before = at > 0 && denied(at - 1) && self.sentence.is(at - 1, Trait::And);
            if let Party::Group(group) = &mut party {
                group.negated |= denied(end) && !before;
            }
            parties.push(party);
            end = self.aside(next, &mut parties);
        }
        Some((end, parties))
    }

    /// The party after a comma or "and" at `at`.
    fn next_in_list(&self, start: usize, at: usize, before: &[Party]) -> Option<(usize, Party)> {
        let comma = matches!(self.sentence.mark(at), ',' | '/');
        let mut next = at + usize::from(comma);
        let both = start > 0 && self.sentence.is(start - 1, Trait::Both) && self.sentence.is(next, Trait::BothAnd);
        let and = both || self.sentence.is(next, Trait::And);
        next += usize::from(and);
        if next == at {
            return None;
        }
        // "and, this time, X": a short insert between commas.
        if and
            && self.sentence.mark(next) == ','
            && let Some(skip) = (next + 2..next + 6).find(|&i| self.sentence.mark(i) == ',')
        {
            next = skip + 1;
        }
        // "by X and by Y"
        let agents = and && start > 0 && self.sentence.is(start - 1, Trait::Agent);
        next += usize::from(agents && self.sentence.is(next, Trait::Agent));
        // "A and again five others": an adverb before a number.
        let further = (next..next + 2).take_while(|i| and && self.sentence.is(*i, Trait::Light)).count();
        let sized = |at: usize| {
            let some = |tag: &Tag| matches!(tag, Tag::Quantifier(_)).then_some(());
            self.sentence.counts(at) || self.sentence.longest(at, some).is_some()
        };
        let further = if sized(next + further) { further } else { 0 };
        let (end, mut party) = self.parser.party(next + further)?;
        if let (true, Party::Group(group)) = (further > 0, &mut party) {
            group.other = true;
        }
        let names = |party: &Party| match party {
            Party::Group(group) => group.quantifier == Some(Quantifier::NamedOnly),
            Party::Institution(_) => true,
            Party::Pronoun(..) => false,
        };
        // "on behalf of Malta, the Commission to act": who is addressed ends no list.
        let addressed = matches!(party, Party::Institution(_)) && self.sentence.mark(end) == 'w';
        let closes = || self.list_closes(end) && (!addressed || self.sentence.is(end, Trait::And));
        let listed = names(&party) && before.iter().all(names) && (and || closes());
        let pronoun = matches!(party, Party::Pronoun(one, _) if one != Pronoun::FirstPerson);
        // "opposed it and the other five abstained"
        let it = |party: &Party| matches!(party, Party::Pronoun(Pronoun::Singular, _));
        if and && before.iter().all(it) && self.verb_follows(end) {
            return None;
        }
        // "against them, and Spain doubted it"
        if comma && before.iter().all(|party| matches!(party, Party::Pronoun(..))) {
            return None;
        }
        // "…, says the Commission and the Council asks": after a verb, "and" with a verb behind it begins a clause.
        let clause = and && !listed && self.verb_follows(end) && self.sentence.mark(end + 1) == 'w';
        let clause = clause && self.verb_before(start);
        let joined = and && !pronoun && !clause && (listed || !comma || !self.verb_follows(end));
        (joined || comma && !and && listed).then_some((end, party))
    }

    /// True where names joined by commas come to an "and", or a mark that ends a list.
    fn list_closes(&self, mut at: usize) -> bool {
        loop {
            if self.sentence.is(at, Trait::And) {
                return true;
            }
            if !matches!(self.sentence.mark(at), ',' | '/') {
                return !self.verb_follows(at);
            }
            if self.sentence.is(at + 1, Trait::And) {
                return true;
            }
            match self.parser.party(at + 1) {
                Some((end, Party::Group(group))) if group.quantifier == Some(Quantifier::NamedOnly) => at = end,
                _ => return true,
            }
        }
    }

    fn verb_before(&self, at: usize) -> bool {
        (0..at).rev().take_while(|i| self.sentence.mark(*i) == 'w').any(|i| self.verb_follows(i))
    }

    pub(super) fn verb_follows(&self, at: usize) -> bool {
        self.sentence.is(at, Trait::Verb)
    }

    /// A parenthesis after a name: names in it are members, anything else is passed over. So are those behind a
    /// colon: "two member states: Malta and Cyprus".
    fn aside(&self, at: usize, parties: &mut Vec<Party>) -> usize {
        if self.sentence.mark(at) == ':' && parties.last().is_some_and(Party::is_unnamed) {
            let Some((end, members)) = self.names(at + 1) else { return at };
            parties.extend(members);
            return end + usize::from(self.sentence.mark(end) == ',');
        }
        if self.sentence.mark(at) != '(' {
            return at;
        }
        // "(including X)" is a clause of its own.
        if self.clause(at).is_some() {
            return at;
        }
        let Some(close) = (at..at + ASIDE).find(|&i| self.sentence.mark(i) == ')') else { return at };
        parties.extend(self.names(at + 1).map(|(_, members)| members).unwrap_or_default());
        close + 1
    }

    /// A list of names only.
    fn names(&self, at: usize) -> Option<(usize, Vec<Party>)> {
        let named = |party: &Party| matches!(party, Party::Group(group) if !group.named.is_empty());
        self.parties(at).filter(|(_, members)| members.iter().all(named))
    }

    /// Names behind a colon at the end of the sentence, which say who a group before it is: "two member states opposed
    /// it: Malta and Cyprus".
    pub fn behind_colon(&self, at: usize) -> Option<Mention> {
        if self.sentence.mark(at) != ':' {
            return None;
        }
        let (to, parties) = self.names(at + 1)?;
        let ends = (to..self.sentence.tokens.len()).all(|at| matches!(self.sentence.mark(at), '.' | '!' | ')' | '”'));
        let (order, opposed, apart) = (order(&parties), Vec::new(), Some(Membership::Include));
        ends.then_some(Mention { from: at, to, parties, order, opposed, owner: false, apart })
    }
}

/// The states that the parties name, in the order of the text.
pub(super) fn order(parties: &[Party]) -> Vec<Actor> {
    let named = |party: &Party| match party {
        Party::Group(group) => group.named.clone(),
        _ => Vec::new(),
    };
    parties.iter().flat_map(named).collect()
}

/// Adds the members of a membership clause to the parties it belongs to.
pub fn gather(parties: &mut Vec<Party>, kind: Membership, members: Vec<Party>) {
    match kind {
        Membership::Opposed => {}
        Membership::Exclude => exclude(parties, &members),
        _ => parties.extend(members),
    }
    *parties = merge(std::mem::take(parties));
}

fn exclude(parties: &mut [Party], out: &[Party]) {
    let names = out.iter().flat_map(|party| match party {
        Party::Group(group) => group.named.clone(),
        _ => Vec::new(),
    });
    let names: Vec<Actor> = names.collect();
    for party in parties {
        if let Party::Group(group) = party {
            // "the Baltic states, save Lithuania" names two; "all, including Malta, save Malta" contradicts itself, as
            // does "Malta, unlike Malta".
            let left = group.named.iter().any(|name| !names.contains(name));
            let by_names = match group.quantifier {
                None | Some(Quantifier::NamedOnly) => left,
                quantifier => matches!(quantifier, Some(Quantifier::Count(_))),
            };
            group.named.retain(|name| !by_names || !names.contains(name));
            group.excluded.extend(names.iter().cloned());
            group.excluded.sort();
            group.excluded.dedup();
        }
    }
}

/// Joins all states and groups to one group; institutions and pronouns stay apart.
fn merge(parties: Vec<Party>) -> Vec<Party> {
    let mut merged: Vec<Party> = Vec::new();
    for party in parties {
        let at = merged.iter().position(|other| matches!(other, Party::Group(_)));
        match (at.and_then(|at| merged.get_mut(at)), party) {
            (Some(Party::Group(group)), Party::Group(more)) => join(group, more),
            (_, party) => merged.push(party),
        }
    }
    merged.dedup();
    merged
}

fn join(group: &mut GroupMention, more: GroupMention) {
    let word = |q: Option<Quantifier>| q.filter(|q| *q != Quantifier::NamedOnly);
    let alone = group.named.len();
    group.quantifier = match (word(group.quantifier), word(more.quantifier)) {
        // "the Netherlands, with eleven others" are twelve.
        (None, Some(Quantifier::Count(count))) if more.other || more.named.is_empty() => {
            Some(Quantifier::Count(count + alone as u16))
        }
        (Some(own), _) => Some(own),
        (None, Some(size)) => Some(size),
        (None, None) => Some(Quantifier::NamedOnly),
    };
    group.negated |= more.negated;
    group.named.extend(more.named);
    group.excluded.extend(more.excluded);
    for names in [&mut group.named, &mut group.excluded] {
        names.sort();
        names.dedup();
    }
}
