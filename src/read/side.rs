//! The side that a cue takes toward its objects.

use crate::lexicon::{Class, Tag, Trait};
use crate::model::{Institution, Quantifier, Stance};

use super::certainty::Ground;
use super::clause::{Clause, Kind};
use super::mention::{Mention, Party};
use super::predicate::{Predicate, opener};
use super::proposition::Cut;
use super::reading::{Point, Reading};
use super::stance::{Run, content, negation, operator};
use super::subject::Role;

/// A cue with what it takes a side on.
#[derive(Debug, Clone, Copy)]
struct Side<'c, 'l> {
    clause: Clause,
    cue: &'c Predicate<'l>,
    own: Option<(usize, Role)>,
    object: Run,
    /// The clause without what is set apart from it: "…, but not the levy".
    run: Run,
    /// −1 where it is denied.
    sign: i8,
}

impl Reading<'_, '_, '_> {
    /// The stances that a cue takes toward its objects.
    pub(super) fn points(
        &mut self,
        clause: Clause,
        cue: &Predicate<'_>,
        own: Option<(usize, Role)>,
        negated: bool,
        lead: usize,
    ) -> Vec<Point> {
        if let Some(reason) = self.unsaid(clause, cue, own) {
            self.reason = Some(reason);
            return Vec::new();
        }
        let apart = self.set_apart(clause, cue);
        let pause = apart.filter(|at| self.sentence.mark(at - 1) == ',').map(|at| at - 1).or(apart);
        let object = match self.object(Clause { to: pause.unwrap_or(clause.to), ..clause }, cue, own, lead) {
            object if self.is_antecedent(clause, cue, own, object) => Run::new(cue.end, cue.end),
            object => object,
        };
        let run = Run::new(clause.from, apart.unwrap_or(clause.to));
        let sign = self.sign(cue, own, object, run) * if negated { -1 } else { 1 };
        let side = Side { clause, cue, own, object, run, sign };
        if self.praises_chair(&side) {
            self.reason = Some("courtesy");
            return Vec::new();
        }
        if let Some(points) = self.countered(&side).or_else(|| self.taken_up(&side)) {
            return points;
        }
        let mut points = self.of_parts(&side);
        self.last = Some((cue.cue.class, sign));
        if let Some(but) = apart {
            let part = Run::new(but + 2 + usize::from(cue.opens(self.sentence, but + 2)), clause.to);
            let stance = self.stance(cue, part, -sign, part);
            let (proposition, stance) = self.proposition(cue, part, stance);
            points.push(Point::new(Run::new(but, clause.to), proposition, stance, (&cue.cue.name, Ground::Weak)));
        }
        points
    }

    /// Why a cue says nothing of a side: a summing-up, or a courtesy.
    fn unsaid(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>) -> Option<&'static str> {
        let chair = own.is_some_and(|(i, _)| self.mentions[i].parties == [Party::Institution(Institution::Presidency)]);
        let institution = |party: &Party| matches!(party, Party::Institution(_) | Party::Pronoun(..));
        let presents = || own.is_none_or(|(i, _)| self.mentions[i].parties.iter().any(institution));
        match cue.cue.class {
            Class::Conclude if chair => Some("summing-up"),
            Class::Skip => Some("courtesy"),
            Class::Present if presents() && !self.tells_more(clause, cue) => Some("courtesy"),
            _ => None,
        }
    }

    /// "explained that X", "will present X": more than that something was on the table.
    fn tells_more(&self, clause: Clause, cue: &Predicate<'_>) -> bool {
        let end = cue.particle.map_or(cue.end, |at| at + 1).max(cue.end);
        let told = self.sentence.is(end, Trait::That);
        told || self.sentence.any(clause.from, cue.at, Trait::Future)
    }

    /// "the plan that X backed": where verbs come second, the object of a relative clause stands before it.
    /// So it does where verbs come last, and only when is said besides: "which the Commission | for spring | promised".
    fn is_antecedent(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>, object: Run) -> bool {
        let relative =
            clause.kind == Kind::Relative && self.sentence.any(clause.from, clause.from + 4, Trait::Relative);
        let behind = own.is_some_and(|(i, _)| self.mentions[i].from > clause.from);
        let next = own.is_some_and(|(i, _)| self.mentions[i].from == clause.from + 1);
        let when = cue.cue.openers.is_empty() && !cue.cue.noun && self.sentence.is(object.from, Trait::Preposition);
        relative && behind && (!self.coder.language.file.verb_final || next && when && object.to <= cue.at)
    }

    /// "the register, | but not the levy": where what is set apart begins.
    fn set_apart(&self, clause: Clause, cue: &Predicate<'_>) -> Option<usize> {
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let but = |at: &usize| {
            self.sentence.is(at + 1, Trait::Negation)
                && self.sentence.traits(at + 2 + usize::from(cue.opens(self.sentence, at + 2))).any(&article)
                && !self.covered(*at)
        };
        self.sentence.having(cue.at + 1, clause.to, &[Trait::But]).find(but)
    }

    /// −1 where the words of a clause deny what its cue says.
    fn sign(&self, cue: &Predicate<'_>, own: Option<(usize, Role)>, object: Run, run: Run) -> i8 {
        let covered = |at: usize| self.covered(at);
        // "was little convinced": taken for a few of the states, it has turned nothing.
        let few = |at: usize| self.sentence.longest(at, |tag| (*tag == Tag::Breadth(Quantifier::Few)).then_some(()));
        let denies = |at: usize| !(covered(at) && few(at).is_some());
        let with = |at: usize| cue.cue.with.iter().flatten().any(|word| self.sentence.tokens[at].word == *word);
        // "no interest in": the negation that a phrase begins with is part of it too.
        let phrase = matches!(cue.cue.class, Class::Support | Class::Oppose) && cue.end > cue.at + 1;
        let own_negation = self.sentence.having(run.from, run.to, &[Trait::Negation]).any(|at| with(at) && denies(at))
            || phrase && negation(self.sentence, Run::new(cue.at, cue.end), &covered) < 0;
        // "defended the plan with the argument that … not": what a later clause denies is its own.
        let that = self.sentence.first(object.from + 3, run.to, &[Trait::That]).filter(|_| cue.at < object.from);
        let sides = matches!(cue.cue.class, Class::Support | Class::Oppose | Class::Concern) && !cue.cue.noun;
        let later = that.filter(|_| !self.is_told(object) && sides);
        let answers = cue.cue.class == Class::Counter || cue.cue.class == Class::Concern && !cue.cue.noun;
        let countered = self.sentence.first(cue.end, run.to, &[Trait::That]).filter(|_| answers);
        let later = countered.or(later);
        // "have higher grants wished for students with few means": nor does what stands behind the participle deny it.
        let last = (object.to == cue.at || object.from < cue.at && object.to > cue.at)
            && self.sentence.any(run.from, object.from, Trait::Verb);
        let behind = last && !object.is_empty() && self.coder.language.file.verb_final;
        // "asked for a share, so that the money does not all go abroad"
        let aim = self.sentence.having(cue.end, run.to, &[Trait::Purpose]).find(|at| self.sentence.mark(at - 1) == ',');
        let end = later.or(behind.then_some(cue.end)).unwrap_or(run.to);
        let denied = Run::new(run.from, aim.map_or(end, |aim| aim.min(end)));
        // "could hardly agree with X"
        let hardly = |at: usize| self.sentence.tokens[at].last != 'e' && !covered(at);
        let hardly = || self.sentence.having(run.from, run.to, &[Trait::Hard]).any(hardly);
        let able = self.sentence.any(run.from, run.to, Trait::Possibility);
        let supports = cue.cue.class == Class::Support && !cue.cue.noun;
        // "showed little enthusiasm for X": of somebody named, a scant noun says the contrary.
        let scant = own.is_some() && cue.cue.noun && self.scant(cue);
        let turns = [own_negation, supports && able && hardly(), scant];
        turns.iter().filter(|turned| **turned).fold(negation(self.sentence, denied, &covered), |sign, _| -sign)
    }

    /// True where "that" opens the object, or stands right before it.
    fn is_told(&self, object: Run) -> bool {
        self.sentence.any(object.from.saturating_sub(1), object.from + 2, Trait::That)
    }

    /// "praised the Presidency": whoever is praised is no thing to take a side on.
    fn praises_chair(&self, side: &Side<'_, '_>) -> bool {
        let Side { cue, object, .. } = *side;
        let chair = |m: &&Mention| m.parties == [Party::Institution(Institution::Presidency)];
        let praised = self.mentions.iter().filter(chair).any(|m| (object.from..object.to).contains(&m.from));
        let rest = |at: usize| {
            let idle = self.sentence.traits(at).any(&[Trait::Verb, Trait::Light]);
            self.sentence.mark(at) != 'w' || idle || self.covered(at)
        };
        cue.cue.class == Class::Support && !cue.cue.noun && praised && (object.from..object.to).all(rest)
    }

    /// "countered that the levy was balanced": what the clause says decides, where it takes a side itself.
    fn countered(&self, side: &Side<'_, '_>) -> Option<Vec<Point>> {
        let Side { cue, object, run, .. } = *side;
        let told = cue.cue.class == Class::Counter && !self.coder.language.file.verb_final && self.is_told(object);
        if !told || !self.tells(object, Cut { judged: true, turned: false }, Some(cue)) {
            return None;
        }
        let stance = content(self.sentence, object, &|at| self.covered(at));
        let (proposition, stance) = self.proposition(cue, object, stance);
        let sided = stance != Stance::Neutral && !proposition.is_empty();
        sided.then(|| vec![Point::new(run, proposition, stance, (&cue.cue.name, Ground::Weak))])
    }

    /// What somebody said before, which the clause takes up: "joined X", "this call found support".
    fn taken_up(&self, side: &Side<'_, '_>) -> Option<Vec<Point>> {
        let Side { clause, cue, own, object, run, sign } = *side;
        let sign = if cue.cue.class == Class::Oppose { -sign } else { sign };
        let answers =
            matches!(cue.cue.class, Class::Support | Class::Stress) || cue.cue.class == Class::Oppose && !cue.cue.noun;
        let owned = own.is_none_or(|(_, role)| role == Role::Owner);
        let opened = opener(self.sentence, cue.cue, cue.end, clause.to).is_some();
        let backed = cue.cue.class == Class::Backed && !opened && !(owned && self.thing_first(clause));
        let joins =
            backed || matches!(cue.cue.class, Class::Join | Class::Counter) && !self.of_thing(cue, object, opened);
        // "shared those worries"
        let those = cue.cue.class == Class::Concern && cue.cue.noun && !opened && cue.at > 0;
        let those = those && self.sentence.is(cue.at - 1, Trait::Demonstrative);
        // "Sweden's opposition to X | was supported by Malta": what she holds is what is supported.
        // "lined up behind the Commission": with what it said.
        let pronoun = |party: &Party| matches!(party, Party::Pronoun(..));
        let whole = |m: &Mention| m.from == object.from && m.to >= object.to && !m.parties.iter().any(pronoun);
        let behind = opened && !cue.cue.noun && cue.cue.class == Class::Support && self.mentions.iter().any(whole);
        let behind = behind && self.addressed(cue, run, own).is_some();
        let plea = self.pleaded && !self.tells(object, Cut::default(), Some(cue));
        let idea = self.idea_of(object, cue, run, own);
        let view = plea || behind || self.view(object) || idea;
        if joins || those || answers && view || self.echoes(side) {
            let joined = self.joined(run, cue, own, sign);
            let told = || self.view_of(cue, run, sign).or_else(|| self.view_that(cue, run, sign));
            let told = if joined.is_empty() && !backed { told() } else { None };
            // "could not agree with the period", of which nobody has said anything yet.
            // So is "the proposal of France found broad support".
            let named = opened && cue.cue.class == Class::Join || backed && owned || idea;
            if joined.is_empty() && told.is_none() && named && self.tells(object, Cut::default(), Some(cue)) {
                return None;
            }
            return Some(told.map_or(joined, |point| vec![point]));
        }
        // "supported Sweden's proposal to lower the duty": what she proposes is what is supported.
        let theirs = object.from > 1 && self.sentence.possessive(object.from - 2);
        let sided = theirs && matches!(cue.cue.class, Class::Support | Class::Oppose) || self.backs_own(cue, object);
        sided.then(|| self.view_of(cue, run, sign)).flatten().map(|point| vec![point])
    }

    /// "lined up behind | the Belgian idea", "backed | the wish of the three countries": what somebody said.
    fn idea_of(&self, object: Run, cue: &Predicate<'_>, run: Run, own: Option<(usize, Role)>) -> bool {
        let idea = |at: usize| self.sentence.traits(at).any(&[Trait::Idea, Trait::Plea]);
        let from = object.from + usize::from(self.sentence.is(object.from, Trait::Definite));
        let people = |tag: &Tag| matches!(tag, Tag::Demonym(_)).then_some(());
        let of = |at: usize| {
            let whose = self.mentions.iter().find(|m| m.from == at + 1);
            self.sentence.is(at, Trait::Of) && whose.is_some_and(|m| m.to >= object.to)
        };
        match self.sentence.longest(from, people) {
            Some((len, ())) => {
                let theirs = || self.addressed(cue, run, own).is_some_and(|theirs| !theirs.is_empty());
                idea(from + len) && from + len + 1 == object.to && theirs()
            }
            None => from > object.from && idea(from) && of(from + 1),
        }
    }

    /// "found support for | its call for X": a thing of whoever found it.
    pub(super) fn backs_own(&self, cue: &Predicate<'_>, object: Run) -> bool {
        cue.cue.class == Class::Backed && self.sentence.is(object.from, Trait::Own)
    }

    /// "agreed with a stronger mandate": with a thing, and not with what somebody said.
    fn of_thing(&self, cue: &Predicate<'_>, object: Run, opened: bool) -> bool {
        let article = [Trait::Definite, Trait::Indefinite];
        let said = [Trait::Idea, Trait::Plea, Trait::View, Trait::Pointer, Trait::Generic, Trait::Idle];
        let near = object.from..object.to.min(object.from + 4);
        cue.cue.class == Class::Join
            && opened
            && self.sentence.traits(object.from).any(&article)
            && !near.clone().any(|at| self.covered(at) || self.sentence.traits(at).any(&said))
            && self.tells(object, Cut::default(), Some(cue))
            && self.view_of(cue, object, 1).is_none()
    }

    /// "confirmed that": a verb of saying whose object only points back.
    fn echoes(&self, side: &Side<'_, '_>) -> bool {
        let Side { clause, cue, object, .. } = *side;
        let empty = [Trait::Pointer, Trait::That, Trait::Light];
        let points = |at: usize| self.sentence.traits(at).any(&empty) && self.sentence.mark(at) == 'w';
        let told = matches!(cue.cue.class, Class::Say | Class::Judge)
            && self.coder.language.file.verb_final
            && !object.is_empty();
        told && (object.from..object.to).all(points)
            && self.sentence.mark(clause.to) != ','
            && self.sentence.any(object.from, object.to, Trait::That)
    }

    /// A stance toward each part of a coordinated object.
    fn of_parts(&self, side: &Side<'_, '_>) -> Vec<Point> {
        let Side { cue, object, run, sign, .. } = *side;
        let parts = self.conjuncts(object, cue.cue.class);
        // Of "that A, B and C are important" only the whole says what is said of each.
        let whole = matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress)
            && !parts.iter().skip(1).any(|part| self.sentence.is(part.from, Trait::That))
            && self.is_told(object);
        let point = |(i, part): (usize, &Run)| {
            let stance = self.stance(cue, if whole { object } else { *part }, sign, run);
            let cue_end = cue.end.max(cue.particle.map_or(0, |particle| particle + 1));
            let quote = match i {
                _ if parts.len() == 1 => run,
                0 => Run::new(run.from, part.to.max(cue_end)),
                _ => *part,
            };
            let (proposition, stance) = self.proposition(cue, self.before_holder(*part), stance);
            let ground = match (i, cue.cue.noun) {
                (0, false) => Ground::Verb,
                (0, true) => Ground::Noun,
                _ => Ground::Weak,
            };
            let point = Point::new(quote, proposition, stance, (&cue.cue.name, ground));
            Point { turned: self.turned(*part), ..point }
        };
        parts.iter().enumerate().map(point).filter(|point| !point.proposition.is_empty()).collect()
    }

    /// −1 where the words of the object take it away, so that "it" is the deletion and not the duty.
    fn turned(&self, part: Run) -> i8 {
        // "the duty to be scrapped": "it" is the duty then.
        let mut removes = self.sentence.having(part.from + 1, part.to, &[Trait::Remove]);
        let own = if removes.any(|at| self.sentence.is_passive(at - 1)) { 1 } else { operator(self.sentence, part) };
        // "a request that X backed and Y refused": what points back is turned as what it points to.
        own * self.said.last().filter(|_| self.points_back(part)).map_or(1, |said| said.turned)
    }
}
