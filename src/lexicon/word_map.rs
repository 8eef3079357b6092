//! A map from lower-case words, asked for words of any case.

use rustc_hash::FxHashMap as HashMap;

use crate::span::Span;

/// A map from lower-case words, none of which holds a NUL; it is asked for words of any case.
#[derive(Debug, Clone)]
pub struct WordMap<V> {
    /// Those that fit into a number.
    short: HashMap<u128, V>,
    long: HashMap<Box<str>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> WordMap<V> {
        WordMap { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// What `word` stands for, in any case.
    pub fn get(&self, word: &str) -> Option<&V> {
        self.get_at(word, Span::new(0, word.len()))
    }

    /// What the word at `span` of a text stands for, in any case.
    #[inline]
    pub fn get_at(&self, text: &str, span: Span) -> Option<&V> {
        match packed(text, span) {
            Some(number) => self.short.get(&lower(number)),
            None => self.get_long(span.slice(text)),
        }
    }

    fn get_long(&self, word: &str) -> Option<&V> {
        let mut room = String::new();
        let word = lower_case(word, &mut room);
        match whole(word) {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    /// What `word`, in lower case, stands for: `value` where it is new.
    pub fn or_insert(&mut self, word: &str, value: V) -> &mut V {
        match whole(word) {
            Some(number) => self.short.entry(number).or_insert(value),
            None => self.long.entry(word.into()).or_insert(value),
        }
    }

    /// Every word with what it stands for, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (String, &V)> {
        let short = self.short.iter().map(|(number, value)| (unpacked(*number), value));
        short.chain(self.long.iter().map(|(word, value)| (word.to_string(), value)))
    }
}

/// How many letters fit into a number.
const SIZE: usize = 16;

/// The highest bit of each byte.
const HIGHEST: u128 = every(0x80);

/// A number of which every byte is that one.
const fn every(byte: u8) -> u128 {
    u128::from_le_bytes([byte; SIZE])
}

/// The word at `span` as a number, where it fits and is all of ASCII: its first letter is the lowest byte.
#[inline]
fn packed(text: &str, span: Span) -> Option<u128> {
    let len = span.len();
    if len == 0 || len > SIZE {
        return None;
    }
    let rest = text.as_bytes().get(span.start..)?;
    let letters = match rest.first_chunk::<SIZE>() {
        Some(letters) => *letters,
        None => {
            let mut letters = [0; SIZE];
            letters.get_mut(..len)?.copy_from_slice(rest.get(..len)?);
            letters
        }
    };
    let number = u128::from_le_bytes(letters) & u128::MAX >> (8 * (SIZE - len));
    (number & HIGHEST == 0).then_some(number)
}

/// A whole word as a number.
fn whole(word: &str) -> Option<u128> {
    packed(word, Span::new(0, word.len()))
}

/// The word of a number.
fn unpacked(number: u128) -> String {
    number.to_le_bytes().into_iter().take_while(|byte| *byte != 0).map(char::from).collect()
}

/// `word` in lower case: itself where it is so already, else written into `room`.
pub fn lower_case<'w>(word: &'w str, room: &'w mut String) -> &'w str {
    // The bits that all bytes have and those that one of them has: capitals lack one that small letters and digits
    // have, and what is not ASCII has one that no other has.
    let (all, one) = word.bytes().fold((u8::MAX, 0), |(all, one), byte| (all & byte, one | byte));
    if all & 0x20 != 0 && one & 0x80 == 0 {
        return word;
    }
    room.clear();
    if word.is_ascii() {
        room.push_str(word);
        room.make_ascii_lowercase();
    } else {
        for letter in word.chars() {
            match letter.is_ascii() {
                true => room.push(letter.to_ascii_lowercase()),
                false => room.extend(letter.to_lowercase()),
            }
        }
    }
    room
}

/// The number of the same word in lower case.
#[inline]
fn lower(number: u128) -> u128 {
    // The highest bit of each byte from "A" on, without those behind "Z".
    let capitals = (number + every(0x80 - b'A')) & !(number + every(0x7f - b'Z')) & HIGHEST;
    number | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_length_are_found_in_any_case() {
        let mut map = WordMap::default();
        let letters = "abcdefghijklmnopqrstuvwxyz";
        let words: Vec<String> = (1..20).map(|len| letters[26 - len..].to_owned()).collect();
        for word in words.iter().map(String::as_str).chain(["één", "e-mail'2@[`{", "k"]) {
            map.or_insert(word, word.to_owned());
        }
        let text = words.join(" ");
        for word in &words {
            let start = text.find(word).unwrap();
            assert_eq!(map.get_at(&text, Span::new(start, start + word.len())), Some(word));
            assert_eq!(map.get(word), Some(word));
            assert_eq!(map.get(&word.to_uppercase()), Some(word));
            assert_eq!(map.get(&word[1..]).is_some(), word.len() > 1, "{word}");
        }
        for (word, found) in [("ÉÉN", Some("één")), ("E-Mail'2@[`{", Some("e-mail'2@[`{")), ("\u{212a}", Some("k"))]
        {
            assert_eq!(map.get(word).map(String::as_str), found);
        }
        assert_eq!((map.get(""), map.get("e-mail'2@[`[")), (None, None));
        let mut all: Vec<(String, &String)> = map.iter().collect();
        all.sort();
        assert!(all.len() == words.len() + 3 && all.iter().all(|(word, value)| word == *value));
    }
}
