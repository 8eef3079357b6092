//! What a thing is called: by its own words, by the longer name the report has for it, or by its agenda item.

use crate::lexicon::{Class, Tag, Trait};
use crate::model::Stance;

use super::nouns::{Name, extent, is_abbreviation};
use super::predicate::Predicate;
use super::proposition::{Cut, content, continues, detailed, holds, is_content, is_short, opening, phrase, same, says};
use super::reading::Reading;
use super::stance::{Run, operator};

/// The most words of a name that can take an attribute.
const NAME: usize = 6;
/// The most words of a title that tells which thing a noun stands for.
const TITLE: usize = 4;

impl Reading<'_, '_, '_> {
    /// The phrase of an object, or the longer one of the item that it stands for; nothing where it only points.
    pub(super) fn named(&self, object: Run, cut: Cut, cue: Option<&Predicate<'_>>, stance: Stance) -> Option<String> {
        // "holds the date open": the verb of a clause is no part of what it tells of.
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let verb = self.coder.language.file.verb_final
            && self.sentence.is(object.from, Trait::Verb)
            && self.sentence.traits(object.from + 1).any(&article);
        // "the wolf, supported in this by Finland": who joins is no part of the thing.
        let joined = self.mentions.iter().find(|m| m.apart.is_some() && (object.from + 1..object.to).contains(&m.from));
        let end = joined.map_or(object.to, |m| m.from);
        let object = self.without_verdict(Run::new(object.from + usize::from(verb), end), cut.judged);
        let chair = self.sentence.is(object.from, Trait::Chair);
        if self.sentence.is(object.from, Trait::As) && !chair && self.coder.language.file.verb_final {
            return None;
        }
        // "(in view of talks at home) no opinion on | the proposal"
        let object = self.topic_of_idle(object).unwrap_or(object);
        let part = |at: usize| {
            cue.is_some_and(|cue| cue.is_part(self.sentence, at) || !cue.cue.noun && (cue.at..cue.end).contains(&at))
        };
        let own = phrase(self.text, self.sentence, object, cut, &part);
        if !says(&own) {
            return None;
        }
        let start = opening(self.sentence, object);
        if self.idle(Run::new(start, object.to), cut) {
            return None;
        }
        if self.points_inside(Run::new(start, object.to)) || self.acts_alone(&own, start) {
            return None;
        }
        let article =
            |one: Trait| self.sentence.having(object.from, start, &[one]).any(|at| !self.sentence.is(at, Trait::That));
        let words = words_of(&own);
        if self.measures(&own) {
            return self.of_measured(&own);
        }
        // "the idea": it stands for what was said.
        let idea = words == 1 && (article(Trait::Definite) || article(Trait::Demonstrative));
        if idea && self.sentence.any(start, object.to, Trait::Idea) && self.coder.memory.topic().is_some() {
            // "the ban": the one that was named, before whatever was said last.
            return self.recall(&own);
        }
        if let Some(qualified) = self.qualified(start, object.to, cut).filter(|_| article(Trait::Definite)) {
            return Some(qualified);
        }
        let known =
            article(Trait::Definite) || article(Trait::Demonstrative) || words == 1 && !article(Trait::Indefinite);
        if let Some(known) = known.then(|| self.recall(&own)).flatten() {
            return Some(known);
        }
        if let Some(measured) = self.of_measure(object, start).filter(|_| words <= 3) {
            return Some(measured);
        }
        if let Some(stands) = self.stands_for(&own, cue, stance, &article) {
            return stands;
        }
        let own = if article(Trait::Definite) { self.compounded(own, start) } else { own };
        self.inner(start, object.to).unwrap_or_else(|| Some(self.in_item(own, Run::new(start, object.to))))
    }

    /// "an opinion on | the proposal": what a word that names no thing is on.
    fn topic_of_idle(&self, object: Run) -> Option<Run> {
        let topic = |at: usize| self.sentence.len_of(at, Trait::Topic);
        let on = |at: &usize| topic(at + 1).is_some();
        // "exchange of data in care across borders": a word behind a preposition is not what the phrase names.
        let joins = self.sentence.first(object.from + 1, object.to, &[Trait::Preposition, Trait::Of]);
        let named = joins.unwrap_or(object.to);
        let at = self.sentence.having(object.from, named, &[Trait::Idle]).find(on)?;
        let behind = Run::new(at + 1 + topic(at + 1)?, object.to);
        self.tells(behind, Cut::default(), None).then_some(behind)
    }

    /// "the higher threshold": with the compound that the report has for its noun.
    fn compounded(&self, own: String, start: usize) -> String {
        let (_, named) = extent(self.sentence, start);
        let noun = named.checked_sub(1).filter(|noun| *noun >= start).map(|noun| self.sentence.tokens[noun].span);
        let known = noun.and_then(|noun| self.coder.memory.nouns.compound(noun.slice(self.text)));
        match (noun, known) {
            (Some(noun), Some(known)) => own.replacen(noun.slice(self.text), known, 1),
            _ => own,
        }
    }

    /// "a parliamentary reservation", "before summer": words that name no thing, and what belongs to them.
    pub(super) fn idle(&self, phrase: Run, cut: Cut) -> bool {
        let joins = [
            Trait::Preposition,
            Trait::Of,
            Trait::Definite,
            Trait::Indefinite,
            Trait::Light,
            Trait::Verb,
            Trait::Strong,
            Trait::Weak,
            Trait::Negation,
            Trait::Particle,
        ];
        let belongs = |at: usize| {
            let demonym = |tag: &Tag| matches!(tag, Tag::Demonym(_)).then_some(());
            let of = self.sentence.plain_adjective(at) || self.sentence.longest(at, demonym).is_some();
            self.sentence.traits(at).any(&joins)
                || cut.turned && self.sentence.is(at, Trait::Remove)
                || of && self.sentence.is(at + 1, Trait::Idle)
        };
        let words = || (phrase.from..phrase.to).filter(|at| self.sentence.mark(*at) == 'w');
        let when = self.sentence.is(phrase.from, Trait::Preposition);
        let idle = |at: usize| self.sentence.is(at, Trait::Idle) || when && self.dates(at);
        words().any(idle) && words().all(|at| idle(at) || belongs(at))
    }

    /// True for a month, a unit of time or a number.
    fn dates(&self, at: usize) -> bool {
        let digits = || self.sentence.tokens[at].span.slice(self.text).starts_with(|c: char| c.is_ascii_digit());
        self.sentence.is(at, Trait::Date) || self.sentence.counts(at) || digits()
    }

    /// "in december | an action plan": when it is to be is no part of the thing.
    pub(super) fn after_date(&self, object: Run) -> Run {
        let named = |at: &usize| !self.sentence.is(*at, Trait::That) && !self.covered(*at);
        let start = (object.from..object.to).find(named).unwrap_or(object.from);
        let preposition = usize::from(self.sentence.is(start, Trait::Preposition));
        let from = start + preposition;
        let from = from + usize::from(self.sentence.traits(from).any(&[Trait::Definite, Trait::Indefinite]));
        let word = |at: usize| self.sentence.mark(at) == 'w';
        let date = |at: &usize| word(*at) && (self.sentence.is(*at, Trait::Idle) || self.dates(*at));
        let end = (from..object.to).take_while(date).last().map(|at| at + 1);
        let rest = end.map(|end| Run::new(end, object.to));
        let tells = |rest: &Run| self.tells(*rest, Cut::default(), None);
        let apart = |rest: &Run| {
            let traits = self.sentence.traits(rest.from);
            let joined = traits.any(&[Trait::Of, Trait::As]);
            traits.has(Trait::Indefinite) || preposition > 0 && traits.has(Trait::Preposition) && !joined
        };
        rest.filter(apart).filter(tells).unwrap_or(object)
    }

    /// "such a duty", "against a tax": what a short phrase stands for; nothing inside where it only points.
    fn stands_for(
        &self,
        own: &str,
        cue: Option<&Predicate<'_>>,
        stance: Stance,
        article: &dyn Fn(Trait) -> bool,
    ) -> Option<Option<String>> {
        let words = words_of(own);
        // "such a duty": the noun alone tells which.
        let noun = own.rsplit(' ').next().unwrap_or_default();
        if article(Trait::Demonstrative) && words <= 3 {
            let tells = words > 2 || self.said.is_empty() && self.coder.memory.topic().is_none();
            return Some(self.recall(noun).or(tells.then(|| own.to_owned())));
        }
        if !article(Trait::Indefinite) || words > 2 {
            return None;
        }
        if stance == Stance::Oppose {
            return Some(self.recall(own).or_else(|| self.recall(noun)).or(Some(own.to_owned())));
        }
        let backs = cue.is_some_and(|cue| matches!(cue.cue.class, Class::Support | Class::Yield));
        self.recall(own).filter(|_| backs).map(Some)
    }

    /// "the levy | to be voluntary", "the levy | should be temporary": a thing known by a longer name, and what it is
    /// to be.
    fn qualified(&self, from: usize, to: usize, cut: Cut) -> Option<String> {
        let bounds = [Trait::Infinitive, Trait::Necessity, Trait::Verb, Trait::Relative, Trait::Preposition, Trait::Of];
        let be = self.sentence.first(from + 1, to, &bounds)?;
        let asks = self.sentence.is(be, Trait::Infinitive)
            || self.sentence.is(be, Trait::Necessity)
            || self.sentence.tokens[be].last == 'e' && self.sentence.is(be, Trait::Light);
        let (thing, wanted) = (Run::new(from, be), Run::new(be + 1, to));
        let told = asks && !self.coder.language.file.verb_final && !cut.turned && operator(self.sentence, wanted) > 0;
        if !told || !self.tells(wanted, cut, None) {
            return None;
        }
        let known = self.recall(&phrase(self.text, self.sentence, thing, cut, &|_| false))?;
        if words_of(&known) > NAME {
            return None;
        }
        let wanted = phrase(self.text, self.sentence, wanted, cut, &|_| false);
        Some(detailed(&known, &wanted))
    }

    /// "Port services: compromise": a noun that says little by itself, with the title of its agenda item.
    fn in_item(&self, own: String, object: Run) -> String {
        let bare = words_of(&own) <= 2 && self.sentence.any(object.from, object.to, Trait::Generic);
        let front = self.front.as_ref().map(|said| said.proposition.as_str());
        let short = |title: &&str| content(title).count() <= TITLE;
        let miscellany = |title: &str| {
            let lower = title.to_lowercase();
            self.coder.language.head_words("miscellany").any(|words| words == lower)
        };
        // "Any other business: medical devices"
        let matter = |title| match str::split_once(title, ": ") {
            Some((first, matter)) if miscellany(first) => matter,
            _ => title,
        };
        let heading = self.coder.memory.heading().map(matter);
        let heading = heading.filter(|title| bare && short(title) && !miscellany(title));
        let Some(title) = front.filter(|title| words_of(&own) <= 2 && short(title)).or(heading) else {
            return own;
        };
        let shared = content(&own).any(|word| content(title).any(|other| same(word, other)));
        if shared { own } else { detailed(&within(title), &own) }
    }

    /// "(was ready) to contribute", "(saw no need) to rush": a verb alone, which is toward what was spoken of.
    fn acts_alone(&self, own: &str, start: usize) -> bool {
        let to = start.checked_sub(1).is_some_and(|at| self.sentence.is(at, Trait::Infinitive));
        to && self.sentence.tokens[start].last != 'g'
            && !own.contains(' ')
            && !self.coder.language.file.verb_final
            && self.coder.memory.topic().is_some()
    }

    /// "new rules | on this point": what it is of is what was spoken of.
    fn points_inside(&self, object: Run) -> bool {
        let pointer = |at: usize| self.pointer_ends(at).is_some_and(|end| end > at + 1);
        let joined = |at: usize| self.sentence.is(at - 1, Trait::Preposition);
        let points = (object.from + 2..object.to.min(object.from + 5)).any(|at| joined(at) && pointer(at));
        self.coder.language.file.verb_final && points && self.coder.memory.topic().is_some()
    }

    /// "the cost of these checks": the thing that a demonstrative inside of the object points to.
    fn inner(&self, from: usize, to: usize) -> Option<Option<String>> {
        let this = |at: &usize| !self.sentence.is(*at, Trait::That);
        let at = self.sentence.having(from, to, &[Trait::Demonstrative]).find(this)?;
        let (end, named) = extent(self.sentence, at + 1);
        let noun = named.checked_sub(1).filter(|noun| *noun > at && end <= to)?;
        let known = self.recall(self.sentence.tokens[noun].span.slice(self.text))?;
        Some(Some(known))
    }

    /// "the target": the longer phrase that the item has for it, if there is one.
    pub(super) fn recall(&self, short: &str) -> Option<String> {
        if let Some(title) = self.titled(short) {
            return Some(within(title));
        }
        let here = self.said.iter().rev().map(|said| said.proposition.as_str()).find(|long| continues(long, short));
        let memory = &self.coder.memory;
        let before = || {
            let name = Name::of(short);
            memory.things.recall(&name).or_else(|| memory.nouns.recall(&name))
        };
        let known = here.or_else(before)?;
        // "the report of the EP" is not that of the Commission.
        let whose = short.split(' ').filter(|word| is_abbreviation(word)).all(|word| holds(known, word));
        // "a new fund" is not "the use of existing funds".
        let other = short.split_once(' ').is_some_and(|(first, _)| is_short(first) && !holds(known, first));
        let part = || if self.coder.language.file.verb_final { known } else { self.part_named(known, short) };
        (whose && !other).then(|| part().to_owned())
    }

    /// "the tax", under the heading "Financial transaction tax".
    fn titled(&self, noun: &str) -> Option<&str> {
        let title = self.coder.memory.heading().filter(|_| !noun.contains(' ') && is_content(noun))?;
        let joins = |word: &&str| {
            let traits = self.coder.language.vocabulary.look_up(&word.to_lowercase()).1;
            !traits.any(&[Trait::Preposition, Trait::Of, Trait::Topic, Trait::Viewpoint, Trait::Addressee])
        };
        let head = title.split(' ').take_while(joins).last()?;
        (same(head, noun) && (2..=TITLE).contains(&words_of(title))).then_some(title)
    }

    /// The part of a known phrase that names what `short` does: of "a label for joint degrees" the "degrees".
    fn part_named<'k>(&self, known: &'k str, short: &str) -> &'k str {
        let head = short.rsplit(' ').next().unwrap_or_default();
        let skips =
            [Trait::Preposition, Trait::Of, Trait::As, Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let (mut at, mut from) = (0, 0);
        for word in known.split(' ') {
            if same(word, head) || word.eq_ignore_ascii_case(head) {
                return &known[from..];
            }
            at += word.len() + 1;
            let (_, traits) = self.coder.language.vocabulary.look_up(&word.to_lowercase());
            if at > word.len() + 1 && traits.any(&skips) && at < known.len() {
                from = at;
            }
        }
        known
    }
}

/// How many words a phrase has.
fn words_of(phrase: &str) -> usize {
    1 + phrase.bytes().filter(|byte| *byte == b' ').count()
}

/// A title as it stands inside of a phrase: "SOIL SEALING", "Port services" without their capitals.
fn within(title: &str) -> String {
    let second = title.split(' ').nth(1).and_then(|word| word.chars().next());
    if !title.chars().any(char::is_lowercase) {
        return title.to_lowercase();
    }
    match (title.chars().next(), second) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}
