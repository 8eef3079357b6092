//! Official XML, such as a parliamentary paper of the Dutch official publications: its prose in paragraphs.

use quick_xml::events::BytesStart;

use super::limits::Limits;
use super::markup::{Visit, visit};
use super::paragraphs::Paragraphs;
use crate::error::Result;
use crate::stop::Stop;

/// Elements that hold no prose: data about the document, footnotes, pictures, signatures.
const SKIPPED: [&str; 17] = [
    "metadata",
    "meta",
    "noot",
    "noten",
    "voetnoot",
    "voetnoten",
    "authorialnote",
    "note",
    "footnote",
    "plaatje",
    "illustratie",
    "bib.instance",
    "ondertekening",
    "signature",
    "script",
    "style",
    "head",
];

/// Elements inside a paragraph; all others end one.
const INLINE: [&str; 39] = [
    "nadruk",
    "extref",
    "intref",
    "sup",
    "inf",
    "sub",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "a",
    "ref",
    "date",
    "datum",
    "ht",
    "term",
    "abbr",
    "nr",
    "li.nr",
    "lidnr",
    "label",
    "num",
    "titel",
    "ondernummer",
    "dossiernr",
    "voornaam",
    "achternaam",
    "naam",
    "functie",
    "emphasis",
    "link",
    "q",
    "quote",
    "place",
    "person",
    "organization",
    "role",
];

/// Elements that number what follows them.
const NUMBERS: [&str; 5] = ["nr", "li.nr", "lidnr", "label", "num"];

#[derive(Default)]
struct Prose {
    paragraphs: Paragraphs,
    /// Elements that are open inside a skipped one.
    skipped: usize,
}

impl Visit for Prose {
    fn start(&mut self, name: &str, _: &BytesStart<'_>) {
        let name = name.to_lowercase();
        if self.skipped > 0 || SKIPPED.contains(&name.as_str()) {
            self.skipped += 1;
        } else if name == "br" {
            self.paragraphs.line();
        } else if !INLINE.contains(&name.as_str()) {
            self.paragraphs.end();
        }
    }

    fn end(&mut self, name: &str) {
        let name = name.to_lowercase();
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if NUMBERS.contains(&name.as_str()) {
            self.paragraphs.push(" ");
        } else if name != "br" && !INLINE.contains(&name.as_str()) {
            self.paragraphs.end();
        }
    }

    fn words(&mut self, words: &str) {
        if self.skipped == 0 {
            self.paragraphs.push(words);
        }
    }
}

/// The prose of an XML document, one paragraph for every element that holds one.
///
/// # Errors
/// Those of XML that is not well formed, has a document type, or is too deep.
pub(super) fn read(xml: &str, file: &str, limits: &Limits, stop: &Stop) -> Result<String> {
    let mut prose = Prose::default();
    visit(xml, file, limits, &mut prose, stop)?;
    Ok(prose.paragraphs.finish())
}
