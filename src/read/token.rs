//! Words and punctuation marks.

use crate::lexicon::{Language, Trait, Traits, WordId};
use crate::span::{Alphabet, Span, char_at};

/// One word or punctuation mark.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands in the readable text.
    pub span: Span,
    /// Its number in the vocabulary, 0 where it is not held.
    pub word: WordId,
    /// What it can do, phrases that begin with it included.
    pub traits: Traits,
    /// A punctuation mark, or `w` for a word.
    pub mark: char,
    /// True where it begins with a capital.
    pub capital: bool,
    /// Its last letter.
    pub last: char,
    /// The number that its digits spell, up to 99.
    pub number: Option<u16>,
}

impl Token {
    /// True for a word or number.
    pub fn is_word(&self) -> bool {
        self.mark == 'w'
    }
}

/// How far around the code of a state it is asked whether all is in capitals.
const NEAR: usize = 40;

/// "in zijn wateren": of a word that owns or is a verb, the one behind a preposition owns.
fn owners(tokens: &mut [Token]) {
    let joins = Traits::of(&[Trait::Preposition, Trait::Of]);
    for at in 1..tokens.len() {
        let (before, own) = (tokens[at - 1].traits, tokens[at].traits);
        if own.has(Trait::Own) && own.has(Trait::Verb) {
            let lost = if before.meets(joins) { Trait::Verb } else { Trait::Own };
            tokens[at].traits = own.without(lost);
        }
    }
}

/// Fills `tokens` with the words and marks of one sentence.
pub fn fill(tokens: &mut Vec<Token>, text: &str, span: Span, language: &Language) {
    tokens.clear();
    let mut at = span.start;
    while at < span.end {
        let Some(first) = char_at(text, at) else { break };
        if first == ' ' {
            at += 1;
            continue;
        }
        let is_letter = first.is_alphanumeric();
        // "Sweden & Denmark"
        let is_word = is_letter || first == '&';
        let end = match is_letter {
            true => {
                let end = word_end(text, at, span.end);
                elision_end(text, at, plural_end(text, at, end, language).unwrap_or(end), language)
            }
            false => at + first.len_utf8(),
        };
        if is_word || !first.is_whitespace() {
            let span = Span::new(at, end);
            let code = if end == at + 2 { code(text, span, tokens, language) } else { None };
            let (word, traits) = match code {
                Some(word) => (word, Traits::default()),
                None if is_word => language.vocabulary.look_up_at(text, span),
                None => Default::default(),
            };
            let digits = first.is_ascii_digit().then(|| span.slice(text).parse().ok()).flatten();
            tokens.push(Token {
                span,
                word,
                traits,
                mark: if is_word { 'w' } else { first },
                capital: first.is_uppercase(),
                last: last_letter(text, end),
                number: digits.filter(|number| (1..100).contains(number)),
            });
        }
        at = end;
    }
    owners(tokens);
}

/// "NL": the code of a state, where not all is in capitals; what is a word as well ("IT", "HR") stands in a list.
fn code(text: &str, span: Span, before: &[Token], language: &Language) -> Option<WordId> {
    let word = span.slice(text);
    if !word.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let code = language.code(word)?;
    let near = span.start.saturating_sub(NEAR)..(span.end + NEAR).min(text.len());
    let shouted = text.as_bytes()[near].iter().filter(|letter| letter.is_ascii_lowercase()).count() < 3;
    let joined = || {
        let and = |word: &str| language.vocabulary.look_up(word).1.has(Trait::And);
        let next = text[span.end..].trim_start();
        let listed = before.last().is_some_and(|last| last.mark == ',' || last.traits.has(Trait::And));
        listed || next.starts_with(',') || and(next.split(' ').next().unwrap_or_default())
    };
    (!shouted && (!matches!(word, "IT" | "HR") || joined())).then_some(code)
}

/// The letter before `end`, in lower case.
fn last_letter(text: &str, end: usize) -> char {
    match text.as_bytes()[end - 1] {
        byte if byte.is_ascii() => char::from(byte.to_ascii_lowercase()),
        _ => text[..end].chars().next_back().and_then(|last| last.to_lowercase().last()).unwrap_or(' '),
    }
}

/// Dutch "collega's" is the plural of a word, where the vocabulary has it so.
fn plural_end(text: &str, start: usize, end: usize, language: &Language) -> Option<usize> {
    let mark = char_at(text, end).filter(|mark| matches!(mark, '\'' | '\u{2019}'))?;
    let after = end + mark.len_utf8() + 1;
    let ends = text[end..].chars().nth(1) == Some('s') && !char_at(text, after).is_some_and(char::is_alphanumeric);
    let word = format!("{}'s", text[start..end].to_lowercase());
    (ends && language.vocabulary.look_up(&word).1.has(Trait::Head)).then_some(after)
}

/// "l'Allemagne" is two words, of which the first keeps the apostrophe.
fn elision_end(text: &str, start: usize, end: usize, language: &Language) -> usize {
    if language.file.elisions.is_empty() {
        return end;
    }
    let word = &text[start..end];
    let Some((at, mark)) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '\u{2019}')) else { return end };
    let first = word[..at].to_lowercase();
    let elided = language.file.elisions.iter().any(|known| *known.get_ref() == first);
    if elided { start + at + mark.len_utf8() } else { end }
}

/// What words are made of, apart from the marks inside of them.
static WORD: Alphabet = Alphabet::new(true, char::is_alphanumeric);

/// A word holds letters, digits and single hyphens, dots, slashes or apostrophes between them; a
/// possessive 's is a token of its own.
fn word_end(text: &str, start: usize, limit: usize) -> usize {
    let mut end = WORD.skip(text, start, true);
    while let Some(mark) = char_at(text, end).filter(|mark| end < limit && *mark != ' ') {
        let after = end + mark.len_utf8();
        let next = char_at(text, after).filter(|_| after < limit);
        let joins = next.is_some_and(|next| joins(mark, next, text.as_bytes()[end - 1].is_ascii_digit()));
        let stops = mark == '.' && limit > after + 1 && next.is_some_and(char::is_uppercase);
        if !joins || stops {
            break;
        }
        end = WORD.skip(text, after, true);
    }
    end.min(limit)
}

/// True where a mark stands inside of a word: before the letter or digit `next`, and maybe behind a digit.
fn joins(mark: char, next: char, behind_digit: bool) -> bool {
    match mark {
        '\'' | '\u{2019}' => next.is_alphanumeric() && !matches!(next, 's' | 'S'),
        ',' => behind_digit && next.is_ascii_digit(),
        '-' | '\u{2010}' | '\u{2011}' | '/' | '.' | '&' => next.is_alphanumeric(),
        _ => false,
    }
}
