//! Cells that name member states: codes, their documented aliases, names of a user's roster.

use crate::error::nearest;
use crate::lexicon::Lexicon;
use crate::model::{Actor, Roster};

/// Codes in use beside ISO 3166: Greece and the United Kingdom have two.
const ALIASES: [(&str, &str); 2] = [("EL", "GR"), ("UK", "GB")];

/// Reads the actors of one table: against a roster of its own, or as states.
#[derive(Debug)]
pub struct Actors {
    own: Option<Roster>,
    states: Roster,
}

/// One actor as read; `alias` is the written form where it was not the code itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Read {
    /// The actor.
    pub actor: Actor,
    /// What stood in the cell, where an alias was resolved.
    pub alias: Option<String>,
}

impl Actors {
    /// Actors of `own`, or the member states where it is `None`.
    pub fn new(own: Option<Roster>) -> Actors {
        Actors { own, states: Roster::eu_ever() }
    }

    /// The actors of a cell, split at blanks, commas or semicolons; sorted, without doubles.
    ///
    /// # Errors
    /// What is wrong with the first name that is no actor.
    pub fn list(&self, cell: &str) -> Result<Vec<Read>, String> {
        let whole = self.own.as_ref().is_some_and(|own| own.index(&Actor::new(cell)).is_some());
        let parts: Vec<&str> = if whole {
            vec![cell]
        } else if cell.contains([';', ',']) {
            cell.split([';', ',']).map(str::trim).collect()
        } else {
            cell.split_whitespace().collect()
        };
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let mut actors: Vec<Read> = parts.map(|part| self.one(part)).collect::<Result<_, _>>()?;
        actors.sort_by(|a, b| a.actor.cmp(&b.actor));
        actors.dedup_by(|a, b| a.actor == b.actor);
        Ok(actors)
    }

    /// The actor of that code, alias or name.
    ///
    /// # Errors
    /// What is wrong, with the nearest name.
    pub fn one(&self, name: &str) -> Result<Read, String> {
        let name = name.trim();
        let Some(own) = &self.own else { return self.state(name) };
        let actor = Actor::new(name);
        if own.index(&actor).is_some() {
            return Ok(Read { actor, alias: None });
        }
        let hint = nearest(name, own.actors().iter().map(Actor::as_str));
        Err(format!("'{name}' is not in the roster{}", meant(hint)))
    }

    fn state(&self, name: &str) -> Result<Read, String> {
        let code = name.to_uppercase();
        let known = |code: &str| {
            let actor = Actor::new(code);
            self.states.index(&actor).is_some().then_some(actor)
        };
        if let Some(actor) = known(&code) {
            return Ok(Read { actor, alias: None });
        }
        let alias = ALIASES.iter().find(|(alias, _)| *alias == code).and_then(|(_, code)| known(code));
        if let Some(actor) = alias {
            return Ok(Read { actor, alias: Some(name.to_owned()) });
        }
        let named = Lexicon::standard().ok().and_then(|lexicon| lexicon.state(name));
        if let Some(actor) = named {
            return Ok(Read { actor, alias: Some(name.to_owned()) });
        }
        let hint = nearest(name, self.states.actors().iter().map(Actor::as_str));
        Err(format!("'{name}' is no code or name of a member state{}", meant(hint)))
    }
}

fn meant(hint: Option<String>) -> String {
    hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(actors: &Actors, cell: &str) -> Result<String, String> {
        let list = actors.list(cell)?;
        Ok(list.iter().map(|read| read.actor.as_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn states_come_as_codes_or_documented_aliases() {
        let states = Actors::new(None);
        for (cell, expected) in [("NL DE", "DE NL"), (" nl,EL ; UK", "GB GR NL"), ("NL NL", "NL"), ("Nederland", "NL")]
        {
            assert_eq!(codes(&states, cell).unwrap(), expected, "{cell}");
        }
        assert_eq!(codes(&states, "XQ").unwrap_err(), "'XQ' is no code or name of a member state");
    }

    #[test]
    fn an_own_roster_holds_names_with_blanks() {
        let own = Actors::new(Some(Roster::new(["South Korea", "Japan"].map(Actor::new)).unwrap()));
        assert_eq!(codes(&own, "South Korea").unwrap(), "South Korea");
        assert_eq!(codes(&own, "South Korea; Japan").unwrap(), "Japan South Korea");
        assert_eq!(codes(&own, "Japam").unwrap_err(), "'Japam' is not in the roster (did you mean 'Japan'?)");
    }
}
