//! A file of any bytes under any name: text within its limits, or one sentence that names the file.

use std::io::{Cursor, Write};

use standpunt::document::{Format, Limits, Opening, text};
use standpunt::stop::Stop;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Names that promise each format, and none.
const NAMES: [&str; 6] = ["a.txt", "a.html", "a.xml", "a.docx", "a.pdf", "a"];

pub fn holds(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let name = NAMES[usize::from(kind & 7) % NAMES.len()];
    let wrapped = (kind & 8 > 0).then(|| word(bytes));
    let limits = [("text_chars", 2_000), ("unpacked_bytes", 4_000), ("unpack_ratio", 20), ("xml_depth", 20)];
    let limits = limits.into_iter().try_fold(Limits::default(), |all, (name, most)| all.with(name, most));
    let encoding = [None, Some("utf-8"), Some("cp1252"), Some("utf-16")][usize::from(kind >> 4 & 3)];
    let format = [None, Some(Format::Html), Some(Format::Xml), Some(Format::Word)][usize::from(kind >> 6)];
    let opening =
        Opening { encoding: encoding.map(str::to_owned), format, limits: limits.expect("their names"), pdf: None };
    let bytes = wrapped.as_deref().unwrap_or(bytes);
    match text(bytes, name, &opening, &Stop::default()) {
        Ok(text) => assert!(text.chars().count() <= 2_000),
        Err(error) => assert!(error.to_string().starts_with(name), "{error}"),
    }
    assert_eq!(text(bytes, name, &opening, &Stop::default()), text(bytes, name, &opening, &Stop::default()));
}

/// A Word document of that XML: bytes that change do not end at the archive's checksum.
fn word(xml: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a file in memory");
    archive.write_all(xml).expect("memory");
    archive.finish().expect("memory").into_inner()
}
