//! Whose government wrote a report: the first person of its sentences.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::lexicon::{Language, Pronoun, Tag, Trait, Words};
use crate::model::Actor;
use crate::span::beginning;
use crate::stop::Stop;

use super::sentence::{Sentence, read, split};

/// How near to the first person a state's name must stand to be its name, in words.
const NEAR: usize = 4;
/// How many characters are searched.
const SEARCHED: usize = 100_000;
/// In how many of them a report says that it is not of the state that has most reports in its language.
const HEAD: usize = 2_000;

/// The state that "I" and "we" stand for: the language's own, or the one whose words of government
/// ("written ministerial statement") and whose name beside the first person are most frequent.
/// `None` where nobody speaks in the first person, or two states are equally likely.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub fn reporter(text: &str, language: &Language, stop: &Stop) -> Result<Option<Actor>> {
    if let Some(state) = &language.file.reporting_state {
        let lower = beginning(text, HEAD).to_lowercase();
        let says = |words: &Words| words.iter().any(|word| lower.contains(word.get_ref().as_str()));
        let other = language.file.reporting.iter().find(|(_, words)| says(words)).map(|(state, _)| state);
        return Ok(Some(Actor::new(other.unwrap_or(state))));
    }
    let start = beginning(text, SEARCHED);
    let mut votes: BTreeMap<Actor, usize> = BTreeMap::new();
    let mut first_person = false;
    for span in split(start, language) {
        stop.check()?;
        let quoted = span.slice(start).contains(['"', '“', '”', '«', '„']);
        let sentence = read(start, span, language);
        for at in 0..sentence.tokens.len() {
            // "Permanent Representation of Ireland"
            let sent = sentence.longest(at, |tag| (*tag == Tag::Represented).then_some(()));
            if let Some((_, state)) = sent.and_then(|(len, ())| sentence.longest(at + len, name)) {
                *votes.entry(state.clone()).or_default() += 2;
            }
            if let Some((len, state)) = sentence.longest(at, name)
                && sentence.longest(at + len, |tag| (*tag == Tag::Represented).then_some(())).is_some()
            {
                *votes.entry(state.clone()).or_default() += 2;
            }
        }
        for at in (0..sentence.tokens.len()).filter(|at| !quoted && is_first_person(&sentence, *at)) {
            first_person = true;
            for near in at.saturating_sub(NEAR)..(at + NEAR + 1).min(sentence.tokens.len()) {
                // "The Netherlands and I supported it": another.
                let joined = |len: usize| near + len < at && sentence.is(near + len, Trait::And);
                if let Some((_, state)) = sentence.longest(near, name).filter(|(len, _)| !joined(*len)) {
                    *votes.entry(state.clone()).or_default() += 1;
                }
            }
        }
    }
    let lower = start.to_lowercase();
    for (code, words) in &language.file.reporting {
        let said = words.iter().map(|word| lower.matches(word.get_ref().as_str()).count()).sum::<usize>();
        if said > 0 {
            *votes.entry(Actor::new(code)).or_default() += 2 * said;
        }
    }
    let most = votes.values().max().copied().filter(|_| first_person);
    let mut best = votes.iter().filter(|(_, count)| Some(**count) == most).map(|(state, _)| state);
    Ok(best.next().filter(|_| best.next().is_none()).cloned())
}

fn is_first_person(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.longest(at, |tag| (*tag == Tag::Pronoun(Pronoun::FirstPerson)).then_some(())).is_some()
}

fn name(tag: &Tag) -> Option<&Actor> {
    match tag {
        Tag::State(state) => Some(state),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_dutch_report_is_of_the_netherlands_unless_its_head_names_another_government() {
        let language = Lexicon::standard().unwrap().language("nl").unwrap();
        let late = format!("{} De Vlaamse Regering was er ook.", "Verslag ".repeat(300));
        let rows = [
            ("Verslag van de Energieraad. Ik sprak namens Nederland.", "NL"),
            ("VLAAMS PARLEMENT. Verslag van de Energieraad.", "BE"),
            ("Mededeling van de Vlaamse Regering over de Energieraad.", "BE"),
            ("De federale regering doet verslag van de Energieraad.", "BE"),
            ("Kamer van volksvertegenwoordigers. Verslag van de Energieraad.", "BE"),
            ("Verslag van de Energieraad, waarop ik namens België de zetel innam.", "BE"),
            (&late, "NL"),
        ];
        for (text, state) in rows {
            let found = reporter(text, &language, &Stop::default()).unwrap().unwrap();
            assert_eq!(found.as_str(), state, "{}", &text[..40]);
        }
    }
}
