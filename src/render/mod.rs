//! HTML and SVG of every display: self-contained, without scripts, fonts or network.
//!
//! All text and every attribute value leaves through [`Markup`], which escapes; only fixed style
//! sheets are written raw. So whatever stands in a report, a name or a quote stays text.
//!
//! Stances read without colour: every mark bears a sign (`+`, `−`, `○`) and an underline of its own.

mod describe;
mod escape;
mod heatmap;
mod marks;
mod matrix;
mod picture;
mod report;
mod seats;
mod style;

pub use escape::{Markup, visible};
pub use heatmap::{HeatmapOptions, MOST_ACTORS, heatmap_svg};
pub use matrix::{Cell, Matrix, Order};
pub use picture::Place;
pub use report::{report_html, report_page};
pub use seats::{Count, Division, majorities_svg};
