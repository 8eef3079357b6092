//! Zip archives and Word documents, made for a test.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(data).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word document with this body, and parts beside it that are not read.
pub fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    let footnotes = "<w:footnotes><w:p><w:r><w:t>Polen steunde de voetnoot.</w:t></w:r></w:p></w:footnotes>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("../../x", b"never written"),
        ("word/footnotes.xml", footnotes.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}
