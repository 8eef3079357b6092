//! The direction of a statement: cue × negations × what its object takes away or keeps.

use crate::lexicon::{Tag, Trait};
use crate::model::{Intensity, Stance};

use super::sentence::Sentence;

/// A run of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
}

impl Run {
    /// The tokens from `from` up to `to`.
    pub fn new(from: usize, to: usize) -> Run {
        Run { from, to: to.max(from) }
    }

    /// True where it holds no token.
    pub fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// −1 for every negation of the run, multiplied; `covered` tokens are passed over.
pub fn negation(sentence: &Sentence<'_>, run: Run, covered: &dyn Fn(usize) -> bool) -> i8 {
    let Some(last) = sentence.having(run.from, run.to, &[Trait::Negation]).last() else { return 1 };
    let mut sign = 1;
    let mut embedded = false;
    for at in run.from..=last {
        embedded = sentence.mark(at) == 'w' && (embedded || at > run.from + 2 && restricts(sentence, at, covered));
        if !sentence.is(at, Trait::Negation) {
            continue;
        }
        // "too little concrete" judges by its "too".
        let degree = at > run.from && sentence.is(at - 1, Trait::Excess);
        // "not to be justified", "no alternative" are verdicts as a whole.
        let verdict = |tag: &Tag| matches!(tag, Tag::Trait(Trait::Negative | Trait::Positive)).then_some(());
        let whole = (at.saturating_sub(2)..=at)
            .any(|from| sentence.longest(from, verdict).is_some_and(|(len, ())| len > 1 && from + len > at));
        let denies = !sentence.is(at, Trait::FalseNegation) && !degree && !whole && !lacks(sentence, run, at);
        if denies && !embedded && !covered(at) {
            sign = -sign;
        }
    }
    sign
}

/// "an agreement without exceptions": a preposition tells what the thing is to lack, and denies nothing alone.
fn lacks(sentence: &Sentence<'_>, run: Run, at: usize) -> bool {
    let alone = sentence.having(run.from, run.to, &[Trait::Negation]).all(|other| other == at);
    let thing = |at: usize| sentence.mark(at) == 'w' && !sentence.is(at, Trait::Verb);
    sentence.is(at, Trait::Preposition) && at > run.from + 2 && alone && thing(at - 1)
}

/// "states that do not cooperate": a relative clause without a comma says which, and its words are its own.
fn restricts(sentence: &Sentence<'_>, at: usize, covered: &dyn Fn(usize) -> bool) -> bool {
    if !sentence.is(at, Trait::Relative) || sentence.is(at, Trait::That) {
        return false;
    }
    let noun = |at: usize| {
        let traits = sentence.traits(at);
        sentence.mark(at) == 'w' && !traits.has(Trait::Verb) && !covered(at)
    };
    let modifies = !sentence.traits(at - 1).any(&[Trait::Preposition, Trait::Of, Trait::That, Trait::And, Trait::But]);
    modifies && noun(at - 1) && noun(at - 2)
}

/// −1 where the object is about taking something away that is not an ill; else 1.
///
/// "deletion of the reporting duty" turns a stance round, "less paperwork" does not.
pub fn operator(sentence: &Sentence<'_>, object: Run) -> i8 {
    if !sentence.any(object.from, object.to, Trait::Remove) {
        return 1;
    }
    let end = object_end(sentence, object);
    // "a target to halve waste": what an aim takes away is no part of the stance.
    let aim = |at: usize| {
        let next = at + sentence.len_of(at, Trait::Remove).unwrap_or(1);
        at > object.from + 1
            && sentence.is(at - 1, Trait::Infinitive)
            && !sentence.is(at - 2, Trait::Negation)
            && next < end
            && sentence.mark(next) == 'w'
            && !sentence.is(next, Trait::Verb)
            && !sentence.any(object.from, at - 1, Trait::Infinitive)
            && sentence.is(at, Trait::Remove)
    };
    // "a reduction target": a noun before the noun that it describes.
    let describes = |at: usize| {
        let next = sentence.traits(at + 1);
        let noun = [Trait::Generic, Trait::Idea];
        sentence.tokens[at].last == 'n' && next.any(&noun) && !next.any(&[Trait::Verb, Trait::Light])
    };
    // "a reduced rate", "a 30 per cent reduction", "a smaller cut": a thing of its own.
    let thing = |at: usize| {
        let before = at.checked_sub(1).map(|at| sentence.traits(at)).unwrap_or_default();
        let share = before.has(Trait::Date) && (at.saturating_sub(3)..at).any(|at| sentence.counts(at));
        // "for reduced rates"
        let measure = sentence.tokens[at].last == 'd' && (at + 1..at + 3).any(|at| sentence.is(at, Trait::Measure));
        let first = at == object.from || at == object.from + 1 && before.has(Trait::Definite);
        let measure = measure && (first || before.has(Trait::Preposition));
        measure
            || before.has(Trait::Graded)
            || before.has(Trait::Indefinite) && sentence.tokens[at].last == 'd'
            || share
    };
    let removes = |at: &usize| !aim(*at) && !describes(*at) && !thing(*at) && !by_which(sentence, object, *at);
    // "a text that weakens consent": the words of a clause that says which are its own.
    let clause = sentence.any(object.from.saturating_sub(1), object.from + 1, Trait::That);
    let article = sentence.is(object.from, Trait::Indefinite);
    let which = |at: &usize| {
        let that = article && !clause && sentence.is(*at, Trait::That) && sentence.is(*at, Trait::Relative);
        restricts(sentence, *at, &|_| false) || that && sentence.plain_adjective(at - 1)
    };
    let which = sentence.having(object.from + 2, end, &[Trait::Relative]).find(which).unwrap_or(end);
    let Some(at) = sentence.having(object.from, which, &[Trait::Remove]).find(removes) else { return 1 };
    // "to lose sight of": a word of the phrase that takes away is no ill itself.
    let removed = at + sentence.len_of(at, Trait::Remove).unwrap_or(1);
    let ill = sentence.any(object.from, at, Trait::Ill)
        || sentence.is(at, Trait::Ill)
        || sentence.any(removed, end, Trait::Ill);
    // "the continuing lack of": the word describes what is missing.
    let lasting = |kept: usize| kept + 1 == at && sentence.tokens[kept].last == 'g';
    let kept = sentence.having(object.from, at, &[Trait::Keep]).any(|kept| !lasting(kept));
    if ill || kept { 1 } else { -1 }
}

/// "the use of AI in easing paperwork": what a thing does to another takes away nothing from the thing itself.
fn by_which(sentence: &Sentence<'_>, object: Run, at: usize) -> bool {
    let act = match sentence.tokens[at].last {
        'g' => at.checked_sub(1),
        'n' => at.checked_sub(2).filter(|_| sentence.is(at - 1, Trait::Definite)),
        _ => None,
    };
    let Some(word) = act.filter(|word| *word > object.from) else { return false };
    let governs = sentence.is(word, Trait::Preposition) && !sentence.traits(word).any(&[Trait::Of, Trait::Infinitive]);
    // "a proposal for scrapping the duty": what it is for is what it does.
    let asks = [Trait::Plea, Trait::Idea, Trait::Generic, Trait::Text];
    governs && !sentence.traits(word - 1).any(&asks)
}

/// Where the object itself ends: before "instead of", a relative clause, a condition.
pub fn object_end(sentence: &Sentence<'_>, object: Run) -> usize {
    let stops = [Trait::Instead, Trait::Condition, Trait::Manner, Trait::Purpose, Trait::Reason];
    let relative = [Trait::Relative];
    // "that faults | as force majeure | count": the verb is still to come, and no condition begins.
    let comes = |at: usize| {
        let that = sentence.is(object.from, Trait::That) && sentence.is(at, Trait::As);
        that && !sentence.any(object.from, at, Trait::Verb) && sentence.any(at, object.to, Trait::Verb)
    };
    let stop = sentence.having(object.from + 1, object.to, &stops).find(|at| !comes(*at));
    let pause = |at: &usize| sentence.mark(at - 1) == ',';
    let relative = sentence.having(object.from + 1, stop.unwrap_or(object.to), &relative).find(pause);
    relative.or(stop).unwrap_or(object.to)
}

/// What a that-clause says of its own content: for, against, or a fact.
pub fn content(sentence: &Sentence<'_>, run: Run, covered: &dyn Fn(usize) -> bool) -> Stance {
    let run = Run::new(run.from, object_end(sentence, run));
    let judged = judgement(sentence, run, covered);
    let may = [Trait::Necessity, Trait::Possibility];
    if judged == Stance::Neutral && sentence.having(run.from, run.to, &may).any(|at| !covered(at)) {
        return Stance::of_sign(negation(sentence, run, covered) * operator(sentence, run));
    }
    judged
}

/// What the adjectives of the run say: "important" for, "premature" and "too early" against.
pub fn judgement(sentence: &Sentence<'_>, run: Run, covered: &dyn Fn(usize) -> bool) -> Stance {
    let has = |one: Trait| sentence.having(run.from, run.to, &[one]).any(|at| !covered(at));
    let excess = || sentence.having(run.from, run.to, &[Trait::Excess]).any(|at| excessive(sentence, at));
    // "unfeasible without more money": what stands behind a verdict denies none.
    let verdict = || sentence.having(run.from, run.to, &[Trait::Negative, Trait::Positive]).last();
    let denied = || verdict().map(|at| at + 1).filter(|at| sentence.is(*at, Trait::Negation)).unwrap_or(run.to);
    let denied = || Run::new(run.from, denied());
    // "insufficient" is a verdict, and denies none.
    let sign = || negation(sentence, denied(), &|at| covered(at) || sentence.is(at, Trait::Negative));
    // "lifting the ban is premature": what a word behind the thing takes away is the verdict's own.
    let verb = || sentence.having(run.from + 1, run.to, &[Trait::Verb]).find(|at| !covered(*at));
    let before = || verb().map_or(1, |verb| operator(sentence, Run::new(run.from, verb)));
    match () {
        () if has(Trait::Negative) || excess() => Stance::of_sign(-sign() * before()),
        () if has(Trait::Positive) => Stance::of_sign(sign() * operator(sentence, run)),
        () => Stance::Neutral,
    }
}

/// "too early"; Dutch "te" stands before infinitives as well, which end in n.
fn excessive(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(next) = sentence.tokens.get(at + 1) else { return false };
    let infinitive = next.traits.has(Trait::Verb) || sentence.is(at, Trait::Infinitive) && next.last == 'n';
    sentence.is(at, Trait::Excess) && next.is_word() && !next.capital && !infinitive
}

/// What a sentence in the speaker's own words aims at: only what must be, or matters, is a position.
pub fn aims(sentence: &Sentence<'_>, run: Run) -> Stance {
    let aim = [Trait::Necessity, Trait::Positive, Trait::Negative, Trait::Excess];
    if sentence.first(run.from, run.to, &aim).is_some() { content(sentence, run, &|_| false) } else { Stance::Neutral }
}

/// How strongly the words of the run put it.
pub fn intensity(sentence: &Sentence<'_>, run: Run) -> Intensity {
    match () {
        () if sentence.any(run.from, run.to, Trait::Strong) => Intensity::Strong,
        () if sentence.any(run.from, run.to, Trait::Weak) => Intensity::Weak,
        () => Intensity::Normal,
    }
}
