//! The style sheets: one palette, one scope, three readers (page, notebook, paper).

/// Colours and the marked report; every rule begins with `.standpunt`.
pub(crate) const SHEET: &str = include_str!("standpunt.css");

/// What a page of its own adds: margins and the font size of the whole window.
pub(crate) const PAGE: &str = include_str!("page.css");
