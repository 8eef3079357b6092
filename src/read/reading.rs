//! A sentence while it is read, clause by clause, and what it has given so far.

use crate::lexicon::{Class, Membership, Pronoun, Tag, Trait};
use crate::model::{Holder, Institution, Quantifier, Stance};
use crate::span::Span;

use super::certainty::{Ground, certainty};
use super::clause::{Clause, Kind};
use super::coder::{Coder, Draft, narrative};
use super::memory::Said;
use super::mention::{Mention, Party};
use super::predicate::{Predicate, deciding, predicates, pronoun, things_apart};
use super::proposition::Cut;
use super::sentence::Sentence;
use super::stance::{Run, intensity, operator};
use super::subject::{Role, subject};

/// One sentence while it is read, clause by clause.
pub(super) struct Reading<'c, 'l, 's> {
    pub(super) coder: &'c mut Coder<'l>,
    pub(super) text: &'s str,
    pub(super) sentence: &'s Sentence<'s>,
    pub(super) mentions: &'s [Mention],
    pub(super) drafts: Vec<Draft>,
    pub(super) subject: Option<(Vec<Holder>, Role)>,
    pub(super) said: Vec<Said>,
    pub(super) speakers: Vec<Holder>,
    pub(super) last: Option<(Class, i8)>,
    pub(super) reason: Option<&'static str>,
    /// The sentence goes on with what the last speaker said.
    pub(super) continues: bool,
    /// Where a subject stands that waits for its verb: "Italy, while …, cautioned".
    pub(super) opened: Option<(usize, usize)>,
    /// Who said it all, named behind it: "…, so X admitted".
    pub(super) attributed: Option<usize>,
    /// The sentence opens with whose plea it speaks of: what follows is toward that plea.
    pub(super) pleaded: bool,
    /// What a past position in the sentence was toward: "Finland, once a critic of the fund, accepted it".
    pub(super) aside: Option<String>,
    /// What the words that open the sentence say it is about: "On the levy, Spain …".
    pub(super) front: Option<Said>,
}

/// One stance toward one object, before it is given to its holders.
pub(super) struct Point {
    pub(super) run: Run,
    pub(super) proposition: String,
    pub(super) stance: Stance,
    pub(super) conditional: bool,
    pub(super) rule: String,
    pub(super) ground: Ground,
    pub(super) turned: i8,
}

impl Point {
    /// A point of its own words, found by a rule that rests on something.
    pub(super) fn new(run: Run, proposition: String, stance: Stance, (rule, ground): (&str, Ground)) -> Point {
        Point { run, proposition, stance, conditional: false, rule: rule.to_owned(), ground, turned: 1 }
    }

    /// What others said, said with them (+1) or against them (−1).
    pub(super) fn echo(said: &Said, run: Run, sign: i8, rule: (&str, Ground)) -> Point {
        let stance = Stance::of_sign(said.stance.sign() * sign);
        Point { turned: said.turned, ..Point::new(run, said.proposition.clone(), stance, rule) }
    }
}

