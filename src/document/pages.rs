//! The pages of a document with a text layer, as one text.

/// One text of all pages, apart by a form feed; every line without the blanks around it.
pub(super) fn join(pages: &[String]) -> String {
    let mut text = String::new();
    for (at, page) in pages.iter().enumerate() {
        if at > 0 {
            text.push_str("\n\n\u{c}");
        }
        let lines: Vec<&str> = page.lines().map(str::trim).collect();
        text.push_str(lines.join("\n").trim_matches('\n'));
    }
    text
}
