//! What a stance is toward: a phrase of the clause, or what was spoken of before.

use crate::lexicon::{Class, Tag, Trait};
use crate::model::Stance;

use super::memory::Said;
use super::nouns::extent;
use super::predicate::Predicate;
use super::proposition::{Cut, content, continues, holds, is_short, opening, phrase, same, says};
use super::reading::Reading;
use super::stance::{Run, operator};

/// The most words of a title that tells which thing a noun stands for.
const TITLE: usize = 4;

impl Reading<'_, '_, '_> {
    /// The thing last spoken of: in the sentence, in the words that open it, or before.
    pub(super) fn spoken_of(&self) -> Option<&Said> {
        self.said.last().or(self.front.as_ref()).or_else(|| self.coder.memory.topic())
    }

    /// "On the use of credits, Spain …": what the words that open a sentence say it is about.
    pub(super) fn opened_with(&self) -> Option<String> {
        let len = self.sentence.len_of(0, Trait::Topic)?;
        let comma = (len..self.sentence.tokens.len()).find(|at| self.sentence.mark(*at) == ',')?;
        let object = Run::new(len, comma);
        let named = self.mentions.iter().any(|m| m.from < comma) || (0..comma).any(|at| self.covered(at));
        let date = |at: usize| {
            let word = self.sentence.tokens[at].span.slice(self.text).to_lowercase();
            self.coder.language.is_date(&word)
        };
        let aside = (0..len).any(|at| self.sentence.traits(at).any(&[Trait::Light, Trait::Weak]));
        if named
            || aside
            || (len..comma).any(date)
            || self.points_back(object)
            || !self.tells(object, Cut::default(), None)
        {
            return None;
        }
        self.named(object, Cut::default(), None, Stance::Neutral)
    }

    /// The phrase a stance is toward; what was last spoken of where the clause only points to it.
    pub(super) fn proposition(&self, cue: &Predicate<'_>, object: Run, stance: Stance) -> (String, Stance) {
        let last = self.spoken_of();
        let core = self.core(object, cue.cue.class == Class::Judge);
        if let Some(aside) = self.aside.as_ref().filter(|_| self.said.is_empty() && self.points_back(core)) {
            return (aside.clone(), stance);
        }
        if let Some(attributed) = last.and_then(|last| self.attributed_to(&last.proposition, object, cue)) {
            return (attributed, stance);
        }
        let concern = cue.cue.class == Class::Concern && stance == Stance::Oppose;
        if let Some((feared, turned)) = self.feared(object, last).filter(|_| concern) {
            return (feared, Stance::of_sign(-turned));
        }
        let concern = concern && (self.coder.language.file.verb_final || !cue.cue.noun);
        if let Some(last) = last.filter(|_| self.points_back(core) || concern) {
            // "the delay" has turned the stance itself.
            let thing = self.sentence.is(object.from, Trait::PointerWith)
                || self.coder.language.file.verb_final && !self.pleaded
                || operator(self.sentence, object) < 0;
            let turned = if concern || thing || cue.cue.class == Class::Yield { 1 } else { last.turned };
            return (last.proposition.clone(), Stance::of_sign(stance.sign() * turned));
        }
        let topic = || last.map(|said| said.proposition.clone());
        let cut = Cut { judged: cue.cue.class == Class::Judge, turned: operator(self.sentence, object) < 0 };
        let object = self.behind_that(object, cue);
        let own = if self.tells(object, cut, Some(cue)) { self.named(object, cut, Some(cue), stance) } else { None };
        let heading = || self.coder.memory.heading().map(str::to_owned);
        (own.or_else(topic).or_else(heading).unwrap_or_default(), stance)
    }

    /// "called for it | to remain voluntary": what is asked of the thing last spoken of.
    fn attributed_to(&self, last: &str, object: Run, cue: &Predicate<'_>) -> Option<String> {
        let to =
            (object.from + 1..object.to.min(object.from + 3)).find(|at| self.sentence.is(*at, Trait::Infinitive))?;
        let wanted = Run::new(to + 1, object.to);
        let thing = Run::new(object.from, to);
        let points =
            self.pointer_ends(thing.from).is_some() && self.points_back(thing) && !self.coder.language.file.verb_final;
        let added = points && operator(self.sentence, object) > 0 && self.tells(wanted, Cut::default(), Some(cue));
        added.then(|| format!("{last}: {}", phrase(self.text, self.sentence, wanted, Cut::default(), &|_| false)))
    }

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
        let part = |at: usize| cue.is_some_and(|cue| cue.particle == Some(at) || cue.is_with(self.sentence, at));
        let own = phrase(self.text, self.sentence, object, cut, &part);
        if !says(&own) {
            return None;
        }
        let start = opening(self.sentence, object);
        let article =
            |one: Trait| (object.from..start).any(|at| self.sentence.is(at, one) && !self.sentence.is(at, Trait::That));
        let words = own.split(' ').count();
        if self.measures(&own) {
            let said = self.measured().or(self.spoken_of()).map(|said| said.proposition.as_str());
            let thing = said.or(self.coder.memory.heading())?;
            let thing = thing.split(": ").next().unwrap_or_default().split(' ');
            let thing: Vec<&str> = thing.filter(|word| !self.counts(word)).collect();
            return Some(format!("{}: {own}", thing.join(" ")));
        }
        // "the idea": it stands for what was said.
        let idea = words == 1 && (article(Trait::Definite) || article(Trait::Demonstrative));
        if idea && (start..object.to).any(|at| self.sentence.is(at, Trait::Idea)) && self.coder.memory.topic().is_some()
        {
            return None;
        }
        let known =
            article(Trait::Definite) || article(Trait::Demonstrative) || words == 1 && !article(Trait::Indefinite);
        if let Some(known) = known.then(|| self.recall(&own)).flatten() {
            return Some(known);
        }
        // "such a duty", "against a tax": the noun alone tells which.
        let noun = own.rsplit(' ').next().unwrap_or_default();
        if article(Trait::Demonstrative) && words <= 3 {
            let tells = words > 2 || self.said.is_empty() && self.coder.memory.topic().is_none();
            return self.recall(noun).or(Some(own).filter(|_| tells));
        }
        if stance == Stance::Oppose && article(Trait::Indefinite) && words <= 2 {
            return self.recall(&own).or_else(|| self.recall(noun)).or(Some(own));
        }
        let backs = cue.is_some_and(|cue| matches!(cue.cue.class, Class::Support | Class::Yield) && !cue.cue.noun);
        if let Some(known) =
            Some(()).filter(|()| backs && article(Trait::Indefinite) && words <= 2).and_then(|()| self.recall(&own))
        {
            return Some(known);
        }
        self.inner(start, object.to).unwrap_or_else(|| Some(self.in_item(own, Run::new(start, object.to))))
    }

    /// "Port services: compromise": a noun that says little by itself, with the title of its agenda item.
    fn in_item(&self, own: String, object: Run) -> String {
        let bare =
            own.split(' ').count() <= 2 && (object.from..object.to).any(|at| self.sentence.is(at, Trait::Generic));
        let front = self.front.as_ref().map(|said| said.proposition.as_str());
        let short = |title: &&str| content(title).count() <= TITLE;
        let heading = self.coder.memory.heading().filter(|title| bare && short(title));
        let Some(title) = front.filter(|title| own.split(' ').count() <= 2 && short(title)).or(heading) else {
            return own;
        };
        let shared = content(&own).any(|word| content(title).any(|other| same(word, other)));
        if shared { own } else { format!("{title}: {own}") }
    }

    /// What a clause whose verbs come last says of its thing: "that they | this | premature find".
    fn core(&self, object: Run, judged: bool) -> Run {
        let that = self.sentence.is(object.from, Trait::That) && self.covered(object.from + 1);
        if !self.coder.language.file.verb_final {
            let from = object.from + usize::from(self.sentence.is(object.from, Trait::That));
            let thing = self.without_verdict(Run::new(from, object.to), judged);
            let cut = if thing.to < object.to { thing } else { object };
            return self.pointing_subject(Run::new(from, object.to)).unwrap_or(cut);
        }
        if !that {
            return object;
        }
        let from = (object.from + 1..object.to).find(|at| !self.covered(*at)).unwrap_or(object.to);
        self.without_verdict(Run::new(from, object.to), judged)
    }

    /// "this came too close", "whether it could be enforced": the subject of a clause that points to a thing.
    fn pointing_subject(&self, clause: Run) -> Option<Run> {
        let subject = Run::new(clause.from, clause.from + 1);
        let finite = self.sentence.is(subject.to, Trait::Verb) && !self.sentence.is(subject.to, Trait::Nonfinite);
        let demonstrative = self.sentence.is(subject.from, Trait::Demonstrative);
        let passive = |at: usize| self.sentence.longest(at, |tag| (*tag == Tag::Passive).then_some(())).is_some();
        let done = (subject.to..clause.to.min(subject.to + 4)).any(passive);
        let ahead = (subject.to..clause.to).any(|at| self.sentence.traits(at).any(&[Trait::That, Trait::Infinitive]));
        let points = finite && self.is_pointer(subject) && (demonstrative || done && !ahead);
        (points && subject.to < clause.to).then_some(subject)
    }

    /// "feared that | a levy | would deter investment", "that | further delay | would": the thing spoken of before
    /// that does the harm, and −1 where its end or delay does.
    fn feared(&self, object: Run, last: Option<&Said>) -> Option<(String, i8)> {
        let that = self.sentence.is(object.from, Trait::That) && !self.coder.language.file.verb_final;
        let verb = (object.from + 2..object.to).find(|at| self.sentence.is(*at, Trait::Verb)).filter(|_| that)?;
        let subject = Run::new(object.from + 1, verb);
        let turned = operator(self.sentence, subject);
        let cut = Cut { judged: false, turned: turned < 0 };
        let own = phrase(self.text, self.sentence, subject, cut, &|_| false);
        let noun = own.rsplit(' ').next().unwrap_or_default();
        let said = || last.filter(|_| turned < 0).map(|said| said.proposition.clone());
        Some((self.recall(&own).or_else(|| self.recall(noun)).or_else(said)?, turned))
    }

    /// True for a number, and for a word that begins with one: "2032", "five-year".
    fn counts(&self, word: &str) -> bool {
        let first = word.split('-').next().unwrap_or_default().to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit()) || self.coder.language.file.numbers.contains_key(&first)
    }

    /// True for a bare date or measure: "2032", "ten years".
    fn measures(&self, own: &str) -> bool {
        let units = &self.coder.language.file.units;
        own.split(' ').all(|word| {
            let lower = word.to_lowercase();
            self.counts(word) || units.iter().any(|unit| *unit.get_ref() == lower)
        })
    }

    /// What was last said that has a date or measure itself, where the thing last spoken of has none.
    fn measured(&self) -> Option<&Said> {
        let measured = |said: &&Said| said.proposition.split(' ').any(|word| self.counts(word));
        let here = self.said.last().or(self.front.as_ref());
        if here.is_some() { here } else { self.coder.memory.last_where(&measured) }
    }

    /// "the cost of these checks": the thing that a demonstrative inside of the object points to.
    fn inner(&self, from: usize, to: usize) -> Option<Option<String>> {
        let demonstrative =
            |at: &usize| self.sentence.is(*at, Trait::Demonstrative) && !self.sentence.is(*at, Trait::That);
        let at = (from..to).find(demonstrative)?;
        let (end, named) = extent(self.sentence, at + 1);
        let noun = named.checked_sub(1).filter(|noun| *noun > at && end <= to)?;
        let known = self.recall(self.sentence.tokens[noun].span.slice(self.text))?;
        Some(Some(known))
    }

    /// "brought forward that X": what stands before "that" is no part of the thing.
    fn behind_that(&self, object: Run, cue: &Predicate<'_>) -> Run {
        let near = Run::new(object.from, object.to.min(object.from + 4));
        let Some(that) = (near.from + 1..near.to).find(|at| self.sentence.is(*at, Trait::That)) else { return object };
        let before = Run::new(near.from, that);
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let noun = (before.from..before.to).any(|at| self.sentence.traits(at).any(&article));
        let bare = !self.tells(before, Cut::default(), Some(cue)) || self.coder.language.file.verb_final;
        if noun || !bare { object } else { Run::new(that, object.to) }
    }

    /// True where the object has a word that tells something of the thing, and is no part of the cue.
    pub(super) fn tells(&self, object: Run, cut: Cut, cue: Option<&Predicate<'_>>) -> bool {
        let empty = [
            Trait::Preposition,
            Trait::Of,
            Trait::And,
            Trait::But,
            Trait::Definite,
            Trait::Indefinite,
            Trait::Demonstrative,
            Trait::Light,
            Trait::Pointer,
            Trait::PointerWith,
            Trait::That,
            Trait::Relative,
            Trait::Agent,
            Trait::Source,
            Trait::Negation,
            Trait::Necessity,
            Trait::Possibility,
            Trait::Infinitive,
            Trait::Strong,
            Trait::Weak,
            Trait::Change,
            Trait::Contrast,
            Trait::Particle,
        ];
        // "no longer", "in principle": no word of such a phrase tells anything.
        let phrases = [Trait::Change, Trait::Weak];
        let mut passed = object.from;
        (object.from..object.to).any(|at| {
            let len = phrases.iter().filter_map(|one| self.sentence.len_of(at, *one)).max();
            passed = passed.max(at + len.unwrap_or(0));
            if at < passed {
                return false;
            }
            let traits = self.sentence.traits(at);
            let article =
                at > 0 && self.sentence.traits(at - 1).any(&[Trait::Definite, Trait::Indefinite, Trait::Demonstrative]);
            let verb = traits.has(Trait::Verb) && !traits.has(Trait::Nonfinite) && !article;
            let judges = cut.judged && traits.any(&[Trait::Positive, Trait::Negative]);
            let part = cue.is_some_and(|cue| cue.particle == Some(at) || cue.is_with(self.sentence, at));
            self.sentence.mark(at) == 'w' && !verb && !traits.any(&empty) && !self.covered(at) && !judges && !part
        })
    }

    /// True where the object only points to what was spoken of.
    pub(super) fn points_back(&self, object: Run) -> bool {
        let end = object.to.min(object.from + 2);
        let short = object.to - object.from <= 3;
        (object.from..object.to).all(|at| self.sentence.is(at, Trait::Light) && !self.sentence.is(at, Trait::Pointer))
            || self.sentence.is(object.from, Trait::PointerWith)
            || short && self.sentence.any(object.from, object.to, Trait::PointerWith)
            || (object.from..end).any(|at| {
                self.pointer_ends(at).is_some_and(|end| end + 2 >= object.to || self.sentence.is(end, Trait::As))
            })
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

    /// True for a word or phrase that points to a thing: "this", "it".
    pub(super) fn is_pointer(&self, thing: Run) -> bool {
        self.pointer_ends(thing.from).is_some_and(|end| end >= thing.to) && !thing.is_empty()
    }

    /// Where a phrase that points back ("this proposal") ends.
    pub(super) fn pointer_ends(&self, at: usize) -> Option<usize> {
        let phrase = self.sentence.longest(at, |tag| (*tag == Tag::Trait(Trait::Pointer)).then_some(()));
        phrase.map(|(len, ())| at + len).or(self.sentence.is(at, Trait::Pointer).then_some(at + 1))
    }

    /// "the target": the longer phrase that the item has for it, if there is one.
    pub(super) fn recall(&self, short: &str) -> Option<String> {
        let here = self.said.iter().rev().map(|said| said.proposition.as_str()).find(|long| continues(long, short));
        let memory = &self.coder.memory;
        let known = here.or_else(|| memory.things.recall(short)).or_else(|| memory.nouns.recall(short))?;
        // "a new fund" is not "the use of existing funds".
        let other = short.split_once(' ').is_some_and(|(first, _)| is_short(first) && !holds(known, first));
        let part = || if self.coder.language.file.verb_final { known } else { self.part_named(known, short) };
        (!other).then(|| part().to_owned())
    }
}
