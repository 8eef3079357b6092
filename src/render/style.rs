//! The style sheets: one palette, one scope, three readers (page, notebook, paper).

/// Colours of light and dark, and the marked report; every rule begins with `.standpunt` or `.sp-svg`.
pub const SHEET: &str = concat!(include_str!("palette.css"), include_str!("standpunt.css"));

/// What a page of its own adds: margins and the font size of the whole window.
pub(crate) const PAGE: &str = include_str!("page.css");

/// What a picture inside a page needs beside [`SHEET`].
pub(crate) const PICTURE: &str = include_str!("svg.css");

/// What a picture that stands alone needs.
pub(crate) const ALONE: &str = concat!(include_str!("palette.css"), include_str!("svg.css"));
