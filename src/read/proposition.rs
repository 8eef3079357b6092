//! The phrase that a stance is toward.

use memchr::memchr_iter;

use crate::lexicon::{Tag, Trait};
use crate::span::Span;

use super::block::numbered;
use super::sentence::Sentence;
use super::stance::{Run, object_end};

/// The most words of a proposition.
const LONGEST: usize = 14;

/// What to leave out of a phrase.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cut {
    /// The adjectives that judge it.
    pub judged: bool,
    /// The words that take it away.
    pub turned: bool,
}

/// Cuts the phrase of an object: without its opening ("the importance of"), article, auxiliaries,
/// and what follows in a relative clause or condition. Empty where nothing is left.
///
/// In its keeping form: "deletion of the duty" is cut to "duty".
///
/// `part` tells the words of the cue itself.
pub fn phrase(text: &str, sentence: &Sentence<'_>, object: Run, cut: Cut, part: &dyn Fn(usize) -> bool) -> String {
    let start = opening(sentence, object);
    let end = phrase_end(sentence, Run::new(start, object_end(sentence, object)));
    let mut words: Vec<&str> = Vec::with_capacity(LONGEST);
    let mut last = start;
    let mut loose: Vec<&str> = Vec::new();
    let mut next = start;
    for at in start..end {
        if at < next {
            continue;
        }
        next = at + sentence.len_of(at, Trait::Light).unwrap_or(1);
        let traits = sentence.traits(at);
        // "tendering in principle", "no longer": how and since when is no part of the thing.
        let apart = [Trait::Change, Trait::Weak];
        if traits.any(&apart) {
            let len = apart.iter().filter_map(|one| sentence.len_of(at, *one)).max();
            next = next.max(at + len.unwrap_or(1));
            continue;
        }
        // "in the main": nor is how many share it.
        let spread = sentence.longest(at, |tag| matches!(tag, Tag::Spread(_)).then_some(()));
        if let Some((len, ())) = spread.filter(|(len, ())| *len > 1) {
            next = next.max(at + len);
            continue;
        }
        // "reason | the proposal to adapt", "importance | of dairy": what joins it to what was left out.
        let article = traits.any(&[Trait::Definite, Trait::Indefinite]) && at > start;
        if words.is_empty() && (article || traits.has(Trait::Of)) {
            continue;
        }
        let verdict = cut.judged
            && (traits.any(&[Trait::Positive, Trait::Negative, Trait::Excess])
                || at > object.from && sentence.is(at - 1, Trait::Excess) && sentence.tokens[at].last != 'n');
        let verdict = verdict
            || cut.turned
                && (traits.has(Trait::Remove)
                    || words.is_empty()
                        && traits.any(&[Trait::Of, Trait::Preposition, Trait::Definite, Trait::Indefinite]));
        if verdict || part(at) || drops(sentence, at) {
            // "lack of", "an end to": the words of a phrase that takes away go together.
            let removed = sentence.len_of(at, Trait::Remove).filter(|_| cut.turned);
            // "the proposed | cut of | the premiums": what describes it goes too.
            if removed.is_some_and(|len| sentence.is(at + len, Trait::Of)) {
                words.clear();
            }
            // "not ambitious enough": so do those of a verdict.
            let judged = sentence.len_of(at, Trait::Negative).filter(|_| cut.judged);
            next = next.max(at + removed.or(judged).unwrap_or(1));
            continue;
        }
        let token = &sentence.tokens[at];
        let word = token.span.slice(text);
        let glued = at > start && last + 1 == at && sentence.tokens[at - 1].span.end == token.span.start;
        if glued && !words.is_empty() {
            let from = words.pop().map_or(token.span.start, |before| token.span.start - before.len());
            words.push(Span::new(from, token.span.end).slice(text));
        } else {
            words.push(word);
        }
        if traits.any(&[Trait::Preposition, Trait::Of, Trait::And, Trait::Definite, Trait::Indefinite]) {
            loose.push(word);
        }
        last = at;
        if words.len() >= LONGEST {
            break;
        }
    }
    while words.len() > 1 && words.last().is_some_and(|word| loose.contains(word)) {
        words.pop();
    }
    let mut phrase = words.join(" ");
    phrase.push_str(&short_form(text, sentence, end));
    let trimmed = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '%'));
    if trimmed.len() < phrase.len() { trimmed.to_owned() } else { phrase }
}

/// " (ECCC)": the abbreviation that a report gives behind a name.
fn short_form(text: &str, sentence: &Sentence<'_>, at: usize) -> String {
    let brackets = sentence.mark(at) == '(' && sentence.mark(at + 2) == ')';
    let word = sentence.tokens.get(at + 1).filter(|_| brackets).map_or("", |token| token.span.slice(text));
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals < 2 { String::new() } else { format!(" ({word})") }
}

