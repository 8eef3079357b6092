//! One row of a coded table to one statement.

use super::actors::Actors;
use super::cells::without_label;
use super::quotes::Quotes;
use super::{Notes, Row, Sizes};
use crate::error::{Choice, Result};
use crate::model::{
    Actor, Group, Holder, Institution, Intensity, Meeting, Quantifier, Quote, Stance, Statement, StatementId, Who,
};

/// What every row of one table is read with.
pub struct Coder<'c> {
    /// Who can be named.
    pub actors: &'c Actors,
    /// The texts that quotes stand in.
    pub quotes: &'c Quotes<'c>,
    /// The size words' ranges, by which explicit sizes are told from those that go with the word.
    pub sizes: Sizes<'c>,
}

impl Coder<'_> {
    /// The statement of a row about `meeting`, in `report` where it stands in one.
    ///
    /// # Errors
    /// [`Error::Cell`](crate::error::Error::Cell) naming the row and the column that does not fit.
    pub fn statement(&self, row: Row<'_>, (meeting, report): (&Meeting, &str), notes: &mut Notes) -> Result<Statement> {
        let stances = [Stance::Support, Stance::Oppose, Stance::Neutral].map(|s| (s.as_str(), s));
        let Some(stance) = row.choice("stance", Choice::new("stance", stances))? else {
            return Err(row.error("stance", "expected support, oppose or neutral, got an empty cell"));
        };
        let intensities = Intensity::ALL.map(|i| (i.as_str(), i));
        let holder = self.holder(row, meeting, notes)?;
        let issue = row.get("issue").or(row.get("proposition"));
        let issue = issue.ok_or_else(|| row.error("issue", "expected what the stance is toward, got an empty cell"))?;
        let proposition = row.get("proposition").unwrap_or(issue);
        let quote = self.quotes.quote(row, report)?;
        let place = if report.is_empty() { &meeting.id } else { report };
        let id = match row.get("statement") {
            Some(id) => id.into(),
            None => StatementId::of(place, quote.as_ref().and_then(Quote::span), &holder, proposition),
        };
        Ok(Statement {
            id,
            report: report.into(),
            meeting: meeting.id.as_str().into(),
            section: row.get("section").unwrap_or_default().into(),
            topic: row.get("topic").or(row.get("section")).unwrap_or_default().into(),
            issue: issue.into(),
            polarity: polarity(row)?,
            proposition: proposition.into(),
            holder,
            stance,
            intensity: row.choice("intensity", Choice::new("intensity", intensities))?.unwrap_or_default(),
            conditional: row.flag("conditional")?,
            change: row.flag("change")?,
            quote,
            rule: row.get("rule").unwrap_or("coded").into(),
            confidence: row.number("confidence", 0.0, 1.0)?.unwrap_or(1.0),
            weight: row.number("weight", 0.0, f64::INFINITY)?.unwrap_or(1.0),
        })
    }

    fn holder(&self, row: Row<'_>, meeting: &Meeting, notes: &mut Notes) -> Result<Holder> {
        let institutions = Institution::ALL.map(|i| (i.as_str(), i));
        let Some(code) = row.get("institution") else { return self.group(row, meeting, notes).map(Holder::Group) };
        let institution = Choice::new("institution", institutions)
            .pick(&code.to_uppercase())
            .map_err(|error| row.error("institution", without_label("institution", &error)))?;
        for column in ["named", "excluded"] {
            if let Some(cell) = row.get(column) {
                let problem =
                    format!("'{cell}' beside institution {}: states take a row of their own", institution.as_str());
                return Err(row.error(column, problem));
            }
        }
        match row.get("quantifier") {
            None | Some("named_only") => Ok(Holder::Institution(institution)),
            Some(word) => Err(row.error("quantifier", format!("'{word}' beside institution {}", institution.as_str()))),
        }
    }

    fn group(&self, row: Row<'_>, meeting: &Meeting, notes: &mut Notes) -> Result<Group> {
        let mut group = Who {
            named: self.list(row, "named", meeting, notes)?,
            excluded: self.list(row, "excluded", meeting, notes)?,
            ..Who::default()
        };
        if let Some(word) = row.get("quantifier") {
            let quantifier = word.to_lowercase().parse::<Quantifier>();
            group.quantifier =
                Some(quantifier.map_err(|error| row.error("quantifier", without_label("quantifier", &error)))?);
        }
        // Sizes that go with the word change nothing; others were put in its place.
        let of_word = |sizes: &(usize, usize)| (self.sizes)(&group, &meeting.roster).contains(sizes);
        let sizes = sizes(row)?.filter(|sizes| group.quantifier.is_none() || !of_word(sizes));
        group.sizes = sizes.map(|sizes| bounded(sizes, row, meeting)).transpose()?;
        match (group.quantifier, sizes) {
            (Some(_), Some(_)) => group.quantifier = None,
            (None, None) if group.named.is_empty() => {
                let problem = "expected an institution, named states, or a quantifier, got none of them";
                return Err(row.error("quantifier", problem));
            }
            (None, None) => group.quantifier = Some(Quantifier::NamedOnly),
            _ => {}
        }
        if group.quantifier == Some(Quantifier::NamedOnly) && group.named.is_empty() {
            return Err(row.error("named", "expected the states that named_only speaks of, got an empty cell"));
        }
        Ok(Group { id: row.get("group").map(Into::into), ..group.into() })
    }

    fn list(&self, row: Row<'_>, column: &'static str, meeting: &Meeting, notes: &mut Notes) -> Result<Vec<Actor>> {
        let Some(cell) = row.get(column) else { return Ok(Vec::new()) };
        let actors = self.actors.list(cell).map_err(|problem| row.error(column, problem))?;
        for read in &actors {
            if let Some(alias) = &read.alias {
                notes.count(format!("column '{column}': '{alias}' read as {}", read.actor));
            }
            if meeting.roster.index(&read.actor).is_none() {
                notes.count(format!("column '{column}': {} was no member at meeting '{}'", read.actor, meeting.id));
            }
        }
        Ok(actors.into_iter().map(|read| read.actor).collect())
    }
}

fn polarity(row: Row<'_>) -> Result<i8> {
    match row.number("polarity", -1.0, 1.0)? {
        None => Ok(1),
        Some(1.0) => Ok(1),
        Some(-1.0) => Ok(-1),
        Some(other) => Err(row.error("polarity", format!("expected 1 or -1, got '{other}'"))),
    }
}

/// The sizes that a row gives; both or none, in order.
fn sizes(row: Row<'_>) -> Result<Option<(usize, usize)>> {
    let (lo, hi) = (row.whole("size_lo")?, row.whole("size_hi")?);
    let (lo, hi) = match (lo, hi) {
        (Some(lo), Some(hi)) => (lo, hi),
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(row.error("size_hi", "expected a size beside size_lo, got an empty cell")),
        (None, Some(_)) => return Err(row.error("size_lo", "expected a size beside size_hi, got an empty cell")),
    };
    if lo > hi {
        return Err(row.error("size_lo", format!("{lo} is more than size_hi, {hi}")));
    }
    Ok(Some((lo, hi)))
}

/// Sizes of their own, which are of no more than the members; without a date it is not known who those are.
fn bounded((lo, hi): (usize, usize), row: Row<'_>, meeting: &Meeting) -> Result<(u16, u16)> {
    let members = meeting.roster.len();
    if members > 0 && hi > members {
        return Err(row.error("size_hi", format!("{hi} is more than the {members} members of the meeting")));
    }
    Ok((lo as u16, hi as u16))
}
