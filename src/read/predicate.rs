//! The cue that reports a position in a clause, and where its object begins.

use std::cell::LazyCell;

use crate::lexicon::{Class, Cue, Language, Pronoun, Tag, Trait, WordId, WordSet};

use super::sentence::Sentence;
use super::stance::Run;

/// A cue found in a clause.
#[derive(Debug, Clone, Copy)]
pub struct Predicate<'l> {
    /// The cue.
    pub cue: &'l Cue,
    /// The token of its first word.
    pub at: usize,
    /// One past the last word of its form that stands together with it.
    pub end: usize,
    /// The token of a separated part ("riep … op"), if it has one.
    pub particle: Option<usize>,
    /// How many words had to fit.
    score: usize,
}

impl Predicate<'_> {
    /// True where the token is a word that the cue needs beside its first.
    pub fn is_with(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        at != self.at && self.cue.with.iter().any(|any| any.contains(&sentence.tokens[at].word))
    }

    /// True where a preposition stands that opens an object of the cue.
    pub fn opens(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        sentence.tokens.get(at).is_some_and(|token| self.cue.openers.contains(&token.word))
    }

    /// True where the token is such a word, or the particle of the verb.
    pub fn is_part(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        self.particle == Some(at) || self.is_with(sentence, at)
    }
}

/// Every cue of the clause, from left to right; of those that begin at one word the one with most
/// words that had to fit.
pub fn predicates<'l>(
    sentence: &Sentence<'_>,
    run: Run,
    covered: &dyn Fn(usize) -> bool,
    language: &'l Language,
) -> Vec<Predicate<'l>> {
    let tokens = sentence.tokens.get(run.from..run.to).unwrap_or_default();
    let words: WordSet = tokens.iter().map(|token| token.word).collect();
    let mut found = Vec::new();
    for at in run.from..run.to {
        let next = sentence.tokens.get(at + 1).map_or(0, |token| token.word);
        let forms = language.cues.standing(sentence.tokens[at].word, words, next);
        if forms.is_empty() || covered(at) {
            continue;
        }
        let nominal = LazyCell::new(|| nominal(sentence, run, at, covered, language.file.verb_final));
        // "asked that X be heard when …": what stands in the clause that was asked is no part of the cue.
        let points = |i: &usize| sentence.len_of(*i, Trait::Pointer) > Some(1);
        let that = || sentence.having(at + 1, run.to, &[Trait::That]).find(|i| !points(i));
        let that = if language.file.verb_final { None } else { that() };
        let fitting = forms.into_iter().filter_map(|form| {
            let particle = fits(sentence, run, at, &form.rest, form.gap)?;
            let cue = language.cues.cue(form.cue);
            // "the asking", "two questions": the word is a noun here.
            let of = language.file.verb_final
                && sentence.is(at + 1, Trait::Of)
                && form.rest.is_empty()
                && !cue.openers.contains(&sentence.tokens[at + 1].word);
            if !cue.noun && (*nominal || of) {
                return None;
            }
            let to = that.map_or(run.to, |that| (that + 2).min(run.to));
            let stands = |i: usize, any: &[WordId]| {
                // "said that it could agree to X": "agreed that" has its clause behind it.
                let ahead = || i < at && !language.file.verb_final && sentence.is(i, Trait::That);
                let closes = || that == Some(i) && sentence.closes(i);
                i != at && any.contains(&sentence.tokens[i].word) && !ahead() && !closes()
            };
            if !cue.with.iter().all(|any| (run.from..to).any(|i| stands(i, any))) {
                return None;
            }
            // "critical medicines": the word stands before the noun it describes.
            let describes = cue.noun && form.rest.is_empty() && !cue.openers.is_empty() && cue.with.is_empty();
            if describes && !language.file.verb_final && sentence.plain_adjective(at + 1) {
                return None;
            }
            let opened = cue.openers.is_empty() || opener(sentence, cue, at + 1, run.to).is_some();
            let fit = if cue.openers.is_empty() { 1 } else { 2 * usize::from(opened) };
            // "stelde … voor de triloog vast": before an article it is no part of the verb.
            let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
            let relative = |p: usize| language.file.verb_final && sentence.is(p, Trait::That);
            let apart =
                particle.is_some_and(|p| p > at + 1 && sentence.traits(p + 1).any(&article) && !relative(p + 1));
            let score = 4 * (1 + form.rest.len() + cue.with.len()) + fit - 3 * usize::from(apart);
            let end = if form.gap { at + 1 } else { at + 1 + form.rest.len() };
            Some(Predicate { cue, at, end, particle, score })
        });
        // Of "spoke out against X for Y" the preposition that comes first decides.
        let opens = |p: &Predicate<'_>, i: usize| p.is_with(sentence, i) && p.opens(sentence, i);
        let first = |p: &Predicate<'_>| (run.from..run.to).find(|i| opens(p, *i)).unwrap_or(run.to);
        let fitting: Vec<Predicate<'_>> = fitting.collect();
        let best = fitting.iter().max_by(|a, b| a.score.cmp(&b.score).then_with(|| first(b).cmp(&first(a))));
        found.extend(best.map(|best| nearer(sentence, run, best, &fitting)));
    }
    found
}

