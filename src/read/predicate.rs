//! The cue that reports a position in a clause, and where its object begins.

use std::cell::LazyCell;

use crate::lexicon::{Cue, Language, Tag, Trait, WordId, WordSet};

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
                && !participle(sentence, run, at)
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
                // "Sweden among them, agreed": a word of somebody before the verb.
                // So is "with" of "with the exception of".
                let member = || {
                    let phrase = |tag: &Tag| matches!(tag, Tag::Membership(_)).then_some(());
                    sentence.longest(i, phrase).is_some_and(|(len, ())| len > 1)
                };
                let named = || i > 0 && covered(i) && covered(i - 1) || member();
                let somebody = || i < at && !language.file.verb_final && named();
                i != at && any.contains(&sentence.tokens[i].word) && !ahead() && !closes() && !somebody()
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

/// "have the need | stressed | of X": the word goes with an auxiliary before it.
fn participle(sentence: &Sentence<'_>, run: Run, at: usize) -> bool {
    let auxiliary = |at: usize| sentence.is(at, Trait::Verb) && sentence.is(at, Trait::Light);
    matches!(sentence.tokens[at].last, 'd' | 't') && (run.from..at).any(auxiliary)
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
