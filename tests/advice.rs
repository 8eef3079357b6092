//! Published numbers of voting advice, They Vote For You and Polis.

use standpunt::score::advice::{AdviceMetric, PolicyVotes, Pooling, Unanswered, advice, group_consensus};

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
}
