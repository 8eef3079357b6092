//! Texts and groups that many statements have, kept once.

use std::hash::Hash;
use std::sync::Arc;

use arcstr::ArcStr;
use rustc_hash::FxHashSet;

use super::{Holder, Statement, Who};

/// Hands out one copy of each text and of what is said of each group.
#[derive(Debug, Default)]
pub struct Shared {
    texts: FxHashSet<ArcStr>,
    groups: FxHashSet<Arc<Who>>,
}

impl Shared {
    /// Lets the statement have its words and its group together with those that came before it.
    pub fn keep(&mut self, statement: &mut Statement) {
        let Statement { report, meeting, section, topic, issue, proposition, rule, .. } = statement;
        for text in [report, meeting, rule] {
            *text = self.text(text);
        }
        // A topic begins as the heading of its section, and an issue as the proposition.
        for (text, like) in [(section, topic), (proposition, issue)] {
            *text = self.text(text);
            *like = if like == text { text.clone() } else { self.text(like) };
        }
        self.keep_holder(&mut statement.holder);
    }

    /// Lets a holder have its group together with those that came before it.
    pub fn keep_holder(&mut self, holder: &mut Holder) {
        if let Holder::Group(group) = holder {
            group.who = kept(&mut self.groups, &group.who);
            group.id = group.id.as_ref().map(|id| self.text(id));
        }
    }

    /// The text of these words, as it came first.
    pub fn words(&mut self, words: &str) -> ArcStr {
        if let Some(known) = self.texts.get(words) {
            return known.clone();
        }
        let text = ArcStr::from(words);
        self.texts.insert(text.clone());
        text
    }

    /// The text, as it came first.
    pub fn text(&mut self, text: &ArcStr) -> ArcStr {
        kept(&mut self.texts, text)
    }
}

fn kept<T: Clone + Eq + Hash>(all: &mut FxHashSet<T>, one: &T) -> T {
    if let Some(known) = all.get(one) {
        return known.clone();
    }
    all.insert(one.clone());
    one.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_kept_once() {
        let mut shared = Shared::default();
        let (first, second) = (ArcStr::from("een"), ArcStr::from("een"));
        assert!(!ArcStr::ptr_eq(&first, &second));
        assert!(ArcStr::ptr_eq(&shared.text(&first), &shared.text(&second)));
        assert!(ArcStr::ptr_eq(&shared.text(&first), &shared.words("een")));
        assert!(ArcStr::ptr_eq(&shared.words("twee"), &shared.text(&"twee".into())));
    }
}
