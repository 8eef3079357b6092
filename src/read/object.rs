//! The object of a cue: where each kind of clause has it.

use crate::lexicon::{Class, Form, Trait};

use super::clause::{Clause, Kind};
use super::mention::{Mention, Party};
use super::predicate::{Predicate, opener};
use super::proposition::Cut;
use super::reading::Reading;
use super::stance::Run;
use super::subject::Role;

/// What is known of a clause when the object of its cue is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'c, 'l> {
    pub(super) clause: Clause,
    pub(super) cue: &'c Predicate<'l>,
    /// Who holds the position.
    pub(super) own: Option<(usize, Role)>,
    /// What stands before the first verb.
    pub(super) before: Run,
    /// The end of the clause, without what belongs to the cue.
    pub(super) end: usize,
}

impl Reading<'_, '_, '_> {
    /// The tokens of the object: after its preposition, after the verb, or before a final verb.
    pub(super) fn object(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>, lead: usize) -> Run {
        let mut end = clause.to;
        while end > clause.from + 1 && (self.sentence.mark(end - 1) != 'w' || cue.is_part(self.sentence, end - 1)) {
            end -= 1;
        }
        let search = Search { clause, cue, own, before: self.before_verb(clause), end };
        self.clause_in_front(&search)
            .or_else(|| self.of_agent(&search))
            .or_else(|| self.before_source(&search))
            .or_else(|| self.before_quality(&search))
            .or_else(|| self.clause_behind(&search))
            .or_else(|| self.opened(&search))
            .or_else(|| self.of_noun(&search))
            .or_else(|| self.opener_in_front(&search))
            .unwrap_or_else(|| self.direct(&search, lead))
    }

    /// "That returns must rise, was contested by nobody": the clause in front is the object.
    fn clause_in_front(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { clause, cue, .. } = *search;
        let opens = clause.from == 0 && self.sentence.is(0, Trait::That) && !self.covered(0);
        if !opens {
            return None;
        }
        let verb = |at: &usize| self.sentence.mark(*at) == ',' && self.sentence.is(at + 1, Trait::Verb);
        let comma = (clause.from..cue.at).find(verb)?;
        Some(Run::new(0, comma))
    }

    /// "The duty must according to X stay": the thing stands before the verb.
    fn before_source(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { clause, cue, own, before, .. } = *search;
        // "Higher duties are according to X justified"
        let named = |(i, role): (usize, Role)| role == Role::Source && self.mentions[i].from > before.to;
        let sourced = self.sentence.is(cue.at, Trait::Source)
            || clause.kind == Kind::Main
                && own.is_some_and(named)
                && !self.sentence.traits(before.from).any(&[Trait::Preposition, Trait::Date]);
        let stands = sourced
            && self.coder.language.file.verb_final
            && before.to < cue.at
            && self.tells(before, Cut::default(), Some(cue));
        stands.then_some(before)
    }

    /// "According to X is | the clause | compatible with the treaties": a thing, and what it is said to be.
    fn before_quality(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { clause, cue, own, .. } = *search;
        let (i, _) = own.filter(|(_, role)| *role == Role::Source && self.coder.language.file.verb_final)?;
        let verb = self.mentions[i].to;
        // "… is the clause | of great importance"
        let measured = cue.at > verb + 3 && self.sentence.is(cue.at - 2, Trait::Of);
        let thing = Run::new(verb + 1, cue.at - 2 * usize::from(measured));
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        // "Also for X is the clause important"
        let lead = self.mentions[i].from.saturating_sub(clause.from);
        let opens = lead == 1 || lead == 2 && self.sentence.is(clause.from, Trait::Light);
        let stands = opens && self.sentence.is(verb, Trait::Verb) && cue.cue.noun;
        let named = cue.at > verb + 1 && self.sentence.traits(thing.from).any(&article);
        (stands && named && self.tells(thing, Cut::default(), Some(cue))).then_some(thing)
    }

    /// A clause or infinitive behind the cue, which it says itself or points ahead to.
    fn clause_behind(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { cue, end, .. } = *search;
        let from = cue.end;
        let that = |from: usize, to: usize| self.sentence.first(from, to, &[Trait::That]);
        // "finds it important | that X": the pointer looks ahead over the verdict.
        let ahead = cue.cue.class == Class::Judge && self.judged_ahead(from);
        if matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress | Class::Concern | Class::Judge)
            && let Some(that) = that(from + usize::from(ahead), end)
            && (ahead || self.nothing_but_light(cue, from, that) || self.occasion(cue, from, that))
            && !self.pronoun_judged(cue, Run::new(that, end))
        {
            return Some(Run::new(that, end));
        }
        // "pleaded (someone) for it that …": the pointer looks ahead.
        let ahead = self.mentions.iter().find(|m| m.from == from).map_or(from, |m| m.to);
        if self.sentence.is(ahead, Trait::PointerWith)
            && let Some(that) = that(ahead + 1, (ahead + 4).min(end))
        {
            return Some(Run::new(that, end));
        }
        let infinitive = |from: usize| self.sentence.any(from, end, Trait::Infinitive);
        // "called (someone) to it up the reports to scrap": the pointer stands before the particle of the verb.
        let ahead = cue.particle.filter(|at| *at > from && self.sentence.is(at - 1, Trait::PointerWith));
        if let Some(particle) = ahead.filter(|at| infinitive(at + 1)) {
            return Some(Run::new(particle + 1, end));
        }
        // "pleaded for it to exempt islands": so does it before an infinitive.
        if self.sentence.is(from, Trait::PointerWith) && infinitive(from + 2) && cue.cue.class.takes_side() {
            return Some(Run::new(from + 1, end));
        }
        // "asked to urge Moscow on that X be accepted": what is to be urged is what is asked.
        let urged = |at: &usize| {
            let urges = |form: &Form| self.coder.language.cues.cue(form.cue).class == Class::Request;
            self.sentence.is(at - 2, Trait::Infinitive)
                && self.coder.language.cues.forms(self.sentence.tokens[at - 1].word).iter().any(urges)
        };
        if cue.cue.class == Class::Request
            && let Some(that) = self.sentence.having(from + 2, end, &[Trait::That]).find(urged)
        {
            return Some(Run::new(that, end));
        }
        // "agreement that X needs to be revised": the clause behind the noun is what it is about.
        // "a wish was that X": so is the one behind its verb.
        let from = from + usize::from(self.sentence.is_passive(from));
        let about = cue.cue.noun && cue.cue.class.takes_side() && self.sentence.is(from, Trait::That);
        about.then(|| Run::new(from, end))
    }

    /// What stands behind the preposition of the cue.
    fn opened(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { cue, own, before, end, .. } = *search;
        // "wished to see higher targets for trucks": the infinitive is the object.
        let infinitive = !cue.cue.noun && self.sentence.is(cue.end, Trait::Infinitive);
        if infinitive && !cue.opens(self.sentence, cue.end) && !self.coder.language.file.verb_final {
            return None;
        }
        let open = opener(self.sentence, cue.cue, cue.end, end)?;
        // "asked that the rate | for regions be kept": what opens in the clause is its own.
        let told = !self.coder.language.file.verb_final && !cue.cue.noun && self.sentence.is(cue.end, Trait::That);
        if told && open > cue.end {
            return None;
        }
        if let Some(thing) = self.accusative(cue.end, open, cue) {
            return Some(Run::new(thing, end));
        }
        // "criticism of X of the plan", "is a priority of X": the first is the holder.
        let holder = own.filter(|(i, role)| *role == Role::Owner && self.mentions[*i].from == open + 1);
        let Some((i, _)) = holder else {
            return Some(self.asked(open, &Search { end: self.taken_for(open, search), ..*search }));
        };
        let next = opener(self.sentence, cue.cue, self.mentions[i].to, end);
        Some(next.map_or(before, |next| Run::new(next + 1, end)))
    }

    /// "saw in the fund | a chance for X": where the thing ends, before what it is taken for.
    fn taken_for(&self, open: usize, search: &Search<'_, '_>) -> usize {
        let Search { cue, end, .. } = *search;
        let article = |at: usize| {
            let near = (at.saturating_sub(2)..at).rev();
            near.into_iter().find(|at| self.sentence.is(*at, Trait::Indefinite))
        };
        let with = (open + 3..end).find(|at| !cue.cue.noun && cue.is_with(self.sentence, *at));
        with.and_then(article).filter(|at| *at > open + 1).unwrap_or(end)
    }

    /// What is asked for behind the preposition at `open`, without who is asked and who asks.
    fn asked(&self, open: usize, search: &Search<'_, '_>) -> Run {
        let Search { clause, cue, own, end, .. } = *search;
        // "Support for X came from Y": the object ends at the verb.
        let verb = self.sentence.first(open + 1, end, &[Trait::Verb]);
        let behind = |i: usize| verb.is_some_and(|verb| self.mentions[i].from > verb);
        let owned =
            own.is_some_and(|(i, role)| role == Role::Owner && (!self.coder.language.file.verb_final || behind(i)));
        // "The support for X | was broad"
        let being = verb.is_some_and(|at| self.sentence.is_passive(at)) && own.is_none() && cue.cue.noun;
        // "Among the supporters of the ban were Germany and Sweden": so it does before a subject behind it.
        let follows = own.is_some_and(|(i, role)| role == Role::Subject && cue.cue.noun && behind(i));
        let owned = owned || follows || being && cue.at < clause.from + 3;
        // "appealed to delegations not to dilute X": who is addressed is no part of what is asked.
        let addressed = self.mentions.iter().find(|m| m.from == open + 1).map(|m| m.to);
        // "asked for them to be made permanent": they are things.
        let thing = addressed.and_then(|to| self.accusative(open + 1, to, cue)).is_some();
        let asked = |at: &usize| !thing && self.sentence.any(*at, at + 2, Trait::Infinitive);
        // "There was criticism of the ban | from Italy"
        let theirs = own.filter(|(i, role)| *role == Role::Owner && self.mentions[*i].from > open + 2);
        let bearer = theirs.map(|(i, _)| self.mentions[i].from - 1).filter(|at| self.sentence.is(*at, Trait::Bearer));
        let end = bearer.filter(|_| !self.coder.language.file.verb_final).map_or(end, |at| at.min(end));
        Run::new(addressed.filter(asked).unwrap_or(open + 1), verb.filter(|_| owned).unwrap_or(end))
    }

    /// "the plan met with resistance from X": what stands before the verb is the object of the noun.
    fn of_noun(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { clause, cue, own, before, .. } = *search;
        let holds = |(i, role): (usize, Role)| {
            let from = self.mentions[i].from;
            role == Role::Owner || role == Role::Source && from > before.to || role == Role::Subject && from == cue.end
        };
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let thing = self.sentence.first(before.from, before.to, &article).is_some();
        let stands = thing || clause.from == 0 && self.names_first(before);
        if !cue.cue.noun || !own.is_none_or(holds) || !stands {
            return None;
        }
        // "a suggestion that found support with X": the antecedent stands for what was said.
        let relative = clause.kind == Kind::Relative && self.coder.language.file.verb_final;
        Some(if relative { Run::new(before.from, before.from) } else { before })
    }

    /// "Against the levy had Latvia no objection": the preposition of the cue opens the clause.
    fn opener_in_front(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { clause, cue, own, before, .. } = *search;
        let stands = cue.opens(self.sentence, clause.from)
            && cue.at >= before.to
            && own.is_none_or(|(i, _)| self.mentions[i].from >= before.to)
            && before.to > clause.from + 1;
        stands.then(|| Run::new(clause.from + 1, before.to))
    }

    /// "Joint purchase of gas": a phrase without an article, a preposition or somebody at its start.
    fn names_first(&self, before: Run) -> bool {
        let named = self.mentions.iter().any(|m| (before.from..before.to).contains(&m.from));
        let joins = |at: usize| self.sentence.traits(at).any(&[Trait::Of, Trait::Preposition]);
        let of = (before.from + 1..before.to).any(joins) && !self.sentence.is(before.from, Trait::Date);
        of && !named && !self.sentence.is(before.from, Trait::Preposition) && self.tells(before, Cut::default(), None)
    }

    /// "The initiative found support with X": a thing and nobody stands before the verb.
    pub(super) fn thing_first(&self, clause: Clause) -> bool {
        let before = self.before_verb(clause);
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let thing = self.sentence.first(before.from, before.to, &article).is_some();
        // "The proposal of the Commission": an office speaks by its texts, which are things.
        let office = |m: &Mention| {
            let institution = |party: &Party| matches!(party, Party::Institution(_));
            m.from > before.from && self.sentence.is(m.from - 1, Trait::Of) && m.parties.iter().all(institution)
        };
        let somebody = |m: &Mention| (before.from..before.to).contains(&m.from) && !office(m);
        thing && !self.points_back(before) && !self.mentions.iter().any(somebody)
    }

    /// "finds | that unfeasible": no verb follows, so that it is a pronoun.
    fn pronoun_judged(&self, cue: &Predicate<'_>, run: Run) -> bool {
        let verbs = [Trait::Verb, Trait::Necessity, Trait::Possibility, Trait::Infinitive];
        let verb = self.sentence.first(run.from + 1, run.to, &verbs).is_some();
        cue.cue.class == Class::Judge && self.coder.language.file.verb_final && !verb
    }

    /// "it | important | that", "it | of great importance | that": a pointer, a verdict, and the clause it looks ahead to.
    fn judged_ahead(&self, from: usize) -> bool {
        let verdict = [Trait::Positive, Trait::Negative, Trait::Hard, Trait::Excess, Trait::Preposition, Trait::Of];
        let judged = |at: usize| self.sentence.traits(at).any(&verdict);
        let that = self.sentence.first(from + 2, from + 6, &[Trait::That]);
        self.coder.language.file.verb_final
            && self.sentence.is(from, Trait::Definite)
            && (judged(from + 1) || judged(from + 2))
            && that.is_some_and(|that| (from + 1..that).all(|at| self.sentence.mark(at) == 'w' && !self.covered(at)))
    }

    /// "stressed | at the start of the debate | that": when and where stands between a verb and its that-clause.
    fn occasion(&self, cue: &Predicate<'_>, from: usize, that: usize) -> bool {
        let takes = !cue.cue.noun && matches!(cue.cue.class, Class::Stress | Class::Say);
        let governed = (from..that).any(|at| cue.opens(self.sentence, at));
        let near = that <= from + 8 && (from..that).all(|at| self.sentence.mark(at) == 'w');
        takes && near && self.sentence.is(from, Trait::Preposition) && !governed
    }

    /// True where all words between a verb and its that-clause may stand there; "in reply to" is one of them.
    fn nothing_but_light(&self, cue: &Predicate<'_>, from: usize, that: usize) -> bool {
        let mut at = from;
        while at < that {
            match self.sentence.len_of(at, Trait::Light) {
                Some(len) => at += len,
                None if self.passes(cue, at) => at += 1,
                None => return false,
            }
        }
        true
    }

    /// Words that may stand between a verb and its that-clause: somebody, a pointer, an adverb. After
    /// anything else "dat" begins a relative clause.
    pub(super) fn passes(&self, cue: &Predicate<'_>, at: usize) -> bool {
        let light = [
            Trait::Light,
            Trait::PointerWith,
            Trait::Strong,
            Trait::Weak,
            Trait::Change,
            Trait::But,
            // "of importance", "in reply to X"
            Trait::Preposition,
            Trait::Idle,
        ];
        let adverb = self.sentence.traits(at).any(&light)
            || self.sentence.plain_adjective(at) && !self.sentence.is(at + 1, Trait::That);
        // "took the line that": the words before one of the cue's own.
        let opens = self.sentence.traits(at).any(&[Trait::Preposition, Trait::Definite, Trait::Indefinite])
            && (at + 1..at + 3).any(|next| next < self.sentence.tokens.len() && cue.is_with(self.sentence, next));
        // "told the Council that": somebody addressed who holds no position.
        let capital = |at: usize| self.sentence.is_capital(at);
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
            || cue.is_part(self.sentence, at)
    }

    /// What stands before the first verb of a clause.
    pub(super) fn before_verb(&self, clause: Clause) -> Run {
        // "the proposed doubling": a participle behind an article is no verb of the clause.
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let verb = self.sentence.having(clause.from, clause.to, &[Trait::Verb]).find(|at| {
            let attribute = *at > clause.from && self.sentence.traits(at - 1).any(&article);
            !self.covered(*at) && !attribute
        });
        Run::new(clause.from, verb.unwrap_or(clause.from))
    }
}
