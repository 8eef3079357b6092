//! What an XML parser and a reader make of the pictures.

mod support {
    pub mod corpus;
    pub mod svg;
}

use standpunt::lexicon::SizeTable;
use standpunt::model::Actor;
use standpunt::render::{
    Cell, Division, HeatmapOptions, MOST_ACTORS, Matrix, Order, Place, dendrogram_svg, heatmap_svg, majorities_svg,
    map_svg, network_svg, visible,
};
use standpunt::score::{Leading, LeadingIssue};
use support::corpus::{Random, Sample, hostile};
use support::svg::Drawn;

/// The member states and institutions, with a third of the pairs not identified and some sharing nothing.
fn thirty_one() -> Matrix {
    let codes = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK COM EP HRVP PRES";
    let mut matrix = Matrix::new(codes.split(' '));
    let mut random = Random::new(7);
    for a in 0..31 {
        for b in a + 1..31 {
            let agreement = random.below(101) as f64 / 100.0;
            let cell = Cell {
                agreement: Some(agreement),
                bounds: Some((agreement * 0.5, 1.0 - (1.0 - agreement) * 0.5)),
                shared: 3.456,
                shared_lower: random.below(3) as f64,
                shared_upper: 11.0,
            };
            if random.below(10) > 0 {
                matrix.set(a, b, cell);
            }
        }
    }
    matrix
}

#[test]
fn a_heatmap_of_27_states_is_small_and_well_formed() {
    let mut matrix = Matrix::new(thirty_one().actors()[..27].to_vec());
    let mut leading = Leading::new();
    let long = |word: &str| word.repeat(30);
    let issue = LeadingIssue { issue: long("issue "), adds: 0.25, quotes: [long("said "), long("and said ")] };
    let cell = Cell {
        agreement: Some(0.25),
        bounds: Some((0.125, 0.875)),
        shared: 3.456,
        shared_lower: 2.0,
        shared_upper: 11.0,
    };
    for b in 0..27 {
        for a in 0..b {
            matrix.set(a, b, cell);
            let pair = [a, b].map(|at| Actor::new(&matrix.actors()[at]));
            leading.insert(pair.into(), vec![issue.clone(); 3]);
        }
    }
    let svg = heatmap_svg(&matrix, &HeatmapOptions { leading, ..HeatmapOptions::default() });
    assert!(svg.len() <= 150_000, "{} bytes", svg.len());
    assert_eq!(Drawn::of(&svg).cells.len(), 27 * 26 / 2);
}

#[test]
fn a_pair_that_is_not_identified_shows_its_range_and_no_number() {
    let matrix = thirty_one();
    let drawn = Drawn::of(&heatmap_svg(&matrix, &HeatmapOptions { order: Order::Given, ..Default::default() }));
    let cells = (0..31).flat_map(|row| (0..row).map(move |column| (row, column)));
    for ((row, column), cell) in cells.zip(&drawn.cells) {
        let (known, pair) =
            (matrix.get(row, column), format!("{} \u{2013} {}", matrix.actors()[row], matrix.actors()[column]));
        assert!(cell.title.starts_with(&pair), "{}", cell.title);
        let number = known.is_identified();
        assert_eq!(cell.title.contains("not identified"), known.bounds.is_some() && !number, "{}", cell.title);
        assert_eq!(!cell.text.is_empty(), number, "{pair}: {}", cell.text);
        assert_eq!(cell.classes.contains(&"h".to_owned()), known.bounds.is_some() && !number);
        if let Some((lower, upper)) = known.bounds {
            assert!(cell.title.contains(&format!("possible {lower:.2}\u{2013}{upper:.2}")), "{}", cell.title);
        }
    }
}

#[test]
fn a_certain_agreement_without_a_shared_issue_is_never_a_confident_one() {
    let mut matrix = Matrix::new(["NL", "DE"]);
    let only =
        Cell { agreement: Some(1.0), bounds: Some((1.0, 1.0)), shared: 0.6, shared_lower: 0.0, shared_upper: 1.0 };
    matrix.set(0, 1, only);
    let drawn = Drawn::of(&heatmap_svg(&matrix, &HeatmapOptions::default()));
    let title = "DE \u{2013} NL: not identified, possible 1.00\u{2013}1.00; no issue certainly shared, at most 1";
    assert_eq!((drawn.cells[0].title.as_str(), drawn.cells[0].text.as_str()), (title, ""));
}

#[test]
fn who_agrees_stands_together() {
    let mut matrix = Matrix::new(["A", "B", "C", "D", "E"]);
    let cell =
        |agreement| Cell { agreement: Some(agreement), bounds: Some((0.0, 1.0)), shared_lower: 1.0, ..Cell::default() };
    for (a, b, agreement) in [(0, 2, 0.9), (1, 3, 0.8), (0, 1, 0.1), (0, 3, 0.1), (2, 1, 0.2), (2, 3, 0.1)] {
        matrix.set(a, b, cell(agreement));
    }
    let order = matrix.ordered(Order::Cluster);
    let at = |actor: usize| order.iter().position(|&a| a == actor).unwrap();
    assert_eq!((at(0).abs_diff(at(2)), at(1).abs_diff(at(3)), at(4)), (1, 1, 4));
}

