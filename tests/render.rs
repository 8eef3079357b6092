//! What a browser makes of the displays: hostile text stays text, every position is marked.

mod support {
    pub mod corpus;
    pub mod html;
}

use standpunt::lexicon::SizeTable;
use standpunt::model::{Corpus, Stance};
use standpunt::render::{agreement_html, corpus_html, page, report_html, report_page, told, visible};
use standpunt::score::{AgreementOptions, agreement};
use support::corpus::{Sample, hostile};
use support::html::Parsed;

const HARMLESS: &str = "harmless";

fn shape(corpus: &Corpus) -> Vec<String> {
    Parsed::of(&report_html(corpus, &corpus.meetings[0].id).unwrap()).shape
}

#[test]
fn hostile_text_in_any_field_opens_no_tag_and_no_attribute() {
    let expected = shape(&Sample::with_field(HARMLESS).corpus);
    for seed in 0..300 {
        let text = format!("x{}", hostile(seed));
        let sample = Sample::with_field(&text);
        let html = report_page(&sample.corpus, &sample.corpus.meetings[0].id, &SizeTable::standard()).unwrap();
        assert_eq!(shape(&sample.corpus), expected, "{text:?}");
        let parsed = Parsed::of(&html);
        assert!(parsed.text.contains(&*visible(&text)), "{text:?} is not in the text");
        assert!(parsed.titles.iter().any(|t| t.contains(&*visible(&text))), "{text:?} is in no title");
    }
}

#[test]
fn the_report_comes_back_exactly() {
    for seed in 0..300 {
        let mut text = String::new();
        for part in 0..6 {
            text.push_str(&hostile(seed * 6 + part));
            text.push_str(["\n\n", " ", "\r\n", "\n- "][part as usize % 4]);
        }
        let sample = Sample::with_text(&text, seed);
        let parsed = Parsed::of(&report_html(&sample.corpus, &sample.corpus.meetings[0].id).unwrap());
        assert_eq!(parsed.article, visible(&text), "seed {seed}");
    }
}

#[test]
fn every_statement_is_marked_at_its_words() {
    let sample =
        Sample::with_text("Nederland steunt dit. Een enkele lidstaat niet, al zag \u{e9}\u{e9}n lidstaat ruimte.", 3);
    let parsed = Parsed::of(&report_html(&sample.corpus, "m").unwrap());
    for statement in sample.corpus.statements.iter() {
        let title = statement.proposition.as_str();
        let marked: String = parsed.marks.iter().filter(|m| m.title.contains(title)).map(|m| m.text.as_str()).collect();
        assert_eq!(marked, statement.quote.as_ref().unwrap().text, "{title}");
    }
}

#[test]
fn stances_differ_without_colour() {
    for stance in Stance::ALL {
        let html = report_html(&Sample::with_stance(stance).corpus, "m").unwrap();
        let parsed = Parsed::of(&html);
        let sign = match stance {
            Stance::Support => "+",
            Stance::Neutral => "\u{25cb}",
            Stance::Oppose => "\u{2212}",
        };
        assert!(parsed.signs.iter().any(|s| s.starts_with(sign)), "{stance:?}: {:?}", parsed.signs);
        assert!(parsed.marks.iter().all(|m| m.class == format!("sp-{}", stance.as_str())));
    }
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    let sample = Sample::with_text("Nederland steunt dit.", 1);
    let html = report_page(&sample.corpus, "m", &SizeTable::standard()).unwrap();
    for word in ["<script", "http:", "https:", "url(", "@import", "javascript:", " on"] {
        let hit = html.match_indices(word).find(|(at, _)| word != " on" || html[at + 3..].starts_with("click"));
        assert!(hit.is_none(), "{word}");
    }
}

#[test]
fn an_unknown_meeting_is_answered_with_the_nearest() {
    let mut sample = Sample::with_field(HARMLESS);
    sample.corpus.meetings[0].id = "telecomraad-2025-03-04".to_owned();
    let error = report_html(&sample.corpus, "telecomraad-2025-03-05").unwrap_err();
    let expected = "no meeting 'telecomraad-2025-03-05' (did you mean 'telecomraad-2025-03-04'?)";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn marks_that_pile_up_stay_linear() {
    let words = "lidstaat ".repeat(20_000);
    let sample = Sample::with_nested(&words, 2_000);
    let html = report_html(&sample.corpus, "m").unwrap();
    assert!(html.len() < 12 * 1_000_000, "{} bytes", html.len());
    assert!(html.contains("more"));
}

#[test]
fn hostile_text_stays_text_on_the_page_and_in_summaries() {
    let shapes = |field: &str| {
        let corpus = Sample::with_position(field).corpus;
        let sizes = SizeTable::standard();
        let options = AgreementOptions::default();
        let scores = agreement(&corpus, &sizes, &options).unwrap();
        let told = told(&corpus, &sizes, &scores, &options).unwrap();
        [page(&corpus, &sizes).unwrap(), corpus_html(&corpus), agreement_html(&scores, &told)]
            .map(|html| Parsed::of(&html))
    };
    let harmless = shapes(HARMLESS);
    for seed in 0..12 {
        let text = format!("x{}", hostile(seed));
        let shown = shapes(&text);
        for (parsed, expected) in shown.iter().zip(&harmless) {
            assert_eq!(parsed.shape, expected.shape, "{text:?}");
        }
        assert!(shown[0].text.contains(&*visible(&text)));
    }
}

#[test]
fn the_page_leads_with_what_is_certain_and_says_not_identified() {
    let page = page(&Sample::with_position("vereenvoudiging").corpus, &SizeTable::standard()).unwrap();
    let text = Parsed::of(&page).text;
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("'{words}' is not on the page"));
    assert!(at("Who certainly stands with whom") < at("not identified"));
    assert!(at("COM \u{2013} NL") < at("not identified"));
    assert!(at("not identified, possible 1.00 on at most 1 issue: COM with AT") < at("Positions by topic"));
    let cell = text.lines().skip_while(|line| !line.contains("NL \u{2013} COM: agreement 1.00, possible 1.00"));
    let told = cell.take(2).last().unwrap_or_default();
    assert!(told.starts_with("+1.00 vereenvoudiging"), "the heatmap tells on hover: {told}");
}