impl Reading<'_, '_, '_> {
    pub(super) fn covered(&self, at: usize) -> bool {
        self.mentions.iter().any(|m| (m.from..m.to).contains(&at))
    }

    pub(super) fn clause(&mut self, clause: Clause, condition: Option<usize>) {
        if matches!(clause.kind, Kind::Condition | Kind::Purpose) {
            return;
        }
        let somebody = |at: usize| self.mentions.iter().any(|m| m.from >= clause.from && m.to <= at);
        let later = |at: &usize| self.sentence.is(*at, Trait::Decision);
        let told = (clause.from..clause.to).find(later).is_some_and(somebody);
        if let Some(reason) = narrative(self.sentence, clause).filter(|reason| *reason != "decision" || !told) {
            self.reason = Some(reason);
            self.introduce(clause, reason);
            return;
        }
        if clause.kind == Kind::Gapped {
            return self.gapped(clause, condition);
        }
        if let Some(from) = self.plea(clause) {
            return self.clause(Clause { from, ..clause }, condition);
        }
        let run = Run::new(clause.from, clause.to);
        let sentence = self.sentence;
        let mentions = self.mentions;
        let covered = |at: usize| mentions.iter().any(|m| (m.from..m.to).contains(&at));
        let language = self.coder.language;
        // "a request that met with resistance": what stands before the pronoun is the thing.
        let start = (clause.from..clause.to).find(|at| sentence.is(*at, Trait::Relative));
        let start = start.filter(|_| clause.kind == Kind::Relative).unwrap_or(clause.from);
        let mut everything = predicates(sentence, run, &covered, language);
        everything.retain(|cue| cue.at >= start);
        let found = things_apart(everything.clone(), sentence, run);
        self.owners(clause, &everything);
        let again = |at: usize| self.again(clause, at);
        let cue = deciding(&found, sentence, &again, language.file.verb_final).copied();
        // "… and that funds could be brought in": the verbs of a second object are part of what is said.
        let reports = |cue: &Predicate<'_>| matches!(cue.cue.class, Class::Say | Class::Neutral | Class::Present);
        let cue = cue.filter(|cue| !(clause.kind == Kind::Object && language.file.verb_final && reports(cue)));
        let own = subject(sentence, clause, mentions, cue.as_ref(), language.file.verb_final);
        let (own, cue) = match self.attributed {
            Some(i) => (Some((i, Role::Source)), None),
            None => (own, cue),
        };
        if own.is_some_and(|(i, _)| self.not_in_office(i)) {
            self.reason = Some("incoming");
            return;
        }
        let past = |verb: bool| {
            let past = |at: &usize| sentence.is(*at, Trait::Past);
            let adverb = |at: usize| !sentence.is(at, Trait::Verb) || sentence.len_of(at, Trait::Past) > Some(1);
            (clause.from..clause.to).filter(past).any(|at| if verb { sentence.is(at, Trait::Verb) } else { adverb(at) })
        };
        // "At the last meeting Malta was against": what opens the clause says when.
        let front = if sentence.any(0, clause.from, Trait::Verb) { clause.from } else { 0 };
        let once =
            [front, clause.from].iter().any(|at| sentence.is(*at, Trait::Past) && !sentence.is(*at, Trait::Verb));
        let before = clause.kind == Kind::Main && (past(true) && past(false) || once);
        if before || clause.kind == Kind::Relative && sentence.any(clause.from, clause.to, Trait::Past) {
            self.reason.get_or_insert("past");
            self.opened = None;
            if let Some(cue) = cue.filter(|cue| cue.cue.class.takes_side()) {
                let object = self.object(clause, &cue, own, 0);
                let cut = Cut { judged: false, turned: operator(sentence, object) < 0 };
                self.aside = self.named(object, cut, Some(&cue), Stance::Support);
            }
            return;
        }
        let sided =
            own.is_some() && cue.is_some_and(|cue| cue.cue.class.takes_side() || cue.cue.class == Class::Attention);
        if sentence.any(clause.from, clause.to, Trait::Mandate) && !sided && (own.is_none() || cue.is_some()) {
            self.reason = Some("parliament");
            return;
        }
        if let Some(inner) = cue.and_then(|cue| self.relayed(clause, &cue, &found)) {
            return self.clause(inner, condition);
        }
        if own.is_none() && self.continues && cue.is_none() {
            return self.continued(clause, condition);
        }
        let Some(holders) = self.holders(clause, own, cue.as_ref()) else { return self.continued(clause, condition) };
        let negated =
            own.is_some_and(|(i, _)| mentions[i].parties.iter().any(|p| matches!(p, Party::Group(g) if g.negated)));
        let mut points = match cue {
            None if self.elliptic(clause, own) => self.left_out(clause, own, negated),
            Some(cue) => self.points(clause, &cue, own, negated, lead(&found, &cue)),
            None if own.is_some_and(|(_, role)| role == Role::Source)
                || matches!(clause.kind, Kind::Object | Kind::Manner)
                || clause.kind == Kind::Contrast && own.is_none() && sentence.is(clause.from + 1, Trait::Necessity) =>
            {
                self.bare(clause, false)
            }
            None if own.is_some_and(|(_, role)| role == Role::Subject) && clause.kind == Kind::Main => {
                self.unknown(clause, own)
            }
            None => Vec::new(),
        };
        if cue.is_some_and(|cue| cue.cue.class == Class::Conclude)
            && holders.contains(&Holder::Institution(Institution::Presidency))
        {
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
        let chair =
            self.coder.language.file.chair_is_procedure && holders == [Holder::Institution(Institution::Presidency)];
        // "The Presidency asked ministers for their priorities": so does who only asks round.
        let asked = |cue: &Predicate<'_>| {
            let group = |party: &Party| matches!(party, Party::Group(_));
            self.mentions.iter().any(|m| m.from == cue.end && m.parties.iter().all(group))
        };
        let sums = |cue: &Predicate<'_>| match cue.cue.class {
            Class::Say | Class::Neutral => true,
            class => class == Class::Request && asked(cue),
        };
        if chair && cue.as_ref().is_some_and(sums) {
            self.reason.get_or_insert("summing-up");
            points.clear();
        }
        // "The Presidency asked whether": what the chair asks is its agenda.
        let chairs = holders == [Holder::Institution(Institution::Presidency)];
        let asks = cue.is_some_and(|cue| cue.cue.class == Class::Request);
        points.retain(|point| !(chairs && asks && point.stance == Stance::Neutral));
        let neutral = points.iter().any(|point| point.stance == Stance::Neutral);
        let idle = neutral && (chair || matters_not(clause, cue.as_ref()) || self.takes_over());
        points.retain(|point| point.stance != Stance::Neutral || !idle);
        let waiting = self.resume(clause, own, &mut points);
        self.give(&holders, points, own, condition);
        if let Some(i) = own.map(|(i, _)| i).or(waiting) {
            self.opposed(i);
        }
        self.trailing(clause, cue.as_ref());
    }

    /// True where the speaker of a clause is named again at `at`, as the subject of a that-clause: a pronoun, the same
    /// state, or the reporting state where the first person speaks.
    fn again(&self, clause: Clause, at: usize) -> bool {
        if pronoun(self.sentence, at, self.coder.language.file.verb_final) {
            return true;
        }
        let state = |party: &Party| match party {
            Party::Group(group) if group.quantifier == Some(Quantifier::NamedOnly) => Some(group.named.clone()),
            Party::Pronoun(Pronoun::FirstPerson, _) => self.coder.reporting.clone().map(|state| vec![state]),
            _ => None,
        };
        let named = |mention: &Mention| match &mention.parties[..] {
            [party] => state(party),
            _ => None,
        };
        let Some(one) = self.mentions.iter().find(|m| m.from == at || m.from == at + 1).and_then(named) else {
            return false;
        };
        let before = |m: &&Mention| (clause.from..at).contains(&m.from) && m.to <= at;
        self.mentions.iter().filter(before).filter_map(named).any(|other| other == one)
    }

    /// "the incoming Danish Presidency": it speaks of its own plans.
    fn not_in_office(&self, mention: usize) -> bool {
        let mention = &self.mentions[mention];
        let before = mention.from.saturating_sub(1);
        mention.parties == [Party::Institution(Institution::Presidency)]
            && (before..mention.from + 2).any(|at| self.sentence.is(at, Trait::Incoming))
    }

    /// "Spain, which takes the chair in July, promised …": it speaks of its own plans.
    fn takes_over(&self) -> bool {
        let phrase = |tag: &Tag| (*tag == Tag::Trait(Trait::Incoming)).then_some(());
        (0..self.sentence.tokens.len()).any(|at| self.sentence.longest(at, phrase).is_some_and(|(len, ())| len > 1))
    }

    /// "X thanked the Commission, but found …": who is courteous, or kept silent, may go on to say something.
    fn introduce(&mut self, clause: Clause, reason: &str) {
        let own = subject(self.sentence, clause, self.mentions, None, self.coder.language.file.verb_final);
        if matches!(reason, "courtesy" | "silence")
            && clause.kind == Kind::Main
            && let Some((i, Role::Subject)) = own
            && let Some(holders) = self.holders(clause, Some((i, Role::Subject)), None)
        {
            self.subject = Some((holders, Role::Subject));
        }
    }

    /// A main clause that goes on after an insert is quoted with its subject, which is returned.
    pub(super) fn resume(&mut self, clause: Clause, own: Option<(usize, Role)>, points: &mut [Point]) -> Option<usize> {
        let resumes = own.is_none()
            && clause.kind == Kind::Main
            && clause.from > 0
            && (self.sentence.mark(clause.from - 1) == ','
                || self.opened.is_some_and(|(_, i)| self.ends(i, clause.from)))
            && !self.sentence.traits(clause.from).any(&[Trait::And, Trait::But]);
        let opened = self.opened.filter(|_| resumes);
        if let (Some((from, _)), Some(first)) = (opened, points.first_mut()) {
            first.run.from = from;
        }
        self.opened = self.opened.filter(|_| clause.kind != Kind::Main);
        opened.map(|(_, mention)| mention)
    }

    /// "…, so X admitted", "…, thus X": the mention that a closing clause only attributes the sentence to.
    pub(super) fn attribution(&self, clause: Clause) -> Option<usize> {
        let words = |from: usize, to: usize| (from..to).filter(|at| self.sentence.mark(*at) == 'w').count();
        let i = self.mentions.iter().position(|m| (clause.from..clause.to).contains(&m.from))?;
        let mention = &self.mentions[i];
        let source = self.sentence.is(clause.from, Trait::Source) && mention.from <= clause.from + 1;
        let so = self.sentence.is(clause.from, Trait::Thus)
            && self.sentence.is(clause.from + 1, Trait::Verb)
            && mention.from <= clause.from + 3;
        (clause.kind == Kind::Main && (source || so) && words(mention.to, clause.to) <= 2).then_some(i)
    }

    pub(super) fn ends(&self, mention: usize, at: usize) -> bool {
        self.mentions[mention].to == at
    }

    /// "X proposed a fund, to the approval of Y": who follows the object takes the same side, or the other.
    pub(super) fn trailing(&mut self, clause: Clause, cue: Option<&Predicate<'_>>) {
        let Some(cue) = cue.filter(|_| !self.coder.language.file.verb_final) else { return };
        for mention in self.mentions.iter().filter(|m| m.from > cue.end && m.to <= clause.to + 1) {
            let sign = match mention.apart {
                Some(Membership::Joined) => 1,
                Some(Membership::Opposed) => -1,
                _ => continue,
            };
            let Some(said) = self.said.last() else { return };
            let point = Point::echo(said, Run::new(mention.from, mention.to), sign, ("joined by", Ground::Verb));
            let holders = self.coder.memory.resolve(&mention.parties, None, true);
            self.beside(&holders, point);
        }
    }

    /// "concluded that a majority supported X": the position is that of the majority.
    pub(super) fn relayed(&self, clause: Clause, cue: &Predicate<'_>, found: &[Predicate<'_>]) -> Option<Clause> {
        let that = (cue.end..clause.to).find(|at| self.sentence.is(*at, Trait::That))?;
        let states = |party: &Party| matches!(party, Party::Group(_));
        let conclude = cue.cue.class == Class::Conclude;
        let holder = self.mentions.iter().find(|m| m.from == that + 1 && m.parties.iter().any(states) && !m.owner);
        let Some(holder) = holder else {
            // "noted that there was broad support for X"
            let breadth = |tag: &Tag| matches!(tag, Tag::Breadth(_)).then_some(());
            let broad = |p: &&Predicate<'_>| p.cue.noun && self.sentence.longest(p.at - 1, breadth).is_some();
            let relays = conclude || cue.cue.class == Class::Say;
            let found = found.iter().find(|p| p.at > that + 1 && broad(p)).filter(|_| relays);
            return found.map(|_| Clause { from: that + 1, ..clause });
        };
        let inner = found.iter().find(|p| p.at >= holder.to && p.cue.class.takes_side())?;
        let must = self.sentence.any(holder.to, inner.at, Trait::Necessity);
        (conclude && !must).then_some(Clause { from: that + 1, ..clause })
    }

    /// Writes the points down for each holder.
    pub(super) fn give(
        &mut self,
        holders: &[Holder],
        points: Vec<Point>,
        own: Option<(usize, Role)>,
        condition: Option<usize>,
    ) {
        let last = points.len().saturating_sub(1);
        for (i, point) in points.into_iter().enumerate() {
            let run = Run::new(
                point.run.from,
                condition.filter(|_| i == last).map_or(point.run.to, |end| end.max(point.run.to)),
            );
            let run = self.trimmed(run, own);
            let (Some(first), Some(end)) =
                (self.sentence.tokens.get(run.from), run.to.checked_sub(1).and_then(|i| self.sentence.tokens.get(i)))
            else {
                continue;
            };
            let conditional = condition.is_some() || point.conditional;
            for holder in holders {
                self.drafts.push(Draft {
                    holder: holder.clone(),
                    proposition: point.proposition.clone(),
                    stance: point.stance,
                    intensity: intensity(self.sentence, point.run),
                    conditional,
                    change: self.sentence.any(point.run.from, point.run.to, Trait::Change),
                    span: Span::new(first.span.start, end.span.end),
                    rule: point.rule.clone(),
                    confidence: certainty(point.ground, point.stance, holder),
                });
            }
            self.said.push(Said {
                by: holders.to_vec(),
                proposition: point.proposition,
                stance: point.stance,
                conditional,
                turned: point.turned,
            });
        }
        self.speakers = holders.to_vec();
    }

    /// Writes a point down that is said beside the main one: the speaker stays who it was.
    pub(super) fn beside(&mut self, holders: &[Holder], point: Point) {
        let speakers = self.speakers.clone();
        self.give(holders, vec![point], None, None);
        self.said.pop();
        self.speakers = speakers;
    }

    /// A quote without the conjunction it begins with, or the mark it ends with.
    pub(super) fn trimmed(&self, run: Run, own: Option<(usize, Role)>) -> Run {
        let mut run = run;
        let starts = own.map_or(usize::MAX, |(i, _)| self.mentions[i].from);
        while run.from + 1 < run.to
            && run.from < starts
            && (self.sentence.mark(run.from) != 'w' || self.sentence.traits(run.from).any(&[Trait::And, Trait::But]))
        {
            run.from += 1;
        }
        while run.to > run.from + 1
            && self.sentence.mark(run.to - 1) != 'w'
            && !matches!(self.sentence.mark(run.to - 1), ')' | '”' | '%')
        {
            run.to -= 1;
        }
        run
    }

    /// "opposed by X": the other side of what was just said.
    pub(super) fn opposed(&mut self, mention: usize) {
        let mentions = self.mentions;
        for (from, to, parties) in &mentions[mention].opposed {
            let Some(said) = self.said.last() else { return };
            let point = Point::echo(said, Run::new(*from, *to), -1, ("opposed by", Ground::Verb));
            let holders = self.coder.memory.resolve(parties, None, true);
            self.beside(&holders, point);
        }
    }
}

/// True for what is no position where it takes no side: a reason, a judgement without a verdict.
fn matters_not(clause: Clause, cue: Option<&Predicate<'_>>) -> bool {
    matches!(clause.kind, Kind::Reason | Kind::Manner) || cue.is_some_and(|cue| cue.cue.class == Class::Judge)
}

/// Where the words before a deciding cue end that only say that it follows: "said it could support".
fn lead(found: &[Predicate<'_>], cue: &Predicate<'_>) -> usize {
    let before = found.iter().filter(|p| p.at < cue.at);
    before.map(|p| p.particle.map_or(p.end, |at| at + 1)).filter(|end| *end <= cue.at).max().unwrap_or(0)
}
