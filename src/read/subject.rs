//! Who holds the position of a clause.

use crate::lexicon::{Membership, Pronoun, Tag, Trait};
use crate::model::Quantifier;

use super::clause::Clause;
use super::mention::{Mention, Party};
use super::predicate::Predicate;
use super::sentence::Sentence;

/// How a clause names its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The subject of its verb.
    Subject,
    /// The agent of a passive: "by X".
    Agent,
    /// "according to X".
    Source,
    /// The owner of a noun: "criticism from X".
    Owner,
}

/// The mention that holds the position of a clause, and how it is named there.
pub fn subject(
    sentence: &Sentence<'_>,
    clause: Clause,
    mentions: &[Mention],
    cue: Option<&Predicate<'_>>,
    verb_final: bool,
) -> Option<(usize, Role)> {
    let inside: Vec<usize> = (0..mentions.len())
        .filter(|i| (clause.from..clause.to).contains(&mentions[*i].from) && mentions[*i].apart.is_none())
        .collect();
    // Without verb-second order only "as did X" and "did not convince X" have their holder behind the verb.
    let follows = |mention: &Mention| cue.is_some_and(|cue| cue.cue.noun && cue.end == mention.from);
    let order = if verb_final { Order::VerbSecond } else { Order::SubjectFirst(&follows) };
    let role = |i: &usize| role(sentence, clause, &mentions[*i], cue, verb_final);
    let pick = |wanted: Role| inside.iter().find(|i| role(i) == Some(wanted)).map(|i| (*i, wanted));
    // "rejected the figures put forward by X": whose the thing is, where somebody else acts.
    let acts = |at: usize| {
        let being = |at: usize| sentence.is_passive(at);
        // "expressed concern about duties introduced by X"
        let passive = |cue: &Predicate<'_>| {
            let run = if cue.cue.noun { clause.from..at } else { cue.at.saturating_sub(3)..cue.at };
            run.into_iter().any(being)
        };
        let active = !verb_final && cue.is_some_and(|cue| cue.end < at && !passive(cue));
        active
            && direct(sentence, clause, mentions, &inside, &order)
                .is_some_and(|i| cue.is_some_and(|cue| mentions[i].to <= cue.at))
    };
    // "It drew support from X": it is the thing, and X who backs it.
    let it = |party: &Party| matches!(party, Party::Pronoun(Pronoun::Singular, None));
    let from = |i: &usize| sentence.is(mentions[*i].from - 1, Trait::Bearer) && role(i) == Some(Role::Owner);
    let backed = |i: usize| {
        let noun = cue.is_some_and(|cue| cue.cue.noun && cue.at > mentions[i].to);
        !verb_final
            && noun
            && mentions[i].parties.iter().all(it)
            && inside.iter().any(|i| mentions[*i].from > 0 && from(i))
    };
    pick(Role::Source)
        .or_else(|| pick(Role::Agent).filter(|(i, _)| !acts(mentions[*i].from)))
        .or_else(|| {
            direct(sentence, clause, mentions, &inside, &order).filter(|i| !backed(*i)).map(|i| (i, Role::Subject))
        })
        .or_else(|| pick(Role::Owner))
        .or_else(|| {
            let views = |i: &&usize| viewpoint(sentence, clause, &mentions[**i], cue);
            inside.iter().find(views).map(|i| (*i, Role::Source))
        })
}

