//! Which of the cues of a clause decides what it says.

use crate::lexicon::{Class, Pronoun, Tag, Trait};

use super::predicate::{Predicate, opener};
use super::sentence::Sentence;
use super::stance::Run;

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
    if let Some(beside) = beside(found, first, sentence, verb_final) {
        return Some(beside);
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
    Some(
        promised(found, first, sentence, verb_final).unwrap_or_else(|| told(found, first, sentence, again, verb_final)),
    )
}

/// The cue beside the first one that says what the first only carries, joins or repeats.
fn beside<'p, 'l>(
    found: &'p [Predicate<'l>],
    first: &Predicate<'_>,
    sentence: &Sentence<'_>,
    verb_final: bool,
) -> Option<&'p Predicate<'l>> {
    // "found support", "uttered fear": the noun decides, its verb only carries it.
    let apart = |p: &Predicate<'_>| p.at != first.at && !(first.at..first.end).contains(&p.at);
    let carried = found.iter().find(|p| apart(p) && p.is_with(sentence, first.at));
    if carried.is_some() {
        return carried;
    }
    // "critical | remarks on X": of a noun and the word that describes it the noun has the object.
    let described = found.iter().find(|p| p.at == first.end && p.cue.noun && first.cue.noun);
    let same = |p: &&Predicate<'_>| p.cue.class.takes_side() && p.cue.class.denies() == first.cue.class.denies();
    let attribute = first.cue.class.takes_side() && sentence.tokens[first.at].last == 'e';
    if let Some(noun) = described.filter(same).filter(|noun| attribute && opens_near(sentence, noun)) {
        return Some(noun);
    }
    // "announced | a joint statement against X": the noun is the side.
    let against = |p: &&Predicate<'_>| {
        let word = p.cue.noun && p.cue.class == Class::Oppose && p.at <= first.end + 3;
        word && p.at > first.at && opens_near(sentence, p) && sentence.is(p.end, Trait::Against)
    };
    if let Some(side) = found.iter().find(against).filter(|_| first.cue.class == Class::Neutral) {
        return Some(side);
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
    named.filter(|noun| repeats && opens_near(sentence, noun))
}

/// "announced to vote against it", "promised to go on supporting X": the infinitive is the position.
fn promised<'p, 'l>(
    found: &'p [Predicate<'l>],
    first: &Predicate<'_>,
    sentence: &Sentence<'_>,
    verb_final: bool,
) -> Option<&'p Predicate<'l>> {
    let infinitive = |p: &&Predicate<'_>| {
        let side = p.cue.class.takes_side() && !p.cue.noun && p.at > first.at;
        side && (first.end..p.at).any(|at| sentence.is(at, Trait::Infinitive) && at + 3 > p.at)
            && !sentence.any(first.end, p.at, Trait::That)
    };
    let near = |p: &Predicate<'_>| p.cue.with.is_empty() || p.is_with(sentence, p.end);
    let plain = |p: &Predicate<'_>| p.particle.is_none() && near(p) && sentence.is(first.end, Trait::Infinitive);
    let act = found.iter().find(infinitive).filter(|act| verb_final || plain(act));
    act.filter(|_| first.cue.class == Class::Neutral)
}

/// What the speaker says behind a first cue that only reports it, or that cue.
fn told<'p, 'l>(
    found: &'p [Predicate<'l>],
    first: &'p Predicate<'l>,
    sentence: &Sentence<'_>,
    again: &dyn Fn(usize) -> bool,
    verb_final: bool,
) -> &'p Predicate<'l> {
    let named = |p: &&Predicate<'_>| p.cue.noun && p.cue.class == Class::Request && p.at > first.end + 2;
    // "said it would abstain": so is a vote that takes none.
    let decides = |p: &&Predicate<'_>| p.cue.class.takes_side() || sentence.is(p.at, Trait::Vote);
    let later = found.iter().filter(|p| p.at > first.at && !named(p)).find(decides);
    let Some(inner) = later else { return first };
    // A that-clause has a subject of its own, unless that is the speaker again.
    let stressed = inner.cue.noun && inner.cue.class == Class::Stress && inner.at <= first.end + 2;
    let neutral = first.cue.class == Class::Neutral;
    // "announced that they could now join": what they can do is their position.
    let able = !verb_final
        && neutral
        && !inner.cue.noun
        && (first.end..inner.at).any(|at| sentence.is(at, Trait::That) && again(at + 1))
        && sentence.any(first.end, inner.at, Trait::Possibility);
    let own =
        verb_final || inner.cue.noun && !predicated(sentence, inner) || !thing_acts(sentence, first.end, inner.at);
    // "said that there was no need for X": nobody else stands there.
    let that = sentence.first(first.end, inner.at, &[Trait::That]).filter(|_| inner.cue.noun);
    let breadth = |tag: &Tag| matches!(tag, Tag::Breadth(_)).then_some(());
    let there = |that: usize| {
        let nobody = sentence.is(that + 1, Trait::Light) && !sentence.is(that + 1, Trait::Verb);
        let backs = matches!(inner.cue.class, Class::Support | Class::Backed);
        verb_final && nobody && !backs && sentence.longest(inner.at - 1, breadth).is_none()
    };
    let same = same_speaker(sentence, first.end, inner.at, again) || that.is_some_and(there);
    let said = !neutral && same && own;
    if stressed || able || said { inner } else { first }
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