#[test]
fn hostile_names_stay_text_in_pictures() {
    for seed in 0..200 {
        let (a, b) = (hostile(seed), hostile(seed + 1000));
        let mut matrix = Matrix::new([a.as_str(), b.as_str()]);
        matrix.set(0, 1, Cell { agreement: Some(0.5), bounds: Some((0.0, 1.0)), shared_lower: 1.0, ..Cell::default() });
        let title = Some(a.clone());
        let drawn =
            Drawn::of(&heatmap_svg(&matrix, &HeatmapOptions { title, order: Order::Given, ..Default::default() }));
        let pair = format!("{} \u{2013} {}", visible(&b), visible(&a));
        assert!(drawn.cells[0].title.starts_with(&pair), "{:?} {pair:?}", drawn.cells[0].title);
        assert!(
            drawn.names.iter().all(|n| ["svg", "style", "rect", "text", "g", "title", "path"].contains(&n.as_str()))
        );
    }
}

#[test]
fn odd_sizes_are_drawn() {
    for count in [0, 1, 2, MOST_ACTORS + 40] {
        let matrix = Matrix::new((0..count).map(|n| n.to_string()));
        let shown = count.min(MOST_ACTORS);
        let drawn = Drawn::of(&heatmap_svg(&matrix, &HeatmapOptions::default()));
        assert_eq!(drawn.cells.len(), shown * shown.saturating_sub(1) / 2);
    }
}

#[test]
fn a_division_shows_both_readings_and_both_sides() {
    let corpus = Sample::with_position("vereenvoudiging").corpus;
    let divisions = Division::all(&corpus, &SizeTable::standard());
    assert_eq!(divisions.len(), 1);
    let (support, oppose) = (divisions[0].support, divisions[0].oppose);
    assert_eq!((support.lo, support.hi, oppose.hi), (9, 22, 0));
    // Every size from 9 to 22 is equally likely, so the mean is in the middle.
    assert!((support.expected - 15.5).abs() < 1e-9, "{}", support.expected);
    assert!(divisions[0].stated.as_deref().unwrap().starts_with("in favour possible, 0."));
    assert_eq!(divisions[0].assent.as_deref(), Some("in favour certain"));
    let drawn = Drawn::of(&majorities_svg(&divisions, Place::Alone));
    assert_eq!(drawn.cells.len(), 1);
    assert!(drawn.cells[0].title.contains("in favour 9\u{2013}22 members, expected 15.5; against none"));
}

/// Two camps, and one actor that shares nothing certain with anybody.
fn two_camps() -> Matrix {
    let mut matrix = Matrix::new(["A", "B", "C", "D", "E"]);
    for a in 0..5 {
        for b in a + 1..5 {
            let agreement = if (a < 2) == (b < 2) { 0.9 } else { 0.1 };
            let shared_lower = if b == 4 { 0.0 } else { 3.0 };
            let cell = Cell { agreement: Some(agreement), bounds: Some((0.0, 1.0)), shared_lower, ..Cell::default() };
            matrix.set(a, b, cell);
        }
    }
    matrix
}

#[test]
fn branches_of_a_tree_do_not_cross_and_name_their_members() {
    let drawn = Drawn::of(&dendrogram_svg(&two_camps(), Place::Alone));
    let titles: Vec<&str> = drawn.cells.iter().map(|cell| cell.title.as_str()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(titles.contains(&"A, B: mean distance 0.10") && titles.contains(&"C, D: mean distance 0.10"), "{titles:?}");
    assert!(titles[2].ends_with("mean distance 0.90"), "{titles:?}");
    let svg = dendrogram_svg(&thirty_one(), Place::Alone);
    assert!(svg.len() < 30_000, "{} bytes", svg.len());
}

#[test]
fn a_network_joins_who_agrees_and_tells_who_has_no_identified_pair() {
    let svg = network_svg(&two_camps(), 0.75, Place::Alone);
    let drawn = Drawn::of(&svg);
    assert_eq!(drawn.cells.len(), 6);
    let dashed = drawn.cells.iter().filter(|cell| cell.classes.iter().any(|class| class == "d")).count();
    assert_eq!(dashed, 4);
    assert!(svg.contains("Without an identified pair, left out: 1 actor."), "{svg}");
}

#[test]
fn a_map_sets_camps_apart_and_says_how_well_it_fits() {
    let svg = map_svg(&two_camps(), Place::Alone);
    let drawn = Drawn::of(&svg);
    let shown: Vec<&str> = drawn.cells.iter().map(|cell| cell.title.as_str()).collect();
    assert_eq!(shown.iter().map(|names| names.split(", ").count()).sum::<usize>(), 4, "{shown:?}");
    assert!(svg.contains("Stress 0.") && svg.contains("without a place: 1 actor."), "{svg}");
}

#[test]
fn pictures_of_nobody_are_pictures() {
    let nobody = Matrix::default();
    for svg in [
        dendrogram_svg(&nobody, Place::Alone),
        network_svg(&nobody, 0.75, Place::Alone),
        map_svg(&nobody, Place::Alone),
    ] {
        assert_eq!(Drawn::of(&svg).cells.len(), 0);
    }
}
