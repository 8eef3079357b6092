//! HTML and SVG of every display: self-contained, without scripts, fonts or network.
//!
//! All text and every attribute value leaves through [`Markup`], which escapes; only fixed style
//! sheets are written raw. So whatever stands in a report, a name or a quote stays text.
//!
//! Stances read without colour: every mark bears a sign (`+`, `−`, `○`) and an underline of its own.

mod brief;
mod dendrogram;
mod describe;
mod escape;
mod exchange;
mod heatmap;
mod map;
mod marks;
mod matrix;
mod network;
mod page;
mod picture;
mod report;
mod seats;
mod slopes;
mod standing;
mod style;
mod summary;
mod timeline;
mod topics;

pub use brief::brief;
pub use dendrogram::dendrogram_svg;
pub(crate) use describe::holder_long;
pub use escape::{Markup, visible};
pub use exchange::{NetworkFormat, network_xml};
pub use heatmap::{HeatmapOptions, MOST_ACTORS, heatmap_svg};
pub use map::map_svg;
pub use matrix::{Cell, Matrix, Order};
pub use network::network_svg;
pub use page::page;
pub use picture::Place;
pub use report::{report_html, report_html_with, report_page};
pub use seats::{Count, Division, majorities_svg};
pub use slopes::shifts_svg;
pub use standing::{agreement_html, agreement_svg, told};
pub use style::SHEET;
pub use summary::corpus_html;
pub use timeline::timeline_svg;
