//! A sentence while it is read, clause by clause, and what it has given so far.

use crate::lexicon::{Class, Membership, Pronoun, Tag, Trait};
use crate::model::{Holder, Institution, Quantifier, Stance};
use crate::span::Span;

use super::certainty::{Ground, certainty};
use super::clause::{Clause, Kind};
use super::coder::{Coder, Draft};
use super::deciding::pronoun;
use super::memory::Said;
use super::mention::{Mention, Party};
use super::predicate::Predicate;
use super::sentence::Sentence;
use super::stance::{Run, intensity};
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

    /// True where the speaker of a clause is named again at `at`, as the subject of a that-clause: a pronoun, the same
    /// state, or the reporting state where the first person speaks.
    pub(super) fn again(&self, clause: Clause, at: usize) -> bool {
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
    pub(super) fn not_in_office(&self, mention: usize) -> bool {
        let mention = &self.mentions[mention];
        let before = mention.from.saturating_sub(1);
        mention.parties == [Party::Institution(Institution::Presidency)]
            && (before..mention.from + 2).any(|at| self.sentence.is(at, Trait::Incoming))
    }

    /// "Spain, which takes the chair in July, promised …": it speaks of its own plans.
    pub(super) fn takes_over(&self) -> bool {
        // "the programme of its coming Presidency"
        let office = |tag: &Tag| (*tag == Tag::Institution(Institution::Presidency)).then_some(());
        let own = |at: usize| self.sentence.longest(at + 1, office).is_some();
        let phrase = |at: usize| self.sentence.len_of(at, Trait::Incoming);
        self.sentence
            .having(0, usize::MAX, &[Trait::Incoming])
            .any(|at| phrase(at).is_some_and(|len| len > 1 || own(at)))
    }

    /// "X thanked the Commission, but found …": who is courteous, or kept silent, may go on to say something.
    pub(super) fn introduce(&mut self, clause: Clause, reason: &str) {
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
        let that = self.sentence.first(cue.end, clause.to, &[Trait::That])?;
        let states = |party: &Party| matches!(party, Party::Group(_));
        // What the chair observes of the states is theirs, whatever the verb.
        let chair = |m: &Mention| m.parties == [Party::Institution(Institution::Presidency)];
        let chairs = self.mentions.iter().any(|m| (clause.from..cue.at).contains(&m.from) && chair(m));
        let observes = matches!(cue.cue.class, Class::Say | Class::Neutral) && chairs;
        let conclude = cue.cue.class == Class::Conclude || observes;
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
        // "Views on [...": where nothing is named, nothing is said of it.
        let of_something = points.into_iter().enumerate().filter(|(_, point)| !point.proposition.is_empty());
        for (i, point) in of_something {
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
            // "could under conditions agree"
            let within = self.sentence.any(point.run.from + 1, point.run.to, Trait::Condition);
            let conditional = condition.is_some() || point.conditional || within;
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
                    confidence: certainty(point.ground, point.stance, holder, own.is_none()),
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
        run.to = self.rejected(run).unwrap_or(run.to);
        while run.to > run.from + 1
            && self.sentence.mark(run.to - 1) != 'w'
            && !matches!(self.sentence.mark(run.to - 1), ')' | '”' | '%')
        {
            run.to -= 1;
        }
        run
    }

    /// "a fund | instead of a levy": where verbs come last, what is rejected behind them is no part of the quote.
    fn rejected(&self, run: Run) -> Option<usize> {
        let instead = |at: &usize| self.sentence.len_of(*at, Trait::Instead) > Some(1);
        let at = self.sentence.having(run.from + 3, run.to, &[Trait::Instead]).find(instead);
        let at = at.filter(|_| self.coder.language.file.verb_final)?;
        (!(at..run.to).any(|at| self.sentence.is_finite(at))).then_some(at)
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