/// "pleaded for measures against X": of two sides the one whose preposition comes first.
fn nearer<'l>(sentence: &Sentence<'_>, run: Run, best: &Predicate<'l>, all: &[Predicate<'l>]) -> Predicate<'l> {
    let first = |p: &Predicate<'_>| (run.from..run.to).find(|i| p.opens(sentence, *i));
    let sides = |p: &&Predicate<'_>| p.cue.class.takes_side() && p.cue.class.denies() != best.cue.class.denies();
    let other = all.iter().filter(|_| best.cue.class.takes_side()).filter(sides);
    let before = |p: &&Predicate<'_>| first(p).zip(first(best)).is_some_and(|(one, other)| one < other);
    *other.max_by_key(|p| p.score).filter(before).unwrap_or(best)
}

/// True for a word that an article or a number makes a noun.
fn nominal(sentence: &Sentence<'_>, run: Run, at: usize, covered: &dyn Fn(usize) -> bool, verb_final: bool) -> bool {
    // "This went too far": a pronoun and no article.
    let pronoun = |at: usize| {
        verb_final && sentence.traits(at).any(&[Trait::Pointer, Trait::That]) && sentence.is(at + 1, Trait::Verb)
    };
    // "would it applaud if": so is the "it" behind an auxiliary.
    let it = verb_final
        && at > run.from + 1
        && sentence.is(at - 2, Trait::Possibility)
        && sentence.tokens[at].last == 'n'
        && !sentence.is(at + 1, Trait::Of);
    let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
    // "the Gibraltar question", "their central bank"
    let owned = |at: usize| sentence.traits(at).any(&article) || sentence.is(at, Trait::Own);
    let named = !verb_final
        && at > run.from + 1
        && sentence.is(at, Trait::Nonfinite)
        && (sentence.is_capital(at - 1) || sentence.plain_adjective(at - 1))
        && !covered(at - 1)
        && owned(at - 2);
    named
        || at > run.from && !pronoun(at - 1) && !it && sentence.traits(at - 1).any(&article)
        || at > 0
            && (sentence.counts(at - 1) && !covered(at - 1)
                || sentence.is(at - 1, Trait::Excess) && sentence.tokens[at].last != 'n')
}

