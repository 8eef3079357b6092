//! The positions of a clause: its cue, who holds it, and what neither past nor procedure takes away.

use crate::lexicon::{Class, Trait};
use crate::model::{Holder, Institution, Stance};

use super::clause::{Clause, Kind};
use super::coder::narrative;
use super::deciding::{deciding, things_apart};
use super::mention::Party;
use super::predicate::{Predicate, predicates};
use super::proposition::Cut;
use super::reading::{Point, Reading};
use super::stance::{Run, operator};
use super::subject::{Role, subject};

impl<'l> Reading<'_, 'l, '_> {
    /// Reads one clause; `condition` is where a condition ends that its quotes take in.
    pub(super) fn clause(&mut self, clause: Clause, condition: Option<usize>) {
        if matches!(clause.kind, Kind::Condition | Kind::Purpose) || self.idles(clause) || self.narrates(clause) {
            return;
        }
        // "…, for fear of the costs": a reason without a verb is no position of its own.
        let phrase = clause.kind == Kind::Reason && self.sentence.len_of(clause.from, Trait::Reason) > Some(1);
        if phrase && !self.sentence.any(clause.from, clause.to, Trait::Verb) {
            return;
        }
        if clause.kind == Kind::Gapped {
            return self.gapped(clause, condition);
        }
        if let Some(from) = self.plea(clause) {
            return self.clause(Clause { from, ..clause }, condition);
        }
        let found = self.cues(clause);
        let cue = self.decides(clause, &found);
        let own = subject(self.sentence, clause, self.mentions, cue.as_ref(), self.coder.language.file.verb_final);
        // "pleaded that A be done and that states themselves decide": who is named in it is no speaker.
        let inner = clause.kind == Kind::Object && cue.is_none() && self.subject.is_some();
        let own = own.filter(|_| !inner);
        let (own, cue) = match self.attributed {
            Some(i) => (Some((i, Role::Source)), None),
            None => (own, cue),
        };
        if self.does_not_count(clause, cue.as_ref(), own) {
            return;
        }
        if let Some(inner) = cue.and_then(|cue| self.relayed(clause, &cue, &found)) {
            return self.clause(inner, condition);
        }
        if own.is_none() && self.continues && cue.is_none() {
            return self.continued(clause, condition);
        }
        let Some(holders) = self.holders(clause, own, cue.as_ref()) else { return self.continued(clause, condition) };
        let mut points = self.points_of(clause, cue.as_ref(), own, &found);
        if cue.is_some_and(|cue| cue.cue.class == Class::Conclude) && holders.contains(&CHAIR) {
            self.reason.get_or_insert("summing-up");
            points.clear();
        }
        let role = own.map_or(Role::Subject, |(_, role)| role);
        if points.is_empty() {
            self.reason.get_or_insert("no_cue");
            self.opened = own.map(|(i, _)| (clause.from, i)).or(self.opened);
            let fresh = own.is_some() && role == Role::Subject && cue.is_none();
            self.subject = self.subject.take().filter(|_| !fresh).or(Some((holders, role)));
            return;
        }
        self.subject = Some((holders.clone(), role));
        self.without_procedure(clause, cue.as_ref(), (own, &holders), &mut points);
        let waiting = self.resume(clause, own, &mut points);
        self.give(&holders, points, own, condition);
        if let Some(i) = own.map(|(i, _)| i).or(waiting) {
            self.opposed(i);
        }
        self.trailing(clause, cue.as_ref());
    }

    /// True for a clause of one phrase that says nothing: "speaking in its national capacity".
    fn idles(&self, clause: Clause) -> bool {
        let ends = |at: usize| {
            self.sentence
                .len_of(at, Trait::Light)
                .is_some_and(|len| len > 1 && (at + len >= clause.to || self.sentence.is(at + len, Trait::Instead)))
        };
        (clause.from..clause.to.min(clause.from + 2)).any(ends)
    }

    /// True for a clause of a decision, a courtesy or the like, which is kept as the reason.
    fn narrates(&mut self, clause: Clause) -> bool {
        let somebody = |at: usize| self.mentions.iter().any(|m| m.from >= clause.from && m.to <= at);
        let told = self.sentence.first(clause.from, clause.to, &[Trait::Decision]).is_some_and(somebody);
        let reason = narrative(self.sentence, clause).filter(|reason| *reason != "decision" || !told);
        if let Some(reason) = reason {
            self.reason = Some(reason);
            self.introduce(clause, reason);
        }
        reason.is_some()
    }

