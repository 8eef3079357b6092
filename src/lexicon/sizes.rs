//! How many members a size word stands for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result, nearest};
use crate::model::{Quantifier, Roster};
use crate::span::line_of;

/// The range of members of each size word, versioned; one table for all languages.
///
/// The ranges are of a roster of [`SizeTable::members`]. They stand as they are for a roster of
/// another length, where the roster bounds the upper end; a roster much smaller needs a table of
/// its own. `all` is always the whole roster and `named_only` exactly its names.
///
/// ```
/// use standpunt::lexicon::SizeTable;
/// use standpunt::model::Quantifier;
///
/// let sizes = SizeTable::standard();
/// assert_eq!(sizes.range(Quantifier::Many, 27, 1), (9, 22));
/// assert_eq!(sizes.range(Quantifier::All, 28, 0), (28, 28));
/// assert_eq!(sizes.range(Quantifier::Few, 27, 6), (6, 6));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeTable {
    version: String,
    members: usize,
    ranges: BTreeMap<Quantifier, (usize, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    members: Spanned<usize>,
    sizes: BTreeMap<Spanned<String>, Spanned<(usize, usize)>>,
}

static STANDARD: LazyLock<SizeTable> =
    LazyLock::new(|| SizeTable::from_toml(include_str!("quantifiers.toml"), "quantifiers.toml").unwrap_or_default());

impl Default for SizeTable {
    /// A table of no words, of no members.
    fn default() -> SizeTable {
        SizeTable { version: String::new(), members: 0, ranges: BTreeMap::new() }
    }
}

impl SizeTable {
    /// The table that comes with the crate.
    pub fn standard() -> SizeTable {
        STANDARD.clone()
    }

    /// The table that `text` holds; `name` is what errors call it.
    ///
    /// It gives `version` (a string), `members` (the roster it is of) and under `[sizes]` for every
    /// size word but `all` and `named_only` its `[fewest, most]`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line, for text that is no TOML, an unknown or a lacking word, or
    /// a range that is upside down or larger than `members`.
    pub fn from_toml(text: &str, name: &str) -> Result<SizeTable> {
        let fail = |at: Option<usize>, problem: String| Error::Lexicon {
            file: name.to_owned(),
            line: at.map_or(0, |byte| line_of(text, byte)),
            problem,
        };
        let file: File = toml::from_str(text)
            .map_err(|e| fail(e.span().map(|s| s.start), e.message().lines().collect::<Vec<_>>().join("; ")))?;
        let members = *file.members.get_ref();
        if members == 0 || members > Roster::LIMIT {
            let problem = format!("members is {members}, expected 1 to {}", Roster::LIMIT);
            return Err(fail(Some(file.members.span().start), problem));
        }
        let mut ranges = BTreeMap::new();
        for (word, range) in &file.sizes {
            let quantifier = sized_word(word.get_ref()).map_err(|problem| fail(Some(word.span().start), problem))?;
            let (lo, hi) = *range.get_ref();
            if lo > hi || hi == 0 || hi > members {
                let problem = format!("'{quantifier}' is [{lo}, {hi}], expected [fewest, most] of {members} members");
                return Err(fail(Some(range.span().start), problem));
            }
            ranges.insert(quantifier, (lo, hi));
        }
        let lacking = sized_words().filter(|q| !ranges.contains_key(q)).map(Quantifier::class).collect::<Vec<_>>();
        if !lacking.is_empty() {
            return Err(fail(None, format!("no size of {}", lacking.join(", "))));
        }
        Ok(SizeTable { version: file.version, members, ranges })
    }

    /// The version, as results name it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The length of the roster that the ranges are of.
    pub fn members(&self) -> usize {
        self.members
    }

    /// The fewest and most members of a group with `quantifier` of which `named` are named.
    ///
    /// Both ends count the named members and are never below them.
    pub fn range(&self, quantifier: Quantifier, roster_len: usize, named: usize) -> (usize, usize) {
        let (lo, hi) = match quantifier {
            Quantifier::All => (roster_len, roster_len),
            Quantifier::NamedOnly => (named, named),
            Quantifier::Count(n) => (usize::from(n), usize::from(n)),
            word => self.ranges.get(&word).copied().unwrap_or((1, self.members.min(roster_len))),
        };
        (lo.max(named), hi.max(named))
    }

