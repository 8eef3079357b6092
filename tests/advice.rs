//! Published numbers of voting advice, They Vote For You and Polis.

use standpunt::score::advice::{AdviceMetric, PolicyVotes, Pooling, Unanswered, advice, advice_of, group_consensus};
use standpunt::score::table::{Cells, NOT_STATED, Scale, Table};

#[path = "support/positions.rs"]
mod positions;
use positions::{names, units};

fn likert(answers: &[f64]) -> Vec<f64> {
    answers.iter().map(|answer| (answer - 1.0) / 4.0 - 0.5).collect()
}

fn distance(voter: &[f64], candidate: &[f64], metric: AdviceMetric, unanswered: Unanswered) -> Option<f64> {
    let questions: Vec<_> = likert(voter).into_iter().zip(likert(candidate)).map(|(a, b)| (a, b, 1.0)).collect();
    advice(&questions, metric, unanswered).unwrap()
}

/// The tests of OpenVAA's matching.
#[test]
fn voting_advice_has_the_published_distances() {
    let directional = |voter: f64, candidate: f64| {
        advice(&[(voter, candidate, 1.0)], AdviceMetric::Directional, Unanswered::Neutral).unwrap().unwrap()
    };
    assert_eq!([directional(-0.5, 0.5), directional(0.0, 0.5), directional(-0.25, 0.25)], [1.0, 0.5, 0.625]);
    assert_eq!(directional(-0.5, 0.25), 0.75);
    let near = |found: Option<f64>, expected: f64| assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?}");
    let (nan, plain) = (f64::NAN, Unanswered::Neutral);
    near(distance(&[1., 2., 3., 4., 2.], &[1., 5., 5., 2., 3.], AdviceMetric::Directional, plain), 0.475);
    near(distance(&[1., 3., 5.], &[nan; 3], AdviceMetric::Manhattan, plain), 1.0 / 3.0);
    near(distance(&[1., 3., 5.], &[nan; 3], AdviceMetric::Manhattan, Unanswered::RelativeMaximum), 5.0 / 6.0);
    near(distance(&[nan, 5., 5.], &[1., 3., 5.], AdviceMetric::Manhattan, plain), 0.25);
    assert_eq!(distance(&[1., 3., 5.], &[nan; 3], AdviceMetric::Manhattan, Unanswered::Ignore), None);
    let third = 13.14 / 3.0;
    let weighted = [(1.0, 1.3121), (0.0, 5.1324), (0.5, 9.123), (0.0, third), (1.0, third), (0.5, third), (1.0, 0.0)];
    let questions: Vec<_> = weighted.iter().map(|(apart, weight)| (-0.5, apart - 0.5, *weight)).collect();
    let found = advice(&questions, AdviceMetric::Manhattan, plain).unwrap();
    // Printed to seven digits, the last of them off by one.
    assert!((found.unwrap() - 0.4334617).abs() < 1e-7, "{found:?}");
}

#[test]
fn answers_outside_the_scale_and_weights_that_are_none_are_refused() {
    let ask = |questions: &[(f64, f64, f64)]| advice(questions, AdviceMetric::Manhattan, Unanswered::Neutral);
    assert!(ask(&[(0.5, -0.5, 0.0)]).unwrap().is_none(), "no question weighs anything");
    for question in [(0.51, 0.0, 1.0), (0.0, -0.51, 1.0), (0.0, 0.0, -1.0), (0.0, 0.0, f64::INFINITY)] {
        assert!(ask(&[question]).is_err(), "{question:?}");
    }
    assert_eq!(ask(&[(0.5, f64::NAN, 1.0)]), Ok(Some(0.5)));
}

/// Of four actors on a scale of five, and on one from 10 to 20 with the last question twice as heavy.
#[test]
fn the_nearest_of_a_table_come_first() {
    let levels = names("level", 5);
    let codes = vec![0, 4, 2, 4, 0, 2, 0, 4, NOT_STATED, NOT_STATED, NOT_STATED, NOT_STATED];
    let table = Table::new(names("a", 4), units(3), Scale::Ordinal { levels }, Cells::Codes(codes)).unwrap();
    let ask = |table: &Table, unanswered| -> Vec<(usize, Option<f64>, usize)> {
        let found = advice_of(table, "a00000", AdviceMetric::Manhattan, unanswered).unwrap();
        found.iter().map(|advised| (advised.actor, advised.distance, advised.answered)).collect()
    };
    let third = 1.0 / 3.0;
    let nearest = [(2, Some(0.0), 2), (1, Some(2.0 / 3.0), 3), (3, None, 0)];
    assert_eq!(ask(&table, Unanswered::Ignore), nearest);
    assert_eq!(ask(&table, Unanswered::Neutral), [(2, Some(0.0), 2), (3, Some(third), 0), (1, Some(2.0 / 3.0), 3)]);
    let values = Cells::Values(vec![10.0, 20.0, 15.0, 20.0, 20.0, 10.0]);
    let table = Table::new(names("a", 2), units(3), Scale::Interval { low: 10.0, high: 20.0 }, values).unwrap();
    let table = table.with_weights(vec![1.0, 1.0, 2.0]).unwrap();
    assert_eq!(ask(&table, Unanswered::Ignore), [(1, Some(0.5), 3)]);
    assert!(advice_of(&table, "nobody", AdviceMetric::Manhattan, Unanswered::Ignore).is_err());
}

/// The specification of They Vote For You.
#[test]
fn members_have_the_published_agreement_with_a_policy() {
    let of = |same, differ, absent| PolicyVotes { same, differ, absent }.agreement().unwrap();
    assert_eq!(of([3.0, 0.0], [1.0, 0.0], [0.0; 2]), Some(0.75));
    assert_eq!(of([1.0, 0.0], [0.0; 2], [5.0, 0.0]), Some(0.75));
    assert_eq!(of([0.0, 1.0], [5.0, 0.0], [0.0; 2]), Some(0.5));
    assert_eq!(of([5.0, 0.0], [0.0; 2], [0.0, 1.0]), Some(0.75));
    assert_eq!(of([1.0, 4.0], [2.0, 5.0], [3.0, 6.0]), Some(181.5 / 393.0));
    assert_eq!(of([0.0; 2], [0.0; 2], [0.0; 2]), None);
    assert!(PolicyVotes { same: [-1.0, 0.0], ..PolicyVotes::default() }.agreement().is_err());
}

/// Polis, 4 of 5 in one group and 1 of 4 in another.
#[test]
fn groups_have_the_published_consensus() {
    let found = |pooling| group_consensus(&[(4.0, 5.0), (1.0, 4.0)], pooling).unwrap().unwrap();
    assert!((found(Pooling::Product) - 0.2380952381).abs() < 1e-10);
    assert!((found(Pooling::Geometric) - 0.4879500364).abs() < 1e-10);
    assert_eq!(group_consensus(&[], Pooling::Product), Ok(None));
    assert!(group_consensus(&[(2.0, 1.0)], Pooling::Product).is_err());
    assert_eq!(group_consensus(&[(2.0, 2.0)], Pooling::Product), Ok(Some(0.75)));
}