/// Where the rest of a form stands: `Some(None)` right after the first word, `Some(Some(at))` apart from it.
fn fits(sentence: &Sentence<'_>, run: Run, at: usize, rest: &[u32], gap: bool) -> Option<Option<usize>> {
    let (first, last) = (rest.first(), rest.last());
    match (first, gap) {
        (None, _) => Some(None),
        (Some(_), false) => {
            let together = rest
                .iter()
                .enumerate()
                .all(|(i, word)| sentence.tokens.get(at + 1 + i).is_some_and(|t| t.word == *word));
            (together && at + rest.len() < run.to).then_some(None)
        }
        (Some(_), true) => {
            // What an article stands before is a noun: "the agreement" is no part of "agreed".
            let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
            // "remarked in reply to X": nor is a word of such a phrase.
            let free = |i: usize| {
                i == at + 1
                    || (sentence.traits(i).any(&[Trait::Preposition, Trait::Particle])
                        || !sentence.traits(i - 1).any(&article))
                        && !sentence.is_within(at + 1, i, Trait::Light)
            };
            // "stelde dat de plicht voor Spanje": the particle of a verb stands before the clause it governs.
            let governs = |i: &usize| sentence.traits(i + 1).any(&article) && !sentence.is(i + 1, Trait::That);
            let to = sentence.having(at + 1, run.to, &[Trait::That]).find(governs).unwrap_or(run.to);
            let particle = (at + 1..to).find(|i| Some(&sentence.tokens[*i].word) == last && free(*i))?;
            Some(Some(particle))
        }
    }
}

/// The first preposition that opens an object of the cue.
pub fn opener(sentence: &Sentence<'_>, cue: &Cue, from: usize, to: usize) -> Option<usize> {
    (from..to).find(|at| cue.openers.contains(&sentence.tokens[*at].word))
}

/// Without the nouns that only name a thing which a later cue takes a side on: "the call for X met with resistance".
pub fn things_apart<'l>(mut found: Vec<Predicate<'l>>, sentence: &Sentence<'_>, run: Run) -> Vec<Predicate<'l>> {
    let verb = sentence.first(run.from, run.to, &[Trait::Verb]);
    let decides = |p: &Predicate<'_>| verb.is_some_and(|verb| p.at >= verb) && p.cue.class.takes_side();
    if let Some(decides) = found.iter().find(|p| decides(p)).map(|p| p.at) {
        found.retain(|p| p.at >= decides || !p.cue.noun || p.cue.class != Class::Request);
    }
    let inside: Vec<usize> = found.iter().filter(|p| inside_thing(p, &found, sentence, run)).map(|p| p.at).collect();
    found.retain(|p| !inside.contains(&p.at));
    found
}

/// "was in favour of sanctions | against X", "was for measures | against X": the second is part of the thing.
fn inside_thing(cue: &Predicate<'_>, found: &[Predicate<'_>], sentence: &Sentence<'_>, run: Run) -> bool {
    let word = (cue.at..run.to).find(|at| cue.opens(sentence, *at) && sentence.is(*at, Trait::Against));
    let Some(word) = word.filter(|word| cue.at == *word || cue.is_with(sentence, *word)) else { return false };
    let side = |p: &Predicate<'_>| {
        p.cue.class == Class::Support
            && (word.saturating_sub(5)..word).contains(&p.at)
            && opener(sentence, p.cue, p.end, word).is_some()
    };
    let begins = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative, Trait::Verb];
    let near = word.saturating_sub(3).max(run.from + 1);
    let plain = |at: usize| at + 1 < word && !sentence.traits(at + 1).any(&begins);
    let plain = |at: usize| plain(at) && !sentence.any(at, word, Trait::And);
    found.iter().any(side) || sentence.having(near, word, &[Trait::For]).any(plain)
}

