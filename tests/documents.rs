//! Documents: every format gives the same statements, and what is no report or no document says so.

mod support {
    pub mod archive;
}

use std::sync::Arc;

use standpunt::document::{Format, Limits, Opening, text};
use standpunt::lexicon::Lexicon;
use standpunt::read::{Options, Reading, read_report};
use standpunt::stop::Stop;
use support::archive::{word, zipped};

const SEED: &str = include_str!("../seeds/reports/verslag-informele-telecomraad-2025-03.txt");

fn read(text: &str) -> Reading {
    read_with(text, false)
}

fn read_with(text: &str, lookalikes: bool) -> Reading {
    let options = Options { lexicon: Arc::clone(&Lexicon::standard().unwrap()), language: None, lookalikes };
    let reading = read_report(text, "r", &options, &Stop::default()).unwrap();
    for statement in &reading.statements {
        let quote = statement.quote.as_ref().unwrap();
        assert_eq!(quote.span().unwrap().slice(&reading.report.text), quote.text);
    }
    reading
}

/// The running head of the pages, over which a sentence is quoted.
const HEAD: &str = "Tweede Kamer, 21 501-33, nr. 9";

/// A reading without what depends on the layout: spans and ids, and white space and furniture in quotes.
fn coded(reading: &Reading) -> Vec<String> {
    let bare = |text: &str| text.replace(HEAD, "").replace("Pagina 1 van 2", "").split_whitespace().collect::<String>();
    let row = |s: &standpunt::model::Statement| {
        let quote = s.quote.as_ref().map(|quote| bare(&quote.text)).unwrap_or_default();
        format!("{} {} {:?} {:?} {} {quote}", s.meeting, s.section, s.holder, s.stance, s.proposition)
    };
    reading.statements.iter().map(row).collect()
}

