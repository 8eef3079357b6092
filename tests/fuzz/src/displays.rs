//! Displays of any text: a browser finds the tags that harmless text gives, and the text itself.

use standpunt::lexicon::SizeTable;
use standpunt::render::{
    Cell, HeatmapOptions, Matrix, Order, agreement_html, corpus_html, heatmap_svg, page, report_html, report_page,
    told, visible,
};
use standpunt::score::{AgreementOptions, agreement};

#[path = "../../support/corpus.rs"]
mod corpus;
#[allow(dead_code, reason = "other tests look at the marks")]
#[path = "../../support/html.rs"]
mod html;
#[path = "../../support/svg.rs"]
mod svg;

use corpus::Sample;
use html::Parsed;
use svg::Drawn;

pub fn holds(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let text = super::words(bytes);
    match kind % 4 {
        0 => field(&format!("x{text}")),
        1 => article(&text, u64::from(*kind)),
        2 => pages(&format!("x{text}")),
        _ => picture(&text),
    }
}

fn field(text: &str) {
    let shown = |field: &str| {
        let corpus = Sample::with_field(field).corpus;
        Parsed::of(&report_page(&corpus, "m", &SizeTable::standard()).expect("a page"))
    };
    let parsed = shown(text);
    assert_eq!(parsed.shape, shown("harmless").shape, "{text:?}");
    assert!(parsed.text.contains(&*visible(text)), "{text:?} is not in the text");
    assert!(parsed.titles.iter().any(|title| title.contains(&*visible(text))), "{text:?} is in no title");
}

fn article(text: &str, seed: u64) {
    let corpus = Sample::with_text(text, seed).corpus;
    let parsed = Parsed::of(&report_html(&corpus, "m").expect("a report"));
    assert_eq!(parsed.article, visible(text));
}

fn pages(text: &str) {
    let shown = |field: &str| {
        let corpus = Sample::with_position(field).corpus;
        let sizes = SizeTable::standard();
        let options = AgreementOptions::default();
        let scores = agreement(&corpus, &sizes, &options).expect("scores");
        let told = told(&corpus, &sizes, &scores, &options).expect("issues");
        [page(&corpus, &sizes).expect("a page"), corpus_html(&corpus), agreement_html(&scores, &told)]
            .map(|html| Parsed::of(&html))
    };
    let (parsed, harmless) = (shown(text), shown("harmless"));
    for (one, expected) in parsed.iter().zip(&harmless) {
        assert_eq!(one.shape, expected.shape, "{text:?}");
    }
    assert!(parsed[0].text.contains(&*visible(text)));
}

fn picture(text: &str) {
    let mut matrix = Matrix::new([text, "b"]);
    matrix.set(0, 1, Cell { agreement: Some(0.5), bounds: Some((0.0, 1.0)), shared_lower: 1.0, ..Cell::default() });
    let options = HeatmapOptions { title: Some(text.to_owned()), order: Order::Given, ..Default::default() };
    let drawn = Drawn::of(&heatmap_svg(&matrix, &options));
    assert!(drawn.cells[0].title.starts_with(&format!("b \u{2013} {}", visible(text))), "{text:?}");
}
