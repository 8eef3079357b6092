//! A picture as an XML parser reads it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// One cell of a heatmap, or another group of class `cell`.
#[derive(Debug, Default, Clone)]
pub struct DrawnCell {
    pub title: String,
    pub text: String,
    pub classes: Vec<String>,
}

/// A well-formed picture: anything else panics.
#[derive(Debug, Default, Clone)]
pub struct Drawn {
    pub cells: Vec<DrawnCell>,
    /// Every element, in order.
    pub names: Vec<String>,
    /// All text of `text` elements, in order.
    pub labels: Vec<String>,
    stack: Vec<(String, bool)>,
}

impl Drawn {
    pub fn of(svg: &str) -> Drawn {
        let mut reader = Reader::from_str(svg);
        reader.config_mut().check_end_names = true;
        let mut drawn = Drawn::default();
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{e} at {}", reader.error_position())) {
                Event::Start(tag) => drawn.start(&tag, true),
                Event::Empty(tag) => drawn.start(&tag, false),
                Event::End(_) => drop(drawn.stack.pop()),
                Event::Text(text) => drawn.characters(&text.into_inner()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                    Some(c) => drawn.characters(&c.to_string()),
                    None => drawn.characters(quick_xml::escape::resolve_xml_entity(&entity).unwrap()),
                },
                Event::Eof => break,
                other => panic!("{other:?}"),
            }
        }
        assert!(drawn.stack.is_empty());
        drawn
    }

    fn start(&mut self, tag: &BytesStart, open: bool) {
        let name = tag.name().as_ref().to_owned();
        let mut classes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.unwrap();
            if attribute.key.as_ref() == "class" {
                classes.extend(attribute.value.split(' ').map(str::to_owned));
            }
        }
        let cell = classes.iter().any(|c| c == "cell");
        if cell {
            self.cells.push(DrawnCell::default());
        } else if self.in_cell() {
            self.cells.last_mut().unwrap().classes.extend(classes);
        }
        if name == "text" {
            self.labels.push(String::new());
        }
        if open {
            self.stack.push((name.clone(), cell));
        }
        self.names.push(name);
    }

    fn in_cell(&self) -> bool {
        self.stack.iter().any(|(_, cell)| *cell)
    }

    fn characters(&mut self, text: &str) {
        let inside = |name: &str| self.stack.last().is_some_and(|(n, _)| n == name);
        let (title, label, cell) = (inside("title"), inside("text"), self.in_cell());
        if label {
            self.labels.last_mut().unwrap().push_str(text);
        }
        match self.cells.last_mut() {
            Some(last) if cell && title => last.title.push_str(text),
            Some(last) if cell && label => last.text.push_str(text),
            _ => {}
        }
    }
}