/// The seed's paragraphs, each on one line.
fn paragraphs() -> Vec<String> {
    let joined = |paragraph: &str| {
        let mut line = String::new();
        for words in paragraph.lines().map(str::trim).filter(|words| !words.is_empty()) {
            if !line.is_empty() && !line.ends_with('-') {
                line.push(' ');
            }
            line.push_str(words);
        }
        line
    };
    SEED.split("\n\n").map(joined).filter(|paragraph| !paragraph.is_empty()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn html() -> String {
    let body: String = paragraphs().iter().map(|paragraph| format!("<p>{}\n", escaped(paragraph))).collect();
    format!(
        "<!DOCTYPE html><html><head><title>Kamerstuk</title><meta charset=utf-8></head><body>\
         <header><a href='/'>Officiële bekendmakingen</a></header><nav><ul><li>Nederland steunde het menu.</ul></nav>\
         <div class=breadcrumb>Duitsland verwelkomde de kruimels.</div>\
         <div role=main><button>Frankrijk steunde de knop.</button><div id='broodtekst' class='stuk'>{body}\
         <div class='noot'><p>1 Veel lidstaten steunden de voetnoot.</div></div></div>\
         <aside>Italië steunde de zijbalk.</aside><footer>Spanje steunde de voet.</footer></body></html>"
    )
}

fn xml() -> String {
    let body: String =
        paragraphs().iter().skip(1).map(|paragraph| format!("<al>{}</al>", escaped(paragraph))).collect();
    let title = &paragraphs()[0];
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><officiele-publicatie><metadata><meta name=\"a\" content=\"b\"/></metadata>\
         <kamerstuk><kamerstukkop><tekstregel>Tweede Kamer</tekstregel></kamerstukkop><stuk><stuknr>Nr. <ondernummer>9</ondernummer></stuknr>\
         <titel>BRIEF VAN DE MINISTER</titel><algemeen><vrije-tekst><tekst><al>Hierbij gaat het verslag.<noot id=\"n1\"><noot.nr>1</noot.nr>\
         <noot.al>Veel lidstaten steunden de voetnoot.</noot.al></noot></al><tussenkop>{title}</tussenkop>{body}</tekst></vrije-tekst>\
         <tekst-sluiting><ondertekening><functie>De Minister van Economische Zaken,</functie></ondertekening></tekst-sluiting></algemeen>\
         </stuk></kamerstuk></officiele-publicatie>"
    )
}

fn docx() -> Vec<u8> {
    let paragraph = |words: &String| {
        let (head, tail) = words.split_at(words.find(' ').unwrap_or(words.len()));
        format!(
            "<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(head),
            escaped(tail)
        )
    };
    let body: String = paragraphs().iter().map(paragraph).collect();
    word(&format!("{body}<w:p><w:del><w:r><w:delText>Malta steunde het.</w:delText></w:r></w:del></w:p>"))
}

fn opened(bytes: &[u8], file: &str) -> Result<String, String> {
    text(bytes, file, &Opening::default(), &Stop::default()).map_err(|error| error.to_string())
}

#[test]
fn every_format_gives_the_statements_of_the_text() {
    let plain = read(SEED);
    assert!(plain.statements.len() > 30);
    let pages = |_: &[u8], _: &str| Ok(pages());
    let with_pdf = Opening { pdf: Some(Arc::new(pages)), ..Opening::default() };
    let texts = [
        ("html", opened(html().as_bytes(), "a.html").unwrap()),
        ("xml", opened(xml().as_bytes(), "a.xml").unwrap()),
        ("docx", opened(&docx(), "a.docx").unwrap()),
        ("pdf", text(b"%PDF-1.7", "a.pdf", &with_pdf, &Stop::default()).unwrap()),
    ];
    for (format, text) in texts {
        let reading = read(&text);
        for (got, expected) in coded(&reading).iter().zip(coded(&plain)) {
            assert_eq!(*got, expected, "{format}");
        }
        assert_eq!(reading.statements.len(), plain.statements.len(), "{format}");
        assert_eq!(reading.meetings, plain.meetings, "{format}");
    }
}

/// The seed in pages as a PDF has them: running heads, page numbers, a footnote, paragraphs cut by the page.
fn pages() -> Vec<String> {
    let words: Vec<String> = paragraphs();
    let cut = words.len() / 2;
    let long = words[cut].split(' ').collect::<Vec<_>>();
    let (head, tail) = long.split_at(long.len() / 2);
    let first = words[..cut].join("\n\n") + "\n\n" + &head.join(" ");
    let rest = tail.join(" ") + "\n\n" + &words[cut + 1..].join("\n\n");
    [first, rest]
        .iter()
        .enumerate()
        .map(|(at, page)| format!("   {HEAD}\n\n{page}\n\n\n    Pagina {} van 2", at + 1))
        .collect()
}

#[test]
fn what_is_no_report_gives_a_warning_and_no_statements() {
    let body = "1. Punt\n\nNederland zal pleiten voor het voorstel. Veel lidstaten steunden het voorstel.\n";
    let english = "1. Soil\n\nThe Netherlands will support the proposal. Many member states supported the proposal.\n";
    let rows = [
        ("Geannoteerde agenda Milieuraad 16 oktober 2023", "an annotated agenda"),
        ("VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "a written consultation"),
        ("Verslag van een commissiedebat", "a debate or hearing of a parliament"),
        (
            "Aan de Voorzitter\n\nHierbij zend ik u de geannoteerde agenda van de Milieuraad van 16 oktober 2023.",
            "an annotated agenda",
        ),
        ("Annotated agenda of the Environment Council, 16 October 2023", "an annotated agenda"),
        ("Fiche: richtlijn bodem", "a paper of another kind"),
    ];
    for (title, kind) in rows {
        let body = if title.starts_with("Annotated") { english } else { body };
        let text = format!("{title}\n\n{body}");
        let reading = read(&text);
        let warning = format!(
            "the document is {kind}, not a report of a meeting: nothing of it is coded; lookalikes=True codes it"
        );
        assert_eq!((reading.statements.len(), reading.meetings.len()), (0, 0), "{title}");
        assert!(reading.report.warnings.contains(&warning), "{title}: {:?}", reading.report.warnings);
        assert!(!read_with(&text, true).statements.is_empty(), "{title}");
    }
}

#[test]
fn two_meetings_in_one_document_are_two() {
    let text = "Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\nVeel lidstaten steunden het bodemvoorstel.\n\nBijlage 2: Verslag Transportraad van 4 december 2016 te Brussel\n\n1. Spoor\n\nAlle lidstaten steunden het spoorpakket.\n\nGeannoteerde agenda Milieuraad 18 december 2023\n\nNederland zal het voorstel steunen.\n";
    let reading = read(text);
    let meetings: Vec<(&str, usize)> = reading.meetings.iter().map(|m| (m.id.as_str(), m.roster.len())).collect();
    assert_eq!(meetings, [("milieuraad-2023-10-16", 27), ("transportraad-2016-12-04", 28)]);
    assert!(reading.meetings[1].roster.actors().iter().any(|state| state.as_str() == "GB"));
    let coded: Vec<(&str, &str)> =
        reading.statements.iter().map(|s| (s.meeting.as_str(), s.section.as_str())).collect();
    assert_eq!(coded, [("milieuraad-2023-10-16", "1. Bodem"), ("transportraad-2016-12-04", "1. Spoor")]);
    let groups: Vec<_> = reading.statements.iter().filter_map(|s| s.holder.group()?.id.clone()).collect();
    assert!(groups.len() < 2 || groups[0] != groups[1], "{groups:?}");
    let expected = "a part of the document is an annotated agenda, not a report of a meeting";
    assert!(reading.report.warnings.iter().any(|warning| warning.starts_with(expected)));
}

#[test]
fn nothing_is_coded_twice_and_nothing_beside_the_report() {
    let letter = "21 501-08 Milieuraad\n\nNr. 999 BRIEF VAN DE MINISTER VAN MILIEU\n\nAan de Voorzitter van de Tweede Kamer\n\nDen Haag, 2 november 2023\n\nOnderwerp: Verslag Milieuraad 16 oktober 2023\n\nHierbij bied ik u het verslag aan. Nederland steunde de brief.\n\nHoogachtend,\n\nDe Minister van Milieu,\nA. Jansen\n\n";
    let report = "Verslag Milieuraad 16 oktober 2023\n\nBelangrijkste resultaten\n\n• Akkoord over bodem\n\n• Veel lidstaten steunden het bodemvoorstel.\n\nVeel lidstaten steunden het bodemvoorstel.\n\n1. Bodem\n\nVeel lidstaten steunden vorige week het bodemvoorstel.1 Malta steunde de uitzondering.\n\n1 Zie Kamerstuk 21501, waarin Polen het voorstel steunde.\n\n";
    let after = "Bijlage\n\nDuitsland steunde de bijlage.\n";
    let reading = read(&format!("{letter}{report}{after}"));
    let quotes: Vec<&str> = reading.statements.iter().map(|s| s.quote.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(quotes.len(), 2, "{quotes:?}");
    assert_eq!(quotes[1], "Malta steunde de uitzondering");
    assert_eq!(reading.meetings[0].id, "milieuraad-2023-10-16");
    let only = "Verslag Milieuraad 16 oktober 2023\n\nSamenvatting\n\nVeel lidstaten steunden het bodemvoorstel.\n";
    assert_eq!(read(only).statements.len(), 1, "a summary that nothing follows is the report");
}

#[test]
fn the_day_of_the_letter_is_not_that_of_the_meeting() {
    let rows = [
        "Den Haag, 3 november 2023\n\nHierbij informeer ik u over de Milieuraad van 16 oktober 2023.\n\n1. Bodem\n\nVeel lidstaten steunden het voorstel.",
        "Datum 3 november 2023\n\nVerslag Milieuraad\n\n16 oktober 2023\n\nVeel lidstaten steunden het voorstel.",
        "3 november 2023\n\nVerslag van de Milieuraad van 16 oktober 2023\n\nVeel lidstaten steunden het voorstel.",
    ];
    for text in rows {
        let meeting = &read(text).meetings[0];
        assert_eq!(meeting.date_start.unwrap().to_string(), "2023-10-16", "{text}");
    }
}

#[test]
fn bad_documents_say_what_is_wrong() {
    let whole = docx();
    let compound = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 64]].concat();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let protected = [&compound[..], &name].concat();
    let deep = "<a>".repeat(101);
    let rows: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "a.docx",
            b"no zip".to_vec(),
            "a.docx: expected a Word document (.docx), which is a zip archive; this is none",
        ),
        (
            "a.docx",
            whole[..whole.len() / 2].to_vec(),
            "a.docx: expected a Word document, got a zip archive that is cut off or damaged",
        ),
        (
            "a.docx",
            zipped(&[("../../x", b"y")]),
            "a.docx: expected a Word document, got a zip archive without word/document.xml",
        ),
        ("a.docx", protected, "a.docx: the document is protected with a password; save it without one"),
        ("a.doc", compound, "a.doc: a Word document of before 2007 or another old Office file; save it as .docx"),
        ("a.pdf", b"text".to_vec(), "a.pdf: expected a PDF, which begins with %PDF-; this does not"),
        ("a.pdf", b"%PDF-1.7".to_vec(), "a.pdf: a PDF, and nothing here reads those"),
        (
            "a.xml",
            b"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".to_vec(),
            "a.xml: line 2: a document type (<!DOCTYPE) is refused, with whatever entities it declares",
        ),
        (
            "a.xml",
            b"<a>\n&b;</a>".to_vec(),
            "a.xml: line 2: the entity &b; is refused: XML knows lt, gt, amp, quot and apos",
        ),
        ("a.xml", b"<a>\n<b>".to_vec(), "a.xml: line 2: the XML ends before its last element does"),
        ("a.xml", b"words".to_vec(), "a.xml: line 1: the XML ends before its last element does"),
        (
            "a.xml",
            deep.into_bytes(),
            "a.xml: 101 elements inside each other are over the limit of 100; limits={'xml_depth': 101} raises it",
        ),
    ];
    for (file, bytes, message) in rows {
        assert_eq!(opened(&bytes, file).unwrap_err(), message);
    }
    let entries: Vec<(String, &[u8])> = (0..2_001).map(|n| (format!("f{n}"), &b""[..])).collect();
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, data)| (name.as_str(), *data)).collect();
    let message =
        "a.docx: 2001 files in the archive are over the limit of 2000; limits={'zip_entries': 2001} raises it";
    assert_eq!(opened(&zipped(&entries), "a.docx").unwrap_err(), message);
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 8 << 20])]);
    assert!(bomb.len() < 20_000);
    let message = opened(&bomb, "a.docx").unwrap_err();
    assert!(
        message.starts_with("a.docx: ")
            && message.contains("unpacked bytes for each packed one are over the limit of 100;"),
        "{message}"
    );
    let limits = Limits::default().with("unpack_ratio", 1_000_000).unwrap().with("unpacked_bytes", 1 << 21).unwrap();
    let error =
        text(&bomb, "a.docx", &Opening { limits, ..Opening::default() }, &Stop::default()).unwrap_err().to_string();
    assert!(error.contains("unpacked bytes are over the limit of 2097152; limits={'unpacked_bytes': "), "{error}");
    let error = Limits::default().with("zip_entrees", 1).unwrap_err().to_string();
    assert_eq!(
        error,
        "limits: 'zip_entrees' is not one of file_bytes, text_chars, unpacked_bytes, unpack_ratio, zip_entries, xml_depth (did you mean 'zip_entries'?)"
    );
}

