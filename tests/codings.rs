//! Several codings of one report: what pairs with what, and how far they agree.

#[path = "support/staged.rs"]
mod staged;

use staged::staged;
use standpunt::Corpus;
use standpunt::compare::{Coded, align, coders_table, compare_codings};
use standpunt::model::{Quote, Stance};
use standpunt::span::Span;

fn corpus() -> Corpus {
    let mut corpus = staged(Some(&["DE", "FR", "IT", "MT", "NL", "PL"]));
    corpus.statements.retain(|statement| statement.meeting != "undated" && statement.issue != "harbour dues");
    corpus
}

/// The corpus with the quotes of one report moved by `by` bytes, their length times `times`.
fn moved(by: isize, times: f64) -> Corpus {
    let mut corpus = corpus();
    for at in 0..corpus.statements.len() {
        let Some(span) = corpus.statements[at].span() else { continue };
        let text = &corpus.report(&corpus.statements[at].report).unwrap().text;
        let start = (span.start as isize + by).max(0) as usize;
        let end = (start + (span.len() as f64 * times) as usize).min(text.len());
        corpus.statements[at].quote = Some(Quote::at(text, Span::new(start, end)));
    }
    corpus
}

#[test]
fn a_coding_agrees_with_itself_in_everything() {
    let (one, same) = (corpus(), corpus());
    let found = compare_codings(&one, &same);
    assert_eq!(found.units.len(), one.statements.len());
    assert!(found.units.iter().all(|unit| unit.a == unit.b && unit.difference().is_none()));
    assert_eq!(found.span_agreement(), Some(1.0));
    assert!(found.coefficients.iter().all(|(_, of)| of.alpha == Some(1.0) && of.agreement == Some(1.0)));
    assert_eq!(compare_codings(&Corpus::default(), &Corpus::default()).span_agreement(), None);
    assert_eq!(compare_codings(&one, &Corpus::default()).span_agreement(), Some(0.0));
    let mut half = corpus();
    half.statements.truncate(5);
    // Five of twenty places: twice five by the fifteen and five that both have.
    let all = one.statements.len();
    assert_eq!(compare_codings(&one, &half).span_agreement(), Some(10.0 / (all + 5) as f64));
}

/// Half of the shorter quote in common pairs two statements, less does not.
#[test]
fn quotes_pair_by_half_of_the_shorter_one() {
    let mut one = corpus();
    one.statements.truncate(1);
    let length = one.statements[0].span().unwrap().len();
    let text = one.report(&one.statements[0].report).unwrap().text.clone();
    let start = one.statements[0].span().unwrap().start;
    for by in 0..=length {
        for long in [length, 2 * length] {
            let mut other = one.clone();
            other.statements[0].quote = Some(Quote::at(&text, Span::new(start + by, start + by + long)));
            let paired = compare_codings(&one, &other).units.len() == 1;
            assert_eq!(paired, 2 * (length - by) >= length, "{by} of {length}");
            assert_eq!(compare_codings(&other, &one).units.len() == 1, paired);
        }
    }
}

#[test]
fn what_agrees_in_holder_and_stance_pairs_before_what_overlaps_more() {
    let mut one = corpus();
    one.statements.truncate(1);
    let mut two = one.clone();
    let span = one.statements[0].span().unwrap();
    let text = one.report(&one.statements[0].report).unwrap().text.clone();
    two.statements.push(two.statements[0].clone());
    two.statements[0].stance = Stance::Oppose;
    two.statements[1].quote = Some(Quote::at(&text, Span::new(span.start, span.start + span.len() * 3 / 5)));
    let found = compare_codings(&one, &two);
    let differences: Vec<Option<&str>> = found.units.iter().map(|unit| unit.difference()).collect();
    assert_eq!(differences, [None, Some("only_b")]);
    assert_eq!(found.units[0].b.unwrap().quote, two.statements[1].quote);
}

#[test]
fn statements_without_a_place_pair_by_their_words() {
    let (mut one, mut two) = (corpus(), corpus());
    for corpus in [&mut one, &mut two] {
        corpus.statements.truncate(2);
        corpus.statements[1].quote = None;
    }
    two.statements[0].quote = two.statements[0].quote.clone().map(|quote| Quote::words(&quote.text));
    two.statements[1].proposition = "another thing".into();
    fn differences(one: &Corpus, two: &Corpus) -> Vec<Option<&'static str>> {
        compare_codings(one, two).units.iter().map(|unit| unit.difference()).collect()
    }
    assert_eq!(differences(&one, &two), [None, Some("only_a"), Some("only_b")]);
    two.statements[1].proposition = one.statements[1].proposition.clone();
    assert_eq!(differences(&one, &two), [None, None]);
    assert_eq!(differences(&two, &one), [None, None]);
}

#[test]
fn a_third_coder_joins_the_units_that_the_others_have() {
    let (first, mut second, mut third) = (corpus(), moved(2, 1.0), moved(0, 0.75));
    second.statements.remove(2);
    third.statements.remove(0);
    let added = first.statements[0].clone();
    third.statements.push(added);
    let last = third.statements.len() - 1;
    let text = third.report(&third.statements[last].report).unwrap().text.clone();
    third.statements[last].quote = Some(Quote::at(&text, Span::new(0, 6)));
    let units = align(&[&first, &second, &third]);
    assert!(units.iter().all(|unit| unit.len() == 3));
    assert_eq!(units.len(), first.statements.len() + 1);
    for coder in 0..3 {
        let coded = units.iter().filter(|unit| unit[coder].is_some()).count();
        assert_eq!(coded, [&first, &second, &third][coder].statements.len());
    }
    let alone = units.iter().find(|unit| unit[0].is_none() && unit[1].is_none()).unwrap();
    assert_eq!(alone[2].unwrap().quote, third.statements[last].quote);
    // Of one place all three say the same, whichever comes first.
    for unit in &units {
        let mut said = unit.iter().flatten().map(|statement| (statement.holder.key(), statement.stance));
        let own = said.next().unwrap();
        assert!(said.all(|other| other == own));
    }
    let names = ["x", "y", "z"].map(str::to_owned);
    let codings: Vec<(String, &Corpus)> = names.into_iter().zip([&first, &second, &third]).collect();
    let table = coders_table(&codings, Coded::Stance).unwrap();
    assert_eq!((table.actors().len(), table.width()), (3, units.len()));
    for (at, unit) in units.iter().enumerate() {
        for (coder, statement) in unit.iter().enumerate() {
            let level = table.position(coder, at).map(|level| table.scale().levels()[level as usize].clone());
            assert_eq!(level, statement.map(|statement| statement.stance.as_str().to_owned()));
        }
    }
    let spring = units.iter().filter(|unit| unit.iter().flatten().next().unwrap().report == "spring.txt").count();
    assert_eq!(table.units()[spring - 1].issue, format!("spring.txt {spring}"));
    assert_eq!(table.units()[spring].issue, "summer.txt 1");
}
