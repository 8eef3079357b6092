//! People by their names: "Commissioner Bulc presented … Bulc added that …".

use std::collections::BTreeMap;

use crate::lexicon::{Pronoun, Trait};
use crate::model::Institution;

use super::mention::{Mention, Party};
use super::sentence::Sentence;

/// Who bears which name, as a report has said.
#[derive(Debug, Clone, Default)]
pub struct People {
    names: BTreeMap<String, Party>,
    /// True where a minister of no other state is the reporter's.
    reports: bool,
}

impl People {
    /// Nobody yet; in a report that a state `reports`, its own ministers need no office of a state.
    pub fn new(reports: bool) -> People {
        People { names: BTreeMap::new(), reports }
    }

    /// Adds the mentions of those who are named without their office, and keeps the names that offices have.
    pub fn recognise(&mut self, text: &str, sentence: &Sentence<'_>, mentions: &mut Vec<Mention>) {
        for mention in &*mentions {
            self.learn(text, sentence, mention);
        }
        let office = |at: usize| self.reports && sentence.is(at, Trait::Envoy);
        if !(0..sentence.tokens.len()).any(|at| office(at) || !self.names.is_empty() && sentence.is_name(at)) {
            return;
        }
        let mut found = Vec::new();
        let mut at = 0;
        let mut covering = mentions.iter().peekable();
        while at < sentence.tokens.len() {
            while covering.next_if(|m| m.to <= at).is_some() {}
            if let Some(mention) = covering.peek().filter(|m| m.from <= at) {
                at = mention.to;
            } else if let Some(mention) = self.minister(sentence, at).or_else(|| self.known(text, sentence, at)) {
                at = mention.to;
                found.push(mention);
            } else {
                at += 1;
            }
        }
        if found.is_empty() {
            return;
        }
        mentions.extend(found);
        mentions.sort_by_key(|mention| mention.from);
    }

    /// "Commissioner Violeta Bulc": the last name is the one that she is called by later.
    fn learn(&mut self, text: &str, sentence: &Sentence<'_>, mention: &Mention) {
        let last = mention.to - 1;
        let named = last > mention.from && sentence.is_name(last);
        let office = match &mention.parties[..] {
            [Party::Institution(institution)] => *institution != Institution::Presidency,
            [Party::Group(group)] => group.named.len() == 1 && sentence.is(mention.from + 1, Trait::Envoy),
            _ => false,
        };
        if named && office && mention.apart.is_none() {
            let name = sentence.tokens[last].span.slice(text).to_lowercase();
            self.names.insert(name, mention.parties[0].clone());
        }
    }

    /// A name that was learnt, with the first name or title before it.
    fn known(&self, text: &str, sentence: &Sentence<'_>, at: usize) -> Option<Mention> {
        if self.names.is_empty() || !sentence.is_name(at) {
            return None;
        }
        let end = (at..at + 3).take_while(|at| sentence.is_name(*at)).last()? + 1;
        let party = self.names.get(&sentence.tokens[end - 1].span.slice(text).to_lowercase())?;
        Some(mention(at, end, party.clone()))
    }

    /// "Minister Kaag", of no state: the reporter's own.
    fn minister(&self, sentence: &Sentence<'_>, at: usize) -> Option<Mention> {
        let office = self.reports && sentence.is(at, Trait::Envoy) && sentence.is_name(at + 1);
        let of = at > 0 && sentence.traits(at - 1).any(&[Trait::Definite, Trait::Indefinite]);
        let party = Party::Pronoun(Pronoun::FirstPerson, None);
        (office && !of).then(|| mention(at, at + 2, party))
    }
}

fn mention(from: usize, to: usize, party: Party) -> Mention {
    Mention { from, to, parties: vec![party], order: Vec::new(), opposed: Vec::new(), owner: false, apart: None }
}
