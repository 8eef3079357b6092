//! The object of a cue, and its parts that stand for themselves.

use crate::lexicon::{Class, Tag, Trait};

use super::clause::{Clause, Kind};
use super::predicate::{Predicate, opener};
use super::proposition::Cut;
use super::reading::Reading;
use super::stance::Run;
use super::subject::Role;

impl Reading<'_, '_, '_> {
    /// The tokens of the object: after its preposition, after the verb, or before a final verb.
    pub(super) fn object(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>, lead: usize) -> Run {
        let mut end = clause.to;
        while end > clause.from + 1
            && (self.sentence.mark(end - 1) != 'w'
                || cue.particle == Some(end - 1)
                || cue.is_with(self.sentence, end - 1))
        {
            end -= 1;
        }
        let that = self.sentence.any(cue.end, end, Trait::That);
        // "That returns must rise, was contested by nobody": the clause in front is the object.
        let comma =
            (clause.from..cue.at).find(|at| self.sentence.mark(*at) == ',' && self.sentence.is(at + 1, Trait::Verb));
        if let Some(comma) = comma.filter(|_| clause.from == 0 && self.sentence.is(0, Trait::That) && !self.covered(0))
        {
            return Run::new(0, comma);
        }
        if let Some((i, Role::Agent)) = own
            && self.mentions[i].from < cue.at
            && !that
        {
            let before = Run::new(clause.from, self.mentions[i].from - 1);
            let relative = clause.kind == Kind::Relative;
            // "By X was the export raised", "There was by X called for Y": nothing stands before the agent.
            let opens = !relative && (before.is_empty() || !self.tells(before, Cut::default(), Some(cue)));
            return match (relative, opens) {
                (true, _) => Run::new(before.from, before.from),
                (_, true) if opener(self.sentence, cue.cue, cue.end, end).is_some() => {
                    Run::new(opener(self.sentence, cue.cue, cue.end, end).map_or(cue.end, |at| at + 1), end)
                }
                (_, true) if self.mentions[i].to + 2 < cue.at => Run::new(self.mentions[i].to, cue.at),
                _ => before,
            };
        }
        if let Some((i, Role::Agent)) = own
            && !that
        {
            // "was called for by X", "was described as premature by X": only what opens before the agent is the object.
            let open = opener(self.sentence, cue.cue, cue.end, self.mentions[i].from.saturating_sub(2));
            let judged = cue.cue.class == Class::Judge;
            return match open.filter(|_| !judged) {
                Some(open) => Run::new(open + 1, self.mentions[i].from - 1),
                // "Concerns were raised by X about Y"
                None => match opener(self.sentence, cue.cue, self.mentions[i].to, end).filter(|_| cue.cue.noun) {
                    Some(open) => Run::new(open + 1, end),
                    // "scepticism was voiced by X": the noun has no object of its own.
                    None if cue.cue.noun && self.before_verb(clause).to == cue.end => Run::new(cue.end, cue.end),
                    None => self.before_verb(clause),
                },
            };
        }
        // "The duty must according to X stay": the thing stands before the verb.
        let before = self.before_verb(clause);
        if self.sentence.is(cue.at, Trait::Source)
            && self.coder.language.file.verb_final
            && before.to < cue.at
            && self.tells(before, Cut::default(), Some(cue))
        {
            return before;
        }
        let mut from = cue.end;
        if matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress | Class::Concern | Class::Judge)
            && let Some(that) = (cue.end..end).find(|at| self.sentence.is(*at, Trait::That))
            && (cue.end..that).all(|at| self.passes(cue, at))
        {
            return Run::new(that, end);
        }
        // "pleaded (someone) for it that …": the pointer looks ahead.
        let ahead = self.mentions.iter().find(|m| m.from == from).map_or(from, |m| m.to);
        if self.sentence.is(ahead, Trait::PointerWith)
            && let Some(that) = (ahead + 1..(ahead + 4).min(end)).find(|at| self.sentence.is(*at, Trait::That))
        {
            return Run::new(that, end);
        }
        // "called (someone) to it up the reports to scrap": the pointer stands before the particle of the verb.
        let ahead = cue.particle.filter(|at| *at > from && self.sentence.is(at - 1, Trait::PointerWith));
        if let Some(particle) = ahead
            && (particle + 1..end).any(|at| self.sentence.is(at, Trait::Infinitive))
        {
            return Run::new(particle + 1, end);
        }
        // "pleaded for it to exempt islands": so does it before an infinitive.
        let infinitive = (from + 2..end).any(|at| self.sentence.is(at, Trait::Infinitive));
        if self.sentence.is(from, Trait::PointerWith) && infinitive && cue.cue.class.takes_side() {
            return Run::new(from + 1, end);
        }
        // "agreement that X needs to be revised": the clause behind the noun is what it is about.
        if cue.cue.noun && cue.cue.class.takes_side() && self.sentence.is(from, Trait::That) {
            return Run::new(from, end);
        }
        if let Some(open) = opener(self.sentence, cue.cue, from, end) {
            if let Some(thing) = self.accusative(from, open, cue) {
                return Run::new(thing, end);
            }
            // "criticism of X of the plan", "is a priority of X": the first is the holder.
            let holder = own.filter(|(i, role)| *role == Role::Owner && self.mentions[*i].from == open + 1);
            let Some((i, _)) = holder else {
                // "Support for X came from Y": the object ends at the verb.
                let verb = (open + 1..end).find(|at| self.sentence.is(*at, Trait::Verb));
                let behind = |i: usize| verb.is_some_and(|verb| self.mentions[i].from > verb);
                let owned = own.is_some_and(|(i, role)| {
                    role == Role::Owner && (!self.coder.language.file.verb_final || behind(i))
                });
                // "appealed to delegations not to dilute X": who is addressed is no part of what is asked.
                let addressed = self.mentions.iter().find(|m| m.from == open + 1).map(|m| m.to);
                // "asked for them to be made permanent": they are things.
                let thing = addressed.and_then(|to| self.accusative(open + 1, to, cue)).is_some();
                let addressed = addressed.filter(|_| !thing);
                let asked = |at: usize| self.sentence.any(at, at + 2, Trait::Infinitive);
                let from = addressed.filter(|at| asked(*at)).unwrap_or(open + 1);
                return Run::new(from, verb.filter(|_| owned).unwrap_or(end));
            };
            let next = opener(self.sentence, cue.cue, self.mentions[i].to, end);
            return next.map_or(self.before_verb(clause), |next| Run::new(next + 1, end));
        }
        // "the plan met with resistance from X": what stands before the verb is the object.
        let nominal = cue.cue.noun
            && own.is_none_or(|(i, role)| {
                let views = role == Role::Source && self.mentions[i].from > self.before_verb(clause).to;
                role == Role::Owner || views || role == Role::Subject && self.mentions[i].from == cue.end
            });
        let before = self.before_verb(clause);
        if nominal
            && ((before.from..before.to)
                .any(|at| self.sentence.traits(at).any(&[Trait::Definite, Trait::Indefinite, Trait::Demonstrative]))
                || clause.from == 0 && self.names_first(before))
        {
            // "a suggestion that found support with X": the antecedent stands for what was said.
            let relative = clause.kind == Kind::Relative && self.coder.language.file.verb_final;
            return if relative { Run::new(before.from, before.from) } else { before };
        }
        if let Some((i, _)) = own
            && self.mentions[i].from >= cue.end
        {
            from = self.mentions[i].to;
        }
        // "Against the levy had Latvia no objection": the preposition may open the clause.
        let opens = self.sentence.tokens.get(clause.from).is_some_and(|token| cue.cue.openers.contains(&token.word));
        if opens
            && cue.at > before.to
            && own.is_none_or(|(i, _)| self.mentions[i].from >= before.to)
            && before.to > clause.from + 1
        {
            return Run::new(clause.from + 1, before.to);
        }
        // Somebody addressed, or a particle, stands before the object.
        // "wanted them to be higher"
        let to = (from + 1..(from + 3).min(end)).find(|at| self.sentence.is(*at, Trait::Infinitive));
        if let Some(thing) = to.and_then(|to| self.accusative(from, to, cue)) {
            return Run::new(thing, end);
        }
        // "rejected it, pointing to the cost", "found it disproportionate": it is the thing, and nobody addressed.
        let pronoun = !self.coder.language.file.verb_final && self.is_pointer(Run::new(from, from + 1));
        let sides = matches!(cue.cue.class, Class::Support | Class::Oppose | Class::Yield) && !cue.cue.noun;
        let sides = sides && !self.sentence.is(from + 1, Trait::Remove);
        if sides && pronoun && from < end && self.mentions.iter().any(|m| m.from == from && m.to == from + 1) {
            return Run::new(from, from + 1);
        }
        let judged = cue.cue.class == Class::Judge && pronoun;
        while from < end
            && !judged
            && (cue.particle == Some(from)
                || self.mentions.iter().any(|m| m.from == from && m.to < end)
                || self.sentence.mark(from) != 'w')
        {
            let next = self.mentions.iter().find(|m| m.from == from).map_or(from + 1, |m| m.to);
            from = if self.sentence.possessive(from) { from + 2 } else { next };
        }
        if self.fronted(clause, cue, own, Run::new(from.min(end), end)) {
            return before;
        }
        let follows = own.is_some_and(|(i, role)| role == Role::Subject && self.mentions[i].to <= cue.at);
        let verbs = [Trait::Verb, Trait::Light, Trait::Necessity, Trait::Possibility];
        // "the register to authorities to want to leave": the object stands before both.
        let wants = cue.cue.class == Class::Want
            && end <= from + 1
            && cue.at > 0
            && self.sentence.is(cue.at - 1, Trait::Infinitive);
        // "the costs as aid | would want to count": the infinitive of a verb that the lexicon lacks ends the clause.
        let unknown = |at: usize| self.sentence.plain_adjective(at) && self.sentence.tokens[at].last == 'n';
        let counts = cue.cue.class == Class::Want && end == from + 1 && unknown(from) && cue.at > clause.from + 3;
        let spent = wants || counts || (from..end).all(|at| self.sentence.traits(at).any(&verbs));
        let ends = self.coder.language.file.verb_final && spent;
        if ends || from >= end && !follows {
            let start = own.map_or(clause.from, |(i, _)| self.mentions[i].to).max(lead);
            // "that | Spain | the levy supports": the speaker again is no part of the object.
            let named = |at: &usize| !self.sentence.is(*at, Trait::That) && !self.covered(*at);
            let start = (start..cue.at).find(named).unwrap_or(start);
            if start < cue.at {
                let inner = opener(self.sentence, cue.cue, start, cue.at.saturating_sub(1)).map(|at| at + 1);
                let auxiliary = (start..cue.at).find(|at| !self.sentence.is(*at, Trait::Verb)).unwrap_or(start);
                return Run::new(inner.unwrap_or(auxiliary), cue.at);
            }
        }
        Run::new(from.min(end), end)
    }

    /// "would like | those criteria | to be voluntary", "pressed for | sanctions | to apply": where the thing begins
    /// that the infinitive behind it is said of. Somebody who stands there is only addressed.
    fn accusative(&self, from: usize, to: usize, cue: &Predicate<'_>) -> Option<usize> {
        let thing = from + usize::from(self.sentence.is(from, Trait::Preposition));
        let run = Run::new(thing, to);
        let own = |at: usize| self.sentence.mark(at) != 'w' || cue.is_with(self.sentence, at);
        let governed = cue.cue.noun && thing > from;
        let stands = self.sentence.is(to, Trait::Infinitive) && thing < to && !self.coder.language.file.verb_final;
        if !stands || governed || (thing..to).any(own) {
            return None;
        }
        let is = self.sentence.is(to + 1, Trait::Light) || self.sentence.is(to + 1, Trait::Verb);
        let points = is && self.is_pointer(run);
        let tells = !self.covered(thing) && !self.sentence.is(thing, Trait::Light);
        (points || tells && self.tells(run, Cut::default(), Some(cue))).then_some(thing)
    }

    /// "Joint purchase of gas": a phrase without an article, a preposition or somebody at its start.
    fn names_first(&self, before: Run) -> bool {
        let named = self.mentions.iter().any(|m| (before.from..before.to).contains(&m.from));
        let of = (before.from + 1..before.to).any(|at| self.sentence.is(at, Trait::Of));
        of && !named && !self.sentence.is(before.from, Trait::Preposition) && self.tells(before, Cut::default(), None)
    }

    /// "The initiative found support with X": a thing and nobody stands before the verb.
    pub(super) fn thing_first(&self, clause: Clause) -> bool {
        let before = self.before_verb(clause);
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let thing = (before.from..before.to).any(|at| self.sentence.traits(at).any(&article));
        thing && !self.points_back(before) && !self.mentions.iter().any(|m| (before.from..before.to).contains(&m.from))
    }

    /// "Deletion found X undesirable", "The text was broadly welcomed": the object stands before the verb, and
    /// behind it is only the verdict.
    fn fronted(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>, rest: Run) -> bool {
        let before = self.before_verb(clause);
        let thing = |run: Run| {
            let names = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative, Trait::Of];
            (run.from..run.to).any(|at| self.sentence.traits(at).any(&names))
        };
        let subject = own
            .is_none_or(|(i, role)| matches!(role, Role::Subject | Role::Source) && self.mentions[i].from >= before.to);
        let judged =
            cue.cue.class == Class::Judge && own.is_some() || own.is_none() && !cue.cue.noun && rest.is_empty();
        let inverted = clause.kind == Kind::Main && subject && judged;
        if clause.kind == Kind::Main && self.fronted_thing(before, cue, own, rest) {
            return true;
        }
        // "Binding targets went a majority too far": the plural has no article.
        let plural = clause.from == 0 && self.tells(before, Cut::default(), Some(cue));
        inverted && !before.is_empty() && (thing(before) || plural) && !thing(rest)
    }

    /// "The credits could Malta approve, up to a limit": a thing, the verb, the speaker, and no other thing.
    fn fronted_thing(&self, before: Run, cue: &Predicate<'_>, own: Option<(usize, Role)>, rest: Run) -> bool {
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let takes = matches!(cue.cue.class, Class::Support | Class::Oppose | Class::Yield | Class::Judge);
        let next = own.is_some_and(|(i, role)| role == Role::Subject && self.mentions[i].from == before.to + 1);
        let thing = !before.is_empty() && self.sentence.traits(before.from).any(&article);
        let opens = self.sentence.tokens.get(rest.from).is_some_and(|token| cue.cue.openers.contains(&token.word));
        let aside = self.sentence.is(rest.from, Trait::Preposition) && !opens;
        let verdict = cue.cue.class == Class::Judge && !self.sentence.traits(rest.from).any(&article);
        let inverts = self.coder.language.file.verb_final && takes && !cue.cue.noun && next && thing;
        inverts && (rest.is_empty() || aside || verdict) && self.tells(before, Cut::default(), Some(cue))
    }

    /// Words that may stand between a verb and its that-clause: somebody, a pointer, an adverb. After
    /// anything else "dat" begins a relative clause.
    pub(super) fn passes(&self, cue: &Predicate<'_>, at: usize) -> bool {
        let light = [Trait::Light, Trait::PointerWith, Trait::Strong, Trait::Weak, Trait::Change, Trait::But];
        let adverb = self.sentence.traits(at).any(&light)
            || self.sentence.plain_adjective(at) && !self.sentence.is(at + 1, Trait::That);
        // "took the line that": the words before one of the cue's own.
        let opens = self.sentence.traits(at).any(&[Trait::Preposition, Trait::Definite, Trait::Indefinite])
            && (at + 1..at + 3).any(|next| next < self.sentence.tokens.len() && cue.is_with(self.sentence, next));
        // "told the Council that": somebody addressed who holds no position.
        let capital = |at: usize| self.sentence.tokens.get(at).is_some_and(|token| token.capital);
        let council = self.sentence.is(at, Trait::Definite) && capital(at + 1)
            || capital(at) && at > 0 && self.sentence.is(at - 1, Trait::Definite);
        // "told colleagues that"
        let head = self.sentence.traits(at).any(&[Trait::Head, Trait::Bare]);
        self.covered(at)
            || self.sentence.mark(at) != 'w'
            || adverb
            || council
            || head
            || opens
            || cue.particle == Some(at)
            || cue.is_with(self.sentence, at)
    }

    /// What stands before the first verb of a clause.
    pub(super) fn before_verb(&self, clause: Clause) -> Run {
        // "the proposed doubling": a participle behind an article is no verb of the clause.
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let verb = (clause.from..clause.to).find(|at| {
            let attribute = *at > clause.from && self.sentence.traits(at - 1).any(&article);
            self.sentence.is(*at, Trait::Verb) && !self.covered(*at) && !attribute
        });
        Run::new(clause.from, verb.unwrap_or(clause.from))
    }

    /// The parts of a coordinated object that stand for themselves.
    pub(super) fn conjuncts(&self, object: Run, class: Class) -> Vec<Run> {
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
                // "…, a suggestion supported by X" is what was said, not a second thing.
                if self.mentions.iter().any(|m| m.apart.is_some() && m.from == next + 2) {
                    continue;
                }
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
    pub(super) fn begins_object(&self, at: usize, before: Run, comma: bool) -> bool {
        let article = |at: usize| {
            self.sentence.traits(at).any(&[Trait::Definite, Trait::Indefinite]) || self.sentence.is(at, Trait::Opening)
        };
        let between = (before.from..before.to).any(|i| self.sentence.is(i, Trait::Between));
        let nested = (before.from + 1..before.to)
            .any(|i| self.sentence.traits(i).any(&[Trait::Of, Trait::Preposition]) && article(i + 1));
        let long = (at..at + 2).all(|i| self.sentence.mark(i) == 'w');
        let that = self.sentence.is(at, Trait::That) && self.sentence.any(before.from, before.to, Trait::That);
        let opening = self.sentence.is(at, Trait::Opening);
        let lead = self.sentence.traits(before.from).any(&[Trait::That, Trait::Negation, Trait::Both]);
        let start = before.from + usize::from(lead);
        let same = self.same_frame(start, at);
        long && !between && (that || article(at) && (comma || !nested || opening || same) && article(start))
    }

    /// "the use of A and the network of B": both parts have the same article and an "of".
    pub(super) fn same_frame(&self, before: usize, at: usize) -> bool {
        let opening = self.sentence.longest(before, |tag| (*tag == Tag::Trait(Trait::Opening)).then_some(()));
        let after = before + opening.map_or(0, |(len, ())| len);
        let of = |from: usize| (from + 1..from + 5).any(|i| self.sentence.is(i, Trait::Of));
        let article = |i: usize| self.sentence.tokens.get(i).map(|token| token.word);
        (article(after) == article(at) && of(after) || article(before) == article(at) && of(before)) && of(at)
    }
}