/// Past the words that open an object and are no part of it.
pub fn opening(sentence: &Sentence<'_>, object: Run) -> usize {
    let mut at = object.from;
    let (mut light, mut passed) = (true, at);
    while at < object.to {
        light &= (passed..at).all(|at| sentence.traits(at).any(&[Trait::Light, Trait::That]));
        passed = at;
        let phrase = sentence.len_of(at, Trait::Opening);
        let skips = [
            Trait::Definite,
            Trait::Indefinite,
            Trait::That,
            Trait::Demonstrative,
            Trait::And,
            Trait::But,
            Trait::Infinitive,
            Trait::Necessity,
        ];
        match phrase {
            Some(len) if at + len < object.to => at += len,
            // "(hesitant) with regard to new taxes"
            _ if at == object.from && sentence.len_of(at, Trait::Topic).is_some_and(|len| len > 1) => {
                at += sentence.len_of(at, Trait::Topic).unwrap_or(1);
            }
            // "colleagues not to give up X": who is asked is no part of what is asked.
            _ if sentence.is(at, Trait::Head)
                && at + 3 < object.to
                && (sentence.is(at + 1, Trait::Infinitive)
                    || sentence.is(at + 1, Trait::Negation) && sentence.is(at + 2, Trait::Infinitive)) =>
            {
                at += 1;
            }
            _ if sentence.possessive(at) => at += 2,
            _ if sentence.mark(at) != 'w' || sentence.is(at, Trait::Keep) && at + 2 < object.to => at += 1,
            _ if sentence.is(at, Trait::Bare) && at > 0 && sentence.is(at - 1, Trait::That) => at += 1,
            _ if sentence.is(at, Trait::Of) && at > 0 && sentence.is(at - 1, Trait::Keep) => at += 1,
            _ if sentence.is(at, Trait::Light) && !sentence.traits(at).any(&[Trait::Pointer, Trait::PointerWith]) => {
                at += sentence.len_of(at, Trait::Light).unwrap_or(1);
            }
            // "it was | time to build a wall"
            _ if sentence.is(at, Trait::Pointer)
                && sentence.is_passive(at + 1)
                && sentence.len_of(at + 2, Trait::Opening).is_some() =>
            {
                at += 2;
            }
            // "to | with a plan | come": so is the second of two.
            _ if (light || sentence.is(at - 1, Trait::Preposition)) && sentence.is(at, Trait::Preposition) => {
                at += 1;
            }
            _ if sentence.traits(at).any(&skips)
                || sentence.is(at, Trait::Filler) && at == object.from && !sentence.tokens[at].capital =>
            {
                at += 1
            }
            _ => break,
        }
    }
    at
}

fn phrase_end(sentence: &Sentence<'_>, run: Run) -> usize {
    // "coordinated, cross-border": a comma between two adjectives ends nothing.
    let adjectives = |at: usize| {
        let both = sentence.plain_adjective(at - 1) && sentence.plain_adjective(at + 1);
        both && sentence.tokens[at - 1].last == sentence.tokens[at + 1].last
    };
    // "a study of that basin"
    let points =
        |at: usize| sentence.traits(at - 1).any(&[Trait::Of, Trait::Preposition]) && sentence.is(at, Trait::That);
    let stop = |at: &usize| {
        sentence.mark(*at) == ',' && (*at > run.from + 1 || sentence.counts(run.from)) && !adjectives(*at)
            || matches!(sentence.mark(*at), ';' | ':' | '(' | '–' | '—' | '.')
            || sentence.is(*at, Trait::Relative) && *at > run.from + 1 && !points(*at)
    };
    (run.from..run.to).find(stop).unwrap_or(run.to)
}

/// Auxiliaries, particles and pronouns say nothing of the thing itself.
fn drops(sentence: &Sentence<'_>, at: usize) -> bool {
    let pronoun = sentence.longest(at, |tag| matches!(tag, Tag::Pronoun(_)).then_some(())).is_some();
    let denies = sentence.is(at, Trait::Negation) && !sentence.is(at, Trait::Preposition);
    pronoun || denies || sentence.traits(at).any(&[Trait::Necessity, Trait::Infinitive, Trait::Light])
}

/// True where a phrase has a word or number of its own.
pub fn says(phrase: &str) -> bool {
    let name =
        |word: &str| word.chars().any(|c| c.is_numeric()) || word.chars().filter(|c| c.is_uppercase()).count() > 1;
    phrase.split(' ').all(is_short) || content(phrase).next().is_some() || phrase.split_whitespace().any(name)
}

/// "a ban", "a cap": short, but the whole of it.
pub fn is_short(phrase: &str) -> bool {
    phrase.len() <= 3 * char::MAX.len_utf8() && phrase.chars().count() == 3 && phrase.chars().all(char::is_alphabetic)
}

