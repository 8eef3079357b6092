//! Networks in the formats that other programs read.

use std::str::FromStr;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::error::{Choice, Error, Result};
use crate::score::networks::ties::Ties;

/// A format of networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFormat {
    /// GEXF 1.3, which Gephi reads.
    Gexf,
    /// GraphML, which igraph, NetworkX, visone and Gephi read.
    GraphMl,
}

impl FromStr for NetworkFormat {
    type Err = Error;

    fn from_str(word: &str) -> Result<NetworkFormat> {
        Choice::new("format", [("gexf", NetworkFormat::Gexf), ("graphml", NetworkFormat::GraphMl)]).pick(word)
    }
}

/// The actors of a network and some of its ties, with their scores and the issues that they share; every actor has
/// its camp where there are any. A score that is missing has no tie; one below 0 keeps its sign.
///
/// # Errors
/// None on any network; the type is that of every writer.
pub fn network_xml(
    ties: &Ties,
    edges: &[(usize, usize)],
    camps: Option<&[Option<usize>]>,
    format: NetworkFormat,
) -> Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let network = Network { ties, edges, camps };
    let written =
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).and_then(|()| match format {
            NetworkFormat::Gexf => network.gexf(&mut writer),
            NetworkFormat::GraphMl => network.graphml(&mut writer),
        });
    let failed = |problem: String| Error::Format { file: "network".to_owned(), problem };
    written.map_err(|error| failed(error.to_string()))?;
    String::from_utf8(writer.into_inner()).map(|text| text + "\n").map_err(|error| failed(error.to_string()))
}

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

struct Network<'n> {
    ties: &'n Ties,
    edges: &'n [(usize, usize)],
    camps: Option<&'n [Option<usize>]>,
}

impl Network<'_> {
    fn camp(&self, actor: usize) -> Option<String> {
        self.camps.and_then(|camps| camps.get(actor).copied().flatten()).map(|camp| camp.to_string())
    }

    /// Score and shared issues of an edge.
    fn values(&self, (a, b): (usize, usize)) -> [String; 2] {
        let score = self.ties.score(a, b).unwrap_or(f64::NAN);
        let shared = self.ties.shared.get(crate::score::kernel::pair_index(self.ties.actors.len(), a, b));
        [score.to_string(), shared.copied().unwrap_or(f64::NAN).to_string()]
    }

    fn gexf(&self, xml: &mut Xml) -> Written {
        let root = xml.create_element("gexf").with_attribute(("xmlns", "http://gexf.net/1.3"));
        root.with_attribute(("version", "1.3")).write_inner_content(|xml| {
            let graph = xml.create_element("graph").with_attribute(("defaultedgetype", "undirected"));
            graph.write_inner_content(|xml| {
                attributes(xml, "node", &[("camp", "integer")])?;
                attributes(xml, "edge", &[("score", "double"), ("shared", "double")])?;
                xml.create_element("nodes").write_inner_content(|xml| {
                    (0..self.ties.actors.len()).try_for_each(|actor| self.gexf_node(xml, actor))
                })?;
                xml.create_element("edges").write_inner_content(|xml| {
                    self.edges.iter().enumerate().try_for_each(|(at, edge)| self.gexf_edge(xml, at, *edge))
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    }

    fn gexf_node(&self, xml: &mut Xml, actor: usize) -> Written {
        let id = actor.to_string();
        let node = xml.create_element("node").with_attribute(("id", id.as_str()));
        let name = legible(&self.ties.actors[actor]);
        let node = node.with_attribute(("label", name.as_str()));
        match self.camp(actor) {
            Some(camp) => node.write_inner_content(|xml| gexf_values(xml, &[("camp", &camp)]))?,
            None => node.write_empty()?,
        };
        Ok(())
    }

    /// Programs lay out by `weight` and most take none below 0; the score itself stands beside it.
    fn gexf_edge(&self, xml: &mut Xml, at: usize, edge: (usize, usize)) -> Written {
        let (id, ends) = (at.to_string(), [edge.0.to_string(), edge.1.to_string()]);
        let [score, shared] = self.values(edge);
        let weight = self.ties.score(edge.0, edge.1).map_or(0.0, f64::abs).to_string();
        let element = xml.create_element("edge").with_attribute(("id", id.as_str()));
        let element = element.with_attribute(("source", ends[0].as_str())).with_attribute(("target", ends[1].as_str()));
        element
            .with_attribute(("weight", weight.as_str()))
            .write_inner_content(|xml| gexf_values(xml, &[("score", &score), ("shared", &shared)]))?;
        Ok(())
    }

    fn graphml(&self, xml: &mut Xml) -> Written {
        let root = xml.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
        root.write_inner_content(|xml| {
            let keys = [
                ("name", "node", "string"),
                ("camp", "node", "int"),
                ("weight", "edge", "double"),
                ("shared", "edge", "double"),
            ];
            for (name, of, kind) in keys {
                let key = xml.create_element("key").with_attribute(("id", name)).with_attribute(("for", of));
                key.with_attribute(("attr.name", name)).with_attribute(("attr.type", kind)).write_empty()?;
            }
            let graph = xml.create_element("graph").with_attribute(("edgedefault", "undirected"));
            graph.write_inner_content(|xml| {
                (0..self.ties.actors.len()).try_for_each(|actor| self.graphml_node(xml, actor))?;
                self.edges.iter().try_for_each(|edge| self.graphml_edge(xml, *edge))
            })?;
            Ok(())
        })?;
        Ok(())
    }

    fn graphml_node(&self, xml: &mut Xml, actor: usize) -> Written {
        let id = format!("n{actor}");
        let name = legible(&self.ties.actors[actor]);
        xml.create_element("node").with_attribute(("id", id.as_str())).write_inner_content(|xml| {
            data(xml, "name", &name)?;
            self.camp(actor).map_or(Ok(()), |camp| data(xml, "camp", &camp))
        })?;
        Ok(())
    }

    fn graphml_edge(&self, xml: &mut Xml, edge: (usize, usize)) -> Written {
        let ends = [format!("n{}", edge.0), format!("n{}", edge.1)];
        let [score, shared] = self.values(edge);
        let element = xml.create_element("edge").with_attribute(("source", ends[0].as_str()));
        element.with_attribute(("target", ends[1].as_str())).write_inner_content(|xml| {
            data(xml, "weight", &score)?;
            data(xml, "shared", &shared)
        })?;
        Ok(())
    }
}

fn attributes(xml: &mut Xml, class: &str, all: &[(&str, &str)]) -> Written {
    xml.create_element("attributes").with_attribute(("class", class)).write_inner_content(|xml| {
        for (name, kind) in all {
            let attribute = xml.create_element("attribute").with_attribute(("id", *name));
            attribute.with_attribute(("title", *name)).with_attribute(("type", *kind)).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn gexf_values(xml: &mut Xml, values: &[(&str, &str)]) -> Written {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for (name, value) in values {
            let value = xml.create_element("attvalue").with_attribute(("for", *name)).with_attribute(("value", *value));
            value.write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn data(xml: &mut Xml, key: &str, text: &str) -> Written {
    let element = xml.create_element("data").with_attribute(("key", key));
    element.write_text_content(quick_xml::events::BytesText::new(text))?;
    Ok(())
}

/// What XML may hold: control characters but tab and line ends are no text of it.
fn legible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { '\u{FFFD}' } else { c }).collect()
}