    /// The same table with another range for one word, for sensitivity; its version says so.
    ///
    /// # Errors
    /// [`Error::Option`] for `all`, `named_only` and counts, and for a range outside the roster.
    pub fn with_range(&self, quantifier: Quantifier, lo: usize, hi: usize) -> Result<SizeTable> {
        let fail = |got: String, expected: String| Err(Error::Option { name: "sizes", got, expected });
        if !self.ranges.contains_key(&quantifier) {
            return fail(quantifier.to_string(), "a size word other than all, named_only and counts".to_owned());
        }
        if lo > hi || hi == 0 || hi > self.members {
            return fail(format!("[{lo}, {hi}]"), format!("[fewest, most] of {} members", self.members));
        }
        let mut table = self.clone();
        table.ranges.insert(quantifier, (lo, hi));
        table.version = format!("{}+{quantifier}={lo}-{hi}", self.version);
        Ok(table)
    }
}

fn sized_words() -> impl Iterator<Item = Quantifier> {
    Quantifier::WORDS.into_iter().filter(|q| !matches!(q, Quantifier::All | Quantifier::NamedOnly))
}

fn sized_word(word: &str) -> std::result::Result<Quantifier, String> {
    sized_words().find(|q| q.class() == word).ok_or_else(|| {
        let hint = nearest(word, sized_words().map(Quantifier::class));
        let hint = hint.map(|h| format!(" (did you mean '{h}'?)")).unwrap_or_default();
        format!("'{word}' is no size word with a range of its own{hint}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_table_holds_every_word() {
        let sizes = SizeTable::standard();
        assert_eq!((sizes.version(), sizes.members()), ("1", 27));
        let expected = [(22, 26), (16, 25), (14, 22), (9, 22), (9, 20), (3, 12), (3, 12), (3, 10), (3, 10)];
        let expected = expected.into_iter().chain([(2, 9), (2, 6), (2, 5), (1, 1)]);
        for (word, range) in sized_words().zip(expected) {
            assert_eq!(sizes.range(word, 27, 0), range, "{word}");
        }
        assert_eq!(sizes.range(Quantifier::NamedOnly, 27, 3), (3, 3));
        assert_eq!(sizes.range(Quantifier::Count(10), 27, 3), (10, 10));
    }

    #[test]
    fn a_bad_table_is_answered_with_its_line() {
        let standard = include_str!("quantifiers.toml");
        let cases = [
            (
                "many = [9, 22]",
                "mani = [9, 22]",
                "line 10: 'mani' is no size word with a range of its own (did you mean",
            ),
            ("many = [9, 22]", "many = [22, 9]", "line 10: 'many' is [22, 9], expected [fewest, most] of 27 members"),
            ("many = [9, 22]", "many = [9, 28]", "line 10: 'many' is [9, 28]"),
            ("many = [9, 22]", "many = 9", "line 10: invalid type"),
            ("many = [9, 22]", "many = [9, 22", "line 11: "),
            ("many = [9, 22]", "", "t.toml: no size of many"),
            ("many = [9, 22]", "all = [27, 27]", "line 10: 'all' is no size word with a range of its own"),
            ("members = 27", "members = 0", "line 4: members is 0, expected 1 to 64"),
            ("version = \"1\"", "", "missing field `version`"),
        ];
        for (from, to, expected) in cases {
            let error = SizeTable::from_toml(&standard.replacen(from, to, 1), "t.toml").unwrap_err().to_string();
            assert!(error.contains(expected), "{to}: {error}");
        }
    }

    #[test]
    fn another_range_changes_one_word_and_the_version() {
        let wide = SizeTable::standard().with_range(Quantifier::Many, 5, 25).unwrap();
        assert_eq!(wide.range(Quantifier::Many, 27, 0), (5, 25));
        assert_eq!(wide.range(Quantifier::Few, 27, 0), (2, 5));
        assert_eq!(wide.version(), "1+many=5-25");
        assert!(wide.with_range(Quantifier::All, 5, 25).is_err());
        assert!(wide.with_range(Quantifier::Few, 5, 2).is_err());
    }
}
