//! Statements, holders and meetings in words.

use jiff::civil::Date;

use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Group, Holder, Intensity, Meeting, Quantifier, Stance, Statement};

/// The sign of a stance: readable without colour.
pub(crate) fn sign(stance: Stance) -> &'static str {
    match stance {
        Stance::Support => "+",
        Stance::Neutral => "\u{25cb}",
        Stance::Oppose => "\u{2212}",
    }
}

/// The class that gives a stance its colour and underline.
pub(crate) fn class(stance: Stance) -> &'static str {
    match stance {
        Stance::Support => "sp-support",
        Stance::Neutral => "sp-neutral",
        Stance::Oppose => "sp-oppose",
    }
}

/// The class that gives a sign its colour.
pub(crate) fn tag(stance: Stance) -> &'static str {
    match stance {
        Stance::Support => "sp-tag-support",
        Stance::Neutral => "sp-tag-neutral",
        Stance::Oppose => "sp-tag-oppose",
    }
}

/// The sign with its intensity: doubled where strong, in brackets where weak, "if" where conditional.
pub(crate) fn weighted_sign(statement: &Statement) -> String {
    let sign = sign(statement.stance);
    let signed = match statement.intensity {
        Intensity::Weak => format!("({sign})"),
        Intensity::Normal => sign.to_owned(),
        Intensity::Strong => format!("{sign}{sign}"),
    };
    if statement.conditional { format!("{signed} if") } else { signed }
}

/// A holder in a few letters: `COM`, `NL DE`, `many, incl. NL`.
pub(crate) fn holder_short(holder: &Holder) -> String {
    let group = match holder {
        Holder::Institution(institution) => return institution.as_str().to_owned(),
        Holder::Group(group) => group,
    };
    let named = codes(&group.named, 3);
    match (quantity(group), named.is_empty()) {
        (None, _) => named,
        (Some(quantity), true) => quantity,
        (Some(quantity), false) => format!("{quantity}, incl. {named}"),
    }
}

/// A holder in full: size word, members, exceptions and size range.
pub(crate) fn holder_long(holder: &Holder) -> String {
    let group = match holder {
        Holder::Institution(institution) => return institution.as_str().to_owned(),
        Holder::Group(group) => group,
    };
    let named = codes(&group.named, usize::MAX);
    let mut text = match (quantity(group), named.is_empty()) {
        (None, _) => named,
        (Some(quantity), true) => format!("{quantity}{}", noun(group)),
        (Some(quantity), false) => format!("{quantity}{}, including {named}", noun(group)),
    };
    if !group.excluded.is_empty() {
        text.push_str(&format!(", except {}", codes(&group.excluded, usize::MAX)));
    }
    text
}

/// What a size word counts, as it goes on behind the word.
fn noun(group: &Group) -> &'static str {
    use Quantifier as Q;
    match (group.sizes, group.quantifier) {
        (Some((1, 1)), _) | (None, Some(Q::Single | Q::Count(1))) => " member state",
        (None, Some(Q::Majority | Q::LargeGroup | Q::Group | Q::SmallGroup)) => " of member states",
        _ => " member states",
    }
}

/// The size word of a group that has unnamed members; `None` where it is exactly its names.
fn quantity(group: &Group) -> Option<String> {
    use Quantifier as Q;
    match (group.sizes, group.quantifier) {
        (Some((lo, hi)), _) if usize::from(hi) == group.named.len() && lo == hi => None,
        (Some((lo, hi)), _) if lo == hi => Some(lo.to_string()),
        (Some((lo, hi)), _) => Some(format!("{lo}\u{2013}{hi}")),
        (None, None | Some(Q::NamedOnly)) => None,
        (None, Some(Q::Count(n))) => Some(n.to_string()),
        (None, Some(Q::Single)) => Some("one".to_owned()),
        (None, Some(Q::NumberOf)) => Some("a number of".to_owned()),
        (None, Some(word)) => Some(word.class().replace('_', " ")),
    }
}

fn codes(actors: &[Actor], most: usize) -> String {
    let shown: Vec<&str> = actors.iter().take(most).map(Actor::as_str).collect();
    match actors.len().saturating_sub(most) {
        0 => shown.join(" "),
        rest => format!("{} +{rest}", shown.join(" ")),
    }
}

/// Everything known of a statement but its quote, in three lines.
pub(crate) fn statement_lines(statement: &Statement, sizes: Option<(usize, usize)>) -> String {
    let mut first =
        format!("{} {}: {}", sign(statement.stance), statement.stance.as_str(), holder_long(&statement.holder));
    if let Some(range) = sizes.map(range) {
        first.push_str(&format!(" ({range})"));
    }
    let mut notes: Vec<String> = Vec::new();
    if statement.intensity != Intensity::Normal {
        notes.push(statement.intensity.as_str().to_owned());
    }
    if statement.conditional {
        notes.push("conditional".to_owned());
    }
    if statement.change {
        notes.push("replaces an earlier position".to_owned());
    }
    notes.push(format!("rule {}", statement.rule));
    notes.push(format!("confidence {:.2}", statement.confidence));
    format!("{first}\non: {}\n{}", statement.proposition, notes.join(", "))
}

/// The fewest and most members of a statement's group; `None` for an institution.
pub(crate) fn size_range(corpus: &Corpus, statement: &Statement, sizes: &SizeTable) -> Option<(usize, usize)> {
    let group = statement.holder.group()?;
    if let Some((lo, hi)) = group.sizes {
        return Some((lo.into(), hi.into()));
    }
    let members = corpus.meeting(&statement.meeting).map_or(0, |meeting| meeting.roster.len());
    Some(sizes.range(group.quantifier.unwrap_or(Quantifier::NamedOnly), members, group.named.len()))
}

/// A range of members: `9–22 members`, `1 member`.
pub(crate) fn range((lo, hi): (usize, usize)) -> String {
    match (lo, hi) {
        (1, 1) => "1 member".to_owned(),
        (lo, hi) if lo == hi => format!("{lo} members"),
        (lo, hi) => format!("{lo}\u{2013}{hi} members"),
    }
}

/// The meeting's name: its body and days, or its id where the report gives neither.
pub(crate) fn meeting_name(meeting: &Meeting) -> String {
    let parts = [meeting.body.clone(), days(meeting.date_start, meeting.date_end), meeting.place.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { meeting.id.clone() } else { parts.join(", ") }
}

/// `4–5 March 2025`; `None` where no day is known.
fn days(start: Option<Date>, end: Option<Date>) -> Option<String> {
    let start = start.or(end)?;
    let end = end.unwrap_or(start);
    let month = |date: Date| MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    let whole = |date: Date| format!("{} {} {}", date.day(), month(date), date.year());
    Some(if start == end {
        whole(start)
    } else if (start.year(), start.month()) == (end.year(), end.month()) {
        format!("{}\u{2013}{}", start.day(), whole(end))
    } else {
        format!("{} \u{2013} {}", whole(start), whole(end))
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1 statement`, `2 statements`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