    /// The cues of a clause, without those of things that somebody asked for.
    fn cues(&mut self, clause: Clause) -> Vec<Predicate<'l>> {
        let run = Run::new(clause.from, clause.to);
        // "a request that met with resistance": what stands before the pronoun is the thing.
        let start = self.sentence.first(clause.from, clause.to, &[Trait::Relative]);
        let start = start.filter(|_| clause.kind == Kind::Relative).unwrap_or(clause.from);
        let mut everything = predicates(self.sentence, run, &|at| self.covered(at), self.coder.language);
        everything.retain(|cue| cue.at >= start);
        self.owners(clause, &everything);
        things_apart(everything, self.sentence, run)
    }

    /// The cue that decides what a clause says.
    fn decides(&self, clause: Clause, found: &[Predicate<'l>]) -> Option<Predicate<'l>> {
        let verb_final = self.coder.language.file.verb_final;
        let cue = deciding(found, self.sentence, &|at| self.again(clause, at), verb_final).copied();
        // "… and that funds could be brought in": the verbs of a second object are part of what is said.
        let reports = |cue: &Predicate<'_>| matches!(cue.cue.class, Class::Say | Class::Neutral | Class::Present);
        cue.filter(|cue| !(clause.kind == Kind::Object && verb_final && reports(cue)))
    }

    /// True for a position of another meeting, of a parliament, or of a Presidency that is not in office.
    fn does_not_count(&mut self, clause: Clause, cue: Option<&Predicate<'l>>, own: Option<(usize, Role)>) -> bool {
        if own.is_some_and(|(i, _)| self.not_in_office(i)) {
            self.reason = Some("incoming");
            return true;
        }
        if self.is_past(clause, cue) {
            self.reason.get_or_insert("past");
            self.opened = None;
            if let Some(cue) = cue.filter(|cue| cue.cue.class.takes_side()) {
                let object = self.object(clause, cue, own, 0);
                let cut = Cut { judged: false, turned: operator(self.sentence, object) < 0 };
                self.aside = self.named(object, cut, Some(cue), Stance::Support);
            }
            return true;
        }
        let sided =
            own.is_some() && cue.is_some_and(|cue| cue.cue.class.takes_side() || cue.cue.class == Class::Attention);
        let mandate = self.sentence.any(clause.from, clause.to, Trait::Mandate);
        let parliament = mandate && !sided && (own.is_none() || cue.is_some());
        if parliament {
            self.reason = Some("parliament");
        }
        parliament
    }

    /// True for what was said before: "had earlier opposed", "At the last meeting Malta was against".
    fn is_past(&self, clause: Clause, cue: Option<&Predicate<'l>>) -> bool {
        let sentence = self.sentence;
        // "recalled | that shortages had been reported last winter": what is told is past, and not that it is told.
        let told = cue.and_then(|cue| sentence.first(cue.end, clause.to, &[Trait::That]));
        let clause = Clause { to: told.filter(|_| clause.kind == Kind::Main).unwrap_or(clause.to), ..clause };
        let past = |verb: bool| {
            let mut past = sentence.having(clause.from, clause.to, &[Trait::Past]);
            let adverb = |at: usize| !sentence.is(at, Trait::Verb) || sentence.len_of(at, Trait::Past) > Some(1);
            past.any(|at| if verb { sentence.is(at, Trait::Verb) } else { adverb(at) })
        };
        // What opens the clause says when.
        let front = if sentence.any(0, clause.from, Trait::Verb) { clause.from } else { 0 };
        let once =
            [front, clause.from].iter().any(|at| sentence.is(*at, Trait::Past) && !sentence.is(*at, Trait::Verb));
        // "In December several had criticised it"
        let verb = sentence.having(clause.from, clause.to, &[Trait::Verb]).find(|at| !self.covered(*at));
        let had = verb.filter(|at| sentence.is(*at, Trait::Past) && sentence.is(front, Trait::Preposition));
        let dated = had.is_some_and(|at| (front..at).any(|at| sentence.is(at, Trait::Date) || self.year(at)));
        let before = clause.kind == Kind::Main && (past(true) && past(false) || once || dated);
        before
            || clause.kind == Kind::Relative
                && sentence.having(clause.from, clause.to, &[Trait::Past]).any(|at| self.was(at))
    }

    /// True for the number of a year.
    fn year(&self, at: usize) -> bool {
        let word = self.sentence.tokens.get(at).map_or("", |token| token.span.slice(self.text));
        word.len() == 4 && word.bytes().all(|c| c.is_ascii_digit())
    }

    /// True for a word of a past position: "which had opposed it", but not "for which Ireland had no sympathy".
    fn was(&self, at: usize) -> bool {
        let sentence = self.sentence;
        let verb = [Trait::Verb, Trait::Nonfinite, Trait::Past];
        let owns = sentence.is(at, Trait::Verb)
            && !self.coder.language.file.verb_final
            && sentence.len_of(at, Trait::Past) == Some(1)
            && !(at + 1..at + 4).any(|next| sentence.traits(next).any(&verb));
        sentence.is(at, Trait::Past) && !owns
    }

    /// The stances of a clause: by its cue, or by its own words where it has none.
    fn points_of(
        &mut self,
        clause: Clause,
        cue: Option<&Predicate<'l>>,
        own: Option<(usize, Role)>,
        found: &[Predicate<'l>],
    ) -> Vec<Point> {
        let negated = own.is_some_and(|(i, _)| self.mentions[i].parties.iter().any(Party::is_negated));
        let role = own.map(|(_, role)| role);
        let must = || self.sentence.is(clause.from + 1, Trait::Necessity);
        match cue {
            None if self.elliptic(clause, own) => self.left_out(clause, own, negated),
            Some(cue) => self.points(clause, cue, own, negated, self.lead(found, cue)),
            None if self.gives_reason(clause, own) => self.left_out(clause, own, false),
            None if role == Some(Role::Source)
                || matches!(clause.kind, Kind::Object | Kind::Manner)
                || clause.kind == Kind::Contrast && own.is_none() && must() =>
            {
                self.bare(clause, false)
            }
            None if role == Some(Role::Subject)
                && matches!(clause.kind, Kind::Main | Kind::Contrast | Kind::Absolute) =>
            {
                let sided = own.map(|(i, _)| self.sided(clause, i)).unwrap_or_default();
                if sided.is_empty() && clause.kind == Kind::Main { self.unknown(clause, own) } else { sided }
            }
            None => Vec::new(),
        }
    }

    /// "…, because tickets would according to them cost more": why those who spoke took their side.
    fn gives_reason(&self, clause: Clause, own: Option<(usize, Role)>) -> bool {
        let pronoun = |party: &Party| matches!(party, Party::Pronoun(..));
        let theirs = |(i, role): (usize, Role)| role == Role::Source && self.mentions[i].parties.iter().all(pronoun);
        // "… because soils must in their view be left out": a position of its own.
        let must = self.sentence.any(clause.from, clause.to, Trait::Necessity);
        clause.kind == Kind::Reason && own.is_some_and(theirs) && !self.said.is_empty() && !must
    }

    /// Leaves out how the chair runs the debate, and facts beside a position.
    fn without_procedure(
        &mut self,
        clause: Clause,
        cue: Option<&Predicate<'l>>,
        (own, holders): (Option<(usize, Role)>, &[Holder]),
        points: &mut Vec<Point>,
    ) {
        let chairs = holders == [CHAIR];
        let chair = self.coder.language.file.chair_is_procedure && chairs;
        // "The Presidency asked ministers for their priorities": so does who only asks round.
        let asked = |cue: &Predicate<'_>| {
            let group = |party: &Party| matches!(party, Party::Group(_));
            self.mentions.iter().any(|m| m.from == cue.end && m.parties.iter().all(group))
        };
        let sums = |cue: &Predicate<'_>| match cue.cue.class {
            Class::Say | Class::Neutral => true,
            class => class == Class::Request && asked(cue),
        };
        if chair && cue.is_some_and(sums) {
            self.reason.get_or_insert("summing-up");
            points.clear();
        }
        // "The Presidency asked whether": what the chair asks is its agenda.
        let asks = cue.is_some_and(|cue| cue.cue.class == Class::Request);
        points.retain(|point| !(chairs && asks && point.stance == Stance::Neutral));
        if holders == [COMMISSION] && cue.is_some_and(|cue| self.announces(clause, cue)) {
            points.iter_mut().for_each(|point| point.stance = Stance::Neutral);
        }
        let neutral = points.iter().any(|point| point.stance == Stance::Neutral);
        let idle = neutral && (chair || matters_not(clause, cue, own) || self.takes_over());
        points.retain(|point| point.stance != Stance::Neutral || !idle);
    }

    /// "The Commission said it would propose X": what it announces takes no side.
    fn announces(&self, clause: Clause, cue: &Predicate<'_>) -> bool {
        let end = (cue.particle.map_or(cue.end, |at| at + 1).max(cue.end) + 1).min(clause.to);
        cue.cue.class == Class::Request && !cue.cue.noun && self.sentence.any(clause.from, end, Trait::Future)
    }

    /// Where the words before a deciding cue end that only say that it follows: "said it could support".
    fn lead(&self, found: &[Predicate<'l>], cue: &Predicate<'l>) -> usize {
        // "brought | X in their waters | up": a particle that the cue does not have.
        let part = |p: &Predicate<'_>| (p.cue.noun || p.particle.is_some()) && cue.is_with(self.sentence, p.at);
        let before = found.iter().filter(|p| p.at < cue.at && !part(p));
        // "gave to | know | it could support"
        let with = |p: &Predicate<'l>| (p.end..(p.end + 2).min(cue.at)).rev().find(|at| p.is_with(self.sentence, *at));
        let end = before.map(|p| p.particle.or_else(|| with(p)).map_or(p.end, |at| at + 1));
        end.filter(|end| *end <= cue.at).max().unwrap_or(0)
    }
}

const CHAIR: Holder = Holder::Institution(Institution::Presidency);
const COMMISSION: Holder = Holder::Institution(Institution::Commission);

/// True for what is no position where it takes no side: a reason, a judgement without a verdict.
fn matters_not(clause: Clause, cue: Option<&Predicate<'_>>, own: Option<(usize, Role)>) -> bool {
    // "…, whereby Malta abstained": somebody else's view.
    let manner = clause.kind == Kind::Manner && !own.is_some_and(|(_, role)| role == Role::Subject);
    clause.kind == Kind::Reason || manner || cue.is_some_and(|cue| cue.cue.class == Class::Judge)
}
