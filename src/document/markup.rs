//! XML as a sequence of tags and words: no document type, no entities of its own, no depth without end.

use quick_xml::Reader;
use quick_xml::errors::Error as XmlError;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::limits::{Limit, Limits};
use crate::error::{Error, Result};
use crate::span::line_of;
use crate::stop::Stop;

/// Sees the tags and words of an XML document, in order.
pub(super) trait Visit {
    /// An element begins; `name` is without its namespace.
    fn start(&mut self, name: &str, tag: &BytesStart<'_>);
    /// The innermost open element ends.
    fn end(&mut self, name: &str);
    /// Words of the innermost open element.
    fn words(&mut self, words: &str);
}

/// Reads `xml` from its first tag to its last; `file` stands in errors.
///
/// # Errors
/// [`Error::Format`] with the line of what is no XML, of a document type, of an entity that XML does not know;
/// [`Error::TooLarge`] for elements too deep inside each other.
pub(super) fn visit(xml: &str, file: &str, limits: &Limits, visitor: &mut dyn Visit, stop: &Stop) -> Result<()> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0u64;
    let mut elements = 0u64;
    loop {
        stop.check()?;
        let event = reader.read_event().map_err(|error| broken(xml, file, reader.error_position(), &error))?;
        let wrong = |problem: String| at(xml, file, reader.buffer_position(), &problem);
        match event {
            Event::Start(tag) => {
                depth += 1;
                elements += 1;
                limits.check(Limit::XmlDepth, depth, file)?;
                visitor.start(tag.local_name().as_ref(), &tag);
            }
            Event::Empty(tag) => {
                elements += 1;
                visitor.start(tag.local_name().as_ref(), &tag);
                visitor.end(tag.local_name().as_ref());
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visitor.end(tag.local_name().as_ref());
            }
            Event::Text(words) => visitor.words(&words.into_inner()),
            Event::CData(words) => visitor.words(&words.into_inner()),
            Event::GeneralRef(entity) => visitor.words(&resolved(&entity).map_err(wrong)?),
            Event::DocType(_) => {
                return Err(wrong(
                    "a document type (<!DOCTYPE) is refused, with whatever entities it declares".to_owned(),
                ));
            }
            Event::Eof if depth > 0 || elements == 0 => {
                return Err(wrong("the XML ends before its last element does".to_owned()));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn resolved(entity: &BytesRef<'_>) -> Result<String, String> {
    if entity.is_char_ref() {
        let character = entity.resolve_char_ref().ok().flatten();
        return character.map(String::from).ok_or_else(|| format!("&{}; is no character", &**entity));
    }
    let known = resolve_xml_entity(entity).map(str::to_owned);
    known.ok_or_else(|| format!("the entity &{}; is refused: XML knows lt, gt, amp, quot and apos", &**entity))
}

fn at(xml: &str, file: &str, position: u64, problem: &str) -> Error {
    let line = line_of(xml, usize::try_from(position).unwrap_or(usize::MAX).saturating_sub(1));
    Error::Format { file: file.to_owned(), problem: format!("line {line}: {problem}") }
}

fn broken(xml: &str, file: &str, position: u64, error: &XmlError) -> Error {
    at(xml, file, position.saturating_add(1), &format!("not well-formed XML: {error}"))
}

/// The value of an attribute, by its name without namespace.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut found = tag.attributes().filter_map(|attribute| attribute.ok());
    found.find(|a| a.key.local_name().as_ref() == name).map(|a| a.value.into_owned())
}