/// True where a word of a phrase that has others is `word`.
pub fn holds(phrase: &str, word: &str) -> bool {
    phrase.len() > word.len() && phrase.split(' ').any(|one| one.eq_ignore_ascii_case(word))
}

/// True where `short` ("the target") names the thing that `long` names in full ("a binding target for 2035").
pub fn continues(long: &str, short: &str) -> bool {
    if is_short(short) {
        return holds(long, short);
    }
    let named = |word: &str| content(long).any(|other| same(other, word));
    let mut words = content(short).peekable();
    let (one, other) = (content(short).count(), content(long).count());
    words.peek().is_some() && words.all(named) && (one < other || one == other && short.len() + 3 < long.len())
}

/// What stands between a thing and what is said of it.
const APART: &str = ": ";

/// "port services: compromise": a thing and what is said of it; one alone where the other is empty.
pub fn detailed(thing: &str, own: &str) -> String {
    let parts = [thing, own].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(APART)
}

/// The thing of a proposition, without what is said of it.
pub fn undetailed(proposition: &str) -> &str {
    proposition.split(APART).next().unwrap_or_default()
}

/// A heading without its number and what it has in brackets: "2. Fisheries (general approach)" is "Fisheries", and
/// "Session I: Fisheries" too.
pub fn title(heading: &str) -> &str {
    let bare = if numbered(heading) { heading.split_once(' ').map_or(heading, |(_, rest)| rest) } else { heading };
    let bare = bare.split_once(": ").filter(|(part, _)| counted(part)).map_or(bare, |(_, rest)| rest);
    bare.split('(').next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric())
}

/// "Session II", "Item 3": a word and a number.
fn counted(part: &str) -> bool {
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    part.split_once(' ').is_some_and(|(_, last)| !last.is_empty() && number(last))
}

/// The words of more than three letters of a readable text, which has no other white space than single blanks.
pub fn content(text: &str) -> impl Iterator<Item = &str> {
    words(text).map(|word| word.slice(text)).filter(|word| is_content(word))
}

/// What single blanks keep apart.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    memchr_iter(b' ', text.as_bytes()).chain([text.len()]).map(move |end| {
        let word = Span::new(start, end);
        start = end + 1;
        word
    })
}

/// True for a word of more than three letters.
pub fn is_content(word: &str) -> bool {
    word.len() > 3 && (word.is_ascii() || word.chars().nth(3).is_some())
}

/// The first and the last four letters of a word, 0 for those that are not all ASCII; forms of one word are alike in
/// one of them, and few others are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters(u32, u32);

impl Letters {
    /// Those of `word`.
    pub fn of(word: &str) -> Letters {
        // One bit tells a capital from its small letter, and one of each byte what is not ASCII.
        let letters = |four: Option<&[u8; 4]>| match four.map(|four| u32::from_le_bytes(*four)) {
            Some(four) if four & 0x8080_8080 == 0 => four | 0x2020_2020,
            _ => 0,
        };
        Letters(letters(word.as_bytes().first_chunk()), letters(word.as_bytes().last_chunk()))
    }

    /// False where the two are of words that are no forms of one: those begin alike, and a compound ends as its last
    /// part does.
    pub fn may_be_of(self, other: Letters) -> bool {
        let alike = |a: u32, b: u32| a == b || a == 0 || b == 0;
        alike(self.0, other.0) || alike(self.1, other.1)
    }
}

/// The [`Letters`] of several words, a bit for many beginnings or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ManyLetters(u64, u64);

impl ManyLetters {
    /// False where no word of the one is a form of one of the other.
    pub fn may_meet(self, other: ManyLetters) -> bool {
        self.0 & other.0 != 0 || self.1 & other.1 != 0
    }
}

impl FromIterator<Letters> for ManyLetters {
    fn from_iter<I: IntoIterator<Item = Letters>>(words: I) -> ManyLetters {
        // Letters that are not known may be any.
        let bit = |four: u32| if four == 0 { u64::MAX } else { 1 << (four.wrapping_mul(0x9e37_79b1) >> 26) };
        let with = |ManyLetters(first, last), one: Letters| ManyLetters(first | bit(one.0), last | bit(one.1));
        words.into_iter().fold(ManyLetters::default(), with)
    }
}

/// True for two forms of one word, or a word and a compound that ends in it.
pub fn same(a: &str, b: &str) -> bool {
    if !Letters::of(a).may_be_of(Letters::of(b)) {
        return false;
    }
    let (one, other) = (a.chars().count(), b.chars().count());
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y || x.to_lowercase().eq(y.to_lowercase())).count();
    let alike = common >= 4 && common + 2 >= one.max(other);
    // "prolonged" and "prolongation"
    let derived = common >= 6 && common + 5 >= one.max(other);
    alike
        || derived
        || one >= other
            && a.chars().skip(one - other).flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}