#[test]
fn a_scanned_pdf_says_so() {
    let empty = |_: &[u8], _: &str| Ok(vec![" ".to_owned(), String::new()]);
    let opening = Opening { pdf: Some(Arc::new(empty)), ..Opening::default() };
    let error = text(b"%PDF-1.4", "a.pdf", &opening, &Stop::default()).unwrap_err().to_string();
    assert_eq!(
        error,
        "a.pdf: the PDF has no text layer: its 2 pages have pictures only; recognise the text (OCR) first"
    );
}

#[test]
fn encodings_that_a_document_declares_are_believed() {
    let page = b"<meta charset='windows-1252'><p>co\xf6rdinatie";
    assert_eq!(opened(page, "a.html").unwrap(), "coördinatie");
    let xml = b"<?xml version='1.0' encoding='iso-8859-1'?><al>co\xf6rdinatie</al>";
    assert_eq!(opened(xml, "a.xml").unwrap(), "coördinatie");
    let asked = Opening { format: Some(Format::Text), ..Opening::default() };
    assert_eq!(text(b"<p>een</p>", "a.html", &asked, &Stop::default()).unwrap(), "<p>een</p>");
}

#[test]
fn no_cut_or_changed_document_makes_the_reader_panic() {
    let mut seed = 1u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    for (file, whole) in [("a.docx", docx()), ("a.html", html().into_bytes()), ("a.xml", xml().into_bytes())] {
        for _ in 0..200 {
            let mut bytes = whole.clone();
            bytes.truncate(next(whole.len()));
            for _ in 0..3 {
                let at = next(bytes.len().max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = next(256) as u8;
                }
            }
            let _ = opened(&bytes, file);
        }
    }
}
