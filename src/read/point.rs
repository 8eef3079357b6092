//! The stances that a clause takes, before they are given to its holders.

use crate::lexicon::{Class, Tag, Trait};
use crate::model::{Holder, Institution, Stance};

use super::certainty::Ground;
use super::clause::{Clause, Kind};
use super::memory::Said;
use super::mention::Party;
use super::predicate::{Predicate, opener, predicates};
use super::proposition::{Cut, content as words_of, is_content, same};
use super::reading::{Point, Reading};
use super::stance::{Run, aims, content, judgement, negation, operator};
use super::subject::Role;

impl Reading<'_, '_, '_> {
    /// A clause whose own words decide: "X is important", "X must not".
    pub(super) fn bare(&self, clause: Clause, own_words: bool) -> Vec<Point> {
        let run = Run::new(clause.from, clause.to);
        let stance = match (clause.kind, self.last) {
            (Kind::Manner, Some((class, sign))) if class != Class::Say && class != Class::Neutral => {
                Stance::of_sign(sign)
            }
            _ if own_words => aims(self.sentence, run),
            _ => content(self.sentence, run, &|_| false),
        };
        // "… that A must be done, and that it goes with B": the second shares what governs the first.
        let shares = clause.from > 0 && (clause.kind == Kind::Object || own_words);
        let stance = match self.said.last() {
            Some(said) if shares && stance == Stance::Neutral => said.stance,
            _ => stance,
        };
        let lead = usize::from(matches!(clause.kind, Kind::Manner | Kind::Object));
        // "In the view of X, …"
        let near = self.sentence.len_of(run.from, Trait::Source).map_or(3, |len| len + 1);
        let first = run.from + usize::from(self.sentence.is(run.from, Trait::And));
        let view =
            self.mentions.iter().find(|m| (first..first + near).contains(&m.from) && m.to < run.to && !own_words);
        let that = self.sentence.first(run.from, run.to.min(run.from + 6), &[Trait::That]);
        let object = Run::new(view.map(|m| m.to).or(that).unwrap_or(run.from + lead), run.to);
        // "For X need that not be"
        let that = |at: usize| self.sentence.is(at + 1, Trait::Negation);
        let near = object.to.min(object.from + 4);
        let pointer = self.sentence.any(object.from, near, Trait::Pointer)
            || self.sentence.having(object.from, near, &[Trait::That]).any(that);
        let topic = self.spoken_of().filter(|_| pointer && view.is_some());
        let turned = topic.map_or(1, |topic| topic.turned);
        let stance = Stance::of_sign(stance.sign() * turned);
        let proposition = match topic {
            Some(topic) => topic.proposition.clone(),
            None => {
                let judged = judgement(self.sentence, object, &|_| false) != Stance::Neutral && view.is_some();
                let cut = Cut { judged, turned: operator(self.sentence, object) < 0 };
                let topic = || self.spoken_of().map(|s| s.proposition.clone());
                let object = self.before_holder(object);
                let own = self.tells(object, cut, None).then(|| self.named(object, cut, None, stance)).flatten();
                own.or_else(topic).unwrap_or_default()
            }
        };
        let state = |holder: &Holder| holder.group().is_some();
        let states = self.coder.memory.speaker.iter().all(state);
        let fact = clause.kind == Kind::Manner || own_words && (states || !self.coder.language.file.verb_final);
        if fact && stance == Stance::Neutral || proposition.is_empty() {
            return Vec::new();
        }
        vec![Point { turned, ..Point::new(run, proposition, stance, ("content", Ground::Weak)) }]
    }

    /// A subject with a verb that the lexicon lacks: what else the clause says decides, with little confidence.
    pub(super) fn unknown(&self, clause: Clause, own: Option<(usize, Role)>) -> Vec<Point> {
        let Some((i, _)) = own else { return Vec::new() };
        // What the chair does beyond speaking is procedure.
        if self.mentions[i].parties.contains(&Party::Institution(Institution::Presidency)) {
            return Vec::new();
        }
        let (run, object) = (Run::new(clause.from, clause.to), Run::new(self.mentions[i].to, clause.to));
        // "X, present by video, supports": the verb is still to come.
        let insert = self.sentence.mark(clause.to) == ',' && self.sentence.is(clause.to + 1, Trait::Verb);
        let procedure = [Trait::Debate, Trait::Mandate];
        if insert || object.to < object.from + 3 || self.sentence.first(run.from, run.to, &procedure).is_some() {
            return Vec::new();
        }
        let stance = content(self.sentence, object, &|at| self.covered(at));
        let topic = || self.coder.memory.topic().map(|said| said.proposition.clone());
        let judged = Cut { judged: stance != Stance::Neutral, turned: false };
        let told = self.tells(object, judged, None).then(|| self.named(object, judged, None, stance)).flatten();
        let proposition = told.or_else(topic).unwrap_or_default();
        // "Cyprus is the only state without a pipeline": what somebody is or has is a fact of the reporter's.
        let verb = self.sentence.first(object.from, object.to, &[Trait::Verb]);
        let state = |party: &Party| matches!(party, Party::Group(_));
        let being =
            verb.is_some_and(|at| self.sentence.is(at, Trait::Light)) && self.mentions[i].parties.iter().all(state);
        let nothing = stance == Stance::Neutral && (being || !self.coder.language.file.verb_final);
        if proposition.is_empty() || nothing {
            return Vec::new();
        }
        vec![Point::new(run, proposition, stance, ("unknown verb", Ground::Guess))]
    }

    /// True where the object is what somebody said: "this call", "the view of X".
    pub(super) fn view(&self, object: Run) -> bool {
        // "the same rules in every basin": a thing of its own.
        let end = self.sentence.len_of(object.from, Trait::View).map(|len| object.from + len);
        let joins = [Trait::Verb, Trait::Preposition, Trait::Of, Trait::And, Trait::But, Trait::That, Trait::Light];
        let said = [Trait::Idle, Trait::Idea, Trait::Plea];
        let noun = |end: usize| {
            let traits = self.sentence.traits(end);
            end < object.to && self.sentence.mark(end) == 'w' && !traits.any(&joins) && !traits.any(&said)
        };
        end.is_some_and(|end| object.from < object.to && (self.coder.language.file.verb_final || !noun(end)))
    }

    /// True where the object is a problem or a question and not a measure.
    pub(super) fn troubles(&self, object: Run) -> bool {
        let near = Run::new(object.from, (object.from + 6).min(object.to));
        self.sentence.first(near.from, near.to, &[Trait::Inquiry, Trait::Ill, Trait::Negative]).is_some()
    }

    /// True where the object ends in an infinitive: "the situation to improve" asks for more than information.
    fn acts(&self, object: Run) -> bool {
        (object.from..object.to.saturating_sub(1))
            .any(|at| self.sentence.is(at, Trait::Infinitive) && self.sentence.tokens[at + 1].last == 'n')
    }

    pub(super) fn stance(&self, cue: &Predicate<'_>, object: Run, sign: i8, run: Run) -> Stance {
        let sentence = self.sentence;
        let covered = |at: usize| self.covered(at);
        let turned = sign * operator(sentence, object);
        // "would not agree to that": at the end it is a pronoun.
        let that = |at: usize| sentence.is(at, Trait::That) && !sentence.closes(at);
        let clause_object = (object.from.saturating_sub(1)..object.from + 2).any(that);
        match cue.cue.class {
            // "not to be justified": a verdict as a whole, with the cue in it.
            Class::Support if sentence.is_within(run.from, cue.at, Trait::Negative) => Stance::of_sign(-turned),
            Class::Support | Class::Want | Class::Backed | Class::Join => Stance::of_sign(turned),
            // "cautioned that it should not be binding"
            Class::Concern if clause_object && sentence.any(object.from, object.to, Trait::Necessity) => {
                content(sentence, object, &covered)
            }
            Class::Concern if clause_object && self.harms(object) => Stance::of_sign(-sign),
            Class::Oppose | Class::Concern => Stance::of_sign(-turned),
            Class::Yield => Stance::of_sign(operator(sentence, object)),
            Class::Request
                if !clause_object
                    && sentence.any(object.from, (object.from + 5).min(object.to), Trait::Inquiry)
                    && !(self.coder.language.file.verb_final && self.acts(object)) =>
            {
                Stance::Neutral
            }
            // "asked whether"
            Class::Request if sentence.is(object.from, Trait::That) && sentence.is(object.from, Trait::And) => {
                Stance::Neutral
            }
            Class::Request => Stance::of_sign(turned),
            // "is of importance that X be enforceable": what matters is supported.
            Class::Stress if clause_object && !cue.cue.noun => content(sentence, object, &covered),
            Class::Stress => Stance::of_sign(turned),
            Class::Judge if sentence.any(run.from, run.to, Trait::Hard) => Stance::of_sign(-sign),
            Class::Judge => {
                let judged = match judgement(sentence, run, &covered) {
                    Stance::Neutral => content(sentence, run, &covered),
                    Stance::Oppose => Stance::of_sign(-operator(sentence, object)),
                    judged => judged,
                };
                Stance::of_sign(judged.sign() * self.not_all(run))
            }
            Class::Attention if self.troubles(object) => Stance::Neutral,
            Class::Attention => Stance::of_sign(turned),
            // "suggested that patients be represented"
            Class::Say if clause_object && self.demands(object) => {
                Stance::of_sign(turned * negation(sentence, object, &covered))
            }
            Class::Say | Class::Conclude => {
                // "The text is according to X sound": the thing before, the verdict behind.
                let source = sentence.is(cue.at, Trait::Source);
                let whole = object.is_empty() || (source || object.to <= cue.at) && !clause_object;
                let told = content(sentence, if whole { run } else { object }, &covered);
                // "did not think that X was needed" denies what stands behind.
                let before = Run::new(run.from, if whole { run.from } else { object.from });
                let idiom = |at: usize| covered(at) || cue.is_with(sentence, at);
                Stance::of_sign(told.sign() * negation(sentence, before, &idiom))
            }
            _ => Stance::Neutral,
        }
    }

    /// "that patients be heard": a plain form of being that no auxiliary stands before.
    fn demands(&self, object: Run) -> bool {
        let helps = [Trait::Possibility, Trait::Necessity, Trait::Infinitive, Trait::Verb];
        let bare = |at: usize| self.sentence.first(at.saturating_sub(3).max(object.from), at, &helps).is_none();
        self.sentence.having(object.from + 2, object.to, &[Trait::Plain]).any(bare)
    }

    /// −1 where "not all" of a group hold what the run says.
    fn not_all(&self, run: Run) -> i8 {
        let within = self.mentions.iter().filter(|m| (run.from..run.to).contains(&m.from));
        if within.flat_map(|m| &m.parties).any(Party::is_negated) { -1 } else { 1 }
    }

    /// "joined the Spanish plea for X": what was said stands behind the noun, and nowhere before.
    pub(super) fn view_of(&self, cue: &Predicate<'_>, run: Run, sign: i8) -> Option<Point> {
        let covered = |at: usize| self.covered(at);
        let behind = Run::new(cue.end, run.to);
        let nouns = predicates(self.sentence, behind, &covered, self.coder.language);
        let noun = nouns.iter().find(|p| p.cue.noun && p.cue.class.takes_side() && p.cue.class != Class::Join)?;
        let open = opener(self.sentence, noun.cue, noun.end, run.to)?;
        let object = Run::new(open + 1, run.to);
        let (proposition, stance) = self.proposition(noun, object, self.stance(noun, object, sign, run));
        (!proposition.is_empty()).then(|| Point::new(run, proposition, stance, (&cue.cue.name, Ground::Weak)))
    }

    /// "shared the Commission's view that X was needed": so does it where it is a clause.
    fn view_that_from(&self, cue: &Predicate<'_>, to: usize) -> Option<usize> {
        let that = self.sentence.first(cue.end + 1, to, &[Trait::That])?;
        let view = [Trait::View, Trait::Idle, Trait::Idea, Trait::Plea];
        let named = (cue.at + 1..that).any(|at| self.sentence.traits(at).any(&view) || cue.is_with(self.sentence, at));
        (named && !self.sentence.any(cue.end, that, Trait::Verb)).then_some(that)
    }

    /// What the clause behind such a noun says.
    pub(super) fn view_that(&self, cue: &Predicate<'_>, run: Run, sign: i8) -> Option<Point> {
        let object = Run::new(self.view_that_from(cue, run.to)?, run.to);
        let stance = Stance::of_sign(content(self.sentence, object, &|at| self.covered(at)).sign() * sign);
        let cut = Cut { judged: true, turned: operator(self.sentence, object) < 0 };
        let thing = self.without_verdict(object, true);
        let named = self.named(thing, cut, None, stance).filter(|_| stance != Stance::Neutral)?;
        Some(Point::new(run, named, stance, (&cue.cue.name, Ground::Weak)))
    }

    /// What the speaker before said, said by these holders too.
    pub(super) fn joined(&self, run: Run, cue: &Predicate<'_>, own: Option<(usize, Role)>, sign: i8) -> Vec<Point> {
        // "neither did X" denies what was denied before: it joins.
        let denies = self.sentence.is(cue.at, Trait::Negation);
        let sign = if (cue.cue.class == Class::Counter) != denies { -sign } else { sign };
        let said = if self.said.is_empty() { &self.coder.memory.said } else { &self.said };
        let said: Vec<&Said> = match self.addressed(cue, run, own) {
            Some(theirs) => theirs,
            None if self.sentence.any(cue.end, run.to, Trait::First) => said.first().into_iter().collect(),
            None if self.sentence.any(cue.end, run.to, Trait::Second) => said.last().into_iter().collect(),
            None if cue.cue.noun || self.said.is_empty() => said.iter().collect(),
            None => said.last().into_iter().collect(),
        };
        let point = |said: &&Said| {
            let point = Point::echo(said, run, sign, (&cue.cue.name, Ground::Weak));
            // Whoever backs what was brought up without a side is for it.
            let backs = cue.cue.class == Class::Backed && point.stance == Stance::Neutral;
            let stance = if backs { Stance::of_sign(sign) } else { point.stance };
            Point { conditional: said.conditional, stance, ..point }
        };
        let fresh = |i: &usize| !said[..*i].iter().any(|before| before.proposition == said[*i].proposition);
        (0..said.len()).filter(fresh).map(|i| point(&said[i])).collect()
    }

    /// "sided with Denmark", "shared the Swedish view": what those named behind the cue said last.
    pub(super) fn addressed(&self, cue: &Predicate<'_>, run: Run, own: Option<(usize, Role)>) -> Option<Vec<&Said>> {
        let state = |tag: &Tag| match tag {
            Tag::State(state) | Tag::Demonym(state) => Some(state.clone()),
            _ => None,
        };
        let office = |tag: &Tag| if let Tag::Institution(one) = tag { Some(Holder::Institution(*one)) } else { None };
        // "X joined them, as did Y": those who speak too are not addressed.
        let own = own.map(|(i, _)| &self.mentions[i]);
        let speaks = |at: &usize| {
            let mut speakers = self.mentions.iter().filter(|m| m.apart.is_some()).chain(own);
            speakers.any(|m| (m.from..m.to).contains(at))
        };
        let with = (cue.end..run.to)
            .filter(|at| !speaks(at))
            .find_map(|at| self.sentence.longest(at, state))
            .map(|(_, state)| state);
        let office = (cue.end..run.to)
            .filter(|at| !speaks(at))
            .find_map(|at| self.sentence.longest(at, office))
            .map(|(_, one)| one);
        if with.is_none() && office.is_none() {
            return None;
        }
        let holds = |holder: &Holder| match &with {
            Some(with) => holder.group().is_some_and(|group| group.named.contains(with)),
            None => Some(holder) == office.as_ref(),
        };
        // "the French plea for openness": of what she said what is named.
        let named = |said: &Said| {
            let words = (cue.end..run.to).filter(|at| !self.covered(*at) && !self.sentence.is(*at, Trait::View));
            let mut words =
                words.map(|at| self.sentence.tokens[at].span.slice(self.text)).filter(|word| is_content(word));
            words.any(|word| words_of(&said.proposition).any(|other| same(other, word)))
        };
        let theirs = |said: &&Said| said.by.iter().any(holds);
        let here = self.said.iter().rev().find(theirs);
        let before: Vec<&Said> = self.coder.memory.said.iter().filter(theirs).collect();
        let one = here.or(before.iter().rev().find(|said| named(said)).copied());
        match one.or_else(|| self.coder.memory.last_of(&holds).filter(|_| before.is_empty())) {
            Some(one) => Some(vec![one]),
            None => Some(before).filter(|before| !before.is_empty()),
        }
    }
}