/// A role that a preposition gives.
fn role(
    sentence: &Sentence<'_>,
    clause: Clause,
    mention: &Mention,
    cue: Option<&Predicate<'_>>,
    verb_final: bool,
) -> Option<Role> {
    if sentence.is(mention.from, Trait::Source) || sentence.is(mention.to - 1, Trait::SourceAfter) {
        return Some(Role::Source);
    }
    let before = mention.from.checked_sub(1)?;
    let excepted = (before.saturating_sub(4)..=before).any(|at| {
        let phrase = sentence.longest(at, |tag| (*tag == Tag::Membership(Membership::Exclude)).then_some(()));
        phrase.is_some_and(|(len, ())| at + len == mention.from)
    });
    if excepted {
        return None;
    }
    // "in France's view, …"
    let view = sentence.is(before, Trait::Preposition) && sentence.is(mention.to - 1, Trait::Idle);
    if view && mention.to > 3 && sentence.possessive(mention.to - 3) {
        return Some(Role::Source);
    }
    if mention.from == clause.from && clause.from != 0 || mention.owner {
        return None;
    }
    let traits = sentence.traits(before);
    let source = (before.saturating_sub(3)..=before).any(|at| {
        sentence
            .longest(at, |tag| (*tag == Tag::Trait(Trait::Source)).then_some(()))
            .is_some_and(|(len, ())| at + len == before + 1)
    });
    let bearer =
        traits.has(Trait::Bearer) && cue.is_some_and(|cue| cue.cue.noun && bears(sentence, clause, before, cue));
    // "Also for X was the text acceptable"
    let opens = before == 0 || before == 1 && sentence.is(0, Trait::Light) && verb_final;
    let view = opens && traits.has(Trait::Viewpoint);
    if traits.has(Trait::Source) || source || view {
        return Some(Role::Source);
    }
    // "the duty proposed by X" in Dutch order: whose thing it is, not whose verb.
    let article = |at: usize| sentence.traits(at).any(&[Trait::Definite, Trait::Indefinite]);
    let attribute = before > clause.from && article(before - 1) && !sentence.is(before - 1, Trait::Relative);
    if traits.has(Trait::Agent) {
        return (!attribute).then_some(Role::Agent);
    }
    let near = |cue: &&Predicate<'_>| before <= cue.at + 6 || sentence.is(before - 1, Trait::Verb);
    let noun = cue.filter(|cue| cue.cue.noun && cue.at < before).filter(near);
    let noun = noun.filter(|cue| !traits.has(Trait::Bearer) || bears(sentence, clause, before, cue));
    // "the call was addressed to all": who is addressed does not hold it.
    let noun = noun.filter(|_| !traits.has(Trait::Addressee));
    // "voted in favour of it": a pronoun behind the word that opens the object is the thing.
    let thing = mention.parties.iter().all(|party| matches!(party, Party::Pronoun(..)));
    let noun = noun.filter(|cue| !(thing && cue.opens(sentence, before)));
    // "the agreement with X" in Dutch is not of X.
    let governs = traits.any(&[Trait::Of, Trait::Preposition]) && !(verb_final && traits.has(Trait::Absolute));
    (governs && noun.is_some() || bearer).then_some(Role::Owner)
}

/// Where a subject may stand behind its verb.
enum Order<'f> {
    /// Wherever nothing stands before the verb.
    VerbSecond,
    /// Only where the cue says so of a mention.
    SubjectFirst(&'f dyn Fn(&Mention) -> bool),
}

/// "criticism from X", "at X the plan met with resistance": whose noun it is. "The plan of X met with
/// resistance" and "support for the plan of X" do not say.
fn bears(sentence: &Sentence<'_>, clause: Clause, before: usize, cue: &Predicate<'_>) -> bool {
    let opens = |at: usize| cue.opens(sentence, at);
    if before > cue.at {
        // "Support for the tax was there of Spain": behind the verb it is no part of the thing.
        let apart = sentence.traits(before - 1).any(&[Trait::Verb, Trait::Light]);
        return !sentence.is(before, Trait::Of) || apart || !(cue.end..before).any(opens);
    }
    before == clause.from
        || !sentence.is(before, Trait::Of)
            && (sentence.mark(before - 1) != 'w'
                || sentence.traits(before - 1).any(&[Trait::Verb, Trait::Relative, Trait::Light]))
}

