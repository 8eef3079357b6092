//! Corpora of statements written by hand.

#![allow(dead_code)] // each test uses its part

use jiff::civil::Date;
use standpunt::group::{Cells, cells};
use standpunt::lexicon::SizeTable;
use standpunt::model::{Actor, Corpus, Group, Holder, Intensity, Meeting, Roster, Statement, Who};
use standpunt::score::{AgreementOptions, AgreementRow, agreement};

pub fn actor_order(a: &str, b: &str) -> (Actor, Actor) {
    (Actor::new(a.min(b)), Actor::new(a.max(b)))
}

/// Statements written by hand, one meeting after the other.
#[derive(Default)]
pub struct Coded {
    pub corpus: Corpus,
}

impl Coded {
    /// One meeting of the member states on that day.
    pub fn on(day: &str) -> Coded {
        Coded::default().meeting("m", day, None)
    }

    pub fn meeting(mut self, id: &str, day: &str, roster: Option<Roster>) -> Coded {
        let date: Date = day.parse().unwrap();
        self.corpus.meetings.push(Meeting {
            id: id.to_owned(),
            body: None,
            date_start: Some(date),
            date_end: None,
            place: None,
            presidency: None,
            language: None,
            reporting_state: None,
            roster: roster.unwrap_or_else(|| Roster::eu(date).unwrap()),
        });
        self
    }

    /// `holder`: an institution, or named states, `-` before exceptions, then `|`, the quantifier or
    /// `lo..hi` and perhaps `#id`.
    pub fn says(mut self, issue: &str, stance: &str, holder: &str) -> Coded {
        let statement = statement(&self.corpus, issue, stance, holder);
        self.corpus.statements.push(statement);
        self
    }

    pub fn last(mut self, change: impl FnOnce(&mut Statement)) -> Coded {
        change(self.corpus.statements.last_mut().unwrap());
        self
    }

    pub fn cells(&self) -> Cells {
        cells(&self.corpus, &SizeTable::standard())
    }

    pub fn pair(&self, a: &str, b: &str) -> AgreementRow {
        let all = agreement(&self.corpus, &SizeTable::standard(), &AgreementOptions::default()).unwrap();
        let (a, b) = actor_order(a, b);
        all.rows.into_iter().find(|row| row.actor_a == a && row.actor_b == b).unwrap()
    }
}

pub fn statement(corpus: &Corpus, issue: &str, stance: &str, holder: &str) -> Statement {
    let meeting = corpus.meetings.last().unwrap().id.clone();
    Statement {
        id: format!("s{}", corpus.statements.len()).as_str().into(),
        report: "".into(),
        meeting: meeting.into(),
        section: "".into(),
        topic: "t".into(),
        issue: issue.into(),
        polarity: 1,
        proposition: issue.into(),
        holder: self::holder(holder),
        stance: stance.parse().unwrap(),
        intensity: Intensity::Normal,
        conditional: false,
        change: false,
        quote: None,
        rule: "coded".into(),
        confidence: 1.0,
        weight: 1.0,
    }
}

pub fn holder(text: &str) -> Holder {
    if let Ok(institution) = text.parse() {
        return Holder::Institution(institution);
    }
    let (states, size) = text.split_once('|').unwrap_or((text, "named_only"));
    let (size, id) = size.split_once('#').map_or((size, None), |(size, id)| (size, Some(id.into())));
    let list = |except: bool| {
        let words = states.split_whitespace().filter(move |w| w.starts_with('-') == except);
        let mut actors: Vec<Actor> = words.map(|w| Actor::new(w.trim_start_matches('-'))).collect();
        actors.sort();
        actors
    };
    let sizes = size.split_once("..").map(|(lo, hi)| (lo.parse().unwrap(), hi.parse().unwrap()));
    let quantifier = if sizes.is_some() { None } else { Some(size.parse().unwrap()) };
    let who = Who { named: list(false), excluded: list(true), quantifier, sizes };
    Holder::Group(Group { id, ..who.into() })
}
