//! From the sentences of one agenda item to drafts of statements.

use crate::lexicon::{Class, Language, Membership, Pronoun, Tag, Trait};
use crate::model::{Actor, Holder, Institution, Intensity, Stance};
use crate::span::Span;

use super::clause::{Clause, Kind, clauses};
use super::list::gather;
use super::memory::{Memory, Said};
use super::mention::{Mention, Party, mentions};
use super::predicate::{Predicate, deciding, opener, predicates};
use super::proposition::{Cut, continues, phrase};
use super::sentence::Sentence;
use super::stance::{Run, aims, content, intensity, judgement, negation, operator};
use super::subject::{Role, subject};

/// A statement before it is tied to its report; spans lie in the readable text.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Who holds it.
    pub holder: Holder,
    /// Toward what.
    pub proposition: String,
    /// Which way.
    pub stance: Stance,
    /// How strongly.
    pub intensity: Intensity,
    /// On a condition.
    pub conditional: bool,
    /// Replaces an earlier stance.
    pub change: bool,
    /// The words it rests on.
    pub span: Span,
    /// The rule: how the holder is named, and the cue.
    pub rule: String,
    /// How often such a statement is right.
    pub confidence: f64,
}

/// What a sentence gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coded {
    /// Its statements.
    pub drafts: Vec<Draft>,
    /// Why it gave none although it names somebody.
    pub unread: Option<&'static str>,
}

/// Codes the sentences of one report, item by item.
pub struct Coder<'l> {
    language: &'l Language,
    reporting: Option<Actor>,
    memory: Memory,
}

