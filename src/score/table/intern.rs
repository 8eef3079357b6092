//! Names as small numbers, without a string per row.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// The code of a row without a name.
pub const NULL: u32 = u32::MAX;

/// Different names, numbered as they first come; they lie one behind the other, so that few cache
/// lines hold them.
#[derive(Debug, Default)]
pub struct Names {
    text: String,
    /// Where each name ends.
    ends: Vec<usize>,
    table: HashTable<u32>,
}

fn hash(name: &[u8]) -> u64 {
    FxBuildHasher.hash_one(name)
}

fn span(ends: &[usize], code: u32) -> std::ops::Range<usize> {
    let code = code as usize;
    code.checked_sub(1).map_or(0, |before| ends[before])..ends[code]
}

impl Names {
    /// The number of `name`, a new one where it has none.
    pub fn code(&mut self, name: &str) -> u32 {
        let Names { text, ends, table } = self;
        let hashed = hash(name.as_bytes());
        if let Some(code) = table.find(hashed, |code| text.as_bytes()[span(ends, *code)] == *name.as_bytes()) {
            return *code;
        }
        let code = ends.len() as u32;
        text.push_str(name);
        ends.push(text.len());
        table.insert_unique(hashed, code, |code| hash(&text.as_bytes()[span(ends, *code)]));
        code
    }

    /// The name with number `code`.
    pub fn get(&self, code: u32) -> Option<&str> {
        ((code as usize) < self.ends.len()).then(|| &self.text[span(&self.ends, code)])
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The names in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|code| &self.text[span(&self.ends, code as u32)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_as_they_come() {
        let mut names = Names::default();
        let words: Vec<String> = (0..5000).map(|at| format!("nämn {}", at % 1000)).collect();
        let codes: Vec<u32> = words.iter().map(|word| names.code(word)).collect();
        assert!(codes.iter().enumerate().all(|(at, code)| *code as usize == at % 1000));
        assert_eq!(names.code(""), 1000);
        assert_eq!(
            (names.count(), names.get(7), names.get(1000), names.get(1001), names.get(NULL)),
            (1001, Some("nämn 7"), Some(""), None, None)
        );
        assert!(names.iter().eq(words[..1000].iter().map(String::as_str).chain([""])));
    }
}
