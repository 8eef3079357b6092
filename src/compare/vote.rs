//! What was said against what was voted.

use std::collections::{BTreeMap, BTreeSet};

use super::side::Side;
use crate::error::{Error, Result, nearest};
use crate::group::Seat;
use crate::lexicon::SizeTable;
use crate::link::{Meant, meant};
use crate::model::{Actor, Corpus, Stance};

/// One vote of one actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Who voted.
    pub actor: Actor,
    /// On what, as the votes call it.
    pub issue: String,
    /// In favour is support, an abstention neutral, against oppose; `None` for who was absent.
    pub vote: Option<Stance>,
}

/// Which issue of the corpus a vote was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteKey {
    /// As the votes call it.
    pub vote: String,
    /// The issue of the corpus.
    pub issue: String,
    /// −1 where a vote in favour is one against the issue, else 1.
    pub polarity: i8,
}

/// What one actor said of an issue and how it voted on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The actor.
    pub actor: Actor,
    /// What was voted on, as the votes call it.
    pub voted_on: String,
    /// The issue of the corpus; `None` where no issue is like it.
    pub issue: Option<String>,
    /// How like the vote's name is to the issue or to one of its phrases, 0 to 1; 1 with a key.
    pub similarity: Option<f64>,
    /// Probability of support less that of opposition over all meetings, −1 to 1; `None` where the actor
    /// could not speak, a contradiction leaves it out, or it was silent.
    pub said: Option<f64>,
    /// The stance where it is certain.
    pub stance: Option<Stance>,
    /// The vote toward the issue: 1 for, 0 abstained, −1 against; `None` for who was absent.
    pub voted: Option<f64>,
    /// `voted` less `said`, −2 to 2; `None` where one is missing.
    pub gap: Option<f64>,
    /// The words of the statements behind `said`.
    pub quotes: Vec<String>,
}

/// One row for each vote, in their order.
///
/// `key` links votes to issues where it names them; the others are linked by the crosswalk, see [`meant`]: a
/// vote for "abolition of the levy" is one against the levy. Of several meetings an actor's last position counts.
///
/// # Errors
/// [`Error::Missing`] for an issue of the key that is not there, [`Error::Option`] for a corpus without
/// meetings or a vote that the key names twice.
pub fn against_votes(corpus: &Corpus, sizes: &SizeTable, votes: &[Vote], key: &[VoteKey]) -> Result<Vec<Gap>> {
    let meetings: Vec<String> = corpus.meetings.iter().map(|meeting| meeting.id.clone()).collect();
    let side = Side::new(corpus, sizes, &meetings, "meetings")?;
    let names: BTreeSet<&str> = votes.iter().map(|vote| vote.issue.as_str()).collect();
    let links = links(corpus, &names, key)?;
    Ok(votes.iter().map(|vote| gap(&side, vote, links.get(vote.issue.as_str()))).collect())
}

fn links<'v>(corpus: &Corpus, votes: &BTreeSet<&'v str>, key: &'v [VoteKey]) -> Result<BTreeMap<&'v str, Meant>> {
    let mut links = BTreeMap::new();
    for entry in key {
        if !corpus.statements.iter().any(|statement| statement.issue == entry.issue) {
            let hint = nearest(&entry.issue, corpus.statements.iter().map(|s| s.issue.as_str()));
            return Err(Error::Missing { what: "issue", got: entry.issue.clone(), hint });
        }
        let link = Meant { issue: entry.issue.clone(), polarity: entry.polarity, similarity: 1.0 };
        if links.insert(entry.vote.as_str(), link).is_some() {
            let expected = "each vote once".to_owned();
            return Err(Error::Option { name: "key", got: format!("'{}' twice", entry.vote), expected });
        }
    }
    let open: Vec<&str> = votes.iter().copied().filter(|vote| !links.contains_key(vote)).collect();
    for (vote, found) in open.iter().zip(meant(corpus, &open)) {
        if let Some(found) = found {
            links.insert(*vote, found);
        }
    }
    Ok(links)
}

fn gap(side: &Side, vote: &Vote, link: Option<&Meant>) -> Gap {
    let standing = link.and_then(|link| side.standing(&vote.actor, &link.issue));
    let spoke = standing.filter(|standing| standing.certain() != Some(Seat::Silent));
    let said = spoke.and_then(|standing| standing.value());
    let toward = |stance: Stance| stance.toward_issue(link.map_or(1, |link| link.polarity));
    let voted = vote.vote.map(|stance| match toward(stance) {
        Stance::Support => 1.0,
        Stance::Neutral => 0.0,
        Stance::Oppose => -1.0,
    });
    let quotes = spoke.iter().flat_map(|standing| side.statements(standing, &vote.actor));
    Gap {
        actor: vote.actor.clone(),
        voted_on: vote.issue.clone(),
        issue: link.map(|link| link.issue.clone()),
        similarity: link.map(|link| link.similarity),
        said,
        stance: spoke.and_then(|standing| standing.certain()).and_then(Seat::stance),
        voted,
        gap: voted.zip(said).map(|(voted, said)| voted - said),
        quotes: quotes.filter_map(|s| s.quote.as_ref()).map(|quote| quote.text.to_string()).collect(),
    }
}
