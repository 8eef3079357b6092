//! Clauses that leave their verb to the one before, or say a side and nothing else.

use crate::lexicon::{Class, Trait, Traits};
use crate::model::Stance;

use super::certainty::Ground;
use super::clause::{Clause, Kind};
use super::memory::Said;
use super::proposition::Cut;
use super::reading::{Point, Reading};
use super::stance::{Run, negation, operator};
use super::subject::Role;

impl Reading<'_, '_, '_> {
    /// True for "others did not": somebody and auxiliaries alone.
    pub(super) fn elliptic(&self, clause: Clause, own: Option<(usize, Role)>) -> bool {
        let Some((i, Role::Subject)) = own else { return false };
        let rest = self.mentions[i].to..clause.to;
        // Dutch "Nederland ook, zij het …"
        let pause = rest.clone().find(|at| self.sentence.mark(*at) != 'w').unwrap_or(clause.to);
        let alone = self.coder.language.file.verb_final && clause.kind == Kind::Main && pause == rest.start + 1;
        if alone && self.sentence.is(rest.start, Trait::Light) && !self.sentence.is(rest.start, Trait::Verb) {
            return self.mentions[i].from <= clause.from + 1;
        }
        // "Denmark no longer did"
        let longer = |at: usize| self.sentence.len_of(at - 1, Trait::Change) == Some(2);
        let helps = |at: usize| self.sentence.traits(at).any(&[Trait::Light, Trait::Negation]) || longer(at);
        rest.clone().all(|at| self.sentence.mark(at) != 'w' || helps(at))
            && rest.clone().any(|at| self.sentence.is(at, Trait::Verb))
            && !self.coder.language.file.verb_final
    }

    /// What was said before, of those who "did" or "did not".
    pub(super) fn left_out(&self, clause: Clause, own: Option<(usize, Role)>, negated: bool) -> Vec<Point> {
        let run = Run::new(clause.from, clause.to);
        let sign = negation(self.sentence, run, &|at| self.covered(at)) * if negated { -1 } else { 1 };
        let said = self.spoken_of();
        let speaks = own.is_some();
        said.filter(|_| speaks)
            .map(|said| Point::echo(said, run, sign, ("left out", Ground::Weak)))
            .into_iter()
            .collect()
    }

    /// "Eleven were for", "five were for a pause", "six against": a side, and no other word that takes it.
    pub(super) fn sided(&self, clause: Clause, i: usize) -> Vec<Point> {
        let light = |at: &usize| !self.sentence.is(*at, Trait::Light);
        let Some(at) = (self.mentions[i].to..clause.to).find(light) else { return Vec::new() };
        let run = Run::new(clause.from, clause.to);
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        // "UK for a directive instead": notes leave the verb out.
        let note = !self.sentence.any(clause.from, clause.to, Trait::Verb);
        let verb = clause.kind == Kind::Gapped || note || self.sentence.any(clause.from, at, Trait::Verb);
        let object = self.sentence.len_of(at, Trait::For).map(|len| Run::new(at + len, clause.to));
        // "was for measures against X": the plural has no article.
        let being = |at: usize| at > 1 && self.sentence.is_passive(at - 2);
        let begins = |at: usize| {
            let traits = self.sentence.traits(at);
            let kept = [Trait::Graded, Trait::Keep, Trait::Remove];
            traits == Traits::default() || traits.any(&kept) && !traits.has(Trait::Verb)
        };
        let plain = |at: usize| begins(at) && being(at);
        let thing = |at: usize| self.sentence.traits(at).any(&article) || plain(at) && !self.covered(at);
        let object = object.filter(|object| self.sentence.mark(object.from) == 'w' && !object.is_empty());
        let object = object.filter(|object| thing(object.from) && verb);
        let ground = ("side alone", Ground::Weak);
        if let Some(object) = object {
            let stance = Stance::of_sign(operator(self.sentence, object));
            let proposition = self.named(object, Cut::default(), None, stance);
            return proposition.map(|named| Point::new(run, named, stance, ground)).into_iter().collect();
        }
        let Some((_, sign)) = self.sentence.side(at).filter(|_| verb) else { return Vec::new() };
        let point = |said: &Said| {
            let stance = Stance::of_sign(sign * said.turned);
            Point { turned: said.turned, ..Point::new(run, said.proposition.clone(), stance, ground) }
        };
        self.spoken_of().map(point).into_iter().collect()
    }

    /// "…, others five hours": what the verb of the clause before says of another object.
    pub(super) fn gapped(&mut self, clause: Clause, condition: Option<usize>) {
        let own = (0..self.mentions.len()).find(|i| self.mentions[*i].from == clause.from);
        let Some(i) = own else { return self.other_side(clause, condition) };
        let own = Some((i, Role::Subject));
        let start = self.mentions[i].to;
        // "…, but Cyprus not"
        let words = (start..clause.to).filter(|at| self.sentence.mark(*at) == 'w').count();
        if words == 1 && self.sentence.is(start, Trait::Negation) {
            let points = self.left_out(clause, own, false);
            if let Some(holders) = self.holders(clause, own, None) {
                self.give(&holders, points, own, condition);
            }
            return;
        }
        let sided = self.sided(clause, i);
        if !sided.is_empty()
            && let Some(holders) = self.holders(clause, own, None)
        {
            return self.give(&holders, sided, own, condition);
        }
        let Some((class, sign)) = self.last else { return };
        let object = Run::new(start + usize::from(self.sentence.is(start, Trait::Preposition)), clause.to);
        let sign = if class.denies() && class != Class::Yield { -sign } else { sign } * operator(self.sentence, object);
        let stance = Stance::of_sign(sign);
        let proposition = self.named(object, Cut::default(), None, stance).unwrap_or_default();
        if !class.takes_side() || class == Class::Judge || proposition.is_empty() {
            return;
        }
        let Some(holders) = self.holders(clause, own, None) else { return };
        let run = Run::new(clause.from, clause.to);
        let point = Point::new(run, proposition, stance, ("same verb", Ground::Weak));
        self.give(&holders, vec![point], own, condition);
    }

    /// "… and against a fund": whoever took a side on one thing takes the other on this.
    fn other_side(&mut self, clause: Clause, condition: Option<usize>) {
        let sign = if self.sentence.is(clause.from, Trait::Against) { -1 } else { 1 };
        let object = Run::new(clause.from + 1, clause.to);
        let turned = operator(self.sentence, object);
        let stance = Stance::of_sign(sign * turned);
        let cut = Cut { judged: false, turned: turned < 0 };
        let Some((holders, _)) = self.subject.clone() else { return };
        let named = self.named(object, cut, None, stance);
        let run = Run::new(clause.from, clause.to);
        let points = named.map(|named| Point::new(run, named, stance, ("side alone", Ground::Weak)));
        self.give(&holders, points.into_iter().collect(), None, condition);
    }
}
