//! The sample of the Discourse Network Analyzer (Leifeld, rDNA's `sample.dna`).

use standpunt::score::table::{Cells, NOT_STATED, Scale, Table, Unit};

/// Actor, concept, statements in favour, statements against.
const SAMPLE: &[(usize, usize, usize, usize)] = &[
    (1, 3, 1, 0),
    (1, 5, 2, 0),
    (1, 6, 1, 0),
    (2, 1, 0, 2),
    (2, 5, 1, 1),
    (3, 1, 0, 1),
    (3, 6, 10, 0),
    (4, 1, 0, 2),
    (4, 6, 0, 2),
    (5, 1, 0, 2),
    (5, 5, 0, 1),
    (5, 6, 2, 0),
    (6, 1, 2, 0),
    (6, 3, 1, 0),
    (6, 4, 1, 0),
    (6, 5, 1, 0),
    (6, 6, 1, 0),
    (7, 1, 1, 0),
    (7, 2, 1, 0),
    (7, 3, 1, 0),
    (7, 4, 2, 0),
    (7, 5, 1, 0),
];

/// Every statement an issue of its own: the concept in meeting number so and so.
pub fn sample() -> Table {
    let mut said = Vec::new();
    for &(actor, concept, yes, no) in SAMPLE {
        said.extend((0..yes + no).map(|at| (actor - 1, concept, u8::from(at < yes))));
    }
    let unit = |at: usize| Unit { issue: format!("C{}", said[at].1), meeting: Some(at.to_string()), topic: None };
    let units: Vec<Unit> = (0..said.len()).map(unit).collect();
    let mut codes = vec![NOT_STATED; 7 * said.len()];
    for (at, &(actor, _, side)) in said.iter().enumerate() {
        codes[actor * said.len() + at] = side;
    }
    let actors = (1..=7).map(|at| format!("O{at}")).collect();
    let scale = Scale::Ordinal { levels: vec!["no".into(), "yes".into()] };
    Table::new(actors, units, scale, Cells::Codes(codes)).unwrap()
}