/// "is for X unacceptable": whose view it is, where nobody else acts.
fn viewpoint(sentence: &Sentence<'_>, clause: Clause, mention: &Mention, cue: Option<&Predicate<'_>>) -> bool {
    let opens = |at: usize| cue.is_some_and(|cue| cue.opens(sentence, at));
    mention.from >= clause.from + 2
        && sentence.is(mention.from - 1, Trait::Viewpoint)
        && sentence.is(mention.from - 2, Trait::Verb)
        && !opens(mention.from - 1)
}

/// The subject of the first verb: before it, or right after it where nothing stands before.
fn direct(
    sentence: &Sentence<'_>,
    clause: Clause,
    mentions: &[Mention],
    inside: &[usize],
    order: &Order<'_>,
) -> Option<usize> {
    let free = |i: &&usize| {
        let mention = &mentions[**i];
        // "from the Danish side" is a subject in spite of its preposition.
        if sentence.is(mention.to - 1, Trait::Side) {
            return true;
        }
        let governed = mention.from > clause.from
            && sentence.traits(mention.from - 1).any(&[Trait::Preposition, Trait::Of, Trait::Agent]);
        !governed && !mention.owner
    };
    let covered = |at: usize| mentions.iter().any(|m| (m.from..m.to).contains(&at));
    let mut verbs = sentence.having(clause.from, clause.to, &[Trait::Verb]);
    let verb = verbs.find(|at| sentence.is_finite(*at) && !covered(*at));
    let Some(verb) = verb else { return inside.iter().find(free).copied() };
    let before = inside.iter().filter(free).find(|i| mentions[**i].from < verb);
    if before.is_some() {
        return before.copied();
    }
    if let Order::SubjectFirst(follows) = order
        && let Some(behind) = inside.iter().filter(free).find(|i| follows(&mentions[**i]))
    {
        return Some(*behind);
    }
    // A clause that opens with its verb shares the subject of the clause before.
    // "If costs fall, can Spain agree": after a clause in front the subject stands behind its verb.
    let opening = [Trait::If, Trait::Condition, Trait::Contrast, Trait::Reason, Trait::Purpose, Trait::Preposition];
    // "What the levy concerns, asked several for X"
    let concerns = verb > 1 && sentence.is(verb - 2, Trait::SourceAfter);
    let opens = sentence.traits(0).any(&opening) || concerns;
    let inverts = matches!(order, Order::VerbSecond) && clause.from > 0 && opens;
    let next = inside.iter().filter(free).find(|i| mentions[**i].from == verb + 1);
    if inverts && verb == clause.from && sentence.mark(verb - 1) == ',' && next.is_some() {
        return next.copied();
    }
    // "So X called the goals naive and deemed Y the zones unworkable": the second clause is turned as the first.
    let turned = mentions.first().is_some_and(|m| m.from > 0 && sentence.is(m.from - 1, Trait::Verb));
    let named = |i: &&usize| {
        let mention = &mentions[**i];
        let state = |party: &Party| matches!(party, Party::Group(g) if g.quantifier == Some(Quantifier::NamedOnly));
        let next = sentence.traits(mention.to);
        let asked = next.any(&[Trait::Preposition, Trait::Infinitive, Trait::That]);
        mention.from == verb + 1 && mention.parties.iter().all(state) && sentence.mark(mention.to) == 'w' && !asked
    };
    let opens = sentence.is(clause.from, Trait::And) || clause.from > 0 && sentence.mark(clause.from - 1) == ',';
    if matches!(order, Order::VerbSecond) && turned && clause.from > 0 && opens {
        let next = inside.iter().filter(free).find(named);
        if next.is_some() {
            return next.copied();
        }
    }
    let shares = verb == clause.from && clause.from > 0
        || verb == clause.from + 1 && sentence.traits(clause.from).any(&[Trait::And, Trait::But]);
    if shares && !sentence.traits(clause.from).any(&[Trait::Contrast]) {
        return None;
    }
    let near = |i: &&usize| mentions[**i].from <= verb + 5 && !sentence.any(verb, mentions[**i].from, Trait::That);
    inside.iter().filter(free).filter(|_| matches!(order, Order::VerbSecond)).find(near).copied()
}
