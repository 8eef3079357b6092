//! What every picture shares: frame, heading and the lengths of words.

use super::escape::{Markup, Px};
use super::style::ALONE;

/// Where a picture will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// A file or a notebook cell of its own: it brings its style sheet.
    #[default]
    Alone,
    /// A page that holds the style sheet already.
    Page,
}

/// The height of a heading with its line of explanation.
pub(crate) const HEADING: f64 = 54.0;

/// What lies around a picture that stands alone.
const EDGE: f64 = 12.0;

/// Opens a picture of that size, or as wide as its heading needs, with its background, heading and explanation.
pub(crate) fn frame(size: (f64, f64), place: Place, title: &str, explanation: &str) -> Markup {
    let wide = size.0.max(width(title) * 1.4).max(width(explanation));
    let edge = if place == Place::Alone { EDGE } else { 0.0 };
    let (width, height) = (Px(wide.ceil() + 2.0 * edge), Px(size.1.ceil() + 2.0 * edge));
    let corner = Px(-edge);
    let mut svg = Markup::default();
    svg.open("svg").attr("xmlns", "http://www.w3.org/2000/svg").attr("class", "sp-svg").attr("role", "img");
    svg.attr("viewBox", format!("{corner} {corner} {width} {height}")).attr("width", width).attr("height", height);
    svg.attr("aria-label", format!("{title}. {explanation}"));
    if place == Place::Alone {
        svg.style(ALONE);
    }
    svg.open("rect").attr("class", "p").attr("x", corner).attr("y", corner);
    svg.attr("width", "100%").attr("height", "100%").close();
    label(&mut svg, (0.0, 16.0), "t", title);
    label(&mut svg, (0.0, 34.0), "s", explanation);
    svg
}

/// Text at a point; the class anchors and colours it.
pub(crate) fn label(svg: &mut Markup, at: (f64, f64), class: &str, text: &str) {
    svg.open("text").attr("x", Px(at.0)).attr("y", Px(at.1));
    if !class.is_empty() {
        svg.attr("class", class);
    }
    svg.text(text).close();
}

/// A rectangle; nothing where it has no width.
pub(crate) fn bar(svg: &mut Markup, class: &str, at: (f64, f64), size: (f64, f64)) {
    if size.0 > 0.0 {
        svg.open("rect").attr("class", class).attr("x", Px(at.0)).attr("y", Px(at.1));
        svg.attr("width", Px(size.0)).attr("height", Px(size.1)).close();
    }
}

/// A circle around a point.
pub(crate) fn dot(svg: &mut Markup, class: &str, at: (f64, f64), radius: f64) {
    svg.open("circle").attr("class", class).attr("cx", Px(at.0)).attr("cy", Px(at.1)).attr("r", Px(radius)).close();
}

/// A line through points.
pub(crate) fn stroke(svg: &mut Markup, class: &str, path: &str) {
    svg.open("path").attr("class", class).attr("d", path).close();
}

/// The first characters of a text, with an ellipsis where it is longer.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['\u{2026}']).collect(),
    }
}

/// "1 actor", "2 actors".
pub(crate) fn actors(number: usize) -> String {
    if number == 1 { "1 actor".to_owned() } else { format!("{number} actors") }
}

/// About how wide a text of 11 px is: enough to leave room for it.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_uppercase() || !c.is_ascii() { 8.0 } else { 6.2 }).sum()
}