/// What stands in the way of a statement, in the words of `unread`.
fn narrative(sentence: &Sentence<'_>, clause: Clause) -> Option<&'static str> {
    let has = |one| sentence.any(clause.from, clause.to, one);
    match () {
        () if has(Trait::Decision) => Some("decision"),
        () if has(Trait::Courtesy) => Some("courtesy"),
        () if has(Trait::Silence) => Some("silence"),
        () if has(Trait::Parliament) => Some("parliament"),
        () => None,
    }
}

impl<'l> Coder<'l> {
    /// A coder for reports in that language; `reporting` is the first person.
    pub fn new(language: &'l Language, reporting: Option<Actor>) -> Coder<'l> {
        Coder { language, reporting, memory: Memory::default() }
    }

    /// Forgets what the agenda item before has named; `heading` titles the new one.
    pub fn next_item(&mut self, heading: &str) {
        self.memory = self.memory.next_item(heading);
    }

    /// Forgets who spoke, at a new paragraph.
    pub fn next_paragraph(&mut self) {
        self.memory.speaker.clear();
    }

    /// Codes one sentence of the readable text.
    pub fn sentence(&mut self, text: &str, sentence: &Sentence<'_>) -> Coded {
        let mentions = mentions(sentence);
        let clauses = clauses(sentence, &mentions);
        let mut reading = Reading {
            coder: self,
            text,
            sentence,
            mentions: &mentions,
            drafts: Vec::new(),
            subject: None,
            said: Vec::new(),
            speakers: Vec::new(),
            last: None,
            reason: None,
            continues: false,
            opened: None,
        };
        for (i, clause) in clauses.iter().enumerate() {
            let condition = |at: Option<usize>| at.and_then(|at| clauses.get(at)).filter(|c| c.kind == Kind::Condition);
            // A condition behind the clause is part of its quote.
            let condition = condition(Some(i + 1)).map(|c| c.to).or(condition(i.checked_sub(1)).map(|_| clause.to));
            reading.clause(*clause, condition);
        }
        let Reading { drafts, said, speakers, subject, reason, .. } = reading;
        match (speakers.is_empty(), subject) {
            (false, _) => self.memory.keep(&speakers, said),
            (true, Some((holders, _))) => self.memory.note(&holders),
            (true, None) => {}
        }
        let unread = (drafts.is_empty() && !mentions.is_empty()).then(|| reason.unwrap_or("no_cue"));
        Coded { drafts, unread }
    }
}

struct Reading<'c, 'l, 's> {
    coder: &'c mut Coder<'l>,
    text: &'s str,
    sentence: &'s Sentence<'s>,
    mentions: &'s [Mention],
    drafts: Vec<Draft>,
    subject: Option<(Vec<Holder>, Role)>,
    said: Vec<Said>,
    speakers: Vec<Holder>,
    last: Option<(Class, i8)>,
    reason: Option<&'static str>,
    /// The sentence goes on with what the last speaker said.
    continues: bool,
    /// Where a subject stands that waits for its verb: "Italy, while …, cautioned".
    opened: Option<(usize, usize)>,
}

/// One stance toward one object, before it is given to its holders.
struct Point {
    run: Run,
    proposition: String,
    stance: Stance,
    conditional: bool,
    rule: String,
    confidence: f64,
    turned: i8,
}

impl Reading<'_, '_, '_> {
    fn covered(&self, at: usize) -> bool {
        self.mentions.iter().any(|m| (m.from..m.to).contains(&at))
    }

    fn clause(&mut self, clause: Clause, condition: Option<usize>) {
        if matches!(clause.kind, Kind::Condition | Kind::Purpose) {
            return;
        }
        if let Some(reason) = narrative(self.sentence, clause) {
            self.reason = Some(reason);
            return;
        }
        let run = Run::new(clause.from, clause.to);
        let sentence = self.sentence;
        let mentions = self.mentions;
        let covered = |at: usize| mentions.iter().any(|m| (m.from..m.to).contains(&at));
        let language = self.coder.language;
        let found = predicates(sentence, run, &covered, language);
        let cue = deciding(&found, sentence).copied();
        let own = subject(sentence, clause, mentions, cue.as_ref(), language.file.verb_final);
        if clause.kind == Kind::Relative && sentence.any(clause.from, clause.to, Trait::Past) {
            self.reason.get_or_insert("past");
            self.opened = None;
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
            Some(cue) => self.points(clause, &cue, own, negated, lead(&found, &cue)),
            None if own.is_some_and(|(_, role)| role == Role::Source)
                || matches!(clause.kind, Kind::Object | Kind::Manner) =>
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
        points.retain(|point| point.stance != Stance::Neutral || !matters_not(clause, cue.as_ref()));
        let waiting = self.resume(clause, own, &mut points);
        self.give(&holders, points, own, condition);
        if let Some(i) = own.map(|(i, _)| i).or(waiting) {
            self.opposed(i);
        }
        self.trailing(clause, cue.as_ref());
    }

    /// A main clause that goes on after an insert is quoted with its subject, which is returned.
    fn resume(&mut self, clause: Clause, own: Option<(usize, Role)>, points: &mut [Point]) -> Option<usize> {
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

    fn ends(&self, mention: usize, at: usize) -> bool {
        self.mentions[mention].to == at
    }

    /// "X proposed a fund, to the approval of Y": who follows the object takes the same side, or the other.
    fn trailing(&mut self, clause: Clause, cue: Option<&Predicate<'_>>) {
        let (Some(cue), Some(said)) = (cue, self.said.last().cloned()) else { return };
        if self.coder.language.file.verb_final {
            return;
        }
        for mention in self.mentions.iter().filter(|m| m.from > cue.end && m.to <= clause.to + 1) {
            let sign = match mention.apart {
                Some(Membership::Joined) => 1,
                Some(Membership::Opposed) => -1,
                _ => continue,
            };
            let holders = self.coder.memory.resolve(&mention.parties, None, true);
            let point = Point {
                run: Run::new(mention.from, mention.to),
                proposition: said.proposition.clone(),
                stance: Stance::of_sign(said.stance.sign() * sign),
                conditional: false,
                rule: "joined by".to_owned(),
                confidence: 0.9,
                turned: said.turned,
            };
            let speakers = self.speakers.clone();
            self.give(&holders, vec![point], None, None);
            self.said.pop();
            self.speakers = speakers;
        }
    }

    /// "concluded that a majority supported X": the position is that of the majority.
    fn relayed(&self, clause: Clause, cue: &Predicate<'_>, found: &[Predicate<'_>]) -> Option<Clause> {
        let that = (cue.end..clause.to).find(|at| self.sentence.is(*at, Trait::That))?;
        let states = |party: &Party| matches!(party, Party::Group(_));
        let holder = self.mentions.iter().find(|m| m.from == that + 1 && m.parties.iter().any(states) && !m.owner)?;
        let inner = found.iter().find(|p| p.at >= holder.to && p.cue.class.takes_side())?;
        let must = self.sentence.any(holder.to, inner.at, Trait::Necessity);
        (cue.cue.class == Class::Conclude && !must).then_some(Clause { from: that + 1, ..clause })
    }

    /// Who holds the position: named in the clause, or carried over from the clause before.
    fn holders(
        &mut self,
        clause: Clause,
        own: Option<(usize, Role)>,
        cue: Option<&Predicate<'_>>,
    ) -> Option<Vec<Holder>> {
        if let Some((i, _)) = own {
            let mention = &self.mentions[i];
            let verb = [Some(mention.to), mention.from.checked_sub(1)].into_iter().flatten();
            let verb = verb.filter(|at| self.sentence.is(*at, Trait::Verb)).find_map(|at| self.sentence.tokens.get(at));
            let plural = verb.is_some_and(|token| token.span.slice(self.text).ends_with("en"));
            let reporting = self.coder.reporting.clone();
            let pronoun = |party: &Party| matches!(party, Party::Pronoun(Pronoun::Plural, _));
            if let (true, Some((holders, _))) = (mention.parties.iter().all(pronoun), &self.subject) {
                return Some(holders.clone());
            }
            let mut parties = mention.parties.clone();
            for apart in self.mentions.iter().filter(|m| (clause.from..clause.to).contains(&m.from)) {
                let trails = !self.coder.language.file.verb_final && cue.is_some_and(|cue| apart.from > cue.end);
                let joined = matches!(apart.apart, Some(Membership::Joined));
                if let Some(kind) = apart.apart.filter(|_| !(trails && joined)) {
                    gather(&mut parties, kind, apart.parties.clone());
                }
            }
            self.first_person_plural(&mut parties);
            let holders = self.coder.memory.resolve(&parties, reporting.as_ref(), plural);
            return (!holders.is_empty()).then_some(holders);
        }
        let shares = matches!(clause.kind, Kind::Main | Kind::Object | Kind::Manner | Kind::Contrast | Kind::Reason)
            && clause.from > 0;
        if shares && let Some((holders, _)) = &self.subject {
            return Some(holders.clone());
        }
        let nominal = cue.filter(|cue| cue.cue.noun && clause.from == 0)?;
        self.agentless(nominal)
    }

    /// "Ik heb namens Nederland": the first person and the state are one.
    fn first_person_plural(&self, parties: &mut Vec<Party>) {
        let named = parties.iter().any(|p| matches!(p, Party::Group(g) if !g.named.is_empty()));
        if named {
            parties.retain(|p| !matches!(p, Party::Pronoun(Pronoun::FirstPerson, _)));
        }
    }

    /// "There was broad support for X": the adjective tells how many.
    fn agentless(&mut self, cue: &Predicate<'_>) -> Option<Vec<Holder>> {
        let size = (cue.at.saturating_sub(2)..=cue.at).find_map(|at| {
            self.sentence.longest(at, |tag| match tag {
                Tag::Breadth(quantifier) => Some(*quantifier),
                _ => None,
            })
        });
        let party = Party::Group(super::mention::GroupMention { quantifier: Some(size?.1), ..Default::default() });
        Some(self.coder.memory.resolve(&[party], None, true))
    }

    /// A sentence without a speaker goes on with what the last one said.
    fn continued(&mut self, clause: Clause, condition: Option<usize>) {
        if clause.from != 0 && !self.continues
            || self.coder.memory.speaker.is_empty()
            || self.sentence.any(clause.from, clause.to, Trait::Debate)
        {
            return;
        }
        if self.mentions.iter().any(|m| m.from < clause.to && m.parties.iter().any(|p| matches!(p, Party::Pronoun(..))))
        {
            return;
        }
        let institution = |m: &&Mention| m.parties.iter().any(|p| matches!(p, Party::Institution(_)));
        if self.mentions.iter().filter(|m| m.from < clause.to).any(|m| institution(&m)) {
            return;
        }
        let holders = self.coder.memory.speaker.clone();
        let mut points = self.bare(clause, true);
        self.continues = !points.is_empty();
        for point in &mut points {
            point.confidence = 0.6;
        }
        self.subject = Some((holders.clone(), Role::Subject));
        self.give(&holders, points, None, condition);
    }

    /// A clause whose own words decide: "X is important", "X must not".
    fn bare(&self, clause: Clause, own_words: bool) -> Vec<Point> {
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
        let view =
            self.mentions.iter().find(|m| (run.from..run.from + 3).contains(&m.from) && m.to < run.to && !own_words);
        let that = (run.from..run.to.min(run.from + 6)).find(|at| self.sentence.is(*at, Trait::That));
        let object = Run::new(view.map(|m| m.to).or(that).unwrap_or(run.from + lead), run.to);
        let pointer = (object.from..object.to.min(object.from + 4)).any(|at| self.sentence.is(at, Trait::Pointer));
        let topic = self.said.last().or_else(|| self.coder.memory.topic()).filter(|_| pointer && view.is_some());
        let proposition = match topic {
            Some(topic) => topic.proposition.clone(),
            None => phrase(
                self.text,
                self.sentence,
                object,
                Cut { judged: false, turned: operator(self.sentence, object) < 0 },
            ),
        };
        if clause.kind == Kind::Manner && stance == Stance::Neutral || proposition.is_empty() {
            return Vec::new();
        }
        vec![Point {
            run,
            proposition,
            stance,
            conditional: false,
            rule: "content".to_owned(),
            confidence: 0.7,
            turned: 1,
        }]
    }

    /// A subject with a verb that the lexicon lacks: what else the clause says decides, with little confidence.
    fn unknown(&self, clause: Clause, own: Option<(usize, Role)>) -> Vec<Point> {
        let Some((i, _)) = own else { return Vec::new() };
        // What the chair does beyond speaking is procedure.
        if self.mentions[i].parties.contains(&Party::Institution(Institution::Presidency)) {
            return Vec::new();
        }
        let (run, object) = (Run::new(clause.from, clause.to), Run::new(self.mentions[i].to, clause.to));
        // "X, present by video, supports": the verb is still to come.
        let insert = self.sentence.mark(clause.to) == ',' && self.sentence.is(clause.to + 1, Trait::Verb);
        if insert || object.to < object.from + 3 || self.sentence.any(run.from, run.to, Trait::Debate) {
            return Vec::new();
        }
        let stance = content(self.sentence, object, &|at| self.covered(at));
        let proposition = phrase(self.text, self.sentence, object, Cut::default());
        let nothing = stance == Stance::Neutral && !self.coder.language.file.verb_final;
        if proposition.is_empty() || nothing {
            return Vec::new();
        }
        vec![Point {
            run,
            proposition,
            stance,
            conditional: false,
            rule: "unknown verb".to_owned(),
            confidence: 0.4,
            turned: 1,
        }]
    }

    /// The stances that a cue takes toward its objects.
    fn points(
        &mut self,
        clause: Clause,
        cue: &Predicate<'_>,
        own: Option<(usize, Role)>,
        negated: bool,
        lead: usize,
    ) -> Vec<Point> {
        let chair = own.is_some_and(|(i, _)| self.mentions[i].parties == [Party::Institution(Institution::Presidency)]);
        if cue.cue.class == Class::Conclude && chair {
            self.reason = Some("summing_up");
            return Vec::new();
        }
        if cue.cue.class == Class::Skip {
            self.reason = Some("courtesy");
            return Vec::new();
        }
        let relative = clause.kind == Kind::Relative && self.sentence.is(clause.from, Trait::Relative);
        let antecedent = relative && own.is_some_and(|(i, _)| self.mentions[i].from > clause.from);
        let object = match self.object(clause, cue, own, lead) {
            _ if antecedent && !self.coder.language.file.verb_final => Run::new(cue.end, cue.end),
            object => object,
        };
        let run = Run::new(clause.from, clause.to);
        let covered = |at: usize| self.covered(at);
        let own_negation = cue.cue.with.iter().flatten().any(|word| {
            (run.from..run.to).any(|at| self.sentence.tokens[at].word == *word && self.sentence.is(at, Trait::Negation))
        });
        let mut sign = negation(self.sentence, run, &covered);
        if own_negation {
            sign = -sign;
        }
        if negated {
            sign = -sign;
        }
        let view = matches!(cue.cue.class, Class::Support | Class::Stress) && self.view(object);
        if view || matches!(cue.cue.class, Class::Join | Class::Counter) {
            return self.joined(run, cue, sign);
        }
        let runs = self.conjuncts(object, cue.cue.class);
        let mut points = Vec::new();
        for (i, part) in runs.iter().enumerate() {
            // Of "that A, B and C are important" only the whole says what is said of each.
            let whole = matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress)
                && !runs.iter().skip(1).any(|run| self.sentence.is(run.from, Trait::That));
            let that = self.sentence.any(object.from.saturating_sub(1), object.from + 2, Trait::That);
            let stance = self.stance(cue, if whole && that { object } else { *part }, sign, run);
            let quote = if i == 0 {
                Run::new(run.from, part.to.max(cue.end).max(cue.particle.map_or(0, |p| p + 1)))
            } else {
                *part
            };
            let quote = if runs.len() == 1 { run } else { quote };
            let turned = operator(self.sentence, *part);
            let (proposition, stance) = self.proposition(cue, *part, stance);
            if proposition.is_empty() {
                continue;
            }
            points.push(Point {
                run: quote,
                proposition,
                stance,
                conditional: false,
                rule: cue.cue.name.clone(),
                confidence: if i == 0 { 0.9 } else { 0.8 },
                turned,
            });
        }
        self.last = Some((cue.cue.class, sign));
        points
    }

    /// True where the object is what somebody said: "this call", "the view of X".
    fn view(&self, object: Run) -> bool {
        (object.from..object.to.min(object.from + 1)).any(|at| self.sentence.is(at, Trait::View))
    }

    /// True where the object is a problem or a question and not a measure.
    fn troubles(&self, object: Run) -> bool {
        let near = Run::new(object.from, (object.from + 6).min(object.to));
        (near.from..near.to).any(|at| self.sentence.traits(at).any(&[Trait::Inquiry, Trait::Ill, Trait::Negative]))
    }

    fn stance(&self, cue: &Predicate<'_>, object: Run, sign: i8, run: Run) -> Stance {
        let sentence = self.sentence;
        let covered = |at: usize| self.covered(at);
        let turned = sign * operator(sentence, object);
        let clause_object = (object.from.saturating_sub(1)..object.from + 2).any(|at| sentence.is(at, Trait::That));
        match cue.cue.class {
            Class::Support => Stance::of_sign(turned),
            Class::Oppose | Class::Concern => Stance::of_sign(-turned),
            Class::Yield => Stance::Support,
            Class::Request if sentence.any(object.from, (object.from + 5).min(object.to), Trait::Inquiry) => {
                Stance::Neutral
            }
            Class::Request => Stance::of_sign(turned),
            Class::Stress if clause_object => content(sentence, object, &covered),
            Class::Stress => Stance::of_sign(turned),
            Class::Judge if sentence.any(run.from, run.to, Trait::Hard) => Stance::of_sign(-sign),
            Class::Judge => match judgement(sentence, run, &covered) {
                Stance::Neutral => content(sentence, run, &covered),
                Stance::Oppose => Stance::of_sign(-operator(sentence, object)),
                judged => judged,
            },
            Class::Attention if self.troubles(object) => Stance::Neutral,
            Class::Attention => Stance::of_sign(turned),
            Class::Say | Class::Conclude => content(sentence, if object.is_empty() { run } else { object }, &covered),
            _ => Stance::Neutral,
        }
    }

    /// The phrase a stance is toward; what was last spoken of where the clause only points to it.
    fn proposition(&self, cue: &Predicate<'_>, object: Run, stance: Stance) -> (String, Stance) {
        let last = self.said.last().or_else(|| self.coder.memory.topic()).cloned();
        let concern = cue.cue.class == Class::Concern && stance == Stance::Oppose;
        let concern = concern && (self.coder.language.file.verb_final || !cue.cue.noun);
        if let Some(last) = last.as_ref().filter(|_| self.points_back(object) || concern) {
            let thing = self.sentence.is(object.from, Trait::PointerWith) || self.coder.language.file.verb_final;
            let turned = if concern || thing || cue.cue.class == Class::Yield { 1 } else { last.turned };
            return (last.proposition.clone(), Stance::of_sign(stance.sign() * turned));
        }
        let topic = last.map(|said| said.proposition);
        let cut = Cut { judged: cue.cue.class == Class::Judge, turned: operator(self.sentence, object) < 0 };
        let own = phrase(self.text, self.sentence, object, cut);
        if own.is_empty() {
            let heading = || self.coder.memory.heading().map(str::to_owned);
            return (topic.or_else(heading).unwrap_or_default(), stance);
        }
        let that = usize::from(self.sentence.is(object.from, Trait::That) && object.from + 1 < object.to);
        let first = self.sentence.traits(object.from + that);
        let known = first.any(&[Trait::Definite, Trait::Demonstrative]).then(|| self.recall(&own)).flatten();
        let pointed = topic.filter(|_| first.has(Trait::Demonstrative) && own.split(' ').count() <= 2);
        (known.or(pointed).unwrap_or(own), stance)
    }

    /// True where the object only points to what was spoken of.
    fn points_back(&self, object: Run) -> bool {
        let end = object.to.min(object.from + 2);
        let short = object.to - object.from <= 3;
        object.is_empty()
            || self.sentence.is(object.from, Trait::PointerWith)
            || short && self.sentence.any(object.from, object.to, Trait::PointerWith)
            || (object.from..end).any(|at| self.pointer_ends(at).is_some_and(|end| end + 2 >= object.to))
    }

    /// Where a phrase that points back ("this proposal") ends.
    fn pointer_ends(&self, at: usize) -> Option<usize> {
        let phrase = self.sentence.longest(at, |tag| (*tag == Tag::Trait(Trait::Pointer)).then_some(()));
        phrase.map(|(len, ())| at + len).or(self.sentence.is(at, Trait::Pointer).then_some(at + 1))
    }

    /// "the target": the longer phrase that the item has for it, if there is one.
    fn recall(&self, short: &str) -> Option<String> {
        let here = self.said.iter().rev().map(|said| said.proposition.as_str());
        here.chain(self.coder.memory.things()).find(|long| continues(long, short)).map(str::to_owned)
    }

    /// What the speaker before said, said by these holders too.
    fn joined(&self, run: Run, cue: &Predicate<'_>, sign: i8) -> Vec<Point> {
        // "neither did X" denies what was denied before: it joins.
        let denies = self.sentence.is(cue.at, Trait::Negation);
        let sign = if (cue.cue.class == Class::Counter) != denies { -sign } else { sign };
        let said = if self.said.is_empty() { &self.coder.memory.said } else { &self.said };
        let said: Vec<&Said> = if cue.cue.noun || self.said.is_empty() {
            said.iter().collect()
        } else {
            said.last().into_iter().collect()
        };
        let point = |said: &&Said| Point {
            run,
            proposition: said.proposition.clone(),
            stance: Stance::of_sign(said.stance.sign() * sign),
            conditional: said.conditional,
            rule: cue.cue.name.clone(),
            confidence: 0.8,
            turned: said.turned,
        };
        said.iter().map(point).collect()
    }

    /// The tokens of the object: after its preposition, after the verb, or before a final verb.
    fn object(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>, lead: usize) -> Run {
        let mut end = clause.to;
        while end > clause.from + 1
            && (self.sentence.mark(end - 1) != 'w'
                || cue.particle == Some(end - 1)
                || cue.is_with(self.sentence, end - 1))
        {
            end -= 1;
        }
        let that = self.sentence.any(cue.end, end, Trait::That);
        if let Some((i, Role::Agent)) = own
            && self.mentions[i].from < cue.at
            && !that
        {
            let before = Run::new(clause.from, self.mentions[i].from - 1);
            let relative = clause.kind == Kind::Relative;
            return if relative { Run::new(before.from, before.from) } else { before };
        }
        let mut from = cue.end;
        if matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress | Class::Concern | Class::Judge)
            && let Some(that) = (cue.end..end).find(|at| self.sentence.is(*at, Trait::That))
            && (cue.end..that).all(|at| self.passes(cue, at))
        {
            return Run::new(that, end);
        }
        if let Some(open) = opener(self.sentence, cue.cue, from, end) {
            // "criticism of X of the plan", "is a priority of X": the first is the holder.
            let holder = own.filter(|(i, role)| *role == Role::Owner && self.mentions[*i].from == open + 1);
            let Some((i, _)) = holder else { return Run::new(open + 1, end) };
            let next = opener(self.sentence, cue.cue, self.mentions[i].to, end);
            return next.map_or(self.before_verb(clause), |next| Run::new(next + 1, end));
        }
        // "pleaded for it that …": the pointer looks ahead.
        if self.sentence.is(from, Trait::PointerWith)
            && let Some(that) = (from + 1..(from + 4).min(end)).find(|at| self.sentence.is(*at, Trait::That))
        {
            return Run::new(that, end);
        }
        // "the plan met with resistance from X": what stands before the verb is the object.
        let nominal = cue.cue.noun && own.is_none_or(|(_, role)| role == Role::Owner);
        let before = self.before_verb(clause);
        if nominal
            && (before.from..before.to)
                .any(|at| self.sentence.traits(at).any(&[Trait::Definite, Trait::Indefinite, Trait::Demonstrative]))
        {
            return before;
        }
        if let Some((i, _)) = own
            && self.mentions[i].from >= cue.end
        {
            from = self.mentions[i].to;
        }
        // Somebody addressed, or a particle, stands before the object.
        while from < end
            && (cue.particle == Some(from)
                || self.mentions.iter().any(|m| m.from == from && m.to < end)
                || self.sentence.mark(from) != 'w')
        {
            from = self.mentions.iter().find(|m| m.from == from).map_or(from + 1, |m| m.to);
        }
        if from >= end {
            let start = own.map_or(clause.from, |(i, _)| self.mentions[i].to).max(lead);
            if start < cue.at {
                return Run::new(start, cue.at);
            }
        }
        Run::new(from.min(end), end)
    }

    /// Words that may stand between a verb and its that-clause: somebody, a pointer, an adverb. After
    /// anything else "dat" begins a relative clause.
    fn passes(&self, cue: &Predicate<'_>, at: usize) -> bool {
        let light = [Trait::Light, Trait::PointerWith, Trait::Strong, Trait::Weak, Trait::Change, Trait::But];
        let adverb = self.sentence.traits(at).any(&light)
            || self.sentence.plain_adjective(at) && !self.sentence.is(at + 1, Trait::That);
        self.covered(at)
            || self.sentence.mark(at) != 'w'
            || adverb
            || cue.particle == Some(at)
            || cue.is_with(self.sentence, at)
    }

    /// What stands before the first verb of a clause.
    fn before_verb(&self, clause: Clause) -> Run {
        let verb = (clause.from..clause.to).find(|at| self.sentence.is(*at, Trait::Verb) && !self.covered(*at));
        Run::new(clause.from, verb.unwrap_or(clause.from))
    }

    /// The parts of a coordinated object that stand for themselves.
    fn conjuncts(&self, object: Run, class: Class) -> Vec<Run> {
        let mut parts = Vec::new();
        let mut from = object.from;
        if !matches!(class, Class::Neutral | Class::Judge) {
            for at in object.from + 1..object.to {
                let comma = self.sentence.mark(at) == ',';
                let and = self.sentence.is(at, Trait::And);
                if !(comma || and) || self.covered(at) || at < from + 2 {
                    continue;
                }
                let next = at + 1 + usize::from(comma && self.sentence.is(at + 1, Trait::And));
                if self.begins_object(next, Run::new(from, at), comma) {
                    parts.push(Run::new(from, at));
                    from = next;
                }
            }
        }
        parts.push(Run::new(from, object.to));
        parts
    }

    /// True where a further object begins at `at`: an article or "that", as the one before began.
    fn begins_object(&self, at: usize, before: Run, comma: bool) -> bool {
        let article = |at: usize| {
            self.sentence.traits(at).any(&[Trait::Definite, Trait::Indefinite]) || self.sentence.is(at, Trait::Opening)
        };
        let between = (before.from..before.to).any(|i| self.sentence.is(i, Trait::Between));
        let nested = (before.from + 1..before.to)
            .any(|i| self.sentence.traits(i).any(&[Trait::Of, Trait::Preposition]) && article(i + 1));
        let long = (at..at + 2).all(|i| self.sentence.mark(i) == 'w');
        let that = self.sentence.is(at, Trait::That) && self.sentence.any(before.from, before.to, Trait::That);
        let opening = self.sentence.is(at, Trait::Opening);
        let start = before.from + usize::from(self.sentence.is(before.from, Trait::That));
        let same = self.same_frame(start, at);
        long && !between && (that || article(at) && (comma || !nested || opening || same) && article(start))
    }

    /// "the use of A and the network of B": both parts have the same article and an "of".
    fn same_frame(&self, before: usize, at: usize) -> bool {
        let opening = self.sentence.longest(before, |tag| (*tag == Tag::Trait(Trait::Opening)).then_some(()));
        let after = before + opening.map_or(0, |(len, ())| len);
        let of = |from: usize| (from + 1..from + 5).any(|i| self.sentence.is(i, Trait::Of));
        let article = |i: usize| self.sentence.tokens.get(i).map(|token| token.word);
        (article(after) == article(at) && of(after) || article(before) == article(at) && of(before)) && of(at)
    }

    /// Writes the points down for each holder.
    fn give(&mut self, holders: &[Holder], points: Vec<Point>, own: Option<(usize, Role)>, condition: Option<usize>) {
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
                    confidence: point.confidence,
                });
            }
            self.said.push(Said {
                proposition: point.proposition,
                stance: point.stance,
                conditional,
                turned: point.turned,
            });
        }
        self.speakers = holders.to_vec();
    }

    /// A quote without the conjunction it begins with, or the mark it ends with.
    fn trimmed(&self, run: Run, own: Option<(usize, Role)>) -> Run {
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
    fn opposed(&mut self, mention: usize) {
        let Some(said) = self.said.last().cloned() else { return };
        for (from, to, parties) in self.mentions[mention].opposed.clone() {
            let holders = self.coder.memory.resolve(&parties, None, true);
            let speakers = self.speakers.clone();
            let point = Point {
                run: Run::new(from, to),
                proposition: said.proposition.clone(),
                stance: Stance::of_sign(-said.stance.sign()),
                conditional: false,
                rule: "opposed by".to_owned(),
                confidence: 0.9,
                turned: said.turned,
            };
            self.give(&holders, vec![point], None, None);
            self.said.pop();
            self.speakers = speakers;
        }
    }
}

/// True for what is no position where it takes no side: a reason, a judgement without a verdict.
fn matters_not(clause: Clause, cue: Option<&Predicate<'_>>) -> bool {
    clause.kind == Kind::Reason || cue.is_some_and(|cue| cue.cue.class == Class::Judge)
}

/// Where the words before a deciding cue end that only say that it follows: "said it could support".
fn lead(found: &[Predicate<'_>], cue: &Predicate<'_>) -> usize {
    let before = found.iter().filter(|p| p.at < cue.at);
    before.map(|p| p.particle.map_or(p.end, |at| at + 1)).filter(|end| *end <= cue.at).max().unwrap_or(0)
}
