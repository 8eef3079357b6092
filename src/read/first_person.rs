//! Verbs in the first person: "ik steun" is read as "steunt", which the lexicon has.

use crate::lexicon::{Language, Trait};

use super::sentence::Sentence;

/// How the forms of the lexicon end that lose it beside "I".
const ENDING: char = 't';

/// Reads the word beside a singular first person as the form of the verb that the lexicon has; elsewhere it may be a
/// noun ("de steun").
pub fn agree(sentence: &mut Sentence<'_>, text: &str, language: &Language) {
    for at in 0..sentence.tokens.len() {
        if sentence.is(at, Trait::Speaker) {
            // "kreeg ik bijval": the verb before is the one, and what follows a noun.
            for beside in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
                conjugate(sentence, beside, text, language);
                if sentence.is(beside, Trait::Verb) {
                    break;
                }
            }
        }
    }
}

fn conjugate(sentence: &mut Sentence<'_>, at: usize, text: &str, language: &Language) {
    let Some(token) = sentence.tokens.get(at) else { return };
    let lower = token.span.slice(text).to_lowercase();
    let listed = language.file.first_person_verbs.get(&lower);
    if !token.is_word() || token.traits.has(Trait::Verb) && listed.is_none() {
        return;
    }
    let (word, traits) = match listed {
        Some(form) => language.vocabulary.look_up(form),
        None => language.vocabulary.look_up(&format!("{lower}{ENDING}")),
    };
    if listed.is_some() || traits.has(Trait::Verb) {
        sentence.reread(at, (word, traits));
    }
}
