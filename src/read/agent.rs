//! The object of a passive: "was raised by X".

use crate::lexicon::{Class, Trait};

use super::clause::Kind;
use super::object::Search;
use super::predicate::opener;
use super::proposition::Cut;
use super::reading::Reading;
use super::stance::Run;
use super::subject::Role;

impl Reading<'_, '_, '_> {
    /// The object where an agent holds the position.
    pub(super) fn of_agent(&self, search: &Search<'_, '_>) -> Option<Run> {
        let Search { cue, own, end, .. } = *search;
        let (i, role) = own?;
        if role != Role::Agent || self.sentence.any(cue.end, end, Trait::That) {
            return None;
        }
        Some(if self.mentions[i].from < cue.at { self.agent_first(i, search) } else { self.agent_behind(i, search) })
    }

    /// "The export was by X raised".
    fn agent_first(&self, i: usize, search: &Search<'_, '_>) -> Run {
        let Search { clause, cue, end, .. } = *search;
        let before = Run::new(clause.from, self.mentions[i].from - 1);
        if clause.kind == Kind::Relative {
            return Run::new(before.from, before.from);
        }
        // "By X was the export raised", "There was by X called for Y": nothing stands before the agent.
        // "For September is by X a study announced": when is no thing.
        let nothing = !self.tells(before, Cut::default(), Some(cue)) || self.idle(before, Cut::default());
        match opener(self.sentence, cue.cue, cue.end, end).filter(|_| nothing) {
            Some(open) => Run::new(open + 1, end),
            // "By X is pointed to the importance | of Y"
            None if nothing && cue.cue.noun && self.sentence.is(cue.end, Trait::Of) => Run::new(cue.end, end),
            None if nothing && self.mentions[i].to + 1 < cue.at => Run::new(self.mentions[i].to, cue.at),
            None => before,
        }
    }

    /// "was called for by X", "was described as premature by X": only what opens before the agent is the object.
    fn agent_behind(&self, i: usize, search: &Search<'_, '_>) -> Run {
        let Search { cue, before, end, .. } = *search;
        let open = opener(self.sentence, cue.cue, cue.end, self.mentions[i].from.saturating_sub(2));
        if let Some(open) = open.filter(|_| cue.cue.class != Class::Judge) {
            // "Doubts about the basis | were raised by X"
            let agent = self.mentions[i].from - 1;
            let verb = self.sentence.first(open + 1, agent, &[Trait::Verb]).filter(|_| cue.cue.noun);
            return Run::new(open + 1, verb.unwrap_or(agent));
        }
        match opener(self.sentence, cue.cue, self.mentions[i].to, end).filter(|_| cue.cue.noun) {
            // "Concerns were raised by X about Y"
            Some(open) => Run::new(open + 1, end),
            // "scepticism was voiced by X": the noun has no object of its own.
            None if cue.cue.noun && before.to == cue.end => Run::new(cue.end, cue.end),
            None => before,
        }
    }
}