/// The cue that decides: the first one, unless it only says that another follows.
///
/// `again` tells the token at which the subject of a that-clause is the speaker again.
pub fn deciding<'p, 'l>(
    found: &'p [Predicate<'l>],
    sentence: &Sentence<'_>,
    again: &dyn Fn(usize) -> bool,
    verb_final: bool,
) -> Option<&'p Predicate<'l>> {
    let first =
        found.iter().find(|p| !matches!(p.cue.class, Class::Skip | Class::Present)).or_else(|| found.first())?;
    // "found support", "uttered fear": the noun decides, its verb only carries it.
    let carried = found.iter().find(|p| p.at != first.at && p.is_with(sentence, first.at));
    if let Some(noun) = carried {
        return Some(noun);
    }
    // "was not convinced of it either": the adverb joins nobody where another cue says to what.
    let adverb = first.cue.class == Class::Join && first.cue.with.is_empty() && first.cue.openers.is_empty();
    let side = |p: &&Predicate<'_>| p.cue.class.takes_side() && p.cue.class != Class::Join && opens_near(sentence, p);
    if let Some(side) = found.iter().filter(|p| p.at == first.end).find(side).filter(|_| adverb && verb_final) {
        return Some(side);
    }
    // "repeated its request", "restated their reservation": the noun says what was repeated.
    let named = found.iter().find(|p| {
        p.cue.noun
            && p.at > first.at
            && p.at <= first.end + 2
            && p.cue.class.takes_side()
            && p.cue.class != Class::Stress
    });
    let repeats = matches!(first.cue.class, Class::Stress | Class::Support) && !first.cue.noun;
    if let Some(noun) = named.filter(|noun| repeats && opens_near(sentence, noun)) {
        return Some(noun);
    }
    if first.cue.class == Class::Want {
        return found.iter().find(|p| wanted(sentence, first, p)).or(Some(first));
    }
    let stresses = matches!(first.cue.class, Class::Stress | Class::Concern);
    let reports =
        matches!(first.cue.class, Class::Say | Class::Conclude | Class::Neutral | Class::Skip | Class::Present)
            || stresses && (first.end..first.end + 3).any(|at| sentence.is(at, Trait::That) && again(at + 1));
    let opening = found.first().filter(|p| matches!(p.cue.class, Class::Skip | Class::Present)).map_or(first, |p| p);
    if !reports && !matches!(opening.cue.class, Class::Skip | Class::Present) {
        return Some(first);
    }
    // "thanked X for its support", "would publish a proposal": the noun is what is thanked for, or published.
    let skips = opening.cue.class == Class::Skip && first.at > opening.at;
    if skips && first.cue.noun && first.cue.class.takes_side() && first.cue.class != Class::Stress {
        return Some(opening);
    }
    let named = |p: &&Predicate<'_>| p.cue.noun && p.cue.class == Class::Request && p.at > first.end + 2;
    // "announced to vote against it", "promised to go on supporting X": the infinitive is the position.
    let infinitive = |p: &&Predicate<'_>| {
        let side = p.cue.class.takes_side() && !p.cue.noun && p.at > first.at;
        side && (first.end..p.at).any(|at| sentence.is(at, Trait::Infinitive) && at + 3 > p.at)
            && !sentence.any(first.end, p.at, Trait::That)
    };
    let near = |p: &Predicate<'_>| p.cue.with.is_empty() || p.is_with(sentence, p.end);
    let plain = |p: &Predicate<'_>| p.particle.is_none() && near(p) && sentence.is(first.end, Trait::Infinitive);
    let act = found.iter().find(infinitive).filter(|act| verb_final || plain(act));
    if let Some(act) = act.filter(|_| first.cue.class == Class::Neutral) {
        return Some(act);
    }
    // "said it would abstain": so is a vote that takes none.
    let decides = |p: &&Predicate<'_>| p.cue.class.takes_side() || sentence.is(p.at, Trait::Vote);
    let later = found.iter().filter(|p| p.at > first.at && !named(p)).find(decides);
    match later {
        // A that-clause has a subject of its own, unless that is the speaker again.
        Some(inner) if inner.cue.noun && inner.cue.class == Class::Stress && inner.at <= first.end + 2 => Some(inner),
        // "announced that they could now join": what they can do is their position.
        Some(inner)
            if !verb_final
                && !inner.cue.noun
                && first.cue.class == Class::Neutral
                && (first.end..inner.at).any(|at| sentence.is(at, Trait::That) && again(at + 1))
                && sentence.any(first.end, inner.at, Trait::Possibility) =>
        {
            Some(inner)
        }
        Some(inner)
            if first.cue.class != Class::Neutral
                && same_speaker(sentence, first.end, inner.at, again)
                && (verb_final
                    || inner.cue.noun && !predicated(sentence, inner)
                    || !thing_acts(sentence, first.end, inner.at)) =>
        {
            Some(inner)
        }
        _ => Some(first),
    }
}

