//! What a stance is toward: a phrase of the clause, or what was spoken of before.

use crate::lexicon::{Class, Tag, Trait};
use crate::model::Stance;

use super::memory::Said;
use super::mention::Mention;
use super::nouns::extent;
use super::predicate::Predicate;
use super::proposition::{Cut, detailed, phrase, says, undetailed};
use super::reading::Reading;
use super::stance::{Run, judgement, operator};

impl Reading<'_, '_, '_> {
    /// The thing last spoken of: in the sentence, in the words that open it, or before.
    pub(super) fn spoken_of(&self) -> Option<&Said> {
        self.said.last().or(self.front.as_ref()).or_else(|| self.coder.memory.topic())
    }

    /// "On the use of credits, Spain …": what the words that open a sentence say it is about.
    pub(super) fn opened_with(&self) -> Option<String> {
        // "What the levy concerns, …"
        let framed = |at: &usize| self.sentence.mark(at + 1) == ',';
        let frame = self
            .sentence
            .having(2, usize::MAX, &[Trait::SourceAfter])
            .find(framed)
            .filter(|_| self.sentence.is(0, Trait::Relative));
        let len = self.sentence.len_of(0, Trait::Topic).or(frame.map(|_| 1))?;
        // Where the verb comes second, it ends the words in front.
        let second = self.coder.language.file.verb_final;
        let ends = |at: &usize| self.sentence.mark(*at) == ',' || second && self.sentence.is(*at, Trait::Verb);
        let comma = frame.or_else(|| (len..self.sentence.tokens.len()).find(ends))?;
        let object = Run::new(len, comma);
        let named = self.mentions.iter().any(|m| m.from < comma) || (0..comma).any(|at| self.covered(at));
        let aside = (0..len).any(|at| self.sentence.traits(at).any(&[Trait::Light, Trait::Weak]));
        if named
            || aside
            || (len..comma).any(|at| self.sentence.is(at, Trait::Date))
            || self.points_back(object)
            || !self.tells(object, Cut::default(), None)
        {
            return None;
        }
        self.named(object, Cut::default(), None, Stance::Neutral)
    }

    /// The phrase a stance is toward; what was last spoken of where the clause only points to it.
    pub(super) fn proposition(&self, cue: &Predicate<'_>, object: Run, stance: Stance) -> (String, Stance) {
        let object = self.behind_verdict(object).unwrap_or(object);
        let last = self.spoken_of();
        // "missed in it the subject of X": a pointer that the cue does not govern says where.
        let article = [Trait::Definite, Trait::Indefinite];
        let where_to = cue.cue.openers.is_empty() && self.sentence.is(object.from, Trait::PointerWith);
        let named =
            || self.sentence.plain_adjective(object.from + 1) && self.sentence.is(object.from + 2, Trait::Preposition);
        let behind = where_to && self.sentence.traits(object.from + 1).any(&article) && object.to > object.from + 2;
        let behind = behind || where_to && object.to > object.from + 2 && named();
        let object = Run::new(object.from + usize::from(behind), object.to);
        // "sceptical, | in view of the costs": why and when is no thing.
        let circumstance = [Trait::Purpose, Trait::Reason, Trait::Condition, Trait::Manner, Trait::Instead];
        let comma = object.from > 0 && self.sentence.mark(object.from - 1) == ',';
        let aside = comma && self.sentence.traits(object.from).any(&circumstance);
        let object = if aside { Run::new(object.from, object.from) } else { self.behind_circumstance(object) };
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
        // "fears for X": whom the thing spoken of would harm.
        let harmed = cue.cue.noun && self.sentence.is(object.from, Trait::For);
        // "warned that the procedures are too complex": what is said of is named.
        let verb_final = self.coder.language.file.verb_final;
        let judged = verb_final && self.sentence.is(object.from, Trait::That) && !self.covered(object.from + 1);
        let judged = judged && judgement(self.sentence, object, &|at| self.covered(at)) == Stance::Oppose;
        let concern = concern && !judged && (self.coder.language.file.verb_final || !cue.cue.noun || harmed);
        if let Some(text) = self.voted_on(cue, object) {
            return (text, stance);
        }
        // "a step the Commission deemed | premature": a verdict alone.
        let verdict =
            cue.cue.class == Class::Judge && !self.tells(object, Cut { judged: true, turned: false }, Some(cue));
        let it = verdict || cue.cue.class == Class::Want && self.it_done(object);
        // "deemed | a decision on it | premature"
        let points = self.points_back(core)
            || cue.cue.class == Class::Judge && verb_final && self.points_back(self.without_verdict(core, true));
        if let Some(last) = last.filter(|_| !aside && points || it || concern) {
            // "the delay" has turned the stance itself.
            let thing = operator(self.sentence, object) < 0;
            let turned = if concern || thing || cue.cue.class == Class::Yield { 1 } else { last.turned };
            let feared =
                if concern && !self.points_back(core) { self.feared_of(&last.proposition, object, cue) } else { None };
            let proposition = feared.unwrap_or_else(|| last.proposition.clone());
            return (proposition, Stance::of_sign(stance.sign() * turned));
        }
        let topic = || last.map(|said| said.proposition.clone());
        let says = matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress | Class::Concern)
            && self.sentence.is(object.from, Trait::That);
        // "said that it was time to build X": the verdict opens the thing.
        let opens = self.sentence.any(object.from, (object.from + 4).min(object.to), Trait::Opening);
        let judged = cue.cue.class == Class::Judge || says && !opens;
        let cut = Cut { judged, turned: operator(self.sentence, object) < 0 };
        let object = self.after_date(self.behind_that(object, cue));
        let own = if self.tells(object, cut, Some(cue)) { self.named(object, cut, Some(cue), stance) } else { None };
        let heading = || self.coder.memory.heading().map(str::to_owned);
        (own.or_else(topic).or_else(heading).unwrap_or_default(), stance)
    }

    /// "(could) in view of the costs | the fund | (not back)": why and when is no part of the thing.
    fn behind_circumstance(&self, object: Run) -> Run {
        let why = [Trait::Purpose, Trait::Reason, Trait::Condition];
        let why = why.into_iter().find_map(|why| self.sentence.len_of(object.from, why));
        let Some(len) = why.filter(|_| self.coder.language.file.verb_final) else { return object };
        let from = object.from + len;
        // "(had rather) seen that": a verb.
        if self.sentence.is(from, Trait::That) {
            return object;
        }
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative, Trait::Light];
        let from = from + usize::from(self.sentence.traits(from).any(&article));
        let (end, _) = extent(self.sentence, from);
        Run::new(end.min(object.to), object.to)
    }

    /// "voted against", "abstained": the text that is voted on.
    fn voted_on(&self, cue: &Predicate<'_>, object: Run) -> Option<String> {
        let votes = (cue.at..cue.end).any(|at| self.sentence.is(at, Trait::Vote));
        let idle = |at: usize| {
            self.sentence.is(at, Trait::Idle) || !self.tells(Run::new(at, at + 1), Cut::default(), Some(cue))
        };
        if !votes || !(object.from..object.to).all(idle) {
            return None;
        }
        let is_text = |word: &str| self.coder.language.vocabulary.look_up(&word.to_lowercase()).1.has(Trait::Text);
        self.coder.memory.voted_on(&is_text).map(str::to_owned)
    }

    /// "free school books: breaches of copyright": what somebody fears of the thing last spoken of.
    fn feared_of(&self, last: &str, object: Run, cue: &Predicate<'_>) -> Option<String> {
        let that = self.sentence.is(object.from, Trait::That);
        if that || !self.tells(object, Cut::default(), Some(cue)) {
            return None;
        }
        let own = phrase(self.text, self.sentence, object, Cut::default(), &|at| cue.is_part(self.sentence, at));
        (says(&own) && own != undetailed(last)).then(|| detailed(undetailed(last), &own))
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
        let wanted = phrase(self.text, self.sentence, wanted, Cut::default(), &|_| false);
        (added && !wanted.is_empty()).then(|| detailed(last, &wanted))
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

    /// "feared that | a levy | would deter investment", "that | further delay | would": the thing spoken of before
    /// that does the harm, and −1 where its end or delay does.
    fn feared(&self, object: Run, last: Option<&Said>) -> Option<(String, i8)> {
        let that = self.sentence.is(object.from, Trait::That) && !self.coder.language.file.verb_final;
        let verbs = [Trait::Verb, Trait::Possibility, Trait::Necessity];
        let verb = (object.from + 2..object.to).find(|at| self.sentence.traits(*at).any(&verbs)).filter(|_| that)?;
        let subject = Run::new(object.from + 1, verb);
        // "feared that it would": what "it" is.
        if let Some(last) = last.filter(|_| self.is_pointer(subject)) {
            return Some((last.proposition.clone(), last.turned));
        }
        let turned = operator(self.sentence, subject);
        let cut = Cut { judged: false, turned: turned < 0 };
        let own = phrase(self.text, self.sentence, subject, cut, &|_| false);
        let noun = own.rsplit(' ').next().unwrap_or_default();
        let said = || last.filter(|_| turned < 0).map(|said| said.proposition.clone());
        // "scanning messages would | undermine | encryption": what does the harm, itself.
        let harms = || (self.harms(object) && says(&own)).then(|| own.clone());
        Some((self.recall(&own).or_else(|| self.recall(noun)).or_else(said).or_else(harms)?, turned))
    }

    /// "that scanning would | undermine | encryption": a verb in the active that takes something else away.
    pub(super) fn harms(&self, object: Run) -> bool {
        let may = [Trait::Possibility, Trait::Future];
        let verb = self.sentence.first(object.from + 2, object.to, &[Trait::Verb, may[0], may[1]]);
        let Some(modal) = verb.filter(|at| self.sentence.traits(*at).any(&may)) else { return false };
        let act = (modal + 1..modal + 3).find(|at| self.sentence.is(*at, Trait::Remove));
        let active = |at: usize| !self.sentence.is_passive(at - 1) && !self.sentence.closes(at);
        !self.coder.language.file.verb_final && act.is_some_and(active)
    }

    /// "the mandate | for Latvia unacceptable": whose view it is is no part of the thing.
    pub(super) fn before_holder(&self, object: Run) -> Run {
        let views = |m: &&Mention| {
            let verb = m.from > object.from + 1 && self.sentence.is(m.from - 2, Trait::Verb);
            m.to <= object.to && verb && self.sentence.traits(m.from - 1).any(&[Trait::Viewpoint, Trait::Source])
        };
        let before = self.mentions.iter().find(views).map(|m| Run::new(object.from, m.from - 1));
        before.filter(|before| self.tells(*before, Cut::default(), None)).unwrap_or(object)
    }

    /// "brought forward that X": what stands before "that" is no part of the thing.
    fn behind_that(&self, object: Run, cue: &Predicate<'_>) -> Run {
        let near = Run::new(object.from, object.to.min(object.from + 5));
        // "for that agency": behind a preposition it is an article.
        let joins = |at: usize| self.sentence.traits(at).any(&[Trait::Preposition, Trait::Of]);
        let opens = |at: &usize| self.sentence.is(*at, Trait::That) && !joins(*at - 1);
        let Some(that) = (near.from + 1..near.to).find(opens) else { return object };
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
        let light = |at: usize| {
            let from = at.saturating_sub(2).max(object.from);
            self.coder.language.file.verb_final && self.sentence.is_within(from, at, Trait::Light)
        };
        // "no longer", "in principle": no word of such a phrase tells anything.
        let phrases = [Trait::Change, Trait::Weak, Trait::Strong];
        let mut passed = object.from;
        (object.from..object.to).any(|at| {
            let traits = self.sentence.traits(at);
            if traits.any(&phrases) {
                let len = phrases.iter().filter_map(|one| self.sentence.len_of(at, *one)).max();
                passed = passed.max(at + len.unwrap_or(0));
            }
            if at < passed || light(at) {
                return false;
            }
            let article =
                at > 0 && self.sentence.traits(at - 1).any(&[Trait::Definite, Trait::Indefinite, Trait::Demonstrative]);
            let verb = traits.has(Trait::Verb) && !traits.has(Trait::Nonfinite) && !article;
            let judges = cut.judged && traits.any(&[Trait::Positive, Trait::Negative]);
            let part = cue.is_some_and(|cue| cue.is_part(self.sentence, at));
            let own = self.sentence.mark(at) == 'w' && !verb && !traits.any(&empty) && !self.covered(at);
            // "broadly": how many share a view is no part of the thing.
            let spread = |tag: &Tag| matches!(tag, Tag::Spread(_)).then_some(());
            // "little support": how much is none of it either.
            let breadth = |tag: &Tag| matches!(tag, Tag::Breadth(_)).then_some(());
            let much = cue.is_some_and(|cue| cue.at == at + 1) && self.sentence.longest(at, breadth).is_some();
            own && !judges && !part && !much && self.sentence.longest(at, spread).is_none()
        })
    }
}
