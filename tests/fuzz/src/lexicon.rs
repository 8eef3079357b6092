//! A language file of any text: refused with its line, or its words can be read with.

use standpunt::lexicon::{Lexicon, SizeTable, check};
use standpunt::read::{Options, read_report};
use standpunt::span::line_of;
use standpunt::stop::Stop;

use super::reading;

const TEXT: &str = "Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\nVeel lidstaten, waaronder Nederland, steunden het \
                    bodemvoorstel niet. Malta riep met spoed op tot meer, maar enkele lidstaten verwelkomden dat.\n";

pub fn holds(data: &[u8]) {
    let text = super::words(data);
    if let Err(error) = SizeTable::from_toml(&text, "t") {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(entries) = check(&text, "t") {
        let lines = line_of(&text, text.len());
        entries.iter().for_each(|entry| assert!(entry.line <= lines, "{entry:?}"));
    }
    let lexicon = match Lexicon::with(&[("t".to_owned(), text.into_owned())]) {
        Ok(lexicon) => lexicon,
        Err(error) => return assert!(error.to_string().starts_with('t'), "{error}"),
    };
    for (code, _) in lexicon.versions() {
        let options = Options { lexicon: lexicon.clone(), language: Some(code.to_owned()), lookalikes: true };
        reading::is_in_place(TEXT, &read_report(TEXT, "r", &options, &Stop::default()).expect("a text is read"));
    }
}
