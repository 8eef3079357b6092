//! A report of any text: nothing of it is lost or moved, and whatever it gives can be scored and kept.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rayon::{ThreadPool, ThreadPoolBuilder};
use standpunt::columns::Kept;
use standpunt::document::Opening;
use standpunt::lexicon::{Lexicon, SizeTable};
use standpunt::link::LinkOptions;
use standpunt::model::Corpus;
use standpunt::read::{Options, Reading, read_report};
use standpunt::reports::{ReportOptions, Source, read_reports};
use standpunt::score::{AgreementOptions, agreement};
use standpunt::span::{CodePoints, Span};
use standpunt::stop::Stop;

static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Lexicon::standard().expect("the package's own files"));
static POOLS: LazyLock<[ThreadPool; 2]> =
    LazyLock::new(|| [1, 4].map(|n| ThreadPoolBuilder::new().num_threads(n).build().expect("threads")));

pub fn holds(data: &[u8], languages: &[&str]) {
    let text = super::words(data);
    for language in languages {
        let options = Options {
            lexicon: LEXICON.clone(),
            language: Some((*language).to_owned()),
            lookalikes: data.len().is_multiple_of(2),
        };
        let reading = read_report(&text, "r", &options, &Stop::default()).expect("any text is read");
        is_in_place(&text, &reading);
        let corpus = same_on_any_threads(&text, options);
        assert_eq!(corpus.statements.len(), reading.statements.len());
        scores_and_keeps(corpus);
    }
}

/// Every quote stands where it says, in bytes and in code points.
pub fn is_in_place(text: &str, reading: &Reading) {
    let given = &*reading.report.text;
    assert_eq!(given, text.strip_prefix('\u{feff}').unwrap_or(text));
    let points = CodePoints::new(given);
    let stands = |span: Span, words: &str| {
        assert_eq!(given.get(span.start..span.end), Some(words), "{span:?}");
        let (start, end) = (points.of_byte(span.start), points.of_byte(span.end));
        assert_eq!(end - start, words.chars().count(), "{span:?}");
        assert_eq!((points.to_byte(start), points.to_byte(end)), (Some(span.start), Some(span.end)));
    };
    let known = |meeting: &str| assert!(reading.meetings.iter().any(|one| one.id == meeting), "{meeting}");
    for statement in &reading.statements {
        let quote = statement.quote.as_ref().expect("a quote");
        assert!(!quote.text.is_empty() && !statement.proposition.trim().is_empty(), "{statement:?}");
        stands(quote.span().expect("its place"), &quote.text);
        known(&statement.meeting);
        assert!((0.0..=1.0).contains(&statement.confidence), "{}", statement.confidence);
        let group = statement.holder.group();
        let lists = group.into_iter().flat_map(|group| [&group.named, &group.excluded]);
        lists.for_each(|list| assert!(list.is_sorted() && !list.windows(2).any(|two| two[0] == two[1]), "{list:?}"));
    }
    for unread in &reading.unread {
        stands(unread.span, &unread.text);
        known(&unread.meeting);
        assert!(!unread.reason.is_empty());
    }
}

fn same_on_any_threads(text: &str, read: Options) -> Corpus {
    let options = ReportOptions { read, link: LinkOptions::default(), opening: Opening::default(), strict: true };
    let sources = [Source::Text { name: "r".to_owned(), text: text.to_owned() }];
    let [one, four] = [0, 1]
        .map(|at| POOLS[at].install(|| read_reports(&sources, &options, &Stop::default())).expect("any text is read"));
    assert_eq!(one, four);
    one
}

/// Bounds hold their score, both ways round, and the stored form gives the same corpus.
pub fn scores_and_keeps(corpus: Corpus) {
    let sizes = SizeTable::standard();
    let scores = agreement(&corpus, &sizes, &AgreementOptions::default()).expect("any corpus is scored");
    for row in &scores.rows {
        if let (Some(lower), Some(score), Some(upper)) = (row.lower, row.agreement, row.upper) {
            assert!(0.0 <= lower && lower <= score + 1e-12 && score <= upper + 1e-12 && upper <= 1.0, "{row:?}");
        }
        assert!(row.shared_lower <= row.shared + 1e-9 && row.shared <= row.shared_upper + 1e-9, "{row:?}");
        assert!((row.agree + row.disagree - row.shared).abs() < 1e-9, "{row:?}");
        assert_eq!(row.agreement.is_none(), row.shared == 0.0, "{row:?}");
    }
    let kept = Kept { corpus, roster: None, sizes, origin: BTreeMap::new(), reviews: Vec::new() };
    let stored = kept.to_json().expect("any corpus is stored");
    assert_eq!(Kept::from_json("stored", &stored).expect("what was stored is read"), kept);
}