/// "wanted to reject the proposal": the infinitive at the end of a clause, or before its own object, is what
/// was wanted.
fn wanted(sentence: &Sentence<'_>, want: &Predicate<'_>, act: &Predicate<'_>) -> bool {
    let last = act.particle.map_or(act.end, |at| at + 1).max(act.end);
    let ends = sentence.mark(last) != 'w' || sentence.is(last, Trait::That) || act.opens(sentence, last);
    // "wanted to thank X"; "wanted to sign it" is a side.
    let idiom = !act.cue.with.is_empty() || sentence.is(act.at, Trait::Courtesy);
    let reports = act.cue.class.takes_side() || act.cue.class == Class::Say || act.cue.class == Class::Skip && idiom;
    act.at > want.at && !act.cue.noun && reports && ends && !sentence.any(want.end, act.at, Trait::That)
}

/// "said | the levy would | deter investment": true where a thing, and nobody, is the subject of the second verb.
fn thing_acts(sentence: &Sentence<'_>, from: usize, to: usize) -> bool {
    let article = [Trait::Definite, Trait::Own, Trait::Demonstrative];
    let somebody = [Trait::Envoy, Trait::Head, Trait::Relative, Trait::Infinitive, Trait::And];
    let acts =
        |at: usize| sentence.mark(at) == 'w' && !sentence.traits(at).any(&somebody) && !sentence.tokens[at].capital;
    sentence.traits(from).any(&article) && to > from + 1 && (from..to).all(acts)
}

/// "the levy | was (clearly) unacceptable": a word that is said of a thing.
fn predicated(sentence: &Sentence<'_>, word: &Predicate<'_>) -> bool {
    let before = word.at - usize::from(sentence.is(word.at - 1, Trait::Indefinite));
    let copula = |at: usize| sentence.is_passive(at) || sentence.is(at, Trait::Light) && sentence.is(at, Trait::Verb);
    (1..3).any(|back| before >= back && copula(before - back))
}

/// True where no that-clause begins between the two, or one whose subject is the speaker again.
fn same_speaker(sentence: &Sentence<'_>, from: usize, to: usize, again: &dyn Fn(usize) -> bool) -> bool {
    sentence.first(from, to, &[Trait::That]).is_none_or(|that| again(that + 1))
}

/// "that it could", "that they would"; where verbs come last, "that it the levy supports".
pub fn pronoun(sentence: &Sentence<'_>, at: usize, verb_final: bool) -> bool {
    let pronoun = |tag: &Tag| {
        let last = matches!(tag, Tag::Pronoun(Pronoun::Either)) && verb_final;
        let any = matches!(tag, Tag::Pronoun(Pronoun::Singular | Pronoun::Plural | Pronoun::FirstPerson));
        (any || last).then_some(())
    };
    let verb = verb_final || sentence.traits(at + 1).any(&[Trait::Possibility, Trait::Verb]);
    // Dutch "het" is "the" and "it": no noun follows the pronoun.
    let others = [
        Trait::Definite,
        Trait::Indefinite,
        Trait::Demonstrative,
        Trait::Preposition,
        Trait::Negation,
        Trait::PointerWith,
        Trait::Pointer,
    ];
    let it = verb_final && sentence.is(at, Trait::Definite) && sentence.traits(at + 1).any(&others);
    verb && sentence.longest(at, pronoun).is_some() || it
}

/// True where the object of a noun begins right behind it: "its request to …".
fn opens_near(sentence: &Sentence<'_>, noun: &Predicate<'_>) -> bool {
    noun.opens(sentence, noun.end)
}
