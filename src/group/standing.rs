//! Where one actor stands in a cell, from all that is said of it there.

use crate::model::Stance;

/// What one statement says of an actor by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    /// The stance toward the issue.
    pub stance: Stance,
    /// The agenda item, counted in order of first appearance in the meeting.
    pub item: usize,
    /// True where the text says that it replaces an earlier stance.
    pub change: bool,
    /// False where the statement also names the actor as an exception.
    pub clear: bool,
}

/// The stance that stands, or `None` where what is said contradicts itself.
///
/// `said` is not empty and in the order of the text. A side outranks a neutral mention, save one
/// that comes after and is an expressed change. Of the sides the latest agenda item counts, and in
/// it what follows the last expressed change; if both sides are left, nothing stands.
pub(super) fn standing(said: &[Said]) -> Option<Stance> {
    let is_side = |s: &&Said| s.stance != Stance::Neutral || !s.clear;
    let Some(last_side) = said.iter().rposition(|s| is_side(&s)) else { return Some(Stance::Neutral) };
    if said.iter().skip(last_side).any(|s| s.stance == Stance::Neutral && s.change && s.clear) {
        return Some(Stance::Neutral);
    }
    let latest = said.iter().filter(is_side).map(|s| s.item).max();
    let item: Vec<&Said> = said.iter().filter(is_side).filter(|s| Some(s.item) == latest).collect();
    let from = item.iter().rposition(|s| s.change).unwrap_or(0);
    let first = item.get(from)?;
    item.iter().skip(from).all(|s| s.clear && s.stance == first.stance).then_some(first.stance)
}

/// The stance on which all reports agree; a side outranks a neutral mention. `None` where they contradict
/// each other or themselves.
pub(super) fn agreed(reports: &[Option<Stance>]) -> Option<Stance> {
    let mut agreed = Stance::Neutral;
    for stance in reports {
        match (*stance)? {
            Stance::Neutral => {}
            side if agreed == Stance::Neutral || agreed == side => agreed = side,
            _ => return None,
        }
    }
    Some(agreed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stance::{Neutral, Oppose, Support};

    fn stands(said: &[(Stance, usize, bool)]) -> Option<Stance> {
        standing(
            &said.iter().map(|&(stance, item, change)| Said { stance, item, change, clear: true }).collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_later_item_or_an_expressed_change_replaces() {
        assert_eq!(stands(&[(Support, 0, false)]), Some(Support));
        assert_eq!(stands(&[(Support, 0, false), (Oppose, 0, false)]), None);
        assert_eq!(stands(&[(Support, 0, false), (Oppose, 1, false)]), Some(Oppose));
        assert_eq!(stands(&[(Oppose, 1, false), (Support, 0, false)]), Some(Oppose));
        assert_eq!(stands(&[(Oppose, 0, false), (Support, 0, true)]), Some(Support));
        assert_eq!(stands(&[(Oppose, 0, false), (Support, 0, true), (Oppose, 0, false)]), None);
        assert_eq!(stands(&[(Support, 0, false), (Oppose, 1, false), (Support, 1, false)]), None);
    }

    #[test]
    fn a_side_outranks_a_neutral_mention_save_an_expressed_change() {
        assert_eq!(stands(&[(Neutral, 0, false)]), Some(Neutral));
        assert_eq!(stands(&[(Neutral, 0, false), (Support, 0, false)]), Some(Support));
        assert_eq!(stands(&[(Support, 0, false), (Neutral, 1, false)]), Some(Support));
        assert_eq!(stands(&[(Support, 0, false), (Neutral, 0, true)]), Some(Neutral));
        assert_eq!(stands(&[(Neutral, 0, true), (Support, 0, false)]), Some(Support));
    }

    #[test]
    fn named_and_excepted_at_once_stands_nowhere() {
        let unclear = Said { stance: Support, item: 0, change: false, clear: false };
        assert_eq!(standing(&[unclear]), None);
        assert_eq!(standing(&[Said { stance: Neutral, ..unclear }]), None);
        assert_eq!(standing(&[unclear, Said { item: 1, clear: true, ..unclear }]), Some(Support));
    }

    #[test]
    fn reports_that_differ_in_the_side_contradict_each_other() {
        assert_eq!(agreed(&[Some(Support), Some(Neutral)]), Some(Support));
        assert_eq!(agreed(&[Some(Neutral), Some(Neutral)]), Some(Neutral));
        assert_eq!(agreed(&[Some(Support), Some(Neutral), Some(Oppose)]), None);
        assert_eq!(agreed(&[Some(Support), None]), None);
    }
}
