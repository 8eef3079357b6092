//! What each format gives of a document, whole: small documents beside their text.

mod support {
    pub mod archive;
    pub mod random;
}

use std::sync::Arc;

use standpunt::document::{Format, Limits, Opening, decode, open, text};
use standpunt::stop::Stop;
use support::archive::{word, zipped};
use support::random::Random;

fn opened(bytes: &[u8], file: &str) -> Result<String, String> {
    text(bytes, file, &Opening::default(), &Stop::default()).map_err(|error| error.to_string())
}

/// All documents that do not give their text are listed at once.
fn give(rows: &[(&str, &str)], file: &str, bytes: impl Fn(&str) -> Vec<u8>) {
    let differing = rows.iter().filter_map(|(document, expected)| {
        let got = opened(&bytes(document), file).unwrap_or_else(|error| format!("ERROR {error}"));
        (got != *expected).then(|| format!("{document}\n    expected {expected:?}\n    got      {got:?}"))
    });
    let differing: Vec<String> = differing.collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn web_pages() {
    let rows = [
        // Blocks part paragraphs, with or without their ends; what is inside a line does not.
        ("<h1>kop</h1>een<div>twee</div>drie", "kop\n\neen\n\ntwee\n\ndrie"),
        ("<p>een <i>t</i>wee<p>drie</p>vier", "een twee\n\ndrie\n\nvier"),
        ("<div>een<span>twee</div>drie</span>vier", "eentwee\n\ndrievier"),
        ("<li>een<b>twee</li>drie", "eentwee\n\ndrie"),
        ("een<i>twee<u>drie</i>vier</u>vijf", "eentweedrieviervijf"),
        ("<p><b>een<p>twee</b> drie", "een\n\ntwee drie"),
        ("<ul><li>een<ul><li>twee</ul><li>drie</ul>", "een\n\ntwee\n\ndrie"),
        ("<dl><dt>een<dd>twee<dt>drie</dl>", "een\n\ntwee\n\ndrie"),
        ("<table><tr><th>een<td>twee<tr><td>drie</table>vier", "een\n\ntwee\n\ndrie\n\nvier"),
        ("een<hr>twee<img alt=weg>drie<input>vier", "een\n\ntweedrie\n\nvier"),
        ("een<wbr>twee<br>  drie <br> ", "eentwee\ndrie"),
        ("een</p>twee</div>drie</b>vier", "eentweedrievier"),
        ("<div/>een<span/>twee", "eentwee"),
        ("<pre>een\n  twee</pre>", "een twee"),
        ("a&nbsp;b &lt;c&gt; &#xe9;", "a\u{a0}b <c> \u{e9}"),
        // What is no prose.
        ("<template>weg</template>een<svg><text>weg</text></svg>", "een"),
        ("<select><option>weg<option>weg</select>een<textarea><p>weg</textarea>", "een"),
        ("<title>a <!-- b</title>een", "een"),
        ("een<textarea><!-- </textarea>twee", "een\n\ntwee"),
        ("<title>a <p>b</title>een<noscript>weg</noscript>", "een"),
        ("<iframe><p>weg</p></iframe>een<xmp><p>twee</xmp>", "een\n\n<p>twee"),
        ("<div class='a sidebar b'>weg</div><div class=sidebars>een</div>", "een"),
        ("<div role=navigation>weg<p>weg</p></div>een", "een"),
        ("<p hidden>weg<p>een<del>weg</del> twee", "een twee"),
        // A note's number leads to the page itself, inside or around a raised sign; another link is prose.
        ("een<sup><a href='#1'>1</a></sup><a href='#2'><sup>2</sup></a>", "een"),
        ("een<sup><a href='/1'>1</a></sup> <a href='#2'>twee</a>", "een1 twee"),
        ("<a href='#1'>een <sup>2</sup></a><sup>drie</sup>", "een drie"),
        // The innermost part of a page that has words is the document.
        ("<header>weg</header>buiten<article>stuk<header>hoofd</header></article>", "stuk\n\nhoofd"),
        ("<article>stuk<div role=main>deel<div id=broodtekst>tekst</div></div></article>", "tekst"),
        ("<main>deel<article>stuk</article></main>buiten", "deel\n\nstuk"),
        ("<main> </main>buiten", "buiten"),
        ("<header>site</header><p>een", "een"),
        ("", ""),
    ];
    give(&rows, "a.html", |html| html.as_bytes().to_vec());
    let deep = "<div>".repeat(600) + "een" + &"</div>".repeat(600) + "<p>twee";
    assert_eq!(opened(deep.as_bytes(), "a.html").unwrap(), "een\n\ntwee");
    let cut = format!("<p>{}\0\u{e9}", "a".repeat((1 << 16) - 3));
    assert_eq!(opened(cut.as_bytes(), "a.html").unwrap().chars().count(), (1 << 16) - 1);
}

#[test]
fn official_xml() {
    let rows = [
        ("<a><al>een <nadruk>t</nadruk>wee</al><AL>drie</AL></a>", "een twee\n\ndrie"),
        ("<a>een<br/>twee<br>x</br><al/>drie</a>", "een\ntwee\nx\n\ndrie"),
        ("<a><li><li.nr>1.</li.nr><al>een</al></li><lid><lidnr>2</lidnr>twee</lid></a>", "1.\n\neen\n\n2 twee"),
        ("<a><nr>1</nr>een<label>b</label>twee</a>", "1 eenb twee"),
        ("<a>een<noot><al>weg</al><al>weg</al></noot>twee<METADATA><x/>weg</METADATA>drie</a>", "eentweedrie"),
        ("<a><x:al xmlns:x='y'>een</x:al><![CDATA[ <twee> ]]>&amp;&#233;</a>", "een\n\n<twee> &\u{e9}"),
        ("<?xml version='1.0'?><!-- weg --><a>een<?weg?></a>", "een"),
        ("<a/>", ""),
        ("<a>een &#xffff0;</a>", "een \u{ffff0}"),
        ("<a>\n\n&#x110000;</a>", "ERROR a.xml: line 3: &#x110000; is no character"),
        (
            "<a>een</b></a>",
            "ERROR a.xml: line 1: not well-formed XML: ill-formed document: expected `</a>`, but `</b>` was found",
        ),
    ];
    give(&rows, "a.xml", |xml| xml.as_bytes().to_vec());
}

#[test]
fn word_documents() {
    let t = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let p = |inside: &str| format!("<w:p>{inside}</w:p>");
    let rows = [
        (p(&(t("een") + &t(" twee"))) + &p("") + &p(&t("drie")), "een twee\n\ndrie"),
        (
            p("<w:r><w:t>een</w:t><w:tab/><w:t>twee</w:t><w:br/><w:t>drie</w:t><w:cr/><w:t>vier</w:t></w:r>"),
            "een twee\ndrie\nvier",
        ),
        (p("<w:r><w:t>Noord</w:t><w:noBreakHyphen/><w:t>Holland</w:t></w:r>"), "Noord-Holland"),
        // White space between elements is no text; deleted and moved text and fields are none.
        (
            p("\n  <w:r>\n weg <w:t>een</w:t></w:r><w:del><w:r><w:delText>weg</w:delText><w:t>weg</w:t></w:r></w:del>"),
            "een",
        ),
        (p(&(t("een") + "<w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom>" + &t(" twee"))), "een twee"),
        (p(&("<w:r><w:instrText>PAGE</w:instrText></w:r>".to_owned() + &t("een"))), "een"),
        (
            p(&("<w:del><w:r><w:delText>weg</w:delText></w:r><w:r/><w:br/></w:del>".to_owned() + &t("een")))
                + &p(&t("twee")),
            "een\n\ntwee",
        ),
        // A table of contents; another style that begins otherwise.
        (p(&("<w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>".to_owned() + &t("weg"))) + &p(&t("een")), "een"),
        (p(&("<w:pPr><w:pStyle w:val=\"Inhopg2\"/></w:pPr>".to_owned() + &t("weg"))) + &p(&t("een")), "een"),
        (p(&("<w:pPr><w:pStyle w:val=\"Kop1\"/></w:pPr>".to_owned() + &t("kop"))) + &p(&t("een")), "kop\n\neen"),
        (p("<w:pPr><w:pStyle/></w:pPr><w:r><w:t>een</w:t></w:r>"), "een"),
        // A text box stands before the paragraph it hangs on, its second form nowhere.
        (
            p(&(t("om")
                + &p(&t("vak"))
                + "<mc:Fallback xmlns:mc=\"m\">"
                + &p(&t("weg"))
                + "</mc:Fallback>"
                + &t("heen"))),
            "vak\n\nomheen",
        ),
        ("<w:r><w:t>nergens</w:t></w:r>".to_owned() + &p(&t("een")), "een"),
        (
            "<w:p><w:r><w:t>een".to_owned()
                + "</w:t></w:r></w:p><w:tbl><w:tr><w:tc>"
                + &p(&t("twee"))
                + "</w:tc></w:tr></w:tbl>",
            "een\n\ntwee",
        ),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(body, expected)| (body.as_str(), *expected)).collect();
    give(&rows, "a.docx", word);
}

#[test]
fn a_word_document_that_is_no_utf_8_says_where() {
    let bytes = zipped(&[("word/document.xml", b"<a>\n\xe9</a>")]);
    let expected = "a.docx: word/document.xml: line 2, byte 4: not valid UTF-8; a Word document is always UTF-8";
    assert_eq!(opened(&bytes, "a.docx").unwrap_err(), expected);
}

/// The bytes tell the format before the name does, save where one is asked for.
#[test]
fn formats_are_told_by_bytes_then_names() {
    use Format::{Html, Pdf, Text, Word, Xml};
    let (zip, empty, pdf): (&[u8], &[u8], &[u8]) = (b"PK\x03\x04", b"PK\x05\x06", b"x %PDF-1.7");
    let rows = [
        (&b"words"[..], "a", None, Ok(Text)),
        (b"words", "a.txt", None, Ok(Text)),
        (b"words", "a.HTM", None, Ok(Html)),
        (b"words", "a.xhtml", None, Ok(Html)),
        (b"words", "a.html", None, Ok(Html)),
        (b"words", "a.xml", None, Ok(Xml)),
        (b"words", "a.xml", Some(Html), Ok(Html)),
        (zip, "a.txt", None, Ok(Word)),
        (empty, "a.html", None, Ok(Word)),
        (zip, "a.html", Some(Html), Ok(Html)),
        (pdf, "a", None, Ok(Pdf)),
        (pdf, "a.xml", None, Ok(Pdf)),
        (pdf, "a.xml", Some(Xml), Ok(Xml)),
        (pdf, "a.docx", None, Err("a.docx: expected a Word document (.docx), which is a zip archive; this is none")),
        (zip, "a.pdf", None, Err("a.pdf: expected a PDF, which begins with %PDF-; this does not")),
        (zip, "a", Some(Pdf), Err("a: expected a PDF, which begins with %PDF-; this does not")),
    ];
    for (bytes, name, asked, expected) in rows {
        let found = Format::of(bytes, name, asked).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{name} {asked:?}");
    }
    let late = [&[b' '; 1019][..], b"%PDF-"].concat();
    assert_eq!(Format::of(&late, "a", None).unwrap(), Pdf);
    assert_eq!(Format::of(&[b" ", &late[..]].concat(), "a", None).unwrap(), Text);
    let names = [("text", Text), ("html", Html), ("xml", Xml), ("docx", Word), ("pdf", Pdf)];
    assert!(names.iter().all(|(name, format)| name.parse::<Format>().unwrap() == *format));
}

#[test]
fn pages_of_a_pdf_are_joined_by_a_form_feed() {
    let layer = |_: &[u8], _: &str| Ok(["\n  een \n twee\n\n", "", "drie"].map(str::to_owned).to_vec());
    let opening = Opening { pdf: Some(Arc::new(layer)), ..Opening::default() };
    let found = text(b"%PDF-1.7", "a.pdf", &opening, &Stop::default()).unwrap();
    assert_eq!(found, "een\ntwee\n\n\u{c}\n\n\u{c}drie");
    let one = |_: &[u8], _: &str| Ok(vec!["1 2".to_owned()]);
    let opening = Opening { pdf: Some(Arc::new(one)), ..Opening::default() };
    let error = text(b"%PDF-1.7", "a.pdf", &opening, &Stop::default()).unwrap_err().to_string();
    assert!(error.contains("its page has pictures only"), "{error}");
}

#[test]
fn wide_encodings_say_where_they_break() {
    let rows: [(&[u8], &str); 6] = [
        (
            b"\xff\xfe\0\0a\0\0\0\n\0\0\0\0\0\x11\0",
            "a: line 2, byte 12: not valid UTF-32; its byte order mark says that it is",
        ),
        (b"\xfe\xff\xd8\x3d\xde\x00\xd8\0", "a: line 1, byte 6: not valid UTF-16; its byte order mark says that it is"),
        (b"\xff\xfea\0b", "a: line 1, byte 4: not valid UTF-16; its byte order mark says that it is"),
        (b"\0\0\xfe\xff\0\0\0a\0", "a: line 1, byte 8: not valid UTF-32; its byte order mark says that it is"),
        (
            b"a\nb\xff",
            "a: line 2, byte 3: not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'",
        ),
        (
            b"a\n\xe9",
            "a: line 1, byte 0: not valid Shift_JIS; if the file is from an older Windows program, try encoding='cp1252'",
        ),
    ];
    for (at, (bytes, expected)) in rows.into_iter().enumerate() {
        let asked = (at == 5).then_some("shift_jis");
        assert_eq!(decode(bytes, "a", asked).unwrap_err().to_string(), expected);
    }
}

/// Only within the first kibibyte, in any case of letters, and never against a byte order mark.
#[test]
fn a_declared_encoding_is_looked_for_in_the_head() {
    let rows: [(&[u8], &str); 7] = [
        (b"<meta CHARSET=\"latin1\"><p>\xe9", "\u{e9}"),
        (b"<meta content='text/html; charset = latin1'><p>e", "e"),
        (b"<meta charset=; charset=utf-8><p>\xc3\xa9", "\u{e9}"),
        (b"<meta charset=nonsense><p>\xc3\xa9", "\u{e9}"),
        (b"\xef\xbb\xbf<meta charset=latin1><p>\xc3\xa9", "\u{e9}"),
        (b"\xff\xfe<\0p\0>\0\xe9\0", "\u{e9}"),
        (b"<?xml encoding='latin1'?><p>\xe9", "\u{e9}"),
    ];
    for (bytes, expected) in rows {
        assert_eq!(opened(bytes, "a.html").unwrap(), expected, "{}", String::from_utf8_lossy(bytes));
    }
    let late = [&[b' '; 1010][..], b"<meta charset=latin1>\xe9"].concat();
    assert!(opened(&late, "a.html").is_err());
}

/// What is as large as a limit is read, and what is larger by one is not.
#[test]
fn limits_hold_to_the_last_unit() {
    let nested = |depth: usize| ("<a>".repeat(depth) + &"</a>".repeat(depth)).into_bytes();
    let files = |count: usize| {
        let names: Vec<String> = (1..count).map(|n| n.to_string()).collect();
        let files = names.iter().map(|name| (name.as_str(), &b""[..]));
        zipped(&files.chain([("word/document.xml", &b"<a/>"[..])]).collect::<Vec<_>>())
    };
    let unpacked =
        |size: usize| zipped(&[("word/document.xml", format!("<a>{}</a>", "x".repeat(size - 7)).as_bytes())]);
    type Made<'m> = &'m dyn Fn(usize) -> Vec<u8>;
    let rows: [(&str, &str, Made); 5] = [
        ("text_chars", "a.txt", &|n| "\u{e9}".repeat(n).into_bytes()),
        ("xml_depth", "a.xml", &nested),
        ("zip_entries", "a.docx", &files),
        ("unpacked_bytes", "a.docx", &unpacked),
        // Asked only of what is larger than a mebibyte.
        ("unpack_ratio", "a.docx", &|n| unpacked((1 << 20) + usize::from(n == 21))),
    ];
    for (name, file, made) in rows {
        let limits = Limits::default().with(name, if name == "unpack_ratio" { 1 } else { 20 }).unwrap();
        let opening = Opening { limits, ..Opening::default() };
        let read = |n: usize| text(&made(n), file, &opening, &Stop::default());
        assert!(read(20).is_ok(), "{name}: {:?}", read(20));
        assert!(read(21).unwrap_err().to_string().contains(name), "{name}");
    }
    // A large document that packs as words do is read.
    let mut random = Random(1);
    let words: String = (0..1_500_000).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
    let bytes = zipped(&[("word/document.xml", format!("<a>{words}</a>").as_bytes())]);
    assert_eq!(opened(&bytes, "a.docx"), Ok(String::new()));
    let path = std::env::temp_dir().join(format!("standpunt-limits-{}.txt", std::process::id()));
    for (bytes, fits) in [(20, true), (21, false)] {
        std::fs::write(&path, "x".repeat(bytes)).unwrap();
        let limits = Limits::default().with("file_bytes", 20).unwrap();
        let found = open(&path, &Opening { limits, ..Opening::default() }, &Stop::default());
        assert_eq!(found.is_ok(), fits);
        assert!(found.is_ok_and(|document| document.text.len() == 20 && document.notes.is_empty()) == fits);
    }
    std::fs::remove_file(&path).unwrap();
}
